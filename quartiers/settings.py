"""Django settings: wiring only. Every choice a host may change is an environment variable.

| variable | meaning | default |
|---|---|---|
| QUARTIERS_BASE | `sqlite:///…` or `postgresql://…` | `var/quartiers.sqlite3` under the project |
| QUARTIERS_VAR | folder of what the machine keeps (base, secret key) | `var/` under the project |
| QUARTIERS_CLE_SECRETE | Django's secret key | made once, kept in the `var` folder |
| QUARTIERS_HOTES | host names served, separated by commas | this machine only |
| QUARTIERS_HTTPS | `1` behind HTTPS: secure cookies, HSTS, redirection | `0` |
| QUARTIERS_MANDATAIRE | `1` when a trusted reverse proxy sets X-Forwarded-Proto | `0` |
| QUARTIERS_PG_RESERVE | connections kept open by process, PostgreSQL only | `0`, set by `quartiers serveur` |
| QUARTIERS_TUILES | address of map tiles, such as `https://cartes.exemple.fr/{z}/{x}/{y}.png`; only their host may then send images | none: maps have no background |
| QUARTIERS_TUILES_CREDIT | what the maker of the tiles asks to be written on the map | nothing |
| QUARTIERS_HABILLAGE | `neutre`, or `etat`: the official look, which needs the extra `etat` and a State operator | `neutre` |
| QUARTIERS_ADMINISTRATION | wording of the block-marque, its lines separated by a vertical bar: `Préfète`, bar, `du Val-de-Brume` | `République française` on two lines |
| QUARTIERS_MEMOIRE | Mio that a process keeps of the last looks at the data | `256` |
| QUARTIERS_PIECE_MO | Mio that a file sent as proof may weigh | `10` |
| QUARTIERS_PIECES_JOUR_MO | Mio of such files that an account may send in a day | `200` |
| QUARTIERS_PIECES_MO | Mio of such files that the base may hold in all | `20480` |
| QUARTIERS_ANTIVIRUS | command that reads each file sent as proof on stdin, such as `clamdscan --no-summary -`: exit 0 clean, 1 refused, anything else or no answer in 30 s is a refusal that asks to try again | none |
| QUARTIERS_SMTP | mail server, such as `smtps://compte:mot@courriel.exemple.fr:465`, `smtp+starttls://…:587` or, on this machine or a trusted network only, `smtp://…:25` | none: no message leaves |
| QUARTIERS_EXPEDITEUR | address that messages come from | none: asked with `QUARTIERS_SMTP` |
| QUARTIERS_ADRESSE | address of the site in messages, such as `https://quartiers.exemple.fr` | none: asked with `QUARTIERS_SMTP` |
| QUARTIERS_DEMO | `1`: the base is fictitious and every page says so | `0` |
| QUARTIERS_DEBUG | `1`: Django's debug pages, never in production | `0` |
"""

import os
import re
import secrets
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from quartiers.smtp import read_smtp
from quartiers.web.habillage import HABILLAGES, list_dossiers

RACINE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("QUARTIERS_VAR") or RACINE / "var")


def is_on(variable: str) -> bool:
    """Read a 0/1 variable; anything else is refused rather than guessed."""
    valeur = os.environ.get(variable, "0").strip()
    if valeur not in {"", "0", "1"}:
        msg = f"{variable} vaut « {valeur} » : écrire 0 ou 1."
        raise ImproperlyConfigured(msg)
    return valeur == "1"


def read_tuiles() -> str:
    """The address of map tiles, empty without; refused when it is not one host over HTTPS."""
    texte = os.environ.get("QUARTIERS_TUILES", "").strip()
    if not texte:
        return ""
    adresse = urlsplit(texte)
    hote = re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", adresse.netloc)
    places = all(place in texte for place in ("{z}", "{x}", "{y}"))
    if adresse.scheme != "https" or hote is None or not places:
        msg = f"QUARTIERS_TUILES vaut « {texte} » : écrire https://hôte/…/{{z}}/{{x}}/{{y}}.png."
        raise ImproperlyConfigured(msg)
    return texte


