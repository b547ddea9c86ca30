"""Calendar shares, one by one: what was covered of what is over."""

from dataclasses import replace
from datetime import date

import pytest

from tests.oracle.derivation.cadre import Calendrier
from tests.oracle.derivation.calendriers import list_semaines_de_classe
from tests.oracle.derivation.carnet import ANNEE_2025, Carnet
from tests.oracle.derivation.etat import Reponse

EDUCATIVE = "e01-a5-semaines-couvertes"
JOBDATING = "e07-a6-jobdating-vacances"
CLJ = "e08-a7-jours-clj"
ANIMES = "e09-a4-jours-animes"
SOIRS = "e09-a5-soir-weekend"
ECOLES = "e09-a2-ecole-ouverte"


@pytest.fixture
def carnet() -> Carnet:
    return Carnet()


def say_activite(carnet: Carnet, genre: str, premier: str, le: str = "", **champs: object) -> None:
    """An activity in the first quartier."""
    objet = f"{genre}-{len(carnet.lignes)}"
    dits = {"tenue": True, "genre": genre, "premier_jour": premier, **champs}
    carnet.say("activite", objet, le or premier, situe="QPV-1", **dits)


def count(reponse: Reponse) -> tuple[int, int]:
    """Covered, over."""
    assert reponse.numerateur is not None
    assert reponse.denominateur is not None
    return int(reponse.numerateur), int(reponse.denominateur)


def test_les_semaines_de_classe(carnet: Carnet) -> None:
    """Three weekly sessions from 9 September 2025; the share stops at the end of the week last told."""
    say_activite(
        carnet, "educative", "2025-09-10", "2025-09-24",
        dernier_jour="2026-06-30", rythme="hebdomadaire",
    )  # fmt: skip
    reponse = carnet.ask(EDUCATIVE, "QPV-1", "2026-01-20")
    # Weeks over on Sunday 28 September: those of 1, 8, 15 and 22 September.
    assert count(reponse) == (3, 4)
    assert reponse.date == date(2025, 9, 24)


def test_une_semaine_n_est_echue_que_son_dimanche(carnet: Carnet) -> None:
    say_activite(carnet, "educative", "2025-09-10")
    vus = [count(carnet.ask(EDUCATIVE, "QPV-1", jour)) for jour in ("2025-09-13", "2025-09-14")]
    assert vus == [(0, 1), (1, 2)]


def test_une_semaine_de_vacances_n_est_pas_de_classe(carnet: Carnet) -> None:
    """Autumn holidays of 2025: the weeks of 20 and 27 October are out."""
    say_activite(carnet, "educative", "2025-11-05")
    # Weeks of September: 5 (1 to 29); of October: 6 and 13; then 3 November.
    assert count(carnet.ask(EDUCATIVE, "QPV-1", "2026-01-20")) == (1, 8)


def test_les_semaines_echues_sont_celles_de_leur_dimanche(carnet: Carnet) -> None:
    """The week that ends on Sunday 4 January 2026 is one of 2026."""
    say_activite(carnet, "action_jeunes", "2026-01-10")
    assert count(carnet.ask(SOIRS, "QPV-1", "2026-03-01")) == (1, 2)
    say_activite(carnet, "action_jeunes", "2025-12-31", "2026-01-12", heure_debut=None)
    assert count(carnet.ask(SOIRS, "QPV-1", "2026-03-01")) == (1, 2), "un mercredi, en journée"
    say_activite(carnet, "action_jeunes", "2026-01-03", "2026-01-12")
    assert count(carnet.ask(SOIRS, "QPV-1", "2026-03-01")) == (2, 3), "un samedi de 2026"


def test_les_periodes_de_vacances_juillet_et_aout_a_part(carnet: Carnet) -> None:
    """Covered in July 2026 only: five holidays and July are over, August is not spoken of."""
    say_activite(carnet, "jobdating", "2026-07-15")
    assert count(carnet.ask(JOBDATING, "QPV-1", "2026-10-10")) == (1, 5)
    say_activite(carnet, "jobdating", "2026-08-20")
    assert count(carnet.ask(JOBDATING, "QPV-1", "2026-10-10")) == (2, 6)


def test_avant_la_toussaint_celles_de_l_annee_d_avant(carnet: Carnet) -> None:
    """Told in September 2025: the six periods of 2024-2025."""
    say_activite(carnet, "jobdating", "2025-08-20", "2025-09-15")
    reponse = carnet.ask(JOBDATING, "QPV-1", "2025-10-01")
    assert (count(reponse), reponse.date) == ((1, 6), date(2025, 9, 15))


def test_les_jours_des_dernieres_vacances(carnet: Carnet) -> None:
    """Winter of 2026: sixteen days, the session of two days covers two."""
    say_activite(
        carnet, "clj", "2026-02-23", "2026-03-08", dernier_jour="2026-02-24", theme=("sport",)
    )
    assert count(carnet.ask(ANIMES, "QPV-1", "2026-03-20")) == (2, 16)
    assert count(carnet.ask(CLJ, "QPV-1", "2026-03-20")) == (2, 10)


def test_un_sejour_ne_couvre_que_les_jours_deja_dits(carnet: Carnet) -> None:
    """Planned until 5 March, told on 24 February."""
    say_activite(
        carnet, "clj", "2026-02-20", "2026-02-24", dernier_jour="2026-03-05", theme=("sport",)
    )
    assert count(carnet.ask(ANIMES, "QPV-1", "2026-03-20")) == (4, 16)


