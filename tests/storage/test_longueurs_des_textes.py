"""PostgreSQL refuses a text longer than its column, SQLite keeps it: the readers refuse it before both."""

from __future__ import annotations

from django.db import models

from quartiers.core.contenu import ChampDecrit, TypeDeChamp, describe
from quartiers.core.contestation import MOTIFS_DE_CONTESTATION, SuiteDeContestation
from quartiers.core.contestation import TEXTE_MAX as CONTESTATION_MAX
from quartiers.core.genres import PETITS_GENRES
from quartiers.core.motifs_de_renvoi import MOT_MAX, MOTIFS
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.statut import Statut
from quartiers.pieces.admission import EXTENSIONS
from quartiers.pieces.nom import NOM_MAX as PIECE_NOM_MAX
from quartiers.sources import list_sources
from quartiers.sources.libelle import CLE_MAX, NOM_MAX
from quartiers.storage import models as tables
from quartiers.storage.models.contestation import FRACTION_MAX
from quartiers.usecases.chercher_lieux import name_objet
from quartiers.usecases.contester import SOURCE_MAX
from quartiers.usecases.formulaire import TEXTE_MAX
from quartiers.usecases.lire_champs import OBJET_MAX
from quartiers.usecases.lire_releves import COMMENTAIRE_MAX

LIBRES = frozenset({"lieu"})
"""Fields of identities whose text may hold any sign."""


def count_signes(genre: type[PetitGenre]) -> int:
    """The longest name of the things of a small kind; a sign that separates is escaped by three, but at the end."""
    champs = describe(genre)
    *avant, dernier = (champs[nom] for nom in genre.IDENTITE if nom != genre.LE)
    largeurs = [get_largeur(d) * (3 if d.nom in LIBRES else 1) for d in avant]
    return sum(largeurs) + len(largeurs) + get_largeur(dernier)


def get_largeur(decrit: ChampDecrit) -> int:
    """The longest value of a field of an identity."""
    codes = {TypeDeChamp.INDICATEUR: 60, TypeDeChamp.TERRITOIRE: 40, TypeDeChamp.ENTIER: 9}
    if decrit.type is TypeDeChamp.MOT:
        return max(map(len, decrit.champ.mots))
    return codes.get(decrit.type, decrit.champ.maximum)


# The name that a row of an official list is given: its source, a sign, the key of its producer.
DE_LISTE_MAX = max(len(name_objet(source.code, "")) for source in list_sources()) + CLE_MAX
# What the reader of each column lets through at most.
LUES = {
    ("Piece", "nom"): PIECE_NOM_MAX,
    ("Piece", "type"): max(map(len, EXTENSIONS)),
    ("FichierDePiece", "type"): max(map(len, EXTENSIONS)),
    ("Territoire", "nom"): NOM_MAX,
    ("CodeAncien", "nom"): NOM_MAX,
    ("Releve", "source"): TEXTE_MAX,
    ("Releve", "declarant"): TEXTE_MAX,
    ("Releve", "commentaire"): COMMENTAIRE_MAX,
    ("Releve", "cle"): TEXTE_MAX,
    ("Examen", "motif"): max(map(len, MOTIFS)),
    ("Examen", "mot"): MOT_MAX,
    **dict.fromkeys((("Contestation", "dit"), ("EtapeDeContestation", "texte")), CONTESTATION_MAX),
    **dict.fromkeys((("Contestation", "source"), ("EtapeDeContestation", "source")), TEXTE_MAX),
    ("Contestation", "source_affichee"): SOURCE_MAX,
    ("Contestation", "motif"): max(map(len, MOTIFS_DE_CONTESTATION)),
    **dict.fromkeys(
        (
            ("Contestation", "valeur_affichee"),
            ("EtapeDeContestation", "valeur_avant"),
            ("EtapeDeContestation", "valeur_apres"),
        ),
        FRACTION_MAX,
    ),
    **dict.fromkeys(
        (
            ("Contestation", "statut_affiche"),
            ("EtapeDeContestation", "statut_avant"),
            ("EtapeDeContestation", "statut_apres"),
        ),
        max(map(len, Statut)),
    ),
    ("EtapeDeContestation", "suite"): max(map(len, SuiteDeContestation)),
    ("Enregistrement", "objet"): max(
        OBJET_MAX, DE_LISTE_MAX, *map(count_signes, PETITS_GENRES.values())
    ),
}
# Codes of a known shape or already in the base, words of our own, and what is written by no file.
CODES = {"code", "present", "enfant", "parent", "territoire", "departement", "indicateur", "lieu"}
MOTS = {
    "genre",
    "operateur",
    "origine",
    "empreinte",
    "fichier",
    "canal",
    "nature",
    "validation",
    "resultat",
}
CONDENSATS = {"rangees", "precedent", "condensat"}
DES_COMPTES = {
    *("Brouillon", "Mandat", "SessionOuverte", "Titulaire", "Transmission", "Acte", "Tete"),
    *("EssaiDImport", "SuiteDEssai", "Message", "Annonce"),
}
"""Filled by commands and pages, in words of our own or cut to their column."""
SANS_FICHIER = {("Rattachement", "source"), ("Ecriture", "organisme")}


def list_colonnes() -> dict[tuple[str, str], int]:
    """Every column of text with a bound, in the tables that files fill."""
    return {
        (nom, champ.name): champ.max_length or 0
        for nom in tables.__all__
        if nom not in DES_COMPTES
        for champ in getattr(tables, nom)._meta.get_fields()
        if isinstance(champ, models.CharField)
        and champ.name not in CODES | MOTS | CONDENSATS
        and (nom, champ.name) not in SANS_FICHIER
    }


def test_every_column_of_text_has_a_reader_no_wider_than_itself() -> None:
    colonnes = list_colonnes()
    assert colonnes.keys() == LUES.keys()
    trop_larges = {c: (LUES[c], largeur) for c, largeur in colonnes.items() if LUES[c] > largeur}
    assert trop_larges == {}
