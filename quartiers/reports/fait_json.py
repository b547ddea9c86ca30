"""A fait in JSON: what it says, where it comes from."""

from __future__ import annotations

from typing import Any

from quartiers.core.constat import ConstatCompte, FaitRetenu
from quartiers.core.fait import Confirmation, Objet, Releve, SansObjet
from quartiers.core.historique import FaitConnu, get_date
from quartiers.core.registre import EnregistrementRetenu
from quartiers.reports.nombres import get_jour, get_nombre


def render_fait(fait: FaitRetenu) -> dict[str, Any]:
    """One fait of `faits` (formats.md): key, kind, label, date, distance, source, millésime, line."""
    preuve = fait.preuve
    source = preuve.source or getattr(fait, "source", "")
    return {
        "cle": preuve.cle or _invent_cle(fait),
        "genre": preuve.genre,
        "libelle": preuve.libelle,
        "date": get_jour(get_date(fait)),
        "connu_le": get_jour(fait.connu_le),
        "distance_m": get_nombre(fait.distance_m) if isinstance(fait, Objet) else None,
        "source": source,
        "millesime": get_jour(preuve.millesime),
        "ligne": preuve.ligne,
        "empreinte": preuve.empreinte,
        "archive": preuve.archive,
        **_render_valeur(fait),
    }


def _invent_cle(fait: FaitRetenu) -> str:
    """A stable key for a fait without one of its own."""
    if isinstance(fait, Releve) and fait.cle:
        return fait.cle
    return f"{fait.indicateur}/{fait.territoire}/{get_date(fait).isoformat()}"


def _render_valeur(fait: FaitRetenu) -> dict[str, Any]:
    if isinstance(fait, Releve):
        return {
            "valeur": get_nombre(fait.valeur),
            "numerateur": get_nombre(fait.numerateur),
            "denominateur": get_nombre(fait.denominateur),
            "jalon": fait.jalon,
        }
    if isinstance(fait, Objet):
        return {"objet": fait.objet, "du": get_jour(fait.du), "au": get_jour(fait.au)}
    if isinstance(fait, Confirmation):
        return {"objet": fait.objet}
    if isinstance(fait, ConstatCompte):
        return {"statut": fait.statut, "compte": fait.is_compte}
    if isinstance(fait, EnregistrementRetenu):
        return {"objet": fait.enregistrement.objet, "nombre": fait.nombre}
    return {"motif": fait.motif} if isinstance(fait, SansObjet) else {}


def render_fait_connu(connu: FaitConnu) -> dict[str, Any]:
    """One line of `historique`: the fait, its two dates, and the day it was replaced."""
    return render_fait(connu.fait) | {
        "date": get_jour(connu.date),
        "connu_le": get_jour(connu.connu_le),
        "remplace_le": get_jour(connu.remplace_le),
    }
