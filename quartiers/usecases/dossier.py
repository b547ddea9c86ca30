"""All that the base knows, as the computation wants it; read once per state of the data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import Any

from quartiers.core import fait
from quartiers.core.referentiel import Operateur, Origine
from quartiers.core.territoire import Genre, Niveau, QuartierCible, Territoire, Territoires
from quartiers.sources import france_services
from quartiers.storage import models
from quartiers.usecases.etat_base import load_referentiel
from quartiers.usecases.imports.releves import to_fraction
from quartiers.usecases.projection import ArretVu, LieuVu, project_lieux

_verrou = Lock()
_dernier: list[fait.Dossier] = []
NON_COUVERTS = france_services.NON_COUVERTS


def load_dossier() -> fait.Dossier:
    """The dossier of the base, kept until an import changes it (one query to know)."""
    version = get_version()
    with _verrou:
        if not _dernier or _dernier[0].version != version:
            _dernier[:] = [build_dossier(version)]
        return _dernier[0]


def get_version() -> str:
    """`AAAA-MM-JJ.N-référentiel`: the last import, and the rules."""
    derniere = models.Importation.objects.order_by("-pk").values_list("saisi_le", "pk").first()
    donnees = "vide" if derniere is None else f"{derniere[0]:%Y-%m-%d}.{derniere[1]}"
    return f"{donnees}-{load_referentiel().version}"


def build_dossier(version: str) -> fait.Dossier:
    """Read everything; the same rows give the same dossier."""
    referentiel = load_referentiel()
    territoires = load_territoires()
    archives = frozenset(
        models.Importation.objects.filter(archive=True).order_by().values_list("pk", flat=True)
    )
    quartiers = list(_list_quartiers())
    lieux = list(_list_lieux(archives, quartiers))
    places = project_lieux(
        referentiel,
        lieux,
        list(_list_arrets(archives, quartiers)),
        lambda _: list_couverts(territoires, quartiers),
    )
    return fait.Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=quartiers,
        releves=[*_list_releves(archives), *places.releves],
        objets=places.objets,
        listes=places.listes,
        confirmations=list(_list_confirmations(archives, lieux)),
        sans_objets=list(_list_sans_objets(archives)),
        cibles=list(_list_cibles(archives)),
        version=version,
        versions=tuple(list_versions(referentiel.version)),
    )


def list_versions(referentiel: str) -> Iterator[tuple[date, str]]:
    """The last import known at the end of each day: (day, `day.import-référentiel`), in order of the days."""
    par_jour = dict(models.Importation.objects.order_by("pk").values_list("connu_le", "pk"))
    dernier = 0
    for jour in sorted(par_jour):
        dernier = max(dernier, par_jour[jour])
        yield jour, f"{jour}.{dernier}-{referentiel}"


def load_territoires() -> Territoires:
    """Territoires with what holds them, in order."""
    parents: dict[str, list[str]] = defaultdict(list)
    liens = models.Rattachement.objects.filter(genre="dans").order_by("enfant", "rang")
    for enfant, parent in liens.values_list("enfant", "parent"):
        parents[enfant].append(parent)
    lignes = models.Territoire.objects.order_by("code").values_list(
        "code", "nom", "genre", "du", "au"
    )
    return Territoires.build(
        Territoire(code, nom, Genre(genre), tuple(parents.get(code, ())), du, au)
        for code, nom, genre, du, au in lignes
    )


def list_couverts(territoires: Territoires, quartiers: Iterable[QuartierCible]) -> list[str]:
    """Quartiers (of any kind) where a list of France services proves an absence."""
    couverts = [
        code
        for code, territoire in territoires.items()
        if territoire.niveau is Niveau.QUARTIER and _is_couvert(territoires, territoire.parents)
    ]
    cibles = {q.code for q in quartiers if _is_couvert(territoires, (q.departement,))}
    return [*couverts, *sorted(cibles)]


def _is_couvert(territoires: Territoires, parents: Iterable[str]) -> bool:
    departements = [
        p for p in parents if p in territoires and territoires[p].niveau is Niveau.DEPARTEMENT
    ]
    return bool(departements) and all(
        d.removeprefix("DEP-") not in NON_COUVERTS for d in departements
    )


def _list_quartiers() -> Iterator[QuartierCible]:
    champs = (
        "code",
        "nom",
        "departement",
        "rattaches",
        "attendu_du",
        "attendu_au",
        "connu_le",
        "ordre",
    )
    for ligne in models.QuartierCible.objects.order_by("ordre").values(*champs):
        yield QuartierCible(**(ligne | {"rattaches": tuple(ligne["rattaches"])}))


def _prove(
    ligne: Mapping[str, Any], genre: str, libelle: str, archives: frozenset[int], **details: str
) -> fait.Preuve:
    """The proof of a declared line."""
    return fait.Preuve(
        cle=ligne.get("cle") or f"{genre}/{ligne['ordre']}",
        genre=genre,
        libelle=libelle,
        source=ligne.get("source") or "",
        ligne=ligne["ligne"],
        empreinte=ligne["importation__empreinte"],
        archive=ligne["importation_id"] in archives,
        details=tuple(
            (nom, texte)
            for nom, texte in (("Fichier", ligne["importation__fichier"]), *details.items())
            if texte
        ),
    )


_COMMUNS = (
    "connu_le",
    "ordre",
    "ligne",
    "importation_id",
    "importation__empreinte",
    "importation__fichier",
)


def _list_releves(archives: frozenset[int]) -> Iterator[fait.Releve]:
    propres = ("indicateur", "territoire", "date", "valeur", "numerateur", "denominateur", "jalon")
    textes = ("source", "declarant", "commentaire", "cle")
    for ligne in models.Releve.objects.order_by("ordre").values(*_COMMUNS, *propres, *textes):
        details = {"Déclarant": ligne["declarant"], "Commentaire": ligne["commentaire"]}
        yield fait.Releve(
            indicateur=ligne["indicateur"],
            territoire=ligne["territoire"],
            date=ligne["date"],
            connu_le=ligne["connu_le"],
            ordre=ligne["ordre"],
            valeur=to_fraction(ligne["valeur"]),
            numerateur=to_fraction(ligne["numerateur"]),
            denominateur=to_fraction(ligne["denominateur"]),
            jalon=ligne["jalon"],
            source=ligne["source"],
            cle=ligne["cle"] or None,
            preuve=_prove(ligne, "releve", "Relevé déclaré", archives, **details),
        )


def _list_cibles(archives: frozenset[int]) -> Iterator[fait.Cible]:
    propres = ("indicateur", "territoire", "echeance", "base_date", "base_source", "effet")
    autres = ("operateur", "valeur", "base", "origine")
    for ligne in models.Cible.objects.order_by("ordre").values(*_COMMUNS, *propres, *autres):
        yield fait.Cible(
            **{champ: ligne[champ] for champ in propres},
            operateur=Operateur(ligne["operateur"]),
            valeur=to_fraction(ligne["valeur"]),
            base=to_fraction(ligne["base"]),
            origine=Origine(ligne["origine"]),
            connu_le=ligne["connu_le"],
            ordre=ligne["ordre"],
            preuve=_prove(ligne, "cible", "Cible déclarée", archives),
        )


def _list_sans_objets(archives: frozenset[int]) -> Iterator[fait.SansObjet]:
    propres = ("indicateur", "territoire", "motif", "valide_le")
    for ligne in models.SansObjet.objects.order_by("ordre").values(
        *_COMMUNS, *propres, "valide_par"
    ):
        yield fait.SansObjet(
            **{champ: ligne[champ] for champ in propres},
            connu_le=ligne["connu_le"],
            ordre=ligne["ordre"],
            preuve=_prove(
                ligne,
                "sans_objet",
                "Sans objet validé",
                archives,
                **{"Validé par": ligne["valide_par"]},
            ),
        )


def _list_confirmations(
    archives: frozenset[int], lieux: Iterable[LieuVu]
) -> Iterator[fait.Confirmation]:
    noms = {lieu.cle: lieu.preuve.libelle for lieu in lieux}
    propres = ("indicateur", "territoire", "date")
    champs = (*_COMMUNS, *propres, "lieu", "motif", "par")
    for ligne in models.Confirmation.objects.order_by("ordre").values(*champs):
        details = {"Motif": ligne["motif"], "Par": ligne["par"]}
        yield fait.Confirmation(
            **{champ: ligne[champ] for champ in propres},
            objet=ligne["lieu"],
            connu_le=ligne["connu_le"],
            ordre=ligne["ordre"],
            preuve=_prove(
                ligne, "confirmation", noms.get(ligne["lieu"], ligne["lieu"]), archives, **details
            ),
        )


def _list_lieux(archives: frozenset[int], quartiers: Iterable[QuartierCible]) -> Iterator[LieuVu]:
    distances = _load_distances(quartiers)
    champs = ("pk", "source", "genre", "cle", "millesime", "du", "mobile", "nom", "details")
    for ligne in models.Lieu.objects.order_by("ordre").values(*_COMMUNS, *champs):
        details = ligne["details"]
        textes = {
            "Format": details.get("format", ""),
            "Labellisé le": ligne["du"].isoformat(),
            "Adresse": ", ".join(filter(None, (details.get("adresse"), details.get("commune")))),
        }
        preuve = _prove(
            {**ligne, "cle": f"{ligne['source']}/{ligne['cle']}"},
            "lieu",
            ligne["nom"],
            archives,
            **textes,
        )
        yield LieuVu(
            source=ligne["source"],
            genre=ligne["genre"],
            cle=ligne["cle"],
            millesime=ligne["millesime"],
            du=ligne["du"],
            mobile=ligne["mobile"],
            connu_le=ligne["connu_le"],
            ordre=ligne["ordre"],
            preuve=_date(preuve, ligne["millesime"]),
            horaires=details.get("horaires", {}),
            distances=distances.get(ligne["pk"], {}),
        )


def _date(preuve: fait.Preuve, millesime: date) -> fait.Preuve:
    return replace(preuve, millesime=millesime)


def _load_distances(quartiers: Iterable[QuartierCible]) -> dict[int, dict[str, float]]:
    """Metres by place and territoire; a quartier cible is as near as the nearest part of what it holds."""
    tenants: dict[str, set[str]] = defaultdict(set)
    for quartier in quartiers:
        for code in quartier.rattaches:
            tenants[code].add(quartier.code)
    distances: dict[int, dict[str, float]] = defaultdict(dict)
    for lieu, territoire, distance in models.Proximite.objects.order_by().values_list(
        "lieu_id", "territoire", "distance_m"
    ):
        connues = distances[lieu]
        for code in (territoire, *tenants.get(territoire, ())):
            connues[code] = min(distance, connues.get(code, distance))
    return distances


def _list_arrets(archives: frozenset[int], quartiers: Iterable[QuartierCible]) -> Iterator[ArretVu]:
    """Each stop, for its territoire and for the quartiers cibles that hold it."""
    tenants: dict[str, set[str]] = defaultdict(set)
    for quartier in quartiers:
        for code in quartier.rattaches:
            tenants[code].add(quartier.code)
    champs = ("lieu", "territoire", "adresse", "jour", "heures", "distance_m", "du", "au")
    for ligne in models.Arret.objects.order_by("ordre").values(*_COMMUNS, *champs):
        details = {"Adresse": ligne["adresse"], "Jour": ligne["jour"], "Heures": ligne["heures"]}
        preuve = _prove(ligne, "arret", "Arrêt hebdomadaire du bus", archives, **details)
        for territoire in (ligne["territoire"], *sorted(tenants.get(ligne["territoire"], ()))):
            yield ArretVu(
                lieu=ligne["lieu"],
                territoire=territoire,
                distance_m=ligne["distance_m"],
                du=ligne["du"],
                au=ligne["au"],
                connu_le=ligne["connu_le"],
                ordre=ligne["ordre"],
                preuve=preuve,
            )
