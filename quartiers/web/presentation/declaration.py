"""A declaration in a few words: what it says, what it corrects."""

from __future__ import annotations

from collections.abc import Iterator

from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat
from quartiers.core.contenu import Contenu
from quartiers.core.referentiel import Referentiel
from quartiers.core.vue import Vue
from quartiers.reports.genre_preuve import say_details
from quartiers.reports.presentation.chiffre import write_valeur
from quartiers.reports.typographie import INCONNU, format_date
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.releve_lu import ReleveLu

DETAILS_MAX = 4
"""Fields of a record that its line says."""


def write_dit(vue: Vue, lu: ReleveLu | EnregistrementLu, details: int = DETAILS_MAX) -> str:
    """« 4 postes, au 23 novembre 2026 », « employeur Régie de quartier, au 23 novembre 2026 »."""
    referentiel = vue.dossier.referentiel
    if isinstance(lu, EnregistrementLu):
        if lu.contenu is None:
            return f"ce qui était dit au {format_date(lu.le)} est retiré"
        return ", ".join(
            [*list_details(lu.contenu, referentiel)[:details], f"au {format_date(lu.le)}"]
        )
    indicateur = referentiel.get_indicateur(lu.indicateur)
    precision = lu.commentaire if details else ""
    if indicateur is None or lu.is_retrait:
        retrait = f"ce qui était dit au {format_date(lu.date)} est retiré"
        return ", ".join(filter(None, (retrait, precision)))
    valeur = write_valeur(indicateur, lu.dite)
    return ", ".join(filter(None, (valeur, f"au {format_date(lu.date)}", precision)))


def list_details(contenu: Contenu, referentiel: Referentiel) -> list[str]:
    """« employeur Régie de quartier », field by field, for who wrote it or judges it."""
    dits = say_details(contenu, referentiel, is_entier=True)
    return [f"{nom.lower()} {texte}" for nom, texte in dits]


def write_changement(
    vue: Vue, corrigee: ReleveLu | EnregistrementLu, lu: ReleveLu | EnregistrementLu
) -> tuple[str, str]:
    """What a correction says, before and after; of a record, the fields that differ and no other."""
    if isinstance(lu, EnregistrementLu) and isinstance(corrigee, EnregistrementLu):
        differents = list(_list_differents(vue, corrigee, lu))
        if differents:
            avant, apres = zip(*differents, strict=True)
            return ", ".join(avant), ", ".join([*apres, f"au {format_date(lu.le)}"])
    return write_dit(vue, corrigee), write_dit(vue, lu)


def _list_differents(
    vue: Vue, corrigee: EnregistrementLu, lu: EnregistrementLu
) -> Iterator[tuple[str, str]]:
    """(before, after) of each field, of where it is, of its day."""
    if corrigee.contenu is None or lu.contenu is None:
        return
    referentiel = vue.dossier.referentiel
    avant = dict(say_details(corrigee.contenu, referentiel, is_entier=True))
    apres = dict(say_details(lu.contenu, referentiel, is_entier=True))
    for nom in avant | apres:
        dits = avant.get(nom, INCONNU), apres.get(nom, INCONNU)
        if dits[0] != dits[1]:
            yield f"{nom.lower()} {dits[0]}", f"{nom.lower()} {dits[1]}"
    if set(corrigee.territoires) != set(lu.territoires):
        yield name_territoires(vue, corrigee.territoires), name_territoires(vue, lu.territoires)
    if corrigee.le != lu.le:
        yield f"le {format_date(corrigee.le)}", f"le {format_date(lu.le)}"


def name_territoires(vue: Vue, codes: tuple[str, ...]) -> str:
    """Their names; the code of one that nobody knows any more."""
    return ", ".join(vue.territoires[c].nom if c in vue.territoires else c for c in codes)


def find_constat(vue: Vue, code: str, territoire: str) -> Constat | None:
    """The figure of a cell; none for what is no figure any more, or nowhere."""
    indicateur = vue.dossier.referentiel.get_indicateur(code)
    if indicateur is None or territoire not in vue.territoires:
        return None
    constat = get_constat(vue, indicateur, territoire)
    return constat if isinstance(constat, Constat) else None
