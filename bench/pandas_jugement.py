"""A value against its target, for all cells of a DataFrame at once (L-14 to L-22), in whole numbers."""

from __future__ import annotations

import numpy as np
import pandas as pd

from bench.monde_national import JAMAIS, MICRO, OPERATEURS, SANS_JOUR, VIDE, Booleens, Entiers
from quartiers.core.referentiel import Operateur
from quartiers.core.statut import Statut

STATUTS = tuple(Statut)
CODE = {statut: rang for rang, statut in enumerate(STATUTS)}
AU_MOINS, AU_PLUS, EXACTEMENT = (
    OPERATEURS.index(o) for o in (Operateur.AU_MOINS, Operateur.AU_PLUS, Operateur.EXACTEMENT)
)
RETARD_TOLERE = 30


def judge_valeurs(cellules: pd.DataFrame, vu: int) -> Entiers:
    """Statut of each cell from its last value, freshness and losses apart (L-16, L-18, L-21)."""
    haut, bas, seuil, base, operateur = (
        cellules[nom].to_numpy() for nom in ("haut", "bas", "seuil", "base", "operateur")
    )
    echeance = cellules["echeance"].to_numpy()
    depart = cellules["depart"].to_numpy()
    inconnue = base == VIDE
    nulle = inconnue | (base == 0)
    recul = ~inconnue & np.where(operateur == AU_PLUS, haut > base * bas, haut < base * bas)
    duree = echeance - depart
    jours = np.clip(cellules["date"].to_numpy() - depart, 0, np.maximum(duree, 0))
    sens = np.where(operateur == AU_PLUS, -1, 1)
    chemin = sens * (haut - base * bas) * duree * 10
    total = sens * (seuil - base) * bas * jours
    cas = [
        (bas == 0, Statut.SANS_OBJET),
        (seuil == VIDE, Statut.SANS_CIBLE),
        (_is_atteint(haut, bas, seuil, operateur), Statut.ATTEINT),
        (echeance < vu, Statut.ECHU_NON_ATTEINT),
        ((operateur == EXACTEMENT) & (haut == 0) & nulle, Statut.NON_ENGAGE),
        (operateur == EXACTEMENT, Statut.A_SURVEILLER),
        (~inconnue & _is_atteint(base, 1, seuil, operateur), Statut.EN_RETARD),
        ((haut == 0) & (operateur == AU_MOINS) & nulle, Statut.NON_ENGAGE),
        ((echeance == JAMAIS) & recul, Statut.EN_RETARD),
        (echeance == JAMAIS, Statut.A_SURVEILLER),
        (inconnue | (depart == SANS_JOUR), Statut.A_SURVEILLER),
        (
            recul,
            Statut.EN_RETARD,
        ),  # behind its base, a value has no share of the way or a negative one
        ((duree <= 0) | (jours * 10 < duree), Statut.EN_BONNE_VOIE),
        (chemin < 6 * total, Statut.EN_RETARD),
        (chemin < 9 * total, Statut.A_SURVEILLER),
    ]
    statut = np.select([c for c, _ in cas], [CODE[s] for _, s in cas], CODE[Statut.EN_BONNE_VOIE])
    return np.asarray(statut, np.int64)


def _is_atteint(haut: Entiers, bas: Entiers | int, seuil: Entiers, operateur: Entiers) -> Booleens:
    """Whether `haut` / `bas` satisfies the threshold."""
    ecart = haut - seuil * bas
    reussi = np.where(operateur == AU_MOINS, ecart >= 0, ecart <= 0)
    return np.asarray(np.where(operateur == EXACTEMENT, ecart == 0, reussi), bool)


def plan_etapes(cellules: pd.DataFrame, lignes: pd.DataFrame) -> pd.DataFrame:
    """The line in force of each step of each jalon, the référentiel's own step where no line sets it (L-20)."""
    plans = lignes.loc[lignes["jalon"], ["cellule", "valeur", "echeance"]].assign(plan=True)
    propres = cellules.loc[
        (cellules["genre"] == "jalon") & (cellules["seuil"] != VIDE), ["seuil", "echeance"]
    ]
    propres = propres.rename(columns={"seuil": "valeur"}).rename_axis("cellule").reset_index()
    etapes = pd.concat([propres.assign(plan=False), plans], ignore_index=True)
    etapes["etape"] = etapes["valeur"] // MICRO
    return etapes.drop_duplicates(["cellule", "etape"], keep="last")


def judge_jalons(cellules: pd.DataFrame, etapes: pd.DataFrame, vu: int) -> None:
    """Statuts of jalons, by the planned date of the lowest step not reached that has one (L-20)."""
    jalons = cellules.loc[cellules["genre"] == "jalon", ["haut", "zero_hors"]]
    pas = (jalons["haut"] // MICRO).rename("pas")
    par_cellule = etapes.groupby("cellule")
    cible = par_cellule["etape"].max().reindex(jalons.index, fill_value=-1)
    planifie = par_cellule["plan"].any().reindex(jalons.index, fill_value=False)
    suite = etapes.join(pas, on="cellule")
    suite = suite[(suite["etape"] > suite["pas"]) & (suite["echeance"] != JAMAIS)]
    suite = suite.sort_values("etape").drop_duplicates("cellule").set_index("cellule")
    prochaine = suite["echeance"].reindex(jalons.index, fill_value=JAMAIS)
    retard = vu - prochaine
    cas = [
        ((pas == 0) & jalons["zero_hors"] & ~planifie, Statut.SANS_OBJET),
        (cible < 0, Statut.SANS_CIBLE),
        (pas >= cible, Statut.ATTEINT),
        (retard > RETARD_TOLERE, Statut.EN_RETARD),
        (retard > 0, Statut.A_SURVEILLER),
        (pas == 0, Statut.NON_ENGAGE),
        (prochaine == JAMAIS, Statut.A_SURVEILLER),
    ]
    statut = np.select([c for c, _ in cas], [CODE[s] for _, s in cas], CODE[Statut.EN_BONNE_VOIE])
    cellules.loc[jalons.index, "statut"] = statut
    cellules.loc[jalons.index, "seuil"] = cible * MICRO
    cellules.loc[jalons.index, "operateur"] = AU_MOINS


def mark_pertes(cellules: pd.DataFrame, vus: pd.DataFrame) -> None:
    """A présence or a step that was reached on an earlier day and no longer is: late (L-14)."""
    juges = [CODE[Statut.ATTEINT], CODE[Statut.SANS_CIBLE], CODE[Statut.SANS_OBJET]]
    manques = cellules["genre"].isin(["presence", "jalon"]) & ~cellules["statut"].isin(juges)
    histoire = vus[manques.to_numpy()[vus["cellule"].to_numpy()]]
    histoire = histoire.drop_duplicates(["cellule", "date"], keep="last")
    cibles = cellules[["seuil", "operateur"]].take(histoire["cellule"].to_numpy())
    atteint = _is_atteint(
        histoire["haut"].to_numpy(),
        histoire["bas"].to_numpy(),
        cibles["seuil"].to_numpy(),
        cibles["operateur"].to_numpy(),
    )
    perdues = histoire["cellule"].to_numpy()[atteint]
    cellules.loc[np.unique(perdues), "statut"] = CODE[Statut.EN_RETARD]
