"""One action over a région or the nation: how many reach it, who has not answered, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from quartiers.core.constat import Constat, ConstatRemonte
from quartiers.core.decoupage import count_complets, get_principal, split_constats
from quartiers.core.dire import FINE, INSECABLE, fold
from quartiers.core.referentiel import Action, Engagement
from quartiers.core.remontee import count_statuts, measure_taux
from quartiers.core.statut import FAMILLES, INCONNUS, Statut
from quartiers.core.tableau import Tableau, Taux
from quartiers.core.territoire import NOMS_DE_NIVEAU, Niveau, Territoire, Territoires
from quartiers.reports.presentation.intervalle import Barre, build_barre
from quartiers.reports.presentation.nombre import Decompte
from quartiers.reports.presentation.phrases import write_intervalle
from quartiers.reports.signes import write_drapeaux
from quartiers.reports.typographie import count, format_date, format_fraction, write_list

SIGNES_MAX = 62


@dataclass(frozen=True, slots=True)
class TerritoiresParStatut:
    """How many stand in a statut. `signes`: that many signs to draw, none when they would not be countable."""

    statut: Statut
    nombre: Decompte
    signes: range


@dataclass(frozen=True, slots=True)
class Attente:
    """A département that has not told all: what it holds, and when it last spoke."""

    nom: str
    adresse: str
    combien: str
    quand: str


@dataclass(frozen=True, slots=True)
class LigneTerritoire:
    """A part of the territoire: its share reached for the action, and its départements up to date.

    `statuts`: what its quartiers say, the most frequent words of the tile map's table.
    """

    code: str
    nom: str
    adresse: str
    phrase: str
    barre: Barre | None
    ajour: str
    is_complet: bool
    statuts: tuple[tuple[Statut, int], ...]
    taux: Taux


@dataclass(frozen=True, slots=True)
class ActionDetaillee:
    """The action that the page shows in detail."""

    indicateur: str
    numero: str
    libelle: str
    preuve: str
    intervalle: str
    barre: Barre | None
    atteints: Decompte
    inconnus: Decompte
    non_atteints: Decompte
    phrase: str
    comptes: tuple[TerritoiresParStatut, ...]
    attentes: tuple[Attente, ...]
    parties: tuple[LigneTerritoire, ...]
    departements: tuple[LigneTerritoire, ...]

    @property
    def phrase_de_la_barre(self) -> str:
        """« 31 prouvés, 8 inconnus, 21 non atteints »: the bar, for those who do not see it."""
        return ", ".join(
            (
                count(int(self.atteints), "prouvé"),
                count(int(self.inconnus), "inconnu"),
                count(int(self.non_atteints), "non atteint", "non atteints"),
            )
        )


@dataclass(frozen=True, slots=True)
class ActionChoisie:
    """An action that may be shown, and its place in the annex."""

    indicateur: str
    numero: str
    libelle: str
    engagement: str


@dataclass(frozen=True, slots=True)
class ActionMesuree:
    """An action with its rolled-up principal figure."""

    choix: ActionChoisie
    remonte: ConstatRemonte


@dataclass(frozen=True, slots=True)
class ActionPortee:
    """An action that the territoire carries itself: one constat, that no département has a part of.

    `is_demandee`: the address asks for it, and the page cannot split it.
    """

    numero: str
    libelle: str
    statut: Statut
    drapeaux: str
    preuve: str
    is_demandee: bool


def list_candidats(tableau: Tableau) -> list[ActionMesuree]:
    """The actions that quartiers, communes or départements carry, in the order of the annex."""
    return [c for c in iter_principales(tableau) if c.remonte.propre is None]


def list_portees(
    tableau: Tableau, voulu: str, link: Callable[[str], str]
) -> tuple[ActionPortee, ...]:
    """The actions that the territoire carries itself, which its engagements count; not the nation's seen from a région."""
    portees = []
    for candidat in iter_principales(tableau):
        choix, propre = candidat.choix, candidat.remonte.propre
        if propre is not None and propre.territoire == tableau.territoire.code:
            portees.append(
                ActionPortee(
                    numero=choix.numero,
                    libelle=choix.libelle,
                    statut=propre.statut,
                    drapeaux=write_drapeaux(propre.drapeaux, propre.dernier_statut),
                    preuve=link(choix.indicateur),
                    is_demandee=choix.indicateur == voulu,
                )
            )
    return tuple(portees)


