"""One declaration as its author finds it again: what it says, what became of it, the figures that it feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType

from django.db.models import Q

from quartiers.core import fait
from quartiers.core.constat import Constat
from quartiers.core.droits import PARTENAIRES, Sujet
from quartiers.core.enregistrement import Validation
from quartiers.core.essai import evaluate_sans
from quartiers.core.genres import GENRES
from quartiers.core.motifs_de_renvoi import MOTIFS
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.storage.models import Enregistrement, Examen, Piece, Releve
from quartiers.usecases.annuler import ANNULEE, is_a_temps
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.interroger import parse_rangee
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lister_attentes import (
    ENREGISTREMENT,
    RELEVE,
    Cle,
    list_tenues,
    read_lus,
)
from quartiers.usecases.prouver import build_releve
from quartiers.usecases.releve_lu import ReleveLu

RENVOYEES_MAX = 20
MODELES: Mapping[str, type[Releve | Enregistrement]] = MappingProxyType(
    {RELEVE: Releve, ENREGISTREMENT: Enregistrement}
)
"""Where the rows of each table are."""
Cellule = tuple[str, str]
"""(indicateur, territoire)."""


class DeclarationIntrouvable(LookupError):  # noqa: N818 -- named in French like every noun of the product
    """Missing, or somebody else's: the two cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A row of an account. `examen`: what was decided of it; `is_corrigee`: another row says it since."""

    cle: Cle
    lu: ReleveLu | EnregistrementLu
    saisi_le: datetime
    compte: int | None
    organisme: str
    pieces: tuple[Piece, ...]
    cellules: tuple[Cellule, ...]
    examen: Examen | None
    is_corrigee: bool

    @property
    def genre(self) -> str:
        """Its kind, as rights know it."""
        return RELEVE if isinstance(self.lu, ReleveLu) else self.lu.genre

    def build_sujet(self) -> Sujet:
        """What rights are asked about."""
        return Sujet(self.genre, self.lu.territoires, self.organisme, visibilite=PARTENAIRES)

    @property
    def libelle(self) -> str:
        """What kind of thing it is."""
        return "Valeur" if isinstance(self.lu, ReleveLu) else GENRES[self.lu.genre].LIBELLE

    @property
    def etat(self) -> str:
        """Where it stands, in a word."""
        if self.examen is not None and self.examen.motif == ANNULEE:
            return "annulée"
        if self.is_corrigee:
            return "corrigée depuis"
        if self.examen is None or self.examen.resultat == Validation.SOUMIS:
            return "à valider"
        return "validée" if self.examen.resultat == Validation.VALIDE else "renvoyée"

    @property
    def is_tenue(self) -> bool:
        """It counts, judged or not."""
        return self.etat in {"à valider", "validée"}

    @property
    def motif(self) -> str:
        """Why it was sent back, and the words beside."""
        if self.examen is None or self.examen.motif not in MOTIFS:
            return ""
        return "\u00a0: ".join(filter(None, (MOTIFS[self.examen.motif], self.examen.mot)))

    def is_annulable(self, maintenant: datetime) -> bool:
        """Its author may still take it back."""
        return self.etat == "à valider" and is_a_temps(self.saisi_le, maintenant)

    def is_retirable(self, maintenant: datetime) -> bool:
        """It counts, and it is too late to take it back without a word."""
        return self.is_tenue and not self.lu.is_retrait and not self.is_annulable(maintenant)


def parse_cle(texte: str) -> Cle | None:
    """« releve-12 »; None when it is no name of a row."""
    table, _, numero = texte.partition("-")
    rangee = parse_rangee(numero)
    if table not in {RELEVE, ENREGISTREMENT} or rangee is None:
        return None
    return Cle(table, rangee)


def find_declaration(texte: str, compte: int) -> Declaration:
    """A row that this account typed, or that was typed in its name. Raises DeclarationIntrouvable."""
    cle = parse_cle(texte)
    trouvees = {} if cle is None else read_declarations([cle], compte)
    if cle not in trouvees:
        raise DeclarationIntrouvable(texte)
    return trouvees[cle]


