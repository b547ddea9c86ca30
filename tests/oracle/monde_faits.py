"""Scenarios of an invented world: each aims at one edge of one rule, for one indicator somewhere."""

from datetime import date, timedelta
from fractions import Fraction

from tests.oracle.atelier import Atelier
from tests.oracle.constat import get_dernier_jour
from tests.oracle.monde_cibles import Visee, add_etapes, add_visee, get_operateur
from tests.oracle.monde_objets import (
    add_arret,
    add_confirmation,
    add_convention,
    add_declaration,
    add_liste_officielle,
    add_seance,
)
from tests.oracle.monde_valeurs import MILLIONIEME, add_bruit, add_meme_jour, add_valeur
from tests.oracle.periode import get_periode
from tests.oracle.regard import GENRES_DU_NIVEAU, Ligne

# r aimed at; the neighbours are one millionth of the value away.
RATIOS = (
    Fraction(60, 100),
    Fraction(90, 100),
    Fraction(0),
    Fraction(-3, 10),
    Fraction(3, 10),
    Fraction(75, 100),
    Fraction(12, 10),
)
ECARTS = (Fraction(0), Fraction(0), MILLIONIEME, -MILLIONIEME)


def list_lieux(atelier: Atelier, indicateur: Ligne) -> list[str]:
    """Territories on which a value of this indicator is accepted."""
    genres: tuple[str, ...] = GENRES_DU_NIVEAU[indicateur["niveau"]]
    if indicateur["genre"] == "national":
        genres = (*GENRES_DU_NIVEAU["N"], *GENRES_DU_NIVEAU["D"], *GENRES_DU_NIVEAU["Q"])
    codes = [t["code"] for t in atelier.monde["territoires"] if t["genre"] in genres]
    if "quartier" in genres:
        codes += list(dict.fromkeys(q["code"] for q in atelier.monde["quartiers"]))
    return codes


def choose_lieu(atelier: Atelier, lieux: list[str]) -> str:
    """The territory looked at, or what holds it, rather than another one."""
    pres = [c for c in (atelier.foyer, *atelier.list_parents(atelier.foyer)) if c in lieux]
    return pres[0] if pres and atelier.has_chance(0.75) else atelier.de.choice(lieux)


def choose_echeance(atelier: Atelier) -> date | None:
    """A deadline around `vu_le`, or none."""
    ecart = atelier.de.choice((None, -400, -30, -1, -1, 0, 0, 1, 30, 400))
    return None if ecart is None else atelier.jour(ecart)


def choose_base(atelier: Atelier, le: date, ecoule: int) -> tuple[date | None, date | None]:
    """(base_date, effet): t0 written in one or the other, or in neither."""
    t0 = le - timedelta(days=ecoule)
    return atelier.de.choice(((t0, None), (t0, None), (None, t0), (None, None)))