def iter_principales(tableau: Tableau) -> Iterator[ActionMesuree]:
    """Each action shown here by its principal figure, in the order of the annex."""
    for rang, vue in enumerate(tableau.engagements, start=1):
        for numero, action in enumerate(vue.actions, start=1):
            remonte = get_principal(action)
            if remonte is not None:
                choix = build_choix(vue.engagement, action.action, f"{rang}.{numero}", rang)
                yield ActionMesuree(choix, remonte)


def build_choix(engagement: Engagement, action: Action, numero: str, rang: int) -> ActionChoisie:
    """How an action reads in the list."""
    return ActionChoisie(
        action.principal.code, numero, action.libelle, f"{rang}. {engagement.libelle}"
    )


def choose_action(candidats: Iterable[ActionMesuree], voulu: str) -> ActionMesuree | None:
    """The action asked for; else the best known one, the first of the annex when several are."""
    candidats = list(candidats)
    for candidat in candidats:
        if candidat.choix.indicateur == voulu:
            return candidat
    return max(candidats, key=lambda c: (c.remonte.renseignes, c.remonte.applicables), default=None)


def build_action(
    candidat: ActionMesuree,
    territoires: Territoires,
    porteurs: Iterable[Territoire],
    parties: Niveau,
    link: Callable[[Territoire], str],
    preuve: str,
) -> ActionDetaillee:
    """The action in detail. `porteurs`: départements that hold an expected quartier; `parties`: level of the table."""
    remonte = candidat.remonte
    taux = measure_taux(remonte.statuts)
    par_departement = split_constats(remonte, territoires, Niveau.DEPARTEMENT)
    departements = [
        build_ligne(d, par_departement.get(d.code, ()), [par_departement.get(d.code, ())], link)
        for d in porteurs
    ]
    return ActionDetaillee(
        indicateur=candidat.choix.indicateur,
        numero=candidat.choix.numero,
        libelle=candidat.choix.libelle,
        preuve=preuve,
        intervalle=write_intervalle(taux),
        barre=build_barre(taux),
        atteints=Decompte(count_un(taux, Statut.ATTEINT)),
        inconnus=Decompte(count_inconnus(taux)),
        non_atteints=Decompte(count_non_atteints(taux)),
        phrase=write_bornes(remonte, taux),
        comptes=build_comptes(taux),
        attentes=build_attentes(porteurs, par_departement, link),
        parties=build_parties(par_departement, territoires, porteurs, parties, link),
        departements=tuple(departements),
    )


def build_parties(
    par_departement: Mapping[str, tuple[Constat, ...]],
    territoires: Territoires,
    porteurs: Iterable[Territoire],
    niveau: Niveau,
    link: Callable[[Territoire], str],
) -> tuple[LigneTerritoire, ...]:
    """The lines of the table: régions (a collectivité without one stands for itself), or départements."""
    groupes: dict[str, list[str]] = {}
    for departement in porteurs:
        for code in territoires.list_au_niveau(departement.code, niveau) or (departement.code,):
            groupes.setdefault(code, []).append(departement.code)
    lignes = []
    for code, codes in groupes.items():
        parts = [par_departement.get(d, ()) for d in codes]
        uniques = {(c.indicateur.code, c.territoire): c for part in parts for c in part}
        lignes.append(build_ligne(territoires[code], tuple(uniques.values()), parts, link))
    return tuple(sorted(lignes, key=lambda ligne: (fold(ligne.nom), ligne.code)))


def build_ligne(
    territoire: Territoire,
    constats: tuple[Constat, ...],
    departements: Iterable[tuple[Constat, ...]],
    link: Callable[[Territoire], str],
) -> LigneTerritoire:
    """One territoire in a table, from its constats and those of each of its départements."""
    taux = measure_taux(count_statuts(c.statut for c in constats))
    complets, utiles = count_complets(
        measure_taux(count_statuts(c.statut for c in part)) for part in departements
    )
    return LigneTerritoire(
        code=territoire.code,
        nom=territoire.nom,
        adresse=link(territoire),
        phrase=write_intervalle(taux),
        barre=build_barre(taux),
        ajour=format_fraction(complets, utiles),
        is_complet=complets == utiles,
        statuts=taux.statuts,
        taux=taux,
    )


