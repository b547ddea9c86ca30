"""Six things added to a copy of the product, each as whoever adds it would: a kind, an indicateur, a rôle, a statut…

Each function writes in the tree it is given what the product and its tests ask for, and nothing more; what a command
of the project writes (rules, rights, formats, migration) is left to it.
"""

from __future__ import annotations

from pathlib import Path

from tests.recette.ecriture_05_genres import add_genre
from tests.recette.outils import expect

CODE_INDICATEUR = "e05-a2-permanences"
INDICATEUR = f"""
[[actions.indicateurs]]
code = "{CODE_INDICATEUR}"
libelle = "Permanences tenues par les associations soutenues"
lecture = "Une permanence est un créneau ouvert au public ; l’annexe n’en fixe pas le nombre."
genre = "compte"
niveau = "Q"
sens = "hausse"
unite = "permanences"
nature = "flux"
periode = "annee_civile"
frequence = "A"
agregation = "somme"
declarants = ["prefet"]
"""
CODE_SOURCE = "maisons-sport-sante"
LECTEUR = f'''"""Maisons sport-santé: one labelled house by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quartiers.core.anomalie import Carnet
from quartiers.sources.lecture import Lecture, read_table
from quartiers.sources.octets import get_empreinte, read_octets
from quartiers.sources.table import Colonnes

CODE = "{CODE_SOURCE}"
PRODUCTEUR = "Ministère des Sports"
LIBELLE = "Maisons sport-santé"
COLONNES = ("id", "nom")
EXHAUSTIVE = False


@dataclass(frozen=True, slots=True)
class MaisonSportSante:
    """One house."""

    cle: str
    nom: str
    ligne: int


def read(chemin: Path) -> Lecture[MaisonSportSante]:
    """The houses, in the order of the file."""
    octets = read_octets(chemin)
    carnet = Carnet(chemin.name)
    table = read_table(octets, chemin.name, Colonnes(COLONNES))
    lues = tuple(MaisonSportSante(li["id"], li["nom"], li.numero) for li in table)
    return Lecture(lues, carnet.close(len(lues)), get_empreinte(octets))
'''
ECHANTILLON = f'''"""A sample in its true shape."""

from pathlib import Path

from quartiers.sources import get_source


def test_une_maison_se_lit(tmp_path: Path) -> None:
    (tmp_path / "maisons.csv").write_text("id;nom\\nM1;La Halle\\n", encoding="utf-8")
    lue = get_source("{CODE_SOURCE}").read(tmp_path / "maisons.csv")
    assert [(maison.cle, maison.nom, maison.ligne) for maison in lue.donnees] == [("M1", "La Halle", 2)]
'''
PAGE = '''"""Help: what the words of a page mean."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quartiers.web.page import render_page, with_regard
from quartiers.web.regard import Regard


@require_safe
@with_regard
def show_aide(request: HttpRequest, regard: Regard) -> HttpResponse:
    """The same for every account."""
    return render_page(request, "web/aide.html", {}, regard=regard)
'''
GABARIT = """{% extends "web/base.html" %}
{% block titre %}Aide{% endblock %}
{% block contenu %}<div class="tete"><h1>Aide</h1></div>{% endblock %}
"""
SIGNE = '<path d="M6 4v12M14 4v12" stroke="currentColor" stroke-width="2.4"/>'
GLOSSAIRE = "docs/glossaire.md"
REGLES = ("-m", "tests.spec.generer_regles")
FORMATS = ("-m", "tests.spec.generer_formats")
DROITS = ("-m", "tests.core.enumeration_des_droits")
MIGRATION = ("-m", "django", "makemigrations", "storage", "--settings", "quartiers.settings")


def replace_in(fichier: Path, avant: str, apres: str, fois: int = 1) -> None:
    """An exact change, that must find its place."""
    texte = fichier.read_text(encoding="utf-8")
    vues = texte.count(avant)
    expect(vues == fois, f"{fichier.name} : « {avant[:40]} » {vues} fois")
    fichier.write_text(texte.replace(avant, apres), encoding="utf-8")


def add_mot(arbre: Path, classe: str) -> None:
    """A line of the glossary."""
    ligne = "| couverture | `couverture` |"
    replace_in(
        arbre / GLOSSAIRE, ligne, f"| exemple de {classe} | `{classe}` | un exemple | |\n{ligne}"
    )


def add_un_genre(arbre: Path) -> None:
    """An equipment: its file, its words, who may write it, its contract written by hand."""
    add_genre(arbre)
    add_mot(arbre, "Equipement")
    replace_in(
        arbre / "quartiers/core/droits.py",
        "        # People counted by those",
        '        "equipement": FamilleDeGenres.FICHE,\n        # People counted by those',
    )  # fmt: skip
    replace_in(
        arbre / "tests/core/test_genres.py",
        '    "pointage": "genre* mot",\n',
        '    "pointage": "genre* mot",\n    "equipement": "nom* tenue_du_bati* ouvert:d",\n',
    )
    essais = arbre / "tests/core/test_droits.py"
    replace_in(essais, "GENRES_DES_FICHIERS = {\n", 'GENRES_DES_FICHIERS = {\n    "equipement",\n')
    replace_in(
        arbre / "tests/referentiel/refus_dits.py", "public, theme,", "public, tenue_du_bati, theme,"
    )


def add_un_indicateur(arbre: Path) -> None:
    """One entry, and the counts of the programme that two tests know."""
    fichier = arbre / "data/referentiel/05-associations.toml"
    avant = '\n[[actions.indicateurs]]\ncode = "e05-a2-montant"'
    replace_in(fichier, avant, INDICATEUR + avant)
    replace_in(arbre / "tests/referentiel/test_annexe.py", "== 150", "== 151")
    replace_in(arbre / "tests/referentiel/test_commande.py", "150 indicateurs", "151 indicateurs")


