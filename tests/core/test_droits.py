"""The rights: the golden file, a second hand on every cell, the kinds, and each rule on its own."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from quartiers.core import table_des_nominations as nominations
from quartiers.core.droits import FAMILLES, MandatConfie, Sujet, Verbe, build_droits
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.table_des_droits import (
    TABLE,
    TEXTE,
    VISIBILITES,
    FamilleDeGenres,
    TableRefusee,
    parse_table,
)
from tests.core.enumeration_des_droits import (
    COMPTE,
    ENTETE,
    FAMILLES_DITES,
    FICHIER,
    JOUR,
    compare_droits,
    render_droits,
)
from tests.oracle import droits as oracle

CELLULES_AU_MOINS = 18_144
ROLES_DITS = 18
PROGRAMME = Path(__file__).parents[2] / "data" / "referentiel" / "programme.toml"
GENRES_DES_FICHIERS = {
    *("lieu", "poste", "cohorte", "activite", "instance", "seance", "decision", "projet"),
    *("convention", "financement", "organisme", "pointage", "vacances"),
}
PETITS = {"releve", "cible", "sans_objet", "confirmation", "quartier_cible", "arret"}
PAS_ENREGISTRES = {"constat", "territoire"}
"""Counted by the computation, or of the frame: nobody records them, no right is asked of them."""
PAS_DES_ENREGISTREMENTS = {"mandat"}
"""A right is asked of it, and it is no record."""
NOMS_COURTS = {"instance_locale": "instance"}


def test_the_golden_file_is_what_the_table_answers() -> None:
    """`python -m tests.core.enumeration_des_droits` writes it again; its difference is what a change opens."""
    ecrites = FICHIER.read_text(encoding="utf-8").splitlines()
    rendues = render_droits().splitlines()
    changees = [
        f"{avant} → {apres}"
        for avant, apres in zip(ecrites, rendues, strict=False)
        if avant != apres
    ]
    assert changees[:10] == []
    cellules, nominations_dites = ROLES_DITS * 7 * 6 * 3 * 4, ROLES_DITS**2 * 4
    assert len(ecrites) == len(rendues) == cellules + nominations_dites + len(ENTETE.splitlines())


def test_a_second_hand_gives_every_answer() -> None:
    """All kinds, one by one, not one per family: a kind in the wrong family differs here."""
    vu = compare_droits()
    assert tuple(TABLE) == oracle.ROLES
    assert vu.differences == ()
    assert vu.cellules >= CELLULES_AU_MOINS
    assert vu.reponses == 16 * vu.cellules
    assert vu.nominations == ROLES_DITS**2 * 4 * 2
    assert vu.accordees > vu.reponses // 14, "a matrix of refusals would agree with anything"


def test_every_kind_has_a_family() -> None:
    """Those of files, those that the référentiel derives from, and the small ones; no other."""
    declares = tomllib.loads(PROGRAMME.read_text(encoding="utf-8"))["enregistrements"]
    du_programme = {re.sub(r"(?<=[a-z])(?=[A-Z])", "_", nom).lower() for nom in declares}
    du_programme = {NOMS_COURTS.get(nom, nom) for nom in du_programme}
    assert du_programme - PAS_ENREGISTRES <= set(FAMILLES)
    assert set(GENRES_DE_FICHIER) <= set(FAMILLES), "un droit que l’on demande d’un fichier"
    assert set(FAMILLES) == GENRES_DES_FICHIERS | PETITS | PAS_DES_ENREGISTREMENTS | (
        du_programme - PAS_ENREGISTRES
    )
    assert set(FAMILLES.values()) == set(FamilleDeGenres) - {
        FamilleDeGenres.CONTESTATION,
        FamilleDeGenres.PUBLICATION,
    }
    assert set(FAMILLES_DITES) == set(FamilleDeGenres)


def test_the_table_has_eighteen_lines() -> None:
    assert len(TABLE) == ROLES_DITS
    assert TABLE["administrateur"].plafond is None
    assert not TABLE["administrateur"].lettres
    assert {role for role, ligne in TABLE.items() if ligne.has_part_propre} == {
        *("recteur", "police", "gendarmerie", "service_etat", "commune", "epci"),
        *("conseil_departemental", "conseil_regional", "operateur", "association"),
    }


@pytest.mark.parametrize(
    ("ligne", "raison"),
    [
        ("prefet plan:LX restreint", "lettres inconnues"),
        ("prefet plan:EL restreint", "lettres inconnues ou hors de leur ordre"),
        ("prefet plan:E restreint", "lettres inconnues"),
        ("prefet plan:lE restreint", "lettres inconnues"),
        ("prefet plan: restreint", "lettres inconnues"),
        ("prefet plan restreint", "lettres inconnues"),
        ("prefet plan:P restreint", "lettres inconnues"),
        ("prefet publication:L restreint", "lettres inconnues"),
        ("prefet projet:L restreint", "famille inconnue"),
        ("prefet plan:L plan:LE restreint", "deux fois : plan"),
        ("prefet plan:L", "finit par une visibilité"),
        ("prefet plan:L secret", "finit par une visibilité, pas par « secret »"),
        ("prefet restreint", "sans aucun droit"),
        ("Préfet plan:L restreint", "sans accent"),
        ("prefet plan:L restreint\nprefet plan:LE restreint", "ligne 2 .* déjà dit"),
        ("prefet mandat:L restreint", "lettres inconnues"),
        ("prefet mandat:Nn restreint", "lettres inconnues"),
        ("prefet plan:N restreint", "lettres inconnues"),
        ("prefet plan:L restreint\n\nepci plan:L etat", "ligne 2"),
        ("prefet plan:L restreint\n# epci plan:L etat", "ligne 2"),
    ],
)
def test_a_line_that_is_not_understood_is_refused(ligne: str, raison: str) -> None:
    with pytest.raises(TableRefusee, match=raison):
        parse_table(ligne)


def test_all_reasons_are_told_at_once() -> None:
    with pytest.raises(TableRefusee) as refus:
        parse_table("prefet plan:X restreint\nepci projet:L\nmaire plan:L etat")
    dit = str(refus.value)
    assert "ligne 1 (prefet)" in dit
    assert dit.count("ligne 2 (epci)") == 2
    assert "ligne 3" not in dit


def test_a_wrong_letter_anywhere_in_the_table_is_refused() -> None:
    """Each sign of the table, replaced by one that means nothing there."""
    mutations = [
        f"{TEXTE[:i]}{signe}{TEXTE[i + 1 :]}"
        for i, ecrit in enumerate(TEXTE)
        if not ecrit.isspace()
        for signe in "X;"
    ]
    refusees = 0
    for mutation in mutations:
        try:
            parse_table(mutation)
        except TableRefusee:
            refusees += 1
    assert refusees == len(mutations) > 1800


# ──────── Rules, one by one ────────

TENANTS = {
    "Q1": ("Q1", "COM", "DEP"),
    "Q2": ("Q2", "COM", "DEP"),
    "Q3": ("Q3", "DEP"),
    "DEP": ("DEP",),
}


def ask(
    verbe: Verbe,
    sujet: Sujet,
    *mandats: MandatConfie,
    le: date = JOUR,
) -> bool:
    """One question of an account with these mandats."""
    return build_droits(COMPTE, mandats, le, lambda code: TENANTS.get(code, ())).can(verbe, sujet)


def test_reading_takes_one_territoire_the_rest_takes_all() -> None:
    sur_deux = Sujet("poste", ("Q1", "Q3"))
    un, autre = MandatConfie("delegue", "Q1"), MandatConfie("delegue", "Q3")
    assert ask(Verbe.LIRE, sur_deux, un)
    assert not ask(Verbe.ECRIRE, sur_deux, un)
    assert ask(Verbe.ECRIRE, sur_deux, un, autre), "what two mandats hold together is held"
    assert ask(Verbe.ECRIRE, sur_deux, MandatConfie("delegue", "DEP"))


@pytest.mark.parametrize("verbe", Verbe)
@pytest.mark.parametrize("territoires", [(), ("INCONNU",), ("",), ("Q1", "INCONNU")])
def test_nowhere_and_unknown_open_nothing(verbe: Verbe, territoires: tuple[str, ...]) -> None:
    """A record of no territoire is nobody's; an unknown territoire beside a known one stops all but reading."""
    etat = "valide" if verbe is Verbe.PUBLIER else "soumis"
    sujet = Sujet("poste", territoires, validation=etat, visibilite="public")
    mandats = [MandatConfie("sous_prefet_ville", code) for code in ("DEP", "", "INCONNU")]
    assert ask(verbe, sujet, *mandats) is (verbe is Verbe.LIRE and "Q1" in territoires)


