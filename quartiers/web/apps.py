"""The app of the pages: it registers what must hold before they are served."""

from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    name = "quartiers.web"

    def ready(self) -> None:
        """The look of the State needs its files."""
        from quartiers.web.habillage import check_habillage

        register(check_habillage, "habillage")
