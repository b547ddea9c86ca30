"""All that an account holds, handed over: seen before, done at once, effective at its day, undone until then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quartiers.core.territoire import Genre, Territoires
from quartiers.storage.models import (
    Brouillon,
    Delegation,
    Invitation,
    Mandat,
    MandatTransmis,
    Titulaire,
    Transmission,
)
from quartiers.usecases import acces
from quartiers.usecases.deleguer import delegate
from quartiers.usecases.donner_mandat import NominationRefusee, end_mandat
from quartiers.usecases.garder_brouillon import keep_brouillon
from quartiers.usecases.inviter import InvitationFermee, find_invitation, invite
from quartiers.usecases.nommant import MandatIntrouvable
from quartiers.usecases.tenus import DANS_LE_PLAN, RESTE_A_SON_AUTEUR, TENUS
from quartiers.usecases.transmettre import (
    Demande,
    PlanPerime,
    apply_echues,
    build_plan,
    cancel_transmission,
    list_a_venir,
    list_heritiers,
    transmit,
)
from tests.usecases.qui_nomme import CINQ_CHEMINS, JOUR, LE, TILLEULS, VILLE, make_compte, name

pytestmark = pytest.mark.django_db
DEMAIN = JOUR + timedelta(days=1)
BIENTOT = JOUR + timedelta(days=5)


def ask(de: User, a: User, **autres: Any) -> Demande:
    """To hand over in five days."""
    return replace(Demande(de.pk, a.pk, BIENTOT, "arrêté 2026-131", {}), **autres)


def do(ressort: Territoires, par: User, demande: Demande) -> Transmission:
    """What was seen, done."""
    nommant = name(par, ressort)
    return transmit(nommant=nommant, demande=demande, numero=build_plan(nommant, demande).numero)


def list_codes(compte: User, jour: date = JOUR) -> list[str]:
    """What an account holds by itself on a day."""
    tenus = acces.list_mandats(compte, jour)
    return [m.territoire for m in tenus if m.delegue_par is None]


@pytest.fixture
def gens(ressort: Territoires) -> tuple[User, User, User, User]:
    """Who names, who leaves with two quartiers, and two who may receive."""
    return (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS, CINQ_CHEMINS),
        make_compte("delegue", "QC-FICTIF-BEAUREGARD"),
        make_compte("delegue", "QC-FICTIF-FONTAINE"),
    )


def test_tout_change_de_main_le_jour_dit(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    par, de, a, autre = gens
    demande = ask(de, a, autres={Mandat.objects.filter(compte=de)[0].pk: autre.pk})
    plan = build_plan(name(par, ressort), demande)
    assert [(ligne.a, ligne.faute) for ligne in plan.lignes] == [(autre, ""), (a, "")]
    faite = do(ressort, par, demande)
    veille = BIENTOT - timedelta(days=1)
    for jour in (JOUR, veille):
        assert list_codes(de, jour) == [CINQ_CHEMINS, TILLEULS]
        assert list_codes(a, jour) == ["QC-FICTIF-BEAUREGARD"]
    assert list_codes(de, BIENTOT) == []
    assert list_codes(a, BIENTOT) == ["QC-FICTIF-BEAUREGARD", CINQ_CHEMINS]
    assert list_codes(autre, BIENTOT) == ["QC-FICTIF-FONTAINE", TILLEULS]
    nouveau = Mandat.objects.get(compte=a, territoire=CINQ_CHEMINS)
    assert (nouveau.acte, nouveau.donne_par, nouveau.du) == ("arrêté 2026-131", par, BIENTOT)
    assert list_a_venir(name(par, ressort), de.pk) == [faite]


def test_un_plan_pose_autant_de_questions_pour_dix_mandats_que_pour_un(
    ressort: Territoires,
) -> None:
    """Whoever receives, and whatever organisme they bear."""
    par = make_compte("sous_prefet_ville", "DEP-00")
    a, autre = (
        make_compte("delegue", "QC-FICTIF-FONTAINE"),
        make_compte("delegue", "QC-FICTIF-FONTAINE"),
    )
    quartiers = sorted(t.code for t in ressort.values() if t.genre is Genre.QUARTIER)
    assert len(quartiers) > 3
    comptes = []
    for codes in (quartiers[:1], quartiers):
        de = make_compte("delegue", *codes, organisme=VILLE)
        autres = {m.pk: autre.pk for m in Mandat.objects.filter(compte=de)[1::2]}
        nommant, demande = name(par, ressort), ask(de, a, autres=autres)
        with CaptureQueriesContext(connection) as questions:
            plan = build_plan(nommant, demande)
        assert len(plan.lignes) == len(codes)
        assert {ligne.nomination.organisme for ligne in plan.lignes} == {VILLE}
        comptes.append(len(questions))
    assert comptes[0] == comptes[1]


def test_ce_qui_n_a_pas_de_jour_suit_le_jour_dit_et_rien_ne_reste(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    """A link that was handed stays good in other hands; one's own links, sessions and delegations end."""
    par, de, a, tiers = gens
    remis = invite(compte=tiers, le=LE, par=de)
    sien = invite(compte=de, le=LE)
    delegate(
        nommant=name(par, ressort),
        mandat=Mandat.objects.get(compte=par).pk,
        a=de.pk,
        du=JOUR,
        au=BIENTOT + timedelta(days=9),
    )
    assert ("Liens remis", 1) in build_plan(name(par, ressort), ask(de, a)).tenus
    do(ressort, par, ask(de, a))
    assert apply_echues(LE + timedelta(days=4)) == 0
    assert find_invitation(remis, LE).donnee_par == de
    assert apply_echues(LE + timedelta(days=5)) == 1
    assert apply_echues(LE + timedelta(days=5)) == 0
    assert find_invitation(remis, LE).donnee_par == a
    with pytest.raises(InvitationFermee):
        find_invitation(sien, LE)
    assert all(not t.count_tenus(de.pk) for t in TENUS)
    assert Delegation.objects.get().revoquee_le is not None
    assert acces.list_mandats(de, BIENTOT) == ()


