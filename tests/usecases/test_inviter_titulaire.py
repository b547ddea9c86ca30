"""Somebody invited, who may already be known; and links, handed and closed by whom they may be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db.models import QuerySet

from quartiers.core.territoire import Territoires
from quartiers.storage.models import Delegation, Invitation, Mandat, Titulaire
from quartiers.usecases import acces
from quartiers.usecases.compter_personnes import list_personnes
from quartiers.usecases.donner_mandat import (
    SOI_MEME,
    NominationRefusee,
    end_mandat,
    give_mandats,
)
from quartiers.usecases.fermer_compte import close_compte
from quartiers.usecases.identite import AUTRE, MEME_PERSONNE, Identite
from quartiers.usecases.inviter import InvitationFermee, find_invitation
from quartiers.usecases.inviter_titulaire import (
    invite_again,
    invite_titulaire,
    revoke_invitation,
)
from quartiers.usecases.nommant import MandatIntrouvable
from quartiers.usecases.tenir_comptes import list_comptes
from tests.usecases.qui_nomme import (
    CAF,
    CINQ_CHEMINS,
    DELEGUE,
    FIN,
    JOUR,
    LE,
    TILLEULS,
    make_compte,
    name,
)

pytestmark = pytest.mark.django_db


def test_inviter_fait_le_compte_le_mandat_et_le_lien(ressort: Territoires) -> None:
    prefet = make_compte("prefet", "DEP-00")
    compte, jeton = invite_titulaire(
        nommant=name(prefet, ressort),
        identite=Identite("Nadège Aubry", "déléguée du préfet", "n.aubry@brume.example"),
        nomination=DELEGUE,
    )
    assert compte.get_username().startswith("nadege.aubry-")
    assert find_invitation(jeton, LE).donnee_par == prefet
    titulaire = Titulaire.objects.get(compte=compte)
    assert (titulaire.nom, titulaire.fonction) == ("Nadège Aubry", "déléguée du préfet")
    assert titulaire.personne == compte.pk
    assert [m.role for m in acces.list_mandats(compte, JOUR)] == ["delegue"]


def test_qui_ressemble_a_quelqu_un_fait_demander_qui_c_est(ressort: Territoires) -> None:
    prefet = make_compte("prefet", "DEP-00")
    nommant = name(prefet, ressort)
    identite = Identite("Nadège Aubry", courriel="n.aubry@brume.example", organisme=CAF)
    premiere, _ = invite_titulaire(nommant=nommant, identite=identite, nomination=DELEGUE)
    par_courriel = replace(identite, nom="N. A.", courriel="N.Aubry@brume.example", organisme="")
    for semblable in (par_courriel, replace(identite, nom="NADEGE AUBRY", courriel="")):
        for silence in ("", "n’importe", str(prefet.pk), str(10**9)):
            dite = replace(semblable, personne=silence)
            with pytest.raises(NominationRefusee) as refus:
                invite_titulaire(nommant=nommant, identite=dite, nomination=DELEGUE)
            assert refus.value.fautes == {"personne": MEME_PERSONNE}
        for reponse in (str(premiere.pk), AUTRE):
            compte, _ = invite_titulaire(
                nommant=nommant, identite=replace(semblable, personne=reponse), nomination=DELEGUE
            )
            attendue = compte.pk if reponse == AUTRE else premiere.pk
            assert Titulaire.objects.get(compte=compte).personne == attendue
    autre = replace(identite, courriel="", organisme="")
    compte, _ = invite_titulaire(nommant=nommant, identite=autre, nomination=DELEGUE)
    assert Titulaire.objects.get(compte=compte).personne == compte.pk, "un homonyme d’ailleurs"


def test_qui_ressemble_a_quelqu_un_hors_de_vue_est_pris_pour_lui(ressort: Territoires) -> None:
    """Asking would tell that the account is there."""
    region = make_compte("prefet_region", "REG-00", nom="Secret")
    Titulaire.objects.filter(compte=region).update(courriel="x@brume.example")
    prefet = make_compte("prefet", "DEP-00")
    compte, _ = invite_titulaire(
        nommant=name(prefet, ressort),
        identite=Identite("N. Aubry", courriel="x@brume.example"),
        nomination=DELEGUE,
    )
    assert Titulaire.objects.get(compte=compte).personne == region.pk


def test_nul_ne_s_invite_sous_un_autre_nom(ressort: Territoires) -> None:
    prefet = make_compte("prefet", "DEP-00")
    Titulaire.objects.filter(compte=prefet).update(courriel="moi@brume.example")
    moi = Identite("Moi", courriel="moi@brume.example", personne=str(prefet.pk))
    with pytest.raises(NominationRefusee, match=SOI_MEME):
        invite_titulaire(nommant=name(prefet, ressort), identite=moi, nomination=DELEGUE)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("identite", "champ"),
    [
        (Identite(""), "nom"),
        (Identite("!!"), "nom"),
        (Identite("a" * 151), "nom"),
        (Identite("a", fonction="f" * 151), "fonction"),
        (Identite("a", courriel="pas un courriel"), "courriel"),
        (Identite("a", organisme="INVENTÉ"), "organisme"),
    ],
)
def test_une_identite_refusee(ressort: Territoires, identite: Identite, champ: str) -> None:
    prefet = make_compte("prefet", "DEP-00")
    with pytest.raises(NominationRefusee) as refus:
        invite_titulaire(nommant=name(prefet, ressort), identite=identite, nomination=DELEGUE)
    assert champ in refus.value.fautes
    assert User.objects.count() == 1


def test_un_lien_ne_se_donne_que_de_ce_que_l_on_pourrait_donner(ressort: Territoires) -> None:
    """Who holds a link may enter: an account that has more than one's own, delegated too, gets none."""
    prefet = make_compte("prefet", "DEP-00")
    sous_prefete, delegue = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    assert invite_again(nommant=name(sous_prefete, ressort), numero=delegue.pk)
    mandat = Mandat.objects.get(compte=prefet)
    Delegation.objects.create(mandat=mandat, a=delegue, du=FIN, au=FIN, donnee_le=LE)
    for numero in (delegue.pk, prefet.pk, 10**9):
        with pytest.raises(MandatIntrouvable):
            invite_again(nommant=name(sous_prefete, ressort), numero=numero)


