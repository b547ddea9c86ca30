"""Why a derivation cannot be computed, alone and beside the others of its indicateur: every reason at once."""

from __future__ import annotations

from collections.abc import Iterator

from quartiers.core.contenu import Sorte
from quartiers.core.derivation.comptes import (
    UNITES_DES_CALENDRIERS,
    CalendrierDeDerivation,
    CompteDeDerivation,
    list_raisons_du_compte,
)
from quartiers.core.derivation.fenetres import list_raisons_de_la_fenetre
from quartiers.core.derivation.filtrage import list_raisons_des_filtres
from quartiers.core.derivation.filtres_connus import CONSTAT, DU_CADRE, list_genres
from quartiers.core.derivation.lexique import CHAMP, Lexique
from quartiers.core.genres import GENRES_DERIVES
from quartiers.core.referentiel import Derivation, GenreIndicateur, Indicateur

DENOMINATEUR = "denominateur"
_FACTEURS = 2
_COMPTES = frozenset(compte.value for compte in CompteDeDerivation)


def list_raisons(indicateur: Indicateur, lexique: Lexique) -> Iterator[str]:
    """Every reason why the derivations of an indicateur cannot be computed."""
    for derivation in indicateur.derivations:
        yield from _list_raisons_d_une(indicateur, derivation, lexique)
    yield from _list_raisons_ensemble(indicateur)


def _list_raisons_d_une(
    indicateur: Indicateur, derivation: Derivation, lexique: Lexique
) -> Iterator[str]:
    origines = (
        derivation.de,
        derivation.calendrier,
        derivation.constante,
        derivation.source,
        derivation.produit or None,
    )
    if sum(origine is not None for origine in origines) != 1:
        yield (
            "une dérivation a une origine et une seule"
            " (de, calendrier, constante, source ou produit)"
        )
    elif derivation.de is not None:
        yield from _list_raisons_d_enregistrements(indicateur, derivation, lexique)
    else:
        yield from _list_raisons_d_ailleurs(derivation, lexique)
        for facteur in derivation.produit:
            yield from _list_raisons_d_une(indicateur, facteur, lexique)


def _list_raisons_d_enregistrements(
    indicateur: Indicateur, derivation: Derivation, lexique: Lexique
) -> Iterator[str]:
    de = str(derivation.de)
    if de not in list_genres() or de not in lexique.referentiel.enregistrements:
        connus = (g for g in list_genres() if g in lexique.referentiel.enregistrements)
        yield f"genre d'enregistrement inconnu : {de} ; connus : {', '.join(connus) or 'aucun'}"
        return
    if derivation.portee_spatiale is None:
        yield f"« portee_spatiale » absente : jusqu’où compter {de} n’est pas dit"
    yield from _list_raisons_du_compte(derivation, lexique)
    yield from list_raisons_des_filtres(derivation, lexique)
    genre = GENRES_DERIVES.get(de)
    yield from list_raisons_de_la_fenetre(
        dict(derivation.filtre),
        None if genre is None else genre.SORTE,
        is_cumul=indicateur.is_flux or is_unites(derivation),
    )
    yield from _list_raisons_des_accords(indicateur, derivation)


def _list_raisons_du_compte(derivation: Derivation, lexique: Lexique) -> Iterator[str]:
    de, compte, champ = str(derivation.de), derivation.compte, derivation.champ
    if compte not in _COMPTES:
        yield f"compte inconnu : {compte or 'aucun'} ; connus : {', '.join(sorted(_COMPTES))}"
        return
    if de in DU_CADRE:
        if compte != CompteDeDerivation.DISTINCT or champ is not None:
            yield f"compte « {compte} » : de {de}, seulement « distinct », sans champ"
        return
    raisons = list(
        list_raisons_du_compte(
            GENRES_DERIVES[de], CompteDeDerivation(compte), champ, derivation.portee_spatiale
        )
    )
    yield from raisons
    if champ is not None and not raisons and champ not in lexique.list_champs(de):
        dits = ", ".join(lexique.list_champs(de)) or "aucun"
        yield f"champ « {champ} » : absent de enregistrements.{de}.{CHAMP} ; connus : {dits}"


def _list_raisons_des_accords(indicateur: Indicateur, derivation: Derivation) -> Iterator[str]:
    """What a filter asks of the rest of its derivation."""
    filtre = dict(derivation.filtre)
    if "dont" in filtre and (derivation.compte, derivation.champ) != ("somme", "n"):
        yield "filtre « dont » : seulement d’une somme du champ « n »"
    if "financeurs_min" in filtre and derivation.champ != "action_financee":
        yield "filtre « financeurs_min » : seulement du champ « action_financee »"
    if "devenu_positif" in filtre and not indicateur.is_flux:
        yield "filtre « devenu_positif » : seulement d’un flux, qui a une période"
    if derivation.de == "Financement" and "etat" not in filtre:
        yield "filtre « etat » absent : rien ne dit le jour d’un financement"
    jours = [cle for cle in ("decidee", "echue_ou_decidee") if cle in filtre]
    if derivation.de == "DemandeAppui" and len(jours) != 1:
        yield "« decidee » ou « echue_ou_decidee », l’un des deux, dit le jour d’une demande"


