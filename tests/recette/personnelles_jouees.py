"""On the base that its environment names: sixty texts declared in forms and by a file, then all that others may open.

    python -m tests.recette.personnelles_jouees

Prints in JSON what was asked, what was refused, and in which form something of a text was found outside its circle.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.recette.comptes_joues import Client, enter, get_compte
from tests.recette.textes_personnels import AVEC, SANS

QUARTIER, JOUR = "QC-FICTIF-TILLEULS", date(2026, 11, 23)
VALEUR, POSTE = "e06-a1-educateurs-etp", "e06-a2-adultes-relais"
SAISIT, LECTEURS = (
    "demo-deleguee",
    ("demo-operateur", "demo-association", "demo-epci", "demo-prefet"),
)
FORMES = ("csv", "json", "xlsx", "ods", "geojson")
RETENU = "texte retenu"
REPONSE = re.compile(r'name="personnelles" value="([0-9a-f]+)"')
TRACES = re.compile(r"[\w.+-]+@[\w.-]+|\(at\)|(?:\d[\s\u00a0./-]{0,2}){7,}\d|\d\d?(?:er)? \w+ (?:19|20)\d\d|\d\d[./-]\d\d[./-]\d{4}")  # fmt: skip
Dit = dict[str, Any]


def main() -> None:
    """All that the program asserts."""
    from quartiers.cli.base import setup_django

    setup_django()
    client = enter(SAISIT)
    dit: Dit = {
        "valeurs": declare_tous(client),
        "objets": record_tous(client),
        "avis": import_tous(),
    }
    dit["ouverts"], dit["fuites"], dit["retenus"] = look(client)
    dit["lus_par_qui_ecrit"] = count_lus(client)
    print(json.dumps(dit))


def send(client: Client, adresse: str, saisie: dict[str, str]) -> str:
    """« entré », « demandé » (asked once, then entered) or « empêché »."""
    reponse = client.post(adresse, saisie)
    if reponse.status_code == 302:
        return "entré"
    trouvee = REPONSE.search(reponse.content.decode())
    if trouvee is None:
        return "empêché"
    suite = client.post(adresse, {**saisie, "personnelles": trouvee[1]})
    return "demandé" if suite.status_code == 302 else "empêché"


def declare_tous(client: Client) -> dict[str, dict[str, int]]:
    """Each text beside a value of its own day."""
    adresse = f"/territoires/{QUARTIER}/declarer/{VALEUR}/"
    return {
        nom: Counter(
            send(client, adresse, {
                "date": (JOUR - timedelta(days=premier + rang)).isoformat(), "autre": "5", "dix_fois": "5", "commentaire": texte,
            })
            for rang, texte in enumerate(textes)
        )
        for nom, premier, textes in (("avec", 1, [t for t, _ in AVEC]), ("sans", 30, SANS))
    }  # fmt: skip


def record_tous(client: Client) -> dict[str, int]:
    """Those that contain something, as the employer of a post."""
    adresse = f"/territoires/{QUARTIER}/declarer/{POSTE}/poste/"
    poste = {
        "le": JOUR.isoformat(), "situe": QUARTIER, "fonction": "adulte_relais", "etp_finance": "1", "etp_pourvu": "1",
        "pourvu_depuis": "2026-11-02",
    }  # fmt: skip
    return Counter(send(client, adresse, {**poste, "employeur": texte}) for texte, _ in AVEC)


def import_tous() -> dict[str, int]:
    """The same sixty in a file: what its report says of them."""
    from quartiers.usecases.importer import import_fichier
    from tests.recette.base_demo import SAISI_LE

    textes = [texte for texte, _ in AVEC] + list(SANS)
    lignes = ["indicateur;territoire;date;valeur;source;commentaire"]
    for rang, texte in enumerate(textes):
        jour = JOUR - timedelta(days=100 + rang)
        lignes.append(f'{VALEUR};{QUARTIER};{jour};5;Essai;"{texte}"')
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier) / "textes.csv"
        chemin.write_text("\n".join(lignes), "utf-8")
        recu = import_fichier(genre="releves", chemin=chemin, connu_le=JOUR, saisi_le=SAISI_LE)
    avis = [a.ligne for a in recu.rapports[0].avis if "paraît contenir" in a.raison]
    return {"avec": len([n for n in avis if (n or 0) <= 1 + len(AVEC)]), "tous": len(avis), "gardees": recu.rapports[0].gardees}  # fmt: skip


def look(client: Client) -> tuple[dict[str, int], list[str], int]:
    """All that readers may open about these figures: how many of each form, where a trace is seen, texts retained."""
    traces = {trace.strip() for texte, _ in AVEC for trace in TRACES.findall(texte)}
    assert len(traces) >= len(AVEC)
    ouverts: Counter[str] = Counter()
    fuites: list[str] = []
    retenus = 0
    for nom in LECTEURS:
        lecteur = enter(nom)
        for forme, adresse in list_adresses(client):
            reponse = lecteur.get(adresse)
            if reponse.status_code != 200:
                assert reponse.status_code == 404, (nom, adresse)
                continue
            ouverts[forme] += 1
            lu = read_forme(forme, b"".join(reponse) if reponse.streaming else reponse.content)
            fuites += [f"{nom} {adresse} : {trace}" for trace in traces if trace in lu]
            retenus += lu.count(RETENU)
    return ouverts, fuites, retenus


def list_adresses(client: Client) -> list[tuple[str, str]]:
    """Pages, files, papers and history; at two dates; the pages of what was declared, which are its author's alone."""
    del client
    adresses = []
    for jour in (
        JOUR,
        JOUR - timedelta(days=10),
        JOUR - timedelta(days=60),
        JOUR - timedelta(days=110),
    ):
        dates = f"?vu_le={jour}&connu_le={JOUR}"
        adresses += [("page", f"/preuves/{QUARTIER}/{i}/{dates}") for i in (VALEUR, POSTE)]
        adresses += [("pdf", f"/preuves/{QUARTIER}/{i}/papier.pdf{dates}") for i in (VALEUR, POSTE)]
        adresses += [(f, f"/territoires/{QUARTIER}/tableau.{f}{dates}") for f in FORMES]
    for rang in range(len(AVEC)):
        dates = f"?vu_le={JOUR - timedelta(days=100 + rang)}&connu_le={JOUR}"
        adresses += [("page", f"/preuves/{QUARTIER}/{VALEUR}/{dates}")]
        adresses += [("pdf", f"/preuves/{QUARTIER}/{VALEUR}/papier.pdf{dates}")]
    dates = f"?vu_le={JOUR}&connu_le={JOUR}"
    adresses += [
        ("page", f"/quartiers/{QUARTIER}/{dates}"),
        ("page", f"/quartiers/{QUARTIER}/engagements/E06/{dates}"),
    ]
    adresses += [
        ("pdf", f"/quartiers/{QUARTIER}/papier.pdf{dates}"),
        ("geojson", f"/quartiers/{QUARTIER}/carte.geojson{dates}"),
    ]
    adresses += [
        ("formulaire", f"/territoires/{QUARTIER}/declarer/{POSTE}/poste/"),
        ("page", "/a-declarer/"),
    ]
    return [*adresses, *(("page", f"/declarations/{cle}/") for cle in list_cles())]


