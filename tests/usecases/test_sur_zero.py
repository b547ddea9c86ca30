"""A share whose total is zero has no value: it is never « 0 % », wherever it is said, and a count over zero is refused."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat
from quartiers.core.raison import say_raison
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.reports.presentation.chiffre import write_detail, write_valeur
from quartiers.storage.models import Releve
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.declarer import declare_releve
from tests.usecases.qui_juge import MAI, QUARTIER, make_envoi

pytestmark = pytest.mark.django_db
PART = "e07-a7-sorties-positives"
DIT = date(2026, 4, 30)


def declare(numerateur: str, denominateur: str) -> None:
    """Of 30 April."""
    textes = {
        "indicateur": PART, "territoire": QUARTIER, "date": DIT.isoformat(), "source": "Opérateur",
        "numerateur": numerateur, "denominateur": denominateur,
    }  # fmt: skip
    declare_releve(envoi=make_envoi("operateur", MAI), textes=textes)


def see(vu_le: date) -> Constat:
    """What is known of it on a day."""
    vue = Vue(load_dossier(), vu_le, vu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(PART)
    assert indicateur is not None
    constat = get_constat(vue, indicateur, QUARTIER)
    assert isinstance(constat, Constat)
    return constat


@pytest.mark.parametrize("numerateur", ["3", "0,5"])
def test_un_nombre_sur_zero_est_refuse_et_dit_que_faire(cadre: None, numerateur: str) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        declare(numerateur, "0")
    (anomalie,) = refus.value.anomalies
    assert anomalie.colonne == "denominateur"
    assert "sur un total de 0 : écrire le total, ou 0 sur 0" in anomalie.raison
    assert not Releve.objects.exists()


def test_un_total_trop_petit_garde_sa_raison(cadre: None) -> None:
    with pytest.raises(DonneesRefusees, match="numérateur plus grand que le dénominateur"):
        declare("3", "2")


def test_zero_sur_zero_est_inconnu_et_jamais_zero_pour_cent(cadre: None) -> None:
    """Fresh, there is nothing to measure; stale, the share is still unknown; and no zero is written anywhere."""
    declare("0", "0")
    frais, perime = see(MAI), see(date(2029, 1, 1))
    assert (frais.statut, perime.statut) == (Statut.SANS_OBJET, Statut.PERIME)
    for constat in (frais, perime):
        assert (constat.valeur, constat.ratio) == (None, None)
        assert write_valeur(constat.indicateur, constat.valeur) == "—"
        assert write_detail(constat) == "0 sur 0"
        assert "%" not in say_raison(constat)
    assert say_raison(frais) == "Dénominateur nul : il n’y a rien à mesurer."
    assert say_raison(perime).startswith("0 sur 0, part inconnue au 30\xa0avril 2026.")


def test_zero_sur_dix_est_zero_pour_cent(cadre: None) -> None:
    """The judge of the test above is not blind."""
    declare("0", "10")
    constat = see(MAI)
    assert constat.valeur == 0
    assert "0 sur 10, soit 0" in say_raison(constat)
