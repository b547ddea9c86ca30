"""The kinds of records: their fields are the contract of their files, and each refuses what contradicts itself."""

from __future__ import annotations

from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

import pytest

from quartiers.core.contenu import (
    Contenu,
    Coordonnee,
    Mot,
    Sorte,
    SousEnsemble,
    TypeDeChamp,
    describe,
)
from quartiers.core.enregistrement import COLONNES_APRES, COLONNES_AVANT, Enregistrement, Validation
from quartiers.core.fait import Rang
from quartiers.core.genres import (
    GENRES,
    GENRES_DE_FICHIER,
    GENRES_DERIVES,
    MOTS_A_ENTETE,
    PETITS_GENRES,
)
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.decision import Decision
from quartiers.core.genres.demande_appui import DemandeAppui
from quartiers.core.genres.fiche_action import FicheAction
from quartiers.core.genres.financement import Financement
from quartiers.core.genres.instance import InstanceLocale
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.organisme import Organisme
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.projet import Projet
from quartiers.core.genres.tableau_publie import TableauPublie

LE = date(2026, 11, 23)
# By hand, from the contract: d = day, n = number, b = yes or no, nothing = word or text, * = compulsory.
CONTRAT = {
    "lieu": (
        "genre* nom adresse commune longitude:n latitude:n ouvert:d ferme:d mobile:b arret_hebdomadaire:b "
        "education_prioritaire niveaux_presents niveaux_dedoubles degradee:b accompagnee:b label places:n horaires format"
    ),
    "poste": (
        "fonction* employeur* etp_finance*:n etp_pourvu:n finance_depuis:d finance_jusqu_au:d pourvu_depuis:d "
        "vacant_depuis:d jours_presence:n programme convention lettre_de_mission:b"
    ),
    "cohorte": "dispositif* unite_comptee* etape n*:n du*:d au:d organisme dont",
    "activite": (
        "genre* titre premier_jour*:d dernier_jour:d rythme jours_annules:d heure_debut heure_fin tenue:b theme "
        "public organisateur serie lieu"
    ),
    "instance": "genre* nom creee:d fin:d problemes_ouverts:n problemes_resolus:n",
    "seance": "instance* tenue:b colleges",
    "decision": "instance* texte echeance:d etat",
    "projet": (
        "programme* nom etape etat soutien_etat:b operations_programmees:n operations_engagees:n "
        "operations_avec_exigence:n locaux_livres:n"
    ),
    "convention": "genre* debut:d fin:d etape clause signataire action",
    "financement": (
        "financeur* beneficiaire* genre_beneficiaire attribue_le:d verse_le:d montant_verse:n action_financee "
        "domaine theme programme"
    ),
    "organisme": (
        "nom* genre siret domaine actif_depuis:d actif_jusqu_au:d mobilisable_depuis:d mobilisable_jusqu_au:d"
    ),
    "pointage": "genre* mot",
    "vacances": "nom classes_depuis*:d debut*:d fin*:d",
}
NOMBRES = {TypeDeChamp.NOMBRE, TypeDeChamp.ENTIER, TypeDeChamp.COORDONNEE}
LETTRES = dict.fromkeys(NOMBRES, ":n") | {TypeDeChamp.JOUR: ":d", TypeDeChamp.OUI_NON: ":b"}


def test_les_champs_sont_ceux_du_contrat() -> None:
    dits = {
        genre: " ".join(
            f"{nom}{'*' if d.requis else ''}{LETTRES.get(d.type, '')}"
            for nom, d in describe(classe).items()
        )
        for genre, classe in GENRES_DE_FICHIER.items()
    }
    assert dits == CONTRAT
    assert COLONNES_AVANT == ("objet", "le", "situe", "dessert")
    assert COLONNES_APRES == ("validation", "retrait")


def test_le_cadre_ne_vient_d_aucun_fichier() -> None:
    du_cadre = {"demande_appui", "fiche_action", "plan", "tableau_publie"}
    assert set(MOTS_A_ENTETE) - set(CONTRAT) == du_cadre
    assert set(GENRES) - set(MOTS_A_ENTETE) == {g.GENRE for g in PETITS_GENRES.values()}
    assert GENRES_DERIVES["InstanceLocale"] is InstanceLocale
    assert GENRES_DERIVES["Tableau"] is TableauPublie


