"""The state of an indicator in a territory on a day, source by source (L-05 to L-11)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.oracle.periode import Periode, add_jours, get_peremption, has_calendrier_inconnu
from tests.oracle.regard import Ligne, Place, Regard, fold_nom, get_connaissance

Nombre = int | Fraction
TOLERANCES = {"A": 50, "AB": 300}  # metres within which an object is reached
PROCHE = 1000  # metres within which an object is near


@dataclass(frozen=True, slots=True)
class Etat:
    """What one rank says. `perime_le` None: does not age."""

    rang: int
    valeur: Nombre | None
    le: date  # day of the fact
    perime_le: date | None
    calendrier_inconnu: bool = False
    numerateur: Nombre | None = None
    denominateur: Nombre | None = None
    objets: frozenset[str] | None = None
    has_proche: bool = False
    nombre_confirme: int = 0
    is_contredit: bool = False  # by another source, the same day, in its own rank


@dataclass(frozen=True, slots=True)
class Lecture:
    """What is read: which indicator, where, and what the target changes in the reading.

    `periode`: only its values count (L-22). `etape_cible`: a step that reaches it does not age (L-25).
    """

    indicateur: Ligne
    territoire: str
    periode: Periode | None = None
    etape_cible: int | None = None

    @property
    def place(self) -> Place:
        """Key of the drawers."""
        return self.indicateur["code"], self.territoire


def is_frais(etat: Etat, jour: date) -> bool:
    """An age equal to the limit is fresh: `perime_le` is the first stale day."""
    return etat.perime_le is None or jour < etat.perime_le


def read_valeur(ligne: Ligne) -> Nombre | None:
    """The number of a line; a part is in percent, null over a denominator of 0."""
    if ligne.get("jalon") is not None:
        return int(ligne["jalon"])
    if ligne.get("numerateur") is not None:
        if ligne["denominateur"] == 0:
            return None
        return 100 * Fraction(ligne["numerateur"]) / Fraction(ligne["denominateur"])
    return Fraction(ligne["valeur"])


def list_lignes(regard: Regard, lecture: Lecture, rang: int, jour: date) -> list[Ligne]:
    """The plain values of a rank that count on a day."""
    lignes = regard.valeurs.get(lecture.place, {}).get(rang, [])
    lignes = [x for x in lignes if x["date"] <= jour]
    if lecture.periode is not None:
        debut, fin = lecture.periode
        lignes = [x for x in lignes if debut <= x["date"] <= fin]
    return lignes


def read_etat_de_valeur(regard: Regard, lecture: Lecture, rang: int, jour: date) -> Etat | None:
    """L-04: the value of the latest day; of that day, the last known."""
    lignes = list_lignes(regard, lecture, rang, jour)
    if not lignes:
        return None
    ligne = max(lignes, key=lambda x: (x["date"], get_connaissance(x)))
    perime_le, inconnu = read_peremption(regard, lecture, ligne)
    return Etat(
        rang=rang,
        valeur=read_valeur(ligne),
        le=ligne["date"],
        perime_le=perime_le,
        calendrier_inconnu=inconnu,
        numerateur=ligne.get("numerateur"),
        denominateur=ligne.get("denominateur"),
        is_contredit=any(contradicts(regard, lecture, x, ligne, jour) for x in lignes),
    )


def read_peremption(regard: Regard, lecture: Lecture, ligne: Ligne) -> tuple[date | None, bool]:
    """First stale day of a plain value, and is its calendar missing; a step that reaches its target does not age."""
    valeur, cible = read_valeur(ligne), lecture.etape_cible
    if cible is not None and valeur is not None and valeur >= cible:
        return None, False
    ici = (regard, lecture.indicateur, lecture.territoire, ligne["date"])
    return get_peremption(*ici), has_calendrier_inconnu(*ici)


def contradicts(regard: Regard, lecture: Lecture, autre: Ligne, retenue: Ligne, jour: date) -> bool:
    """L-05: another source, the same day as the line held and the same rank, still fresh, says another value."""
    perime_le, _ = read_peremption(regard, lecture, autre)
    return (
        autre["date"] == retenue["date"]
        and fold_nom(autre.get("source")) != fold_nom(retenue.get("source"))
        and read_valeur(autre) != read_valeur(retenue)
        and (perime_le is None or jour < perime_le)
    )


def get_distance_relative(objet: Ligne) -> str:
    """L-09: `dedans`, `proche` or `loin`."""
    distance = objet.get("distance_m")
    if distance is None or objet.get("portee") is None:
        return "dedans"
    if distance <= TOLERANCES[objet["portee"]]:
        return "dedans"
    return "proche" if distance <= PROCHE else "loin"


def is_en_vigueur(objet: Ligne, jour: date, dernieres_listes: dict[str, date]) -> bool:
    """L-08: between its days, and still in the last list of its own source."""
    liste = dernieres_listes.get(objet["source"])
    commence = objet["du"] <= jour
    fini = objet.get("au") is not None and objet["au"] < jour
    return commence and not fini and (liste is None or objet["temoin"] >= liste)


def list_dernieres_listes(
    regard: Regard, lecture: Lecture, rang: int, jour: date
) -> dict[str, date]:
    """Day of the last list of each source of a rank."""
    dernieres: dict[str, date] = {}
    for liste in regard.listes.get(lecture.place, {}).get(rang, []):
        if liste["date"] <= jour:
            source = liste["source"]
            dernieres[source] = max(liste["date"], dernieres.get(source, date.min))
    return dernieres


def is_confirme(regard: Regard, lecture: Lecture, objet: str, jour: date) -> bool:
    """L-10: confirmed on that day or before."""
    le = regard.confirmations.get((*lecture.place, objet))
    return le is not None and le <= jour


def count_objets(
    regard: Regard, lecture: Lecture, retenus: list[Ligne], jour: date
) -> tuple[frozenset[str], bool, int]:
    """Objects reached, is one only near, how many are reached by a confirmation (L-09, L-10)."""
    dedans = {o["objet"] for o in retenus if get_distance_relative(o) == "dedans"}
    proches = {o["objet"] for o in retenus if get_distance_relative(o) == "proche"} - dedans
    confirmes = {o for o in proches if is_confirme(regard, lecture, o, jour)}
    return frozenset(dedans | confirmes), bool(proches - confirmes), len(confirmes)


def read_etat_d_objets(regard: Regard, lecture: Lecture, rang: int, jour: date) -> Etat | None:
    """L-08: the state of a rank made of objects and lists."""

    def perish(temoin: date) -> date:
        return get_peremption(regard, lecture.indicateur, lecture.territoire, temoin)

    tous = regard.objets.get(lecture.place, {}).get(rang, [])
    listes = list_dernieres_listes(regard, lecture, rang, jour)
    tous = [o for o in tous if get_distance_relative(o) != "loin"]
    en_vigueur = [o for o in tous if is_en_vigueur(o, jour, listes)]
    frais = [o for o in en_vigueur if jour < perish(o["temoin"])]
    has_frais = bool(frais) or any(jour < perish(le) for le in listes.values())
    retenus = frais if has_frais else en_vigueur
    temoins = [o["temoin"] for o in retenus] + list(listes.values())
    if not temoins:
        finis = [o for o in tous if o["du"] <= jour and o.get("au") is not None and o["au"] < jour]
        if not finis:
            return None
        temoins = [o["temoin"] for o in finis]
    temoin = max(temoins)
    objets, has_proche, nombre_confirme = count_objets(regard, lecture, retenus, jour)
    return Etat(
        rang=rang,
        valeur=len(objets),
        le=min(temoin, jour),
        perime_le=perish(temoin),
        calendrier_inconnu=has_calendrier_inconnu(
            regard, lecture.indicateur, lecture.territoire, temoin
        ),
        objets=objets,
        has_proche=has_proche,
        nombre_confirme=nombre_confirme,
    )


def list_etats(regard: Regard, lecture: Lecture, jour: date) -> list[Etat]:
    """One state at most per rank; a rank that has objects or lists is not read by its plain values."""
    etats = []
    place = lecture.place
    d_objets = {*regard.objets.get(place, ()), *regard.listes.get(place, ())}
    for rang in sorted(d_objets | set(regard.valeurs.get(place, ()))):
        read = read_etat_d_objets if rang in d_objets else read_etat_de_valeur
        if (etat := read(regard, lecture, rang, jour)) is not None:
            etats.append(etat)
    return etats


def choose_etat(etats: list[Etat], jour: date) -> Etat | None:
    """L-05: fresh before stale, then the smallest rank."""
    if not etats:
        return None
    return min(etats, key=lambda e: (not is_frais(e, jour), e.rang))


def read_etat(regard: Regard, lecture: Lecture, jour: date) -> Etat | None:
    """The state held on a day."""
    return choose_etat(list_etats(regard, lecture, jour), jour)


def has_desaccord(etats: list[Etat], retenu: Etat, jour: date) -> bool:
    """L-05: another fresh rank, or another source of the same rank and day, says another value."""
    frais = [e for e in etats if is_frais(e, jour)]
    if retenu not in frais:
        return False
    return retenu.is_contredit or any(e.valeur != retenu.valeur for e in frais)


def list_jours(regard: Regard, lecture: Lecture) -> set[date]:
    """Days up to `vu_le` on which the state held may change; between two of them nothing does."""
    reperes: set[date] = set()
    a_perir: set[date] = set()
    for lignes in regard.valeurs.get(lecture.place, {}).values():
        a_perir |= {x["date"] for x in lignes}
    for listes in regard.listes.get(lecture.place, {}).values():
        a_perir |= {x["date"] for x in listes}
    for objets in regard.objets.get(lecture.place, {}).values():
        for objet in objets:
            reperes.add(objet["du"])
            a_perir.add(objet["temoin"])
            if objet.get("au") is not None:
                reperes.add(add_jours(objet["au"], 1))
            if (le := regard.confirmations.get((*lecture.place, objet["objet"]))) is not None:
                reperes.add(le)
    perimes = {get_peremption(regard, lecture.indicateur, lecture.territoire, j) for j in a_perir}
    return {j for j in reperes | a_perir | perimes if j <= regard.vu_le}
