"""SansObjetDeclare: an action that has no object in a quartier, validated for twelve months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from quartiers.core.contenu import Champ, CodeIndicateur, CodeTerritoire, Mot
from quartiers.core.petit_genre import PetitGenre

MOTIFS = {
    "hors_programme": "hors programme",
    "public_absent": "public absent",
    "competence_autre_territoire": "compétence d’un autre territoire",
    "dispositif_eteint_sans_successeur": "dispositif éteint sans successeur",
    "deja_couvert_par": "déjà couvert par un autre dispositif",
}
"""Why an action has no object (domaine.md 4.1), as it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SansObjetDeclare(PetitGenre):
    """What does not apply, why, and who validated it."""

    GENRE = "sans_objet"
    FICHIER = "sans_objet"
    LIBELLE = "Sans objet validé"
    AIDE = "Une ligne par action sans objet, validée pour un an."
    IDENTITE = ("indicateur", "territoire", "valide_le")
    QUOI = "même indicateur, même territoire, même jour de validation"
    LE: ClassVar = "valide_le"

    indicateur: Annotated[CodeIndicateur, Champ("Indicateur", "Code de l’indicateur.")]
    territoire: Annotated[CodeTerritoire, Champ("Territoire", "Code du territoire.")]
    motif: Annotated[Mot, Champ("Motif", mots=MOTIFS)]
    valide_le: Annotated[date, Champ("Validé le", "Un an plus tard, il faut le redire.")]
    valide_par: Annotated[str, Champ("Validé par")]
