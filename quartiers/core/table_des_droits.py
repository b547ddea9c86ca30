"""The table of rights, as one reads it, and its reader, which refuses a line that it does not understand whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

TEXTE = """
prefet                plan:LV  fiche:LV  reunion:LV appui:LV                publication:P mandat:N restreint
sous_prefet_ville     plan:LEV fiche:LEV reunion:LEV appui:LEV contestation:C publication:P mandat:N restreint
delegue               plan:LE  fiche:LEV reunion:LE appui:LE contestation:C                        restreint
prefet_region         plan:L   fiche:L   reunion:L  appui:L                 publication:P          etat
task_force            plan:L   fiche:L   reunion:L  appui:LE contestation:C publication:P mandat:N etat
recteur               plan:L   fiche:Lev reunion:L  appui:L  contestation:C                        etat
procureur             plan:L   fiche:L   reunion:LE appui:L  contestation:C                        restreint
police                plan:L   fiche:Lev reunion:LE appui:L  contestation:C                        etat
gendarmerie           plan:L   fiche:Lev reunion:LE appui:L  contestation:C                        etat
service_etat          plan:L   fiche:Lev reunion:L  appui:LE contestation:C                        etat
commune               plan:LEV fiche:Lev reunion:LE appui:LE contestation:C publication:P mandat:n restreint
epci                  plan:LEV fiche:Lev reunion:LE appui:LE contestation:C publication:P mandat:n partenaires
conseil_departemental plan:L   fiche:Lev reunion:L  appui:L  contestation:C                        partenaires
conseil_regional      plan:L   fiche:Lev reunion:L  appui:L  contestation:C                        partenaires
operateur             plan:L   fiche:Lev reunion:L           contestation:C                        partenaires
association           plan:L   fiche:le  reunion:l           contestation:C                        partenaires
conseil_citoyen       plan:L             reunion:L                                                 public
administrateur
"""
"""One line per rôle: what it may do with each family, then the most reserved visibility that it opens.

L lire, E écrire, V valider, C contester, P publier, N nommer; a small letter: only what one's own organisme recorded
and, to read, what is public and validated too. Which rôles one may give: `table_des_nominations`.
"""


class FamilleDeGenres(StrEnum):
    """The columns: four families of kinds, the acts of contesting and of publishing, and the mandats that are given."""

    PLAN = "plan"
    FICHE = "fiche"
    REUNION = "reunion"
    APPUI = "appui"
    CONTESTATION = "contestation"
    PUBLICATION = "publication"
    MANDAT = "mandat"


VISIBILITES = ("public", "partenaires", "etat", "restreint")
"""From the most open to the most reserved."""
_ROLE = re.compile(r"[a-z]+(?:_[a-z]+)*")
# Who writes or validates reads too; who reads only his own writes and validates no other.
_LETTRES = re.compile(r"L[Ee]?[Vv]?|le?v?")
_FORMES = {
    FamilleDeGenres.CONTESTATION: re.compile(r"C"),
    FamilleDeGenres.PUBLICATION: re.compile(r"P"),
    FamilleDeGenres.MANDAT: re.compile(r"[Nn]"),
}


class TableRefusee(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """The table says something that nobody understands: every line, and why."""


@dataclass(frozen=True, slots=True)
class LigneDeDroits:
    """A rôle: its letters by family, its ceiling of visibility (None: it opens nothing)."""

    lettres: Mapping[FamilleDeGenres, str]
    plafond: str | None

    @property
    def has_part_propre(self) -> bool:
        """A small letter: without an organisme, such a right would be nothing."""
        return any(lettres != lettres.upper() for lettres in self.lettres.values())


def parse_table(texte: str) -> Mapping[str, LigneDeDroits]:
    """The lines by rôle. Raises TableRefusee with all that is wrong, line by line."""
    table: dict[str, LigneDeDroits] = {}
    fautes: list[str] = []
    for numero, ecrite in enumerate(texte.strip().splitlines(), start=1):
        role, *mots = ecrite.split() or [""]
        raisons = list(_list_fautes(role, mots))
        if role in table:
            raisons.append("rôle déjà dit")
        if raisons:
            fautes += [f"ligne {numero} ({role}) : {raison}" for raison in raisons]
            continue
        paires = (mot.split(":") for mot in mots[:-1])
        lettres = {FamilleDeGenres(famille): dites for famille, dites in paires}
        table[role] = LigneDeDroits(MappingProxyType(lettres), mots[-1] if mots else None)
    if fautes:
        raise TableRefusee(" ; ".join(fautes))
    return MappingProxyType(table)


def _list_fautes(role: str, mots: list[str]) -> Iterator[str]:
    """What is wrong in a line, whatever the others say."""
    if not _ROLE.fullmatch(role):
        yield "un rôle s’écrit en minuscules sans accent"
    if not mots:
        return
    if mots[-1] not in VISIBILITES:
        yield f"la ligne finit par une visibilité, pas par « {mots[-1]} »"
    cases = mots[:-1] if mots[-1] in VISIBILITES else mots
    if not cases:
        yield "une visibilité sans aucun droit"
    familles = [case.partition(":")[0] for case in cases]
    for famille, case in zip(familles, cases, strict=True):
        yield from _list_fautes_de_case(famille, case)
    yield from (f"famille dite deux fois : {f}" for f in set(familles) if familles.count(f) > 1)


def _list_fautes_de_case(famille: str, case: str) -> Iterator[str]:
    """`famille:LETTRES`, with letters that belong to that family."""
    if famille not in set(FamilleDeGenres):
        yield f"famille inconnue : {case}"
        return
    forme = _FORMES.get(FamilleDeGenres(famille), _LETTRES)
    if not forme.fullmatch(case.removeprefix(f"{famille}:")):
        yield f"lettres inconnues ou hors de leur ordre : {case}"


TABLE: Mapping[str, LigneDeDroits] = parse_table(TEXTE)
"""Read at import: a line that nobody understands stops the program, not one request."""

ADMINISTRATEUR = "administrateur"
"""Opens no content, and holds all the accounts."""

# V valider, N nommer: what a stolen password must not be enough for, be it on one's own organisme alone.
_GRAVES = frozenset("VN")


def is_facteur_demande(role: str) -> bool:
    """Whoever validates or names, and whoever holds the accounts: a second factor is asked of them."""
    ligne = TABLE.get(role)
    lettres = "" if ligne is None else "".join(ligne.lettres.values()).upper()
    return role == ADMINISTRATEUR or not _GRAVES.isdisjoint(lettres)
