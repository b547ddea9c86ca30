"""The proof of one figure on paper: rule, target, facts with their source, history, what would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from quartiers.core.composition import compose_entete
from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.explication import Explication, explain_constat
from quartiers.core.referentiel import Indicateur
from quartiers.core.vue import Vue
from quartiers.reports.papier.document import Document, build_cadre, build_signe, shorten
from quartiers.reports.presentation.chiffre import Chiffre
from quartiers.reports.presentation.faits import FaitMontre, Nommer
from quartiers.reports.presentation.nombre import count_tous
from quartiers.reports.presentation.preuve import PagePreuve, build_page_preuve
from quartiers.reports.presentation.preuve_remontee import Terme, build_page_remontee
from quartiers.reports.presentation.renvoi import Renvoi
from quartiers.reports.presentation.situation import build_situation
from quartiers.reports.typographie import format_date, format_date_courte, lower_first, tidy


def build_preuve(
    vue: Vue,
    code: str,
    indicateur: Indicateur,
    nommer: Nommer,
    renvoi: Renvoi | None = None,
    taire: Callable[[Explication], Explication] | None = None,
) -> Document | None:
    """The document of a proof; None when the indicateur is not shown in that territoire.

    `taire`: what silences the records that its reader may not read.
    """
    explication = explain_constat(vue, indicateur, code)
    if explication is None:
        return None
    if taire is not None:
        explication = taire(explication)
    constat = explication.constat
    propre = constat if isinstance(constat, Constat) else constat.propre
    if isinstance(constat, ConstatRemonte) and propre is None:
        corps = _build_remontee(vue, constat)
        return Document(
            "preuve_remontee", vue.connu_le, _build_tete(vue, code, indicateur, "") | corps
        )
    assert propre is not None  # noqa: S101 - a Constat, or the constat of its own level
    page = build_page_preuve(explication, propre, lambda _jour: "", nommer, vue.vu_le)
    tete = _build_tete(vue, code, indicateur, build_signe(propre.statut)["mot"])
    corps = _build_constat(vue, code, explication, page)
    corps["renvoi"] = renvoi.phrase if renvoi else ""
    corps["declarants"] = _list_declarants(vue, indicateur) if page.is_inconnu else ""
    return Document("preuve", vue.connu_le, tete | corps)


def _list_declarants(vue: Vue, indicateur: Indicateur) -> str:
    return ", ".join(
        vue.dossier.referentiel.get_libelle("declarant", d) for d in indicateur.declarants
    )


def _build_tete(vue: Vue, code: str, indicateur: Indicateur, mot: str) -> dict[str, Any]:
    """Title and official wording; `mot`: the statut asked about, empty for a figure made of others."""
    territoire = vue.territoires[code]
    situation = build_situation(vue, territoire, indicateur, lambda _voisin: "")
    question = f" : pourquoi « {lower_first(mot)} » ?" if mot else ""
    sujet = f"{situation.titre}, {territoire.nom}, preuve"
    cadre = build_cadre(compose_entete(vue, code), vue.dossier.referentiel, sujet)
    return {
        **cadre,
        "surtitre": f"Preuve d’un chiffre · {situation.numero} · {territoire.nom} ({code})",
        "question": tidy(f"{situation.titre}{question}"),
        "officiel": tidy(f"« {situation.texte} »"),
        "reference": f"Annexe, engagement {situation.engagement.code}, {situation.mode}",
        "indicateur": indicateur.libelle,
        "code_indicateur": indicateur.code,
        "lecture": tidy(indicateur.lecture or ""),
        "tete_suite": [
            shorten(f"{situation.titre}, {territoire.nom}"),
            f"Au {format_date(vue.vu_le)}",
        ],
    }


def _build_chiffre(chiffre: Chiffre) -> dict[str, str]:
    return {
        "texte": chiffre.texte,
        "detail": chiffre.detail,
        "date": format_date(chiffre.date) if chiffre.date else "",
        "couverture": chiffre.couverture,
    }


def _build_constat(
    vue: Vue, code: str, explication: Explication, page: PagePreuve
) -> dict[str, Any]:
    constat = page.constat
    return {
        "signe": build_signe(constat.statut, page.drapeaux),
        "chiffre": _build_chiffre(page.chiffre),
        "distance": page.rail.distance if page.rail else "",
        "trajet": (page.rail or page.chemin).phrase if page.rail or page.chemin else "",  # type: ignore[union-attr]
        "raison": tidy(page.raison),
        "initiale": {"texte": page.initiale, "date": page.initiale_date},
        "cible": page.cible,
        "echeance": page.echeance,
        "perime_le": format_date(constat.perime_le),
        "porteur": _write_porteur(vue, code, explication, constat),
        "regles": [
            {"mot": build_signe(r.statut)["mot"], "texte": tidy(r.texte), "ici": r.is_ici}
            for r in page.regles
        ],
        "conditions": [
            {"condition": tidy(c.condition), "signe": build_signe(c.statut, c.drapeaux)}
            for c in page.conditions
        ],
        "savoirs": [
            {
                "jour": format_date_courte(s.jour),
                "signe": build_signe(s.statut, s.drapeaux),
                "appris": tidy(" ".join(s.appris)),
            }
            for s in page.savoirs
        ],
        "sources": [
            {"titre": s.titre, "champs": [list(champ) for champ in s.champs]} for s in page.sources
        ],
        "retenus": [_build_fait(f) for f in page.retenus],
        "ecartes": [_build_fait(f) for f in page.ecartes],
        "retenus_nombre": count_tous(page.retenus),
        "total": page.total,
        "calendrier": tidy(page.calendrier),
        "is_compte": page.is_compte,
    }


def _build_fait(fait: FaitMontre) -> Mapping[str, str]:
    return {"texte": tidy(fait.texte), "origine": tidy(fait.origine), "ecart": tidy(fait.ecart)}


def _write_porteur(vue: Vue, code: str, explication: Explication, constat: Constat) -> str:
    """Whose figure it is, when the quartier takes the statut of another territoire."""
    if explication.porteur == code:
        return ""
    nom = vue.territoires[explication.porteur].nom
    phrase = f"Ce chiffre est celui de « {nom} », dont le quartier prend le statut."
    if len(constat.porteurs) > 1:
        autres = ", ".join(
            f"{vue.territoires[porteur].nom} ({lower_first(build_signe(statut)['mot'])})"
            for porteur, statut in constat.porteurs
        )
        phrase += f" Territoires concernés, le moins favorable retenu : {autres}."
    return tidy(phrase)


def _build_remontee(vue: Vue, constat: ConstatRemonte) -> dict[str, Any]:
    page = build_page_remontee(constat, vue.territoires, lambda _code, _indicateur: "")
    return {
        "chiffre": _build_chiffre(page.chiffre),
        "raison": tidy(page.raison),
        "statuts": [{"signe": build_signe(s), "nombre": n} for s, n in page.statuts],
        "termes_nombre": count_tous(page.termes),
        "partages": tidy(page.partages),
        "termes": [_build_terme(t) for t in page.termes],
    }


def _build_terme(terme: Terme) -> dict[str, Any]:
    return {
        "nom": terme.nom,
        "signe": build_signe(terme.statut, terme.drapeaux),
        "valeur": terme.chiffre.texte,
        "detail": terme.chiffre.detail,
        "date": format_date_courte(terme.chiffre.date),
    }