@pytest.mark.parametrize("genre", GENRES)
def test_chaque_champ_se_dit_en_francais(genre: str) -> None:
    assert GENRES[genre].LIBELLE
    for nom, decrit in describe(GENRES[genre]).items():
        assert decrit.champ.libelle[:1].isupper(), nom
        assert nom not in {*COLONNES_AVANT, *COLONNES_APRES}
        if decrit.type is TypeDeChamp.MOT:
            assert bool(decrit.champ.vocabulaire) != bool(decrit.champ.mots), nom
        if decrit.type is TypeDeChamp.REFERENCE:
            assert decrit.champ.genre in GENRES, nom
        if decrit.type is TypeDeChamp.COORDONNEE:
            assert decrit.champ.borne, nom


@pytest.mark.parametrize("genre", GENRES)
def test_ce_qu_un_genre_nomme_existe(genre: str) -> None:
    classe = GENRES[genre]
    champs = describe(classe).keys()
    nommes = {*classe.JOURS.values(), *classe.ALIAS.values(), *classe.TOUS, *classe.VIDES}
    assert nommes | set(classe.SERIE) <= champs


def test_les_evenements() -> None:
    evenements = {g for g in MOTS_A_ENTETE if GENRES[g].SORTE is Sorte.EVENEMENT}
    assert evenements == {
        *("activite", "seance", "financement", "pointage", "demande_appui", "tableau_publie"),
        "vacances",
    }


def make_poste(**champs: Any) -> Poste:
    """A full-time post of DCPP."""
    base: dict[str, Any] = {
        "fonction": Mot("dcpp"),
        "employeur": "Police nationale",
        "etp_finance": Fraction(1),
    }
    return Poste(**base | champs)


def make_cohorte(**champs: Any) -> Cohorte:
    """Ten pupils since September."""
    base: dict[str, Any] = {
        "dispositif": Mot("pre"),
        "unite_comptee": Mot("eleves"),
        "n": 10,
        "du": date(2026, 9, 1),
    }
    return Cohorte(**base | champs)


def make_activite(**champs: Any) -> Activite:
    """A jobdating of the day."""
    base: dict[str, Any] = {"genre": Mot("jobdating"), "premier_jour": LE}
    return Activite(**base | champs)


def make_demande(**champs: Any) -> DemandeAppui:
    """A request filed on 1 September."""
    base: dict[str, Any] = {"sujet": "Un poste", "deposee_le": date(2026, 9, 1)}
    return DemandeAppui(**base | champs)


