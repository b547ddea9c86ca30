"""The WSGI door: any server (granian, gunicorn, uWSGI) loads `quartiers.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quartiers.settings")

application = get_wsgi_application()
