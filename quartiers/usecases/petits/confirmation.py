"""confirmations.csv: a known place that does serve a quartier, for a presence measured by distance."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from quartiers.core import fait
from quartiers.core.anomalie import Anomalie
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.rayons import RAYON_A_PROXIMITE_M
from quartiers.core.referentiel import GenreIndicateur
from quartiers.storage.models import Proximite
from quartiers.usecases.charger_territoires import list_perimetres
from quartiers.usecases.chercher_lieux import filter_cles, filter_declares
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits.porte import Lus, PorteDePetitGenre, Valeurs
from quartiers.usecases.prouver import prove_contenu


def build_confirmation(
    contenu: ConfirmationDeclaree, ligne: int, provenance: Provenance, nom: str = ""
) -> fait.Confirmation:
    """A confirmation; `nom`: the place as a reader calls it."""
    return fait.Confirmation(
        indicateur=contenu.indicateur,
        territoire=contenu.territoire,
        objet=contenu.lieu,
        date=contenu.date,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        preuve=prove_contenu(contenu, nom or contenu.lieu, ligne, provenance, "motif", "par"),
    )


def _read_lieu(formulaire: Formulaire, contexte: Contexte, _: Valeurs) -> str | None:
    if contexte.lieux is None:
        return formulaire.read_texte("lieu", requis=True, maximum=80)
    return formulaire.read_parmi("lieu", contexte.lieux, "lieu")


def _judge(formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs) -> None:
    if "territoire" not in valeurs:
        return
    contexte.check_en_vigueur(formulaire, valeurs["territoire"], valeurs.get("date"))
    indicateur = contexte.get_indicateur(valeurs["indicateur"])
    if indicateur is not None and indicateur.genre is not GenreIndicateur.PRESENCE:
        formulaire.refuse("indicateur", f"{indicateur.code} n'est pas une présence")


def _list_vaines(lus: Lus, fichier: str) -> Iterator[Anomalie]:
    """Confirmations of a place that nothing shows within 1,000 m of its territoire (L-10)."""
    for lu in lus:
        if not isinstance(lu.contenu, ConfirmationDeclaree):
            continue
        lieu, territoire = lu.contenu.lieu, lu.contenu.territoire
        proches = Proximite.objects.filter(
            Q(enregistrement__in=filter_cles([lieu]).order_by().values("pk"))
            | Q(enregistrement__in=filter_declares(objet=lieu).values("pk")),
            territoire__in=list_perimetres(territoire),
            distance_m__lte=RAYON_A_PROXIMITE_M,
        )
        if not proches.exists():
            raison = f"sans effet : rien ne montre {lieu} à moins de 1 000 m de {territoire}"
            yield Anomalie(fichier, lu.ligne, "lieu", raison)


PORTE = PorteDePetitGenre(
    genre=ConfirmationDeclaree,
    lire={
        "lieu": _read_lieu,
        "date": lambda formulaire, contexte, _: formulaire.read_jour_connu(
            "date", contexte.connu_le
        ),
    },
    judge=_judge,
    list_avis=_list_vaines,
)
