# ruff: noqa: INP001, T201 - a script beside its data, not a package; it says what it wrote
"""Write the files of the demonstration from `scenario.toml`: `python data/demo/generer.py` (same bytes each time).

The product never runs this: it imports the files, by the same use cases as those of a préfecture. One folder per
day of knowledge: what it holds was learnt that day (`--connu-le`). A test runs this script and compares.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

ICI = Path(__file__).resolve().parent
sys.path[:0] = [str(ICI), str(ICI.parent.parent)]

import geographie  # noqa: E402
from cellules import Cle, is_suivie, list_cellules, list_nues  # noqa: E402
from fiches import Fiche, Impossible  # noqa: E402
from inversion import SUIVENT, write_fiches  # noqa: E402
from recettes import Cible, Ecriture, Releve, follow, get_jours  # noqa: E402
from reperes import STALE, UNITES  # noqa: E402
from tables import (  # noqa: E402
    COLONNES_RELEVES,
    ENTETES,
    PLURIELS,
    render_csv,
    render_fiches,
)

from quartiers.core.contenu import describe  # noqa: E402
from quartiers.core.genres.organisme import Organisme  # noqa: E402
from quartiers.core.genres.poste import Poste  # noqa: E402
from quartiers.core.genres.vacances import VacancesScolaires  # noqa: E402
from quartiers.core.referentiel import (  # noqa: E402
    Action,
    GenreIndicateur,
    Indicateur,
    Referentiel,
)
from quartiers.core.territoire import Niveau  # noqa: E402

# The days something was learnt; a relevé is known at the first one that comes a few days after it.
VAGUES = (
    date(2026, 1, 15),
    date(2026, 4, 10),
    date(2026, 7, 8),
    date(2026, 10, 12),
    date(2026, 11, 20),
)
DELAI = timedelta(days=5)
MILLESIMES = {date(2026, 7, 1): date(2026, 7, 8), date(2026, 10, 1): date(2026, 10, 12)}
CALENDRIER_LE = date(2026, 1, 5)
ORGANISMES_LE = date(2025, 12, 31)
VALIDE_PAR = "Préfet du Val-de-Brume (fictif)"

# Plausible values of what the scenario does not decide, by unit: (least, most) for 4,000 inhabitants.
GRANDEURS = {
    "€": (18_000, 160_000),
    "jours/semaine": (4, 6),
    "jours/mois": (5, 14),
    "logements": (6, 90),
    "jours": (20, 80),
    "tournées": (3, 12),
    "%": (35, 80),
    "min": (6, 18),
    "structures": (2, 9),
    "permanences": (4, 18),
    "séances": (3, 12),
    "ateliers": (2, 9),
    "associations": (3, 14),
    "dispositifs": (1, 6),
}
ORDINAIRE = (6, 60)
DENOMINATEURS = (8, 12, 20, 36)
PETITS_DENOMINATEURS = (3, 4, 5, 6)

RANG_CLE = COLONNES_RELEVES.index("cle")


class Livre:
    """Files to write, by path under the folder of the demonstration."""

    def __init__(self, scenario: dict[str, Any], referentiel: Referentiel) -> None:
        self.scenario = scenario
        self.indicateurs = {i.code: i for i in referentiel.list_indicateurs()}
        self.referentiel = referentiel
        self.tables: dict[tuple[date, str], list[tuple[str, ...]]] = {}
        self.releves: dict[Cle, list[Releve]] = {}
        self.fiches: dict[tuple[date, str], list[Fiche]] = {}
        self.dites: set[Cle] = set()  # the cells that records say

    def add(self, vague: date, nom: str, ligne: tuple[str, ...]) -> None:
        """One more line in a file of a day."""
        self.tables.setdefault((vague, nom), []).append(ligne)

    def add_ecriture(self, ecriture: Ecriture) -> None:
        """What a recipe wrote, each line where it was learnt."""
        for releve in ecriture.releves:
            self.add_valeur(releve)
        for cible in ecriture.cibles:
            self.add_cible(cible)
        for indicateur, territoire, motif in ecriture.sans_objet:
            ligne = (indicateur, territoire, motif, "2026-02-10", VALIDE_PAR)
            self.add(VAGUES[1], "sans_objet.csv", ligne)

    def add_valeur(self, releve: Releve) -> None:
        """A value that a cell must have: records will say it, or a relevé."""
        cle = (releve.indicateur.code, releve.territoire)
        self.releves.setdefault(cle, []).append(releve)

    def add_fiches(self, fiches: Iterable[Fiche]) -> None:
        """Records, each where it was learnt."""
        for fiche in fiches:
            self.fiches.setdefault((get_vague(fiche.le), fiche.genre), []).append(fiche)

    def add_releve(self, releve: Releve, vague: date | None = None) -> None:
        """One line of releves.csv; its key names the cell and the day, so that a correction can come."""
        valeur, numerateur, denominateur, jalon = "", "", "", ""
        if releve.indicateur.genre is GenreIndicateur.JALON:
            jalon = releve.valeur
        elif "/" in releve.valeur:
            numerateur, _, denominateur = releve.valeur.partition("/")
        else:
            valeur = releve.valeur
        declarants = releve.indicateur.declarants
        declarant = declarants[0] if declarants else "delegue_prefet"
        cle = f"{releve.indicateur.code}/{releve.territoire}/{releve.date}"
        ligne = (
            *(releve.indicateur.code, releve.territoire, releve.date.isoformat()),
            *(valeur, numerateur, denominateur, jalon),
            *("relevé fictif", declarant, releve.commentaire, cle, "" if releve.valeur else "oui"),
        )
        self.add(vague or get_vague(releve.date), "releves.csv", ligne)

    def add_cible(self, cible: Cible) -> None:
        """One line of cibles.csv; an avenant is learnt when it takes effect."""
        vague = VAGUES[0] if cible.origine == "plan" else get_vague(cible.effet)
        ligne = (
            *(cible.indicateur, cible.territoire, cible.operateur, cible.valeur),
            *(write_date(cible.echeance), cible.base, write_date(cible.base_date)),
            *("plan fictif" if cible.base else "", cible.origine, cible.effet.isoformat()),
        )
        self.add(vague, "cibles.csv", ligne)


def get_vague(jour: date) -> date:
    """The day a fait of `jour` was learnt."""
    return next((v for v in VAGUES if v >= jour + DELAI), VAGUES[-1])


def write_date(jour: date | None) -> str:
    """ISO, or nothing."""
    return jour.isoformat() if jour is not None else ""


def fill_quartiers(livre: Livre) -> None:
    """Each letter of the scenario, then what it does not decide."""
    for quartier in livre.scenario["quartier"]:
        taille = Fraction(quartier["habitants"], 4000)
        code = quartier["code"]
        rattaches = " ".join(filter(None, (quartier["qpv"], quartier.get("qrr"))))
        ligne = (
            code,
            quartier["nom"],
            f"DEP-{geographie.DEPARTEMENT[0]}",
            rattaches,
            "2026-01-01",
            "",
        )
        livre.add(VAGUES[0], "quartiers.csv", ligne)
        lettres = zip(livre.referentiel.engagements, quartier["lettres"], strict=True)
        for engagement, suite in lettres:
            for action, lettre in zip(engagement.actions, suite, strict=True):
                if lettre != ".":
                    livre.add_ecriture(follow(lettre, action.principal, code, taille))
                fill_autres(livre, action, code, taille)
            for objectif in engagement.objectifs:
                for indicateur in objectif.indicateurs:
                    fill_ordinaire(livre, indicateur, code, taille)


def fill_autres(livre: Livre, action: Action, code: str, taille: Fraction) -> None:
    """The indicateurs beside the principal one."""
    for indicateur in action.indicateurs[1:]:
        fill_ordinaire(livre, indicateur, code, taille)


def fill_ordinaire(livre: Livre, indicateur: Indicateur, code: str, taille: Fraction) -> None:
    """A plausible value for about two cells in three, drawn from their names: the same at each run."""
    if indicateur.niveau is not Niveau.QUARTIER or is_calcule(indicateur):
        return
    if draw(indicateur.code, code, "dit") >= 66:
        return
    jours = get_jours(indicateur)
    if draw(indicateur.code, code, "vieux") < 8:
        jours = (STALE[indicateur.frequence],)
    if indicateur.genre is GenreIndicateur.PRESENCE:
        livre.add_valeur(
            Releve(indicateur, code, jours[-1], "1" if draw(indicateur.code, code) < 80 else "0")
        )
        return
    if indicateur.genre is GenreIndicateur.PART:
        are_choses = any(d.compte == "distinct" for d in indicateur.derivations)
        possibles = PETITS_DENOMINATEURS if are_choses else DENOMINATEURS
        constantes = [
            UNITES.get(str(d.calendrier), int(d.constante or 0)) for d in indicateur.derivations
        ]
        constantes = [nombre for nombre in constantes if nombre]
        denominateur = (constantes or possibles)[
            draw(indicateur.code, "den") % len(constantes or possibles)
        ]
        numerateur = denominateur * (35 + draw(indicateur.code, code) * 60 // 100) // 100
        livre.add_valeur(Releve(indicateur, code, jours[-1], f"{numerateur}/{denominateur}"))
        return
    moins, plus = GRANDEURS.get(indicateur.unite, ORDINAIRE)
    valeur = round((moins + (plus - moins) * Fraction(draw(indicateur.code, code), 100)) * taille)
    valeur = min(valeur, plus) if indicateur.unite.startswith(("jours", "%")) else valeur
    for rang, jour in enumerate(jours, start=1):
        flux = valeur * rang // len(jours) if indicateur.is_flux else valeur
        livre.add_valeur(Releve(indicateur, code, jour, str(flux)))


def is_calcule(indicateur: Indicateur) -> bool:
    """Read in the France services list: nobody declares it."""
    return any(
        isinstance(valeurs, tuple) and "france_services" in valeurs
        for d in indicateur.derivations
        for _, valeurs in d.filtre
    )


def draw(*noms: str) -> int:
    """A number from 0 to 99 drawn from names: no random generator, the same everywhere."""
    return int.from_bytes(hashlib.sha256("/".join(noms).encode()).digest()[:4]) % 100


def fill_portes(livre: Livre) -> None:
    """What communes, EPCI, the département and the nation bear."""
    for porte in livre.scenario["porte"]:
        indicateur = livre.indicateurs[porte["indicateur"]]
        for territoire, valeur in porte["territoires"].items():
            livre.add_valeur(Releve(indicateur, territoire, porte["date"], valeur))
            if "cible" in porte:
                base = (
                    {"base": str(porte["base"]), "base_date": date(2026, 1, 1)}
                    if "base" in porte
                    else {}
                )
                livre.add_cible(
                    Cible(
                        indicateur.code, territoire, str(porte["cible"]), porte["echeance"], **base
                    )  # type: ignore[arg-type]
                )


def fill_fiches(livre: Livre) -> None:
    """The records of each cell; the relevés of those that no record can say, and of those that stay bare."""
    nues = list_nues(livre.scenario)
    dites = livre.dites
    for (code, territoire), cellule in list_cellules(
        livre.scenario, livre.indicateurs, livre.releves
    ):
        if (code, territoire) in nues or (code, territoire) in dites:
            continue
        try:
            fiches = write_fiches(cellule)
        except Impossible:
            continue
        livre.add_fiches(fiches)
        dites |= {(code, t) for t in (territoire, *cellule.partages)}
    for cle, releves in livre.releves.items():
        code, territoire = cle
        suivie = (SUIVENT.get(code, ""), territoire)
        if cle not in dites and (suivie not in dites or not is_suivie(livre.releves, nues, cle)):
            for releve in releves:
                livre.add_releve(releve)


def fill_accidents(livre: Livre) -> None:
    """Corrections, a withdrawal, a disagreement, a confirmation, a first post, the organismes of
    the accounts, the stop of a bus.
    """
    for correction in livre.scenario["correction"]:
        cle = f"{correction['indicateur']}/{correction['territoire']}/{correction['date']}"
        vague = get_vague(correction["date"])
        lignes = livre.tables[vague, "releves.csv"]
        rang = next(i for i, ligne in enumerate(lignes) if ligne[RANG_CLE] == cle)
        livre.add(VAGUES[3], "releves.csv", lignes[rang])
        lignes[rang] = (*lignes[rang][:3], correction["valeur"], *lignes[rang][4:])
    for retrait in livre.scenario["retrait"]:
        indicateur = livre.indicateurs[retrait["indicateur"]]
        dit = Releve(indicateur, retrait["territoire"], retrait["date"], retrait["valeur"])
        livre.add_releve(dit, VAGUES[1])
        vide = Releve(
            indicateur, retrait["territoire"], retrait["date"], "", "Retiré par son déclarant."
        )
        livre.add_releve(vide, VAGUES[2])
    for releve in livre.scenario["releve"]:
        indicateur = livre.indicateurs[releve["indicateur"]]
        livre.add_releve(
            Releve(
                indicateur,
                releve["territoire"],
                releve["date"],
                releve["valeur"],
                releve["commentaire"],
            )
        )
    for c in livre.scenario["confirmation"]:
        ligne = (
            c["indicateur"],
            c["territoire"],
            c["lieu"],
            c["date"].isoformat(),
            c["motif"],
            c["par"],
        )
        livre.add(get_vague(c["date"]), "confirmations.csv", ligne)
    for poste in livre.scenario["poste"]:
        champs = {nom: str(poste[nom]) for nom in describe(Poste) if nom in poste}
        livre.add_fiches([Fiche("poste", poste["objet"], poste["le"], poste["situe"], champs)])
    for o in livre.scenario["organisme"]:
        champs = {nom: str(o[nom]) for nom in describe(Organisme) if nom in o}
        livre.add_fiches([Fiche("organisme", o["nom"], ORGANISMES_LE, o["situe"], champs)])
    for v in livre.scenario["vacances"]:
        objet = f"Val-de-Brume/{v['nom']}"
        champs = {nom: str(v[nom]) for nom in describe(VacancesScolaires)}
        livre.add_fiches([Fiche("vacances", objet, CALENDRIER_LE, "DEP-00", champs)])
    for arret in livre.scenario["arret"]:
        lon, lat = geographie.locate(arret["est"], arret["nord"])
        ligne = (arret["lieu"], arret["territoire"], arret["adresse"], str(lon), str(lat))
        fin = (arret["jour"], arret["heures"], arret["du"].isoformat(), "")
        livre.add(VAGUES[2], "arrets.csv", (*ligne, *fin))


def build_livre(referentiel: Referentiel) -> Livre:
    """All that the scenario says."""
    scenario = tomllib.loads((ICI / "scenario.toml").read_text(encoding="utf-8"))
    livre = Livre(scenario, referentiel)
    fill_quartiers(livre)
    fill_portes(livre)
    fill_fiches(livre)
    fill_accidents(livre)
    return livre


def generate(referentiel: Referentiel) -> dict[str, str]:
    """Every file of the demonstration: path under this folder → content."""
    livre = build_livre(referentiel)
    scenario = livre.scenario
    fichiers: dict[str, str] = {}
    premiere = VAGUES[0].isoformat()
    for nom, (entete, lignes) in geographie.list_cog().items():
        fichiers[f"{premiere}/cog/{nom}"] = render_csv(entete, lignes, ",")
    fichiers[f"{premiere}/qpv.geojson"] = geographie.write_qpv(scenario["quartier"])
    fichiers[f"{premiere}/qrr.geojson"] = geographie.write_qrr(scenario["quartier"])
    for millesime, vague in MILLESIMES.items():
        lieux = geographie.list_france_services(scenario["lieu"], millesime)
        contenu = render_csv(geographie.COLONNES_FRANCE_SERVICES, lieux, ",")
        fichiers[f"{vague}/france-services-{millesime}.csv"] = contenu
    for (vague, genre), fiches in livre.fiches.items():
        fichiers[f"{vague}/{PLURIELS.get(genre, f'{genre}s')}.csv"] = render_fiches(genre, fiches)
    for (vague, nom), table in livre.tables.items():
        fichiers[f"{vague}/{nom}"] = render_csv(ENTETES[nom], table)
    return fichiers


def main() -> None:
    """Write them all, and say how many lines."""
    from quartiers.referentiel.charger import DOSSIER_PAR_DEFAUT, load_programme

    fichiers = generate(load_programme(DOSSIER_PAR_DEFAUT))
    for chemin, contenu in sorted(fichiers.items()):
        fichier = ICI / chemin
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(contenu, encoding="utf-8")
        print(f"{chemin} : {contenu.count(chr(10))} lignes")


if __name__ == "__main__":
    main()
