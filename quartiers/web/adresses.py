"""The address of a territoire and of a proof, with the dates of the page that links to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.urls import get_script_prefix, reverse

from quartiers.core.territoire import Genre, Territoire
from quartiers.web.regard import Regard

PAGES: Mapping[Genre, str] = {
    Genre.NATION: "territoire",
    Genre.REGION: "territoire",
    Genre.EPCI: "territoire",
    Genre.COMMUNE: "territoire",
    Genre.DEPARTEMENT: "departement",
    Genre.COLLECTIVITE: "departement",
    Genre.QPV: "quartier",
    Genre.QRR: "quartier",
    Genre.QUARTIER: "quartier",
}


def get_adresse(territoire: Territoire, regard: Regard) -> str:
    """The page of a territoire."""
    return _reverse(PAGES[territoire.genre], territoire.code) + regard.requete


def get_adresse_engagement(code: str, engagement: str, regard: Regard) -> str:
    """One engagement in one quartier."""
    return _reverse("engagement", code, engagement) + regard.requete


def get_adresse_preuve(code: str, indicateur: str, regard: Regard) -> str:
    """The proof of one figure of one territoire."""
    return _reverse("preuve", code, indicateur) + regard.requete


def get_adresse_piece(numero: int) -> str:
    """The file of a piece: it has no date."""
    return _reverse("piece", str(numero))


def _reverse(nom: str, *codes: str) -> str:
    return _reverse_sous(get_script_prefix(), nom, *codes)


@lru_cache(16_384)
def _reverse_sous(_prefixe: str, nom: str, *codes: str) -> str:
    """A matrix asks for hundreds of addresses: they change with the routes and the prefix of the site, never between."""
    return reverse(nom, args=codes)