def _list_raisons_d_ailleurs(derivation: Derivation, lexique: Lexique) -> Iterator[str]:
    """A denominator that no record gives."""
    if derivation.role != DENOMINATEUR and derivation.calendrier is None:
        yield "une constante, une source ou un produit est un dénominateur"
    trop = [
        nom
        for nom, valeur in (
            ("filtre", derivation.filtre),
            ("portee_spatiale", derivation.portee_spatiale),
            ("compte", derivation.compte),
            ("champ", None if derivation.source is not None else derivation.champ),
        )
        if valeur
    ]
    if trop:
        yield f"en trop dans un dénominateur sans enregistrements : {', '.join(trop)}"
    calendrier, source = derivation.calendrier, derivation.source
    if calendrier is not None and calendrier not in UNITES_DES_CALENDRIERS:
        connus = ", ".join(sorted(UNITES_DES_CALENDRIERS))
        yield f"calendrier inconnu : {calendrier} ; connus : {connus}"
    if source is not None and source not in lexique.list_sources():
        yield f"source inconnue : {source} ; connues : {', '.join(lexique.list_sources()) or 'aucune'}"
    if source is not None and derivation.champ is None:
        yield "une source dit son champ"
    if derivation.constante is not None and derivation.constante <= 0:
        yield "une constante est plus grande que zéro"
    if derivation.produit:
        yield from _list_raisons_du_produit(derivation)


def _list_raisons_du_produit(derivation: Derivation) -> Iterator[str]:
    """Distinct things in force, times units of a calendar."""
    choses = [f for f in derivation.produit if f.de is not None]
    units = [f for f in derivation.produit if f.calendrier is not None]
    if len(derivation.produit) != _FACTEURS or len(choses) != 1 or len(units) != 1:
        yield "un produit est celui d’enregistrements et d’un calendrier"
    for facteur in choses:
        genre = GENRES_DERIVES.get(str(facteur.de))
        is_etat = genre is not None and genre.SORTE is Sorte.ETAT
        if facteur.compte != CompteDeDerivation.DISTINCT or facteur.champ or not is_etat:
            yield "le facteur d’un produit compte des objets distincts en vigueur"


def _list_raisons_ensemble(indicateur: Indicateur) -> Iterator[str]:
    """What the derivations of one role, and the two roles of a share, owe each other."""
    derivations = indicateur.derivations
    for role in dict.fromkeys(d.role for d in derivations):
        comptes = {(d.compte, d.champ) for d in derivations if d.role == role and d.de is not None}
        if len({compte for compte, _ in comptes}) > 1:
            yield f"deux comptes pour un seul {role} : {', '.join(sorted(str(c) for c, _ in comptes))}"
        if len([d for d in derivations if d.role == role]) > 1 and any(
            d.role == role and d.de is None for d in derivations
        ):
            yield f"un {role} est dit une fois, ou par des enregistrements seulement"
    jalons = {d.compte == CompteDeDerivation.JALON for d in derivations if d.de is not None}
    if jalons - {indicateur.genre is GenreIndicateur.JALON}:
        yield "compte « jalon » : celui d’un indicateur par étapes, et de lui seul"
    if any(d.de == CONSTAT for d in derivations):
        yield from _list_raisons_des_constats(indicateur)
    yield from _list_raisons_des_unites(derivations)


def _list_raisons_des_constats(indicateur: Indicateur) -> Iterator[str]:
    """Constats are counted by themselves, once the others of a territoire are made."""
    if any(d.de != CONSTAT for d in indicateur.derivations):
        yield "des constats se comptent seuls, sans enregistrements ni autre dénominateur"
    if indicateur.genre is GenreIndicateur.NATIONAL:
        yield "des constats se comptent dans un territoire, et non à la nation"


def _list_raisons_des_unites(derivations: tuple[Derivation, ...]) -> Iterator[str]:
    """Units covered are out of the same units over; couples, out of places times holidays."""
    comptes = {d.compte for d in derivations if d.role != DENOMINATEUR and d.de is not None}
    denominateurs = [d for d in derivations if d.role == DENOMINATEUR]
    offertes = {unite for d in denominateurs if (unite := _find_unite(d)) is not None}
    inconnu = any(
        f.calendrier is not None and f.calendrier not in UNITES_DES_CALENDRIERS
        for d in denominateurs
        for f in (d, *d.produit)
    )
    if inconnu:
        return
    demandees = {compte for compte in comptes if compte in _UNITES}
    for compte in sorted(demandees - offertes):
        calendriers = ", ".join(_list_calendriers(str(compte)))
        yield f"compte « {compte} » : sans dénominateur des mêmes unités ({calendriers})"
    for unite in sorted(offertes - comptes):
        yield f"un dénominateur compte des {unite}, que le numérateur ne compte pas"
    if any(d.role == DENOMINATEUR and is_unites(d) for d in derivations):
        yield "un dénominateur d’unités est celui d’un calendrier"


_UNITES = frozenset(compte.value for compte in CompteDeDerivation if compte.is_unites)


def is_unites(derivation: Derivation) -> bool:
    """It counts days, weeks, holidays or couples."""
    return derivation.compte in _UNITES


def _find_unite(derivation: Derivation) -> str | None:
    if derivation.produit:
        calendriers = {f.calendrier for f in derivation.produit}
        is_couples = CalendrierDeDerivation.PERIODES in calendriers
        return CompteDeDerivation.COUPLES.value if is_couples else "produits d’autres unités"
    return UNITES_DES_CALENDRIERS.get(derivation.calendrier or "")


def _list_calendriers(compte: str) -> list[str]:
    if compte == CompteDeDerivation.COUPLES:
        return [f"produit par {CalendrierDeDerivation.PERIODES}"]
    return sorted(c for c, unite in UNITES_DES_CALENDRIERS.items() if unite == compte)
