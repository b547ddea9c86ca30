"""A model changed without its migration fails here, before it fails at a host's."""

from io import StringIO

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    sortie = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=sortie)
    assert "No changes" in sortie.getvalue() or "Aucun" in sortie.getvalue()
