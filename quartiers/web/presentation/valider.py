"""The queue of a validator: what waits, by declarant, oldest first, with what each line changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat
from quartiers.core.deux_personnes import RAISONS
from quartiers.core.essai import evaluate_sans
from quartiers.core.genres import GENRES
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.genre_preuve import say_details
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.reports.typographie import format_date_courte
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lister_attentes import File, LigneEnAttente, PieceDeLigne
from quartiers.usecases.releve_lu import ReleveLu

DETAILS_MAX = 3


@dataclass(frozen=True, slots=True)
class LigneAJuger:
    """One line of the queue. `choix`, `motif`, `mot`: what was chosen already; `faute`: why it stops the lot."""

    cle: str
    age: Decompte
    titre: str
    detail: str
    pieces: tuple[PieceDeLigne, ...]
    avant: Statut | None
    statut: Statut | None
    preuve: str
    choix: str
    motif: str
    mot: str
    faute: str


@dataclass(frozen=True, slots=True)
class GroupeAJuger:
    """The lines of one declarant. `numero`: that of the account, as the form sends it back."""

    numero: str
    nom: str
    lignes: tuple[LigneAJuger, ...]
    plus_vieille: Decompte
    is_accepte: bool


@dataclass(frozen=True, slots=True)
class LigneDAutrui:
    """A line that another person must judge, and why."""

    titre: str
    raison: str
    age: Decompte


@dataclass(frozen=True, slots=True)
class PageValider:
    """All that the page shows; `suite`: lines that wait beyond this page."""

    groupes: tuple[GroupeAJuger, ...]
    autres: tuple[LigneDAutrui, ...]
    lignes: Decompte
    declarants: Decompte
    avec_preuve: Decompte
    plus_vieille: Decompte
    suite: Decompte
    reste: str


@dataclass(frozen=True, slots=True)
class ChoixEnvoyes:
    """What a form sent: by line, by declarant, for all the others. A line outweighs its declarant, he outweighs the page."""

    lignes: Mapping[str, tuple[str, str, str]]
    groupes: frozenset[str] = frozenset()
    reste: str = "plus_tard"
    fautes: Mapping[str, str] | None = None


SANS_CHOIX = ChoixEnvoyes({})


@dataclass(frozen=True, slots=True)
class Presentateur:
    """What is needed to show a line: the figures of today, the names of those who declare, which files may be opened."""

    vue: Vue
    noms: Mapping[int, str]
    link_preuve: Callable[[str, str], str]
    can_open: Callable[[LigneEnAttente, PieceDeLigne], bool]

    def build(self, file: File, choix: ChoixEnvoyes, par_page: int) -> PageValider:
        """The first lines of the queue, then those of others."""
        montrees = file.miennes[:par_page]
        declarants = sorted(
            {ligne.declarant for ligne in montrees},
            key=lambda qui: min(a.saisi_le for a in montrees if a.declarant == qui),
        )
        groupes = tuple(
            self._build_groupe(qui, [a for a in montrees if a.declarant == qui], choix)
            for qui in declarants
        )
        return PageValider(
            groupes=groupes,
            autres=tuple(self._show_autre(a, RAISONS[geste]) for a, geste in file.autres),
            lignes=count_tous(file.miennes),
            declarants=count_tous({a.declarant for a in file.miennes}),
            avec_preuve=Decompte(sum(bool(a.pieces) for a in file.miennes)),
            plus_vieille=self._compute_age(file.miennes),
            suite=Decompte(len(file.miennes) - len(montrees)),
            reste=choix.reste,
        )

    def _build_groupe(
        self, qui: int, attentes: Sequence[LigneEnAttente], choix: ChoixEnvoyes
    ) -> GroupeAJuger:
        return GroupeAJuger(
            numero=str(qui),
            nom=self._name_declarant(qui, attentes[0].organisme),
            lignes=tuple(self._show(a, choix) for a in attentes),
            plus_vieille=self._compute_age(attentes),
            is_accepte=str(qui) in choix.groupes,
        )

    def _name_declarant(self, qui: int, organisme: str) -> str:
        return ", ".join(filter(None, (organisme, self.noms.get(qui, ""))))

    def _compute_age(self, attentes: Iterable[LigneEnAttente]) -> Decompte:
        """Days since the oldest was entered."""
        ages = [(self.vue.connu_le - a.saisi_le.date()).days for a in attentes]
        return Decompte(max(0, *ages, 0))

    def _show(self, attente: LigneEnAttente, choix: ChoixEnvoyes) -> LigneAJuger:
        cle = str(attente.cle)
        avant, statut, preuve = self._find_effet(attente.lu)
        dit, motif, mot = choix.lignes.get(cle, ("", "", ""))
        return LigneAJuger(
            cle=cle,
            age=self._compute_age([attente]),
            titre=self._write_titre(attente),
            detail=f"{self._name_territoires(attente)}\u00a0: {self._write_dit(attente.lu)}",
            pieces=tuple(self._show_piece(attente, piece) for piece in attente.pieces),
            avant=avant,
            statut=statut,
            preuve=preuve,
            choix=dit,
            motif=motif,
            mot=mot,
            faute=(choix.fautes or {}).get(cle, ""),
        )

    def _show_piece(self, attente: LigneEnAttente, piece: PieceDeLigne) -> PieceDeLigne:
        """Its word alone for who may not open it: the name of a file tells as much as the file."""
        if self.can_open(attente, piece):
            return piece
        return replace(piece, nom="", numero=None)

    def _show_autre(self, attente: LigneEnAttente, raison: str) -> LigneDAutrui:
        titre = f"{self._write_titre(attente)}, {self._name_territoires(attente)}"
        return LigneDAutrui(titre, raison, self._compute_age([attente]))

    def _write_titre(self, attente: LigneEnAttente) -> str:
        lu = attente.lu
        if isinstance(lu, EnregistrementLu):
            return GENRES[lu.genre].LIBELLE
        indicateur = self.vue.dossier.referentiel.get_indicateur(lu.indicateur)
        return lu.indicateur if indicateur is None else indicateur.libelle

    def _name_territoires(self, attente: LigneEnAttente) -> str:
        connus = self.vue.territoires
        return ", ".join(connus[c].nom if c in connus else c for c in attente.territoires)

    def _write_dit(self, lu: ReleveLu | EnregistrementLu) -> str:
        if lu.is_retrait:
            return "ce qui était dit est retiré"
        if isinstance(lu, EnregistrementLu):
            details = (
                list(say_details(lu.contenu, self.vue.dossier.referentiel)) if lu.contenu else []
            )
            dits = [f"{nom.lower()} {texte}" for nom, texte in details[:DETAILS_MAX]]
            return ", ".join([*dits, f"au {format_date_courte(lu.le)}"])
        indicateur = self.vue.dossier.referentiel.get_indicateur(lu.indicateur)
        valeur = "" if indicateur is None else write_valeur(indicateur, lu.dite)
        return ", ".join(
            filter(None, (valeur, f"au {format_date_courte(lu.date)}", lu.commentaire))
        )

    def _find_effet(
        self, lu: ReleveLu | EnregistrementLu
    ) -> tuple[Statut | None, Statut | None, str]:
        """The statut without the line, with it, and its proof; of a value, which feeds one figure."""
        if not isinstance(lu, ReleveLu):
            return None, None, ""
        indicateur = self.vue.dossier.referentiel.get_indicateur(lu.indicateur)
        if indicateur is None or lu.territoire not in self.vue.territoires:
            return None, None, ""
        constat = get_constat(self.vue, indicateur, lu.territoire)
        if not isinstance(constat, Constat):
            return None, None, ""
        question = self.vue.build_contexte(indicateur, lu.territoire)
        avant = evaluate_sans(question, lu.source, lu.date).statut
        return avant, constat.statut, self.link_preuve(lu.territoire, lu.indicateur)
