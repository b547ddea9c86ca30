"""A draft has its bounds, an account a number of them, and what was declared takes its own away, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from quartiers.core.genres.poste import Poste
from quartiers.pieces.piece import VuSurPlace
from quartiers.storage.models import Brouillon, Ecriture, Enregistrement, Releve
from quartiers.usecases import declarer
from quartiers.usecases.declarer import Conflit, declare_enregistrement, declare_releve
from quartiers.usecases.ecrire import EcritureOuverte
from quartiers.usecases.garder_brouillon import (
    BROUILLONS_MAX,
    find_brouillon,
    keep_brouillon,
    list_brouillons,
)
from tests.pieces.gardees import PHOTO
from tests.usecases.qui_juge import MAI, POSTE, get_compte, make_envoi, say_valeur
from tests.usecases.qui_nomme import LE

pytestmark = pytest.mark.django_db
ICI, AILLEURS = "/territoires/x/declarer/y/", "/territoires/x/declarer/z/"


def keep(adresse: str = ICI, qui: str = "deleguee", minute: int = 0, **autres: Any) -> Brouillon:
    """A draft; gives it back as the base has it."""
    compte = get_compte(qui).pk
    dits = {"mots": {"valeur": "2"}, "libelle": "Essai", **autres}
    keep_brouillon(compte=compte, adresse=adresse, le=LE + timedelta(minutes=minute), **dits)
    return Brouillon.objects.get(compte=compte, adresse=adresse)


def test_un_brouillon_a_ses_bornes() -> None:
    """The first sixty fields, the first two thousand signes of each, and nothing is refused."""
    mots = {f"champ-{n}": "é" * (2_000 + n % 2) for n in range(61)}
    garde = keep(mots=mots, libelle="x" * 301)
    assert list(garde.mots) == [f"champ-{n}" for n in range(60)]
    assert {len(mot) for mot in garde.mots.values()} == {2_000}
    assert len(garde.libelle) == 300
    entier = keep(mots={f"champ-{n}": "é" * 2_000 for n in range(60)})
    assert len(entier.mots) == 60


def test_un_brouillon_repris_garde_son_fichier() -> None:
    keep(piece=PHOTO)
    repris = keep()
    assert (repris.nom, repris.octets) == (PHOTO.nom, PHOTO.octets)
    assert Brouillon.objects.count() == 1


def test_un_compte_garde_un_nombre_borne_de_brouillons() -> None:
    """The one kept longest ago gives its place, whoever came first; those of another account stay."""
    autre = keep(qui="autre", minute=-99)
    for minute in range(BROUILLONS_MAX):
        keep(f"/{minute}/", minute=minute)
    keep("/0/", minute=BROUILLONS_MAX)  # taken up again: the oldest is now « /1/ »
    assert len(list_brouillons(get_compte("deleguee").pk)) == BROUILLONS_MAX
    keep("/neuf/", minute=BROUILLONS_MAX + 1)
    gardes = {b.adresse for b in list_brouillons(get_compte("deleguee").pk)}
    assert gardes == {"/0/", "/neuf/", *(f"/{n}/" for n in range(2, BROUILLONS_MAX))}
    assert Brouillon.objects.get(compte=autre.compte_id) == autre


def declare_valeur(**autres: Any) -> None:
    """A value."""
    declare_releve(envoi=make_envoi("deleguee", MAI), textes=say_valeur("2"), **autres)


def declare_un_poste(**autres: Any) -> None:
    """A record."""
    textes = POSTE | {"etp_pourvu": "1", "pourvu_depuis": "01/03/2026"}
    declare_enregistrement(genre=Poste, envoi=make_envoi("deleguee", MAI), textes=textes, **autres)


DEUX = pytest.mark.parametrize(
    ("geste", "modele"), [(declare_valeur, Releve), (declare_un_poste, Enregistrement)]
)
Geste = Callable[..., None]


@DEUX
def test_ce_qui_est_declare_emporte_son_brouillon_et_nul_autre(
    cadre: None, geste: Geste, modele: type[Releve | Enregistrement]
) -> None:
    gardes = [keep(AILLEURS), keep(qui="autre")]
    keep()
    geste(brouillon=ICI)
    assert list(Brouillon.objects.order_by("pk")) == gardes


@DEUX
def test_le_brouillon_et_l_ecriture_sont_d_un_seul_tenant(
    cadre: None,
    geste: Geste,
    modele: type[Releve | Enregistrement],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Cut after the draft was thrown away, it is still there; cut while throwing it away, nothing was declared."""
    keep()
    avant, ecritures = modele.objects.count(), Ecriture.objects.count()

    def cut(*_: object) -> None:
        raise OSError("coupé")

    for objet, nom in ((EcritureOuverte, "close"), (declarer, "drop_brouillon")):
        with monkeypatch.context() as coupure:
            coupure.setattr(objet, nom, cut)
            with pytest.raises(OSError, match="coupé"):
                geste(brouillon=ICI)
        assert find_brouillon(get_compte("deleguee").pk, ICI) is not None
        assert (modele.objects.count(), Ecriture.objects.count()) == (avant, ecritures)


def test_ce_qui_n_ajoute_rien_ou_se_dispute_garde_son_brouillon(cadre: None) -> None:
    """It says what is said already, or what another has corrected: the form is given back, and its draft too."""
    declare_valeur()
    keep()
    declare_valeur(brouillon=ICI)
    keep(qui="collegue")
    with pytest.raises(Conflit):
        declare_releve(envoi=make_envoi("collegue", MAI), textes=say_valeur("3"), brouillon=ICI)
    assert find_brouillon(get_compte("collegue").pk, ICI) is not None
    assert find_brouillon(get_compte("deleguee").pk, ICI) is not None
    declare_valeur(pieces=[VuSurPlace()], brouillon=ICI)  # a proof is something
    assert find_brouillon(get_compte("deleguee").pk, ICI) is None