def test_a_mandat_holds_between_its_days_both_included() -> None:
    mandat = MandatConfie("prefet", "DEP", du=date(2026, 1, 1), au=date(2026, 6, 30))
    sujet = Sujet("poste", ("Q1",))
    jours = {
        date(2025, 12, 31): False,
        date(2026, 1, 1): True,
        date(2026, 6, 30): True,
        date(2026, 7, 1): False,
    }
    assert {jour: ask(Verbe.LIRE, sujet, mandat, le=jour) for jour in jours} == jours


def test_the_organisme_of_one_mandat_does_not_serve_another() -> None:
    """What the CAF recorded in Q3 is not the pen of whoever speaks for the CAF in Q1."""
    ici, ailleurs = MandatConfie("operateur", "Q1", "CAF"), MandatConfie("commune", "Q3", "Ville")
    for code, organisme, attendu in (
        ("Q1", "CAF", True),
        ("Q3", "CAF", False),
        ("Q3", "Ville", True),
        ("Q1", "caf", False),  # another name
    ):
        sujet = Sujet("poste", (code,), organisme, visibilite="partenaires")
        assert ask(Verbe.ECRIRE, sujet, ici, ailleurs) is attendu


def test_without_organisme_nothing_is_ones_own() -> None:
    mandat = MandatConfie("operateur", "Q1")
    for verbe, etat in ((Verbe.ECRIRE, "soumis"), (Verbe.LIRE, "brouillon")):
        sujet = Sujet("poste", ("Q1",), validation=etat, visibilite="public")
        assert not ask(verbe, sujet, mandat)


