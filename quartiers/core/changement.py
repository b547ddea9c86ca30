"""What would change a statut: each answer is the same computation, run again with the changed fait."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from quartiers.core.constat import Constat
from quartiers.core.contexte import CelluleAJuger
from quartiers.core.derivation.apport import Apport, Portant
from quartiers.core.dire import FINE, say_date, say_metres, say_valeur
from quartiers.core.etat import Etat, Lecteur, is_a_portee, is_a_proximite
from quartiers.core.evaluation import evaluate_constat
from quartiers.core.fait import Cible, Confirmation, Liste, Objet, Rang, Releve
from quartiers.core.referentiel import GenreIndicateur, Operateur, Origine
from quartiers.core.registre import EnregistrementRetenu
from quartiers.core.statut import Drapeau, Statut

ORDRE_HYPOTHESE = 2**62  # learnt after everything else


@dataclass(frozen=True, slots=True)
class Changement:
    """A condition in words and the statut it would give."""

    condition: str
    statut: Statut
    drapeaux: frozenset[Drapeau]


def list_changements(contexte: CelluleAJuger, constat: Constat) -> tuple[Changement, ...]:
    """Conditions that would change the statut, each evaluated; those that would not are left out."""
    hypotheses = [*_list_hypotheses(contexte, constat), *_list_attentes(contexte, constat)]
    changements = []
    for condition, hypothese in hypotheses:
        obtenu = evaluate_constat(hypothese)
        if (obtenu.statut, obtenu.drapeaux) != (constat.statut, constat.drapeaux):
            changements.append(Changement(condition, obtenu.statut, obtenu.drapeaux))
    return tuple(changements)


Hypothese = tuple[str, CelluleAJuger]


def _list_hypotheses(contexte: CelluleAJuger, constat: Constat) -> Iterator[Hypothese]:
    if contexte.indicateur.genre is GenreIndicateur.PRESENCE:
        yield from _list_presences(contexte)
    elif contexte.indicateur.genre is GenreIndicateur.JALON:
        yield from _list_etapes(contexte, constat)
    else:
        yield from _list_valeurs(contexte, constat)
    yield from _adopt_proposition(contexte, constat)


def _list_presences(contexte: CelluleAJuger) -> Iterator[Hypothese]:
    jour = contexte.vu_le
    objets = contexte.cellule.objets
    proches = sorted(
        (o for o in objets if is_a_proximite(o)), key=lambda o: (o.distance_m or 0.0, o.objet)
    )
    if proches:
        proche = proches[0]
        confirmation = Confirmation(
            contexte.indicateur.code, contexte.territoire, proche.objet, jour, jour, ORDRE_HYPOTHESE
        )
        nom = proche.preuve.libelle or proche.objet
        yield (
            f"Si le délégué confirme que {nom}, à {say_metres(proche.distance_m or 0.0)}, dessert le quartier",
            add_faits(contexte, confirmations=(confirmation,)),
        )
    yield "Si une présence de plus est attestée à portée", _add_presence(contexte)
    a_portee = [o for o in objets if is_a_portee(o)]
    if a_portee:
        rangs = {o.rang for o in a_portee}
        fermee = tuple(
            Liste(
                contexte.indicateur.code,
                contexte.territoire,
                source,
                rang,
                jour,
                jour,
                ORDRE_HYPOTHESE,
            )
            for rang in rangs
            for source in {o.source for o in a_portee if o.rang is rang}
        )
        yield "Si ce qui est à portée ferme", add_faits(contexte, listes=fermee)
    elif contexte.cellule.releves:
        absent = _invent_releve(contexte, Fraction(0))
        yield "Si l’absence est déclarée", add_faits(contexte, releves=(absent,))


def _add_presence(contexte: CelluleAJuger) -> CelluleAJuger:
    """One more, said as what speaks today is: among the records when they speak, else beside what the others say."""
    etat, registre = _get_etat(contexte), contexte.cellule.registre
    dits = () if etat is None else etat.faits
    if registre is None or not any(isinstance(fait, EnregistrementRetenu) for fait in dits):
        return add_faits(contexte, objets=(_invent_objet(contexte, _get_rang(contexte)),))
    apports = (*registre.cellule.apports, _invent_apport(contexte))
    suite = replace(registre, cellule=replace(registre.cellule, apports=apports))
    return replace(contexte, cellule=replace(contexte.cellule, registre=suite))


def _invent_apport(contexte: CelluleAJuger) -> Apport:
    """A presence of that very day, as a record would bring it."""
    jour = contexte.vu_le
    return Apport(
        indicateur=contexte.indicateur.code,
        role=contexte.indicateur.derivations[0].role,
        territoire=contexte.territoire,
        portant=Portant.COMPTE,
        quoi="hypothese",
        poids=Fraction(1),
        du=jour,
        au=None,
        temoin=jour,
        lignes=(),
    )


def _invent_objet(contexte: CelluleAJuger, rang: Rang) -> Objet:
    """A presence of that very day, inside, said by the source that speaks today."""
    jour = contexte.vu_le
    return Objet(
        indicateur=contexte.indicateur.code,
        territoire=contexte.territoire,
        objet="hypothese",
        source="hypothese",
        rang=rang,
        du=jour,
        au=None,
        temoin=jour,
        distance_m=None,
        portee=None,
        connu_le=jour,
        ordre=ORDRE_HYPOTHESE,
    )


def _invent_releve(contexte: CelluleAJuger, valeur: Fraction) -> Releve:
    """A value of that very day, said by the source that speaks today."""
    return invent_releve(
        contexte, valeur, contexte.vu_le, rang=_get_rang(contexte), source=_get_source(contexte)
    )


def invent_releve(
    contexte: CelluleAJuger, valeur: Fraction, jour: date, *, rang: Rang, source: str
) -> Releve:
    """A value that nobody said, of that day and known that day; a step stays a step."""
    is_jalon = contexte.indicateur.genre is GenreIndicateur.JALON
    return Releve(
        indicateur=contexte.indicateur.code,
        territoire=contexte.territoire,
        date=jour,
        connu_le=jour,
        ordre=ORDRE_HYPOTHESE,
        valeur=None if is_jalon else valeur,
        jalon=int(valeur) if is_jalon else None,
        rang=rang,
        source=source,
    )


def _get_rang(contexte: CelluleAJuger) -> Rang:
    """The rank of the source retained today: another one would lose, or disagree, and cloud the answer."""
    etat = _get_etat(contexte)
    return Rang.RELEVE if etat is None else etat.rang


def _get_source(contexte: CelluleAJuger) -> str:
    """That source, when it is a line that speaks."""
    etat = _get_etat(contexte)
    dernier = None if etat is None or not etat.is_nu else etat.faits[0]
    return dernier.source if isinstance(dernier, Releve) else ""


def _get_etat(contexte: CelluleAJuger) -> Etat | None:
    lecteur = Lecteur(contexte.indicateur, contexte.cellule, contexte.calendrier)
    return lecteur.get_etat(contexte.vu_le)


def _list_etapes(contexte: CelluleAJuger, constat: Constat) -> Iterator[Hypothese]:
    echelle = contexte.indicateur.echelle
    pas = int(constat.valeur) if constat.valeur is not None else -1
    cible = constat.cible.valeur if constat.cible is not None else None
    vues = {pas + 1, int(cible) if cible is not None else pas + 1}
    for etape in sorted(e for e in vues if 0 <= e < len(echelle)):
        condition = f"Si l’étape {etape} ({echelle[etape]}) est franchie"
        yield condition, add_faits(contexte, releves=(_invent_releve(contexte, Fraction(etape)),))


def _list_valeurs(contexte: CelluleAJuger, constat: Constat) -> Iterator[Hypothese]:
    """The target, the least value that would be on its way; without a target, any value is one more known."""
    if constat.cible is None and contexte.indicateur.saisissants:
        une = constat.valeur if constat.valeur is not None else Fraction(1)
        yield (
            "Si un relevé du jour donne une valeur",
            add_faits(contexte, releves=(_invent_releve(contexte, une),)),
        )
        return
    seuils = {
        valeur
        for valeur in (_get_seuil(constat), _get_valeur_attendue(contexte, constat))
        if valeur is not None
    }
    for valeur in sorted(seuils):
        condition = f"Si un relevé du jour donne {say_valeur(valeur, contexte.indicateur.unite)}"
        yield condition, add_faits(contexte, releves=(_invent_releve(contexte, valeur),))


def _get_seuil(constat: Constat) -> Fraction | None:
    return constat.cible.valeur if constat.cible is not None else None


def _get_valeur_attendue(contexte: CelluleAJuger, constat: Constat) -> Fraction | None:
    """The least whole value at 90 % of the trajectory today; None without a trajectory."""
    cible = constat.cible
    if (
        cible is None
        or cible.valeur is None
        or cible.echeance is None
        or cible.operateur is not Operateur.AU_MOINS
    ):
        return None
    base = Fraction(0) if contexte.indicateur.is_flux else cible.base
    debut = cible.base_date or cible.effet
    if base is None or debut is None or not debut < contexte.vu_le <= cible.echeance:
        return None
    ecoule = Fraction((contexte.vu_le - debut).days, (cible.echeance - debut).days)
    return Fraction(math.ceil(base + (cible.valeur - base) * ecoule * Fraction(9, 10)))


def _adopt_proposition(contexte: CelluleAJuger, constat: Constat) -> Iterator[Hypothese]:
    """A target that the référentiel only proposes, were a plan to adopt it today."""
    entree = contexte.indicateur.cible
    if constat.cible is not None or entree is None or entree.relative_a is not None:
        return
    ligne = Cible(
        indicateur=contexte.indicateur.code,
        territoire=contexte.territoire,
        operateur=entree.operateur,
        valeur=entree.valeur,
        echeance=entree.echeance,
        base=None,
        base_date=None,
        origine=Origine.PLAN,
        effet=contexte.vu_le,
        connu_le=contexte.vu_le,
        ordre=ORDRE_HYPOTHESE,
    )
    texte = say_valeur(entree.valeur, contexte.indicateur.unite)
    yield (
        f"Si le plan adopte la cible proposée ({entree.operateur.value} {texte})",
        add_faits(contexte, cibles=(ligne,)),
    )


def _list_attentes(contexte: CelluleAJuger, constat: Constat) -> Iterator[Hypothese]:
    """Time alone: the value grows stale, the deadline passes."""
    if constat.perime_le is not None and constat.perime_le > contexte.vu_le:
        yield (
            f"Si rien n’est redit avant le {say_date(constat.perime_le)}",
            _look(contexte, constat.perime_le),
        )
    cible = constat.cible
    if cible is not None and cible.echeance is not None and cible.echeance >= contexte.vu_le:
        lendemain = cible.echeance + timedelta(days=1)
        if constat.perime_le is None or lendemain < constat.perime_le:
            yield (
                f"Si rien ne change avant l’échéance du {say_date(cible.echeance)}",
                _look(contexte, lendemain),
            )


def _look(contexte: CelluleAJuger, vu_le: date) -> CelluleAJuger:
    return replace(contexte, vu_le=vu_le)


def add_faits(
    contexte: CelluleAJuger,
    *,
    releves: tuple[Releve, ...] = (),
    objets: tuple[Objet, ...] = (),
    listes: tuple[Liste, ...] = (),
    confirmations: tuple[Confirmation, ...] = (),
    cibles: tuple[Cible, ...] = (),
) -> CelluleAJuger:
    """The same question with more known, learnt after everything else (`ORDRE_HYPOTHESE`)."""
    cellule = contexte.cellule
    return replace(
        contexte,
        cellule=replace(
            cellule,
            releves=cellule.releves + releves,
            objets=cellule.objets + objets,
            listes=cellule.listes + listes,
            confirmations=cellule.confirmations + confirmations,
            cibles=cellule.cibles + cibles,
        ),
    )


def say_changement(changement: Changement, libelle: str) -> str:
    """One line for a terminal or a JSON answer."""
    return f"{changement.condition}{FINE}: {libelle.lower()}"
