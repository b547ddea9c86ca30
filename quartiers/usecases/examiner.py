"""A lot of choices on declarations, each judged as if it were alone: accept, send back, or take back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from quartiers.core.deux_personnes import SANS_LIEN, Liees, find_empechement
from quartiers.core.droits import Droits, Verbe
from quartiers.core.enregistrement import Validation
from quartiers.core.motifs_de_renvoi import AUTRE, MOT_MAX, MOTIFS
from quartiers.storage.models import Acte, Ecriture, Enregistrement, Examen, Releve
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.lire_examens import GENRE
from quartiers.usecases.lister_attentes import (
    ENREGISTREMENT,
    RELEVE,
    Cle,
    find_attentes,
)
from quartiers.usecases.preparer import Preparation, Recu, write_preparation
from quartiers.usecases.tenir_journal import write_acte

PAR_LOT = 50
"""Lines of a page, and of one lot."""


@dataclass(frozen=True, slots=True)
class ChoixDeLigne:
    """What is decided of a row. `motif` and `mot`: only of a row sent back."""

    cle: Cle
    resultat: Validation
    motif: str = ""
    mot: str = ""

    def find_faute(self) -> str:
        """What lacks, in words; nothing when it can be recorded."""
        if self.resultat is not Validation.REJETE:
            return ""
        if self.motif not in MOTIFS:
            return "choisissez un motif"
        if self.motif == AUTRE and not self.mot.strip():
            return "écrivez le motif"
        if len(self.mot) > MOT_MAX:
            return f"un mot de {MOT_MAX} caractères au plus"
        if not self.mot.isprintable():
            return "le mot porte un signe qui ne s’écrit pas"
        return ""


class RenvoiSansMotif(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """Some lines are sent back without a word of why: nothing at all is decided."""

    def __init__(self, fautes: Mapping[Cle, str]) -> None:
        super().__init__("renvoi sans motif")
        self.fautes = fautes


class LigneInconnue(LookupError):  # noqa: N818 -- same reason
    """A line is not among those that the account may judge: missing or denied, the two cannot be told apart."""


@dataclass(frozen=True, slots=True)
class LotExamine:
    """What became of a lot. `bougees`: lines left as they are, corrected or judged since they were read, or
    in which the account has had a hand meanwhile.
    """

    recu: Recu
    jugees: tuple[ChoixDeLigne, ...]
    bougees: tuple[Cle, ...]


@dataclass(slots=True)
class LotLu:
    """The choices that can be kept on the base as it is. `precedents`: the last decision on each row, if any."""

    choix: list[ChoixDeLigne] = field(default_factory=list)
    precedents: dict[Cle, int | None] = field(default_factory=dict)
    bougees: list[Cle] = field(default_factory=list)


def examine(
    *,
    envoi: Envoi,
    choix: Sequence[ChoixDeLigne],
    droits: Droits,
    liees: Liees = SANS_LIEN,
) -> LotExamine:
    """Record choices in one write. `liees`: whom delegations link to who decides.

    Raises RenvoiSansMotif when a line is sent back without a motive, LigneInconnue when one is not for this account;
    then nothing is decided.
    """
    fautes = {c.cle: faute for c in choix if (faute := c.find_faute())}
    if fautes:
        raise RenvoiSansMotif(fautes)
    envoi = replace(envoi, genre=GENRE, canal=Ecriture.Canal.FORMULAIRE, fichier="")
    porte = PorteDExamens()
    preparation = Preparation(porte, envoi, lambda: read_lot(choix, envoi, droits, liees))
    preparation.read_dehors()
    recu = write_preparation(preparation)
    lu: LotLu = preparation.lu
    return LotExamine(recu, tuple(lu.choix), tuple(lu.bougees))


def read_lot(choix: Sequence[ChoixDeLigne], envoi: Envoi, droits: Droits, liees: Liees) -> LotLu:
    """Each line beside what the base knows of it, its right asked again. Raises LigneInconnue."""
    attentes = find_attentes([c.cle for c in choix], list_personnes)
    lot = LotLu(precedents={cle: attente.examen for cle, attente in attentes.items()})
    compte = envoi.compte or 0
    personne = list_personnes([compte])[compte]
    absentes = [c.cle for c in choix if c.cle not in attentes]
    connues = find_connues(absentes)
    for voulu in choix:
        attente = attentes.get(voulu.cle)
        if attente is None:
            if voulu.cle not in connues:
                raise LigneInconnue(str(voulu.cle))
            lot.bougees.append(voulu.cle)
            continue
        if not droits.can(Verbe.VALIDER, attente.build_sujet()):
            raise LigneInconnue(str(voulu.cle))
        if find_empechement(personne, attente.mains, liees) is not None:
            lot.bougees.append(voulu.cle)
            continue
        lot.choix.append(voulu)
    return lot


def find_connues(cles: Collection[Cle]) -> set[Cle]:
    """Those of some rows that are rows at all: they were corrected or judged since they were read."""
    connues: set[Cle] = set()
    for table, modele in ((RELEVE, Releve), (ENREGISTREMENT, Enregistrement)):
        rangees = modele.objects.filter(pk__in=[cle.rangee for cle in cles if cle.table == table])
        connues |= {Cle(table, pk) for pk in rangees.values_list("pk", flat=True)}
    return connues


def count_resultats(choix: Sequence[ChoixDeLigne]) -> dict[str, int]:
    """How many rows of each decision: what the journal of acts keeps of a lot."""
    comptes = Counter(voulu.resultat.value for voulu in choix)
    return dict(sorted(comptes.items()))


@dataclass(frozen=True, slots=True)
class PorteDExamens:
    """How choices are written, by the path of every write (`usecases/preparer.py`).

    `objet`: the gesture that the journal of acts keeps; empty for an author who takes back what he said, which the
    write alone tells: nobody judged.
    """

    GENRE: ClassVar[str] = GENRE
    objet: str = "examiner"

    def write(self, lot: LotLu, ecriture: EcritureOuverte) -> Bilan:
        """One row a choice, after the decision that it follows on the same row."""
        ecriture.add(
            Examen,
            [
                Examen(
                    ligne=rang,
                    **{f"{voulu.cle.table}_id": voulu.cle.rangee},
                    precedent_id=lot.precedents[voulu.cle],
                    resultat=voulu.resultat.value,
                    motif=voulu.motif,
                    mot=voulu.mot.strip(),
                )
                for rang, voulu in enumerate(lot.choix, start=1)
            ],
        )
        if self.objet and lot.choix:
            write_acte(
                Acte.Verbe.VALIDATION,
                le=ecriture.envoi.saisi_le,
                compte=ecriture.envoi.compte,
                objet=self.objet,
                detail=count_resultats(lot.choix),
            )
        return Bilan(nouvelles=len(lot.choix))

    def has_change(self, lot: LotLu, depuis: int) -> bool:
        """A line was corrected or judged by a later write than those that were read."""
        autres = {"ecriture__numero__gt": depuis}
        for table, modele in ((RELEVE, Releve), (ENREGISTREMENT, Enregistrement)):
            rangees = [c.cle.rangee for c in lot.choix if c.cle.table == table]
            if modele.objects.filter(precedent_id__in=rangees, **autres).exists():
                return True
            if Examen.objects.filter(**{f"{table}__in": rangees}, **autres).exists():
                return True
        return False
