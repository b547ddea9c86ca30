# ruff: noqa: INP001 - a script beside its data, not a package
"""From a letter of the scenario to the records that give that statut: relevés, cibles, « sans objet ».

Nothing here computes a statut for the product: a recipe looks for a value whose trajectory falls well inside the
band that is wanted, and a test compares every cell with what the product says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from reperes import AVANT, BANDES, COMPTES, DERNIER, MOTIFS, PARTS, RENTREE, SIGNATURE, STALE

from quartiers.core.referentiel import (
    Frequence,
    GenreIndicateur,
    Indicateur,
    Nature,
    Origine,
    Periode,
)


@dataclass(frozen=True, slots=True)
class Releve:
    """One line of releves.csv. `valeur`: « 3 », « 34/41 », or the number of a step for a jalon."""

    indicateur: Indicateur
    territoire: str
    date: date
    valeur: str
    commentaire: str = ""


@dataclass(frozen=True, slots=True)
class Cible:
    """One line of cibles.csv."""

    indicateur: str
    territoire: str
    valeur: str
    echeance: date | None
    base: str = ""
    base_date: date | None = None
    origine: str = "plan"
    effet: date = SIGNATURE
    operateur: str = ">="


@dataclass(slots=True)
class Ecriture:
    """What a recipe wrote."""

    releves: list[Releve] = field(default_factory=list)
    cibles: list[Cible] = field(default_factory=list)
    sans_objet: list[tuple[str, str, str]] = field(default_factory=list)


def follow(lettre: str, indicateur: Indicateur, territoire: str, taille: Fraction) -> Ecriture:
    """The records of one cell. `taille`: inhabitants over 4,000, to scale counts."""
    if lettre == "-":
        return Ecriture()
    if lettre == "O":
        motif = MOTIFS.get(indicateur.code, "public_absent")
        return Ecriture(sans_objet=[(indicateur.code, territoire, motif)])
    recette = {
        GenreIndicateur.PRESENCE: follow_presence,
        GenreIndicateur.JALON: follow_jalon,
        GenreIndicateur.DOUBLEMENT: follow_doublement,
    }.get(indicateur.genre)
    if recette is not None:
        return recette(lettre, indicateur, territoire)
    if indicateur.code == "e07-a3-garantie-jeunes":
        return follow_annee_precedente(lettre, indicateur, territoire, taille)
    return follow_nombre(lettre, indicateur, territoire, taille)


def get_jours(indicateur: Indicateur) -> tuple[date, ...]:
    """Dates of the relevés of a cell, the last one fresh on 23 November 2026."""
    if indicateur.nature is Nature.FLUX and indicateur.periode is Periode.ANNEE_SCOLAIRE:
        return (date(2026, 10, 31),)
    if indicateur.nature is Nature.FLUX and indicateur.frequence is not Frequence.SEMESTRE:
        return (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30))
    return (*AVANT[indicateur.frequence], DERNIER[indicateur.frequence])


def is_annexe(indicateur: Indicateur) -> bool:
    """The annex itself sets the target: no plan line is needed."""
    return indicateur.cible is not None and indicateur.cible.origine is Origine.ANNEXE


def follow_presence(lettre: str, indicateur: Indicateur, territoire: str) -> Ecriture:
    """There, not there, no longer there."""
    jours = get_jours(indicateur)
    ecriture = Ecriture()
    nombre, echeance = "1", date(2027, 12, 31)
    valeurs = {"A": "1", "V": "1", "N": "0", "E": "0", "P": "1", "L": "1", "T": "0"}
    if lettre == "P":
        jours = (STALE[indicateur.frequence],)
    if lettre in "ET":
        echeance = date(2026, 6, 30)
    if lettre == "V":
        nombre = "2"
    ecriture.releves = [Releve(indicateur, territoire, jour, valeurs[lettre]) for jour in jours]
    if lettre in "LT":
        fin = {"L": "0", "T": "1"}[lettre]
        perdu_le = date(2026, 8, 12) if indicateur.frequence is Frequence.TRIMESTRE else jours[-1]
        ecriture.releves[-1] = Releve(indicateur, territoire, perdu_le, fin)
    if lettre in "VET" or not is_annexe(indicateur):
        base = {"base": "0", "base_date": SIGNATURE} if lettre == "V" else {}
        ecriture.cibles = [Cible(indicateur.code, territoire, nombre, echeance, **base)]  # type: ignore[arg-type]
    return ecriture


def follow_jalon(lettre: str, indicateur: Indicateur, territoire: str) -> Ecriture:
    """A step, and the planned date of the next one."""
    code, jours = indicateur.code, get_jours(indicateur)
    sommet = len(indicateur.echelle) - 1
    but = int(indicateur.cible.valeur) if indicateur.cible is not None else sommet
    etape = {"A": but, "N": 0}.get(lettre, but - 1 if but < sommet else 3)
    releves = [Releve(indicateur, territoire, jour, str(etape)) for jour in jours]
    if lettre == "A" and len(releves) > 1:
        releves[0] = Releve(indicateur, territoire, jours[0], str(etape - 1))
    suivante = min(etape + 1, sommet)
    prevue = {"S": date(2026, 10, 31), "R": date(2026, 9, 15), "N": date(2027, 3, 31)}
    cibles = []
    if lettre != "A":
        cibles.append(
            Cible(code, territoire, str(suivante), prevue.get(lettre, date(2026, 12, 31)))
        )
        if suivante < but:
            cibles.append(Cible(code, territoire, str(but), date(2029, 12, 31)))
    return Ecriture(releves=releves, cibles=cibles)


def follow_doublement(lettre: str, indicateur: Indicateur, territoire: str) -> Ecriture:
    """A base, and its double at the deadline."""
    base, double = COMPTES[indicateur.code]
    rentree = indicateur.frequence is Frequence.RENTREE
    debut, fin = (RENTREE, date(2027, 8, 31)) if rentree else (SIGNATURE, date(2026, 12, 31))
    jour = date(2026, 9, 15) if rentree else date(2026, 9, 30)
    if lettre in "ET":
        debut, fin = RENTREE, date(2026, 8, 31)
    releves: list[tuple[date, int]]
    if lettre == "A":
        releves = [(jour, double + 3)]
    elif lettre == "E":
        releves = [(date(2026, 3, 31), base + base // 2), (fin, base + 3 * base // 4)]
    elif lettre == "T":
        releves = [(fin, double - 3), (date(2026, 10, 31), double + 2)]
    elif lettre == "P":
        releves = [(STALE[indicateur.frequence], base + 6)]
    else:
        ecoule = measure_ecoule(debut, fin, jour)
        releves = [(jour, search_compte(BANDES[lettre], base, double, ecoule))]
    cible = Cible(indicateur.code, territoire, "", fin, str(base), debut, effet=debut)
    return Ecriture(
        releves=[Releve(indicateur, territoire, j, str(v)) for j, v in releves], cibles=[cible]
    )


def follow_annee_precedente(
    lettre: str, indicateur: Indicateur, territoire: str, taille: Fraction
) -> Ecriture:
    """One more than last year: the total of 2025, then that of the year under way."""
    avant = max(8, round(COMPTES[indicateur.code][0] * taille))
    jours = get_jours(indicateur)
    releves = [Releve(indicateur, territoire, date(2025, 12, 31), str(avant))]
    if lettre == "C":
        releves = []
    total = avant + 2
    if lettre in BANDES:
        ecoule = measure_ecoule(SIGNATURE, date(2026, 12, 31), jours[-1])
        total = search_compte(BANDES[lettre], 0, avant + 1, ecoule)
    for jour in jours:
        part = Fraction((jour - SIGNATURE).days, (jours[-1] - SIGNATURE).days)
        releves.append(Releve(indicateur, territoire, jour, str(int(total * part))))
    if lettre == "P":
        releves = [releves[0], Releve(indicateur, territoire, STALE[indicateur.frequence], "12")]
    return Ecriture(releves=releves)


def follow_nombre(
    lettre: str, indicateur: Indicateur, territoire: str, taille: Fraction
) -> Ecriture:
    """A count or a share: the value that its trajectory makes early, late, or on its way."""
    base, cible, denominateur = get_reperes(indicateur, taille)
    flux = indicateur.nature is Nature.FLUX
    jours = get_jours(indicateur)
    debut, fin = get_bornes(indicateur)
    if lettre == "Z":
        jours = (date(2026, 8, 31),)
    if lettre == "E":
        fin = date(2026, 9, 30)
    if lettre == "P":
        return Ecriture(
            releves=[
                write_releve(
                    indicateur, territoire, STALE[indicateur.frequence], cible, denominateur
                )
            ]
        )
    cible, derniere = adjust(lettre, indicateur, base, cible, denominateur, jours[-1])
    ecriture = Ecriture()
    depart_releve = 0 if flux else base if denominateur is None else base * denominateur // 100
    for jour, valeur in interpolate(depart_releve, derniere, jours, debut):
        ecriture.releves.append(write_releve(indicateur, territoire, jour, valeur, denominateur))
    if lettre == "T":
        fin = jours[-2]
    if lettre == "C" or (is_annexe(indicateur) and lettre in "AS"):
        return ecriture
    echeance = None if lettre == "Z" else fin
    depart = {} if flux or lettre == "B" else {"base": str(base), "base_date": SIGNATURE}
    ligne = Cible(indicateur.code, territoire, str(cible), echeance, **depart)  # type: ignore[arg-type]
    ecriture.cibles.append(ligne)
    if lettre == "D":
        ecriture.cibles = [
            Cible(indicateur.code, territoire, str(cible), date(2026, 6, 30), **depart),  # type: ignore[arg-type]
            Cible(
                indicateur.code,
                territoire,
                str(cible),
                fin,
                origine="avenant",
                effet=date(2026, 7, 1),
                **depart,  # type: ignore[arg-type]
            ),
        ]
    return ecriture


def get_reperes(indicateur: Indicateur, taille: Fraction) -> tuple[int, int, int | None]:
    """(base, target, denominator or None) of a cell, scaled to the quartier."""
    if indicateur.genre is GenreIndicateur.PART:
        return PARTS[indicateur.code]
    base, cible = COMPTES[indicateur.code]
    if cible >= 15:
        return round(base * taille), max(base + 10, round(cible * taille)), None
    plus = int(4 * taille) % 3  # small counts differ a little from one quartier to the next
    return base, cible + plus, None


def get_bornes(indicateur: Indicateur) -> tuple[date, date]:
    """First and last day of the trajectory."""
    if indicateur.nature is Nature.FLUX:
        if indicateur.periode is Periode.ANNEE_SCOLAIRE:
            return date(2026, 9, 1), date(2027, 8, 31)
        return SIGNATURE, date(2026, 12, 31)
    return SIGNATURE, date(2027, 12, 31)


def adjust(
    lettre: str, indicateur: Indicateur, base: int, cible: int, denominateur: int | None, jour: date
) -> tuple[int, int]:
    """(target, last value): small whole numbers may skip a band, a slightly larger target opens it."""
    plafond = 3 * cible + 10 if denominateur is None else 101
    for essai in range(cible, plafond):
        try:
            return essai, choose_derniere(lettre, indicateur, base, essai, denominateur, jour)
        except LookupError:
            continue
    raise LookupError(f"{indicateur.code} : aucune valeur pour la lettre {lettre}")


def choose_derniere(
    lettre: str,
    indicateur: Indicateur,
    base: int,
    cible: int,
    denominateur: int | None,
    jour: date,
) -> int:
    """The last value: a count, or the numerator of a share."""
    sommet = denominateur if denominateur is not None else cible + 1
    if lettre in "ATZ":
        return sommet
    if lettre == "N":
        return 0
    if lettre in "CEB":
        return max(1, sommet * 7 // 10)
    if is_annexe(indicateur):  # a target without deadline: anything below it is « à surveiller »
        return sommet * 8 // 10
    debut, fin = get_bornes(indicateur)
    depart = 0 if indicateur.nature is Nature.FLUX else base
    if denominateur is None:
        return search_compte(BANDES[lettre], depart, cible, measure_ecoule(debut, fin, jour))
    return search_part(BANDES[lettre], base, cible, denominateur, measure_ecoule(debut, fin, jour))


def measure_ecoule(debut: date, fin: date, jour: date) -> Fraction:
    """Share of the trajectory elapsed at a day."""
    return Fraction((jour - debut).days, (fin - debut).days)


def search_compte(bande: tuple[Fraction, Fraction], base: int, cible: int, ecoule: Fraction) -> int:
    """The value in the middle of a band."""
    return _pick(
        bande, {v: (v - base) / ((cible - base) * ecoule) for v in range(max(1, base), cible)}
    )


def search_part(
    bande: tuple[Fraction, Fraction], base: int, cible: int, denominateur: int, ecoule: Fraction
) -> int:
    """The numerator in the middle of a band, below the target."""
    rapports = {
        n: (Fraction(100 * n, denominateur) - base) / ((cible - base) * ecoule)
        for n in range(1, denominateur + 1)
        if Fraction(100 * n, denominateur) < cible
    }
    return _pick(bande, rapports)


def _pick(bande: tuple[Fraction, Fraction], rapports: dict[int, Fraction]) -> int:
    milieu = min(sum(bande) / 2, Fraction(12, 10))
    bons = [v for v, r in rapports.items() if bande[0] <= r <= bande[1]]
    if not bons:
        raise LookupError(f"aucune valeur entre {bande[0]} et {bande[1]} : {rapports}")
    return min(bons, key=lambda v: abs(rapports[v] - milieu))


def interpolate(
    base: int, derniere: int, jours: tuple[date, ...], debut: date
) -> Iterator[tuple[date, int]]:
    """Earlier values on the way to the last one, so that a history can be told."""
    duree = (jours[-1] - debut).days or 1
    for jour in jours:
        part = max(Fraction(0), Fraction((jour - debut).days, duree))
        yield (
            jour,
            derniere
            if jour == jours[-1]
            else int(base + (derniere - base) * part * Fraction(3, 4)),
        )


def write_releve(
    indicateur: Indicateur, territoire: str, jour: date, valeur: int, denominateur: int | None
) -> Releve:
    """A count as it is, a share as numerator over denominator."""
    if denominateur is None:
        return Releve(indicateur, territoire, jour, str(valeur))
    return Releve(indicateur, territoire, jour, f"{min(valeur, denominateur)}/{denominateur}")
