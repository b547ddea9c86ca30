"""What a process holds of a base that tests share is that base, whatever the test before did of either."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir, read_savoir
from quartiers.usecases.declarer import declare_releve
from quartiers.usecases.ecrire import build_envoi
from tests.suite.chargements import SAISI_LE, recall_charge

TEXTES = {
    "indicateur": "e06-a1-educateurs-etp", "territoire": "QC-FICTIF-TILLEULS", "date": "20/11/2026", "source": "essai",
}  # fmt: skip


@pytest.mark.parametrize("fois", [1, 2])
def test_ce_qui_est_tenu_est_la_base(etat_demo: None, fois: int) -> None:
    """Played twice, each time leaving something else in the base and in the process."""
    recall_charge()
    tenu, relu = load_savoir(), read_savoir()
    assert tenu.marque == relu.marque
    assert tenu.dossier.releves == relu.dossier.releves
    assert tenu.registres == relu.registres
    declare_releve(
        envoi=build_envoi(SAISI_LE + timedelta(days=1), None), textes=TEXTES | {"valeur": str(fois)}
    )
    assert load_savoir() is not tenu


def test_tenir_encore_la_meme_chose_garde_les_regards(etat_demo: None) -> None:
    recall_charge()
    dates = (date(2026, 11, 23), date(2026, 11, 23))
    vue = MEMOIRE.open_vue(load_savoir(), dates)
    recall_charge()
    assert MEMOIRE.open_vue(load_savoir(), dates) is vue
    MEMOIRE.hold(read_savoir())
    assert MEMOIRE.open_vue(load_savoir(), dates) is not vue
