"""Numbers of rows said in one short phrase, so that no row is left out without being told which."""

from __future__ import annotations

from collections.abc import Iterable

_SUITES_DITES = 40


def say_numeros(numeros: Iterable[int]) -> str:
    """`n° 4, 7 à 9` of increasing numbers; beyond forty stretches, how many numbers are left."""
    suites: list[list[int]] = []
    for numero in numeros:
        if suites and numero == suites[-1][1] + 1:
            suites[-1][1] = numero
        else:
            suites.append([numero, numero])
    dites = ", ".join(
        str(debut) if debut == fin else f"{debut} à {fin}" for debut, fin in suites[:_SUITES_DITES]
    )
    reste = sum(fin - debut + 1 for debut, fin in suites[_SUITES_DITES:])
    return f"n° {dites}" + (f" et {reste} de plus" if reste else "")


def count_lignes(numeros: list[int]) -> str:
    """`1 ligne (n° 4)`, `3 lignes (n° 4, 7 à 8)`."""
    return f"{len(numeros)} ligne{'s' if len(numeros) > 1 else ''} ({say_numeros(numeros)})"