def test_une_invitation_se_revoque_par_qui_l_a_donnee_ou_tient_le_compte(
    ressort: Territoires,
) -> None:
    prefet, maire = (
        make_compte("prefet", "DEP-00"),
        make_compte("commune", "COM-00004", organisme=CAF),
    )
    identite, nomination = Identite("N. Aubry"), DELEGUE
    nommant = name(prefet, ressort)
    _, jeton = invite_titulaire(nommant=nommant, identite=identite, nomination=nomination)
    numero = find_invitation(jeton, LE).pk
    for autre in (maire, make_compte("delegue", TILLEULS)):
        with pytest.raises(MandatIntrouvable):
            revoke_invitation(nommant=name(autre, ressort), numero=numero)
    revoke_invitation(nommant=nommant, numero=numero)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)
    with pytest.raises(MandatIntrouvable):
        revoke_invitation(nommant=nommant, numero=numero)
    _, jeton = invite_again(nommant=nommant, numero=Invitation.objects.get().compte_id)
    admin = name(make_compte("administrateur"), ressort)
    revoke_invitation(nommant=admin, numero=find_invitation(jeton, LE).pk)
    with pytest.raises(InvitationFermee):
        find_invitation(jeton, LE)


def test_fermer_un_compte_met_fin_a_ses_mandats(ressort: Territoires) -> None:
    prefet, delegue = make_compte("prefet", "DEP-00"), make_compte("delegue", TILLEULS)
    close_compte(nommant=name(prefet, ressort), numero=delegue.pk)
    assert Mandat.objects.get(compte=delegue).retire_par == prefet
    assert list_comptes(name(prefet, ressort)) == {prefet.pk}
    region = make_compte("prefet_region", "REG-00")
    with pytest.raises(MandatIntrouvable):
        close_compte(nommant=name(prefet, ressort), numero=region.pk)


