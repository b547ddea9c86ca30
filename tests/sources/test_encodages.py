"""Old encodings: read when the French of one of them alone is plausible, refused with the line otherwise."""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.sources.encodage import ENCODAGES, EncodageRefuse, find_encodage, judge_mot
from quartiers.sources.lecture import read_table
from quartiers.sources.table import Colonnes, Table

COLONNES = Colonnes(("code", "nom"))
ANNEXE = Path(__file__).parents[2] / "data" / "annexe.txt"
PHRASES = [
    "Préfecture de l’Hérault",
    "PRÉFECTURE DE L'HÉRAULT",
    "Hôtel de ville, 1er étage",
    "Collège Gérard-Philipe",
    "L’Haÿ-les-Roses",
    "maïs, cœur et naïveté",
    "Île-Saint-Denis : à côté de l’école",
    "« déjà » – c’est réglé…",
    "20 000 € à l’échéance",
    "450 m² réhabilités",
    "n° 12 bis, allée des Érables",
    "2ème étage, XVème arrondissement, 16ÈME",
    "habitant·e·s associé·e·s",
    "Fête de l’été à Évry",
    "Nîmes Métropole",
    "Août, forêt, hâte, où",
]


def read(octets: bytes) -> Table:
    """The table of bytes."""
    return read_table(octets, "f.csv", COLONNES)


def get_refusal(octets: bytes) -> Anomalie:
    """The one reason why bytes are refused."""
    with pytest.raises(DonneesRefusees) as refus:
        read(octets)
    (anomalie,) = refus.value.anomalies
    return anomalie


def list_mots() -> list[str]:
    """The words of the official text that are not ASCII, as written and in capitals."""
    mots = set(re.findall(r"[\w’«»°€–-]+", ANNEXE.read_text("utf-8")))
    accentues = sorted(mot for mot in mots if not mot.isascii())
    return accentues + [mot.upper() for mot in accentues]


def can_write(phrase: str, encodage: str) -> bool:
    """Whether an encoding has all the signs of a text: MS-DOS has neither œ nor a true apostrophe."""
    return "?" not in phrase.encode(encodage, "replace").decode(encodage)


@pytest.mark.parametrize(
    ("phrase", "encodage"), [(p, e) for p in PHRASES for e in ENCODAGES if can_write(p, e)]
)
def test_french_is_read_in_its_encoding_and_told(phrase: str, encodage: str) -> None:
    texte = f"code;nom\n1;{phrase}\n2;Fête de la médiathèque\n"
    table = read(texte.encode(encodage))
    assert [ligne["nom"] for ligne in table] == [phrase, "Fête de la médiathèque"]
    (avis,) = table.avis
    assert "par exemple «" in avis.raison


@pytest.mark.parametrize(
    ("encodage", "nom"), [("cp1252", "Windows"), ("cp850", "MS-DOS"), ("mac_roman", "Mac Roman")]
)
def test_the_notice_names_the_encoding_and_a_word(encodage: str, nom: str) -> None:
    (avis,) = read("code;nom\n1;Préfecture\n".encode(encodage)).avis
    assert (nom in avis.raison, "« Préfecture »" in avis.raison) == (True, True)


MOTS_SEULS = [
    ("école", "cp1252"),
    ("Écoles", "cp1252"),
    ("Éducation nationale", "cp1252"),
    ("Saint-Étienne", "cp1252"),
    ("équipe mobile", "cp1252"),
    ("élèves", "cp1252"),
    ("évaluation", "cp1252"),
    ("Alençon", "cp1252"),
    ("relevé d’avril", "cp1252"),
    ("l’annonce", "cp1252"),
    ("École", "cp850"),
    ("École", "mac_roman"),
    ("Étrez", "mac_roman"),
    ("l’annonce", "mac_roman"),
]


