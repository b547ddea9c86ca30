"""Each change of rights has its line in the journal of acts, in the transaction of what it tells, without any name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from quartiers.core.territoire import Territoires
from quartiers.storage.models import Acte, Mandat
from quartiers.usecases.deleguer import delegate, end_delegation
from quartiers.usecases.donner_mandat import (
    NominationRefusee,
    change_mandat,
    end_mandat,
    give_mandats,
)
from quartiers.usecases.identite import Identite
from quartiers.usecases.inviter import find_invitation
from quartiers.usecases.inviter_titulaire import invite_again, invite_titulaire, revoke_invitation
from quartiers.usecases.tenir_journal import find_ruptures_d_actes
from quartiers.usecases.transmettre import (
    Demande,
    apply_echues,
    build_plan,
    cancel_transmission,
    transmit,
)
from tests.usecases.qui_nomme import CINQ_CHEMINS, DELEGUE, FIN, JOUR, LE, make_compte, name

pytestmark = pytest.mark.django_db


def test_chaque_geste_a_sa_ligne(ressort: Territoires) -> None:
    par, tiers = make_compte("sous_prefet_ville", "DEP-00"), make_compte("delegue", CINQ_CHEMINS)
    debut = Acte.objects.count()
    nommant = name(par, ressort)
    compte, _ = invite_titulaire(
        nommant=nommant, identite=Identite("Nadège Aubry"), nomination=DELEGUE
    )
    _, jeton = invite_again(nommant=nommant, numero=compte.pk)
    revoke_invitation(nommant=nommant, numero=find_invitation(jeton, LE).pk)
    autre = replace(DELEGUE, territoires=("QC-FICTIF-BEAUREGARD",), acte="arrêté de M. Untel")
    (mandat,) = give_mandats(nommant=nommant, compte=compte.pk, nomination=autre)
    neuf = change_mandat(nommant=nommant, numero=mandat.pk, au=FIN, acte="avenant")
    end_mandat(nommant=nommant, numero=neuf.pk)
    sien = Mandat.objects.get(compte=par).pk
    delegation = delegate(nommant=nommant, mandat=sien, a=compte.pk, du=JOUR, au=FIN)
    end_delegation(nommant=nommant, numero=delegation.pk)
    demande = Demande(compte.pk, tiers.pk, JOUR + timedelta(days=1), "arrêté", {})
    for is_annulee in (True, False):
        numero = build_plan(nommant, demande).numero
        faite = transmit(nommant=nommant, demande=demande, numero=numero)
        if is_annulee:
            cancel_transmission(nommant=nommant, numero=faite.pk)
    apply_echues(LE + timedelta(days=1))
    actes = list(Acte.objects.order_by("numero"))[debut:]
    assert [a.objet for a in actes] == [
        *("nommer", "inviter", "inviter", "revoquer", "nommer", "changer_mandat", "mettre_fin"),
        *("deleguer", "finir_delegation", "nommer", "transmettre", "annuler_transmission"),
        *("nommer", "transmettre", "appliquer_transmission"),
    ]
    assert {a.compte for a in actes[:-1]} == {par.pk}
    assert actes[-1].compte is None
    assert list(find_ruptures_d_actes()) == []
    for acte in actes:
        dit = f"{acte.objet} {acte.detail}"
        assert "Aubry" not in dit
        assert "Untel" not in dit


def test_un_geste_refuse_ne_laisse_aucune_ligne_de_droits(ressort: Territoires) -> None:
    par, tiers = make_compte("sous_prefet_ville", "DEP-00"), make_compte("delegue", CINQ_CHEMINS)
    avant = Acte.objects.count()
    faux = replace(DELEGUE, role="prefet", territoires=("DEP-00",))
    with pytest.raises(NominationRefusee):
        give_mandats(nommant=name(par, ressort), compte=tiers.pk, nomination=faux)
    assert Acte.objects.count() == avant
