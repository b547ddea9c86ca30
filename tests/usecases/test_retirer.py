"""What was declared is taken back after the half hour: it counts no more, waits for a second person, and may be given back."""

from __future__ import annotations

import pytest

from quartiers.core.enregistrement import Validation
from quartiers.core.fait import Rang
from quartiers.usecases.declarer import Conflit
from quartiers.usecases.lister_attentes import Cle, read_lus
from quartiers.usecases.preparer import Recu
from quartiers.usecases.relire_declaration import find_declaration
from quartiers.usecases.retirer import withdraw
from tests.usecases.qui_juge import (
    AOUT,
    JUILLET,
    JUIN,
    declare,
    declare_poste,
    get_compte,
    judge,
    list_dits,
    list_file,
    list_validations,
    make_envoi,
    read_faits,
)

pytestmark = pytest.mark.django_db
POSTES = "e06-a2-adultes-relais"


def take_back(cle: Cle, qui: str = "deleguee", raison: str = "") -> Recu:
    """In July."""
    lu = read_lus(cle.table, [cle.rangee])[cle.rangee]
    return withdraw(envoi=make_envoi(qui, JUILLET), lu=lu, rangee=cle.rangee, raison=raison)


def test_une_valeur_retiree_ne_compte_plus_et_attend(cadre: None) -> None:
    cle = declare("2")
    judge(cle, Validation.VALIDE)
    take_back(cle, raison="comptée deux fois")
    assert list_dits()[-1] == (None, Rang.NON_VALIDE, JUILLET)
    (attente,) = list_file()
    assert attente.lu.is_retrait
    assert getattr(attente.lu, "commentaire", "") == "comptée deux fois"
    # Sent back, what was validated holds again.
    judge(attente.cle, Validation.REJETE, le=AOUT, motif="preuve")
    compte = get_compte("deleguee").pk
    assert not find_declaration(str(cle), compte).is_corrigee
    assert list_file() == []


def test_un_poste_retire_ne_compte_plus_et_se_juge_la_ou_il_etait(cadre: None) -> None:
    cle = declare_poste()
    judge(cle, Validation.VALIDE)
    assert [fait.nombre for fait in read_faits(POSTES)] == [1]
    take_back(cle)
    assert read_faits(POSTES) == ()
    (attente,) = list_file()
    assert attente.lu.is_retrait
    judge(attente.cle, Validation.VALIDE, le=AOUT)
    assert [v for v, _ in list_validations()][-1] is Validation.VALIDE
    assert list_file() == []


@pytest.mark.parametrize("is_poste", [False, True])
def test_ce_qu_un_autre_a_corrige_ne_se_retire_pas(cadre: None, is_poste: bool) -> None:
    if is_poste:
        cle = declare_poste()
        declare_poste("0", le=JUIN, vu=cle.rangee)
    else:
        cle = declare("2")
        declare("3", le=JUIN, vu=cle.rangee)
    with pytest.raises(Conflit):
        take_back(cle)
    assert len(list_file()) == 1


def test_ce_qui_est_deja_retire_ne_se_retire_pas_deux_fois(cadre: None) -> None:
    cle = declare("2")
    numero = take_back(cle).numero
    assert numero is not None
    (attente,) = list_file()
    assert take_back(attente.cle).numero is None
