"""What types alone cannot say: references, coherence of each indicateur, words of the annex."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quartiers.core.referentiel import (
    Agregation,
    GenreIndicateur,
    Nature,
    Operateur,
    Origine,
    RelativeA,
    Sens,
)
from quartiers.core.territoire import Niveau
from quartiers.referentiel.defaut import Defaut
from quartiers.referentiel.modeles import (
    DispositifEcrit,
    EngagementEcrit,
    IndicateurEcrit,
    ProgrammeEcrit,
)

_HERITABLES = {Niveau.COMMUNE, Niveau.EPCI, Niveau.DEPARTEMENT, Niveau.REGION}
_OPERATEURS = {Sens.HAUSSE: Operateur.AU_MOINS, Sens.BAISSE: Operateur.AU_PLUS}


@dataclass(frozen=True, slots=True)
class Fichier:
    """An engagement and the file it was read from."""

    nom: str
    engagement: EngagementEcrit


def check_programme(
    nom: str, programme: ProgrammeEcrit, fichiers: Sequence[Fichier]
) -> list[Defaut]:
    """Every defect of a programme whose files have the right shape."""
    defauts = [*_check_codes(fichiers), *_check_dispositifs(nom, programme.dispositifs)]
    connus = _Connus.build(programme, fichiers)
    for fichier in fichiers:
        defauts += _check_engagement(fichier, connus)
    return defauts


@dataclass(frozen=True, slots=True)
class _Connus:
    """Codes that may be referred to."""

    indicateurs: frozenset[str]
    actions: frozenset[str]
    dispositifs: frozenset[str]
    sources: frozenset[str]
    declarants: frozenset[str]
    filtres: frozenset[str]

    @classmethod
    def build(cls, programme: ProgrammeEcrit, fichiers: Sequence[Fichier]) -> _Connus:
        return cls(
            indicateurs=frozenset(
                i.code for f in fichiers for _, i in _list_indicateurs(f.engagement)
            ),
            actions=frozenset(a.code for f in fichiers for a in f.engagement.actions),
            dispositifs=frozenset(d.code for d in programme.dispositifs),
            sources=frozenset(s.code for s in programme.sources),
            declarants=frozenset(programme.vocabulaires.get("declarant", {})),
            filtres=frozenset(programme.vocabulaires.get("filtre", {})),
        )


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


def _check_dispositifs(nom: str, dispositifs: Sequence[DispositifEcrit]) -> Iterator[Defaut]:
    par_code = {d.code: d for d in dispositifs}
    for code, nombre in Counter(d.code for d in dispositifs).items():
        if nombre > 1:
            yield Defaut(nom, code, f"code employé {nombre} fois")
    for dispositif in dispositifs:
        if dispositif.du and dispositif.au and dispositif.au < dispositif.du:
            yield Defaut(nom, dispositif.code, "« au » est avant « du »")
        if dispositif.successeur is None:
            continue
        suivant = par_code.get(dispositif.successeur)
        if suivant is None:
            yield Defaut(nom, dispositif.code, f"successeur inconnu : {dispositif.successeur}")
        elif dispositif.au is None:
            yield Defaut(nom, dispositif.code, "un dispositif remplacé porte sa date de fin « au »")
        elif suivant.du is None or suivant.du <= dispositif.au:
            yield Defaut(
                nom, dispositif.code, f"{suivant.code} doit commencer après le {dispositif.au}"
            )
        if _is_cyclique(dispositif.code, par_code):
            yield Defaut(nom, dispositif.code, "se succède à lui-même")


def _is_cyclique(depart: str, par_code: dict[str, DispositifEcrit]) -> bool:
    vus, code = set(), par_code[depart].successeur
    while code is not None and code in par_code and code not in vus:
        if code == depart:
            return True
        vus.add(code)
        code = par_code[code].successeur
    return False


def _check_engagement(fichier: Fichier, connus: _Connus) -> Iterator[Defaut]:
    for objectif in fichier.engagement.objectifs:
        yield from _list_inconnus(
            fichier.nom, objectif.code, "action", objectif.couvert_par, connus.actions
        )
        for indicateur in objectif.indicateurs:
            if indicateur.principal:
                yield Defaut(
                    fichier.nom,
                    indicateur.code,
                    "l'indicateur d'un objectif n'est jamais principal",
                )
    for action in fichier.engagement.actions:
        yield from _list_inconnus(
            fichier.nom, action.code, "dispositif", action.dispositifs, connus.dispositifs
        )
        principaux = [i.code for i in action.indicateurs if i.principal]
        if principaux != [action.indicateurs[0].code]:
            yield Defaut(fichier.nom, action.code, "un seul indicateur principal, et le premier")
    for texte, indicateur in _list_indicateurs(fichier.engagement):
        raisons = [
            *_check_forme(indicateur),
            *_check_cible(indicateur, texte),
            *_check_preuve(indicateur),
        ]
        yield from (Defaut(fichier.nom, indicateur.code, raison) for raison in raisons)
        yield from _check_renvois(fichier.nom, indicateur, connus)


def _list_inconnus(
    fichier: str, entree: str, genre: str, codes: Iterable[str], connus: frozenset[str]
) -> Iterator[Defaut]:
    yield from (
        Defaut(fichier, entree, f"{genre} inconnu : {code}") for code in codes if code not in connus
    )


def _check_renvois(fichier: str, indicateur: IndicateurEcrit, connus: _Connus) -> Iterator[Defaut]:
    code = indicateur.code
    yield from _list_inconnus(fichier, code, "indicateur", indicateur.recouvre, connus.indicateurs)
    yield from _list_inconnus(
        fichier, code, "source", (s.code for s in indicateur.sources), connus.sources
    )
    yield from _list_inconnus(fichier, code, "déclarant", indicateur.declarants, connus.declarants)
    filtres = {cle for derivation in indicateur.derivations for cle in derivation.filtre}
    yield from _list_inconnus(fichier, code, "filtre", sorted(filtres), connus.filtres)


def _check_forme(indicateur: IndicateurEcrit) -> Iterator[str]:
    """Keys that go together."""
    genre = indicateur.genre
    if (indicateur.nature is Nature.FLUX) != (indicateur.periode is not None):
        yield "un flux a une période, et lui seul"
    if genre in {GenreIndicateur.COMPTE, GenreIndicateur.NATIONAL} and indicateur.nature is None:
        yield "un compte dit s'il est un stock ou un flux"
    if genre is GenreIndicateur.JALON:
        if not indicateur.echelle or indicateur.pas_0 is None:
            yield "des étapes ont une échelle et un sens du pas 0"
    elif indicateur.echelle or indicateur.pas_0 is not None:
        yield "échelle et pas 0 sont réservés aux étapes"
    if genre is GenreIndicateur.PRESENCE and not any(
        d.portee_spatiale for d in indicateur.derivations
    ):
        yield "une présence dit sa portée spatiale"
    if genre is GenreIndicateur.NATIONAL and indicateur.niveau is not Niveau.NATION:
        yield "un objectif national est de niveau N"
    if genre is GenreIndicateur.PART and indicateur.agregation is not Agregation.RAPPORT:
        yield "une part se remonte par rapport de sommes, jamais par moyenne"
    if genre is GenreIndicateur.SUIVI and indicateur.cible is not None:
        yield "un suivi n'a pas de cible"
    if indicateur.heritage is not None and (
        indicateur.heritage not in _HERITABLES or indicateur.heritage is not indicateur.niveau
    ):
        yield "un héritage est celui du niveau de l'indicateur (C, E, D ou R)"


def _check_cible(indicateur: IndicateurEcrit, texte: str) -> Iterator[str]:
    cible = indicateur.cible
    if cible is None:
        return
    if cible.operateur not in {_OPERATEURS[indicateur.sens], Operateur.EXACTEMENT}:
        yield f"l'opérateur {cible.operateur.value} contredit le sens « {indicateur.sens.value} »"
    if cible.origine not in {Origine.ANNEXE, Origine.PROPOSITION}:
        yield "une cible du référentiel vient de l'annexe ou se propose"
    if cible.origine is Origine.ANNEXE and cible.citation is None:
        yield "une cible de l'annexe cite l'annexe"
    if cible.citation is not None and cible.citation not in texte:
        yield f"citation introuvable dans le texte : « {cible.citation} »"
    if (cible.portee == "total_national") != (indicateur.genre is GenreIndicateur.NATIONAL):
        yield "portée « total_national » pour un objectif national, et lui seul"
    if (cible.relative_a is RelativeA.BASE) != (indicateur.genre is GenreIndicateur.DOUBLEMENT):
        yield "une cible relative à la base est celle d'un doublement, et de lui seul"
    if cible.relative_a is RelativeA.ANNEE_PRECEDENTE and indicateur.nature is not Nature.FLUX:
        yield "seul un flux se compare à l'année précédente"
    if indicateur.genre is GenreIndicateur.JALON and not _is_dans_echelle(indicateur):
        yield "l'étape cible n'est pas dans l'échelle"


def _is_dans_echelle(indicateur: IndicateurEcrit) -> bool:
    valeur = indicateur.cible.valeur if indicateur.cible else None
    return valeur is not None and valeur.denominator == 1 and 0 < valeur < len(indicateur.echelle)


def _check_preuve(indicateur: IndicateurEcrit) -> Iterator[str]:
    """Each number is the annex's own or our reading: never neither."""
    citation = indicateur.cible.citation if indicateur.cible else None
    if citation is None and indicateur.lecture is None:
        yield "ni citation de l'annexe, ni lecture"
