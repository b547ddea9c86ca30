"""The dispatcher: exit codes, French errors, and every command file keeps the contract."""

import argparse
from types import SimpleNamespace

import pytest

from quartiers.cli import main as dispatcher
from quartiers.cli.appel import AppelIncorrect, Refus
from quartiers.cli.main import list_commandes, main
from quartiers.core.anomalie import Anomalie, DonneesRefusees


def test_every_command_file_keeps_the_contract() -> None:
    modules = list_commandes()
    assert {"migrer", "serveur"} <= {module.NOM for module in modules}
    assert len({module.NOM for module in modules}) == len(modules)
    for module in modules:
        assert module.AIDE[0].islower()
        assert not module.AIDE.endswith(".")
        assert callable(module.configure)
        assert callable(module.run)


@pytest.mark.parametrize("verbe", [module.NOM for module in list_commandes()])
def test_every_command_has_its_help(verbe: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as sortie:
        main([verbe, "--aide"])
    assert sortie.value.code == 0
    assert f"Usage : quartiers {verbe}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("appel", "phrase"),
    [
        ([], "il manque : VERBE"),
        (["inconnu"], "'inconnu' est inconnu (choix : "),
        (["serveur", "--port", "x"], "--port : 'x' n'est pas un nombre entier"),
        (["serveur", "--port"], "--port : une valeur est attendue"),
        (["serveur", "--por", "1"], "argument inconnu : --por 1"),
        (["migrer", "--vite"], "argument inconnu : --vite"),
    ],
)
def test_a_wrong_call_exits_2_in_french(
    appel: list[str], phrase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as sortie:
        main(appel)
    assert sortie.value.code == 2
    erreurs = capsys.readouterr().err
    assert phrase in erreurs
    assert erreurs.startswith("Usage : quartiers")


@pytest.mark.parametrize(
    ("erreur", "code"),
    [
        (AppelIncorrect("code de territoire inconnu : QRR-93_9"), 2),
        (Refus("La base n'est pas à jour : lancer d'abord « quartiers migrer »."), 1),
        (
            DonneesRefusees(
                [Anomalie("a.csv", 2, "date", "vide"), Anomalie("a.csv", 3, None, "x")]
            ),
            1,
        ),
        (KeyboardInterrupt(), 130),
    ],
)
def test_an_error_gives_its_code_and_its_lines(
    erreur: BaseException,
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(_args: argparse.Namespace) -> int:
        raise erreur

    faux = SimpleNamespace(NOM="essai", AIDE="essaie", configure=lambda _parser: None, run=run)
    monkeypatch.setattr(dispatcher, "list_commandes", lambda: [faux])
    assert main(["essai"]) == code
    assert capsys.readouterr().err == f"{erreur}\n" if code != 130 else "Interrompu.\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as sortie:
        main(["--version"])
    assert sortie.value.code == 0
    assert capsys.readouterr().out.strip().count(".") == 2
