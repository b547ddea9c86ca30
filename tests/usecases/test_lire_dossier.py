"""A folder may speak in records: read as the imports read them, refused as they refuse, and no base is asked."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.constat import Constat
from quartiers.core.dossier import Dossier
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.statut import Statut
from quartiers.core.vue import Vue
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.lire_dossier import FEUILLETS, read_dossier

ICI = "QRR-00_1"
SU = date(2026, 11, 1)
TERRITOIRES = (
    "code;nom;genre;parents\nFR;France;nation;\nREG-00;Brumes;region;FR\n"
    f"DEP-00;Val-de-Brume;departement;REG-00\n{ICI};Les Tilleuls;qrr;DEP-00\n"
)
POSTES = (
    "objet;le;situe;fonction;employeur;etp_finance;vacant_depuis\n"
    f"P-1;30/09/2026;{ICI};adulte_relais;Association Horizon;1;02/09/2026\n"
)
LIEUX = f"objet;le;situe;genre\nL-1;30/09/2026;{ICI};centre_social\n"
ACTIVITES = (
    "objet;le;situe;genre;theme;premier_jour;dernier_jour;rythme;tenue;lieu\n"
    f"A-1;30/10/2026;{ICI};educative;;02/09/2026;16/10/2026;hebdomadaire;oui;L-1\n"
)
VACANCES = (
    "objet;le;situe;nom;classes_depuis;debut;fin\n"
    "C-1;01/07/2026;DEP-00;Toussaint;01/09/2026;17/10/2026;01/11/2026\n"
)
CONFIRMATIONS = (
    "indicateur;territoire;lieu;date;motif;par\n"
    f"e03-a2-centre-social;{ICI};L-1;01/10/2026;Reçoit les habitants;Déléguée\n"
)


def read(tmp_path: Path, **textes: str) -> Dossier:
    """The dossier of a folder of these files, all known on one day."""
    (tmp_path / "territoires.csv").write_text(TERRITOIRES, encoding="utf-8")
    for nom, texte in textes.items():
        (tmp_path / f"{nom}.csv").write_text(texte, encoding="utf-8")
    return read_dossier(tmp_path, load_referentiel(), SU)


def look(dossier: Dossier, code: str, vu_le: date = SU) -> Constat:
    """What is then said of an indicateur."""
    indicateur = dossier.referentiel.get_indicateur(code)
    assert indicateur is not None
    return Vue(dossier, vu_le, SU).get_constat(indicateur, ICI)


def test_chaque_genre_qu_un_fichier_fait_entrer_a_son_fichier() -> None:
    assert {f"{genre}.csv" for genre in GENRES_DE_FICHIER} <= {f.fichier for f in FEUILLETS}


def test_des_enregistrements_donnent_des_chiffres(tmp_path: Path) -> None:
    """A vacant post is a zero that somebody said; what nobody said of the others is unknown."""
    dossier = read(tmp_path, poste=POSTES)
    constat = look(dossier, "e06-a2-adultes-relais")
    assert (constat.valeur, constat.date) == (Fraction(0), date(2026, 9, 30))
    assert constat.statut not in {Statut.NON_RENSEIGNE, Statut.PERIME}
    assert look(dossier, "e06-a1-educateurs-etp").statut is Statut.NON_RENSEIGNE


def test_un_calendrier_du_dossier_compte_les_semaines(tmp_path: Path) -> None:
    """Seven weeks of class since the rentrée, an activity in each."""
    dossier = read(tmp_path, activite=ACTIVITES, lieu=LIEUX, vacances=VACANCES)
    constat = look(dossier, "e01-a5-semaines-couvertes", date(2026, 10, 18))
    assert (constat.numerateur, constat.denominateur) == (Fraction(7), Fraction(7))


def test_une_confirmation_nomme_un_lieu_du_dossier(tmp_path: Path) -> None:
    dossier = read(tmp_path, lieu=LIEUX, confirmations=CONFIRMATIONS)
    assert [c.objet for c in dossier.confirmations] == ["L-1"]


@pytest.mark.parametrize(
    ("textes", "raison"),
    [
        pytest.param(
            {"poste": POSTES.replace("adulte_relais", "adultes_relai")},
            r"poste\.csv, ligne 2, colonne « fonction » : mot inconnu",
            id="un mot",
        ),
        pytest.param({"poste": POSTES.replace(ICI, "QRR-00_9")}, "territoire inconnu", id="où"),
        pytest.param(
            {"poste": POSTES + POSTES.splitlines()[1].replace("adulte_relais", "mediateur")},
            "déjà à la ligne 2, avec un autre contenu",
            id="deux fois",
        ),
        pytest.param(
            {"activite": ACTIVITES}, r"activite\.csv, ligne 2, colonne « lieu »", id="un lieu que rien ne dit"
        ),
        pytest.param(
            {"lieu": LIEUX + f"france-services/1;30/09/2026;{ICI};centre_social\n"},
            "est le nom d’une ligne de la liste « france-services »",
            id="le nom d’une liste",
        ),
        pytest.param(
            {"lieu": "objet;le;genre;retrait\nL-1;30/09/2026;;oui\n"},
            "retrait d’une ligne inconnue",
            id="un retrait de rien",
        ),
        pytest.param(
            {"lieu": LIEUX, "confirmations": CONFIRMATIONS.replace("L-1", "L-2")},
            r"confirmations\.csv, ligne 2, colonne « lieu »",
            id="une confirmation de rien",
        ),
        pytest.param(
            {"vacances": VACANCES.replace("DEP-00", ICI)}, "DEPARTEMENT ou COLLECTIVITE", id="où, pour des vacances"
        ),
        pytest.param({"postes": POSTES}, r"postes\.csv : fichier inconnu", id="un fichier"),
    ],
)  # fmt: skip
def test_un_dossier_refuse_ce_que_l_import_refuse(
    tmp_path: Path, textes: dict[str, str], raison: str
) -> None:
    with pytest.raises(DonneesRefusees, match=raison):
        read(tmp_path, **textes)


def test_un_objet_ne_change_pas_de_serie_d_un_jour_a_l_autre(tmp_path: Path) -> None:
    entete = "objet;le;situe;dispositif;unite_comptee;n;du;connu_le\n"
    cohorte = f"C-1;30/09/2026;{ICI};cites-educatives;{{}};12;01/09/2026;{{}}\n"
    texte = entete + cohorte.format("jeunes", "2026-10-01") + cohorte.format("enfants", "2026-10-02")  # fmt: skip
    with pytest.raises(DonneesRefusees, match="change de série"):
        read(tmp_path, cohorte=texte)
