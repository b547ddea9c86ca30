"""From a QPV or a QRR to the quartier cible that holds it: the same place has several pages, one of them counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from quartiers.core.attendus import list_quartiers_cibles
from quartiers.core.composition import compose_vue
from quartiers.core.dire import INSECABLE
from quartiers.core.territoire import Genre, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.presentation.phrases import write_acquis

GENRES_TENUS = frozenset({Genre.QPV, Genre.QRR})


@dataclass(frozen=True, slots=True)
class QuartierTenant:
    """A quartier cible that holds the territoire of the page, between the words before and after its name."""

    debut: str
    nom: str
    adresse: str
    suite: str


@dataclass(frozen=True, slots=True)
class Renvoi:
    """Where the territoire of a page is followed, and what its own page is worth."""

    tenants: tuple[QuartierTenant, ...]
    fin: str

    @property
    def phrase(self) -> str:
        """All of it, where no link can be followed."""
        return " ".join([*(f"{t.debut} {t.nom}{t.suite}" for t in self.tenants), self.fin])


def list_tenants(vue: Vue) -> Mapping[str, tuple[str, ...]]:
    """The quartiers cibles that hold each QPV and QRR, by its code: those that count at the dates of the vue."""
    attendus = set(vue.attendus)
    tenants: dict[str, tuple[str, ...]] = {}
    for quartier in list_quartiers_cibles(vue.dossier, vue.connu_le):
        if quartier.code in attendus:
            for code in quartier.rattaches:
                tenants[code] = (*tenants.get(code, ()), quartier.code)
    return tenants


def has_tenus(vue: Vue, code: str) -> bool:
    """The lines of this territoire hold those of a quartier cible, expected or not, and those of what it holds."""
    territoires = vue.territoires
    return any(
        tenu in territoires and code in territoires.get_ancetres(tenu)
        for quartier in list_quartiers_cibles(vue.dossier, vue.connu_le)
        for tenu in quartier.rattaches
    )


def build_renvoi(
    vue: Vue,
    code: str,
    can_see: Callable[[str], bool],
    link: Callable[[Territoire], str],
    *,
    is_compte: bool = True,
) -> Renvoi | None:
    """None when no quartier cible holds it, or none that the account may open: the two cannot be told apart.

    `is_compte`: with what the quartier cible reaches, and which of the two enters the totals.
    """
    territoire = vue.territoires[code]
    if territoire.genre not in GENRES_TENUS:
        return None
    ouverts = [vue.territoires[t] for t in list_tenants(vue).get(code, ()) if can_see(t)]
    if not ouverts:
        return None
    genre = territoire.genre.value.upper()
    tenants = tuple(
        QuartierTenant(
            debut="Et dans le quartier cible"
            if rang
            else f"Ce {genre} est suivi dans le quartier cible",
            nom=tenant.nom,
            adresse=link(tenant),
            suite=_write_compte(vue, tenant.code) if is_compte else ".",
        )
        for rang, tenant in enumerate(ouverts)
    )
    return Renvoi(tenants, _write_fin(genre, len(tenants), is_compte=is_compte))


def _write_compte(vue: Vue, code: str) -> str:
    taux = compose_vue(vue, code).taux
    return f"{INSECABLE}: {write_acquis(taux, is_ailleurs=True)}" if taux.applicables else "."


def _write_fin(genre: str, nombre: int, *, is_compte: bool) -> str:
    page = f"Cette page ne montre que ce que l’on sait du {genre}."
    if not is_compte:
        return page
    comptes = "ces quartiers cibles" if nombre > 1 else "ce quartier cible"
    return f"Les totaux comptent {comptes} et non le {genre}. {page}"
