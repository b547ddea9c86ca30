"""Confiance 1. Every kind out and in again by the web in three formats; the trial is the run; a base that moves; an import taken back."""

from __future__ import annotations

import csv
import io
import logging
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.recette.base_demo import load_cadre, open_base, take, undo
from tests.recette.outils import RACINE, Atelier, expect, play

if TYPE_CHECKING:
    from django.test import Client

    from quartiers.storage.models import EssaiDImport

DEMO = RACINE / "data" / "demo"
LISTE = DEMO / "2026-01-15" / "france-services-2026-07-01.csv"
FORMATS = ("csv", "xlsx", "ods")
ORGANISME = "Préfecture d’essai"
ICI = "QC-FICTIF-TILLEULS"
INDICATEUR = "e06-a1-educateurs-etp"
# What others refer to first.
ORDRE = (
    ("quartiers", ""),
    ("vacances", "calendriers.csv"),
    ("arrets", "arrets.csv"),
    ("confirmations", "confirmations.csv"),
    ("cibles", "cibles.csv"),
    ("sans_objet", "sans_objet.csv"),
    ("organisme", "organismes.csv"),
    ("convention", "conventions.csv"),
    ("lieu", "lieux.csv"),
    ("poste", "postes.csv"),
    ("cohorte", "cohortes.csv"),
    ("activite", "activites.csv"),
    ("instance", "instances.csv"),
    ("seance", "seances.csv"),
    ("decision", "decisions.csv"),
    ("projet", "projets.csv"),
    ("financement", "financements.csv"),
    ("pointage", "pointages.csv"),
    ("releves", "releves.csv"),
)
QUARTIER = "code;nom;departement;rattaches;attendu_du;attendu_au\nQC-ESSAI;Essai;DEP-00;QN00001N;2026-02-01;\n"


def main(atelier: Atelier) -> str:
    """On a base of its own, by the true stack of the site, at the date of the demonstration."""
    atelier.variables["QUARTIERS_DEMO"] = "1"
    open_base(atelier)
    logging.disable(logging.CRITICAL)
    load_cadre()
    take("france-services", find_liste(), millesime=date(2026, 7, 1))
    from tests.recette.atelier_joue import open_compte, undo_gestes

    client = open_compte("sous-prefete", "sous_prefet_ville", "DEP-00", ORGANISME)
    tours = play_genres(atelier, client)
    with undo_gestes():
        bougee = play_bougee(client)
    with undo_gestes():
        annote = play_annote(atelier, client)
    dates = play_retrait(client)
    return (
        f"{tours} allers et retours par le web ({len(ORDRE)} genres, {', '.join(FORMATS)}) : appliqué = essai, rien de "
        f"neuf au retour ; {bougee} ; {annote} ; {dates}"
    )


def find_liste() -> Path:
    """The first official list of the demonstration."""
    return next(iter(sorted(DEMO.glob("*/france-services-*.csv"))))


@dataclass(frozen=True, slots=True)
class Envoi:
    """A file to send."""

    genre: str
    nom: str
    octets: bytes


def list_envois() -> Iterator[Envoi]:
    """The files of the demonstration, each kind its first one; those of a host, less what a page fills by itself."""
    for genre, nom in ORDRE:
        if genre == "quartiers":
            yield Envoi(genre, "quartiers.csv", QUARTIER.encode())
            continue
        octets = next(iter(sorted(DEMO.glob(f"*/{nom}")))).read_bytes()
        yield Envoi(genre, nom, drop_source(octets) if genre == "releves" else octets)


