"""« À valider », once a day at most: what waits for an account, when something new waits, or after a week of silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from quartiers.core.droits import Droits, Verbe, has_verbe
from quartiers.core.temps import PARIS
from quartiers.reports.courriel import write_a_valider
from quartiers.storage.models import Message
from quartiers.usecases import acces
from quartiers.usecases.annuler import is_a_temps
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.deleguer import find_liees
from quartiers.usecases.lister_attentes import LigneEnAttente, build_file, list_attentes
from quartiers.usecases.messages.droits_du_compte import read_droits
from quartiers.usecases.messages.message_du import (
    MessageDu,
    ask_chacun,
    find_dernier,
    is_depuis,
    is_matin_passe,
    list_dites,
)

SORTE = Message.Sorte.A_VALIDER
RAPPEL = timedelta(days=7)


def list_dus(le: datetime, adresse: str) -> Iterator[MessageDu]:
    """Of every account that judges something. `adresse`: that of the site, without its last bar."""
    if not is_matin_passe(le):
        return
    yield from ask_chacun(lambda compte: find_du(compte, le, adresse))


def find_du(compte: User, le: datetime, adresse: str) -> MessageDu | None:
    """Nothing twice a day, nothing of what may still be taken back, nothing when all was told this week."""
    jour = le.astimezone(PARIS).date()
    droits = read_droits(compte, jour)
    if not has_verbe(droits.mandats, Verbe.VALIDER):
        return None
    dernier = find_dernier(compte, SORTE)
    if dernier is not None and dernier.astimezone(PARIS).date() >= jour:
        return None
    lignes = list_lignes(compte, droits, le)
    if not lignes:
        return None
    dites = list_dites(compte, SORTE, (str(ligne.cle) for ligne in lignes))
    neuves = tuple(str(ligne.cle) for ligne in lignes if str(ligne.cle) not in dites)
    if not neuves and not is_depuis(dernier, le, RAPPEL):
        return None
    objet, texte = write_a_valider(
        nombre=len(lignes),
        jours=(jour - lignes[0].saisi_le.astimezone(PARIS).date()).days,
        lieux=count_lieux(lignes),
        adresse=adresse,
    )
    return MessageDu(compte, SORTE, neuves or (f"rappel-{jour.isoformat()}",), objet, texte)


def list_lignes(compte: User, droits: Droits, le: datetime) -> tuple[LigneEnAttente, ...]:
    """Those that the account may judge and that nobody can take back any more, the oldest first."""
    codes = [t.code for t in acces.list_territoires(droits, load_savoir().actuels)]
    file = build_file(
        list_attentes(codes, list_personnes),
        droits,
        list_personnes([compte.pk])[compte.pk],
        find_liees(compte.pk, le.astimezone(PARIS).date()),
    )
    return tuple(ligne for ligne in file.miennes if not is_a_temps(ligne.saisi_le, le))


def count_lieux(lignes: Sequence[LigneEnAttente]) -> list[tuple[str, int]]:
    """How many lines speak of each territoire first, by name; the one that has most comes first."""
    connus = load_savoir().actuels
    noms = Counter(connus[ligne.territoires[0]].nom for ligne in lignes if ligne.territoires)
    return sorted(noms.items(), key=lambda lieu: (-lieu[1], lieu[0]))
