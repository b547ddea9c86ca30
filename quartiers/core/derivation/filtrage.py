"""The filters of a derivation, each made a predicate on what a record says, a period, a window or a weight."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.fenetres import MOIS, NOMMEE, Fenetre, build_fenetre
from quartiers.core.derivation.filtres_connus import (
    EffetDeFiltre,
    FiltreConnu,
    TypeDeFiltre,
    get_filtres,
)
from quartiers.core.derivation.lexique import Lexique
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Derivation, ValeurDeFiltre

FINANCEURS_MIN = 2
"""« Two different funders » is the only number that the reading of cofinancing defines."""
Predicat: TypeAlias = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Critere:
    """A filter made ready: what it is called, and whether what a record says passes it.

    Two of one name are equal: the derivation that both come from says what they ask.
    """

    cle: str
    passe: Predicat = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtrage:
    """All the filters of a derivation.

    `identite`: another thing says nothing; `etat`, `periodes`: not so, it is a zero. `jours`: the fields of which the
    first day reached counts. `de_jour`: asked of each day. `dont`: sub-counts added instead of the number. `retenues`:
    of the field counted, the only values that count. `lieu`, `convention`: kinds of what the record refers to.
    """

    identite: tuple[Critere, ...] = ()
    etat: tuple[Critere, ...] = ()
    periodes: tuple[str, ...] = ()
    jours: tuple[str, ...] = ()
    de_jour: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    fenetre: Fenetre | None = None
    lieu: frozenset[str] = frozenset()
    convention: frozenset[str] = frozenset()
    actif_mois: int | None = None
    financeurs_min: int | None = None
    retenues: frozenset[str] | None = None

    def is_celui(self, contenu: Contenu) -> bool:
        """It is the kind of thing asked for."""
        return all(critere.passe(contenu) for critere in self.identite)

    def is_bon(self, contenu: Contenu) -> bool:
        """It stands as asked, periods apart."""
        return all(critere.passe(contenu) for critere in self.etat)


def list_raisons_des_filtres(derivation: Derivation, lexique: Lexique) -> Iterator[str]:
    """Why the filters of a derivation of a known kind cannot be computed."""
    de = str(derivation.de)
    connus = get_filtres(de)
    for cle, valeur in derivation.filtre:
        connu = connus.get(cle)
        if connu is None:
            dits = ", ".join(sorted(connus.keys() - {MOIS, NOMMEE}))
            yield f"filtre « {cle} » : inconnu de {de} ; connus : {dits or 'aucun'}"
        elif not _is_du_type(valeur, connu.type):
            yield f"filtre « {cle} » : {connu.type.value} est attendu"
        elif isinstance(valeur, tuple):
            yield from _list_mots_inconnus(cle, valeur, lexique.list_mots(de, cle))
        elif connu.effet is EffetDeFiltre.FINANCEURS and valeur != FINANCEURS_MIN:
            yield f"filtre « {cle} » : {FINANCEURS_MIN} est le seul nombre connu"


def _is_du_type(valeur: ValeurDeFiltre, attendu: TypeDeFiltre) -> bool:
    if attendu is TypeDeFiltre.MOTS:
        return isinstance(valeur, tuple) and bool(valeur)
    if attendu is TypeDeFiltre.NOMBRE:
        return isinstance(valeur, int) and not isinstance(valeur, bool) and valeur >= 1
    return valeur is True or (valeur is False and attendu is TypeDeFiltre.OUI_NON)


def _list_mots_inconnus(cle: str, mots: tuple[str, ...], connus: Collection[str]) -> Iterator[str]:
    dits = ", ".join(sorted(connus)) or "aucun"
    for mot in mots:
        if mot not in connus:
            yield f"filtre « {cle} » : mot inconnu : {mot} ; connus : {dits}"
    for mot in sorted({mot for mot in mots if mots.count(mot) > 1}):
        yield f"filtre « {cle} » : « {mot} » est écrit deux fois"


def build_filtrage(derivation: Derivation, lexique: Lexique) -> Filtrage:
    """The filters of a derivation that nothing refuses."""
    de, filtre = str(derivation.de), dict(derivation.filtre)
    filtrage = Filtrage(fenetre=build_fenetre(filtre))
    connus = get_filtres(de)
    for cle, valeur in derivation.filtre:
        filtrage = _add_filtre(filtrage, cle, valeur, connus[cle], lexique)
    genre = GENRES_DERIVES.get(de)
    if genre is not None:
        vides = tuple(
            Critere(champ, _build_vide(champ))
            for champ in sorted(genre.VIDES)
            if champ not in filtre
        )
        filtrage = replace(filtrage, identite=filtrage.identite + vides)
    return replace(filtrage, retenues=_find_retenues(derivation, lexique))


def _add_filtre(
    filtrage: Filtrage, cle: str, valeur: ValeurDeFiltre, connu: FiltreConnu, lexique: Lexique
) -> Filtrage:
    mots = valeur if isinstance(valeur, tuple) else ()
    nombre = valeur if isinstance(valeur, int) else 0
    effet = connu.effet
    if effet is EffetDeFiltre.ENGAGEMENT:
        # A scheme says what a cohorte is; the actions of a convention are several words, which a state may lose.
        if connu.champ == "dispositif":
            critere = Critere(cle, _build_mots(connu.champ, lexique.find_dispositifs(mots)))
            return replace(filtrage, identite=(*filtrage.identite, critere))
        critere = Critere(cle, _build_mots(connu.champ, lexique.find_actions(mots)))
        return replace(filtrage, etat=(*filtrage.etat, critere))
    if effet is EffetDeFiltre.IDENTITE:
        critere = Critere(cle, _build_critere(cle, valeur, connu))
        return replace(filtrage, identite=(*filtrage.identite, critere))
    if effet in _DES_CRITERES:
        critere = Critere(cle, _build_critere(cle, valeur, connu))
        return replace(filtrage, etat=(*filtrage.etat, critere))
    changes: Mapping[EffetDeFiltre, dict[str, Any]] = {
        EffetDeFiltre.PERIODE: {"periodes": (*filtrage.periodes, cle)},
        EffetDeFiltre.DE_JOUR: {"de_jour": (*filtrage.de_jour, cle)},
        EffetDeFiltre.JOURS: {"jours": tuple(_list_jours(mots))},
        EffetDeFiltre.POIDS: {"dont": mots},
        EffetDeFiltre.LIEU: {"lieu": frozenset(mots)},
        EffetDeFiltre.CONVENTION: {"convention": frozenset(mots)},
        EffetDeFiltre.ACTIVITE: {"actif_mois": nombre},
        EffetDeFiltre.FINANCEURS: {"financeurs_min": nombre},
        EffetDeFiltre.FENETRE: {},
    }
    return replace(filtrage, **changes[effet])


_DES_CRITERES = frozenset(
    {EffetDeFiltre.ETAT, EffetDeFiltre.DELAI, EffetDeFiltre.NIVEAUX, EffetDeFiltre.MINIMUM}
)


def _list_jours(mots: tuple[str, ...]) -> Iterator[str]:
    jours = GENRES_DERIVES["Financement"].JOURS
    yield from (jours[mot] for mot in mots if mot in jours)


def _build_critere(cle: str, valeur: ValeurDeFiltre, connu: FiltreConnu) -> Predicat:
    champ = connu.champ or cle
    if isinstance(valeur, tuple):
        return _build_mots(champ, frozenset(valeur))
    if isinstance(valeur, bool):
        return _build_booleen(champ, attendu=valeur)
    if connu.effet is EffetDeFiltre.NIVEAUX:
        return _build_niveaux(champ, valeur)
    return _build_nombre(champ, valeur, is_plafond=connu.effet is EffetDeFiltre.DELAI)


def _build_mots(champ: str, mots: frozenset[str]) -> Predicat:
    """One of the words; all of them for the fields that must hold them all."""

    def passe(contenu: Any) -> bool:  # noqa: ANN401 -- any kind that has this field
        valeur = getattr(contenu, champ)
        dits = set(valeur) if isinstance(valeur, tuple) else {valeur}
        is_tous = champ in getattr(contenu, "TOUS", ())
        return mots <= dits if is_tous else not mots.isdisjoint(dits)

    return passe


def _build_booleen(champ: str, *, attendu: bool) -> Predicat:
    """What nobody said is « no »."""
    return lambda contenu: bool(getattr(contenu, champ)) is attendu


def _build_nombre(champ: str, borne: int, *, is_plafond: bool) -> Predicat:
    def passe(contenu: Any) -> bool:  # noqa: ANN401 -- same reason
        nombre = getattr(contenu, champ)
        if nombre is None:
            return False
        return bool(nombre <= borne if is_plafond else nombre >= borne)

    return passe


def _build_niveaux(champ: str, minimum: int) -> Predicat:
    """All the levels that a school has; as many as asked when it does not say which it has."""

    def passe(contenu: Any) -> bool:  # noqa: ANN401 -- same reason
        presents, dits = set(contenu.niveaux_presents), set(getattr(contenu, champ))
        return presents <= dits if presents else len(dits) >= minimum

    return passe


def _build_vide(champ: str) -> Predicat:
    return lambda contenu: not getattr(contenu, champ)


def _find_retenues(derivation: Derivation, lexique: Lexique) -> frozenset[str] | None:
    """Of the field that is counted, the values that a filter asks; None when any counts."""
    for cle, connu in get_filtres(str(derivation.de)).items():
        mots = derivation.get_mots(cle)
        if not mots or derivation.champ is None:
            continue
        if connu.effet is EffetDeFiltre.ENGAGEMENT and connu.champ == derivation.champ:
            return (
                lexique.find_dispositifs(mots)
                if connu.champ == "dispositif"
                else lexique.find_actions(mots)
            )
        if cle == derivation.champ and not connu.champ:
            return frozenset(mots)
    return None
