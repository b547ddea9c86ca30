"""The same rules in pandas, as a good analyst would write them: whole columns, no loop over cells.

Written from docs/lectures.md (L-01 to L-25), for what the invented nation holds: relevés of one rank and target lines,
no object, no list, no declared « sans objet », no school calendar, quartiers only. Two ways to the last values: from
tables where all that does not depend on the dates looked at is prepared once (sort, versions, freshness), as the columns
of the product do; or `direct`, from the relevés as they came. Whole numbers everywhere: a value is `haut` / `bas`
millionths of its unit, so that r = 0.60 and 29 of 100 are decided exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.monde_national import (
    JAMAIS,
    MICRO,
    OPERATEURS,
    ORIGINES,
    SANS_CLE,
    SANS_DENOMINATEUR,
    SANS_JOUR,
    VIDE,
    Booleens,
    Cibles,
    Entiers,
    Monde,
    Releves,
)
from bench.pandas_jugement import (
    AU_MOINS,
    CODE,
    STATUTS,
    judge_jalons,
    judge_valeurs,
    mark_pertes,
    plan_etapes,
)
from quartiers.core.referentiel import (
    Frequence,
    GenreIndicateur,
    Indicateur,
    Origine,
    PasZero,
    Periode,
    RelativeA,
)
from quartiers.core.statut import Statut

LIMITE_EN_JOURS = {
    Frequence.MOIS: 45,
    Frequence.TRIMESTRE: 120,
    Frequence.SEMESTRE: 240,
    Frequence.AN: 450,
    Frequence.RENTREE: 450,
    Frequence.VACANCES: 240,  # no school calendar here: the limit of a semestre (L-24)
}
ANNEES = {Periode.ANNEE_CIVILE: "Y-DEC", Periode.ANNEE_SCOLAIRE: "Y-AUG"}
ORDINAL_1970 = 719_163


@dataclass(frozen=True, slots=True)
class Tables:
    """Prepared once: relevés sorted by (cell, date, knowledge), target lines likewise, one row per cell.

    `brutes`: the relevés as they came; `regles`: one row per indicateur.
    """

    releves: pd.DataFrame
    cibles: pd.DataFrame
    cellules: pd.DataFrame
    quartiers: int
    brutes: pd.DataFrame
    regles: pd.DataFrame

    @property
    def nbytes(self) -> int:
        """Memory held by the three prepared tables."""
        tables = (self.releves, self.cibles, self.cellules)
        return int(sum(t.memory_usage(deep=True).sum() for t in tables))


def prepare_tables(monde: Monde) -> Tables:
    """From arrays to sorted DataFrames."""
    quartiers = len(monde.codes)
    regles = pd.DataFrame([_read_regle(i) for i in monde.indicateurs])
    cellules = regles.loc[np.repeat(np.arange(len(regles)), quartiers)].reset_index(drop=True)
    brutes = _read_releves(monde.releves)
    releves = _prepare_releves(brutes)
    releves["perime_le"] = _measure_peremption(releves, regles, quartiers)
    cibles = _prepare_cibles(monde.cibles, quartiers, regles)
    return Tables(releves, cibles, cellules, quartiers, brutes, regles)


def _read_regle(indicateur: Indicateur) -> dict[str, object]:
    """One row per indicateur: kind, freshness, and the target of the référentiel when it counts (L-19, L-30)."""
    cible = indicateur.cible
    if cible is not None and (
        cible.origine is not Origine.ANNEXE or indicateur.genre is GenreIndicateur.NATIONAL
    ):
        cible = None
    relative = cible is not None and cible.relative_a is RelativeA.ANNEE_PRECEDENTE
    absolue = cible is not None and cible.relative_a is None
    return {
        "genre": indicateur.genre.value,
        "annee": ANNEES[indicateur.periode] if indicateur.is_flux and indicateur.periode else "",
        "limite": LIMITE_EN_JOURS[indicateur.frequence],
        "zero_hors": indicateur.pas_0 is PasZero.SANS_OBJET,
        "relative": relative,
        "plus": int(cible.valeur * MICRO) if cible is not None and relative else 0,
        "operateur": OPERATEURS.index(cible.operateur) if cible else AU_MOINS,
        "seuil": int(cible.valeur * MICRO) if cible is not None and absolue else VIDE,
        "echeance": cible.echeance.toordinal() if cible and cible.echeance else JAMAIS,
    }


def _read_releves(lot: Releves) -> pd.DataFrame:
    """Rows as they came, with what makes two of them versions of one another (L-02, L-03)."""
    nue = (lot.cle == SANS_CLE).astype(int)
    identite = np.where(nue, lot.cellule * 2**20 + lot.date, lot.cle)
    en_part = lot.denominateur != SANS_DENOMINATEUR
    return pd.DataFrame(
        {
            "cellule": lot.cellule,
            "date": lot.date,
            "connu": lot.connu,
            "ordre": lot.ordre,
            "haut": np.where(en_part, lot.valeur // MICRO * 100 * MICRO, lot.valeur),
            "bas": np.where(en_part, lot.denominateur // MICRO, 1),
            "retrait": lot.retrait,
            "nue": nue,
            "identite": identite,
        }
    )


def _prepare_releves(brutes: pd.DataFrame) -> pd.DataFrame:
    """Each row with the day a later version of the same line became known; no retraction is kept."""
    table = brutes.sort_values(["connu", "ordre"])
    suivante = table.groupby(["nue", "identite"], sort=False)["connu"].shift(-1)
    table["fin"] = suivante.fillna(JAMAIS).astype("int64")
    table = table[~table["retrait"]].sort_values(["cellule", "date", "connu", "ordre"])
    return table.drop(columns=["ordre", "retrait", "nue", "identite"]).reset_index(drop=True)


def _prepare_cibles(lot: Cibles, quartiers: int, regles: pd.DataFrame) -> pd.DataFrame:
    """Lines that may count, in the order in which they replace one another; a doubling is worth twice its base."""
    table = pd.DataFrame({nom: getattr(lot, nom) for nom in Cibles.__slots__})
    table = table[table["origine"] != ORIGINES.index(Origine.PROPOSITION)]
    genre = regles["genre"].to_numpy()[table["cellule"] // quartiers]
    double = (genre == "doublement") & (table["base"] != VIDE)
    table["seuil"] = table["valeur"].mask(double, 2 * table["base"].where(double, 0))
    table["jalon"] = genre == "jalon"
    return table.sort_values(["cellule", "effet", "connu", "ordre"]).reset_index(drop=True)


def list_periodes(jours: Entiers, annee: str) -> tuple[Entiers, Entiers]:
    """First and last days (ordinals) of the years that hold `jours`."""
    periodes = pd.DatetimeIndex((jours - ORDINAL_1970).astype("M8[D]")).to_period(annee)
    debut = periodes.start_time.to_numpy().astype("M8[D]").astype(np.int64) + ORDINAL_1970
    fin = periodes.end_time.to_numpy().astype("M8[D]").astype(np.int64) + ORDINAL_1970
    return debut, fin


def _measure_peremption(releves: pd.DataFrame, regles: pd.DataFrame, quartiers: int) -> Entiers:
    """First stale day: limit of the frequency, and for a flux 120 days of the next year at most (L-23)."""
    date, indicateur = releves["date"].to_numpy(), releves["cellule"].to_numpy() // quartiers
    perime_le = date + regles["limite"].to_numpy()[indicateur] + 1
    for annee in ANNEES.values():
        flux = np.flatnonzero((regles["annee"] == annee).to_numpy()[indicateur])
        _, fin = list_periodes(date[flux], annee)
        perime_le[flux] = np.minimum(perime_le[flux], fin + 1 + 120)
    return np.asarray(perime_le, np.int64)


def evaluate_pandas(tables: Tables, vu: int, connu: int, *, direct: bool = False) -> pd.DataFrame:
    """One row per cell, in order: `statut` (rank in STATUTS) and `date` of the value retained (0: none)."""
    vus = (_sort_visibles if direct else _keep_visibles)(tables, vu, connu)
    lignes = tables.cibles[(tables.cibles["effet"] <= vu) & (tables.cibles["connu"] <= connu)]
    cellules = _resolve_cibles(tables.cellules, lignes)
    vus = _keep_periode(cellules, vus)
    derniers = vus.drop_duplicates("cellule", keep="last")
    if direct:
        perime_le = _measure_peremption(derniers, tables.regles, tables.quartiers)
        derniers = derniers.assign(perime_le=perime_le)
    derniers = derniers.set_index("cellule")
    cellules[["haut", "bas", "date", "perime_le"]] = (
        derniers[["haut", "bas", "date", "perime_le"]]
        .reindex(cellules.index, fill_value=SANS_JOUR)
        .to_numpy()
    )
    _compare_a_l_an_passe(cellules, vus)
    etapes = plan_etapes(cellules, lignes)
    cellules["statut"] = judge_valeurs(cellules, vu)
    judge_jalons(cellules, etapes, vu)
    mark_pertes(cellules, vus)
    jalon_tenu = (cellules["genre"] == "jalon") & (cellules["statut"] == CODE[Statut.ATTEINT])
    cellules.loc[(cellules["perime_le"] <= vu) & ~jalon_tenu, "statut"] = CODE[Statut.PERIME]
    cellules.loc[cellules["date"] == SANS_JOUR, "statut"] = CODE[Statut.NON_RENSEIGNE]
    return cellules[["statut", "date"]]


def _keep_visibles(tables: Tables, vu: int, connu: int) -> pd.DataFrame:
    """Rows known at `connu`, not replaced yet, about days up to `vu` (L-01): sorted and versioned beforehand."""
    releves = tables.releves
    return releves[(releves["date"] <= vu) & (releves["connu"] <= connu) & (releves["fin"] > connu)]


def _sort_visibles(tables: Tables, vu: int, connu: int) -> pd.DataFrame:
    """The same, from the rows as they came: last version of each line first, its date afterwards."""
    sus = tables.brutes[tables.brutes["connu"] <= connu].sort_values(["connu", "ordre"])
    sus = sus.drop_duplicates(["nue", "identite"], keep="last")
    vus = sus[~sus["retrait"] & (sus["date"] <= vu)]
    return vus.sort_values(["cellule", "date", "connu", "ordre"])


def count_statuts(cellules: pd.DataFrame, quartiers: int) -> pd.DataFrame:
    """Cells by indicateur (rows) and statut (columns)."""
    return pd.crosstab(cellules.index // quartiers, cellules["statut"]).reindex(
        columns=range(len(STATUTS)), fill_value=0
    )


def _resolve_cibles(regles: pd.DataFrame, lignes: pd.DataFrame) -> pd.DataFrame:
    """The target in force in each cell: the last line, else the référentiel's own; `suivi` has none."""
    champs = ["operateur", "seuil", "echeance", "base", "base_date", "effet"]
    simples = lignes[~lignes["jalon"]].drop_duplicates("cellule", keep="last")
    cellules = regles.assign(base=VIDE, base_date=SANS_JOUR, effet=SANS_JOUR)
    places = simples["cellule"].to_numpy()
    for champ in champs:
        colonne = cellules[champ].to_numpy().copy()
        colonne[places] = simples[champ].to_numpy()
        cellules[champ] = colonne
    a_ligne = np.zeros(len(cellules), bool)
    a_ligne[places] = True
    cellules["relative"] &= ~a_ligne
    suivi = cellules["genre"] == "suivi"
    cellules.loc[suivi, "seuil"] = VIDE
    cellules.loc[suivi, "echeance"] = JAMAIS
    nulle = (cellules["base"] == VIDE) | (cellules["base"] == 0)
    cellules.loc[(cellules["genre"] == "doublement") & nulle, "seuil"] = VIDE
    presence = (cellules["genre"] == "presence") & (cellules["base"] == VIDE)
    cellules.loc[presence, "base"] = 0
    depart = cellules["base_date"].where(cellules["base_date"] != SANS_JOUR, cellules["effet"])
    return cellules.assign(depart=depart)


