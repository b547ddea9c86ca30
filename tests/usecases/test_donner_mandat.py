"""Mandats given, changed and ended: by whom, within what, and what falls with them at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session

from quartiers.core.droits import Sujet, Verbe
from quartiers.core.territoire import Territoires
from quartiers.storage.models import Delegation, Mandat, SessionOuverte, Titulaire
from quartiers.usecases import acces
from quartiers.usecases.donner_mandat import (
    ACTE_MANQUE,
    SOI_MEME,
    Nomination,
    NominationRefusee,
    change_mandat,
    end_mandat,
    give_mandats,
)
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.identite import Identite
from quartiers.usecases.inviter import InvitationFermee, find_invitation, invite
from quartiers.usecases.inviter_titulaire import (
    invite_again,
    invite_titulaire,
)
from quartiers.usecases.nommant import MandatIntrouvable, Nommant
from quartiers.usecases.tenir_comptes import list_organismes, list_tenus
from tests.usecases.qui_nomme import (
    CAF,
    CINQ_CHEMINS,
    DELEGUE,
    FIN,
    JOUR,
    LE,
    TILLEULS,
    VILLE,
    make_compte,
    name,
)

pytestmark = pytest.mark.django_db


def list_fautes(nommant: Nommant, compte: User, nomination: Nomination) -> dict[str, str]:
    """Why a mandat is not given; nothing was written."""
    avant = list(Mandat.objects.values())
    with pytest.raises(NominationRefusee) as refus:
        give_mandats(nommant=nommant, compte=compte.pk, nomination=nomination)
    assert list(Mandat.objects.values()) == avant
    return refus.value.fautes


# ──────── Giving ────────


def test_un_mandat_se_donne_par_un_acte_et_dit_par_qui(ressort: Territoires) -> None:
    prefet, delegue = make_compte("prefet", "DEP-00"), make_compte("delegue", CINQ_CHEMINS)
    (mandat,) = give_mandats(nommant=name(prefet, ressort), compte=delegue.pk, nomination=DELEGUE)
    assert (mandat.donne_par, mandat.donne_le, mandat.acte) == (prefet, LE, DELEGUE.acte)
    tenus = acces.list_mandats(delegue, JOUR)
    assert [m.territoire for m in tenus] == [CINQ_CHEMINS, TILLEULS]


def test_ce_qui_manque_se_dit_en_une_fois(ressort: Territoires) -> None:
    prefet, delegue = make_compte("prefet", "DEP-00"), make_compte("delegue", CINQ_CHEMINS)
    nommant = name(prefet, ressort)
    faux = Nomination("delegue", (), au=JOUR - timedelta(days=1), organisme="INVENTÉ")
    fautes = list_fautes(nommant, delegue, faux)
    assert set(fautes) == {"acte", "territoires", "au", "organisme"}
    assert fautes["acte"] == ACTE_MANQUE
    assert "acte" in list_fautes(nommant, delegue, replace(DELEGUE, acte="x" * 301))
    double = replace(DELEGUE, territoires=(CINQ_CHEMINS,))
    assert "déjà donné" in list_fautes(nommant, delegue, double)["territoires"]
    commune = replace(DELEGUE, role="commune", territoires=("COM-00003",))
    autre = make_compte("recteur", "DEP-00")
    assert "organisme" in list_fautes(nommant, autre, commune)


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("prefet", ("DEP-00",)),  # what he is
        ("sous_prefet_ville", ("DEP-99",)),  # nobody knows it
        ("delegue", (TILLEULS, "QN00006M", "QC-INCONNU")),
        ("prefet_region", ("REG-00",)),
        ("task_force", ("FR",)),
        ("administrateur", ()),
        ("roi", (TILLEULS,)),
    ],
)
def test_nul_ne_donne_au_dessus_ni_hors_de_chez_lui(
    ressort: Territoires, role: str, codes: tuple[str, ...]
) -> None:
    prefet, autre = make_compte("prefet", "DEP-00"), make_compte("delegue", TILLEULS)
    voulue = replace(DELEGUE, role=role, territoires=codes)
    fautes = list_fautes(name(prefet, ressort), autre, voulue)
    assert set(fautes) == {"territoires"}
    assert "DEP-99" not in str(fautes)


def test_un_epci_est_a_qui_tient_toutes_ses_communes(ressort: Territoires) -> None:
    prefet, region = make_compte("prefet", "DEP-00"), make_compte("task_force", "FR")
    epci = Nomination("epci", ("EPCI-999000011",), VILLE, acte="délibération du 3 mars 2026")
    for nommant in (prefet, region):
        titulaire = make_compte("delegue", CINQ_CHEMINS, organisme=VILLE)
        assert give_mandats(nommant=name(nommant, ressort), compte=titulaire.pk, nomination=epci)
    (commune, *_) = ressort.list_enfants("EPCI-999000011")
    sienne = make_compte("commune", commune, organisme=VILLE)
    autre = make_compte("delegue", CINQ_CHEMINS, organisme=VILLE)
    with pytest.raises((NominationRefusee, MandatIntrouvable)):
        give_mandats(nommant=name(sienne, ressort), compte=autre.pk, nomination=epci)


def test_nul_ne_se_nomme_lui_meme_ni_par_un_autre_de_ses_comptes(ressort: Territoires) -> None:
    prefet = make_compte("prefet", "DEP-00")
    second = make_compte("delegue", CINQ_CHEMINS)
    Titulaire.objects.filter(compte=second).update(personne=prefet.pk)
    nommant = name(prefet, ressort)
    for compte in (prefet, second):
        assert list_fautes(nommant, compte, DELEGUE)["role"] == SOI_MEME
        with pytest.raises(MandatIntrouvable):
            end_mandat(nommant=nommant, numero=Mandat.objects.get(compte=compte).pk)
        with pytest.raises(MandatIntrouvable):
            invite_again(nommant=nommant, numero=compte.pk)
        with pytest.raises(MandatIntrouvable):
            close_compte(nommant=nommant, numero=compte.pk)


def test_une_commune_nomme_les_siens(ressort: Territoires) -> None:
    maire = make_compte("commune", "COM-00003", organisme=VILLE)
    nommant = name(maire, ressort)
    assert list(list_organismes(nommant)) == [VILLE]
    agent = Nomination("commune", ("COM-00003",), acte="arrêté du maire 2026-33")
    compte, _ = invite_titulaire(
        nommant=nommant, identite=Identite("S. Diallo", organisme=VILLE), nomination=agent
    )
    assert Mandat.objects.get(compte=compte).organisme == VILLE
    for voulue in (agent, replace(agent, role="association")):
        with pytest.raises(NominationRefusee):
            invite_titulaire(
                nommant=nommant, identite=Identite("A. Autre", organisme=CAF), nomination=voulue
            )
    etranger = make_compte("commune", "COM-00003", organisme=CAF)
    for numero in (etranger.pk, 10**9):
        with pytest.raises(MandatIntrouvable):
            give_mandats(nommant=nommant, compte=numero, nomination=agent)


def test_un_administrateur_tient_les_comptes_et_ne_donne_rien_qui_lise(
    ressort: Territoires,
) -> None:
    admin = make_compte("administrateur")
    prefet = make_compte("prefet", "DEP-00")
    nommant = name(admin, ressort)
    assert {m.compte_id for m in list_tenus(nommant)} == {admin.pk, prefet.pk}
    assert list_organismes(nommant) == {}
    for role in Mandat.Role.values:
        codes = () if role == "administrateur" else ("DEP-00",)
        voulue = Nomination(role, codes, acte="décision")
        if role == "administrateur":
            second = make_compte("prefet", "DEP-00")
            assert give_mandats(nommant=nommant, compte=second.pk, nomination=voulue)
        else:
            assert "territoires" in list_fautes(nommant, prefet, voulue)
    with pytest.raises(MandatIntrouvable):
        invite_again(nommant=nommant, numero=prefet.pk)  # who holds the link enters
    neuf, jeton = invite_titulaire(nommant=nommant, identite=Identite("N. Neuf"), nomination=None)
    assert acces.list_mandats(neuf, JOUR) == ()
    with pytest.raises(MandatIntrouvable):
        invite_titulaire(nommant=name(prefet, ressort), identite=Identite("x"), nomination=None)
    task_force = make_compte("task_force", "FR")
    Mandat.objects.create(compte=neuf, role="prefet", territoire="DEP-00", retire_le=LE)
    donne = Nomination("prefet", ("DEP-00",), acte="décret")
    give_mandats(nommant=name(task_force, ressort), compte=neuf.pk, nomination=donne)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)  # the administrateur may have kept it
    assert close_compte(nommant=nommant, numero=neuf.pk) == (0, 0)


# ──────── Changing, ending ────────


def test_changer_la_fin_laisse_l_ancien_mandat_ecrit(ressort: Territoires) -> None:
    prefet, delegue = make_compte("prefet", "DEP-00"), make_compte("delegue", TILLEULS)
    recu = make_compte("delegue", CINQ_CHEMINS)
    ancien = Mandat.objects.get(compte=delegue)
    delegation = Delegation.objects.create(mandat=ancien, a=recu, du=JOUR, au=FIN, donnee_le=LE)
    nommant = name(prefet, ressort)
    with pytest.raises(NominationRefusee) as refus:
        change_mandat(nommant=nommant, numero=ancien.pk, au=date(2020, 1, 1), acte="")
    assert set(refus.value.fautes) == {"acte", "au"}
    nouveau = change_mandat(nommant=nommant, numero=ancien.pk, au=FIN, acte="avenant")
    ancien.refresh_from_db()
    delegation.refresh_from_db()
    assert (ancien.retire_le, ancien.retire_par, ancien.au) == (LE, prefet, None)
    assert (nouveau.du, nouveau.au, delegation.mandat) == (JOUR, FIN, nouveau)
    assert [m.au for m in acces.list_mandats(delegue, JOUR)] == [FIN]
    with pytest.raises(MandatIntrouvable):
        change_mandat(nommant=nommant, numero=ancien.pk, au=FIN, acte="avenant")


def test_mettre_fin_mord_aussitot_partout(ressort: Territoires) -> None:
    prefet = make_compte("prefet", "DEP-00")
    sous_prefete, recu = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    autre = make_compte("delegue", CINQ_CHEMINS)
    mandat = Mandat.objects.get(compte=sous_prefete)
    Delegation.objects.create(mandat=mandat, a=recu, du=JOUR, au=FIN, donnee_le=LE)
    assert [m.delegue_par for m in acces.list_mandats(recu, JOUR)] == [sous_prefete.pk, None]
    Session.objects.create(session_key="c", session_data="", expire_date=LE + timedelta(days=1))
    SessionOuverte.objects.create(compte=sous_prefete, cle="c", ouverte_le=LE, appareil="x")
    liens = [
        invite(compte=sous_prefete, le=LE),
        invite_again(nommant=name(sous_prefete, ressort), numero=autre.pk)[1],
    ]
    end_mandat(nommant=name(prefet, ressort), numero=mandat.pk)
    assert acces.list_mandats(sous_prefete, JOUR) == ()
    assert [m.delegue_par for m in acces.list_mandats(recu, JOUR)] == [None]
    assert not Session.objects.exists()
    for jeton in liens:
        with pytest.raises(InvitationFermee):
            find_invitation(jeton, LE)
    assert Mandat.objects.get(pk=mandat.pk).retire_par == prefet
    with pytest.raises(MandatIntrouvable):
        end_mandat(nommant=name(prefet, ressort), numero=mandat.pk)


def test_qui_garde_un_mandat_garde_son_lien(ressort: Territoires) -> None:
    prefet, delegue = (
        make_compte("prefet", "DEP-00"),
        make_compte("delegue", TILLEULS, CINQ_CHEMINS),
    )
    jeton = invite(compte=delegue, le=LE)
    premier, second = Mandat.objects.filter(compte=delegue)
    end_mandat(nommant=name(prefet, ressort), numero=premier.pk)
    assert find_invitation(jeton, LE).compte == delegue
    end_mandat(nommant=name(prefet, ressort), numero=second.pk)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)


def test_un_droit_perdu_entre_la_page_et_le_geste_ne_sert_plus(ressort: Territoires) -> None:
    """Who names is asked again once the accounts are locked."""
    prefet, delegue = make_compte("prefet", "DEP-00"), make_compte("delegue", TILLEULS)
    nommant = name(prefet, ressort)
    Mandat.objects.filter(compte=prefet).update(retire_le=LE)
    for geste in (
        lambda: end_mandat(nommant=nommant, numero=Mandat.objects.get(compte=delegue).pk),
        lambda: give_mandats(nommant=nommant, compte=delegue.pk, nomination=DELEGUE),
        lambda: invite_again(nommant=nommant, numero=delegue.pk),
        lambda: close_compte(nommant=nommant, numero=delegue.pk),
    ):
        with pytest.raises(MandatIntrouvable):
            geste()
    with pytest.raises(NominationRefusee):
        invite_titulaire(nommant=nommant, identite=Identite("N. Aubry"), nomination=DELEGUE)
    assert User.objects.count() == 2


def test_une_delegation_tombe_avec_le_mandat_et_le_compte_de_qui_la_recoit(
    ressort: Territoires,
) -> None:
    prefet, recu = make_compte("prefet", "DEP-00"), make_compte("delegue", TILLEULS)
    mandat = Mandat.objects.get(compte=prefet)
    Delegation.objects.create(mandat=mandat, a=recu, du=JOUR, au=FIN, donnee_le=LE)
    for jour, attendu in (
        (JOUR - timedelta(days=1), [None]),
        (JOUR, [prefet.pk, None]),
        (FIN, [prefet.pk, None]),
        (FIN + timedelta(days=1), [None]),
    ):
        assert [m.delegue_par for m in acces.list_mandats(recu, jour)] == attendu
    droits = name(recu, ressort).droits
    ailleurs = Sujet("plan", (CINQ_CHEMINS,), auteurs=frozenset({99}))
    assert droits.can(Verbe.VALIDER, ailleurs)
    assert not droits.can(Verbe.ECRIRE, ailleurs)
    User.objects.filter(pk=prefet.pk).update(is_active=False)
    assert [m.delegue_par for m in acces.list_mandats(recu, JOUR)] == [None]
    User.objects.filter(pk=prefet.pk).update(is_active=True)
    Mandat.objects.filter(compte=recu).update(retire_le=LE)
    assert acces.list_mandats(recu, JOUR) == ()
