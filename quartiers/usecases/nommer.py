"""The names that proofs give to codes, those of the official sources; and the names of the files written."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date

from django.contrib.auth import get_user_model

from quartiers.core.genres.organisme import Organisme
from quartiers.sources import france_services, qpv, qrr
from quartiers.storage.models import Titulaire
from quartiers.usecases.charger_dossier import MEMOIRE
from quartiers.usecases.lister_organismes import GENRE as ORGANISME
from quartiers.usecases.lister_organismes import NON_DITS

SOURCES = {
    source.CODE: f"{source.LIBELLE}, {source.PRODUCTEUR}" for source in (qpv, qrr, france_services)
}

_HORS_NOM = re.compile(r"[^A-Za-z0-9_-]")


def build_nommer_source(connu_le: date) -> Callable[[str], str]:
    """The name of an official source, or of the organisme that says a value, as it was known; else the text itself.

    The data are loaded: who names a source has looked at a figure.
    """
    enregistrements = MEMOIRE.get_tenu().registres.enregistrements

    def name_source(code: str) -> str:
        if code in SOURCES:
            return SOURCES[code]
        lignes = enregistrements.get((ORGANISME, code), ())
        connues = [e for e in lignes if e.connu_le <= connu_le and e.validation not in NON_DITS]
        derniere = max(connues, key=lambda e: (e.le, e.connu_le, e.ordre), default=None)
        contenu = None if derniere is None else derniere.contenu
        return contenu.nom if isinstance(contenu, Organisme) and contenu.nom else code

    return name_source


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