AVANT, APRES = date(2026, 1, 1), date(2026, 12, 1)
DONT = SousEnsemble(Mot("residant_qrr_qpv"), 4)
FAUTES: list[tuple[Contenu, list[tuple[str, str]]]] = [
    (make_poste(), []),
    (
        make_poste(etp_pourvu=Fraction(3, 2), pourvu_depuis=AVANT),
        [("etp_pourvu", "plus que « etp_finance »")],
    ),
    (
        make_poste(etp_pourvu=Fraction(1)),
        [("pourvu_depuis", "un poste occupé dit depuis quand")],
    ),
    (
        make_poste(etp_pourvu=Fraction(1), pourvu_depuis=AVANT, vacant_depuis=LE),
        [("vacant_depuis", "un poste occupé n’est pas vacant depuis")],
    ),
    (
        make_poste(finance_depuis=LE, finance_jusqu_au=AVANT),
        [("finance_jusqu_au", "avant « finance_depuis »")],
    ),
    (
        make_poste(vacant_depuis=APRES),
        [("vacant_depuis", "après le jour dont parle la ligne (23/11/2026)")],
    ),
    (make_poste(finance_jusqu_au=APRES), []),
    (make_cohorte(dont=(DONT,), au=APRES), []),
    (
        make_cohorte(n=3, dont=(DONT,)),
        [("dont", "« residant_qrr_qpv » compte 4, plus que « n » (3)")],
    ),
    (
        make_cohorte(dont=(DONT, DONT)),
        [("dont", "« residant_qrr_qpv » est dit deux fois")] * 2,
    ),
    (make_cohorte(au=AVANT), [("au", "avant « du »")]),
    (make_cohorte(du=APRES), [("du", "après le jour dont parle la ligne (23/11/2026)")]),
    (make_activite(premier_jour=APRES), []),
    (
        make_activite(premier_jour=APRES, tenue=True),
        [("premier_jour", "après le jour dont parle la ligne (23/11/2026)")],
    ),
    (make_activite(dernier_jour=AVANT), [("dernier_jour", "avant « premier_jour »")]),
    (
        make_activite(premier_jour=LE - timedelta(days=3654), rythme=Mot("quotidien")),
        [("premier_jour", "plus de dix ans de séances : à dire en plusieurs activités")],
    ),
    (make_activite(premier_jour=LE - timedelta(days=3653), rythme=Mot("quotidien")), []),
    (make_activite(premier_jour=LE - timedelta(days=3654)), []),
    (
        make_activite(heure_debut=time(18), heure_fin=time(18)),
        [("heure_fin", "égale à « heure_debut »")],
    ),
    (
        make_activite(jours_annules=(APRES,)),
        [("jours_annules", "01/12/2026 n’est pas l’un de ses jours")],
    ),
    (make_activite(rythme=Mot("hebdomadaire"), jours_annules=(APRES,)), []),
    (Lieu(genre=Mot("ecole"), ouvert=LE, ferme=AVANT), [("ferme", "avant « ouvert »")]),
    (
        Lieu(genre=Mot("ecole"), longitude=Coordonnee(2.35)),
        [("longitude", "longitude et latitude vont ensemble")],
    ),
    (
        Lieu(genre=Mot("ecole"), mobile=False, arret_hebdomadaire=True),
        [("arret_hebdomadaire", "un lieu qui n’est pas mobile n’a pas d’arrêts")],
    ),
    (
        Lieu(genre=Mot("ecole"), niveaux_presents=(Mot("CP"),), niveaux_dedoubles=(Mot("CE1"),)),
        [("niveaux_dedoubles", "dédoublés sans être parmi « niveaux_presents » : CE1")],
    ),
    (
        InstanceLocale(genre=Mot("gpo"), problemes_ouverts=2, problemes_resolus=3),
        [("problemes_resolus", "plus que « problemes_ouverts »")],
    ),
    (
        Projet(programme=Mot("npnru"), operations_programmees=2, operations_engagees=3),
        [("operations_engagees", "plus que « operations_programmees »")],
    ),
    (Convention(genre=Mot("pre"), debut=LE, fin=AVANT), [("fin", "avant « debut »")]),
    (
        Financement(financeur="ANCT", beneficiaire="Les Tilleuls", montant_verse=Fraction(10)),
        [("verse_le", "un montant versé dit quel jour")],
    ),
    (
        Organisme(nom="Les Tilleuls", siret="123"),
        [("siret", "« 123 » : un Siret a quatorze chiffres")],
    ),
    (
        make_demande(decidee_le=LE),
        [("decision", "une décision et son jour vont ensemble")],
    ),
    (
        make_demande(complement_recu_le=(LE,)),
        [("complement_recu_le", "chaque complément reçu répond à une demande")],
    ),
    (
        FicheAction(action=Mot("E08-A1"), applicable=False),
        [("motif", "une action sans objet dit pourquoi")],
    ),
    (
        TableauPublie(publication=True, vu_le=LE, connu_le=APRES),
        [("connu_le", "après le jour dont parle la ligne (23/11/2026)")],
    ),
]


@pytest.mark.parametrize(("contenu", "attendues"), FAUTES)
def test_ce_qui_se_contredit(contenu: Contenu, attendues: list[tuple[str, str]]) -> None:
    assert list(contenu.list_fautes(LE)) == attendues
    assert {nom for nom, _ in attendues} <= describe(type(contenu)).keys()


DEPUIS: list[tuple[Contenu, date]] = [
    (make_poste(), LE),
    (make_poste(finance_depuis=AVANT), AVANT),
    (make_poste(finance_depuis=AVANT, vacant_depuis=date(2026, 3, 1)), date(2026, 3, 1)),
    (make_poste(finance_depuis=AVANT, finance_jusqu_au=date(2026, 6, 30)), date(2026, 7, 1)),
    (make_poste(finance_depuis=AVANT, finance_jusqu_au=APRES), AVANT),
    (Lieu(genre=Mot("ecole"), ouvert=AVANT), AVANT),
    (Lieu(genre=Mot("ecole"), ouvert=AVANT, ferme=date(2026, 6, 30)), date(2026, 7, 1)),
    (Convention(genre=Mot("pre"), debut=AVANT, fin=LE), AVANT),
    (InstanceLocale(genre=Mot("gpo"), creee=AVANT), AVANT),
    (Organisme(nom="A", actif_depuis=AVANT, mobilisable_depuis=APRES), AVANT),
    (make_cohorte(), LE),
    (Decision(instance=Mot("copil"), echeance=AVANT), LE),
]


@pytest.mark.parametrize(("contenu", "depuis"), DEPUIS)
def test_depuis_quand(contenu: Contenu, depuis: date) -> None:
    assert contenu.get_depuis(LE) == depuis


def find_periode(contenu: Contenu, nom: str) -> object:
    """What the kind says of a period, for a record of the day."""
    return type(contenu).PERIODES[nom](contenu, LE)


