"""The workshop where an invented world is built: one seeded dice, one look aimed at, one order of knowledge."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.periode import LIMITES, get_periode
from tests.oracle.regard import Ligne, Monde

LIGNES_AU_PLUS = 30  # records and target lines of one world
COLLECTIONS = (
    "releves",
    "valeurs",
    "objets",
    "listes",
    "confirmations",
    "sans_objet",
    "cibles",
)


@dataclass(slots=True)
class Atelier:
    """A world being built, adversarial around one look: `vu_le`, `connu_le` and `foyer`, the territory seen."""

    de: Random
    vu_le: date
    connu_le: date
    debut: date  # nothing is known before
    monde: Monde = field(default_factory=dict)
    foyer: str = ""
    actifs: list[Ligne] = field(default_factory=list)  # indicators that get facts
    ordre: int = 0

    def jour(self, ecart: int) -> date:
        """A day so many days after `vu_le`."""
        return self.vu_le + timedelta(days=ecart)

    def has_chance(self, part: float) -> bool:
        """True so often."""
        return self.de.random() < part

    def choose_connaissance(self, le: date) -> date:
        """A day of knowledge, never before the fact: most often soon after, at times just too late."""
        plancher = max(le, self.debut)
        tirage = self.de.random()
        if tirage < 0.08:
            choisi = self.connu_le
        elif tirage < 0.13:
            choisi = self.connu_le + timedelta(days=1)
        elif tirage < 0.16:
            choisi = self.connu_le + timedelta(days=self.de.randint(2, 90))
        else:
            choisi = plancher + timedelta(days=self.de.choice((0, 0, 0, 1, 5)))
        return max(plancher, choisi)

    def has_place(self, nombre: int) -> bool:
        """May so many lines still be added?"""
        presents = sum(len(self.monde.get(nom, ())) for nom in COLLECTIONS)
        return presents + nombre <= LIGNES_AU_PLUS

    def add(self, collection: str, le: date, **champs: Any) -> Ligne:
        """Add a line; `connu_le` is drawn when it is not given. A full world takes no more."""
        self.ordre += 1
        connu_le = champs.pop("connu_le", None) or self.choose_connaissance(le)
        ligne = {**champs, "connu_le": connu_le, "ordre": self.ordre}
        if self.has_place(1) or collection not in COLLECTIONS:
            self.monde.setdefault(collection, []).append(ligne)
        return ligne

    def get_calendrier(self, territoire: str) -> dict[str, Any] | None:
        """The calendar of the département of a territory."""
        for code in [territoire, *self.list_parents(territoire)]:
            if code in self.monde["calendriers"]:
                found: dict[str, Any] = self.monde["calendriers"][code]
                return found
        return None

    def list_parents(self, territoire: str) -> list[str]:
        """Parents of a territory; of a quartier cible, its département."""
        for t in self.monde["territoires"]:
            if t["code"] == territoire:
                return list(t["parents"])
        return [q["departement"] for q in self.monde["quartiers"] if q["code"] == territoire]

    def choose_jour(self, indicateur: Ligne, territoire: str) -> date:
        """The day of a fact: at its freshness limit, at the edges of its period, or anywhere."""
        choix: list[date] = [self.jour(e) for e in (0, 0, -1, -3, -20, -40, 1)]
        frequence = indicateur["frequence"]
        if frequence == "PV":
            choix += self.list_jours_de_vacances(territoire)
        else:
            limite = LIMITES[frequence]
            choix += [self.jour(-limite - e) for e in (-1, 0, 1)] + [self.jour(-2 * limite)]
        if indicateur.get("nature") == "flux":
            debut = get_periode(indicateur, self.vu_le)[0]
            choix += [debut + timedelta(days=e) for e in (-1, 0, 1, -30)]
        return self.de.choice(choix)

    def choose_jour_frais(self, indicateur: Ligne) -> date:
        """A day on which a value is fresh at `vu_le`, at times the last one."""
        limite = LIMITES.get(indicateur["frequence"], 45)
        return self.jour(-self.de.choice((0, 0, 1, 5, limite // 2, limite - 1, limite)))

    def list_jours_de_vacances(self, territoire: str) -> list[date]:
        """Days around the holidays of a calendar, and around its bounds."""
        calendrier = self.get_calendrier(territoire)
        if calendrier is None:
            return [self.jour(-LIMITES["S"] - e) for e in (-1, 0, 1)]
        bords = [calendrier["valide_du"] - timedelta(days=1), calendrier["valide_du"]]
        for debut, fin in calendrier["periodes"]:
            bords += [debut - timedelta(days=1), debut, fin, fin + timedelta(days=1)]
        return [*bords, self.jour(-45), self.jour(-46)]
