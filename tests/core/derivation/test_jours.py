"""The days on which what the records say may change: between two of them, nothing does."""

from __future__ import annotations

from datetime import date, timedelta

from quartiers.core.derivation.regle import build_regles
from quartiers.core.derivation.reponse import Question
from quartiers.core.registre import RegistreConnu
from quartiers.referentiel.charger import load_programme
from tests.core.derivation.comparaison import build_comparateur, say_obtenue
from tests.oracle.derivation.mondes import make_essai
from tests.referentiel.atelier import LIVRE


def test_rien_ne_change_entre_deux_jours_de_changement() -> None:
    """The answer of any day is that of the last day of change before it, its own date and age apart."""
    referentiel = load_programme(LIVRE)
    comparateur = build_comparateur(referentiel, build_regles(referentiel))
    vus = 0
    for graine in range(60):
        essai = make_essai(graine, cadre=True)
        for question in essai.questions:
            registre = comparateur.build_registre(essai, question)
            jours = _list_jours(registre)
            for ecart in range(0, 400, 23):
                jour = question[2] - timedelta(days=ecart)
                avant = max((j for j in jours if j <= jour), default=None)
                if avant is None:
                    assert say_obtenue(registre.answer(jour)) is None
                    continue
                dite, reprise = registre.answer(jour), registre.answer(avant)
                assert (dite and dite.valeur) == (reprise and reprise.valeur), (
                    graine,
                    question,
                    jour,
                )
                vus += dite is not None
    assert vus > 100


def _list_jours(registre: RegistreConnu) -> set[date]:
    """Those of the records, and those on which what they attest is too old."""
    cellule = registre.cellule
    question = Question(cellule, registre.geographie, date.max, registre.connu_le)
    perimes = {question.get_perime_le(temoin) for temoin in registre.list_temoins()}
    return registre.list_jours() | perimes
