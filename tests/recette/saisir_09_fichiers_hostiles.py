"""Saisir 9. Hostile files: at least forty kinds, the outcome of each in a table, no metadata in any picture kept."""

from __future__ import annotations

import resource
import time

from quartiers.pieces.admission import judge_piece
from quartiers.pieces.pdf import DELAI
from quartiers.pieces.piece import PieceRefusee
from tests.pieces.cas import Cas
from tests.pieces.fabrique import MO
from tests.pieces.hostiles import CAS
from tests.pieces.metadonnees import list_metadonnees
from tests.recette.outils import Atelier, expect, play

GENRES_AU_MOINS = 40
TAILLE_MAX = 10 * MO
SECONDES_AU_PLUS = DELAI + 10
"""For one file, on a busy machine: the whole delay of a PDF, and what its making takes here."""
MEMOIRE_AU_PLUS = 700
"""Mio of this process at its greatest, all kinds played: the bombs of a Gio never were inflated."""


def judge_cas(cas: Cas) -> tuple[str, bool, bool]:
    """What became of a kind of file in words, whether it was what had to, and whether it is kept."""
    octets = cas.make()
    try:
        piece = judge_piece(octets, cas.fichier, TAILLE_MAX)
    except PieceRefusee as refus:
        return f"refusé : {refus}", bool(cas.refus) and cas.refus in str(refus), False
    restes = list_metadonnees(piece.octets) if piece.is_photo else []
    geste = "redessiné" if piece.is_photo else "tel quel"
    ote = f", ôté : {', '.join(piece.ote)}" if piece.ote else ""
    dit = f"gardé, {geste}, comme {piece.type}, « {piece.nom} »{ote}"
    attendu = (cas.type, cas.ote, cas.garde or cas.fichier)
    juste = not cas.refus and (piece.type, piece.ote, piece.nom) == attendu and not restes
    return dit + (f" MAIS IL RESTE {restes}" if restes else ""), juste, True


def show(atelier: Atelier) -> str:
    """Each kind, one line."""
    faux, gardes, plus_long = [], 0, 0.0
    atelier.note("| fichier | nom donné | ce qu’il devient |\n|---|---|---|")
    for cas in CAS:
        debut = time.perf_counter()
        dit, juste, garde = judge_cas(cas)
        plus_long = max(plus_long, time.perf_counter() - debut)
        gardes += garde
        nom = cas.fichier.encode("unicode_escape").decode("ascii")
        atelier.note(f"| {cas.nom} | {nom[:40]} | {dit} |")
        if not juste:
            faux.append(cas.nom)
    memoire = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    expect(not faux, f"ne sont pas devenus ce qu’il fallait : {', '.join(faux)}")
    expect(len(CAS) >= GENRES_AU_MOINS, f"{len(CAS)} genres de fichiers seulement")
    expect(plus_long < SECONDES_AU_PLUS, f"un fichier a demandé {plus_long:.1f} s")
    expect(memoire < MEMOIRE_AU_PLUS, f"{memoire} Mio de mémoire")
    return (
        f"{len(CAS)} genres de fichiers : {gardes} gardés, {len(CAS) - gardes} refusés ; 0 métadonnée dans ce qui est "
        f"gardé d’une image ; {plus_long:.1f} s au plus par fichier, {memoire} Mio"
    )


if __name__ == "__main__":
    play(show)