def test_validation_is_counted_by_person() -> None:
    """Who declared and who corrected: neither validates, whatever the mandats."""
    mandats = [MandatConfie("prefet", "DEP", "Préfecture"), MandatConfie("delegue", "Q1")]
    for auteurs, attendu in (({7}, True), ({7, COMPTE}, False), ({COMPTE}, False), (set(), True)):
        sujet = Sujet("poste", ("Q1",), "CAF", auteurs=frozenset(auteurs))
        assert ask(Verbe.VALIDER, sujet, *mandats) is attendu


@pytest.mark.parametrize("visibilite", VISIBILITES)
def test_a_ceiling_of_visibility_holds_for_one_s_own_records_too(visibilite: str) -> None:
    """One does not write what one may not read."""
    sujet = Sujet("poste", ("Q1",), "Académie", visibilite=visibilite)
    for verbe in (Verbe.LIRE, Verbe.ECRIRE):
        attendu = visibilite != "restreint"
        assert ask(verbe, sujet, MandatConfie("recteur", "DEP", "Académie")) is attendu


def test_an_unknown_role_opens_nothing() -> None:
    assert not ask(
        Verbe.LIRE, Sujet("plan", ("Q1",), visibilite="public"), MandatConfie("roi", "DEP")
    )


@pytest.mark.parametrize(
    "mots", [{"genre": "chose"}, {"validation": "peut-être"}, {"visibilite": "secret"}]
)
def test_a_word_that_nobody_knows_is_a_fault(mots: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="mot inconnu"):
        Sujet(**{"genre": "plan", "territoires": ("Q1",), **mots})  # type: ignore[arg-type]


# ──────── Who may give which rôle ────────


