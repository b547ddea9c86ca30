"""The app is called `storage` in migrations and content types."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "quartiers.storage"
    label = "storage"
    verbose_name = "Quartiers en actes"
