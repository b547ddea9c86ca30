"""A small world written by hand, line by line, for the tests that read like the law."""

from datetime import date
from typing import Any

from tests.oracle.evaluateur import evaluate
from tests.oracle.regard import Ligne, Monde

LOIN = date(2030, 1, 1)  # a day of knowledge on which everything is known
DEBUT = date(2018, 1, 1)
QRR, QPV, COMMUNE, EPCI, DEPARTEMENT, REGION = (
    "QRR-93_1",
    "QN09301M",
    "COM-93001",
    "EPCI-1",
    "DEP-93",
    "REG-11",
)


def jour(iso: str) -> date:
    """A day, written as in the files."""
    return date.fromisoformat(iso)


def get_jour(valeur: str | date | None) -> date | None:
    """A day or none, from either way to write it."""
    return jour(valeur) if isinstance(valeur, str) else valeur


def make_territoires() -> list[Ligne]:
    """One quartier of each kind in one commune of one département."""
    return [
        {"code": "FR", "genre": "nation", "parents": []},
        {"code": REGION, "genre": "region", "parents": ["FR"]},
        {"code": DEPARTEMENT, "genre": "departement", "parents": [REGION]},
        {"code": EPCI, "genre": "epci", "parents": []},
        {"code": COMMUNE, "genre": "commune", "parents": [EPCI, DEPARTEMENT]},
        {"code": QRR, "genre": "qrr", "parents": [COMMUNE, DEPARTEMENT]},
        {"code": QPV, "genre": "qpv", "parents": [COMMUNE, DEPARTEMENT]},
    ]


def make_annexe(valeur: int, echeance: str | None = None, **autres: Any) -> dict[str, Any]:
    """A target of the annex."""
    return {
        "operateur": ">=",
        "valeur": valeur,
        "echeance": get_jour(echeance),
        "relative_a": None,
        "origine": "annexe",
        **autres,
    }


class Exemple:
    """A world around one indicator `i`, principal of E01-A1; facts are known on their own day unless said."""

    def __init__(self, genre: str, frequence: str = "A", **champs: Any) -> None:
        self.ordre = 0
        self.monde: Monde = {
            "indicateurs": [],
            "territoires": make_territoires(),
            "quartiers": [],
            "calendriers": {},
        }
        self.indicateur("i", genre, frequence, principal=True, **champs)

    def indicateur(self, code: str, genre: str, frequence: str = "A", **champs: Any) -> None:
        """One more indicator."""
        self.monde["indicateurs"].append(
            {
                "code": code,
                "engagement": "E01",
                "action": "E01-A1",
                "principal": False,
                "mode": "obligation",
                "genre": genre,
                "niveau": "Q",
                "sens": "hausse",
                "frequence": frequence,
                "agregation": "somme",
                "cible": None,
                **champs,
            }
        )

    def ligne(self, collection: str, le: date | None, **champs: Any) -> None:
        """One line; dates may be written as text."""
        self.ordre += 1
        connu_le = get_jour(champs.pop("connu_le", None)) or le or DEBUT
        lus = {nom: lu if (lu := read_jour(nom, x)) is not None else x for nom, x in champs.items()}
        self.monde.setdefault(collection, []).append(
            {"indicateur": "i", "territoire": QRR, **lus, "connu_le": connu_le, "ordre": self.ordre}
        )

    def releve(self, le: str, valeur: Any = None, **champs: Any) -> None:
        """A relevé; `valeur` stays out when other columns are given."""
        if valeur is not None:
            champs["valeur"] = valeur
        self.ligne("releves", jour(le), **{"source": "s", "cle": None, "date": le, **champs})

    def valeur(self, le: str, valeur: Any, rang: int, **champs: Any) -> None:
        """A value of a better rank."""
        communs = {"source": "s", "cle": None, "date": le, "valeur": valeur, "rang": rang}
        self.ligne("valeurs", jour(le), **{**communs, **champs})

    def objet(self, objet: str, du: str, temoin: str, **champs: Any) -> None:
        """An object inside, of the official list unless said."""
        communs: dict[str, Any] = {"rang": 1, "source": "l", "au": None, "portee": None}
        self.ligne(
            "objets",
            jour(du),
            **{**communs, "objet": objet, "du": du, "temoin": temoin, "distance_m": None, **champs},
        )

    def liste(self, le: str, **champs: Any) -> None:
        """The official list of a day."""
        self.ligne("listes", jour(le), **{"rang": 1, "source": "l", "date": le, **champs})

    def confirmation(self, objet: str, le: str, **champs: Any) -> None:
        """An object confirmed."""
        self.ligne("confirmations", jour(le), objet=objet, date=le, **champs)

    def sans_objet(self, valide_le: str, **champs: Any) -> None:
        """Declared not applicable."""
        self.ligne("sans_objet", jour(valide_le), valide_le=valide_le, **champs)

    def cible(self, valeur: Any, echeance: str | None = None, **champs: Any) -> None:
        """A target line of the plan, known since ever."""
        communs: dict[str, Any] = {"operateur": ">=", "base": None, "base_date": None}
        communs |= {"origine": "plan", "effet": None}
        self.ligne("cibles", None, **{**communs, "valeur": valeur, "echeance": echeance, **champs})

    def quartier(self, code: str, rattaches: list[str], **champs: Any) -> None:
        """A version of a quartier cible."""
        communs: dict[str, Any] = {
            "departement": DEPARTEMENT,
            "attendu_du": None,
            "attendu_au": None,
        }
        self.ligne("quartiers", None, **{**communs, "code": code, "rattaches": rattaches, **champs})

    def territoire(self, code: str, genre: str, *parents: str) -> None:
        """One more territory."""
        self.monde["territoires"].append({"code": code, "genre": genre, "parents": list(parents)})

    def tableau(self, vu_le: str, code: str = QRR, connu_le: str | None = None) -> dict[str, Any]:
        """The whole tableau."""
        return evaluate(self.monde, code, jour(vu_le), get_jour(connu_le) or LOIN)

    def voir(
        self, vu_le: str, code: str = QRR, connu_le: str | None = None, indicateur: str = "i"
    ) -> dict[str, Any]:
        """One cell of the tableau."""
        for engagement in self.tableau(vu_le, code, connu_le)["engagements"]:
            for partie in (*engagement["actions"], *engagement["objectifs"]):
                for bloc in partie["indicateurs"]:
                    if bloc["code"] == indicateur:
                        found: dict[str, Any] = bloc
                        return found
        raise KeyError(indicateur)

    def statut(self, vu_le: str, code: str = QRR, connu_le: str | None = None) -> str:
        """The status of the indicator, with its flags."""
        bloc = self.voir(vu_le, code, connu_le)
        return " ".join([bloc["statut"], *bloc["drapeaux"]])


COLONNES_DE_JOURS = (
    "date",
    "du",
    "au",
    "temoin",
    "valide_le",
    "echeance",
    "base_date",
    "effet",
    "attendu_du",
    "attendu_au",
)


def read_jour(nom: str, valeur: Any) -> date | None:
    """The day of a column of days written as text."""
    return jour(valeur) if nom in COLONNES_DE_JOURS and isinstance(valeur, str) else None
