"""A form as a hand fills it: what its page already says, one gesture for each click or choice, then what a browser sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from tests.recette.lire_page import parse_html

COCHES = frozenset({"radio", "checkbox"})


class FormulaireJoue:
    """The form of a page that is sent to this very address. `gestes`: counted here, and nowhere by hand."""

    def __init__(self, client: Any, adresse: str) -> None:
        page = parse_html(client.get(adresse).content.decode())
        (self._form,) = [f for f in page.iter("form") if f.get("action") == adresse]
        self._client = client
        self._adresse = adresse
        self._dits: dict[str, list[str]] = {}
        for nom, valeur in _list_dits(self._form):
            self._dits.setdefault(nom, []).append(valeur)
        self.gestes = 0

    def list_valeurs(self, nom: str) -> list[str]:
        """What the page says under a name."""
        return list(self._dits.get(nom, ()))

    def tick(self, nom: str, valeur: str) -> None:
        """One click on a button of choice that is there."""
        genres = [i.get("type") for i in self._form.iter("input") if _says(i, nom, valeur)]
        assert COCHES.issuperset(genres[:1] or [""]), f"rien à cocher : {nom} = {valeur}"
        avant = self.list_valeurs(nom) if genres[0] == "checkbox" else []
        self._dits[nom] = [*avant, valeur]
        self.gestes += 1

    def choose(self, nom: str, valeur: str) -> None:
        """One choice in a list."""
        listes = [s for s in self._form.iter("select") if s.get("name") == nom]
        assert [o for s in listes for o in s.iter("option") if o.get("value") == valeur], nom
        self._dits[nom] = [valeur]
        self.gestes += 1

    def send(self) -> Any:
        """One click on its only button, and the answer."""
        boutons = [b for b in self._form.iter("button") if b.get("type") == "submit"]
        assert len(boutons) == 1, f"{len(boutons)} boutons"
        self.gestes += 1
        return self._client.post(self._adresse, self._dits)


def _says(element: Element, nom: str, valeur: str) -> bool:
    return element.get("name") == nom and element.get("value") == valeur


def _list_dits(form: Element) -> Iterator[tuple[str, str]]:
    """What would be sent if nobody touched anything."""
    for champ in form.iter("input"):
        nom = champ.get("name")
        if nom and (champ.get("type") not in COCHES or "checked" in champ.attrib):
            yield nom, champ.get("value") or ""
    for liste in form.iter("select"):
        options = list(liste.iter("option"))
        choisies = [o for o in options if "selected" in o.attrib] or options[:1]
        for option in choisies:
            yield liste.get("name") or "", option.get("value") or ""
