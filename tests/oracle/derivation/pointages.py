"""The pointages: on that day, all there is of a kind was recorded in these territoires."""

from datetime import date

from tests.oracle.derivation.cadre import is_dedans
from tests.oracle.derivation.filtres import IDENTITE, MULTIPLES
from tests.oracle.derivation.lignes import GENRES, LigneBrute
from tests.oracle.derivation.referentiel import Derivation
from tests.oracle.derivation.regard import Regard
from tests.oracle.derivation.su import list_pointages

ALIAS = {"genre_beneficiaire": "beneficiaire"}  # the field, and the filter that reads it
FILTRES_DE_MOTS = (*IDENTITE, *MULTIPLES, "etape", "colleges", "beneficiaire")


def read_mots(pointage: LigneBrute) -> dict[str, set[str]]:
    """The words that restrict a pointage, field by field."""
    mots: dict[str, set[str]] = {}
    for texte in pointage.list_mots("mot"):
        champ, _, mot = texte.partition("=")
        mots.setdefault(ALIAS.get(champ.strip(), champ.strip()), set()).add(mot.strip())
    return mots


def covers(pointage: LigneBrute, derivation: Derivation) -> bool:
    """Does it speak for a derivation: of each field it restricts, every word that the derivation asks?"""
    de = "Convention" if derivation.de == "Territoire" else str(derivation.de)
    if GENRES.get(de) != pointage.get("genre"):
        return False
    filtre = dict(derivation.filtre)
    if derivation.de == "Territoire":
        filtre = {"genre": filtre.get("convention", [])}
    for champ, mots in read_mots(pointage).items():
        demandes = filtre.get(champ) if champ in FILTRES_DE_MOTS else None
        if not demandes or not set(demandes) <= mots:
            return False
    return True


def find_pointage(
    regard: Regard, derivations: list[Derivation], au_plus: date
) -> LigneBrute | None:
    """The last pointage that speaks for one of the derivations in the territoire looked at."""
    parlants = [
        pointage
        for pointage in list_pointages(regard.sus)
        if pointage.le <= au_plus
        and any(covers(pointage, derivation) for derivation in derivations)
        and is_dedans(regard.monde, regard.territoire, pointage.liens, regard.connu_le)
    ]
    return max(parlants, key=lambda p: (p.le, p.connu_le, p.ordre), default=None)
