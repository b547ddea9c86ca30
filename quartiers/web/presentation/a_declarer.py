"""What an account has to declare, and by when: first what was sent back, then what keeps a promise from being judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.nombre import Decompte, count_tous
from quartiers.reports.typographie import format_date
from quartiers.usecases.lister_a_dire import BIENTOT, ChiffreADire, Urgence
from quartiers.web.lieu_de_saisie import link_declaration

MONTREES = 12


@dataclass(frozen=True, slots=True)
class Tache:
    """One figure to say. `jours`: since it is stale, or until it will be; none when it was never said."""

    urgence: Urgence
    titre: str
    ou: str
    detail: str
    statut: Statut
    jours: int | None
    adresse: str

    @property
    def verbe(self) -> str:
        """A value that only grows old is said again."""
        return "Déclarer" if self.statut is Statut.NON_RENSEIGNE else "Redire"


@dataclass(frozen=True, slots=True)
class GroupeDeTaches:
    """The tasks of one urgency; those beyond the first are counted."""

    titre: str
    montrees: tuple[Tache, ...]
    nombre: Decompte
    suite: Decompte


@dataclass(frozen=True, slots=True)
class PageADeclarer:
    """The sentence and the groups. `bientot`: how many days ahead it looks."""

    nombre: Decompte
    bloquantes: Decompte
    groupes: tuple[GroupeDeTaches, ...]
    bientot: Decompte


def build_page_a_declarer(vue: Vue, chiffres: Iterable[ChiffreADire]) -> PageADeclarer:
    """The tasks of an account, by urgency."""
    taches = [make_tache(vue, chiffre) for chiffre in chiffres]
    groupes = tuple(
        build_groupe(urgence.value, [t for t in taches if t.urgence is urgence])
        for urgence in Urgence
    )
    return PageADeclarer(
        nombre=count_tous(taches),
        bloquantes=Decompte(sum(t.urgence is Urgence.PROMISE for t in taches)),
        groupes=tuple(groupe for groupe in groupes if groupe.montrees),
        bientot=Decompte(BIENTOT.days),
    )


def build_groupe(titre: str, taches: Sequence[Tache]) -> GroupeDeTaches:
    """Never said first, then the most stale, then the nearest to be."""
    rangees = sorted(taches, key=lambda t: (t.jours is not None, -(t.jours or 0), t.titre, t.ou))
    return GroupeDeTaches(
        titre,
        tuple(rangees[:MONTREES]),
        count_tous(taches),
        Decompte(max(0, len(taches) - MONTREES)),
    )


def make_tache(vue: Vue, chiffre: ChiffreADire) -> Tache:
    """In words: who may say it, and since or until when."""
    constat = chiffre.constat
    jours = None if constat.perime_le is None else (vue.vu_le - constat.perime_le).days
    referentiel = vue.dossier.referentiel
    qui = ", ".join(referentiel.get_libelle("declarant", d) for d in constat.indicateur.saisissants)
    if constat.perime_le is None:
        quand = "jamais dit"
    elif chiffre.urgence is Urgence.PROCHE:
        quand = f"à redire avant le {format_date(constat.perime_le)}"
    else:
        quand = f"n’est plus à jour depuis le {format_date(constat.perime_le)}"
    return Tache(
        urgence=chiffre.urgence,
        titre=chiffre.action.action.libelle,
        ou=chiffre.quartier.nom,
        detail=f"{quand}\u00a0; peut le dire\u00a0: {qui}",
        statut=constat.statut,
        jours=jours,
        adresse=link_declaration(constat.indicateur, chiffre.quartier),
    )
