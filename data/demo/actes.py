# ruff: noqa: INP001 - a script beside its data, not a package
"""Values that count things that took place → séances, activités, financements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from fiches import OUI, UN_JOUR, Cellule, Fiche, Impossible, draw, get_debut_de_periode, get_filtre

from quartiers.core.contenu import SEPARATEUR
from quartiers.core.genres import GENRES_DERIVES

SEMAINE, MOIS, ANNEE = timedelta(days=7), timedelta(days=30), timedelta(days=366)
DOMAINES = ("educatif", "culturel", "sportif", "scolaire", "environnemental", "numerique")
COLLEGES = ("collectivite", "association", "habitants")


def get_genre(cellule: Cellule) -> str:
    """The kind of the records that say it."""
    return GENRES_DERIVES[str(cellule.derivation.de)].GENRE


def build_acte(cellule: Cellule, jour: date, numero: object, **autres: str) -> Fiche:
    """A meeting, or an activity of one day, that took place."""
    genre, mots = get_genre(cellule), cellule.get_mots()
    champs = {**mots, "tenue": OUI, **autres}
    if genre == "activite":
        champs = {"premier_jour": jour.isoformat(), **champs}
    return Fiche(genre, cellule.name(*mots.values(), numero), jour, cellule.liens, champs)


def write_presences(cellule: Cellule) -> Iterator[Fiche]:
    """Once at each date where it is there; where it is not, all was recorded, and nothing still counts from before."""
    mois = get_filtre(cellule.derivation, "fenetre_mois")
    duree = MOIS * mois if isinstance(mois, int) else timedelta()
    zeros = [releve.date for releve in cellule.releves if releve.valeur == "0"]
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        if not nombre:
            yield cellule.write_pointage(releve.date)
        elif not any(releve.date < zero < releve.date + duree for zero in zeros):
            yield build_acte(cellule, releve.date, releve.date)


def write_tenues(cellule: Cellule) -> Iterator[Fiche]:
    """As many meetings since the beginning of the period as counted, one by one."""
    deja: dict[date, int] = {}
    veille: dict[date, date] = {}
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        debut = get_debut_de_periode(cellule.indicateur, releve.date)
        avant, depuis = deja.get(debut, 0), veille.get(debut, debut - UN_JOUR)
        nouvelles = nombre - avant
        if nouvelles < 0:
            raise Impossible(f"{cellule.indicateur.code} : {nombre} après {avant}")
        duree = (releve.date - depuis).days
        for rang in range(1, nouvelles + 1):
            jour = depuis + timedelta(days=max(1, duree * rang // nouvelles))
            yield build_acte(cellule, jour, avant + rang)
        if nouvelles == 0:
            yield cellule.write_pointage(releve.date)
        deja[debut], veille[debut] = nombre, releve.date


def write_hebdomadaires(cellule: Cellule) -> Iterator[Fiche]:
    """As many sessions as counted: some activities that come back each week, until the date."""
    deja: dict[date, int] = {}
    veille: dict[date, date] = {}
    mots = cellule.get_mots()
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        debut = get_debut_de_periode(cellule.indicateur, releve.date)
        depuis = veille.get(debut, debut - UN_JOUR)
        reste = nombre - deja.get(debut, 0)
        if reste < 0:
            raise Impossible(f"{cellule.indicateur.code} : {nombre}")
        if reste == 0:
            yield cellule.write_pointage(releve.date)
        serie = 0
        while reste > 0:
            dernier = releve.date - timedelta(days=serie)
            semaines = min(reste, 1 + (dernier - depuis - UN_JOUR) // SEMAINE)
            if semaines < 1:
                raise Impossible(f"{cellule.indicateur.code} : trop de séances")
            serie, reste = serie + 1, reste - semaines
            champs = {
                **mots,
                "premier_jour": (dernier - (semaines - 1) * SEMAINE).isoformat(),
                "dernier_jour": dernier.isoformat(),
                "rythme": "hebdomadaire",
                "tenue": OUI,
            }
            objet = cellule.name(*mots.values(), releve.date, serie)
            yield Fiche("activite", objet, releve.date, cellule.liens, champs)
        deja[debut], veille[debut] = nombre, releve.date


def write_series(cellule: Cellule) -> Iterator[Fiche]:
    """As many cycles as counted, each of some weeks."""
    deja: dict[date, int] = {}
    mots = cellule.get_mots()
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        debut = get_debut_de_periode(cellule.indicateur, releve.date)
        avant = deja.get(debut, 0)
        if nombre == avant:
            yield cellule.write_pointage(releve.date)
        for numero in range(avant + 1, nombre + 1):
            dernier = releve.date - timedelta(days=numero - avant - 1)
            semaines = min(2 + draw(cellule.name(numero)) % 5, 1 + (dernier - debut) // SEMAINE)
            champs = {
                **mots,
                "titre": f"Cycle {numero} (fictif)",
                "premier_jour": (dernier - (semaines - 1) * SEMAINE).isoformat(),
                "dernier_jour": dernier.isoformat(),
                "rythme": "hebdomadaire",
                "tenue": OUI,
                "serie": f"{cellule.territoire} cycle {debut.year}-{numero}",
            }
            objet = cellule.name(*mots.values(), debut.year, numero)
            yield Fiche("activite", objet, releve.date, cellule.liens, champs)
        deja[debut] = nombre


def write_colleges(cellule: Cellule) -> Iterator[Fiche]:
    """As many meetings during the months before as the denominator; all the colleges came to some."""
    dernier = cellule.dates[-1]
    nombre, total = cellule.list_nombres()[-1]
    instances = get_filtre(cellule.derivation, "instance")
    if not total or not isinstance(instances, tuple):
        raise Impossible(cellule.indicateur.code)
    for rang in range(total):
        jour = dernier - rang * timedelta(days=180 // total)
        presents = COLLEGES if rang < nombre else COLLEGES[:2]
        champs = {"instance": instances[rang % 2], "colleges": SEPARATEUR.join(presents)}
        yield build_acte(cellule, jour, jour, **champs)


def write_soirees(cellule: Cellule) -> Iterator[Fiche]:
    """An evening each week, in as many weeks of the year as the neighbouring share says."""
    voisine = cellule.voisines.get("e09-a5-soir-weekend")
    mots = cellule.get_mots()
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        if not nombre:
            yield cellule.write_pointage(releve.date)
            continue
        premier = releve.date
        if voisine:
            dessus, _, dessous = voisine[-1].valeur.partition("/")
            premier -= SEMAINE * (releve.date.isocalendar().week * int(dessus) // int(dessous) - 1)
        champs = {
            **mots,
            "titre": "Soirée ouverte aux jeunes (fictif)",
            "premier_jour": premier.isoformat(),
            "rythme": "hebdomadaire",
            "heure_debut": "18:30",
            "heure_fin": "21:00",
            "tenue": OUI,
        }
        yield Fiche("activite", cellule.name("soiree"), releve.date, cellule.liens, champs)


def write_tournees(cellule: Cellule) -> Iterator[Fiche]:
    """A round at each date, and as many each month as the neighbouring count says."""
    comptees = {r.date: int(r.valeur) for r in cellule.voisines.get("e08-a4-maraudes", ())}
    for fiche in write_presences(cellule):
        if fiche.genre == "pointage" or not comptees.get(fiche.le):
            yield fiche
    for dernier, nombre in comptees.items():
        for rang in range(nombre):
            jour = dernier - timedelta(days=rang * (28 // nombre))
            yield build_acte(cellule, jour, f"{dernier:%Y-%m}-{rang + 1}")


def write_ateliers(cellule: Cellule) -> Iterator[Fiche]:
    """Sessions held at the Micro-Folie of the quartier."""
    lieu = cellule.voisines.get("e03-a5-micro-folie", ())
    if not lieu or lieu[-1].valeur == "0" or lieu[-1].date < cellule.dates[-1] - ANNEE:
        raise Impossible(f"{cellule.indicateur.code} : pas de lieu")
    for fiche in write_hebdomadaires(cellule):
        if fiche.genre == "pointage":
            raise Impossible(f"{cellule.indicateur.code} : zéro")
        objet = cellule.name("micro_folie", 1)
        yield replace(fiche, champs={**fiche.champs, "lieu": objet})


def write_financements(cellule: Cellule) -> Iterator[Fiche]:
    """A line for each association supported; the neighbours say the amounts, the fields and the second funders."""
    nombres = [nombre for nombre, _ in cellule.list_nombres()]
    total = max(nombres)
    montants = {r.date: int(r.valeur) for r in cellule.voisines.get("e05-a2-montant", ())}
    domaines = DOMAINES[: max(1, take_part(cellule, "e05-a2-domaines-offre", len(DOMAINES)))]
    doubles = take_part(cellule, "e05-a3-taux-cofinancement", total)
    liees = cellule.voisines.get("e08-a8-associations-soutenues")
    de_police = int(liees[-1].valeur) if liees else 0
    deja, deja_verse, veille = 0, 0, None
    for jour, nombre in zip(cellule.dates, nombres, strict=True):
        debut = get_debut_de_periode(cellule.indicateur, jour)
        if veille is None or veille < debut:
            deja, deja_verse, veille = 0, 0, debut - UN_JOUR
        nouvelles = nombre - deja
        if nouvelles <= 0:
            yield cellule.write_pointage(jour)
        reste = montants.get(jour, 0) - deja_verse
        for rang in range(1, nouvelles + 1):
            numero = deja + rang
            dit = veille + timedelta(days=max(1, (jour - veille).days * rang // nouvelles))
            montant = reste * rang // nouvelles - reste * (rang - 1) // nouvelles
            champs = {
                "financeur": "Préfecture du Val-de-Brume (fictif)",
                "beneficiaire": f"Association {numero} de {cellule.lieu_dit} (fictif)",
                "genre_beneficiaire": "association",
                "attribue_le": max(debut, dit - timedelta(days=12)).isoformat(),
                "action_financee": f"Action {numero} de {cellule.lieu_dit} (fictif)",
                "domaine": domaines[numero % len(domaines)],
                "programme": "bop-147",
            }
            if numero <= de_police:
                champs["theme"] = "lien_police_population"
            if numero <= doubles:
                autre = {**champs, "financeur": "Caisse d’allocations familiales (fictif)"}
                del autre["programme"]
                objet = cellule.name("financement", debut.year, numero, "bis")
                yield Fiche("financement", objet, dit, cellule.liens, autre)
            champs["verse_le"] = dit.isoformat()
            if montant > 0:
                champs["montant_verse"] = str(montant)
            objet = cellule.name("financement", debut.year, numero)
            yield Fiche("financement", objet, dit, cellule.liens, champs)
        deja, deja_verse, veille = max(deja, nombre), montants.get(jour, deja_verse), jour


def take_part(cellule: Cellule, code: str, nombre: int) -> int:
    """How many of some things a neighbouring share says; none without it."""
    releves = cellule.voisines.get(code)
    if not releves:
        return 0
    dessus, _, dessous = releves[-1].valeur.partition("/")
    return round(nombre * int(dessus) / int(dessous))


def write_projets_finances(cellule: Cellule) -> Iterator[Fiche]:
    """A line for each project funded."""
    mots = cellule.get_mots()
    deja: dict[int, int] = {}
    for releve, (nombre, _) in zip(cellule.releves, cellule.list_nombres(), strict=True):
        avant = deja.get(releve.date.year, 0)
        if nombre == avant:
            yield cellule.write_pointage(releve.date)
        for numero in range(avant + 1, nombre + 1):
            champs = {
                **mots,
                "financeur": "Fonds d’héritage (fictif)",
                "beneficiaire": f"Ligue sportive {numero} (fictif)",
                "genre_beneficiaire": "operateur",
                "attribue_le": (releve.date - timedelta(days=numero - avant - 1)).isoformat(),
                "action_financee": f"Terrain {numero} de {cellule.lieu_dit} (fictif)",
                "domaine": "sportif",
            }
            objet = cellule.name(*mots.values(), releve.date.year, numero)
            yield Fiche("financement", objet, releve.date, cellule.liens, champs)
        deja[releve.date.year] = nombre
