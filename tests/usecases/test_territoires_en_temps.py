"""A code has a life: it is replaced, it ends, it is used again; what is said of it follows, or is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from django.db import transaction

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.composition import compose_vue
from quartiers.core.vue import Vue
from quartiers.reports.tableau_json import render_tableau
from quartiers.storage.models import Rattachement, Releve, Territoire
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from tests.usecases.cadre_en_temps import write_cog, write_qpv, write_qrr
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
ENTETE = "indicateur;territoire;date;valeur\n"
Etape = Callable[[], object]


@pytest.fixture
def etapes(tmp_path: Path, take: Take) -> dict[str, Etape]:
    """Each file of the small France, ready to be taken in."""
    qpv = write_qpv(
        tmp_path / "qpv.geojson",
        ("QN09301M", "Les Poètes", "93079", 2.36),
        ("QN09302M", "Les Francs-Moisins", "93066, 93059", 2.38),
        ("QN03401M", "Mosson", "34172", 3.82),
    )
    vieux = write_qpv(
        tmp_path / "qp.geojson",
        ("QP034001", "Mosson", "34172", 3.821),
        ("QP034002", "Cévennes", "34172", 3.9),
        cle="nom_qp",
    )
    qrr = write_qrr(tmp_path / "qrr.geojson", "93_9", "Nord", 2.361)

    def prepare(genre: str, chemin: Path, **autres: object) -> Etape:
        return lambda: take(genre, chemin, date(2026, 2, 1), **autres)

    faites = {
        f"cog{annee}": prepare(
            "cog",
            write_cog(tmp_path / f"cog-{annee}", annee),
            millesime=date(annee, 1, 1),
            accepter_retrait=True,
        )
        for annee in (2024, 2025, 2026)
    }
    faites["sans_option"] = prepare("cog", tmp_path / "cog-2025", millesime=date(2025, 1, 1))
    return faites | {
        "qpv": prepare("qpv", qpv),
        "qpv2015": prepare("qpv", vieux),
        "qrr": prepare("qrr", qrr),
    }


def list_rattachements() -> list[tuple[object, ...]]:
    """The attachments, as anyone can see them."""
    champs = ("enfant", "genre", "rang", "parent", "part", "part_du_parent", "deduit", "source")
    return list(Rattachement.objects.order_by(*champs[:4]).values_list(*champs))


def list_parents(code: str) -> list[str]:
    """What holds a territoire, in order."""
    liens = Rattachement.objects.filter(enfant=code, genre="dans").order_by("rang")
    return list(liens.values_list("parent", flat=True))


def test_le_cog_suivant_replie_ce_qui_etait_a_la_commune_finie(etapes: dict[str, Etape]) -> None:
    for nom in ("cog2024", "qpv", "cog2025"):
        etapes[nom]()
    assert list_parents("QN09301M") == ["COM-93059", "DEP-93"]
    etapes["cog2026"]()
    assert list_parents("QN09301M") == ["COM-93066", "DEP-93"], (
        "A → B puis B → C : la chaîne est suivie"
    )
    assert list_parents("QN09302M") == ["COM-93066", "DEP-93"], "deux communes devenues une"
    finie = Territoire.objects.get(code="COM-93059")
    assert (finie.retire, finie.au) == (True, date(2025, 12, 31))


def test_le_quartier_herite_de_la_commune_nouvelle(
    etapes: dict[str, Etape], take: Take, write: Write
) -> None:
    for nom in ("cog2024", "qpv", "cog2025", "cog2026"):
        etapes[nom]()
    take("releves", write("releves.csv", ENTETE + "e08-a3-iscg;COM-93066;2026-02-15;1\n"))
    dossier = load_dossier()
    indicateur = dossier.referentiel.get_indicateur("e08-a3-iscg")
    assert indicateur is not None
    constat = Vue(dossier, date(2026, 3, 1), CONNU_LE).get_constat_vu_de(indicateur, "QN09301M")
    assert constat is not None
    assert constat.valeur == 1
    assert "QN09301M" in dossier.territoires.list_enfants("COM-93066")


def test_un_cog_qui_dit_la_fusion_demande_encore_l_option_et_la_dit(
    etapes: dict[str, Etape],
) -> None:
    etapes["cog2024"]()
    with pytest.raises(DonneesRefusees) as refus:
        etapes["sans_option"]()
    assert str(refus.value).splitlines() == [
        "cog-2025 : 1 commune de la base absents du fichier (COM-93079) : --accepter-retrait pour l’admettre",
        "cog-2025 : COM-93079 est devenu COM-93059",
    ]


def test_un_cog_plus_ancien_que_celui_de_la_base_est_refuse(etapes: dict[str, Etape]) -> None:
    etapes["cog2026"]()
    with pytest.raises(DonneesRefusees, match="plus ancien que celui de la base"):
        etapes["cog2024"]()


def test_un_code_repris_est_lui_meme(take: Take, etapes: dict[str, Etape], tmp_path: Path) -> None:
    for nom in ("cog2024", "cog2025", "qpv"):
        etapes[nom]()
    retour = write_cog(tmp_path / "retour", 2024)
    take("cog", retour, CONNU_LE)
    assert list_parents("QN09301M") == ["COM-93079", "DEP-93"]
    assert Territoire.objects.get(code="COM-93079").au is None


FINIES = ("COM-93059", "COM-93079")
ORDRES = [
    ordre
    for ordre in permutations(("cog2024", "cog2025", "cog2026", "qpv", "qrr", "qpv2015"))
    if ordre[0] == "cog2024" and ordre.index("cog2025") < ordre.index("cog2026")
][::6]


def test_l_ordre_des_imports_ne_change_pas_la_base(etapes: dict[str, Etape]) -> None:
    vus = [_play(etapes, ordre) for ordre in ORDRES]
    assert len(vus) >= 10
    assert all(vu == vus[0] for vu in vus)
    # Without the first COG there is no dead commune to keep; all that is in force is the same.
    sans_passe = _play(etapes, ("cog2025", "cog2026", "qpv", "qrr", "qpv2015"))
    assert [ligne for ligne in vus[0][0] if ligne[0] not in FINIES] == [
        ligne for ligne in sans_passe[0] if ligne[0] not in FINIES
    ]
    assert sans_passe[1:] == vus[0][1:]


def _play(
    etapes: dict[str, Etape], ordre: Sequence[str]
) -> tuple[list[tuple[object, ...]], object, object]:
    """What the files give in that order, in a base left as it was."""
    with transaction.atomic():
        for nom in ordre:
            etapes[nom]()
        vu = (list_rattachements(), _show("COM-93066"), _show("QN09301M"))
        transaction.set_rollback(True)
    forget_dossier()
    return vu


def _show(code: str) -> object:
    """A tableau without what names the state of the data."""
    forget_dossier()
    tableau = render_tableau(compose_vue(Vue(load_dossier(), CONNU_LE, CONNU_LE), code))
    return {cle: valeur for cle, valeur in tableau.items() if cle != "donnees_version"}


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("e08-a3-iscg;COM-93059;2026-01-15;1", "COM-93059 n’est plus en vigueur depuis le 31/12/2025 ; écrire COM-93066 (Saint-Denis)"),
        ("e08-a3-iscg;COM-93059;2025-12-31;1", None),
        ("e08-a3-iscg;COM-93079;2024-06-01;1", None),
        ("e08-a3-iscg;COM-93079;2025-06-01;1", "COM-93079 n’est plus en vigueur depuis le 31/12/2024 ; écrire COM-93066 (Saint-Denis)"),
        ("e05-a2-montant;QP034001;2026-01-31;12", "QP034001 n’est plus en vigueur depuis le 31/12/2023 ; périmètres de 2024 qui le recouvrent : QN03401M (87 %)"),
        ("e05-a2-montant;QP034002;2026-01-31;12", "QP034002 n’est plus en vigueur depuis le 31/12/2023 ; code de la génération 2015 : écrire le code 2024"),
        ("e05-a2-montant;QP034001;2023-12-31;12", None),
        ("e05-a2-montant;QN03401M;2022-12-31;12", None),
        ("e05-a2-montant;QP093001;2026-01-31;12", "territoire inconnu : « QP093001 » ; code de la génération 2015 : écrire le code 2024"),
        ("e08-a3-iscg;Aubervilliers;2026-01-31;1", "territoire inconnu : « Aubervilliers »"),
        ("e08-a3-iscg;Pierrefitte sur Seine;2026-01-31;1", "territoire inconnu : « Pierrefitte sur Seine » ; écrire son code : COM-93066 (Saint-Denis, 93)"),
    ],
)  # fmt: skip
def test_un_fait_suit_la_vie_de_son_territoire(
    ligne: str, raison: str | None, etapes: dict[str, Etape], take: Take, write: Write
) -> None:
    for nom in ("cog2024", "qpv", "qpv2015", "cog2025", "cog2026"):
        etapes[nom]()
    fichier = write("releves.csv", f"{ENTETE}{ligne}\n")
    if raison is None:
        assert take("releves", fichier).ajoutees == 1
        return
    with pytest.raises(DonneesRefusees) as refus:
        take("releves", fichier)
    assert str(refus.value) == f"releves.csv, ligne 2, colonne « territoire » : {raison}"
    assert not Releve.objects.exists()


@pytest.mark.parametrize(
    ("genre", "texte", "raison"),
    [
        ("cibles", "indicateur;territoire;operateur;valeur\ne05-a2-montant;QP034001;>=;5\n", "plus en vigueur"),
        ("cibles", "indicateur;territoire;operateur;valeur;effet\ne05-a2-montant;QP034001;>=;5;2024-01-01\n", "plus en vigueur"),
        ("cibles", "indicateur;territoire;operateur;valeur;effet\ne05-a2-montant;QP034001;>=;5;2023-01-01\n", None),
        ("cibles", "indicateur;territoire;operateur;valeur;effet;echeance\ne05-a2-montant;QP034001;>=;5;2023-01-01;2024-06-30\n", "avis:après le dernier jour de QP034001 (31/12/2023)"),
        ("quartiers", "code;nom;departement;rattaches\nQC-34-M;Mosson;DEP-34;QP034001\n", "plus en vigueur"),
        ("quartiers", "code;nom;departement;rattaches;attendu_au\nQC-34-M;Mosson;DEP-34;QP034001;2023-12-31\n", None),
        ("quartiers", "code;nom;departement;rattaches;attendu_du\nQC-34-M;Mosson;34;QP034001 QN03401M;2022-01-01\n", "avis:plus en vigueur"),
        ("quartiers", "code;nom;departement;rattaches\nQC-34-M;Mosson;DEP-34;qn03401m\n", "réparation:« qn03401m » lu QN03401M"),
        ("quartiers", "code;nom;departement;rattaches\nQC-34-M;Mosson;DEP-34;COM-34172\n", "QPV ou QRR inconnu : « COM-34172 »"),
    ],
)  # fmt: skip
def test_les_autres_declarations_aussi(
    genre: str, texte: str, raison: str | None, etapes: dict[str, Etape], take: Take, write: Write
) -> None:
    for nom in ("cog2024", "qpv", "qpv2015"):
        etapes[nom]()
    fichier = write(f"{genre}.csv", texte)
    if raison is not None and raison.startswith(("avis:", "réparation:")):
        nature, dit = raison.split(":", 1)
        rapports = take(genre, fichier).rapports
        tous = [a for r in rapports for a in (r.avis if nature == "avis" else r.reparees)]
        assert any(dit in str(a) for a in tous)
    elif raison is not None:
        with pytest.raises(DonneesRefusees, match=raison):
            take(genre, fichier)
    else:
        assert take(genre, fichier).ajoutees == 1


@pytest.mark.parametrize(
    ("ecrit", "lu"),
    [
        ("qn03401m", "QN03401M"),
        ("QN03401M\u200b", "QN03401M"),
        ("\ufeffQN03401M", "QN03401M"),
        ("COM\u201193008", "COM-93008"),
        ("com\u201393008", "COM-93008"),
        ("dep\u221293", "DEP-93"),
        ("\uff31\uff2e03401M", "QN03401M"),
    ],
)
def test_un_code_mal_ecrit_est_repare_et_dit(
    ecrit: str, lu: str, etapes: dict[str, Etape], take: Take, write: Write
) -> None:
    for nom in ("cog2024", "qpv"):
        etapes[nom]()
    indicateur = {"Q": "e05-a2-montant", "C": "e08-a3-iscg", "D": "e04-a2-internat-departement"}
    ligne = f"{indicateur[lu[0]]};{ecrit};2026-01-31;1\n"
    resultat = take("releves", write("releves.csv", ENTETE + ligne))
    assert Releve.objects.get().territoire == lu
    assert any(f"lu {lu}" in str(a) for r in resultat.rapports for a in r.reparees)


def test_une_lettre_d_un_autre_alphabet_est_nommee(
    etapes: dict[str, Etape], take: Take, write: Write
) -> None:
    etapes["cog2024"]()
    fichier = write("releves.csv", ENTETE + "e08-a3-iscg;\u0421OM-93008;2026-01-31;1\n")
    with pytest.raises(DonneesRefusees, match="alphabet cyrillique"):
        take("releves", fichier)


def test_trois_mille_codes_faux_sont_refuses_en_moins_d_une_seconde(
    etapes: dict[str, Etape], take: Take, write: Write
) -> None:
    for nom in ("cog2024", "qpv"):
        etapes[nom]()
    faux = ("QN093{:02}Z", "Ville {}", "COM-93{:03}", "9{:04}", "QRR-93_{}")
    lignes = "".join(
        f"e05-a2-montant;{faux[n % 5].format(n % 100)};2026-01-31;1\n" for n in range(3000)
    )
    fichier = write("releves.csv", ENTETE + lignes)
    debut = time.process_time()
    with pytest.raises(DonneesRefusees):
        take("releves", fichier)
    assert time.process_time() - debut < 1


def test_le_dossier_de_l_insee_se_lit_comme_il_est_dezippe(
    etapes: dict[str, Etape], take: Take, tmp_path: Path
) -> None:
    resultat = etapes["cog2025"]()
    avis = [str(a) for r in resultat.rapports for a in r.avis]  # type: ignore[attr-defined]
    assert any(a.startswith("v_commune_depuis_1943.csv : laissé de côté") for a in avis)
    assert any(a.startswith("v_ctcd_2025.csv : laissé de côté") for a in avis)
    polynesie = write_qpv(
        tmp_path / "987.geojson", ("QN98701M", "Ville", "98735", -149.57), y=-17.54
    )
    take("qpv", polynesie, accepter_retrait=True)
    assert list_parents("QN98701M") == ["COM-98735", "DEP-987"]
    assert list_parents("DEP-987") == ["FR"]
