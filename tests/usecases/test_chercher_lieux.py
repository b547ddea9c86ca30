"""The rows of an official list are records of their own channel, and the list says what it proves."""

from __future__ import annotations

from datetime import date

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contenu import Coordonnee, Mot, MotDeChamp
from quartiers.core.enregistrement import Lien, NatureDeLien, Validation
from quartiers.core.fait import Rang
from quartiers.core.genres.lieu import Lieu
from quartiers.core.genres.pointage import Pointage
from quartiers.storage.models import Ecriture, Enregistrement, Proximite, Territoire
from quartiers.usecases.charger_dossier import load_dossier
from quartiers.usecases.chercher_lieux import filter_cles, filter_lieux, list_cles
from quartiers.usecases.exporter import export_enregistrements
from quartiers.usecases.garder_enregistrements import build_enregistrement, iterate_enregistrements
from tests.usecases.conftest import CONNU_LE, Take, Write
from tests.usecases.test_france_services import JUILLET, LISTE
from tests.usecases.test_juger_liste import AOUT, LIGNES, POINT, send

pytestmark = pytest.mark.django_db
CONNU = date(2026, 7, 8)


@pytest.fixture
def juillet(cadre: None, take: Take) -> None:
    """The list of July, sound."""
    take("france-services", LISTE, CONNU, millesime=JUILLET)


def list_pointes(millesime: date) -> list[str]:
    """The territoires where the list of a day proves an absence."""
    pointages = list(iterate_enregistrements(genre="pointage", le=millesime))
    return [lien.territoire for lu, _ in pointages for lien in lu.liens]


def test_chaque_ligne_est_un_enregistrement_de_sa_source(juillet: None) -> None:
    assert filter_lieux().count() == len(LIGNES) - 1
    assert list_cles() == {ligne.partition(",")[0] for ligne in LIGNES[1:]}
    ((lu, provenance),) = iterate_enregistrements(objet="france-services/9003")
    assert (lu.genre, lu.le, lu.ligne, lu.validation) == ("lieu", JUILLET, 4, Validation.VALIDE)
    assert lu.liens == (Lien("COM-00001", NatureDeLien.SITUE),)
    assert lu.contenu == Lieu(
        genre=Mot("france_services"),
        nom="France services de Grand-Pré (fictif)",
        adresse="1 allée du Grand-Pré 00100 Montclair",
        commune="00001",
        longitude=Coordonnee(2.272889),
        latitude=Coordonnee(46.559821),
        ouvert=lu.contenu.ouvert if isinstance(lu.contenu, Lieu) else None,
        mobile=False,
        horaires=lu.contenu.horaires if isinstance(lu.contenu, Lieu) else "",
        format="espace fixe",
    )
    assert lu.contenu.ouvert is not None
    assert lu.contenu.horaires.startswith("lundi 09:00 - 12:00 / 13:30 - 17:30 ; mardi ")
    officiel = build_enregistrement(lu, provenance, load_dossier().referentiel)
    assert (officiel.officiel, officiel.rang) == (True, Rang.LISTE)


def test_ce_que_dit_une_personne_n_est_pas_officiel(
    juillet: None, take: Take, write: Write
) -> None:
    lieux = "objet;le;situe;genre;nom\nMSP-1;2026-07-01;QN00002M;maison_sante;Les Tilleuls\n"
    take("lieu", write("lieux.csv", lieux))
    ((lu, provenance),) = iterate_enregistrements(objet="MSP-1")
    declare = build_enregistrement(lu, provenance, load_dossier().referentiel)
    assert (declare.officiel, declare.rang) == (False, Rang.NON_VALIDE)
    assert "MSP-1" not in list_cles()


def test_une_ligne_de_liste_ne_se_corrige_pas_a_la_main(
    juillet: None, take: Take, write: Write
) -> None:
    lieux = "objet;le;situe;genre\nfrance-services/9003;2026-08-01;QN00002M;france_services\n"
    with pytest.raises(DonneesRefusees, match="nom d’une ligne de la liste « france-services »"):
        take("lieu", write("lieux.csv", lieux))


def test_une_ligne_de_liste_ne_fait_pas_deux_chiffres(juillet: None) -> None:
    """It is projected as a row of its list, and not a second time as what somebody declares."""
    assert load_dossier().registres == {}
    assert load_dossier().objets


def test_une_ligne_de_liste_ne_s_exporte_pas_avec_ce_que_disent_les_gens(
    juillet: None, take: Take, write: Write
) -> None:
    """What is exported is taken in again: nobody may say the row of a list."""
    lieux = "objet;le;situe;genre\nMSP-1;2026-07-01;QN00002M;maison_sante\n"
    take("lieu", write("lieux.csv", lieux))
    exporte = export_enregistrements(
        Lieu, "csv", load_dossier().referentiel, load_dossier().territoires, "FR", CONNU_LE
    ).decode("utf-8-sig")
    assert [ligne.partition(";")[0] for ligne in exporte.splitlines()] == ["objet", "MSP-1"]


