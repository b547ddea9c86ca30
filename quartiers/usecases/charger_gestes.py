"""What the accounts of the demonstration did on its pages: `gestes.toml`, played day after day.

Each goes by the use case of its page, with the right that the page asks for, at the moment that the file says.
Apart from the files (`charger_demo`): a test that judges a queue of its own begins with an empty one.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from django.contrib.auth.models import User

from quartiers.core.droits import Droits
from quartiers.core.enregistrement import Validation
from quartiers.core.genres import GENRES_DE_FICHIER
from quartiers.core.temps import PARIS
from quartiers.pieces.piece import PieceAdmise, VuSurPlace
from quartiers.usecases.acces import find_mandat, find_mandat_de_juge, list_mandats, open_droits
from quartiers.usecases.admettre_piece import admit_piece
from quartiers.usecases.charger_dossier import load_savoir
from quartiers.usecases.declarer import Pieces, declare_enregistrement, declare_releve
from quartiers.usecases.dessiner_preuves import draw_preuve
from quartiers.usecases.ecrire import Envoi, build_envoi
from quartiers.usecases.examiner import ChoixDeLigne, examine
from quartiers.usecases.garder_brouillon import keep_brouillon
from quartiers.usecases.lister_attentes import ENREGISTREMENT, RELEVE, Cle
from quartiers.usecases.preparer import Recu
from quartiers.usecases.relire_declaration import find_ajoutee

FICHIER = "gestes.toml"
SORTES = ("valeur", "chose", "examen", "brouillon")
"""The tables of the file; two deeds of one moment follow each other in this order."""
DE_LA_VALEUR = ("date", "valeur", "numerateur", "denominateur", "jalon", "commentaire")
Ecrit: TypeAlias = Mapping[str, Any]
"""A deed, as the file writes it."""


class GesteImpossible(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """The file makes an account do what its pages would not let it do."""


@dataclass(frozen=True, slots=True)
class GesteDemo:
    """Something that an account did, of one of the SORTES."""

    sorte: str
    le: datetime
    compte: str
    ecrit: Ecrit


def list_gestes(dossier: Path) -> list[GesteDemo]:
    """In the order of their moments."""
    lu = tomllib.loads((dossier / FICHIER).read_text(encoding="utf-8"))
    gestes = [
        GesteDemo(sorte, ecrit["le"].replace(tzinfo=PARIS), ecrit["compte"], ecrit)
        for sorte in SORTES
        for ecrit in lu[sorte]
    ]
    return sorted(gestes, key=lambda geste: (geste.le, SORTES.index(geste.sorte)))


def load_gestes(*, dossier: Path) -> Iterator[str]:
    """Play them all on the base where the files of the demonstration are, then a sentence of how many.

    Raises what the use cases do, and GesteImpossible: the demonstration is not above the rules.
    """
    jeu = _Jeu()
    comptes: Counter[str] = Counter()
    for geste in list_gestes(dossier):
        jeu.play(geste)
        comptes[geste.sorte] += 1
    yield (
        f"{comptes['valeur']} valeurs et {comptes['chose']} choses déclarées, "
        f"{comptes['examen']} lots jugés, {comptes['brouillon']} brouillons"
    )


@dataclass(slots=True)
class _Jeu:
    """The deeds under way. `cles`: the rows that the file names, for what corrects or judges them."""

    cles: dict[str, Cle] = field(default_factory=dict)
    comptes: dict[str, tuple[User, Droits]] = field(default_factory=dict)

    def play(self, geste: GesteDemo) -> None:
        """By the use case of its page."""
        if geste.sorte == "examen":
            self._judge(geste)
        elif geste.sorte == "brouillon":
            self._keep(geste)
        else:
            self._declare(geste)

    def _open(self, geste: GesteDemo) -> tuple[User, Droits]:
        """The account and its rights, which nothing changes from one deed to the next."""
        if geste.compte not in self.comptes:
            compte = User.objects.get(username=geste.compte)
            jour, actuels = geste.le.date(), load_savoir().actuels
            droits = open_droits(compte, list_mandats(compte, jour), jour, actuels)
            self.comptes[geste.compte] = (compte, droits)
        return self.comptes[geste.compte]

    def _declare(self, geste: GesteDemo) -> None:
        """A value, or a thing."""
        compte, droits = self._open(geste)
        ecrit = geste.ecrit
        genre = ecrit.get("genre", RELEVE)
        mandat = find_mandat(droits, genre, (ecrit["ou"],))
        if mandat is None:
            raise GesteImpossible(f"{geste.compte} ne peut pas dire « {genre} » de {ecrit['ou']}")
        envoi = build_envoi(geste.le, compte.pk, mandat.organisme)
        if geste.sorte == "valeur":
            recu = self._declare_valeur(geste, envoi)
            table: str = RELEVE
        else:
            textes = {**ecrit["mots"], "situe": ecrit["ou"], "objet": name_objet(geste)}
            recu = declare_enregistrement(
                genre=GENRES_DE_FICHIER[genre],
                envoi=envoi,
                textes=textes,
                pieces=list_pieces(geste),
            )
            table = ENREGISTREMENT
        if (nom := ecrit.get("nom")) and recu.numero is not None:
            if (ajoutee := find_ajoutee(table, recu.numero)) is None:
                raise GesteImpossible(f"{nom} n’ajoute aucune ligne")
            self.cles[nom] = ajoutee

    def _declare_valeur(self, geste: GesteDemo, envoi: Envoi) -> Recu:
        """The line as the form of a value writes it. `corrige`: the value that was looked at."""
        ecrit = geste.ecrit
        textes = {"indicateur": ecrit["indicateur"], "territoire": ecrit["ou"]}
        textes["source"] = envoi.organisme
        textes |= {nom: str(ecrit[nom]) for nom in DE_LA_VALEUR if nom in ecrit}
        corrige = ecrit.get("corrige")
        return declare_releve(
            envoi=envoi,
            textes=textes,
            vu=self.cles[corrige].rangee if corrige else None,
            pieces=list_pieces(geste),
        )

    def _judge(self, geste: GesteDemo) -> None:
        """A lot; every line of it must be one that the account may judge."""
        compte, droits = self._open(geste)
        ecrit = geste.ecrit
        mandat = find_mandat_de_juge(droits)
        if mandat is None:
            raise GesteImpossible(f"{geste.compte} ne valide rien")
        choix = [
            ChoixDeLigne(
                self.cles[nom],
                Validation(ecrit["resultat"]),
                ecrit.get("motif", ""),
                ecrit.get("mot", ""),
            )
            for nom in ecrit["lignes"]
        ]
        lot = examine(
            envoi=build_envoi(geste.le, compte.pk, mandat.organisme), choix=choix, droits=droits
        )
        if lot.bougees:
            raise GesteImpossible(f"{geste.compte} a eu la main sur {ecrit['lignes']}")

    def _keep(self, geste: GesteDemo) -> None:
        """A draft, as the button of the form keeps it."""
        compte, droits = self._open(geste)
        ecrit = geste.ecrit
        genre = ecrit.get("genre", "")
        if find_mandat(droits, genre or RELEVE, (ecrit["ou"],)) is None:
            raise GesteImpossible(f"{geste.compte} n’a pas ce formulaire")
        suite = f"{genre}/" if genre else ""
        savoir = load_savoir()
        indicateur = savoir.dossier.referentiel.get_indicateur(ecrit["indicateur"])
        if indicateur is None:
            raise GesteImpossible(f"{ecrit['indicateur']} : indicateur inconnu")
        quoi = GENRES_DE_FICHIER[genre].LIBELLE if genre else indicateur.libelle
        pieces = [p for p in list_pieces(geste) if isinstance(p, PieceAdmise)]
        keep_brouillon(
            compte=compte.pk,
            adresse=f"/territoires/{ecrit['ou']}/declarer/{ecrit['indicateur']}/{suite}",
            libelle=f"{quoi}, {savoir.actuels[ecrit['ou']].nom}",
            mots=ecrit["mots"],
            le=geste.le,
            piece=pieces[0] if pieces else None,
        )


def list_pieces(geste: GesteDemo) -> Pieces:
    """What is drawn for it, admitted as any file is, and the word of who saw it on the spot."""
    pieces: list[PieceAdmise | VuSurPlace] = []
    if geste.ecrit.get("constate"):
        pieces.append(VuSurPlace())
    if preuve := geste.ecrit.get("preuve"):
        dessin, titre, lignes = preuve["dessin"], preuve["titre"], preuve["lignes"]
        octets = draw_preuve(dessin, titre, lignes, geste.le.date())
        pieces.append(admit_piece(octets, preuve["nom"]))
    return pieces


def name_objet(geste: GesteDemo) -> str:
    """As a page names a new thing, but the same name each time."""
    dit = f"{geste.compte}/{geste.le.isoformat()}".encode()
    return f"{geste.ecrit['genre']}/{hashlib.sha256(dit).hexdigest()[:12]}"
