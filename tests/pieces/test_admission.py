"""Each kind of file sent as proof: kept without what it hid, or refused in words that say what to do."""

from __future__ import annotations

import io
import tracemalloc

import numpy as np
import pytest
import xlsxwriter
from PIL import Image

from quartiers.pieces.admission import judge_piece
from quartiers.pieces.piece import PieceAdmise, PieceRefusee
from tests.pieces.cas import Cas
from tests.pieces.fabrique import MO, draw_image, make_exif, save_image
from tests.pieces.fabrique_hostile import make_png_seize
from tests.pieces.hostiles import CAS, IMAGES
from tests.pieces.metadonnees import list_metadonnees

MAX = 10 * MO


def admit(octets: bytes, nom: str = "a") -> PieceAdmise:
    return judge_piece(octets, nom, MAX)


@pytest.mark.parametrize("cas", CAS, ids=lambda cas: cas.nom)
def test_chaque_genre_de_fichier(cas: Cas) -> None:
    octets = cas.make()
    if cas.refus:
        with pytest.raises(PieceRefusee) as refus:
            admit(octets, cas.fichier)
        assert cas.refus in str(refus.value)
        return
    piece = admit(octets, cas.fichier)
    assert (piece.type, piece.ote, piece.nom) == (cas.type, cas.ote, cas.garde or cas.fichier)
    assert piece.is_photo or piece.octets == octets


@pytest.mark.parametrize("cas", [c for c in IMAGES if not c.refus], ids=lambda cas: cas.nom)
def test_une_image_gardee_n_a_plus_que_ses_pixels(cas: Cas) -> None:
    piece = admit(cas.make(), cas.fichier)
    assert list_metadonnees(piece.octets) == []
    with Image.open(io.BytesIO(piece.octets)) as image:
        image.load()
        assert max(image.size) <= 2_400


def test_les_metadonnees_d_une_image_se_voient() -> None:
    """The judge of the test above is not blind."""
    assert list_metadonnees(draw_image(exif=make_exif())) == ["APP1"]
    assert list_metadonnees(draw_image("PNG", exif=make_exif())) == ["eXIf"]
    assert list_metadonnees(draw_image() + b"x") == ["après la fin"]


def list_coins(octets: bytes) -> list[str]:
    """The colour of each corner, clockwise from the top left."""
    with Image.open(io.BytesIO(octets)) as dessin:
        image = dessin.convert("RGB")
        largeur, hauteur = image.size
        coins = ((0, 0), (largeur - 1, 0), (largeur - 1, hauteur - 1), (0, hauteur - 1))
        pixels = [image.getpixel(coin) for coin in coins]
    return ["rouge" if p[0] > p[2] else "bleu" for p in pixels if isinstance(p, tuple)]


ROUGE_A_GAUCHE = ["rouge", "bleu", "bleu", "rouge"]
SENS = {
    1: ROUGE_A_GAUCHE, 2: ["bleu", "rouge", "rouge", "bleu"], 3: ["bleu", "rouge", "rouge", "bleu"],
    4: ROUGE_A_GAUCHE, 5: ["rouge", "rouge", "bleu", "bleu"], 6: ["rouge", "rouge", "bleu", "bleu"],
    7: ["bleu", "bleu", "rouge", "rouge"], 8: ["bleu", "bleu", "rouge", "rouge"],
}  # fmt: skip


@pytest.mark.parametrize("sens", SENS)
def test_une_photo_est_redressee(sens: int) -> None:
    """What stands upright in a viewer stands upright without its metadata."""
    assert list_coins(admit(draw_image(exif=make_exif(sens))).octets) == SENS[sens]


def test_seize_bits_ne_sont_pas_coupes() -> None:
    with Image.open(io.BytesIO(admit(make_png_seize()).octets)) as image:
        assert np.asarray(image).tolist() == [[0, 78, 156, 234]]


def test_une_image_transparente_le_reste() -> None:
    voile = save_image(Image.new("RGBA", (20, 20), (255, 0, 0, 60)), "WEBP")
    piece = admit(voile)
    assert piece.type == "image/png"
    with Image.open(io.BytesIO(piece.octets)) as image:
        assert image.getchannel("A").getextrema() == (60, 60)


def test_une_grande_photo_se_lit_sans_tenir_ses_vingt_millions_de_pixels() -> None:
    """Pillow decodes a JPEG small at once; what Python itself holds stays below the file."""
    octets = draw_image(taille=(5_000, 4_000))
    tracemalloc.start()
    piece = admit(octets)
    _, pic = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert pic < 4 * MO
    with Image.open(io.BytesIO(piece.octets)) as image:
        assert image.size == (2_400, 1_920)


def test_la_taille_admise_est_un_reglage() -> None:
    octets = draw_image()
    assert judge_piece(octets, "a.jpg", len(octets)).type == "image/jpeg"
    with pytest.raises(PieceRefusee, match="pèse plus de"):
        judge_piece(octets, "a.jpg", len(octets) - 1)


def test_un_classeur_avec_graphique_et_lien_est_garde() -> None:
    sortie = io.BytesIO()
    classeur = xlsxwriter.Workbook(sortie)
    feuille = classeur.add_worksheet("a")
    feuille.write_url(0, 0, "https://exemple.fr")
    graphique = classeur.add_chart({"type": "bar"})
    graphique.add_series({"values": "=a!$A$1:$A$2"})
    feuille.insert_chart("C3", graphique)
    classeur.close()
    assert admit(sortie.getvalue(), "a.xlsx").octets == sortie.getvalue()
