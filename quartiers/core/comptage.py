"""Constats that another figure counts: what the other constats of a territoire say, once they are made (L-101 to L-104)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from quartiers.core.constat import Constat, ConstatCompte
from quartiers.core.derivation.filtres_connus import CONSTAT
from quartiers.core.derivation.reponse import DENOMINATEUR, NUMERATEUR
from quartiers.core.fait import Rang
from quartiers.core.referentiel import Derivation, Indicateur, Referentiel
from quartiers.core.statut import INCONNUS, Statut
from quartiers.core.temps import get_periode

Look = Callable[[Indicateur], Constat | None]
"""The constat of an indicateur as the territoire shows it; None when it does not."""
Places = tuple[tuple[Indicateur, ...], ...]
"""For each derivation, the indicateurs among which it counts."""


@dataclass(frozen=True, slots=True)
class ConstatCandidat:
    """An indicateur that may be counted, and where it stands in the programme; no mode outside an action."""

    indicateur: Indicateur
    engagement: str
    mode: str = ""


@dataclass(frozen=True, slots=True)
class ConstatVu:
    """A constat on the day looked at, and on the eve of the période."""

    constat: Constat
    avant: Constat | None = None

    @property
    def is_renseigne(self) -> bool:
        """Known and fresh."""
        return self.constat.statut not in INCONNUS

    @property
    def is_positif(self) -> bool:
        """Known, fresh, and more than nothing."""
        return self.is_renseigne and _has_valeur_positive(self.constat)

    @property
    def is_devenu_positif(self) -> bool:
        """Positive, which it was not on the eve of the période, fresh or not."""
        return self.is_positif and (self.avant is None or not _has_valeur_positive(self.avant))


def _has_valeur_positive(constat: Constat) -> bool:
    return constat.valeur is not None and constat.valeur > 0


@dataclass(frozen=True, slots=True)
class Comptage:
    """How many constats pass, on the day looked at: a value, or the two roles of a share.

    `premier_jour`: of the période in which a running total speaks; None: it has none.
    """

    vu_le: date
    valeur: Fraction | None
    numerateur: Fraction | None
    denominateur: Fraction | None
    rang: Rang
    comptes: tuple[ConstatCompte, ...]
    autres: tuple[ConstatCompte, ...]
    premier_jour: date | None = None

    def is_parlant(self, jour: date, fenetre: tuple[date, date] | None) -> bool:
        """It speaks on a day, and for the window of a dated target: a running total says nothing of the year before."""
        dedans = fenetre is None or fenetre[0] <= self.vu_le <= fenetre[1]
        return dedans and jour <= self.vu_le and (self.premier_jour or jour) <= jour


def is_comptant(indicateur: Indicateur) -> bool:
    """It counts constats: it is counted by none, itself included."""
    return any(derivation.de == CONSTAT for derivation in indicateur.derivations)


def get_veille(indicateur: Indicateur, vu_le: date) -> date | None:
    """The eve of its période, when it asks what became positive since."""
    filtres = (cle for derivation in indicateur.derivations for cle, _ in derivation.filtre)
    if "devenu_positif" not in filtres or indicateur.periode is None:
        return None
    return date.fromordinal(get_periode(indicateur.periode, vu_le)[0].toordinal() - 1)


def list_places(indicateur: Indicateur, referentiel: Referentiel) -> Places:
    """The indicateurs that each of its derivations looks at, wherever that is."""
    candidats = list(_list_candidats(referentiel))
    return tuple(
        tuple(c.indicateur for c in candidats if _is_place(c, derivation))
        for derivation in indicateur.derivations
    )


def count_constats(
    indicateur: Indicateur, places: Places, vu_le: date, look: Look, look_avant: Look
) -> Comptage | None:
    """What an indicateur counts of the others; None when nothing was said of what it counts."""
    par_role: dict[str, dict[str, ConstatVu]] = {}
    vus: dict[str, ConstatVu] = {}
    for derivation, regardes in zip(indicateur.derivations, places, strict=True):
        filtre = dict(derivation.filtre)
        avec_avant = "devenu_positif" in filtre
        ici = list(_list_vus(regardes, look, look_avant if avec_avant else None))
        if "applicable" in filtre:
            ici = [vu for vu in ici if vu.constat.statut is not Statut.SANS_OBJET]
        vus |= {vu.constat.indicateur.code: vu for vu in ici}
        passes = par_role.setdefault(derivation.role, {})
        passes |= {vu.constat.indicateur.code: vu for vu in ici if _is_bon(vu, derivation)}
    is_complet = any("renseigne" in dict(d.filtre) for d in indicateur.derivations)
    if not is_complet and not any(vu.is_renseigne for vu in vus.values()):
        return None
    return _build(indicateur, vu_le, par_role, vus)


def _list_candidats(referentiel: Referentiel) -> Iterator[ConstatCandidat]:
    """Every indicateur but those that count constats themselves."""
    for engagement in referentiel.engagements:
        for objectif in engagement.objectifs:
            for indicateur in objectif.indicateurs:
                if not is_comptant(indicateur):
                    yield ConstatCandidat(indicateur, engagement.code)
        for action in engagement.actions:
            for indicateur in action.indicateurs:
                if not is_comptant(indicateur):
                    yield ConstatCandidat(indicateur, engagement.code, action.mode.value)


def _is_place(candidat: ConstatCandidat, derivation: Derivation) -> bool:
    """It stands where the derivation asks."""
    filtre = dict(derivation.filtre)
    engagements, modes = derivation.get_mots("engagement"), derivation.get_mots("mode")
    return (
        (not engagements or candidat.engagement in engagements)
        and (not modes or candidat.mode in modes)
        and ("principal" not in filtre or candidat.indicateur.principal)
    )


def _list_vus(
    indicateurs: Iterable[Indicateur], look: Look, look_avant: Look | None
) -> Iterator[ConstatVu]:
    for indicateur in indicateurs:
        constat = look(indicateur)
        if constat is not None:
            yield ConstatVu(constat, look_avant(indicateur) if look_avant else None)


_PASSE: Mapping[str, Callable[[ConstatVu], bool]] = {
    "renseigne": lambda vu: vu.is_renseigne,
    "valeur_positive": lambda vu: vu.is_positif,
    "devenu_positif": lambda vu: vu.is_devenu_positif,
}


def _is_bon(vu: ConstatVu, derivation: Derivation) -> bool:
    """It stands as the derivation asks."""
    statuts = derivation.get_mots("statut")
    demandes = (passe for cle, passe in _PASSE.items() if cle in dict(derivation.filtre))
    return (not statuts or vu.constat.statut in statuts) and all(passe(vu) for passe in demandes)


def _build(
    indicateur: Indicateur,
    vu_le: date,
    par_role: Mapping[str, Mapping[str, ConstatVu]],
    vus: Mapping[str, ConstatVu],
) -> Comptage | None:
    is_part = DENOMINATEUR in par_role
    comptes = par_role[NUMERATEUR] if is_part else next(iter(par_role.values()))
    nombre = Fraction(len(comptes))
    denominateur = Fraction(len(par_role[DENOMINATEUR])) if is_part else None
    if denominateur is not None and nombre > denominateur:
        return None  # more than its whole: it says nothing
    montres = par_role[DENOMINATEUR] if is_part else vus
    periode = indicateur.periode if indicateur.is_flux else None
    return Comptage(
        vu_le=vu_le,
        valeur=None if is_part else nombre,
        numerateur=nombre if is_part else None,
        denominateur=denominateur,
        rang=_get_rang([vu.constat for vu in {**montres, **comptes}.values()]),
        comptes=tuple(_show(vu, vu_le, is_compte=True) for vu in comptes.values()),
        autres=tuple(
            _show(vu, vu_le, is_compte=False) for code, vu in montres.items() if code not in comptes
        ),
        premier_jour=None if periode is None else get_periode(periode, vu_le)[0],
    )


def _get_rang(constats: Sequence[Constat]) -> Rang:
    """As sure as the least sure fait of those it reads (L-63)."""
    rangs = [getattr(fait, "rang", Rang.VALIDE) for c in constats for fait in c.faits]
    return Rang.VALIDE if all(rang is Rang.VALIDE for rang in rangs) else Rang.NON_VALIDE


def _show(vu: ConstatVu, vu_le: date, *, is_compte: bool) -> ConstatCompte:
    constat = vu.constat
    return ConstatCompte(
        indicateur=constat.indicateur.code,
        territoire=constat.territoire,
        libelle=constat.indicateur.libelle,
        statut=constat.statut,
        date=vu_le,
        is_compte=is_compte,
    )
