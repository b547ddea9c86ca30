"""A contest answered: the value stays, the one proposed is retained, another one is said, or a document is asked for.

All in one write: the answer, the value it writes if any, and its decision. Whoever contested, or had a hand in the value
that is contested, decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import ClassVar

from quartiers.core.constat import Constat
from quartiers.core.contestation import DECISIONS, SuiteDeContestation
from quartiers.core.deux_personnes import SANS_LIEN, Liees, find_empechement
from quartiers.core.dire import say_nombre
from quartiers.core.droits import Droits
from quartiers.core.enregistrement import Validation
from quartiers.core.essai import evaluate_retenue
from quartiers.core.fait import Rang
from quartiers.core.referentiel import GenreIndicateur, Indicateur
from quartiers.core.vue import Vue
from quartiers.storage.models import (
    Acte,
    Contestation,
    Ecriture,
    EtapeDeContestation,
    Examen,
    Releve,
)
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.completer_refus import complete_refus
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.contester import (
    find_affiche,
    open_vue_du_jour,
    read_valeur_dite,
    write_exacte,
)
from quartiers.usecases.declarer import Pieces, find_rangee
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_pieces import copy_pieces, keep_pieces
from quartiers.usecases.imports import releves
from quartiers.usecases.lire_contestations import GENRE
from quartiers.usecases.lister_contestations import (
    ContestationOuverte,
    can_trancher,
    find_contestation,
    find_mandat_d_auteur,
)
from quartiers.usecases.preparer import Preparation, Recu, write_preparation
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.tenir_journal import write_acte

GESTE = "trancher"
"""How the journal of acts tells it."""


class ContestationIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Missing, or not for this account to answer: the two cannot be told apart."""


class ContestationBougee(Exception):  # noqa: N818 -- same reason
    """It was answered, or the figure moved, since the page was shown."""

    def __init__(self) -> None:
        super().__init__("cette contestation ou ce chiffre a bougé entre-temps")


@dataclass(frozen=True, slots=True)
class ReponseDite:
    """What somebody answers. `textes`: the other value, by column of releves.csv; `vu`: what the page showed
    (`write_vu`); `source`: in whose name.
    """

    numero: int
    suite: SuiteDeContestation
    texte: str
    source: str
    vu: str
    textes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReponseLue:
    """The same, checked beside what is known. `lus`: the value that it writes, None when it writes none."""

    dite: ReponseDite
    lue: ContestationOuverte
    avant: Constat | None = None
    apres: Constat | None = None
    lus: releves.RelevesCompares | None = None

    @property
    def releve(self) -> ReleveLu | None:
        """The value that is written."""
        return None if self.lus is None else self.lus.lot.lus[0]


def write_vu(lue: ContestationOuverte, constat: Constat | None) -> str:
    """What a page shows of a contest: its last step, the value and its day. A form sends it back."""
    derniere = "" if lue.derniere is None else str(lue.derniere.pk)
    dite = "" if constat is None else f"{write_exacte(constat)}|{constat.date or ''}"
    return f"{derniere}|{dite}"


def can_write_releve(indicateur: Indicateur) -> bool:
    """The value of the figure itself is declared; otherwise it is worked out from records, and corrected there."""
    return bool(indicateur.saisissants)


def find_a_trancher(
    droits: Droits, numero: int, jour: date, liees: Liees = SANS_LIEN
) -> tuple[ContestationOuverte, bool]:
    """One that the account may decide by its rights, and whether something forbids it to that person.

    Raises ContestationIntrouvable.
    """
    lue = find_contestation(droits, numero, open_vue_du_jour(jour))
    if lue is None or not can_trancher(droits, lue.rangee):
        raise ContestationIntrouvable(str(numero))
    compte = droits.compte or 0
    personne = list_personnes([compte])[compte]
    return lue, find_empechement(personne, lue.mains, liees) is not None


@complete_refus()
def answer(*, envoi: Envoi, dite: ReponseDite, droits: Droits, liees: Liees = SANS_LIEN) -> Recu:
    """Record an answer, and what it makes true. Raises ContestationIntrouvable, ContestationBougee, DonneesRefusees."""
    envoi = replace(envoi, genre=GENRE, canal=Ecriture.Canal.FORMULAIRE, fichier="")
    auteur = find_auteur(dite)
    if auteur is not None:  # both accounts stay, under the organisme that says the value
        envoi = replace(envoi, pour=auteur.compte_id, organisme=auteur.organisme)
    preparation = Preparation(
        PorteDeReponses(), envoi, partial(read_reponse, dite, envoi, droits, liees)
    )
    preparation.read_dehors()
    return write_preparation(preparation)


