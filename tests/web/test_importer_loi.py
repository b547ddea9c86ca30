"""A file is as many single entries: what a line may do, what it writes and what refuses it are those of the form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quartiers.core.essai_d_import import Risque, SortDeLigne
from quartiers.storage.models import EssaiDImport, Releve
from quartiers.usecases.charger_dossier import forget_dossier
from quartiers.usecases.garder_essais import read_contenu
from tests.lois.reglage import loi
from tests.web.conftest import TILLEULS, SignIn
from tests.web.test_importer import ENTETE, apply, send

OUVERTS = (TILLEULS, "QC-FICTIF-FONTAINE")
FERMES = ("QC-FICTIF-BEAUREGARD", "QC-RIEN", "DEP-00", "FR")
DECLARABLES = ("e06-a1-educateurs-etp", "e06-a2-adultes-relais", "e03-a1-france-services")
AUTRES = ("e99-rien", "")
JOURS = ("2026-11-20", "2026-11-21", "20/11/2026", "2026-12-24", "1926-01-01", "hier", "")
ECRITS = {"20/11/2026": "2026-11-20"}
VALEURS = ("5", "7", "7,5", "70", "1\u00a0234,5", "0", "-3", "1O", "")
MOTS = ("", "vu à la permanence", "x" * 281)
Dite = tuple[str, str, str, str]
"""What a row says: indicateur, territoire, day, value."""


class LigneTiree(NamedTuple):
    """A line of the file, or what is typed in a form."""

    indicateur: str
    territoire: str
    jour: str
    valeur: str
    mot: str


def draw(souvent: tuple[str, ...], parfois: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Most often what may be said."""
    return st.one_of(*[st.sampled_from(souvent)] * 4, st.sampled_from(parfois))


LIGNES = st.lists(
    st.builds(
        LigneTiree,
        draw(DECLARABLES, AUTRES),
        draw(OUVERTS, FERMES),
        draw(JOURS[:3], JOURS[3:]),
        draw(VALEURS[:5], VALEURS[5:]),
        draw(MOTS[:2], MOTS[2:]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda ligne: (
        ligne.indicateur,
        ligne.territoire,
        ECRITS.get(ligne.jour, ligne.jour),
    ),
)
"""No two lines of one cell and day: a file that contradicts itself is told so, where a form corrects."""


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written, the base is then as it was, and so is what the process holds of it."""
    with transaction.atomic():
        forget_dossier()
        yield
        transaction.set_rollback(True)
    forget_dossier()


def list_dites() -> dict[tuple[str, str, str], str]:
    """What holds of each cell and day, from accounts."""
    rangees = Releve.objects.filter(ecriture__compte__isnull=False, suivant__isnull=True)
    lues = rangees.values_list("indicateur", "territoire", "date", "valeur", "commentaire")
    return {(i, t, str(d)): f"{v} {mot}" for i, t, d, v, mot in lues}


def say_seule(client: Client, ligne: LigneTiree) -> bool:
    """Whether the form admits it, what it asks once being answered."""
    adresse = f"/territoires/{ligne.territoire}/declarer/{ligne.indicateur}/"
    mots = {"date": ligne.jour, "autre": ligne.valeur, "commentaire": ligne.mot}
    reponse = client.post(adresse, mots)
    if reponse.status_code == 422 and "Est-ce bien cela" in reponse.content.decode():
        reponse = client.post(adresse, {**mots, "dix_fois": ligne.valeur})
    redite = reponse.status_code == 200 and "Rien de nouveau" in reponse.content.decode()
    return reponse.status_code == 302 or redite


def say_toutes(client: Client, lignes: list[LigneTiree]) -> list[bool]:
    """Whether the trial admits each line; then it is applied, every risk being taken."""
    corps = [f"{ENTETE};commentaire", *(";".join(ligne) for ligne in lignes)]
    garde: EssaiDImport = send(client, "\n".join([*corps, ""]).encode())
    sorts = {ligne.ligne: ligne.sort for ligne in read_contenu(garde).lignes}
    apply(client, garde, **{risque.value: "oui" for risque in Risque})
    vides = [n for n, ligne in enumerate(lignes) if not any(ligne)]
    return [n not in vides and sorts[n + 2] is not SortDeLigne.REFUSEE for n in range(len(lignes))]


@settings(
    loi(8),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lignes=LIGNES)
def test_un_fichier_vaut_autant_de_saisies_seules(
    sign_in: SignIn, lignes: list[LigneTiree]
) -> None:
    client = sign_in("demo-deleguee")
    with rolled_back():
        seules = [say_seule(client, ligne) for ligne in lignes]
        dites = list_dites()
    with rolled_back():
        assert say_toutes(client, lignes) == seules
        assert list_dites() == dites


def test_ce_que_la_loi_compare_n_est_pas_vide(sign_in: SignIn) -> None:
    """An admitted line and a refused one are told apart, by both."""
    client = sign_in("demo-deleguee")
    lignes = [
        LigneTiree(DECLARABLES[0], TILLEULS, JOURS[0], "7", ""),
        LigneTiree(DECLARABLES[0], FERMES[0], JOURS[0], "7", ""),
    ]
    with rolled_back():
        assert [say_seule(client, ligne) for ligne in lignes] == [True, False]
        assert len(list_dites()) == 1
    with rolled_back():
        assert say_toutes(client, lignes) == [True, False]
