"""What is planted here, one rare word for each field, by files, by forms and by the acts that make accounts."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from quartiers.storage.models import (
    Delegation,
    Ecriture,
    EssaiDImport,
    FichierDePiece,
    Invitation,
    Mandat,
    Piece,
    Releve,
    SessionOuverte,
    Transmission,
)
from quartiers.web.horloge import read_today
from tests.pieces.fabrique import draw_image
from tests.recette.base_demo import take
from tests.recette.droits.monde import (
    CONNU_LE,
    ICI,
    LA_BAS,
    LIEUX,
    REVOQUE,
    Monde,
    Personnage,
    Recue,
)
from tests.recette.droits.mots import Mots
from tests.recette.outils import expect

ICI_QUARTIER, LA_BAS_QUARTIER = LIEUX["quartier"]
VALEUR, POSTES = "e06-a1-educateurs-etp", "e06-a2-adultes-relais"
CONTESTE = "e03-a5-ateliers-creation"
"""Said of here by a file of the host, and of nobody's hand."""
FICHIERS = {
    "releves": """\
indicateur;territoire;date;valeur;source;declarant;commentaire;cle
e03-a5-ateliers-creation;{ou};2026-01-05;3;{releve-source};{releve-declarant};{releve-commentaire};{releve-cle}
""",
    "cibles": """\
indicateur;territoire;operateur;valeur;echeance;base;base_date;base_source;origine;effet
e01-a6-ateliers-langues;{ou};>=;8;2027-08-31;2;2026-01-01;{cible-base_source};plan;2026-01-01
""",
    "sans_objet": """\
indicateur;territoire;motif;valide_le;valide_par
e08-a7-clj;{ou};public_absent;2026-01-10;{sans_objet-valide_par}
""",
    "organisme": """\
objet;le;situe;nom;genre;domaine;actif_depuis
{organisme-objet};2026-01-05;{ou};{organisme-nom};siae;social;2025-02-14
""",
    "convention": """\
objet;le;situe;genre;debut;signataire
{convention-objet};2026-01-05;{ou};cite_educative;2025-06-14;{convention-signataire}
""",
    "lieu": """\
objet;le;situe;genre;nom;adresse;ouvert
{lieu-objet};2026-01-05;{ou};centre_social;{lieu-nom};{lieu-adresse};2025-06-14
""",
    "poste": """\
objet;le;situe;fonction;employeur;etp_finance;etp_pourvu;finance_depuis;pourvu_depuis;validation
{poste-objet};2026-01-05;{ou};adulte_relais;{poste-employeur};1;1;2025-06-06;2025-07-07;soumis
{ebauche-objet};2026-01-05;{ou};adulte_relais;{ebauche-employeur};1;1;2025-06-06;2025-07-07;brouillon
""",
    "cohorte": """\
objet;le;situe;dispositif;unite_comptee;n;du;organisme
{cohorte-objet};2026-01-05;{ou};clas;jeunes;34;2025-09-01;{cohorte-organisme}
""",
    "activite": """\
objet;le;situe;genre;titre;premier_jour;tenue;theme;serie
{activite-objet};2026-01-05;{ou};atelier;{activite-titre};2026-01-04;oui;langues;{activite-serie}
""",
    "instance": """\
objet;le;situe;genre;nom;problemes_ouverts;problemes_resolus
{instance-objet};2026-01-05;{ou};gpo;{instance-nom};8;5
""",
    "seance": """\
objet;le;situe;instance;tenue
{seance-objet};2026-01-05;{ou};gpo;oui
""",
    "decision": """\
objet;le;situe;instance;texte;echeance;etat
{decision-objet};2026-01-05;COM-00004;clspd_plenier;{decision-texte};2026-01-04;executee
""",
    "projet": """\
objet;le;situe;programme;nom;etape
{projet-objet};2026-01-05;{ou};npnru;{projet-nom};3
""",
    "financement": """\
objet;le;situe;programme;financeur;beneficiaire;montant;exercice
{financement-objet};2026-01-05;{ou};{programme};{financement-financeur};{financement-beneficiaire};1000;2026
""",
}
"""By kind: files imported by the host, hence of no account and of no organisme."""
_A_DIRE = re.compile(r"\{([a-z_]+-[a-z_]+)\}")
_LIEN = re.compile(r"/invitations/([\w-]{43})/")


