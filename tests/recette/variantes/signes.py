"""Signs: invisible ones, typographic ones, letters of other alphabets, other forms of one number."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tests.recette.variantes.modele import (
    ENTETE,
    ENTRE,
    LIBRE,
    RANGEES,
    REFUSE,
    Variante,
    replace_cellule,
    write_table,
)

GENRE = "signes"
_INVISIBLES = {
    "espace de largeur nulle": "\u200b",
    "liant": "\u200d",
    "tiret de césure": "\u00ad",
    "joint de mots": "\u2060",
    "marque d’ordre": "\ufeff",
}
_TIRETS = {"insécable": "\u2011", "de rédaction": "\u2010", "demi-cadratin": "\u2013"}
_SOSIES = {"О": "O", "А": "A", "Е": "E", "Ν": "N", "М": "M", "С": "C", "Т": "T"}
_NOMBRES = {
    "20 000,5": ENTRE,
    "20\u00a0000,5": ENTRE,
    "20\u202f000,5": ENTRE,
    "20000.5": ENTRE,
    "20000,50": ENTRE,
    "+20000,5": LIBRE,
    "20.000,5": REFUSE,
    "20,000.5": REFUSE,
    "2,00005E4": REFUSE,
    "20000,5 €": LIBRE,
    "20000,5000001": REFUSE,
    "vingt mille": REFUSE,
    "O": REFUSE,
    "#VALEUR!": REFUSE,
}


def list_variantes() -> Iterator[Variante]:
    """One sign changed, in a code, a key, a number or a text."""
    for nom, signe in _INVISIBLES.items():
        for colonne in ("indicateur", "territoire", "cle"):
            brut = RANGEES[0][ENTETE.index(colonne)]
            yield _write(f"{nom} dans {colonne}", 0, colonne, brut[:2] + signe + brut[2:], ENTRE)
            yield _write(f"{nom} au bout de {colonne}", 0, colonne, brut + signe, ENTRE)
    for nom, signe in _TIRETS.items():
        for colonne in ("indicateur", "territoire"):
            brut = RANGEES[0][ENTETE.index(colonne)]
            yield _write(f"tiret {nom} dans {colonne}", 0, colonne, brut.replace("-", signe), ENTRE)
    yield _write("minuscules", 1, "territoire", "qn00004m", ENTRE)
    yield _write("minuscules du QRR", 2, "territoire", "qrr-00_1", ENTRE)
    yield _write("majuscules de l’indicateur", 0, "indicateur", "E05-A2-MONTANT", ENTRE)
    for sosie, lettre in _SOSIES.items():
        for rang, colonne in ((0, "territoire"), (1, "territoire")):
            brut = RANGEES[rang][ENTETE.index(colonne)]
            if lettre in brut:
                faux = brut.replace(lettre, sosie, 1)
                nom = f"{unicodedata.name(sosie)} dans {brut}"
                yield _write(nom, rang, colonne, faux, REFUSE)
    yield _write("chiffre arabe", 1, "territoire", "QN0000٤M", REFUSE)
    yield _write("lettre O pour zéro", 1, "territoire", "QNOOOO4M", REFUSE)
    for nombre, sort in _NOMBRES.items():
        yield _write(f"nombre « {nombre} »", 0, "valeur", nombre, sort)
    yield from _list_textes()


def _list_textes() -> Iterator[Variante]:
    for forme in ("NFC", "NFD", "NFKC", "NFKD"):
        texte = unicodedata.normalize(forme, write_table())
        yield Variante(f"tout en {forme}", texte.encode(), sort=ENTRE)
    texte = write_table().replace("'", "’")
    yield Variante("apostrophes typographiques", texte.encode(), sort=ENTRE)
    texte = write_table().replace(" ", "\u00a0")
    yield Variante("espaces insécables", texte.encode(), sort=ENTRE)
    yield _write('="T-01"', 0, "cle", '="T-01"', ENTRE)
    yield _write("apostrophe de tête", 0, "territoire", "'QC-FICTIF-TILLEULS", LIBRE)
    yield _write("sens renversé", 0, "territoire", "QC-FICTIF-\u202eTILLEULS", LIBRE)


def _write(nom: str, rang: int, colonne: str, texte: str, sort: str) -> Variante:
    return Variante(nom, write_table(replace_cellule(rang, colonne, texte)).encode(), sort=sort)
