"""What became of one's declarations: accepted, sent back; one message, half an hour after the last decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Q

from quartiers.core.genres import GENRES
from quartiers.core.motifs_de_renvoi import AUTRE, MOTIFS
from quartiers.reports.courriel import write_examens
from quartiers.storage.models import Examen, Message
from quartiers.usecases.annuler import ANNULEE, DELAI
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.lister_attentes import ENREGISTREMENT, JUGES, RELEVE, Cle
from quartiers.usecases.messages.message_du import MessageDu, ask_chacun, list_dites
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.relire_declaration import Declaration, read_declarations

SORTE = Message.Sorte.EXAMEN
RECENTS = timedelta(days=7)
"""What was decided before is no news: a mail server set up late writes to nobody about last year."""
MOTIF_ECRIT = "le motif est écrit sur la page"
PATIENCE = timedelta(hours=2)
"""As long as somebody goes on judging, the message waits for the rest, but no longer."""


def list_dus(le: datetime, adresse: str) -> Iterator[MessageDu]:
    """Of every account whose declarations were judged. `adresse`: that of the site, without its last bar."""
    yield from ask_chacun(lambda compte: find_du(compte, le, adresse))


def find_du(compte: User, le: datetime, adresse: str) -> MessageDu | None:
    """All that was decided and not told, once it is too late to take the last decision back."""
    examens = {f"examen-{e.pk}": e for e in list_examens(compte, le)}
    dites = list_dites(compte, SORTE, examens)
    neufs = {nom: examen for nom, examen in examens.items() if nom not in dites}
    if not neufs or not is_fini([e.ecriture.saisi_le for e in neufs.values()], le):
        return None
    finis = {n: e for n, e in neufs.items() if le - e.ecriture.saisi_le >= DELAI}
    lues = read_declarations([get_cle(examen) for examen in finis.values()], compte.pk)
    dits = [d for d in lues.values() if d.etat in {"validée", "renvoyée"}]
    if not dits:
        return None
    renvoyees = [say_renvoi(d) for d in dits if d.etat == "renvoyée"]
    objet, texte = write_examens(
        acceptees=len(dits) - len(renvoyees), renvoyees=sorted(renvoyees), adresse=adresse
    )
    return MessageDu(compte, SORTE, tuple(finis), objet, texte)


def list_examens(compte: User, le: datetime) -> list[Examen]:
    """The last decision on each of its rows, those of these days, its own gestures apart."""
    siennes = Q()
    for table in (RELEVE, ENREGISTREMENT):
        for lien in ("compte", "pour"):
            siennes |= Q(**{f"{table}__ecriture__{lien}": compte})
    juges = Examen.objects.filter(
        siennes, suivant__isnull=True, resultat__in=JUGES, ecriture__saisi_le__gt=le - RECENTS
    )
    autres = juges.exclude(motif=ANNULEE).exclude(ecriture__compte=compte)
    return list(autres.select_related("ecriture").order_by("pk"))


def is_fini(moments: list[datetime], le: datetime) -> bool:
    """Nobody decided for half an hour, or the first decision has waited long enough."""
    return le - max(moments) >= DELAI or le - min(moments) >= PATIENCE


def get_cle(examen: Examen) -> Cle:
    """The row that it is about."""
    if examen.releve_id is not None:
        return Cle(RELEVE, examen.releve_id)
    return Cle(ENREGISTREMENT, examen.enregistrement_id or 0)


def say_renvoi(declaration: Declaration) -> str:
    """« Éducateurs, Les Tilleuls : la date manque » : no value, and none of the words that somebody typed."""
    savoir, lu = load_savoir(), declaration.lu
    if isinstance(lu, ReleveLu):
        indicateur = savoir.dossier.referentiel.get_indicateur(lu.indicateur)
        quoi = lu.indicateur if indicateur is None else indicateur.libelle
    else:
        quoi = GENRES[lu.genre].LIBELLE
    noms = [savoir.actuels[code].nom for code in lu.territoires if code in savoir.actuels]
    motif = declaration.examen.motif if declaration.examen is not None else ""
    dit = MOTIFS[motif] if motif in MOTIFS and motif != AUTRE else MOTIF_ECRIT
    return f"{', '.join([quoi, *noms])}\u00a0: {dit}"
