"""The COG folder: nation, régions, départements, collectivités, EPCI and EPT, communes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from quartiers.core.anomalie import Anomalie, DonneesRefusees, Rapport
from quartiers.core.dire import say_quantite
from quartiers.core.territoire import Ancien, Genre
from quartiers.sources import cog
from quartiers.storage.models import Ecriture
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.entrer_territoires import Arrivant, store_territoires
from quartiers.usecases.rattacher import Parent

GENRE = "cog"
CADRE = True
AIDE = "code officiel géographique (le dossier de ses fichiers)"
_NOMS = {
    Genre.REGION: "régions",
    Genre.DEPARTEMENT: "départements",
    Genre.COLLECTIVITE: "collectivités",
    Genre.EPCI: "EPCI et EPT",
    Genre.COMMUNE: "communes",
}


def read(chemin: Path, envoi: Envoi) -> cog.Cog:
    """The folder, no older than the one in force."""
    check_millesime(envoi)
    return cog.read(chemin)


def write(lu: cog.Cog, ecriture: EcritureOuverte) -> Bilan:
    """Store the territoires of the folder and the codes that lead to another; attach again all that they hold."""
    ecriture.rapports += lu.rapports
    arrivants = [
        Arrivant(
            code=t.code,
            nom=t.nom,
            genre=t.genre.value,
            parents=tuple(Parent(code, source="COG") for code in t.parents),
            ligne=lu.places[t.code][1] if t.code in lu.places else 0,
        )
        for t in lu.territoires
    ]
    anciens = {
        f"COM-{code}": Ancien(f"COM-{suite}", lu.noms_anciens.get(code, ""))
        for code, suite in lu.anciens.items()
    }
    arrivee = store_territoires(ecriture, arrivants, anciens)
    comptes = Counter(t.genre for t in lu.territoires)
    phrases = [say_quantite(comptes[genre], nom) for genre, nom in _NOMS.items() if comptes[genre]]
    phrases.append(say_quantite(len(anciens), "codes anciens de communes"))
    if arrivee.perdus:
        ecriture.rapports.append(_tell_perdus(arrivee.perdus, anciens, ecriture.envoi.fichier))
    if arrivee.rattaches:
        phrases.append(say_quantite(len(arrivee.rattaches), "rattachements refaits"))
    return arrivee.tell(phrases)


def check_millesime(envoi: Envoi) -> None:
    """A COG older than the one in force would bring dead communes back to life."""
    connus = Ecriture.objects.filter(genre=GENRE).exclude(millesime=None)
    dernier = connus.order_by("millesime").values_list("millesime", flat=True).last()
    if dernier is not None and envoi.millesime is not None and envoi.millesime < dernier:
        raison = (
            f"COG du {envoi.millesime:%d/%m/%Y}, plus ancien que celui de la base ({dernier:%d/%m/%Y}) : "
            "les COG s’importent du plus ancien au plus récent"
        )
        raise DonneesRefusees([Anomalie(envoi.fichier, None, None, raison)])


def _tell_perdus(perdus: Sequence[str], anciens: Mapping[str, Ancien], fichier: str) -> Rapport:
    """What became of each territoire that ended, as notices."""
    return Rapport(
        fichier,
        0,
        0,
        avis=tuple(
            Anomalie(fichier, None, None, f"{code} est devenu {anciens[code].suite}")
            if code in anciens
            else Anomalie(fichier, None, None, f"{code} retiré, sans suite connue")
            for code in perdus
        ),
    )
