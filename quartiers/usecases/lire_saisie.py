"""What was typed in the form of a kind: read as a line of its file, by the same rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.core.contenu import Contenu
from quartiers.core.enregistrement import Validation
from quartiers.core.petit_genre import PetitGenre
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.declarer import build_table
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lire_champs import Objets
from quartiers.usecases.lire_enregistrements import EnregistrementLu, LecteurDEnregistrements
from quartiers.usecases.petits import PORTES

SANS_DECISION = (Validation.BROUILLON, Validation.SOUMIS)
"""What a form may say; only the command says that others validated or rejected."""


def read_saisie(
    genre: type[Contenu], textes: Mapping[str, str], contexte: Contexte, objets: Objets
) -> tuple[EnregistrementLu | None, Sequence[Anomalie]]:
    """What a form says, and every reason to refuse it; nothing is said as long as there is one.

    `textes`: what was typed, by column of its file. `objets`: known things by kind, for references.
    """
    table = build_table(textes)
    try:
        if issubclass(genre, PetitGenre):
            return PORTES[genre].read_saisie(table, contexte), ()
        carnet = Carnet(table.fichier)
        lecteur = LecteurDEnregistrements(genre, contexte, objets, SANS_DECISION)
        lu = lecteur.read(Formulaire(table.lignes[0], carnet))
        carnet.check()
    except DonneesRefusees as refus:
        return None, tuple(anomalie.complete() for anomalie in refus.anomalies)
    return lu, ()