def find_auteur(dite: ReponseDite) -> Ecriture | None:
    """The write of the contest, when its value is retained and written; nothing comes of it before rights are asked."""
    if dite.suite is not SuiteDeContestation.RETENUE:
        return None
    rangee = Contestation.objects.filter(pk=dite.numero).select_related("ecriture").first()
    if rangee is None:
        return None
    indicateur = load_savoir().dossier.referentiel.get_indicateur(rangee.indicateur)
    is_ecrite = indicateur is not None and can_write_releve(indicateur)
    ecriture: Ecriture = rangee.ecriture
    return ecriture if is_ecrite else None


def read_reponse(dite: ReponseDite, envoi: Envoi, droits: Droits, liees: Liees) -> ReponseLue:
    """Rights, two persons and what was shown, asked again on the base as it is."""
    lue, is_empeche = find_a_trancher(droits, dite.numero, envoi.connu_le, liees)
    if is_empeche:
        raise ContestationIntrouvable(str(dite.numero))
    vue = open_vue_du_jour(envoi.connu_le)
    rangee = lue.rangee
    constat = find_affiche(vue, rangee.indicateur, rangee.territoire)
    if lue.contestation.tranchee_le is not None:
        raise ContestationBougee
    if constat is None or dite.vu != write_vu(lue, constat):
        raise ContestationBougee
    if lue.contestation.is_suspendue and dite.suite not in DECISIONS:
        raise ContestationBougee
    if dite.suite not in DECISIONS:
        return ReponseLue(dite, lue)
    if dite.suite is SuiteDeContestation.GARDEE or not can_write_releve(constat.indicateur):
        return ReponseLue(dite, lue, constat, constat)
    textes = dite.textes
    if dite.suite is SuiteDeContestation.RETENUE:
        if lue.proposee is None:
            raise ContestationBougee
        textes = build_textes_retenus(lue, constat.indicateur)
    lus = read_valeur_dite(textes, envoi)
    apres = try_valeur(vue, constat, lus.lot.lus[0], get_rang(dite.suite))
    return ReponseLue(dite, lue, constat, apres, lus)


def get_rang(suite: SuiteDeContestation) -> Rang:
    """A value that another person proposed is judged; one that the judge says himself waits for somebody else."""
    return Rang.VALIDE if suite is SuiteDeContestation.RETENUE else Rang.NON_VALIDE


def try_valeur(vue: Vue, constat: Constat, lu: ReleveLu, rang: Rang) -> Constat:
    """What the figure becomes."""
    if lu.dite is None:
        return constat
    contexte = vue.build_contexte(constat.indicateur, constat.territoire)
    return evaluate_retenue(contexte, lu.dite, lu.date, lu.source, rang)


def build_textes_retenus(lue: ContestationOuverte, indicateur: Indicateur) -> dict[str, str]:
    """The value that was proposed, as a file would say it, in the name of who proposed it."""
    r = lue.rangee
    textes = {
        "indicateur": r.indicateur,
        "territoire": r.territoire,
        "source": r.source,
        "date": "" if r.jour is None else r.jour.isoformat(),
        "commentaire": f"contestation {r.pk}",
    }
    pourcent = " %" if indicateur.genre is GenreIndicateur.PART else ""
    dites = {
        "valeur": "" if r.valeur is None else f"{r.valeur.normalize():f}{pourcent}",
        "numerateur": "" if r.numerateur is None else f"{r.numerateur.normalize():f}",
        "denominateur": "" if r.denominateur is None else f"{r.denominateur.normalize():f}",
        "jalon": "" if r.jalon is None else say_nombre(lue.proposee),
    }
    return textes | {nom: dit for nom, dit in dites.items() if dit}


