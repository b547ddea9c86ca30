"""The words of the records: each has one French label, each label has a word, each list serves a field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from quartiers.core.contenu import TypeDeChamp, describe
from quartiers.core.genres import GENRES_DERIVES
from quartiers.referentiel.modeles import ProgrammeEcrit

CALCULES = frozenset({"dispositif", "action", "genre_pointe"})
"""Vocabularies whose words and labels stand elsewhere in the programme, or in the code."""
_SANS_MOTS = frozenset({"champ", "engagement"})
"""Keys of `enregistrements` that list fields or codes."""
_HORS_DES_GENRES = {("Territoire", "convention"): "genre_convention"}
_A_MOTS = {TypeDeChamp.MOT, TypeDeChamp.SOUS_ENSEMBLE}


def list_raisons_des_mots(programme: ProgrammeEcrit) -> Iterator[str]:
    """Every reason to refuse the words of a programme."""
    yield from _list_cles_inconnues(programme)
    connus = list_vocabulaires() - CALCULES
    for table, noms in (("mots", programme.mots), ("mots_ajoutes", programme.mots_ajoutes)):
        for nom in noms:
            if nom not in connus:
                yield f"vocabulaire inconnu : {table}.{nom} ; connus : {', '.join(sorted(connus))}"
    employes = _list_employes(programme)
    for vocabulaire in sorted(connus):
        mots, libelles = employes.get(vocabulaire, {}), programme.mots.get(vocabulaire, {})
        for mot in sorted(mots.keys() - libelles.keys()):
            yield f"libellé absent : mots.{vocabulaire}.{mot} ({mots[mot]})"
        for mot in sorted(libelles.keys() - mots.keys()):
            yield (
                f"libellé sans mot : mots.{vocabulaire}.{mot}, "
                "que ni enregistrements ni mots_ajoutes ne listent"
            )


def list_vocabulaires() -> set[str]:
    """Every vocabulary that a kind asks for."""
    return {nom for de in GENRES_DERIVES for nom in _get_vocabulaires(de).values() if nom}


def _get_vocabulaires(de: str) -> Mapping[str, str]:
    """The vocabulary of each filter that holds words, for a kind."""
    genre = GENRES_DERIVES[de]
    decrits = describe(genre)
    champs = {nom: d.champ.vocabulaire for nom, d in decrits.items() if d.type in _A_MOTS}
    lus = {cle: champs[champ] for cle, champ in genre.ALIAS.items() if champ in champs}
    return {**champs, **lus, **genre.VOCABULAIRES}


def _list_cles_inconnues(programme: ProgrammeEcrit) -> Iterator[str]:
    for de, listes in programme.enregistrements.items():
        if de not in GENRES_DERIVES:
            continue
        connues = _get_vocabulaires(de)
        for cle in listes:
            if cle not in connues and cle not in _SANS_MOTS:
                dit = ", ".join(sorted(connues)) or "aucune"
                yield f"liste sans champ : enregistrements.{de}.{cle} ; clés connues : {dit}"


def _list_employes(programme: ProgrammeEcrit) -> Mapping[str, Mapping[str, str]]:
    """By vocabulary, each word and the list it stands in."""
    employes: dict[str, dict[str, str]] = defaultdict(dict)
    for de, listes in programme.enregistrements.items():
        connues = _get_vocabulaires(de) if de in GENRES_DERIVES else {}
        for cle, mots in listes.items():
            vocabulaire = connues.get(cle) or _HORS_DES_GENRES.get((de, cle))
            if vocabulaire is not None:
                employes[vocabulaire].update(dict.fromkeys(mots, f"enregistrements.{de}.{cle}"))
    for vocabulaire, mots in programme.mots_ajoutes.items():
        for mot in mots:
            employes[vocabulaire].setdefault(mot, f"mots_ajoutes.{vocabulaire}")
    return employes
