"""The map of a quartier: what is drawn is what is listed, at the distances that were measured; light, and closed."""

from __future__ import annotations

import hashlib
import json
import math
import re
from datetime import date
from pathlib import Path

import pytest
import shapely
from django.test import Client
from pytest_django.fixtures import Settings

from quartiers.core.dire import INSECABLE
from quartiers.core.fait import Objet, Preuve, Rang
from quartiers.core.vue import Vue
from quartiers.geo.contours import build_contours
from quartiers.geo.perimetre import Perimetre, Trace, build_perimetre
from quartiers.reports.presentation.carte import (
    ECART,
    HAUTEUR_MAX,
    LARGEUR,
    RAYONS_M,
    LieuSitue,
    build_cadrage,
    build_carte,
    choose_echelle,
    find_place,
)
from quartiers.reports.presentation.nombre import Ordre
from quartiers.storage.models import Territoire
from quartiers.usecases.charger_carte import (
    list_indicateurs_de_lieux,
    list_lieux_situes,
    load_perimetres_de,
)
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.usecases.charger_dossier import load_dossier
from tests.web.conftest import SignIn

TILLEULS = "/quartiers/QC-FICTIF-TILLEULS/"
CINQ_CHEMINS = "/quartiers/QC-FICTIF-CINQ-CHEMINS/"
FONTAINE = "/quartiers/QC-FICTIF-FONTAINE/"
POIDS_MAX = 15_000
STATIQUES = Path(__file__).resolve().parents[2] / "quartiers" / "web" / "static" / "web"
# As the package leaflet 1.9.4 publishes them.
LEAFLET = {
    "LICENSE.txt": "53e8dc25862014e4324741ca18fbe3611e11d42ef69f59f86ea8c5389647d4cb",
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
    "images/layers-2x.png": "066daca850d8ffbef007af00b06eac0015728dee279c51f3cb6c716df7c42edf",
    "images/layers.png": "1dbbe9d028e292f36fcba8f8b3a28d5e8932754fc2215b9ac69e4cdecf5107c6",
    "images/marker-icon-2x.png": "00179c4c1ee830d3a108412ae0d294f55776cfeb085c60129a39aa6fc4ae2528",
    "images/marker-icon.png": "574c3a5cca85f4114085b6841596d62f00d7c892c7b03f28cbfa301deb1dc437",
    "images/marker-shadow.png": "264f5c640339f042dd729062cfc04c17f8ea0f29882b538e3848ed8f10edb4da",
}


def read(client: Client, adresse: str) -> str:
    """A page that answers."""
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def cut_carte(texte: str) -> str:
    """The block of the map."""
    debut = texte.index('aria-labelledby="h-carte"')
    return texte[debut : texte.index("</section>", debut)]


def cut_svg(texte: str) -> str:
    """The drawing itself."""
    bloc = cut_carte(texte)
    return bloc[bloc.index("<svg") : bloc.index("</svg>") + 6]


def build_carre(cote: float = 0.006) -> Perimetre:
    """A square of degrees in the fictitious département."""
    points = [(2.5, 46.5), (2.5 + cote, 46.5), (2.5 + cote, 46.5 + cote), (2.5, 46.5 + cote)]
    return build_perimetre(Trace("QN00001M", [[[*points, points[0]]]]))[0]


def build_situe(
    cle: str, distance_m: float | None, position: tuple[float, float] | None, genre: str = "lieu"
) -> LieuSitue:
    """A place as the use case gives it."""
    objet = Objet(
        indicateur="i",
        territoire="QN00001M",
        objet=cle,
        source="essai",
        rang=Rang.LISTE,
        du=date(2026, 1, 1),
        au=None,
        temoin=date(2026, 10, 1),
        distance_m=distance_m,
        portee=None,
        connu_le=date(2026, 10, 2),
        ordre=1,
        preuve=Preuve(cle, genre, f"Lieu {cle}", "essai", details=(("Adresse", "1 rue du Four"),)),
    )
    return LieuSitue(objet, position)


