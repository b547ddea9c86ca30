"""How the entries fit together: unique codes, references that exist, closed vocabularies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from quartiers.referentiel.coherence import list_raisons
from quartiers.referentiel.defaut import Defaut
from quartiers.referentiel.fichiers import FICHIER_PROGRAMME, Fichier
from quartiers.referentiel.modeles import (
    DispositifEcrit,
    EngagementEcrit,
    IndicateurEcrit,
    ProgrammeEcrit,
)
from quartiers.referentiel.mots import list_raisons_des_mots
from quartiers.referentiel.vocabulaire import list_mots_inconnus, list_mots_sans_libelle


def check_fichier(fichier: Fichier) -> Iterator[Defaut]:
    """What is wrong in a file whatever the others say."""
    for texte, indicateur in _list_indicateurs(fichier.engagement):
        for raison in list_raisons(indicateur, texte):
            yield Defaut(fichier.nom, indicateur.code, raison)
    for objectif in fichier.engagement.objectifs:
        for indicateur in objectif.indicateurs:
            if indicateur.principal:
                yield Defaut(
                    fichier.nom,
                    indicateur.code,
                    "l'indicateur d'un objectif n'est jamais principal",
                )
    if not fichier.entier:
        return
    for action in fichier.engagement.actions:
        principaux = [rang for rang, i in enumerate(action.indicateurs) if i.principal]
        if principaux != [0]:
            yield Defaut(fichier.nom, action.code, "un seul indicateur principal, et le premier")


def check_programme(programme: ProgrammeEcrit, fichiers: Sequence[Fichier]) -> Iterator[Defaut]:
    """What is wrong between files, all of them being of the right shape."""
    yield from _check_codes(fichiers)
    yield from _check_dispositifs(programme.dispositifs)
    yield from _check_doubles("source", (s.code for s in programme.sources))
    indicateurs = {
        i.code: i for fichier in fichiers for _, i in _list_indicateurs(fichier.engagement)
    }
    yield from (
        Defaut(FICHIER_PROGRAMME, "", raison)
        for raison in (
            *list_mots_sans_libelle(programme, [f.engagement for f in fichiers]),
            *list_raisons_des_mots(programme),
        )
    )
    actions = {a.code for f in fichiers for a in f.engagement.actions}
    for fichier in fichiers:
        yield from _check_renvois(fichier, programme, actions)
        for _, indicateur in _list_indicateurs(fichier.engagement):
            raisons = [
                *list_mots_inconnus(programme, indicateur),
                *_check_recouvre(indicateur, indicateurs),
            ]
            yield from (Defaut(fichier.nom, indicateur.code, raison) for raison in raisons)


def _list_indicateurs(engagement: EngagementEcrit) -> Iterator[tuple[str, IndicateurEcrit]]:
    """(wording of the entry that carries it, indicateur)."""
    for objectif in engagement.objectifs:
        for indicateur in objectif.indicateurs:
            yield objectif.texte, indicateur
    for action in engagement.actions:
        for indicateur in action.indicateurs:
            yield action.texte, indicateur


def _list_codes(fichier: Fichier) -> Iterator[str]:
    engagement = fichier.engagement
    yield engagement.code
    yield from (o.code for o in engagement.objectifs)
    yield from (a.code for a in engagement.actions)
    yield from (i.code for _, i in _list_indicateurs(engagement))


def _check_codes(fichiers: Sequence[Fichier]) -> Iterator[Defaut]:
    comptes = Counter(code for f in fichiers for code in _list_codes(f))
    for fichier in fichiers:
        for code in dict.fromkeys(_list_codes(fichier)):
            if comptes[code] > 1:
                yield Defaut(fichier.nom, code, f"code employé {comptes[code]} fois")


def _check_doubles(genre: str, codes: Iterable[str]) -> Iterator[Defaut]:
    for code, nombre in Counter(codes).items():
        if nombre > 1:
            yield Defaut(FICHIER_PROGRAMME, code, f"{genre} écrit {nombre} fois")


def _check_dispositifs(dispositifs: Sequence[DispositifEcrit]) -> Iterator[Defaut]:
    par_code = {d.code: d for d in dispositifs}
    yield from _check_doubles("dispositif", (d.code for d in dispositifs))
    for dispositif in dispositifs:
        if dispositif.du and dispositif.au and dispositif.au < dispositif.du:
            yield Defaut(FICHIER_PROGRAMME, dispositif.code, "« au » est avant « du »")
        for raison in _check_succession(dispositif, par_code):
            yield Defaut(FICHIER_PROGRAMME, dispositif.code, raison)


def _check_succession(
    dispositif: DispositifEcrit, par_code: dict[str, DispositifEcrit]
) -> Iterator[str]:
    if dispositif.successeur is None:
        return
    suivant = par_code.get(dispositif.successeur)
    if suivant is None:
        yield f"successeur inconnu : {dispositif.successeur}"
    elif dispositif.au is None:
        yield "un dispositif remplacé porte sa date de fin « au »"
    elif suivant.du is None or suivant.du <= dispositif.au:
        yield f"son successeur {suivant.code} doit commencer (« du ») après le {dispositif.au}"
    if _is_cyclique(dispositif.code, par_code):
        yield "se succède à lui-même"


def _is_cyclique(depart: str, par_code: dict[str, DispositifEcrit]) -> bool:
    vus, code = set(), par_code[depart].successeur
    while code is not None and code in par_code and code not in vus:
        if code == depart:
            return True
        vus.add(code)
        code = par_code[code].successeur
    return False


def _check_renvois(
    fichier: Fichier, programme: ProgrammeEcrit, actions: set[str]
) -> Iterator[Defaut]:
    dispositifs = {d.code for d in programme.dispositifs}
    for objectif in fichier.engagement.objectifs:
        for code in objectif.couvert_par:
            if code not in actions:
                yield Defaut(fichier.nom, objectif.code, f"action inconnue : {code}")
    for action in fichier.engagement.actions:
        for code in action.dispositifs:
            if code not in dispositifs:
                yield Defaut(fichier.nom, action.code, f"dispositif inconnu : {code}")


def _check_recouvre(
    indicateur: IndicateurEcrit, indicateurs: dict[str, IndicateurEcrit]
) -> Iterator[str]:
    for code in indicateur.recouvre:
        autre = indicateurs.get(code)
        if autre is None:
            yield f"indicateur inconnu : {code}"
        elif code == indicateur.code:
            yield "se recouvre lui-même"
        elif indicateur.code not in autre.recouvre:
            yield f"« recouvre » {code}, qui ne le dit pas en retour"
