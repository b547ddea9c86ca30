"""The official files themselves through the imports, when they stand beside the project."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from django.db.models import Min

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.storage.models import Proximite, Rattachement, Territoire
from quartiers.usecases.charger_dossier import load_dossier
from tests.suite.chargements import OFFICIELS_CONNUS_LE as CONNU_LE
from tests.usecases.conftest import Take

pytestmark = [pytest.mark.django_db, pytest.mark.donnees, pytest.mark.lent]


def count_a_portee(codes: list[str]) -> tuple[int, int, int]:
    """Territoires with a fixed place inside, at 300 m at most, at 1 km at most."""
    minima = Proximite.objects.filter(territoire__in=codes).order_by().values("territoire")
    distances = np.array(
        [ligne["proche"] for ligne in minima.annotate(proche=Min("distance_m"))], dtype=float
    )
    return tuple(int((distances <= seuil).sum()) for seuil in (0, 300, 1000))  # type: ignore[return-value]


def test_la_france_entiere(etat_france: None, donnees: Path, take: Take) -> None:
    genres = {g: Territoire.objects.filter(genre=g).count() for g in ("commune", "qrr", "epci")}
    assert genres == {"commune": 34_935 + 94, "qrr": 62, "epci": genres["epci"]}
    qpv = Territoire.objects.filter(genre="qpv").order_by().values_list("code", "generation")
    assert sorted(generation for _, generation in qpv if generation == 2015) == [2015] * 105
    assert len(qpv) == 1584 + 105

    # What the domain measured, by other hands (domaine.md 0.4).
    qrr = list(Territoire.objects.filter(genre="qrr").values_list("code", flat=True))
    assert count_a_portee(qrr) == (41, 45, 54)
    qpv_2024 = [c for c, generation in qpv if generation == 2024 and not c.startswith("QN987")]
    assert len(qpv_2024) == 1496
    assert count_a_portee(qpv_2024) == (318, 467, 735)

    dossier = load_dossier()
    vue = Vue(dossier, date(2024, 9, 1), CONNU_LE)
    assert len(vue.attendus) == 62
    presence = dossier.referentiel.get_indicateur("e03-a1-france-services")
    distance = dossier.referentiel.get_indicateur("e03-a1-distance-france-services")
    assert presence is not None
    assert distance is not None
    statuts = [vue.get_constat(presence, code).statut for code in qrr]
    assert statuts.count(Statut.ATTEINT) == 45
    assert statuts.count(Statut.A_SURVEILLER) == 54 - 45
    assert statuts.count(Statut.NON_RENSEIGNE) == 1
    assert statuts.count(Statut.NON_ENGAGE) == 62 - 54 - 1
    noumea = vue.get_constat(distance, "QRR-988_1")
    assert (noumea.statut, noumea.valeur) == (Statut.NON_RENSEIGNE, None)

    # Each QRR lies in a commune and a département; Grand Paris comes by its EPT before the métropole.
    sans_commune = [
        c for c in qrr if not any(p.startswith("COM-") for p in vue.territoires[c].parents)
    ]
    assert sans_commune == []
    aulnay = vue.territoires["COM-93005"].parents
    assert aulnay[0] != "EPCI-200054781"
    assert aulnay[1:] == ("EPCI-200054781", "DEP-93")
    assert vue.territoires["QN97654C"].parents == ("COM-97604", "DEP-976")
    parts = Rattachement.objects.filter(genre="recouvre").values_list("part", "part_du_parent")
    assert all(0 < part <= 1 for paire in parts for part in paire if part is not None)
    assert len(parts) > 100

    for genre, chemin in (("cog", "cog"), ("qpv", "qpv-2024/qpv.json.gz")):
        assert take(genre, donnees / chemin, CONNU_LE).ajoutees == 0
    with pytest.raises(DonneesRefusees, match="périmètre"):
        take("qpv", donnees / "qpv-2024" / "centroide-4326_qpv.geojson")


def test_deux_ecritures_des_memes_qpv_ne_se_perdent_pas(
    etat_communes_et_qpv: None, donnees: Path, take: Take
) -> None:
    encore = take("qpv", donnees / "qpv-2024" / "qpv_2024_reserialise.geojson", CONNU_LE)
    assert Territoire.objects.filter(genre="qpv", retire=True).count() == 0
    assert encore.inchangees + encore.ajoutees == 1584


def test_une_liste_de_2020_se_lit_comme_une_archive(
    etat_france: None, donnees: Path, take: Take
) -> None:
    liste = donnees / "france-services" / "france_services.geojson"
    ancienne = date(2020, 10, 1)
    assert take("france-services", liste, ancienne, millesime=ancienne).ajoutees == 908 + 1
    dossier = load_dossier()
    presence = dossier.referentiel.get_indicateur("e03-a1-france-services")
    assert presence is not None
    alors = Vue(dossier, date(2020, 11, 1), date(2020, 11, 1))
    statuts = {alors.get_constat(presence, code).statut for code in alors.attendus}
    assert Statut.ATTEINT in statuts
    fait = alors.get_constat(presence, "QRR-93_3").faits[0]
    assert fait.preuve.archive
    assert fait.preuve.millesime == ancienne