# --- what the page says ---------------------------------------------------------------------------


def test_the_place_of_the_example_is_on_the_map_and_in_the_list(sign_in: SignIn) -> None:
    bloc = cut_carte(read(sign_in("demo-prefet"), TILLEULS))
    assert re.findall(r">(\d+)</text>", bloc) == ["1"]
    assert '<span class="no">1</span>' in bloc
    assert "France services de la Halle (fictif)</a>, <b>640\u00a0m</b>" in bloc
    assert "2 place de la Halle" in bloc
    assert f"1er{INSECABLE}octobre 2026" in bloc
    assert f'href="/preuves/QC-FICTIF-TILLEULS/e03-a1-france-services/?vu_le={VU_LE_DEMO}"' in bloc


def test_the_image_has_a_sentence_and_the_list_is_its_text(sign_in: SignIn) -> None:
    svg = cut_svg(read(sign_in("demo-prefet"), TILLEULS))
    assert 'role="img" aria-labelledby="t-carte"' in svg
    titre = re.findall(r'<title id="t-carte">(.*?)</title>', svg)[0]
    assert titre.startswith("Plan du quartier Les Tilleuls")
    assert "1 lieu numéroté" in titre
    assert "640\u00a0m" in titre


@pytest.mark.parametrize("adresse", [TILLEULS, CINQ_CHEMINS, FONTAINE])
def test_presentation_attributes_only_and_light(sign_in: SignIn, adresse: str) -> None:
    svg = cut_svg(read(sign_in("demo-prefet"), adresse))
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=", svg)
    assert len(svg.encode()) < POIDS_MAX
    couleurs = set(re.findall(r'(?:fill|stroke)="(#\w+)"', svg))
    for couleur in couleurs:  # greys, so that nothing is lost on paper
        valeurs = [int(c, 16) for c in re.findall("..", couleur[1:].rjust(6, "f"))]
        assert max(valeurs) - min(valeurs) <= 13, couleur


def test_a_stop_is_a_square_and_a_place_a_disc(sign_in: SignIn) -> None:
    texte = read(sign_in("demo-prefet"), CINQ_CHEMINS)
    bloc = cut_carte(texte)
    assert re.findall(r'<span class="no">(\d)</span><span><a [^>]+>([^<]+)', bloc) == [
        ("1", "Bus de Brume (fictif), arrêt du mardi"),
        ("2", "France services du Port (fictif)"),
    ]
    assert bloc.count('width="19"') == 1
    assert bloc.count('r="10"') == 1
    assert "Carré\u00a0: un arrêt" in bloc
    assert "09:00-12:00" in bloc


def test_nothing_near_is_said_with_the_nearest(sign_in: SignIn) -> None:
    bloc = cut_carte(read(sign_in("demo-prefet"), FONTAINE))
    assert "Aucun lieu de position connue à moins de" in bloc
    assert "2\u202f783\u00a0m" in bloc
    assert "<ol" not in bloc


def test_an_unknown_perimeter_is_said_without_an_empty_frame(sign_in: SignIn) -> None:
    """Half of the perimeters is not enough: the other half would be missing without a word."""
    client = sign_in("demo-prefet")
    assert "<svg" in cut_carte(read(client, CINQ_CHEMINS))
    Territoire.objects.filter(code="QRR-00_2").update(geometrie=None)
    bloc = cut_carte(read(client, CINQ_CHEMINS))
    assert "périmètre de ce quartier n’est pas connu" in bloc
    assert "<svg" not in bloc
    assert "<figure" not in bloc
    assert "Bus de Brume" in bloc
    assert json.loads(read(client, f"{CINQ_CHEMINS}carte.geojson"))["features"] == []