def add_un_role(arbre: Path) -> None:
    """A médiateur, who may do what an opérateur may: the table, its name, its territoires, the second hand."""
    table = arbre / "quartiers/core/table_des_droits.py"
    ligne = next(
        li for li in table.read_text(encoding="utf-8").splitlines() if li.startswith("operateur ")
    )
    replace_in(table, ligne, f"{ligne}\nmediateur {ligne.removeprefix('operateur ')}")
    donne = "operateur             prefet sous_prefet_ville"
    replace_in(
        arbre / "quartiers/core/table_des_nominations.py",
        donne,
        f"{donne}\n{donne.replace('operateur', 'mediateur')}",
    )
    replace_in(
        arbre / "quartiers/storage/models/mandat.py",
        "        ASSOCIATION =",
        '        MEDIATEUR = "mediateur", "Médiateur"\n        ASSOCIATION =',
    )
    replace_in(
        arbre / "quartiers/usecases/creer_compte.py",
        "    Role.ASSOCIATION:",
        "    Role.MEDIATEUR: _LOCAL,\n    Role.ASSOCIATION:",
    )
    replace_in(arbre / "tests/oracle/droits.py", '"operateur"', '"operateur", "mediateur"', 3)
    essais = arbre / "tests/core/test_droits.py"
    replace_in(essais, "ROLES_DITS = 18", "ROLES_DITS = 19")
    replace_in(essais, '"operateur", "association"', '"operateur", "mediateur", "association"')
    acces = arbre / "tests/usecases/test_acces.py"
    vu = next(
        li
        for li in acces.read_text(encoding="utf-8").splitlines()
        if li.startswith('    ("operateur", "COM')
    )
    replace_in(acces, vu, f"{vu}\n{vu.replace('operateur', 'mediateur')}")


def add_un_statut(arbre: Path) -> None:
    """A statut that the pages, the paper and the files can show: its word, its rule, its sign, its colour."""
    statut = arbre / "quartiers/core/statut.py"
    replace_in(
        statut,
        "    DONNEES_INSUFFISANTES = ",
        '    SUSPENDU = "suspendu"\n    DONNEES_INSUFFISANTES = ',
    )
    replace_in(
        statut,
        "    Statut.DONNEES_INSUFFISANTES: ",
        '    Statut.SUSPENDU: "Suspendu",\n    Statut.DONNEES_INSUFFISANTES: ',
    )
    replace_in(
        statut, "    Statut.SANS_OBJET,\n)", "    Statut.SUSPENDU,\n    Statut.SANS_OBJET,\n)"
    )
    replace_in(statut, "(Statut.SANS_OBJET,)", "(Statut.SANS_OBJET, Statut.SUSPENDU)")
    replace_in(
        arbre / "quartiers/core/regles_en_mots.py",
        "    Statut.NON_RENSEIGNE: ",
        '    Statut.SUSPENDU: "Un arrêté suspend l’action dans le quartier.",\n    Statut.NON_RENSEIGNE: ',
    )
    web = arbre / "quartiers/web"
    replace_in(web / "static/web/composants.css", ",.s-sans_objet,", ",.s-sans_objet,.s-suspendu,")
    symbole = '<symbol id="g-suspendu" class="s-suspendu" viewBox="0 0 20 20">'
    replace_in(
        web / "templates/web/parties/signes.html",
        "\n</svg>",
        f"\n{symbole}{SIGNE}</symbol>\n</svg>",
    )
    signes = arbre / "quartiers/reports/papier/signes"
    modele = (signes / "sans_objet.svg").read_text(encoding="utf-8")
    tete = modele[: modele.index(">") + 1]
    (signes / "suspendu.svg").write_text(f"{tete}{SIGNE}</svg>\n", encoding="utf-8")
    replace_in(
        arbre / "docs/domaine.md",
        "| `non_renseigne` |",
        "| `suspendu` | un arrêté suspend l’action |\n| `non_renseigne` |",
    )


def add_une_source(arbre: Path) -> None:
    """Its reader and a sample: it is found, listed and read. Its door into the base is one more file."""
    lecteur = arbre / "quartiers/sources/maisons_sport_sante.py"
    lecteur.write_text(LECTEUR, encoding="utf-8")
    essai = arbre / "tests/sources/test_maisons_sport_sante.py"
    essai.write_text(ECHANTILLON, encoding="utf-8")
    add_mot(arbre, "MaisonSportSante")


def add_une_page(arbre: Path) -> None:
    """A view, its template, its address; the site map names it."""
    web = arbre / "quartiers/web"
    (web / "pages/aide.py").write_text(PAGE, encoding="utf-8")
    (web / "templates/web/aide.html").write_text(GABARIT, encoding="utf-8")
    adresses = web / "urls.py"
    vue = "from quartiers.web.pages.carte import"
    replace_in(adresses, vue, f"from quartiers.web.pages.aide import show_aide\n{vue}")
    plan = '    path("plan-du-site/"'
    replace_in(adresses, plan, f'    path("aide/", show_aide, name="aide"),\n{plan}')


AJOUTS = {
    "un genre": (add_un_genre, (FORMATS,)),
    "un indicateur": (add_un_indicateur, ()),
    "un rôle": (add_un_role, (DROITS, MIGRATION)),
    "un statut": (add_un_statut, (REGLES,)),
    "une source": (add_une_source, ()),
    "une page": (add_une_page, ()),
}
"""How each is added, and the commands that write the rest of it."""
