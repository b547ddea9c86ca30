"""The reader of records: every fault of a line at once, with its column; what people write in place of a code."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contenu import Mot, MotDeChamp, SousEnsemble
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation, list_colonnes
from quartiers.core.genres import GENRES
from quartiers.core.genres.activite import Activite
from quartiers.core.genres.cohorte import Cohorte
from quartiers.core.genres.convention import Convention
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.pointage import Pointage
from quartiers.core.genres.poste import Poste
from quartiers.core.genres.seance import Seance
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_saisie import read_saisie
from tests.genres_monde import load_livre, load_rural, make_contexte, read

BASES = {
    "poste": {"fonction": "dcpp", "employeur": "Police", "etp_finance": "1"},
    "cohorte": {"dispositif": "pre", "unite_comptee": "eleves", "n": "12", "du": "2026-09-01"},
    "activite": {"genre": "jobdating", "premier_jour": "2026-11-03"},
    "lieu": {"genre": "ecole"},
    "seance": {"instance": "copil"},
    "convention": {"genre": "contrat_de_ville"},
    "projet": {"programme": "npnru"},
    "pointage": {"genre": "poste"},
    "organisme": {"nom": "Les Tilleuls"},
    "financement": {"financeur": "ANCT", "beneficiaire": "Les Tilleuls"},
}


def write_ligne(genre: str, /, **cases: str) -> bytes:
    """The file of one good line, some cells of which are others."""
    tete = {"objet": "A1", "le": "2026-11-20", "situe": "QN09301M"}
    colonnes = list_colonnes(GENRES[genre])
    valeurs = tete | BASES[genre] | cases
    return f"{';'.join(colonnes)}\n{';'.join(valeurs.get(c, '') for c in colonnes)}\n".encode()


def read_un(genre: str, /, **cases: str) -> EnregistrementLu:
    """The record of such a file."""
    (lu,) = read(GENRES[genre], write_ligne(genre, **cases))
    return lu


REFUS = [
    ("poste", {"objet": ""}, [("objet", "valeur obligatoire absente")]),
    ("poste", {"objet": "А1"}, [("objet", "alphabet cyrillique")]),
    ("poste", {"objet": "x" * 81}, [("objet", "plus de 80 caractères")]),
    ("poste", {"le": ""}, [("le", "valeur obligatoire absente")]),
    ("poste", {"le": "2026-12-01"}, [("le", "après le jour où il est connu")]),
    ("poste", {"le": "1926-11-20"}, [("le", "vérifier l’année")]),
    ("poste", {"situe": ""}, [("situe", "aucun territoire")]),
    ("poste", {"situe": "QN09309M"}, [("situe", "territoire inconnu : « QN09309M »")]),
    ("poste", {"situe": "Bobigny"}, [("situe", "écrire son code : COM-93008")]),
    ("poste", {"situe": "QP093001"}, [("situe", "n’est plus en vigueur depuis le 31/12/2023")]),
    ("poste", {"situe": "QN09301M 0"}, [("situe", "part « 0 » : plus que 0, et 1 au plus")]),
    ("poste", {"situe": "QN09301M 1,5"}, [("situe", "part « 1,5 »")]),
    ("poste", {"situe": "QN09301M -0,5"}, [("situe", "part « -0,5 »")]),
    ("poste", {"situe": "QN09301M 50%"}, [("situe", "part : « 50% » n’est pas un nombre")]),
    (
        "poste",
        {"situe": "QN09301M 0,6 | QN09302M 0,6"},
        [("situe", "parts de 1,2 au total, plus que 1")],
    ),
    ("poste", {"situe": "QN09301M | QN09301M"}, [("situe", "QN09301M est dit deux fois")]),
    ("poste", {"dessert": "QN09301M"}, [("dessert", "QN09301M est dit deux fois")]),
    ("poste", {"validation": "signé"}, [("validation", "hors de la liste")]),
    ("poste", {"retrait": "peut-être"}, [("retrait", "écrire oui ou non")]),
    ("poste", {"fonction": ""}, [("fonction", "valeur obligatoire absente")]),
    ("poste", {"fonction": "dcp"}, [("fonction", "le plus proche est « dcpp »")]),
    (
        "poste",
        {"fonction": "Éducateurs de prévention"},
        [("fonction", "le plus proche est « educateur_prevention »")],
    ),
    ("poste", {"etp_finance": "un"}, [("etp_finance", "n’est pas un nombre")]),
    ("poste", {"etp_finance": "-1"}, [("etp_finance", "est négatif")]),
    ("poste", {"etp_finance": "0,1234567"}, [("etp_finance", "plus de 6 décimales")]),
    ("poste", {"pourvu_depuis": "30/02/2026"}, [("pourvu_depuis", "n’existe pas au calendrier")]),
    ("poste", {"lettre_de_mission": "bof"}, [("lettre_de_mission", "écrire oui ou non")]),
    ("poste", {"employeur": "x" * 201}, [("employeur", "plus de 200 caractères")]),
    ("poste", {"etp_pourvu": "2"}, [("etp_pourvu", "plus que"), ("pourvu_depuis", "dit depuis")]),
    ("poste", {"vacant_depuis": "2026-11-25"}, [("vacant_depuis", "après le jour dont parle")]),
    ("cohorte", {"n": "12,5"}, [("n", "n’est pas un nombre entier")]),
    ("cohorte", {"du": "2026-11-25"}, [("du", "après le jour dont parle la ligne")]),
    ("cohorte", {"dispositif": "pres"}, [("dispositif", "mot inconnu : « pres »")]),
    ("cohorte", {"dont": "residant_qrr_qpv"}, [("dont", "écrire un mot et son nombre")]),
    ("cohorte", {"dont": "residant_qrr_qpv 13"}, [("dont", "plus que « n » (12)")]),
    ("cohorte", {"dont": "residant_qrr_qpv beaucoup"}, [("dont", "n’est pas un nombre")]),
    ("activite", {"heure_debut": "25:00"}, [("heure_debut", "n’est pas une heure")]),
    ("activite", {"rythme": "mensuel"}, [("rythme", "mot inconnu : « mensuel »")]),
    ("activite", {"jours_annules": "2026-11-03 | "}, [("jours_annules", "une valeur vide")]),
    ("activite", {"dernier_jour": "2026-11-01"}, [("dernier_jour", "avant « premier_jour »")]),
    ("lieu", {"longitude": "200", "latitude": "48"}, [("longitude", "dépasse 180 degrés")]),
    ("lieu", {"longitude": "2,35"}, [("longitude", "vont ensemble")]),
    ("seance", {"colleges": "habitants | élus"}, [("colleges", "mot inconnu : « élus »")]),
    ("convention", {"etape": "2"}, [("etape", "aucune échelle d’étapes ici")]),
    ("projet", {"etape": "6"}, [("etape", "étape inconnue : « 6 »")]),
    ("projet", {"etape": "Signée"}, [("etape", "3 Convention signée")]),
    ("pointage", {"genre": "plan"}, [("genre", "mot inconnu : « plan »")]),
    ("pointage", {"mot": "dcpp"}, [("mot", "écrire champ=mot")]),
    ("pointage", {"mot": "employeur=Ville"}, [("mot", "n’est pas un champ de mots de poste")]),
    ("pointage", {"mot": "fonction=dcp"}, [("mot", "le plus proche est « dcpp »")]),
    ("organisme", {"siret": "123"}, [("siret", "quatorze chiffres")]),
    ("financement", {"montant_verse": "10"}, [("verse_le", "un montant versé dit quel jour")]),
]


@pytest.mark.parametrize(("genre", "cases", "attendus"), REFUS)
def test_une_ligne_refusee(
    genre: str, cases: dict[str, str], attendus: list[tuple[str, str]]
) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        read_un(genre, **cases)
    dites = [anomalie.complete() for anomalie in refus.value.anomalies]
    assert [(a.fichier, a.ligne, a.colonne) for a in dites] == [
        ("essai.csv", 2, colonne) for colonne, _ in attendus
    ]
    for anomalie, (_, raison) in zip(dites, attendus, strict=True):
        assert raison in anomalie.raison


def test_toutes_les_fautes_a_la_fois() -> None:
    entete, premiere = write_ligne("poste", fonction="dcp", situe="QN1", le="hier").splitlines()
    seconde = write_ligne("poste", objet="A2", etp_finance="un").splitlines()[1]
    with pytest.raises(DonneesRefusees) as refus:
        read(Poste, b"\n".join((entete, premiere, seconde, b"")))
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [
        (2, "le"),
        (2, "fonction"),
        (2, "situe"),
        (3, "etp_finance"),
    ]


def test_deux_lignes_d_un_objet_et_d_un_jour() -> None:
    entete, premiere = write_ligne("poste").splitlines()
    assert len(read(Poste, b"\n".join((entete, premiere, premiere, b"")))) == 1
    autre = write_ligne("poste", etp_finance="0,5").splitlines()[1]
    with pytest.raises(DonneesRefusees, match="même objet, même jour : déjà à la ligne 2"):
        read(Poste, b"\n".join((entete, premiere, autre, b"")))
    suite = write_ligne("poste", le="2026-11-21").splitlines()[1]
    assert len(read(Poste, b"\n".join((entete, premiere, suite, b"")))) == 2


def test_ce_que_l_on_ecrit_a_la_place_d_un_code() -> None:
    lu = read_un(
        "poste", fonction="Délégué du préfet", situe="qn09301m 0,5 | QN09302M", le="20/11/2026"
    )
    assert lu.contenu == Poste(
        fonction=Mot("delegue_prefet"), employeur="Police", etp_finance=Fraction(1)
    )
    assert lu.liens == (
        Lien("QN09301M", NatureDeLien.SITUE, Fraction(1, 2)),
        Lien("QN09302M", NatureDeLien.SITUE),
    )
    assert (lu.le, lu.validation, lu.is_retrait) == (date(2026, 11, 20), Validation.SOUMIS, False)
    assert (
        read_un("projet", etape="Convention signée").contenu == read_un("projet", etape="3").contenu
    )
    rep = read_un("lieu", education_prioritaire="REP+", niveaux_presents="CP | ce1").contenu
    assert rep == Lieu(
        genre=Mot("ecole"),
        education_prioritaire=Mot("REP+"),
        niveaux_presents=(Mot("CP"), Mot("CE1")),
    )
    activite = read_un("activite", heure_debut="18h30", heure_fin="20:00:00", tenue="VRAI").contenu
    assert isinstance(activite, Activite)
    assert (activite.heure_debut, activite.heure_fin, activite.tenue) == (
        time(18, 30),
        time(20),
        True,
    )


def test_un_lieu_se_situe_par_son_point() -> None:
    assert read_un("lieu", situe="", longitude="2,4412345678", latitude="48,9").liens == ()
    with pytest.raises(DonneesRefusees, match="aucun territoire"):
        read_un("lieu", situe="")


def test_les_valeurs_composees() -> None:
    cohorte = read_un("cohorte", dont="residant_qrr_qpv 3 | accompagnement_accepte 0").contenu
    assert isinstance(cohorte, Cohorte)
    assert cohorte.dont == (
        SousEnsemble(Mot("residant_qrr_qpv"), 3),
        SousEnsemble(Mot("accompagnement_accepte"), 0),
    )
    pointage = read_un("pointage", mot="fonction=dcpp | fonction=iscg").contenu
    assert pointage == Pointage(
        genre=Mot("poste"),
        mot=(MotDeChamp("fonction", Mot("dcpp")), MotDeChamp("fonction", Mot("iscg"))),
    )
    convention = read_un("convention", signataire="Ville | État", action="E04-A1").contenu
    assert convention == Convention(
        genre=Mot("contrat_de_ville"), signataire=("Ville", "État"), action=(Mot("E04-A1"),)
    )
    assert read_un("seance", tenue="non").contenu == Seance(instance=Mot("copil"), tenue=False)


def test_un_retrait_ne_demande_que_son_objet_et_son_jour() -> None:
    lu = read_un("poste", retrait="oui", fonction="", employeur="", etp_finance="", situe="")
    assert (lu.contenu, lu.liens, lu.is_retrait) == (None, (), True)
    assert read_un("poste", retrait="non").contenu is not None
    assert read_un("poste", retrait="oui").contenu is None


def test_une_reference_inconnue() -> None:
    octets = write_ligne("poste", convention="CV-2O24")
    assert read(Poste, octets)[0].contenu is not None, "personne ne peut le dire"
    with pytest.raises(DonneesRefusees) as refus:
        read(Poste, octets, objets={"convention": {"CV-2024"}})
    (anomalie,) = refus.value.anomalies
    assert anomalie.complete().raison == (
        "objet de genre convention inconnu : « CV-2O24 » ; le plus proche est « CV-2024 »"
    )


def test_un_programme_sans_mots_ne_recoit_pas_de_poste() -> None:
    with pytest.raises(DonneesRefusees, match="le programme ne donne aucun mot à ce champ"):
        read(Poste, write_ligne("poste"), referentiel=load_rural())


def test_une_saisie_ne_valide_pas() -> None:
    cases = BASES["poste"] | {"objet": "A1", "le": "2026-11-20", "situe": "QN09301M"}
    for validation, refusees in (("valide", ["validation"]), ("brouillon", []), ("soumis", [])):
        saisie = cases | {"validation": validation}
        lu, refus = read_saisie(Poste, saisie, make_contexte(load_livre()), {})
        assert [anomalie.colonne for anomalie in refus] == refusees
        assert (lu and lu.validation) == (None if refusees else validation)