def read_declarations(cles: Collection[Cle], compte: int) -> dict[Cle, Declaration]:
    """Those of some rows that are of an account, in as many questions whatever their number."""
    lues: dict[Cle, Declaration] = {}
    for table, modele in MODELES.items():
        voulues = modele.objects.filter(pk__in=[cle.rangee for cle in cles if cle.table == table])
        siennes = Q(ecriture__compte=compte) | Q(ecriture__pour=compte)
        rangees = {r.pk: r for r in voulues.filter(siennes).select_related("ecriture")}
        if rangees:
            lues |= _read_declarations(table, rangees)
    return lues


def _read_declarations(
    table: str, rangees: Mapping[int, Releve | Enregistrement]
) -> dict[Cle, Declaration]:
    ici, numero = {f"{table}__in": list(rangees)}, attrgetter(f"{table}_id")
    lus, tenues = read_lus(table, list(rangees)), list_tenues(table, rangees)
    cellules = load_savoir().registres.cles if table == ENREGISTREMENT else {}
    examens = {numero(e): e for e in Examen.objects.filter(**ici, suivant__isnull=True)}
    pieces: dict[int, list[Piece]] = defaultdict(list)
    for piece in Piece.objects.filter(**ici).order_by("pk"):
        pieces[numero(piece)].append(piece)
    return {
        Cle(table, pk): Declaration(
            cle=Cle(table, pk),
            lu=lus[pk],
            saisi_le=rangee.ecriture.saisi_le,
            compte=rangee.ecriture.compte_id,
            organisme=rangee.ecriture.organisme,
            pieces=tuple(pieces[pk]),
            cellules=list_cellules(lus[pk], cellules),
            examen=examens.get(pk),
            is_corrigee=pk not in tenues,
        )
        for pk, rangee in rangees.items()
    }


def find_ajoutee(table: str, ecriture: int) -> Cle | None:
    """The row that a write of one line added, by its number; None when it only added a proof."""
    rangees = MODELES[table].objects.filter(ecriture__numero=ecriture).order_by("pk")
    rangee = rangees.values_list("pk", flat=True).first()
    return None if rangee is None else Cle(table, rangee)


def list_renvoyees(compte: int) -> list[Declaration]:
    """The declarations of an account that were sent back and not said again since, the last first."""
    renvois = Examen.objects.filter(
        Q(releve__ecriture__compte=compte)
        | Q(releve__ecriture__pour=compte)
        | Q(enregistrement__ecriture__compte=compte)
        | Q(enregistrement__ecriture__pour=compte),
        resultat=Validation.REJETE,
        motif__in=MOTIFS,
        suivant__isnull=True,
        releve__suivant__isnull=True,
        enregistrement__suivant__isnull=True,
    )
    rangees = renvois.order_by("-pk").values_list("releve", "enregistrement")[:RENVOYEES_MAX]
    cles = [Cle(RELEVE, r) if r is not None else Cle(ENREGISTREMENT, e) for r, e in rangees]
    declarations = read_declarations(cles, compte)
    return [declarations[cle] for cle in cles if cle in declarations]


def list_cellules(
    lu: ReleveLu | EnregistrementLu, cellules: Mapping[tuple[str, str], Collection[Cellule]]
) -> tuple[Cellule, ...]:
    """The figures that it feeds. `cellules`: those of each thing."""
    if isinstance(lu, ReleveLu):
        return (lu.cellule,)
    return tuple(sorted(cellules.get((lu.genre, lu.objet), ())))


def find_avant(
    vue: Vue,
    constat: Constat,
    lu: ReleveLu | EnregistrementLu,
    corrigee: ReleveLu | EnregistrementLu | None,
) -> Statut | None:
    """The statut without a value, what it corrects being said again; None of a record, or when it would be the same."""
    if not isinstance(lu, ReleveLu):
        return None
    question = vue.build_contexte(constat.indicateur, constat.territoire)
    rendue = _build_fait(vue, corrigee) if isinstance(corrigee, ReleveLu) else None
    statut = evaluate_sans(question, _build_fait(vue, lu), rendue).statut
    return None if statut is constat.statut else statut


def _build_fait(vue: Vue, lu: ReleveLu) -> fait.Releve:
    """As an account says it, and nobody has judged it."""
    provenance = Provenance(connu_le=vue.connu_le, ordre=0, fichier="", compte=0)
    return build_releve(lu, provenance, vue.dossier.referentiel)
