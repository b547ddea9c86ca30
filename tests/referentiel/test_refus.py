"""Each check of the loader fires alone on one broken place, and says the file, the entry and the reason.

Written against the small invented programme: nothing here knows the codes of the first one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quartiers.referentiel.charger import load_programme
from quartiers.referentiel.defaut import ReferentielInvalide
from tests.referentiel import refus_forme, refus_indicateur, refus_liens, refus_mots
from tests.referentiel.atelier import LIVRE, RURAL, copy_rural, replace_in
from tests.referentiel.refus_dits import C, J, P, Refus, S

TABLES = (refus_forme.REFUS, refus_indicateur.REFUS, refus_liens.REFUS, refus_mots.REFUS)
REFUS: Refus = {nom: refus for table in TABLES for nom, refus in table.items()}


def test_no_refusal_hides_another_of_the_same_name() -> None:
    assert len(REFUS) == sum(map(len, TABLES))


def list_defauts(dossier: Path) -> list[str]:
    with pytest.raises(ReferentielInvalide) as saisi:
        load_programme(dossier)
    return [str(defaut) for defaut in saisi.value.defauts]


def test_the_good_files_are_silent() -> None:
    assert load_programme(RURAL).programme == "charte-rurale"
    assert load_programme(LIVRE).programme == "la-republique-en-actes"


@pytest.mark.parametrize("nom", REFUS)
def test_one_broken_place(nom: str, tmp_path: Path) -> None:
    fichier, avant, apres, attendus = REFUS[nom]
    dossier = copy_rural(tmp_path)
    replace_in(dossier, fichier, avant, apres)
    assert sorted(list_defauts(dossier)) == sorted(attendus)


def test_each_rule_of_the_code_has_its_refusal() -> None:
    """Every reason written in the files of rules is met above, so that no check is dead."""
    dits = " ".join(d for _, _, _, attendus in REFUS.values() for d in attendus)
    raisons = 0
    for module in ("coherence", "verification", "vocabulaire", "mots", "francais"):
        texte = (LIVRE.parent.parent / "quartiers" / "referentiel" / f"{module}.py").read_text(
            encoding="utf-8"
        )
        for debut in re.findall(r'(?:yield|Defaut\([^"]*) \(?\s*f?"([^"{]{12,})', texte):
            raisons += 1
            assert debut.strip() in dits, f"{module} : aucun test ne fait dire « {debut} »"
    assert raisons > 30


def test_all_defects_at_once(tmp_path: Path) -> None:
    """A file that cannot be read, an indicateur of the wrong shape and a wrong target hide none of the others."""
    dossier = copy_rural(tmp_path)
    replace_in(dossier, S, 'code = "AXE-1"', 'code = "AXE-1')
    replace_in(dossier, J, 'unite = "étape"\n', "")
    replace_in(dossier, J, 'operateur = ">=", valeur = 1', 'operateur = "<=", valeur = 1')
    replace_in(dossier, J, "Augmenter le nombre d'apprentis\"", 'Augmenter"')
    replace_in(dossier, C, 'citation = "Signer la charte"', 'citation = "Signer"')
    replace_in(dossier, C, 'nature = "stock"\n', "")
    replace_in(dossier, P, "exhaustif = true", 'exhaustif = "oui"')
    assert list_defauts(dossier) == [
        (
            f"{S} : TOML illisible, ligne 1, colonne 14 :"
            " caractère interdit (retour à la ligne dans un texte ?)"
        ),
        f"{J}, m-2-3-maison : « unite » : clé absente",
        f"{J}, m-2-2-apprentis : l'opérateur <= contredit le sens « hausse »",
        (
            f"{C}, m-3-2-delai-secours : un compte, un doublement ou un objectif national dit s'il est"
            " un stock ou un flux, et eux seuls"
        ),
        f"{P}, SR01 : « exhaustif » : true ou false est attendu",
    ]


def test_a_folder_that_is_not_a_programme(tmp_path: Path) -> None:
    assert list_defauts(tmp_path / "absent") == [
        f"{tmp_path / 'absent'} : programme.toml est absent"
    ]
    dossier = copy_rural(tmp_path)
    for fichier in (S, J, C):
        (dossier / fichier).unlink()
    assert list_defauts(dossier) == [f"{dossier} : aucun engagement"]
    (dossier / P).unlink()
    assert list_defauts(dossier) == [f"{dossier} : programme.toml est absent"]


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    dossier = copy_rural(tmp_path)
    texte = (dossier / S).read_text(encoding="utf-8")
    (dossier / S).write_bytes(texte.encode("latin-1", "replace"))
    (defaut,) = list_defauts(dossier)
    assert defaut.startswith(f"{S} : ce n'est pas de l'UTF-8 (octet ")


def test_the_version_follows_what_is_said_not_how(tmp_path: Path) -> None:
    dossier = copy_rural(tmp_path)
    version = load_programme(dossier).version
    assert version == load_programme(RURAL).version
    assert len(version) == 12
    texte = (dossier / S).read_text(encoding="utf-8")
    habille = "\ufeff# Un commentaire\n" + texte.replace("\n\n", "\n\n\n")
    (dossier / S).write_bytes(habille.replace("\n", "\r\n").encode())
    assert load_programme(dossier).version == version
    replace_in(dossier, S, "valeur = 80", "valeur = 79")
    autre = load_programme(dossier).version
    assert autre != version


def test_les_mots_des_enregistrements_ont_un_libelle() -> None:
    """Each word by which the programme filters a record, and those that come from elsewhere in it."""
    livre = load_programme(LIVRE)
    assert livre.get_mots("fonction")["dcpp"] == "Délégué à la cohésion police-population"
    assert livre.get_mots("dispositif")["pre"] == "Programme de réussite éducative"
    assert livre.get_mots("action").keys() == {a.code for e in livre.engagements for a in e.actions}
    assert livre.get_mots("genre_pointe")["seance"] == "Séance d’une instance"
    assert "plan" not in livre.get_mots("genre_pointe")
    assert load_programme(RURAL).get_mots("fonction") == {}
    for mots in livre.mots.values():
        assert all(mots.values())
        assert len(set(mots.values())) == len(mots)
