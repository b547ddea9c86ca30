"""The invented worlds are what they say: deterministic, small, acceptable, and they meet every row."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from tests.oracle.atelier import COLLECTIONS, LIGNES_AU_PLUS
from tests.oracle.cible import get_cible, read_etapes
from tests.oracle.comptes import STATUTS, count_mondes, list_manques
from tests.oracle.etat import Lecture, list_jours, read_etat
from tests.oracle.histoire import read_histoire
from tests.oracle.jugement import is_atteint
from tests.oracle.lignes import HORS_DU_CALCUL, LIGNES
from tests.oracle.mondes import make_monde
from tests.oracle.regard import GENRES_DU_NIVEAU, Ligne, Monde, Regard, get_identite, is_retrait
from tests.oracle.remontee import measure_statuts

SEEDS = range(200)


@pytest.fixture(scope="module")
def mondes() -> list[Monde]:
    return [make_monde(seed)[0] for seed in SEEDS]


def list_lignes(monde: Monde) -> Iterator[tuple[str, Ligne]]:
    """Every line of every collection."""
    for nom in (*COLLECTIONS, "quartiers"):
        for ligne in monde[nom]:
            yield nom, ligne


def test_la_meme_graine_donne_le_meme_monde() -> None:
    assert make_monde(7) == make_monde(7)
    assert make_monde(7) != make_monde(8)


def test_petits(mondes: list[Monde]) -> None:
    for monde in mondes:
        genres = Counter(t["genre"] for t in monde["territoires"])
        quartiers = {q["code"] for q in monde["quartiers"]}
        assert genres["departement"] + genres["collectivite"] <= 3
        assert genres["qpv"] + genres["qrr"] + len(quartiers) <= 8
        assert sum(len(monde[nom]) for nom in COLLECTIONS) <= LIGNES_AU_PLUS
        assert 6 <= len(monde["indicateurs"]) <= 12


def test_ordre_de_connaissance(mondes: list[Monde]) -> None:
    for monde in mondes:
        ordres = [ligne["ordre"] for _, ligne in list_lignes(monde)]
        assert len(set(ordres)) == len(ordres)


def test_rien_n_est_connu_avant_son_jour(mondes: list[Monde]) -> None:
    colonnes = {"releves": "date", "valeurs": "date", "listes": "date", "confirmations": "date"}
    colonnes |= {"sans_objet": "valide_le", "objets": "du"}
    for monde in mondes:
        for nom, ligne in list_lignes(monde):
            if nom in colonnes:
                assert ligne[colonnes[nom]] <= ligne["connu_le"], (nom, ligne)


def test_un_quartier_est_connu_avant_ses_faits(mondes: list[Monde]) -> None:
    for monde in mondes:
        connus: dict[str, date] = {}
        for quartier in monde["quartiers"]:
            code = quartier["code"]
            connus[code] = min(quartier["connu_le"], connus.get(code, date.max))
        for nom, ligne in list_lignes(monde):
            if nom != "quartiers" and ligne["territoire"] in connus:
                assert connus[ligne["territoire"]] <= ligne["connu_le"]


def is_decimal(valeur: Any) -> bool:
    """Six decimals at most, below a milliard, not negative."""
    return valeur is None or (0 <= valeur < 10**9 and (Fraction(valeur) * 10**6).denominator == 1)


def test_valeurs_acceptables(mondes: list[Monde]) -> None:
    for monde in mondes:
        indicateurs = {i["code"]: i for i in monde["indicateurs"]}
        for ligne in (*monde["releves"], *monde["valeurs"]):
            for nom in ("valeur", "numerateur", "denominateur"):
                assert is_decimal(ligne.get(nom)), ligne
            if ligne.get("numerateur") is not None:
                assert 0 <= ligne["numerateur"] <= ligne["denominateur"]
            genre = indicateurs[ligne["indicateur"]]["genre"]
            if not is_retrait(ligne):
                assert (ligne.get("jalon") is not None) == (genre == "jalon")
            if ligne.get("jalon") is not None:
                assert 0 <= ligne["jalon"] < len(indicateurs[ligne["indicateur"]]["echelle"])


def test_niveaux_acceptables(mondes: list[Monde]) -> None:
    for monde in mondes:
        genres = {t["code"]: t["genre"] for t in monde["territoires"]}
        genres |= {q["code"]: "quartier" for q in monde["quartiers"]}
        for indicateur in monde["indicateurs"]:
            permis: tuple[str, ...] = GENRES_DU_NIVEAU[indicateur["niveau"]]
            quotas: tuple[str, ...] = permis
            if indicateur["genre"] == "national":
                permis = (*permis, *GENRES_DU_NIVEAU["Q"], *GENRES_DU_NIVEAU["D"])
                quotas = (*permis, "region")
            for nom, ligne in list_lignes(monde):
                if nom != "quartiers" and ligne["indicateur"] == indicateur["code"]:
                    assert genres[ligne["territoire"]] in (quotas if nom == "cibles" else permis)


def test_cibles_acceptables(mondes: list[Monde]) -> None:
    for monde in mondes:
        indicateurs = {i["code"]: i for i in monde["indicateurs"]}
        for cible in monde["cibles"]:
            indicateur = indicateurs[cible["indicateur"]]
            attendu = ">=" if indicateur["sens"] == "hausse" else "<="
            assert cible["operateur"] in {attendu, "="}
            assert is_decimal(cible["valeur"])
            assert is_decimal(cible["base"])
            assert indicateur["genre"] != "suivi"
            if indicateur["genre"] == "doublement":
                assert cible["echeance"] is not None
                assert cible["base"] is not None
                assert cible["valeur"] in {None, 2 * cible["base"]}


def test_un_retrait_suit_la_ligne_qu_il_retire(mondes: list[Monde]) -> None:
    retraits = Counter[bool]()
    for monde in mondes:
        for retrait in monde["releves"]:
            if is_retrait(retrait):
                retraits[retrait["cle"] is None] += 1
                avant = [
                    x
                    for x in monde["releves"]
                    if get_identite(x) == get_identite(retrait)
                    and x["ordre"] < retrait["ordre"]
                    and x["connu_le"] <= retrait["connu_le"]
                ]
                assert avant
    assert retraits.keys() == {True, False}  # by their key, and without any


def list_histoires(regard: Regard) -> Iterator[tuple[Lecture, Any]]:
    """Every place that has facts and a target, with that target."""
    for code, territoire in sorted({*regard.valeurs, *regard.objets}):
        indicateur = regard.indicateurs[code]
        if indicateur["genre"] == "jalon":
            cible = read_etapes(regard, indicateur, territoire).cible
            seuil = None if cible is None or cible.seuil is None else int(cible.seuil)
            yield Lecture(indicateur, territoire, etape_cible=seuil), cible
        else:
            yield Lecture(indicateur, territoire), get_cible(regard, indicateur, territoire)


def test_jour_apres_jour() -> None:
    """The days on which something may change are enough: asking every day tells the same story."""
    histoires = 0
    for seed in range(30):
        monde, vues = make_monde(seed)
        _, vu_le, connu_le = vues[0]
        regard = Regard(monde, vu_le, connu_le)
        for lecture, cible in list_histoires(regard):
            if cible is None or cible.seuil is None:
                continue

            def has_reached(jour: date, lecture: Lecture = lecture, cible: Any = cible) -> bool:
                etat = read_etat(regard, lecture, jour)  # noqa: B023
                return etat is not None and is_atteint(etat.valeur, cible)

            tous = {vu_le - timedelta(days=ecart) for ecart in range(1000)}
            chaque_jour = read_histoire(tous, has_reached)
            if chaque_jour.depuis == min(tous):
                continue  # began before the days asked
            reperes = {j for j in list_jours(regard, lecture) if j in tous} | {min(tous)}
            assert read_histoire(reperes, has_reached) == chaque_jour, (seed, lecture.place)
            histoires += 1
    assert histoires > 50


def test_tous_les_statuts_et_toutes_les_lignes() -> None:
    """A small run meets everything at its scale; item 8 of the recette asks for a hundred cells of each."""
    comptes = count_mondes(600)
    assert list_manques(comptes, par_statut=6, par_ligne=3) == []
    assert {c.partition("/")[0] for c in comptes.cas} <= set(LIGNES)
    assert not set(LIGNES) & set(HORS_DU_CALCUL)


def test_les_manques_se_voient() -> None:
    comptes = count_mondes(1)
    assert any("statut" in manque for manque in list_manques(comptes))
    assert any("ligne" in manque for manque in list_manques(comptes))
    comptes.cas["inventee/cas"] += 1
    assert "ligne inconnue inventee" in list_manques(comptes)
    assert measure_statuts(dict.fromkeys(STATUTS, 1))["attendus"] == len(STATUTS)
