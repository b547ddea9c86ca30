"""One form for one text: what is compared as one thing, what a code is put right into, what is refused."""

from __future__ import annotations

import pytest

from quartiers.core.forme import fold_identifiant
from quartiers.sources.forme import clean_code, fold_cle

PREFECTURE = "Préfecture de l'Hérault"
MEMES_TEXTES = [
    "Pre\u0301fecture de l'He\u0301rault",
    "Préfecture de l\u2019Hérault",
    "Préfecture de l\u2018Hérault",
    "Préfecture de l\u02bcHérault",
    "Préfecture de l`Hérault",
    "préfecture de l'hérault",
    "PREFECTURE DE L'HERAULT",
    "PRÉFECTURE DE L'HÉRAULT",
    "  Préfecture   de\u00a0l'Hérault ",
    "Préfecture\u202fde l'Hérault",
    "Préfec\u00adture de l'Hérault",
    "\ufeffPréfecture de l'Hérault",
    "Préfecture de l'Hérault\u200b",
    "\uff30réfecture de l'Hérault",
]


@pytest.mark.parametrize("ecrit", MEMES_TEXTES)
def test_writings_of_one_text_fold_together(ecrit: str) -> None:
    assert fold_identifiant(ecrit) == fold_identifiant(PREFECTURE)


@pytest.mark.parametrize("autre", ["Préfecture de l'Aude", "Préfecture de l'Hérault 2"])
def test_other_texts_stay_apart(autre: str) -> None:
    assert fold_identifiant(autre) != fold_identifiant(PREFECTURE)


def test_a_superscript_is_no_digit() -> None:
    assert fold_identifiant("m²") != fold_identifiant("m2")
    assert fold_identifiant("1½") != fold_identifiant("11/2")


@pytest.mark.parametrize(
    "ecrit", ["12", "12.0", "12,0", "12.00", " 12 ", "12\u200b", "\uff11\uff12"]
)
def test_a_number_is_one_key_whatever_wrote_it(ecrit: str) -> None:
    assert fold_cle(ecrit) == "12"


@pytest.mark.parametrize("ecrit", ["12.5", "012", "12.01", "12.", "1.2.0", "v12.0"])
def test_other_keys_stay_apart(ecrit: str) -> None:
    assert fold_cle(ecrit) != "12"


@pytest.mark.parametrize(
    "ecrit",
    [
        "QRR\u201093_3",
        "QRR\u201193_3",
        "QRR\u201393_3",
        "QRR\u201493_3",
        "QRR\u221293_3",
        "QRR-93_3\u200b",
        "\ufeffQRR-93_3",
        "QRR\u00ad-93_3",
        "QRR-93\u20603",
        "\u00a0QRR-93_3\u202f",
        "\uff31RR-93_3",
    ],
)
def test_the_signs_of_a_code_are_put_right(ecrit: str) -> None:
    attendu = "QRR-933" if "\u2060" in ecrit else "QRR-93_3"
    assert clean_code(ecrit) == attendu


@pytest.mark.parametrize(
    ("ecrit", "place", "alphabet"),
    [
        ("QN09301\u041c", 8, "cyrillique"),
        ("\u0421OM-93008", 1, "cyrillique"),
        ("QN\u041e9301M", 3, "cyrillique"),
        ("QN09301\u039c", 8, "grec"),
        ("\u0395PCI-200054781", 1, "grec"),
        ("e05-\u03b12-montant", 5, "grec"),
        ("QN0930\u0661M", 7, "arabe"),
        ("QN09301\U0001d40c", 8, "mathématiques"),
    ],
)
def test_a_sign_of_another_alphabet_is_refused_with_its_place(
    ecrit: str, place: int, alphabet: str
) -> None:
    with pytest.raises(ValueError, match=rf"en place {place}, .*{alphabet}"):
        clean_code(ecrit)


def test_a_code_keeps_its_case() -> None:
    assert clean_code("qn09301m") == "qn09301m"