@pytest.mark.parametrize(("phrase", "encodage"), MOTS_SEULS)
def test_a_single_accented_word_is_enough_when_the_other_reading_is_no_word(
    phrase: str, encodage: str
) -> None:
    (ligne,) = read(f"code;nom\n1;{phrase}\n".encode(encodage))
    assert ligne["nom"] == phrase


@pytest.mark.parametrize("nombre", [1, 2, 4, 12])
def test_no_word_of_the_official_text_is_ever_misread(nombre: int) -> None:
    tirage = random.Random(nombre)  # noqa: S311 -- a draw that comes back, not a secret
    mots = list_mots()
    tas = (
        [[mot] for mot in mots]
        if nombre == 1
        else [tirage.sample(mots, nombre) for _ in range(400)]
    )
    verdicts: Counter[str] = Counter()
    for paquet in tas:
        texte = " ; ".join(paquet)
        for encodage in ENCODAGES:
            try:
                octets = texte.encode(encodage)
            except UnicodeEncodeError:
                continue
            try:
                lu = octets.decode(find_encodage(octets).encodage)
            except EncodageRefuse:
                verdicts["refusé"] += 1
                continue
            verdicts["égal" if lu == texte else "autre"] += 1
    assert verdicts["autre"] == 0
    assert verdicts["égal"] > 5 * verdicts["refusé"]


@pytest.mark.parametrize(
    ("octets", "ligne", "raison"),
    [
        (b"code;nom\n1;fin\n2;\x82cole f\x88te \xe9t\xe9 pr\xe9\n", 3, "ni UTF-8"),
        (b"code;nom\n1;\x81\xe9\n", 2, "ni UTF-8"),
        ("code;nom\n1;Žižkov\n".encode("cp1252"), 2, "plusieurs encodages"),
        ("code;nom\n1;Préfecture\n2;Žižkov Čapek\n".encode("cp1250"), 3, "ni UTF-8"),
        ("code;nom\n1;Préfecture\n2;20 000 €, cœur\n".encode("iso8859-15"), 3, "ni UTF-8"),
        ("code;nom\n1;Привет\n".encode("cp1251"), 2, "ni UTF-8"),
        ("code;nom\n1;CHAUCHÉ\n".encode("cp1252"), 2, "plusieurs encodages"),
        ("code;nom\n1;Éguilly\n".encode("cp1252"), 2, "plusieurs encodages"),
        ("code;nom\n1;Díaz\n".encode("mac_roman"), 2, "plusieurs encodages"),
        ("code;nom\n1;fin\n2;fête\n".encode("cp850"), 3, "plusieurs encodages"),
        ("code;nom\n1;é\n".encode() + "2;Préfecture\n".encode("cp1252"), 3, "mêlés"),
        ("code;nom\n1;Préfecture\n".encode("cp1252") + "2;é\n".encode(), 2, "mêlés"),
        ("code;nom\n1;Préfecture ".encode("cp1252") + "é".encode() + b"\n", 2, "ni UTF-8"),
    ],
)
def test_what_nobody_can_tell_is_refused_with_its_line(
    octets: bytes, ligne: int, raison: str
) -> None:
    anomalie = get_refusal(octets)
    assert (anomalie.ligne, raison in anomalie.raison) == (ligne, True), anomalie


def test_a_few_letters_of_other_languages_do_not_hide_the_french() -> None:
    noms = ["Préfecture", "Hérault", "médiathèque", "Muñoz", "fenêtre", "collège"]
    octets = ("code;nom\n" + "".join(f"{n};{nom}\n" for n, nom in enumerate(noms))).encode("cp1252")
    assert [ligne["nom"] for ligne in read(octets)] == noms


@pytest.mark.parametrize("mot", ["PrÈfecture", "prŽfecture", "c½ur", "Çcole", "û", "1ÿ234", "Pr©f"])
def test_what_no_french_word_looks_like(mot: str) -> None:
    assert judge_mot(mot) is None


def test_a_euro_alone_is_windows() -> None:
    assert [ligne["nom"] for ligne in read(b"code;nom\n1;12 \x80\n")] == ["12 €"]