def add_trajectoire(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """A value at r = 0.60 or 0.90 exactly or one millionth away, at 10 % of the time exactly, behind its base…"""
    de = atelier.de
    le = (
        atelier.choose_jour_frais(indicateur)
        if atelier.has_chance(0.8)
        else atelier.choose_jour(indicateur, lieu)
    )
    duree = de.choice((100, 200, 500, 1000))
    ecoule = de.choice(
        (duree // 10 - 1, duree // 10, duree // 10 + 1, duree // 2, duree - 5, 0, -5)
    )
    pente = Fraction(de.choice((1, 1, 2))) / (10 if indicateur["genre"] == "part" else 1)
    chemin = min(duree * pente, Fraction(60)) if indicateur["genre"] == "part" else duree * pente
    pente = chemin / duree
    v0 = Fraction(de.choice((0, 0, 5, 20)))
    fait = de.choice(RATIOS) * pente * max(ecoule, 0) + de.choice(ECARTS) + de.choice((0, 0, 0, -1))
    if get_operateur(indicateur) == "<=":
        v0 += chemin
        chemin, fait = -chemin, -fait
    seuil = v0 + chemin
    base_date, effet = choose_base(atelier, le, ecoule)
    echeance = le + timedelta(days=duree - ecoule)
    base: Fraction | None = v0
    if atelier.has_chance(0.15):
        base = None
    elif atelier.has_chance(0.15):
        base = de.choice((seuil, max(Fraction(0), seuil + chemin / 10)))  # already there
    if atelier.has_chance(0.15):
        echeance = de.choice((atelier.jour(-1), atelier.jour(0)))
    valeur = v0 + fait
    if atelier.has_chance(0.12):
        valeur = Fraction(0)
    is_undated = atelier.has_chance(0.12)
    visee = Visee(
        get_operateur(indicateur), seuil, None if is_undated else echeance, base, base_date, effet
    )
    add_visee(atelier, indicateur, lieu, visee)
    add_bruit(atelier, indicateur, add_valeur(atelier, indicateur, lieu, le, valeur))


def add_passage(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """Reached on the deadline, the day after, lost in between: a series of values around it."""
    de = atelier.de
    echeance = choose_echeance(atelier) or atelier.jour(-10)
    operateur = "=" if atelier.has_chance(0.2) else get_operateur(indicateur)
    seuil = Fraction(de.choice((29, 6, 2, 1)))
    base = de.choice((None, Fraction(0), Fraction(1, 2), Fraction(2), seuil))
    visee = Visee(
        operateur,
        seuil,
        None if atelier.has_chance(0.15) else echeance,
        base,
        echeance - timedelta(days=300),
    )
    if atelier.has_chance(0.75):
        add_visee(atelier, indicateur, lieu, visee)
    jours = [echeance + timedelta(days=e) for e in (-60, -1, 0, 1, 20)]
    for jour in sorted(de.sample(jours, de.randint(1, 3))):
        valeur = seuil + de.choice((0, 0, 1, -1, -MILLIONIEME, -seuil))
        add_bruit(atelier, indicateur, add_valeur(atelier, indicateur, lieu, jour, valeur))


def add_flux(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """Totals of this period and of the one before, against a dated target, an undated one, or last year's."""
    de = atelier.de
    le = (
        atelier.choose_jour_frais(indicateur)
        if atelier.has_chance(0.5)
        else atelier.choose_jour(indicateur, lieu)
    )
    debut, fin = get_periode(indicateur, le)
    ecoule = (le - debut).days
    is_relatif = (indicateur["cible"] or {}).get("relative_a") is not None
    if atelier.has_chance(0.1 if is_relatif else 0.5):
        duree = (fin - debut).days
        jour = de.choice((fin, fin, atelier.jour(0), atelier.jour(-1), debut + timedelta(days=100)))
        duree = max(1, (jour - debut).days) if debut <= jour <= fin else duree
        base = de.choice((None, None, Fraction(40)))
        visee = Visee(">=", Fraction(duree), None if atelier.has_chance(0.35) else jour, base, None)
        add_visee(atelier, indicateur, lieu, visee)
    else:
        duree = (fin - debut).days
        plus = int((indicateur["cible"] or {"valeur": 0})["valeur"])
        if atelier.has_chance(0.85):
            total = max(Fraction(0), Fraction(duree - plus))
            avant = debut - timedelta(days=de.choice((1, 1, 30, 200)))
            add_valeur(atelier, indicateur, lieu, avant, total)
    valeur = de.choice((*RATIOS, Fraction(1))) * ecoule + de.choice(ECARTS)
    if atelier.has_chance(0.3):
        valeur = Fraction(duree) + de.choice((0, -1, 1))
    add_bruit(atelier, indicateur, add_valeur(atelier, indicateur, lieu, le, valeur))


def add_part(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """29 of 100, a denominator of 0 fresh or stale, ratios to be summed."""
    le = atelier.choose_jour(indicateur, lieu)
    haut, bas = atelier.de.choice(
        ((29, 100), (0, 0), (0, 0), (9, 10), (10, 100), (34, 41), (0, 12))
    )
    ligne = add_valeur(atelier, indicateur, lieu, le, None, numerateur=haut, denominateur=bas)
    add_bruit(atelier, indicateur, ligne)


def add_doublement(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """A base, null or not, dated or not; a value on its way to twice as much."""
    de = atelier.de
    le = (
        atelier.choose_jour_frais(indicateur)
        if atelier.has_chance(0.75)
        else atelier.choose_jour(indicateur, lieu)
    )
    if atelier.has_chance(0.85):
        base = Fraction(de.choice((0, 50, 100, 100)))
        duree = de.choice((100, 200))
        ecoule = de.choice((9, 10, 11, 50, 95, -5))
        base_date, effet = choose_base(atelier, le, ecoule)
        echeance = le + timedelta(days=duree - ecoule)
        if atelier.has_chance(0.25):
            echeance = de.choice((atelier.jour(-1), atelier.jour(0)))
        visee = Visee(">=", 2 * base, echeance, base, base_date, effet)
        add_visee(atelier, indicateur, lieu, visee)
        fait = de.choice(RATIOS) * base * max(0, ecoule) / duree
    else:
        base, fait = Fraction(50), Fraction(10)
    valeur = de.choice((base + fait, base + fait, base + fait, 2 * base, Fraction(0)))
    add_bruit(atelier, indicateur, add_valeur(atelier, indicateur, lieu, le, valeur))


def add_national(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """A value of its own, a quota, or values of every quartier, one of them missing or stale."""
    de = atelier.de
    seuil = Fraction((indicateur["cible"] or {"valeur": 30})["valeur"])
    if lieu == "FR" and atelier.has_chance(0.35):
        lieu_propre = "FR"
        valeur = seuil + de.choice((0, -1, 5))
        add_valeur(atelier, indicateur, lieu_propre, atelier.choose_jour(indicateur, lieu), valeur)
        return
    regions = [t["code"] for t in atelier.monde["territoires"] if t["genre"] == "region"]
    if atelier.has_chance(0.5):
        ou = de.choice((lieu, lieu, *regions))
        base_date, effet = choose_base(atelier, atelier.vu_le, de.choice((20, 100)))
        base = de.choice((None, Fraction(0), Fraction(2)))
        seuil_d_ici = seuil / 2 if ou != "FR" else seuil
        visee = Visee(">=", seuil_d_ici, choose_echeance(atelier), base, base_date, effet)
        add_visee(atelier, indicateur, ou, visee)
    quartiers = [c for c in list_lieux(atelier, indicateur) if c.startswith(("QRR", "QC"))]
    part = seuil / max(1, len(quartiers))
    jour = atelier.choose_jour_frais(indicateur)
    absents = set(de.sample(quartiers, 1)) if quartiers and atelier.has_chance(0.35) else set()
    for quartier in quartiers:
        if quartier in absents:
            continue
        if atelier.has_chance(0.1):
            jour = atelier.choose_jour(indicateur, quartier)
        valeur = part + de.choice((0, 0, 0, -1, -1, 2))
        connu_le = max(jour, atelier.debut)
        ligne = add_valeur(atelier, indicateur, quartier, jour, valeur, connu_le=connu_le)
        if atelier.has_chance(0.05):
            add_meme_jour(atelier, indicateur, ligne)
    departements = [c for c in list_lieux(atelier, indicateur) if c.startswith("DEP")]
    if atelier.has_chance(0.4):
        ou = de.choice(departements)
        for le in {atelier.choose_jour(indicateur, ou), atelier.choose_jour_frais(indicateur)}:
            add_valeur(atelier, indicateur, ou, le, seuil / de.choice((1, 2)))


def add_partout(atelier: Atelier, indicateur: Ligne) -> None:
    """A value in every expected territory but one at times: sums, ratios, medians, bounds."""
    de = atelier.de
    lieux = [c for c in list_lieux(atelier, indicateur) if not c.startswith("QN")]
    le = atelier.choose_jour_frais(indicateur)
    for lieu in de.sample(lieux, max(1, len(lieux) - de.randint(0, 1))):
        if atelier.has_chance(0.1):
            le = atelier.choose_jour(indicateur, lieu)
        valeur = Fraction(de.choice((0, 2, 3, 5, 29, 40)))
        connu_le = max(le, atelier.debut)
        ligne = add_valeur(atelier, indicateur, lieu, le, valeur, connu_le=connu_le)
        if atelier.has_chance(0.05):
            add_meme_jour(atelier, indicateur, ligne)


def add_jalon(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """Planned steps and where it stands: on time, late by 1, 30 or 31 days, reached, fallen back."""
    de = atelier.de
    derniere = len(indicateur["echelle"]) - 1
    cible = int((indicateur["cible"] or {"valeur": 2})["valeur"])
    if atelier.has_chance(0.6):
        cible = add_etapes(atelier, indicateur, lieu)
    etape = de.randint(0, derniere)
    if atelier.has_chance(0.3):
        avant = atelier.jour(-de.choice((500, 60, 31, 1)))
        add_valeur(atelier, indicateur, lieu, avant, Fraction(min(cible, derniere)))
        etape = de.choice((etape, max(0, cible - 1)))
    le = (
        atelier.choose_jour(indicateur, lieu)
        if atelier.has_chance(0.5)
        else atelier.choose_jour_frais(indicateur)
    )
    ligne = add_valeur(atelier, indicateur, lieu, le, Fraction(etape), rang=de.choice((3, 3, 0)))
    if atelier.has_chance(0.1) and ligne["cle"] is not None:
        add_bruit(atelier, indicateur, ligne)
    if atelier.has_chance(0.15):
        add_meme_jour(atelier, indicateur, ligne)


def add_presence(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """Objects of one or several ranks, a confirmation, a plain count beside them."""
    de = atelier.de
    if atelier.has_chance(0.35):
        base = de.choice((None, None, Fraction(0), Fraction(1)))
        echeance = choose_echeance(atelier)
        depart = atelier.jour(-de.choice((10, 90, 120)))
        seuil = Fraction(de.choice((1, 2, 2, 3)))
        base_date, effet = de.choice(((depart, None), (None, depart), (None, None)))
        add_visee(atelier, indicateur, lieu, Visee(">=", seuil, echeance, base, base_date, effet))
    lieux = [lieu]
    autres = [c for c in list_lieux(atelier, indicateur) if c != lieu]
    if autres and atelier.has_chance(0.35):
        lieux.append(de.choice(autres))
    tirage = de.random()
    if tirage < 0.5:
        add_liste_officielle(atelier, indicateur, lieux)
    elif tirage < 0.7:
        for _ in range(de.randint(1, 2)):
            add_declaration(atelier, indicateur, lieu)
    elif tirage < 0.8:
        add_convention(atelier, indicateur, lieu)
    elif tirage < 0.9:
        add_seance(atelier, indicateur, lieu)
    else:
        add_arret(atelier, indicateur, lieu)
    if atelier.has_chance(0.15):
        add_declaration(atelier, indicateur, lieu)
    if atelier.has_chance(0.5):
        add_confirmation(atelier, indicateur, lieu)
    if atelier.has_chance(0.25):
        jour = atelier.choose_jour(indicateur, lieu)
        add_valeur(atelier, indicateur, lieu, jour, Fraction(de.choice((0, 1, 1, 2))))


def add_objets_comptes(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """Distinct objects known by name in one territory, as plain numbers in another."""
    autres = [c for c in list_lieux(atelier, indicateur) if c != lieu]
    add_liste_officielle(atelier, indicateur, [lieu, *autres[:1]])
    for autre in autres[1:3]:
        jour = atelier.choose_jour_frais(indicateur)
        add_valeur(atelier, indicateur, autre, jour, Fraction(atelier.de.choice((0, 2, 5))))


def add_sans_objet(atelier: Atelier, indicateur: Ligne, lieu: str) -> None:
    """Declared not applicable, its last day being `vu_le`, the day before or far away."""
    candidats = [atelier.jour(-e) for e in (0, 100, 364, 365, 366, 367)] + [date(2024, 2, 29)]
    possibles = [
        j for j in candidats if j >= atelier.debut and get_dernier_jour(j) >= atelier.jour(-2)
    ]
    le = atelier.de.choice(possibles)
    atelier.add("sans_objet", le, indicateur=indicateur["code"], territoire=lieu, valide_le=le)


def may_be_sans_objet(indicateur: Ligne) -> bool:
    """« Dans chaque quartier » and « prioritairement » may not be declared so; nor may a national."""
    return indicateur["genre"] != "national" and indicateur["mode"] not in {
        "obligation_chaque_quartier",
        "priorite",
    }


def add_scenario(atelier: Atelier) -> None:
    """One more scenario, for one of the indicators that get facts."""
    indicateur = atelier.de.choice(atelier.actifs)
    lieux = list_lieux(atelier, indicateur)
    if not lieux:
        return
    lieu = choose_lieu(atelier, lieux)
    if may_be_sans_objet(indicateur) and atelier.has_chance(0.08):
        add_sans_objet(atelier, indicateur, lieu)
        return
    genre, nature = indicateur["genre"], indicateur["nature"]
    if genre == "suivi":
        add_part(atelier, indicateur, lieu) if indicateur[
            "agregation"
        ] == "rapport" else add_valeur(
            atelier, indicateur, lieu, atelier.choose_jour(indicateur, lieu), Fraction(12, 10)
        )
    elif genre in {"compte", "part"} and atelier.has_chance(0.12):
        add_partout(atelier, indicateur)
    elif nature == "flux":
        add_flux(atelier, indicateur, lieu)
    elif genre == "part" and atelier.has_chance(0.5):
        add_part(atelier, indicateur, lieu)
    elif (
        genre == "compte"
        and indicateur["agregation"] == "objets_distincts"
        and atelier.has_chance(0.5)
    ):
        add_objets_comptes(atelier, indicateur, lieu)
    elif genre in {"compte", "part"}:
        add = atelier.de.choice((add_trajectoire, add_trajectoire, add_passage))
        add(atelier, indicateur, lieu)
    else:
        PAR_GENRE[genre](atelier, indicateur, lieu)


PAR_GENRE = {
    "presence": add_presence,
    "doublement": add_doublement,
    "national": add_national,
    "jalon": add_jalon,
}