@dataclass(slots=True)
class Objets:
    """The numbers of what was made, here and over there; `octets`: of a file, as it is kept, by what bears it."""

    numeros: dict[str, dict[str, int]] = field(default_factory=dict)
    octets: dict[str, bytes] = field(default_factory=dict)
    jeton: str = ""

    def set(self, quoi: str, ou: str, numero: int) -> None:
        """One more."""
        self.numeros.setdefault(quoi, {})[ou] = numero


def plant(monde: Monde, dossier: Path) -> Objets:
    """Everything."""
    objets = Objets()
    import_fichiers(monde.mots, dossier)
    for ou, quartier in ((ICI, ICI_QUARTIER), (LA_BAS, LA_BAS_QUARTIER)):
        declare_tout(monde, objets, ou, quartier)
        import_tout(monde, objets, ou)
        name_tout(monde, objets, ou)
        contest_un_chiffre(monde, objets, ou, quartier)
    return objets


def import_fichiers(mots: Mots, dossier: Path) -> None:
    """Here alone."""
    for genre, texte in FICHIERS.items():
        ecrit = _A_DIRE.sub(lambda dit: mots.draw(dit[1]), texte)
        ecrit = ecrit.replace("{ou}", ICI_QUARTIER).replace("{programme}", "fipd")
        chemin = dossier / f"{genre}.csv"
        chemin.write_text(ecrit, encoding="utf-8")
        take(genre, chemin, connu_le=CONNU_LE)


def expect_suite(reponse: Recue, quoi: str) -> str:
    """The address that a gesture led to: it was done."""
    expect(reponse.status_code == 302, f"{quoi} : {reponse.status_code}")
    return str(reponse.headers["Location"])


def declare_tout(monde: Monde, objets: Objets, ou: str, quartier: str) -> None:
    """A value and a post with their files, by a délégué; a post by an association; one sent back; a draft."""
    gens = monde.ici if ou == ICI else monde.la_bas
    mots, delegue = monde.mots, gens["delegue"]
    valeur = f"/territoires/{quartier}/declarer/{VALEUR}/"
    poste = f"/territoires/{quartier}/declarer/{POSTES}/poste/"
    pdf = make_pdf(mots.draw(f"{ou}-pdf-texte"))
    fichier = SimpleUploadedFile(
        f"{mots.draw(f'{ou}-pdf-nom')}.pdf", pdf, content_type="application/pdf"
    )
    saisie = build_valeur(mots.draw(f"{ou}-valeur-commentaire")) | {"preuve": fichier}
    suite = expect_suite(delegue.client.post(valeur, saisie), "la valeur")
    objets.set("declaration", ou, int(suite.strip("/").rpartition("-")[2]))
    objets.set("piece", ou, Piece.objects.latest("pk").pk)
    hauteur = 20 if ou == ICI else 30
    photo = SimpleUploadedFile(
        f"{mots.draw(f'{ou}-photo-nom')}.png", draw_image("PNG", (40, hauteur)),
        content_type="image/png",
    )  # fmt: skip
    saisie = build_poste(quartier, mots.draw(f"{ou}-forme-employeur")) | {"preuve": photo}
    expect_suite(delegue.client.post(poste, saisie), "le poste")
    gardee = FichierDePiece.objects.get(pk=Piece.objects.latest("pk").fichier_id)
    objets.octets[f"{ou}-photo-octets"] = bytes(gardee.octets)
    declarants = [gens["association"], *([monde.autres[REVOQUE]] if ou == ICI else [])]
    for qui in declarants:
        employeur = mots.draw(f"{ou}-{qui.nom.split()[-1]}-employeur")
        suite = expect_suite(qui.client.post(poste, build_poste(quartier, employeur)), qui.nom)
    objets.set("declaration_finie", ou, int(suite.strip("/").rpartition("-")[2]))
    send_back(monde, gens, ou, valeur)
    ebauche = build_valeur(mots.draw(f"{ou}-brouillon-commentaire"))
    page = delegue.client.get(poste).content.decode()
    porteur = re.search(r'name="porteur" value="([^"]+)"', page)
    expect(porteur is not None, "pas de porteur")
    ebauche |= {"employeur": mots.draw(f"{ou}-brouillon-employeur"), "brouillon": "oui"}
    ebauche["preuve"] = SimpleUploadedFile(f"{mots.draw(f'{ou}-brouillon-fichier')}.pdf", pdf)
    expect_suite(delegue.client.post(poste, ebauche), "le brouillon")


