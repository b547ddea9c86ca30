"""Places of the base, their stops, and the territoires they are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from quartiers.core import fait
from quartiers.core.donnees_personnelles import retain
from quartiers.core.genres.arret import ArretDeclare
from quartiers.core.genres.lieu import Lieu
from quartiers.core.horaires import read_horaires
from quartiers.core.territoire import Niveau, QuartierCible, Territoires
from quartiers.sources.code import get_departement
from quartiers.sources.france_services import is_exhaustive
from quartiers.storage import models
from quartiers.storage.models.base import BITS_DU_RANG
from quartiers.usecases.chercher_lieux import split_objet
from quartiers.usecases.garder_enregistrements import iterate_contenus, iterate_enregistrements
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.petits.arret import build_arret
from quartiers.usecases.projeter_lieux import ArretVu, LieuVu, TerritoireCompare

COMMUNE = "COM-"
DEPARTEMENT = "DEP-"


def list_cadres(
    territoires: Territoires, quartiers: Iterable[QuartierCible]
) -> list[TerritoireCompare]:
    """QPV and QRR by themselves, and each version of the quartiers cibles by what it holds."""
    cadres = [
        TerritoireCompare(
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
                TerritoireCompare(
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
    return frozenset(f"{DEPARTEMENT}{get_departement(code)}" for code in (*connus, *communes))


def list_lieux(territoires: Territoires) -> Iterator[LieuVu]:
    """Every row of every list, with its distances and the commune it is in today, in the order it was learnt."""
    distances: dict[int, dict[str, float]] = defaultdict(dict)
    officielles = {"enregistrement__ecriture__canal": models.Ecriture.Canal.SOURCE}
    proximites = models.Proximite.objects.filter(**officielles).order_by()
    mesures = proximites.values_list("enregistrement_id", "territoire", "distance_m")
    for rangee, territoire, metres in mesures:
        distances[rangee][territoire] = metres
    officiels = {"genre": Lieu.GENRE, "ecriture__canal": models.Ecriture.Canal.SOURCE}
    for lu, provenance in iterate_enregistrements(**officiels):
        if isinstance(lu.contenu, Lieu):
            mesures_du_lieu = distances.get(provenance.rangee or 0, {})
            yield build_vu(lu, lu.contenu, provenance, territoires, mesures_du_lieu)


def build_vu(
    lu: EnregistrementLu,
    lieu: Lieu,
    provenance: Provenance,
    territoires: Territoires,
    distances: Mapping[str, float],
) -> LieuVu:
    """A row as it is compared with the territoires."""
    source, cle = split_objet(lu.objet)
    ouvert = lieu.ouvert or lu.le
    return LieuVu(
        lot=provenance.ordre >> BITS_DU_RANG,
        source=source,
        genre=lieu.genre,
        cle=cle,
        millesime=lu.le,
        du=ouvert,
        mobile=lieu.mobile is True,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        preuve=fait.Preuve(
            cle=lu.objet,
            genre=lu.genre,
            libelle=retain(lieu.nom),
            source=source,
            millesime=lu.le,
            ligne=lu.ligne,
            empreinte=provenance.empreinte,
            archive=provenance.archive,
            details=say_details(cle, lieu),
        ),
        horaires=read_horaires(lieu.horaires) or {"": retain(lieu.horaires)},
        distances=distances,
        commune=find_commune(territoires, lieu.commune),
        departement=find_departement(lu),
        is_situe=lieu.is_situe(),
    )


def find_commune(territoires: Territoires, publie: str | None) -> str | None:
    """The commune of today that a published code is or became (L-37); None when nobody knows it."""
    code = f"{COMMUNE}{publie}"
    return territoires.get_present(code) or (code if code in territoires else None)


def find_departement(lu: EnregistrementLu) -> str:
    """That of the commune it stands in, or the one it stands in when nobody knows its commune."""
    situe = lu.liens[0].territoire
    if situe.startswith(DEPARTEMENT):
        return situe
    return f"{DEPARTEMENT}{get_departement(situe.removeprefix(COMMUNE))}"


def say_details(cle: str, lieu: Lieu) -> tuple[tuple[str, str], ...]:
    """What a row says, as a reader calls it."""
    textes = (
        ("Identifiant", cle),
        ("Format", lieu.format),
        ("Labellisé le", "" if lieu.ouvert is None else f"{lieu.ouvert:%d/%m/%Y}"),
        ("Adresse", lieu.adresse),
        ("Horaires", lieu.horaires),
    )
    return tuple((nom, retain(texte)) for nom, texte in textes if texte)


def list_arrets(noms: Mapping[str, str]) -> list[ArretVu]:
    """Stops of the buses; a corrected one is forgotten on the day its correction is known."""
    versions: dict[object, list[tuple[ArretDeclare, int, Provenance]]] = defaultdict(list)
    for contenu, ligne, provenance in iterate_contenus(ArretDeclare):
        versions[contenu.identite].append((contenu, ligne, provenance))
    return [
        build_arret(
            contenu,
            ligne,
            provenance,
            suite[rang + 1][2].connu_le if rang + 1 < len(suite) else None,
            noms.get(contenu.lieu, contenu.lieu),
        )
        for suite in versions.values()
        for rang, (contenu, ligne, provenance) in enumerate(suite)
    ]
