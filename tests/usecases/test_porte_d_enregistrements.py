"""Files of records through the base: kept as said, given back equal, corrected once, and refused whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.contenu import TypeDeChamp, describe
from quartiers.core.genres import GENRES_DE_FICHIER, GENRES_IMPORTABLES, PETITS_GENRES
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.vue import Vue
from quartiers.reports.classeur import FORMATS
from quartiers.reports.genre_fichier import write_fichier
from quartiers.reports.genre_table import make_ligne
from quartiers.storage.models import Desserte, Ecriture, Enregistrement
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_dossier import forget_dossier, load_dossier
from quartiers.usecases.enchainer import find_ruptures
from quartiers.usecases.exporter import export_enregistrements, write_ligne
from quartiers.usecases.garder_enregistrements import (
    find_contenus_faux,
    iterate_contenus,
    iterate_enregistrements,
)
from quartiers.usecases.importer import ResultatImport
from quartiers.usecases.verifier import verify_base
from tests.genres_monde import CODES
from tests.genres_tires import LigneTiree, draw_lignes
from tests.petits_tires import TIRAGES, draw_petits, make_lu
from tests.usecases.conftest import CONNU_LE, Take, Write

pytestmark = pytest.mark.django_db
UN, DEUX = "QC-FICTIF-TILLEULS", "QC-FICTIF-GRAND-PRE"
ICI = dict(
    zip(CODES, (UN, "DEP-00", DEUX, "FR", "QRR-00_1", "QC-FICTIF-BEL-AIR", "QRR-00_2"), strict=True)
)
ENTETE = (
    "objet;le;situe;fonction;employeur;etp_finance;etp_pourvu;pourvu_depuis;vacant_depuis;retrait\n"
)
VACANT = f"P-1;01/09/2026;{UN};educateur_prevention;Conseil départemental;1;0;;15/08/2026;\n"
POURVU = f"P-1;01/09/2026;{UN};educateur_prevention;Conseil départemental;1;1;20/08/2026;;\n"
SUITE = f"P-1;01/10/2026;{UN};educateur_prevention;Conseil départemental;1;1;20/09/2026;;\n"
RETRAIT = "P-1;01/09/2026;;;;;;;;oui\n"
TOT, TARD = date(2026, 10, 2), date(2026, 11, 1)
ESSAIS = settings(deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def count(resultat: ResultatImport) -> tuple[int, int, int, int]:
    """New, corrected, withdrawn, unchanged."""
    bilan = resultat.bilan
    return (bilan.nouvelles, len(bilan.corrigees), len(bilan.retirees), bilan.inchangees)


def export(genre: str, code: str, connu_le: date = CONNU_LE, forme: str = "csv") -> bytes:
    """What the base says of a territoire."""
    return export_enregistrements(
        GENRES_IMPORTABLES[genre], forme, load_referentiel(),
        Vue(load_dossier(), CONNU_LE, connu_le).territoires, code, connu_le,
    )  # fmt: skip


def bring_here(ligne: LigneTiree) -> LigneTiree:
    """The same, in the invented département, naming nothing that the base does not know."""
    assert ligne.contenu is not None
    champs = describe(type(ligne.contenu))
    vides = {n: None for n, d in champs.items() if d.type is TypeDeChamp.REFERENCE}
    liens = tuple(replace(lien, territoire=ICI[lien.territoire]) for lien in ligne.liens)
    return replace(ligne, contenu=replace(ligne.contenu, **vides), liens=liens)


@pytest.mark.parametrize("forme", FORMATS)
@pytest.mark.parametrize("genre", GENRES_DE_FICHIER)
def test_ce_qui_entre_ressort_egal(
    cadre: None, take: Take, tmp_path: Path, genre: str, forme: str
) -> None:
    """File → base → file → base: nothing new the second time, and the same digests."""
    classe = GENRES_DE_FICHIER[genre]

    @settings(ESSAIS, max_examples=2)
    @given(draw_lignes(genre, 3))
    def check(tirees: list[LigneTiree]) -> None:
        lignes = [bring_here(tiree) for tiree in tirees]
        rangs = (
            make_ligne(classe, li.objet, li.le, li.contenu, li.liens, li.validation)
            for li in lignes
        )
        chemin = tmp_path / f"essai.{forme}"
        chemin.write_bytes(write_fichier(classe, rangs, forme, load_referentiel(), CONNU_LE))
        with transaction.atomic():
            assert count(take(genre, chemin)) == (len(lignes), 0, 0, 0)
            ranges = {(lu.objet, lu.le): lu for lu, _ in iterate_enregistrements(genre=genre)}
            assert {o: (lu.contenu, set(lu.liens), lu.validation) for o, lu in ranges.items()} == {
                (li.objet, li.le): (li.contenu, set(li.liens), li.validation) for li in lignes
            }
            chemin.write_bytes(export(genre, "FR", forme=forme))
            retour = take(genre, chemin)  # sometimes the very same bytes
            assert count(retour) == (0, 0, 0, 0 if retour.deja else len(lignes))
            assert list(find_contenus_faux()) == []
            transaction.set_rollback(True)

    check()


@pytest.mark.parametrize("forme", FORMATS)
@pytest.mark.parametrize("genre", PETITS_GENRES)
def test_un_petit_genre_ressort_egal(
    listes: None, take: Take, tmp_path: Path, genre: str, forme: str
) -> None:
    """The same, beside what the base says already; in a base where it was taken back, the state it had."""
    classe = PETITS_GENRES[genre]

    def list_contenus() -> list[PetitGenre]:
        return [contenu for contenu, *_ in iterate_contenus(classe)]

    @settings(ESSAIS, max_examples=6)
    @given(draw_petits(genre, 4))
    def check(tires: list[PetitGenre]) -> None:
        avant = list_contenus()
        rangs = (write_ligne(make_lu(petit), load_referentiel()) for petit in tires)
        chemin = tmp_path / f"essai.{forme}"
        chemin.write_bytes(write_fichier(classe, rangs, forme, load_referentiel(), CONNU_LE))
        with transaction.atomic():
            assert count(take(genre, chemin)) == (len(tires), 0, 0, 0)
            assert list_contenus() == [*avant, *tires]
            chemin.write_bytes(export(genre, "FR", forme=forme))
            retour = take(genre, chemin)  # sometimes the very same bytes
            assert count(retour) == (0, 0, 0, 0 if retour.deja else len(avant) + len(tires))
            assert list(find_contenus_faux()) == []
            transaction.set_rollback(True)
        forget_dossier()
        with transaction.atomic():
            nouvelles = len(tires)
            assert count(take(genre, chemin)) == (nouvelles, 0, 0, len(avant))
            assert list_contenus() == [*avant, *tires]
            transaction.set_rollback(True)
        forget_dossier()

    check()


def test_chaque_petit_genre_est_tire() -> None:
    assert set(TIRAGES) == set(PETITS_GENRES)


def test_chaque_genre_a_sa_porte_et_son_aide() -> None:
    from quartiers.usecases.importer import get_porte

    for genre, classe in GENRES_IMPORTABLES.items():
        assert genre == get_porte(genre).GENRE
        assert classe.LIBELLE in get_porte(genre).AIDE


def test_une_correction_garde_ce_que_l_on_savait(cadre: None, take: Take, write: Write) -> None:
    assert count(take("poste", write("p.csv", ENTETE + VACANT), TOT)) == (1, 0, 0, 0)
    resultat = take("poste", write("p.csv", ENTETE + POURVU), TARD)
    assert count(resultat) == (0, 1, 0, 0)
    (revision,) = resultat.bilan.corrigees
    assert revision.quoi == "P-1, 01/09/2026"
    assert "ETP pourvus : 0" in revision.ancien
    assert "ETP pourvus : 1" in revision.nouveau
    assert b"2026-08-20" in export("poste", UN)
    assert b"2026-08-20" not in export("poste", UN, TOT)


def test_la_suite_d_une_chose_est_une_ligne_de_plus(cadre: None, take: Take, write: Write) -> None:
    take("poste", write("p.csv", ENTETE + VACANT), TOT)
    assert count(take("poste", write("p.csv", ENTETE + SUITE), TOT)) == (1, 0, 0, 0)
    assert Enregistrement.objects.filter(genre="poste", precedent=None).count() == 2
    assert export("poste", UN).count(b"P-1") == 2
    assert export("poste", DEUX).count(b"P-1") == 0
    assert export("poste", "DEP-00").count(b"P-1") == 2


def test_un_retrait_se_dit_et_se_verifie(cadre: None, take: Take, write: Write) -> None:
    with pytest.raises(DonneesRefusees, match="retrait d’une ligne inconnue"):
        take("poste", write("p.csv", ENTETE + RETRAIT), TOT)
    take("poste", write("p.csv", ENTETE + VACANT), TOT)
    assert count(take("poste", write("p.csv", ENTETE + RETRAIT), TARD)) == (0, 0, 1, 0)
    assert b"P-1" not in export("poste", UN)
    assert b"P-1" in export("poste", UN, TOT)
    assert count(take("poste", write("q.csv", ENTETE + RETRAIT + "\n"), TARD)) == (0, 0, 0, 1)
    assert count(take("poste", write("p.csv", ENTETE + VACANT), TARD)) == (0, 1, 0, 0)
    assert b"P-1" in export("poste", UN)


def test_une_archive_suit_ce_qui_est_entre_avant_elle(
    cadre: None, take: Take, write: Write
) -> None:
    take("poste", write("p.csv", ENTETE + POURVU), TARD)
    assert count(take("poste", write("p.csv", ENTETE + VACANT), TOT)) == (1, 0, 0, 0)
    premiere, seconde = Enregistrement.objects.filter(genre="poste").order_by("pk")
    assert seconde.precedent_id == premiere.pk
    assert b"2026-08-20" in export("poste", UN)
    assert b"2026-08-20" not in export("poste", UN, TOT)


def test_une_reference_nomme_ce_que_l_on_connait(cadre: None, take: Take, write: Write) -> None:
    activite = (
        f"objet;le;situe;genre;premier_jour;lieu\nA-1;01/09/2026;{UN};jobdating;01/09/2026;L-1\n"
    )
    with pytest.raises(DonneesRefusees, match="L-1"):
        take("activite", write("a.csv", activite), TOT)
    take(
        "lieu", write("l.csv", f"objet;le;situe;genre;nom\nL-1;01/09/2026;{UN};ecole;École\n"), TOT
    )
    assert count(take("activite", write("a.csv", activite), TOT)) == (1, 0, 0, 0)


def test_une_chose_ne_change_pas_de_serie(cadre: None, take: Take, write: Write) -> None:
    entete = "objet;le;situe;dispositif;unite_comptee;etape;n;du;au\n"
    ligne = f"C-1;01/09/2026;{UN};pre;eleves;;12;01/09/2026;\n"
    take("cohorte", write("c.csv", entete + ligne), TOT)
    autre = ligne.replace("01/09/2026;QC", "01/10/2026;QC").replace(";eleves;", ";jeunes;")
    with pytest.raises(DonneesRefusees, match="change de série"):
        take("cohorte", write("c.csv", entete + autre), TOT)
    assert Enregistrement.objects.filter(genre="cohorte").count() == 1


def test_tout_est_refuse_ou_rien(cadre: None, take: Take, write: Write) -> None:
    with pytest.raises(DonneesRefusees) as refus:
        take(
            "poste",
            write(
                "p.csv", ENTETE + VACANT + POURVU + VACANT.replace("P-1", "P-2").replace(UN, "X")
            ),
            TOT,
        )
    assert [(a.ligne, a.colonne) for a in refus.value.anomalies] == [(3, None), (4, "situe")]
    assert not Ecriture.objects.filter(genre="poste").exists()
    assert not Enregistrement.objects.filter(genre="poste").exists()
    assert not Desserte.objects.filter(enregistrement__genre="poste").exists()


def test_la_chaine_et_les_contenus_sont_verifies(cadre: None, take: Take, write: Write) -> None:
    take("poste", write("p.csv", ENTETE + VACANT), TOT)
    assert list(find_ruptures()) == []
    with connection.cursor() as curseur:
        if connection.vendor == "sqlite":
            curseur.execute("DROP TRIGGER ajout_desserte_update")
        else:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("ALTER TABLE storage_desserte DISABLE TRIGGER USER")
        curseur.execute(
            "UPDATE storage_desserte SET territoire = 'QC-PARTI' WHERE territoire = %s", [UN]
        )
    fautifs = {c.question for c in verify_base() if c.trouvailles}
    assert fautifs == {
        "enregistrements dont le contenu a changé",
        "enregistrements d’un territoire inconnu",
    }


def test_un_fichier_ne_lit_que_ce_dont_il_parle(cadre: None, take: Take, write: Write) -> None:
    entete = ENTETE
    autres = "".join(VACANT.replace("P-1", f"Q-{n}") for n in range(200))
    with CaptureQueriesContext(connection) as peu:
        take("poste", write("p.csv", entete + VACANT), TOT)
    take("poste", write("q.csv", entete + autres), TOT)
    with CaptureQueriesContext(connection) as beaucoup:
        take("poste", write("r.csv", entete + VACANT.replace("P-1", "R-1")), TOT)
    assert (
        len(beaucoup) <= len(peu) + 1
    )  # the digest of the last file of that kind is now looked at


def test_les_enregistrements_ne_font_pas_relire_la_base(
    cadre: None, take: Take, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process holds follows, figures included, without being read again."""
    from quartiers.usecases import charger_dossier

    load_dossier()
    monkeypatch.setattr(charger_dossier, "read_base", lambda _: pytest.fail("la base est relue"))
    take("poste", write("p.csv", ENTETE + VACANT), TOT)
    load_dossier()
