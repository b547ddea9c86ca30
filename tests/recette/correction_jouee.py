"""On the base that its environment names: a figure of May, validated, then corrected and validated in July.

    python -m tests.recette.correction_jouee

Prints in JSON the figure at the days of knowledge of June and of August, what its page weighs, whether the paper of
June is printed again byte for byte after the correction.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

from tests.recette.comptes_joues import build_envoi, enter, get_compte, get_derniere

QUARTIER, INDICATEUR = "QC-FICTIF-FONTAINE", "e06-a1-educateurs-etp"
DECLARE, VALIDE = "demo-deleguee", "demo-sous-prefete"
MAI, FIN_MAI, JUIN = date(2026, 5, 15), date(2026, 5, 20), date(2026, 6, 30)
JUILLET, FIN_JUILLET, AOUT = date(2026, 7, 15), date(2026, 7, 20), date(2026, 8, 31)
DIT = date(2026, 4, 30)


def main() -> None:
    """Said, judged, looked at in June; corrected, judged, looked at again."""
    from quartiers.cli.base import setup_django

    setup_django()
    premiere = declare("4", MAI, None)
    judge(premiere, FIN_MAI)
    avant = see(JUIN)
    judge(declare("2", JUILLET, premiere), FIN_JUILLET)
    print(json.dumps({"juin": avant, "juin_encore": see(JUIN), "aout": see(AOUT)}))


def declare(valeur: str, jour: date, vu: int | None) -> int:
    """The value of 30 April; gives its row."""
    from quartiers.usecases.declarer import declare_releve

    textes = {
        "indicateur": INDICATEUR, "territoire": QUARTIER, "date": DIT.isoformat(), "valeur": valeur, "source": "Essai",
    }  # fmt: skip
    declare_releve(envoi=build_envoi(DECLARE, jour), textes=textes, vu=vu)
    return get_derniere()


def judge(rangee: int, jour: date) -> None:
    """A second person accepts it."""
    from quartiers.core.enregistrement import Validation
    from quartiers.usecases.acces import list_mandats, open_droits
    from quartiers.usecases.charger_dossier import load_savoir
    from quartiers.usecases.examiner import ChoixDeLigne, examine
    from quartiers.usecases.lister_attentes import RELEVE, Cle

    juge = get_compte(VALIDE)
    droits = open_droits(juge, list_mandats(juge, jour), jour, load_savoir().actuels)
    choix = [ChoixDeLigne(Cle(RELEVE, rangee), Validation.VALIDE)]
    examine(envoi=build_envoi(VALIDE, jour), choix=choix, droits=droits)


def see(connu_le: date) -> dict[str, object]:
    """The figure of a day of knowledge, and the digest of its paper."""
    from quartiers.core.composition import get_constat
    from quartiers.core.constat import Constat
    from quartiers.core.vue import Vue
    from quartiers.usecases.charger_dossier import load_dossier

    vue = Vue(load_dossier(), JUIN, connu_le)
    indicateur = vue.dossier.referentiel.get_indicateur(INDICATEUR)
    assert indicateur is not None
    constat = get_constat(vue, indicateur, QUARTIER)
    assert isinstance(constat, Constat)
    adresse = f"/quartiers/{QUARTIER}/papier.pdf?vu_le={JUIN}&connu_le={connu_le}"
    reponse = enter("demo-prefet").get(adresse)
    assert reponse.status_code == 200, reponse.status_code
    return {
        "valeur": None if constat.valeur is None else float(constat.valeur),
        "rangs": [fait.rang.name for fait in constat.faits if hasattr(fait, "rang")],
        "papier": hashlib.sha256(reponse.content).hexdigest(),
        "octets": len(reponse.content),
    }


if __name__ == "__main__":
    main()
