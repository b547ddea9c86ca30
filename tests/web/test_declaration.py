"""The page of what was declared: what it changed, where it is said again; and the queue, which says what it corrects."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.test import Client

from quartiers.storage.models import Enregistrement, Examen, Mandat
from tests.web.conftest import TILLEULS, SignIn, read
from tests.web.test_declarer import ADRESSE, declare
from tests.web.test_enregistrer import ADRESSE as POSTES
from tests.web.test_enregistrer import record

ACTIVITES = f"/territoires/{TILLEULS}/declarer/e03-a4-permanences/activite/"
PERMANENCE = {
    "genre": "permanence_juridique",
    "premier_jour": "2026-11-20",
    "tenue": "oui",
    "le": "2026-11-23",
    "situe": TILLEULS,
}
ENCORE = re.compile(r'<a class="bouton[^"]*" href="([^"]+)">(?:Corriger|Déclarer de nouveau)')
NOURRIES = re.compile(r'<span class="detail">[^<]*cible')


def find_encore(client: Client, page: str) -> str:
    """Where it is said again: a page that opens."""
    (adresse,) = ENCORE.findall(page)
    assert client.get(adresse).status_code == 200, adresse
    return str(adresse)


def judge(client: Client, cle: str, mot: str) -> None:
    """Accept a line, or send it back."""
    juge = {f"l-{cle}": mot, f"m-{cle}": "date"}
    client.post("/valider/", {"ligne": cle, **juge})
    assert Examen.objects.filter(suivant__isnull=True, motif="date").exists() == (mot == "renvoyer")


def give_up(qui: str) -> None:
    """The account declares nothing any more, and looks at another quartier."""
    Mandat.objects.filter(compte__username=qui).delete()
    compte = User.objects.get(username=qui)
    Mandat.objects.create(compte=compte, role="conseil_citoyen", territoire="QC-FICTIF-FONTAINE")


# ──────── Where it is said again ────────


def test_une_valeur_se_redit_sur_son_formulaire(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    assert find_encore(client, read(client, declare(client))) == ADRESSE


def test_une_chose_qui_dure_se_redit_et_une_chose_passee_non(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    suite = record(client)
    objet = Enregistrement.objects.latest("pk").objet.replace("/", "%2F")
    assert find_encore(client, read(client, suite)) == f"{POSTES}?objet={objet}"
    reponse = client.post(ACTIVITES, PERMANENCE)
    assert reponse.status_code == 302
    assert find_encore(client, read(client, reponse.headers["Location"])) == ACTIVITES


def test_un_poste_renvoye_a_peine_dit_se_declare_de_nouveau(sign_in: SignIn) -> None:
    """It feeds no figure any more, and there is nothing left to say again: the bare form."""
    client = sign_in("demo-deleguee")
    suite = record(client)
    judge(sign_in("demo-sous-prefete"), suite.split("/")[2], "renvoyer")
    adresse = find_encore(client, read(client, suite))
    assert adresse.endswith("/poste/")
    assert adresse.startswith(f"/territoires/{TILLEULS}/")


def test_qui_n_a_plus_le_droit_ne_la_retrouve_plus(sign_in: SignIn) -> None:
    """One's own declaration stays in the journal; it is no more one's to see."""
    client = sign_in("demo-deleguee")
    suites = [declare(client), record(client)]
    assert all(NOURRIES.search(read(client, suite)) for suite in suites)
    give_up("demo-deleguee")
    absente = client.get("/declarations/releve-999999/").content
    for suite in suites:
        reponse = client.get(suite)
        assert (reponse.status_code, reponse.content) == (404, absente)


# ──────── What it changed ────────


def test_la_page_dit_le_statut_d_avant_et_celui_d_apres(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    avant = find_statut(read(client, f"/preuves/{TILLEULS}/e06-a1-educateurs-etp/"))
    suite = declare(client, autre="7")
    apres = find_statut(read(client, f"/preuves/{TILLEULS}/e06-a1-educateurs-etp/"))
    assert avant != apres
    assert f"{avant} → devient {apres}" in strip(read(client, suite))
    # What is said again without changing the statut tells no change.
    assert "devient" not in strip(read(client, declare(client, autre="7", date="2026-11-22")))


def test_une_declaration_corrigee_le_dit(sign_in: SignIn) -> None:
    client = sign_in("demo-deleguee")
    premiere = declare(client)
    declare(client, autre="6", vu=premiere.split("/")[2].removeprefix("releve-"))
    page = strip(read(client, premiere))
    assert "corrigée depuis" in page
    assert "Une autre déclaration la corrige et compte à sa place." in page
    assert "devient" not in page


# ──────── What the queue says of a correction ────────


def test_la_file_dit_l_ancienne_valeur_et_la_nouvelle(sign_in: SignIn) -> None:
    client, juge = sign_in("demo-deleguee"), sign_in("demo-sous-prefete")
    suite = declare(client, autre="7")
    judge(juge, suite.split("/")[2], "accepter")
    declare(client, autre="0", dix_fois="0", vu=suite.split("/")[2].removeprefix("releve-"))
    page = strip(read(juge, "/valider/"))
    assert re.search(r"7\s[^→]*au 23 novembre 2026 → devient 0\s", page), page
    assert re.search("Atteint ?→ devient En bonne voie", page), "what it corrects would hold again"


def test_la_file_dit_le_champ_corrige_d_un_enregistrement(sign_in: SignIn) -> None:
    """And no other; a correction that was sent back is not what the next one corrects."""
    client, juge = sign_in("demo-deleguee"), sign_in("demo-sous-prefete")
    dites = [record(client)]
    premiere = Enregistrement.objects.latest("pk")
    for pourvu, employeur in (("0.5", "Régie de quartier (fictif)"), ("0.8", "Autre (fictif)")):
        vu = str(Enregistrement.objects.latest("pk").pk)
        mots = {"objet": premiere.objet, "vu": vu, "etp_pourvu": pourvu, "employeur": employeur}
        dites.append(record(client, **mots))
        if pourvu == "0.5":
            page = strip(read(juge, "/valider/"))
            assert "etp pourvus 1 → devient etp pourvus 0,5, au 23 novembre 2026" in page
            judge(juge, dites[-1].split("/")[2], "renvoyer")
    page = strip(read(juge, "/valider/"))
    assert "employeur Régie de quartier (fictif), etp pourvus 1 → devient employeur Autre" in page


def test_la_file_dit_un_poste_par_ses_champs(sign_in: SignIn) -> None:
    record(sign_in("demo-deleguee"))
    page = strip(read(sign_in("demo-sous-prefete"), "/valider/"))
    assert "fonction Adulte-relais" in page
    assert "employeur Régie de quartier (fictif)" in page
    assert "devient" not in page


def find_statut(preuve: str) -> str:
    """The statut that a proof gives to its figure."""
    trouve = re.search(r'<span class="statut"><svg[^>]*><use[^>]*/></svg><span>([^<]+)', preuve)
    assert trouve is not None
    return trouve[1].strip()


def strip(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
