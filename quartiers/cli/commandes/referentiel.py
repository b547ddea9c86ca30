"""`quartiers referentiel verifier [DOSSIER]`, `montrer CODE`, `indicateurs [CODE]` and `saisies`."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator
from pathlib import Path

from quartiers.cli.appel import AppelIncorrect, Refus, add_dates
from quartiers.cli.commandes.tableau import open_vue, write_sortie
from quartiers.core.dire import say_date, say_nombre
from quartiers.core.referentiel import (
    Action,
    Dispositif,
    Engagement,
    GenreIndicateur,
    Indicateur,
    Objectif,
    Referentiel,
    RelativeA,
)
from quartiers.core.territoire import Niveau
from quartiers.referentiel.charger import get_dossier, load_programme
from quartiers.referentiel.defaut import ReferentielInvalide
from quartiers.reports.table_des_indicateurs import write_csv, write_texte
from quartiers.reports.table_des_saisies import write_saisies

NOM = "referentiel"
AIDE = "vérifie le référentiel, en montre une entrée, ou la liste de ses indicateurs"

Entree = Engagement | Objectif | Action | Indicateur | Dispositif


def configure(parser: argparse.ArgumentParser) -> None:
    """Four verbs of its own."""
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

    indicateurs = verbes.add_parser(
        "indicateurs",
        help="tous les indicateurs : dérivation, lecture, et leur chiffre quelque part",
    )
    indicateurs.add_argument(
        "code", nargs="?", metavar="CODE", help="code d'un territoire, dont on dit les chiffres"
    )
    add_dates(indicateurs)
    indicateurs.add_argument(
        "--format", choices=("texte", "csv"), default="texte", help="forme de la réponse"
    )
    indicateurs.add_argument(
        "-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire"
    )

    saisies = verbes.add_parser(
        "saisies", help="ce qui nourrit chaque indicateur, et la page la plus courte pour le dire"
    )
    saisies.add_argument("-o", "--sortie", type=Path, metavar="FICHIER", help="fichier à écrire")


def run(args: argparse.Namespace) -> int:
    """Print what was asked; a defective référentiel exits 1, an unknown code 2."""
    if args.geste == "indicateurs":
        write_indicateurs(args)
        return 0
    if args.geste == "saisies":
        write_sortie(write_saisies(load_referentiel()), args.sortie)
        return 0
    if args.geste == "verifier":
        referentiel = load_referentiel(args.dossier)
        print("\n".join(_count(referentiel)))
        return 0
    referentiel = load_referentiel()
    entrees = dict(_list_entrees(referentiel))
    entree = entrees.get(args.code)
    if entree is None:
        proches = difflib.get_close_matches(args.code, list(entrees), n=3)
        suite = f" ; codes proches : {', '.join(proches)}" if proches else ""
        msg = f"entrée inconnue : {args.code}{suite}"
        raise AppelIncorrect(msg)
    print("\n".join(_show(referentiel, entree)))
    return 0


def write_indicateurs(args: argparse.Namespace) -> None:
    """Every indicateur on a line; with the figures of a territoire when one is named."""
    vue = open_vue(args) if args.code else None
    referentiel = load_referentiel() if vue is None else vue.dossier.referentiel
    ecrit = write_csv if args.format == "csv" else write_texte
    write_sortie(ecrit(referentiel, vue, args.code or ""), args.sortie)


def load_referentiel(dossier: Path | None = None) -> Referentiel:
    """The programme of a folder, of the one in use by default; a defective one is a refusal."""
    try:
        return load_programme(dossier or get_dossier())
    except ReferentielInvalide as erreur:
        raise Refus(str(erreur)) from erreur


def _count(referentiel: Referentiel) -> Iterator[str]:
    engagements = referentiel.engagements
    indicateurs = list(referentiel.list_indicateurs())
    comptes = {
        "engagement": len(engagements),
        "objectif": sum(len(e.objectifs) for e in engagements),
        "action": sum(len(e.actions) for e in engagements),
        "indicateur": len(indicateurs),
    }
    cites = sum(i.cible is not None and i.cible.citation is not None for i in indicateurs)
    lus = sum(i.lecture is not None for i in indicateurs)
    yield f"{referentiel.nom} ({referentiel.programme}), version {referentiel.version} : en ordre."
    yield ", ".join(_say_compte(referentiel, nom, nombre) for nom, nombre in comptes.items())
    yield f"{cites} cibles citent le texte officiel, {lus} lectures disent la nôtre"
    yield f"{len(referentiel.dispositifs)} dispositifs"


def _say_compte(referentiel: Referentiel, nom: str, nombre: int) -> str:
    libelle = (
        referentiel.get_libelle("echelon_pluriel", nom)
        if nombre > 1
        else referentiel.get_libelle("echelon", nom).lower()
    )
    return f"{nombre} {libelle}"


def _list_entrees(referentiel: Referentiel) -> Iterator[tuple[str, Entree]]:
    for engagement in referentiel.engagements:
        yield engagement.code, engagement
        yield from ((o.code, o) for o in engagement.objectifs)
        yield from ((a.code, a) for a in engagement.actions)
    yield from ((i.code, i) for i in referentiel.list_indicateurs())
    yield from ((d.code, d) for d in referentiel.dispositifs)


def _show(referentiel: Referentiel, entree: Entree) -> Iterator[str]:
    if isinstance(entree, Engagement):
        yield from _show_engagement(referentiel, entree)
    elif isinstance(entree, Indicateur):
        porteur = next(p for p in _list_porteurs(referentiel) if entree in p.indicateurs)
        yield from _show_porteur(referentiel, porteur)
        yield ""
        yield from _show_indicateur(referentiel, entree)
    elif isinstance(entree, Dispositif):
        yield from _show_dispositif(referentiel, entree)
    else:
        yield from _show_porteur(referentiel, entree)
        for indicateur in entree.indicateurs:
            yield ""
            yield from _show_indicateur(referentiel, indicateur)


def _list_porteurs(referentiel: Referentiel) -> Iterator[Action | Objectif]:
    for engagement in referentiel.engagements:
        yield from engagement.objectifs
        yield from engagement.actions


def _show_engagement(referentiel: Referentiel, engagement: Engagement) -> Iterator[str]:
    yield f"{referentiel.get_libelle('echelon', 'engagement')} {engagement.code} – {engagement.titre}"
    yield f"Texte officiel : « {engagement.texte} »"
    yield from (f"  {o.code} {o.texte_corrige or o.texte}" for o in engagement.objectifs)
    yield from (f"  {a.code} {a.libelle}" for a in engagement.actions)


def _show_porteur(referentiel: Referentiel, entree: Action | Objectif) -> Iterator[str]:
    if isinstance(entree, Action):
        yield f"{referentiel.get_libelle('echelon', 'action')} {entree.code} – {entree.libelle}"
    else:
        yield f"{referentiel.get_libelle('echelon', 'objectif')} {entree.code}"
    yield f"Texte officiel : « {entree.texte} »"
    if entree.texte_corrige:
        yield f"Orthographe corrigée : « {entree.texte_corrige} »"
    if isinstance(entree, Action):
        yield f"Force : {referentiel.get_libelle('mode', entree.mode)}"
        noms = {d.code: d.libelle for d in referentiel.dispositifs}
        dispositifs = ", ".join(f"{noms[d]} [{d}]" for d in entree.dispositifs)
        yield f"Dispositifs : {dispositifs or '—'}"
        return
    if entree.couvert_par:
        yield f"Couvert par : {', '.join(entree.couvert_par)}"
    if entree.lecture:
        yield f"Notre lecture : {entree.lecture}"


def _show_indicateur(referentiel: Referentiel, indicateur: Indicateur) -> Iterator[str]:
    principal = " (principal)" if indicateur.principal else ""
    yield f"{indicateur.code}{principal} – {indicateur.libelle}"
    traits = [
        ("genre", indicateur.genre),
        ("nature", indicateur.nature),
        ("periode", indicateur.periode),
        ("frequence", indicateur.frequence),
        ("sens", indicateur.sens),
    ]
    mots = [referentiel.get_libelle(nom, mot).lower() for nom, mot in traits if mot is not None]
    niveau = referentiel.get_libelle("niveau", indicateur.niveau)
    yield f"  Mesure : en {indicateur.unite} ; {niveau} ; {' ; '.join(mots)}"
    if indicateur.echelle:
        yield f"  Étapes : {', '.join(f'{pas} {nom}' for pas, nom in enumerate(indicateur.echelle))}"
    yield f"  Cible : {_say_cible(referentiel, indicateur)}"
    portees = dict.fromkeys(
        referentiel.get_libelle("portee_spatiale", d.portee_spatiale)
        for d in indicateur.derivations
        if d.portee_spatiale is not None
    )
    if portees:
        yield f"  Portée : {' ; '.join(portees)}"
    if indicateur.heritage:
        yield f"  Hérité par : {referentiel.get_libelle('niveau', Niveau.QUARTIER)}"
    declarants = (referentiel.get_libelle("declarant", d) for d in indicateur.declarants)
    yield f"  Déclarants : {', '.join(declarants) or '—'}"
    sources = (
        f"{referentiel.get_libelle('source', s.code)} [{s.code}]"
        f" : {referentiel.get_libelle('role', s.role).lower()}"
        for s in indicateur.sources
    )
    yield f"  Sources : {' ; '.join(sources) or '—'}"
    if indicateur.lecture:
        yield f"  Notre lecture : {indicateur.lecture}"


def _say_cible(referentiel: Referentiel, indicateur: Indicateur) -> str:
    cible = indicateur.cible
    if cible is None:
        if indicateur.genre is GenreIndicateur.SUIVI:
            return "aucune, c'est un suivi"
        return "à fixer par le plan"
    operateur = referentiel.get_libelle("operateur", cible.operateur)
    texte = f"{operateur} {say_nombre(cible.valeur)}"
    if cible.relative_a is RelativeA.BASE:
        texte += " fois la valeur de départ"
    elif cible.relative_a is RelativeA.ANNEE_PRECEDENTE:
        texte += " de plus que la période précédente"
    if indicateur.echelle:
        texte = f"étape {say_nombre(cible.valeur)}, « {indicateur.echelle[int(cible.valeur)]} »"
    if cible.echeance is not None:
        source = referentiel.get_libelle("echeance_source", cible.echeance_source or "")
        texte += f", au {say_date(cible.echeance)}" + (f" ({source.lower()})" if source else "")
    texte += f" ; {referentiel.get_libelle('origine', cible.origine).lower()}"
    return f"{texte} : « {cible.citation} »" if cible.citation else texte


def _show_dispositif(referentiel: Referentiel, dispositif: Dispositif) -> Iterator[str]:
    yield f"Dispositif {dispositif.code} – {dispositif.libelle}"
    if dispositif.du:
        yield f"  Depuis le {say_date(dispositif.du)}"
    yield (
        f"  Jusqu'au {say_date(dispositif.au)}" if dispositif.au else "  Aucune fin n'est vérifiée"
    )
    if dispositif.successeur:
        yield f"  Remplacé par : {dispositif.successeur}"
    actions = [
        a.code
        for e in referentiel.engagements
        for a in e.actions
        if dispositif.code in a.dispositifs
    ]
    yield f"  Actions : {', '.join(actions) or '—'}"
