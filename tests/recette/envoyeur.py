"""One of the accounts that send proofs at the same time: a process of its own, told what to write by its arguments.

    python -m tests.recette.envoyeur NOM NOMBRE

Writes NOMBRE relevés, each with two of the few files that all send, in its own order; prints the name of each relevé
once it is acknowledged.
"""

from __future__ import annotations

import sys

FICHIERS = 5
OCTETS = 300_000


def main(nom: str, nombre: int) -> None:
    """Every write, whole."""
    from quartiers.cli.base import setup_django

    setup_django()
    from quartiers.pieces.piece import PieceAdmise
    from tests.pieces.gardees import declare_releve

    def make(rang: int) -> PieceAdmise:
        octets = bytes([rang % FICHIERS]) * OCTETS
        return PieceAdmise(f"{nom}-{rang}.jpg", "image/jpeg", octets)

    for n in range(nombre):
        identite = f"{nom}/{n}"
        declare_releve(make(len(nom) * n), make(sum(map(ord, nom)) - n), identite=identite)
        print(identite, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
