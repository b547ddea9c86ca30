"""Faits in words: what a record says, where it stands, on which line of which source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from quartiers.core.constat import ConstatCompte, FaitRetenu
from quartiers.core.dire import INSECABLE, say_metres
from quartiers.core.fait import Confirmation, Liste, Objet, Preuve, Rang, Releve, SansObjet
from quartiers.core.genres.pointage import Pointage
from quartiers.core.raison import say_motif
from quartiers.core.referentiel import Indicateur
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import LIBELLES
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.presentation.pieces import SANS_PIECE, PieceMontree, Pieces, get_entree
from quartiers.reports.typographie import (
    format_date,
    format_nombre,
)


@dataclass(frozen=True, slots=True)
class Nommer:
    """From a code to its name, the code itself (or the free text) when nobody knows it."""

    source: Callable[[str], str]
    declarant: Callable[[str], str]


RANGS = {
    Rang.VALIDE: "déclaration validée",
    Rang.LISTE: "liste officielle",
    Rang.NON_VALIDE: "déclaration à valider",
    Rang.RELEVE: "relevé",
}
AVEC_RANG = (Releve, Objet, Liste, EnregistrementRetenu)
EMPREINTE_MONTREE = 12


@dataclass(frozen=True, slots=True)
class FaitMontre:
    """A fait on the page: one sentence, the rank and the source it comes from, why it is set aside if it is."""

    texte: str
    origine: str
    ecart: str = ""
    pieces: tuple[PieceMontree, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceMontree:
    """The line of a source: (name, value) pairs, read as a card."""

    titre: str
    champs: tuple[tuple[str, str], ...]


def show_fait(
    fait: FaitRetenu,
    indicateur: Indicateur,
    nommer: Nommer,
    pieces: Pieces = SANS_PIECE,
    ecart: str = "",
) -> FaitMontre:
    """A fait in one sentence, with what proves it."""
    return FaitMontre(
        write_fait(fait, indicateur),
        _write_origine(fait, nommer),
        ecart,
        pieces.get(get_entree(fait), ()),
    )


def write_fait(fait: FaitRetenu, indicateur: Indicateur) -> str:
    """« 3 postes, au 30 septembre 2026 »; « Espace de la Halle, à 640 m »."""
    if isinstance(fait, Releve):
        return _write_releve(fait, indicateur)
    if isinstance(fait, Objet):
        return _write_objet(fait)
    if isinstance(fait, Liste):
        return f"Liste complète du {format_date(fait.date)}\u00a0: ce qu’elle ne cite pas n’existe pas."
    if isinstance(fait, Confirmation):
        return f"Desserte confirmée le {format_date(fait.date)}."
    if isinstance(fait, EnregistrementRetenu):
        return _write_enregistrement(fait)
    if isinstance(fait, ConstatCompte):
        statut = LIBELLES[fait.statut].lower()
        return f"{fait.libelle}, au {format_date(fait.date)}\u00a0: {statut}."
    return f"{say_motif(fait.motif)}, validé le {format_date(fait.valide_le)}."


def _write_enregistrement(retenu: EnregistrementRetenu) -> str:
    """« Poste « DDETS/12 », au 3 mars 2026 : compte. »; in a history, its day and no more."""
    dit = _name_enregistrement(retenu)
    if retenu.nombre is None:
        return f"{dit}."
    if isinstance(retenu.enregistrement.contenu, Pointage):
        effet = "tout ce qui existe était enregistré ce jour-là"
    elif retenu.nombre == 0:
        effet = "vu, ne compte pas"
    else:
        effet = "compte" if retenu.nombre == 1 else f"compte pour {format_nombre(retenu.nombre)}"
    return f"{dit}\u00a0: {effet}."


def write_fin(retenu: EnregistrementRetenu) -> str:
    """« Poste « DDETS/12 », au 3 mars 2026 : ne dit plus rien ici. », withdrawn, rejected or corrected."""
    return f"{_name_enregistrement(retenu)}\u00a0: ne dit plus rien ici."


def _name_enregistrement(retenu: EnregistrementRetenu) -> str:
    """What it is and its day: the same words whatever the gender of the noun."""
    return f"{retenu.preuve.libelle}, au {format_date(retenu.date)}"


def _write_releve(releve: Releve, indicateur: Indicateur) -> str:
    if releve.is_retrait:
        return f"Valeur du {format_date(releve.date)} retirée."
    valeur = write_valeur(indicateur, releve.lu)
    detail = ""
    if releve.numerateur is not None and releve.denominateur is not None:
        detail = f" ({format_nombre(releve.numerateur)} sur {format_nombre(releve.denominateur)})"
    return f"{valeur}{detail}, au {format_date(releve.date)}."


def _write_objet(objet: Objet) -> str:
    nom = objet.preuve.libelle or objet.objet
    if objet.distance_m is None:
        lieu = ""
    elif objet.distance_m == 0:
        lieu = ", dans le périmètre"
    else:
        lieu = f", à {say_metres(objet.distance_m)} du périmètre"
    fin = f", jusqu’au {format_date(objet.au)}" if objet.au is not None else ""
    return f"{nom}{lieu}, depuis le {format_date(objet.du)}{fin}."


def _write_origine(fait: FaitRetenu, nommer: Nommer) -> str:
    preuve = fait.preuve
    morceaux = [RANGS[fait.rang]] if isinstance(fait, AVEC_RANG) else []
    if preuve.source:
        morceaux.append(nommer.source(preuve.source))
    if preuve.millesime is not None:
        morceaux.append(f"millésime du {format_date(preuve.millesime)}")
    if preuve.ligne is not None:
        morceaux.append(f"ligne{INSECABLE}{format_nombre(preuve.ligne)}")
    return ", ".join(morceaux)


def show_source(preuve: Preuve, nommer: Nommer) -> SourceMontree:
    """The card of the line behind a fait: what one needs to find it again."""
    champs: list[tuple[str, str]] = []
    if preuve.source:
        champs.append(("Source", nommer.source(preuve.source)))
    if preuve.millesime is not None:
        champs.append(("Millésime", format_date(preuve.millesime)))
    if preuve.ligne is not None:
        champs.append(("Ligne", format_nombre(preuve.ligne)))
    champs += [(nom, write_detail(nom, texte, nommer)) for nom, texte in preuve.details if texte]
    if preuve.empreinte:
        champs.append(("Empreinte", write_empreinte(preuve.empreinte)))
    if preuve.archive:
        champs.append(("Saisi", "après coup, comme archive"))
    return SourceMontree(preuve.libelle or "Relevé", tuple(champs))


def write_detail(nom: str, texte: str, nommer: Nommer) -> str:
    """A detail as a reader says it: a date in words, the name of a declarant."""
    if nom == "Déclarant":
        return nommer.declarant(texte)
    try:
        return format_date(date.fromisoformat(texte))
    except ValueError:
        return texte


def write_empreinte(empreinte: str) -> str:
    """The head of a digest, in groups of four."""
    tete = empreinte[:EMPREINTE_MONTREE]
    return " ".join(tete[i : i + 4] for i in range(0, len(tete), 4)) + "…"


def get_jour(fait: FaitRetenu) -> date:
    """The date a fait is about."""
    if isinstance(fait, Objet):
        return fait.temoin
    if isinstance(fait, SansObjet):
        return fait.valide_le
    return fait.date
