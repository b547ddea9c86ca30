"""Every indicateur on a line: how it is derived, from what, how it is read, and its figure somewhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from quartiers.core.composition import AnyConstat, get_constat
from quartiers.core.constat import Constat, ConstatCompte
from quartiers.core.dire import say_nombre, say_valeur
from quartiers.core.fait import Objet, Releve
from quartiers.core.referentiel import Indicateur, Referentiel
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import LIBELLES, Statut
from quartiers.core.vue import Vue
from quartiers.reports.derivation_en_mots import (
    say_derivations,
    say_filtres,
    say_genres,
    say_mode,
)
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import Ligne
from quartiers.reports.tableau_csv import write_lignes

COLONNES = ("indicateur", "libelle", "derivation", "genres", "filtres", "mode", "lecture")
COLONNES_DU_CHIFFRE = ("statut", "valeur", "unite", "enregistrements", "constats", "releves")
PAS_MONTRE = "Pas montré ici"
REUNION, SANS_VALEUR_UNIQUE = "Réunion de quartiers", "Réunion sans valeur unique"


@dataclass(frozen=True, slots=True)
class ChiffreDIndicateur:
    """What a territoire shows of an indicateur, and how many things of each sort stand behind."""

    dit: str
    valeur: Fraction | None
    enregistrements: int
    constats: int
    releves: int


def read_chiffre(vue: Vue, indicateur: Indicateur, code: str) -> ChiffreDIndicateur:
    """The figure of a territoire; above the quartier, that of all it holds."""
    constat = get_constat(vue, indicateur, code)
    if constat is None:
        return ChiffreDIndicateur(PAS_MONTRE, None, 0, 0, 0)
    lignes: set[Hashable] = set()
    comptes, releves = set(), set()
    for sien in _list_constats(constat):
        for fait in sien.faits:
            if isinstance(fait, EnregistrementRetenu):
                lignes.add(fait.enregistrement)
            elif isinstance(fait, Objet):
                lignes.add((fait.source, fait.objet, fait.preuve.cle))
            elif isinstance(fait, ConstatCompte):
                comptes.add(fait.preuve.cle)
            elif isinstance(fait, Releve):
                releves.add(fait)
    return ChiffreDIndicateur(
        _say_statut(constat), constat.valeur, len(lignes), len(comptes), len(releves)
    )


def _list_constats(constat: AnyConstat) -> tuple[Constat, ...]:
    return (constat,) if isinstance(constat, Constat) else constat.constats


def _say_statut(constat: AnyConstat) -> str:
    """Its statut; above the quartier, whether what is known comes to one value."""
    if isinstance(constat, Constat):
        return LIBELLES[constat.statut]
    if constat.propre is not None:
        return LIBELLES[constat.propre.statut]
    if not any(sien.date for sien in constat.constats):
        return LIBELLES[Statut.NON_RENSEIGNE]
    if constat.au_moins is not None and constat.au_plus is not None and constat.valeur is None:
        return f"De {say_nombre(constat.au_moins)} à {say_nombre(constat.au_plus)}"
    return SANS_VALEUR_UNIQUE if constat.valeur is None else REUNION


def list_lignes(referentiel: Referentiel, vue: Vue | None, code: str) -> Iterator[Ligne]:
    """One line per indicateur, in the order of the programme; with its figure when there is a territoire."""
    for indicateur in referentiel.list_indicateurs():
        dite = (
            indicateur.code,
            indicateur.libelle,
            say_derivations(referentiel, indicateur),
            say_genres(indicateur),
            say_filtres(referentiel, indicateur),
            say_mode(indicateur),
            indicateur.lecture or "",
        )
        if vue is None:
            yield dite
            continue
        chiffre = read_chiffre(vue, indicateur, code)
        comptes = (chiffre.enregistrements, chiffre.constats, chiffre.releves)
        valeur = None if chiffre.valeur is None else NombreDeCase(chiffre.valeur)
        cases = (NombreDeCase(Fraction(compte)) for compte in comptes)
        yield (*dite, chiffre.dit, valeur, indicateur.unite, *cases)


def write_csv(referentiel: Referentiel, vue: Vue | None, code: str) -> str:
    """The table in CSV."""
    colonnes = COLONNES if vue is None else COLONNES + COLONNES_DU_CHIFFRE
    return write_lignes(colonnes, list_lignes(referentiel, vue, code))


def write_texte(referentiel: Referentiel, vue: Vue | None, code: str) -> str:
    """The same to be read: a few lines per indicateur."""
    return "\n".join(_list_dits(referentiel, vue, code)) + "\n"


def _list_dits(referentiel: Referentiel, vue: Vue | None, code: str) -> Iterator[str]:
    for indicateur in referentiel.list_indicateurs():
        yield f"{indicateur.code} – {indicateur.libelle}"
        yield f"  Dérivation : {say_derivations(referentiel, indicateur)}"
        if indicateur.derivations:
            yield f"  Genres : {say_genres(indicateur) or '—'}"
            yield f"  Filtres : {say_filtres(referentiel, indicateur) or '—'}"
            yield f"  Lecture : {say_mode(indicateur)}"
        if indicateur.lecture:
            yield f"  Notre lecture : {indicateur.lecture}"
        if vue is not None:
            yield f"  {code} : {_say_chiffre(read_chiffre(vue, indicateur, code), indicateur)}"
    sans = [i.code for i in referentiel.list_indicateurs() if not i.derivations]
    yield ""
    yield f"{len(sans)} sans dérivation : {', '.join(sans) or '—'}"


def _say_chiffre(chiffre: ChiffreDIndicateur, indicateur: Indicateur) -> str:
    valeur = "" if chiffre.valeur is None else f", {say_valeur(chiffre.valeur, indicateur.unite)}"
    derriere = [
        f"{nombre} {nom}{'s' if nombre > 1 else ''}"
        for nombre, nom in (
            (chiffre.enregistrements, "enregistrement"),
            (chiffre.constats, "constat"),
            (chiffre.releves, "relevé"),
        )
        if nombre
    ]
    return f"{chiffre.dit}{valeur} ; derrière : {', '.join(derriere) or 'rien'}"
