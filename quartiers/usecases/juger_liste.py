"""An official list judged as a whole before it is believed: where its places stand, how many there are (L-39, L-40)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.core.champs import to_champs
from quartiers.core.dire import say_quantite
from quartiers.sources.code import get_departement
from quartiers.sources.france_services import FranceServices
from quartiers.usecases.chercher_lieux import filter_lieux
from quartiers.usecases.ecrire import POUR_ADMETTRE, EcritureOuverte
from quartiers.usecases.juger_plausibilite import check_taille, is_massif, say_point_incroyable
from quartiers.usecases.lire_enregistrements import EnregistrementLu

POINTS_DITS = 90


def judge_points(structures: Sequence[FranceServices], carnet: Carnet) -> list[FranceServices]:
    """The same structures, a point that cannot be believed left unknown and told."""
    return [_judge_point(structure, carnet) for structure in structures]


def check_liste(
    structures: Sequence[FranceServices],
    source: str,
    ecriture: EcritureOuverte,
    carnet: Carnet,
    ecartees: Sequence[Anomalie] = (),
) -> None:
    """Refuse a list with too many unknown points, too few rows, or rows left out; tell of one that grew suddenly.

    A row left out is a place that the list seems not to have: its absence would be believed.
    """
    avant, nombre = find_liste_precedente(source, ecriture)
    refus, avis = check_taille(len(structures), nombre)
    reference = "" if avant is None or not structures else f" dans la liste du {avant:%d/%m/%Y}"
    raisons = [] if refus is None else [refus + reference]
    avis = avis and avis + reference
    fixes = [s for s in structures if s.fixe]
    sans_point = sum(s.lon is None for s in fixes)
    if is_massif(sans_point, len(fixes)):
        raisons.append(f"{sans_point} structures fixes sur {len(fixes)} sans point connu")
    if ecartees:
        raisons.append(say_ecartees(len(ecartees)))
    if raisons and not ecriture.envoi.accepter_retrait:
        raise DonneesRefusees([*list_refus(raisons, carnet), *ecartees])
    for raison in (*raisons, *filter(None, (avis,))):
        carnet.notice(None, None, raison)


def say_ecartees(nombre: int) -> str:
    """What rows left out would make believe."""
    if nombre == 1:
        return "1 ligne écartée : la liste prouverait l’absence de ce qu’elle nomme"
    return f"{nombre} lignes écartées : la liste prouverait l’absence de ce qu’elles nomment"


def list_refus(raisons: Sequence[str], carnet: Carnet) -> list[Anomalie]:
    """What is wrong with the list, then each unknown point, as many as can be read."""
    globales = [f"{raison} ; {POUR_ADMETTRE}" for raison in raisons]
    reste = len(carnet.avis) - POINTS_DITS
    suite = [f"… et {reste} points inconnus de plus"] if reste > 0 else []
    return [
        *(Anomalie(carnet.fichier, None, None, raison) for raison in globales),
        *carnet.avis[:POINTS_DITS],
        *(Anomalie(carnet.fichier, None, None, raison) for raison in suite),
    ]


def _judge_point(structure: FranceServices, carnet: Carnet) -> FranceServices:
    if structure.lon is None or structure.lat is None:
        return structure
    departement = get_departement(structure.commune or "") or structure.departement
    raison = say_point_incroyable(departement, structure.lon, structure.lat)
    if raison is None:
        return structure
    point = f"latitude {structure.lat:.6g}, longitude {structure.lon:.6g}"
    carnet.notice(
        structure.ligne,
        "longitude",
        f"{structure.cle} : point laissé inconnu ({point}) : {raison}",
    )
    return replace(structure, lon=None, lat=None)


def find_liste_precedente(source: str, ecriture: EcritureOuverte) -> tuple[date | None, int | None]:
    """The nearest earlier list known on the day of the import, and its number of rows."""
    lieux = filter_lieux(
        ecriture__genre=source,
        le__lt=ecriture.envoi.get_millesime(),
        ecriture__connu_le__lte=ecriture.envoi.connu_le,
    )
    millesimes = (
        lieux.order_by("-le").values_list("le").annotate(nombre=Count("objet", distinct=True))
    )
    return millesimes.first() or (None, None)


def say_liste_precedente(
    lus: Sequence[EnregistrementLu], source: str, ecriture: EcritureOuverte
) -> list[str]:
    """What a new list has that the one before had not: all its rows are new ones of its millésime."""
    avant, _ = find_liste_precedente(source, ecriture)
    if avant is None or not lus:
        return []
    lieux = filter_lieux(
        ecriture__genre=source, le=avant, ecriture__connu_le__lte=ecriture.envoi.connu_le
    )
    connus = dict(lieux.order_by("connu_le", "ordre").values_list("objet", "champs"))
    dits = {lu.objet: to_champs(lu.contenu) for lu in lus if lu.contenu is not None}
    pareilles = sum(connus.get(objet) == champs for objet, champs in dits.items())
    communes = len(connus.keys() & dits.keys())
    dit = (
        f"par rapport à la liste du {avant:%d/%m/%Y} : {say_quantite(len(lus) - communes, 'structures de plus')}, "
        f"{say_quantite(communes - pareilles, 'changées')}, "
        f"{say_quantite(len(connus) - communes, 'disparues')}, {say_quantite(pareilles, 'inchangées')}"
    )
    return [dit]
