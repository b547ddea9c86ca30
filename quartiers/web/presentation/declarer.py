"""The form of one value: the last one and the target beside the question, what each answer would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quartiers.core.constat import Constat
from quartiers.core.dire import say_nombre
from quartiers.core.essai import list_essais
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.raison import COUVERT
from quartiers.core.referentiel import GenreIndicateur, Indicateur
from quartiers.core.secret import hide_valeur
from quartiers.core.statut import Drapeau, Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import get_etape, write_cible, write_valeur
from quartiers.reports.typographie import INCONNU, format_date
from quartiers.web.saisie_de_releve import AUTRE

PEU = 4
"""Choices that stand side by side; more are a list."""


@dataclass(frozen=True, slots=True)
class ChoixDeValeur:
    """A value that one tap declares. `ecrite`: what the form sends."""

    ecrite: str
    texte: str
    statut: Statut
    is_choisi: bool


@dataclass(frozen=True, slots=True)
class PageDeclarer:
    """All that the form shows. `vu`: the row that a new value of that day would correct, if any."""

    derniere: str
    cible: str
    unite: str
    choix: tuple[ChoixDeValeur, ...]
    is_part: bool
    is_jalon: bool
    is_liste: bool
    is_autre: bool


def build_page_declarer(
    vue: Vue, indicateur: Indicateur, code: str, source: str, mots: Mapping[str, str]
) -> PageDeclarer:
    """From what is known at the dates of the vue; `mots`: what was typed already."""
    contexte = vue.build_contexte(indicateur, code)
    constat, is_secrete = evaluate_constat(contexte), vue.is_secrete(indicateur, code)
    # What each answer would give frames the value that is there.
    essais = () if is_secrete else list_essais(contexte, constat, vue.vu_le, source)
    constat = hide_valeur(constat) if is_secrete else constat
    is_jalon = indicateur.genre is GenreIndicateur.JALON
    dite = mots.get("jalon" if is_jalon else "valeur", "")
    choix = tuple(
        ChoixDeValeur(
            ecrite=say_nombre(essai.valeur),
            texte=get_etape(indicateur, int(essai.valeur))
            if is_jalon
            else say_nombre(essai.valeur),
            statut=essai.constat.statut,
            is_choisi=dite == say_nombre(essai.valeur),
        )
        for essai in essais
    )
    return PageDeclarer(
        derniere=write_derniere(constat),
        cible=write_cible(indicateur, constat.cible),
        unite=indicateur.unite,
        choix=choix,
        is_part=indicateur.genre is GenreIndicateur.PART,
        is_jalon=is_jalon,
        is_liste=is_jalon or len(choix) >= PEU,
        is_autre=dite == AUTRE or bool(mots.get("autre")),
    )


def write_derniere(constat: Constat) -> str:
    """« Le 30 septembre 2026 : 3 postes »; what is unknown is said so."""
    if Drapeau.SECRET in constat.drapeaux:
        return COUVERT
    if constat.valeur is None or constat.date is None:
        return f"Rien n’est connu\u00a0: {INCONNU}"
    return (
        f"Le {format_date(constat.date)}\u00a0: {write_valeur(constat.indicateur, constat.valeur)}"
    )
