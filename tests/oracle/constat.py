"""What may be said of an indicator in a territory (domaine 4.1: the order of evaluation)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.oracle.cible import (
    Cible,
    Etapes,
    read_etapes,
    resolve_annee_precedente,
)
from tests.oracle.etat import (
    Etat,
    Lecture,
    choose_etat,
    has_desaccord,
    is_frais,
    list_etats,
    list_jours,
    read_etat,
)
from tests.oracle.histoire import Histoire, read_histoire
from tests.oracle.jugement import (
    Constat,
    Depart,
    Jugement,
    Mesure,
    is_atteint,
    judge_non_atteint,
)
from tests.oracle.marques import mark_constat, mark_etats, mark_sans_objet
from tests.oracle.periode import get_periode
from tests.oracle.regard import Ligne, Regard

# L-27: what a status that judges nothing keeps of its flags.
DRAPEAUX_SANS_JUGEMENT = frozenset(
    {"calendrier_inconnu", "au_moins", "herite", "porte_par_la_nation"}
)
SANS_JUGEMENT = ("perime", "non_renseigne", "sans_objet")
RETARD_LONG = 30  # days


def get_dernier_jour(valide_le: date) -> date:
    """L-26: the same day twelve months later; 28 February for the 29th."""
    if (valide_le.month, valide_le.day) == (2, 29):
        return date(valide_le.year + 1, 2, 28)
    return valide_le.replace(year=valide_le.year + 1)


def is_sans_objet(regard: Regard, indicateur: Ligne, territoire: str) -> bool:
    """L-26: one known declaration that covers `vu_le` is enough."""
    jours = [x["valide_le"] for x in regard.sans_objet.get((indicateur["code"], territoire), [])]
    mark_sans_objet(regard, [get_dernier_jour(jour) for jour in jours])
    return any(jour <= regard.vu_le <= get_dernier_jour(jour) for jour in jours)


def build_constat(
    regard: Regard,
    etats: list[Etat],
    etat: Etat | None,
    cible: Cible | None,
    jugement: Jugement,
    perdu_le: date | None = None,
) -> Constat:
    """Put together the judgement and the flags that do not depend on it."""
    drapeaux = set(jugement.drapeaux)
    if etat is not None and etat.calendrier_inconnu:
        drapeaux.add("calendrier_inconnu")
    if etat is not None and has_desaccord(etats, etat, regard.vu_le):
        drapeaux.add("desaccord")
    if cible is not None and cible.redate:
        drapeaux.add("redate")
    if jugement.statut in SANS_JUGEMENT:
        drapeaux &= DRAPEAUX_SANS_JUGEMENT
    return Constat(
        statut=jugement.statut,
        etat=etat,
        cible=cible,
        ratio=jugement.ratio,
        drapeaux=frozenset(drapeaux),
        perdu_le=perdu_le,
    )


def judge_avant_la_cible(regard: Regard, lecture: Lecture, etat: Etat | None) -> Jugement | None:
    """The first statuses, which look at no target; None when the target must be looked at."""
    if is_sans_objet(regard, lecture.indicateur, lecture.territoire):
        return Jugement("sans_objet")
    if etat is None:
        return Jugement("non_renseigne")
    if not is_frais(etat, regard.vu_le):
        return Jugement("perime")
    if etat.valeur is None:  # denominator 0
        return Jugement("sans_objet")
    return None


def get_depart(indicateur: Ligne, cible: Cible, le: date) -> Depart:
    """v0 and t0: base and base_date or effet (4.7); 0 and the first day of its period for a dated flux (L-22)."""
    if indicateur.get("nature") == "flux" and cible.echeance is not None:
        porteur = le if cible.annee_precedente is not None else cible.echeance
        return Depart(0, get_periode(indicateur, porteur)[0])
    if indicateur.get("nature") == "flux":
        return Depart(None, None)
    v0 = cible.base
    if v0 is None and indicateur["genre"] == "presence":
        v0 = 0
    return Depart(v0, cible.base_date or cible.effet)


def read_histoire_de(regard: Regard, lecture: Lecture, cible: Cible) -> Histoire:
    """L-12: every source, same `connu_le`, stale included, against the target in force at `vu_le`."""

    def has_reached(jour: date) -> bool:
        etat = read_etat(regard, lecture, jour)
        return etat is not None and is_atteint(etat.valeur, cible)

    return read_histoire(list_jours(regard, lecture), has_reached)


def is_tardif(cible: Cible, histoire: Histoire) -> bool:
    """L-13: the series of reached days began after the deadline."""
    depuis = histoire.depuis
    return cible.echeance is not None and depuis is not None and depuis > cible.echeance


def judge_atteint(regard: Regard, lecture: Lecture, etat: Etat, cible: Cible) -> Jugement:
    """Reached: late (L-13), or only by a confirmation (L-10)."""
    drapeaux = set()
    is_passee = cible.echeance is not None and cible.echeance < regard.vu_le
    if is_passee and is_tardif(cible, read_histoire_de(regard, lecture, cible)):
        drapeaux.add("tardif")
    valeur = etat.valeur
    if valeur is not None and not is_atteint(valeur - etat.nombre_confirme, cible):
        drapeaux.add("confirme")
    return Jugement("atteint", None, frozenset(drapeaux))


def get_drapeaux_de_flux(
    regard: Regard, indicateur: Ligne, cible: Cible | None, le: date
) -> set[str]:
    """L-22: a total of an earlier period than that of `vu_le`, where the target does not choose the period."""
    if indicateur.get("nature") != "flux":
        return set()
    if cible is not None and cible.echeance is not None and cible.annee_precedente is None:
        return set()
    before = le < get_periode(indicateur, regard.vu_le)[0]
    return {"periode_precedente"} if before else set()


def judge_ordinaire(
    regard: Regard, lecture: Lecture, etat: Etat, cible: Cible | None
) -> tuple[Jugement, date | None]:
    """sans_cible → atteint → perdu → échu → non engagé → trajectory; with the day of the loss."""
    if cible is None or cible.seuil is None or etat.valeur is None:
        return Jugement("sans_cible"), None
    if lecture.indicateur["genre"] == "doublement" and not cible.base:
        return Jugement("sans_cible"), None
    if is_atteint(etat.valeur, cible):
        return judge_atteint(regard, lecture, etat, cible), None
    proximite = frozenset({"a_proximite"} if etat.has_proche else ())
    if lecture.indicateur["genre"] == "presence":
        perdu_le = read_histoire_de(regard, lecture, cible).perdu_le
        if perdu_le is not None:
            return Jugement("en_retard", None, proximite | {"perdu"}), perdu_le
    else:
        proximite = frozenset()
    depart = get_depart(lecture.indicateur, cible, etat.le)
    mesure = Mesure(etat.valeur, etat.le, cible, cible.seuil, depart)
    jugement = judge_non_atteint(regard, mesure, has_proche=bool(proximite))
    return replace(jugement, drapeaux=jugement.drapeaux | proximite), None


def choose_lecture(
    regard: Regard, indicateur: Ligne, territoire: str, cible: Cible | None
) -> Lecture:
    """A dated flux reads only the values of the period that holds the deadline (L-22)."""
    is_flux = indicateur.get("nature") == "flux"
    is_absolue = cible is not None and cible.annee_precedente is None
    if is_flux and is_absolue and cible is not None and cible.echeance is not None:
        regard.marque("stock_ou_flux/date")
        return Lecture(indicateur, territoire, periode=get_periode(indicateur, cible.echeance))
    return Lecture(indicateur, territoire)


def evaluate_ordinaire(
    regard: Regard, indicateur: Ligne, territoire: str, cible: Cible | None
) -> Constat:
    """Presence, count, part, doubling, suivi; and a national that has its own value there."""
    lecture = choose_lecture(regard, indicateur, territoire, cible)
    etats = list_etats(regard, lecture, regard.vu_le)
    etat = choose_etat(etats, regard.vu_le)
    if cible is not None:
        cible = resolve_annee_precedente(regard, indicateur, territoire, cible, etat)
    mark_etats(regard, lecture, etats, etat)
    jugement = judge_avant_la_cible(regard, lecture, etat)
    perdu_le = None
    if jugement is None and etat is not None:
        jugement, perdu_le = judge_ordinaire(regard, lecture, etat, cible)
        du_flux = get_drapeaux_de_flux(regard, indicateur, cible, etat.le)
        jugement = replace(jugement, drapeaux=jugement.drapeaux | du_flux)
    assert jugement is not None
    constat = build_constat(regard, etats, etat, cible, jugement, perdu_le)
    mark_constat(regard, indicateur, constat)
    return constat


def judge_retard(regard: Regard, etape: int, dates: dict[int, date]) -> Jugement:
    """L-20: lateness is that of the lowest unreached step that has a date; a step has no ratio."""
    attendues = [e for e in sorted(dates) if e > etape]
    if not attendues:
        regard.marque("etapes/sans_date")
        if etape == 0:
            return Jugement("non_engage")
        return Jugement("a_surveiller", None, frozenset({"sans_echeance"}))
    retard = (regard.vu_le - dates[attendues[0]]).days
    if retard > RETARD_LONG:
        regard.marque("etapes/retard_long", *(["etapes/lendemain_de_30"] if retard == 31 else []))
        return Jugement("en_retard")
    if retard >= 1:
        regard.marque("etapes/retard_court", *(["etapes/30_jours"] if retard == 30 else []))
        return Jugement("a_surveiller")
    regard.marque("etapes/a_l_heure")
    return Jugement("non_engage" if etape == 0 else "en_bonne_voie")


def judge_etape(
    regard: Regard, lecture: Lecture, etape: int, etapes: Etapes
) -> tuple[Jugement, date | None]:
    """A fresh step: sans objet by `pas_0`, sans cible, reached, lost, else late or on time (L-20)."""
    if etape == 0 and lecture.indicateur.get("pas_0") == "sans_objet" and not etapes.has_ligne:
        regard.marque("etapes/pas_0_sans_objet")
        return Jugement("sans_objet"), None
    cible = etapes.cible
    if cible is None:
        return Jugement("sans_cible"), None
    histoire = read_histoire_de(regard, lecture, cible)
    if is_atteint(etape, cible):
        regard.marque("etapes/atteinte")
        drapeaux = frozenset({"tardif"} if is_tardif(cible, histoire) else ())
        return Jugement("atteint", None, drapeaux), None
    if histoire.perdu_le is not None:
        regard.marque("etapes/perdue")
        return Jugement("en_retard", None, frozenset({"perdu"})), histoire.perdu_le
    return judge_retard(regard, etape, etapes.dates), None


def evaluate_jalon(regard: Regard, indicateur: Ligne, territoire: str) -> Constat:
    """Ordered steps."""
    etapes = read_etapes(regard, indicateur, territoire)
    seuil = etapes.cible.seuil if etapes.cible is not None else None
    etape_cible = None if seuil is None else int(Fraction(seuil))
    lecture = Lecture(indicateur, territoire, etape_cible=etape_cible)
    etats = list_etats(regard, lecture, regard.vu_le)
    etat = choose_etat(etats, regard.vu_le)
    mark_etats(regard, lecture, etats, etat)
    jugement = judge_avant_la_cible(regard, lecture, etat)
    perdu_le = None
    if jugement is None and etat is not None and etat.valeur is not None:
        jugement, perdu_le = judge_etape(regard, lecture, int(etat.valeur), etapes)
    assert jugement is not None
    constat = build_constat(regard, etats, etat, etapes.cible, jugement, perdu_le)
    mark_constat(regard, indicateur, constat)
    return constat
