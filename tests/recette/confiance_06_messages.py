"""Confiance 6. Messages as a local mail server receives them: each kind, once; a server that hangs, refuses, is slow."""

from __future__ import annotations

from tests.recette.outils import Atelier, expect, play
from tests.recette.site_joue import play_on_demo

SORTES = {
    "a_redire": "bientôt à redire",
    "a_valider": "à valider",
    "contestation": "Réponse à votre contestation",
    "examen": "examinées, dont 1 renvoyée",
    "invitation": "Votre compte",
}


def main(atelier: Atelier) -> str:
    """On the demonstration."""
    dit = play_on_demo(atelier, "tests.recette.messages_joues")
    for sorte, mots in SORTES.items():
        textes = dit["textes"].get(sorte, [])
        gens = [texte.splitlines()[0] for texte in textes]
        expect(len(gens) == len(set(gens)) > 0, f"{sorte} : {gens}")
        expect(mots in textes[0].splitlines()[1], f"{sorte} : {textes[0]}")
        atelier.note(textes[0])
    expect(dit["trente"] == 1, f"trente validations : {dit['trente']} messages")
    expect(dit["entre_temps"] == 0, f"jugées entre-temps : {dit['entre_temps']} messages")
    expect(dit["fuites"] == [], f"un message nomme {dit['fuites']}")
    expect(dit["saisies"] == dit["pannes"], f"{dit['saisies']} saisies pour {dit['pannes']} pannes")
    expect(dit["apres_panne"] == 1, f"après les pannes : {dit['apres_panne']} messages")
    expect(dit["refuses"] == [1, 0], f"refusés : {dit['refuses']}")
    expect(dit["lents"] == [1, 0], f"serveur lent : {dit['lents']}")
    expect(dit["a_deux"] == 1, f"deux commandes à la fois : {dit['a_deux']} messages")
    return (
        f"{len(SORTES)} sortes de messages reçues par un serveur SMTP, chacune une fois ; 30 validations : 1 message, "
        f"jugées entre-temps : aucun ; serveur muet, fermé : {dit['pannes']} pannes, autant de saisies pendant, rien "
        "de perdu ni redit ; refus gardé, serveur lent : un message ; deux commandes à la fois : un message"
    )


if __name__ == "__main__":
    play(main)
