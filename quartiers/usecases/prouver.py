"""Declared lines → faits of the computation, each with the proof of where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from quartiers.core import fait
from quartiers.core.contenu import Contenu, describe
from quartiers.core.donnees_personnelles import retain
from quartiers.core.referentiel import Referentiel
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.releve_lu import ReleveLu


def prove(
    genre: str, libelle: str, ligne: int, provenance: Provenance, **textes: str
) -> fait.Preuve:
    """The proof of a declared line. `cle` and `source` among `textes` are those of the line.

    Whoever reads the figure reads it: what seems to speak of a person is retained.
    """
    cle, source = textes.pop("cle", ""), textes.pop("source", "")
    details = [(nom, retain(texte)) for nom, texte in textes.items() if texte]
    return build_preuve(
        (genre, cle or f"{genre}/{provenance.ordre}"), libelle, ligne, provenance, details, source
    )


def prove_contenu(
    contenu: Contenu, libelle: str, ligne: int, provenance: Provenance, *noms: str
) -> fait.Preuve:
    """The proof of a line of a small kind. `noms`: the fields that it shows, under the labels of their declaration."""
    champs = describe(type(contenu))
    textes: dict[str, str] = {champs[nom].champ.libelle: getattr(contenu, nom) for nom in noms}
    return prove(contenu.GENRE, libelle, ligne, provenance, **textes)


def build_preuve(
    nature: tuple[str, str],
    libelle: str,
    ligne: int,
    provenance: Provenance,
    details: Iterable[tuple[str, str]],
    source: str = "",
) -> fait.Preuve:
    """The proof of a line, with the file it comes from. `nature`: its kind and its key."""
    genre, cle = nature
    fichier = (("Fichier", provenance.fichier),) if provenance.fichier else ()
    return fait.Preuve(
        cle=cle,
        genre=genre,
        libelle=retain(libelle),
        source=retain(source),
        ligne=ligne,
        empreinte=provenance.empreinte,
        archive=provenance.archive,
        details=share_details((*details, *fichier)),
    )


@lru_cache(maxsize=8192)
def share_details(details: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The same pairs: lines of one file by one declarant all have them, and need them once."""
    return details


def get_rang(provenance: Provenance) -> fait.Rang:
    """How much a line weighs that nobody validated: what an account declares, before a file that nobody signs (L-05)."""
    return fait.Rang.RELEVE if provenance.compte is None else fait.Rang.NON_VALIDE


def build_releve(lu: ReleveLu, provenance: Provenance, referentiel: Referentiel) -> fait.Releve:
    """A dated value, or the retraction of one."""
    return fait.Releve(
        indicateur=lu.indicateur,
        territoire=lu.territoire,
        date=lu.date,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        valeur=lu.valeur,
        numerateur=lu.numerateur,
        denominateur=lu.denominateur,
        jalon=lu.jalon,
        rang=get_rang(provenance),
        entree=provenance.ordre,
        source=lu.source,
        cle=lu.cle or None,
        preuve=prove(
            "releve",
            "Relevé déclaré",
            lu.ligne,
            provenance,
            cle=lu.cle,
            source=lu.source,
            Déclarant=referentiel.get_libelle("declarant", lu.declarant),
            Commentaire=lu.commentaire,
        ),
    )
