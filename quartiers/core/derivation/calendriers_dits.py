"""Calendars out of the holidays that records say (L-100)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from quartiers.core.calendriers import Calendriers, Version
from quartiers.core.derivation.jours import UN_JOUR
from quartiers.core.derivation.versions import list_dires
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.fait import Calendrier
from quartiers.core.genres.vacances import VacancesScolaires


def build_calendriers(lignes: Iterable[Enregistrement]) -> Calendriers:
    """By département, what its calendar was on each day that something was learnt of it."""
    par_objet: dict[str, list[Enregistrement]] = {}
    for ligne in lignes:
        if ligne.genre == VacancesScolaires.GENRE:
            par_objet.setdefault(ligne.objet, []).append(ligne)
    codes = {i.territoire for siennes in par_objet.values() for e in siennes for i in e.liens}
    versions = {code: _list_versions(code, par_objet.values()) for code in sorted(codes)}
    return Calendriers({code: suite for code, suite in versions.items() if suite})


def _list_versions(code: str, objets: Iterable[Sequence[Enregistrement]]) -> tuple[Version, ...]:
    """Those that differ from the one before."""
    siens = [lignes for lignes in objets if any(_is_lie(ligne, code) for ligne in lignes)]
    suite: list[Version] = []
    for jour in sorted({ligne.connu_le for lignes in siens for ligne in lignes}):
        tenues = [
            dire.contenu
            for lignes in siens
            for dire in list_dires(e for e in lignes if e.connu_le <= jour)
            if _is_lie(dire, code) and isinstance(dire.contenu, VacancesScolaires)
        ]
        calendrier = build_calendrier(tenues)
        if calendrier != (suite[-1][1] if suite else None):
            suite.append((jour, calendrier))
    return tuple(suite)


def _is_lie(ligne: Enregistrement, code: str) -> bool:
    return any(lien.territoire == code for lien in ligne.liens)


def build_calendrier(dites: Iterable[VacancesScolaires]) -> Calendrier | None:
    """One stretch of days of which all is known, the last one: a hole makes what comes before it unknown.

    Holidays that overlap others contradict them: neither is known. A day of class that is also in holidays is in them.
    """
    uniques = {(dite.debut, dite.fin, dite.classes_depuis): dite for dite in dites}.values()
    fausses = [u for u in uniques if any(_is_contraire(u, autre) for autre in uniques)]
    sures = [u for u in uniques if u not in fausses]
    if not sures:
        return None
    ranges = sorted(sures, key=lambda dite: dite.fin, reverse=True)
    du = _get_premier_jour(ranges[0], fausses)
    tenues: set[tuple[date, date]] = set()
    for dite in ranges:
        if dite.fin + UN_JOUR < du:
            break
        du = min(du, _get_premier_jour(dite, fausses))
        tenues.add((dite.debut, dite.fin))
    return Calendrier(du, ranges[0].fin, tuple(sorted(tenues)))


def _is_contraire(une: VacancesScolaires, autre: VacancesScolaires) -> bool:
    """They share days, and are not the same holidays."""
    memes = (une.debut, une.fin) == (autre.debut, autre.fin)
    return not memes and une.debut <= autre.fin and autre.debut <= une.fin


def _get_premier_jour(dite: VacancesScolaires, fausses: Iterable[VacancesScolaires]) -> date:
    """Its first day of class, after the holidays of which nobody knows which are true."""
    avant = (fausse.fin + UN_JOUR for fausse in fausses if fausse.fin < dite.debut)
    return max((dite.classes_depuis, *avant))
