"""Places that people declare are measured from their point: what their link says holds only where nothing was measured."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.constat import Constat
from quartiers.core.rayons import RAYON_A_PROXIMITE_M, RAYON_PROCHE_M, TOLERANCE_M
from quartiers.core.statut import Drapeau
from quartiers.core.vue import Vue
from quartiers.storage.models import Proximite, Territoire
from quartiers.usecases.charger_dossier import build_dossier, load_dossier
from quartiers.usecases.suivre import read_marque
from tests.usecases.conftest import CONNU_LE, DEMO, Take, Write

pytestmark = pytest.mark.django_db
MAISON, CENTRE = "e03-a3-offre-soins", "e03-a2-centre-social"
DISTANCE = "e03-a1-distance-france-services"
ENTETE = "objet;le;situe;genre;longitude;latitude;mobile\n"
# Points of the invented département, and how far they are from a quartier.
A_300_M_DE_BEL_AIR = "2.329605;46.565571"  # and more than 50
A_1000_M_DES_HAUTS_DE_LYS = "2.572948;46.583845"  # and more than 300
A_BEAUREGARD = "2.295478;46.579593"  # two kilometres from Bel-Air
SANS_POINT = ";"
BEAUREGARD, BEL_AIR, LYS = "QN00001N", "QN00002M", "QN00005N"
LE, PLUS_TARD = date(2026, 7, 1), date(2026, 9, 1)


def declare(write: Write, *lignes: str) -> Path:
    """A file of places."""
    return write("lieux.csv", ENTETE + "".join(f"{ligne}\n" for ligne in lignes))


def look(indicateur: str, territoire: str, connu_le: date = CONNU_LE) -> Constat:
    """A constat of today."""
    dossier = load_dossier()
    connu = dossier.referentiel.get_indicateur(indicateur)
    assert connu is not None
    return Vue(dossier, CONNU_LE, connu_le).get_constat(connu, territoire)


# genre, situe, point, mobile ; indicateur, territoire, valeur
CAS = [
    # Nothing is measured: the link says where it is.
    ("maison_sante", BEL_AIR, SANS_POINT, "", MAISON, BEL_AIR, 1),
    # Measured within 300 m, whatever is linked.
    ("maison_sante", "COM-00001", A_300_M_DE_BEL_AIR, "", MAISON, BEL_AIR, 1),
    ("maison_sante", "COM-00001", A_300_M_DE_BEL_AIR, "", MAISON, "QC-FICTIF-BEL-AIR", 1),
    # Said to be in the quartier, and measured two kilometres away: it is not there.
    ("maison_sante", BEL_AIR, A_BEAUREGARD, "", MAISON, BEL_AIR, None),
    ("maison_sante", BEL_AIR, A_BEAUREGARD, "", MAISON, BEAUREGARD, 1),
    ("maison_sante", "QC-FICTIF-BEL-AIR", A_BEAUREGARD, "", MAISON, "QC-FICTIF-BEL-AIR", None),
    # In the quartier (50 m) is not at 300 m: near, hence a zero.
    ("centre_social", BEL_AIR, A_300_M_DE_BEL_AIR, "", CENTRE, BEL_AIR, 0),
    ("maison_sante", LYS, A_1000_M_DES_HAUTS_DE_LYS, "", MAISON, LYS, 0),
    # The point of a mobile place is its garage.
    ("maison_sante", BEL_AIR, A_BEAUREGARD, "oui", MAISON, BEL_AIR, 1),
    ("maison_sante", BEL_AIR, A_BEAUREGARD, "oui", MAISON, BEAUREGARD, None),
]


@pytest.mark.parametrize(
    ("genre", "situe", "point", "mobile", "indicateur", "territoire", "valeur"), CAS
)
def test_un_lieu_declare_se_mesure(
    cadre: None,
    take: Take,
    write: Write,
    genre: str,
    situe: str,
    point: str,
    mobile: str,
    indicateur: str,
    territoire: str,
    valeur: int | None,
) -> None:
    take("lieu", declare(write, f"L1;{LE};{situe};{genre};{point};{mobile}"), LE)
    assert look(indicateur, territoire).valeur == valeur


def test_proche_se_dit(cadre: None, take: Take, write: Write) -> None:
    take("lieu", declare(write, f"L1;{LE};{LYS};maison_sante;{A_1000_M_DES_HAUTS_DE_LYS};"), LE)
    assert look(MAISON, LYS).valeur == 0
    mesure = Proximite.objects.get(territoire=LYS)
    assert mesure.enregistrement.objet == "L1"
    assert RAYON_PROCHE_M < mesure.distance_m < RAYON_A_PROXIMITE_M
    assert Drapeau.REGISTRE_INCOMPLET not in look(MAISON, LYS).drapeaux


def test_un_point_corrige_se_mesure_d_ou_il_est_des_qu_on_le_sait(
    cadre: None, take: Take, write: Write
) -> None:
    take("lieu", declare(write, f"L1;{LE};COM-00001;maison_sante;{A_BEAUREGARD};"), LE)
    corrige = declare(write, f"L1;{LE};COM-00001;maison_sante;{A_300_M_DE_BEL_AIR};")
    take("lieu", corrige, PLUS_TARD)
    vus = {
        (territoire, jour): look(MAISON, territoire, jour).valeur
        for territoire in (BEAUREGARD, BEL_AIR)
        for jour in (LE, PLUS_TARD)
    }
    assert vus == {
        (BEAUREGARD, LE): 1,
        (BEL_AIR, LE): None,
        (BEAUREGARD, PLUS_TARD): None,
        (BEL_AIR, PLUS_TARD): 1,
    }


def test_compte_ou_qu_il_soit_il_est_mesure_a_chaque_quartier(
    cadre: None, take: Take, write: Write
) -> None:
    """The distance to a France services is counted without limit: of those declared, the nearest."""
    resultat = take(
        "lieu",
        declare(
            write,
            f"L1;{LE};COM-00001;france_services;{A_BEAUREGARD};non",
            f"L2;{LE};COM-00001;france_services;{A_300_M_DE_BEL_AIR};non",
        ),
        LE,
    )
    perimetres = Territoire.objects.exclude(geometrie=None).count()
    assert resultat.bilan.phrases == [f"{2 * perimetres} distances mesurées"]
    assert look(DISTANCE, BEAUREGARD).valeur == 0
    for territoire, au_moins in ((BEL_AIR, TOLERANCE_M), (LYS, 10_000)):
        mesures = Proximite.objects.filter(territoire=territoire)
        metres = mesures.values_list("distance_m", flat=True)
        attendue = min(Fraction(str(mesure)) for mesure in metres)
        assert look(DISTANCE, territoire).valeur == attendue > au_moins


def test_un_perimetre_qui_entre_apres_le_lieu_est_mesure(take: Take, write: Write) -> None:
    dossier = DEMO / "2026-01-15"
    take("cog", dossier / "cog", LE)
    take("lieu", declare(write, f"L1;{LE};COM-00001;maison_sante;{A_300_M_DE_BEL_AIR};"), LE)
    assert not Proximite.objects.exists()
    take("qpv", dossier / "qpv.geojson", PLUS_TARD)
    assert look(MAISON, BEL_AIR).valeur == 1


def test_suivre_rend_ce_que_rend_une_lecture_entiere(cadre: None, take: Take, write: Write) -> None:
    """A process that has read the base reads only what enters, distances included."""
    take("lieu", declare(write, f"L1;{LE};COM-00001;maison_sante;{A_BEAUREGARD};"), LE)
    avant = load_dossier()
    corrige = f"L1;{LE};{BEL_AIR};maison_sante;{A_300_M_DE_BEL_AIR};"
    nouveau = f"L2;{LE};{BEL_AIR};maison_sante;{A_BEAUREGARD};"
    take("lieu", declare(write, corrige, nouveau), PLUS_TARD)
    suivi = load_dossier()
    assert suivi.territoires is avant.territoires, "le cadre n’est pas relu"
    entier = build_dossier(read_marque())
    assert {cle: r.cellule for cle, r in suivi.registres.items()} == {
        cle: r.cellule for cle, r in entier.registres.items()
    }
    assert look(MAISON, BEL_AIR).valeur == 1
    assert look(MAISON, BEAUREGARD).valeur == 1, "le second"


PERMANENCES = "e03-a4-permanences"
ACTES = "objet;le;situe;genre;premier_jour;tenue;lieu\n"
GRAND_PRE = "QN00003I"  # where stands 9003 of the list


def hold(write: Write, *lieux: str) -> Path:
    """A legal session in each of these places, each said to be in Beauregard."""
    lignes = (
        f"A{n};2026-10-02;{BEAUREGARD};permanence_juridique;2026-10-01;oui;{lieu}\n"
        for n, lieu in enumerate(lieux)
    )
    return write("activites.csv", ACTES + "".join(lignes))


def test_une_activite_dans_un_lieu_de_liste_est_la_ou_il_est(
    listes: None, take: Take, write: Write
) -> None:
    take("activite", hold(write, ""))
    assert look(PERMANENCES, BEAUREGARD).valeur == 1
    assert look(PERMANENCES, GRAND_PRE).valeur is None
    take("activite", hold(write, "france-services/9003"))
    suivi = load_dossier()
    assert look(PERMANENCES, BEAUREGARD).valeur is None
    assert look(PERMANENCES, GRAND_PRE).valeur == 1
    entier = build_dossier(read_marque())
    assert {cle: r.cellule for cle, r in suivi.registres.items()} == {
        cle: r.cellule for cle, r in entier.registres.items()
    }
    assert {cle[0] for cle in entier.registres} == {PERMANENCES}, "le lieu lui-même est à sa liste"
    take("activite", hold(write, "france-services/9003", "france-services/9003"))
    assert look(PERMANENCES, GRAND_PRE).valeur == 2
    assert build_dossier(read_marque()).registres.keys() == load_dossier().registres.keys()


def test_un_lieu_que_personne_ne_connait_est_refuse(listes: None, take: Take, write: Write) -> None:
    with pytest.raises(DonneesRefusees, match="9003"):
        take("activite", hold(write, "9003"))


def test_une_confirmation_fait_compter_un_lieu_proche(
    cadre: None, take: Take, write: Write
) -> None:
    """A délégué attests that a declared near place serves the quartier (L-10); from its day, and no other place."""
    lieu = declare(write, f"MSP-1;01/07/2026;{LYS};maison_sante;{A_1000_M_DES_HAUTS_DE_LYS};")
    take("lieu", lieu, connu_le=LE)
    assert (look(MAISON, LYS).valeur, look(MAISON, LYS).objets) == (Fraction(0), frozenset())
    confirme = f"indicateur;territoire;lieu;date;motif;par\n{MAISON};{LYS};MSP-1;2026-09-10;Navette;Délégué\n"
    take("confirmations", write("c.csv", confirme), connu_le=PLUS_TARD.replace(day=12))
    assert look(MAISON, LYS, connu_le=PLUS_TARD).valeur == Fraction(0)
    constat = look(MAISON, LYS)
    assert (constat.valeur, constat.objets) == (Fraction(1), frozenset({"MSP-1"}))
    assert Drapeau.CONFIRME in constat.drapeaux
    assert [f.preuve.genre for f in constat.faits][-1] == "confirmation"


def test_une_confirmation_d_un_lieu_lointain_est_dite_sans_effet(
    cadre: None, take: Take, write: Write
) -> None:
    take("lieu", declare(write, f"MSP-1;01/07/2026;{BEAUREGARD};maison_sante;{A_BEAUREGARD};"))
    lignes = f"{MAISON};{LYS};MSP-1;2026-09-10;Navette;Délégué\n"
    fait = take(
        "confirmations", write("c.csv", f"indicateur;territoire;lieu;date;motif;par\n{lignes}")
    )
    assert "sans effet : rien ne montre MSP-1" in str(fait.rapports)
    assert look(MAISON, LYS).valeur is None
