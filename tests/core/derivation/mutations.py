"""A programme made wrong in one place, in every way that a hand could: each must be refused when it is loaded.

What is wrong is said by the second hand (`tests.oracle.derivation.classement`), never by what is tested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from quartiers.core.derivation.regle import RegleRefusee, build_regles
from quartiers.core.referentiel import Derivation, Indicateur, Referentiel
from tests.oracle.derivation.classement import (
    CALENDRIERS,
    CHAMPS,
    FENETRES,
    FILTRES,
    MOTS,
    NOMBRE,
    UNITES,
)
from tests.oracle.derivation.lignes import ACTES, GENRES

FENETRES_DE_FILTRE = ("fenetre", "fenetre_mois")


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change: its sort, where and what in words, the indicateur so changed."""

    sorte: str
    dite: str
    indicateur: Indicateur


def list_mutations(referentiel: Referentiel) -> Iterator[Mutation]:
    """Every change that nobody could compute."""
    for indicateur in referentiel.list_indicateurs():
        for chemin, derivation in list_derivations(indicateur):
            faire = build_faire(indicateur, chemin, derivation)
            if derivation.de is None:
                yield from list_d_ailleurs(derivation, faire)
                continue
            yield from list_filtres(derivation, faire)
            yield from list_filtres_d_un_autre(derivation, faire)
            yield from list_comptes(derivation, faire)
            yield from list_fenetres(indicateur, derivation, faire)
            yield faire("genre", "de", de=f"{derivation.de}x")
            yield faire("genre", "Pointage", de="Pointage")
            yield faire("portée", "absente", portee_spatiale=None)
            yield faire("origine", "deux", constante=Fraction(5))


def list_ajouts(referentiel: Referentiel) -> Iterator[Mutation]:
    """One more filter that its kind has, with its first words: to be refused or honoured, never dropped."""
    for indicateur in referentiel.list_indicateurs():
        for chemin, derivation in list_derivations(indicateur):
            if derivation.de is None:
                continue
            faire = build_faire(indicateur, chemin, derivation)
            for cle, sorte in FILTRES[derivation.de].items():
                if cle not in dict(derivation.filtre):
                    mots = referentiel.enregistrements[derivation.de].get(cle, ("dernier_ete",))
                    valeur = (mots[0],) if sorte == MOTS else 3 if sorte == NOMBRE else True
                    yield faire("ajout", cle, filtre=add(derivation, cle, valeur))


Faire = Callable[..., Mutation]


def list_derivations(indicateur: Indicateur) -> Iterator[tuple[tuple[int, ...], Derivation]]:
    """Each derivation and each factor of a product, with its place."""
    for rang, derivation in enumerate(indicateur.derivations):
        yield (rang,), derivation
        for place, facteur in enumerate(derivation.produit):
            yield (rang, place), facteur


def build_faire(indicateur: Indicateur, chemin: tuple[int, ...], derivation: Derivation) -> Faire:
    """What changes one derivation of an indicateur."""

    def faire(sorte: str, quoi: str, **autrement: Any) -> Mutation:
        change = replace(derivation, **autrement)
        derivations = list(indicateur.derivations)
        if len(chemin) > 1:
            parent = derivations[chemin[0]]
            facteurs = list(parent.produit)
            facteurs[chemin[1]] = change
            change = replace(parent, produit=tuple(facteurs))
        derivations[chemin[0]] = change
        return Mutation(
            sorte,
            f"{indicateur.code} {'.'.join(map(str, chemin))} : {sorte} {quoi}",
            replace(indicateur, derivations=tuple(derivations)),
        )

    return faire


def add(derivation: Derivation, cle: str, valeur: Any) -> tuple[tuple[str, Any], ...]:
    """The filter with one key more, or another value for it."""
    return tuple(sorted({**dict(derivation.filtre), cle: valeur}.items()))


def list_filtres(derivation: Derivation, faire: Faire) -> Iterator[Mutation]:
    """A key nobody knows, a key and a word with a letter less, a value of another type."""
    yield faire("clé", "couleur", filtre=add(derivation, "couleur", ("bleu",)))
    for cle, valeur in derivation.filtre:
        sans = tuple((c, v) for c, v in derivation.filtre if c != cle)
        yield faire("clé", f"{cle[:-1]} pour {cle}", filtre=(*sans, (cle[:-1], valeur)))
        for faux in list_valeurs_fausses(valeur):
            yield faire("type", f"{cle} = {faux!r}", filtre=add(derivation, cle, faux))
        if not isinstance(valeur, tuple):
            continue
        for rang, mot in enumerate(valeur):
            mots = (*valeur[:rang], f"{mot}x", *valeur[rang + 1 :])
            yield faire("mot", f"{cle} : {mot}x", filtre=add(derivation, cle, mots))
        yield faire("mot", f"{cle} : un de plus", filtre=add(derivation, cle, (*valeur, "inconnu")))


def list_valeurs_fausses(valeur: Any) -> Iterator[Any]:
    """Values of the types that a filter does not take."""
    if isinstance(valeur, tuple):
        yield from (True, 3, ())
    elif isinstance(valeur, bool):
        yield from (("oui",), 1)
    else:
        yield from (("trois",), True, 0, -1)


