"""What is printed of a territoire: the right document for its kind, one file or a folder of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from quartiers.core.explication import Explication
from quartiers.core.referentiel import Indicateur
from quartiers.core.territoire import Genre, Niveau, Territoire
from quartiers.core.vue import Vue
from quartiers.reports.papier.departement import build_departement
from quartiers.reports.papier.document import Document, TelQuel, print_document, write_document
from quartiers.reports.papier.preuve import build_preuve
from quartiers.reports.papier.quartier import build_quartier
from quartiers.reports.presentation.carte import ECART_PAPIER
from quartiers.reports.presentation.faits import Nommer
from quartiers.reports.presentation.renvoi import build_renvoi
from quartiers.usecases.charger_carte import load_carte
from quartiers.usecases.lire_tete import say_tete
from quartiers.usecases.nommer import build_nommer_source, name_fichier

TYPE_MIME, SUFFIXE = "application/pdf", "pdf"
Regle = Callable[[str], bool]
"""What the reader may open: a document names no other territoire that he may not."""
EN_MATRICE = frozenset({Genre.DEPARTEMENT, Genre.COLLECTIVITE, Genre.EPCI, Genre.COMMUNE})
"""The kinds whose quartiers fit in one matrix; a région or the nation has no paper yet."""
PEU = 24
"""Under, starting a process costs more than what it prints."""
LOT = 4
"""Documents handed at once to a process: enough to hide the hand-over, few enough to share evenly."""


def can_see_all(_code: str) -> bool:
    """The rule of commands, which belong to no account: they read the whole base."""
    return True


def build_papier(vue: Vue, code: str, can_see: Regle) -> Document | None:
    """The paper of a quartier, of a département or of a commune; None for what is larger."""
    territoire = vue.territoires[code]
    if territoire.niveau is Niveau.QUARTIER:
        return build_papier_quartier(vue, code, can_see)
    return build_departement(vue, code) if territoire.genre in EN_MATRICE else None


def build_papier_quartier(vue: Vue, code: str, can_see: Regle) -> Document:
    """The two pages of a quartier with its map; on paper no link leads to a proof."""
    carte = load_carte(vue, code, lambda _indicateur: "", ecart=ECART_PAPIER)
    renvoi = build_renvoi(vue, code, can_see, lambda _tenant: "")
    return build_quartier(vue, code, carte, renvoi)


def print_papier(vue: Vue, code: str, can_see: Regle) -> bytes | None:
    """The PDF of a territoire; None when there is none for its kind."""
    return _print(build_papier(vue, code, can_see), vue)


def print_preuve(
    vue: Vue,
    code: str,
    indicateur: Indicateur,
    can_see: Regle,
    taire: Callable[[Explication], Explication] | None = None,
) -> bytes | None:
    """The PDF of a proof; None when the indicateur is not shown in that territoire.

    `taire`: what silences the records that its reader may not read; none for a command.
    """
    source = build_nommer_source(vue.connu_le)
    nommer = Nommer(source, partial(vue.dossier.referentiel.get_libelle, "declarant"))
    renvoi = build_renvoi(vue, code, can_see, lambda _tenant: "", is_compte=False)
    return _print(build_preuve(vue, code, indicateur, nommer, renvoi, taire), vue)


def add_tete(document: Document, tete: str) -> Document:
    """Its foot prints the head of the chain of writes: whoever holds the paper may ask `verifier` for the same."""
    return replace(document, donnees={**document.donnees, "chaine": TelQuel(tete)})


def _print(document: Document | None, vue: Vue) -> bytes | None:
    if document is None:
        return None
    return print_document(add_tete(document, say_tete(vue.connu_le)))


def list_a_imprimer(vue: Vue, code: str) -> list[str]:
    """The quartier itself, else the expected quartiers inside, by code."""
    if vue.territoires[code].niveau is Niveau.QUARTIER:
        return [code]
    return sorted(vue.list_attendus_de(code))


def print_dossier(
    vue: Vue,
    codes: list[str],
    dossier: Path,
    connu_le: date | None = None,
    processus: int | None = None,
) -> Iterator[Path]:
    """One PDF per quartier in a folder, given as they are written; OSError when it cannot be written.

    `connu_le`: the day of knowledge that the names tell, when the call asked for one.
    """

    def name(code: str) -> str:
        return name_fichier(name_papier(vue.territoires[code]), vue.vu_le, connu_le, SUFFIXE)

    tete = say_tete(vue.connu_le)
    taches = (
        (add_tete(build_papier_quartier(vue, code, can_see_all), tete), dossier / name(code))
        for code in codes
    )
    return print_documents(taches, len(codes), processus)


def print_documents(
    taches: Iterable[tuple[Document, Path]], nombre: int, processus: int | None = None
) -> Iterator[Path]:
    """Printing takes the processor whole: several processes when there are many, one per core unless told.

    Each is handed texts only, never the data. They are started afresh: a fork would share our open base.
    """
    combien = processus or (1 if nombre < PEU else os.cpu_count() or 1)
    if combien == 1:
        yield from map(write_document, taches)
        return
    with ProcessPoolExecutor(combien, mp_context=get_context("spawn")) as equipe:
        yield from equipe.map(write_document, taches, chunksize=LOT)


def name_papier(territoire: Territoire) -> str:
    """`quartier-QRR-93_3`, `departement-DEP-93`: what the paper of a territoire is called, before its dates."""
    genre = Genre.QUARTIER if territoire.niveau is Niveau.QUARTIER else territoire.genre
    return f"{genre.value}-{territoire.code}"
