"""`quartiers referentiel verifier [DOSSIER]` and `quartiers referentiel montrer CODE`."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, Refus
from quartiers.core.dire import say_date, say_nombre
from quartiers.core.referentiel import (
    Action,
    Dispositif,
    Engagement,
    Indicateur,
    Objectif,
    Referentiel,
)
from quartiers.referentiel.charger import get_dossier, load_programme
from quartiers.referentiel.defaut import ReferentielInvalide

NOM = "referentiel"
AIDE = "vérifie le référentiel, ou en montre une entrée"

Entree = Engagement | Objectif | Action | Indicateur | Dispositif


def configure(parser: argparse.ArgumentParser) -> None:
    """Two verbs of its own."""
    verbes = parser.add_subparsers(title="verbes", metavar="VERBE", dest="geste", required=True)
    verifier = verbes.add_parser("verifier", help="vérifie les fichiers d'un programme")
    verifier.add_argument(
        "dossier", nargs="?", type=Path, metavar="DOSSIER", help="dossier des fichiers TOML"
    )
    montrer = verbes.add_parser(
        "montrer", help="montre un engagement, une action, un indicateur, un dispositif"
    )
    montrer.add_argument(
        "code", metavar="CODE", help="code de l'entrée (E03, E03-A1, e03-a1-france-services…)"
    )


def run(args: argparse.Namespace) -> int:
    """Print what was asked; a defective référentiel exits 1, an unknown code 2."""
    if args.geste == "verifier":
        referentiel = _load(args.dossier or get_dossier())
        print("\n".join(_count(referentiel)))
        return 0
    referentiel = _load(get_dossier())
    entrees = dict(_list_entrees(referentiel))
    entree = entrees.get(args.code)
    if entree is None:
        proches = difflib.get_close_matches(args.code, list(entrees), n=3)
        suite = f" ; codes proches : {', '.join(proches)}" if proches else ""
        msg = f"entrée inconnue : {args.code}{suite}"
        raise AppelIncorrect(msg)
    print("\n".join(_show(referentiel, entree)))
    return 0


def _load(dossier: Path) -> Referentiel:
    try:
        return load_programme(dossier)
    except ReferentielInvalide as erreur:
        raise Refus(str(erreur)) from erreur


def _count(referentiel: Referentiel) -> Iterator[str]:
    objectifs = sum(len(e.objectifs) for e in referentiel.engagements)
    actions = sum(len(e.actions) for e in referentiel.engagements)
    indicateurs = list(referentiel.list_indicateurs())
    cites = sum(i.cible is not None and i.cible.citation is not None for i in indicateurs)
    lus = sum(i.lecture is not None for i in indicateurs)
    yield f"{referentiel.nom} ({referentiel.programme}), version {referentiel.version} : en ordre."
    yield f"{len(referentiel.engagements)} engagements, {objectifs} objectifs, {actions} actions"
    yield f"{len(indicateurs)} indicateurs, dont {cites} citent l'annexe et {lus} portent une lecture"
    yield f"{len(referentiel.dispositifs)} dispositifs"


def _list_entrees(referentiel: Referentiel) -> Iterator[tuple[str, Entree]]:
    for engagement in referentiel.engagements:
        yield engagement.code, engagement
        yield from ((o.code, o) for o in engagement.objectifs)
        yield from ((a.code, a) for a in engagement.actions)
    yield from ((i.code, i) for i in referentiel.list_indicateurs())
    yield from ((d.code, d) for d in referentiel.dispositifs)


def _show(referentiel: Referentiel, entree: Entree) -> Iterator[str]:
    if isinstance(entree, Engagement):
        yield from _show_engagement(entree)
    elif isinstance(entree, Indicateur):
        yield from _show_indicateur(referentiel, entree)
    elif isinstance(entree, Dispositif):
        yield from _show_dispositif(entree)
    else:
        yield from _show_promesse(referentiel, entree)


def _show_engagement(engagement: Engagement) -> Iterator[str]:
    yield f"{engagement.code} {engagement.titre}"
    yield f"« {engagement.texte} »"
    yield from (f"  {o.code} {o.texte_corrige or o.texte}" for o in engagement.objectifs)
    yield from (f"  {a.code} {a.libelle}" for a in engagement.actions)


def _show_promesse(referentiel: Referentiel, entree: Action | Objectif) -> Iterator[str]:
    titre = entree.libelle if isinstance(entree, Action) else "objectif"
    yield f"{entree.code} {titre}"
    yield f"« {entree.texte} »"
    if entree.texte_corrige:
        yield f"Orthographe corrigée : {entree.texte_corrige}"
    if isinstance(entree, Action):
        yield f"Force : {referentiel.get_libelle('mode', entree.mode)}"
        yield f"Dispositifs : {', '.join(entree.dispositifs) or '—'}"
    elif entree.couvert_par:
        yield f"Couvert par : {', '.join(entree.couvert_par)}"
    for indicateur in entree.indicateurs:
        yield ""
        yield from _show_indicateur(referentiel, indicateur)


def _show_indicateur(referentiel: Referentiel, indicateur: Indicateur) -> Iterator[str]:
    principal = " (principal)" if indicateur.principal else ""
    yield f"{indicateur.code}{principal} {indicateur.libelle}"
    niveau = referentiel.get_libelle("niveau", indicateur.niveau)
    frequence = referentiel.get_libelle("frequence", indicateur.frequence)
    yield f"  {indicateur.genre}, {niveau}, en {indicateur.unite}, {frequence.lower()}"
    if indicateur.echelle:
        yield f"  Étapes : {', '.join(f'{pas} {nom}' for pas, nom in enumerate(indicateur.echelle))}"
    yield f"  Cible : {_say_cible(referentiel, indicateur)}"
    if indicateur.portee_spatiale:
        yield f"  Portée : {referentiel.get_libelle('portee_spatiale', indicateur.portee_spatiale)}"
    declarants = (referentiel.get_libelle("declarant", d) for d in indicateur.declarants)
    yield f"  Déclarants : {', '.join(declarants) or '—'}"
    sources = (
        f"{referentiel.get_libelle('source', s.code)} [{s.code}]" for s in indicateur.sources
    )
    yield f"  Sources : {', '.join(sources) or '—'}"
    if indicateur.lecture:
        yield f"  Notre lecture : {indicateur.lecture}"


def _say_cible(referentiel: Referentiel, indicateur: Indicateur) -> str:
    cible = indicateur.cible
    if cible is None:
        return "à fixer par le plan"
    texte = f"{referentiel.get_libelle('operateur', cible.operateur)} {say_nombre(cible.valeur)}"
    if cible.relative_a is not None:
        texte += f" (relative à : {cible.relative_a.value.replace('_', ' ')})"
    if cible.echeance is not None:
        texte += f", au {say_date(cible.echeance)}"
    texte += f", origine {cible.origine}"
    return f"{texte}, « {cible.citation} »" if cible.citation else texte


def _show_dispositif(dispositif: Dispositif) -> Iterator[str]:
    yield f"{dispositif.code} {dispositif.libelle}"
    if dispositif.du:
        yield f"  Depuis le {say_date(dispositif.du)}"
    if dispositif.au:
        yield f"  Jusqu'au {say_date(dispositif.au)}"
    if dispositif.successeur:
        yield f"  Remplacé par : {dispositif.successeur}"
