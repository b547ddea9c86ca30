"""Territoires entering the base: added or renamed, never lost without being asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from quartiers.core.anomalie import Anomalie, Carnet, DonneesRefusees
from quartiers.core.territoire import Ancien
from quartiers.storage.models import CodeAncien, Territoire
from quartiers.usecases.charger_territoires import load_anciens, load_codes
from quartiers.usecases.comparer import Revision
from quartiers.usecases.ecrire import POUR_ADMETTRE, Bilan, EcritureOuverte
from quartiers.usecases.rattacher import LOT, Parent, deduce_communes, refresh_rattachements
from quartiers.usecases.reviser_territoires import list_corrigees, list_retirees

EXEMPLES = 10


@dataclass(frozen=True, slots=True)
class Arrivant:
    """A territoire as a file gives it. `parents`: what it says that holds it, in order, with share and origin."""

    code: str
    nom: str
    genre: str
    parents: tuple[Parent, ...]
    ligne: int
    generation: int | None = None
    du: date | None = None
    au: date | None = None
    geometrie: bytes | None = None


def check_retrait(
    ecriture: EcritureOuverte, arrivants: Sequence[Arrivant], anciens: Mapping[str, Ancien]
) -> tuple[str, ...]:
    """Codes that a new file no longer holds, by kind and generation; refused unless it was asked for.

    What the file itself says that a code became explains a loss, and does not allow it.
    """
    nouveaux = {a.code for a in arrivants}
    familles = {(a.genre, a.generation) for a in arrivants}
    perdus: list[str] = []
    raisons = []
    for genre, generation in sorted(familles, key=str):
        connus = Territoire.objects.filter(genre=genre, generation=generation, retire=False)
        absents = sorted(set(connus.values_list("code", flat=True)) - nouveaux)
        perdus += absents
        if absents:
            nom = f"{genre} {generation}" if generation else genre
            dont = ", ".join(absents[:EXEMPLES]) + (", …" if len(absents) > EXEMPLES else "")
            raisons.append(
                f"{len(absents)} {nom} de la base absents du fichier ({dont}) : {POUR_ADMETTRE}"
            )
            raisons += [
                f"{code} est devenu {anciens[code].suite}" for code in absents if code in anciens
            ]
    if raisons and not ecriture.envoi.accepter_retrait:
        raise DonneesRefusees(
            Anomalie(ecriture.envoi.fichier, None, None, raison) for raison in raisons
        )
    return tuple(perdus)


@dataclass(frozen=True, slots=True)
class Arrivee:
    """What entering did: how many are new or stayed as they were, the codes that are new or changed, those that ended.

    `rattaches`: those that were known and are no longer held by the same.
    """

    inchangees: int
    nouvelles: int = 0
    corrigees: tuple[Revision, ...] = ()
    retirees: tuple[Revision, ...] = ()
    changes: tuple[str, ...] = ()
    perdus: tuple[str, ...] = ()
    rattaches: tuple[str, ...] = ()

    def tell(self, phrases: list[str]) -> Bilan:
        """The same as an import says it."""
        return Bilan(
            nouvelles=self.nouvelles,
            corrigees=self.corrigees,
            retirees=self.retirees,
            inchangees=self.inchangees,
            phrases=phrases,
        )


def store_territoires(
    ecriture: EcritureOuverte,
    arrivants: Sequence[Arrivant],
    anciens: Mapping[str, Ancien] | None = None,
) -> Arrivee:
    """Add what is new, update what changed, end what is gone, keep what codes became; then attach all again."""
    perdus = check_retrait(ecriture, arrivants, anciens or {})
    connus = {t.code: t for t in Territoire.objects.all()}
    changes = _store_arrivants(ecriture, arrivants, connus)
    if perdus:
        ecriture.open()
        ecriture.ajoutees += _retire(perdus, ecriture)
    _store_anciens(anciens or {}, ecriture)
    rattaches: list[str] = []
    if ecriture.id is not None:
        rattaches = refresh_rattachements(ecriture.id)
        deduce_communes(ecriture.id)
    return Arrivee(
        inchangees=len(arrivants) - len(changes),
        nouvelles=sum(t.code not in connus for t in changes),
        corrigees=list_corrigees(changes, connus),
        retirees=list_retirees(perdus, connus),
        changes=tuple(t.code for t in changes),
        perdus=perdus,
        rattaches=tuple(rattaches),
    )


def _store_arrivants(
    ecriture: EcritureOuverte, arrivants: Sequence[Arrivant], connus: Mapping[str, Territoire]
) -> list[Territoire]:
    """Those that are new or changed."""
    differents = [a for a in arrivants if not _is_pareil(a, connus.get(a.code))]
    if not differents:
        return []
    nom = ecriture.open()
    changes = [_build(a, nom) for a in differents]
    Territoire.objects.bulk_create(
        changes,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[
            *("nom", "genre", "generation", "du", "au", "retire", "geometrie", "publies"),
            *("ecriture", "ligne"),
        ],
    )
    ecriture.ajoutees += len(changes)
    return changes


def _store_anciens(anciens: Mapping[str, Ancien], ecriture: EcritureOuverte) -> None:
    """Never deleted: a code that a later COG forgets still leads where it led."""
    connus = load_anciens()
    nouveaux = [
        CodeAncien(code=code, present=ancien.suite, nom=ancien.nom)
        for code, ancien in anciens.items()
        if connus.get(code) != ancien
    ]
    if not nouveaux:
        return
    ecriture.open()
    CodeAncien.objects.bulk_create(
        nouveaux,
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["present", "nom"],
    )
    ecriture.ajoutees += len(nouveaux)


def _retire(perdus: Sequence[str], ecriture: EcritureOuverte) -> int:
    """End what the file no longer holds: kept with all that was said of it, no longer expected of anyone."""
    fin = (ecriture.envoi.millesime or ecriture.envoi.connu_le) - timedelta(days=1)
    for debut in range(0, len(perdus), LOT):
        lot = Territoire.objects.filter(code__in=perdus[debut : debut + LOT])
        lot.filter(Q(au__isnull=True) | Q(au__gt=fin)).update(au=fin)
        lot.update(retire=True)
    return len(perdus)


def _is_pareil(arrivant: Arrivant, ancien: Territoire | None) -> bool:
    if ancien is None or ancien.retire:
        return False
    geometrie = None if ancien.geometrie is None else bytes(ancien.geometrie)
    return (
        *(ancien.nom, ancien.genre, ancien.generation, ancien.du, ancien.au),
        *(geometrie, ancien.publies),
    ) == (
        *(arrivant.nom, arrivant.genre, arrivant.generation, arrivant.du, arrivant.au),
        *(arrivant.geometrie, [parent.to_publie() for parent in arrivant.parents]),
    )


def _build(arrivant: Arrivant, ecriture: int) -> Territoire:
    return Territoire(
        code=arrivant.code,
        nom=arrivant.nom,
        genre=arrivant.genre,
        generation=arrivant.generation,
        du=arrivant.du,
        au=arrivant.au,
        geometrie=arrivant.geometrie,
        publies=[parent.to_publie() for parent in arrivant.parents],
        ecriture_id=ecriture,
        ligne=arrivant.ligne,
    )


def check_parents(ecriture: EcritureOuverte, arrivants: Sequence[Arrivant]) -> None:
    """A holder that nobody knows refuses the file (the COG comes first); one that became another is told."""
    territoires = load_codes()
    carnet = Carnet(ecriture.envoi.fichier)
    for arrivant in arrivants:
        for parent in arrivant.parents:
            raison = f"{arrivant.code} : {parent.code}"
            present = territoires.get_present(parent.code)
            if present is None and parent.code not in territoires:
                raison = f"{arrivant.code} : territoire inconnu {parent.code}"
                carnet.refuse(arrivant.ligne, None, f"{raison} (importer le COG d’abord)")
            elif present is None:
                fin = territoires[parent.code].au
                suite = f"n’est plus en vigueur depuis le {fin:%d/%m/%Y}, et rien ne dit ce qui le continue"
                carnet.notice(arrivant.ligne, None, f"{raison} {suite}")
            elif present != parent.code:
                carnet.repair(arrivant.ligne, None, f"{raison} est devenu {present}")
    rapport = carnet.close(len(arrivants))
    if rapport.reparees or rapport.avis:
        ecriture.rapports.append(replace(rapport, lues=0, gardees=0))
