"""Trying a file before it is applied: what each of its lines would do, by the very reading that would write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.core.essai_d_import import ECRITES, EssaiDImport, LigneEssayee, SortDeLigne
from quartiers.pieces.document import is_a_macros
from quartiers.sources.colonne import fold_colonne
from quartiers.sources.lecture import read_table
from quartiers.sources.octets import MIO, GenreOctets, Limites, get_genre, refusal
from quartiers.sources.table import Ligne, Table
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.lire_essais import LecteurDEssai, open_lecteur
from quartiers.usecases.mesurer_effets import measure_effets
from quartiers.usecases.ressort import Ressort

LIGNES_MAX = 20_000
"""On the web; the command has no bound."""
LIMITES_DU_WEB = Limites(fichier=16 * MIO, deploye=96 * MIO)
MACROS = "Ce classeur contient des macros. Enregistrez-le en XLSX, ODS ou CSV."
AVIS_MAX = 40
LU_MAX = 120
TUS = frozenset({"source"})
"""Columns whose notices name other organismes."""


@dataclass(frozen=True, slots=True)
class FichierEnvoye:
    """A file as an account sends it. `colonnes`: what each name of its header is read as, nothing for those left aside.

    `genre`: the word of its kind.
    """

    genre: str
    nom: str
    octets: bytes
    colonnes: Mapping[str, str]
    ressort: Ressort
    envoi: Envoi


@dataclass(frozen=True, slots=True)
class Tentative:
    """A trial, and what it was made of. `lus`: the good lines as the door reads them, None when none is."""

    essai: EssaiDImport
    lecteur: LecteurDEssai
    table: Table | None = None
    lus: Any = None


def try_fichier(fichier: FichierEnvoye, *, has_effets: bool = True) -> Tentative:
    """The fate of every line; nothing is written, and nobody waits. `has_effets`: the statuts are worked out too."""
    lecteur = open_lecteur(fichier.ressort, fichier.genre, fichier.envoi)
    try:
        brute = read_bornee(fichier, lecteur)
        table, fautes = lecteur.complete(brute)
        lignes = {ligne.numero: ligne for ligne in brute}
        refusees = {n: make_refusee(lignes[n], *faute) for n, faute in fautes.items()}
        table, lus = read_bonnes(lecteur, table, lignes, refusees)
    except DonneesRefusees as refus:
        return Tentative(EssaiDImport(raisons=tuple(map(say, refus.dites[:AVIS_MAX]))), lecteur)
    ecrites = [] if lus is None else list(lecteur.list_lignes(lus))
    essai = EssaiDImport(
        tuple(list_lignes(brute, refusees, ecrites)),
        list_effets(fichier, lus) if has_effets else None,
        tuple(list_avis(brute, lecteur, lus)),
    )
    return Tentative(essai, lecteur, table, lus)


def read_bornee(fichier: FichierEnvoye, lecteur: LecteurDEssai) -> Table:
    """The table of the file, under the names that its columns were given. Raises DonneesRefusees."""
    check_macros(fichier.octets, fichier.nom)
    noms = {fold_colonne(nom): lue for nom, lue in fichier.colonnes.items()}
    colonnes = replace(lecteur.colonnes, noms=noms)
    table = read_table(fichier.octets, fichier.nom, colonnes, limites=LIMITES_DU_WEB)
    if len(table) > LIGNES_MAX:
        raison = (
            f"{len(table)} lignes, {LIGNES_MAX} au plus ici. Coupez le fichier en deux, "
            "ou demandez l’import par commande."
        )
        raise refusal(fichier.nom, raison)
    return table


def check_macros(octets: bytes, nom: str) -> None:
    """A program inside a workbook is refused before anything of it is read. Raises DonneesRefusees."""
    if get_genre(octets) is not GenreOctets.ZIP:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(octets)) as archive:
            noms = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return  # its reader will say what it is
    if is_a_macros(noms):
        raise refusal(nom, MACROS)


def read_bonnes(
    lecteur: LecteurDEssai,
    table: Table,
    lignes: Mapping[int, Ligne],
    refusees: dict[int, LigneEssayee],
) -> tuple[Table, Any]:
    """The lines that stand, once those that do not are left out, each with its reason in `refusees`.

    Read again as long as some fall: what a line is refused for may depend on the others. Raises DonneesRefusees for
    what is no fault of a line.
    """
    while True:
        table = leave(table, refusees)
        if not table.lignes:
            return table, None
        try:
            lus = lecteur.compare(table)
        except DonneesRefusees as refus:
            tombees = list_tombees(refus, lignes)
            if not tombees:
                raise
        else:
            interdits = lecteur.list_interdits(lus)
            tombees = {n: make_refusee(lignes[n], *faute) for n, faute in interdits.items()}
            if not tombees:
                return table, lus
        refusees |= tombees


def list_tombees(refus: DonneesRefusees, lignes: Mapping[int, Ligne]) -> dict[int, LigneEssayee]:
    """The first fault of each line; none when the file as a whole is refused."""
    tombees: dict[int, LigneEssayee] = {}
    for anomalie in refus.anomalies:
        ligne = lignes.get(anomalie.ligne or 0)
        if ligne is not None and ligne.numero not in tombees:
            dite = anomalie.complete()
            tombees[ligne.numero] = make_refusee(ligne, dite.colonne, dite.raison)
    return tombees


def leave(table: Table, laissees: Mapping[int, object] | frozenset[int]) -> Table:
    """Without some lines."""
    return replace(table, lignes=tuple(ligne for ligne in table if ligne.numero not in laissees))


def make_refusee(ligne: Ligne, colonne: str | None, raison: str) -> LigneEssayee:
    """A line that stays out, with the cell as it is written."""
    lu = "" if colonne is None else ligne[colonne][:LU_MAX]
    return LigneEssayee(
        ligne.numero, SortDeLigne.REFUSEE, colonne=colonne or "", lu=lu, raison=raison
    )


def list_lignes(
    brute: Table, refusees: Mapping[int, LigneEssayee], ecrites: Sequence[LigneEssayee]
) -> list[LigneEssayee]:
    """Every line of the file, in its order: what is neither refused nor written is known already."""
    sorts = {ligne.ligne: ligne for ligne in ecrites} | dict(refusees)
    return [
        sorts.get(ligne.numero) or LigneEssayee(ligne.numero, SortDeLigne.INCHANGEE)
        for ligne in brute
    ]


def list_effets(fichier: FichierEnvoye, lus: Any) -> Any:  # noqa: ANN401 -- each door knows its own
    """The statuts that would change."""
    if lus is None:
        return ()
    comparaison = lus.lot.comparaison if hasattr(lus, "lot") else lus.comparaison
    return measure_effets(load_savoir(), fichier.envoi, comparaison.changements)


def list_avis(brute: Table, lecteur: LecteurDEssai, lus: Any) -> list[str]:  # noqa: ANN401
    """What is worth telling, of the file then of its lines; what names somebody else is not."""
    if lus is None:
        return [say(avis) for avis in (*brute.avis, *brute.reparees)][:AVIS_MAX]
    rapport = lecteur.get_rapport(lus)
    dits = (*rapport.avis, *rapport.reparees)
    return [say(avis) for avis in dits if avis.colonne not in TUS][:AVIS_MAX]


def say(anomalie: Anomalie) -> str:
    """Without the name of the file, that the page says once."""
    dite = anomalie.complete()
    ou = [] if dite.ligne is None else [f"ligne {dite.ligne}"]
    if dite.colonne is not None:
        ou.append(f"colonne « {dite.colonne} »")
    return f"{', '.join(ou)}\u00a0: {dite.raison}" if ou else dite.raison


def find_bougees(
    essai: EssaiDImport, ancien: EssaiDImport
) -> list[tuple[LigneEssayee, LigneEssayee | None]]:
    """The lines that would no more do what they were to do, those that write before those that do not."""
    bougees = list(essai.iterate_bougees(ancien))
    bougees.sort(key=lambda paire: (paire[0].sort not in ECRITES, paire[0].ligne))
    return bougees