def build_comptes(taux: Taux) -> tuple[TerritoiresParStatut, ...]:
    """One line per statut met, in the order of legends, each drawn as many times as it is met."""
    comptes = dict(taux.statuts)
    ordre = [statut for _, statuts in FAMILLES for statut in statuts]
    return tuple(
        TerritoiresParStatut(
            s, Decompte(comptes[s]), range(comptes[s] if comptes[s] <= SIGNES_MAX else 0)
        )
        for s in ordre
        if comptes.get(s)
    )


def build_attentes(
    porteurs: Iterable[Territoire],
    par_departement: Mapping[str, tuple[Constat, ...]],
    link: Callable[[Territoire], str],
) -> tuple[Attente, ...]:
    """Départements of which something is missing or stale, in alphabetical order: nobody is ranked."""
    attentes = []
    for departement in porteurs:
        muets = [c for c in par_departement.get(departement.code, ()) if c.statut in INCONNUS]
        if muets:
            attentes.append(
                Attente(
                    nom=departement.nom,
                    adresse=link(departement),
                    combien=write_combien(muets),
                    quand=write_quand(muets),
                )
            )
    return tuple(attentes)


def write_combien(constats: Iterable[Constat]) -> str:
    """« 2 quartiers »."""
    constats = list(constats)
    return count(len(constats), NOMS_DE_NIVEAU[constats[0].indicateur.niveau])


def write_quand(muets: Iterable[Constat]) -> str:
    """« Jamais transmis », or the day of the last value and the one from which it was to be told again."""
    muets = list(muets)
    perimes = [c for c in muets if c.date is not None and c.perime_le is not None]
    jamais = sum(c.date is None for c in muets)
    morceaux = []
    if perimes:
        dernier = max(perimes, key=lambda c: (c.date, c.territoire))
        morceaux.append(
            f"dernier relevé le {format_date(dernier.date)}, périmé le {format_date(dernier.perime_le)}"
        )
    if jamais:
        morceaux.append(f"{jamais} jamais transmis" if perimes else "jamais transmis")
    texte = write_list(morceaux)
    return f"{texte[:1].upper()}{texte[1:]}."


def write_bornes(remonte: ConstatRemonte, taux: Taux) -> str:
    """« Au moins 31 quartiers sur 60, au plus 39 ; 2 sont sans objet. À jour : 52 sur 62. »"""
    jugeables = count_jugeables(taux)
    mot = NOMS_DE_NIVEAU[remonte.indicateur.niveau]
    atteints, inconnus = count_un(taux, Statut.ATTEINT), count_inconnus(taux)
    if not jugeables:
        phrase = "Rien ne peut encore être jugé"
    elif not taux.renseignes:
        phrase = f"On ne sait encore rien de {count(jugeables, mot)}"
    elif not inconnus:
        phrase = f"{count(atteints, mot)} sur {jugeables}"
    else:
        phrase = f"Au moins {count(atteints, mot)} sur {jugeables}, au plus {atteints + inconnus}"
    restes = []
    if sans_cible := count_un(taux, Statut.SANS_CIBLE):
        restes.append(f"{sans_cible} {'n’ont' if sans_cible > 1 else 'n’a'} pas de cible")
    if sans_objet := count_un(taux, Statut.SANS_OBJET):
        restes.append(f"{sans_objet} {'sont' if sans_objet > 1 else 'est'} sans objet")
    suite = f"{FINE}; {write_list(restes)}" if restes else ""
    return (
        f"{phrase}{suite}. À jour{INSECABLE}: {format_fraction(taux.renseignes, taux.applicables)}."
    )


def count_un(taux: Taux, statut: Statut) -> int:
    """How many stand in one statut."""
    return dict(taux.statuts).get(statut, 0)


def count_inconnus(taux: Taux) -> int:
    """Missing or stale."""
    return taux.applicables - taux.renseignes


def count_non_atteints(taux: Taux) -> int:
    """Judged, and not reached."""
    return count_jugeables(taux) - count_un(taux, Statut.ATTEINT) - count_inconnus(taux)


def count_jugeables(taux: Taux) -> int:
    """Those that something could be said of: applicable, with a target or unknown."""
    return taux.applicables - count_un(taux, Statut.SANS_CIBLE)
