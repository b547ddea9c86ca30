"""The addresses of the site, and that of an empty answer to measure pages against."""

from django.urls import include, path

from bench.departement import VIDE, show_vide

urlpatterns = [path("", include("quartiers.urls")), path(VIDE.lstrip("/"), show_vide)]
