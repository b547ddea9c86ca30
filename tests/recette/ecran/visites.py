"""Each role asks for each page; what differs is opened once in the browser and judged at three widths."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.recette.ecran.juge import list_debordements, list_fautes_de_politique, list_violations
from tests.recette.ecran.mondes import Monde
from tests.recette.outils import expect
from tests.site import Lecteur, is_faute, open_navigateur

LARGEURS_JUGEES = (1280, 390)
LARGEURS = (*LARGEURS_JUGEES, 320)
FILS = 2
CACHES = re.compile(rb'name="(csrfmiddlewaretoken|next|porteur)" value="[^"]*"')
NOM = re.compile(rb'(<form class="compte".*?Mon compte, </span>)(.*?)(</a>)', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Role:
    """An account of a base, or nobody; `adresses` is all that it asks for."""

    monde: Monde
    compte: str
    adresses: tuple[str, ...]
    mot: str = ""


@dataclass(slots=True)
class Vue:
    """A page unlike any other, as the role with the longest name receives it.

    `corps`: without what no reader sees and the name of the account, `nom` the length of that name.
    """

    role: Role
    adresse: str
    statut: int
    cookies: dict[str, str]
    corps: bytes
    nom: int

    @property
    def ici(self) -> str:
        """Where, and who reads."""
        return f"[{self.role.monde.nom}, {self.role.compte or 'sans compte'}] {self.adresse}"


@dataclass(slots=True)
class Bilan:
    """What was asked, what was judged, what is wrong."""

    pages: int
    jugements: int = 0
    fautes: list[str] = field(default_factory=list)


def collect(roles: Sequence[Role]) -> tuple[int, list[Vue]]:
    """Every role, every address; pages equal save what no reader sees (the token of a form, where it
    leads afterwards) and the name of the account are one, judged under the longest name.
    """
    distinctes: dict[tuple[int, bytes], Vue] = {}
    visites = 0
    with ThreadPoolExecutor(FILS * 2) as fils:
        for vues in fils.map(visit, roles):
            visites += len(vues)
            for vue in vues:
                gardee = distinctes.get((vue.statut, vue.corps))
                if gardee is None or vue.nom > gardee.nom:
                    distinctes[vue.statut, vue.corps] = vue
    return visites, list(distinctes.values())


def visit(role: Role) -> list[Vue]:
    """Every page of a role, without a browser."""
    lecteur = Lecteur(role.monde.site)
    if role.compte:
        lecteur.sign_in(role.compte, role.mot)
    rendues = []
    for adresse in role.adresses:
        lu = lecteur.follow(adresse)
        corps, nom = strip_corps(lu.octets)
        rendues.append(Vue(role, lu.adresse, lu.code, lecteur.cookies, corps, nom))
    lecteur.renew()
    expect(
        not role.compte or any(vue.nom for vue in rendues),
        f"{role.compte} : son nom n’est nulle part",
    )
    return rendues


def strip_corps(octets: bytes) -> tuple[bytes, int]:
    """A page without what no reader sees nor the name of the account, and the length of that name."""
    nom = NOM.search(octets)
    return NOM.sub(rb"\1\3", CACHES.sub(b"", octets)), len(nom[2]) if nom else 0


def judge_part(vues: Sequence[Vue]) -> Bilan:
    """One browser and one window: each page is asked with the session of its reader, and must be the one he reads."""
    bilan = Bilan(len(vues))
    with open_navigateur() as navigateur:
        contexte = open_contexte(navigateur)
        surveillee = Surveillee(contexte)
        for vue in vues:
            contexte.clear_cookies()
            add_session(contexte, vue.role.monde.site, vue.cookies)
            bilan.fautes += [f"{vue.ici} : {faute}" for faute in judge_vue(surveillee, vue)]
            bilan.jugements += len(LARGEURS_JUGEES)
    return bilan


def judge_vue(surveillee: Surveillee, vue: Vue) -> list[str]:
    """The page as its reader receives it, then all that is judged of it."""
    surveillee.page.set_viewport_size({"width": LARGEURS[0], "height": 900})
    surveillee.entendues.clear()
    reponse = surveillee.goto(f"{vue.role.monde.site}{vue.adresse}")
    if reponse is not None and strip_corps(reponse.body())[0] != vue.corps:
        return ["le navigateur reçoit une autre page que ce lecteur"]
    return judge_page(surveillee, reponse, vue.statut)


def open_contexte(navigateur: Browser) -> BrowserContext:
    """A window of the largest width."""
    return navigateur.new_context(viewport={"width": LARGEURS[0], "height": 900}, locale="fr-FR")


def add_session(contexte: BrowserContext, site: str, cookies: dict[str, str]) -> None:
    """The session of a reader of a site."""
    contexte.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])


class Surveillee:
    """A page whose console, network and errors are listened to, the policy of the site being on."""

    def __init__(self, contexte: BrowserContext) -> None:
        self.page: Page = contexte.new_page()
        self.entendues: list[str] = []
        self._adresse = ""
        self.page.on("console", lambda m: self.hear(m.type, m.text, m.location["url"]))
        self.page.on("pageerror", lambda erreur: self.entendues.append(f"erreur : {erreur}"))
        self.page.on(
            "requestfailed",
            lambda r: self.entendues.append(f"échec : {r.url}") if is_faute(r) else None,
        )
        self.page.on("response", self.receive)

    def hear(self, genre: str, texte: str, adresse: str) -> None:
        """Errors and warnings; the browser also tells the status of the very page that we asked for."""
        if genre in {"error", "warning"} and adresse != self._adresse:
            self.entendues.append(f"console : {texte}")

    def receive(self, reponse: Response) -> None:
        """A file of the page that does not come; the page itself is judged by its status."""
        if reponse.request.is_navigation_request():
            self._adresse = reponse.url
        elif reponse.status >= 400:
            self.entendues.append(f"{reponse.status} : {reponse.url}")

    def goto(self, adresse: str) -> Response | None:
        """Open the page."""
        return self.page.goto(adresse)


def judge_page(surveillee: Surveillee, reponse: Response | None, statut: int) -> list[str]:
    """The page that is open: status, policy, then each width; what the console said comes last."""
    page, fautes = surveillee.page, []
    if reponse is None or reponse.status != statut:
        return [f"statut {reponse.status if reponse else '?'} au lieu de {statut}"]
    fautes += list_fautes_de_politique(reponse.headers)
    for largeur in LARGEURS:
        page.set_viewport_size({"width": largeur, "height": 900})
        fautes += list_debordements(page, largeur)
        if largeur in LARGEURS_JUGEES:
            fautes += [f"{largeur} px, {faute}" for faute in list_violations(page)]
    return fautes + surveillee.entendues


def list_identifiants(site: str) -> list[str]:
    """The accounts that the sign-in page of the demonstration offers first: the others open no other page."""
    lecteur = Lecteur(site)
    texte = lecteur.follow("/connexion/").texte
    lecteur.renew()
    premiers = texte.partition("</section>")[0]
    return re.findall(r'name="compte" value="([^"]+)"', premiers)


def join(*listes: Iterable[str]) -> tuple[str, ...]:
    """Without repeating."""
    return tuple(dict.fromkeys(adresse for liste in listes for adresse in liste))
