"""The queue of a validator: what waits, by declarant, oldest first, with what each line changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from quartiers.core.deux_personnes import RAISONS
from quartiers.core.genres import GENRES
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lister_attentes import Cle, File, LigneEnAttente, PieceDeLigne
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.relire_declaration import find_avant
from quartiers.web.presentation.declaration import (
    find_constat,
    name_territoires,
    write_changement,
    write_dit,
)


@dataclass(frozen=True, slots=True)
class LigneAJuger:
    """One line of the queue. `ancien`: what it corrects, empty when it is said for the first time; `avant`: the statut
    without it, when it is another one. `choix`, `motif`, `mot`: what was chosen already; `faute`: why it stops the lot.
    """

    cle: str
    age: Decompte
    titre: str
    ou: str
    ancien: str
    dit: str
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


SANS_CHOIX = ChoixEnvoyes({})


@dataclass(frozen=True, slots=True)
class Presentateur:
    """What is needed to show a line: the figures of today, who declares, what each line corrects, which files may be opened."""

    vue: Vue
    noms: Mapping[int, str]
    corrigees: Mapping[Cle, ReleveLu | EnregistrementLu]
    link_preuve: Callable[[str, str], str]
    can_open: Callable[[LigneEnAttente, PieceDeLigne], bool]
    fautes: Mapping[str, str]

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
        cle, lu = str(attente.cle), attente.lu
        constat = find_constat(self.vue, *lu.cellule) if isinstance(lu, ReleveLu) else None
        corrigee = self.corrigees.get(attente.cle)
        ancien, dite = "", write_dit(self.vue, lu)
        if corrigee is not None:
            ancien, dite = write_changement(self.vue, corrigee, lu)
        dit, motif, mot = choix.lignes.get(cle, ("", "", ""))
        return LigneAJuger(
            cle=cle,
            age=self._compute_age([attente]),
            titre=self._write_titre(attente),
            ou=name_territoires(self.vue, attente.territoires),
            ancien=ancien,
            dit=dite,
            pieces=tuple(self._show_piece(attente, piece) for piece in attente.pieces),
            avant=None if constat is None else find_avant(self.vue, constat, lu, corrigee),
            statut=None if constat is None else constat.statut,
            preuve=""
            if constat is None
            else self.link_preuve(constat.territoire, constat.indicateur.code),
            choix=dit,
            motif=motif,
            mot=mot,
            faute=self.fautes.get(cle, ""),
        )

    def _show_piece(self, attente: LigneEnAttente, piece: PieceDeLigne) -> PieceDeLigne:
        """Its word alone for who may not open it: the name of a file tells as much as the file."""
        if self.can_open(attente, piece):
            return piece
        return replace(piece, nom="", numero=None)

    def _show_autre(self, attente: LigneEnAttente, raison: str) -> LigneDAutrui:
        ou = name_territoires(self.vue, attente.territoires)
        return LigneDAutrui(
            f"{self._write_titre(attente)}, {ou}", raison, self._compute_age([attente])
        )

    def _write_titre(self, attente: LigneEnAttente) -> str:
        lu = attente.lu
        if isinstance(lu, EnregistrementLu):
            return GENRES[lu.genre].LIBELLE
        indicateur = self.vue.dossier.referentiel.get_indicateur(lu.indicateur)
        return lu.indicateur if indicateur is None else indicateur.libelle
