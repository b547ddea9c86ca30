"""A second person judges what was declared: what it weighs then, what holds when it is sent back, who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quartiers.core.enregistrement import Validation
from quartiers.core.fait import Rang
from quartiers.pieces.piece import VuSurPlace
from quartiers.storage.models import Acte, Enregistrement, Examen, Releve
from quartiers.usecases.annuler import TropTard, cancel_declaration, cancel_examens
from quartiers.usecases.charger_dossier import (
    load_dossier,
    load_savoir,
)
from quartiers.usecases.declarer import (
    Conflit,
    declare_releve,
)
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.examiner import (
    ChoixDeLigne,
    LigneInconnue,
    RenvoiSansMotif,
    examine,
)
from quartiers.usecases.lister_attentes import (
    RELEVE,
    Cle,
)
from quartiers.usecases.tenir_journal import find_ruptures_d_actes
from tests.usecases.qui_juge import (
    AOUT,
    AUTRE,
    JUILLET,
    JUIN,
    MAI,
    declare,
    declare_poste,
    get_compte,
    get_droits,
    judge,
    list_dits,
    list_file,
    list_validations,
    make_envoi,
    read_faits,
    say_valeur,
)

pytestmark = pytest.mark.django_db


def test_une_declaration_acceptee_prend_son_rang_et_quitte_la_file(cadre: None) -> None:
    cle = declare("2")
    load_dossier()
    assert [attente.cle for attente in list_file()] == [cle]
    lot = judge(cle, Validation.VALIDE)
    assert (len(lot.jugees), lot.bougees) == (1, ())
    assert list_dits() == [(2, Rang.NON_VALIDE, MAI), (2, Rang.VALIDE, JUIN)]
    assert list_file() == []
    assert list(find_ruptures()) == []
    (acte,) = Acte.objects.all()
    assert (acte.verbe, acte.compte) == ("validation", get_compte("sous-prefete").pk)
    assert acte.detail == {"valide": 1}
    assert list(find_ruptures_d_actes()) == []


def test_une_declaration_renvoyee_ne_dit_plus_rien(cadre: None) -> None:
    judge(declare("2"), Validation.REJETE, motif="preuve")
    assert list_dits() == [(2, Rang.NON_VALIDE, MAI), (None, Rang.NON_VALIDE, JUIN)]
    (examen,) = Examen.objects.all()
    assert (examen.resultat, examen.motif) == ("rejete", "preuve")


def test_une_correction_attend_a_son_tour_et_son_renvoi_rend_ce_qui_etait_valide(
    cadre: None,
) -> None:
    premiere = declare("2")
    judge(premiere, Validation.VALIDE)
    correction = declare("4", le=JUILLET, vu=premiere.rangee)
    assert [attente.cle for attente in list_file()] == [correction]
    judge(correction, Validation.REJETE, le=AOUT, motif="autre", mot="Le bordereau dit 2.")
    assert list_dits() == [
        (2, Rang.NON_VALIDE, MAI),
        (2, Rang.VALIDE, JUIN),
        (4, Rang.NON_VALIDE, JUILLET),
        (2, Rang.VALIDE, AOUT),
    ]


def test_ce_qui_a_bouge_pendant_la_lecture_reste_dans_la_file(cadre: None) -> None:
    premiere = declare("2")
    correction = declare("4", le=JUILLET, vu=premiere.rangee)
    lot = judge(premiere, Validation.VALIDE, le=AOUT)
    assert (lot.jugees, lot.bougees) == ((), (premiere,))
    assert [attente.cle for attente in list_file()] == [correction]
    assert not Examen.objects.exists()


def test_une_ligne_deja_jugee_ne_l_est_pas_deux_fois(cadre: None) -> None:
    cle = declare("2")
    judge(cle, Validation.VALIDE)
    assert judge(cle, Validation.REJETE, motif="double", le=JUILLET).bougees == (cle,)
    assert Examen.objects.count() == 1


@pytest.mark.parametrize(
    ("motif", "mot"), [("", ""), ("inconnu", ""), ("autre", " "), ("preuve", "x" * 281)]
)
def test_un_renvoi_sans_motif_arrete_tout_le_lot(cadre: None, motif: str, mot: str) -> None:
    bonne, autre = declare("2"), declare("3", ou=AUTRE)
    choix = [
        ChoixDeLigne(bonne, Validation.VALIDE),
        ChoixDeLigne(autre, Validation.REJETE, motif=motif, mot=mot),
    ]
    with pytest.raises(RenvoiSansMotif) as refus:
        examine(
            envoi=make_envoi("sous-prefete", JUIN),
            choix=choix,
            droits=get_droits("sous-prefete"),
        )
    assert list(refus.value.fautes) == [autre]
    assert not Examen.objects.exists()


@pytest.mark.parametrize(
    ("qui", "role", "ou"),
    [
        ("voisin", "delegue", AUTRE),  # another quartier
        ("region", "prefet_region", "REG-00"),  # reads, judges nothing
    ],
)
def test_qui_ne_peut_pas_juger_ne_voit_ni_ne_touche_la_ligne(
    cadre: None, qui: str, role: str, ou: str
) -> None:
    cle = declare("2")
    droits = get_droits(qui, role, ou)
    envoi = make_envoi(qui, JUIN)
    for vise in (cle, Cle(RELEVE, 999_999)):
        with pytest.raises(LigneInconnue):
            examine(envoi=envoi, choix=[ChoixDeLigne(vise, Validation.VALIDE)], droits=droits)
    assert not Examen.objects.exists()


def test_un_lot_vaut_autant_de_gestes_seuls(cadre: None) -> None:
    cles = [declare("2"), declare("3", ou=AUTRE)]
    choix = [
        ChoixDeLigne(cles[0], Validation.VALIDE),
        ChoixDeLigne(cles[1], Validation.REJETE, "date"),
    ]
    examine(
        envoi=make_envoi("sous-prefete", JUIN),
        choix=choix,
        droits=get_droits("sous-prefete"),
    )
    ensemble = list_dits()
    assert [(lu, rang) for lu, rang, le in ensemble if le == JUIN] == [
        (2, Rang.VALIDE),
        (None, Rang.NON_VALIDE),
    ]


def test_un_enregistrement_se_juge_comme_un_releve(cadre: None) -> None:
    load_savoir()
    premier = declare_poste()
    assert list_validations() == [(Validation.SOUMIS, MAI)]
    assert [attente.cle for attente in list_file()] == [premier]
    judge(premier, Validation.VALIDE)
    assert list_validations() == [(Validation.SOUMIS, MAI), (Validation.VALIDE, JUIN)]
    assert list_file() == []
    correction = declare_poste("0", le=JUILLET, vu=premier.rangee)
    judge(correction, Validation.REJETE, le=AOUT, motif="preuve")
    assert list_validations()[2:] == [(Validation.SOUMIS, JUILLET), (Validation.REJETE, AOUT)]
    (fait,) = read_faits("e06-a2-adultes-relais")
    assert (fait.nombre, fait.rang) == (1, Rang.VALIDE)  # what was sent back holds no more


def test_deux_corrections_du_meme_enregistrement(cadre: None) -> None:
    premier = declare_poste()
    declare_poste("0", le=JUIN, vu=premier.rangee)
    with pytest.raises(Conflit) as conflit:
        declare_poste("0.5", le=JUIN, vu=premier.rangee)
    assert conflit.value.rangee == Enregistrement.objects.latest("pk").pk


def test_annuler_rend_ce_qui_etait_dit_avec_son_rang(cadre: None) -> None:
    premiere = declare("2")
    judge(premiere, Validation.VALIDE)
    correction = declare("4", le=JUILLET, vu=premiere.rangee)
    cancel_declaration(envoi=make_envoi("deleguee", JUILLET), cle=correction)
    assert list_dits()[-1] == (2, Rang.VALIDE, JUILLET)
    assert list_file() == []


@pytest.mark.parametrize(("qui", "minutes"), [("autre", 1), ("deleguee", 30)])
def test_on_n_annule_ni_ce_qui_est_d_un_autre_ni_apres_une_demi_heure(
    cadre: None, qui: str, minutes: int
) -> None:
    cle = declare("2")
    envoi = make_envoi(qui, MAI)
    tard = replace(envoi, saisi_le=envoi.saisi_le + timedelta(minutes=minutes))
    with pytest.raises(TropTard):
        cancel_declaration(envoi=tard, cle=cle)
    assert not Examen.objects.exists()


def test_ce_qui_est_juge_ne_s_annule_plus(cadre: None) -> None:
    cle = declare("2")
    judge(cle, Validation.VALIDE, le=MAI)
    with pytest.raises(TropTard):
        cancel_declaration(envoi=make_envoi("deleguee", MAI), cle=cle)


def test_revenir_sur_un_lot_remet_ses_lignes_en_attente(cadre: None) -> None:
    cles = [declare("2"), declare("3", ou=AUTRE)]
    choix = [ChoixDeLigne(cle, Validation.VALIDE) for cle in cles]
    lot = examine(
        envoi=make_envoi("sous-prefete", JUIN), choix=choix, droits=get_droits("sous-prefete")
    )
    numero = lot.recu.numero
    assert numero is not None
    declare("5", le=JUIN, vu=cles[1].rangee, ou=AUTRE)
    envoi = make_envoi("sous-prefete", JUIN)
    cancel_examens(envoi=envoi, numero=numero, droits=get_droits("sous-prefete"))
    assert [lu for lu, rang, le in list_dits() if rang is Rang.NON_VALIDE and le == JUIN] == [5, 2]
    assert len(list_file()) == 2
    with pytest.raises(TropTard):
        cancel_examens(envoi=envoi, numero=numero, droits=get_droits("sous-prefete"))
    judge(cles[0], Validation.REJETE, le=JUILLET, motif="date")
    assert list_dits()[-1] == (None, Rang.NON_VALIDE, JUILLET)


def test_qui_envoie_la_preuve_d_une_ligne_ne_la_valide_pas(cadre: None) -> None:
    """A proof may be added to what somebody else said: the line is the same, and its sender had a hand in it."""
    cle = declare("2")
    envoi = make_envoi("sous-prefete", JUIN)
    recu = declare_releve(envoi=envoi, textes=say_valeur("2"), pieces=[VuSurPlace()])
    assert (recu.ajoutees, Releve.objects.count()) == (1, 1)
    assert list_file() == []
    (attente,) = list_file("prefet")
    assert (attente.cle, [piece.nature for piece in attente.pieces]) == (cle, ["vu sur place"])
    assert list(find_ruptures()) == []


def test_une_ligne_renvoyee_se_redit_avec_la_meme_valeur(cadre: None) -> None:
    """What lacked was its proof: said again, it waits again, and counts."""
    renvoyee = declare("5")
    judge(renvoyee, Validation.REJETE, motif="preuve")
    redite = declare("5", le=JUILLET)
    assert redite != renvoyee
    assert [attente.cle for attente in list_file()] == [redite]
    assert list_dits()[-1] == (5, Rang.NON_VALIDE, JUILLET)


def test_ce_qu_une_correction_renvoyee_corrigeait_se_juge_encore(cadre: None) -> None:
    premiere = declare("5")
    correction = declare("6", le=JUIN, vu=premiere.rangee)
    cancel_declaration(envoi=make_envoi("deleguee", JUIN), cle=correction)
    assert [attente.cle for attente in list_file()] == [premiere]
    judge(premiere, Validation.VALIDE, le=JUILLET)
    assert list_dits()[-1] == (5, Rang.VALIDE, JUILLET)
    assert list_file() == []


def test_un_enregistrement_renvoye_se_redit(cadre: None) -> None:
    premier = declare_poste()
    judge(premier, Validation.REJETE, motif="preuve")
    redit = declare_poste(le=JUILLET)
    assert redit != premier
    assert [attente.cle for attente in list_file()] == [redit]


def test_revenir_sur_un_lot_demande_encore_le_droit_de_juger(cadre: None) -> None:
    lot = judge(declare("2"), Validation.VALIDE)
    numero = lot.recu.numero
    assert numero is not None
    envoi = make_envoi("sous-prefete", JUIN)
    with pytest.raises(TropTard):
        cancel_examens(
            envoi=envoi, numero=numero, droits=get_droits("sous-prefete", "delegue", AUTRE)
        )
    assert Examen.objects.count() == 1


def test_ses_propres_mots_restent_a_un_autre(cadre: None) -> None:
    """Whatever her mandat; the other lines of the lot are judged."""
    sienne, autre = declare("2"), declare("3", qui="voisin", ou=AUTRE)
    choix = [ChoixDeLigne(cle, Validation.VALIDE) for cle in (sienne, autre)]
    lot = examine(envoi=make_envoi("deleguee", JUIN), choix=choix, droits=get_droits("deleguee"))
    assert ([c.cle for c in lot.jugees], lot.bougees) == ([autre], (sienne,))
