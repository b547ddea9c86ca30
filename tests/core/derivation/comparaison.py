"""The projection beside the oracle of derivations: the same rows, the same questions, the same answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from fractions import Fraction
from typing import Any

from quartiers.core.calendriers import Calendriers
from quartiers.core.contenu import Contenu, MotDeChamp, SousEnsemble, TypeDeChamp, describe
from quartiers.core.derivation.apport import Apport
from quartiers.core.derivation.geographie import Distances, Geographie
from quartiers.core.derivation.projection import project
from quartiers.core.derivation.regle import Regle
from quartiers.core.derivation.reponse import (
    CelluleDeDerivation,
    Question,
    Reponse,
    answer,
)
from quartiers.core.enregistrement import Enregistrement, Lien, NatureDeLien, Validation
from quartiers.core.fait import Calendrier
from quartiers.core.genres import GENRES
from quartiers.core.referentiel import Indicateur, Referentiel
from quartiers.core.registre import RegistreConnu
from quartiers.core.territoire import Genre, QuartierCible, Territoire, Territoires
from tests.oracle.derivation.cadre import Monde
from tests.oracle.derivation.etat import Reponse as Attendue
from tests.oracle.derivation.lignes import LigneBrute
from tests.oracle.derivation.mondes import Essai, ask

_NOMS = {"tableau": "tableau_publie"}
_CHAMPS = {"signature_le": "signee_le"}


def build_geographie(monde: Monde) -> Geographie:
    """The same world in the words of the product."""
    distances: Distances = {}
    for (territoire, objet), metres in monde.distances.items():
        distances.setdefault((objet, None, None), {})[territoire] = Fraction(metres)
    return Geographie(
        territoires=Territoires.build(
            Territoire(t.code, t.code, Genre(t.genre), t.parents)
            for t in monde.territoires.values()
        ),
        quartiers=[
            QuartierCible(
                q.code, q.code, q.departement, q.rattaches, None, None, q.connu_le, q.ordre
            )
            for q in monde.quartiers
        ],
        distances=distances,
        calendriers=Calendriers.build(
            {
                code: Calendrier(c.valide_du, c.valide_au, tuple(c.vacances))
                for code, c in monde.calendriers.items()
            }
        ),
        statistiques=monde.statistiques,
    )


def build_enregistrement(ligne: LigneBrute) -> Enregistrement:
    """The same row in the words of the product."""
    genre = _NOMS.get(ligne.genre, ligne.genre)
    return Enregistrement(
        genre=genre,
        objet=ligne.objet,
        le=ligne.le,
        connu_le=ligne.connu_le,
        ordre=ligne.ordre,
        contenu=None if ligne.retrait else build_contenu(genre, ligne.champs),
        liens=(
            *(Lien(code, NatureDeLien.SITUE, part) for code, part in ligne.situe.items()),
            *(
                Lien(code, NatureDeLien.DESSERT, part)
                for code, part in ligne.dessert.items()
                if code not in ligne.situe
            ),
        ),
        validation=Validation(ligne.validation),
    )


def build_contenu(genre: str, champs: Mapping[str, Any]) -> Contenu:
    """What the fields of a row say; the required ones that the oracle does not read are made up."""
    classe = GENRES[genre]
    decrits = describe(classe)
    dits = {_CHAMPS.get(nom, nom): valeur for nom, valeur in champs.items() if valeur is not None}
    complete = dits.pop("complete", None)
    if complete:
        dits |= {"pilote": "Mairie", "echeance": date(2026, 1, 1), "indicateur": "x"}
    if genre == "pointage":
        dits["genre"] = _NOMS.get(dits["genre"], dits["genre"])
    if "suspensions" in dits:
        couples = dits.pop("suspensions")
        dits["complement_demande_le"] = tuple(c[0] for c in couples)
        dits["complement_recu_le"] = tuple(c[1] for c in couples if c[1] is not None)
    if genre == "tableau_publie":
        dits |= {"vu_le": date(2020, 1, 1), "connu_le": date(2020, 1, 1)}
    valeurs = {nom: _read(decrits[nom].type, decrits[nom].multiple, v) for nom, v in dits.items()}
    for nom, decrit in decrits.items():
        if decrit.requis and nom not in valeurs:
            valeurs[nom] = _EXEMPLES[decrit.type]
    return classe(**valeurs)


_EXEMPLES: Mapping[TypeDeChamp, Any] = {
    TypeDeChamp.TEXTE: "x",
    TypeDeChamp.MOT: "x",
    TypeDeChamp.NOMBRE: Fraction(1),
    TypeDeChamp.ENTIER: 0,
    TypeDeChamp.JOUR: date(2020, 1, 1),
    TypeDeChamp.OUI_NON: False,
    TypeDeChamp.ETAPE: 0,
}


def _read(type_de_champ: TypeDeChamp, multiple: bool, valeur: Any) -> Any:
    if type_de_champ is TypeDeChamp.SOUS_ENSEMBLE:
        return tuple(SousEnsemble(mot, n) for mot, n in valeur.items())
    if type_de_champ is TypeDeChamp.MOT_DE_CHAMP:
        return tuple(MotDeChamp(*paire.split("=", 1)) for paire in valeur)
    if type_de_champ is TypeDeChamp.HEURE and isinstance(valeur, str):
        return time.fromisoformat(valeur)
    if type_de_champ is TypeDeChamp.NOMBRE:
        return Fraction(valeur)
    if type_de_champ is TypeDeChamp.TEXTE and not multiple and isinstance(valeur, tuple):
        return ", ".join(valeur)
    if multiple:
        return tuple(valeur) if isinstance(valeur, tuple | list | set | frozenset) else (valeur,)
    return valeur


Dite = tuple[Any, ...] | None
"""What is compared of an answer: value, roles, date, rank, how many things count; None: silence."""
QuestionPosee = tuple[str, str, date, date]
Fenetre = tuple[date, date] | None
"""The window of a dated target (L-22); None: all that is known."""


@dataclass(frozen=True, slots=True)
class Comparaison:
    """A question, and the answers of the two hands. `rencontres`: what the oracle met on the way."""

    question: QuestionPosee
    attendue: Dite
    obtenue: Dite
    rencontres: frozenset[tuple[str, str]]
    fenetre: Fenetre = None


def say_attendue(reponse: Attendue) -> Dite:
    """What is compared of the oracle's answer."""
    if not reponse.parle:
        return None
    valeur = reponse.valeur if reponse.jalon is None else reponse.jalon
    return (
        valeur,
        reponse.numerateur,
        reponse.denominateur,
        reponse.date,
        reponse.rang == 0,
        len(reponse.objets),
    )


