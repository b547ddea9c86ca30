"""The door of a file of records: one for every kind, from the declaration of the kind alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from quartiers.core.anomalie import Carnet, DonneesRefusees, Rapport
from quartiers.core.contenu import Contenu, TypeDeChamp, describe
from quartiers.core.dire import say_quantite
from quartiers.core.enregistrement import LIBELLES_VALIDATION, NatureDeLien
from quartiers.core.genres.lieu import Lieu
from quartiers.core.referentiel import Referentiel
from quartiers.reports.genre_preuve import say_details
from quartiers.reports.genre_table import write_liens
from quartiers.sources.lecture import read_table_file
from quartiers.sources.table import Colonnes, Table
from quartiers.storage.models import Enregistrement
from quartiers.usecases.charger_contexte import build_contexte
from quartiers.usecases.chercher_lieux import find_source
from quartiers.usecases.comparer import RETIREE, Comparaison, Revision, compare_lignes
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.ecrire import Bilan, EcritureOuverte, Envoi
from quartiers.usecases.garder_enregistrements import (
    add_enregistrements,
    iterate_enregistrements,
)
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.interroger import list_ecritures_depuis, split
from quartiers.usecases.lire_champs import Objets, split_valeurs
from quartiers.usecases.lire_enregistrements import (
    EnregistrementLu,
    get_colonnes,
    read_enregistrements,
)
from quartiers.usecases.lire_examens import find_renvoyees, is_examine_depuis
from quartiers.usecases.mesurer import measure_declares

DE_LISTE = "est le nom d’une ligne de la liste « {} », que son producteur seul change : écrire un autre objet"
RETRAIT_INCONNU = "retrait d’une ligne inconnue : rien n’a été dit de cet objet pour ce jour"


@dataclass(frozen=True, slots=True)
class EnregistrementsCompares:
    """The records of a file beside what is known of their things.

    `precedents`: the last row entered of each; `tenues`: the row that holds, which is not the last one when that
    one was sent back.
    """

    lus: Sequence[EnregistrementLu]
    comparaison: Comparaison[EnregistrementLu]
    rapport: Rapport
    precedents: Mapping[tuple[str, str, date], int]
    tenues: Mapping[Hashable, int]
    referentiel: Referentiel
    renvoyees: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Connus:
    """What is known of the things of a file. `actuels`: the last version of each statement on its day of knowledge."""

    actuels: dict[Hashable, EnregistrementLu] = field(default_factory=dict)
    precedents: dict[tuple[str, str, date], int] = field(default_factory=dict)
    tenues: dict[Hashable, int] = field(default_factory=dict)
    renvoyees: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class PorteDEnregistrements:
    """Takes in the files of a kind."""

    genre: type[Contenu]

    @property
    def GENRE(self) -> str:  # noqa: N802 -- the name that doors have
        """The word by which the command calls it."""
        return self.genre.get_mot()

    @property
    def AIDE(self) -> str:  # noqa: N802
        """What such a file is."""
        return f"enregistrements de genre {self.genre.GENRE} ({self.genre.LIBELLE})"

    @property
    def colonnes(self) -> Colonnes:
        """The columns of such a file."""
        return get_colonnes(self.genre)

    def read(self, chemin: Path, envoi: Envoi) -> EnregistrementsCompares:
        """The records of the file, compared with what is known of the things that they speak of."""
        table = read_table_file(chemin, self.colonnes)
        return self.compare(table, build_contexte(envoi.connu_le), envoi)

    def compare(self, table: Table, contexte: Contexte, envoi: Envoi) -> EnregistrementsCompares:
        """The records of a table beside what the base knows of the things that they speak of."""
        lus, rapport = self.read_table(table, contexte)
        connus = read_connus(self.genre.GENRE, [lu.objet for lu in lus], envoi.connu_le)
        self.check_objets(lus, connus.actuels, table.fichier)
        lus = [_situate_retrait(lu, connus.actuels) for lu in lus]
        return EnregistrementsCompares(
            lus=lus,
            comparaison=compare_lignes(lus, connus.actuels),
            rapport=rapport,
            precedents=connus.precedents,
            tenues=connus.tenues,
            referentiel=contexte.referentiel,
            renvoyees=connus.renvoyees,
        )

    def read_table(
        self, table: Table, contexte: Contexte
    ) -> tuple[list[EnregistrementLu], Rapport]:
        """Every record; the territoires of each in one order, whatever that of its cell."""
        objets = find_references(self.genre, table, contexte)
        lus, rapport = read_enregistrements(table, self.genre, contexte, objets)
        return [replace(lu, liens=tuple(sorted(lu.liens, key=str))) for lu in lus], rapport

    def check_objets(
        self,
        lus: Sequence[EnregistrementLu],
        actuels: Mapping[Hashable, EnregistrementLu],
        fichier: str,
    ) -> None:
        """A withdrawal names what is known; a thing does not change what makes its series.

        `actuels`: the last version of each statement about these things, in the order they were learnt.
        """
        carnet = Carnet(fichier)
        series: dict[str, tuple[object, ...]] = {}
        for connu in actuels.values():
            if connu.contenu is not None:
                series.setdefault(connu.objet, connu.contenu.get_serie())
        for lu in lus:
            if (source := find_source(lu.objet)) is not None:
                carnet.refuse(lu.ligne, "objet", f"{lu.objet} {DE_LISTE.format(source)}")
                continue
            if lu.contenu is None:
                if lu.identite not in actuels:
                    carnet.refuse(lu.ligne, "retrait", RETRAIT_INCONNU)
                continue
            serie = lu.contenu.get_serie()
            if series.setdefault(lu.objet, serie) != serie:
                noms = ", ".join(f"« {nom} »" for nom in self.genre.SERIE)
                raison = f"{lu.objet} change de série : {noms} ne changent pas d’une ligne à l’autre ; écrire un autre objet"
                carnet.refuse(lu.ligne, "objet", raison)
        if carnet.refus:
            raise DonneesRefusees(carnet.refus, carnet.de_plus)

    def write(self, lus: EnregistrementsCompares, ecriture: EcritureOuverte) -> Bilan:
        """Store the records that say something new."""
        comparaison, rapport = lus.comparaison, lus.rapport
        ecriture.rapports.append(rapport)
        phrases = []
        if comparaison.changements:
            add_enregistrements(ecriture, comparaison.changements, lus.precedents)
            if self.genre is Lieu and (mesurees := measure_declares(ecriture.open())):
                phrases.append(say_quantite(mesurees, "distances mesurées"))
        say = partial(self.say_revision, referentiel=lus.referentiel)
        return Bilan(
            nouvelles=len(comparaison.nouvelles),
            corrigees=tuple(say(*paire) for paire in comparaison.corrigees),
            retirees=tuple(say(*paire) for paire in comparaison.retirees),
            inchangees=rapport.gardees - len(comparaison.changements),
            doubles=rapport.gardees - len(lus.lus),
            phrases=phrases,
        )

    def has_change(self, lus: EnregistrementsCompares, depuis: int) -> bool:
        """Something was written since, on which what was read of the base depends."""
        ecritures = list_ecritures_depuis(depuis, self.GENRE)
        if ecritures is None:
            return True
        rangees = Enregistrement.objects.filter(ecriture_id__in=ecritures)
        examinees = partial(is_examine_depuis, depuis, enregistrement__genre=self.genre.GENRE)
        objets = sorted({lu.objet for lu in lus.lus})
        return any(
            rangees.filter(objet__in=lot).exists() or examinees(enregistrement__objet__in=lot)
            for lot in split(objets)
        )

    def say_revision(
        self, connu: EnregistrementLu, lu: EnregistrementLu, referentiel: Referentiel
    ) -> Revision:
        """What a record changes, field by field, under the names that people know."""
        return say_revision(connu, lu, referentiel)


def _situate_retrait(
    lu: EnregistrementLu, actuels: Mapping[Hashable, EnregistrementLu]
) -> EnregistrementLu:
    """A withdrawal stands where what it takes back stood: it is judged there, by those who may."""
    connu = actuels.get(lu.identite)
    return replace(lu, liens=connu.liens) if lu.is_retrait and connu is not None else lu


def find_references(genre: type[Contenu], table: Table, contexte: Contexte) -> Objets:
    """Those of the things that a table names which are known, by kind."""
    noms: dict[str, set[str]] = {}
    for nom, decrit in describe(genre).items():
        if decrit.type is TypeDeChamp.REFERENCE:
            vus = {
                t
                for ligne in table
                for t in split_valeurs(ligne[nom], decrit.champ.separateur)
                if t
            }
            noms.setdefault(decrit.champ.genre, set()).update(vus)
    return {voulu: contexte.list_objets(voulu, vus) for voulu, vus in noms.items()}


def read_connus(genre: str, objets: Sequence[str], connu_le: date) -> _Connus:
    """Every statement of some things; nothing else of the base is read. One that was sent back says nothing."""
    lus: list[tuple[EnregistrementLu, Provenance]] = []
    for lot in split(sorted(set(objets))):
        lus += iterate_enregistrements(genre=genre, objet__in=lot)
    connus = _Connus(renvoyees=find_renvoyees("enregistrement", {p.rangee or 0 for _, p in lus}))
    for lu, provenance in lus:
        if provenance.connu_le <= connu_le and provenance.rangee not in connus.renvoyees:
            connus.actuels[lu.identite] = lu
            connus.tenues[lu.identite] = provenance.rangee or 0
    for lu, provenance in sorted(lus, key=lambda ligne: ligne[1].ordre):
        connus.precedents[lu.identite] = provenance.rangee or 0
    return connus


def say_revision(
    connu: EnregistrementLu, lu: EnregistrementLu, referentiel: Referentiel
) -> Revision:
    """What a record changes, field by field, under the names that people know."""
    quoi = f"{lu.objet}, {lu.le:%d/%m/%Y}"
    if lu.is_retrait:
        dits = ", ".join(f"{nom} : {mots}" for nom, mots in list_dits(connu, referentiel))
        return Revision(lu.ligne, quoi, dits, RETIREE)
    avant, apres = dict(list_dits(connu, referentiel)), dict(list_dits(lu, referentiel))
    noms = [nom for nom in (*avant, *apres) if avant.get(nom) != apres.get(nom)]
    ecarts = list(dict.fromkeys(noms))
    return Revision(
        lu.ligne,
        quoi,
        ", ".join(f"{nom} : {avant.get(nom, 'vide')}" for nom in ecarts),
        ", ".join(f"{nom} : {apres.get(nom, 'vide')}" for nom in ecarts),
    )


def list_dits(lu: EnregistrementLu, referentiel: Referentiel) -> Iterator[tuple[str, str]]:
    """(name, words) of all that a record says."""
    if lu.contenu is not None:
        yield from say_details(lu.contenu, referentiel)
    for nature, nom in ((NatureDeLien.SITUE, "Situé dans"), (NatureDeLien.DESSERT, "Dessert")):
        if dits := write_liens(lu.liens, nature):
            yield nom, dits
    yield "Validation", LIBELLES_VALIDATION[lu.validation]
