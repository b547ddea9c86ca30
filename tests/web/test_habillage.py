"""The two looks: neutral by default, the State's by a setting, with files that are not ours."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django.fixtures import Settings

from quartiers.cli.appel import Refus
from quartiers.cli.base import check_habillage as refuse_habillage
from quartiers.web import habillage
from tests.architecture.arbre import RACINE, list_fichiers
from tests.socle.test_settings import load
from tests.web.conftest import SignIn

FEUILLES = RACINE / "quartiers" / "web" / "static" / "web"
TILLEULS = "/quartiers/QC-FICTIF-TILLEULS/"
ECRITS = ("encre", "encre-2", "accent", "accent-fort", "acquis", "veille", "alerte", "echu", "inconnu")  # fmt: skip
STATUTS = ("acquis", "veille", "alerte", "echu", "inconnu")


def read_variables(selecteur: str) -> dict[str, str]:
    """The custom properties of one rule of the foundations; anything else in it is a fault."""
    texte = (FEUILLES / "fondations.css").read_text(encoding="utf-8")
    bloc = texte.split(f"{selecteur}{{", 1)[1].split("}", 1)[0]
    lignes = re.sub(r"/\*.*?\*/", "", bloc, flags=re.DOTALL).split(";")
    paires = [ligne.strip().split(":", 1) for ligne in lignes if ligne.strip()]
    assert all(nom.startswith("--") for nom, _ in paires)
    return {nom.removeprefix("--"): valeur.strip() for nom, valeur in paires}


NEUTRE = read_variables(":root")
ETAT = read_variables('[data-habillage="etat"]')


def compute_luminance(couleur: str) -> float:
    """Relative luminance of `#rgb` or `#rrggbb`, by the formula of WCAG 2.2."""
    chiffres = couleur.removeprefix("#")
    paires = [c * 2 for c in chiffres] if len(chiffres) == 3 else re.findall("..", chiffres)
    canaux = [int(paire, 16) / 255 for paire in paires]
    r, v, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux)
    return 0.2126 * r + 0.7152 * v + 0.0722 * b


def compute_contraste(une: str, autre: str) -> float:
    """1 to 21."""
    bas, haut = sorted((compute_luminance(une), compute_luminance(autre)))
    return (haut + 0.05) / (bas + 0.05)


def test_the_formula_gives_the_known_ends() -> None:
    assert compute_contraste("#000", "#ffffff") == pytest.approx(21)
    assert compute_contraste("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("jetons", [NEUTRE, {**NEUTRE, **ETAT}], ids=["neutre", "etat"])
def test_contrasts(jetons: dict[str, str]) -> None:
    """Texts 4.5 on paper, on the grounds and on their own tint; borders and focus 3."""
    fonds = [jetons["papier"], jetons["fond"]]
    faibles = [
        (nom, fond, round(compute_contraste(jetons[nom], fond), 2))
        for nom in ECRITS
        for fond in [*fonds, *([jetons[f"{nom}-fond"]] if nom in STATUTS else [])]
        if compute_contraste(jetons[nom], fond) < 4.5
    ]
    faibles += [
        (nom, fond, round(compute_contraste(jetons[nom], fond), 2))
        for nom in ("filet-fort", "focus")
        for fond in fonds
        if compute_contraste(jetons[nom], fond) < 3
    ]
    assert faibles == []
    assert compute_contraste(jetons["sur-accent"], jetons["accent"]) >= 4.5
    assert compute_contraste(jetons["accent"], jetons["accent-fond"]) >= 4.5


def test_the_state_look_changes_only_variables_that_exist() -> None:
    assert set(ETAT) <= set(NEUTRE)
    assert "Marianne" in ETAT["police"]
    assert not any("Marianne" in valeur for valeur in NEUTRE.values())


def test_neutral_is_the_default(sign_in: SignIn) -> None:
    texte = sign_in("demo-prefet").get(TILLEULS).content.decode()
    assert not re.search(r"data-habillage|etat\.css|dsfr|marianne|bloc-marque", texte)


def test_the_state_look_on_every_frame(sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("demo-prefet")
    settings.HABILLAGE, settings.ADMINISTRATION = "etat", "Préfète | de <Brume>"
    for adresse in (TILLEULS, "/mentions/", "/rien/"):
        texte = client.get(adresse).content.decode()
        assert '<html lang="fr" data-habillage="etat">' in texte, adresse
        assert "Préfète<br>de &lt;Brume&gt;" in texte
        assert 'alt="Liberté, égalité, fraternité"' in texte
        assert re.search(r"/web/etat(\.[0-9a-f]+)?\.css\"", texte)
        assert not re.search(r"\sstyle=|<script(?! src=)|data:", texte)
    pied = client.get("/mentions/").content.decode().split("<footer", 1)[1]
    for site in ("info", "service-public", "legifrance", "data"):
        assert f"{site}.gouv.fr" in pied


def test_the_policy_of_contents_stays_the_same(client: Client, settings: Settings) -> None:
    avant = client.get("/mentions/").headers["Content-Security-Policy"]
    settings.HABILLAGE = "etat"
    assert client.get("/mentions/").headers["Content-Security-Policy"] == avant


def test_another_look_is_another_page(sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("demo-prefet")
    avant = client.get(TILLEULS).headers["ETag"]
    settings.HABILLAGE = "etat"
    assert client.get(TILLEULS).headers["ETag"] != avant


def test_the_fonts_of_the_sheet_are_in_the_extra() -> None:
    dsfr = habillage.find_dsfr()
    assert dsfr is not None
    texte = (FEUILLES / "etat.css").read_text(encoding="utf-8")
    polices = re.findall(r"url\(\.\./dsfr/([\w-]+\.woff2)\)", texte)
    assert len(polices) == texte.count("url(") >= 4
    assert all((dsfr / "fonts" / police).is_file() for police in polices)
    assert len(texte.encode()) < 4096
    assert habillage.read_version(dsfr).startswith(habillage.VERSION_ADMISE)


def test_only_the_fonts_and_two_images_are_served(tmp_path: Path) -> None:
    assert habillage.list_dossiers("neutre", tmp_path / "rien") == []
    assert not (tmp_path / "rien").exists()
    dossiers = dict(habillage.list_dossiers("etat", tmp_path))
    assert set(dossiers) == {"dsfr", "habillage"}
    assert dossiers["dsfr"].name == "fonts"
    assert sorted(f.name for f in tmp_path.iterdir()) == ["devise.svg", "marianne.svg"]
    for image in tmp_path.iterdir():
        racine = ET.fromstring(image.read_text(encoding="utf-8"))  # noqa: S314 - our own file
        assert racine.tag.endswith("svg")
        assert len(list(racine.iter("{http://www.w3.org/2000/svg}path"))) >= 3


def test_the_settings_serve_them(tmp_path: Path) -> None:
    sortie = load(tmp_path, "len(s.STATICFILES_DIRS)", QUARTIERS_HABILLAGE="etat").stdout
    assert sortie.strip() == "2"
    assert load(tmp_path, "s.STATICFILES_DIRS, s.HABILLAGE").stdout.strip() == "[] neutre"
    refus = load(tmp_path, "1", QUARTIERS_HABILLAGE="État")
    assert refus.returncode != 0
    assert "QUARTIERS_HABILLAGE" in refus.stderr


def test_without_the_extra_the_site_does_not_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert habillage.check_habillage() == []
    settings.HABILLAGE = "etat"
    assert habillage.check_habillage() == []
    monkeypatch.setattr(habillage, "find_dsfr", lambda: None)
    with pytest.raises(Refus, match="pas installé") as refus:
        refuse_habillage()
    assert habillage.EXIGENCE in str(refus.value)
    assert "install" in str(refus.value)
    settings.HABILLAGE = "neutre"
    refuse_habillage()


def test_a_later_licence_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.HABILLAGE = "etat"
    (tmp_path / "dsfr_version").write_text("v1.15.0\n", encoding="ascii")
    monkeypatch.setattr(habillage, "find_dsfr", lambda: tmp_path / "dist")
    with pytest.raises(Refus, match=r"v1\.15\.0"):
        refuse_habillage()


def test_the_extra_asked_for_is_the_one_of_the_project() -> None:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert projet["optional-dependencies"]["etat"] == [habillage.EXIGENCE]
    assert "dsfr" not in (RACINE / "requirements.lock").read_text(encoding="utf-8")


def test_no_file_of_the_state_is_in_the_repository() -> None:
    noms = [f.name.lower() for f in list_fichiers()]
    assert [n for n in noms if re.search(r"dsfr|marianne|spectral", n)] == []


def test_another_server_refuses_too(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from quartiers.wsgi import check_reglages

    settings.HABILLAGE = "etat"
    check_reglages()
    monkeypatch.setattr(habillage, "find_dsfr", lambda: None)
    with pytest.raises(ImproperlyConfigured, match="QUARTIERS_HABILLAGE"):
        check_reglages()
