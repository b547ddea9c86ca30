"""What the repository may hold: hashed locks without address, no data of others, no local place."""

import re
import tomllib

import pytest

from tests.architecture.arbre import RACINE, list_fichiers

VERROUS = ("requirements.lock", "requirements-dev.lock")
POIDS_MAX = 1024 * 1024
TEXTES = {
    ".py", ".md", ".toml", ".html", ".css", ".js", ".txt", ".csv", ".json", ".lock", ".svg", ".typ",
    ".yml", ".yaml", ".cfg", ".ini", ".sh", "",
}  # fmt: skip
# Files of the State and of others, which stay beside the project (QUARTIERS_DONNEES).
OFFICIELS = re.compile(
    r"(qpv\.json\.gz|sensible_zones\.json\.gz|bpe_communes\.json\.gz|centroide-4326_qpv\.geojson"
    r"|qpv_2024_reserialise\.geojson|qrr_reserialise\.geojson|liste-fs-\d{8}\.csv"
    r"|france_services\.geojson|population2019\.xls\.gz|epcicom\.xlsx|mouvements-communes\.csv"
    r"|adulte-relais-\d{4}\.json|postes-fonjep-\d{4}\.json|fr-en-[\w-]+\.csv|cde_geom_.*|citeduc_geom_.*)"
)
# Written in two pieces so that this file does not contain what it looks for.
LIEUX = [
    "/wo" + "rk/",
    "pypi" + ".org",
    "python" + "hosted.org",
    "npmjs" + ".org",
    "deb.debian" + ".org",
]


def read_verrou(nom: str) -> dict[str, list[str]]:
    """Lines of a lock: requirement (`nom==version`, markers dropped) → its hashes.

    One package may be pinned twice for two versions of Python; both count.
    """
    texte = (RACINE / nom).read_text(encoding="utf-8").replace("\\\n", " ")
    verrou = {}
    for ligne in texte.splitlines():
        exigence = re.split(r"[ ;]", ligne.strip())[0]
        verrou[exigence] = re.findall(r"--hash=sha256:([0-9a-f]{64})\b", ligne)
    return verrou


@pytest.mark.parametrize("nom", VERROUS)
def test_lock_has_hashes_and_no_address(nom: str) -> None:
    verrou = read_verrou(nom)
    assert len(verrou) > 15
    assert [e for e, empreintes in verrou.items() if "==" not in e or not empreintes] == []
    texte = (RACINE / nom).read_text(encoding="utf-8")
    assert not re.search(r"http|://|--(extra-)?index|--find-links|\s@\s", texte)


def test_the_test_lock_only_adds() -> None:
    assert read_verrou(VERROUS[0]).items() <= read_verrou(VERROUS[1]).items()


def test_every_dependency_is_locked() -> None:
    projet = tomllib.loads((RACINE / "pyproject.toml").read_text(encoding="utf-8"))
    for nom, exigences in (
        (VERROUS[0], projet["project"]["dependencies"]),
        (VERROUS[1], projet["dependency-groups"]["dev"]),
    ):
        tenus = {exigence.split("==")[0].lower() for exigence in read_verrou(nom)}
        voulus = {re.split(r"[\[<>=]", e)[0].strip().lower().replace("_", "-") for e in exigences}
        assert voulus <= tenus, f"{nom} est à refaire (.ci/verrouiller)"


def test_every_dependency_has_its_reason() -> None:
    lignes = (RACINE / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    debut = lignes.index("dependencies = [")
    liste = lignes[debut + 1 : lignes.index("]", debut)]
    assert [ligne for ligne in liste if "# " not in ligne] == []


def test_no_heavy_file_and_no_official_data() -> None:
    lourds = [str(c.relative_to(RACINE)) for c in list_fichiers() if c.stat().st_size > POIDS_MAX]
    assert lourds == []
    assert [c.name for c in list_fichiers() if OFFICIELS.fullmatch(c.name)] == []


def test_no_local_place_nor_registry_is_named() -> None:
    fautes = [
        f"{chemin.relative_to(RACINE)} : {lieu}"
        for chemin in list_fichiers()
        if chemin.suffix in TEXTES
        for lieu in LIEUX
        if lieu in chemin.read_text(encoding="utf-8", errors="replace")
    ]
    assert fautes == []