def test_les_periodes() -> None:
    vacant = make_poste(
        finance_depuis=AVANT, pourvu_depuis=date(2026, 2, 1), vacant_depuis=date(2026, 5, 1)
    )
    assert find_periode(vacant, "finance") == (AVANT, None)
    assert find_periode(vacant, "pourvu") == (date(2026, 2, 1), date(2026, 4, 30))
    repourvu = make_poste(pourvu_depuis=date(2026, 5, 1), vacant_depuis=date(2026, 2, 1))
    assert find_periode(repourvu, "pourvu") == (date(2026, 5, 1), None)
    assert find_periode(repourvu, "finance") is None
    fini = make_poste(pourvu_depuis=AVANT, finance_jusqu_au=date(2026, 6, 30))
    assert find_periode(fini, "pourvu") == (AVANT, date(2026, 6, 30))
    sans_debut = Lieu(genre=Mot("ecole"), ferme=date(2026, 6, 30))
    assert find_periode(sans_debut, "en_vigueur") == (date(2026, 6, 30), date(2026, 6, 30))
    assert find_periode(Lieu(genre=Mot("ecole")), "en_vigueur") == (LE, None)
    tardif = Lieu(genre=Mot("france_services"), ouvert=APRES)
    assert find_periode(tardif, "en_vigueur") == (APRES, None), "dit avant d’ouvrir : pas encore"
    assert find_periode(Convention(genre=Mot("pre"), fin=APRES), "en_vigueur") == (LE, APRES)
    echue = Decision(instance=Mot("copil"), echeance=AVANT)
    assert find_periode(echue, "echue") == (date(2026, 1, 2), None)
    assert find_periode(Decision(instance=Mot("copil")), "echue") is None
    mobilisable = Organisme(nom="A", mobilisable_depuis=AVANT, mobilisable_jusqu_au=LE)
    assert find_periode(mobilisable, "mobilisable") == (AVANT, LE)
    assert find_periode(mobilisable, "actif") is None


def test_le_delai_d_une_demande_s_arrete() -> None:
    demande = make_demande(decidee_le=date(2026, 10, 1), decision=Mot("accordee"))
    assert demande.jours_depot_decision == 30
    assert find_periode(demande, "echue_ou_decidee") == (date(2026, 10, 1), None)
    assert find_periode(make_demande(), "echue_ou_decidee") == (date(2026, 10, 2), None)
    suspendue = make_demande(complement_demande_le=(date(2026, 9, 11),))
    assert find_periode(suspendue, "echue_ou_decidee") is None
    assert suspendue.count_jours(LE) == 10
    reprise = make_demande(
        complement_demande_le=(date(2026, 9, 11),), complement_recu_le=(date(2026, 9, 16),)
    )
    assert find_periode(reprise, "echue_ou_decidee") == (date(2026, 10, 7), None)
    assert reprise.count_jours(date(2026, 10, 1)) == 25
    assert reprise.jours_depot_decision is None


def test_ce_qui_se_mesure_sans_etre_dit() -> None:
    poste = make_poste(finance_depuis=AVANT, pourvu_depuis=date(2026, 1, 11))
    assert poste.jours_financement_prise_de_poste == 10
    assert make_poste(finance_depuis=AVANT).jours_financement_prise_de_poste is None
    fiche = FicheAction(action=Mot("E08-A1"), pilote="Ville", echeance=APRES)
    assert not fiche.complete
    fiche = FicheAction(
        action=Mot("E08-A1"),
        pilote="Ville",
        echeance=APRES,
        indicateur="e08-a1-gpo",
        signee_le=AVANT,
        premier_fait_le=date(2026, 1, 31),
    )
    assert fiche.complete
    assert fiche.jours_signature_premier_fait == 30
    assert make_cohorte().get_dernier_jour(LE) == LE
    assert make_cohorte(au=date(2026, 10, 1)).get_dernier_jour(LE) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("validation", "officiel", "rang"),
    [
        (Validation.BROUILLON, False, Rang.NON_VALIDE),
        (Validation.SOUMIS, False, Rang.NON_VALIDE),
        (Validation.VALIDE, False, Rang.VALIDE),
        (Validation.REJETE, False, Rang.NON_VALIDE),
        (Validation.SOUMIS, True, Rang.LISTE),
    ],
)
def test_le_rang(validation: Validation, officiel: bool, rang: Rang) -> None:
    ligne = Enregistrement(
        "poste", "P1", LE, LE, 1, make_poste(), validation=validation, officiel=officiel
    )
    assert (ligne.rang, ligne.is_retrait) == (rang, False)


def test_un_genre_mal_declare_est_refuse() -> None:
    from dataclasses import dataclass

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Faux(Contenu):
        nom: str

    with pytest.raises(TypeError, match="Annotated"):
        describe(Faux)
