"""Nobody validates oneself by way of a delegation: given or received when the line was declared, it forbids for good."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from quartiers.core.deux_personnes import Geste, Liees
from quartiers.core.enregistrement import Validation
from quartiers.core.temps import get_minuit
from quartiers.storage.models import Delegation, Examen, Mandat
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.deleguer import find_liees
from quartiers.usecases.examiner import ChoixDeLigne, examine
from quartiers.usecases.lister_attentes import Cle, build_file, list_attentes
from tests.usecases.qui_juge import (
    AOUT,
    JUILLET,
    MAI,
    QUARTIER,
    declare,
    get_compte,
    get_droits,
    make_envoi,
)

pytestmark = pytest.mark.django_db
ELLE, LUI = "sous-prefete", "deleguee"
AVANT, APRES = get_minuit(MAI) - timedelta(days=9), get_minuit(MAI) + timedelta(days=9)


def lend(de: str, a: str, fin: datetime) -> None:
    """A delegation from nine days before the line to a moment."""
    mandat = Mandat.objects.create(compte=get_compte(de), role="sous_prefet_ville")
    Delegation.objects.create(
        mandat=mandat, a=get_compte(a), du=AVANT.date(), au=AOUT, donnee_le=AVANT, revoquee_le=fin
    )


def judge_en_juillet(cle: Cle) -> tuple[Liees, int, Geste | None]:
    """What the queue says of the line in July, and what becomes of a choice sent all the same."""
    liees, droits = find_liees(get_compte(ELLE).pk, JUILLET), get_droits(ELLE)
    compte = get_compte(ELLE).pk
    file = build_file(
        list_attentes([QUARTIER], list_personnes), droits, list_personnes([compte])[compte], liees
    )
    choix = [ChoixDeLigne(cle, Validation.VALIDE)]
    examine(envoi=make_envoi(ELLE, JUILLET), choix=choix, droits=droits, liees=liees)
    assert len(file.autres) + len(file.miennes) == 1
    return liees, Examen.objects.count(), file.autres[0][1] if file.autres else None


@pytest.mark.parametrize(("de", "a"), [(ELLE, LUI), (LUI, ELLE)])
def test_une_delegation_revoquee_depuis_ne_rend_pas_le_droit_de_juger(
    cadre: None, de: str, a: str
) -> None:
    lend(de, a, fin=APRES)
    liees, examens, geste = judge_en_juillet(declare("2", qui=LUI))
    assert liees.aujourd_hui == frozenset(), "elle ne lie plus personne aujourd’hui"
    assert (examens, geste) == (0, Geste.DELEGUE)


@pytest.mark.parametrize(("de", "a"), [(ELLE, LUI), (LUI, ELLE)])
def test_une_delegation_finie_avant_la_declaration_n_empeche_rien(
    cadre: None, de: str, a: str
) -> None:
    lend(de, a, fin=get_minuit(MAI))
    _, examens, geste = judge_en_juillet(declare("2", qui=LUI))
    assert (examens, geste) == (1, None)
