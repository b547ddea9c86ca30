"""One declaration as its author finds it again: what it says, what became of it, the figures that it feeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from quartiers.core.droits import Sujet
from quartiers.core.enregistrement import Validation
from quartiers.core.genres import GENRES
from quartiers.core.motifs_de_renvoi import MOTIFS
from quartiers.storage.models import Enregistrement, Examen, Piece, Releve
from quartiers.usecases.annuler import ANNULEE, is_a_temps
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.garder_enregistrements import iterate_enregistrements
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lister_attentes import (
    ENREGISTREMENT,
    RELEVE,
    VISIBILITE,
    Cle,
    list_tenues,
)
from quartiers.usecases.releve_lu import ReleveLu

RENVOYEES_MAX = 20
CHIFFRES_MAX = 18
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
        return Sujet(self.genre, self.lu.territoires, self.organisme, visibilite=VISIBILITE)

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
        compte = self.etat in {"à valider", "validée"} and not self.lu.is_retrait
        return compte and not self.is_annulable(maintenant)


def parse_cle(texte: str) -> Cle | None:
    """« releve-12 »; None when it is no name of a row."""
    table, _, numero = texte.partition("-")
    rangee = parse_rangee(numero)
    if table not in {RELEVE, ENREGISTREMENT} or rangee is None:
        return None
    return Cle(table, rangee)


def parse_rangee(texte: str) -> int | None:
    """The number of a row; None when no row can have it."""
    if texte.isascii() and texte.isdecimal() and len(texte) <= CHIFFRES_MAX:
        return int(texte)
    return None


def find_declaration(texte: str, compte: int) -> Declaration:
    """A row that this account typed, or that was typed in its name. Raises DeclarationIntrouvable."""
    cle = parse_cle(texte)
    if cle is None:
        raise DeclarationIntrouvable(texte)
    modele = Releve if cle.table == RELEVE else Enregistrement
    rangee = modele.objects.filter(pk=cle.rangee).select_related("ecriture").first()
    if rangee is None or compte not in {rangee.ecriture.compte_id, rangee.ecriture.pour_id}:
        raise DeclarationIntrouvable(texte)
    lu = read_rangee(cle)
    ici = {cle.table: cle.rangee}
    return Declaration(
        cle=cle,
        lu=lu,
        saisi_le=rangee.ecriture.saisi_le,
        compte=rangee.ecriture.compte_id,
        organisme=rangee.ecriture.organisme,
        pieces=tuple(Piece.objects.filter(**ici).order_by("pk")),
        cellules=list_cellules(lu),
        examen=Examen.objects.filter(**ici, suivant__isnull=True).first(),
        is_corrigee=cle.rangee not in list_tenues(cle.table, [cle.rangee]),
    )


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
    return [find_declaration(str(cle), compte) for cle in cles]


def read_rangee(cle: Cle) -> ReleveLu | EnregistrementLu:
    """What a row says."""
    if cle.table == RELEVE:
        return next(lu for lu, _ in RELEVES.iterate(pk=cle.rangee))
    return next(lu for lu, _ in iterate_enregistrements(pk=cle.rangee))


def list_cellules(lu: ReleveLu | EnregistrementLu) -> tuple[Cellule, ...]:
    """The figures that it feeds."""
    if isinstance(lu, ReleveLu):
        return (lu.cellule,)
    return tuple(sorted(load_savoir().registres.cles.get((lu.genre, lu.objet), ())))
