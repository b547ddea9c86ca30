"""4. Robots open a link and nothing happens, a person enters by it; what was revoked opens nothing any more.

The other half of this line, a session that expires while one types, has its own program.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection
from zoneinfo import ZoneInfo

from tests.recette.outils import Atelier, expect, play
from tests.recette.serveur import serve_atelier
from tests.site import JETON, Lecteur, Lu

LECTURES = 10
PHRASE = "une longue phrase facile"
ENVOI = {"nouveau": PHRASE, "encore": PHRASE}
TILLEULS, BEAUREGARD = "QC-FICTIF-TILLEULS", "QC-FICTIF-BEAUREGARD"
SIEN, DELEGUE = f"/quartiers/{TILLEULS}/", f"/quartiers/{BEAUREGARD}/"
_LIEN = re.compile(r"/invitations/[\w-]{43}/")
_IDENTIFIANT = re.compile(r"identifiant de ce compte est «\s([^\s]+)\s»")
_COMPTE = re.compile(r'href="/comptes/(\d+)/">([^<]+)</a>')
_MANDAT = re.compile(r'href="/comptes/mandats/(\d+)/"')


@dataclass(slots=True)
class Personne:
    """Somebody invited: the links that were handed, what one signs in with, a reader with a session.

    `secours`: the codes given with a second factor, to enter again.
    """

    nom: str
    liens: list[str]
    identifiant: str
    lecteur: Lecteur
    secours: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Registre:
    """What was refused, and every refusal that was expected."""

    site: str
    refus: list[str] = field(default_factory=list)

    def refuse(self, quoi: str, lu: Lu, code: int = 404) -> None:
        """Replayed, and refused."""
        expect(lu.code == code, f"{quoi} : {lu.code} au lieu de {code}")
        self.refus.append(quoi)


def main(atelier: Atelier) -> str:
    """The site of the demonstration, served by its command; every gesture by its pages."""
    with serve_atelier(atelier, "demo") as site:
        prefet = Lecteur(site)
        prefet.sign_in("demo-prefet")
        invitee = invite(prefet, "S. Vasseur", "sous_prefet_ville", "DEP-00")
        read_as_robots(site, invitee.liens[0])
        enter(invitee)
        invitee.liens.append(invite_again(prefet, invitee.nom))
        deleguee = invite(invitee.lecteur, "N. Aubry", "delegue", TILLEULS)
        enter(deleguee)
        deleguee.liens.append(invite_again(invitee.lecteur, deleguee.nom))
        attendue = invite(invitee.lecteur, "K. Roussel", "delegue", BEAUREGARD)
        delegate(invitee, deleguee)
        etag = read_ouvert(deleguee.lecteur, DELEGUE).entetes["etag"]
        end(prefet, invitee.nom)
        registre = Registre(site)
        replay(registre, invitee, deleguee, attendue, etag)
        read_ouvert(deleguee.lecteur, SIEN)
        for lecteur in (prefet, invitee.lecteur, deleguee.lecteur):
            lecteur.renew()
    for refus in registre.refus:
        atelier.note(f"refusé : {refus}")
    return (
        f"{LECTURES} GET et {LECTURES} HEAD sur une invitation ne la consomment pas, un envoi humain entre ; "
        f"après la révocation, {len(registre.refus)} rejeux sur {len(registre.refus)} refusés "
        "(session, liens, invitations remises, délégation, gestes), et la déléguée garde ce qui est à elle"
    )


def read_ouvert(lecteur: Lecteur, adresse: str) -> Lu:
    """A page that opens."""
    lu = lecteur.read(adresse)
    expect(lu.code == 200, f"{adresse} : {lu.code} au lieu de 200")
    return lu


def invite(lecteur: Lecteur, nom: str, role: str, territoire: str) -> Personne:
    """By the form; the link is read on the answer."""
    champs = {"nom": nom, "territoires": territoire, "acte": "lettre du 30 novembre 2026"}
    lu = lecteur.post(f"/comptes/inviter/{role}/", champs)
    lien, identifiant = _LIEN.search(lu.texte), _IDENTIFIANT.search(lu.texte)
    expect(lien is not None and identifiant is not None, f"{nom} n'est pas invité : {lu.code}")
    liens = [lien[0] if lien else ""]
    return Personne(nom, liens, identifiant[1] if identifiant else "", Lecteur(lecteur.site))


def invite_again(lecteur: Lecteur, nom: str) -> str:
    """Another link for somebody in sight."""
    lu = lecteur.post(f"/comptes/{find_compte(lecteur, nom)}/lien/", {})
    lien = _LIEN.search(lu.texte)
    expect(lien is not None, f"pas de second lien pour {nom} : {lu.code}")
    return lien[0] if lien else ""


def find_compte(lecteur: Lecteur, nom: str) -> str:
    """The number of an account, as the page « Comptes » links to it."""
    noms = {dit: numero for numero, dit in _COMPTE.findall(read_ouvert(lecteur, "/comptes/").texte)}
    expect(nom in noms, f"{nom} n'est pas sur la page des comptes")
    return str(noms[nom])


def read_as_robots(site: str, lien: str) -> None:
    """Mail scanners."""
    for verbe in ("GET", "HEAD"):
        for _ in range(LECTURES):
            prise = HTTPConnection(site.removeprefix("http://"), timeout=60)
            prise.request(verbe, lien)
            reponse = prise.getresponse()
            expect(reponse.status == 200, f"{verbe} d'un robot : {reponse.status}")
            reponse.read()
            prise.close()


def enter(personne: Personne) -> None:
    """The form of the link, as a browser sends it."""
    lu = send_lien(personne.lecteur, personne.liens[0])
    expect(lu.code == 302, f"{personne.nom} n'entre pas : {lu.code}")
    personne.secours = personne.lecteur.set_up_facteur()
    read_ouvert(personne.lecteur, "/compte/")


def send_lien(lecteur: Lecteur, lien: str) -> Lu:
    """With the token that the page itself gives, when there is one."""
    if JETON.search(lecteur.read(lien).octets):
        return lecteur.post(lien, ENVOI)
    return Lecteur(lecteur.site).post(lien, ENVOI)


def delegate(de: Personne, a: Personne) -> None:
    """For today, by the page of one's own account."""
    page = read_ouvert(de.lecteur, "/compte/deleguer/").texte
    mandat = re.search(r'<select[^>]*name="mandat".*?value="(\d+)"', page, re.DOTALL)
    expect(mandat is not None, "rien à déléguer")
    jour = datetime.now(tz=ZoneInfo("Europe/Paris")).date().isoformat()
    champs = {
        "mandat": mandat[1] if mandat else "",
        "a": find_compte(de.lecteur, a.nom),
        "du": jour,
        "au": jour,
    }
    lu = de.lecteur.post("/compte/deleguer/", champs)
    expect(lu.code == 302, f"délégation refusée : {lu.code}")


