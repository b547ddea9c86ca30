"""Régions and the nation: one sentence, an interval per engagement, one action in detail, and who has not answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from quartiers.core.decoupage import count_complets, split_engagement
from quartiers.core.dire import fold
from quartiers.core.tableau import Tableau, Taux
from quartiers.core.territoire import Genre, Niveau, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.departement import LigneIntervalle, build_intervalles
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.presentation.phrases import Phrase, write_ensemble
from quartiers.reports.typographie import format_fraction
from quartiers.web.adresses import get_adresse, get_adresse_preuve
from quartiers.web.presentation.ensemble_action import (
    ActionChoisie,
    ActionDetaillee,
    ActionPortee,
    build_action,
    choose_action,
    list_candidats,
    list_portees,
)
from quartiers.web.presentation.tuiles import CarteEnTuiles, Donnee, Motif, build_tuiles
from quartiers.web.regard import Regard


@dataclass(frozen=True, slots=True)
class Enfant:
    """A territoire inside, and how many quartiers are expected of it."""

    nom: str
    adresse: str
    attendus: Decompte


@dataclass(frozen=True, slots=True)
class PageEnsemble:
    """All that the page of a région or of the nation shows. `action` None: nothing is expected there.

    `tuiles`: the action on the map of France; None in a région, whose table already lists its départements.
    """

    phrase: Phrase
    engagements: tuple[LigneIntervalle, ...]
    enfants: tuple[Enfant, ...]
    action: ActionDetaillee | None
    choix: tuple[ActionChoisie, ...]
    portees: tuple[ActionPortee, ...]
    is_nation: bool
    tuiles: CarteEnTuiles | None


def build_page_ensemble(vue: Vue, tableau: Tableau, regard: Regard, voulu: str) -> PageEnsemble:
    """From the tableau of a région or the nation to its page. `voulu`: the indicateur of the action asked for."""
    code = tableau.territoire.code
    porteurs = count_porteurs(vue, code)
    departements = sort_par_nom([vue.territoires[porteur] for porteur in porteurs])
    parties = [
        keep_codes(split_engagement(e, vue.territoires, Niveau.DEPARTEMENT), porteurs)
        for e in tableau.engagements
    ]
    link = partial(get_adresse, regard=regard)
    link_preuve = partial(get_adresse_preuve, code, regard=regard)
    candidats = list_candidats(tableau)
    candidat = choose_action(candidats, voulu)
    is_nation = tableau.territoire.genre is Genre.NATION
    action = None
    if candidat is not None and departements:
        preuve = link_preuve(candidat.choix.indicateur)
        niveau = Niveau.REGION if is_nation else Niveau.DEPARTEMENT
        action = build_action(candidat, vue.territoires, departements, niveau, link, preuve)
    return PageEnsemble(
        phrase=write_ensemble(tableau.taux, *count_departements(parties)),
        engagements=tuple(
            add_departements(ligne, partie)
            for ligne, partie in zip(build_intervalles(tableau, ()), parties, strict=True)
        ),
        enfants=tuple(Enfant(t.nom, link(t), Decompte(porteurs[t.code])) for t in departements),
        action=action,
        choix=tuple(c.choix for c in candidats),
        portees=list_portees(tableau, voulu, link_preuve),
        is_nation=is_nation,
        tuiles=draw_tuiles(action) if action is not None and is_nation else None,
    )


def draw_tuiles(action: ActionDetaillee) -> CarteEnTuiles:
    """The map of an action: one tile per département, its share reached and what it rests on."""
    return build_tuiles(
        (
            Donnee(
                code=ligne.code,
                nom=ligne.nom,
                texte=ligne.phrase if ligne.taux.renseignes else "",
                motif=choose_motif(ligne.taux),
                adresse=ligne.adresse,
                couverture=f"{format_fraction(ligne.taux.renseignes, ligne.taux.applicables)} à jour",
            )
            for ligne in action.departements
        ),
        f"part atteinte de l’action {action.numero}, {action.libelle}, dans chaque département",
    )


def choose_motif(taux: Taux) -> Motif:
    """All told, some of it, or nothing."""
    if taux.renseignes == taux.applicables:
        return Motif.COMPLET
    return Motif.PARTIEL if taux.renseignes else Motif.INCONNU


def count_porteurs(vue: Vue, code: str) -> Mapping[str, int]:
    """How many expected quartiers each département inside holds."""
    porteurs: dict[str, int] = {}
    for quartier in vue.list_attendus_de(code):
        for departement in vue.territoires.list_au_niveau(quartier, Niveau.DEPARTEMENT):
            dedans = departement == code or code in vue.territoires.get_ancetres(departement)
            if dedans:
                porteurs[departement] = porteurs.get(departement, 0) + 1
    return porteurs


def keep_codes(parties: Mapping[str, Taux], codes: Mapping[str, int]) -> dict[str, Taux]:
    """The parts that stand inside; a quartier that straddles may name a département outside."""
    return {code: taux for code, taux in parties.items() if code in codes}


def count_departements(parties: list[dict[str, Taux]]) -> tuple[int, int]:
    """(départements of which something is missing, départements that something is asked of)."""
    asked = {code for partie in parties for code, taux in partie.items() if taux.applicables}
    muets = {
        code
        for partie in parties
        for code, taux in partie.items()
        if taux.renseignes < taux.applicables
    }
    return len(muets), len(asked)


def add_departements(ligne: LigneIntervalle, partie: Mapping[str, Taux]) -> LigneIntervalle:
    """« 34 sur 37 » départements up to date; empty for an engagement that no département answers for."""
    complets, utiles = count_complets(partie.values())
    texte = f"{complets} sur {utiles}" if utiles else ""
    return replace(ligne, departements=texte, is_complet=complets == utiles)


def sort_par_nom(territoires: list[Territoire]) -> list[Territoire]:
    """Alphabetical order, accents aside: never a ranking."""
    return sorted(territoires, key=lambda t: (fold(t.nom), t.code))
