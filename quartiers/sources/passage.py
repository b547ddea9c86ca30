"""Codes of communes that ceased to exist, followed through Insee's table of movements to a code of today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from quartiers.sources.table import Ligne

_PAS_MAX = 20


def follow_mouvements(lignes: Iterable[Ligne], presentes: AbstractSet[str]) -> dict[str, str]:
    """Old code → present code, for the codes that lead to exactly one commune of today.

    Only the last movement of a code counts (it may have been used, left and used again since 1943). A commune
    divided between several others leads nowhere for certain, and is left out.
    """
    suites: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for ligne in lignes:
        avant, apres = ligne["COM_AV"], ligne["COM_AP"]
        if ligne["TYPECOM_AV"] == "COM" and ligne["TYPECOM_AP"] == "COM" and avant not in presentes:
            suites[avant][ligne["DATE_EFF"]].add(apres)
    derniers = {code: dates[max(dates)] - {code} for code, dates in suites.items()}
    passages = {}
    for code in derniers:
        present = _follow(code, derniers, presentes)
        if present is not None:
            passages[code] = present
    return passages


def _follow(code: str, derniers: dict[str, set[str]], presentes: AbstractSet[str]) -> str | None:
    for _ in range(_PAS_MAX):
        suite = derniers.get(code, set())
        if len(suite) != 1:
            return None
        (code,) = suite
        if code in presentes:
            return code
    return None