def test_aujourd_hui_vaut_aussitot(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    par, de, a, _ = gens
    faite = do(ressort, par, ask(de, a, le=JOUR))
    assert faite.appliquee_le == LE
    assert list_codes(de) == []
    assert list_codes(a) == ["QC-FICTIF-BEAUREGARD", CINQ_CHEMINS, TILLEULS]
    with pytest.raises(MandatIntrouvable):
        cancel_transmission(nommant=name(par, ressort), numero=faite.pk)


def test_une_transmission_s_annule_jusqu_a_son_jour(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    par, de, a, autre = gens
    Mandat.objects.filter(compte=de).update(au=JOUR + timedelta(days=99))
    avant = list(Mandat.objects.filter(compte=de).values())
    faite = do(ressort, par, ask(de, a))
    for qui in (autre, a):
        with pytest.raises(MandatIntrouvable):
            cancel_transmission(nommant=name(qui, ressort), numero=faite.pk)
    trop_tard = name(par, ressort, LE + timedelta(days=5))
    with pytest.raises(MandatIntrouvable):
        cancel_transmission(nommant=trop_tard, numero=faite.pk)
    cancel_transmission(nommant=name(par, ressort), numero=faite.pk)
    assert list(Mandat.objects.filter(compte=de).values()) == avant
    assert list_codes(a, BIENTOT) == ["QC-FICTIF-BEAUREGARD"]
    assert apply_echues(LE + timedelta(days=9)) == 0
    with pytest.raises(MandatIntrouvable):
        cancel_transmission(nommant=name(par, ressort), numero=faite.pk)
    assert do(ressort, par, ask(de, a)).pk != faite.pk


def test_un_plan_qui_a_bouge_ne_se_fait_pas(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    par, de, a, autre = gens
    nommant, demande = name(par, ressort), ask(de, a)
    numero = build_plan(nommant, demande).numero
    changes: tuple[dict[str, Any], ...] = ({"a": autre.pk}, {"le": DEMAIN}, {"acte": "autre"})
    for change in changes:
        with pytest.raises(PlanPerime):
            transmit(nommant=nommant, demande=replace(demande, **change), numero=numero)
    invite(compte=a, le=LE, par=de)
    with pytest.raises(PlanPerime):
        transmit(nommant=nommant, demande=demande, numero=numero)
    Invitation.objects.all().delete()
    end_mandat(nommant=nommant, numero=Mandat.objects.filter(compte=de)[0].pk)
    with pytest.raises(PlanPerime):
        transmit(nommant=nommant, demande=demande, numero=numero)
    assert not Transmission.objects.exists()


def test_ce_qui_ne_peut_pas_aller_a_qui_l_on_dit(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    """All or nothing: one line that is refused stops the rest."""
    par, de, a, autre = gens
    nommant = name(par, ressort)
    Mandat.objects.create(compte=a, role="delegue", territoire=TILLEULS)
    demande = ask(de, a)
    plan = build_plan(nommant, demande)
    assert ["déjà donné" in ligne.faute for ligne in plan.lignes] == [True, False]
    avant = list(Mandat.objects.values())
    with pytest.raises(NominationRefusee) as refus:
        transmit(nommant=nommant, demande=demande, numero=plan.numero)
    assert set(refus.value.fautes) == {"a"}
    sans_acte = ask(de, autre, acte=" ")
    with pytest.raises(NominationRefusee) as refus:
        transmit(nommant=nommant, demande=sans_acte, numero=build_plan(nommant, sans_acte).numero)
    assert set(refus.value.fautes) == {"acte"}
    fautes: tuple[tuple[dict[str, Any], set[str]], ...] = (
        ({"a": 10**9}, {"a"}),
        ({"a": par.pk}, {"a"}),  # nobody names himself
        ({"a": de.pk}, {"a"}),
        ({"autres": {1: 10**9}}, {"a"}),
        ({"le": None}, {"le"}),
        ({"le": JOUR - timedelta(days=1)}, {"le"}),
    )
    for faux, champs in fautes:
        with pytest.raises(NominationRefusee) as refus:
            build_plan(nommant, replace(demande, **faux))
        assert set(refus.value.fautes) == champs
    assert list(Mandat.objects.values()) == avant
    assert not MandatTransmis.objects.exists()


def test_qui_l_on_peut_remplacer_et_par_qui(
    ressort: Territoires, gens: tuple[User, User, User, User]
) -> None:
    par, de, a, autre = gens
    prefet, admin = make_compte("prefet", "DEP-00"), make_compte("administrateur")
    region = make_compte("prefet_region", "REG-00")
    Titulaire.objects.filter(compte=autre).update(personne=par.pk)
    assert list_heritiers(name(par, ressort), de.pk) == [a, prefet]
    for qui, partant in ((par, prefet), (par, region), (par, par), (par, autre), (a, de)):
        with pytest.raises(MandatIntrouvable):
            build_plan(name(qui, ressort), ask(partant, a))
    plan = build_plan(name(admin, ressort), ask(de, a))
    assert all(ligne.faute for ligne in plan.lignes), "il tient les comptes, il ne nomme pas"


def test_rien_de_ce_qui_designe_un_compte_n_est_oublie() -> None:
    """Every column of an account is handed over, or stays with its author for a reason that is written."""
    colonnes = {
        (modele.__name__, champ.name)
        for modele in apps.get_models()
        for champ in modele._meta.get_fields()
        if champ.concrete and champ.is_relation and champ.related_model is User
        if modele._meta.app_label not in {"auth", "admin", "axes", "sessions"}
    }
    transmises = {tenus.colonne for tenus in TENUS} | DANS_LE_PLAN
    assert colonnes - transmises == {dit for dit in RESTE_A_SON_AUTEUR if dit in colonnes}
    assert transmises <= colonnes
    assert not transmises & RESTE_A_SON_AUTEUR.keys()


def test_les_brouillons_de_qui_s_en_va_se_finissent_par_son_successeur() -> None:
    """A form that both were writing keeps what its new author wrote."""
    de, a = (User.objects.create(username=nom) for nom in ("part", "arrive"))
    for compte, adresse, valeur in ((de, "/un/", "1"), (de, "/deux/", "2"), (a, "/deux/", "3")):
        keep_brouillon(
            compte=compte.pk, adresse=adresse, libelle="essai", mots={"valeur": valeur}, le=LE
        )
    (brouillons,) = (tenus for tenus in TENUS if tenus.libelle == "Brouillons")
    assert brouillons.count_tenus(de.pk) == 2
    assert brouillons.transmettre(de.pk, a.pk) == 1
    gardes = {b.adresse: b.mots["valeur"] for b in Brouillon.objects.filter(compte=a)}
    assert gardes == {"/un/": "1", "/deux/": "3"}
