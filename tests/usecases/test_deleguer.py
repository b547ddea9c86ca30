"""A mandat delegated: to whom, how long, what it links, and what makes it fall."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from quartiers.core.deux_personnes import Liees, LienDePersonnes
from quartiers.core.temps import get_minuit
from quartiers.core.territoire import Territoires
from quartiers.storage.models import Delegation, Mandat, Titulaire
from quartiers.usecases import acces
from quartiers.usecases.deleguer import (
    delegate,
    end_delegation,
    find_liees,
    list_delegables,
    list_delegataires,
    list_delegations,
)
from quartiers.usecases.donner_mandat import NominationRefusee
from quartiers.usecases.nommant import MandatIntrouvable
from tests.usecases.qui_nomme import CINQ_CHEMINS, FIN, JOUR, LE, TILLEULS, make_compte, name

pytestmark = pytest.mark.django_db


def get_mandat(compte: User) -> Mandat:
    """Its only one."""
    return Mandat.objects.get(compte=compte)


def give(ressort: Territoires, de: User, a: User, du: date = JOUR, au: date = FIN) -> Delegation:
    """From one to the other."""
    return delegate(nommant=name(de, ressort), mandat=get_mandat(de).pk, a=a.pk, du=du, au=au)


def test_on_valide_avec_le_mandat_d_un_autre_entre_deux_jours(ressort: Territoires) -> None:
    sous_prefete, deleguee = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    delegation = give(ressort, sous_prefete, deleguee)
    assert [m.delegue_par for m in acces.list_mandats(deleguee, JOUR)] == [sous_prefete.pk, None]
    assert list_delegations([deleguee.pk], JOUR) == [delegation]
    assert list_delegations([sous_prefete.pk], FIN + timedelta(days=1)) == []


def test_a_qui_l_on_delegue(ressort: Territoires) -> None:
    """Of the same organisme, on the same ground, who may see as much; never to oneself."""
    sous_prefete = make_compte("sous_prefet_ville", "DEP-00")
    deleguee = make_compte("delegue", TILLEULS)
    make_compte("recteur", "DEP-00")  # sees less
    make_compte("commune", "COM-00003", organisme="Ville")
    make_compte("task_force", "FR")  # sees less
    moi = make_compte("delegue", CINQ_CHEMINS)
    Titulaire.objects.filter(compte=moi).update(personne=sous_prefete.pk)
    ferme = make_compte("delegue", TILLEULS)
    User.objects.filter(pk=ferme.pk).update(is_active=False)
    a_venir = make_compte("delegue", TILLEULS)
    Mandat.objects.filter(compte=a_venir).update(du=FIN)
    assert list_delegataires(name(sous_prefete, ressort), [get_mandat(sous_prefete)]) == [deleguee]
    autre = make_compte("delegue", CINQ_CHEMINS)
    assert list_delegataires(name(deleguee, ressort), [get_mandat(deleguee)]) == [sous_prefete]
    for refuse in (moi, ferme, a_venir, autre):
        with pytest.raises(NominationRefusee) as refus:
            give(ressort, deleguee, refuse)
        assert set(refus.value.fautes) == {"a"}


def test_on_ne_delegue_que_ce_qui_valide_et_qui_est_a_soi(ressort: Territoires) -> None:
    sous_prefete, deleguee = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    procureur = make_compte("procureur", "DEP-00")
    assert list_delegables(procureur.pk, JOUR) == []
    give(ressort, sous_prefete, deleguee)
    assert list_delegables(deleguee.pk, JOUR) == [get_mandat(deleguee)], "ni ce qu’on lui a délégué"
    for compte in (deleguee, procureur):
        for numero in (get_mandat(sous_prefete).pk, get_mandat(procureur).pk, 10**9):
            with pytest.raises(MandatIntrouvable):
                delegate(
                    nommant=name(compte, ressort), mandat=numero, a=deleguee.pk, du=JOUR, au=FIN
                )


@pytest.mark.parametrize(
    ("du", "au", "champs"),
    [
        (None, None, {"du", "au"}),
        (JOUR - timedelta(days=1), FIN, {"du"}),
        (FIN, JOUR, {"au"}),
        (JOUR, FIN + timedelta(days=1), {"au"}),
    ],
)
def test_des_jours_qui_ne_vont_pas(
    ressort: Territoires, du: date | None, au: date | None, champs: set[str]
) -> None:
    sous_prefete, deleguee = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    Mandat.objects.filter(compte=sous_prefete).update(au=FIN)
    mandat = get_mandat(sous_prefete)
    with pytest.raises(NominationRefusee) as refus:
        delegate(nommant=name(sous_prefete, ressort), mandat=mandat.pk, a=deleguee.pk, du=du, au=au)
    assert set(refus.value.fautes) == champs


def test_une_delegation_lie_des_personnes(
    ressort: Territoires, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Given or received, by any account of either person, while it holds and not before nor after."""
    sous_prefete, deleguee = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    second = make_compte("commune", "COM-00003", organisme="Ville")
    Titulaire.objects.filter(compte=second).update(personne=deleguee.pk)
    tiers = make_compte("delegue", CINQ_CHEMINS)
    delegation = give(ressort, sous_prefete, deleguee)
    with django_assert_num_queries(4):
        assert find_liees(second.pk, JOUR).aujourd_hui == {sous_prefete.pk}
    assert find_liees(deleguee.pk, JOUR).aujourd_hui == {sous_prefete.pk}
    assert find_liees(sous_prefete.pk, JOUR).aujourd_hui == {deleguee.pk}
    assert find_liees(tiers.pk, JOUR).aujourd_hui == frozenset()
    for jour in (JOUR - timedelta(days=1), FIN + timedelta(days=1)):
        assert find_liees(deleguee.pk, jour).aujourd_hui == frozenset()
    mandats = Mandat.objects.filter(compte=deleguee)
    comptes = User.objects.filter(pk=sous_prefete.pk)
    for rangees, tombe, releve in (
        (mandats, {"retire_le": LE}, {"retire_le": None}),
        (mandats, {"au": date(2020, 1, 1)}, {"au": None}),
        (comptes, {"is_active": False}, {"is_active": True}),
    ):
        rangees.update(**tombe)
        assert (
            find_liees(deleguee.pk, JOUR).aujourd_hui
            == find_liees(sous_prefete.pk, JOUR).aujourd_hui
            == frozenset()
        )
        delegues = [m.delegue_par for m in acces.list_mandats(deleguee, JOUR)]
        assert sous_prefete.pk not in delegues, "les deux mains disent pareil"
        rangees.update(**releve)
    end_delegation(nommant=name(sous_prefete, ressort), numero=delegation.pk)
    assert find_liees(deleguee.pk, JOUR).aujourd_hui == frozenset()


