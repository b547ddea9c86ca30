"""The pages as an account reads them: the site itself, in one process, without a network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

from tests.recette.outils import RACINE, Atelier, expect

LECTEUR = """
import json
import sys
from pathlib import Path
import django
django.setup()
from django.contrib.auth import get_user_model
from django.test import Client
client = Client(headers={"host": "localhost"})
client.force_login(get_user_model().objects.get(username=sys.argv[1]), backend="django.contrib.auth.backends.ModelBackend")
session = client.session
session["facteur"] = 0  # as after a code
session.save()
for adresse, sortie in json.load(sys.stdin):
    reponse = client.get(adresse)
    assert reponse.status_code == 200, (adresse, reponse.status_code)
    Path(sortie).write_bytes(reponse.content)
"""


def fetch(atelier: Atelier, compte: str, adresses: Mapping[str, str]) -> None:
    """Read addresses; each answer in the file named, in the folder of the atelier."""
    paires = [(adresse, str(atelier.dossier / nom)) for adresse, nom in adresses.items()]
    fini = subprocess.run(
        [sys.executable, "-c", LECTEUR, compte],
        input=json.dumps(paires),
        check=False,
        capture_output=True,
        text=True,
        cwd=RACINE,
        env={**atelier.get_environnement(), "DJANGO_SETTINGS_MODULE": "quartiers.settings"},
    )
    expect(fini.returncode == 0, f"lecture : {fini.stderr.strip()[-500:]}")
