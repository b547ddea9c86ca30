"""Where an account may write things of a kind in the name of one organisme: what a file that it sends is checked against.

A territoire out of it is one that nobody knows: the same words, and no hint drawn from its name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from quartiers.core.droits import PARTENAIRES, Droits, MandatConfie, Sujet, Verbe
from quartiers.core.genres.lieu import Lieu
from quartiers.core.table_des_droits import TABLE, FamilleDeGenres
from quartiers.core.territoire import NATION
from quartiers.storage.models import Desserte, Mandat
from quartiers.usecases.acces import can_write
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_dossier import MEMOIRE, load_cadre
from quartiers.usecases.chercher_lieux import list_cles
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.interroger import split
from quartiers.usecases.recouvrants import Recouvrants
from quartiers.usecases.releve_lu import RelevesConnus

IMPORTABLES = (FamilleDeGenres.PLAN, FamilleDeGenres.FICHE, FamilleDeGenres.REUNION)
"""The families of what a file may bring in."""


def has_import(mandats: Iterable[MandatConfie]) -> bool:
    """Some mandat of one's own lets one write what files bring in, be it for one's own organisme only."""
    siens = (TABLE[m.role].lettres for m in mandats if m.delegue_par is None and m.territoire)
    return any("E" in lettres.get(f, "").upper() for lettres in siens for f in IMPORTABLES)


@dataclass(slots=True)
class Ressort:
    """`droits`: those that mandats of this organisme give; `genre`: the kind, as rights know it."""

    droits: Droits
    genre: str
    organisme: str
    _codes: frozenset[str] | None = None
    _dits: dict[tuple[tuple[str, ...], str], bool] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """Who says what the account declares: its organisme, else its function."""
        if self.organisme or not self.droits.mandats:
            return self.organisme
        return str(Mandat.Role(self.droits.mandats[0].role).label)

    def can_write(self, codes: Iterable[str], organisme: str | None = None) -> bool:
        """One mandat gives all these territoires. `organisme`: that which recorded the thing, its own for a new one."""
        cle = (tuple(codes), self.organisme if organisme is None else organisme)
        if cle not in self._dits:
            mandats = self.droits.mandats
            self._dits[cle] = any(can_write(self.droits, m, self.genre, *cle) for m in mandats)
        return self._dits[cle]

    def list_codes(self) -> frozenset[str]:
        """Every territoire where it may write, on those of today (ADR 0012), worked out once."""
        if self._codes is None:
            actuels = MEMOIRE.get_actuels()
            pile = [m.territoire for m in self.droits.mandats if m.territoire in actuels]
            if NATION in pile:
                pile = list(actuels)
            vus: set[str] = set()
            while pile:
                code = pile.pop()
                if code not in vus:
                    vus.add(code)
                    pile += actuels.list_enfants(code)
            self._codes = frozenset(code for code in vus if self.can_write((code,)))
        return self._codes

    def list_lisibles(self, genre: str, noms: Collection[str]) -> frozenset[str]:
        """Those of some things that it may read: what it may not is not known."""
        dites: dict[str, set[tuple[str, str]]] = {}
        for lot in split(sorted(noms)):
            rangees = Desserte.objects.filter(
                enregistrement__genre=genre, enregistrement__objet__in=lot
            )
            colonnes = (
                "enregistrement__objet",
                "territoire",
                "enregistrement__ecriture__organisme",
            )
            for objet, code, organisme in rangees.order_by().values_list(*colonnes):
                dites.setdefault(objet, set()).add((code, organisme))
        return frozenset(
            objet
            for objet, places in dites.items()
            if any(self._can_read(genre, *place) for place in places)
        )

    def _can_read(self, genre: str, code: str, organisme: str) -> bool:
        sujet = Sujet(genre, (code,), organisme, visibilite=PARTENAIRES)
        return self.droits.can(Verbe.LIRE, sujet)

    def build_contexte(
        self, envoi: Envoi, releves: RelevesConnus, lieux: Collection[str] = ()
    ) -> Contexte:
        """What a line is checked against. `lieux`: the places that the file names, official ones being known to all."""
        codes = load_cadre().codes
        return Contexte(
            referentiel=load_referentiel(),
            territoires=codes.keep(self.list_codes()),
            connu_le=envoi.connu_le,
            lieux=list_cles() | self.list_lisibles(Lieu.GENRE, lieux) if lieux else (),
            releves=releves,
            list_recouvrants=Recouvrants().list_codes,
            list_objets=self.list_lisibles,
        )