def test_un_compte_qui_entre_dans_un_organisme_fait_aussi_demander_qui_c_est(
    ressort: Territoires,
) -> None:
    prefet = make_compte("prefet", "DEP-00")
    nommant = name(prefet, ressort)
    premiere, _ = invite_titulaire(
        nommant=nommant, identite=Identite("N. Aubry", organisme=CAF), nomination=DELEGUE
    )
    seconde = make_compte("delegue", CINQ_CHEMINS, nom="n. aubry")
    tierce = make_compte("delegue", CINQ_CHEMINS)
    Titulaire.objects.filter(compte=tierce).update(personne=seconde.pk)
    voulue = replace(DELEGUE, organisme=CAF)
    with pytest.raises(NominationRefusee) as refus:
        give_mandats(nommant=nommant, compte=seconde.pk, nomination=voulue)
    assert refus.value.fautes == {"personne": MEME_PERSONNE}
    give_mandats(nommant=nommant, compte=seconde.pk, nomination=voulue, personne=str(premiere.pk))
    personnes = list_personnes([premiere.pk, seconde.pk, tierce.pk])
    assert set(personnes.values()) == {premiere.pk}, "les comptes d’une personne la suivent tous"
    suivante = replace(voulue, territoires=("QC-FICTIF-BEAUREGARD",))
    assert give_mandats(nommant=nommant, compte=seconde.pk, nomination=suivante), "une fois dit"
    quatrieme = make_compte("delegue", CINQ_CHEMINS, nom="N. AUBRY")
    for codes in ((TILLEULS,), ("QC-FICTIF-BEAUREGARD",)):
        dite = replace(voulue, territoires=codes)
        autre = AUTRE if codes == (TILLEULS,) else ""
        give_mandats(nommant=nommant, compte=quatrieme.pk, nomination=dite, personne=autre)
    assert list_personnes([quatrieme.pk]) == {quatrieme.pk: quatrieme.pk}


def test_nul_ne_se_nomme_en_se_disant_un_autre(ressort: Territoires) -> None:
    """The account becomes one's own in the same gesture: nothing of it is done."""
    prefet = make_compte("prefet", "DEP-00", nom="C. Vasseur", organisme=CAF)
    autre = make_compte("delegue", CINQ_CHEMINS, nom="C. Vasseur")
    with pytest.raises(NominationRefusee, match=SOI_MEME):
        give_mandats(
            nommant=name(prefet, ressort),
            compte=autre.pk,
            nomination=replace(DELEGUE, organisme=CAF),
            personne=str(prefet.pk),
        )
    assert list_personnes([autre.pk]) == {autre.pk: autre.pk}


def test_un_mandat_fini_entre_le_regard_et_le_verrou_ne_finit_pas_deux_fois(
    ressort: Territoires, monkeypatch: pytest.MonkeyPatch
) -> None:
    prefet, delegue = make_compte("prefet", "DEP-00"), make_compte("delegue", TILLEULS)
    lock = User.objects.select_for_update

    def attendre() -> QuerySet[User]:
        Mandat.objects.filter(compte=delegue).update(retire_le=LE, retire_par=None)
        return lock()

    monkeypatch.setattr(User.objects, "select_for_update", attendre)
    with pytest.raises(MandatIntrouvable):
        end_mandat(nommant=name(prefet, ressort), numero=Mandat.objects.get(compte=delegue).pk)
    assert Mandat.objects.get(compte=delegue).retire_par is None
