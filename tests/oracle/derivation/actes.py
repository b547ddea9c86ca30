"""The acts: on which days they took place, session by session, up to the day they are told."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.derivation.jours import get_lendemain, list_jours
from tests.oracle.derivation.lignes import LigneBrute

DELAI_DE_DECISION = 30  # calendar days, an awaited answer apart


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One session, or one stay of several days in a row: its days held, or the days it was not."""

    premier: date
    tenus: tuple[date, ...]
    annules: tuple[date, ...] = ()


def list_occurrences(ligne: LigneBrute, etats: tuple[str, ...] = ()) -> list[Occurrence]:
    """Every session of an act up to its last statement."""
    match ligne.genre:
        case "activite":
            return list_seances_d_activite(ligne)
        case "seance" | "tableau":
            return [build_occurrence(ligne, [ligne.le])]
        case "financement":
            jours = [ligne.get(f"{etat}_le") for etat in etats or ("attribue", "verse")]
            dits = [jour for jour in jours if jour is not None and jour <= ligne.le]
            return [Occurrence(min(dits), (min(dits),))] if dits else []
    raise NotImplementedError(ligne.genre)


def list_seances_d_activite(ligne: LigneBrute) -> list[Occurrence]:
    """One session or one stay without rhythm, else one session a day or a week."""
    premier = ligne.get("premier_jour")
    dernier = ligne.get("dernier_jour") or premier
    pas = {None: None, "quotidien": 1, "hebdomadaire": 7}[ligne.get("rythme")]
    if pas is None:
        jours = [jour for jour in list_jours(premier, dernier) if jour <= ligne.le]
        return [build_occurrence(ligne, jours)] if jours else []
    occurrences = []
    jour = premier
    while jour <= min(dernier, ligne.le):
        occurrences.append(build_occurrence(ligne, [jour]))
        jour += timedelta(days=pas)
    return occurrences


def build_occurrence(ligne: LigneBrute, jours: list[date]) -> Occurrence:
    """Days held and days cancelled; nothing is held of an act that was not. A tableau has no `tenue`."""
    is_tenue = bool(ligne.get("tenue")) or ligne.genre == "tableau"
    annules = set(ligne.list_mots("jours_annules"))
    tenus = tuple(jour for jour in jours if is_tenue and jour not in annules)
    manques = tuple(jour for jour in jours if jour not in tenus)
    return Occurrence(tenus[0] if tenus else jours[0], tenus, manques)


# ──────── Requests for support ────────


def count_jours_d_horloge(demande: LigneBrute, jusqu_au: date) -> int:
    """Days since the request was filed, those on which an answer was awaited apart."""
    suspensions = demande.list_mots("suspensions")
    jours = list_jours(get_lendemain(demande.get("deposee_le")), jusqu_au)
    return sum(1 for jour in jours if not is_suspendu(jour, suspensions))


def is_suspendu(jour: date, suspensions: tuple[tuple[date, date | None], ...]) -> bool:
    """Was the clock stopped on that day?"""
    return any(du <= jour and (au is None or jour <= au) for du, au in suspensions)


def get_hors_delai(demande: LigneBrute, jusqu_au: date) -> date | None:
    """The first day out of time: the morrow of the thirtieth day of the clock."""
    jour: date = demande.get("deposee_le")
    while jour <= jusqu_au:
        if count_jours_d_horloge(demande, jour) > DELAI_DE_DECISION:
            return jour
        jour = get_lendemain(jour)
    return None
