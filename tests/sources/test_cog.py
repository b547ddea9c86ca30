"""The COG, on small files written by us in their true shapes, oddities included."""

from __future__ import annotations

from pathlib import Path

import pytest

from quartiers.core.anomalie import DonneesRefusees
from quartiers.core.territoire import Genre
from quartiers.sources import cog
from quartiers.sources.passage import follow_mouvements
from quartiers.sources.table import Ligne

COG = {
    "regions.csv": "REG,CHEFLIEU,LIBELLE\r\n11,75056,Île-de-France\r\n84,69123,Auvergne-Rhône-Alpes\r\n",
    "departements.csv": "DEP,REG,LIBELLE\r\n01,84,Ain\r\n93,11,Seine-Saint-Denis\r\n75,11,Paris\r\n",
    "communes.csv": (
        "TYPECOM,COM,REG,DEP,LIBELLE,COMPARENT,ARR\r\nCOM,01015,84,01,Arboys en Essai,,011\r\n"
        "COM,93005,11,93,Aulnay d’Essai,,932\r\nCOM,75056,11,75,Paris,,751\r\nARM,75118,11,75,Paris 18e,75056,\r\n"
        "COMD,01015,,,Arbignieu,01015,\r\nCOMA,01999,,,Ancienne,01015,\r\n"
    ),
    "epcicom.csv": (
        "siren;raison_sociale;insee\n200054781;Métropole d’Essai;93005\n200054781;Métropole d’Essai;75056\n"
        "200029999;CC d’Essai;1015\n"
    ),
    "ept.csv": "CODGEO;EPT;LIBEPT\n93005;200058097;Terres d’Essai\n",
    "collectivites-outremer.csv": (
        "code_commune,nom_commune,code_collectivite,nom_collectivite\n98735,Papeete,987,Polynésie française\n"
    ),
    "arrondissements.csv": "ARR,DEP,LIBELLE\n011,01,Belley\n",
    "README.md": "rien",
}


def parse_cog(**autres: str | None) -> cog.Cog:
    """The COG above, with some files replaced (`communes="…"`) or taken away (`ept=None`)."""
    fichiers = dict(COG)
    for role, texte in autres.items():
        nom = next(nom for nom in COG if nom.startswith(role))
        if texte is None:
            del fichiers[nom]
        else:
            fichiers[nom] = texte
    return cog.parse({nom: texte.encode() for nom, texte in fichiers.items()})


def test_une_annee_sans_mouvement_est_une_annee() -> None:
    """The file of movements alone may hold no row: no commune changed that year."""
    entete = "MOD,DATE_EFF,TYPECOM_AV,COM_AV,TYPECOM_AP,COM_AP\n"
    fichiers = {nom: texte.encode() for nom, texte in COG.items()}
    lu = cog.parse(fichiers | {"v_mvt_commune_2025.csv": entete.encode()})
    assert {t.code for t in lu.territoires} == {t.code for t in cog.parse(fichiers).territoires}
    with pytest.raises(DonneesRefusees, match=r"arrondissements\.csv : aucune ligne"):
        parse_cog(arrondissements="ARR,DEP,LIBELLE\n")


@pytest.mark.parametrize(
    ("role", "avant", "apres", "place"),
    [
        ("regions", "Île-de-France", " ", "regions.csv, ligne 2, colonne « LIBELLE » : nom vide"),
        (
            "departements",
            "Paris",
            "x" * 256,
            "departements.csv, ligne 4, colonne « LIBELLE » : plus",
        ),
        ("communes", "Aulnay d’Essai", "a\x07", "communes.csv, ligne 3, colonne « LIBELLE » : car"),
        (
            "epcicom",
            "CC d’Essai",
            "",
            "epcicom.csv, ligne 4, colonne « raison_sociale » : nom vide",
        ),
        ("ept", "Terres d’Essai", "", "ept.csv, ligne 2, colonne « LIBEPT » : nom vide"),
        ("collectivites", "Papeete", "", "ligne 2, colonne « nom_commune » : nom vide"),
        ("collectivites", "Polynésie", "\x07", "ligne 2, colonne « nom_collectivite » : caractère"),
        ("arrondissements", "Belley", "", "ligne 2, colonne « LIBELLE » : nom vide"),
    ],
)
def test_a_name_that_cannot_be_kept_is_told(role: str, avant: str, apres: str, place: str) -> None:
    texte = next(texte for nom, texte in COG.items() if nom.startswith(role))
    assert avant in texte
    with pytest.raises(DonneesRefusees) as refus:
        parse_cog(**{role: texte.replace(avant, apres)})
    assert place in str(refus.value)


