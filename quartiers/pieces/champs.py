"""The fields of a text and the formulas of a table: what makes a document ask another program, or fetch elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CHAMP = re.compile(
    r'[\s"\\]*(DDE|DDEAUTO|LINK|DATABASE|IMPORT|INCLUDE|INCLUDEPICTURE|INCLUDETEXT)(?![A-Z])',
    re.IGNORECASE,
)
"""The field of a text, by its first word."""
_CHAINE = re.compile(r'"[^"]*"')
_FEUILLE = re.compile(r"'[^'|]*'")
_FORMULE = re.compile(r"\b(DDE|WEBSERVICE|IMAGE|RTD|CALL|REGISTER\.ID)\s*\(|\|", re.IGNORECASE)
"""What no formula of a table on its own calls; « programme|sujet!case » is how Excel writes DDE."""

_INSTRUCTIONS = frozenset({"instrText", "delInstrText"})
_FORMULES = frozenset({"f", "definedName"})


def is_champ_ailleurs(instruction: str) -> bool:
    """Whether a field fetches what it shows in another file or another program."""
    return bool(_CHAMP.match(instruction))


def is_formule_ailleurs(formule: str) -> bool:
    """Whether a formula calls another program, or an address; a text between quotes calls nothing."""
    return bool(_FORMULE.search(_FEUILLE.sub("", _CHAINE.sub("", formule))))


class LecteurDInstructions:
    """The instructions of an OOXML text, put together from their pieces, and the formulas of an OOXML table."""

    def __init__(self) -> None:
        self.is_ailleurs = False
        self._champs: list[str | None] = []
        """What each open field says, the innermost last; None once its result has begun."""
        self._dedans = ""
        self._texte: list[str] = []

    def open_element(self, nom: str, attributs: Mapping[str, str]) -> None:
        """A field begins, ends, or gives way to its result; an instruction or a formula begins."""
        if nom == "fldChar":
            self._turn(attributs.get("fldCharType", ""))
        elif nom == "fldSimple":
            self._note(is_champ_ailleurs(attributs.get("instr", "")))
        elif nom in _INSTRUCTIONS | _FORMULES:
            self._dedans, self._texte = nom, []

    def add_texte(self, texte: str) -> None:
        """Only what is said inside an instruction or a formula."""
        if self._dedans:
            self._texte.append(texte)

    def close_element(self, nom: str) -> None:
        """What was said is judged at once, a field by all that it has said until now."""
        if nom != self._dedans:
            return
        dit, self._dedans = "".join(self._texte), ""
        if nom in _FORMULES:
            self._note(is_formule_ailleurs(dit))
            return
        debut = self._champs[-1] if self._champs else None
        if debut is not None:
            dit = self._champs[-1] = debut + dit
        self._note(is_champ_ailleurs(dit))

    def _turn(self, genre: str) -> None:
        if genre == "begin":
            # A field whose first word another field works out hides what it is.
            self._note(bool(self._champs) and (self._champs[-1] or "x").isspace())
            self._champs.append(" ")
        elif self._champs:
            self._champs.pop()
            if genre == "separate":
                self._champs.append(None)

    def _note(self, is_ailleurs: bool) -> None:  # noqa: FBT001 -- what it notes
        self.is_ailleurs = self.is_ailleurs or is_ailleurs
