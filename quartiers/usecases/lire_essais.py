"""How the lines of a file sent by an account are read: by the doors of the command, with what a page fills or asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from quartiers.core.anomalie import Rapport
from quartiers.core.contenu import Contenu
from quartiers.core.dix_fois import find_derniere, say_dix_fois
from quartiers.core.enregistrement import Validation
from quartiers.core.essai_d_import import LigneEssayee, Risque, SortDeLigne
from quartiers.core.forme import fold_identifiant
from quartiers.core.genres import GENRES_IMPORTABLES
from quartiers.core.genres.pointage import Pointage
from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.petit_genre import PetitGenre
from quartiers.core.voie_de_saisie import list_voies
from quartiers.core.vue import Vue
from quartiers.sources.table import Colonnes, Ligne, Table
from quartiers.storage.models import Enregistrement
from quartiers.usecases.charger_dossier import MEMOIRE, load_savoir
from quartiers.usecases.comparer import Comparaison, say_ecart
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.declarer import COMMENTAIRE_MAX
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.imports import releves
from quartiers.usecases.interroger import split
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.lire_releves import COLONNES
from quartiers.usecases.lister_attentes import RELEVE
from quartiers.usecases.lister_choses import list_corrigibles
from quartiers.usecases.petits import PORTES
from quartiers.usecases.porte_d_enregistrements import (
    EnregistrementsCompares,
    PorteDEnregistrements,
    list_dits,
)
from quartiers.usecases.preparer import Porte
from quartiers.usecases.releve_lu import ReleveLu
from quartiers.usecases.releves_de_la_base import RelevesDeLaBase
from quartiers.usecases.ressort import Ressort

AUTRE_SOURCE = "Votre organisme ne parle qu’en son nom. Videz la case, ou écrivez « {} »."
NON_DECLARE = (
    "Votre organisme ne déclare pas cet indicateur\u00a0: il est calculé. Retirez la ligne."
)
COMMENTAIRE_LONG = f"{COMMENTAIRE_MAX} caractères au plus."
A_UN_AUTRE = "Ce nom ne peut pas être pris. Écrivez un autre objet, ou retirez la ligne."
HORS_DU_RESSORT = "Aucun de vos mandats ne tient tous les territoires de cette ligne. Retirez-la."
Faute = tuple[str | None, str]
"""A column, and why the line stays out."""


class LecteurDEssai(Protocol):
    """What trying a file asks of its kind. `porte`: what writes what was read."""

    @property
    def porte(self) -> Porte:
        """The door of the command."""

    @property
    def colonnes(self) -> Colonnes:
        """Those that a file may say; the others are left aside."""

    def complete(self, table: Table) -> tuple[Table, dict[int, Faute]]:
        """What the page fills by itself, and the lines that it refuses before any reading."""

    def compare(self, table: Table) -> Any:  # noqa: ANN401 -- each door knows its own
        """As the door reads it. Raises DonneesRefusees."""

    def list_interdits(self, lus: Any) -> dict[int, Faute]:  # noqa: ANN401
        """The lines that the account may not write, once they are read."""

    def list_lignes(self, lus: Any) -> Iterator[LigneEssayee]:  # noqa: ANN401
        """What those that change something would do."""

    def get_rapport(self, lus: Any) -> Rapport:  # noqa: ANN401
        """What was read."""

    def replace_rapport(self, lus: Any, rapport: Rapport) -> Any:  # noqa: ANN401
        """The same, told otherwise."""


def open_lecteur(ressort: Ressort, mot: str, envoi: Envoi) -> LecteurDEssai:
    """The reader of a kind, by the word of its file."""
    if mot == releves.GENRE:
        return RelevesAEssayer(ressort, envoi)
    return EnregistrementsAEssayer(ressort, envoi, GENRES_IMPORTABLES[mot])


def get_sujet(mot: str) -> str:
    """The kind as rights know it, by the word of its file."""
    return RELEVE if mot == releves.GENRE else GENRES_IMPORTABLES[mot].GENRE


def write_colonne(table: Table, nom: str, write: Callable[[Ligne], str]) -> tuple[Ligne, ...]:
    """The lines with a column filled, in the place of what they say there."""
    lignes = []
    for ligne in table:
        rangs = {**ligne.rangs, nom: len(ligne.cellules)}
        lignes.append(Ligne(ligne.numero, (*ligne.cellules, write(ligne)), rangs))
    return tuple(lignes)


@dataclass(slots=True)
class RelevesAEssayer:
    """Values: of the organisme that sends them, where it may write, of what people declare."""

    ressort: Ressort
    envoi: Envoi
    _vue: Vue | None = None
    _contexte: Contexte | None = None

    @property
    def porte(self) -> Porte:
        """That of relevés."""
        return releves

    @property
    def colonnes(self) -> Colonnes:
        """Who declares is the account, whatever the file says."""
        libres = tuple(nom for nom in COLONNES.facultatives if nom != "declarant")
        return Colonnes(COLONNES.obligatoires, libres, (*COLONNES.ignorees, "declarant"))

    def complete(self, table: Table) -> tuple[Table, dict[int, Faute]]:
        """The source is the organisme, and the line one that a form would admit."""
        contexte = self._build_contexte(RelevesDeLaBase(connu_le=self.envoi.connu_le))
        fautes: dict[int, Faute] = {}
        sienne = fold_identifiant(self.ressort.source)
        for ligne in table:
            trouvee = contexte.find_cellule(ligne["indicateur"], ligne["territoire"])
            indicateur = None if trouvee is None else contexte.get_indicateur(trouvee[0])
            if ligne["source"] and fold_identifiant(ligne["source"]) != sienne:
                fautes[ligne.numero] = ("source", AUTRE_SOURCE.format(self.ressort.source))
            elif len(ligne["commentaire"]) > COMMENTAIRE_MAX:
                fautes[ligne.numero] = ("commentaire", COMMENTAIRE_LONG)
            elif indicateur is not None and all(v.genre for v in list_voies(indicateur)):
                fautes[ligne.numero] = ("indicateur", NON_DECLARE)
        lignes = write_colonne(table, "source", lambda _: self.ressort.source)
        return replace(table, lignes=lignes), fautes

    def compare(self, table: Table) -> releves.RelevesCompares:
        """Beside what the base knows of the cells of the account."""
        return releves.compare_releves(
            table, lambda _, connus: self._build_contexte(connus), self.envoi
        )

    def _build_contexte(self, connus: Any) -> Contexte:  # noqa: ANN401 -- RelevesConnus
        if self._contexte is None:
            self._contexte = self.ressort.build_contexte(self.envoi, connus)
        return replace(self._contexte, releves=connus)

    def list_interdits(self, lus: releves.RelevesCompares) -> dict[int, Faute]:
        """A line that a key takes away from a territoire of somebody else."""
        comparaison = lus.lot.comparaison
        return {
            lu.ligne: ("territoire", f"territoire inconnu : « {lu.territoire} »")
            for connu, lu in (*comparaison.corrigees, *comparaison.retirees)
            if not self.ressort.can_write((connu.territoire,))
        }

    def list_lignes(self, lus: releves.RelevesCompares) -> Iterator[LigneEssayee]:
        """Each with the value that it changes."""
        yield from list_fates(
            lus.lot.comparaison,
            self._say_quoi,
            self._say,
            lambda lu: lus.connus.derniers.get(lu.identite),
            self._make_demander(),
        )

    def _say(self, lu: ReleveLu) -> str:
        assert self._contexte is not None  # noqa: S101 -- made to read it
        return releves.say_releve(lu, self._contexte.referentiel)

    def _say_quoi(self, lu: ReleveLu) -> str:
        assert self._contexte is not None  # noqa: S101 -- same reason
        indicateur = self._contexte.get_indicateur(lu.indicateur)
        ou = self._contexte.territoires[lu.territoire].nom
        quoi = lu.indicateur if indicateur is None else indicateur.libelle
        return f"{quoi}, {ou}, {lu.date:%d/%m/%Y}"

    def _make_demander(self) -> Callable[[ReleveLu], str]:
        """What a form would ask once of a value, the lines of the file being said one after the other."""
        jour = self.envoi.connu_le
        vue = MEMOIRE.open_vue(load_savoir(), (jour, jour))
        dites: dict[tuple[str, str], tuple[date, Fraction] | None] = {}

        def ask(lu: ReleveLu) -> str:
            indicateur = vue.dossier.referentiel.get_indicateur(lu.indicateur)
            if lu.valeur is None or indicateur is None:
                return ""
            if (
                lu.cellule not in dites
            ):  # what was said before the file, asked once for all its lines
                connue = find_derniere(vue, indicateur, lu.territoire, lu.source)
                lue = None if connue is None else connue.lu
                dites[lu.cellule] = None if connue is None or lue is None else (connue.date, lue)
            avant = dites[lu.cellule]
            if lu.date <= jour and (avant is None or lu.date >= avant[0]):
                dites[lu.cellule] = (lu.date, lu.valeur)
            return say_dix_fois(lu.valeur, None if avant is None else avant[1])

        return ask

    def get_rapport(self, lus: releves.RelevesCompares) -> Rapport:
        """That of the lot."""
        return lus.lot.rapport

    def replace_rapport(
        self, lus: releves.RelevesCompares, rapport: Rapport
    ) -> releves.RelevesCompares:
        """With another one."""
        return replace(lus, lot=replace(lus.lot, rapport=rapport))


def list_fates(
    comparaison: Comparaison[Any],
    say_quoi: Callable[[Any], str],
    say: Callable[[Any], str],
    find_suivie: Callable[[Any], int | None],
    ask: Callable[[Any], str],
) -> Iterator[LigneEssayee]:
    """What each line that changes something does. `ask`: what must be confirmed of it, in the order of the file."""
    connues = {lu.ligne: (SortDeLigne.CORRIGEE, connu) for connu, lu in comparaison.corrigees}
    connues |= {lu.ligne: (SortDeLigne.RETIREE, connu) for connu, lu in comparaison.retirees}
    for lu in comparaison.changements:
        sort, connu = connues.get(lu.ligne, (SortDeLigne.NOUVELLE, None))
        avant, apres = "" if connu is None else say(connu), say(lu)
        if connu is not None and avant == apres:
            avant, apres = say_ecart(connu, lu, None)
        if sort is SortDeLigne.RETIREE:
            dix, risque = "", Risque.RETRAIT.value
        else:
            dix = ask(lu)
            risque = Risque.DIX_FOIS.value if dix else ""
        yield LigneEssayee(
            lu.ligne,
            sort,
            say_quoi(lu),
            avant,
            "" if sort is SortDeLigne.RETIREE else apres,
            raison=dix,
            risque=risque,
            suit=find_suivie(lu),
        )


@dataclass(slots=True)
class EnregistrementsAEssayer:
    """Records, and the small kinds: where the account may write all that a line names, before and after."""

    ressort: Ressort
    envoi: Envoi
    genre: type[Contenu]
    _contexte: Contexte | None = None

    @property
    def porte(self) -> PorteDEnregistrements:
        """That of the kind."""
        if issubclass(self.genre, PetitGenre):
            return PORTES[self.genre]
        return PorteDEnregistrements(self.genre)

    @property
    def colonnes(self) -> Colonnes:
        """All that a line may say."""
        return self.porte.colonnes

    def complete(self, table: Table) -> tuple[Table, dict[int, Faute]]:
        """It waits for a second person, whatever its words."""
        if not self.genre.A_ENTETE:
            return table, {}
        lignes = write_colonne(table, "validation", lambda _: Validation.SOUMIS.value)
        return replace(table, lignes=lignes), {}

    def compare(self, table: Table) -> EnregistrementsCompares:
        """Beside what the base knows of the things that it names."""
        if self._contexte is None:
            lieux = {ligne["lieu"] for ligne in table if ligne["lieu"]}
            connus = RelevesDeLaBase(connu_le=self.envoi.connu_le)
            self._contexte = self.ressort.build_contexte(self.envoi, connus, lieux)
        return self.porte.compare(table, self._contexte, self.envoi)

    def list_interdits(self, lus: EnregistrementsCompares) -> dict[int, Faute]:
        """What is not given: where a line stands, where the thing stood, who said it."""
        fautes: dict[int, Faute] = {}
        for lu in lus.lus:
            if not self._can_write(lu):
                fautes[lu.ligne] = (None, HORS_DU_RESSORT)
        if self.genre.A_ENTETE:
            libres = self._list_libres([lu.objet for lu in lus.lus])
            pris = (lu for lu in lus.lus if lu.objet not in libres)
            fautes |= {lu.ligne: ("objet", A_UN_AUTRE) for lu in pris}
            return fautes
        comparaison = lus.comparaison
        paires = (*comparaison.corrigees, *comparaison.retirees)
        organismes = find_organismes([lus.precedents.get(lu.identite) for _, lu in paires])
        for connu, lu in paires:
            qui = organismes.get(lus.precedents.get(lu.identite), "")
            if not self.ressort.can_write(connu.territoires, qui):
                fautes[lu.ligne] = (None, A_UN_AUTRE)
        return fautes

    def _can_write(self, lu: EnregistrementLu) -> bool:
        """A new quartier cible is of what it holds; who says that all is recorded may record it."""
        contenu = lu.contenu
        if isinstance(contenu, QuartierDeclare):
            return self.ressort.can_write((contenu.departement, *contenu.rattaches))
        if isinstance(contenu, Pointage):
            pointe = replace(self.ressort, genre=str(contenu.genre), _dits={}, _codes=None)
            return pointe.can_write(lu.territoires)
        return self.ressort.can_write(lu.territoires)

    def _list_libres(self, objets: Sequence[str]) -> frozenset[str]:
        """The names of new things, and of those that the account may say again."""
        connus: set[str] = set()
        for lot in split(sorted(set(objets))):
            siens = Enregistrement.objects.filter(genre=self.genre.GENRE, objet__in=lot)
            connus |= set(siens.order_by().values_list("objet", flat=True))
        libres = set(objets) - connus
        for mandat in self.ressort.droits.mandats:
            for lot in split(sorted(connus)):
                libres |= list_corrigibles(self.ressort.droits, mandat, self.genre, lot)
        return frozenset(libres)

    def list_lignes(self, lus: EnregistrementsCompares) -> Iterator[LigneEssayee]:
        """Each with what it changes, under the names that people know."""
        dites = {
            lu.ligne: self.porte.say_revision(connu, lu, lus.referentiel)
            for connu, lu in (*lus.comparaison.corrigees, *lus.comparaison.retirees)
        }
        lignes = list_fates(
            lus.comparaison,
            self._say_quoi,
            lambda lu: self._say(lu, lus),
            lambda lu: lus.precedents.get(lu.identite),
            lambda _: "",
        )
        for ligne in lignes:
            dite = dites.get(ligne.ligne)
            if dite is None:
                yield ligne
            else:
                apres = ligne.apres and dite.nouveau
                yield replace(ligne, avant=dite.ancien, apres=apres)

    def _say_quoi(self, lu: EnregistrementLu) -> str:
        if isinstance(lu.contenu, PetitGenre):
            parties = (getattr(lu.contenu, nom) for nom in lu.contenu.IDENTITE)
            return ", ".join(str(partie) for partie in parties if partie not in {None, ""})
        return f"{lu.objet}, {lu.le:%d/%m/%Y}"

    def _say(self, lu: EnregistrementLu, lus: EnregistrementsCompares) -> str:
        dits = (f"{nom}\u00a0: {mots}" for nom, mots in list_dits(lu, lus.referentiel))
        return ", ".join(list(dits)[:-1])

    def get_rapport(self, lus: EnregistrementsCompares) -> Rapport:
        """That of the reading."""
        return lus.rapport

    def replace_rapport(
        self, lus: EnregistrementsCompares, rapport: Rapport
    ) -> EnregistrementsCompares:
        """With another one."""
        return replace(lus, rapport=rapport)


def find_organismes(rangees: Sequence[int | None]) -> Mapping[int | None, str]:
    """Which organisme recorded each of some rows."""
    trouves: dict[int | None, str] = {}
    for lot in split(sorted({rangee for rangee in rangees if rangee})):
        lignes = Enregistrement.objects.filter(pk__in=lot).order_by()
        trouves |= dict(lignes.values_list("pk", "ecriture__organisme"))
    return trouves