def test_cog() -> None:
    lu = parse_cog()
    par_code = {t.code: t for t in lu.territoires}
    assert par_code["COM-93005"].parents == ("EPCI-200058097", "EPCI-200054781", "DEP-93")
    assert par_code["COM-75056"].parents == ("EPCI-200054781", "DEP-75")
    assert par_code["COM-98735"].parents == ("DEP-987",)
    assert (par_code["DEP-987"].genre, par_code["DEP-987"].parents) == (Genre.COLLECTIVITE, ("FR",))
    assert (par_code["DEP-93"].parents, par_code["REG-11"].parents) == (("REG-11",), ("FR",))
    assert par_code["EPCI-200058097"].parents == ()
    assert lu.anciens == {"75118": "75056", "01999": "01015"}
    assert [lu.fold_commune(c) for c in ("75118", "01015", "99999")] == ["75056", "01015", None]
    assert lu.places["COM-93005"] == ("communes.csv", 3)
    assert lu.arrondissement_de["01015"] == "011"
    assert all(r.lues == r.gardees + len(r.ecartees) for r in lu.rapports)


def test_a_cog_without_ept_keeps_the_metropole() -> None:
    communes = {t.code: t for t in parse_cog(ept=None).territoires}
    assert communes["COM-93005"].parents == ("EPCI-200054781", "DEP-93")


@pytest.mark.parametrize(
    ("autres", "raison"),
    [
        ({"regions": None}, "regions.csv : fichier absent"),
        ({"communes": "COM,LIBELLE\n01015,x\n"}, "« TYPECOM » : colonne obligatoire absente"),
        ({"regions": COG["regions.csv"] + "11,1,Bis\r\n"}, "REG-11 déjà lu"),
        ({"departements": "DEP,REG,LIBELLE\n01,99,Ain\n"}, "REG-99 inconnu"),
        (
            {"epcicom": COG["epcicom.csv"] + "200029999;CC d’Essai;01015\n"},
            "deux fois dans EPCI-200029999",
        ),
        ({"epcicom": "siren;raison_sociale;insee\n200054782;x;93005\n"}, "SIREN"),
        ({"epcicom": COG["epcicom.csv"] + "200029999;CC d’Essai;01777\n"}, "millésimes différents"),
    ],
)
def test_a_cog_that_cannot_be_trusted_is_refused(
    autres: dict[str, str | None], raison: str
) -> None:
    with pytest.raises(DonneesRefusees, match=raison):
        parse_cog(**autres)


def test_a_cog_is_a_folder(tmp_path: Path) -> None:
    for nom, texte in COG.items():
        (tmp_path / nom).write_text(texte, encoding="utf-8", newline="")
    assert cog.read(tmp_path).empreinte == parse_cog_without_readme()
    with pytest.raises(DonneesRefusees, match="dossier"):
        cog.read(tmp_path / "communes.csv")


def parse_cog_without_readme() -> str:
    """The digest of the files that count."""
    return cog.parse({nom: t.encode() for nom, t in COG.items() if nom != "README.md"}).empreinte


def test_dead_codes_follow_their_last_movement() -> None:
    noms = ("DATE_EFF", "TYPECOM_AV", "COM_AV", "TYPECOM_AP", "COM_AP")
    rangs = {nom: i for i, nom in enumerate(noms)}
    mouvements = [
        ("1965-01-01", "COM", "01901", "COM", "01902"),
        ("1970-01-01", "COM", "01902", "COM", "01004"),
        ("1960-01-01", "COM", "01903", "COM", "01005"),
        ("1980-01-01", "COM", "01903", "COM", "01004"),
        ("1980-01-01", "COM", "01903", "COM", "01006"),
        ("1990-01-01", "COM", "01904", "COM", "01905"),
        ("1990-01-01", "COM", "01905", "COM", "01904"),
        ("1990-01-01", "COM", "01004", "COM", "01005"),
        ("1990-01-01", "COM", "01906", "COMD", "01906"),
    ]
    lignes = [Ligne(n, m, rangs) for n, m in enumerate(mouvements)]
    assert follow_mouvements(lignes, {"01004", "01005", "01006"}) == {
        "01901": "01004",
        "01902": "01004",
    }
