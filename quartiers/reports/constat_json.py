"""A constat in JSON, at the quartier and above it (formats.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quartiers.core.composition import AnyConstat
from quartiers.core.constat import CibleResolue, Constat, ConstatRemonte, FaitRetenu
from quartiers.core.explication import Explication, say_any_raison
from quartiers.core.fait import Releve
from quartiers.core.referentiel import Indicateur
from quartiers.core.statut import LIBELLES, Drapeau, Statut
from quartiers.reports.fait_json import render_fait, render_fait_connu
from quartiers.reports.nombres import get_jour, get_nombre
from quartiers.reports.presentation.ecarts import write_ecart
from quartiers.reports.presentation.pieces import (
    SANS_PIECE,
    Pieces,
    count_avec_preuve,
    get_entree,
    list_faits_derriere,
)


def render_indicateur(constat: AnyConstat) -> dict[str, Any]:
    """One indicateur object of a tableau."""
    if isinstance(constat, Constat):
        return _render_constat(constat.indicateur, constat, say_any_raison(constat))
    return _render_remonte(constat)


def _render_constat(indicateur: Indicateur, constat: Constat | None, raison: str) -> dict[str, Any]:
    """`constat` None: above the quartier, an indicateur of a lower level has neither statut nor cible."""
    rendu = _render_entree(indicateur) | {
        "statut": None if constat is None else constat.statut.value,
        "valeur": get_nombre(constat.valeur) if constat else None,
        "numerateur": get_nombre(constat.numerateur) if constat else None,
        "denominateur": get_nombre(constat.denominateur) if constat else None,
        "unite": indicateur.unite,
        "portee_spatiale": indicateur.portee_spatiale.value if indicateur.portee_spatiale else None,
        "cible": render_cible(constat.cible) if constat else None,
        "date": get_jour(constat.date) if constat else None,
        "perime_le": get_jour(constat.perime_le) if constat else None,
        "ratio": get_nombre(constat.ratio) if constat else None,
        "drapeaux": sorted(d.value for d in constat.drapeaux) if constat else [],
        "perdu_le": get_jour(constat.perdu_le) if constat else None,
        "raison": None if constat is not None and Drapeau.SECRET in constat.drapeaux else raison,
        "faits": [render_fait(f) for f in constat.faits] if constat else [],
    }
    if constat is not None and constat.porteurs:
        rendu["porteurs"] = [
            {"code": code, "statut": statut.value} for code, statut in constat.porteurs
        ]
    return rendu


def _render_entree(indicateur: Indicateur) -> dict[str, Any]:
    return {
        "code": indicateur.code,
        "libelle": indicateur.libelle,
        "genre": indicateur.genre.value,
        "niveau": indicateur.niveau.value,
        "principal": indicateur.principal,
        "lecture": indicateur.lecture,
    }


def render_cible(cible: CibleResolue | None) -> dict[str, Any] | None:
    """The target in force, `valeur` resolved in the unit; null without target."""
    if cible is None:
        return None
    return {
        "operateur": cible.operateur.value,
        "valeur": get_nombre(cible.valeur),
        "echeance": get_jour(cible.echeance),
        "base": get_nombre(cible.base),
        "base_date": get_jour(cible.base_date),
        "effet": get_jour(cible.effet),
        "origine": cible.origine.value,
    }


def render_statuts(statuts: Sequence[tuple[Statut, int]]) -> dict[str, int]:
    """Counts by statut, only those met."""
    return {statut.value: nombre for statut, nombre in statuts}


def _render_remonte(remonte: ConstatRemonte) -> dict[str, Any]:
    rendu = _render_constat(remonte.indicateur, remonte.propre, say_any_raison(remonte))
    if Drapeau.SECRET in remonte.drapeaux:
        rendu |= {"raison": None, "drapeaux": sorted({*rendu["drapeaux"], Drapeau.SECRET.value})}
    return rendu | {
        "valeur": get_nombre(remonte.valeur),
        "numerateur": get_nombre(remonte.numerateur),
        "denominateur": get_nombre(remonte.denominateur),
        "statuts": render_statuts(remonte.statuts),
        "attendus": remonte.attendus,
        "applicables": remonte.applicables,
        "renseignes": remonte.renseignes,
        "couverture": get_nombre(remonte.couverture),
        "taux_min": get_nombre(remonte.taux_min),
        "taux_max": get_nombre(remonte.taux_max),
        "valeur_fraiche": get_nombre(remonte.valeur_fraiche),
        "valeur_complete": remonte.valeur_complete,
        "au_moins": get_nombre(remonte.au_moins),
        "au_plus": get_nombre(remonte.au_plus),
        "territoires": [{"code": c.territoire, "statut": c.statut.value} for c in remonte.constats],
    }


def render_deduite(releve: Releve) -> dict[str, Any]:
    """What the records of a cell said of a day, and since when that is known."""
    return {
        "date": get_jour(releve.date),
        "connu_le": get_jour(releve.connu_le),
        "valeur": get_nombre(releve.valeur),
        "numerateur": get_nombre(releve.numerateur),
        "denominateur": get_nombre(releve.denominateur),
    }


def render_prouve(fait: FaitRetenu, pieces: Pieces) -> dict[str, Any]:
    """A fait with what proves it."""
    siennes = pieces.get(get_entree(fait), ())
    return render_fait(fait) | {
        "pieces": [
            {"nature": p.nature, "nom": p.nom or None, "empreinte": p.empreinte or None}
            for p in siennes
        ]
    }


def render_ecarte(fait: FaitRetenu, constat: Constat, pieces: Pieces) -> dict[str, Any]:
    """A fait seen and not retained, with why in words."""
    return render_prouve(fait, pieces) | {"ecart": write_ecart(fait, constat)}


def render_avec_preuve(constat: AnyConstat, pieces: Pieces) -> dict[str, int] | None:
    """How many of the declared faits have a piece; null when nobody declared any."""
    avec = count_avec_preuve(list_faits_derriere(constat), pieces)
    return {"nombre": int(avec.prouves), "sur": int(avec.declares)} if avec.declares else None


def render_explication(
    explication: Explication, entete: Mapping[str, Any], pieces: Pieces = SANS_PIECE
) -> dict[str, Any]:
    """The answer of `quartiers constat`: the indicateur object, with its rule, its history, what would change it."""
    constat = explication.constat
    propre = constat if isinstance(constat, Constat) else constat.propre
    return {
        **entete,
        **render_indicateur(constat),
        "faits": [render_prouve(f, pieces) for f in propre.faits] if propre else [],
        "avec_preuve": render_avec_preuve(constat, pieces),
        "porteur": explication.porteur,
        "regle": [
            {"statut": r.statut.value, "condition": r.texte, "ici": r.is_ici}
            for r in explication.regles
        ],
        "ce_qui_changerait": [
            {
                "condition": c.condition,
                "statut": c.statut.value,
                "libelle": LIBELLES[c.statut],
                "drapeaux": sorted(d.value for d in c.drapeaux),
            }
            for c in explication.changements
        ],
        "faits_ecartes": [render_ecarte(f, propre, pieces) for f in propre.ecartes]
        if propre
        else [],
        "historique": None
        if Drapeau.SECRET in constat.drapeaux
        else [render_fait_connu(f) for f in explication.faits_connus],
        "valeurs_deduites": [render_deduite(r) for r in explication.deduites],
    }
