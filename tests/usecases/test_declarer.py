"""A line declared in a form: recorded with its author, refused whole, and never over what somebody else has just said."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.temps import PARIS
from quartiers.storage.models import Ecriture, Releve
from quartiers.usecases.charger_dossier import MEMOIRE, find_cadre, load_dossier, load_savoir
from quartiers.usecases.declarer import Conflit, declare_releve
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.preparer import Recu
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.savoir import Savoir
from quartiers.usecases.suivre import Marque
from tests.usecases.conftest import Take, Write

pytestmark = pytest.mark.django_db
JOUR = date(2026, 10, 1)
INDICATEUR, QUARTIER = "e06-a1-educateurs-etp", "QC-FICTIF-TILLEULS"
TEXTES = {
    "indicateur": INDICATEUR,
    "territoire": QUARTIER,
    "date": "30/09/2026",
    "valeur": "2,5",
    "source": "Conseil départemental",
}
NOUVEAU = "code;nom;departement;rattaches\nQC-FICTIF-NEUF;Quartier neuf;DEP-00;QN00004M\n"


def declare(
    vu: int | None = None, connu_le: date = JOUR, *, qui: str = "deleguee", **textes: str
) -> Recu:
    """As a délégué would, from a page."""
    compte = User.objects.get_or_create(username=qui)[0].pk
    envoi = Envoi(
        genre="", fichier="", empreinte="", millesime=None, connu_le=connu_le,
        saisi_le=datetime(2026, 10, 1, 9, tzinfo=PARIS), compte=compte, organisme="Préfecture",
    )  # fmt: skip
    return declare_releve(envoi=envoi, textes=TEXTES | textes, vu=vu)


def get_rangee(territoire: str = QUARTIER) -> int:
    """The last row entered of a territoire."""
    derniere: Releve = Releve.objects.filter(territoire=territoire).latest("pk")
    return int(derniere.pk)


def test_une_declaration_garde_son_auteur_et_compte_aussitot(cadre: None) -> None:
    recu = declare()
    assert (recu.ajoutees, recu.bilan.nouvelles) == (1, 1)
    ecriture = Ecriture.objects.select_related("compte").get(numero=recu.numero)
    assert (ecriture.canal, ecriture.genre, ecriture.fichier) == ("formulaire", "releves", "")
    assert ecriture.compte is not None
    assert (ecriture.compte.username, ecriture.organisme) == ("deleguee", "Préfecture")
    (releve,) = load_dossier().releves
    assert (releve.valeur, releve.date) == (Fraction(5, 2), date(2026, 9, 30))
    assert list(find_ruptures()) == []


def test_corriger_ce_que_l_on_regardait(cadre: None) -> None:
    declare()
    premiere = get_rangee()
    recu = declare(vu=premiere, valeur="3")
    assert [(r.ancien, r.nouveau) for r in recu.bilan.corrigees] == [
        ("2,5\u00a0ETP pourvus", "3\u00a0ETP pourvus")
    ]
    derniere = Releve.objects.get(pk=get_rangee())
    assert derniere.precedent_id == premiere
    assert Releve.objects.count() == 2


def test_redire_la_meme_chose_ne_change_rien(cadre: None) -> None:
    declare()
    recu = declare(vu=None)
    assert (recu.numero, recu.ajoutees, recu.bilan.inchangees) == (None, 0, 1)
    assert Releve.objects.count() == 1


@pytest.mark.parametrize("vu", [None, 1])
def test_deux_corrections_de_la_meme_ligne(cadre: None, vu: int | None) -> None:
    """The second writer is shown what the first has said, and nothing of his is kept."""
    declare()
    premiere = get_rangee()
    declare(vu=premiere, valeur="3")
    with pytest.raises(Conflit) as conflit:
        declare(vu=None if vu is None else premiere, qui="collegue", valeur="4")
    connue, voulue = conflit.value.connue, conflit.value.voulue
    assert isinstance(connue, ReleveLu)
    assert isinstance(voulue, ReleveLu)
    assert (connue.valeur, voulue.valeur) == (
        Fraction(3),
        Fraction(4),
    )
    assert conflit.value.rangee == get_rangee()
    assert Releve.objects.count() == 2
    declare(vu=conflit.value.rangee, valeur="4")
    assert Releve.objects.count() == 3


def test_redire_autre_chose_de_son_propre_jour_le_corrige(cadre: None) -> None:
    """Nobody else is concerned: what was said stays, and is followed."""
    declare()
    premiere = get_rangee()
    declare(vu=None, valeur="4")
    assert Releve.objects.get(pk=get_rangee()).precedent_id == premiere
    with pytest.raises(Conflit):  # a page that looked at a row is about that row
        declare(vu=premiere, valeur="5")


def test_une_correction_connue_plus_tard_fait_conflit_avec_une_archive(cadre: None) -> None:
    """What follows a row is what was entered after it, whatever the day it was known."""
    declare(connu_le=date(2026, 10, 1))
    tardive = get_rangee()
    with pytest.raises(Conflit) as conflit:
        declare(connu_le=date(2026, 9, 30), valeur="4")
    assert conflit.value.connue is None  # nothing was known of it that day
    assert conflit.value.rangee == tardive
    declare(vu=tardive, connu_le=date(2026, 9, 30), valeur="4")
    assert Releve.objects.get(pk=get_rangee()).precedent_id == tardive


def test_tout_ce_qui_est_faux_est_dit_et_rien_n_est_garde(cadre: None) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        declare(date="31/12/2026", valeur="deux", territoire="nulle-part")
    assert {a.colonne for a in refus.value.anomalies} == {"date", "valeur", "territoire"}
    assert not Ecriture.objects.filter(canal="formulaire").exists()
    assert not Releve.objects.exists()


def test_une_declaration_ne_lit_que_ce_qu_elle_touche(
    cadre: None, take: Take, write: Write
) -> None:
    """The same questions, whatever the base holds already."""
    entete = "indicateur;territoire;date;valeur;source\n"
    jours = [date(2024 + n // 300, 1 + n // 25 % 12, 1 + n % 25) for n in range(300)]
    autres = "".join(f"{INDICATEUR};QC-FICTIF-GRAND-PRE;{jour};1;Mairie\n" for jour in jours)
    declare()
    load_dossier()
    with CaptureQueriesContext(
        connection,
    ) as peu:
        declare(vu=get_rangee(), valeur="3")
    take("releves", write("r.csv", entete + autres), date(2026, 10, 1))
    load_dossier()
    with CaptureQueriesContext(connection) as beaucoup:
        declare(vu=get_rangee(), valeur="3,5")
    assert len(peu) == len(beaucoup)


def test_une_declaration_ne_refait_pas_ce_que_l_on_tient(cadre: None) -> None:
    """What others declared since is not merged before a line is checked: a write costs what it reads."""
    tenu = load_savoir()
    declare()
    declare(date="29/09/2026")
    marques: list[Marque] = []

    def suivre(savoir: Savoir, depuis: Marque) -> Marque | None:
        marques.append(depuis)
        return find_cadre(savoir, depuis)

    assert MEMOIRE.load_cadre(suivre) is tenu
    declare(date="28/09/2026")
    assert MEMOIRE.load_cadre(suivre) is tenu
    assert marques[0].numero < marques[1].numero, (
        "chaque fois, seules les dernières écritures se lisent"
    )
    assert [releve.date.day for releve in load_dossier().releves] == [30, 29, 28]


def test_un_quartier_venu_depuis_est_connu_de_la_declaration(
    cadre: None, take: Take, write: Write
) -> None:
    load_dossier()
    declare()
    take("quartiers", write("q.csv", NOUVEAU), JOUR)
    assert declare(territoire="QC-FICTIF-NEUF").ajoutees == 1


def test_d_autres_regles_ou_une_autre_base_se_relisent(cadre: None) -> None:
    declare()
    tenu = load_savoir()
    autre = replace(tenu.marque, condensat="un autre")
    assert find_cadre(tenu, tenu.marque) == tenu.marque
    assert find_cadre(tenu, autre) is None
    copie = replace(tenu.dossier, referentiel=deepcopy(tenu.dossier.referentiel))
    assert find_cadre(replace(tenu, dossier=copie), tenu.marque) is None
