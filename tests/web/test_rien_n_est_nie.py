"""What a page does not know, it does not deny; what it sets aside, counts or dates, it explains."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import TILLEULS, SignIn, read


def test_what_is_set_aside_says_why(sign_in: SignIn) -> None:
    """A relevé of zero, later than the list retained: the reader must not think that it is hidden."""
    client = sign_in("demo-prefet")
    texte = read(client, "/preuves/QC-FICTIF-BEAUREGARD/e03-a1-france-services/")
    _, _, apres = texte.partition("(une liste officielle passe avant un relevé)")
    assert apres.startswith("<b>.</b> 0 lieu, au 10 novembre 2026.")


def test_a_sum_says_what_it_counts_once(sign_in: SignIn) -> None:
    """Eight places in the list, seven in all: one serves two quartiers."""
    client = sign_in("demo-prefet")
    texte = read(client, "/preuves/DEP-00/e03-a1-france-services/")
    assert "ne compte qu’une fois : 8 dans la liste, 7 au total." in texte
    lus = [int(n) for n in re.findall(r"<b>(\d+) lieux?</b>", texte)]
    assert sum(lus) == 8
    autre = read(client, "/preuves/DEP-00/e06-a1-educateurs-etp/")
    assert "ne compte qu’une fois" not in autre


def test_any_value_would_change_what_is_unknown(sign_in: SignIn) -> None:
    """Without a target there is nothing to reach, but a value would be known."""
    client = sign_in("demo-prefet")
    for adresse, dit in (
        (
            "/preuves/QC-FICTIF-FONTAINE/e09-a1-formation-vacances/",
            "Si un relevé du jour donne une valeur",
        ),
        (
            "/preuves/QC-FICTIF-FONTAINE/e02-a4-etablissements-nouveaux/",
            "Rien de ce que nous savons calculer",
        ),
    ):
        bloc = read(client, adresse).partition('id="h-si"')[2].partition("</section>")[0]
        assert dit in bloc


@pytest.mark.parametrize("dates", ["", "?connu_le=2026-06-30"])
def test_one_state_of_the_data_has_one_name(sign_in: SignIn, dates: str) -> None:
    """The foot of the page, its spreadsheet and its JSON can be held side by side."""
    client = sign_in("demo-prefet")
    version = client.get(f"/territoires/{TILLEULS}/tableau.json{dates}").json()["donnees_version"]
    for adresse in (f"/quartiers/{TILLEULS}/", f"/quartiers/{TILLEULS}/engagements/E03/"):
        assert f"données {version}</span>" in read(client, adresse + dates)


def test_who_may_tell_adds_up_to_what_is_missing(sign_in: SignIn) -> None:
    """What the tool works out itself is missing too, though there is nobody to ask."""
    texte = read(sign_in("demo-prefet"), "/quartiers/QC-FICTIF-FONTAINE/")
    manque = re.search(r"[Pp]our (\d+), l’information manque", texte)
    assert manque is not None
    bloc = texte.partition('id="h-qui"')[2].partition("</section>")[0]
    attendus = [int(n) for n in re.findall(r"</b>, (\d+) actions? à renseigner", bloc)]
    assert sum(attendus) == int(manque.group(1))
    assert "Calculé, sans saisie" in bloc


def test_nothing_late_is_said_of_what_is_known_only(sign_in: SignIn) -> None:
    """Where nothing was ever received, « none is late » would be a zero for an unknown."""
    page = sign_in("demo-prefet").get(f"/quartiers/{TILLEULS}/?vu_le=2021-02-01").content.decode()
    bloc = page[page.index('id="h-tard"') :]
    assert "Aucune parmi les actions renseignées." in bloc[: bloc.index("</section>")]


def test_what_will_be_known_is_not_known(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    texte = read(client, "/departements/DEP-00/?connu_le=2100-01-01", 400)
    assert "On ne peut pas dire ce que l’on saura le 1er janvier 2100." in texte


def test_a_day_to_come_is_said_to_be_so(sign_in: SignIn) -> None:
    client = sign_in("demo-prefet")
    for adresse in ("/departements/DEP-00/", f"/quartiers/{TILLEULS}/"):
        texte = read(client, f"{adresse}?vu_le=2100-12-31")
        assert "Le 31 décembre 2100 n’est pas encore venu" in texte
        assert "n’est pas encore venu" not in read(client, adresse)
