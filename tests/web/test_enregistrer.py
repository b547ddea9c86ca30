"""A post recorded from the page of the figure that counts it; nothing outside what the account may write."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.contrib.auth.models import User
from django.test import Client

from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.referentiel import Indicateur
from quartiers.core.saisie_de_genre import list_genres_a_dire, list_premiers
from quartiers.storage.models import Desserte, Enregistrement, Mandat
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.creer_comptes_demo import PREFECTURE
from tests.web.conftest import TILLEULS, SignIn, read

INDICATEUR = "e06-a2-adultes-relais"
ADRESSE = f"/territoires/{TILLEULS}/declarer/{INDICATEUR}/poste/"
DEHORS = "QC-FICTIF-BEAUREGARD"
POSTE = {
    "le": "2026-11-23", "situe": TILLEULS, "fonction": "adulte_relais", "employeur": "Régie de quartier (fictif)",
    "etp_finance": "1", "etp_pourvu": "1", "pourvu_depuis": "2026-11-02",
}  # fmt: skip


def record(client: Client, adresse: str = ADRESSE, **mots: str) -> str:
    """Send the form; gives the address of what was recorded."""
    reponse = client.post(adresse, POSTE | mots)
    assert reponse.status_code == 302, reponse.content.decode()
    return str(reponse.headers["Location"])


def list_tous() -> list[Indicateur]:
    """Every figure of the programme."""
    return list(load_referentiel().list_indicateurs())


def test_le_formulaire_part_de_ce_que_le_chiffre_compte(sign_in: SignIn) -> None:
    page = read(sign_in("demo-deleguee"), ADRESSE)
    visible, plie = page.split('<details class="suppose"')
    assert '<option value="adulte_relais" selected>' in visible
    assert 'name="etp_pourvu" value="1"' in visible
    assert 'name="le" value="2026-11-23"' in visible
    assert 'name="etp_finance" value="1"' in plie
    resume, _ = plie.split("</summary>")
    assert "Supposé" in resume
    assert "etp financés 1" in resume
    assert "situé dans Les Tilleuls" in resume
    assert f'name="situe" value="{TILLEULS}"' in plie
    assert "est-ce l’un d’eux" in visible
    assert ADRESSE in read(
        sign_in("demo-deleguee"), f"/territoires/{TILLEULS}/declarer/{INDICATEUR}/"
    )


def test_un_poste_declare_change_le_chiffre_a_la_page_suivante(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    preuve = f"/preuves/{TILLEULS}/{INDICATEUR}/"
    chiffre = re.compile(r'<p class="chiffre">(\d+)')
    (avant,) = chiffre.findall(read(client, preuve))
    suite = record(client, constate="oui")
    page = read(client, suite)
    assert "Poste" in page
    assert "vu sur place" in page
    assert chiffre.findall(read(client, preuve)) == [str(int(avant) + 1)]
    assert Enregistrement.objects.latest("pk").validation == "soumis"


def test_redire_ce_qu_est_devenu_un_poste(sign_in: SignIn) -> None:
    """The same thing, of a later day: what it was before stays true of its days."""
    client = sign_in("demo-deleguee")
    record(client, le="2026-11-10")
    objet = Enregistrement.objects.latest("pk").objet
    page = read(client, f"{ADRESSE}?objet={objet}")
    assert f'name="objet" value="{objet}"' in page
    assert "Régie de quartier (fictif)" in page
    record(client, objet=objet, etp_pourvu="0", pourvu_depuis="", vacant_depuis="2026-11-20")
    assert Enregistrement.objects.filter(objet=objet).count() == 2
    # Twice the same day is a correction: who did not see the first is told.
    reponse = client.post(ADRESSE, POSTE | {"objet": objet})
    assert reponse.status_code == 422
    page = reponse.content.decode()
    assert "quelqu’un a dit autre chose" in page
    # The form that comes back looks at it: sent again, it corrects it.
    vu = re.search(r'name="vu" value="(\d+)"', page)
    assert vu is not None
    record(client, objet=objet, vu=vu[1])
    assert Enregistrement.objects.latest("pk").precedent_id == int(vu[1])


@pytest.mark.parametrize(
    ("mots", "champ"),
    [
        ({"fonction": "chef"}, "fonction"),
        ({"employeur": ""}, "employeur"),
        ({"etp_pourvu": "deux"}, "etp_pourvu"),
        ({"le": "2027-03-01"}, "le"),
        ({"situe": ""}, "situe"),
        ({"situe": f"{TILLEULS} | {DEHORS}"}, "situe"),
        ({"situe": TILLEULS, "dessert": "QC-RIEN"}, "dessert"),
    ],
)
def test_ce_qui_est_faux_revient_et_rien_n_est_garde(
    sign_in: SignIn, mots: dict[str, str], champ: str
) -> None:
    client = sign_in("demo-deleguee")
    avant = Enregistrement.objects.count()
    reponse = client.post(ADRESSE, POSTE | mots)
    page = reponse.content.decode()
    assert reponse.status_code == 422
    assert f'id="faute-{champ}"' in page
    assert Enregistrement.objects.count() == avant


def test_un_territoire_refuse_se_dit_comme_un_inconnu(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    dites = [
        re.findall(
            r'<span class="faute"[^>]*>(.*?)</span>',
            client.post(ADRESSE, POSTE | {"situe": code}).content.decode(),
        )
        for code in (DEHORS, "QC-FICTIF-INVENTE")
    ]
    assert [len(dite) for dite in dites] == [1, 1]
    assert dites[0][0].replace(DEHORS, "X") == dites[1][0].replace("QC-FICTIF-INVENTE", "X")


def test_on_ne_touche_pas_a_une_chose_d_ailleurs(sign_in: SignIn) -> None:
    """The name of a post of another quartier opens nothing, seen or sent."""
    client = sign_in("demo-deleguee")
    ailleurs = Desserte.objects.filter(territoire=DEHORS, enregistrement__genre="poste").first()
    assert ailleurs is not None
    objet = ailleurs.enregistrement.objet
    avant = Enregistrement.objects.count()
    absente = client.get("/rien/").content
    for reponse in (
        client.get(f"{ADRESSE}?objet={objet}"),
        client.post(ADRESSE, POSTE | {"objet": objet}),
        client.post(ADRESSE, POSTE | {"objet": "poste/inconnu"}),
    ):
        assert (reponse.status_code, reponse.content) == (404, absente)
    assert Enregistrement.objects.count() == avant


def test_rien_d_ailleurs_n_est_souffle(sign_in: SignIn) -> None:
    """What the texts suggest was said where the account may look."""
    record(
        sign_in("demo-sous-prefete"),
        situe=DEHORS,
        employeur="Canari (fictif)",
    )
    assert "Canari (fictif)" in read(sign_in("demo-sous-prefete"), ADRESSE)
    assert "Canari" not in read(sign_in("demo-deleguee"), ADRESSE)


@pytest.mark.parametrize("genre", ["seance", "rien", "cible", "releve"])
def test_un_genre_que_le_chiffre_ne_lit_pas_n_a_pas_de_page(sign_in: SignIn, genre: str) -> None:
    client = sign_in("demo-deleguee")
    adresse = ADRESSE.replace("/poste/", f"/{genre}/")
    assert client.get(adresse).status_code == 404


def test_chaque_genre_lu_a_un_formulaire_dont_rien_d_exige_n_est_cache() -> None:
    """What is demanded and not supposed is shown at once."""
    vus = {dire.genre for indicateur in list_tous() for dire in list_genres_a_dire(indicateur)}
    assert {genre.GENRE for genre in vus} >= {"poste", "seance", "lieu", "cohorte", "activite"}
    assert vus <= set(GENRES_DE_FICHIER.values())
    for genre in vus:
        assert set(genre.PREMIERS) <= set(list_premiers(genre))


def test_un_employeur_deja_dit_se_choisit_sans_rien_ecrire(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    page = read(client, ADRESSE)
    (employeur, *_) = re.findall(
        r"<option>([^<]+)</option>", page.split('name="employeur-choisi"')[1]
    )
    record(client, employeur="", **{"employeur-choisi": employeur})
    assert Enregistrement.objects.latest("pk").champs["employeur"] == employeur
    record(client, employeur="Un autre (fictif)", **{"employeur-choisi": employeur})
    assert Enregistrement.objects.latest("pk").champs["employeur"] == "Un autre (fictif)"


def test_un_texte_facultatif_deja_dit_se_souffle(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    adresse = f"/territoires/{TILLEULS}/declarer/e03-a4-permanences/activite/"
    dite = {"genre": "permanence_juridique", "premier_jour": "2026-11-20", "tenue": "oui"}
    commune = {"le": "2026-11-23", "situe": TILLEULS, "titre": "Permanence du jeudi (fictif)"}
    assert client.post(adresse, dite | commune).status_code == 302
    page = read(client, adresse)
    assert 'list="dits-titre"' in page
    (souffles,) = re.findall(r'<datalist id="dits-titre">(.*?)</datalist>', page)
    assert '<option value="Permanence du jeudi (fictif)">' in souffles


def test_un_organisme_ne_redit_pas_ce_qu_un_autre_a_dit(sign_in: SignIn) -> None:
    """A service writes its own records: those of another one are neither offered nor taken."""
    record(sign_in("demo-deleguee"), le="2026-11-10")
    objet = Enregistrement.objects.latest("pk").objet
    compte = User(username="service")
    compte.set_unusable_password()
    compte.save()
    for role, organisme in (
        ("service_etat", "DDETS (fictif)"),
        ("association", "Passerelles (fictif)"),
    ):
        Mandat.objects.filter(compte=compte).delete()
        ou = "DEP-00" if role == "service_etat" else TILLEULS
        Mandat.objects.create(compte=compte, role=role, territoire=ou, organisme=organisme)
        client = sign_in("service")
        assert objet not in unquote(read(client, ADRESSE))
        assert client.get(f"{ADRESSE}?objet={objet}").status_code == 404
        assert client.post(ADRESSE, POSTE | {"objet": objet}).status_code == 404
        record(client)
        assert Enregistrement.objects.latest("pk").ecriture.organisme == organisme


def test_ce_qui_est_dit_porte_l_organisme_du_mandat_qui_le_permet(sign_in: SignIn) -> None:
    """Not that of the first mandat: one that only reads signs nothing."""
    compte = User.objects.get(username="demo-deleguee")
    Mandat.objects.create(
        compte=compte, role="conseil_citoyen", territoire="COM-00001", organisme="Conseil"
    )
    record(sign_in("demo-deleguee"))
    assert Enregistrement.objects.latest("pk").ecriture.organisme == PREFECTURE


def test_ce_qui_decrit_un_champ_est_dans_la_page(sign_in: SignIn) -> None:
    """Its help, and its fault when it has one: a screen reader finds both."""
    client, decrits = sign_in("demo-deleguee"), set[str]()
    for page in (
        read(client, ADRESSE),
        client.post(ADRESSE, {"etp_pourvu": "abc"}).content.decode(),
    ):
        decrits = set(" ".join(re.findall(r'aria-describedby="([^"]+)"', page)).split())
        assert decrits
        assert decrits <= set(re.findall(r' id="([^"]+)"', page))
    assert "faute-etp_pourvu" in decrits
    assert "etp_pourvu_helptext" in decrits
