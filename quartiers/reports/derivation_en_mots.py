"""A derivation in words: what is counted, of which kinds of records, and which of them pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from quartiers.core.contenu import ChampDecrit, describe
from quartiers.core.derivation.comptes import CompteDeDerivation
from quartiers.core.derivation.filtres_connus import CONSTAT, TERRITOIRE, get_filtres
from quartiers.core.derivation.regle import ModeDeLecture
from quartiers.core.dire import say_nombre
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.mots import get_mots
from quartiers.core.referentiel import Derivation, Indicateur, Referentiel
from quartiers.core.statut import LIBELLES
from quartiers.core.territoire import Genre

DU_CADRE = {CONSTAT: "Constat", TERRITOIRE: "Territoire"}
ROLES = {"numerateur": "Numérateur", "denominateur": "Dénominateur"}
MODES = {
    ModeDeLecture.EN_VIGUEUR: "Ce qui vaut le jour regardé",
    ModeDeLecture.CUMUL: "Total de la période",
    ModeDeLecture.CALENDRIER: "Unités couvertes, sur celles qui sont échues",
}
DECLARE = "Déclaré : aucune dérivation"


def say_derivations(referentiel: Referentiel, indicateur: Indicateur) -> str:
    """« Numérateur : Objets distincts, de Poste ; Dénominateur : Constante de 4 »; never empty."""
    dites = dict.fromkeys(_add_role(d.role, _say(referentiel, d)) for d in indicateur.derivations)
    return " ; ".join(dites) or DECLARE


def say_genres(indicateur: Indicateur) -> str:
    """The kinds that feed it, each once."""
    return ", ".join(dict.fromkeys(_name_genre(str(d.de)) for d in _list_comptees(indicateur)))


def say_filtres(referentiel: Referentiel, indicateur: Indicateur) -> str:
    """What is asked of the records, role by role."""
    dits = (
        _add_role(derivation.role, _say_filtres(referentiel, derivation))
        for derivation in _list_comptees(indicateur)
        if derivation.filtre
    )
    return " / ".join(dict.fromkeys(dits))


def say_mode(indicateur: Indicateur) -> str:
    """How what passes becomes a value."""
    comptees = list(_list_comptees(indicateur))
    if not comptees:
        return ""
    if any(CompteDeDerivation(str(d.compte)).is_unites for d in comptees):
        return MODES[ModeDeLecture.CALENDRIER]
    return MODES[ModeDeLecture.CUMUL if indicateur.is_flux else ModeDeLecture.EN_VIGUEUR]


def _list_comptees(indicateur: Indicateur) -> Iterator[Derivation]:
    """The derivations that count something; the factor of a product has the role of the product."""
    for derivation in indicateur.derivations:
        if derivation.de is not None:
            yield derivation
        for facteur in derivation.produit:
            if facteur.de is not None:
                yield replace(facteur, role=derivation.role)


def _say_filtres(referentiel: Referentiel, derivation: Derivation) -> str:
    de = str(derivation.de)
    dits = (_say_filtre(referentiel, de, cle, valeur) for cle, valeur in derivation.filtre)
    return " ; ".join(dits)


def _add_role(role: str, dite: str) -> str:
    return f"{ROLES[role]} : {dite}" if role in ROLES else dite


def _say(referentiel: Referentiel, derivation: Derivation) -> str:
    if derivation.produit:
        return " × ".join(_say(referentiel, facteur) for facteur in derivation.produit)
    if derivation.calendrier is not None:
        return referentiel.get_libelle("calendrier", derivation.calendrier)
    if derivation.constante is not None:
        return f"Constante de {say_nombre(derivation.constante)}"
    if derivation.source is not None:
        source = referentiel.get_libelle("source", derivation.source)
        return f"{source}, colonne « {derivation.champ} »"
    de = str(derivation.de)
    compte = referentiel.get_libelle("compte", str(derivation.compte))
    champ = f" (« {_name_champ(de, derivation.champ)} »)" if derivation.champ else ""
    return f"{compte}{champ}, de {_name_genre(de)}"


def _name_genre(de: str) -> str:
    return DU_CADRE.get(de) or GENRES_DERIVES[de].LIBELLE


def _name_champ(de: str, champ: str) -> str:
    decrit = _find_champ(de, champ)
    return champ if decrit is None else decrit.champ.libelle


def _find_champ(de: str, nom: str) -> ChampDecrit | None:
    genre = GENRES_DERIVES.get(de)
    return None if genre is None else describe(genre).get(nom)


def _say_filtre(referentiel: Referentiel, de: str, cle: str, valeur: object) -> str:
    libelle = referentiel.get_libelle("filtre", cle)
    if valeur is True:
        return libelle
    if valeur is False:
        return f"{libelle} : non"
    if not isinstance(valeur, tuple):
        return f"{libelle} : {valeur}"
    mots = _list_mots(referentiel, de, cle)
    dits = (mots.get(mot) or referentiel.get_libelle(cle, mot) for mot in valeur)
    return f"{libelle} : {', '.join(dits)}"


def _list_mots(referentiel: Referentiel, de: str, cle: str) -> Mapping[str, str]:
    """The words of a filter with their labels; those of the frame are in the vocabularies of the programme."""
    if (de, cle) == (CONSTAT, "statut"):
        return {statut.value: libelle for statut, libelle in LIBELLES.items()}
    if (de, cle) == (TERRITOIRE, "genre"):
        return {genre.value: genre.value.upper() for genre in Genre}
    if (de, cle) == (TERRITOIRE, "convention"):
        return referentiel.get_mots("genre_convention")
    genre = GENRES_DERIVES.get(de)
    if genre is None:
        return {}
    if cle in genre.VOCABULAIRES:
        return referentiel.get_mots(genre.VOCABULAIRES[cle])
    decrit = _find_champ(de, get_filtres(de)[cle].champ or cle)
    return {} if decrit is None else get_mots(decrit, referentiel)
