"""cibles.csv: target lines of plans and avenants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from sys import intern

from quartiers.core import fait
from quartiers.core.anomalie import Carnet
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import (
    GenreIndicateur,
    Indicateur,
    Operateur,
    Origine,
    Referentiel,
    Sens,
)
from quartiers.reports.nombres import write_decimal
from quartiers.reports.table import Valeur
from quartiers.sources.table import Table
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.juger_plausibilite import CENT, PartNue, is_part, judge_parts
from quartiers.usecases.petits.porte import Lus, PorteDePetitGenre, Valeurs
from quartiers.usecases.prouver import prove_contenu

_OPERATEURS = {Sens.HAUSSE: Operateur.AU_MOINS, Sens.BAISSE: Operateur.AU_PLUS}
_NOMS = {"effet": "l’effet", "base_date": "la base"}
_ECRITURES = {"≥": ">=", "≤": "<=", "=>": ">=", "=<": "<="}


def build_cible(contenu: CibleDeclaree, ligne: int, provenance: Provenance) -> fait.Cible:
    """One target line."""
    return fait.Cible(
        indicateur=contenu.indicateur,
        territoire=contenu.territoire,
        operateur=Operateur(contenu.operateur),
        valeur=contenu.valeur,
        echeance=contenu.echeance,
        base=contenu.base,
        base_date=contenu.base_date,
        origine=Origine(contenu.origine),
        effet=contenu.effet,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        base_source=intern(contenu.base_source),
        preuve=prove_contenu(contenu, contenu.LIBELLE, ligne, provenance, "base_source"),
    )


def _judge_tout(lus: Lus, carnet: Carnet, contexte: Contexte, table: Table) -> None:
    """Shares that may be fractions of one, unless they are written « 0,4 % », which has one reading."""
    cellules = {ligne.numero: ligne for ligne in table}
    parts = (
        PartNue(lu.ligne, nom, nombre, cellules[lu.ligne][nom].endswith("%"))
        for lu in lus
        for nom, nombre in _list_parts(lu.contenu, contexte.get_indicateur)
    )
    judge_parts(list(parts), carnet)


def _write_parts(cible: PetitGenre, referentiel: Referentiel) -> Mapping[str, Valeur]:
    """« 0,4 % »: alone in a file, it would be read in two ways without its sign."""
    return {
        nom: f"{write_decimal(nombre)} %"
        for nom, nombre in _list_parts(cible, referentiel.get_indicateur)
        if PartNue(0, nom, nombre).is_fraction
    }


def _list_parts(
    cible: object, get_indicateur: Callable[[str], Indicateur | None]
) -> Iterator[tuple[str, Fraction]]:
    """The numbers of a target of a share, by column."""
    if not isinstance(cible, CibleDeclaree):
        return
    indicateur = get_indicateur(cible.indicateur)
    if indicateur is None or not is_part(indicateur):
        return
    for nom, nombre in (("valeur", cible.valeur), ("base", cible.base)):
        if nombre is not None:
            yield nom, nombre


def _read_nombre(
    formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs, colonne: str
) -> Fraction | None:
    """A number in the unit of the indicateur; that of a share may bear its sign."""
    indicateur = contexte.get_indicateur(valeurs.get("indicateur", ""))
    if indicateur is not None and is_part(indicateur):
        return formulaire.read_pourcents(colonne)
    return formulaire.read_nombre(colonne)


def _judge(formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs) -> None:
    """What contradicts the indicateur, the territoire or the rest of the line; then the step that it plans."""
    indicateur = contexte.get_indicateur(valeurs.get("indicateur", ""))
    if formulaire.has_fautes() or indicateur is None:
        return
    territoire, echeance = valeurs["territoire"], valeurs.get("echeance")
    debuts = [(nom, valeurs.get(nom)) for nom in _NOMS]
    _check_ordre(formulaire, echeance, debuts)
    contexte.check_en_vigueur(formulaire, territoire, valeurs.get("effet") or contexte.connu_le)
    _tell_apres_la_fin(formulaire, contexte, territoire, echeance)
    if indicateur.genre is GenreIndicateur.DOUBLEMENT:
        _check_doublement(formulaire, valeurs.pop("valeur", None), valeurs.get("base"), echeance)
    else:
        _check_cible(formulaire, indicateur, valeurs.get("valeur"))
        _check_base(formulaire, indicateur, valeurs.get("base"))
    operateur = Operateur(valeurs["operateur"])
    if operateur not in {_OPERATEURS[indicateur.sens], Operateur.EXACTEMENT}:
        formulaire.refuse(
            "operateur", f"« {operateur.value} » contredit le sens de {indicateur.code}"
        )
    if indicateur.genre is GenreIndicateur.JALON and not formulaire.has_fautes():
        valeurs["etape"] = valeurs["valeur"].numerator


def _tell_apres_la_fin(
    formulaire: Formulaire, contexte: Contexte, territoire: str, echeance: date | None
) -> None:
    """A target of its time whose end comes after that of its territoire will never be due: told, not refused."""
    fin = contexte.territoires[territoire].au
    if not formulaire.has_fautes() and fin is not None and echeance is not None and echeance > fin:
        formulaire.notice("echeance", f"après le dernier jour de {territoire} ({fin:%d/%m/%Y})")


def _parse_operateur(texte: str) -> str:
    try:
        return Operateur(_ECRITURES.get(texte, texte)).value
    except ValueError:
        raise ValueError(f"opérateur « {texte} » : écrire >=, <= ou =") from None


def _parse_origine(texte: str) -> str:
    try:
        return Origine(texte.casefold()).value
    except ValueError:
        raise ValueError(f"origine « {texte} » : annexe, plan, avenant ou proposition") from None


def _check_ordre(
    formulaire: Formulaire, echeance: date | None, debuts: Sequence[tuple[str, date | None]]
) -> None:
    """A deadline comes no earlier than what it starts from."""
    for colonne, debut in debuts:
        if echeance is not None and debut is not None and echeance < debut:
            formulaire.refuse(
                "echeance",
                f"échéance du {echeance:%d/%m/%Y} avant {_NOMS[colonne]} du {debut:%d/%m/%Y}",
            )


def _check_doublement(
    formulaire: Formulaire, valeur: Fraction | None, base: Fraction | None, echeance: date | None
) -> None:
    if base is None:
        formulaire.refuse("base", "un doublement porte sa base")
    elif base < 0:
        formulaire.refuse("base", "une base n'est pas négative")
    elif valeur is not None and valeur != 2 * base:
        formulaire.refuse("valeur", "pour un doublement, laisser vide ou écrire deux fois la base")
    if echeance is None:
        formulaire.refuse("echeance", "un doublement porte son échéance")


def _check_base(formulaire: Formulaire, indicateur: Indicateur, base: Fraction | None) -> None:
    if base is None:
        return
    if base < 0 and not indicateur.admet_negatif:
        formulaire.refuse("base", "une base n'est pas négative")
    if indicateur.genre is GenreIndicateur.PART and base > CENT:
        formulaire.refuse("base", "une part ne dépasse pas 100 %")


def _check_cible(formulaire: Formulaire, indicateur: Indicateur, valeur: Fraction | None) -> None:
    if valeur is None:
        formulaire.refuse("valeur", "valeur obligatoire absente")
        return
    if indicateur.genre is GenreIndicateur.SUIVI:
        formulaire.refuse("indicateur", f"{indicateur.code} est un suivi : il n'a pas de cible")
    if valeur < 0 and not indicateur.admet_negatif:
        formulaire.refuse("valeur", "une cible n'est pas négative")
    if indicateur.genre is GenreIndicateur.PART and valeur > CENT:
        formulaire.refuse("valeur", "une part ne dépasse pas 100 %")
    derniere = len(indicateur.echelle) - 1
    if indicateur.genre is GenreIndicateur.JALON and (
        valeur.denominator != 1 or not 0 < valeur <= derniere
    ):
        formulaire.refuse("valeur", f"une étape de 1 à {derniere} est attendue")


PORTE = PorteDePetitGenre(
    genre=CibleDeclaree,
    lire={
        "operateur": lambda formulaire, *_: formulaire.read(
            "operateur", _parse_operateur, requis=True
        ),
        "valeur": lambda formulaire, contexte, valeurs: _read_nombre(
            formulaire, contexte, valeurs, "valeur"
        ),
        "base": lambda formulaire, contexte, valeurs: _read_nombre(
            formulaire, contexte, valeurs, "base"
        ),
        "origine": lambda formulaire, *_: formulaire.read("origine", _parse_origine),
    },
    judge=_judge,
    judge_tout=_judge_tout,
    write_cellules=_write_parts,
)
