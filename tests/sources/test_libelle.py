"""Names and free texts: what may be kept, and why the rest is not."""

from __future__ import annotations

import pytest

from quartiers.sources.libelle import TexteRefuse, check_nom, check_texte, read_mot, say_valeur

HOSTILES = [
    (None, "rien (null) à la place d’un texte"),
    (["x"], "une liste à la place d’un texte"),
    ({"a": 1}, "un objet à la place d’un texte"),
    (True, "un booléen à la place d’un texte"),
    (12, "« 12 » à la place d’un texte"),
    ("", "nom vide"),
    (" \n\t\u00a0", "nom vide"),
    ("é" * 256, "plus de 255 caractères (256)"),
    ("A\u202eB", "sens de lecture forcé (U+202E) en place 2"),
    ("\u2066AB", "sens de lecture forcé (U+2066) en place 1"),
    ("A\x00B", "caractère de commande (U+0000) en place 2"),
    ("A\x1bB", "caractère de commande (U+001B) en place 2"),
    ("A\x7f", "caractère de commande (U+007F) en place 2"),
    ("A\x85B", "caractère de commande (U+0085) en place 2"),
    ("un\ndeux", "caractère de commande (U+000A) en place 3"),
    ("A\ud800B", "moitié de caractère (U+D800) en place 2"),
]


@pytest.mark.parametrize(("valeur", "raison"), HOSTILES, ids=[r for _, r in HOSTILES])
def test_a_name_that_cannot_be_kept_says_why_and_where(valeur: object, raison: str) -> None:
    with pytest.raises(TexteRefuse) as refus:
        check_nom(valeur, "lib_qp")
    assert (str(refus.value), refus.value.colonne) == (raison, "lib_qp")


@pytest.mark.parametrize(
    "nom", ["é" * 255, "L’Haÿ\u00a0les Roses", "Cité 😀 «\u202f\u200dA\u202f»"]
)
def test_a_name_is_kept_stripped(nom: str) -> None:
    assert check_nom(f" {nom}\n", "nom") == nom


def test_a_free_text_may_be_absent_or_on_several_lines() -> None:
    assert check_texte(None, "commentaire") == check_texte("  ", "commentaire") == ""
    assert check_texte("un\n\tdeux\n", "commentaire") == "un\n\tdeux"
    for texte in ("a\x00", "a\rb", "a\ud800", "x" * 2001):
        with pytest.raises(TexteRefuse):
            check_texte(texte, "commentaire")


def test_a_word_of_json_is_a_text_or_a_number() -> None:
    assert [read_mot(v, "code") for v in ("93_3", 93, 2.5)] == ["93_3", "93", "2.5"]
    autres: tuple[object, ...] = (None, True, [1], {})
    for valeur in autres:
        with pytest.raises(TexteRefuse):
            read_mot(valeur, "code")


def test_a_value_is_never_told_whole() -> None:
    profond: list[object] = []
    for _ in range(2_000):
        profond = [profond]
    assert say_valeur(profond) == "une liste"
    assert len(say_valeur("9" * 4000)) < 70
