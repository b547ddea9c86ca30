"""The two dates of a page: « vu le » (of the facts) and « connu le » (of our knowledge), kept in every address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from quartiers.core.jour_ecrit import CauseDeRefus, JourRefuse, read_jour
from quartiers.reports.typographie import format_date
from quartiers.usecases.charger_demo import VU_LE_DEMO
from quartiers.web.horloge import read_today

ANNEES = range(2000, 2101)
"""Outside, no engagement exists and day arithmetic could overflow."""
REFUS = {
    CauseDeRefus.ILLISIBLE: "est illisible. Écrivez-la ainsi\u00a0: 2026-11-23 ou 23/11/2026.",
    CauseDeRefus.HORS_DES_ANNEES: "est hors des années 2000 à 2100.",
    CauseDeRefus.INEXISTANT: "n’existe pas dans le calendrier.",
}


class DateImpossible(ValueError):  # noqa: N818 - named in French like every noun of the product
    """A date of the address cannot be read; its text is for the reader."""


@dataclass(frozen=True, slots=True)
class Regard:
    """What a page looks at. `dites` are the pairs written in the address, to be kept in every link.

    `is_a_venir`: `vu_le` has not come yet, what is known today will have grown old by then.
    """

    vu_le: date
    connu_le: date
    dites: tuple[tuple[str, str], ...] = ()
    is_a_venir: bool = False

    @property
    def requete(self) -> str:
        """`?vu_le=…&connu_le=…`, or nothing when the address says no date."""
        return _write_requete(self.dites)

    @property
    def is_retrospectif(self) -> bool:
        """The page leaves aside what was learnt after `connu_le`, because its address says so."""
        return any(nom == "connu_le" for nom, _ in self.dites)

    @property
    def connu_dit(self) -> date | None:
        """The day of knowledge when the address says one."""
        return self.connu_le if self.is_retrospectif else None


@lru_cache
def _write_requete(dites: tuple[tuple[str, str], ...]) -> str:
    return f"?{urlencode(dites)}" if dites else ""


def read_regard(request: HttpRequest) -> Regard:
    """The dates of an address; each is today when it is not said (the day of the demo, in the demo)."""
    today = read_today()
    defaut = VU_LE_DEMO if settings.DEMO else today
    lues: dict[str, date] = {}
    for nom in ("vu_le", "connu_le"):
        texte = request.GET.get(nom, "").strip()
        if texte:
            lues[nom] = parse_jour(texte)
    if "connu_le" in lues and lues["connu_le"] > today:
        msg = (
            f"On ne peut pas dire ce que l’on saura le {format_date(lues['connu_le'])}. "
            "« Connu le » s’arrête à aujourd’hui."
        )
        raise DateImpossible(msg)
    if settings.DEMO:
        # The fixed day of the demonstration stays in every address, to be read and changed.
        lues.setdefault("vu_le", VU_LE_DEMO)
    return Regard(
        vu_le=lues.get("vu_le", defaut),
        connu_le=lues.get("connu_le", defaut),
        dites=tuple((nom, jour.isoformat()) for nom, jour in lues.items()),
        is_a_venir=lues.get("vu_le", defaut) > today,
    )


def parse_jour(texte: str) -> date:
    """`2026-11-23` or `23/11/2026`; DateImpossible says in French what is wrong and what to write."""
    try:
        return read_jour(texte, ANNEES)
    except JourRefuse as refus:
        msg = f"La date «\u00a0{texte[:40]}\u00a0» {REFUS[refus.cause]}"
        raise DateImpossible(msg) from None
