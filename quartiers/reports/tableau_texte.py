"""A tableau and a constat for a terminal: words only, no colour."""

from __future__ import annotations

from collections.abc import Iterator

from quartiers.core.composition import AnyConstat
from quartiers.core.constat import Constat, FaitRetenu
from quartiers.core.dire import say_date, say_metres, say_part, say_valeur
from quartiers.core.explication import Explication, say_any_raison
from quartiers.core.fait import Confirmation, Liste, Objet, Releve
from quartiers.core.historique import get_date
from quartiers.core.statut import LIBELLES, LIBELLES_DRAPEAUX
from quartiers.core.tableau import EngagementVu, Tableau, Taux
from quartiers.reports.presentation.ecarts import write_ecart


def write_tableau(tableau: Tableau) -> str:
    """The tableau of a territoire, engagement by engagement."""
    return "\n".join(_list_lignes(tableau)) + "\n"


def _list_lignes(tableau: Tableau) -> Iterator[str]:
    territoire = tableau.territoire
    yield f"{territoire.nom} ({territoire.code}, {territoire.genre.value})"
    yield f"Vu le {say_date(tableau.vu_le)}, connu le {say_date(tableau.connu_le)}"
    yield f"Données {tableau.donnees_version}, référentiel {tableau.programme} {tableau.version_referentiel}"
    yield _say_taux(tableau.taux)
    for engagement in tableau.engagements:
        yield ""
        yield from _list_engagement(engagement)


def _say_taux(taux: Taux) -> str:
    comptes = ", ".join(f"{LIBELLES[statut].lower()} {nombre}" for statut, nombre in taux.statuts)
    return f"{taux.renseignes} sur {taux.applicables} à jour ({say_part(taux.couverture)}) : {comptes or 'rien'}"


def _list_engagement(vu: EngagementVu) -> Iterator[str]:
    libelle = f" : {LIBELLES[vu.statut]}" if vu.statut is not None else ""
    cause = f" ({vu.cause})" if vu.cause else ""
    yield f"{vu.engagement.code} {vu.engagement.titre}{libelle}{cause}, {vu.taux.renseignes}/{vu.taux.applicables}"
    for objectif in vu.objectifs:
        for constat in objectif.indicateurs:
            yield f"  {objectif.objectif.code}  {_say_ligne(constat)}"
    for action in vu.actions:
        for constat in action.indicateurs:
            signe = "*" if constat.indicateur.principal else " "
            yield f"  {action.action.code} {signe}{_say_ligne(constat)}"


def _say_ligne(constat: AnyConstat) -> str:
    propre = constat if isinstance(constat, Constat) else constat.propre
    statut = f"{_say_statut(propre)} — " if propre is not None else ""
    return f"{constat.indicateur.libelle} : {statut}{say_any_raison(constat)}"


def _say_statut(constat: Constat) -> str:
    drapeaux = ", ".join(LIBELLES_DRAPEAUX[d] for d in sorted(constat.drapeaux))
    return LIBELLES[constat.statut] + (f" ({drapeaux})" if drapeaux else "")


def write_explication(explication: Explication, tableau_entete: Tableau) -> str:
    """The proof of a figure."""
    return "\n".join(_list_preuve(explication, tableau_entete)) + "\n"


def _list_preuve(explication: Explication, entete: Tableau) -> Iterator[str]:
    constat = explication.constat
    propre = constat if isinstance(constat, Constat) else constat.propre
    yield f"{entete.territoire.nom} ({entete.territoire.code}) — {constat.indicateur.libelle}"
    yield f"Vu le {say_date(entete.vu_le)}, connu le {say_date(entete.connu_le)}"
    if explication.action is not None:
        yield f"« {explication.action.texte} » ({explication.action.code})"
    if propre is not None:
        yield f"Statut : {_say_statut(propre)}"
    yield f"Valeur : {say_valeur(constat.valeur, constat.indicateur.unite)}"
    yield explication.raison
    if constat.indicateur.lecture:
        yield f"Notre lecture : {constat.indicateur.lecture}"
    if explication.regles:
        yield "Règle, dans l’ordre :"
        yield from (
            f"  {'>' if r.is_ici else ' '} {LIBELLES[r.statut]} : {r.texte}"
            for r in explication.regles
        )
    if propre is not None:
        yield f"Faits retenus : {len(propre.faits)}"
        yield from (f"  {say_fait(f)}" for f in propre.faits)
        if propre.ecartes:
            yield f"Faits écartés : {len(propre.ecartes)}"
            yield from (f"  {say_fait(f)}{_say_ecart(f, propre)}" for f in propre.ecartes)
    if explication.changements:
        yield "Ce qui changerait ce statut :"
        yield from (f"  {c.condition} : {LIBELLES[c.statut]}" for c in explication.changements)
    if explication.faits_connus:
        yield "Ce que l’on savait, et quand :"
        for connu in explication.faits_connus:
            remplace = f", remplacé le {say_date(connu.remplace_le)}" if connu.remplace_le else ""
            yield f"  su le {say_date(connu.connu_le)}{remplace} — {say_fait(connu.fait)}"


def _say_ecart(fait: FaitRetenu, constat: Constat) -> str:
    """Why it is not retained, when that can be said."""
    ecart = write_ecart(fait, constat)
    return f" ({ecart})" if ecart else ""


def say_fait(fait: FaitRetenu) -> str:
    """One fait with its source and line."""
    preuve = fait.preuve
    quoi = preuve.libelle or preuve.genre
    if isinstance(fait, Releve):
        quoi = f"relevé {_say_releve(fait)}"
    elif isinstance(fait, Objet) and fait.distance_m is not None:
        quoi = f"{quoi}, à {say_metres(fait.distance_m)}"
    elif isinstance(fait, Liste):
        quoi = "liste complète"
    elif isinstance(fait, Confirmation):
        quoi = f"confirmation de {quoi or fait.objet}"
    ou = preuve.source or getattr(fait, "source", "")
    ligne = f", ligne {preuve.ligne}" if preuve.ligne is not None else ""
    return f"{quoi} ({say_date(get_date(fait))}{', ' + ou if ou else ''}{ligne})"


def _say_releve(fait: Releve) -> str:
    if fait.is_retrait:
        return "retiré"
    if fait.numerateur is not None and fait.denominateur is not None:
        return f"{say_valeur(fait.numerateur, '').strip()} sur {say_valeur(fait.denominateur, '').strip()}"
    return f"étape {fait.jalon}" if fait.jalon is not None else say_valeur(fait.valeur, "").strip()