def test_a_wrong_sign_anywhere_in_the_table_of_who_gives_is_refused() -> None:
    texte = nominations.TEXTE
    mutations = [
        f"{texte[:i]}X{texte[i + 1 :]}" for i, ecrit in enumerate(texte) if not ecrit.isspace()
    ]
    for mutation in mutations:
        with pytest.raises(nominations.NominationsRefusees):
            nominations.parse_nominations(mutation)
    assert len(mutations) > 500


@pytest.mark.parametrize(
    ("avant", "apres", "raison"),
    [
        ("decret:task_force", "task_force", "task_force : « decret: »"),
        ("procureur             prefet", "procureur decret:prefet", "decret:prefet : « decret: »"),
        ("procureur             prefet", "procureur", "personne ne le donne"),
        ("procureur             prefet", "procureur prefet prefet", "deux fois"),
        ("procureur             prefet", "procureur delegue", "delegue ne le donne pas"),
        ("procureur             prefet", "procureur procureur", "procureur ne le donne pas"),
        ("procureur             prefet", "procureur administrateur", "ne le donne pas"),
        ("administrateur administrateur", "administrateur prefet", "prefet ne le donne pas"),
        ("procureur             prefet\n", "", "procureur : personne ne le donne"),
        ("procureur             prefet", "epci prefet", "rôle déjà dit"),
        ("task_force epci", "task_force", "epci : nomme, et n’a rien à donner"),
        ("procureur             prefet", "juge prefet", "rôle inconnu"),
    ],
)
def test_a_line_of_who_gives_that_is_not_understood_is_refused(
    avant: str, apres: str, raison: str
) -> None:
    texte = nominations.TEXTE.replace("administrateur        admin", "administrateur admin")
    assert avant in texte
    with pytest.raises(nominations.NominationsRefusees, match=raison):
        nominations.parse_nominations(texte.replace(avant, apres))


def test_naming_takes_all_the_territoires_and_ones_own_organisme() -> None:
    prefet, ville = MandatConfie("prefet", "DEP"), MandatConfie("commune", "COM", "Ville")

    def can(role: str, codes: tuple[str, ...], organisme: str, *mandats: MandatConfie) -> bool:
        droits = build_droits(COMPTE, mandats, JOUR, lambda code: TENANTS.get(code, ()))
        return droits.can_nommer(role, codes, organisme)

    assert can("delegue", ("Q1", "Q3"), "", prefet)
    assert not can("delegue", ("Q1", "AILLEURS"), "", prefet)
    assert not can("delegue", (), "", prefet), "a mandat of no territoire is nobody's to give"
    assert can("commune", ("Q1",), "Ville", ville)
    assert not can("commune", ("Q1",), "", ville)
    assert not can("commune", ("Q3",), "Ville", ville)
    assert not can("association", ("Q1",), "Ville", ville)
    assert not can("roi", ("Q1",), "", prefet)
    assert not can("prefet", ("DEP",), "", prefet), "nobody gives what he has"
    assert not can("delegue", ("Q1",), "", MandatConfie("administrateur", "DEP")), "ill-kept"


def test_a_delegation_reads_and_validates_and_that_is_all() -> None:
    delegue = MandatConfie("sous_prefet_ville", "DEP", delegue_par=7)
    soumis = Sujet("poste", ("Q1",))
    valide = Sujet("poste", ("Q1",), validation="valide", visibilite="public")
    assert ask(Verbe.LIRE, soumis, delegue)
    assert ask(Verbe.VALIDER, soumis, delegue)
    assert not ask(Verbe.ECRIRE, soumis, delegue)
    assert not ask(Verbe.PUBLIER, valide, delegue)
    droits = build_droits(COMPTE, [delegue], JOUR, lambda code: TENANTS.get(code, ()))
    assert not droits.can_nommer("delegue", ("Q1",))
    admin = build_droits(COMPTE, [MandatConfie("administrateur", "", delegue_par=7)], JOUR, list)
    assert not admin.can_nommer("administrateur", ())
