"""docs/regles.md and its pages on the site, written from the tables: `python -m tests.spec.generer_regles`.

The document is for préfets and délégués: the rule in words, then what it gives on examples. It says nothing
that the tables do not hold, so that a rule and its document cannot part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from quartiers.core.dire import FINE, say_nombre
from quartiers.core.regles_en_mots import REGLES_DES_STATUTS
from quartiers.core.statut import FAMILLES, LIBELLES, LIBELLES_DRAPEAUX, Drapeau, Statut
from tests.spec.tables import INCONNUS, Cas, Groupe, Theme, list_cas, load_themes

DESTINATION = Path(__file__).resolve().parents[2] / "docs" / "regles.md"
ENTETE = """\
# Comment les statuts sont calculés

<!-- Écrit par `python -m tests.spec.generer_regles` depuis tests/spec : ne pas corriger ici. -->

Aucun statut n’est saisi, aucun n’est recopié d’une année sur l’autre. Chacun se recalcule, **au jour que l’on regarde** \
(« vu le »), depuis **ce que l’on savait au jour que l’on choisit** (« connu le »). Trois principes tiennent tout le reste :

- ce que l’on ne sait pas n’est jamais un zéro ;
- chaque chiffre porte sa date, sa source et sa preuve ;
- on juge à la date de la valeur, avec la cible en vigueur au jour regardé.

## Les dix statuts, dans l’ordre où on les essaie

Le premier qui convient est le bon. Une seule entorse : une présence ou une étape qui a été atteinte puis perdue est **En retard** avant \
d’être « échue » ou « non engagée ».

| | statut | quand |
|---|---|---|
{statuts}
La page les range en quatre familles : {familles}. Un engagement n’a jamais de note : il a un mot, et sa répartition.

## Les mots qui précisent un statut

| mot | ce qu’il dit |
|---|---|
{drapeaux}
## Comment lire les exemples

