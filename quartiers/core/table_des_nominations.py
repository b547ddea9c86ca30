"""The table of who may give which rôle, as one reads it, and its reader, which refuses what it does not understand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from quartiers.core.table_des_droits import TABLE, VISIBILITES, FamilleDeGenres, LigneDeDroits

TEXTE = """
prefet                decret:task_force
sous_prefet_ville     prefet
delegue               prefet sous_prefet_ville
prefet_region         task_force
task_force            task_force
recteur               prefet sous_prefet_ville task_force
procureur             prefet
police                prefet sous_prefet_ville
gendarmerie           prefet sous_prefet_ville
service_etat          prefet sous_prefet_ville task_force
commune               prefet sous_prefet_ville commune
epci                  prefet sous_prefet_ville task_force epci
conseil_departemental prefet sous_prefet_ville
conseil_regional      task_force
operateur             prefet sous_prefet_ville
association           prefet sous_prefet_ville
conseil_citoyen       prefet sous_prefet_ville
administrateur        administrateur
"""
"""One line per rôle, then those who may give it, each on its own territoires (`mandat:` of the table of rights).

`decret:`: the rôle opens more than its giver has; a decree names, its giver only writes it down.
"""
DECRET = "decret:"


class NominationsRefusees(ValueError):  # noqa: N818 -- named in French like every noun of the product
    """The table says something that nobody understands: every line, and why."""


def parse_nominations(texte: str) -> Mapping[str, frozenset[str]]:
    """By rôle, those who may give it. Raises NominationsRefusees with all that is wrong, line by line."""
    table: dict[str, frozenset[str]] = {}
    fautes: list[str] = []
    for numero, ecrite in enumerate(texte.strip().splitlines(), start=1):
        role, *donneurs = ecrite.split() or [""]
        raisons = list(_list_fautes(role, donneurs))
        if role in table:
            raisons.append("rôle déjà dit")
        fautes += [f"ligne {numero} ({role}) : {raison}" for raison in raisons]
        table[role] = frozenset(donneur.removeprefix(DECRET) for donneur in donneurs)
    fautes += [f"{role} : personne ne le donne" for role in TABLE if role not in table]
    nommants = {role for role, ligne in TABLE.items() if FamilleDeGenres.MANDAT in ligne.lettres}
    oisifs = nommants.difference(*table.values())
    fautes += [f"{role} : nomme, et n’a rien à donner" for role in sorted(oisifs)]
    if fautes:
        raise NominationsRefusees(" ; ".join(fautes))
    return MappingProxyType(table)


def _list_fautes(role: str, donneurs: list[str]) -> Iterator[str]:
    """What is wrong in a line, whatever the others say."""
    if role not in TABLE:
        yield "rôle inconnu"
        return
    if not donneurs:
        yield "personne ne le donne"
    if len(set(donneurs)) < len(donneurs):
        yield "qui le donne est dit deux fois"
    for dit in donneurs:
        donneur = dit.removeprefix(DECRET)
        if donneur not in TABLE:
            yield f"rôle inconnu : {dit}"
        elif not _is_nommant(donneur, role):
            yield f"{donneur} ne le donne pas"
        elif is_au_dessus(TABLE[role], TABLE[donneur]) is not dit.startswith(DECRET):
            yield f"{dit} : « {DECRET} » se dit de ce qui ouvre plus que le sien, et de rien d’autre"


def _is_nommant(donneur: str, role: str) -> bool:
    """Has the letter for what is on a territoire; a rôle that opens nothing is given by itself alone."""
    if TABLE[role].plafond is None or TABLE[donneur].plafond is None:
        return donneur == role
    return FamilleDeGenres.MANDAT in TABLE[donneur].lettres


def is_au_dessus(donnee: LigneDeDroits, tenue: LigneDeDroits) -> bool:
    """A rôle opens what is more reserved than another one does."""
    if donnee.plafond is None:
        return False
    return tenue.plafond is None or VISIBILITES.index(donnee.plafond) > VISIBILITES.index(
        tenue.plafond
    )


NOMINATIONS: Mapping[str, frozenset[str]] = parse_nominations(TEXTE)
"""Read at import, like the table of rights."""
