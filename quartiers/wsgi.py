"""The WSGI door: any server (granian, gunicorn, uWSGI) loads `quartiers.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quartiers.settings")


def check_reglages() -> None:
    """Another server than ours runs none of Django's checks: the look would be half there."""
    from django.core.checks import run_checks
    from django.core.exceptions import ImproperlyConfigured

    for defaut in run_checks(tags=["habillage"]):
        msg = f"{defaut.msg} {defaut.hint}"
        raise ImproperlyConfigured(msg)


application = get_wsgi_application()
check_reglages()
