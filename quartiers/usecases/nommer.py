"""The names that proofs give to codes, those of the official sources; and the names of the files written."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.contrib.auth import get_user_model

from quartiers.sources import france_services, qpv, qrr
from quartiers.storage.models import Titulaire

SOURCES = {
    source.CODE: f"{source.LIBELLE}, {source.PRODUCTEUR}" for source in (qpv, qrr, france_services)
}

_HORS_NOM = re.compile(r"[^A-Za-z0-9_-]")


def nommer_source(code: str) -> str:
    """The name of an official source, the free text itself when it is not one."""
    source = SOURCES.get(code)
    return source if source is not None else code


def name_fichier(sujet: str, vu_le: date, connu_le: date | None, forme: str) -> str:
    """`quartier-QRR-93_3-vu-2024-09-01.pdf`: the same request always gives the same name, on the site as by command.

    `connu_le`: the day of knowledge when it was asked for, None when it is only today's.
    """
    connu = "" if connu_le is None else f"-connu-{connu_le.isoformat()}"
    return f"{_HORS_NOM.sub('_', sujet)}-vu-{vu_le.isoformat()}{connu}.{forme}"


def list_noms_de_comptes(comptes: Collection[int]) -> dict[int, str]:
    """Who holds each of some accounts, name and function (two queries); never for the public."""
    noms = {
        pk: f"{prenom} {nom}".strip() or identifiant
        for pk, prenom, nom, identifiant in get_user_model()
        .objects.filter(pk__in=comptes)
        .values_list("pk", "first_name", "last_name", "username")
    }
    titulaires = Titulaire.objects.filter(pk__in=comptes).values_list("pk", "nom", "fonction")
    dits = {
        pk: ", ".join(filter(None, (nom or noms[pk], fonction))) for pk, nom, fonction in titulaires
    }
    return noms | dits
