"""What is cut in the middle: a declaration, one with what proves it, the validation of a lot; and what each leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

QUARTIER = "QC-VALLON"
JOUR = date(2026, 11, 20)
MOMENT = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
Geste: TypeAlias = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Coupable:
    """A deed to cut. `make`: prepares one try, by its rank; `count`: rows that deeds left, in each of their tables."""

    make: Callable[[int], Geste]
    count: Callable[[], tuple[int, ...]]


def make_envoi(nom: str = "") -> Any:
    """A write of a form, by an account when one is named."""
    from django.contrib.auth.models import User

    from quartiers.usecases.ecrire import Envoi

    compte = User.objects.get_or_create(username=nom)[0].pk if nom else None
    return Envoi("", "", "", None, JOUR, MOMENT, compte=compte)


def make_declaration(
    rang: int, qui: str = "", pieces: tuple[Any, ...] = (), **autres: Any
) -> Geste:
    """A value of a day of its own. `autres`: columns of it, said otherwise."""
    from quartiers.usecases.declarer import declare_releve

    jour = date(2026, 1, 1) + timedelta(days=rang)
    textes = {
        "indicateur": "m-2-2-apprentis", "territoire": QUARTIER, "date": jour.isoformat(),
        "valeur": "3", "source": "Mairie", "cle": f"{jour}", **autres,
    }  # fmt: skip
    return partial(declare_releve, envoi=make_envoi(qui), textes=textes, pieces=pieces)


def make_prouvee(rang: int, qui: str = "deleguee", **autres: Any) -> Geste:
    """A value, two files that nobody else keeps, and the word of who saw the thing."""
    from quartiers.pieces.piece import PieceAdmise, VuSurPlace

    photo = PieceAdmise("affiche.jpg", "image/jpeg", b"\xff\xd8%d" % rang + qui.encode())
    papier = PieceAdmise(
        "convention.pdf", "application/pdf", (b"%%PDF-%d" % rang + qui.encode()) * 5000
    )
    return make_declaration(rang, qui, (photo, papier, VuSurPlace()), **autres)


def make_validation(rang: int) -> Geste:
    """A lot of all that waits: a value sent back, another and a charte accepted; declared anew once they are judged."""
    if not list_cles():
        make_declaration(2 * rang, "deleguee")()
        make_declaration(2 * rang + 1, "deleguee")()
        declare_charte(f"C{rang}")
    return make_lot("sous-prefete", list_cles())


def list_cles(ou: str = QUARTIER) -> list[Any]:
    """What waits, oldest first."""
    from quartiers.usecases.compter_personnes import list_personnes
    from quartiers.usecases.lister_attentes import list_attentes

    return [attente.cle for attente in list_attentes([ou], list_personnes)]


def make_lot(juge: str, cles: list[Any]) -> Geste:
    """The first one sent back, all others accepted."""
    from django.contrib.auth.models import User

    from quartiers.core.droits import MandatConfie
    from quartiers.core.enregistrement import Validation
    from quartiers.usecases.acces import open_droits
    from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir
    from quartiers.usecases.examiner import ChoixDeLigne, examine

    load_savoir()
    envoi = make_envoi(juge)
    mandats = (MandatConfie("sous_prefet_ville", "DEP-00", "Préfecture"),)
    qui = User.objects.get(pk=envoi.compte)
    droits = open_droits(qui, mandats, JOUR, MEMOIRE.get_actuels())
    rendue, *bonnes = cles
    choix = [ChoixDeLigne(cle, Validation.VALIDE) for cle in bonnes]
    choix.append(ChoixDeLigne(rendue, Validation.REJETE, motif="preuve"))
    return partial(examine, envoi=envoi, choix=choix, droits=droits)


def declare_charte(objet: str, qui: str = "deleguee") -> None:
    """A record of its own."""
    from quartiers.core.genres.convention import Convention
    from quartiers.usecases.declarer import declare_enregistrement

    textes = {
        "objet": objet, "le": "30/04/2026", "situe": QUARTIER, "genre": "charte", "debut": "01/01/2026",
    }  # fmt: skip
    declare_enregistrement(genre=Convention, envoi=make_envoi(qui), textes=textes)


def open_association() -> Any:
    """A browser signed in as an account that declares, of whom no second factor is asked."""
    from django.contrib.auth.models import User
    from django.test import Client

    from quartiers.usecases.creer_compte import create_compte

    compte = User.objects.filter(username="association").first() or create_compte(
        identifiant="association", mot_de_passe=None, role="association", territoires=(QUARTIER,),
        nom="Association", organisme="Association du Vallon", acte="convention", le=MOMENT,
    )  # fmt: skip
    client = Client(headers={"host": "localhost"})
    client.force_login(compte, backend="django.contrib.auth.backends.ModelBackend")
    return client


def make_envoi_de_fichier(rang: int) -> Geste:
    """A file of three values, of days of their own, sent by the web: tried and kept."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    client, debut = open_association(), date(2025, 1, 1) + timedelta(days=3 * rang)
    jours = [debut + timedelta(days=n) for n in range(3)]
    lignes = [f"m-2-2-apprentis;{QUARTIER};{jour};3" for jour in jours]
    octets = "\n".join(["indicateur;territoire;date;valeur", *lignes, ""]).encode()

    def send() -> None:
        fichier = SimpleUploadedFile("envoi.csv", octets)
        reponse = client.post("/importer/", {"genre": "releves", "fichier": fichier})
        if reponse.status_code != 302:
            raise AssertionError(reponse.content.decode()[-2000:])

    return send


def make_application(rang: int) -> Geste:
    """The same, read, then applied by the web."""
    from quartiers.storage.models import EssaiDImport

    make_envoi_de_fichier(rang)()
    client, garde = open_association(), EssaiDImport.objects.latest("pk")

    def apply() -> None:
        adresse = f"/importer/{garde.pk}/"
        reponse = client.post(adresse, {"condensat": garde.condensat, "dix_fois": "oui"})
        if reponse.status_code != 302 or reponse.headers["Location"] != adresse:
            raise AssertionError(reponse.content.decode()[-2000:])

    return apply


def count_essais() -> tuple[int, ...]:
    """Trials, and their files."""
    from quartiers.storage.models import EssaiDImport, FichierDePiece

    return EssaiDImport.objects.count(), FichierDePiece.objects.count()


def count_applications() -> tuple[int, ...]:
    """What was done of trials, then relevés and their writes."""
    from quartiers.storage.models import SuiteDEssai

    return SuiteDEssai.objects.count(), *count_releves()


def count_releves() -> tuple[int, ...]:
    """Relevés, and writes of relevés."""
    from quartiers.storage.models import Ecriture, Releve

    return Releve.objects.count(), Ecriture.objects.filter(genre="releves").count()


def count_prouvees() -> tuple[int, ...]:
    """The same, then pieces and their files."""
    from quartiers.storage.models import FichierDePiece, Piece

    return *count_releves(), Piece.objects.count(), FichierDePiece.objects.count()


def count_validations() -> tuple[int, ...]:
    """Writes of decisions, decisions, and their lines of the journal of acts."""
    from quartiers.storage.models import Acte, Ecriture, Examen

    lots = Ecriture.objects.filter(genre="examens").count()
    return lots, Examen.objects.count(), Acte.objects.filter(verbe="validation").count()


COUPABLES = {
    "formulaire": Coupable(make_declaration, count_releves),
    "pieces": Coupable(make_prouvee, count_prouvees),
    "essai": Coupable(make_envoi_de_fichier, count_essais),
    "atelier": Coupable(make_application, count_applications),
    "lot": Coupable(make_validation, count_validations),
}