def contest_un_chiffre(monde: Monde, objets: Objets, ou: str, quartier: str) -> None:
    """Contested by the commune, with a file; a document is asked for, which stops the clock."""
    gens, mots = (monde.ici if ou == ICI else monde.la_bas), monde.mots
    photo = SimpleUploadedFile(
        f"{mots.draw(f'{ou}-soutien-nom')}.png",
        draw_image("PNG", (50, 25)),
        content_type="image/png",
    )
    saisie = {
        "motif": "incomplet", "dit": mots.draw(f"{ou}-contestation-dit"), "valeur": "7", "preuve": photo,
        "date": (read_today() - timedelta(days=2)).isoformat(),
    }  # fmt: skip
    adresse = f"/preuves/{quartier}/{CONTESTE}/contester/"
    suite = expect_suite(gens["commune"].client.post(adresse, saisie), "la contestation")
    numero = int(suite.strip("/").rpartition("/")[2])
    objets.set("contestation", ou, numero)
    juge = gens["sous_prefet_ville"].client
    page = juge.get(f"{suite}trancher/").content.decode()
    vu = re.search(r'name="vu" value="([^"]*)"', page)
    expect(vu is not None, "pas de formulaire pour trancher")
    demande = {"suite": "piece", "reponse": mots.draw(f"{ou}-contestation-reponse")}
    demande["vu"] = vu[1] if vu else ""
    expect_suite(juge.post(f"{suite}trancher/", demande), "la pièce demandée")


def import_tout(monde: Monde, objets: Objets, ou: str) -> None:
    """A file that waits, with a line that is refused, then one that was applied: by a délégué."""
    delegue, mots = (monde.ici if ou == ICI else monde.la_bas)["delegue"], monde.mots
    quartier = ICI_QUARTIER if ou == ICI else LA_BAS_QUARTIER
    for quoi, jours in (("essai", 30), ("importe", 40)):
        rare = mots.draw(f"{ou}-{quoi}-case") if quoi == "essai" else ""
        fichier = make_fichier(mots.draw(f"{ou}-{quoi}-nom"), 4, jours, quartier, rare)
        envoi = {"genre": "releves", "fichier": fichier}
        adresse = expect_suite(delegue.client.post("/importer/", envoi), f"l’essai {quoi}")
        garde = EssaiDImport.objects.latest("pk")
        objets.set(quoi, ou, garde.pk)
        if quoi == "importe":
            suite = delegue.client.post(adresse, {"condensat": garde.condensat})
            expect(expect_suite(suite, "l’import") == adresse, "un import n’est pas appliqué")


def make_fichier(
    nom: str, valeur: int, jours: int, quartier: str = ICI_QUARTIER, rare: str = ""
) -> SimpleUploadedFile:
    """One value of some days ago; `rare`: the word of a cell that is refused."""
    jour = read_today() - timedelta(days=jours)
    lignes = [f"{VALEUR};{quartier};{jour.isoformat()};{valeur}"]
    lignes += [f"{VALEUR};{quartier};{jour.isoformat()};{rare}"] if rare else []
    texte = "\n".join(["indicateur;territoire;date;valeur", *lignes, ""])
    return SimpleUploadedFile(f"{nom}.csv", texte.encode(), content_type="text/csv")


def send_back(monde: Monde, gens: dict[str, Personnage], ou: str, adresse: str) -> None:
    """A value declared, then sent back with words, by two persons."""
    saisie = build_valeur(monde.mots.draw(f"{ou}-renvoyee-commentaire"), jours=9)
    expect_suite(gens["delegue"].client.post(adresse, saisie), "la valeur à renvoyer")
    cle = f"releve-{Releve.objects.latest('pk').pk}"
    mot = monde.mots.draw(f"{ou}-renvoi-mot")
    renvoi = {"ligne": [cle], f"l-{cle}": "renvoyer", f"m-{cle}": "autre", f"w-{cle}": mot}
    expect_suite(gens["sous_prefet_ville"].client.post("/valider/", renvoi), "le renvoi")


