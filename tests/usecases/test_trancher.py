"""A contest and its answer in the base: the flag at each day of knowledge, what is written, what is all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from quartiers.core.contestation import SuiteDeContestation
from quartiers.core.enregistrement import Validation
from quartiers.core.fait import Rang
from quartiers.core.statut import Drapeau
from quartiers.core.vue import Vue
from quartiers.pieces.piece import VuSurPlace
from quartiers.storage.models import (
    Acte,
    Contestation,
    Ecriture,
    EtapeDeContestation,
    Examen,
    Piece,
    Releve,
)
from quartiers.usecases import trancher
from quartiers.usecases.charger_dossier import load_dossier, load_savoir, read_savoir
from quartiers.usecases.contester import (
    ContestationDite,
    DejaContestee,
    contest,
    find_affiche,
    open_vue_du_jour,
)
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.lister_contestations import build_contestations
from quartiers.usecases.tenir_journal import find_ruptures_d_actes
from quartiers.usecases.trancher import (
    ContestationBougee,
    ContestationIntrouvable,
    ReponseDite,
    answer,
    complete,
    write_vu,
)
from tests.usecases.qui_juge import (
    INDICATEUR,
    JUIN,
    MAI,
    QUARTIER,
    declare,
    get_compte,
    get_droits,
    judge,
    make_envoi,
)

pytestmark = pytest.mark.django_db
MAIRIE = "Mairie"
TEXTES = {
    "indicateur": INDICATEUR, "territoire": QUARTIER, "date": "2026-05-20", "valeur": "7", "source": MAIRIE,
}  # fmt: skip
DITE = ContestationDite(INDICATEUR, QUARTIER, "incomplet", "On l’a vu.", MAIRIE, TEXTES)
VINGT = date(2026, 5, 20)


def contest_de_la_mairie(le: date = VINGT) -> Contestation:
    """Of what the délégué declared on 15 May."""
    envoi = replace(make_envoi("mairie", le), organisme=MAIRIE)
    contest(envoi=envoi, dite=DITE, pieces=[VuSurPlace()])
    rangee: Contestation = Contestation.objects.latest("pk")
    return rangee


def reply(
    rangee: Contestation,
    suite: SuiteDeContestation,
    le: date = JUIN,
    qui: str = "sous-prefete",
    **mots: str,
) -> None:
    """As the page of that day shows it."""
    constat = find_affiche(open_vue_du_jour(le), INDICATEUR, QUARTIER)
    lue = build_contestations([rangee])[0]
    dite = ReponseDite(rangee.pk, suite, "Vu.", "Préfecture", write_vu(lue, constat), TEXTES | mots)
    answer(envoi=make_envoi(qui, le), dite=dite, droits=get_droits(qui))


def list_drapeaux(jour: date) -> frozenset[Drapeau]:
    """As it was known."""
    vue = Vue(load_dossier(), jour, jour)
    constat = find_affiche(vue, INDICATEUR, QUARTIER)
    assert constat is not None
    return constat.drapeaux


@pytest.fixture
def contestee(listes: None) -> Contestation:
    """A value of the délégué, judged, then contested."""
    judge(declare("4"), Validation.VALIDE, le=MAI)
    return contest_de_la_mairie()


def test_le_drapeau_suit_la_connaissance(contestee: Contestation) -> None:
    reply(contestee, SuiteDeContestation.GARDEE)
    vues = [Drapeau.CONTESTE in list_drapeaux(j) for j in (date(2026, 5, 19), VINGT, JUIN)]
    assert vues == [False, True, False]
    suivi, relu = load_savoir().dossier, read_savoir().dossier
    assert suivi.contestations == relu.contestations
    assert [*find_ruptures(), *find_ruptures_d_actes()] == []


def test_ce_qui_etait_affiche_est_garde(contestee: Contestation) -> None:
    assert (contestee.valeur_affichee, contestee.statut_affiche) == ("4", "sans_cible")
    assert str(contestee.jour_affiche) == "2026-04-30"
    assert (contestee.valeur, str(contestee.jour)) == (7, "2026-05-20")
    assert Piece.objects.get(contestation=contestee).nature == "constat"


def test_retenir_ecrit_un_releve_juge_par_qui_tranche(contestee: Contestation) -> None:
    reply(contestee, SuiteDeContestation.RETENUE)
    releve = Releve.objects.latest("pk")
    etape = EtapeDeContestation.objects.get()
    assert (releve.valeur, releve.source, etape.releve_id) == (7, MAIRIE, releve.pk)
    assert (etape.valeur_avant, etape.valeur_apres) == ("4", "7")
    ecriture = Ecriture.objects.get(pk=releve.ecriture_id)
    assert (ecriture.compte, ecriture.pour) == (get_compte("sous-prefete"), get_compte("mairie"))
    assert Examen.objects.get(releve=releve).ecriture_id == ecriture.pk
    assert Piece.objects.filter(releve=releve).count() == 1
    constat = find_affiche(Vue(load_dossier(), JUIN, JUIN), INDICATEUR, QUARTIER)
    assert constat is not None
    assert constat.valeur == 7
    assert {getattr(f, "rang", None) for f in constat.faits} == {Rang.VALIDE}
    acte = Acte.objects.filter(verbe="validation").latest("numero")
    assert (acte.objet, acte.detail["suite"]) == ("trancher", "retenue")
    assert load_dossier().releves == read_savoir().dossier.releves
    assert [*find_ruptures(), *find_ruptures_d_actes()] == []


def test_une_autre_valeur_n_est_jugee_par_personne(contestee: Contestation) -> None:
    reply(contestee, SuiteDeContestation.AUTRE, valeur="5", source="Préfecture")
    releve = Releve.objects.latest("pk")
    assert (releve.valeur, releve.examens.count()) == (5, 0)
    assert Ecriture.objects.get(pk=releve.ecriture_id).pour is None


@pytest.mark.parametrize("qui", ["deleguee", "mairie"])
def test_ni_qui_a_declare_ni_qui_conteste(contestee: Contestation, qui: str) -> None:
    with pytest.raises(ContestationIntrouvable):
        reply(contestee, SuiteDeContestation.GARDEE, qui=qui)
    assert not EtapeDeContestation.objects.exists()


def test_un_role_qui_ne_juge_que_le_sien_ne_tranche_pas(contestee: Contestation) -> None:
    dite = ReponseDite(contestee.pk, SuiteDeContestation.GARDEE, "Vu.", "x", "", {})
    droits = get_droits("autre", "commune", "COM-00004")
    with pytest.raises(ContestationIntrouvable):
        answer(envoi=make_envoi("autre", JUIN), dite=dite, droits=droits)


def test_ce_qui_a_bouge_n_est_pas_tranche(contestee: Contestation) -> None:
    dite = ReponseDite(contestee.pk, SuiteDeContestation.GARDEE, "Vu.", "x", "|4|2026-04-30", {})
    declare("5", qui="autre-deleguee", vu=Releve.objects.latest("pk").pk)
    with pytest.raises(ContestationBougee):
        answer(envoi=make_envoi("sous-prefete", JUIN), dite=dite, droits=get_droits("sous-prefete"))
    reply(contestee, SuiteDeContestation.GARDEE)
    with pytest.raises(ContestationBougee):
        reply(contestee, SuiteDeContestation.GARDEE)


def test_la_meme_source_attend_sa_reponse(contestee: Contestation) -> None:
    with pytest.raises(DejaContestee) as deja:
        contest_de_la_mairie(JUIN)
    assert deja.value.numero == contestee.pk
    reply(contestee, SuiteDeContestation.GARDEE)
    assert contest_de_la_mairie(JUIN).pk != contestee.pk


def test_une_panne_au_milieu_n_ecrit_rien(
    contestee: Contestation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The value, its decision and the answer are one write."""
    avant = (Releve.objects.count(), Examen.objects.count(), Ecriture.objects.count())

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("coupure")

    monkeypatch.setattr(trancher, "write_acte", fail)
    with pytest.raises(RuntimeError):
        reply(contestee, SuiteDeContestation.RETENUE)
    assert avant == (Releve.objects.count(), Examen.objects.count(), Ecriture.objects.count())
    assert not EtapeDeContestation.objects.exists()


def test_seul_qui_conteste_repond_a_la_piece_demandee(contestee: Contestation) -> None:
    reply(contestee, SuiteDeContestation.PIECE)
    dite = ReponseDite(contestee.pk, SuiteDeContestation.COMPLEMENT, "La voici.", MAIRIE, "", {})
    with pytest.raises(ContestationIntrouvable):
        complete(envoi=make_envoi("autre", JUIN), dite=dite, droits=get_droits("autre"))
    droits = get_droits("mairie", "commune", "COM-00004")
    complete(envoi=make_envoi("mairie", JUIN), dite=dite, droits=droits, pieces=[VuSurPlace()])
    (lue,) = build_contestations([contestee])
    assert not lue.contestation.is_suspendue
    assert lue.proposee == Fraction(7)
    with pytest.raises(ContestationBougee):
        complete(envoi=make_envoi("mairie", JUIN), dite=dite, droits=droits)
