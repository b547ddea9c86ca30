"""releves.csv: values of indicateurs, declared."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from quartiers.core.dire import say_nombre, say_valeur
from quartiers.core.referentiel import Referentiel
from quartiers.sources.lecture import read_table_file
from quartiers.usecases.etat_base import build_contexte
from quartiers.usecases.journal import Bilan, Envoi, Plume
from quartiers.usecases.lecture_releves import COLONNES, read_releves
from quartiers.usecases.lot import Lot
from quartiers.usecases.rangees import RELEVES
from quartiers.usecases.releve_lu import ReleveLu, RelevesConnus
from quartiers.usecases.retraits import check_retraits, list_memes_jours

GENRE = "releves"
AIDE = "valeurs déclarées d'indicateurs (releves.csv)"


def read(chemin: Path, envoi: Envoi) -> Lot[ReleveLu]:
    """The lines of the file, compared with what is known of them."""
    sus = ((lu, provenance.connu_le) for lu, provenance in RELEVES.iterate())
    connus = RelevesConnus.build(sus, envoi.connu_le)
    contexte = build_contexte(envoi.connu_le, connus)
    lecture = read_releves(read_table_file(chemin, COLONNES), contexte)
    dire = partial(say_releve, referentiel=contexte.referentiel)
    lot = Lot.build(lecture, connus.actuels, dire)
    if not envoi.accepter_retrait:
        check_retraits(lot, connus, chemin.name, dire)
    return lot.notice(list_memes_jours(lot, connus, chemin.name, dire))


def write(lot: Lot[ReleveLu], plume: Plume) -> Bilan:
    """Store the lines that say something new; a line already known as it is changes nothing."""
    return lot.store(RELEVES, plume)


def say_releve(lu: ReleveLu, referentiel: Referentiel) -> str:
    """The value of a line, in the unit of its indicateur."""
    if lu.is_retrait:
        return "retirée"
    if lu.jalon is not None:
        return f"étape {lu.jalon}"
    if lu.numerateur is not None:
        return f"{say_nombre(lu.numerateur)} sur {say_nombre(lu.denominateur)}"
    indicateur = referentiel.get_indicateur(lu.indicateur)
    return say_valeur(lu.valeur, indicateur.unite if indicateur else "", 6)
