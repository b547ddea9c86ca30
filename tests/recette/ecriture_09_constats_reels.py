"""9. The constats of the official files, cell by cell, beside those that were made before their rows were records.

    python tests/recette/ecriture_09_constats_reels.py [--refaire]

`--refaire` writes the reference anew: one short digest per territoire and pair of dates, of what a reader sees.
It is made from a state of the program that is believed, never to make a difference go away.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.recette import reel
from tests.recette.base_demo import open_base
from tests.recette.bases import load
from tests.recette.entree_05_liste import blank, read_liste, write_liste
from tests.recette.outils import RACINE, Atelier, expect, play

if TYPE_CHECKING:
    from quartiers.core.constat import Constat, FaitRetenu
    from quartiers.core.referentiel import Indicateur
    from quartiers.core.vue import Vue

REFAIRE = "--refaire"
REFERENCE = RACINE / "tests" / "recette" / "ecriture_09_reference.txt"
LISTE_2020, LISTE_2024 = "france_services.geojson", "liste-fs-20240801.csv"
SANS_POINT = frozenset({"550", "2393", "1980"})
"""Places of the list of September whose point is lost: its absences are proved no more around them (L-39)."""
QUARTIERS_AVANT = """
code;nom;departement;rattaches;attendu_du;attendu_au
QC-ESSAI-93;Essai;DEP-93;QRR-93_3 QN09305I;;
QC-ESSAI-31;Essai;DEP-31;QN03110M;;
"""
QUARTIERS_APRES = """
code;nom;departement;rattaches;attendu_du;attendu_au
QC-ESSAI-93;Essai;DEP-93;QRR-93_3 QN09308M;;
"""
ARRETS = """
lieu;territoire;adresse;longitude;latitude;jour;heures;du;au
201;QRR-34_2;1 rue du Four;;;mardi;9 h - 12 h;2024-03-01;
201;QN03405M;;3.85;43.6;jeudi;;;
"""
CONFIRMATIONS = """
indicateur;territoire;lieu;date;motif;par
e03-a1-france-services;QN09310M;2883;2024-08-21;Accès direct;Préfecture
"""
DATES = (
    (date(2021, 1, 15), date(2021, 1, 15)),
    (date(2023, 6, 1), date(2026, 12, 31)),
    (date(2024, 8, 31), date(2024, 8, 31)),
    (date(2024, 9, 10), date(2026, 12, 31)),
    (date(2024, 12, 15), date(2024, 12, 15)),
)
"""(vu_le, connu_le): the first list alone, between the two, the second one, the damaged one, all gone stale."""
CHIFFRES = 10
SANS_FAIT = " ; 0 faits"


def main(atelier: Atelier) -> str:
    """Every constat of every QPV, QRR and quartier cible, digested territoire by territoire."""
    load_fichiers(atelier)
    open_base(atelier)
    vues = list(open_vues())
    condensats, nombre, parles = digest_all(vues)
    if REFAIRE in sys.argv:
        write_reference(condensats)
        return f"référence refaite : {nombre} constats de {len(condensats)} territoires"
    attendus = read_reference()
    expect(
        attendus.keys() == condensats.keys(),
        f"{len(condensats)} territoires, {len(attendus)} dans la référence",
    )
    differents = [code for code, lus in condensats.items() if lus != attendus[code]]
    if differents:
        tell_premier(atelier, vues, differents[0], attendus[differents[0]])
    expect(not differents, f"{len(differents)} territoires différents, d’abord {differents[:3]}")
    atelier.note(f"{parles} ont au moins un fait, vus à {len(DATES)} couples de dates")
    return f"{nombre} constats des fichiers réels comparés à ceux d’avant, 0 différent"


def load_fichiers(atelier: Atelier) -> None:
    """The frame, both lists as they came, one with lost points, and what people say of its places."""
    for charger in (reel.load_cog, reel.load_qpv_2024, reel.load_qrr):
        charger(atelier)
    listes = atelier.donnees / "france-services"
    lignes = read_liste(listes / LISTE_2024)
    abimees = [blank(ligne) if ligne["id_fs"] in SANS_POINT else ligne for ligne in lignes]
    abimee = write_liste(atelier, "points-perdus.csv", abimees)
    take(atelier, "quartiers", write(atelier, "avant.csv", QUARTIERS_AVANT), "2020-09-01")
    take_liste(atelier, listes / LISTE_2020, "2020-10-01", "2020-10-15")
    take_liste(atelier, listes / LISTE_2024, "2024-08-01", "2024-08-20")
    take(atelier, "arrets", write(atelier, "arrets.csv", ARRETS), "2024-08-22")
    take(atelier, "confirmations", write(atelier, "dessertes.csv", CONFIRMATIONS), "2024-08-23")
    take(atelier, "quartiers", write(atelier, "apres.csv", QUARTIERS_APRES), "2024-08-25")
    take_liste(atelier, abimee, "2024-09-04", "2024-09-05")


def write(atelier: Atelier, nom: str, texte: str) -> Path:
    """A small file of our own."""
    return Path(reel.write_csv(atelier, nom, texte))


def take(atelier: Atelier, genre: str, chemin: Path, connu_le: str) -> None:
    """A file known on a day."""
    atelier.quartiers("importer", genre, str(chemin), "--connu-le", connu_le)


def take_liste(atelier: Atelier, chemin: Path, millesime: str, connu_le: str) -> None:
    """A list known on a day."""
    dates = ("--millesime", millesime, "--connu-le", connu_le)
    load(atelier, "importer", "france-services", str(chemin), *dates)


def open_vues() -> Iterator[Vue]:
    """The base looked at from each pair of dates."""
    from quartiers.core.vue import Vue
    from quartiers.usecases.charger_dossier import load_dossier

    dossier = load_dossier()
    for vu_le, connu_le in DATES:
        yield Vue(dossier, vu_le, connu_le)


def digest_all(vues: list[Vue]) -> tuple[dict[str, tuple[str, ...]], int, int]:
    """The digests of each territoire, a pair of dates after the other; how many constats, how many with a fait."""
    from quartiers.core.territoire import Niveau

    condensats: dict[str, tuple[str, ...]] = {}
    nombre = parles = 0
    codes = {c for v in vues for c, t in v.territoires.items() if t.niveau is Niveau.QUARTIER}
    for code in sorted(codes):
        siens = []
        for vue in vues:
            dits = list_dits(vue, code)
            nombre += len(dits)
            parles += sum(SANS_FAIT not in dit for dit in dits)
            siens.append(hashlib.sha256("\n".join(dits).encode()).hexdigest()[:CHIFFRES])
        condensats[code] = tuple(siens)
    return condensats, nombre, parles


def list_dits(vue: Vue, code: str) -> list[str]:
    """What a reader sees of each indicateur of a territoire; nothing while it is not known."""
    if code not in vue.territoires:
        return []
    indicateurs = vue.dossier.referentiel.list_indicateurs()
    constats = (get_constat(vue, indicateur, code) for indicateur in indicateurs)
    return [say_constat(constat) for constat in constats if constat is not None]


def get_constat(vue: Vue, indicateur: Indicateur, code: str) -> Constat | None:
    """As the territoire shows it; what counts the others is read bare, as when nothing counted it."""
    from quartiers.core.comptage import is_comptant
    from quartiers.core.evaluation import evaluate_constat

    if not is_comptant(indicateur):
        return vue.get_constat_vu_de(indicateur, code)
    contexte = vue.build_contexte(indicateur, code)
    return evaluate_constat(replace(contexte, cellule=replace(contexte.cellule, comptage=None)))


def say_constat(constat: Constat) -> str:
    """Statut, value, dates, flags, and which faits were retained, in their order."""
    nombres = (constat.valeur, constat.numerateur, constat.denominateur)
    jours = (constat.date, constat.perime_le, constat.perdu_le)
    faits = " ".join(map(say_fait, constat.faits))
    return " ; ".join(
        (
            f"{constat.indicateur.code} {constat.territoire} : {constat.statut.value}",
            " ".join(map(str, nombres)),
            " ".join(map(str, jours)),
            " ".join(sorted(drapeau.value for drapeau in constat.drapeaux)),
            f"{len(constat.faits)} faits {faits}",
        )
    )


def say_fait(fait: FaitRetenu) -> str:
    """Its rank, its source, its key there, and the physical line that says it."""
    rang = getattr(fait, "rang", None)
    poids = "" if rang is None else f"{rang.name} "
    return f"[{poids}{fait.preuve.source} {fait.preuve.cle} {fait.preuve.millesime} {fait.preuve.ligne}]"


def tell_premier(atelier: Atelier, vues: list[Vue], code: str, attendus: tuple[str, ...]) -> None:
    """All that is said today of the first territoire that differs, at the dates where it does."""
    for vue, attendu in zip(vues, attendus, strict=True):
        dits = list_dits(vue, code)
        if hashlib.sha256("\n".join(dits).encode()).hexdigest()[:CHIFFRES] != attendu:
            atelier.note(f"{code}, vu le {vue.vu_le}, connu le {vue.connu_le} :")
            for dit in dits:
                atelier.note(f"  {dit}")


def read_reference() -> dict[str, tuple[str, ...]]:
    """What was seen before."""
    lignes = REFERENCE.read_text(encoding="ascii").splitlines()
    return {code: tuple(siens) for code, *siens in map(str.split, lignes)}


def write_reference(condensats: dict[str, tuple[str, ...]]) -> None:
    """What is seen now."""
    lignes = (f"{code} {' '.join(siens)}\n" for code, siens in condensats.items())
    REFERENCE.write_text("".join(lignes), encoding="ascii")


if __name__ == "__main__":
    play(main)
