"""The second factor of an account: a code of the moment, or one of the codes kept on paper, each used once.

Everything happens under the lock of the account: a session opens, a factor comes or goes, one after the other.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from quartiers.storage.models import Acte
from quartiers.usecases.creer_compte import CompteRefuse
from quartiers.usecases.tenir_journal import write_acte
from quartiers.usecases.tenir_sessions import close_sessions

CODES = 10
SIGNES = 12
"""Of a code kept on paper: 32 letters and digits, hence 60 bits."""
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
NOM = "second facteur"
_DU_MOMENT = re.compile(r"[0-9]{6}")
_SEPARATEURS = re.compile(r"[\s-]+")


class FacteurRefuse(CompteRefuse):
    """What is asked of a second factor cannot be done, and why; a wrong code never says in what it is wrong."""


CODE_FAUX = "ce code n’ouvre rien\u00a0: attendez le suivant, puis recommencez"
DEJA_EN_PLACE = "ce compte a déjà un second facteur"
RIEN_EN_PLACE = "ce compte n’a pas de second facteur"
RECOMMENCER = "cette mise en place n’a plus cours\u00a0: recommencez"


def find_facteur(compte: User) -> TOTPDevice | None:
    """The factor of an account, once it was confirmed by a code."""
    return TOTPDevice.objects.filter(user=compte, confirmed=True).first()


def find_ebauche(compte: User, numero: int | None) -> TOTPDevice | None:
    """The one of that number, if it is still being set up."""
    return TOTPDevice.objects.filter(user=compte, confirmed=False, pk=numero).first()


def count_codes(compte: User) -> int:
    """How many codes on paper are still good."""
    return int(StaticToken.objects.filter(device__user=compte).count())


def enter_sans_code(*, compte: User, ouvrir: Callable[[], None]) -> bool:
    """Open a session of an account that has no factor; False, and nothing opened, when it has one."""
    with transaction.atomic():
        _lock(compte)
        if find_facteur(compte) is not None:
            return False
        ouvrir()
    return True


def enter_par_code(*, compte: User, code: str, ouvrir: Callable[[int], None]) -> bool:
    """Open a session by a code; `ouvrir` is given the number of the factor. A wrong code is counted.

    `compte`: as it was read when its password was checked; another password since then, and nothing opens.
    """
    with transaction.atomic():
        actuel = _lock(compte)
        facteur = find_facteur(compte)
        is_reste = actuel.is_active and actuel.password == compte.password
        if facteur is None or not is_reste or not _check_code(compte, code):
            return False
        ouvrir(facteur.pk)
    return True


@transaction.atomic
def prepare_facteur(compte: User) -> int:
    """The number of a new secret, which opens nothing until a code confirms it.

    Raises FacteurRefuse when a factor is in place.
    """
    _lock(compte)
    if find_facteur(compte) is not None:
        raise FacteurRefuse(DEJA_EN_PLACE)
    TOTPDevice.objects.filter(user=compte).delete()
    return int(TOTPDevice.objects.create(user=compte, name=NOM, confirmed=False).pk)


def confirm_facteur(
    *, compte: User, numero: int | None, code: str, session: str, le: datetime
) -> tuple[int, list[str]]:
    """The number of the factor, and the codes to keep on paper, told this once; the other sessions are closed.

    `numero`: of the secret that this very session was shown. Raises FacteurRefuse.
    """
    with transaction.atomic():
        _lock(compte)
        ebauche = find_ebauche(compte, numero)
        if find_facteur(compte) is not None:
            raise FacteurRefuse(DEJA_EN_PLACE)
        if ebauche is None:
            raise FacteurRefuse(RECOMMENCER)
        if ebauche.verify_token(read_code(code)):
            ebauche.confirmed = True
            ebauche.save(update_fields=["confirmed"])
            codes = _draw_codes(compte)
            fermees = close_sessions(compte=compte, sauf=session)
            _write_acte("mettre", le, compte=compte.pk, sessions=fermees)
            return int(ebauche.pk), codes
    raise FacteurRefuse(CODE_FAUX)


def renew_codes(*, compte: User, code: str, le: datetime) -> list[str]:
    """Ten others, told this once; those before open nothing any more. Raises FacteurRefuse."""
    with transaction.atomic():
        _lock(compte)
        if _check_code(compte, code):
            codes = _draw_codes(compte)
            _write_acte("renouveler", le, compte=compte.pk)
            return codes
    raise FacteurRefuse(CODE_FAUX)


def remove_facteur(*, compte: User, code: str, session: str, le: datetime) -> None:
    """By its holder: every other session is closed. Raises FacteurRefuse."""
    with transaction.atomic():
        _lock(compte)
        if _check_code(compte, code):
            forget_facteur(compte)
            fermees = close_sessions(compte=compte, sauf=session)
            _write_acte("retirer", le, compte=compte.pk, sessions=fermees)
            return
    raise FacteurRefuse(CODE_FAUX)


@transaction.atomic
def drop_facteur(*, identifiant: str, le: datetime) -> int:
    """By who holds the accounts, when the phone and the paper are lost: how many sessions were closed.

    Raises User.DoesNotExist, or FacteurRefuse when there is nothing to remove.
    """
    compte = User.objects.select_for_update().get(username=identifiant)
    if find_facteur(compte) is None:
        raise FacteurRefuse(RIEN_EN_PLACE)
    forget_facteur(compte)
    fermees = close_sessions(compte=compte)
    _write_acte("retirer", le, vise=compte.pk, sessions=fermees)
    return fermees


def forget_facteur(compte: User) -> None:
    """Secret and codes, confirmed or not."""
    TOTPDevice.objects.filter(user=compte).delete()
    StaticDevice.objects.filter(user=compte).delete()


def read_code(ecrit: str) -> str:
    """As one types it: blanks, dashes and capitals do not count."""
    return _SEPARATEURS.sub("", ecrit).lower()


def digest_code(compte: User, code: str) -> str:
    """What is kept of a code on paper: drawn at random over 60 bits, for this account alone."""
    condensat = hashlib.sha256(f"{compte.pk}:{code}".encode()).digest()
    return base64.urlsafe_b64encode(condensat[:12]).decode()


def _write_acte(
    geste: str,
    le: datetime,
    *,
    compte: int | None = None,
    vise: int | None = None,
    sessions: int = 0,
) -> None:
    """The line of the journal, with how many sessions were closed."""
    verbe, detail = Acte.Verbe.SECOND_FACTEUR, {"sessions": sessions}
    write_acte(verbe, le=le, compte=compte, vise=vise, objet=geste, detail=detail)


def _lock(compte: User) -> User:
    """The account as it is now; who else asks for it waits for the end of the transaction."""
    return User.objects.select_for_update().get(pk=compte.pk)


def _check_code(compte: User, ecrit: str) -> bool:
    """One try, counted against the only device that this code may be of: its shape says which."""
    code = read_code(ecrit)
    facteur: Device | None
    if _DU_MOMENT.fullmatch(code):
        facteur = find_facteur(compte)
    else:
        code = digest_code(compte, code)
        facteur = StaticDevice.objects.filter(user=compte).first()
    return facteur is not None and bool(facteur.verify_token(code))


def _draw_codes(compte: User) -> list[str]:
    """Ten new codes in the place of the others."""
    papier, _ = StaticDevice.objects.get_or_create(user=compte, defaults={"name": NOM})
    papier.token_set.all().delete()
    tires = ["".join(secrets.choice(ALPHABET) for _ in range(SIGNES)) for _ in range(CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=papier, token=digest_code(compte, code)) for code in tires
    )
    return tires
