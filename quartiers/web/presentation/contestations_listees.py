"""Contests in a list: those that somebody has to answer, with their age, and those that somebody made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quartiers.core.deux_personnes import RAISONS
from quartiers.core.vue import Vue
from quartiers.reports.presentation.nombre import Decompte
from quartiers.usecases.lister_contestations import ContestationOuverte, FileDeContestations
from quartiers.usecases.nommer import build_nommer_source
from quartiers.web.presentation.contestation import NommerSource, say_etat


@dataclass(frozen=True, slots=True)
class ContestationListee:
    """One line. `age`: days since it was made; `raison`: why somebody else must answer, empty when one may."""

    numero: str
    titre: str
    ou: str
    source: str
    age: Decompte
    etat: str
    is_en_retard: bool
    is_a_completer: bool
    raison: str = ""


@dataclass(frozen=True, slots=True)
class PageDesContestations:
    """Those to answer, and those that another person must."""

    miennes: tuple[ContestationListee, ...]
    autres: tuple[ContestationListee, ...]


def show_file_de_contestations(vue: Vue, file: FileDeContestations) -> PageDesContestations:
    """Oldest first."""
    nommer = build_nommer_source(vue.connu_le)
    return PageDesContestations(
        tuple(show_une(vue, lue, nommer) for lue in file.miennes),
        tuple(show_une(vue, lue, nommer, RAISONS[geste]) for lue, geste in file.autres),
    )


def show_siennes(vue: Vue, lues: Iterable[ContestationOuverte]) -> list[ContestationListee]:
    """For who made them."""
    nommer = build_nommer_source(vue.connu_le)
    return [show_une(vue, lue, nommer) for lue in lues]


def show_une(
    vue: Vue, lue: ContestationOuverte, nommer: NommerSource, raison: str = ""
) -> ContestationListee:
    """Its figure, its territoire, where it stands today."""
    rangee, jour = lue.rangee, vue.connu_le
    indicateur = vue.dossier.referentiel.get_indicateur(rangee.indicateur)
    code = rangee.territoire
    return ContestationListee(
        numero=str(lue.numero),
        titre=rangee.indicateur if indicateur is None else indicateur.libelle,
        ou=vue.territoires[code].nom if code in vue.territoires else code,
        source=nommer(rangee.source),
        age=Decompte(max(0, (jour - lue.contestation.depuis).days)),
        etat=say_etat(lue.contestation, jour),
        is_en_retard=lue.contestation.tranchee_le is None and lue.contestation.is_en_retard(jour),
        is_a_completer=lue.contestation.is_suspendue,
        raison=raison,
    )