def end(lecteur: Lecteur, nom: str) -> None:
    """« Mettre fin » to the only mandat of somebody."""
    page = read_ouvert(lecteur, f"/comptes/{find_compte(lecteur, nom)}/").texte
    (mandat,) = _MANDAT.findall(page)
    lu = lecteur.post(f"/comptes/mandats/{mandat}/fin/", {})
    expect(lu.code == 302, f"mandat non fini : {lu.code}")


def replay(
    registre: Registre, invitee: Personne, deleguee: Personne, attendue: Personne, etag: str
) -> None:
    """Everything that the mandat had opened."""
    for adresse in ("/compte/", SIEN, "/comptes/"):
        registre.refuse(f"la session, {adresse}", invitee.lecteur.read(adresse), 302)
    remis = [*deleguee.liens, *attendue.liens]
    for lien in (*invitee.liens, *remis):
        quoi = "un lien remis par elle" if lien in remis else "un lien d’elle"
        registre.refuse(f"{quoi}, lu", Lecteur(registre.site).read(lien))
        registre.refuse(f"{quoi}, envoyé", send_lien(Lecteur(registre.site), lien))
    registre.refuse("la délégation", deleguee.lecteur.read(DELEGUE))
    copie = {"If-None-Match": etag}
    registre.refuse("la délégation, copie en main", deleguee.lecteur.read(DELEGUE, copie))
    revenue = Lecteur(registre.site)
    revenue.post("/connexion/", {"username": invitee.identifiant, "password": PHRASE})
    lu = revenue.post("/connexion/second-facteur/", {"code": invitee.secours[0]})
    expect(lu.code == 302, f"elle ne revient pas : {lu.code}")
    read_ouvert(revenue, "/compte/")
    for adresse in (SIEN, DELEGUE, "/comptes/", "/comptes/inviter/delegue/", "/compte/deleguer/"):
        registre.refuse(f"revenue par son mot de passe, {adresse}", revenue.read(adresse))
    geste = revenue.post("/comptes/inviter/delegue/", {"nom": "X", "territoires": TILLEULS})
    registre.refuse("revenue, elle invite", geste)
    revenue.renew()


if __name__ == "__main__":
    play(main)
