"""Small counts of persons, hidden from whoever is neither of the organisme that said them nor of the State (ADR 0028).

One rule, that hides more than it must: a cell of which one count was ever small is hidden whole, at every date, and so
is every figure that it is a part of. Nothing shown then depends on a hidden count, save statuts, which stay.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from quartiers.core.cellule import Cellule, Cellules, Cle
from quartiers.core.constat import CibleResolue, Constat, ConstatRemonte, FaitRetenu
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.referentiel import Derivation, GenreIndicateur, Indicateur, Origine, Referentiel
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau
from quartiers.core.territoire import NATION, Niveau

UNITE = "unite_comptee"
CERCLE = frozenset(
    {
        *("prefet", "sous_prefet_ville", "delegue", "prefet_region", "task_force", "recteur"),
        *("procureur", "police", "gendarmerie", "service_etat"),
    }
)
"""The rôles of the State, from whom nothing is hidden; a rôle that is not here is outside."""
IsSien = Callable[[int], bool]
"""The reader's own organisme entered the row of that rank."""


@dataclass(frozen=True, slots=True)
class Personnes:
    """What a programme counts in persons: the threshold of each of its indicateurs, the words of what cohortes count.

    `parts`: those that are a share, whose value is no count.
    """

    seuils: Mapping[str, int]
    unites: frozenset[str]
    parts: frozenset[str]

    @property
    def seuil(self) -> int:
        """The greatest, for what is shown of a record beside a figure of something else."""
        return max(self.seuils.values(), default=0)


def find_personnes(referentiel: Referentiel) -> Personnes:
    """Those with a `seuil_secret`, then those that count the same persons without one: a total of the nation."""
    tous = tuple(referentiel.list_indicateurs())
    seuils = {i.code: i.seuil_secret for i in tous if i.seuil_secret is not None}
    unites = frozenset(mot for i in tous if i.code in seuils for mot in _list_unites(i.derivations))
    if seuils:
        freres = (i for i in tous if not unites.isdisjoint(_list_unites_sommees(i)))
        seuils = {i.code: max(seuils.values()) for i in freres} | seuils
    parts = frozenset(i.code for i in tous if i.code in seuils and is_part(i))
    return Personnes(seuils, unites, parts)


def _list_unites(derivations: Iterable[Derivation]) -> Iterator[str]:
    for derivation in derivations:
        if derivation.de == Cohorte.DE:
            yield from derivation.get_mots(UNITE)
        yield from _list_unites(derivation.produit)


def _list_unites_sommees(indicateur: Indicateur) -> Iterator[str]:
    return _list_unites(d for d in indicateur.derivations if d.compte == "somme")


@dataclass(frozen=True, slots=True)
class Garde:
    """What a reader outside the circle is shown of each figure. `has_complements`: False only to prove that it matters."""

    cellules: Cellules
    personnes: Personnes
    is_sien: IsSien
    has_complements: bool = True
    petites: dict[Cle, bool] = field(default_factory=dict, compare=False, repr=False)

    def is_secrete(self, indicateur: Indicateur, code: str) -> bool:
        """The cell of an indicateur in a territoire is hidden, be there a value on the day looked at or not."""
        if indicateur.code not in self.personnes.seuils:
            return False
        if indicateur.niveau is Niveau.NATION and self.has_complements:
            return self._has_petite()
        cle = (indicateur.code, code)
        if cle not in self.petites:
            cellule = self.cellules.get(*cle)
            self.petites[cle] = self._is_petite(cle, cellule)
        return self.petites[cle] and not self._is_sienne(self.cellules.get(*cle))

    def _has_petite(self) -> bool:
        """A total of the nation is made of what every quartier counts: one small count of these persons hides it."""
        cle = (NATION, NATION)
        if cle not in self.petites:
            self.petites[cle] = any(
                itertools.starmap(self._is_petite, self.cellules.par_cle.items())
            )
        return self.petites[cle]

    def _is_petite(self, cle: Cle, cellule: Cellule) -> bool:
        seuil = self.personnes.seuils.get(cle[0])
        if seuil is None:
            return False
        comptes = list_comptes(cellule)
        if cle[0] not in self.personnes.parts:
            comptes = itertools.chain(comptes, list_valeurs(cellule))
        elif any(releve.valeur is not None for releve, _ in cellule.releves):
            return True  # a share of which nobody said what it is a share of: it may be of a few
        return any(is_petit(compte, seuil) for compte in comptes)

    def _is_sienne(self, cellule: Cellule) -> bool:
        """All of it was entered by the reader's own organisme: it learns nothing from it."""
        rangs = [releve.entree for releve, _ in cellule.releves]
        rangs += [ligne.entree for ligne in list_lignes(cellule)]
        is_de_plan = any(cible.base is not None for cible in cellule.cibles)
        return bool(rangs) and not is_de_plan and all(map(self.is_sien, rangs))

    def hide(self, constat: Constat) -> Constat:
        """The figure of one territoire."""
        if self.is_secrete(constat.indicateur, constat.territoire):
            return hide_valeur(constat)
        faits, ecartes = (tuple(map(self.strip, f)) for f in (constat.faits, constat.ecartes))
        return replace(constat, faits=faits, ecartes=ecartes)

    def hide_remonte(self, remonte: ConstatRemonte) -> ConstatRemonte:
        """The figure of what holds others: hidden with any of its parts."""
        indicateur = remonte.indicateur
        cellules = {remonte.territoire, *(c.territoire for c in remonte.constats)}
        suite = replace(
            remonte,
            propre=None if remonte.propre is None else self.hide(remonte.propre),
            constats=tuple(map(self.hide, remonte.constats)),
            reste=None if remonte.reste is None else self.hide(remonte.reste),
        )
        seules = cellules if self.has_complements else {remonte.territoire}
        if not any(self.is_secrete(indicateur, code) for code in seules):
            return suite
        has_valeur = remonte.valeur is not None or remonte.au_plus is not None
        return replace(
            suite,
            valeur=None,
            valeur_fraiche=None,
            numerateur=None,
            denominateur=None,
            au_moins=None,
            au_plus=None,
            reste=None,
            drapeaux=suite.drapeaux | ({Drapeau.SECRET} if has_valeur else frozenset()),
        )

    def strip(self, fait: FaitRetenu) -> FaitRetenu:
        """A record of a few persons, shown beside a figure of something else: what it says is left out."""
        if not isinstance(fait, EnregistrementRetenu):
            return fait
        comptes = list_comptes_de(fait.enregistrement, self.personnes.unites)
        if not any(is_petit(compte, self.personnes.seuil) for compte in comptes):
            return fait
        preuve = replace(fait.preuve, details=())
        return replace(fait, enregistrement=replace(fait.enregistrement, preuve=preuve))


