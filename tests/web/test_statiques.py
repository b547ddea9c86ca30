"""Static files: a name that holds a digest, kept for a year, compressed once; pages compressed too."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from quartiers.web import statiques
from quartiers.web.statiques import accepts_gzip, list_statiques
from tests.web.conftest import SignIn

GZIP = {"accept-encoding": "gzip, br"}
DATE = re.compile(r"^/static/web/[\w./-]+\.[0-9a-f]{16}\.\w+$")
LIENS = re.compile(r'(?:href|src|data-moteur|data-feuille)="(/static/[^"]+)"')


def read_octets(client: Client, adresse: str, **entetes: str) -> tuple[bytes, dict[str, str]]:
    reponse = client.get(adresse, headers=entetes)
    assert reponse.status_code == 200, adresse
    corps = b"".join(reponse) if reponse.streaming else reponse.content
    return corps, {nom.lower(): valeur for nom, valeur in reponse.headers.items()}


@pytest.mark.django_db
def test_une_page_ne_nomme_que_des_fichiers_dates(client: Client) -> None:
    page = client.get("/connexion/").content.decode()
    liens = LIENS.findall(page)
    assert len(liens) >= 5
    for lien in liens:
        assert DATE.match(lien), lien
        corps, entetes = read_octets(client, lien)
        assert corps
        assert entetes["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("nom", sorted(n for n in list_statiques() if n.startswith("web/")))
def test_chaque_fichier_se_garde_et_se_comprime(client: Client, nom: str) -> None:
    adresse = staticfiles_storage.url(nom)
    clair, entetes = read_octets(client, adresse)
    assert "content-encoding" not in entetes
    assert int(entetes["content-length"]) == len(clair)
    assert entetes["cache-control"].endswith("immutable")
    assert entetes["vary"] == "Accept-Encoding"
    assert "content-security-policy" in entetes
    court, entetes = read_octets(client, adresse, **GZIP)
    if nom.endswith((".woff2", ".png")):
        assert "content-encoding" not in entetes
        assert court == clair
    else:
        assert entetes["content-encoding"] == "gzip"
        assert gzip.decompress(court) == clair
        assert int(entetes["content-length"]) == len(court) < len(clair)


def test_une_feuille_nomme_les_polices_par_leur_empreinte(client: Client) -> None:
    feuille, _ = read_octets(client, staticfiles_storage.url("web/fondations.css"))
    polices = re.findall(r"url\((polices/[^)]+)\)", feuille.decode())
    assert len(polices) == 2
    for police in polices:
        assert DATE.match(f"/static/web/{police}")
        _, entetes = read_octets(client, f"/static/web/{police}")
        assert entetes["content-type"] == "font/woff2"
        assert entetes["cache-control"].endswith("immutable")


def test_le_nom_change_avec_les_octets_et_avec_ceux_des_polices() -> None:
    feuille = b"a{src:url(polices/p.woff2)}b{src:url('https://ailleurs/p.woff2')}c{src:url(#x)}"
    noms = []
    for police in (b"un", b"deux"):
        connus = {"web/polices/p.woff2": statiques.Statique("web/polices/p.woff2", police)}
        datee = statiques.date_references("web/f.css", feuille, connus)
        assert datee.endswith(b"b{src:url('https://ailleurs/p.woff2')}c{src:url(#x)}")
        noms.append(statiques.Statique("web/f.css", datee).nom_date)
    assert noms[0] != noms[1]


def test_qui_tient_le_fichier_ne_le_recoit_pas(client: Client) -> None:
    adresse = staticfiles_storage.url("web/lecture.css")
    _, entetes = read_octets(client, adresse)
    reponse = client.get(adresse, headers={"if-none-match": entetes["etag"]})
    assert (reponse.status_code, b"".join(reponse)) == (304, b"")
    assert client.get(adresse, headers={"if-none-match": '"autre"'}).status_code == 200
    assert client.post(adresse).status_code == 405
    tete = client.head(adresse)
    assert int(tete.headers["Content-Length"]) > 0


@pytest.mark.django_db
def test_un_nom_inconnu_ou_d_une_autre_version_n_est_pas_servi(client: Client) -> None:
    for adresse in (
        "/static/web/lecture.0000000000000000.css",
        "/static/web/../settings.py",
        "/static/web/%2e%2e/statiques.py",
        staticfiles_storage.url("web/absent.css"),
    ):
        assert client.get(adresse).status_code == 404, adresse


def test_le_nom_ordinaire_repond_encore_sans_etre_garde(client: Client) -> None:
    _, entetes = read_octets(client, "/static/web/lecture.css")
    assert "immutable" not in entetes["cache-control"]


def test_au_debogage_le_nom_reste_celui_du_fichier(settings: object) -> None:
    settings.DEBUG = True  # type: ignore[attr-defined]
    assert staticfiles_storage.url("web/lecture.css") == "/static/web/lecture.css"


@pytest.mark.parametrize(
    ("acceptes", "oui"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("identity", False),
    ],
)
def test_qui_accepte_gzip(acceptes: str, oui: bool) -> None:
    assert accepts_gzip(acceptes) is oui


def test_une_page_est_comprimee_d_une_longueur_qui_varie(sign_in: SignIn) -> None:
    """The token of the form is masked anew, and the length is blurred: BREACH has nothing to weigh."""
    client = sign_in("demo-prefet")
    longueurs = set()
    for _ in range(12):
        court, entetes = read_octets(client, "/departements/DEP-00/", **GZIP)
        assert entetes["content-encoding"] == "gzip"
        assert "Accept-Encoding" in entetes["vary"]
        assert entetes["cache-control"] == "private, no-store"
        longueurs.add(len(court))
    clair, _ = read_octets(client, "/departements/DEP-00/")
    assert len(longueurs) > 1
    assert max(longueurs) < len(clair) / 3


def test_les_fichiers_du_depot_sont_tous_connus() -> None:
    racine = Path(statiques.__file__).parent / "static"
    fichiers = {f.relative_to(racine).as_posix() for f in racine.rglob("*") if f.is_file()}
    assert fichiers <= set(list_statiques())
