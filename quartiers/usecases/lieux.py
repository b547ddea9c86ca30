"""Places of the base, their stops, and the territoires they are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from quartiers.core import fait
from quartiers.core.territoire import Niveau, QuartierCible, Territoires
from quartiers.sources.code import get_departement
from quartiers.sources.france_services import is_exhaustive
from quartiers.storage import models
from quartiers.usecases.faits import build_arret
from quartiers.usecases.lecture_petits import ArretLu
from quartiers.usecases.projection import ArretVu, Cadre, LieuVu
from quartiers.usecases.rangees import ARRETS, Provenance

COMMUNE = "COM-"
FORMATS = {
    "fixe": "espace fixe",
    "multisites": "espace multisites",
    "fixe_antennes": "espace fixe avec antennes",
    "bus": "bus",
    "itinerante": "structure itinérante",
}


def list_cadres(territoires: Territoires, quartiers: Iterable[QuartierCible]) -> list[Cadre]:
    """QPV and QRR by themselves, and each version of the quartiers cibles by what it holds."""
    cadres = [
        Cadre(
            code,
            (code,),
            couvert=is_exhaustive(get_departement(code)),
            communes=list_communes(territoires, (code,)),
            departements=list_departements(territoires, (code,)),
        )
        for code, territoire in territoires.items()
        if territoire.niveau is Niveau.QUARTIER
    ]
    versions: dict[str, list[QuartierCible]] = defaultdict(list)
    for quartier in sorted(quartiers, key=lambda q: (q.connu_le, q.ordre)):
        versions[quartier.code].append(quartier)
    for _, suite in sorted(versions.items()):
        for rang, quartier in enumerate(suite):
            suivant = suite[rang + 1] if rang + 1 < len(suite) else None
            parts = tuple(code for code in quartier.rattaches if code in territoires)
            cadres.append(
                Cadre(
                    quartier.code,
                    parts,
                    couvert=bool(parts) and all(is_exhaustive(get_departement(p)) for p in parts),
                    connu_le=quartier.connu_le,
                    ordre=quartier.ordre,
                    oublie_le=None if suivant is None else suivant.connu_le,
                    is_suite=rang > 0,
                    communes=list_communes(territoires, parts),
                    departements=list_departements(territoires, parts),
                )
            )
    return cadres


def list_communes(territoires: Territoires, parts: Iterable[str]) -> frozenset[str]:
    """The communes that perimeters stand in; none when one of them has none known."""
    par_part = [{p for p in territoires[part].parents if p.startswith(COMMUNE)} for part in parts]
    return frozenset().union(*par_part) if all(par_part) else frozenset()


def list_departements(territoires: Territoires, parts: Iterable[str]) -> frozenset[str]:
    """The départements of perimeters and of their communes."""
    connus = list(parts)
    communes = (c.removeprefix(COMMUNE) for c in list_communes(territoires, connus))
    return frozenset(get_departement(code) for code in (*connus, *communes))


def list_lieux(territoires: Territoires) -> Iterator[LieuVu]:
    """Every row of every list, with its distances and the commune it is in today, in the order it was learnt."""
    distances: dict[int, dict[str, float]] = defaultdict(dict)
    proximites = models.Proximite.objects.order_by()
    for lieu, territoire, metres in proximites.values_list("lieu_id", "territoire", "distance_m"):
        distances[lieu][territoire] = metres
    ecritures = {
        pk: (numero, empreinte, archive)
        for pk, numero, empreinte, archive in models.Ecriture.objects.values_list(
            "pk", "numero", "empreinte", "archive"
        )
    }
    champs = ("pk", "ecriture_id", "source", "genre", "cle", "millesime", "du", "mobile")
    situation = ("departement", "longitude", "latitude")
    lieux = models.Lieu.objects.add_ordre().order_by("connu_le", "ordre")
    for ligne in lieux.values(*champs, *situation, "nom", "details", "ligne", "connu_le", "ordre"):
        numero, empreinte, archive = ecritures[ligne["ecriture_id"]]
        details = ligne["details"]
        yield LieuVu(
            lot=numero,
            source=ligne["source"],
            genre=ligne["genre"],
            cle=ligne["cle"],
            millesime=ligne["millesime"],
            du=ligne["du"],
            mobile=ligne["mobile"],
            connu_le=ligne["connu_le"],
            ordre=ligne["ordre"],
            preuve=fait.Preuve(
                cle=f"{ligne['source']}/{ligne['cle']}",
                genre="lieu",
                libelle=ligne["nom"],
                source=ligne["source"],
                millesime=ligne["millesime"],
                ligne=ligne["ligne"],
                empreinte=empreinte,
                archive=archive,
                details=say_details(ligne["cle"], ligne["du"], details),
            ),
            horaires=details.get("horaires", {}),
            distances=distances.get(ligne["pk"], {}),
            commune=find_commune(territoires, details.get("code_commune")),
            departement=ligne["departement"],
            is_situe=ligne["longitude"] is not None and ligne["latitude"] is not None,
        )


def find_commune(territoires: Territoires, publie: str | None) -> str | None:
    """The commune of today that a published code is or became (L-37); None when nobody knows it."""
    code = f"{COMMUNE}{publie}"
    return territoires.get_present(code) or (code if code in territoires else None)


def say_details(cle: str, du: date, details: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """What a row says, as a reader calls it."""
    horaires = details.get("horaires")
    heures = (
        " ; ".join(f"{jour} {texte}" for jour, texte in horaires.items())
        if isinstance(horaires, dict)
        else ""
    )
    rue = (str(details.get(nom) or "") for nom in ("adresse", "code_postal", "commune"))
    textes = (
        ("Identifiant", cle),
        ("Format", FORMATS.get(str(details.get("format")), str(details.get("format") or ""))),
        ("Labellisé le", f"{du:%d/%m/%Y}"),
        ("Adresse", " ".join(filter(None, rue))),
        ("Horaires", heures),
    )
    return tuple((nom, texte) for nom, texte in textes if texte)


def list_arrets(noms: Mapping[str, str]) -> list[ArretVu]:
    """Stops of the buses; a corrected one is forgotten on the day its correction is known."""
    distances = dict(models.Arret.objects.add_ordre().order_by().values_list("ordre", "distance_m"))
    versions: dict[object, list[tuple[ArretLu, Provenance]]] = defaultdict(list)
    for lu, provenance in ARRETS.iterate():
        versions[lu.identite].append((lu, provenance))
    return [
        build_arret(
            lu,
            provenance,
            distances[provenance.ordre],
            suite[rang + 1][1].connu_le if rang + 1 < len(suite) else None,
            noms.get(lu.lieu, lu.lieu),
        )
        for suite in versions.values()
        for rang, (lu, provenance) in enumerate(suite)
    ]
