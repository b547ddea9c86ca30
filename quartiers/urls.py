"""The roof of the addresses: every page is declared in quartiers.web.urls."""

from django.urls import include, path

urlpatterns = [
    path("", include("quartiers.web.urls")),
]
