"""The chain of writes: whole on a sound base, and the first bad line is named when a hand touched the base."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.apps import apps
from django.db import connection

from quartiers.storage.models import (
    Contestation,
    Ecriture,
    Enregistrement,
    EtapeDeContestation,
    Examen,
    Piece,
    Releve,
    SuiteDEssai,
)
from quartiers.storage.models.base import Immuable
from quartiers.usecases.enchainer import ORIGINE, find_ruptures, list_modeles
from tests.usecases.conftest import DEMO, Take, Write

pytestmark = pytest.mark.django_db
ENTETE = "indicateur;territoire;date;valeur;source;cle;retrait"
LIGNE = "e06-a1-educateurs-etp;QC-FICTIF-TILLEULS;2026-09-30;{};conseil départemental;k;"
JOURS = (date(2026, 10, 1), date(2026, 11, 1), date(2026, 9, 30))


@pytest.fixture
def ecritures(listes: None, take: Take, write: Write) -> list[Ecriture]:
    """The demo's frame and places, cibles, stops, and three writes of one line, the last one an archive."""
    take("cibles", DEMO / "2026-01-15" / "cibles.csv", date(2026, 1, 15))
    take("arrets", DEMO / "2026-07-08" / "arrets.csv", date(2026, 7, 8))
    for valeur, jour in zip(("2", "3,5", "4"), JOURS, strict=True):
        take("releves", write("r.csv", f"{ENTETE}\n{LIGNE.format(valeur)}\n"), jour)
    return list(Ecriture.objects.all())


def change(ordre_sql: str, *valeurs: str | int) -> None:
    """What a hand does in the base, its guards taken away."""
    with connection.cursor() as curseur:
        if connection.vendor == "sqlite":
            curseur.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (nom,) in curseur.fetchall():
                curseur.execute(f"DROP TRIGGER {nom}")
        else:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in connection.introspection.table_names():
                if table.startswith("storage_"):
                    curseur.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        curseur.execute(ordre_sql, valeurs)


def test_une_base_saine_tient(ecritures: list[Ecriture]) -> None:
    assert list(find_ruptures()) == []
    assert [e.numero for e in ecritures] == list(range(1, len(ecritures) + 1))
    assert ecritures[0].precedent == ORIGINE
    assert [e.precedent for e in ecritures[1:]] == [e.condensat for e in ecritures[:-1]]
    assert len({e.id for e in ecritures}) == len(ecritures)


def test_l_ordre_est_celui_des_numeros_puis_des_rangs(ecritures: list[Ecriture]) -> None:
    releves = Releve.objects.add_ordre().order_by("ordre")
    derniers = [e.numero for e in ecritures[-3:]]
    assert list(releves.values_list("ordre", "connu_le")) == [
        ((numero << 24) + 1, jour) for numero, jour in zip(derniers, JOURS, strict=True)
    ]


GESTES: dict[str, tuple[str, Callable[[], tuple[str | int, ...]], int, str]] = {
    "une valeur": (
        "UPDATE storage_releve SET valeur = 9 WHERE id = %s",
        lambda: (Releve.objects.order_by("pk").values_list("pk", flat=True)[1],),
        -2, "ses rangées ont changé",
    ),
    "une rangée ôtée": (
        "DELETE FROM storage_releve WHERE id = %s",
        lambda: (Releve.objects.order_by("pk").values_list("pk", flat=True)[2],),
        -1, "ses rangées ont changé",
    ),
    "une ligne du journal": (
        "UPDATE storage_ecriture SET organisme = 'Mairie' WHERE numero = %s",
        lambda: (Ecriture.objects.count() - 1,),
        -2, "sa ligne du journal a changé",
    ),
    "le dernier condensat": (
        "UPDATE storage_ecriture SET condensat = %s WHERE numero = (SELECT max(numero) FROM storage_ecriture)",
        lambda: ("0" * 64,),
        -1, "sa ligne du journal a changé",
    ),
    "l’heure d’une saisie": (
        "UPDATE storage_ecriture SET saisi_le = %s WHERE numero = %s",
        lambda: ("2026-11-19 00:00:00+00:00", Ecriture.objects.count() - 1),
        -2, "sa ligne du journal a changé",
    ),
    "le nom d’un lieu": (
        "UPDATE storage_enregistrement SET champs = '{}' WHERE id = %s",
        lambda: (Enregistrement.objects.order_by("pk").values_list("pk", flat=True)[0],),
        -6, "ses rangées ont changé",
    ),
}  # fmt: skip


@pytest.mark.parametrize("geste", GESTES)
def test_une_main_dans_la_base_se_voit(ecritures: list[Ecriture], geste: str) -> None:
    ordre_sql, choose, place, faute = GESTES[geste]
    change(ordre_sql, *choose())
    (dite,) = find_ruptures()
    assert dite.startswith("écriture ")
    assert faute in dite
    if geste != "le nom d’un lieu":
        assert dite.startswith(f"écriture {ecritures[place].numero} :")


def test_une_ecriture_perdue_se_voit(ecritures: list[Ecriture]) -> None:
    """The last of a table left out of a copy: what follows it names another past."""
    perdue, suivante = ecritures[-4:-2]
    change("DELETE FROM storage_enregistrement WHERE ecriture_id = %s", perdue.pk)
    change("DELETE FROM storage_ecriture WHERE id = %s", perdue.pk)
    (dite,) = find_ruptures()
    assert dite.startswith(f"écriture {suivante.numero} : la précédente est la")
    assert "ne suit pas la précédente" in dite


def test_une_fin_coupee_se_voit_meme_quand_on_ecrit_apres(
    ecritures: list[Ecriture], take: Take, write: Write
) -> None:
    """What remains is a whole chain: only its head remembers what followed."""
    for perdue in reversed(ecritures[-2:]):
        change("DELETE FROM storage_releve WHERE ecriture_id = %s", perdue.pk)
        change("DELETE FROM storage_ecriture WHERE id = %s", perdue.pk)
    (dite,) = find_ruptures()
    derniere = ecritures[-1].numero
    assert dite == f"écriture {derniere - 1} : manque, la dernière était la {derniere}"
    if connection.vendor == "postgresql":
        change("SET CONSTRAINTS ALL DEFERRED")
    take("releves", write("r.csv", f"{ENTETE}\n{LIGNE.format('7')}\n"), date(2026, 11, 3))
    (dite,) = find_ruptures()
    assert dite.startswith(f"écriture {derniere + 1} : la précédente est la {derniere - 2}")


def test_chaque_table_de_faits_entre_dans_la_chaine() -> None:
    """A table whose rows bear their write and never change is in the chain; the frame is worked out, and is not."""
    gardees = {
        modele
        for modele in apps.get_app_config("storage").get_models()
        if issubclass(modele, Immuable) and "ecriture" in {c.name for c in modele._meta.fields}
    }
    assert set(list_modeles()) == gardees
    assert gardees == {
        *(Releve, Enregistrement, Examen, Piece),
        *(Contestation, EtapeDeContestation, SuiteDEssai),
    }
