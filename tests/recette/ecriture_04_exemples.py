"""4. Examples 4, 5, 10 and 11 of the domain, from records to the page; a vacant post is a fresh zero, silence is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from tests.recette import base_demo
from tests.recette.outils import Atelier, expect, play

ICI, LA = "QC-FICTIF-TILLEULS", "QC-FICTIF-GRAND-PRE"
RELAIS, GPO, RENOVATION = "e06-a2-adultes-relais", "e08-a1-gpo", "e02-a1-convention-npnru"
VU_LE = date(2026, 11, 23)
POSTES = "objet;le;situe;fonction;employeur;etp_finance;etp_pourvu;finance_depuis;pourvu_depuis;vacant_depuis"
CIBLES = "indicateur;territoire;operateur;valeur;echeance;base;base_date;base_source;origine;effet"
SEANCES = "objet;le;dessert;instance;tenue"
POINTAGES = "objet;le;dessert;genre;mot"
SANS_OBJET = "indicateur;territoire;motif;valide_le;valide_par"


@dataclass(frozen=True, slots=True)
class Exemple:
    """What is told, and what the page of the proof must say on the day looked at."""

    nom: str
    fichiers: tuple[tuple[str, tuple[str, ...]], ...]
    indicateur: str
    statut: str
    dits: tuple[str, ...]
    quartier: str = ICI


def say_poste(rang: int, depuis: date, le: date = date(2026, 9, 30)) -> str:
    """A filled post."""
    return f"P-{rang};{le};{ICI};adulte_relais;Régie de quartier;1;1;2025-12-01;{depuis};"


def say_postes(nombre: int, *autres: str) -> tuple[str, tuple[str, ...]]:
    """A file of posts filled since January, and some others."""
    lignes = (say_poste(rang, date(2026, 1, 1)) for rang in range(1, nombre + 1))
    return ("poste", (POSTES, *lignes, *autres))


def say_cible(echeance: str) -> tuple[str, tuple[str, ...]]:
    """From two posts on 1 January to six."""
    ligne = f"{RELAIS};{ICI};>=;6;{echeance};2;2026-01-01;DDETS;plan;2026-01-01"
    return ("cibles", (CIBLES, ligne))


VACANT = f"P-1;2026-09-30;{ICI};adulte_relais;Régie de quartier;1;0;2025-12-01;;2026-08-01"
SIXIEME = say_poste(6, date(2026, 10, 1), date(2026, 10, 2))
SEANCE = f"S-1;2026-05-12;{ICI};gpo;oui"
POINTAGE = f"T-1;2026-11-20;{ICI};seance;instance=gpo | instance=contrat_operationnel_gendarmerie"
EXEMPLES = (
    Exemple("4, trois postes", (say_cible("2027-12-31"), say_postes(3)), RELAIS, "à surveiller",
            ("P-1", "P-3")),
    Exemple("4, quatre postes", (say_cible("2027-12-31"), say_postes(4)), RELAIS, "en bonne voie",
            ("P-4",)),
    Exemple("5, cinq postes", (say_cible("2026-06-30"), say_postes(5)), RELAIS,
            "échu, non atteint", ("P-5",)),
    Exemple("5, le sixième", (say_cible("2026-06-30"), say_postes(5, SIXIEME)), RELAIS, "atteint",
            ("P-6", "tardif")),
    Exemple("10, sans pointage", (("seance", (SEANCES, SEANCE)),), GPO, "périmé", ("S-1",)),
    Exemple("10, avec pointage", (("seance", (SEANCES, SEANCE)), ("pointage", (POINTAGES, POINTAGE))),
            GPO, "en retard", ("T-1", "12 août 2026")),
    Exemple("11, hors programme",
            (("sans_objet", (SANS_OBJET, f"{RENOVATION};{ICI};hors_programme;2026-02-10;DDT")),),
            RENOVATION, "sans objet", ("10 février 2026",)),
    Exemple("un poste vacant", (("poste", (POSTES, VACANT)),), RELAIS, "sans cible",
            ("0 poste", "P-1", "vu, ne compte pas")),
    Exemple("le silence", (say_postes(1),), RELAIS, "non renseigné", (), LA),
)  # fmt: skip


def main(atelier: Atelier) -> str:
    """Each example in the invented département, its files taken in, its page read, all undone."""
    base_demo.open_base(atelier)
    base_demo.load_cadre()
    for exemple in EXEMPLES:
        with base_demo.undo():
            for rang, (genre, lignes) in enumerate(exemple.fichiers):
                chemin = atelier.dossier / f"{rang}-{genre}.csv"
                chemin.write_text("\n".join((*lignes, "")), encoding="utf-8")
                base_demo.take(genre, Path(chemin))
            page = read_page(exemple)
        for dit in (f"pourquoi « {exemple.statut} » ?", *exemple.dits):
            expect(dit in page, f"{exemple.nom} : la page ne dit pas « {dit} » : {page[:900]}")
        atelier.note(
            f"{exemple.nom} : {exemple.statut}, {', '.join(exemple.dits) or 'rien à montrer'}"
        )
    return f"{len(EXEMPLES)} exemples, des enregistrements à la page de preuve : " + " ; ".join(
        f"{e.nom}, {e.statut}" for e in EXEMPLES
    )


def read_page(exemple: Exemple) -> str:
    """The words of the main part of the proof page, as an account of the nation reads it."""
    from django.contrib.auth.models import User
    from django.test import Client

    from quartiers.core.territoire import NATION
    from quartiers.usecases.charger_dossier import forget_dossier
    from quartiers.usecases.creer_compte import create_compte

    forget_dossier()
    create_compte(
        identifiant="lecteur", mot_de_passe=None, role="task_force", territoires=(NATION,)
    )
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(username="lecteur"))
    session = client.session
    session["facteur"] = 0  # as after a code
    session.save()
    dates = {"vu_le": VU_LE.isoformat(), "connu_le": base_demo.CONNU_LE.isoformat()}
    reponse = client.get(f"/preuves/{exemple.quartier}/{exemple.indicateur}/", dates, follow=True)
    expect(reponse.status_code == 200, f"{exemple.nom} : la page répond {reponse.status_code}")
    return " ".join(_list_textes(reponse.content.decode()))


def _list_textes(html: str) -> Iterator[str]:
    """The texts between the tags of `<main>`."""
    corps = html[html.index("<main") : html.index("</main>")]
    yield from (
        unescape(texte).replace("\u202f", " ").replace("\xa0", " ").strip()
        for texte in re.split(r"<[^>]*>", corps)
        if texte.strip()
    )


if __name__ == "__main__":
    play(main)
