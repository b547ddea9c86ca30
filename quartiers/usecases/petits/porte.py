"""The door of the files that have their own columns: read by the declaration of the kind, and by what it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from quartiers.core.anomalie import Anomalie, Carnet, Rapport
from quartiers.core.contenu import ChampDecrit, TypeDeChamp, describe, list_champs
from quartiers.core.enregistrement import Validation
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.referentiel import Referentiel
from quartiers.reports.table import Valeur
from quartiers.sources.table import Table
from quartiers.usecases.comparer import Revision, say_champ, say_ecart
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_lignes import read_lignes
from quartiers.usecases.porte_d_enregistrements import (
    EnregistrementsCompares,
    PorteDEnregistrements,
)

CELLULE = ("indicateur", "territoire")
"""Read together: an indicateur is measured at some levels only."""
Valeurs: TypeAlias = dict[str, Any]
"""What was read of a line, by field; those that are empty or faulty are absent."""
Lire: TypeAlias = Callable[[Formulaire, Contexte, Valeurs], Any]
Lus: TypeAlias = Sequence[EnregistrementLu]


def judge_rien(formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs) -> None:
    """Nothing but the fields."""
    del formulaire, contexte, valeurs


def list_rien(lus: Lus, fichier: str) -> Iterator[Anomalie]:
    """Nothing to tell."""
    del lus, fichier
    yield from ()


def keep_lus(lus: Lus, fichier: str) -> Lus:
    """As they were read."""
    del fichier
    return lus


def write_rien(contenu: PetitGenre, referentiel: Referentiel) -> Mapping[str, Valeur]:
    """No cell but as its type says."""
    del contenu, referentiel
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PorteDePetitGenre(PorteDEnregistrements):
    """Takes in the files of a small kind.

    `lire`: the fields that their type does not say how to read, each with those before it. `judge`: the faults of a
    line, once it is read, and what follows from its fields; `judge_tout`: those that no line can tell by itself.
    `list_avis`: what to tell of the lines. `complete`: those that change something, with what is worked out of each.
    `write_cellules`: the cells that an export does not write as their type says, so that they have one reading.
    """

    genre: type[PetitGenre]
    lire: Mapping[str, Lire] = field(default_factory=dict)
    judge: Callable[[Formulaire, Contexte, Valeurs], None] = judge_rien
    judge_tout: Callable[[Lus, Carnet, Contexte, Table], None] | None = None
    list_avis: Callable[[Lus, str], Iterator[Anomalie]] = list_rien
    complete: Callable[[Lus, str], Lus] = keep_lus
    write_cellules: Callable[[PetitGenre, Referentiel], Mapping[str, Valeur]] = write_rien

    def compare(self, table: Table, contexte: Contexte, envoi: Envoi) -> EnregistrementsCompares:
        """The lines of a table beside what is known of their things, and what to tell of them."""
        compares = PorteDEnregistrements.compare(self, table, contexte, envoi)
        avis = (*compares.rapport.avis, *self.list_avis(compares.lus, table.fichier))
        changements = tuple(self.complete(compares.comparaison.changements, table.fichier))
        return replace(
            compares,
            rapport=replace(compares.rapport, avis=avis),
            comparaison=replace(compares.comparaison, changements=changements),
        )

    def read_table(
        self, table: Table, contexte: Contexte
    ) -> tuple[list[EnregistrementLu], Rapport]:
        """Every line; all faults at once."""
        judge_tout = self.judge_tout
        return read_lignes(
            table,
            lambda formulaire: self._read_ligne(formulaire, contexte),
            judge_tout and (lambda lus, carnet: judge_tout(lus, carnet, contexte, table)),
        )

    def read_saisie(self, table: Table, contexte: Contexte) -> EnregistrementLu | None:
        """The only line of a form, with what is worked out of it. Raises DonneesRefusees with every reason."""
        carnet = Carnet(table.fichier)
        lu = self._read_ligne(Formulaire(table.lignes[0], carnet), contexte)
        lus = [] if lu is None else [lu]
        if self.judge_tout is not None:
            self.judge_tout(lus, carnet, contexte, table)
        carnet.check()
        return next(iter(self.complete(lus, table.fichier)), None)

    def _read_ligne(self, formulaire: Formulaire, contexte: Contexte) -> EnregistrementLu | None:
        champs = list_champs(self.genre)
        valeurs: dict[str, Any] = {}
        lus: tuple[str, ...] = ()
        if CELLULE[0] in champs:
            lus = CELLULE
            if (cellule := contexte.read_cellule(formulaire)) is not None:
                valeurs |= {"indicateur": cellule[0].code, "territoire": cellule[1]}
        for nom, decrit in champs.items():
            if nom in lus:
                continue
            lire = self.lire.get(nom)
            lu = lire(formulaire, contexte, valeurs) if lire else _read(formulaire, decrit)
            if lu is not None and lu != "":
                valeurs[nom] = lu
        self.judge(formulaire, contexte, valeurs)
        if formulaire.has_fautes():
            return None
        contenu = self.genre(**valeurs)
        return EnregistrementLu(
            self.genre.GENRE,
            contenu.objet,
            contenu.le,
            contenu,
            (),  # its territoire is one of its fields
            Validation.SOUMIS,
            formulaire.numero,
        )

    def say_revision(
        self, connu: EnregistrementLu, lu: EnregistrementLu, referentiel: Referentiel
    ) -> Revision:
        """What a line changes, by the names of its columns."""
        del referentiel
        parties = (getattr(lu.contenu, nom) for nom in self.genre.IDENTITE)
        quoi = ", ".join(say_champ(partie) for partie in parties if partie not in {None, ""})
        return Revision(lu.ligne, quoi, *say_ecart(drop_deduits(connu), drop_deduits(lu), None))


def drop_deduits(lu: EnregistrementLu) -> PetitGenre:
    """What its file says of a line."""
    contenu = lu.contenu
    if not isinstance(contenu, PetitGenre):
        raise TypeError(lu.genre)
    deduits = [nom for nom, decrit in describe(type(contenu)).items() if decrit.champ.deduit]
    return replace(contenu, **dict.fromkeys(deduits))


def _read(formulaire: Formulaire, decrit: ChampDecrit) -> Any:  # noqa: ANN401 -- as many types as fields
    nom, requis = decrit.nom, decrit.requis
    match decrit.type:
        case TypeDeChamp.JOUR:
            return formulaire.read_jour(nom, requis=requis)
        case TypeDeChamp.COORDONNEE:
            return formulaire.read_coordonnee(nom, decrit.champ.borne)
        case TypeDeChamp.TEXTE:
            texte = formulaire.read_texte(nom, requis=requis, maximum=decrit.champ.maximum)
            return formulaire.notice_personnelles(nom, texte)
    msg = f"{nom} : la porte du genre dit comment lire un champ {decrit.type.value}"
    raise TypeError(msg)
