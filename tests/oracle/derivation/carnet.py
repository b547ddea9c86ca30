"""A notebook in which the examples are written: rows one under the other, then a question."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.derivation.cadre import Calendrier, Monde, QuartierCible, Territoire
from tests.oracle.derivation.etat import Reponse
from tests.oracle.derivation.lignes import LigneBrute
from tests.oracle.derivation.referentiel import read_programme
from tests.oracle.derivation.reponse import answer, build_regard

# Two départements; in the first, three communes, two EPCI, four QPV (one over two communes), a QRR, a quartier cible.
TERRITOIRES = (
    Territoire("FR", "nation"),
    Territoire("REG-1", "region", ("FR",)),
    Territoire("DEP-1", "departement", ("REG-1",)),
    Territoire("DEP-2", "departement", ("REG-1",)),
    Territoire("EPCI-1", "epci", ("DEP-1",)),
    Territoire("EPCI-2", "epci", ("DEP-1",)),
    Territoire("COM-1", "commune", ("EPCI-1", "DEP-1")),
    Territoire("COM-2", "commune", ("EPCI-1", "DEP-1")),
    Territoire("COM-3", "commune", ("EPCI-2", "DEP-1")),
    Territoire("COM-9", "commune", ("DEP-2",)),
    Territoire("QPV-1", "qpv", ("COM-1", "DEP-1")),
    Territoire("QPV-2", "qpv", ("COM-1", "DEP-1")),
    Territoire("QPV-3", "qpv", ("COM-1", "COM-2", "DEP-1")),
    Territoire("QPV-4", "qpv", ("COM-3", "DEP-1")),
    Territoire("QPV-9", "qpv", ("COM-9", "DEP-2")),
    Territoire("QRR-1", "qrr", ("COM-1", "DEP-1")),
)
QUARTIER = QuartierCible("QC-1", "DEP-1", ("QPV-1", "QPV-2", "QRR-1"), date(2020, 1, 1))
ANNEE_2025 = Calendrier(
    valide_du=date(2024, 9, 1),
    valide_au=date(2026, 12, 31),
    vacances=(
        (date(2024, 10, 19), date(2024, 11, 3)),
        (date(2024, 12, 21), date(2025, 1, 5)),
        (date(2025, 2, 15), date(2025, 3, 2)),
        (date(2025, 4, 12), date(2025, 4, 27)),
        (date(2025, 7, 5), date(2025, 8, 31)),
        (date(2025, 10, 18), date(2025, 11, 2)),
        (date(2025, 12, 20), date(2026, 1, 4)),
        (date(2026, 2, 21), date(2026, 3, 8)),
        (date(2026, 4, 18), date(2026, 5, 3)),
        (date(2026, 7, 4), date(2026, 8, 31)),
        (date(2026, 10, 17), date(2026, 11, 1)),
        (date(2026, 12, 19), date(2026, 12, 31)),
    ),
)


def read_jour(texte: str | date) -> date:
    """A day as it is written."""
    return texte if isinstance(texte, date) else date.fromisoformat(texte)


def read_liens(texte: str) -> dict[str, Fraction | None]:
    """« QPV-1 1/2 | QPV-2 » : territoires, each with its share when there is one."""
    liens: dict[str, Fraction | None] = {}
    for morceau in filter(None, (m.strip() for m in texte.split("|"))):
        code, _, part = morceau.partition(" ")
        liens[code] = Fraction(part) if part else None
    return liens


def read_champ(nom: str, valeur: Any) -> Any:
    """Days of the fields of dates are written as texts."""
    is_date = nom.endswith(("_depuis", "_au", "_le", "_jour")) or nom in {
        "ouvert", "ferme", "du", "au", "creee", "debut", "fin", "echeance",
    }  # fmt: skip
    return date.fromisoformat(valeur) if is_date and isinstance(valeur, str) else valeur


@dataclass
class Carnet:
    """Rows in the order they are entered, in a world."""

    monde: Monde = field(
        default_factory=lambda: Monde(
            territoires={t.code: t for t in TERRITOIRES},
            quartiers=(QUARTIER,),
            calendriers={"DEP-1": ANNEE_2025},
        )
    )
    lignes: list[LigneBrute] = field(default_factory=list)

    def say(
        self,
        genre: str,
        objet: str,
        le: str,
        /,
        *,
        situe: Any = "",
        dessert: Any = "",
        su: Any = "",
        validation: Any = "soumis",
        retrait: Any = False,
        **champs: Any,
    ) -> LigneBrute:
        """One more row; known on the day it speaks of, unless `su` says another one."""
        ligne = LigneBrute(
            genre=genre,
            objet=objet,
            le=read_jour(le),
            connu_le=read_jour(su or le),
            ordre=len(self.lignes) + 1,
            situe=read_liens(situe),
            dessert=read_liens(dessert),
            champs={nom: read_champ(nom, valeur) for nom, valeur in champs.items()},
            validation=validation,
            retrait=retrait,
        )
        self.lignes.append(ligne)
        return ligne

    def again(self, ligne: LigneBrute, **autrement: Any) -> LigneBrute:
        """The same row entered once more, but for what is told."""
        for nom in ("le", "connu_le"):
            if nom in autrement:
                autrement[nom] = read_jour(autrement[nom])
        encore = replace(ligne, ordre=len(self.lignes) + 1, **autrement)
        self.lignes.append(encore)
        return encore

    def measure(self, distances: Mapping[tuple[str, str], int]) -> None:
        """Metres between territoires and places."""
        mesures = {cle: Fraction(metres) for cle, metres in distances.items()}
        self.monde = replace(self.monde, distances={**self.monde.distances, **mesures})

    def give_statistique(self, source: str, champ: str, territoire: str, nombre: int) -> None:
        """The weight of a territoire in an official statistic."""
        dites = {**self.monde.statistiques, (source, champ, territoire): Fraction(nombre)}
        self.monde = replace(self.monde, statistiques=dites)

    def ask(
        self, indicateur: str, territoire: str, vu_le: str, connu_le: str = "2026-12-31"
    ) -> Reponse:
        """The answer."""
        regard = build_regard(
            self.monde,
            self.lignes,
            read_programme(),
            indicateur,
            territoire,
            read_jour(vu_le),
            read_jour(connu_le),
        )
        return answer(regard)
