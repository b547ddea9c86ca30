"""The template of relevés: its columns, and on a second sheet the only codes that whoever asked for it may write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from quartiers.reports.classeur import Classeur
from quartiers.reports.genre_fichier import CLASSEURS
from quartiers.reports.lire_moi import Rubrique
from quartiers.reports.table import Colonne, Type
from quartiers.reports.tableau_csv import write_lignes

TITRE = "Relevés"
COLONNES = (
    Colonne("indicateur", Type.TEXTE, "Indicateur", "Code de l’indicateur. Obligatoire.", 34),
    Colonne("territoire", Type.TEXTE, "Territoire", "Code du territoire. Obligatoire.", 22),
    Colonne("date", Type.JOUR, "Date", "Jour du fait. Obligatoire.", 12),
    Colonne("valeur", Type.NOMBRE, "Valeur", "Vide : inconnue, jamais zéro.", 13),
    Colonne("numerateur", Type.NOMBRE, "Numérateur", "D’une part.", 13),
    Colonne("denominateur", Type.NOMBRE, "Dénominateur", "D’une part.", 14),
    Colonne("jalon", Type.NOMBRE, "Étape", "Son numéro.", 10),
    Colonne("commentaire", Type.TEXTE, "Commentaire", "280 caractères au plus.", 40),
    Colonne("cle", Type.TEXTE, "Clé", "Ce qui reconnaît la ligne d’un envoi à l’autre.", 16),
    Colonne("retrait", Type.TEXTE, "Retrait", "« oui » retire la ligne.", 10),
)


def write_modele_de_releves(
    indicateurs: Sequence[Rubrique],
    territoires: Sequence[Rubrique],
    cellules: Sequence[tuple[str, str]],
    forme: str,
    jour: date,
) -> bytes:
    """A CSV holds one line to fill in for each of `cellules`; a workbook, closed lists of codes."""
    noms = [colonne.nom for colonne in COLONNES]
    vides = (None,) * (len(noms) - 2)
    if forme == "csv":
        return write_lignes(noms, ((*cellule, *vides) for cellule in cellules)).encode()
    rubriques: list[Rubrique] = [
        ("Quartiers en actes", ""),
        (TITRE, "Une ligne : ce qu’un indicateur valait un jour, dans un territoire."),
        ("", ""),
        ("Les colonnes", ""),
        *((f"Colonne « {c.nom} »", f"{c.titre}. {c.sens}") for c in COLONNES),
    ]
    listes = {}
    for nom, titre, codes in (
        ("indicateur", "Vos indicateurs", indicateurs),
        ("territoire", "Vos territoires", territoires),
    ):
        rubriques += [("", ""), (titre, "")]
        if codes:
            listes[nom] = (len(rubriques), len(rubriques) + len(codes) - 1)
        rubriques += codes
    return CLASSEURS[forme](
        Classeur(
            titre=TITRE,
            sujet="Modèle de relevés",
            jour=jour,
            feuille=TITRE,
            colonnes=COLONNES,
            lignes=(),
            rubriques=rubriques,
            listes=listes,
        )
    )