def read_habillage() -> str:
    """One of the two looks; a word we do not know is refused rather than guessed."""
    habillage = os.environ.get("QUARTIERS_HABILLAGE", "").strip() or HABILLAGES[0]
    if habillage not in HABILLAGES:
        msg = f"QUARTIERS_HABILLAGE vaut « {habillage} » : écrire {' ou '.join(HABILLAGES)}."
        raise ImproperlyConfigured(msg)
    return habillage


def get_secret_key() -> str:
    """From the environment, else made once: two processes that start together read the same one."""
    if cle := os.environ.get("QUARTIERS_CLE_SECRETE", "").strip():
        return cle
    fichier = VAR / "cle_secrete"
    if not fichier.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        brouillon = VAR / f"cle_secrete.{os.getpid()}.{secrets.token_hex(4)}"
        brouillon.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
        brouillon.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            fichier.hardlink_to(brouillon)  # atomic, and fails when another process was first
        except FileExistsError:
            pass
        finally:
            brouillon.unlink()
    return fichier.read_text(encoding="ascii").strip()


def parse_base(adresse: str) -> dict[str, Any]:
    """Translate one address into Django's DATABASES entry.

    `sqlite:///dossier/fichier` is relative to the current folder, `sqlite:////dossier/fichier`
    absolute. `postgresql://nom:mot@hote:port/base?sslmode=…` takes libpq's own options.
    """
    morceaux = urlsplit(adresse)
    if morceaux.scheme == "sqlite" and not morceaux.netloc and len(morceaux.path) > 1:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(unquote(morceaux.path[1:])).absolute()),
            "OPTIONS": {
                # Without IMMEDIATE, a read that turns into a write fails at once instead of waiting.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged entry survives a power cut (NORMAL may lose the last ones).
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    if morceaux.scheme in {"postgresql", "postgres"} and len(morceaux.path) > 1:
        reserve = int(os.environ.get("QUARTIERS_PG_RESERVE") or 0)
        options: dict[str, Any] = {
            "application_name": "quartiers",
            **dict(parse_qsl(morceaux.query)),
        }
        if reserve:
            options["pool"] = {"min_size": 1, "max_size": reserve, "timeout": 10}
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(morceaux.path[1:]),
            "USER": unquote(morceaux.username or ""),
            "PASSWORD": unquote(morceaux.password or ""),
            "HOST": options.pop("host", "") or unquote(morceaux.hostname or ""),
            "PORT": str(morceaux.port or options.pop("port", "")),
            "OPTIONS": options,
        }
    msg = "QUARTIERS_BASE doit commencer par « sqlite:///fichier » ou « postgresql://…/base »."
    raise ImproperlyConfigured(msg)


DEBUG = is_on("QUARTIERS_DEBUG")
DEMO = is_on("QUARTIERS_DEMO")
HTTPS = is_on("QUARTIERS_HTTPS")
SECRET_KEY = get_secret_key()
ALLOWED_HOSTS = [
    hote.strip()
    for hote in os.environ.get("QUARTIERS_HOTES", "localhost,127.0.0.1,[::1]").split(",")
    if hote.strip()
]
if "*" in ALLOWED_HOSTS:
    msg = "QUARTIERS_HOTES : nommer les hôtes servis, « * » est refusé."
    raise ImproperlyConfigured(msg)

