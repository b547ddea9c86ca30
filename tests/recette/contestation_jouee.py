"""On the base that its environment names: two figures contested by a mairie, one answered in time and one late, by every rôle.

    python -m tests.recette.contestation_jouee DOSSIER

Prints in JSON what the pages said before, during and after, what each rôle was answered inside and outside, and whether
both chains hold. The clock of the site is moved from day to day; nothing else is.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.recette.droits.monde import Monde, Personnage

TENUE, TARDIVE = "e06-a2-adultes-relais", "e06-a1-educateurs-etp"
DIT, REPONSE = (
    "Trois adultes-relais de plus ont pris leur poste.",
    "Les trois contrats sont retrouvés.",
)
VALEURS = """\
indicateur;territoire;date;valeur;source
{tenue};{ou};{jour};3;Liste de la préfecture
{tardive};{ou};{jour};4;Liste de la préfecture
"""
CIBLES = """\
indicateur;territoire;operateur;valeur;echeance;base;base_date;base_source;origine;effet
{tenue};{ou};>=;6;{fin};0;2026-01-01;plan;plan;2026-01-01
{tardive};{ou};>=;9;{fin};0;2026-01-01;plan;plan;2026-01-01
"""


class JourDit(datetime):
    """The clock of the site, stopped at noon of a chosen day."""

    le: date = date(2026, 1, 1)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> JourDit:
        """That moment."""
        return cls(cls.le.year, cls.le.month, cls.le.day, 12, tzinfo=tz)


def main(dossier: Path) -> None:
    """Prepared, contested, answered, looked at."""
    from quartiers.cli.base import bring_up_to_date, prepare_base, setup_django

    setup_django()
    logging.disable(logging.CRITICAL)
    bring_up_to_date()
    prepare_base()
    from quartiers.web import horloge
    from tests.recette.droits.monde import load_cadre, make_monde
    from tests.recette.droits.mots import Mots

    jour = horloge.read_today()
    vars(horloge)["datetime"] = JourDit  # the one clock of the site
    JourDit.le = jour
    load_cadre(dossier)
    monde = make_monde(Mots())
    load_valeurs(dossier, jour)
    print(json.dumps(Jeu(monde, jour).play()))


def load_valeurs(dossier: Path, jour: date) -> None:
    """Two values that the host imported, and their targets."""
    from tests.recette.base_demo import take
    from tests.recette.droits.canaris import ICI_QUARTIER

    dits = {
        "tenue": TENUE, "tardive": TARDIVE, "ou": ICI_QUARTIER, "jour": jour - timedelta(days=20),
        "fin": jour + timedelta(days=400),
    }  # fmt: skip
    for genre, texte in (("releves", VALEURS), ("cibles", CIBLES)):
        chemin = dossier / f"{genre}.csv"
        chemin.write_text(texte.format(**dits), encoding="utf-8")
        take(genre, chemin, connu_le=jour - timedelta(days=10))


class Jeu:
    """The deeds under way, from the day of the contest."""

    def __init__(self, monde: Monde, jour: date) -> None:
        from tests.recette.droits.canaris import ICI_QUARTIER

        self.monde, self.jour, self.quartier = monde, jour, ICI_QUARTIER
        self.mairie: Personnage = monde.ici["commune"]
        self.juge: Personnage = monde.ici["sous_prefet_ville"]

    def play(self) -> dict[str, Any]:
        """In the order of the days."""
        JourDit.le = self.jour
        dit: dict[str, Any] = {"avant": self.see(TENUE)}
        dit["contestent"] = self.ask_tous(f"/preuves/{self.quartier}/{{}}/contester/")
        tenue, tardive = self.contest(TENUE, "6"), self.contest(TARDIVE, "9")
        dit["pendant"] = self.see(TENUE)
        dit["lisent"] = self.ask_tous(f"/contestations/{tenue}/")
        dit["tranchent"] = self.ask_tous(f"/contestations/{tenue}/trancher/")
        dit["absent"] = self.ask_tous("/contestations/999999/trancher/")
        self.go(10)
        self.settle(tardive, "piece", "Lesquels ?")
        self.go(21)
        dit["ouverte"] = self.see(TENUE)
        self.settle(tenue, "retenue", REPONSE)
        dit["apres"] = self.see(TENUE)
        self.go(25)
        self.post(self.mairie, f"/contestations/{tardive}/", {"reponse": "Ceux-ci."})
        self.go(50)
        dit["en_retard"] = self.see(TARDIVE)
        dit["file"] = fold(self.get(self.juge, "/valider/"))
        self.settle(tardive, "gardee", "La liste fait foi.")
        dit["tranchee_tard"] = self.see(TARDIVE)
        dit["relues"] = {
            "avant": self.see(TENUE, -1),
            "pendant": self.see(TENUE, 20),
            "apres": self.see(TENUE, 21),
        }
        return dit | self.check()

    def go(self, jours: int) -> None:
        """So many days after."""
        JourDit.le = self.jour + timedelta(days=jours)

    def get(self, qui: Personnage, adresse: str) -> str:
        """A page that answers."""
        reponse = qui.client.get(adresse)
        assert reponse.status_code == 200, (adresse, reponse.status_code)
        return str(reponse.content.decode())

    def post(self, qui: Personnage, adresse: str, mots: dict[str, str]) -> str:
        """A form that is kept; where it leads."""
        reponse = qui.client.post(adresse, mots)
        assert reponse.status_code == 302, (adresse, reponse.content.decode()[-3000:])
        return str(reponse.headers["Location"])

    def contest(self, indicateur: str, valeur: str) -> int:
        """By the mairie; gives its number."""
        mots = {"motif": "incomplet", "dit": DIT, "valeur": valeur, "date": self.jour.isoformat()}
        suite = self.post(self.mairie, f"/preuves/{self.quartier}/{indicateur}/contester/", mots)
        return int(suite.strip("/").rpartition("/")[2])

    def settle(self, numero: int, suite: str, reponse: str) -> None:
        """By the sous-préfète, as the page is shown to her."""
        adresse = f"/contestations/{numero}/trancher/"
        vu = re.search(r'name="vu" value="([^"]*)"', self.get(self.juge, adresse))
        assert vu is not None
        self.post(self.juge, adresse, {"suite": suite, "reponse": reponse, "vu": vu[1]})

    def see(self, indicateur: str, jours: int | None = None) -> dict[str, Any]:
        """The proof of a figure, read by the préfet; `jours`: as it was known that many days after the contest."""
        suite = ""
        if jours is not None:
            connu = self.jour + timedelta(days=jours)
            suite = f"?vu_le={connu}&connu_le={connu}"
        adresse = f"/preuves/{self.quartier}/{indicateur}/{suite}"
        page = fold(self.get(self.monde.ici["prefet"], adresse))
        statut = re.search(r'class="statut">.*?<span>(.*?)</span></span>', page)
        encadres = re.findall(r'<div class="encadre"><p>(.*?)</p></div>', page)
        return {
            "statut": "" if statut is None else re.sub(r"<[^>]*>", "", statut[1]).strip(),
            "dit": [re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", e)).strip() for e in encadres],
            "hachures": 'fill="url(#hachures)" stroke="#1d1f26"' in page,
        }

    def ask_tous(self, adresse: str) -> dict[str, dict[str, list[Any]]]:
        """Every rôle, of here and of over there: the status, whether it is the page of what does not exist, lines of refusal."""
        return {
            nom: {role: self.ask(qui, adresse.format(TENUE)) for role, qui in gens.items()}
            for nom, gens in (("ici", self.monde.ici), ("la_bas", self.monde.la_bas))
        }

    def ask(self, qui: Personnage, adresse: str) -> list[Any]:
        """One rôle."""
        absente = qui.client.get("/rien/du/tout/").content
        avant = count_refus()
        reponse = qui.client.get(adresse)
        contenu = reponse.content
        return [reponse.status_code, contenu == absente, count_refus() - avant]

    def check(self) -> dict[str, Any]:
        """Both chains, and what the process followed against the base read whole."""
        from quartiers.usecases.charger_dossier import load_savoir, read_savoir
        from quartiers.usecases.enchainer import find_ruptures
        from quartiers.usecases.tenir_journal import find_ruptures_d_actes

        suivi, relu = load_savoir().dossier, read_savoir().dossier
        return {
            "ruptures": [*find_ruptures(), *find_ruptures_d_actes()],
            "pareil": (suivi.releves, suivi.contestations) == (relu.releves, relu.contestations),
            "nommes": self.find_nommes(),
        }

    def find_nommes(self) -> list[str]:
        """Who contested or decided, met by name on a page that does not show it."""
        page = self.get(self.monde.ici["commune"], f"/preuves/{self.quartier}/{TENUE}/")
        noms = [f"ici-{role}-nom" for role in ("commune", "sous_prefet_ville")]
        # One's own name stands at the head of every page.
        corps = page[page.index("<main") :]
        return sorted(self.monde.mots.find(corps, noms))


def count_refus() -> int:
    """Lines of refusal."""
    from quartiers.storage.models import Acte

    return Acte.objects.filter(verbe=Acte.Verbe.REFUS).count()


def fold(page: str) -> str:
    """With plain blanks."""
    return page.replace("\u00a0", " ").replace("\u202f", " ")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
