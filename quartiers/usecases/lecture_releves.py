"""releves.csv: dated values, corrections and withdrawals, line by line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction

from quartiers.core.anomalie import Anomalie, DonneesRefusees, Rapport
from quartiers.core.referentiel import Agregation, GenreIndicateur, Indicateur
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.accompagnement import ACCOMPAGNANTES
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lecture import read_lignes

COLONNES = Colonnes(
    ("indicateur", "territoire", "date"),
    ("valeur", "numerateur", "denominateur", "jalon", "source", "declarant", "commentaire", "cle"),
    ACCOMPAGNANTES,
)
COMMENTAIRE_MAX = 2000
CENT = 100


@dataclass(frozen=True, slots=True)
class ReleveLu:
    """One line. No value at all = a withdrawal of the line of that `cle`."""

    indicateur: str
    territoire: str
    date: date
    valeur: Fraction | None
    numerateur: Fraction | None
    denominateur: Fraction | None
    jalon: int | None
    source: str
    declarant: str
    commentaire: str
    cle: str
    ligne: int

    @property
    def identite(self) -> tuple[object, ...]:
        """What makes two lines versions of one another (lectures L-02, L-03)."""
        return (
            (self.source, self.cle) if self.cle else (self.indicateur, self.territoire, self.date)
        )

    @property
    def quoi(self) -> str:
        """The identity in words."""
        return (
            f"clé « {self.cle} »"
            if self.cle
            else "même indicateur, même territoire, même jour, sans clé"
        )


def read_releves(table: Table, contexte: Contexte) -> tuple[list[ReleveLu], Rapport]:
    """All lines, or the refusal that lists every fault.

    A file without any column of values is refused: a misspelt header must not withdraw what was said.
    """
    if not {"valeur", "numerateur", "jalon"} & set(table.colonnes):
        raison = "aucune colonne de valeur : valeur, ou numerateur et denominateur, ou jalon"
        proches = get_close_matches("valeur", table.colonnes, n=1)
        suite = f" ; la plus proche trouvée est « {proches[0]} »" if proches else ""
        raise DonneesRefusees([Anomalie(table.fichier, 1, "valeur", raison + suite)])
    sources: dict[str, str] = {}
    return read_lignes(table, lambda formulaire: _read_ligne(formulaire, contexte, sources))


def _read_ligne(
    formulaire: Formulaire, contexte: Contexte, sources: dict[str, str]
) -> ReleveLu | None:
    """One line. `sources`: the source of each `cle` met so far in the file, completed by this line."""
    cellule = contexte.read_cellule(formulaire)
    jour = formulaire.read_jour_connu("date", contexte.connu_le)
    negatif = cellule is not None and cellule[0].admet_negatif
    valeur = formulaire.read_nombre("valeur", negatif=negatif)
    numerateur = formulaire.read_nombre("numerateur", negatif=False)
    denominateur = formulaire.read_nombre("denominateur", negatif=False)
    jalon = formulaire.read_entier("jalon")
    source, declarant = formulaire.read_texte("source"), formulaire.read_texte("declarant")
    commentaire = formulaire.read_texte("commentaire", maximum=COMMENTAIRE_MAX)
    cle = formulaire.read_texte("cle")
    if formulaire.has_fautes() or cellule is None or jour is None:
        return None
    indicateur, territoire = cellule
    if indicateur.genre is GenreIndicateur.JALON and jalon is None and valeur is not None:
        jalon, valeur = _read_etape(formulaire, valeur), None
    _check_valeurs(formulaire, indicateur, (valeur, numerateur, denominateur, jalon))
    if cle:
        source = _read_source(formulaire, contexte.cles.get(cle, ()), source)
        if bool(sources.setdefault(cle, source)) != bool(source):
            formulaire.refuse("source", f"clé « {cle} » avec et sans source dans ce fichier")
    vide = valeur is None and numerateur is None and jalon is None
    if not vide:  # what was said by mistake of a territoire that had ended can still be taken back
        contexte.check_en_vigueur(formulaire, territoire, jour)
    if vide and not formulaire.has_fautes():
        _check_retrait(formulaire, contexte, source, cle)
    if formulaire.has_fautes():
        return None
    return ReleveLu(
        indicateur=indicateur.code,
        territoire=territoire,
        date=jour,
        valeur=valeur,
        numerateur=numerateur,
        denominateur=denominateur,
        jalon=jalon,
        source=source,
        declarant=declarant,
        commentaire=commentaire,
        cle=cle,
        ligne=formulaire.numero,
    )


def _read_etape(formulaire: Formulaire, valeur: Fraction) -> int | None:
    if valeur.denominator != 1:
        formulaire.refuse("valeur", "une étape est un nombre entier")
        return None
    return valeur.numerator


Valeurs = tuple[Fraction | None, Fraction | None, Fraction | None, int | None]


def _check_valeurs(formulaire: Formulaire, indicateur: Indicateur, valeurs: Valeurs) -> None:
    valeur, numerateur, denominateur, jalon = valeurs
    genre = indicateur.genre
    formes = sum(
        forme is not None
        for forme in (valeur, numerateur if numerateur is not None else denominateur, jalon)
    )
    if formes > 1:
        formulaire.refuse(
            "valeur",
            "une ligne porte une valeur, ou un numérateur et un dénominateur, ou une étape",
        )
    if (numerateur is None) != (denominateur is None):
        formulaire.refuse("numerateur", "numérateur et dénominateur vont ensemble")
    elif numerateur is not None and denominateur is not None:
        if not _is_rapport(indicateur):
            formulaire.refuse("numerateur", f"{indicateur.code} n'est pas une part")
        elif numerateur > denominateur:
            formulaire.refuse("numerateur", "numérateur plus grand que le dénominateur")
    if jalon is not None:
        if genre is not GenreIndicateur.JALON:
            formulaire.refuse("jalon", f"{indicateur.code} n'a pas d'étapes")
        elif jalon >= len(indicateur.echelle):
            formulaire.refuse(
                "jalon", f"étape {jalon} : l'échelle va de 0 à {len(indicateur.echelle) - 1}"
            )
    if valeur is not None:
        _check_nombre(formulaire, indicateur, valeur)


def _is_rapport(indicateur: Indicateur) -> bool:
    """Measured by a numerator over a denominator, in percent."""
    return indicateur.genre is GenreIndicateur.PART or (
        indicateur.agregation is Agregation.RAPPORT and indicateur.unite == "%"
    )


def _check_nombre(formulaire: Formulaire, indicateur: Indicateur, valeur: Fraction) -> None:
    if indicateur.genre is GenreIndicateur.PART and valeur > CENT:
        formulaire.refuse("valeur", "une part ne dépasse pas 100 %")
    if indicateur.genre is GenreIndicateur.PRESENCE and valeur.denominator != 1:
        formulaire.refuse("valeur", "une présence se compte en nombres entiers")


def _read_source(formulaire: Formulaire, connues: Collection[str], source: str) -> str:
    """The source of a line with a `cle`: as written, or the only one known to bear that `cle` (L-02).

    A `cle` met with and without a source could be one line or two: it is refused rather than guessed.
    """
    if source in connues or not connues:
        return source
    dites = ", ".join(f"« {connue} »" for connue in sorted(connues) if connue)
    if source:
        if "" in connues:
            raison = f"clé « {formulaire.ligne['cle']} » déjà connue sans source : la redonner sans source, ou changer la clé"
            formulaire.refuse("source", raison)
        else:
            formulaire.notice(
                "source", f"cette clé existe aussi chez {dites} : c'est une autre ligne"
            )
        return source
    if len(connues) > 1:
        formulaire.refuse("source", f"cette clé existe chez {dites} : préciser la source")
        return source
    return next(iter(connues))


def _check_retrait(formulaire: Formulaire, contexte: Contexte, source: str, cle: str) -> None:
    if not cle:
        formulaire.refuse(
            "valeur", "aucune valeur : ni valeur, ni numérateur et dénominateur, ni étape"
        )
    elif source not in contexte.cles.get(cle, ()):
        chez = f" chez « {source} »" if source else ""
        formulaire.refuse("cle", f"retrait d'une ligne inconnue{chez} : clé « {cle} »")
