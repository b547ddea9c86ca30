"""What moved between a reading and its writing: what was sent back holds no more, and is said again."""

from __future__ import annotations

import pytest

from quartiers.core.enregistrement import Validation
from quartiers.core.fait import Rang
from quartiers.core.genres.poste import Poste
from quartiers.pieces.piece import VuSurPlace
from quartiers.storage.models import Acte, Piece
from quartiers.usecases.annuler import cancel_declaration, cancel_examens
from quartiers.usecases.declarer import (
    build_contexte_tenu,
    build_table,
    declare_enregistrement,
    declare_releve,
)
from quartiers.usecases.examiner import (
    examine,
)
from quartiers.usecases.porte_d_enregistrements import PorteDEnregistrements
from quartiers.usecases.preparer import get_dernier, write_preparation
from quartiers.usecases.releve_lu import RelevesConnus
from tests.usecases.qui_juge import (
    AOUT,
    AUTRE,
    JUILLET,
    JUIN,
    MAI,
    declare,
    declare_poste,
    get_droits,
    judge,
    list_file,
    make_envoi,
    prepare,
    read_faits,
    say_poste,
    say_valeur,
)

pytestmark = pytest.mark.django_db


def test_un_enregistrement_valide_vaut_encore_quand_sa_redite_est_renvoyee(cadre: None) -> None:
    """The same words are two rows: a decision is about one of them."""
    premier = declare_poste()
    judge(premier, Validation.VALIDE)
    correction = declare_poste("0", le=JUIN, vu=premier.rangee)
    cancel_declaration(envoi=make_envoi("deleguee", JUIN), cle=correction)
    vacant = declare_poste("0", le=JUILLET, vu=correction.rangee)
    redite = declare_poste("1", le=JUILLET, vu=vacant.rangee)
    judge(redite, Validation.REJETE, le=AOUT, motif="double")
    (fait,) = read_faits("e06-a2-adultes-relais") or (None,)
    assert fait is None or fait.nombre == 0  # vacant was said last, and still waits
    judge(vacant, Validation.REJETE, le=AOUT, motif="double")
    (fait,) = read_faits("e06-a2-adultes-relais")
    assert (fait.nombre, fait.rang) == (1, Rang.VALIDE)


def test_ce_qui_est_renvoye_entre_la_lecture_et_l_ecriture_se_redit(cadre: None) -> None:
    """Read as nothing new, it would be lost: once sent back, the same words are new."""
    cle = declare("2")
    preparation = prepare("2", cle.rangee, JUIN, is_prouve=True)
    judge(cle, Validation.REJETE, motif="preuve")
    write_preparation(preparation)
    (attente,) = list_file()
    assert attente.cle.rangee != cle.rangee
    assert [piece.nature for piece in attente.pieces] == ["vu sur place"]


def test_un_poste_renvoye_entre_la_lecture_et_l_ecriture_se_relit(cadre: None) -> None:
    cle = declare_poste()
    porte = PorteDEnregistrements(Poste)
    depuis = get_dernier()
    contexte = build_contexte_tenu(JUIN, RelevesConnus())
    table = build_table(say_poste() | {"validation": Validation.SOUMIS.value})
    lus = porte.compare(table, contexte, make_envoi("deleguee", JUIN))
    assert not porte.has_change(lus, depuis)
    judge(cle, Validation.REJETE, motif="preuve")
    assert porte.has_change(lus, depuis)


def test_la_preuve_va_a_la_ligne_qui_vaut_non_a_celle_qui_fut_renvoyee(cadre: None) -> None:
    premiere = declare("2")
    correction = declare("4", le=JUIN, vu=premiere.rangee)
    judge(correction, Validation.REJETE, motif="preuve")
    declare_releve(
        envoi=make_envoi("deleguee", JUILLET), textes=say_valeur("2"), pieces=[VuSurPlace()]
    )
    assert Piece.objects.get().releve_id == premiere.rangee
    (attente,) = list_file()
    assert (attente.cle, len(attente.pieces)) == (premiere, 1)


def test_la_preuve_d_un_poste_va_a_ce_qui_vaut(cadre: None) -> None:
    premier = declare_poste()
    correction = declare_poste("0", le=JUIN, vu=premier.rangee)
    judge(correction, Validation.REJETE, motif="preuve")
    declare_enregistrement(
        genre=Poste,
        envoi=make_envoi("deleguee", JUILLET),
        textes=say_poste(),
        pieces=[VuSurPlace()],
    )
    assert Piece.objects.get().enregistrement_id == premier.rangee


def test_le_journal_ne_dit_juger_que_ce_qui_fut_juge(cadre: None) -> None:
    examine(envoi=make_envoi("sous-prefete", JUIN), choix=[], droits=get_droits("sous-prefete"))
    cancel_declaration(envoi=make_envoi("deleguee", MAI), cle=declare("2"))
    assert not Acte.objects.exists()
    numero = judge(declare("3", ou=AUTRE), Validation.VALIDE).recu.numero
    assert numero is not None
    droits = get_droits("sous-prefete")
    cancel_examens(envoi=make_envoi("sous-prefete", JUIN), numero=numero, droits=droits)
    dits = Acte.objects.order_by("numero").values_list("objet", "detail")
    assert list(dits) == [("examiner", {"valide": 1}), ("annuler", {"soumis": 1})]
