"""Integrity of the base: what no import would let in, and that a restored or hand-mended base may hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Count, F, Model

from quartiers.core.contenu import TypeDeChamp, describe
from quartiers.core.dire import say_nombre
from quartiers.core.genres import PETITS_GENRES
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.temps import PARIS
from quartiers.geo.perimetre import load_perimetre
from quartiers.sources.code import get_departement
from quartiers.storage import models
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.charger_territoires import load_codes
from quartiers.usecases.enchainer import find_ruptures, list_modeles
from quartiers.usecases.garder_enregistrements import find_contenus_faux, iterate_contenus
from quartiers.usecases.tenir_journal import find_ruptures_d_actes
from quartiers.usecases.verifier_pieces import (
    find_essais_faux,
    find_fichiers_faux,
    find_fichiers_sans_piece,
    find_pieces_sans_fichier,
)

DECLARES = (models.Releve,)
CADRE = ("cog", "qpv", "qrr")
EXEMPLES = 5


@dataclass(frozen=True, slots=True)
class Controle:
    """One check: its question, and what it found (nothing is well)."""

    question: str
    trouvailles: tuple[str, ...]

    def __str__(self) -> str:
        if not self.trouvailles:
            return f"bien    {self.question}"
        dont = " ; ".join(self.trouvailles[:EXEMPLES])
        suite = " ; …" if len(self.trouvailles) > EXEMPLES else ""
        return f"MAL     {self.question} : {len(self.trouvailles)} ({dont}{suite})"


def verify_base() -> list[Controle]:
    """Every check, in order."""
    return [Controle(question, _search(chercher)) for question, chercher in CONTROLES]


def list_tetes() -> list[models.Tete]:
    """The head of each chain: noted outside of the base, it shows a chain written again whole."""
    return list(models.Tete.objects.order_by("chaine"))


def _search(chercher: Callable[[], Iterator[str]]) -> tuple[str, ...]:
    """What a check finds; a base that it cannot read is a finding, and the other checks follow."""
    try:
        return tuple(chercher())
    except Exception as erreur:  # noqa: BLE001 -- whatever keeps the base from being read is what we look for
        return (f"contrôle impossible, la base ne se lit pas ({type(erreur).__name__} : {erreur})",)


def find_orphelins() -> Iterator[str]:
    """Lines about a territoire that the base does not hold."""
    connus = load_codes()
    for modele in DECLARES:
        codes = modele.objects.order_by("territoire").values_list("territoire", flat=True)
        for code in codes.distinct():
            if code not in connus:
                yield f"{name(modele)} de {code}"
    dits = list_codes_dits(TypeDeChamp.TERRITOIRE)
    yield from (f"{genre} de {code}" for genre, code in dits if code not in connus)


def find_dessertes_orphelines() -> Iterator[str]:
    """Records that stand in or serve a territoire that the base does not hold."""
    connus = load_codes()
    codes = models.Desserte.objects.order_by("territoire").values_list("territoire", flat=True)
    yield from (code for code in codes.distinct() if code not in connus)


def find_indicateurs_inconnus() -> Iterator[str]:
    """Lines about an indicateur that the référentiel in use does not hold."""
    connus = {indicateur.code for indicateur in load_referentiel().list_indicateurs()}
    for modele in DECLARES:
        codes = modele.objects.order_by("indicateur").values_list("indicateur", flat=True)
        for code in codes.distinct():
            if code not in connus:
                yield f"{name(modele)} de {code}"
    dits = list_codes_dits(TypeDeChamp.INDICATEUR)
    yield from (f"{genre} de {code}" for genre, code in dits if code not in connus)


def list_codes_dits(type_: TypeDeChamp) -> Iterator[tuple[str, str]]:
    """(kind, code) of what the lines of small kinds speak of, each once."""
    for genre in PETITS_GENRES.values():
        rangees = models.Enregistrement.objects.filter(genre=genre.GENRE).order_by()
        for nom, decrit in describe(genre).items():
            if decrit.type is type_ and not decrit.multiple:
                codes = rangees.values_list(f"champs__{nom}", flat=True).distinct()
                yield from ((genre.GENRE, str(code)) for code in codes)


def find_parents_inconnus() -> Iterator[str]:
    """Territoires held by one that the base does not hold."""
    connus = models.Territoire.objects.order_by().values("code")
    liens = models.Rattachement.objects.exclude(parent__in=connus) | (
        models.Rattachement.objects.exclude(enfant__in=connus)
    )
    for enfant, parent in liens.order_by("enfant", "parent").values_list("enfant", "parent"):
        yield f"{enfant} dans {parent}"


def find_isoles() -> Iterator[str]:
    """Territoires that nothing holds, where something should."""
    tenus = models.Rattachement.objects.filter(genre="dans").order_by().values("enfant")
    seuls = models.Territoire.objects.exclude(genre__in=("nation", "epci")).exclude(code__in=tenus)
    yield from seuls.order_by("code").values_list("code", flat=True)


def list_derniers_quartiers() -> list[QuartierDeclare]:
    """The last known version of each quartier cible."""
    versions = iterate_contenus(QuartierDeclare)
    return list({contenu.code: contenu for contenu, *_ in versions}.values())


def find_rattaches_inconnus() -> Iterator[str]:
    """Quartiers cibles that hold a QPV or a QRR that the base does not hold, or no longer valid for any day."""
    connus = set(
        models.Territoire.objects.filter(genre__in=("qpv", "qrr")).values_list("code", flat=True)
    )
    for quartier in list_derniers_quartiers():
        yield from (f"{quartier.code} : {c}" for c in quartier.rattaches if c not in connus)


def find_hors_departement() -> Iterator[str]:
    """Quartiers cibles that hold a QPV or a QRR of another département."""
    for quartier in list_derniers_quartiers():
        for code in quartier.rattaches:
            if f"DEP-{get_departement(code)}" != quartier.departement:
                yield f"{quartier.code} ({quartier.departement}) : {code}"


def find_faits_futurs() -> Iterator[str]:
    """Faits dated after the day they were known."""
    a_venir = [genre.GENRE for genre in PETITS_GENRES.values() if genre.A_VENIR]
    for modele, rangees, champ in (
        (models.Releve, models.Releve.objects, "date"),
        (models.Enregistrement, models.Enregistrement.objects.exclude(genre__in=a_venir), "le"),
    ):
        faits = rangees.add_ordre().filter(**{f"{champ}__gt": F("connu_le")}).order_by("ordre")
        yield from (f"{name(modele)} n° {ordre}" for ordre in faits.values_list("ordre", flat=True))


def find_connus_trop_tot() -> Iterator[str]:
    """Writes said to be known after the day they were entered."""
    ecritures = models.Ecriture.objects.order_by("numero")
    for numero, connu_le, saisi_le in ecritures.values_list("numero", "connu_le", "saisi_le"):
        if connu_le > saisi_le.astimezone(PARIS).date():
            yield f"écriture {numero}"


def find_comptes_faux() -> Iterator[str]:
    """Writes of declared lines that do not hold as many rows as the journal says."""
    trouves: dict[int, int] = {}
    for modele in list_modeles():
        comptes = modele.objects.order_by().values("ecriture_id").annotate(nombre=Count("pk"))
        for ligne in comptes:
            nom = ligne["ecriture_id"]
            trouves[nom] = trouves.get(nom, 0) + ligne["nombre"]
    ecritures = models.Ecriture.objects.exclude(genre__in=CADRE).order_by("numero")
    for nom, numero, ajoutees in ecritures.values_list("pk", "numero", "ajoutees"):
        if trouves.get(nom, 0) != ajoutees:
            yield f"écriture {numero} : {trouves.get(nom, 0)} rangées pour {ajoutees} annoncées"


def find_parts_excessives() -> Iterator[str]:
    """Shares that records make greater than their whole: they say nothing, and somebody has to mend a record."""
    for (code, territoire), registre in sorted(load_dossier().registres.items()):
        connu = registre.read_at(date.max)
        exces = None if connu is None else connu.find_exces()
        if exces is not None:
            jour, dessus, dessous = exces
            dit = f"{say_nombre(dessus.valeur)} sur {say_nombre(dessous.valeur)}"
            yield f"{code} {territoire} au {jour:%d/%m/%Y} : {dit}"


def find_perimetres_faux() -> Iterator[str]:
    """Perimeters that cannot be measured."""
    perimetres = models.Territoire.objects.exclude(geometrie=None).order_by("code")
    for code, wkb in perimetres.values_list("code", "geometrie").iterator():
        try:
            load_perimetre(code, bytes(wkb or b""))
        except Exception as erreur:  # noqa: BLE001 -- whatever is wrong with the bytes is what we look for
            yield f"{code} ({type(erreur).__name__})"


def find_perimetres_absents() -> Iterator[str]:
    """QPV and QRR without a perimeter."""
    absents = models.Territoire.objects.filter(genre__in=("qpv", "qrr"), geometrie=None)
    yield from absents.order_by("code").values_list("code", flat=True)


def find_mandats_faux() -> Iterator[str]:
    """Mandats on a territoire that the base does not hold; those that were ended are the past."""
    connus = load_codes()
    tenus = models.Mandat.objects.filter(retire_le=None).exclude(territoire="")
    for compte, territoire in tenus.values_list("compte__username", "territoire"):
        if territoire not in connus:
            yield f"{compte} : {territoire}"


def find_comptes_sans_mandat() -> Iterator[str]:
    """Active accounts that were given nothing, or nothing that was not ended."""
    tenus = models.Mandat.objects.filter(retire_le=None).values("compte")
    sans = User.objects.filter(is_active=True).exclude(pk__in=tenus).order_by("username")
    yield from sans.values_list("username", flat=True)


def name(modele: type[Model]) -> str:
    """A kind of row as a reader calls it."""
    return modele.__name__.lower()


CONTROLES: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("lignes d'un territoire inconnu", find_orphelins),
    ("lignes d'un indicateur inconnu du référentiel", find_indicateurs_inconnus),
    ("rattachements à un territoire inconnu", find_parents_inconnus),
    ("territoires que rien ne contient", find_isoles),
    ("quartiers cibles rattachés à un périmètre inconnu", find_rattaches_inconnus),
    ("quartiers cibles rattachés hors de leur département", find_hors_departement),
    ("faits datés après le jour où ils sont connus", find_faits_futurs),
    ("écritures connues après le jour de leur saisie", find_connus_trop_tot),
    ("chaîne des écritures", find_ruptures),
    ("chaîne des actes", find_ruptures_d_actes),
    ("enregistrements dont le contenu a changé", find_contenus_faux),
    ("enregistrements d’un territoire inconnu", find_dessertes_orphelines),
    ("parts d’enregistrements plus grandes que leur tout", find_parts_excessives),
    ("écritures dont le compte est faux", find_comptes_faux),
    ("fichiers des pièces dont les octets ont changé", find_fichiers_faux),
    ("pièces sans leur fichier", find_pieces_sans_fichier),
    ("fichiers qui ne prouvent rien", find_fichiers_sans_piece),
    ("essais d’import dont le contenu a changé", find_essais_faux),
    ("périmètres inutilisables", find_perimetres_faux),
    ("QPV et QRR sans périmètre", find_perimetres_absents),
    ("mandats sur un territoire inconnu", find_mandats_faux),
    ("comptes actifs sans mandat", find_comptes_sans_mandat),
)