def test_the_proof_of_a_place_has_its_map_and_another_has_none(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    preuve = read(client, "/preuves/QC-FICTIF-TILLEULS/e03-a1-france-services/")
    assert "<svg" in cut_carte(preuve)
    assert "carte.js" not in preuve
    assert "h-carte" not in read(client, "/preuves/QC-FICTIF-TILLEULS/e06-a2-adultes-relais/")
    assert "h-carte" not in read(client, "/preuves/DEP-00/e03-a1-france-services/")


def test_a_map_shows_what_was_known(sign_in: SignIn) -> None:
    """Before any list was learnt there is no place; the perimeter is said to be that of today."""
    client = sign_in("demo-prefet")
    alors = cut_carte(read(client, f"{TILLEULS}?vu_le=2026-06-30&connu_le=2026-06-30"))
    assert "Aucun lieu de position connue" in alors
    assert "que l’on connaît aujourd’hui" in alors
    assert "connaît aujourd’hui" not in cut_carte(read(client, TILLEULS))


def test_each_place_is_where_its_distance_says(demo: None) -> None:
    """Places of the base, measured again from their coordinates: the very distances of the faits."""
    vue = Vue(load_dossier(), VU_LE_DEMO, VU_LE_DEMO)
    voulus, mesures = list_indicateurs_de_lieux(vue), 0
    assert voulus
    for code in vue.attendus:
        perimetres = load_perimetres_de(vue, code)
        assert perimetres, code
        for situe in list_lieux_situes(vue, code, voulus):
            assert situe.position is not None
            distance = min(_measure(p, situe.position) for p in perimetres)
            assert distance == pytest.approx(situe.objet.distance_m or 0.0, abs=0.01)
            mesures += 1
    assert mesures > 15


def _measure(perimetre: Perimetre, position: tuple[float, float]) -> float:
    from quartiers.geo.projection import project

    return float(project(shapely.Point(position), perimetre.epsg).distance(perimetre.plan))


# --- the drawing ----------------------------------------------------------------------------------


def test_what_is_drawn_is_to_scale() -> None:
    carre = build_carre()
    carte = build_carte(
        "Essai", build_contours([carre], RAYONS_M), [build_situe("a", 0.0, (2.5, 46.5))], str
    )
    assert carte.plan is not None
    points = [
        tuple(map(float, p.split())) for p in re.findall(r"[\d.]+ [\d.]+", carte.plan.perimetre)
    ]
    largeur = max(x for x, _ in points) - min(x for x, _ in points)
    barre = float(carte.plan.echelle) - 14
    metres = int(re.sub(r"\D", "", carte.plan.echelle_texte))
    ouest, _, est, _ = carre.plan.bounds
    assert largeur / barre == pytest.approx((est - ouest) / metres, rel=0.01)
    (marque,) = carte.plan.marques
    coin = min(points, key=lambda p: math.dist(p, (float(marque.x), float(marque.y))))
    assert math.dist(coin, (float(marque.x), float(marque.y))) < 0.2


@pytest.mark.parametrize("cadre", [(0, 0, 2600, 2600), (0, 0, 40_000, 3000), (0, 0, 3000, 40_000)])
def test_everything_is_inside(cadre: tuple[float, float, float, float]) -> None:
    cadrage = build_cadrage(cadre)
    assert cadrage.hauteur <= HAUTEUR_MAX
    for x in (cadre[0], cadre[2]):
        for y in (cadre[1], cadre[3]):
            dessine = cadrage.place((x, y))
            assert 0 < dessine[0] < LARGEUR
            assert 0 < dessine[1] < cadrage.hauteur
    assert 0 < choose_echelle(cadrage.unites_par_metre) * cadrage.unites_par_metre < LARGEUR / 2


def test_two_places_at_one_address_do_not_hide_one_another() -> None:
    situes = [build_situe(str(i), 10.0, (2.5, 46.5)) for i in range(9)]
    carte = build_carte("Essai", build_contours([build_carre()], RAYONS_M), situes, str)
    assert carte.plan is not None
    places = [(float(m.x), float(m.y)) for m in carte.plan.marques]
    assert [m.numero for m in carte.plan.marques] == [Ordre(n) for n in range(1, 10)]
    ecarts = [math.dist(a, b) for i, a in enumerate(places) for b in places[:i]]
    assert min(ecarts) > 0.9 * ECART
    assert [bool(m.depuis) for m in carte.plan.marques] == [False] + [True] * 8


def test_a_number_without_room_stays_at_its_place() -> None:
    partout = [(float(x), float(y)) for x in range(0, 400, 10) for y in range(0, 400, 10)]
    assert find_place((200.0, 200.0), partout, 400) == (200.0, 200.0)


def test_a_stop_without_coordinates_is_listed_and_not_drawn() -> None:
    situes = [build_situe("arret/1", None, None, "arret"), build_situe("b", 240.4, (2.5, 46.49))]
    carte = build_carte("Essai", build_contours([build_carre()], RAYONS_M), situes, str)
    assert carte.plan is not None
    assert [(lieu.numero, lieu.distance) for lieu in carte.lieux] == [
        (None, "dans le quartier, sans coordonnées"),
        (Ordre(1), "240\u00a0m"),
    ]
    assert [m.numero for m in carte.plan.marques] == [Ordre(1)]


def test_1000_m_is_near_and_beyond_nothing_is_drawn() -> None:
    bord = build_situe("bord", 1000.0, (2.5, 46.48))
    loin = build_situe("loin", 1000.4, (2.5, 46.48))
    contours = build_contours([build_carre()], RAYONS_M)
    au_bord = build_carte("Essai", contours, [bord, loin], str)
    assert [lieu.numero for lieu in au_bord.lieux] == [Ordre(1)]
    carte = build_carte("Essai", contours, [loin], str)
    assert carte.lieux == ()
    assert carte.lointain is not None
    assert carte.plan is not None
    assert carte.plan.marques == ()


# --- the shapes, and the library that moves them --------------------------------------------------


def test_the_shapes_are_those_of_the_map(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    reponse = client.get(f"{CINQ_CHEMINS}carte.geojson")
    assert reponse.headers["Content-Type"].startswith("application/geo+json")
    formes = json.loads(reponse.content)["features"]
    genres = [(f["properties"]["genre"], f["geometry"]["type"]) for f in formes]
    assert [g for g, _ in genres] == ["limite", "limite", "perimetre", "arret", "lieu"]
    assert [f["properties"]["numero"] for f in formes[3:]] == [1, 2]
    grand, moyen, petit = (shapely.from_geojson(json.dumps(f["geometry"])) for f in formes[:3])
    assert grand.contains(moyen)
    assert moyen.contains(petit)
    assert shapely.Point(formes[3]["geometry"]["coordinates"]).within(petit)
    assert f"carte.geojson?vu_le={VU_LE_DEMO}" in read(client, CINQ_CHEMINS)


@pytest.mark.parametrize(("fichier", "empreinte"), LEAFLET.items())
def test_leaflet_is_as_published(fichier: str, empreinte: str) -> None:
    assert hashlib.sha256((STATIQUES / "leaflet" / fichier).read_bytes()).hexdigest() == empreinte


def test_leaflet_holds_nothing_else() -> None:
    trouves = {
        f.relative_to(STATIQUES / "leaflet").as_posix()
        for f in (STATIQUES / "leaflet").rglob("*")
        if f.is_file()
    }
    assert trouves == set(LEAFLET)


def test_our_script_makes_no_html_of_words_and_calls_no_other_site() -> None:
    script = (STATIQUES / "carte.js").read_text(encoding="utf-8")
    assert not re.search(
        r"innerHTML|insertAdjacent|eval\(|Function\(|https?:|document\.write", script
    )


def test_tiles_are_named_by_the_setting_only(sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("demo-prefet")
    assert 'data-tuiles=""' in read(client, TILLEULS)
    assert "img-src" not in client.get(TILLEULS).headers["Content-Security-Policy"]
    settings.TUILES = "https://cartes.exemple.fr/{z}/{x}/{y}.png"
    settings.TUILES_CREDIT = "© Exemple"
    texte = read(client, f"{TILLEULS}?statut=atteint")
    assert 'data-tuiles="https://cartes.exemple.fr/{z}/{x}/{y}.png"' in texte
    assert 'data-credit="© Exemple"' in texte