def say_obtenue(reponse: Reponse | None) -> Dite:
    """The same of the product's."""
    if reponse is None:
        return None
    return (
        reponse.valeur,
        reponse.numerateur,
        reponse.denominateur,
        reponse.date,
        reponse.is_valide,
        len(reponse.objets),
    )


def is_recevable(ligne: LigneBrute) -> bool:
    """The door refuses a plan without its step: no such row can be entered."""
    return ligne.retrait or ligne.genre != "plan" or ligne.get("etape") is not None


@dataclass(frozen=True, slots=True)
class Comparateur:
    """The rules of a programme, by indicateur."""

    indicateurs: Mapping[str, Indicateur]
    regles: Mapping[str, tuple[Regle, ...]]

    def compare(self, essai: Essai) -> Iterator[Comparaison]:
        """Each question of an essai, answered by both hands."""
        essai = replace(essai, lignes=[ligne for ligne in essai.lignes if is_recevable(ligne)])
        geographie = build_geographie(essai.monde)
        codes = {question[0] for question in essai.questions}
        apports = self._project(essai.lignes, sorted(codes), geographie)
        for question in essai.questions:
            for fenetre in self._list_fenetres(question):
                attendue, regard = ask(essai, question, fenetre)
                obtenue = self._answer(geographie, apports, question, fenetre)
                rencontres = frozenset(regard.rencontres) if attendue.parle else frozenset()
                dites = say_attendue(attendue), say_obtenue(obtenue)
                yield Comparaison(question, *dites, rencontres, fenetre)

    def _list_fenetres(self, question: QuestionPosee) -> tuple[Fenetre, ...]:
        """A running total is asked whole, then inside the year looked at and the year before."""
        code, _, vu_le, _ = question
        if not self.indicateurs[code].is_flux:
            return (None,)
        annees = (vu_le.year, vu_le.year - 1)
        return (None, *((date(annee, 1, 1), date(annee, 12, 31)) for annee in annees))

    def answer(self, monde: Monde, lignes: Iterable[LigneBrute], question: QuestionPosee) -> Dite:
        """One question, answered by the product."""
        geographie = build_geographie(monde)
        recevables = [ligne for ligne in lignes if is_recevable(ligne)]
        apports = self._project(recevables, [question[0]], geographie)
        return say_obtenue(self._answer(geographie, apports, question))

    def build_registre(self, essai: Essai, question: QuestionPosee) -> RegistreConnu:
        """What the rows of an essai say of the cell of a question, as known on its day."""
        code, territoire, _, connu_le = question
        geographie = build_geographie(essai.monde)
        recevables = [ligne for ligne in essai.lignes if is_recevable(ligne)]
        apports = self._project(recevables, [code], geographie)
        siens = tuple(a for a in apports if a.territoire == territoire)
        cellule = CelluleDeDerivation(self.indicateurs[code], territoire, self.regles[code], siens)
        return RegistreConnu(cellule, geographie.read_at(connu_le), connu_le)

    def _project(
        self, lignes: Iterable[LigneBrute], codes: Iterable[str], geographie: Geographie
    ) -> list[Apport]:
        regles = [regle for code in codes for regle in self.regles[code]]
        return list(project([build_enregistrement(ligne) for ligne in lignes], regles, geographie))

    def _answer(
        self,
        geographie: Geographie,
        apports: Iterable[Apport],
        question: QuestionPosee,
        fenetre: Fenetre = None,
    ) -> Reponse | None:
        code, territoire, vu_le, connu_le = question
        siens = (a for a in apports if a.indicateur == code and a.territoire == territoire)
        cellule = CelluleDeDerivation(
            self.indicateurs[code], territoire, self.regles[code], tuple(siens)
        )
        return answer(Question(cellule, geographie.read_at(connu_le), vu_le, connu_le, fenetre))


def build_comparateur(referentiel: Referentiel, regles: Iterable[Regle]) -> Comparateur:
    """The rules arranged by indicateur."""
    par_code: dict[str, list[Regle]] = {i.code: [] for i in referentiel.list_indicateurs()}
    for regle in regles:
        par_code[regle.indicateur.code].append(regle)
    return Comparateur(
        {i.code: i for i in referentiel.list_indicateurs()},
        {code: tuple(siennes) for code, siennes in par_code.items()},
    )
