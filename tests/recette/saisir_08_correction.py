"""Saisir 8. A figure of May corrected in July: June still shows the old one, August the new; June's paper is the same."""

from __future__ import annotations

from tests.recette.outils import Atelier, expect, play
from tests.recette.site_joue import play_on_demo


def main(atelier: Atelier) -> str:
    """On the demonstration."""
    dit = play_on_demo(atelier, "tests.recette.correction_jouee")
    juin, encore, aout = dit["juin"], dit["juin_encore"], dit["aout"]
    expect((juin["valeur"], juin["rangs"]) == (4, ["VALIDE"]), f"en juin : {juin}")
    expect((aout["valeur"], aout["rangs"]) == (2, ["VALIDE"]), f"en août : {aout}")
    expect(encore == juin, f"juin a changé : {juin} puis {encore}")
    expect(aout["papier"] != juin["papier"], "le papier d’août est celui de juin")
    return (
        f"connu en juin : 4, validé ; connu en août : 2, validé ; le papier de juin, imprimé avant et après la "
        f"correction : les mêmes {juin['octets']} octets"
    )


if __name__ == "__main__":
    play(main)
