"""Two départements that share nothing, an account of each rôle in both, and four who may open nothing.

« Ici » is the invented département, where everything rare is planted; « là-bas » is another one of one quartier.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.test import Client

from quartiers.core.table_des_droits import is_facteur_demande
from quartiers.storage.models import Mandat
from quartiers.usecases.creer_compte import create_compte, open_compte
from quartiers.web.sessions import MODELE
from tests.codes_tires import set_up
from tests.recette.base_demo import CADRE, GESTES, take
from tests.recette.droits.mots import Mots

Recue: TypeAlias = Any
"""What the client of Django gives: an answer, and what was asked."""
ICI, LA_BAS, ABSENT = "ici", "la_bas", "absent"
LIEUX = {
    "quartier": ("QC-FICTIF-TILLEULS", "QC-FICTIF-LOINTAIN"),
    "commune": ("COM-00004", "COM-09001"),
    "epci": ("EPCI-999000029", "EPCI-999000037"),
    "departement": ("DEP-00", "DEP-09"),
    "region": ("REG-00", "REG-09"),
    "nation": ("FR", ""),
    "rien": ("", ""),
}
"""Of each kind: here, over there."""
CONNU_LE = date(2026, 1, 15)
MOMENT = datetime(2026, 1, 15, 9, tzinfo=ZoneInfo("Europe/Paris"))
LOINTAIN = {
    "cog/communes.csv": "COM,09001,09,09,091,Lointain,",
    "cog/departements.csv": "09,09,09001,Val-Lointain (fictif)",
    "cog/regions.csv": "09,09001,Région Lointaine (fictif)",
    "cog/arrondissements.csv": "091,09,09,09001,Lointain",
    "cog/epcicom.csv": "09,999000037,CA Lointaine (fictif),09001,Lointain",
    "quartiers.csv": "QC-FICTIF-LOINTAIN;Lointain-Nord;DEP-09;QN00901N;2026-01-01;",
}
QPV = {
    "code_qp": "QN00901N", "lib_qp": "Lointain-Nord", "insee_com": "09001", "lib_com": "Lointain", "insee_dep": "09",
    "lib_dep": "Val-Lointain (fictif)", "insee_reg": "09", "lib_reg": "Région Lointaine (fictif)", "siren_epci": "999000037",
}  # fmt: skip
TERRITOIRES = {
    **dict.fromkeys(
        (
            *("prefet", "sous_prefet_ville", "recteur", "procureur", "police", "gendarmerie"),
            *("service_etat", "conseil_departemental"),
        ),
        "departement",
    ),
    **dict.fromkeys(("prefet_region", "conseil_regional"), "region"),
    **dict.fromkeys(("delegue", "association", "conseil_citoyen"), "quartier"),
    **dict.fromkeys(("commune", "operateur"), "commune"),
    "epci": "epci",
    "task_force": "nation",
    "administrateur": "rien",
}
"""Where each rôle of domaine.md 3.1 acts."""
ANONYME, SANS_MANDAT, REVOQUE, SANS_FACTEUR = "anonyme", "sans_mandat", "revoque", "sans_facteur"
PREFECTURE = frozenset({"prefet", "sous_prefet_ville", "delegue"})
"""They act in the name of one organisme, and may delegate to one another."""
VOISINE = "association_voisine"
"""Of the same quartier, in the name of another organisme."""


@dataclass(frozen=True, slots=True)
class Personnage:
    """An account, its rôle, and a browser that is signed in; `compte` 0: nobody."""

    nom: str
    role: str
    client: Client
    compte: int = 0
    organisme: str = ""


@dataclass(slots=True)
class Monde:
    """Those of here by rôle, then those of over there, then those who open nothing."""

    mots: Mots
    ici: dict[str, Personnage] = field(default_factory=dict)
    la_bas: dict[str, Personnage] = field(default_factory=dict)
    autres: dict[str, Personnage] = field(default_factory=dict)


def load_cadre(dossier: Path) -> None:
    """The territoires of both."""
    copie = dossier / "cadre"
    shutil.copytree(CADRE, copie)
    for nom, ligne in LOINTAIN.items():
        fichier = copie / nom
        fichier.write_text(f"{fichier.read_text(encoding='utf-8').rstrip()}\n{ligne}\n", "utf-8")
    qpv = copie / "qpv.geojson"
    formes = json.loads(qpv.read_text(encoding="utf-8"))
    anneaux = formes["features"][0]["geometry"]["coordinates"]
    loin = [[[x + 1.5, y - 1] for x, y in anneau] for anneau in anneaux]
    geometrie = {"type": "Polygon", "coordinates": loin}
    formes["features"].append({"type": "Feature", "properties": QPV, "geometry": geometrie})
    qpv.write_text(json.dumps(formes), encoding="utf-8")
    for genre, nom in (*GESTES, ("quartiers", "quartiers.csv")):
        take(genre, copie / nom, connu_le=CONNU_LE)


def make_monde(mots: Mots) -> Monde:
    """Every account, each name and each act being a word to look for."""
    monde = Monde(mots)
    for role, genre in TERRITOIRES.items():
        ici, la_bas = LIEUX[genre]
        monde.ici[role] = make_personnage(mots, ICI, role, ici)
        if la_bas:
            monde.la_bas[role] = make_personnage(mots, LA_BAS, role, la_bas)
    monde.autres[VOISINE] = make_personnage(mots, VOISINE, "association", LIEUX["quartier"][0])
    monde.autres[SANS_FACTEUR] = make_personnage(
        mots, SANS_FACTEUR, "sous_prefet_ville", "DEP-00", facteur=False
    )
    revoque = make_personnage(mots, REVOQUE, "sous_prefet_ville", "DEP-00")
    monde.autres[REVOQUE] = revoque
    sans = open_compte(identifiant=mots.draw("sans_mandat-compte"), mot_de_passe=None)
    monde.autres[SANS_MANDAT] = Personnage(SANS_MANDAT, SANS_MANDAT, enter(sans), sans.pk)
    monde.autres[ANONYME] = Personnage(ANONYME, ANONYME, make_client())
    return monde


def revoke(monde: Monde) -> None:
    """Once it has declared something: its mandat is ended, its browser stays signed in."""
    mandats = Mandat.objects.filter(compte=monde.autres[REVOQUE].compte)
    mandats.update(retire_le=datetime.now(tz=MOMENT.tzinfo))


def make_personnage(
    mots: Mots, ou: str, role: str, territoire: str, *, facteur: bool = True
) -> Personnage:
    """An account made as the command makes it, then signed in, with its second factor when one is asked of it."""
    organisme = mots.draw(f"{ou}-{'prefecture' if role in PREFECTURE else role}-organisme")
    compte = create_compte(
        identifiant=mots.draw(f"{ou}-{role}-identifiant").lower(),
        mot_de_passe=None,
        role=role,
        territoires=tuple(filter(None, [territoire])),
        nom=mots.draw(f"{ou}-{role}-nom"),
        organisme=organisme,
        acte=mots.draw(f"{ou}-{role}-acte"),
        le=datetime.now(tz=MOMENT.tzinfo),
    )
    titulaire = compte.titulaire
    titulaire.fonction = mots.draw(f"{ou}-{role}-fonction")
    titulaire.courriel = f"{mots.draw(f'{ou}-{role}-courriel').lower()}@exemple.test"
    titulaire.save()
    client = enter(compte)
    if facteur and is_facteur_demande(role):
        set_up(client)
    return Personnage(f"{ou} {role}", role, client, compte.pk, organisme)


def make_client(*, csrf: bool = False) -> Client:
    """A browser; `csrf`: the token of each form is asked of it."""
    return Client(
        enforce_csrf_checks=csrf, headers={"host": "localhost"}, raise_request_exception=False
    )


def enter(compte: User) -> Client:
    """Signed in."""
    client = make_client()
    client.force_login(compte, backend=MODELE)
    return client