def test_une_liste_sue_plus_tot_suit_celle_qui_est_entree(juillet: None, take: Take) -> None:
    de_la_liste = Enregistrement.objects.filter(ecriture__genre="france-services")
    avant = de_la_liste.count()
    tot = date(2026, 7, 2)
    assert take("france-services", LISTE, tot, millesime=JUILLET).ajoutees == len(LIGNES)
    assert de_la_liste.count() == 2 * avant
    suivies = de_la_liste.filter(ecriture__connu_le=tot, precedent__isnull=False)
    assert suivies.count() == avant
    assert filter_cles(["9003"]).count() == 2


def test_une_liste_saine_pointe_les_departements_qu_elle_couvre(juillet: None) -> None:
    ((pointage, _),) = iterate_enregistrements(genre="pointage")
    assert pointage.contenu == Pointage(
        genre=Mot("lieu"), mot=(MotDeChamp("genre", Mot("france_services")),)
    )
    assert (pointage.objet, pointage.le) == ("france-services/2026-07-01", JUILLET)
    assert pointage.liens == (Lien("DEP-00", NatureDeLien.DESSERT),)
    ecriture = Ecriture.objects.get(genre="france-services")
    assert (ecriture.canal, ecriture.ajoutees) == ("source", len(LIGNES))


def lose(*cles: str, commune: str = "") -> list[str]:
    """The rows with the points of some places at 0/0."""
    lignes = []
    for ligne in LIGNES[1:]:
        if ligne.partition(",")[0] in cles:
            morceaux = ligne.split(",")
            rang = next(n for n, m in enumerate(morceaux) if m.startswith("46."))
            morceaux[rang : rang + 2] = ["0", "0"]
            ligne = ",".join(morceaux)  # noqa: PLW2901 -- the damaged one
            ligne = ligne.replace(",00001,", f",{commune},") if commune else ligne  # noqa: PLW2901
        lignes.append(ligne)
    return lignes


@pytest.mark.parametrize(
    ("cles", "commune", "attendus"),
    [
        # 9003 stands in commune 00001, where its neighbours are too.
        (["9003"], "", {"COM-*"}),
        (["9003"], "00009", set()),  # nobody knows its commune: the département proves nothing
        (["9007"], "", {"DEP-00"}),  # a bus: its point is a garage
    ],
)
def test_ou_un_lieu_est_egare_la_liste_ne_pointe_pas(
    juillet: None, take: Take, write: Write, cles: list[str], commune: str, attendus: set[str]
) -> None:
    send(take, write, *lose(*cles, commune=commune))
    pointes = list_pointes(AOUT)
    communes = Territoire.objects.filter(genre="commune").exclude(code="COM-00001")
    ailleurs = set(communes.values_list("code", flat=True))
    assert {c for c in pointes if not c.startswith("QN")} == (
        ailleurs if "COM-*" in attendus else attendus
    )
    assert list_pointes(JUILLET) == ["DEP-00"]


def test_pres_de_la_commune_d_un_lieu_egare_les_quartiers_se_pointent_un_par_un(
    cadre: None, take: Take, write: Write
) -> None:
    """Said to be in another commune than the one where the list before had it: its neighbours there are not proved."""
    ailleurs = [
        x.replace(",00001,00100,", ",00005,00500,") if x.startswith("9003") else x for x in LIGNES
    ]
    chemin = write("fs.csv", "\n".join(ailleurs) + "\n")
    take("france-services", chemin, CONNU, millesime=JUILLET)
    perdue = [x.replace(POINT, "0,0") for x in ailleurs[1:]]
    send(take, write, *perdue)
    pointes = list_pointes(AOUT)
    assert {"COM-00002", "COM-00003", "COM-00004"} <= set(pointes)
    assert not {"DEP-00", "COM-00001", "COM-00005"} & set(pointes)
    voisins = {"QN00001N", "QN00003I"}
    mesures = Proximite.objects.filter(enregistrement__in=filter_cles(["9003"]).values("pk"))
    assert set(mesures.values_list("territoire", flat=True)) == voisins
    assert {c for c in pointes if c.startswith("Q")} == {"QN00002M"}, "le troisième de Montclair"


def test_sans_territoire_connu_la_liste_ne_pointe_rien(take: Take) -> None:
    take("france-services", LISTE, CONNU, millesime=JUILLET)
    assert not Enregistrement.objects.filter(genre="pointage").exists()
    assert filter_lieux().count() == len(LIGNES) - 1
