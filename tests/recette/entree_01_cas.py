"""1. The files that people really send: each is read right, repaired and told, or refused in words that help."""

from __future__ import annotations

from tests.recette import cas_de_territoires, cas_de_valeurs
from tests.recette.banc_des_cas import Banc
from tests.recette.outils import Atelier, expect, play

CAS = {**cas_de_valeurs.CAS, **cas_de_territoires.CAS}


def main(atelier: Atelier) -> str:
    """Every folder of cases has its program; each is played on a base of its own."""
    dossier = atelier.donnees.parent / "cas"
    dossiers = {d.name[:2]: d for d in sorted(dossier.iterdir()) if d.is_dir()}
    expect(dossiers.keys() == CAS.keys(), f"cas {sorted(dossiers)} ; programmes {sorted(CAS)}")
    banc = Banc(atelier)
    banc.load_depart()
    for numero, jouer in sorted(CAS.items()):
        banc.open_cas(dossiers[numero])
        atelier.note(f"{dossiers[numero].name} : {jouer(banc)}")
    return f"{len(CAS)} cas joués : aucun fichier lu de travers, chaque refus dit où et quoi faire"


if __name__ == "__main__":
    play(main)
