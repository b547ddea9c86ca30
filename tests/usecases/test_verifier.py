"""Each check of the base fires on a base that was mended by hand, and is silent on a sound one."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from quartiers.core.champs import to_champs
from quartiers.core.contenu import Mot
from quartiers.core.essai_d_import import EssaiDImport, write_essai
from quartiers.core.genres.cohorte import Cohorte
from quartiers.storage import models
from quartiers.usecases.verifier import CONTROLES, find_parts_excessives, verify_base
from quartiers.usecases.verifier_pieces import (
    find_fichiers_faux,
    find_fichiers_sans_piece,
    find_pieces_sans_fichier,
)
from tests.usecases.conftest import DEMO, SAISI_LE, Take

pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 20)
PARIS = ZoneInfo("Europe/Paris")
SIGNE = {"ecriture_id": 99, "ligne": 1}
CELLULE = {"indicateur": "e03-a1-france-services", "territoire": "QRR-00_1"}


def add_import(*, connu_le: date = JOUR, ajoutees: int = 1) -> None:
    """A row of the journal."""
    models.Ecriture.objects.create(
        id=99, numero=99, canal="import", genre="releves", fichier="f", empreinte="0" * 64, connu_le=connu_le,
        saisi_le=datetime(2026, 11, 20, 12, tzinfo=PARIS), archive=False, lues=1, ecartees=0,
        ajoutees=ajoutees, rangees="0" * 64, condensat="0" * 64,
    )  # fmt: skip


def add_releve(**autres: object) -> None:
    """A row signed as an import would."""
    add_import()
    models.Releve.objects.create(
        **{**SIGNE, **CELLULE, "rang": 1, "date": JOUR, "valeur": 1, **autres}
    )


def add_quartier(**autres: object) -> None:
    """A quartier cible."""
    champs = {"code": "QC-A", "nom": "A", "departement": "DEP-00", "rattaches": [], **autres}
    add_enregistrement(genre="quartier_cible", objet="QC-A", champs=champs)


def add_enregistrement(territoire: str = "QRR-00_1", **autres: object) -> None:
    """A record that no door wrote."""
    add_import()
    champs = {"genre": "seance", "objet": "s", "le": JOUR, "retrait": False, "validation": "soumis"}
    contenu = {"champs": {"instance": "copil"}, "condensat": b"un autre"}
    range_ = models.Enregistrement.objects.create(
        **{**SIGNE, **champs, **contenu, "rang": 1, **autres}
    )
    models.Desserte.objects.create(enregistrement=range_, territoire=territoire, nature="situe")


def add_part_excessive(**autres: object) -> None:
    """Fifty trained out of forty."""
    add_import(ajoutees=2)
    for rang, (quoi, n) in enumerate((("professionnels_formes", 50), ("professionnels", 40)), 1):
        contenu = Cohorte(
            dispositif=Mot("formation-professionnels"),
            unite_comptee=Mot(quoi),
            n=n,
            du=date(2026, 1, 1),
        )
        cohorte = models.Enregistrement.objects.create(
            **{
                "ecriture_id": 99, "rang": rang, "ligne": rang, "genre": "cohorte", "objet": quoi, "le": JOUR,
                "retrait": False, "validation": "valide", "champs": to_champs(contenu), "condensat": b"un autre",
                **autres,
            }
        )  # fmt: skip
        models.Desserte.objects.create(
            enregistrement=cohorte, territoire="QC-FICTIF-TILLEULS", nature="dessert"
        )


def add_territoire(**autres: object) -> None:
    """A territoire that no file gave."""
    add_import(ajoutees=0)
    champs = {"code": "QN99999N", "nom": "N", "genre": "qpv", "generation": 2024, "ligne": 1}
    models.Territoire.objects.create(ecriture_id=99, **{**champs, **autres})


def add_rattachement() -> None:
    """A QRR in a commune that no file gave."""
    add_import(ajoutees=0)
    models.Rattachement.objects.create(
        enfant="QRR-00_1", parent="COM-99999", genre="dans", ecriture_id=99
    )


def add_mandat() -> None:
    """A mandat that opens nothing."""
    compte = User.objects.create(username="a")
    models.Mandat.objects.create(compte=compte, role="prefet", territoire="DEP-99")


def add_fichier(octets: bytes = b"octets", **autres: object) -> None:
    """A file kept under the hash of « octets »."""
    champs = {"type": "image/png", "taille": 6, **autres}
    models.FichierDePiece.objects.create(pk=sha256(b"octets").hexdigest(), octets=octets, **champs)


def add_piece(fichier: str, **autres: object) -> None:
    """A piece that no form sent."""
    add_releve()
    champs = {"nature": "photo", "nom": "a.png", "type": "image/png", "taille": 6, **autres}
    releve = models.Releve.objects.get(rang=1)
    models.Piece.objects.create(**SIGNE, rang=2, releve=releve, fichier_id=fichier, **champs)


def add_piece_fausse() -> None:
    """A piece that is said to be of another kind than its file."""
    add_fichier()
    add_piece(sha256(b"octets").hexdigest(), type="image/jpeg")


def add_essai_faux() -> None:
    """A trial that is not the one whose digest it bears."""
    add_fichier()
    models.EssaiDImport.objects.create(
        compte=User.objects.create(username="a"),
        genre="releves",
        nom="a.csv",
        fichier_id=sha256(b"octets").hexdigest(),
        taille=6,
        fait_le=datetime(2026, 11, 20, 12, tzinfo=PARIS),
        depuis=0,
        condensat="0" * 64,
        contenu=zlib.compress(json.dumps(write_essai(EssaiDImport())).encode()),
    )


GESTES: dict[str, Callable[[], object]] = {
    "lignes d'un territoire inconnu": lambda: add_releve(territoire="QC-PARTI"),
    "lignes d'un indicateur inconnu du référentiel": lambda: add_releve(indicateur="e99-rien"),
    "rattachements à un territoire inconnu": add_rattachement,
    "territoires que rien ne contient": add_territoire,
    "quartiers cibles rattachés à un périmètre inconnu": lambda: add_quartier(
        rattaches=["QN00099N"]
    ),
    "quartiers cibles rattachés hors de leur département": lambda: add_quartier(
        departement="DEP-01", rattaches=["QRR-00_1"]
    ),
    "faits datés après le jour où ils sont connus": lambda: add_releve(date=date(2026, 11, 21)),
    "écritures connues après le jour de leur saisie": lambda: add_import(
        connu_le=date(2026, 11, 21), ajoutees=0
    ),
    "chaîne des écritures": add_import,
    "chaîne des actes": lambda: models.Acte.objects.create(
        numero=1, le=datetime(2026, 11, 20, 12, tzinfo=PARIS)
    ),
    "enregistrements dont le contenu a changé": add_enregistrement,
    "enregistrements d’un territoire inconnu": lambda: add_enregistrement(territoire="QC-PARTI"),
    "parts d’enregistrements plus grandes que leur tout": add_part_excessive,
    "écritures dont le compte est faux": lambda: add_import(ajoutees=3),
    "fichiers des pièces dont les octets ont changé": lambda: add_fichier(b"Octets"),
    "pièces sans leur fichier": add_piece_fausse,
    "fichiers qui ne prouvent rien": add_fichier,
    "essais d’import dont le contenu a changé": add_essai_faux,
    "périmètres inutilisables": lambda: add_territoire(geometrie=b"pas un polygone"),
    "QPV et QRR sans périmètre": lambda: add_territoire(geometrie=None),
    "mandats sur un territoire inconnu": add_mandat,
    "comptes actifs sans mandat": lambda: User.objects.create(username="seul"),
}


def list_fautifs() -> set[str]:
    """Questions of the checks that found something."""
    return {controle.question for controle in verify_base() if controle.trouvailles}


def test_une_base_saine_ne_dit_rien(listes: None, take: Take) -> None:
    for genre in ("cibles", "releves"):
        take(genre, DEMO / "2026-01-15" / f"{genre}.csv", date(2026, 1, 15))
    take("arrets", DEMO / "2026-07-08" / "arrets.csv", date(2026, 7, 8))
    take("confirmations", DEMO / "2026-10-12" / "confirmations.csv", date(2026, 10, 12))
    assert list_fautifs() == set()


@pytest.mark.parametrize("question", GESTES)
def test_chaque_controle_se_declenche(cadre: None, question: str) -> None:
    GESTES[question]()
    assert question in list_fautifs()


def test_une_part_plus_grande_que_son_tout_est_nommee_avec_ses_nombres(cadre: None) -> None:
    add_part_excessive()
    (trouvee,) = find_parts_excessives()
    assert trouvee == "e06-a3-professionnels-formes QC-FICTIF-TILLEULS au 20/11/2026 : 50 sur 40"


def test_un_fichier_absent_ou_de_trop_est_nomme(cadre: None) -> None:
    with transaction.atomic():
        add_piece("f" * 64)
        assert list(find_pieces_sans_fichier()) == [
            f"pièce {models.Piece.objects.get().pk} « a.png » : fichier absent"
        ]
        transaction.set_rollback(True)
    add_fichier()
    assert list(find_fichiers_sans_piece()) == [sha256(b"octets").hexdigest()]
    assert list(find_fichiers_faux()) == []
    add_piece(sha256(b"octets").hexdigest())
    assert list(find_fichiers_sans_piece()) == list(find_pieces_sans_fichier()) == []


def test_une_base_illisible_est_dite_et_les_autres_controles_suivent(cadre: None) -> None:
    add_part_excessive(champs={"inconnu": 1})
    controles = {c.question: c.trouvailles for c in verify_base()}
    assert len(controles) == len(CONTROLES)
    for question in (
        "parts d’enregistrements plus grandes que leur tout",
        "enregistrements dont le contenu a changé",
    ):
        assert controles[question][0].startswith("contrôle impossible, la base ne se lit pas")


def test_chaque_controle_est_essaye() -> None:
    assert set(GESTES) == {question for question, _ in CONTROLES}


def test_un_mandat_retire_n_est_plus_juge_et_laisse_son_compte_sans_rien(cadre: None) -> None:
    add_mandat()
    assert "mandats sur un territoire inconnu" in list_fautifs()
    models.Mandat.objects.update(retire_le=SAISI_LE)
    assert "mandats sur un territoire inconnu" not in list_fautifs()
    assert "comptes actifs sans mandat" in list_fautifs()
