"""Finding a territoire by its name, its commune or its code, however it is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from quartiers.core.dire import flatten, fold
from quartiers.core.dossier import Dossier
from quartiers.core.territoire import Genre, Territoire, Territoires
from quartiers.core.vue import Vue
from quartiers.reports.presentation.departement import write_communes
from quartiers.reports.presentation.entete import get_rattaches
from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.reports.presentation.renvoi import list_tenants
from quartiers.reports.typographie import format_date, write_list

RESULTATS_MAX = 50
QUESTION_MAX = 100
REUNIS_MAX = 3
# The kinds in the order in which they are shown when they answer equally well, and their heading.
TITRES: Mapping[Genre, str] = {
    Genre.QUARTIER: "Quartiers cibles",
    Genre.QPV: "Quartiers prioritaires (QPV)",
    Genre.QRR: "Quartiers de reconquête républicaine (QRR)",
    Genre.COMMUNE: "Communes",
    Genre.EPCI: "Intercommunalités",
    Genre.DEPARTEMENT: "Départements",
    Genre.COLLECTIVITE: "Collectivités d’outre-mer",
    Genre.REGION: "Régions",
    Genre.NATION: "Pays",
}
ORDRE = {genre: rang for rang, genre in enumerate(TITRES)}


class Pertinence(IntEnum):
    """How well a territoire answers; the smallest first."""

    CODE = 0
    DEBUT = 1
    DEDANS = 2


@dataclass(frozen=True, slots=True)
class Entree:
    """What a territoire answers to, all written plainly: codes, names, and everything together.

    `reunis`: the communes that became this one, their code and name.
    """

    territoire: Territoire
    codes: tuple[str, ...]
    noms: tuple[str, ...]
    tout: str
    reunis: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Resultat:
    """A territoire found: its name, where it is, which quartiers cibles hold it, its code, its page."""

    nom: str
    precision: str
    suivi: str
    code: str
    adresse: str


@dataclass(frozen=True, slots=True)
class GroupeTrouve:
    """The territoires of one kind."""

    titre: str
    resultats: tuple[Resultat, ...]


@dataclass(frozen=True, slots=True)
class PageRecherche:
    """The answer: at most fifty, by kind, and how many are left out."""

    question: str
    groupes: tuple[GroupeTrouve, ...]
    total: Decompte
    restants: Decompte


INDEX_GARDES = 4
_index: list[tuple[Dossier, date, Mapping[str, Entree]]] = []


def get_index(vue: Vue) -> Mapping[str, Entree]:
    """What each territoire answers to, worked out once: it changes with what is known, not with the day looked at."""
    for dossier, connu_le, index in _index.copy():
        if dossier is vue.dossier and connu_le == vue.connu_le:
            return index
    reunis = list_reunis(vue.territoires)
    index = {
        code: build_entree(vue.territoires[code], vue, reunis.get(code, ()))
        for code in vue.territoires
    }
    _index.insert(0, (vue.dossier, vue.connu_le, index))
    del _index[INDEX_GARDES:]
    return index


def list_reunis(territoires: Territoires) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The codes that were replaced, with their names, by the territoire that they are today."""
    reunis: dict[str, list[tuple[str, str]]] = {}
    for code, ancien in sorted(territoires.anciens.items()):
        present = territoires.get_present(code)
        if present is not None and present != code:
            reunis.setdefault(present, []).append((code.partition("-")[2], ancien.nom))
    return reunis


def build_entree(
    territoire: Territoire, vue: Vue, reunis: Sequence[tuple[str, str]] = ()
) -> Entree:
    """A quartier answers to its own code, to those it holds, to its communes and to their Insee codes.

    A commune also answers to the codes and names of those that became it.
    """
    codes = [territoire.code, *(f"COM-{code}" for code, _ in reunis)]
    noms = [territoire.nom, *(nom for _, nom in reunis if nom)]
    if territoire.genre in {Genre.QUARTIER, Genre.QPV, Genre.QRR}:
        if territoire.genre is Genre.QUARTIER:
            codes += get_rattaches(territoire.code, vue)
        communes = list_communes(territoire, vue.territoires)
        noms += [commune.nom for commune in communes]
        codes += [commune.code for commune in communes]
    plats = [flatten(code) for code in codes]
    # « COM-93008 » is also « 93008 », « QRR-93_3 » is also « 93_3 ».
    plats += [flatten(code.partition("-")[2]) for code in codes if "-" in code]
    noms = [flatten(nom) for nom in noms]
    return Entree(territoire, tuple(plats), tuple(noms), " ".join([*noms, *plats]), tuple(reunis))


def list_communes(territoire: Territoire, territoires: Territoires) -> list[Territoire]:
    """The communes that hold a quartier."""
    connus = (territoires[code] for code in territoire.parents if code in territoires)
    return [parent for parent in connus if parent.genre is Genre.COMMUNE]


