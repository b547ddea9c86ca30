# ruff: noqa: INP001, T201 - a script beside its data, not a package; it says what it wrote
"""Write the files of the demonstration from `scenario.toml`: `python data/demo/generer.py` (same bytes each time).

The product never runs this: it imports the files, by the same use cases as those of a préfecture. One folder per
day of knowledge: what it holds was learnt that day (`--connu-le`). A test runs this script and compares.
"""

from __future__ import annotations

import csv
import hashlib
import io
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
from recettes import Cible, Ecriture, Releve, follow, get_jours  # noqa: E402
from reperes import STALE  # noqa: E402

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
    "dispositifs": (1, 6),
}
ORDINAIRE = (6, 60)
DENOMINATEURS = (8, 12, 20, 36)

COLONNES_RELEVES = (
    *("indicateur", "territoire", "date", "valeur", "numerateur", "denominateur", "jalon"),
    *("source", "declarant", "commentaire", "cle", "retrait"),
)
RANG_CLE = COLONNES_RELEVES.index("cle")
COLONNES_CIBLES = (
    *("indicateur", "territoire", "operateur", "valeur", "echeance", "base", "base_date"),
    *("base_source", "origine", "effet"),
)


class Livre:
    """Files to write, by path under the folder of the demonstration."""

    def __init__(self, scenario: dict[str, Any], referentiel: Referentiel) -> None:
        self.scenario = scenario
        self.indicateurs = {i.code: i for i in referentiel.list_indicateurs()}
        self.referentiel = referentiel
        self.tables: dict[tuple[date, str], list[tuple[str, ...]]] = {}
        self.fichiers: dict[str, str] = {}

    def add(self, vague: date, nom: str, ligne: tuple[str, ...]) -> None:
        """One more line in a file of a day."""
        self.tables.setdefault((vague, nom), []).append(ligne)

    def add_ecriture(self, ecriture: Ecriture) -> None:
        """What a recipe wrote, each line where it was learnt."""
        for releve in ecriture.releves:
            self.add_releve(releve)
        for cible in ecriture.cibles:
            self.add_cible(cible)
        for indicateur, territoire, motif in ecriture.sans_objet:
            ligne = (indicateur, territoire, motif, "2026-02-10", VALIDE_PAR)
            self.add(VAGUES[1], "sans_objet.csv", ligne)

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
        livre.add_releve(
            Releve(indicateur, code, jours[-1], "1" if draw(indicateur.code, code) < 80 else "0")
        )
        return
    if indicateur.genre is GenreIndicateur.PART:
        denominateur = DENOMINATEURS[draw(indicateur.code, "den") % len(DENOMINATEURS)]
        numerateur = denominateur * (35 + draw(indicateur.code, code) * 60 // 100) // 100
        livre.add_releve(Releve(indicateur, code, jours[-1], f"{numerateur}/{denominateur}"))
        return
    moins, plus = GRANDEURS.get(indicateur.unite, ORDINAIRE)
    valeur = round((moins + (plus - moins) * Fraction(draw(indicateur.code, code), 100)) * taille)
    valeur = min(valeur, plus) if indicateur.unite.startswith(("jours", "%")) else valeur
    for rang, jour in enumerate(jours, start=1):
        flux = valeur * rang // len(jours) if indicateur.is_flux else valeur
        livre.add_releve(Releve(indicateur, code, jour, str(flux)))


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
            livre.add_releve(Releve(indicateur, territoire, porte["date"], valeur))
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


def fill_accidents(livre: Livre) -> None:
    """Corrections, a withdrawal, a disagreement, a confirmation, a first post, the stop of a bus."""
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
        jours = (poste["finance_depuis"].isoformat(), poste["pourvu_depuis"].isoformat())
        dit = (poste["objet"], poste["le"].isoformat(), poste["situe"], poste["fonction"])
        ligne = (*dit, poste["employeur"], poste["etp"], poste["etp"], *jours)
        livre.add(get_vague(poste["le"]), "postes.csv", ligne)
    for arret in livre.scenario["arret"]:
        lon, lat = geographie.locate(arret["est"], arret["nord"])
        ligne = (arret["lieu"], arret["territoire"], arret["adresse"], str(lon), str(lat))
        fin = (arret["jour"], arret["heures"], arret["du"].isoformat(), "")
        livre.add(VAGUES[2], "arrets.csv", (*ligne, *fin))


ENTETES = {
    "releves.csv": COLONNES_RELEVES,
    "cibles.csv": COLONNES_CIBLES,
    "quartiers.csv": ("code", "nom", "departement", "rattaches", "attendu_du", "attendu_au"),
    "postes.csv": (
        *("objet", "le", "situe", "fonction", "employeur", "etp_finance", "etp_pourvu"),
        *("finance_depuis", "pourvu_depuis"),
    ),
    "sans_objet.csv": ("indicateur", "territoire", "motif", "valide_le", "valide_par"),
    "confirmations.csv": ("indicateur", "territoire", "lieu", "date", "motif", "par"),
    "arrets.csv": (
        *("lieu", "territoire", "adresse", "longitude", "latitude", "jour", "heures", "du", "au"),
    ),
}


def render_csv(
    entete: Iterable[str], lignes: Iterable[tuple[str, ...]], separateur: str = ";"
) -> str:
    """A CSV text, LF line ends."""
    flux = io.StringIO()
    redacteur = csv.writer(flux, delimiter=separateur, lineterminator="\n")
    redacteur.writerow(entete)
    redacteur.writerows(lignes)
    return flux.getvalue()


def generate(referentiel: Referentiel) -> dict[str, str]:
    """Every file of the demonstration: path under this folder → content."""
    scenario = tomllib.loads((ICI / "scenario.toml").read_text(encoding="utf-8"))
    livre = Livre(scenario, referentiel)
    fill_quartiers(livre)
    fill_portes(livre)
    fill_accidents(livre)
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
