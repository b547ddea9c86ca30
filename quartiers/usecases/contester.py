"""A figure contested: what was shown, why, how one knows, and what one would say instead; the value itself is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from quartiers.core.composition import get_constat
from quartiers.core.comptage import is_comptant
from quartiers.core.constat import Constat
from quartiers.core.contestation import DECISIONS
from quartiers.core.droits import PARTENAIRES, VALIDE, Droits, MandatConfie, Sujet, Verbe
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import Niveau, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.pieces import get_entree, is_declare
from quartiers.storage.models import Contestation, Ecriture, EtapeDeContestation
from quartiers.storage.models.contestation import FRACTION_MAX
from quartiers.usecases.acces import keep_mandat
from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir
from quartiers.usecases.completer_refus import complete_refus
from quartiers.usecases.declarer import Pieces, build_contexte_tenu, build_table
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_brouillon import drop_brouillon
from quartiers.usecases.garder_lignes import to_colonne
from quartiers.usecases.garder_pieces import keep_pieces
from quartiers.usecases.imports import releves
from quartiers.usecases.lire_contestations import GENRE
from quartiers.usecases.nommer import build_nommer_source
from quartiers.usecases.preparer import Preparation, Recu, write_preparation
from quartiers.usecases.releve_lu import ReleveLu

SOURCE_MAX = 300
TRANCHES = frozenset({Niveau.QUARTIER, Niveau.COMMUNE, Niveau.EPCI, Niveau.DEPARTEMENT})
"""Where somebody may decide: above the département, nobody judges what others declare."""


class DejaContestee(Exception):  # noqa: N818 -- named in French like every noun of the product
    """The same organisme already waits for an answer on that figure. `numero`: its contest."""

    def __init__(self, numero: int) -> None:
        super().__init__("ce chiffre est déjà contesté par vous")
        self.numero = numero


@dataclass(frozen=True, slots=True)
class ContestationDite:
    """What somebody says of a figure. `source`: in whose name; `textes`: the value proposed, by column of releves.csv,
    nothing when none is.
    """

    indicateur: str
    territoire: str
    motif: str
    dit: str
    source: str
    textes: Mapping[str, str]
    brouillon: str = ""


@dataclass(frozen=True, slots=True)
class ContestationLue:
    """The same, read and checked beside what was shown."""

    dite: ContestationDite
    constat: Constat
    proposee: ReleveLu | None
    connu_le: date


def find_mandat_de_contestation(
    droits: Droits, indicateur: Indicateur, territoire: Territoire
) -> MandatConfie | None:
    """The mandat by which an account may contest a figure there; None when it may not, or when nobody could answer.

    A count of other figures is contested on one of those.
    """
    if is_comptant(indicateur) or territoire.niveau not in TRANCHES:
        return None
    sujet = Sujet("tableau", (territoire.code,), validation=VALIDE, visibilite=PARTENAIRES)
    siens = (m for m in droits.mandats if keep_mandat(droits, m).can(Verbe.CONTESTER, sujet))
    return next(siens, None)


def find_affiche(vue: Vue, indicateur: str, code: str) -> Constat | None:
    """The figure of that very territoire, as a page shows it; None when it shows none, or that of another one."""
    voulu = vue.dossier.referentiel.get_indicateur(indicateur)
    constat = (
        None if voulu is None or code not in vue.territoires else get_constat(vue, voulu, code)
    )
    propre = constat if constat is None or isinstance(constat, Constat) else constat.propre
    return propre if propre is not None and propre.territoire == code else None


def open_vue_du_jour(jour: date) -> Vue:
    """All that is known, seen on that day."""
    return MEMOIRE.open_vue(load_savoir(), (jour, jour))


@complete_refus()
def contest(*, envoi: Envoi, dite: ContestationDite, pieces: Pieces = ()) -> Recu:
    """Record a contest. Raises DonneesRefusees with every reason, DejaContestee, PieceRefusee; then nothing is stored."""
    envoi = replace(envoi, genre=GENRE, canal=Ecriture.Canal.FORMULAIRE, fichier="")
    preparation = Preparation(
        PorteDeContestations(pieces), envoi, lambda: read_contestation(dite, envoi)
    )
    preparation.read_dehors()
    return write_preparation(preparation)


def read_contestation(dite: ContestationDite, envoi: Envoi) -> ContestationLue:
    """What is shown on the day of the write, and the value proposed, read by the reader of files."""
    constat = find_affiche(open_vue_du_jour(envoi.connu_le), dite.indicateur, dite.territoire)
    if constat is None:
        raise LookupError(dite.indicateur)
    deja = find_ouverte(dite)
    if deja is not None:
        raise DejaContestee(deja)
    proposee = read_valeur_dite(dite.textes, envoi).lot.lus[0] if dite.textes else None
    return ContestationLue(dite, constat, proposee, envoi.connu_le)


def read_valeur_dite(textes: Mapping[str, str], envoi: Envoi) -> releves.RelevesCompares:
    """A value as any relevé is read and checked. Raises DonneesRefusees."""
    voulu = replace(envoi, genre=releves.GENRE)
    return releves.compare_releves(build_table(textes), build_contexte_tenu, voulu)


def find_ouverte(dite: ContestationDite) -> int | None:
    """The contest that the same organisme has there, and that nobody decided."""
    siennes = Contestation.objects.filter(
        indicateur=dite.indicateur, territoire=dite.territoire, source=dite.source
    ).exclude(etapes__suite__in=DECISIONS)
    numero: int | None = siennes.order_by("pk").values_list("pk", flat=True).first()
    return numero


@dataclass(frozen=True, slots=True)
class PorteDeContestations:
    """How a contest is written, by the path of every write."""

    pieces: Pieces
    GENRE: ClassVar[str] = GENRE

    def write(self, lue: ContestationLue, ecriture: EcritureOuverte) -> Bilan:
        """Its row, then what supports it; its draft goes."""
        (rangee,) = ecriture.add(Contestation, [build_rangee(lue)])
        if self.pieces:
            keep_pieces(ecriture, rangee, self.pieces)
        if lue.dite.brouillon:
            drop_brouillon(ecriture.envoi.compte or 0, lue.dite.brouillon)
        return Bilan(nouvelles=1)

    def has_change(self, lue: ContestationLue, depuis: int) -> bool:
        """Somebody contested the same figure meanwhile, or answered there."""
        ici = {"indicateur": lue.dite.indicateur, "territoire": lue.dite.territoire}
        apres = {"ecriture__numero__gt": depuis}
        if Contestation.objects.filter(**ici, **apres).exists():
            return True
        siennes = {f"contestation__{nom}": mot for nom, mot in ici.items()}
        return EtapeDeContestation.objects.filter(**siennes, **apres).exists()


def build_rangee(lue: ContestationLue) -> Contestation:
    """What is kept of it."""
    dite, constat, proposee = lue.dite, lue.constat, lue.proposee
    nommer = build_nommer_source(lue.connu_le)
    sources = sorted({nommer(f.preuve.source) for f in constat.faits if f.preuve.source})
    return Contestation(
        ligne=1,
        indicateur=dite.indicateur,
        territoire=dite.territoire,
        valeur_affichee=write_exacte(constat),
        jour_affiche=constat.date,
        statut_affiche=constat.statut.value,
        source_affichee=", ".join(sources)[:SOURCE_MAX],
        faits=sorted({get_entree(fait) for fait in constat.faits if is_declare(fait)}),
        motif=dite.motif,
        dit=dite.dit,
        source=dite.source,
        **({} if proposee is None else list_colonnes(proposee)),
    )


def list_colonnes(proposee: ReleveLu) -> dict[str, object]:
    """A value proposed, as a row keeps it."""
    noms = ("valeur", "numerateur", "denominateur", "jalon")
    colonnes = {nom: to_colonne(getattr(proposee, nom)) for nom in noms}
    return colonnes | {"jour": proposee.date}


def write_exacte(constat: Constat) -> str:
    """A value as it is, « 34/41 » ; empty when nothing is known. One that no form could say is rounded."""
    if constat.valeur is None:
        return ""
    exacte = str(constat.valeur)
    return exacte if len(exacte) <= FRACTION_MAX else str(constat.valeur.limit_denominator(10**6))
