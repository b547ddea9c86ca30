"""Tables, by meaning."""

from quartiers.storage.models.acces_du_compte import Invitation, SessionOuverte
from quartiers.storage.models.acte import Acte, Tete
from quartiers.storage.models.brouillon import Brouillon
from quartiers.storage.models.contestation import Contestation, EtapeDeContestation
from quartiers.storage.models.declaration import (
    Releve,
)
from quartiers.storage.models.ecriture import Ecriture
from quartiers.storage.models.enregistrement import Desserte, Enregistrement
from quartiers.storage.models.essai_d_import import EssaiDImport, SuiteDEssai
from quartiers.storage.models.examen import Examen
from quartiers.storage.models.lieu import Proximite
from quartiers.storage.models.mandat import Delegation, Mandat, MandatTransmis, Transmission
from quartiers.storage.models.message import Annonce, Message
from quartiers.storage.models.piece import FichierDePiece, Piece
from quartiers.storage.models.territoire import CodeAncien, Rattachement, Territoire
from quartiers.storage.models.titulaire import Titulaire

__all__ = [
    "Acte",
    "Annonce",
    "Brouillon",
    "CodeAncien",
    "Contestation",
    "Delegation",
    "Desserte",
    "Ecriture",
    "Enregistrement",
    "EssaiDImport",
    "EtapeDeContestation",
    "Examen",
    "FichierDePiece",
    "Invitation",
    "Mandat",
    "MandatTransmis",
    "Message",
    "Piece",
    "Proximite",
    "Rattachement",
    "Releve",
    "SessionOuverte",
    "SuiteDEssai",
    "Territoire",
    "Tete",
    "Titulaire",
    "Transmission",
]