MEMOIRE_OCTETS = int(os.environ.get("QUARTIERS_MEMOIRE") or 256) * 2**20
BASE = os.environ.get("QUARTIERS_BASE") or f"sqlite:///{VAR / 'quartiers.sqlite3'}"
DATABASES = {"default": parse_base(BASE)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "quartiers.storage",
    "quartiers.web",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before whitenoise: static files carry the headers too
    "quartiers.entetes.EntetesMiddleware",
    "quartiers.web.statiques.StatiquesMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pages only: what is above has its own compression
    "quartiers.web.temoin.TemoinMiddleware",  # before the session asks the base for any key it is given
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "quartiers.web.portes.PorteMiddleware",  # closed unless a view says otherwise
    "quartiers.web.journal.JournalMiddleware",
    "quartiers.web.second_facteur.FacteurMiddleware",  # after it: who has not signed in is asked that first
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "quartiers.urls"
WSGI_APPLICATION = "quartiers.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,  # quartiers/web/templates
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- French, and the wall clock of Paris ----------------------------------------------------------
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- static files: found in the apps, named by their bytes, no collection step --------------------
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "quartiers.web.statiques.StatiquesStorage"},
}

# --- look: the State's is a choice of a State operator, its absence is told by a system check -------
HABILLAGE = read_habillage()
ADMINISTRATION = os.environ.get("QUARTIERS_ADMINISTRATION", "").strip() or "République|française"
STATICFILES_DIRS = list_dossiers(HABILLAGE, VAR / "habillage")

# --- accounts -------------------------------------------------------------------------------------
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/connexion/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},  # ASVS 6.2.1 without a second factor
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# At most 40 tries an hour on one account, and a préfecture behind one address is never locked out.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_TEMPLATE = "429.html"
# Every field of a form that is posted where tries are counted: axes keeps the others.
AXES_SENSITIVE_PARAMETERS = ["password", "ancien", "nouveau", "encore", "code"]
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # it wants lockouts by address; by account is our choice

# The clock of the server is right, that of a phone too: a code of the step before or after, and no drift that adds up.
OTP_TOTP_SYNC = False
OTP_TOTP_ISSUER = "Quartiers en actes"

# --- sessions, cookies, transport -----------------------------------------------------------------
PREFIXE_COOKIE = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{PREFIXE_COOKIE}session"
SESSION_COOKIE_AGE = 12 * 3600  # one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{PREFIXE_COOKIE}csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if is_on("QUARTIERS_MANDATAIRE") else None
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# --- maps: a background only when the host names one ----------------------------------------------
TUILES = read_tuiles()
TUILES_CREDIT = os.environ.get("QUARTIERS_TUILES_CREDIT", "").strip()
if TUILES:
    # data: for the empty image that Leaflet puts in the place of a tile it gives up.
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] = [
        SELF,
        "data:",
        f"https://{urlsplit(TUILES).netloc}",
    ]

# --- files sent as proof: kept in the base (ADR 0020) -----------------------------------------------
PIECE_OCTETS = int(os.environ.get("QUARTIERS_PIECE_MO") or 10) * 2**20
PIECES_JOUR_OCTETS = int(os.environ.get("QUARTIERS_PIECES_JOUR_MO") or 200) * 2**20
PIECES_OCTETS = int(os.environ.get("QUARTIERS_PIECES_MO") or 20_480) * 2**20
ANTIVIRUS = os.environ.get("QUARTIERS_ANTIVIRUS", "").strip()

# --- messages: only when the host names a mail server ------------------------------------------------
SMTP = read_smtp(os.environ)
if SMTP is not None:
    EMAIL_HOST, EMAIL_PORT = SMTP.hote, SMTP.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP.compte, SMTP.mot
    EMAIL_USE_SSL, EMAIL_USE_TLS = SMTP.is_chiffre, SMTP.is_starttls
    DEFAULT_FROM_EMAIL = SMTP.expediteur
EMAIL_TIMEOUT = 15
"""Seconds: a mail server that hangs holds up the messages, and nothing else."""

# --- what a request may weigh ---------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "quartiers.web.envoi_borne.EnvoiBorne",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"liens": {"()": "quartiers.web.filtre_des_liens.FiltreDesLiens"}},
    "handlers": {
        "erreur": {"class": "logging.StreamHandler", "formatter": "ligne", "filters": ["liens"]}
    },
    "root": {"handlers": ["erreur"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["erreur"], "level": "WARNING", "propagate": False}},
}
