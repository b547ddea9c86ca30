"""What an account holds and hands over when its holder leaves, beside its mandats: one registry, nothing left orphan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quartiers.storage.models import Brouillon
from quartiers.usecases.lister_restants import list_ouvertes


@dataclass(frozen=True, slots=True)
class Tenus:
    """A kind of thing held: how many an account holds, and how they go to another one.

    `colonne`: the column of the account, by its table and its name.
    """

    libelle: str
    colonne: tuple[str, str]
    count_tenus: Callable[[int], int]
    transmettre: Callable[[int, int], int]


def count_liens(compte: int) -> int:
    """The links that it handed, and that were not used."""
    return list_ouvertes().filter(donnee_par=compte).count()


def hand_liens(de: int, a: int) -> int:
    """The links stay good: somebody else answers for them."""
    return list_ouvertes().filter(donnee_par=de).update(donnee_par=a)


def count_brouillons(compte: int) -> int:
    """What it was writing."""
    return Brouillon.objects.filter(compte=compte).count()


def hand_brouillons(de: int, a: int) -> int:
    """Whoever takes over finishes them; a form that both were writing keeps what its new author wrote."""
    siens = Brouillon.objects.filter(compte=a).values("adresse")
    remis = Brouillon.objects.filter(compte=de).exclude(
        adresse__in=list(siens.values_list("adresse", flat=True))
    )
    return remis.update(compte=a)


TENUS: tuple[Tenus, ...] = (
    Tenus("Brouillons", ("Brouillon", "compte"), count_brouillons, hand_brouillons),
    Tenus("Liens remis", ("Invitation", "donnee_par"), count_liens, hand_liens),
)
"""A table that says who holds something adds its line here."""

RESTE_A_SON_AUTEUR: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("Ecriture", "compte"): "ce qui fut écrit garde son nom",
        (
            "EssaiDImport",
            "compte",
        ): "un essai n’écrit rien, et ne se change pas : qui reprend renvoie le fichier",
        ("Ecriture", "pour"): "ce qui fut écrit garde le nom de celui pour qui on l’a écrit",
        ("Mandat", "donne_par"): "ce qui fut signé garde son nom",
        ("Mandat", "retire_par"): "ce qui fut signé garde son nom",
        ("Transmission", "de"): "qui est parti",
        ("Transmission", "a"): "qui a reçu",
        ("Transmission", "faite_par"): "ce qui fut signé garde son nom",
        ("Titulaire", "compte"): "qui il est",
        ("SessionOuverte", "compte"): "ses sessions se ferment",
        ("Invitation", "compte"): "ses liens se ferment",
        (
            "Message",
            "compte",
        ): "ce qui lui fut dit le fut à lui ; qui reprend est averti de ce qui l’attend",
        (
            "Annonce",
            "compte",
        ): "ce qui lui fut dit le fut à lui ; qui reprend est averti de ce qui l’attend",
        ("Delegation", "a"): "une délégation ne se transmet pas",
        ("TOTPDevice", "user"): "un second facteur est à une personne",
        ("StaticDevice", "user"): "un second facteur est à une personne",
    }
)
"""What a departure leaves where it is, and why."""
DANS_LE_PLAN = frozenset({("Mandat", "compte")})
"""What a plan hands over line by line, each to whom it says."""