def list_cles() -> list[str]:
    """The rows that the account declared."""
    from quartiers.storage.models import Enregistrement, Releve

    qui = {"ecriture__compte": get_compte(SAISIT).pk, "ecriture__canal": "formulaire"}
    releves = Releve.objects.filter(**qui).values_list("pk", flat=True)
    objets = Enregistrement.objects.filter(**qui).values_list("pk", flat=True)
    return [f"releve-{pk}" for pk in releves] + [f"enregistrement-{pk}" for pk in objets]


def read_forme(forme: str, octets: bytes) -> str:
    """The words of a file, whatever it is made of."""
    if forme == "pdf":
        import pypdfium2

        pages = pypdfium2.PdfDocument(octets)
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    if forme in {"xlsx", "ods"}:
        with zipfile.ZipFile(io.BytesIO(octets)) as fichier:
            return unescape(
                " ".join(fichier.read(n).decode("utf-8", "replace") for n in fichier.namelist())
            )
    return unescape(octets.decode())


def count_lus(client: Client) -> int:
    """The texts that their author reads whole on the pages of what was declared."""
    pages = [unescape(client.get(f"/declarations/{cle}/").content.decode()) for cle in list_cles()]
    return sum(any(texte in page for page in pages) for texte, _ in AVEC)


if __name__ == "__main__":
    main()