def _keep_periode(cellules: pd.DataFrame, vus: pd.DataFrame) -> pd.DataFrame:
    """Towards a dated target, a flux is read in the year of its deadline only, from 0 (L-22)."""
    du, au = np.zeros(len(cellules), np.int64), np.full(len(cellules), JAMAIS)
    flux = cellules["annee"] != ""
    cellules.loc[flux, "base"] = VIDE
    cellules.loc[flux, "depart"] = SANS_JOUR
    for annee in ANNEES.values():
        datees = np.flatnonzero((cellules["annee"] == annee) & (cellules["echeance"] != JAMAIS))
        du[datees], au[datees] = list_periodes(cellules["echeance"].to_numpy()[datees], annee)
        cellules.loc[datees, "base"] = 0
        cellules.loc[datees, "depart"] = du[datees]
    date, cellule = vus["date"].to_numpy(), vus["cellule"].to_numpy()
    admis: Booleens = (date >= du[cellule]) & (date <= au[cellule])
    return vus[pd.Series(admis, index=vus.index)]


def _compare_a_l_an_passe(cellules: pd.DataFrame, vus: pd.DataFrame) -> None:
    """« More than last year »: total of the year before + valeur, due at the end of the year of the value (L-22)."""
    for annee in ANNEES.values():
        choix = (
            (cellules["annee"] == annee) & cellules["relative"] & (cellules["date"] != SANS_JOUR)
        )
        places = np.flatnonzero(choix)
        debut, fin = list_periodes(cellules["date"].to_numpy()[places], annee)
        avant, _ = list_periodes(debut - 1, annee)
        bornes = pd.DataFrame({"cellule": places, "debut": debut, "avant": avant})
        passes = vus[["cellule", "date", "haut"]].merge(bornes, on="cellule")
        passes = passes[(passes["date"] < passes["debut"]) & (passes["date"] >= passes["avant"])]
        total = passes.drop_duplicates("cellule", keep="last").set_index("cellule")["haut"]
        seuil = (total + cellules.loc[total.index, "plus"]).reindex(places, fill_value=VIDE)
        cellules.loc[places, "seuil"] = seuil.to_numpy()
        cellules.loc[places, "echeance"] = fin
        cellules.loc[places, "base"] = 0
        cellules.loc[places, "depart"] = debut