def test_un_ferie_n_est_pas_un_jour_de_classe() -> None:
    """A week of holidays but for 11 November."""
    calendrier = Calendrier(
        date(2025, 8, 1),
        date(2025, 12, 31),
        ((date(2025, 11, 10), date(2025, 11, 10)), (date(2025, 11, 12), date(2025, 11, 16))),
    )
    semaines = list_semaines_de_classe(calendrier, date(2025, 11, 23))
    assert semaines is not None
    assert date(2025, 11, 10) not in semaines
    assert {date(2025, 11, 3), date(2025, 11, 17)} <= semaines


@pytest.mark.parametrize("ask", [CLJ, JOBDATING])
def test_un_calendrier_qui_s_arrete_avant_le_temoin_ne_dit_rien(carnet: Carnet, ask: str) -> None:
    """Held at Christmas, told in March, of a calendar that stops in February."""
    court = replace(ANNEE_2025, valide_au=date(2026, 2, 10), vacances=ANNEE_2025.vacances[:7])
    carnet.monde = replace(carnet.monde, calendriers={"DEP-1": court})
    genre = "clj" if ask == CLJ else "jobdating"
    say_activite(carnet, genre, "2025-12-22", "2026-03-01")
    assert carnet.ask(ask, "QPV-1", "2026-02-05").parle
    reponse = carnet.ask(ask, "QPV-1", "2026-03-20")
    assert not reponse.parle
    assert reponse.drapeaux == {"calendrier_inconnu"}


def test_le_denominateur_s_arrete_avec_les_vacances_du_dernier_temoin(carnet: Carnet) -> None:
    """The spring holidays come, nobody says anything: the share stays that of the winter."""
    say_activite(carnet, "clj", "2026-02-23", theme=("sport",))
    assert count(carnet.ask(ANIMES, "QPV-1", "2026-04-25")) == (1, 16)
    assert count(carnet.ask(ANIMES, "QPV-1", "2026-02-25")) == (1, 5)


def test_les_jours_ouvres_sont_sans_les_feries(carnet: Carnet) -> None:
    """Spring of 2026: ten weekdays, the first of May out."""
    say_activite(carnet, "clj", "2026-04-20")
    assert count(carnet.ask(CLJ, "QPV-1", "2026-05-10")) == (1, 9)


def test_les_couples_lieu_et_periode(carnet: Carnet) -> None:
    """Two schools, the autumn holidays over: one open, out of two; neither what is no school, nor what has closed."""
    for objet, genre in (("e1", "ecole"), ("e2", "college"), ("cs", "centre_social")):
        carnet.say("lieu", objet, "2025-09-15", dessert="QPV-1", genre=genre, ouvert="2000-09-01")
    champs = {"genre": "lycee", "ouvert": "2000-09-01", "ferme": "2025-10-01"}
    carnet.say("lieu", "l", "2025-10-05", dessert="QPV-1", **champs)
    for lieu in ("e1", "cs"):
        carnet.say(
            "activite", f"eo-{lieu}", "2025-10-21", dessert="QPV-1", genre="ecole_ouverte",
            premier_jour="2025-10-20", tenue=True, lieu=lieu,
        )  # fmt: skip
    reponse = carnet.ask(ECOLES, "QPV-1", "2025-12-01")
    assert (count(reponse), reponse.date) == ((1, 2), date(2025, 10, 21))


def test_les_lieux_d_un_produit_n_attestent_rien(carnet: Carnet) -> None:
    carnet.say("lieu", "e1", "2025-09-15", dessert="QPV-1", genre="ecole")
    assert not carnet.ask(ECOLES, "QPV-1", "2025-12-01").parle


def test_une_seance_annulee_laisse_un_zero_sur_ce_qui_est_echu(carnet: Carnet) -> None:
    say_activite(carnet, "clj", "2026-02-23", tenue=False)
    assert count(carnet.ask(CLJ, "QPV-1", "2026-03-20")) == (0, 10)


def test_un_pointage_laisse_un_zero_sur_ce_qui_est_echu(carnet: Carnet) -> None:
    carnet.say("pointage", "p", "2026-03-10", dessert="QPV-1", genre="activite")
    assert count(carnet.ask(CLJ, "QPV-1", "2026-03-20")) == (0, 10)


@pytest.mark.parametrize("ask", [EDUCATIVE, JOBDATING, CLJ, ANIMES])
def test_sans_calendrier_rien_n_est_dit(carnet: Carnet, ask: str) -> None:
    """Unknown is not « out of the holidays »."""
    carnet.monde = replace(carnet.monde, calendriers={})
    for genre in ("educative", "jobdating", "clj"):
        say_activite(carnet, genre, "2026-02-23", theme=("sport",))
    reponse = carnet.ask(ask, "QPV-1", "2026-03-20")
    assert not reponse.parle
    assert reponse.drapeaux == {"calendrier_inconnu"}


def test_hors_de_sa_validite_un_calendrier_ne_dit_rien(carnet: Carnet) -> None:
    say_activite(carnet, "jobdating", "2027-02-20")
    reponse = carnet.ask(JOBDATING, "QPV-1", "2027-03-01", "2027-03-01")
    assert (reponse.parle, reponse.drapeaux) == (False, {"calendrier_inconnu"})


def test_les_semaines_echues_n_ont_pas_besoin_de_calendrier(carnet: Carnet) -> None:
    carnet.monde = replace(carnet.monde, calendriers={})
    say_activite(carnet, "action_jeunes", "2026-01-10")
    assert count(carnet.ask(SOIRS, "QPV-1", "2026-03-01")) == (1, 2)