def find_territoires(
    question: str,
    vue: Vue,
    ouverts: Iterable[Territoire],
    link: Callable[[Territoire], str],
) -> PageRecherche:
    """What `question` means among the territoires that the account may open, and among them only."""
    ouverts = list(ouverts)
    dite = " ".join(question.split())[:QUESTION_MAX]
    mots = flatten(dite)
    if not mots:
        return PageRecherche(dite, (), Decompte(0), Decompte(0))
    index = get_index(vue)
    trouves = []
    for territoire in ouverts:
        proximite = measure_proximite(mots, index[territoire.code])
        if proximite is not None:
            trouves.append((proximite, get_cle(territoire), territoire))
    trouves.sort(key=lambda t: (t[0], *t[1]))
    montres = trouves[:RESULTATS_MAX]
    return PageRecherche(
        question=dite,
        groupes=build_groupes(
            [t for *_, t in montres],
            vue,
            link,
            {t.code for t in ouverts},
            lambda code: write_reunis(mots, index[code]),
        ),
        total=count_tous(trouves),
        restants=count_tous(trouves[RESULTATS_MAX:]),
    )


def measure_proximite(mots: str, entree: Entree) -> Pertinence | None:
    """Exact code, then beginning of a code or a name, then every word somewhere; None when it is not it."""
    if mots in entree.codes:
        return Pertinence.CODE
    if any(texte.startswith(mots) for texte in (*entree.noms, *entree.codes)):
        return Pertinence.DEBUT
    # Figures alone are a piece of a code (« 93_3 »): scattered, they would be found everywhere.
    morceaux = [mots] if mots.replace(" ", "").isdigit() else mots.split()
    return Pertinence.DEDANS if all(mot in entree.tout for mot in morceaux) else None


def write_reunis(mots: str, entree: Entree) -> str:
    """« dont Pierrefitte-sur-Seine (93059) »: why a commune answers to a name that is not its own."""
    if flatten(entree.territoire.nom).startswith(mots):
        return ""
    dits = [
        f"{nom or 'la commune'} ({code})"
        for code, nom in entree.reunis
        if mots in {flatten(code), flatten(f"COM-{code}")} or flatten(nom).startswith(mots)
    ]
    return f"dont {write_list(dits[:REUNIS_MAX])}" if dits else ""


def get_cle(territoire: Territoire) -> tuple[int, bool, str, str]:
    """Within equal answers: by kind, then what is in force before what ended, then by name."""
    ordre = ORDRE[territoire.genre]
    return (ordre, territoire.au is not None, fold(territoire.nom), territoire.code)


def build_groupes(
    territoires: Iterable[Territoire],
    vue: Vue,
    link: Callable[[Territoire], str],
    ouverts: Collection[str],
    name_reunis: Callable[[str], str],
) -> tuple[GroupeTrouve, ...]:
    """By kind, the kind of the best answer first."""
    tenants = list_tenants(vue)
    groupes: dict[Genre, list[Resultat]] = {}
    for territoire in territoires:
        groupes.setdefault(territoire.genre, []).append(
            Resultat(
                territoire.nom,
                ", ".join(
                    m for m in (write_precision(territoire, vue), name_reunis(territoire.code)) if m
                ),
                write_suivi(
                    [
                        vue.territoires[c].nom
                        for c in tenants.get(territoire.code, ())
                        if c in ouverts
                    ]
                ),
                territoire.code,
                link(territoire),
            )
        )
    return tuple(GroupeTrouve(TITRES[g], tuple(r)) for g, r in groupes.items())


def write_precision(territoire: Territoire, vue: Vue) -> str:
    """Its communes or its département, and whether it still holds on the day looked at."""
    lieu = write_communes(territoire, vue.territoires)
    if territoire.genre is Genre.COMMUNE:
        lieu = ", ".join(
            vue.territoires[p].nom
            for p in territoire.parents
            if p in vue.territoires and vue.territoires[p].genre is Genre.DEPARTEMENT
        )
    return ", ".join(m for m in (lieu, write_validite(territoire, vue.vu_le)) if m)


def write_suivi(tenants: list[str]) -> str:
    """« suivi dans Les Tilleuls (quartier cible) »: the same name is not three places."""
    if not tenants:
        return ""
    return f"suivi dans {write_list(tenants)} ({'quartiers cibles' if len(tenants) > 1 else 'quartier cible'})"


def write_validite(territoire: Territoire, jour: date) -> str:
    """« périmètre en vigueur jusqu’au 31 décembre 2023 » when it does not hold on the day looked at."""
    if territoire.au is not None and territoire.au < jour:
        return f"en vigueur jusqu’au {format_date(territoire.au)}"
    if territoire.du is not None and jour < territoire.du:
        return f"en vigueur à partir du {format_date(territoire.du)}"
    return ""
