"""A write that others overtake is done again, and refused when that never ends; nothing is half stored."""

from __future__ import annotations

from typing import NoReturn

import pytest
from django.db import IntegrityError

from quartiers.core.anomalie import DonneesRefusees
from quartiers.storage.models import Ecriture, Releve
from quartiers.usecases import preparer
from quartiers.usecases.imports import releves
from tests.usecases.conftest import Take, Write
from tests.usecases.test_bilan import T2, TOT, count

pytestmark = pytest.mark.django_db


def test_une_ecriture_devancee_au_dernier_moment_est_refaite(
    cadre: None, take: Take, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read changed after our lines were written and before our place was taken: all is done again."""
    reponses = iter((False, True, False))
    vues: list[bool] = []

    def change(_: preparer.Preparation) -> bool:
        vues.append(next(reponses))
        return vues[-1]

    monkeypatch.setattr(preparer.Preparation, "has_change", change)
    resultat = take("releves", write("t2.csv", T2), TOT)
    assert vues == [False, True, False]
    assert count(resultat) == (3, 0, 0, 0, 0)
    assert Releve.objects.count() == 3
    assert Ecriture.objects.filter(genre="releves").count() == 1


def test_une_ecriture_toujours_devancee_est_refusee(
    cadre: None, take: Take, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    essais: list[int] = []

    def ecrire_en_vain(*_: object) -> NoReturn:
        essais.append(1)
        raise IntegrityError("deux fois la même rangée")

    monkeypatch.setattr(releves, "write", ecrire_en_vain)
    with pytest.raises(DonneesRefusees, match="d’autres écritures ont changé les mêmes lignes"):
        take("releves", write("t2.csv", T2), TOT)
    assert len(essais) == preparer.ESSAIS
    assert not Releve.objects.exists()
