"""Closed lists that are data: every word used is known to `programme.toml`, every word shown has a label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from quartiers.core.derivation.comptes import CalendrierDeDerivation, CompteDeDerivation
from quartiers.core.derivation.fenetres import NOMMEE, FenetreNommee
from quartiers.core.derivation.filtres_connus import get_filtres, list_genres
from quartiers.referentiel.modeles import (
    DerivationEcrite,
    EngagementEcrit,
    IndicateurEcrit,
    ProgrammeEcrit,
)

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
    mots: list[tuple[str, str | None]] = []
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
        for derivation in indicateur.derivations:
            for element in (derivation, *(derivation.produit or ())):
                mots += _list_mots_de(element)
        if (cible := indicateur.cible) is not None:
            mots += [
                ("operateur", cible.operateur),
                ("origine", cible.origine),
                ("relative_a", cible.relative_a),
            ]
    return {(nom, str(mot)) for nom, mot in mots if mot is not None}


def _list_mots_de(derivation: DerivationEcrite) -> Iterator[tuple[str, str | None]]:
    """Its words that the calculation knows; the others are refused for themselves."""
    yield "portee_spatiale", derivation.portee_spatiale
    fenetres = derivation.filtre.get(NOMMEE)
    for nom, dits, connus in (
        ("compte", [derivation.compte], CompteDeDerivation),
        ("calendrier", [derivation.calendrier], CalendrierDeDerivation),
        ("fenetre", fenetres if isinstance(fenetres, list) else [], FenetreNommee),
    ):
        yield from ((nom, mot) for mot in dits if mot in {connu.value for connu in connus})
    if derivation.de in list_genres():
        connus_du_genre = get_filtres(derivation.de)
        yield from (("filtre", cle) for cle in derivation.filtre if cle in connus_du_genre)
