"""What is recorded is added and never changed: the models refuse it, and so does the base, without them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from quartiers.storage import models
from quartiers.storage.models.base import Ajout, AjoutSeulement

JOUR = date(2026, 11, 20)
pytestmark = pytest.mark.django_db
TABLES = (
    "storage_ecriture",
    "storage_releve",
    "storage_enregistrement",
    "storage_desserte",
    "storage_examen",
    "storage_fichierdepiece",
    "storage_piece",
    "storage_acte",
    "storage_contestation",
    "storage_etapedecontestation",
    "storage_essaidimport",
    "storage_suitedessai",
)


@pytest.fixture
def releve() -> models.Releve:
    """One relevé, and one row in each of the other tables."""
    models.Ecriture.objects.create(
        id=1, numero=1, canal="import", genre="releves", fichier="f.csv", empreinte="0" * 64, connu_le=JOUR,
        saisi_le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris")),
        archive=False, lues=1, ecartees=0, ajoutees=1, rangees="0" * 64, condensat="0" * 64,
    )  # fmt: skip
    signe = {"ecriture_id": 1, "ligne": 2}
    cellule = {"indicateur": "i", "territoire": "t"}
    poste = models.Enregistrement.objects.create(
        **signe, rang=7, genre="poste", objet="p", le=JOUR, retrait=False, validation="soumis"
    )
    models.Desserte.objects.create(enregistrement=poste, territoire="t", nature="situe")
    models.FichierDePiece.objects.create(pk="0" * 64, type="image/png", taille=1, octets=b"p")
    models.Piece.objects.create(
        **signe,
        rang=9,
        enregistrement=poste,
        nature="photo",
        type="image/png",
        taille=1,
        fichier_id="0" * 64,
    )
    moment = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
    essai = models.EssaiDImport.objects.create(
        compte=User.objects.create(username="deleguee"), genre="releves", nom="f.csv", taille=1, fait_le=moment,
        fichier_id="0" * 64, depuis=0, contenu=b"e",
    )  # fmt: skip
    models.SuiteDEssai.objects.create(
        ecriture_id=1, ligne=0, rang=10, essai=essai, nature="applique"
    )
    models.Acte.objects.create(
        numero=1, le=datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
    )
    releve = models.Releve.objects.create(
        **signe, **cellule, rang=1, date=JOUR, valeur=Decimal("999999999.999999")
    )
    models.Examen.objects.create(**signe, rang=8, releve=releve, resultat="valide")
    contestation = models.Contestation.objects.create(
        **signe, **cellule, rang=10, statut_affiche="atteint", motif="autre", dit="d", source="s"
    )
    models.EtapeDeContestation.objects.create(
        **signe, rang=11, contestation=contestation, suite="piece", texte="t", source="s"
    )
    return releve


GESTES: dict[str, Callable[[models.Releve], object]] = {
    "save": lambda r: r.save(),
    "delete": lambda r: r.delete(),
    "update": lambda _: models.Releve.objects.update(valeur=2),
    "delete en nombre": lambda _: models.Releve.objects.filter(territoire="t").delete(),
    "bulk_update": lambda r: models.Releve.objects.bulk_update([r], ["valeur"]),
    "update_or_create": lambda r: models.Releve.objects.update_or_create(rang=r.rang),
    "bulk_create en conflit": lambda r: models.Releve.objects.bulk_create(
        [r], update_conflicts=True, unique_fields=["id"], update_fields=["valeur"]
    ),
    "journal": lambda _: models.Ecriture.objects.update(lues=0),
    "journal des actes": lambda _: models.Acte.objects.update(compte=2),
}


@pytest.mark.parametrize("geste", GESTES)
def test_les_modeles_refusent(releve: models.Releve, geste: str) -> None:
    with pytest.raises(AjoutSeulement):
        GESTES[geste](releve)
    assert models.Releve.objects.get().valeur == Decimal("999999999.999999")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verbe", ["UPDATE {} SET {cle} = {cle}", "DELETE FROM {}"])
def test_la_base_refuse_sans_les_modeles(releve: models.Releve, table: str, verbe: str) -> None:
    cle = {"storage_fichierdepiece": "empreinte", "storage_acte": "numero"}.get(table, "id")
    avant = count(table)
    with (
        pytest.raises(DatabaseError, match="ne se change ni ne s'efface"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(verbe.format(table, cle=cle))
    assert count(table) == avant == 1


@pytest.mark.postgresql
@pytest.mark.parametrize("table", TABLES)
def test_postgresql_refuse_de_vider(releve: models.Releve, table: str) -> None:
    with connection.cursor() as curseur:
        # The foreign keys of this very transaction would be told first: they are checked now.
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with (
        pytest.raises(DatabaseError, match="ne se change ni ne s'efface"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(f"TRUNCATE {table} CASCADE")
    assert count(table) == 1


def count(table: str) -> int:
    """Rows of a table, in plain SQL."""
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 -- names written above
        return int(curseur.fetchone()[0])


def test_chaque_table_d_ajouts_est_gardee() -> None:
    """A new kind of recorded fact comes with its refusal, or fails here."""
    ajouts = {modele._meta.db_table for modele in Ajout.__subclasses__()}
    a_part = {
        *("storage_ecriture", "storage_desserte", "storage_fichierdepiece", "storage_acte"),
        "storage_essaidimport",
    }
    assert ajouts | a_part == set(TABLES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "geste", ["UPDATE storage_tete SET numero = numero {}", "DELETE FROM storage_tete"]
)
@pytest.mark.parametrize("pas", ["- 1", "+ 0", "+ 2"])
def test_la_tete_d_une_chaine_n_avance_que_d_un(geste: str, pas: str) -> None:
    with (
        pytest.raises(DatabaseError, match="avance d'un numéro à la fois"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(geste.format(pas))
    assert list(models.Tete.objects.values_list("chaine", "numero")) == [
        ("actes", 0),
        ("ecritures", 0),
    ]


@pytest.mark.parametrize(
    "texte", ["999999999.999999", "-999999999.999999", "0.000001", "0.1", "82.5", "123456.789012"]
)
def test_les_nombres_reviennent_exacts(releve: models.Releve, texte: str) -> None:
    models.Releve.objects.create(
        ecriture_id=1, ligne=3, rang=8, indicateur="i", territoire="u",
        date=JOUR, valeur=Decimal(texte), identite=b"autre",
    )  # fmt: skip
    assert models.Releve.objects.get(rang=8).valeur == Decimal(texte)


def test_deux_faits_n_ont_pas_le_meme_rang(releve: models.Releve) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Releve.objects.create(
            ecriture_id=1, ligne=3, rang=1, indicateur="i", territoire="u",
            date=JOUR,
        )  # fmt: skip


@pytest.mark.parametrize("precedent", [True, False])
def test_une_rangee_n_est_corrigee_qu_une_fois(releve: models.Releve, *, precedent: bool) -> None:
    """Two writers who look at the same row cannot both follow it, nor both begin the same line."""
    champs = {
        "ecriture_id": 1, "ligne": 3, "indicateur": "i", "territoire": "t", "date": JOUR,
        "identite": releve.identite, "precedent_id": releve.pk if precedent else None,
    }  # fmt: skip
    if precedent:
        models.Releve.objects.create(**champs, rang=8)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Releve.objects.create(**champs, rang=9)
