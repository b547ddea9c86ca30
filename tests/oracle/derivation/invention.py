"""Invented fields, kind by kind: most often what the derivation asks, at times its neighbour, at times nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from random import Random
from typing import Any, Final

from tests.oracle.derivation.referentiel import Derivation, Programme

Champs = dict[str, Any]
NIVEAUX: Final = ("GS", "CP", "CE1")
COLLEGES: Final = ("association", "collectivite", "habitants", "etat")
HORAIRES: Final = (
    ("lundi 09:00-12:00",),
    ("lundi 09:00-12:00 / 14:00-17:30", "mardi 09:00-12:00"),
    ("lundi 09:00-12:00", "jeudi 14:00-18:00", "samedi 10:00-12:00"),
    ("sur rendez-vous",),
)
# Days before or after the day aimed at: limits of freshness, months, school years.
ECARTS: Final = (
    0, 0, 1, 2, 5, 10, 20, 30, 31, 44, 45, 46, 60, 89, 92, 93, 119, 120, 121, 150, 182, 200,
    239, 240, 241, 300, 364, 365, 366, 400, 449, 450, 451, 500, 700, -1, -5, -30, -90,
)  # fmt: skip
EN_VACANCES: Final = ((2, 17), (4, 14), (7, 8), (8, 3), (10, 21), (12, 23))


@dataclass(slots=True)
class Inventeur:
    """A seeded dice, a derivation to serve, a day aimed at."""

    de: Random
    programme: Programme
    derivation: Derivation
    vise: date
    lieux: Sequence[str] = ()

    def has_chance(self, part: float) -> bool:
        """True so often."""
        return self.de.random() < part

    def choose_jour(self) -> date:
        """A day around the one aimed at, often on an edge."""
        ecart = self.de.choice(ECARTS) if self.has_chance(0.6) else self.de.randint(-60, 500)
        return self.vise - timedelta(days=ecart)

    def choose_avant(self, jour: date, au_plus: int = 400) -> date:
        """A day before another, or that very day."""
        return jour - timedelta(days=self.de.choice((0, 1, 7, 30, self.de.randint(0, au_plus))))

    def wants_vacances(self) -> bool:
        """Does the derivation look at the holidays?"""
        return any(nom in self.derivation.filtre for nom in ("dans_vacances", "fenetre"))

    def choose_en_vacances(self, au_plus: date) -> date:
        """A day of one of the last holidays, most years."""
        debuts = [date(a, m, j) for a in (au_plus.year - 1, au_plus.year) for m, j in EN_VACANCES]
        debut = self.de.choice([d for d in debuts if d <= au_plus][-3:])
        return min(au_plus, debut + timedelta(days=self.de.randint(0, 9)))

    def choose_mot(self, filtre: str, autres: Sequence[str] = ()) -> str | None:
        """One word: most often one that is asked."""
        demandes = self.derivation.filtre.get(filtre)
        if demandes and self.has_chance(0.85):
            mot: str = self.de.choice(demandes)
            return mot
        connus = self.programme.mots.get(str(self.derivation.de), {}).get(filtre, [])
        choix = [*connus, *autres]
        return self.de.choice(choix) if choix and self.has_chance(0.8) else None

    def choose_mots(self, filtre: str, autres: Sequence[str] = ()) -> tuple[str, ...]:
        """From none to three words."""
        mots = [self.choose_mot(filtre, autres) for _ in range(self.de.choice((0, 1, 1, 2, 3)))]
        return tuple(sorted({mot for mot in mots if mot is not None}))

    def choose_oui(self, filtre: str) -> bool:
        """What is asked, four times out of five; yes or no when nothing is."""
        demande = self.derivation.filtre.get(filtre)
        return (
            bool(demande) is self.has_chance(0.8) if demande is not None else self.has_chance(0.5)
        )

    def choose_nombre(self, au_plus: int = 40) -> int:
        """A small number, at times zero."""
        return self.de.choice((0, 1, 2, 3, self.de.randint(0, au_plus)))


def invent_lieu(inventeur: Inventeur, le: date) -> Champs:
    """A place; it may have closed, be told to close, or open later."""
    de = inventeur.de
    ouvert = inventeur.choose_avant(le, 900) if inventeur.has_chance(0.7) else None
    if inventeur.has_chance(0.05):
        ouvert = le + timedelta(days=20)
    ferme = (
        le + timedelta(days=de.choice((-40, -10, -1, 0, 30, 200)))
        if inventeur.has_chance(0.2)
        else None
    )
    if ouvert is not None and ferme is not None and ferme < ouvert:
        ferme = None
    presents = tuple(n for n in NIVEAUX if inventeur.has_chance(0.7))
    return {
        "genre": inventeur.choose_mot("genre") or "ecole",
        "ouvert": ouvert,
        "ferme": ferme,
        "mobile": inventeur.choose_oui("mobile"),
        "arret_hebdomadaire": inventeur.choose_oui("arret_hebdomadaire"),
        "education_prioritaire": inventeur.choose_mot("education_prioritaire"),
        "niveaux_presents": presents,
        "niveaux_dedoubles": tuple(n for n in NIVEAUX if inventeur.has_chance(0.8)),
        "degradee": inventeur.choose_oui("degradee"),
        "accompagnee": inventeur.choose_oui("accompagnee"),
        "label": inventeur.choose_mots("label", ("autre",)),
        "places": inventeur.choose_nombre() if inventeur.has_chance(0.8) else None,
        "horaires": de.choice(HORAIRES) if inventeur.has_chance(0.8) else None,
    }


def invent_poste(inventeur: Inventeur, le: date) -> Champs:
    """A post; no date after the day spoken of, no more filled than funded."""
    finance = inventeur.choose_avant(le, 600) if inventeur.has_chance(0.85) else None
    pourvu = inventeur.choose_avant(le, 300) if inventeur.has_chance(0.8) else None
    vacant = inventeur.choose_avant(le, 200) if inventeur.has_chance(0.3) else None
    fin = le + timedelta(days=inventeur.de.choice((-60, -1, 0, 1, 90, 400)))
    jusqu_au = (
        fin if finance is not None and fin >= finance and inventeur.has_chance(0.25) else None
    )
    occupe = pourvu is not None and inventeur.has_chance(0.8)
    return {
        "fonction": inventeur.choose_mot("fonction") or "mediateur",
        "employeur": "Régie",
        "etp_finance": Fraction(1),
        "etp_pourvu": Fraction(inventeur.de.choice((1, 2, 4)), 4) if occupe else None,
        "finance_depuis": finance,
        "finance_jusqu_au": jusqu_au,
        "pourvu_depuis": pourvu,
        "vacant_depuis": vacant,
        "jours_presence": inventeur.choose_nombre(20) if inventeur.has_chance(0.7) else None,
        "programme": inventeur.choose_mot("programme"),
        "lettre_de_mission": inventeur.choose_oui("lettre_de_mission"),
    }


def invent_cohorte(inventeur: Inventeur, le: date) -> Champs:
    """A cohort: entries when no step is asked, a step otherwise."""
    du = inventeur.choose_avant(le, 300)
    au = du + timedelta(days=inventeur.de.choice((0, 30, 90, 180, 300)))
    servants = sorted(inventeur.programme.dispositifs_de.get("E04", ()))
    dispositif = inventeur.choose_mot("dispositif")
    if dispositif is None:
        dispositif = inventeur.de.choice([*servants, "clas"])
    n = inventeur.choose_nombre(60)
    mots = inventeur.programme.mots["Cohorte"]["dont"]
    dont = {mot: inventeur.de.randint(0, n) for mot in mots if inventeur.has_chance(0.7)}
    etape = inventeur.choose_mot("etape") if "etape" in inventeur.derivation.filtre else None
    if etape is None and inventeur.has_chance(0.1):
        etape = "termine"
    return {
        "dispositif": dispositif,
        "unite_comptee": inventeur.choose_mot("unite_comptee") or "jeunes",
        "etape": etape,
        "n": n,
        "du": du,
        "au": au if inventeur.has_chance(0.5) else None,
        "organisme": inventeur.de.choice(("A", "B", None)),
        "dont": dont or None,
    }


def invent_activite(inventeur: Inventeur, le: date) -> Champs:
    """A session, a stay, a daily or weekly activity, held or not."""
    de = inventeur.de
    premier = inventeur.choose_avant(le, 120)
    if inventeur.has_chance(0.6 if inventeur.wants_vacances() else 0.1):
        premier = inventeur.choose_en_vacances(le)
    if inventeur.has_chance(0.05):
        premier = le + timedelta(days=10)
    rythme = de.choice((None, None, None, "quotidien", "hebdomadaire", "hebdomadaire"))
    duree = {None: (0, 0, 1, 6), "quotidien": (2, 5, 9), "hebdomadaire": (7, 30, 90)}[rythme]
    dernier = premier + timedelta(days=de.choice(duree))
    jours = [premier + timedelta(days=n) for n in range((dernier - premier).days + 1)]
    annules = tuple(sorted(de.sample(jours, min(len(jours), de.randint(1, 3)))))
    return {
        "genre": inventeur.choose_mot("genre") or "atelier",
        "premier_jour": premier,
        "dernier_jour": dernier if dernier > premier or inventeur.has_chance(0.3) else None,
        "rythme": rythme,
        "jours_annules": annules if inventeur.has_chance(0.15) else None,
        "heure_debut": time(de.choice((9, 14, 17, 18, 19))) if inventeur.has_chance(0.7) else None,
        "heure_fin": time(de.choice((12, 18, 20, 21)), 30) if inventeur.has_chance(0.5) else None,
        "tenue": inventeur.has_chance(0.85),
        "theme": inventeur.choose_mots("theme", ("autre",)),
        "public": inventeur.choose_mots("public", ("adultes",)),
        "organisateur": inventeur.choose_mots("organisateur", ("commune",)),
        "serie": de.choice(("s1", "s2", "s3", None)),
        "lieu": de.choice(inventeur.lieux)
        if inventeur.lieux and inventeur.has_chance(0.5)
        else None,
    }


def invent_instance(inventeur: Inventeur, le: date) -> Champs:
    """A body and its two counts."""
    creee = inventeur.choose_avant(le, 900) if inventeur.has_chance(0.8) else None
    ouverts = inventeur.choose_nombre()
    return {
        "genre": inventeur.choose_mot("genre") or "gpo",
        "creee": creee,
        "fin": le + timedelta(days=inventeur.de.choice((-1, 60))) if inventeur.has_chance(0.2) and creee != le else None,
        "problemes_ouverts": ouverts if inventeur.has_chance(0.85) else None,
        "problemes_resolus": inventeur.de.randint(0, ouverts + 1) if inventeur.has_chance(0.85) else None,
    }  # fmt: skip


def invent_seance(inventeur: Inventeur, _: date) -> Champs:
    """A meeting."""
    presents = tuple(college for college in COLLEGES if inventeur.has_chance(0.75))
    return {
        "instance": inventeur.choose_mot("instance") or "gpo",
        "tenue": inventeur.has_chance(0.85),
        "colleges": presents,
    }


def invent_decision(inventeur: Inventeur, le: date) -> Champs:
    """A decision, due before or after the day it is told."""
    echeance = le + timedelta(days=inventeur.de.choice((-90, -1, 0, 1, 30, 120)))
    return {
        "instance": inventeur.choose_mot("instance") or "clspd_plenier",
        "echeance": echeance if inventeur.has_chance(0.9) else None,
        "etat": inventeur.choose_mot("etat", ("en_cours",)),
    }


def invent_projet(inventeur: Inventeur, _: date) -> Champs:
    """A project."""
    prevues = inventeur.choose_nombre(12)
    return {
        "programme": inventeur.choose_mot("programme") or "npnru",
        "nom": "P",
        "etape": inventeur.de.choice((0, 1, 2, 3, 4, 5, None)),
        "etat": inventeur.choose_mot("etat", ("programme", "livre")),
        "soutien_etat": inventeur.choose_oui("soutien_etat"),
        "operations_programmees": prevues if inventeur.has_chance(0.85) else None,
        "operations_engagees": inventeur.de.randint(0, prevues) if inventeur.has_chance(0.85) else None,
        "operations_avec_exigence": inventeur.de.randint(0, prevues) if inventeur.has_chance(0.85) else None,
        "locaux_livres": inventeur.choose_nombre(6) if inventeur.has_chance(0.8) else None,
    }  # fmt: skip


def invent_convention(inventeur: Inventeur, le: date) -> Champs:
    """An agreement, at times not begun, at times over."""
    debut = inventeur.choose_avant(le, 900)
    if inventeur.has_chance(0.08):
        debut = le + timedelta(days=25)
    fin = le + timedelta(days=inventeur.de.choice((-30, -1, 0, 1, 90, 400)))
    actions = ("E04-A1", "E04-A2", "E04-A5", "E09-A6")
    return {
        "genre": inventeur.choose_mot("genre") or "paqte",
        "debut": debut,
        "fin": fin if fin >= debut and inventeur.has_chance(0.5) else None,
        "etape": inventeur.de.choice((0, 1, 2, 3, 4, None)),
        "clause": inventeur.choose_mots("clause", ("autre",)),
        "signataire": tuple(s for s in ("A", "B", "C") if inventeur.has_chance(0.4)),
        "action": tuple(a for a in actions if inventeur.has_chance(0.4)),
    }


def invent_financement(inventeur: Inventeur, le: date) -> Champs:
    """A line of funding, awarded then paid."""
    attribue = inventeur.choose_avant(le, 200) if inventeur.has_chance(0.8) else None
    verse = inventeur.choose_avant(le, 90) if inventeur.has_chance(0.7) else None
    return {
        "financeur": inventeur.de.choice(("État", "Ville", "CAF")),
        "beneficiaire": inventeur.de.choice(("A", "B", "C")),
        "genre_beneficiaire": inventeur.choose_mot("beneficiaire", ("commune",)),
        "attribue_le": attribue,
        "verse_le": verse,
        "montant_verse": Fraction(inventeur.choose_nombre(9000)) if verse and inventeur.has_chance(0.9) else None,
        "action_financee": inventeur.de.choice(("x", "y", "z", None)),
        "domaine": inventeur.choose_mots("domaine"),
        "theme": inventeur.choose_mots("theme", ("autre",)),
        "programme": inventeur.choose_mot("programme"),
    }  # fmt: skip


def invent_organisme(inventeur: Inventeur, le: date) -> Champs:
    """An organisation, active, available."""
    actif = inventeur.choose_avant(le, 600) if inventeur.has_chance(0.85) else None
    mobilisable = inventeur.choose_avant(le, 300) if inventeur.has_chance(0.85) else None
    apres = le + timedelta(days=inventeur.de.choice((-20, 0, 60)))
    is_fini = inventeur.has_chance(0.25)
    return {
        "nom": "O",
        "genre": inventeur.choose_mot("genre", ("association",)),
        "domaine": inventeur.choose_mots("domaine"),
        "actif_depuis": actif,
        "actif_jusqu_au": apres if is_fini and actif is not None and apres >= actif else None,
        "mobilisable_depuis": mobilisable,
        "mobilisable_jusqu_au": apres if is_fini and mobilisable is not None and apres >= mobilisable else None,
    }  # fmt: skip


def invent_demande(inventeur: Inventeur, le: date) -> Champs:
    """A request for support, decided or not."""
    deposee = inventeur.choose_avant(le, 90)
    decidee = deposee + timedelta(days=inventeur.de.choice((5, 30, 31, 45)))
    return {"deposee_le": deposee, "decidee_le": decidee if decidee <= le else None}


def invent_fiche(inventeur: Inventeur, le: date) -> Champs:
    """An action of the plan."""
    fait = inventeur.choose_avant(le, 60)
    return {
        "applicable": inventeur.has_chance(0.85),
        "complete": inventeur.has_chance(0.6),
        "signature_le": inventeur.choose_avant(le, 200),
        "premier_fait_le": fait if inventeur.has_chance(0.6) else None,
    }


INVENTIONS: Final[dict[str, Callable[[Inventeur, date], Champs]]] = {
    "Lieu": invent_lieu,
    "Poste": invent_poste,
    "Cohorte": invent_cohorte,
    "Activite": invent_activite,
    "InstanceLocale": invent_instance,
    "Seance": invent_seance,
    "Decision": invent_decision,
    "Projet": invent_projet,
    "Convention": invent_convention,
    "Financement": invent_financement,
    "Organisme": invent_organisme,
    "DemandeAppui": invent_demande,
    "FicheAction": invent_fiche,
    "Plan": lambda inventeur, _: {"etape": inventeur.de.choice((0, 1, 2, 3, 4, 5))},
    "Tableau": lambda inventeur, _: {"publication": inventeur.has_chance(0.85)},
}
# What an object may not change from one statement to the next: what it is.
CONSTANTS: Final = (
    "genre", "fonction", "programme", "instance", "dispositif", "unite_comptee", "etape", "organisme",
)  # fmt: skip
ETAPES_MOBILES: Final = ("Projet", "Convention", "Plan")  # their `etape` is a progress
