"""What was declared of a territoire and of all it holds, as files that the imports read back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from quartiers.core.contenu import Contenu
from quartiers.core.enregistrement import Validation
from quartiers.core.genres import GENRES
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import NATION, Territoires
from quartiers.reports.genre_fichier import write_fichier
from quartiers.reports.genre_table import make_ligne
from quartiers.reports.presentation.nombre import NombreDeCase
from quartiers.reports.table import Ligne, Valeur
from quartiers.reports.tableau_csv import write_lignes
from quartiers.usecases import lire_releves
from quartiers.usecases.comparer import list_actuels
from quartiers.usecases.garder_enregistrements import DECLARES, iterate_enregistrements
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_examens import iterate_examens
from quartiers.usecases.petits import PORTES


def export_releves(territoires: Territoires, code: str, connu_le: date) -> str:
    """The CSV of relevés: the last version of each line known at `connu_le`, those withdrawn left out.

    A version that was sent back says nothing any more: read again, it would be said anew.
    """
    noms = lire_releves.COLONNES.lues
    resultats = load_resultats("releve", connu_le)
    derniers = list_actuels(
        lu
        for lu, provenance in RELEVES.iterate(connu_le__lte=connu_le)
        if resultats.get(provenance.rangee) is not Validation.REJETE
    )
    lignes = (
        tuple(_to_valeur(getattr(lu, nom)) for nom in noms)
        for lu in derniers.values()
        if not lu.is_retrait and is_dedans(territoires, lu.territoire, code)
    )
    return write_lignes(noms, lignes)


def export_enregistrements(
    genre: type[Contenu],
    format_: str,
    referentiel: Referentiel,
    territoires: Territoires,
    code: str,
    connu_le: date,
) -> bytes:
    """The file of a kind, in one of the formats of spreadsheets: the statements known at `connu_le`, not withdrawn.

    Those of people: a row of an official list is its producer's, and no file of a kind brings it back.
    One that stands in or serves the territoire, or something that it holds, is written whole, its other
    territoires included. Under the header of records, by thing and day; else in the order they were learnt. One that
    was sent back is left out; `validation` is the word that was said with it, what was decided since stands on its proof.
    """
    resultats = load_resultats("enregistrement", connu_le)
    derniers = list_actuels(
        lu
        for lu, provenance in iterate_enregistrements(
            genre=genre.GENRE, connu_le__lte=connu_le, ecriture__canal__in=DECLARES
        )
        if resultats.get(provenance.rangee) is not Validation.REJETE
    )
    dedans = [
        lu
        for lu in derniers.values()
        if lu.contenu is not None
        and (code == NATION or any(is_dedans(territoires, t, code) for t in lu.territoires))
    ]
    if genre.A_ENTETE:
        dedans.sort(key=lambda lu: (lu.objet, lu.le))
    return write_fichier(
        genre, (write_ligne(lu, referentiel) for lu in dedans), format_, referentiel, connu_le
    )


def write_ligne(lu: EnregistrementLu, referentiel: Referentiel) -> Ligne:
    """The row of a record, as its import reads it."""
    contenu, autrement = lu.contenu, dict[str, Valeur]()
    if isinstance(contenu, PetitGenre):
        autrement |= PORTES[type(contenu)].write_cellules(contenu, referentiel)
    genre = GENRES[lu.genre]
    return make_ligne(genre, lu.objet, lu.le, contenu, lu.liens, lu.validation, autrement)


def load_resultats(table: str, connu_le: date) -> dict[int | None, Validation]:
    """What was decided last of each row that was judged by `connu_le`."""
    examens = iterate_examens(connu_le__lte=connu_le, **{f"{table}__isnull": False})
    return {getattr(examen, table): examen.resultat for examen in examens}


def is_dedans(territoires: Territoires, territoire: str, code: str) -> bool:
    """The territoire itself, or held by it; the nation holds all, an EPCI that nothing else holds included."""
    if code in {territoire, NATION}:
        return True
    return territoire in territoires and code in territoires.get_ancetres(territoire)


def _to_valeur(valeur: object) -> Valeur:
    if isinstance(valeur, int | Fraction):
        return NombreDeCase(Fraction(valeur))
    if valeur is None or isinstance(valeur, str | date):
        return valeur or None if isinstance(valeur, str) else valeur
    msg = f"valeur inattendue : {valeur!r}"
    raise TypeError(msg)
