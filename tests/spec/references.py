"""What the tables must cover: each decision of the rules that a computation can meet, each of our lectures.

The rows about refusing a file, about steps of a plan or about personal data are not computed: they are tested
where files and records are read.
"""

from __future__ import annotations

import re

from tests.spec.tables import LECTURES, Theme, list_cas

DOMAINE = LECTURES.with_name("domaine.md")

FORMES = re.compile(
    r"4\.[1-5]|4\.3 exemple (?P<exemple>\d+)|4\.7 (?P<decision>.+)|(?P<lecture>L-\d{2,3})"
)
# Lectures that the monde of the examples cannot say, with the test that holds them.
AILLEURS = {
    "L-06 bis": "tests/core/test_connaissance.py : un arrêt corrigé cesse d'être su ce jour-là",
    "L-36": "tests/cas : les engagements d'un département se comptent par indicateur principal",
    "L-37": "tests/usecases/test_territoires_en_temps.py : l'ordre des imports ne change pas la base",
    "L-38": "tests/usecases/test_territoires_en_temps.py : un fait suit la vie de son territoire",
    "L-39": "tests/usecases/test_juger_liste.py : sans point croyable la présence connue tient et vieillit",
    "L-40": "tests/usecases/test_juger_liste.py : une liste abîmée est refusée sans que rien ne change",
    "L-41": "tests/sources/test_colonnes.py : noms pliés, ressemblances, synonymes",
    "L-42": "tests/sources/test_forme.py et tests/usecases/test_codes_ecrits.py : codes et clés",
    "L-43": "tests/sources/test_encodages.py : les octets d'une table, tous encodages",
    "L-44": "tests/sources/test_fins_de_ligne.py et test_dates_ecrites.py",
    "L-45": "tests/sources/test_classeur_complet.py : aucune ligne d'un classeur ne se perd",
    "L-46": "tests/usecases/test_bilan.py : une source et une clé écrites autrement",
    "L-47": "tests/usecases/test_bilan.py : ce qu'un import compte, ce qu'il refuse de retirer",
    "L-98": "tests/core/test_registre.py : le registre à côté d'une valeur nue",
    "L-110": "tests/usecases/test_registres.py : la nation est la somme de ses quartiers, un poste partagé y compte une fois",
    "L-111": "tests/usecases/test_non_repartis.py : un total que personne ne partage compte au-dessus",
    **{
        f"L-{numero}": "tests/oracle/derivation : un exemple chacune ; tests/core/derivation/test_contre_oracle.py"
        for numero in (*range(60, 98), 99)
    },
}


def list_references(themes: tuple[Theme, ...]) -> list[str]:
    """Every reference of every example, one by one."""
    return [r for _, _, cas in list_cas(themes) for r in cas.reference.split(" ; ")]


def list_decisions() -> set[str]:
    """Rows of the table of decisions (« 4.7 »), by the name the references give them."""
    return set(re.findall(r"^\| \*\*(.+?)\*\* \|", cut_section("4.7"), re.MULTILINE))


def list_exemples() -> set[int]:
    """Numbers of the worked examples (« 4.3 »)."""
    return {int(n) for n in re.findall(r"^(\d+)\. ", cut_section("4.3"), re.MULTILINE)}


def cut_section(numero: str) -> str:
    """What docs/domaine.md says under a number."""
    _, _, reste = DOMAINE.read_text(encoding="utf-8").partition(f"\n### {numero} ")
    return reste.partition("\n##")[0]


def list_lectures() -> set[str]:
    """Numbers of our lectures, as docs/lectures.md has them."""
    return set(re.findall(r"\*\*(L-\d{2,3}(?: bis)?)\*\*", LECTURES.read_text(encoding="utf-8")))
