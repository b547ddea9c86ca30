"""The address of a territoire and of a proof, with the dates of the page that links to it."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

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
    return reverse(PAGES[territoire.genre], args=[territoire.code]) + regard.requete


def get_adresse_engagement(code: str, engagement: str, regard: Regard) -> str:
    """One engagement in one quartier."""
    return reverse("engagement", args=[code, engagement]) + regard.requete


def get_adresse_preuve(code: str, indicateur: str, regard: Regard) -> str:
    """The proof of one figure of one territoire."""
    return reverse("preuve", args=[code, indicateur]) + regard.requete
