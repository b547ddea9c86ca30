"""An event whose day was corrected waits once, by its last row; and a piece is judged with the decision on its fact."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.composition import get_constat
from quartiers.core.constat import Constat
from quartiers.core.droits import SOUMIS, VALIDE, Sujet
from quartiers.core.enregistrement import Validation
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.poste import Poste
from quartiers.core.vue import Vue
from quartiers.pieces.piece import PieceAdmise
from quartiers.storage.models import Enregistrement, Examen, Piece, Releve
from quartiers.usecases.annuler import cancel_declaration
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.charger_pieces import load_pieces
from quartiers.usecases.declarer import declare_enregistrement, declare_releve
from quartiers.usecases.lire_piece import build_sujet
from quartiers.usecases.lister_attentes import ENREGISTREMENT, RELEVE, Cle
from quartiers.usecases.relire_declaration import find_declaration
from tests.pieces.gardees import PHOTO
from tests.usecases.qui_juge import (
    AOUT,
    INDICATEUR,
    JUILLET,
    JUIN,
    MAI,
    POSTE,
    QUARTIER,
    declare_poste,
    get_compte,
    judge,
    list_file,
    make_envoi,
    say_valeur,
)

pytestmark = pytest.mark.django_db


def declare_fete(jour: str, le: date = MAI, vu: int | None = None, objet: str = "F1") -> Cle:
    """An activity that took place on a day."""
    textes = {
        "objet": objet, "le": jour, "situe": QUARTIER, "genre": "atelier", "premier_jour": jour, "titre": "Fête",
    }  # fmt: skip
    declare_enregistrement(genre=Activite, envoi=make_envoi("deleguee", le), textes=textes, vu=vu)
    return Cle(ENREGISTREMENT, Enregistrement.objects.latest("pk").pk)


def list_cles() -> list[Cle]:
    """What waits."""
    return [attente.cle for attente in list_file()]


def test_un_evenement_deplace_n_attend_qu_une_fois(cadre: None) -> None:
    premiere = declare_fete("10/04/2026")
    autre = declare_fete("10/04/2026", objet="F2")
    assert list_cles() == [premiere, autre]
    deplacee = declare_fete("12/04/2026", le=JUIN)
    assert Enregistrement.objects.filter(objet="F1").count() == 2
    assert list_cles() == [autre, deplacee]
    deleguee = get_compte("deleguee").pk
    assert find_declaration(str(premiere), deleguee).etat == "corrigée depuis"
    assert find_declaration(str(deplacee), deleguee).etat == "à valider"
    assert find_declaration(str(autre), deleguee).etat == "à valider"


def test_qui_envoie_l_ancien_jour_n_y_decide_rien(cadre: None) -> None:
    """The page was open before the day was corrected: the line has moved."""
    premiere = declare_fete("10/04/2026")
    deplacee = declare_fete("12/04/2026", le=JUIN)
    lot = judge(premiere, Validation.VALIDE, le=JUILLET)
    assert (lot.jugees, lot.bougees, Examen.objects.count()) == ((), (premiere,), 0)
    judge(deplacee, Validation.VALIDE, le=JUILLET)
    assert list_cles() == []


@pytest.mark.parametrize("par", ["renvoi", "annulation"])
def test_un_deplacement_renvoye_remet_l_ancien_jour_dans_la_file(cadre: None, par: str) -> None:
    premiere = declare_fete("10/04/2026")
    deplacee = declare_fete("12/04/2026", le=JUIN)
    if par == "renvoi":
        judge(deplacee, Validation.REJETE, motif="date")
    else:
        cancel_declaration(envoi=make_envoi("deleguee", JUIN), cle=deplacee)
    assert list_cles() == [premiere]
    assert find_declaration(str(premiere), get_compte("deleguee").pk).etat == "à valider"


def test_deux_jours_d_un_etat_attendent_tous_deux(cadre: None) -> None:
    """A state is said day after day: the last one corrects nothing of the first."""
    premier = declare_poste()
    suite = POSTE | {"le": "30/06/2026", "etp_pourvu": "1", "pourvu_depuis": "01/03/2026"}
    declare_enregistrement(genre=Poste, envoi=make_envoi("deleguee", JUILLET), textes=suite)
    assert list_cles() == [premier, Cle(ENREGISTREMENT, Enregistrement.objects.latest("pk").pk)]


@pytest.mark.parametrize(
    ("resultats", "attendu"),
    [
        ((), SOUMIS),
        ((Validation.VALIDE,), VALIDE),
        ((Validation.REJETE,), "rejete"),
    ],
)
def test_une_piece_suit_la_decision_sur_son_fait(
    cadre: None, resultats: tuple[Validation, ...], attendu: str
) -> None:
    """A relevé and a record, each by its last decision."""
    declare_releve(envoi=make_envoi("deleguee", MAI), textes=say_valeur("2"), pieces=[PHOTO])
    declare_enregistrement(
        genre=Poste,
        envoi=make_envoi("deleguee", MAI),
        textes=POSTE | {"etp_pourvu": "1", "pourvu_depuis": "01/03/2026"},
        pieces=[PieceAdmise("b.jpg", "image/jpeg", b"\xff\xd8b")],
    )
    cles = [
        Cle(RELEVE, Releve.objects.get().pk),
        Cle(ENREGISTREMENT, Enregistrement.objects.latest("pk").pk),
    ]
    for resultat in resultats:
        for cle in cles:
            judge(cle, resultat, motif="date" if resultat is Validation.REJETE else "")
    sujets = [build_sujet(piece) for piece in Piece.objects.all()]
    assert [(s.genre, s.validation, s.visibilite) for s in sujets] == [
        ("releve", attendu, "etat"),
        ("poste", attendu, "etat"),
    ]


@pytest.mark.parametrize(("resultat", "attendu"), [(None, SOUMIS), (Validation.VALIDE, VALIDE)])
def test_la_preuve_d_un_chiffre_juge_ses_pieces_de_meme(
    cadre: None, resultat: Validation | None, attendu: str
) -> None:
    declare_releve(envoi=make_envoi("deleguee", MAI), textes=say_valeur("2"), pieces=[PHOTO])
    if resultat is not None:
        judge(Cle(RELEVE, Releve.objects.get().pk), resultat)
    vue = Vue(load_dossier(), AOUT, AOUT)
    indicateur = vue.dossier.referentiel.get_indicateur(INDICATEUR)
    assert indicateur is not None
    constat = get_constat(vue, indicateur, QUARTIER)
    assert isinstance(constat, Constat)
    demandes: list[Sujet] = []

    def can_open(sujet: Sujet, _depot: int | None) -> bool:
        demandes.append(sujet)
        return True

    pieces = load_pieces(constat.faits, AOUT, can_open, str)
    assert [sujet.validation for sujet in demandes] == [attendu]
    assert [[p.nom for p in siennes] for siennes in pieces.values()] == [[PHOTO.nom]]