def name_tout(monde: Monde, objets: Objets, ou: str) -> None:
    """Somebody invited, a delegation, a transmission to come, a lot, a session."""
    gens, mots = (monde.ici if ou == ICI else monde.la_bas), monde.mots
    quartier = ICI_QUARTIER if ou == ICI else LA_BAS_QUARTIER
    prefet, sous_prefet, delegue = (gens[r] for r in ("prefet", "sous_prefet_ville", "delegue"))
    invitation = {
        "nom": mots.draw(f"{ou}-invite-nom"), "fonction": mots.draw(f"{ou}-invite-fonction"),
        "courriel": f"{mots.draw(f'{ou}-invite-courriel').lower()}@exemple.test", "territoires": quartier,
        "acte": mots.draw(f"{ou}-invite-acte"),
    }  # fmt: skip
    reponse = prefet.client.post("/comptes/inviter/delegue/", invitation)
    lien = _LIEN.search(reponse.content.decode())
    expect(lien is not None, f"pas de lien : {reponse.status_code}")
    objets.jeton = objets.jeton or (lien[1] if lien else "")
    invite = Invitation.objects.latest("pk")
    objets.set("lien", ou, invite.pk)
    jour = read_today()
    mandat = Mandat.objects.get(compte=sous_prefet.compte)
    dates = {"du": jour.isoformat(), "au": (jour + timedelta(days=3)).isoformat()}
    delegation = {"mandat": mandat.pk, "a": prefet.compte, **dates}
    expect_suite(sous_prefet.client.post("/compte/deleguer/", delegation), "la délégation")
    objets.set("delegation", ou, Delegation.objects.latest("pk").pk)
    objets.set("compte", ou, delegue.compte)
    objets.set("mandat", ou, Mandat.objects.get(compte=delegue.compte).pk)
    objets.set("session", ou, SessionOuverte.objects.get(compte=delegue.compte).pk)
    objets.set(
        "lot", ou, Ecriture.objects.filter(compte=sous_prefet.compte).latest("numero").numero
    )
    objets.set("transmission", ou, transmit(mots, prefet, invite.compte_id, sous_prefet.compte, ou))


def transmit(mots: Mots, prefet: Personnage, de: int, a: int, ou: str) -> int:
    """In ten days, by the page: seen, then done."""
    adresse = f"/comptes/{de}/transmettre/"
    le = (read_today() + timedelta(days=10)).isoformat()
    demande = {"a": str(a), "le": le, "acte": mots.draw(f"{ou}-transmission-acte")}
    page = prefet.client.get(adresse, demande).content.decode()
    plan = re.search(r'name="plan" value="([^"]+)"', page)
    expect(plan is not None, "pas de plan de transmission")
    faite = prefet.client.post(adresse, demande | {"plan": plan[1] if plan else ""})
    expect_suite(faite, "la transmission")
    return Transmission.objects.latest("pk").pk


def build_valeur(mot: str, jours: int = 0) -> dict[str, object]:
    """The form of a value, of so many days ago."""
    jour = (read_today() - timedelta(days=jours)).isoformat()
    return {"date": jour, "autre": "5", "dix_fois": "5", "commentaire": mot}


def build_poste(quartier: str, employeur: str) -> dict[str, object]:
    """The form of a post."""
    return {
        "le": read_today().isoformat(), "situe": quartier, "fonction": "adulte_relais", "employeur": employeur,
        "etp_finance": "1", "etp_pourvu": "1", "pourvu_depuis": "2026-01-02",
    }  # fmt: skip


def make_pdf(mot: str) -> bytes:
    """A document of one page that says a word."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    police = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=police))
    page.Contents = pdf.make_stream(f"BT /F1 24 Tf 72 720 Td ({mot}) Tj ET".encode())
    sortie = io.BytesIO()
    pdf.save(sortie)
    return sortie.getvalue()