@dataclass(frozen=True, slots=True)
class PorteDeReponses:
    """How an answer is written, by the path of every write: with the value, its decision, and a line of the journal."""

    GENRE: ClassVar[str] = GENRE

    def write(self, lue: ReponseLue, ecriture: EcritureOuverte) -> Bilan:
        """All or nothing."""
        releve = None
        if lue.lus is not None:
            releves.write(lue.lus, ecriture)
            rangee = find_rangee(lue.lus, ecriture)
            assert isinstance(rangee, Releve)  # noqa: S101 -- what that door writes
            releve = rangee
            if lue.dite.suite is SuiteDeContestation.RETENUE:
                accept(ecriture, rangee)
                copy_pieces(ecriture, lue.lue.rangee, rangee)
        ecriture.add(EtapeDeContestation, [build_etape(lue, releve)])
        if lue.dite.suite in DECISIONS:
            write_acte(
                Acte.Verbe.VALIDATION,
                le=ecriture.envoi.saisi_le,
                compte=ecriture.envoi.compte,
                objet=GESTE,
                detail={"contestation": lue.dite.numero, "suite": lue.dite.suite.value},
            )
        return Bilan(nouvelles=1)

    def has_change(self, lue: ReponseLue, depuis: int) -> bool:
        """It was answered meanwhile, or the figure moved."""
        rangee = lue.lue.rangee
        apres = {"ecriture__numero__gt": depuis}
        if EtapeDeContestation.objects.filter(contestation=rangee, **apres).exists():
            return True
        ici = {"indicateur": rangee.indicateur, "territoire": rangee.territoire}
        if Releve.objects.filter(**ici, **apres).exists():
            return True
        return lue.lus is not None and releves.has_change(lue.lus, depuis)


def accept(ecriture: EcritureOuverte, releve: Releve) -> None:
    """The value is judged in the write that retains it, unless it already was."""
    dernier = Examen.objects.filter(releve=releve, suivant__isnull=True).first()
    if dernier is not None and dernier.resultat == Validation.VALIDE:
        return
    ecriture.add(
        Examen,
        [Examen(ligne=1, releve=releve, precedent=dernier, resultat=Validation.VALIDE.value)],
    )


def build_etape(lue: ReponseLue, releve: Releve | None) -> EtapeDeContestation:
    """What is kept of an answer."""
    avant, apres, derniere = lue.avant, lue.apres, lue.lue.derniere
    return EtapeDeContestation(
        ligne=1,
        contestation=lue.lue.rangee,
        precedent=derniere,
        suite=lue.dite.suite.value,
        texte=lue.dite.texte,
        source=lue.dite.source,
        releve=releve,
        valeur_avant="" if avant is None else write_exacte(avant),
        statut_avant="" if avant is None else avant.statut.value,
        valeur_apres="" if apres is None else write_exacte(apres),
        statut_apres="" if apres is None else apres.statut.value,
    )


@dataclass(frozen=True, slots=True)
class PorteDeComplements:
    """How who contested answers a question: his words, then what he joins."""

    pieces: Pieces
    GENRE: ClassVar[str] = GENRE

    def write(self, lue: ReponseLue, ecriture: EcritureOuverte) -> Bilan:
        """The clock runs again."""
        ecriture.add(EtapeDeContestation, [build_etape(lue, None)])
        if self.pieces:
            keep_pieces(ecriture, lue.lue.rangee, self.pieces)
        return Bilan(nouvelles=1)

    def has_change(self, lue: ReponseLue, depuis: int) -> bool:
        """Somebody of the same organisme answered meanwhile."""
        suivies = EtapeDeContestation.objects.filter(contestation=lue.lue.rangee)
        return bool(suivies.filter(ecriture__numero__gt=depuis).exists())


def complete(*, envoi: Envoi, dite: ReponseDite, droits: Droits, pieces: Pieces = ()) -> Recu:
    """Answer the question that stops the clock. Raises ContestationIntrouvable, ContestationBougee, PieceRefusee."""
    envoi = replace(envoi, genre=GENRE, canal=Ecriture.Canal.FORMULAIRE, fichier="")

    def read() -> ReponseLue:
        lue = find_contestation(droits, dite.numero)
        vue = open_vue_du_jour(envoi.connu_le)
        if lue is None or find_mandat_d_auteur(droits, lue.rangee, vue) is None:
            raise ContestationIntrouvable(str(dite.numero))
        if not lue.contestation.is_suspendue:
            raise ContestationBougee
        return ReponseLue(dite, lue)

    preparation = Preparation(PorteDeComplements(pieces), envoi, read)
    preparation.read_dehors()
    return write_preparation(preparation)