Les {nombre} exemples qui suivent se passent dans un département inventé, le Val-de-Brume. Sauf mention contraire, ils parlent du quartier \
des Tilleuls, tout fait est connu le jour dont il parle, et l’on regarde avec tout ce que l’on sait. Au-dessus de chaque tableau : \
l’indicateur, puis les données communes. Chaque exemple est vérifié à chaque modification du logiciel, par le calcul et par un second \
évaluateur écrit à part. Les références renvoient aux règles métier du projet (« 4.7 ») et à [nos lectures](lectures.md) (« L-18 »).
"""
SENS: dict[Drapeau, str] = {
    Drapeau.TARDIF: "atteint après l’échéance",
    Drapeau.PERDU: "a été atteint, ne l’est plus",
    Drapeau.A_PROXIMITE: "un service existe à 1 000 mètres au plus, hors de portée",
    Drapeau.CONFIRME: "atteint parce que le délégué du préfet a confirmé la desserte",
    Drapeau.REDATE: "l’échéance a changé depuis la première",
    Drapeau.SANS_ECHEANCE: "en chemin, sans date pour juger",
    Drapeau.BASE_INCONNUE: "en chemin, sans point de départ connu",
    Drapeau.CONTESTE: "quelqu’un dit ce chiffre faux et attend une réponse ; le statut ne change pas",
    Drapeau.REGISTRE_INCOMPLET: "les enregistrements en disent moins, ou plus, que la valeur déclarée ; personne n’a dit qu’ils étaient tous là",
    Drapeau.PERIODE_PRECEDENTE: "le total est celui de la période d’avant",
    Drapeau.AU_MOINS: "la valeur est la somme de ce qui est connu",
    Drapeau.DESACCORD: "une autre source fraîche dit autre chose",
    Drapeau.HERITE: "le constat est celui de la commune, de l’intercommunalité, du département ou de la région",
    Drapeau.PORTE_PAR_LA_NATION: "le constat est celui de la France, hors des comptes du territoire",
    Drapeau.SECRET: "la valeur existe et ce lecteur ne la voit pas : elle compte trop peu de personnes, ou permettrait de le savoir",
    Drapeau.CALENDRIER_INCONNU: "les vacances scolaires de cette date ne sont pas connues",
}
# Field of an example → its name in « on obtient »; numbers of FRACTIONS read as percentages.
FIGURES = {
    "valeur": "valeur",
    "numerateur": "numérateur",
    "denominateur": "dénominateur",
    "ratio": "r =",
    "cible": "cible",
    "echeance": "échéance",
    "effet": "en vigueur le",
    "date": "au",
    "perime_le": "périmé à partir du",
    "perdu_le": "perdu le",
    "statuts": "soit",
    "attendus": "attendus",
    "applicables": "concernés",
    "renseignes": "à jour",
    "couverture": "couverture",
    "taux_min": "réussite au moins",
    "taux_max": "réussite au plus",
    "valeur_fraiche": "valeur fraîche",
    "valeur_complete": "complète :",
    "au_moins": "au moins",
    "au_plus": "au plus",
    "territoires": "territoires :",
    "cause": "cause :",
}
TAUX = ("couverture", "taux_min", "taux_max")
SEUILS_DE_R = (Fraction(3, 5), Fraction(9, 10))
# What an example says when it checks that there is none.
ABSENCES = {
    "valeur": "valeur inconnue",
    "numerateur": "pas de numérateur",
    "ratio": "pas de r",
    "cible": "pas de cible",
    "echeance": "pas d’échéance",
    "perime_le": "ne périme pas",
    "perdu_le": "pas de perte",
    "couverture": "pas de couverture",
    "taux_min": "pas de réussite au moins",
    "taux_max": "ni au plus",
    "valeur_fraiche": "valeur fraîche inconnue",
    "cause": "sans cause",
}


def render_regles(themes: tuple[Theme, ...]) -> str:
    """The whole document."""
    return _render_entete(themes) + "".join(
        f"\n{''.join(_render_theme(theme))}" for theme in themes
    )


def _render_entete(themes: tuple[Theme, ...]) -> str:
    statuts = "".join(
        f"| {rang} | **{LIBELLES[statut]}** | {regle} |\n"
        for rang, (statut, regle) in enumerate(REGLES_DES_STATUTS.items(), 1)
    )
    familles = " · ".join(
        f"*{famille}* ({', '.join(LIBELLES[s].lower() for s in statuts_)})"
        for famille, statuts_ in FAMILLES
    )
    drapeaux = "".join(
        f"| {LIBELLES_DRAPEAUX[drapeau]} | {sens} |\n" for drapeau, sens in SENS.items()
    )
    return ENTETE.format(
        statuts=statuts, familles=familles, drapeaux=drapeaux, nombre=len(list_cas(themes))
    )


def _render_theme(theme: Theme) -> Iterator[str]:
    yield f"## {theme.titre}\n\n{theme.regle}\n"
    for groupe in theme.groupes:
        yield "\n"
        yield from _render_groupe(groupe)


def _render_groupe(groupe: Groupe) -> Iterator[str]:
    if groupe.indicateur:
        lignes = " ; ".join(say_ligne(donnee) for donnee in groupe.donnees)
        yield f"*Indicateur : {say_ligne(groupe.indicateur)}.*" + (
            f" Données communes : {lignes}.\n\n" if lignes else "\n\n"
        )
    yield "| cas | données | vu le | on obtient | pourquoi |\n|---|---|---|---|---|\n"
    for cas in groupe.cas:
        cellules = (
            cas.nom,
            say_donnees(cas),
            say_vu_le(cas),
            say_obtenu(cas),
            f"{cas.pourquoi} ({cas.reference})",
        )
        yield f"| {' | '.join(cellule.replace('|', '/') for cellule in cellules)} |\n"


def say_ligne(ligne: str) -> str:
    """A line of givens as it is read, its days the French way."""
    return re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", ligne)


def say_donnees(cas: Cas) -> str:
    """What an example is given, its own indicateur first; « — » when nothing."""
    morceaux = [say_ligne(ligne) for ligne in (*cas.donnees, *cas.actions)]
    if cas.indicateur is not None:
        morceaux.insert(0, f"*{say_ligne(cas.indicateur)}*")
    return " ; ".join(morceaux) or "—"


def say_vu_le(cas: Cas) -> str:
    """The day looked at, and what differs from the ordinary: the day of knowledge, the place."""
    lieu = "" if cas.territoire == "Les Tilleuls" else f" — {cas.territoire}"
    connu = "" if cas.connu_le is None else f", connu le {cas.connu_le:%d/%m/%Y}"
    return f"{cas.vu_le:%d/%m/%Y}{connu}{lieu}"


def say_obtenu(cas: Cas) -> str:
    """The statut in words, its flags, and the figures that the example checks."""
    statut = cas.libelle or cas.statut
    if statut == "non_montre":
        return "n’est pas montré ici"
    morceaux = []
    if statut == "aucun":
        morceaux.append("des comptes, pas de statut")
    elif statut is not None:
        drapeaux = "".join(f", {LIBELLES_DRAPEAUX[Drapeau(d)]}" for d in cas.drapeaux or ())
        morceaux.append(f"**{LIBELLES[Statut(statut)]}**{drapeaux}")
    morceaux += [
        _say_figure(champ, nom, getattr(cas, champ), statut)
        for champ, nom in FIGURES.items()
        if getattr(cas, champ) is not None
    ]
    return " ; ".join(morceaux)


def _say_figure(champ: str, nom: str, valeur: object, statut: str | None) -> str:
    if champ == "cible" and valeur == "inconnue":
        return "seuil de la cible inconnu"
    if valeur in INCONNUS:
        return ABSENCES[champ]
    if champ == "ratio" and statut == "echu_non_atteint":
        return f"{_say_valeur('couverture', valeur)} du chemin"
    return f"{nom} {_say_valeur(champ, valeur)}"


def _say_valeur(champ: str, valeur: object) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    if isinstance(valeur, tuple):
        return ", ".join(valeur)
    texte = str(valeur)
    if not re.fullmatch(r"-?[\d/,]+", texte):
        return texte
    nombre = Fraction(texte.replace(",", "."))
    if champ in TAUX:
        return f"{say_nombre(100 * nombre, 1)}{FINE}%"
    if champ == "ratio" and round(nombre, 2) in SEUILS_DE_R:
        return say_nombre(nombre, 8)  # 0,59999998 is not 0,60
    return say_nombre(nombre)


if __name__ == "__main__":
    from tests.spec.page_des_regles import DESTINATION_PAGE, render_page

    DESTINATION.write_text(render_regles(load_themes()), encoding="utf-8")
    DESTINATION_PAGE.write_text(render_page(load_themes()), encoding="utf-8")
