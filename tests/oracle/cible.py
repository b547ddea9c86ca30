"""The target in force (L-19 to L-22)."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from tests.oracle.etat import Etat, Lecture, Nombre, read_etat
from tests.oracle.periode import get_periode, get_periode_avant
from tests.oracle.regard import Ligne, Regard, get_connaissance

EFFET_VIDE = date.min  # in force since ever


@dataclass(frozen=True, slots=True)
class Cible:
    """A target, resolved. `seuil` None: its threshold is not known."""

    operateur: str
    seuil: Nombre | None
    echeance: date | None
    base: Nombre | None
    base_date: date | None
    effet: date | None
    origine: str
    redate: bool = False
    annee_precedente: Nombre | None = None  # what is added to last year's total


def get_anciennete(ligne: Ligne) -> tuple[date, tuple[date, int]]:
    """Order of the target lines: effet, then knowledge."""
    return ligne["effet"] or EFFET_VIDE, get_connaissance(ligne)


def list_en_vigueur(regard: Regard, indicateur: Ligne, territoire: str) -> list[Ligne]:
    """Known lines that count at `vu_le`, the one in force being the last (L-19)."""
    lignes = regard.cibles.get((indicateur["code"], territoire), [])
    retenues = [
        ligne
        for ligne in lignes
        if ligne["origine"] != "proposition" and (ligne["effet"] or EFFET_VIDE) <= regard.vu_le
    ]
    if len(retenues) > 1 or len(retenues) < len(lignes):
        regard.marque("cible_en_vigueur/choix")
    return sorted(retenues, key=get_anciennete)


def is_redatee(lignes: list[Ligne], annexe: "Cible | None") -> bool:
    """An earlier target (the annex first) had another deadline than the one in force, both being written."""
    echeance = lignes[-1]["echeance"]
    anciennes = {x["echeance"] for x in lignes[:-1]} - {None}
    if annexe is not None and annexe.echeance is not None:
        anciennes.add(annexe.echeance)
    return echeance is not None and bool(anciennes - {echeance})


def read_ligne(indicateur: Ligne, lignes: list[Ligne], annexe: "Cible | None") -> Cible:
    """The target of the last line; a doubling is worth twice its base (L-21)."""
    ligne = lignes[-1]
    seuil, base = ligne["valeur"], ligne["base"]
    if indicateur["genre"] == "doublement":
        seuil = None if base is None else 2 * Fraction(base)
    return Cible(
        operateur=ligne["operateur"],
        seuil=None if seuil is None else Fraction(seuil),
        echeance=ligne["echeance"],
        base=None if base is None else Fraction(base),
        base_date=ligne["base_date"],
        effet=ligne["effet"],
        origine=ligne["origine"],
        redate=is_redatee(lignes, annexe),
    )


def read_annexe(indicateur: Ligne) -> Cible | None:
    """The référentiel's own target, when it comes from the annex."""
    cible = indicateur.get("cible")
    if cible is None or cible["origine"] != "annexe":
        return None
    relative = cible.get("relative_a")
    return Cible(
        operateur=cible["operateur"],
        seuil=Fraction(cible["valeur"]) if relative is None else None,
        echeance=cible["echeance"],
        base=None,
        base_date=None,
        effet=None,
        origine="annexe",
        annee_precedente=Fraction(cible["valeur"]) if relative == "annee_precedente" else None,
    )


def get_cible(regard: Regard, indicateur: Ligne, territoire: str) -> Cible | None:
    """L-19: the last line in force, else the annex; a national has the annex on `FR` only (L-30)."""
    if indicateur["genre"] == "suivi":  # no target by nature
        return None
    lignes = list_en_vigueur(regard, indicateur, territoire)
    ailleurs = indicateur["genre"] == "national" and territoire != "FR"
    annexe = None if ailleurs else read_annexe(indicateur)
    return read_ligne(indicateur, lignes, annexe) if lignes else annexe


def resolve_annee_precedente(
    regard: Regard, indicateur: Ligne, territoire: str, cible: Cible, etat: Etat | None
) -> Cible:
    """L-22: the total of the period before the value's one, plus what the target adds, by the last day."""
    if cible.annee_precedente is None or etat is None:
        return cible
    periode = get_periode(indicateur, etat.le)
    avant = Lecture(indicateur, territoire, periode=get_periode_avant(indicateur, periode))
    total = read_etat(regard, avant, regard.vu_le)
    regard.marque("annee_precedente/" + ("sans_total" if total is None else "seuil"))
    seuil = None if total is None or total.valeur is None else total.valeur + cible.annee_precedente
    return replace(cible, seuil=seuil, echeance=periode[1])


@dataclass(frozen=True, slots=True)
class Etapes:
    """The planned steps of a milestone (L-20). `dates`: step -> planned day, when it has one."""

    cible: Cible | None
    dates: dict[int, date]
    has_ligne: bool


def read_etapes(regard: Regard, indicateur: Ligne, territoire: str) -> Etapes:
    """L-20: for each step the line in force; the target step is the highest, the annex's own included."""
    par_etape: dict[int, list[Ligne]] = {}
    for ligne in list_en_vigueur(regard, indicateur, territoire):
        par_etape.setdefault(int(ligne["valeur"]), []).append(ligne)
    annexe = read_annexe(indicateur)
    etape_annexe = None if annexe is None or annexe.seuil is None else int(annexe.seuil)
    cibles = {
        etape: read_ligne(indicateur, lignes, annexe if etape == etape_annexe else None)
        for etape, lignes in par_etape.items()
    }
    has_ligne = bool(cibles)
    if annexe is not None and annexe.seuil is not None:
        cibles.setdefault(int(annexe.seuil), annexe)
    dates = {etape: c.echeance for etape, c in cibles.items() if c.echeance is not None}
    return Etapes(cibles[max(cibles)] if cibles else None, dates, has_ligne)
