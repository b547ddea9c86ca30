"""releves.csv: dated values, corrections and withdrawals, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees, Rapport
from quartiers.core.dire import fold
from quartiers.core.referentiel import GenreIndicateur, Indicateur
from quartiers.sources.forme import fold_cle
from quartiers.sources.table import Colonnes, Table
from quartiers.usecases.accompagnement import ACCOMPAGNANTES
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.expliquer_retrait import explain_retrait
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.juger_plausibilite import (
    CENT,
    PartNue,
    is_connue,
    is_part,
    judge_parts,
    say_milliers,
    say_saut,
)
from quartiers.usecases.lire_lignes import read_lignes
from quartiers.usecases.releve_lu import OUI, Ecritures, ReleveLu

COLONNES = Colonnes(
    ("indicateur", "territoire", "date"),
    (
        *("valeur", "numerateur", "denominateur", "jalon"),
        *("source", "declarant", "commentaire", "cle", "retrait"),
    ),
    ACCOMPAGNANTES,
)
COMMENTAIRE_MAX = 2000
PROCHES_MAX = 20  # refusals that say what is nearest: beyond, it is another file
VIDE_CONNUE = "valeur vide pour une ligne déjà connue ; pour la retirer : retrait = oui"
VIDE = "aucune valeur : ni valeur, ni numérateur et dénominateur, ni étape ; remplir la ligne, ou l’ôter"


@dataclass(slots=True)
class _Lecteur:
    """What the reading of one file holds. `sources`: the source of each `cle` met so far."""

    contexte: Contexte
    ecritures: Ecritures
    sources: dict[str, str]
    dites: set[tuple[str, str]]
    pourcents: set[int]
    milliers: dict[int, str]


def read_releves(table: Table, contexte: Contexte) -> tuple[list[ReleveLu], Rapport]:
    """All lines, or the refusal that lists every fault.

    A file without any column of values, nor of withdrawal, is refused: nothing of it could be read.
    """
    if not {"valeur", "numerateur", "jalon", "retrait"} & set(table.colonnes):
        raison = "aucune colonne de valeur : valeur, ou numerateur et denominateur, ou jalon"
        proches = get_close_matches("valeur", table.colonnes, n=1)
        suite = f" ; la plus proche trouvée est « {proches[0]} »" if proches else ""
        raise DonneesRefusees([Anomalie(table.fichier, 1, "valeur", raison + suite)])
    lecteur = _Lecteur(contexte, Ecritures(contexte.releves), {}, set(), set(), {})
    return read_lignes(
        table,
        lambda formulaire: _read_ligne(formulaire, lecteur),
        lambda lus, carnet: _judge(lus, carnet, lecteur),
    )


def _judge(lus: Sequence[ReleveLu], carnet: Carnet, lecteur: _Lecteur) -> None:
    """Shares that may be fractions of one, and values far from the last known."""
    contexte = lecteur.contexte
    historique = contexte.releves.list_valeurs({lu.cellule for lu in lus})
    parts = []
    for lu in lus:
        connues = historique.get(lu.cellule, ())
        saut = None if lu.mesure is None else say_saut(connues, lu.date, lu.mesure)
        if saut is not None:
            carnet.notice(lu.ligne, "valeur", saut)
        indicateur = contexte.get_indicateur(lu.indicateur)
        if lu.valeur is not None and indicateur is not None and is_part(indicateur):
            sure = lu.ligne in lecteur.pourcents or is_connue(connues, lu.date, lu.valeur)
            parts.append(PartNue(lu.ligne, "valeur", lu.valeur, sure))
        elif lu.ligne in lecteur.milliers and not (
            lu.valeur is not None and is_connue(connues, lu.date, lu.valeur)
        ):
            carnet.notice(lu.ligne, "valeur", lecteur.milliers[lu.ligne])
    judge_parts(parts, carnet, ", ou numérateur et dénominateur")


def _read_ligne(formulaire: Formulaire, lecteur: _Lecteur) -> ReleveLu | None:
    contexte = lecteur.contexte
    cellule = contexte.read_cellule(formulaire)
    jour = formulaire.read_jour_connu("date", contexte.connu_le)
    negatif = cellule is not None and cellule[0].admet_negatif
    valeur = _read_valeur(formulaire, lecteur, cellule and cellule[0], negatif=negatif)
    numerateur = formulaire.read_nombre("numerateur", negatif=False)
    denominateur = formulaire.read_nombre("denominateur", negatif=False)
    jalon = formulaire.read_entier("jalon")
    source, cle = _read_producteur(formulaire, lecteur)
    declarant = formulaire.read_texte("declarant")
    commentaire = formulaire.read_texte("commentaire", maximum=COMMENTAIRE_MAX)
    formulaire.notice_personnelles("commentaire", commentaire)
    retrait = formulaire.read("retrait", _parse_retrait) or False
    if formulaire.has_fautes() or cellule is None or jour is None:
        return None
    indicateur, territoire = cellule
    if indicateur.genre is GenreIndicateur.JALON and jalon is None and valeur is not None:
        jalon, valeur = _read_etape(formulaire, valeur), None
    _check_valeurs(formulaire, indicateur, (valeur, numerateur, denominateur, jalon))
    if formulaire.has_fautes():
        return None
    lu = ReleveLu(
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
    if (
        not lu.is_retrait
    ):  # what was said by mistake of a territoire that had ended can still be taken back
        contexte.check_en_vigueur(formulaire, territoire, jour)
    _check_retrait(formulaire, contexte, lu, retrait=retrait)
    return None if formulaire.has_fautes() else lu


def _read_valeur(
    formulaire: Formulaire, lecteur: _Lecteur, indicateur: Indicateur | None, *, negatif: bool
) -> Fraction | None:
    """A share may say « 0,4 % », which has one reading; « 1,234 » has two, and is told."""
    texte = formulaire.ligne["valeur"]
    if indicateur is not None and is_part(indicateur):
        if texte.endswith("%"):
            lecteur.pourcents.add(formulaire.numero)
        return formulaire.read_pourcents("valeur", negatif=negatif)
    if dit := say_milliers(texte):
        lecteur.milliers[formulaire.numero] = dit
    return formulaire.read_nombre("valeur", negatif=negatif)


def _parse_retrait(texte: str) -> bool:
    """« oui », « non »."""
    dit = fold(texte)
    if dit not in {OUI, "non"}:
        raise ValueError(f"« {texte} » : écrire « oui » pour retirer la ligne, ou laisser vide")
    return dit == OUI


def _check_retrait(
    formulaire: Formulaire, contexte: Contexte, lu: ReleveLu, *, retrait: bool
) -> None:
    """A withdrawal is said, never deduced from an empty cell; and only what is known can be withdrawn."""
    if retrait and not lu.is_retrait:
        formulaire.refuse(
            "retrait", "une ligne retirée ne porte pas de valeur : vider l’une ou l’autre"
        )
    elif not lu.is_retrait:
        return
    elif lu.identite in contexte.releves.actuels:
        if not retrait:
            formulaire.refuse("valeur", VIDE_CONNUE)
    elif retrait:
        proche = len(formulaire.carnet.refus) < PROCHES_MAX
        raison = explain_retrait(lu, contexte.releves, proche=proche)
        formulaire.refuse("cle" if lu.cle else "retrait", raison)
    else:
        formulaire.refuse("valeur", VIDE)


def _read_producteur(formulaire: Formulaire, lecteur: _Lecteur) -> tuple[str, str]:
    """The source and the `cle` of a line, each as it is written already (L-46)."""
    lue, cle_lue = formulaire.read_source("source"), formulaire.read_code("cle")
    source = lecteur.ecritures.settle_source(lue)
    _tell(formulaire, lecteur, "source", lue, source)
    if not cle_lue:
        return source, ""
    source = _read_source(formulaire, lecteur.contexte.releves.list_sources(cle_lue), source)
    cle = lecteur.ecritures.settle_cle(source, cle_lue)
    _tell(formulaire, lecteur, "cle", cle_lue, cle)
    if bool(lecteur.sources.setdefault(fold_cle(cle), source)) != bool(source):
        formulaire.refuse("source", f"clé « {cle} » avec et sans source dans ce fichier")
    return source, cle


def _tell(formulaire: Formulaire, lecteur: _Lecteur, colonne: str, lue: str, gardee: str) -> None:
    """A writing put in the place of another is told, once for each in a file."""
    if lue == gardee or (colonne, lue) in lecteur.dites:
        return
    lecteur.dites.add((colonne, lue))
    formulaire.repair(colonne, f"« {lue} » lue « {gardee} », écriture déjà connue")


def _read_etape(formulaire: Formulaire, valeur: Fraction) -> int | None:
    if valeur.denominator != 1:
        formulaire.refuse("valeur", "une étape est un nombre entier")
        return None
    return valeur.numerator


SUR_ZERO = (
    "rien ne se compte sur un total de 0 : écrire le total, ou 0 sur 0 s’il n’y a rien à compter"
)
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
        if not is_part(indicateur):
            formulaire.refuse("numerateur", f"{indicateur.code} n'est pas une part")
        elif numerateur and not denominateur:
            formulaire.refuse("denominateur", SUR_ZERO)
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


def _check_nombre(formulaire: Formulaire, indicateur: Indicateur, valeur: Fraction) -> None:
    if indicateur.genre is GenreIndicateur.PART and valeur > CENT:
        formulaire.refuse("valeur", "une part ne dépasse pas 100 %")
    if indicateur.genre is GenreIndicateur.PRESENCE and valeur.denominator != 1:
        formulaire.refuse("valeur", "une présence se compte en nombres entiers")


def _read_source(formulaire: Formulaire, connues: list[str], source: str) -> str:
    """The source of a line with a `cle`: as written, or the only one known to bear that `cle` (L-02).

    A `cle` met with and without a source could be one line or two: it is refused rather than guessed.
    """
    if source in connues or not connues:
        return source
    dites = ", ".join(f"« {connue} »" for connue in connues if connue)
    if source:
        if "" in connues:
            raison = f"clé « {formulaire.ligne['cle']} » déjà connue sans source : la redonner sans source, ou changer la clé"
            formulaire.refuse("source", raison)
        elif formulaire.ligne["retrait"] == "":
            formulaire.notice(
                "source", f"cette clé existe aussi chez {dites} : c'est une autre ligne"
            )
        return source
    if len(connues) > 1:
        formulaire.refuse("source", f"cette clé existe chez {dites} : préciser la source")
        return source
    return connues[0]
