"""The label and the name that stand beside codes: known columns, never compared, a contradiction is told."""

from __future__ import annotations

import pytest

from tests.usecases.conftest import Take, Write

pytestmark = pytest.mark.django_db
INDICATEUR, QUARTIER = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS"
ENTETE = "indicateur;libelle;territoire;nom;date;valeur"


def write_releves(*lignes: str) -> str:
    """A file of relevés with the columns of our tableaux."""
    return "\n".join((ENTETE, *lignes, ""))


def list_avis(
    take: Take, write: Write, texte: str, nom: str = "releves.csv"
) -> list[tuple[object, object, str]]:
    """The notices of an import, the file being accepted."""
    resultat = take("releves", write(nom, texte))
    return [(a.ligne, a.colonne, a.raison) for rapport in resultat.rapports for a in rapport.avis]


def read_libelle() -> str:
    """What the référentiel calls it."""
    from quartiers.usecases.charger_contexte import load_referentiel

    indicateur = load_referentiel().get_indicateur(INDICATEUR)
    assert indicateur is not None
    return indicateur.libelle


def test_les_colonnes_d_un_tableau_ne_sont_pas_inconnues(
    cadre: None, take: Take, write: Write
) -> None:
    libelle = read_libelle()
    lignes = (
        f"{INDICATEUR};{libelle};{QUARTIER};LES  TILLEULS (fictif);2026-10-01;3",
        f"{INDICATEUR};{libelle.upper()};{QUARTIER};;2026-10-02;4",
        f"{INDICATEUR};;{QUARTIER};;2026-10-03;4",
    )
    assert list_avis(take, write, write_releves(*lignes)) == []
    autre = [f"{ligne.split(';')[0]};{';'.join(['', *ligne.split(';')[2:]])}" for ligne in lignes]
    resultat = take("releves", write("sans.csv", write_releves(*autre)))
    assert (resultat.ajoutees, resultat.inchangees) == (0, 3), (
        "les mots ne font pas une autre ligne"
    )


def test_un_libelle_qui_n_est_pas_celui_du_code_est_dit_une_fois(
    cadre: None, take: Take, write: Write
) -> None:
    lignes = [f"{INDICATEUR};Lieux de vie;{QUARTIER};;2026-10-0{n};3" for n in range(1, 4)]
    (avis,) = list_avis(take, write, write_releves(*lignes))
    assert avis[:2] == (2, "libelle")
    assert avis[2].startswith(
        f"le libellé « Lieux de vie » ne va pas avec le code {INDICATEUR} (« {read_libelle()} »)"
    )


def test_un_nom_qui_n_est_pas_celui_du_code_est_dit(cadre: None, take: Take, write: Write) -> None:
    """A column pasted one row too low: codes and names no longer go together."""
    lignes = [f"{INDICATEUR};;{QUARTIER};La Fontaine;2026-10-01;3"]
    (avis,) = list_avis(take, write, write_releves(*lignes))
    assert avis[:2] == (2, "nom")
    assert avis[2].startswith(f"le nom « La Fontaine » ne va pas avec le code {QUARTIER} (« ")
