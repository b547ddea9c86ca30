"""docs/regles.md, written from the tables: `python -m tests.spec.generer_regles`.

The document is for préfets and délégués: the rule in words, then what it gives on examples. It says nothing
that the tables do not hold, so that a rule and its document cannot part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from quartiers.core.dire import say_date
from quartiers.core.statut import LIBELLES, LIBELLES_DRAPEAUX, Drapeau, Statut
from tests.spec.tables import Cas, Groupe, Theme, load_themes

DESTINATION = Path(__file__).resolve().parents[2] / "docs" / "regles.md"
ENTETE = """\
# Comment les statuts sont calculés

<!-- Écrit par `python -m tests.spec.generer_regles` depuis tests/spec : ne pas corriger ici. -->

Aucun statut n’est saisi, aucun n’est conservé : chacun se recalcule, à la date que l’on regarde, depuis ce que l’on savait \
à la date que l’on choisit. Dix états, lus dans cet ordre : sans objet, non renseigné, périmé, sans cible, atteint, perdu \
(en retard), échu non atteint, non engagé, puis la trajectoire. Ce que l’on ne sait pas n’est jamais un zéro.

Chaque ligne des tableaux est un exemple vérifié à chaque modification du logiciel, par le calcul et par un second \
évaluateur écrit à part. Les références renvoient au domaine (« 4.7 ») et à [nos lectures](lectures.md) (« L-18 »).
"""


def render_regles(themes: tuple[Theme, ...]) -> str:
    """The whole document."""
    return ENTETE + "".join(f"\n{''.join(_render_theme(theme))}" for theme in themes)


def _render_theme(theme: Theme) -> Iterator[str]:
    yield f"## {theme.titre}\n\n{theme.regle}\n"
    for groupe in theme.groupes:
        yield "\n"
        yield from _render_groupe(groupe)


def _render_groupe(groupe: Groupe) -> Iterator[str]:
    communs = "".join(f" ; {donnee}" for donnee in groupe.donnees)
    if groupe.indicateur or communs:
        yield f"*{_escape(groupe.indicateur or 'Tous les cas')}*{_escape(communs)}\n\n"
    yield "| Cas | Données | Vu le | On obtient | Pourquoi |\n|---|---|---|---|---|\n"
    for cas in groupe.cas:
        cellules = (
            cas.nom,
            _say_donnees(cas),
            _say_vu_le(cas),
            _say_obtenu(cas),
            _say_pourquoi(cas),
        )
        yield f"| {' | '.join(_escape(cellule) for cellule in cellules)} |\n"


def _escape(texte: str) -> str:
    return texte.replace("|", "\\|").replace("\n", " ")


def _say_donnees(cas: Cas) -> str:
    morceaux = [*cas.donnees, *cas.actions]
    if cas.indicateur is not None:
        morceaux.insert(0, cas.indicateur)
    return " ; ".join(morceaux) or "—"


def _say_vu_le(cas: Cas) -> str:
    connu = "" if cas.connu_le is None else f", connu le {say_date(cas.connu_le)}"
    return f"{say_date(cas.vu_le)}{connu}"


def _say_obtenu(cas: Cas) -> str:
    """The statut in words, its flags, and the figures that the example checks."""
    statut = cas.libelle or cas.statut
    morceaux = []
    if statut == "non_montre":
        morceaux.append("n’est pas montré ici")
    elif statut == "aucun":
        morceaux.append("pas de statut")
    elif statut is not None:
        drapeaux = ", ".join(LIBELLES_DRAPEAUX[Drapeau(d)] for d in cas.drapeaux or ())
        morceaux.append(f"**{LIBELLES[Statut(statut)]}**" + (f" ({drapeaux})" if drapeaux else ""))
    morceaux += [f"{nom} {_say_valeur(valeur)}" for nom, valeur in _list_figures(cas)]
    return ", ".join(morceaux) or "—"


def _list_figures(cas: Cas) -> Iterator[tuple[str, object]]:
    noms = {
        "valeur": "valeur",
        "ratio": "r =",
        "cible": "cible",
        "echeance": "échéance",
        "effet": "effet",
        "perime_le": "périmé le",
        "perdu_le": "perdu le",
        "statuts": "statuts",
        "attendus": "attendus",
        "applicables": "applicables",
        "renseignes": "à jour",
        "couverture": "couverture",
        "taux_min": "au moins",
        "taux_max": "au plus",
        "numerateur": "numérateur",
        "denominateur": "dénominateur",
        "valeur_fraiche": "valeur à jour",
        "valeur_complete": "complète",
        "au_moins": "borne basse",
        "au_plus": "borne haute",
        "territoires": "territoires",
        "cause": "cause",
    }
    for champ, nom in noms.items():
        valeur = getattr(cas, champ)
        if valeur is not None:
            yield nom, valeur


def _say_valeur(valeur: object) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return say_date(valeur)
    return ", ".join(valeur) if isinstance(valeur, tuple) else str(valeur)


def _say_pourquoi(cas: Cas) -> str:
    return f"{cas.pourquoi} ({cas.reference})"


if __name__ == "__main__":
    DESTINATION.write_text(render_regles(load_themes()), encoding="utf-8")
