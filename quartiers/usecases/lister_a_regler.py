"""What must be settled among the accounts in sight: quartiers without délégué, mandats that end, links left unused."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.db.models import Max

from quartiers.core.dire import fold
from quartiers.core.temps import PARIS
from quartiers.core.territoire import Genre, Territoire
from quartiers.storage.models import Invitation, Mandat
from quartiers.usecases.lister_restants import list_ouvertes, list_restants
from quartiers.usecases.nommant import Nommant, Role

BIENTOT = 30
"""Days before its end from which a mandat is to be settled."""
PRESSE = 3
"""Days before the end of a link."""
SANS_MOT_DE_PASSE = {"password__startswith": UNUSABLE_PASSWORD_PREFIX}


@dataclass(frozen=True, slots=True)
class QuartierVacant:
    """A quartier without délégué du préfet; `depuis`: the day after the last one, None when there was none."""

    quartier: Territoire
    depuis: date | None


def list_vacants(nommant: Nommant, tenus: Iterable[Mandat]) -> list[QuartierVacant]:
    """The quartiers cibles where one names a délégué and where nobody is one today."""
    du_role = Mandat.objects.filter(role=Role.DELEGUE.value)
    pourvus = {
        m.territoire
        for m in tenus
        if m.role == Role.DELEGUE.value and (m.du is None or m.du <= nommant.jour)
    }
    codes = [
        code
        for code in nommant.territoires.list_du_genre(Genre.QUARTIER)
        if code not in pourvus
        and nommant.territoires.is_valide(code, nommant.jour)
        and nommant.can_nommer(Role.DELEGUE.value, (code,), "")
    ]
    passes = du_role.filter(territoire__in=codes).values_list("territoire", "au", "retire_le")
    fins: dict[str, date] = {}
    for code, au, retire_le in passes:
        jours = [j for j in (au, retire_le and retire_le.astimezone(PARIS).date()) if j is not None]
        if jours and min(jours) < nommant.jour:
            fins[code] = max(fins.get(code, date.min), min(jours))
    vacants = [nommant.territoires[code] for code in codes]
    return [
        QuartierVacant(q, fins[q.code] + timedelta(days=1) if q.code in fins else None)
        for q in sorted(vacants, key=lambda q: (fold(q.nom), q.code))
    ]


def list_finissants(nommant: Nommant, tenus: Iterable[Mandat]) -> list[Mandat]:
    """Mandats that end within the coming days, the first to end first."""
    limite = nommant.jour + timedelta(days=BIENTOT)
    finissants = [m for m in tenus if m.au is not None and m.au <= limite]
    return sorted(finissants, key=lambda m: (m.au or limite, m.pk))


def list_invitations(nommant: Nommant, vus: Collection[int]) -> list[Invitation]:
    """The links of accounts in sight that still open something, the first to end first."""
    vivantes = list_ouvertes().filter(
        compte__in=vus, compte__is_active=True, expire_le__gt=nommant.le
    )
    return list(
        vivantes.select_related("compte__titulaire", "donnee_par__titulaire").order_by(
            "expire_le", "pk"
        )
    )


def list_jamais_entres(nommant: Nommant, vus: Collection[int]) -> list[tuple[User, date]]:
    """Accounts in sight that were invited, never entered, and have no link left; and the end of the last one."""
    vivantes = list_ouvertes().filter(expire_le__gt=nommant.le)
    comptes = (
        User.objects.filter(pk__in=vus, **SANS_MOT_DE_PASSE)
        .exclude(pk__in=vivantes.values("compte"))
        .annotate(derniere=Max("invitations__expire_le"))
        .filter(derniere__isnull=False)
        .select_related("titulaire")
        .order_by("derniere", "pk")
    )
    return [(c, c.derniere.astimezone(PARIS).date() - timedelta(days=1)) for c in comptes]


def list_sans_mandat(nommant: Nommant, vus: Collection[int]) -> list[User]:
    """Open accounts in sight that hold nothing, today or to come."""
    restants = list_restants(nommant.jour).values("compte")
    sans = User.objects.filter(pk__in=vus).exclude(pk__in=restants)
    return list(sans.select_related("titulaire").order_by("pk"))
