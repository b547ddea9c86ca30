"""All that the base knows, as the computation wants it; read once per state of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.conf import settings
from django.db.models import Max

from quartiers.core.attendus import extend_territoires, list_quartiers_cibles
from quartiers.core.cellule import Cellules, get_ordre
from quartiers.core.derivation.calendriers_dits import build_calendriers
from quartiers.core.dossier import Dossier
from quartiers.core.genres import MOTS_A_ENTETE
from quartiers.core.genres.cible import CibleDeclaree
from quartiers.core.genres.confirmation import ConfirmationDeclaree
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.genres.sans_objet import SansObjetDeclare
from quartiers.core.nouveautes import merge_dossier
from quartiers.core.referentiel import Referentiel
from quartiers.core.territoire import Genre, Territoire
from quartiers.storage import models
from quartiers.usecases.charger_contexte import load_referentiel
from quartiers.usecases.charger_territoires import load_territoires
from quartiers.usecases.chercher_lieux import load_lieux_nommes
from quartiers.usecases.garder_enregistrements import (
    DECLARES,
    build_enregistrement,
    iterate_contenus,
    iterate_enregistrements,
)
from quartiers.usecases.garder_lignes import RELEVES
from quartiers.usecases.lire_contestations import load_contestations
from quartiers.usecases.lire_examens import (
    list_enregistrements_examines,
    list_releves_examines,
)
from quartiers.usecases.lire_lieux import list_arrets, list_cadres, list_lieux
from quartiers.usecases.memoire import Memoire
from quartiers.usecases.mesurer import load_distances
from quartiers.usecases.petits.cible import build_cible
from quartiers.usecases.petits.confirmation import build_confirmation
from quartiers.usecases.petits.quartier_cible import build_quartier
from quartiers.usecases.petits.sans_objet import build_sans_objet
from quartiers.usecases.projeter_lieux import project_lieux
from quartiers.usecases.prouver import (
    build_releve,
)
from quartiers.usecases.registres import Registres, project_registres
from quartiers.usecases.savoir import Etat, Savoir
from quartiers.usecases.suivre import Marque, follow_cadre, read_marque, read_nouveautes


def load_dossier() -> Dossier:
    """The dossier of the base, kept by the process until an import changes it (one query to know)."""
    return load_savoir().dossier


def load_savoir() -> Savoir:
    """The same with its cells: read once, then only what was learnt since is read and merged."""
    return MEMOIRE.load(read_etat())


def load_cadre() -> Savoir:
    """The same, true of the territoires, the rules and the quartiers alone: who checks a line reads its own rows.

    A write then costs what it reads, however much is known.
    """
    return MEMOIRE.load_cadre(find_cadre)


def find_cadre(savoir: Savoir, depuis: Marque) -> Marque | None:
    """The mark of the base when its frame is that of what is held; None when it is not."""
    if savoir.dossier.referentiel is not load_referentiel():
        return None
    return follow_cadre(depuis)


def forget_dossier() -> None:
    """Read the base again at the next call: tests roll it back under our feet."""
    MEMOIRE.hold(None)


def read_etat() -> Etat:
    """The state of the base as it is (one query)."""
    return (read_marque(), load_referentiel().version)


def write_version(marque: Marque, referentiel: Referentiel) -> str:
    """The name of a state of the data: `AAAA-MM-JJ.N-référentiel`, day of entry and number of the last import."""
    donnees = f"{marque.saisi_le:%Y-%m-%d}.{marque.numero}" if marque.saisi_le else "vide"
    return f"{donnees}-{referentiel.version}"


def follow_savoir(savoir: Savoir) -> Savoir | None:
    """What is held with what was learnt since; None when the frame moved, or when the base or the rules are others."""
    marque, referentiel = read_marque(), savoir.dossier.referentiel
    if referentiel is not load_referentiel():
        return None
    if savoir.marque == marque:
        return savoir
    lots = read_nouveautes(savoir.marque, marque, referentiel)
    if lots is None:
        return None
    nouveautes, registres = lots.nouveautes, savoir.registres
    if lots.enregistrements:
        nommes = load_lieux_nommes(lots.enregistrements, referentiel)
        connus = registres.enregistrements
        nouveaux = [lu for lu in nommes if (lu.genre, lu.objet) not in connus]
        nouveaux += lots.enregistrements
        registres, changes = registres.follow(nouveaux, load_distances(nouveaux))
        nouveautes = replace(nouveautes, registres=changes)
    dossier = merge_dossier(
        savoir.dossier,
        nouveautes,
        write_version(marque, referentiel),
        tuple(list_versions(marque, referentiel)),
    )
    return replace(
        savoir,
        dossier=dossier,
        cellules=savoir.cellules.merge(nouveautes),
        marque=marque,
        registres=registres,
        touches=savoir.cellules.list_touches(nouveautes),
    )


def read_savoir(marque: Marque | None = None) -> Savoir:
    """The whole base, as it is, or as it was at a write."""
    marque = read_marque() if marque is None else marque
    dossier, registres = read_base(marque)
    codes = dossier.territoires.extend(
        Territoire(q.code, q.nom, Genre.QUARTIER) for q in dossier.quartiers
    )
    actuels = extend_territoires(dossier, list_quartiers_cibles(dossier, date.max))
    return Savoir(dossier, Cellules(dossier), codes, actuels, marque, registres)


MEMOIRE = Memoire(read_savoir, follow_savoir, settings.MEMOIRE_OCTETS)
"""That of the process."""


def build_dossier(marque: Marque) -> Dossier:
    """Read everything; the same rows give the same dossier."""
    return read_base(marque)[0]


def read_base(marque: Marque) -> tuple[Dossier, Registres]:
    """The dossier, and the registers that its next rows will join.

    Declared lines of an import later than `marque` are left for the next look, which will add them.
    """
    referentiel = load_referentiel()
    lots = {"ecriture__numero__lte": marque.numero}
    territoires = load_territoires()
    quartiers = [build_quartier(*lu) for lu in iterate_contenus(QuartierDeclare)]
    lieux = list(list_lieux(territoires))
    noms = {lieu.cle: lieu.preuve.libelle for lieu in lieux}
    places = project_lieux(
        referentiel, lieux, list_arrets(noms), list_cadres(territoires, quartiers)
    )
    releves = [build_releve(*rangee, referentiel) for rangee in RELEVES.iterate(**lots)]
    releves += list_releves_examines(referentiel, **lots)
    confirmations = [
        build_confirmation(contenu, ligne, provenance, noms.get(contenu.lieu, ""))
        for contenu, ligne, provenance in iterate_contenus(ConfirmationDeclaree, **lots)
    ]
    # Rows of official lists are projected apart (usecases/projeter_lieux.py), save as places where activities are held.
    declares = iterate_enregistrements(
        **lots, ecriture__canal__in=DECLARES, genre__in=MOTS_A_ENTETE
    )
    enregistrements = [build_enregistrement(*lu, referentiel) for lu in declares]
    enregistrements += list_enregistrements_examines(referentiel, **lots)
    enregistrements += load_lieux_nommes(enregistrements, referentiel)
    calendriers = build_calendriers(enregistrements)
    registres = project_registres(
        referentiel,
        territoires,
        quartiers,
        calendriers,
        enregistrements,
        load_distances(enregistrements),
    )
    dossier = Dossier(
        referentiel=referentiel,
        territoires=territoires,
        quartiers=quartiers,
        releves=sorted([*releves, *places.releves], key=get_ordre),
        objets=places.objets,
        listes=places.listes,
        confirmations=confirmations,
        sans_objets=[build_sans_objet(*lu) for lu in iterate_contenus(SansObjetDeclare, **lots)],
        cibles=[build_cible(*lue) for lue in iterate_contenus(CibleDeclaree, **lots)],
        calendriers=calendriers,
        registres=registres.par_cle,
        contestations=load_contestations(marque.numero),
        version=write_version(marque, referentiel),
        versions=tuple(list_versions(marque, referentiel)),
    )
    return dossier, registres


def list_versions(marque: Marque, referentiel: Referentiel) -> Iterator[tuple[date, str]]:
    """The last write known at the end of each day: (day, `day.import-référentiel`), in order of the days.

    What was learnt later does not change the name of what was known then: an old tableau is printed again as it was.
    """
    ecritures = models.Ecriture.objects.filter(numero__lte=marque.numero)
    par_jour = (
        ecritures.order_by("connu_le").values_list("connu_le").annotate(dernier=Max("numero"))
    )
    dernier = 0
    for jour, numero in par_jour:
        dernier = max(dernier, numero)
        yield jour, f"{jour}.{dernier}-{referentiel.version}"
