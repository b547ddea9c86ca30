"""Closed lists that are data: every word used is known to `programme.toml`, every word shown has a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from quartiers.referentiel.modeles import (
    DerivationEcrite,
    EngagementEcrit,
    IndicateurEcrit,
    ProgrammeEcrit,
)

# Keys of a filter whose words come from elsewhere than `enregistrements`.
_DU_VOCABULAIRE = {"mode", "fenetre"}
_ECHELONS = ("engagement", "objectif", "action", "indicateur")


def list_mots_inconnus(programme: ProgrammeEcrit, indicateur: IndicateurEcrit) -> Iterator[str]:
    """Words of an indicateur that `programme.toml` does not know."""
    vocabulaires = programme.vocabulaires
    yield from _list_hors(
        "déclarant", indicateur.declarants, vocabulaires.get("declarant", {}).keys()
    )
    sources = {s.code for s in programme.sources}
    yield from _list_hors("source", (s.code for s in indicateur.sources), sources)
    yield from _list_hors(
        "rôle de source",
        (s.role for s in indicateur.sources),
        vocabulaires.get("role", {}).keys(),
    )
    if indicateur.cible is not None and indicateur.cible.echeance_source is not None:
        yield from _list_hors(
            "source d'échéance",
            [indicateur.cible.echeance_source],
            vocabulaires.get("echeance_source", {}).keys(),
        )
    for derivation in indicateur.derivations:
        for element in (derivation, *(derivation.produit or ())):
            yield from _list_mots_de(programme, element, sources)


def _list_mots_de(
    programme: ProgrammeEcrit, derivation: DerivationEcrite, sources: set[str]
) -> Iterator[str]:
    vocabulaires = programme.vocabulaires
    for genre, mot in (("compte", derivation.compte), ("calendrier", derivation.calendrier)):
        if mot is not None:
            yield from _list_hors(genre, [mot], vocabulaires.get(genre, {}).keys())
    if derivation.source is not None:
        yield from _list_hors("source", [derivation.source], sources)
    if derivation.de is None:
        return
    valeurs = programme.enregistrements.get(derivation.de)
    if valeurs is None:
        yield f"genre d'enregistrement inconnu : {derivation.de}"
        return
    if derivation.champ is not None:
        yield from _list_hors(
            f"champ de {derivation.de}", [derivation.champ], valeurs.get("champ", ())
        )
    yield from _list_hors("filtre", derivation.filtre, vocabulaires.get("filtre", {}).keys())
    for cle, mots in derivation.filtre.items():
        if isinstance(mots, list):
            yield from _list_hors(
                f"valeur de {derivation.de}.{cle}", mots, _list_valeurs(programme, valeurs, cle)
            )


def _list_valeurs(
    programme: ProgrammeEcrit, valeurs: dict[str, list[str]], cle: str
) -> Iterable[str]:
    if cle == "dispositif":
        return [d.code for d in programme.dispositifs]
    if cle in _DU_VOCABULAIRE:
        return programme.vocabulaires.get(cle, {})
    return valeurs.get(cle, ())


def _list_hors(genre: str, mots: Iterable[str], connus: Iterable[str]) -> Iterator[str]:
    permis = set(connus)
    yield from (f"{genre} hors de la liste : {mot}" for mot in mots if mot not in permis)


def list_mots_sans_libelle(
    programme: ProgrammeEcrit, engagements: Sequence[EngagementEcrit]
) -> Iterator[str]:
    """Words of the code used by the programme that `vocabulaires` gives no French label."""
    attendus = {(nom, mot) for nom in ("echelon", "echelon_pluriel") for mot in _ECHELONS}
    for engagement in engagements:
        for objectif in engagement.objectifs:
            attendus |= _list_mots_montres(objectif.indicateurs)
        for action in engagement.actions:
            attendus |= {("mode", action.mode.value)} | _list_mots_montres(action.indicateurs)
    for nom, mot in sorted(attendus):
        if mot not in programme.vocabulaires.get(nom, {}):
            yield f"libellé absent : vocabulaires.{nom}.{mot}"


def _list_mots_montres(indicateurs: Iterable[IndicateurEcrit]) -> set[tuple[str, str]]:
    """(vocabulary, word) of everything a page may show of these indicateurs."""
    mots: list[tuple[str, StrEnum | None]] = []
    for indicateur in indicateurs:
        mots += [
            ("genre", indicateur.genre),
            ("niveau", indicateur.niveau),
            ("sens", indicateur.sens),
            ("nature", indicateur.nature),
            ("periode", indicateur.periode),
            ("frequence", indicateur.frequence),
            ("agregation", indicateur.agregation),
            ("pas_0", indicateur.pas_0),
        ]
        mots += [("portee_spatiale", d.portee_spatiale) for d in indicateur.derivations]
        if (cible := indicateur.cible) is not None:
            mots += [
                ("operateur", cible.operateur),
                ("origine", cible.origine),
                ("relative_a", cible.relative_a),
            ]
    return {(nom, mot.value) for nom, mot in mots if mot is not None}
