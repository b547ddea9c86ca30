"""Territoires covered by a convention in force: each is counted once in all that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quartiers.core.contenu import Contenu
from quartiers.core.derivation.apport import Apport
from quartiers.core.derivation.comptes import CompteDeDerivation
from quartiers.core.derivation.etats import project_etat
from quartiers.core.derivation.filtrage import Critere, Filtrage
from quartiers.core.derivation.geographie import GeographieConnue
from quartiers.core.derivation.lecture_d_etat import EtatLu
from quartiers.core.derivation.regle import Regle
from quartiers.core.enregistrement import Enregistrement
from quartiers.core.genres.convention import Convention
from quartiers.core.referentiel import Portee
from quartiers.core.territoire import Niveau


def project_convention(
    regle: Regle, dires: Sequence[Enregistrement], geographie: GeographieConnue
) -> Iterator[Apport]:
    """For each territoire of the kinds asked that a convention is linked to, what it says of all that hold it."""
    couvrante = build_couvrante(regle)
    for apport in project_etat(EtatLu(couvrante, tuple(dires)), geographie):
        code = apport.territoire
        if code in geographie.territoires and geographie.territoires[code].genre in _list_genres(
            regle
        ):
            for tenant in geographie.list_nourris(code):
                if regle.is_lue_a(geographie.get_niveau(tenant)):
                    yield replace(apport, territoire=tenant, quoi=code)


def build_couvrante(regle: Regle) -> Regle:
    """The rule that reads the conventions themselves, at the level of a quartier."""
    genres = regle.filtrage.convention

    def passe(contenu: Contenu) -> bool:
        return isinstance(contenu, Convention) and contenu.genre in genres

    return replace(
        regle,
        indicateur=replace(regle.indicateur, niveau=Niveau.QUARTIER),
        de=Convention.DE,
        genre=Convention,
        portee=Portee.DESSERTE,
        compte=CompteDeDerivation.DISTINCT,
        niveaux=None,
        filtrage=Filtrage(identite=(Critere("genre", passe),), periodes=("en_vigueur",)),
    )


def _list_genres(regle: Regle) -> tuple[str, ...]:
    return regle.derivation.get_mots("genre")
