"""Does one more proof never lower a presence? True where it is, and where it is not is written down.

Order of the statuts judged, from the least favourable: échu, en retard, non engagé, à surveiller, en bonne voie,
atteint. Non renseigné and périmé are outside: from « we do not know » any answer is a gain.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.lois.reglage import loi
from tests.lois.tirage import (
    JOURS,
    Ligne,
    cibles,
    look,
    make_cible,
    make_monde_d_une_cellule,
    make_objet,
    make_releve,
)

PHRASE = "présence, chaque trimestre, portée AB, annexe : au moins 1"
LISTE = "présence, chaque trimestre, portée AB"
ORDRE = (
    "echu_non_atteint",
    "en_retard",
    "non_engage",
    "a_surveiller",
    "en_bonne_voie",
    "atteint",
)
VU_LE = date(2026, 11, 23)
LIMITE = 120


@st.composite
def objets(tirage: st.DrawFn, vu_le: date, rang: int | None = None) -> list[tuple[str, Ligne]]:
    """Objects of any rank (or one), inside, near or far, fresh or stale, open or ended, some in two rows."""
    return [draw_objet(tirage, vu_le, rang) for _ in range(tirage(st.integers(0, 5)))]


def draw_objet(tirage: st.DrawFn, vu_le: date, rang: int | None) -> tuple[str, Ligne]:
    """One object, begun by `vu_le`."""
    du = vu_le - timedelta(days=tirage(st.integers(0, 400)))
    temoin = du + timedelta(days=tirage(st.integers(0, (vu_le - du).days)))
    au = tirage(st.none() | st.integers(0, 400).map(lambda n: du + timedelta(days=n)))
    return make_objet(
        tirage(st.sampled_from("abcd")),
        du,
        temoin,
        au=au,
        rang=tirage(st.integers(0, 2)) if rang is None else rang,
        distance_m=tirage(st.sampled_from((None, 0, 50, 300, 301, 1000, 1001))),
        portee="AB",
    )


@st.composite
def listes(tirage: st.DrawFn, vu_le: date) -> list[tuple[str, Ligne]]:
    """Exhaustive lists, of the source of the objects or of another."""
    return [
        (
            "listes",
            {
                "date": vu_le - timedelta(days=tirage(st.integers(0, 300))),
                "source": tirage(st.sampled_from("st")),
                "rang": tirage(st.integers(0, 2)),
            },
        )
        for _ in range(tirage(st.integers(0, 2)))
    ]


@loi(200)
@given(st.data(), st.integers(0, LIMITE))
def test_une_preuve_du_meilleur_rang_suffit_a_une_presence(data: st.DataObject, age: int) -> None:
    """Target 1, whatever is already known: a validated presence, in force, in reach and fresh → atteint."""
    lignes = [*data.draw(objets(VU_LE)), *data.draw(listes(VU_LE))]
    temoin = VU_LE - timedelta(days=age)
    lignes = [(nom, x) for nom, x in lignes if nom != "listes" or x["rang"] != 0]
    preuve = make_objet("preuve", temoin, temoin, source="fraiche")
    assert look(make_monde_d_une_cellule(PHRASE, [*lignes, preuve]), VU_LE)["statut"] == "atteint"


@loi(200)
@given(st.data())
def test_dans_un_meme_rang_frais_une_preuve_de_plus_ne_retire_rien(data: st.DataObject) -> None:
    """One rank, its state fresh: the number never falls, and what was reached stays so, whatever the target."""
    lignes = data.draw(objets(VU_LE, rang=0))
    plan = data.draw(cibles(LISTE, au_plus=1))
    avant = look(make_monde_d_une_cellule(LISTE, [*lignes, *plan]), VU_LE)
    assume(avant["statut"] not in {"perime", "non_renseigne"})
    temoin = VU_LE - timedelta(days=data.draw(st.integers(0, LIMITE)))
    preuve = make_objet(data.draw(st.sampled_from(("a", "nouveau"))), temoin, temoin)
    apres = look(make_monde_d_une_cellule(LISTE, [*lignes, preuve, *plan]), VU_LE)
    assert apres["valeur"] >= avant["valeur"]
    if avant["statut"] == "atteint":
        assert apres["statut"] == "atteint"


@loi(200)
@given(st.data(), JOURS)
def test_une_preuve_du_meme_jour_ne_baisse_pas_le_statut(data: st.DataObject, debut: date) -> None:
    """One rank, witnesses of one day, objects that only begin: the statut never falls, target and base apart.

    Objects that never end cannot have been lost; one day of witness cannot move the date of the value. The first
    of several is apart: it opens a trajectory that none had judged yet (below).
    """
    vu_le = debut + timedelta(days=LIMITE)
    lignes = [
        (nom, x | {"au": None, "temoin": debut, "du": min(x["du"], debut)})
        for nom, x in data.draw(objets(debut, rang=0))
    ]
    plan = data.draw(cibles(LISTE, au_plus=1))
    avant = look(make_monde_d_une_cellule(LISTE, [*lignes, *plan]), vu_le)
    assume(avant["statut"] in ORDRE)
    preuve = make_objet("nouveau", debut, debut)
    apres = look(make_monde_d_une_cellule(LISTE, [*lignes, preuve, *plan]), vu_le)
    assume(avant["valeur"] != 0 or apres["statut"] == "atteint")
    assert ORDRE.index(apres["statut"]) >= ORDRE.index(avant["statut"])


# Where the law is false: each is a consequence of a decision, found by looking for it.


def look_deux_fois(
    lignes: list[tuple[str, Ligne]], preuve: tuple[str, Ligne], phrase: str = LISTE
) -> tuple[str, str]:
    """The statut without the proof, then with it."""
    avant = look(make_monde_d_une_cellule(phrase, lignes), VU_LE)
    apres = look(make_monde_d_une_cellule(phrase, [*lignes, preuve]), VU_LE)
    return avant["statut"], apres["statut"]


def test_faux_un_meilleur_rang_qui_compte_moins() -> None:
    """Two posts by relevé; then one of them is recorded: the record outranks the relevé (L-05)."""
    lignes = [make_releve(date(2026, 11, 1), 2), make_cible(">=", 2, None)]
    poste = make_objet("p", date(2026, 11, 1), date(2026, 11, 1))
    assert look_deux_fois(lignes, poste) == ("atteint", "a_surveiller")


def test_faux_un_objet_fait_taire_les_nombres_de_son_rang() -> None:
    """Two posts validated as a number; then one is recorded: the numbers of that rank are no more read (L-08)."""
    nombre = ("valeurs", make_releve(date(2026, 11, 1), 2)[1] | {"rang": 0})
    poste = make_objet("p", date(2026, 11, 1), date(2026, 11, 1))
    lignes = [nombre, make_cible(">=", 2, None)]
    assert look_deux_fois(lignes, poste) == ("atteint", "a_surveiller")


def test_faux_un_poste_annonce_fait_taire_le_nombre_d_aujourd_hui() -> None:
    """A presence validated as a number; a post announced for next month: today we know nothing any more (L-08)."""
    nombre = ("valeurs", make_releve(date(2026, 11, 1), 1)[1] | {"rang": 0})
    annonce = make_objet("p", date(2026, 12, 1), date(2026, 12, 1), connu_le=date(2026, 11, 1))
    assert look_deux_fois([nombre], annonce, PHRASE) == ("atteint", "non_renseigne")


def test_faux_une_preuve_ancienne_revele_une_perte() -> None:
    """Two posts ended in 2025, one is there. A fourth, discovered, there since 2024: the target of three was
    reached in 2025, and is lost (L-12, L-14).
    """
    fin = date(2025, 12, 31)
    lignes = [
        make_objet("a", date(2025, 1, 1), fin, au=fin),
        make_objet("b", date(2025, 1, 1), fin, au=fin),
        make_objet("c", date(2026, 11, 1), date(2026, 11, 1)),
        make_cible(">=", 3, None),
    ]
    decouvert = make_objet("d", date(2024, 1, 1), date(2026, 11, 1))
    assert look_deux_fois(lignes, decouvert) == ("a_surveiller", "en_retard")


def test_faux_une_preuve_plus_recente_avance_la_date_de_la_valeur() -> None:
    """One of twelve, attested six days after the start: too early to judge. A second, attested in November:
    two of twelve at a third of the time, which is late (4.2: judged at the date of the value).
    """
    depart, temoin = date(2026, 7, 20), date(2026, 7, 26)
    lignes = [
        make_objet("a", temoin, temoin),
        make_cible(">=", 12, date(2027, 7, 20), base=0, base_date=depart),
    ]
    second = make_objet("b", date(2026, 11, 20), date(2026, 11, 20))
    assert look_deux_fois(lignes, second) == ("en_bonne_voie", "en_retard")


def test_faux_le_premier_de_plusieurs_ouvre_une_trajectoire() -> None:
    """Eleven are wanted: none is there, one is near; then the first is there, and one of eleven is late (L-15)."""
    depart = date(2026, 8, 1)
    lignes = [
        make_objet("a", depart, date(2026, 11, 1), distance_m=301, portee="AB"),
        make_cible(">=", 11, date(2027, 1, 1), base_date=depart),
    ]
    premier = make_objet("b", date(2026, 11, 1), date(2026, 11, 1), portee="AB")
    assert look_deux_fois(lignes, premier) == ("a_surveiller", "en_retard")
