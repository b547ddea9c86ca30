"""Why a withdrawal finds nothing to withdraw: what the base knows that is nearest."""

from __future__ import annotations

from quartiers.usecases.formulaire import find_proche
from quartiers.usecases.releve_lu import ReleveLu, RelevesConnus

DITES_MAX = 5


def explain_retrait(lu: ReleveLu, connus: RelevesConnus, *, proche: bool) -> str:
    """The refusal of a withdrawal of an unknown line; `proche`: with what is nearest."""
    chez = f" chez « {lu.source} »" if lu.source else " sans source"
    jour = f"{lu.indicateur}, {lu.territoire}, {lu.date:%d/%m/%Y}, sans clé"
    raison = f"retrait d’une ligne inconnue{chez} : {f'clé « {lu.cle} »' if lu.cle else jour}"
    if not proche:
        return raison
    return raison + (say_cle_proche(lu, connus) if lu.cle else say_jour_proche(lu, connus))


def say_cle_proche(lu: ReleveLu, connus: RelevesConnus) -> str:
    """The sources that know this key, or the nearest key of the source."""
    sources = connus.list_sources(lu.cle)
    if sources:
        return f" ; cette clé est connue chez {say_toutes(sources)}"
    proche = find_proche(lu.cle, connus.list_cles(lu))
    return f" ; la plus proche connue est « {proche} »" if proche else ""


def say_jour_proche(lu: ReleveLu, connus: RelevesConnus) -> str:
    """Who speaks of that cell on that day, else the last day this source speaks of."""
    ce_jour = connus.list_jour(lu.indicateur, lu.territoire, lu.date)
    avec_cle = sorted({autre.cle for autre in ce_jour if autre.source == lu.source and autre.cle})
    if avec_cle:
        return f" ; ce jour y est connu sous la clé {say_toutes(avec_cle)}"
    sources = sorted({autre.source for autre in ce_jour})
    if sources:
        return f" ; ce jour est connu chez {say_toutes(sources)}"
    jours = connus.list_jours(lu)
    return f" ; dernier jour connu de cette source : {max(jours):%d/%m/%Y}" if jours else ""


def say_toutes(noms: list[str]) -> str:
    """Some names, between quotes; the empty source is said."""
    dits = [f"« {nom} »" if nom else "une ligne sans source" for nom in noms[:DITES_MAX]]
    return ", ".join(dits) + (", …" if len(noms) > DITES_MAX else "")
