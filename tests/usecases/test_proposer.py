"""What is proposed in the place of a wrong code: its own code in another form, its name, one slip; nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.territoire import Ancien, Genre, Territoire, Territoires
from quartiers.usecases.proposer import HOMONYMES_MAX, Propositions

FIN = date(2023, 12, 31)
TERRITOIRES = Territoires.build(
    [
        Territoire("FR", "France", Genre.NATION),
        Territoire("REG-11", "Île-de-France", Genre.REGION),
        Territoire("DEP-01", "Ain", Genre.DEPARTEMENT),
        Territoire("DEP-93", "Seine-Saint-Denis", Genre.DEPARTEMENT),
        Territoire("DEP-2A", "Corse-du-Sud", Genre.DEPARTEMENT),
        Territoire("DEP-2B", "Haute-Corse", Genre.DEPARTEMENT),
        Territoire("EPCI-200054781", "Métropole du Grand Paris", Genre.EPCI),
        Territoire("COM-01004", "Ambérieu-en-Bugey", Genre.COMMUNE),
        Territoire("COM-93001", "Aubervilliers", Genre.COMMUNE),
        Territoire("COM-93008", "Bobigny", Genre.COMMUNE),
        Territoire("COM-93066", "Saint-Denis", Genre.COMMUNE),
        Territoire("COM-97411", "Saint-Denis", Genre.COMMUNE),
        Territoire("COM-93059", "Pierrefitte-sur-Seine", Genre.COMMUNE, (), None, FIN),
        Territoire("QN09309M", "Les Courtillières", Genre.QPV),
        Territoire("QN09301I", "Les Poètes", Genre.QPV),
        Territoire("QN04001M", "Le Moulin", Genre.QPV),
        Territoire("QN97401N", "Le Chaudron", Genre.QPV),
        Territoire("QP093001", "Les Poètes", Genre.QPV, (), None, FIN),
        Territoire("QC-93-CLOS", "Le Clos", Genre.QUARTIER),
        Territoire("QC-93-FONTAINE-DES-BOIS", "La Fontaine", Genre.QUARTIER),
        Territoire("QC-VALLON", "Le Vallon", Genre.QUARTIER),
        Territoire("QRR-93_3", "Franc-Moisin", Genre.QRR),
        Territoire("QRR-974_1", "Le Chaudron", Genre.QRR),
        *[Territoire(f"COM-5{n:04}", "Sainte-Croix", Genre.COMMUNE) for n in range(7)],
    ],
    {"COM-93059": Ancien("COM-93066", "Pierrefitte-sur-Seine"), "COM-93998": Ancien("COM-93059")},
)


@pytest.mark.parametrize(
    ("texte", "indice"),
    [
        ("93008", " ; écrire « COM-93008 »"),
        ("COM 93008", " ; écrire « COM-93008 »"),
        ("com93008", " ; écrire « COM-93008 »"),
        ("1004", " ; écrire « COM-01004 »"),
        ("93059", " ; écrire « COM-93066 »"),
        ("93998", " ; écrire « COM-93066 »"),
        ("93_3", " ; écrire « QRR-93_3 »"),
        ("QRR 93_3", " ; écrire « QRR-93_3 »"),
        ("QRR93_3", " ; écrire « QRR-93_3 »"),
        ("qrr-93-3", " ; écrire « QRR-93_3 »"),
        ("QRR 093_03", " ; écrire « QRR-93_3 »"),
        ("974_1", " ; écrire « QRR-974_1 »"),
        ("200054781", " ; écrire « EPCI-200054781 »"),
        ("200 054 781", " ; écrire « EPCI-200054781 »"),
        ("93", " ; écrire « DEP-93 »"),
        ("093", " ; écrire « DEP-93 »"),
        ("1", " ; écrire « DEP-01 »"),
        ("2a", " ; écrire « DEP-2A »"),
        ("DEP 93", " ; écrire « DEP-93 »"),
        ("DEP-20", " ; écrire « DEP-2A » ou « DEP-2B »"),
        ("20", " ; écrire « DEP-2A » ou « DEP-2B »"),
        ("REG11", " ; écrire « REG-11 »"),
        ("QN-093-09-M", " ; écrire « QN09309M »"),
        ("QN9309M", " ; écrire « QN09309M »"),
        ("QN09309Z", " ; le plus proche est « QN09309M »"),
        ("COM-93009", " ; le plus proche est « COM-93008 »"),
        ("QRR-93_4", " ; le plus proche est « QRR-93_3 »"),
        ("QN97402N", " ; le plus proche est « QN97401N »"),
        ("QC-VALON", " ; le plus proche est « QC-VALLON »"),
        ("QC-93-CLO", " ; le plus proche est « QC-93-CLOS »"),
        ("QP034001", " ; code de la génération 2015 : écrire le code 2024"),
        ("QP093999", " ; code de la génération 2015 : écrire le code 2024"),
        ("Aubervilliers", " ; écrire son code : COM-93001 (Aubervilliers, 93)"),
        ("AUBERVILLIERS", " ; écrire son code : COM-93001 (Aubervilliers, 93)"),
        ("pierrefitte sur seine", " ; écrire son code : COM-93066 (Saint-Denis, 93)"),
        ("ile de france", " ; écrire son code : REG-11 (Île-de-France)"),
        ("Les Poètes", " ; écrire son code : QN09301I (Les Poètes, 93)"),
        ("Total", " : ce n’est pas un territoire, retirer la ligne"),
        ("TOTAL GÉNÉRAL", " : ce n’est pas un territoire, retirer la ligne"),
        ("Sous-total", " : ce n’est pas un territoire, retirer la ligne"),
    ],
)
def test_ce_qui_est_propose(texte: str, indice: str) -> None:
    assert Propositions(TERRITOIRES).say(texte) == indice


@pytest.mark.parametrize(
    "texte",
    [
        *("QN04002M", "QN05001M", "QN03401M", "COM-69001", "QRR-69_3", "DEP-999", "EPCI-200054782"),
        *(
            "99999",
            "69_1",
            "Marseille",
            "",
            "QC-34-FONTAINE-DES-BOIS",
            "QC-93-INCONNU",
            "Les Courtilières",
            "…",
            "QN",
        ),
    ],
)
def test_rien_hors_du_genre_ni_du_departement(texte: str) -> None:
    indice = Propositions(TERRITOIRES).say(texte)
    assert indice in {"", " ; le plus proche est « QN04001M »"}
    if indice:
        assert texte.startswith("QN040"), "même département"


def test_les_homonymes_sont_dits_avec_leur_departement_et_bornes() -> None:
    propositions = Propositions(TERRITOIRES)
    assert propositions.say("St-Denis") == (
        " ; plusieurs territoires de ce nom, écrire le code : "
        "COM-93066 (Saint-Denis, 93), COM-97411 (Saint-Denis, 974)"
    )
    croix = propositions.say("Sainte-Croix")
    assert croix.count("COM-") == HOMONYMES_MAX
    assert croix.endswith("et 2 autres")


def test_seuls_les_genres_attendus_sont_proposes() -> None:
    genres = (Genre.QPV, Genre.QRR)
    propositions = Propositions(TERRITOIRES)
    assert propositions.say("Bobigny", genres) == propositions.say("93008", genres) == ""
    assert propositions.say("93_3", genres) == " ; écrire « QRR-93_3 »"
    assert "QN97401N (Le Chaudron, 974), QRR-974_1" in propositions.say("le chaudron", genres)
