"""A reader who follows every link, tries every form that reads, opens every file: what rare words it was shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, resolve

from tests.recette.droits.canaris import ICI_QUARTIER, POSTES, VALEUR, Objets
from tests.recette.droits.lire_reponses import list_liens, read_reponse
from tests.recette.droits.monde import Monde, Personnage
from tests.recette.droits.mots import write_mot

DATES = frozenset({"vu_le", "connu_le"})
NOURRIS = frozenset(
    {
        VALEUR, POSTES, "e03-a5-ateliers-creation", "e01-a6-ateliers-langues", "e08-a7-clj", "e07-a8-siae",
        "e01-a3-cite-educative", "e03-a2-centre-social", "e05-a2-associations-soutenues", "e08-a1-gpo",
        "e08-a1-problemes-resolus", "e08-a5-decisions-suivies", "e02-a1-convention-npnru", "e06-a2-taux-pourvoi",
        "e04-a7-jeunes-dispositifs-complementaires", "e04-a1-cordees-eleves",
    }
)  # fmt: skip
"""The figures whose proofs the small size opens, fed by what is planted; the whole size opens all."""
PAPIERS = frozenset({"papier_departement", "papier_quartier", "papier_preuve"})
DES_COMPTES = frozenset(
    {
        *(
            "comptes",
            "compte_tenu",
            "changer_identite",
            "choisir_role",
            "nommer",
            "transmettre",
            "changer_mandat",
        ),
        *("inviter_role", "journal", "second_facteur", "recherche"),
    }
)
PAR_SORTE = 6
DATES_PAR_PAGE = 2
_QUARTIER = re.compile(r"QC-FICTIF-[A-Z-]+|QN\d{5}[A-Z]|QRR-\w+|COM-\d{5}|EPCI-\d{9}")


@dataclass(frozen=True, slots=True)
class Bornes:
    """What a reader does not open twice.

    `is_entier`: every page at two dates, the paper of a proof that what is planted feeds; else one quartier, and few
    files of each sort.
    """

    is_entier: bool
    papiers: int = 1

    def is_a_ouvrir(self, route: str, arguments: Mapping[str, object], deja: Counter[str]) -> bool:
        """An address of that route is worth opening."""
        code = str(arguments.get("code", ""))
        if (
            self.is_entier
        ):  # the paper of a proof says what its page says, and takes ten times longer
            return route != "papier_preuve" or (
                code in SUIVIS and arguments["indicateur"] in NOURRIS
            )
        if _QUARTIER.fullmatch(code) and code not in SUIVIS:
            return False
        if route in {"preuve", "papier_preuve", "declarer", "enregistrer"} and (
            arguments["indicateur"] not in NOURRIS
        ):
            return False
        if route in PAPIERS:
            return deja[route] < self.papiers
        if route in DES_COMPTES:
            return deja[route] < PAR_SORTE
        return True


SUIVIS = frozenset(
    {
        ICI_QUARTIER, "QC-FICTIF-LOINTAIN", "COM-00004", "COM-09001", "EPCI-999000029", "EPCI-999000037",
    }
)  # fmt: skip


@dataclass(slots=True)
class Parcours:
    """What one reader opened, and where each rare word was first seen."""

    personnage: Personnage
    monde: Monde
    objets: Objets
    bornes: Bornes
    pages: Counter[str] = field(default_factory=Counter)
    vus: dict[str, str] = field(default_factory=dict)
    ratees: list[str] = field(default_factory=list)
    dates_vues: Counter[str] = field(default_factory=Counter)

    def walk(self, *departs: str) -> None:
        """From the home page, until nothing new is led to."""
        pile = ["/", *departs]
        faites: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        while pile:
            adresse = pile.pop()
            cle = self._get_cle(adresse)
            if cle in faites:
                continue
            faites.add(cle)
            if self._is_a_une_date_de_plus(cle):
                pile += self.open(adresse)

    def _is_a_une_date_de_plus(self, cle: tuple[str, tuple[tuple[str, str], ...]]) -> bool:
        """A page leads to itself at every date of what it says: that of today and the first other one are opened."""
        chemin, dits = cle
        page = f"{chemin}?{urlencode([dit for dit in dits if dit[0] not in DATES])}"
        self.dates_vues[page] += 1
        return self.dates_vues[page] <= DATES_PAR_PAGE

    def _get_cle(self, adresse: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Two addresses of one page; its dates are part of it in the whole size alone."""
        morceaux = urlsplit(adresse)
        dits = parse_qsl(morceaux.query, keep_blank_values=True)
        gardes = (p for p in dits if self.bornes.is_entier or p[0] not in DATES)
        return morceaux.path, tuple(sorted(gardes))

    def open(self, adresse: str) -> list[str]:
        """Read one answer; gives where it leads."""
        try:
            trouve = resolve(urlsplit(adresse).path)
        except Resolver404:
            self.ratees.append(adresse)
            return []
        route = str(trouve.url_name)
        if not self.bornes.is_a_ouvrir(route, trouve.kwargs, self.pages):
            return []
        reponse = self.personnage.client.get(adresse)
        self.pages[route] += 1
        texte = read_reponse(reponse)
        for quoi in self.monde.mots.find(texte):
            self.vus.setdefault(quoi, adresse)
        self._find_octets(reponse.content if not reponse.streaming else b"", adresse)
        if reponse.status_code in {301, 302}:
            return [reponse.headers["Location"]]
        if reponse.status_code >= 400:
            self.ratees.append(f"{adresse} {reponse.status_code}")
        if not reponse.headers.get("Content-Type", "").startswith("text/html"):
            return []
        return list(list_liens(adresse, reponse.content.decode()))

    def _find_octets(self, octets: bytes, adresse: str) -> None:
        for quoi, gardes in self.objets.octets.items():
            if gardes in octets:
                self.vus.setdefault(quoi, adresse)

    def ask(self) -> list[str]:
        """Every word asked of every field that reads: the answer is that of a word that nobody planted, but for the echo.

        Gives the words that a page answers otherwise.
        """
        dits = []
        siens = f"{self.personnage.nom.replace(' ', '-')}-"  # the head of each page says who reads
        for mot in (m for quoi, m in self.monde.mots.dits.items() if not quoi.startswith(siens)):
            for adresse, champ in QUESTIONS:
                recue, autre = (self._ask(adresse, champ, m) for m in (mot, JAMAIS_DIT))
                if recue != autre:
                    dits.append(f"{adresse}?{champ}={mot}")
        return dits

    def _ask(self, adresse: str, champ: str, mot: str) -> str:
        reponse = self.personnage.client.get(f"{adresse}?{urlencode({champ: mot})}")
        page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", reponse.content.decode())
        return page.replace(mot, "").replace(mot.lower(), "")


JAMAIS_DIT = write_mot(13**3 * 5**3 - 1)
QUESTIONS = (("/recherche/", "q"),)
