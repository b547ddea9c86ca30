"""What a record that passes the filters brings to each count: what is counted once, and how much it weighs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.comptes import CHAMPS_DES_LIENS, CompteDeDerivation
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.portee import Atteinte
from quartiers.core.derivation.regle import Regle
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.horaires import count_heures, count_jours, read_horaires

UN = Fraction(1)
_PAR_VALEUR = frozenset({CompteDeDerivation.DISTINCT, CompteDeDerivation.VALEURS_DISTINCTES})


@dataclass(frozen=True, slots=True)
class ValeurComptee:
    """`quoi` is counted once; `poids` is summed or compared; `delai`: of whom a delay is read."""

    quoi: Hashable
    poids: Fraction = UN
    delai: Contenu | None = None


def has_champ(regle: Regle, contenu: Contenu) -> bool:
    """It says the field that is counted: a statement that does not is skipped (L-71)."""
    for mot in regle.sous_ensembles:
        if mot not in {dont.mot for dont in getattr(contenu, "dont", ())}:
            return False
    if regle.compte in {CompteDeDerivation.HEURES_HEBDO, CompteDeDerivation.JOURS_HEBDO}:
        return _count_horaires(regle, contenu) is not None
    if regle.compte is CompteDeDerivation.DELAI_MEDIAN:
        return contenu.count_delai(date.max) is not None
    champ = regle.champ
    if champ is None or champ in CHAMPS_DES_LIENS.get(regle.de, ()):
        return True
    return getattr(contenu, champ) not in (None, "", ())


def list_valeurs(
    regle: Regle,
    ligne: Enregistrement,
    contenu: Contenu,
    atteinte: Atteinte,
    geographie: GeographieConnue,
    jour: date | None = None,
) -> Iterator[ValeurComptee]:
    """What it brings; none when it does not say it. `jour`: that of an occurrence of an event."""
    objet: Hashable = ligne.objet if jour is None else (ligne.objet, jour)
    if regle.compte in _PAR_VALEUR and regle.champ is not None:
        yield from (ValeurComptee(mot) for mot in _list_mots(regle, contenu))
    elif regle.compte is CompteDeDerivation.DELAI_MEDIAN:
        yield ValeurComptee(objet, delai=contenu)
    elif regle.compte is CompteDeDerivation.DISTANCE_MIN:
        if atteinte.distance_m is not None:
            yield ValeurComptee(objet, atteinte.distance_m)
    else:
        poids = _get_poids(regle, ligne, contenu, geographie)
        if poids is not None:
            part = UN if atteinte.part is None else atteinte.part
            yield ValeurComptee(objet, poids if part == UN else poids * part)


def _list_mots(regle: Regle, contenu: Contenu) -> Iterator[str]:
    dit = getattr(contenu, str(regle.champ))
    mots = dit if isinstance(dit, tuple) else (dit,)
    retenues = regle.filtrage.retenues
    yield from (mot for mot in mots if mot and (retenues is None or mot in retenues))


def _get_poids(
    regle: Regle, ligne: Enregistrement, contenu: Contenu, geographie: GeographieConnue
) -> Fraction | None:
    if regle.compte in {CompteDeDerivation.HEURES_HEBDO, CompteDeDerivation.JOURS_HEBDO}:
        return _count_horaires(regle, contenu)
    if regle.champ is None:
        return UN
    if regle.champ in CHAMPS_DES_LIENS.get(regle.de, ()):
        return Fraction(geographie.count_quartiers([lien.territoire for lien in ligne.liens]))
    if regle.filtrage.dont:
        dits: dict[str, int] = {dont.mot: dont.n for dont in getattr(contenu, "dont", ())}
        return Fraction(sum(dits[mot] for mot in regle.filtrage.dont))
    valeur: Any = getattr(contenu, regle.champ)
    return None if valeur is None else Fraction(valeur)


def _count_horaires(regle: Regle, contenu: Contenu) -> Fraction | None:
    horaires = read_horaires(getattr(contenu, "horaires", ""))
    if horaires is None:
        return None
    if regle.compte is CompteDeDerivation.HEURES_HEBDO:
        return count_heures(horaires)
    return count_jours(horaires)
