"""Sheets: titles above, blank rows, second headers, second tables, second sheets, hidden rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tests.recette.variantes.classeur import (
    Cellule,
    FeuilleFaite,
    list_typees,
    write_ods,
    write_xlsx,
)
from tests.recette.variantes.modele import ENTETE, ENTRE, LIBRE, REFUSE, Variante

GENRE = "feuilles"
Rangees = list[list[Cellule]]
Faites = tuple[FeuilleFaite, ...]
_VIDE: list[Cellule] = []
_MODELE: Rangees = [[*ENTETE, "numerateur", "denominateur", "jalon", "declarant"]]
_NOTES: Rangees = [["À lire"], ["Remplir une ligne par valeur."], ["Merci"]]


def list_variantes() -> Iterator[Variante]:
    """Each workbook in both formats."""
    for nom, feuilles, sort in _list_classeurs():
        for forme, write in _FORMES.items():
            yield Variante(f"{nom} ({forme})", write(*feuilles), sort=sort, fichier=f"r.{forme}")


_FORMES: dict[str, Callable[..., bytes]] = {"xlsx": write_xlsx, "ods": write_ods}


def _list_classeurs() -> Iterator[tuple[str, Faites, str]]:
    table = list_typees()
    yield "tel quel", _one(table), ENTRE
    for combien in (1, 2, 5):
        titres: Rangees = [[f"Titre {n}"] for n in range(combien)]
        yield f"{combien} lignes de titre", _one([*titres, *table]), ENTRE
        blancs: Rangees = [list(_VIDE) for _ in range(combien)]
        yield f"{combien} lignes vides au-dessus", _one([*blancs, *table]), ENTRE
        yield f"{combien} lignes vides au milieu", _one([*table[:3], *blancs, *table[3:]]), ENTRE
    for rang in range(2, 6):
        deux: Rangees = [*table[:rang], list(ENTETE), *table[rang:]]
        yield f"second en-tête en ligne {rang + 1}", _one(deux), REFUSE
    yield "second tableau au-dessous", _one([*table, [], list(ENTETE), *table[1:3]]), REFUSE
    autre: Rangees = [*table, [], ["poste", "nombre"], ["médiateur", 3.0]]
    yield "autre tableau au-dessous", _one(autre), REFUSE
    yield "ligne de total", _one([*table, ["Total", None, None, 21586.5]]), REFUSE
    yield "note au-dessous", _one([*table, ["Source : préfecture"]]), REFUSE
    yield "second tableau à côté", _one(_put_beside(table)), REFUSE
    yield "colonne vide au début", _one([[None, *rangee] for rangee in table]), ENTRE
    yield from _list_a_deux(table)
    yield from _list_caches(table)
    yield "en-tête seul", _one(table[:1]), REFUSE
    yield "sans en-tête", _one(table[1:]), REFUSE
    yield "rien", _one([]), REFUSE


def _one(rangees: Sequence[Sequence[Cellule]]) -> Faites:
    return (FeuilleFaite("Saisie", rangees),)


def _put_beside(table: Rangees) -> Rangees:
    return [[*rangee, *[None] * (8 - len(rangee)), *rangee] for rangee in table]


def _list_a_deux(table: Rangees) -> Iterator[tuple[str, Faites, str]]:
    saisie = FeuilleFaite("Saisie", table)
    autres: tuple[tuple[str, Rangees, str], ...] = (
        ("modèle vide", _MODELE, ENTRE),
        ("notes", _NOTES, ENTRE),
        ("feuille vide", [], ENTRE),
        ("autre trimestre", [list(ENTETE), *table[1:2]], REFUSE),
        ("colonnes obligatoires seules", [list(ENTETE[:4]), table[2][:4]], REFUSE),
        ("modèle titré", [["Modèle"], *_MODELE], ENTRE),
    )
    for nom, rangees, sort in autres:
        autre = FeuilleFaite("Autre", rangees)
        yield f"{nom} après", (saisie, autre), sort
        yield f"{nom} avant", (autre, saisie), sort
    douze = tuple(FeuilleFaite(f"Mois {n}", [list(ENTETE), table[1]]) for n in range(1, 13))
    yield "douze mois, une feuille chacun", douze, REFUSE


def _list_caches(table: Rangees) -> Iterator[tuple[str, Faites, str]]:
    for lignes in ((1,), (2, 3), (1, 2, 3, 4)):
        cachees = FeuilleFaite("Saisie", table, masquees=lignes)
        yield f"lignes {lignes} masquées", (cachees,), ENTRE
        filtrees = FeuilleFaite("Saisie", table, masquees=lignes, options={"autofilter": True})
        yield f"lignes {lignes} filtrées", (filtrees,), ENTRE
    for colonnes in ((3,), (6,), (4, 5)):
        cachees = FeuilleFaite("Saisie", table, colonnes_masquees=colonnes)
        yield f"colonnes {colonnes} masquées", (cachees,), ENTRE
    yield (
        "feuille protégée sans mot de passe",
        (FeuilleFaite("Saisie", table, options={"protect": True}),),
        LIBRE,
    )
    vue = FeuilleFaite("Notes", _NOTES)
    yield "feuille masquée", (vue, FeuilleFaite("Saisie", table, cachee=True)), ENTRE