def list_filtres_d_un_autre(derivation: Derivation, faire: Faire) -> Iterator[Mutation]:
    """Filters that only other kinds have."""
    siens = FILTRES[str(derivation.de)]
    autres = {c: s for filtres in FILTRES.values() for c, s in filtres.items() if c not in siens}
    for cle in sorted(autres.keys() - set(FENETRES_DE_FILTRE)):
        valeur = ("inconnu",) if autres[cle] == MOTS else 3 if autres[cle] == NOMBRE else True
        yield faire("filtre d’un autre", cle, filtre=add(derivation, cle, valeur))


def list_comptes(derivation: Derivation, faire: Faire) -> Iterator[Mutation]:
    """A count nobody knows, one of another kind, units without a calendar, a field missing, in excess, or wrong."""
    de, compte = str(derivation.de), str(derivation.compte)
    yield faire("compte", "moyenne", compte="moyenne")
    yield faire("compte", "aucun", compte=None)
    for autre in sorted(CHAMPS):
        is_autre = de not in CHAMPS[autre] and autre != "max"
        if autre != compte and (is_autre or autre in UNITES):
            yield faire("compte", autre, compte=autre)
    yield faire("champ", "couleur", champ="couleur")
    is_permis = None in CHAMPS[compte].get(de, ())
    if derivation.champ is not None and not is_permis and compte != "distinct":
        yield faire("champ", "absent", champ=None)
    if derivation.champ is not None:
        yield faire("champ", "une lettre de moins", champ=derivation.champ[:-1])
    elif compte != "distinct":
        yield faire("champ", "en trop", champ="genre")


def list_fenetres(
    indicateur: Indicateur, derivation: Derivation, faire: Faire
) -> Iterator[Mutation]:
    """A window on a state, two windows, one nobody knows, an event of a day without any, a cumul with one."""
    is_acte = GENRES.get(str(derivation.de)) in ACTES
    deja = [cle for cle in FENETRES_DE_FILTRE if cle in dict(derivation.filtre)]
    is_cumul = indicateur.is_flux or derivation.compte in UNITES
    for cle, valeur in (("fenetre", ("dernier_ete",)), ("fenetre_mois", 3)):
        if cle not in deja and (deja or not is_acte or is_cumul):
            yield faire("fenêtre", f"{cle} en trop", filtre=add(derivation, cle, valeur))
    if "fenetre" in deja:
        yield faire("fenêtre", "deux noms", filtre=add(derivation, "fenetre", FENETRES[:2]))
    if is_acte and not is_cumul:
        sans = tuple((c, v) for c, v in derivation.filtre if c not in FENETRES_DE_FILTRE)
        yield faire("fenêtre", "absente", filtre=sans)


def list_d_ailleurs(derivation: Derivation, faire: Faire) -> Iterator[Mutation]:
    """A denominator that no record gives, made wrong."""
    yield faire("ailleurs", "rien", calendrier=None, constante=None, source=None, produit=())
    yield faire("ailleurs", "un filtre", filtre=(("tenue", True),))
    yield faire("ailleurs", "un compte", compte="distinct")
    if derivation.calendrier is not None:
        yield faire("calendrier", "lunaire", calendrier="lunaire")
        unite = CALENDRIERS[derivation.calendrier]
        for autre in (c for c, u in CALENDRIERS.items() if u != unite):
            yield faire("calendrier", autre, calendrier=autre)
    if derivation.source is not None:
        yield faire("ailleurs", "source inconnue", source="OD99")
        yield faire("champ", "absent d’une source", champ=None)
    if derivation.constante is not None:
        yield faire("ailleurs", "constante nulle", constante=Fraction(0))
        yield faire("ailleurs", "deux origines", calendrier="semaines_echues")
    for rang in range(len(derivation.produit)):
        yield faire("ailleurs", "un seul facteur", produit=derivation.produit[rang : rang + 1])
        double = (*derivation.produit, derivation.produit[rang])
        yield faire("ailleurs", "trois facteurs", produit=double)


def find_refus(referentiel: Referentiel, mutation: Mutation) -> RegleRefusee | None:
    """Why a programme reduced to one changed indicateur is refused; None when it is computed."""
    try:
        build_regles(keep_seul(referentiel, mutation.indicateur))
    except RegleRefusee as refus:
        return refus
    return None


def keep_seul(referentiel: Referentiel, seul: Indicateur) -> Referentiel:
    """The programme with its engagements and its actions, and one indicateur."""
    engagements = tuple(
        replace(
            engagement,
            objectifs=tuple(
                replace(o, indicateurs=tuple(seul for i in o.indicateurs if i.code == seul.code))
                for o in engagement.objectifs
            ),
            actions=tuple(
                replace(a, indicateurs=tuple(seul for i in a.indicateurs if i.code == seul.code))
                for a in engagement.actions
            ),
        )
        for engagement in referentiel.engagements
    )
    return replace(referentiel, engagements=engagements)
