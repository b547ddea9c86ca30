"""The secret of small counts, on the pages: who is outside reads no number, and the same statut as the State."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from quartiers.core.raison import COUVERT
from quartiers.core.referentiel import Indicateur
from quartiers.core.secret import CERCLE, Garde, find_personnes
from quartiers.core.table_des_droits import TABLE
from quartiers.usecases.charger_contexte import load_referentiel
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.test_piece import open_compte

DEHORS = {
    *("commune", "epci", "conseil_departemental", "conseil_regional"),
    *("operateur", "association", "conseil_citoyen", "administrateur"),
}
INDICATEUR = "e07-a1-emplois-francs"
PREUVE, DECLARER = (
    f"/preuves/{TILLEULS}/{INDICATEUR}/",
    f"/territoires/{TILLEULS}/declarer/{INDICATEUR}/",
)
TABLEAU = f"/territoires/{TILLEULS}/tableau.json"
DATES = "?vu_le=2026-11-23&connu_le=2026-11-23"


def declare(client: Client, valeur: str, jour: str = "2026-11-20") -> None:
    """A count of persons, in a form."""
    reponse = client.post(DECLARER, {"date": jour, "autre": valeur, "dix_fois": valeur})
    assert reponse.status_code == 302, reponse.content.decode()


def find_figure(client: Client, adresse: str = TABLEAU) -> dict[str, Any]:
    """The figure in a tableau in JSON."""
    reponse = client.get(f"{adresse}{DATES}")
    tableau = json.loads(b"".join(reponse) if reponse.streaming else reponse.content)
    actions = [a for e in tableau["engagements"] for a in e["actions"]]
    (trouvee,) = [i for a in actions for i in a["indicateurs"] if i["code"] == INDICATEUR]
    return dict(trouvee)


def test_chaque_role_est_dans_le_cercle_ou_dehors() -> None:
    assert set(TABLE) == CERCLE | DEHORS
    assert not CERCLE & DEHORS


def test_un_petit_compte_se_cache_et_son_statut_reste(sign_in: SignIn) -> None:
    prefet, dehors = sign_in("demo-prefet"), open_compte("operateur", organisme="Autre")[1]
    declare(sign_in("demo-deleguee"), "8")
    vraie, montree = find_figure(prefet), find_figure(dehors)
    assert vraie["valeur"] == 8
    assert "secret" in montree["drapeaux"]
    for champ in ("valeur", "numerateur", "denominateur", "ratio", "raison"):
        assert montree[champ] is None, champ
    assert montree["faits"] == []
    assert montree["statut"] == vraie["statut"]
    assert montree["date"] == vraie["date"]
    page = read(dehors, f"{PREUVE}{DATES}")
    assert COUVERT in page
    assert not re.search(r"(?<!\d)8\s(?:jeunes|contrats)", page)
    assert "8\u00a0contrats" in read(prefet, f"{PREUVE}{DATES}")


def test_une_cellule_qui_eut_un_petit_compte_est_cachee_a_toute_date(sign_in: SignIn) -> None:
    dehors = open_compte("operateur", organisme="Autre")[1]
    deleguee = sign_in("demo-deleguee")
    declare(deleguee, "8", "2026-11-10")
    declare(deleguee, "250", "2026-11-22")
    assert find_figure(dehors)["valeur"] is None
    assert "250" not in re.sub(r"<[^>]+>", " ", read(dehors, f"{PREUVE}{DATES}"))


def test_un_total_se_cache_avec_l_une_de_ses_parts(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), "8")
    departement = "/territoires/DEP-00/tableau.json"
    dehors = sign_in("demo-conseil-departemental")
    montree, vraie = (
        find_figure(dehors, departement),
        find_figure(sign_in("demo-prefet"), departement),
    )
    assert vraie["valeur"] is not None
    assert montree["valeur"] is None
    assert "secret" in montree["drapeaux"]
    assert montree["statuts"] == vraie["statuts"]


def test_le_formulaire_ne_cadre_pas_ce_qui_est_cache(sign_in: SignIn) -> None:
    declare(sign_in("demo-deleguee"), "8")
    page = read(open_compte("operateur", organisme="Autre")[1], DECLARER)
    assert COUVERT in page
    assert 'type="radio" name="valeur"' not in page


def test_son_organisme_lit_ce_qu_il_est_seul_a_avoir_dit(sign_in: SignIn) -> None:
    """Only where nobody else said anything: here, of a figure without any value before."""
    from quartiers.usecases.charger_dossier import load_savoir

    dits = {
        cle
        for cle, cellule in load_savoir().cellules.par_cle.items()
        if cellule.releves or cellule.registre
    }
    libre = next(
        i
        for i in list_caches()
        if (i.code, TILLEULS) not in dits
        and i.saisissants
        and i.genre.value == "compte"
        and i.niveau.value == "Q"
    )
    adresse = f"/territoires/{TILLEULS}/declarer/{libre.code}/"
    sien = open_compte("operateur", organisme="Le sien")[1]
    reponse = sien.post(adresse, {"date": "2026-11-20", "autre": "7", "dix_fois": "7"})
    assert reponse.status_code == 302, reponse.content.decode()
    preuve = f"/preuves/{TILLEULS}/{libre.code}/"
    assert COUVERT not in read(sien, preuve)
    assert COUVERT in read(open_compte("operateur", organisme="Autre")[1], preuve)


def list_caches() -> list[Indicateur]:
    """The figures that count persons."""
    referentiel = load_referentiel()
    seuils = find_personnes(referentiel).seuils
    return [i for i in referentiel.list_indicateurs() if i.code in seuils]


@pytest.mark.django_db
def test_un_total_de_la_nation_compte_les_memes_personnes() -> None:
    codes = {i.code for i in list_caches()}
    assert "e04-a1-cordees-nation" in codes
    assert "e04-a4-offres" not in codes
    assert Garde.__dataclass_fields__["has_complements"].default is True


def test_une_contestation_d_un_chiffre_cache_ne_le_cadre_pas(sign_in: SignIn) -> None:
    """Who contests reads his own value and the words that answer him; anybody else outside, that it is contested."""
    declare(sign_in("demo-deleguee"), "8")
    un, autre = (open_compte("commune", organisme=nom)[1] for nom in ("Une", "Autre"))
    page = read(un, f"{PREUVE}contester/")
    assert "secret" in page
    assert not re.search(r"(?<!\d)8\s(?:jeunes|contrats)", page)
    assert "Avec " not in page  # a statut beside a value would frame the one that is hidden
    saisie = {
        "motif": "incomplet",
        "dit": "Le registre de la mairie.",
        "valeur": "9",
        "date": "2026-11-21",
    }
    suite = un.post(f"{PREUVE}contester/", saisie).headers["Location"]
    juge = sign_in("demo-sous-prefete")
    formulaire = read(juge, f"{suite}trancher/")
    vu = re.search(r'name="vu" value="([^"]*)"', formulaire)
    assert vu is not None
    dite = {"vu": vu[1], "suite": "gardee", "reponse": "Les contrats font foi."}
    assert juge.post(f"{suite}trancher/", dite).status_code == 302
    sienne = read(un, suite)
    assert "9\u00a0contrats" in sienne
    assert "Les contrats font foi" in sienne
    assert not re.search(r"(?<!\d)8\s(?:jeunes|contrats)", sienne + read(un, f"{PREUVE}{DATES}"))
    assert autre.get(suite).status_code == 404
    vue = read(autre, f"{PREUVE}{DATES}")
    assert "tranché" in vue
    assert not re.search(r"(?<!\d)[89]\s(?:jeunes|contrats)", vue)
    assert "8\u00a0contrats" in read(juge, suite)