def test_un_lien_revoque_se_dit_encore_aussi_longtemps_qu_il_a_dure(ressort: Territoires) -> None:
    """From the moment it was given, or its first day; to its last day whole, or the moment it was ended."""
    sous_prefete, deleguee = (
        make_compte("sous_prefet_ville", "DEP-00"),
        make_compte("delegue", TILLEULS),
    )
    plus_tard = LE + timedelta(hours=3)
    delegation = give(ressort, sous_prefete, deleguee)
    a_venir = give(ressort, sous_prefete, deleguee, du=FIN)
    end_delegation(nommant=name(sous_prefete, ressort, plus_tard), numero=delegation.pk)
    for compte, autre in ((sous_prefete, deleguee), (deleguee, sous_prefete)):
        assert find_liees(compte.pk, JOUR) == Liees(
            frozenset(),
            (
                LienDePersonnes(autre.pk, LE, plus_tard),
                LienDePersonnes(autre.pk, get_minuit(FIN), get_minuit(FIN + timedelta(days=1))),
            ),
        )
    assert find_liees(make_compte("delegue", TILLEULS).pk, JOUR) == Liees()
    end_delegation(nommant=name(sous_prefete, ressort, plus_tard), numero=a_venir.pk)
    (_, jamais) = find_liees(deleguee.pk, JOUR).liens
    assert not any(jamais.holds(get_minuit(FIN) + timedelta(hours=h)) for h in range(-9000, 24))


def test_qui_met_fin_a_une_delegation(ressort: Territoires) -> None:
    prefet, sous_prefete = (
        make_compte("prefet", "DEP-00"),
        make_compte("sous_prefet_ville", "DEP-00"),
    )
    deleguee, tiers = make_compte("delegue", TILLEULS), make_compte("delegue", TILLEULS)
    for compte in (prefet, sous_prefete, deleguee, None):
        delegation = give(ressort, sous_prefete, deleguee)
        with pytest.raises(MandatIntrouvable):
            end_delegation(nommant=name(tiers, ressort), numero=delegation.pk)
        end_delegation(nommant=name(compte, ressort), numero=delegation.pk)
        assert [m.delegue_par for m in acces.list_mandats(deleguee, JOUR)] == [None]
        with pytest.raises(MandatIntrouvable):
            end_delegation(nommant=name(compte, ressort), numero=delegation.pk)
