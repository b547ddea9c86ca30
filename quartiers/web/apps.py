"""The app of the pages: it registers what must hold before they are served."""

from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "quartiers.web"

    def ready(self) -> None:
        """The look of the State needs its files; sessions are listed from their opening."""
        from quartiers.web.habillage import check_habillage
        from quartiers.web.journal import connect_echecs
        from quartiers.web.sessions import connect_sessions

        connect_sessions()
        connect_echecs()
        register(check_habillage, "habillage")