def is_petit(compte: Fraction | int | None, seuil: int) -> bool:
    """More than nobody, fewer than the threshold: a zero speaks of nobody, and its statut says it anyway."""
    return compte is not None and 0 < compte < seuil


def is_part(indicateur: Indicateur) -> bool:
    """A numerator over a denominator."""
    return indicateur.genre is GenreIndicateur.PART or indicateur.unite == "%"


def list_valeurs(cellule: Cellule) -> Iterator[Fraction | None]:
    """What is a count when the cell is one: its values, and what it started from."""
    yield from (releve.valeur for releve, _ in cellule.releves)
    yield from (cible.base for cible in cellule.cibles)


def list_comptes(cellule: Cellule) -> Iterator[Fraction | int | None]:
    """Every count of persons that was ever said of a cell, corrected since or not, and those that follow from two."""
    for releve, _ in cellule.releves:
        yield from (releve.numerateur, releve.denominateur)
        if releve.numerateur is not None and releve.denominateur is not None:
            yield releve.denominateur - releve.numerateur
    if cellule.registre is None:
        return
    yield from (apport.poids for apport in cellule.registre.apports)
    for ligne in list_lignes(cellule):
        yield from list_comptes_de(ligne)


def list_lignes(cellule: Cellule) -> set[Enregistrement]:
    """The records that ever said something of a cell."""
    if cellule.registre is None:
        return set()
    return {ligne for apport in cellule.registre.apports for ligne in apport.lignes}


def list_comptes_de(
    ligne: Enregistrement, unites: frozenset[str] | None = None
) -> Iterator[Fraction | int]:
    """The persons that a record counts, of those units alone when they are given."""
    contenu = ligne.contenu
    if isinstance(contenu, Cohorte) and (unites is None or contenu.unite_comptee in unites):
        yield contenu.n
        for dont in contenu.dont:
            yield from (dont.n, contenu.n - dont.n)


def hide_valeur(constat: Constat) -> Constat:
    """Its statut, its days, and nothing that a number can be worked out from."""
    has_valeur = constat.valeur is not None or constat.numerateur is not None
    return replace(
        constat,
        valeur=None,
        numerateur=None,
        denominateur=None,
        ratio=None,
        cible=None if constat.cible is None else hide_cible(constat.indicateur, constat.cible),
        faits=(),
        ecartes=(),
        objets=frozenset(),
        somme=None,
        drapeaux=constat.drapeaux | ({Drapeau.SECRET} if has_valeur else frozenset()),
    )


def hide_cible(indicateur: Indicateur, cible: CibleResolue) -> CibleResolue:
    """A target that the annex writes is known to all; that of a plan, with a statut, would frame the value."""
    ecrite = indicateur.cible
    is_publique = (
        ecrite is not None
        and ecrite.relative_a is None
        and cible.origine is Origine.ANNEXE
        and indicateur.genre is not GenreIndicateur.DOUBLEMENT
    )
    if is_publique:
        return replace(cible, base=None, base_date=None)
    return replace(cible, valeur=None, base=None, base_date=None, is_cachee=True)