def drop_source(octets: bytes) -> bytes:
    """The same relevés, that the account says in its own name."""
    lignes = list(csv.DictReader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    sortie = io.StringIO()
    noms = [nom for nom in lignes[0] if nom not in {"source", "declarant"}]
    ecrit = csv.DictWriter(sortie, noms, delimiter=";", extrasaction="ignore")
    ecrit.writeheader()
    ecrit.writerows(lignes)
    return sortie.getvalue().encode()


def play_genres(atelier: Atelier, client: Client) -> int:
    """In CSV, then what comes out of it in each format, on the base as it was: the same comes out again."""
    with undo():
        for envoi in list_envois():
            play_un(atelier, client, envoi, is_dit=True)
        sortis = {(e.genre, f): export(e.genre, f) for e in list_envois() for f in FORMATS}
    tours = len(ORDRE)
    for forme in FORMATS:
        with undo():
            for genre, _ in ORDRE:
                octets = sortis[genre, forme]
                if octets is not None:
                    play_un(atelier, client, Envoi(genre, f"{genre}.{forme}", octets))
                    tours += 1
            for genre, _ in ORDRE:
                rendu = export(genre, "csv")
                expect(
                    rendu == sortis[genre, "csv"],
                    f"{genre} en {forme} ressort autrement qu’il n’est entré",
                )
    return tours


def play_un(atelier: Atelier, client: Client, envoi: Envoi, *, is_dit: bool = False) -> None:
    """Tried, applied: what is written is what was read; tried again: nothing is new."""
    from quartiers.core.essai_d_import import SortDeLigne
    from quartiers.storage.models import Ecriture
    from tests.recette.atelier_joue import TOUS_RISQUES, apply, is_applique, read_essai, send

    garde = send(client, envoi.genre, envoi.nom, envoi.octets)
    essai = read_essai(garde)
    refusees = essai.list_du_sort(SortDeLigne.REFUSEE)
    expect(not essai.raisons, f"{envoi.nom} : {essai.raisons}")
    expect(essai.ecrites > 0, f"{envoi.nom} : rien à écrire, {refusees[:2]}")
    suite = apply(client, garde, **TOUS_RISQUES)
    expect(suite.pk == garde.pk and is_applique(garde), f"{envoi.nom} : pas appliqué")
    ecriture = Ecriture.objects.order_by("numero").last()
    expect(ecriture is not None, "aucune écriture")
    if ecriture is not None:
        dit = (ecriture.nouvelles, ecriture.ecartees, ecriture.inchangees)
        lu = (
            len(essai.list_du_sort(SortDeLigne.NOUVELLE)),
            len(refusees),
            len(essai.list_du_sort(SortDeLigne.INCHANGEE)),
        )
        expect(dit == lu, f"{envoi.nom} : écrit {dit}, essayé {lu}")
        expect(ecriture.ajoutees == essai.ecrites + 1, f"{envoi.nom} : {ecriture.ajoutees} rangées")
    encore = read_essai(send(client, envoi.genre, envoi.nom, envoi.octets))
    expect(not encore.ecrites, f"{envoi.nom} : {encore.ecrites} lignes neuves au second envoi")
    if is_dit:
        premiere = f", dont « {refusees[0].raison} »" if refusees else ""
        atelier.note(
            f"{envoi.genre} : {len(essai.lignes)} lignes, {essai.ecrites} écrites, {len(refusees)} refusées{premiere}"
        )


def export(genre: str, forme: str) -> bytes | None:
    """What the base holds of a kind; relevés come out in CSV, and are put in a workbook as anybody would."""
    from quartiers.core.genres import GENRES_IMPORTABLES
    from quartiers.usecases.charger_contexte import load_referentiel
    from quartiers.usecases.charger_dossier import load_savoir
    from quartiers.usecases.exporter import export_enregistrements, export_releves

    jour, codes = date(2026, 11, 24), load_savoir().codes
    if genre == "releves":
        return put_in_classeur(drop_source(export_releves(codes, "FR", jour).encode()), forme)
    voulu = GENRES_IMPORTABLES[genre]
    return export_enregistrements(voulu, forme, load_referentiel(), codes, "FR", jour)


def put_in_classeur(octets: bytes, forme: str) -> bytes:
    """The cells of a CSV in a workbook, each as a text."""
    from quartiers.reports.classeur import Classeur
    from quartiers.reports.genre_fichier import CLASSEURS
    from quartiers.reports.table import Colonne, Type

    if forme == "csv":
        return octets
    noms, *lignes = list(csv.reader(io.StringIO(octets.decode("utf-8-sig")), delimiter=";"))
    colonnes = [Colonne(nom, Type.TEXTE, nom, "", 12) for nom in noms]
    rangees = [tuple(cellule or None for cellule in ligne) for ligne in lignes]
    return CLASSEURS[forme](
        Classeur("Relevés", "Relevés", date(2026, 11, 24), "Relevés", colonnes, rangees, [])
    )


def make_lignes(*valeurs: tuple[str, str, str]) -> bytes:
    """Values of one indicateur: (territoire, day, value)."""
    lignes = (f"{INDICATEUR};{ou};{jour};{valeur}" for ou, jour, valeur in valeurs)
    return "\n".join(("indicateur;territoire;date;valeur", *lignes, "")).encode()


def play_bougee(client: Client) -> str:
    """Somebody of the same organisme says one of the lines meanwhile: told, and nothing is written."""
    from quartiers.storage.models import Releve
    from tests.recette.atelier_joue import apply, is_applique, open_compte, read_essai, send

    autre = open_compte("collegue", "delegue", ICI, ORGANISME)
    garde = send(
        client, "releves", "a.csv", make_lignes((ICI, "2026-11-02", "4"), (ICI, "2026-11-03", "5"))
    )
    adresse = f"/territoires/{ICI}/declarer/{INDICATEUR}/"
    dit = autre.post(adresse, {"date": "2026-11-02", "autre": "4"})
    expect(dit.status_code == 302, f"la collègue : {dit.status_code}")
    avant = Releve.objects.count()
    refait = apply(client, garde)
    expect(refait.pk != garde.pk and Releve.objects.count() == avant, "la base bougée fut écrite")
    page = client.get(f"/importer/{refait.pk}/").content.decode()
    expect("la base a bougé" in page, "la page ne dit pas que la base a bougé")
    bougees = list(read_essai(refait).iterate_bougees(read_essai(garde)))
    expect(len(bougees) == 1, f"{len(bougees)} lignes bougées")
    expect(
        apply(client, refait).pk == refait.pk and is_applique(refait), "l’essai refait n’entre pas"
    )
    expect(Releve.objects.count() == avant + 1, "la ligne déjà dite fut redite")
    return "une base qui bouge entre deux est dite (1 ligne sur 2), rien d’écrit, l’essai refait s’applique"


def play_annote(atelier: Atelier, client: Client) -> str:
    """LibreOffice opens the annotated file, and its own words come back with two columns more."""
    from tests.recette.atelier_joue import send

    octets = make_lignes(
        (ICI, "2026-11-02", "4"), (ICI, "2026-11-03", "=5"), ("QC-RIEN", "2026-11-03", "5")
    )
    garde = send(client, "releves", "envoi.csv", octets)
    reponse = client.get(f"/importer/{garde.pk}/annote.xlsx")
    expect(reponse.status_code == 200, f"annoté : {reponse.status_code}")
    lignes = convert(atelier, reponse.content)
    expect(lignes[0][-2:] == ["sort", "raison"], f"annoté : {lignes[0]}")
    sorts = [ligne[-2] for ligne in lignes[1:]]
    expect(sorts == ["nouvelle", "refusée", "refusée"], f"annoté : {sorts}")
    expect(lignes[2][3] == "=5" and bool(lignes[2][-1]), f"annoté : {lignes[2]}")
    return "le fichier annoté, ouvert par LibreOffice : les siennes, sort et raison"


def convert(atelier: Atelier, octets: bytes) -> list[list[str]]:
    """The rows that LibreOffice reads."""
    programme = shutil.which("soffice") or shutil.which("libreoffice")
    expect(programme is not None, "LibreOffice absent (paquet libreoffice-calc-nogui)")
    chemin = atelier.dossier / "annote.xlsx"
    chemin.write_bytes(octets)
    profil = (atelier.dossier / "profil").as_uri()
    fini = subprocess.run(
        [str(programme), f"-env:UserInstallation={profil}", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76",
         "--outdir", str(atelier.dossier), str(chemin)],
        check=False, capture_output=True, text=True, timeout=180, env={**os.environ, "HOME": str(atelier.dossier)},
    )  # fmt: skip
    sortie = atelier.dossier / "annote.csv"
    expect(sortie.is_file(), f"LibreOffice : {fini.stderr[-300:]}")
    return list(csv.reader(io.StringIO(sortie.read_text("utf-8-sig")), delimiter=";"))


def play_retrait(client: Client) -> str:
    """An import of the 10th, taken back on the 20th: the tableau at each of the dates."""
    from tests.recette.atelier_joue import apply, at, make_moment, read_tableau, send

    def enter(jour: int, *valeurs: tuple[str, str, str]) -> EssaiDImport:
        with at(make_moment(jour)):
            garde = send(client, "releves", f"envoi-{jour}.csv", make_lignes(*valeurs))
            return apply(client, garde, dix_fois="oui", retrait="oui")

    enter(5, (ICI, "2026-11-02", "4"))
    garde = enter(10, (ICI, "2026-11-02", "1"), (ICI, "2026-11-08", "2"))
    with at(make_moment(20)):
        retire = client.post(f"/importer/{garde.pk}/retirer/", {"motif": "mauvais trimestre"})
    expect(retire.status_code == 302, f"retrait : {retire.status_code}")
    vus = {
        jour: read_tableau(client, ICI, "2026-11-23", f"2026-11-{jour:02}") for jour in (9, 15, 21)
    }
    valeurs = [vus[jour][INDICATEUR][1] for jour in (9, 15, 21)]
    expect(valeurs == [4, 2, 4], f"valeurs aux trois dates : {valeurs}")
    expect(vus[9] == vus[21], "le tableau d’après le retrait n’est pas celui d’avant l’import")
    page = client.get(f"/importer/{garde.pk}/").content.decode()
    expect("mauvais trimestre" in page, "le motif ne se lit pas")
    return "un import retiré avec son motif : le tableau connu avant, pendant, après vaut 4, 2, 4"


if __name__ == "__main__":
    play(main)
