"""In whose name one may type: whoever could say it there today, told without a name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User

from quartiers.storage.models import Mandat, Titulaire
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.lister_declarants import list_declarants

pytestmark = pytest.mark.django_db
JOUR = date(2026, 11, 23)
TILLEULS, ECLUSES = "QC-FICTIF-TILLEULS", "QC-FICTIF-ECLUSES"


def give(
    nom: str,
    role: str,
    ou: str = TILLEULS,
    organisme: str = "",
    fonction: str = "",
    **mandat: object,
) -> User:
    """An account with one mandat."""
    compte = User.objects.create(username=nom)
    Titulaire.objects.create(
        compte=compte, nom=f"Nom de {nom}", fonction=fonction, personne=compte.pk
    )
    Mandat.objects.create(
        compte=compte, role=role, territoire=ou, organisme=organisme, **{"du": JOUR} | mandat
    )
    return compte


def list_dits(sauf: User, genre: str = "releve", *codes: str) -> list[str]:
    """The words of those found."""
    trouves = list_declarants(
        load_savoir().actuels, genre, codes or (TILLEULS,), JOUR, sauf=sauf.pk
    )
    return [d.libelle for d in trouves]


def test_ceux_qui_pourraient_le_dire_la_et_aucun_autre(cadre: None) -> None:
    moi = give("moi", "delegue")
    give("ville", "service_etat", "DEP-00", "DDETS", "Chargée de mission")
    give("autre-ville", "commune", ECLUSES, "Autre commune")
    give("assoc", "association", organisme="Les Passerelles")
    give("ailleurs", "association", ECLUSES, "D’ailleurs")
    give("passe", "association", organisme="Passée", au=JOUR - timedelta(days=1), du=None)
    give("futur", "association", organisme="Future", du=JOUR + timedelta(days=1))
    give("prefet", "prefet", "DEP-00", "Préfecture")
    ferme = give("ferme", "association", organisme="Fermée")
    User.objects.filter(pk=ferme.pk).update(is_active=False)
    assert list_dits(moi) == ["DDETS", "Les Passerelles"]
    assert not any("Nom de" in dit for dit in list_dits(moi))


def test_ni_soi_ni_l_autre_compte_de_la_meme_personne(cadre: None) -> None:
    moi = give("moi", "delegue")
    autre = give("moi-aussi", "association", organisme="Les Passerelles")
    assert list_dits(moi) == ["Les Passerelles"]
    Titulaire.objects.filter(pk=autre.pk).update(personne=moi.pk)
    assert list_dits(moi) == []


def test_deux_qui_se_diraient_de_meme_se_disent_par_leur_compte(cadre: None) -> None:
    moi = give("moi", "delegue")
    deux = [give(nom, "association", organisme="Les Passerelles") for nom in ("une", "deux")]
    assert sorted(list_dits(moi)) == sorted(f"Les Passerelles, compte {c.pk}" for c in deux)


def test_tous_les_territoires_ou_aucun(cadre: None) -> None:
    moi = give("moi", "delegue")
    give("assoc", "association", organisme="Les Passerelles")
    assert list_dits(moi, "activite", TILLEULS) == ["Les Passerelles"]
    assert list_dits(moi, "activite", TILLEULS, ECLUSES) == []
