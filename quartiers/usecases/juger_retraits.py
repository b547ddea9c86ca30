"""What a file of relevés takes back or puts in the shade: refused when it is most of what was known, or told."""

from __future__ import annotations

from collections import Counter, defaultdict

from quartiers.core.anomalie import Anomalie, DonneesRefusees
from quartiers.usecases.comparer import Dire
from quartiers.usecases.ecrire import POUR_ADMETTRE
from quartiers.usecases.lot import Lot
from quartiers.usecases.releve_lu import ReleveLu, RelevesConnus

RETRAITS_MIN = 2
EXEMPLES = 10
AVIS_MAX = 20
SUITE = "toutes sont gardées, la dernière connue compte"


def check_retraits(lot: Lot[ReleveLu], connus: RelevesConnus, fichier: str, dire: Dire) -> None:
    """More than half, and at least two lines, of what a source said of the territoires of the file (L-47)."""
    par_source: dict[str, list[tuple[ReleveLu, ReleveLu]]] = defaultdict(list)
    for paire in lot.comparaison.retirees:
        par_source[paire[0].source].append(paire)
    massifs = {s: retirees for s, retirees in par_source.items() if len(retirees) >= RETRAITS_MIN}
    if not massifs:
        return
    presentes = count_presentes(lot, connus)
    refus = [
        Anomalie(fichier, None, None, say_retraits(source, retirees, presentes[source], dire))
        for source, retirees in sorted(massifs.items())
        if 2 * len(retirees) > presentes[source]
    ]
    if refus:
        raise DonneesRefusees(refus)


def count_presentes(lot: Lot[ReleveLu], connus: RelevesConnus) -> Counter[str]:
    """By source, the lines present before the file on the territoires that it names for that source."""
    nommes = {(lu.source, lu.territoire) for lu in lot.lus}
    nommes |= {(connu.source, connu.territoire) for connu, _ in lot.comparaison.retirees}
    return Counter(lu.source for lu in connus.list_presents_de(nommes))


def say_retraits(
    source: str, retirees: list[tuple[ReleveLu, ReleveLu]], presentes: int, dire: Dire
) -> str:
    """The counts, the lines, and how to admit it."""
    dont = ", ".join(
        f"ligne {lu.ligne} ({lu.cle or lu.indicateur} : {dire(connu)})"
        for connu, lu in retirees[:EXEMPLES]
    )
    suite = ", …" if len(retirees) > EXEMPLES else ""
    chez = f"de « {source} »" if source else "sans source"
    lignes = f"les {presentes} lignes connues"
    return (
        f"retirerait {len(retirees)} lignes sur {lignes} {chez} pour ces territoires : {dont}{suite} ; "
        f"{POUR_ADMETTRE}"
    )


def list_memes_jours(
    lot: Lot[ReleveLu], connus: RelevesConnus, fichier: str, dire: Dire
) -> list[Anomalie]:
    """New lines of a cell and day of which another source says otherwise: both are kept, the last known counts."""
    avis: list[Anomalie] = []
    tus = 0
    for lu in lot.comparaison.nouvelles:
        jour = connus.list_jour(lu.indicateur, lu.territoire, lu.date)
        autres = [
            autre for autre in jour if autre.source != lu.source and has_autre_valeur(autre, lu)
        ]
        if autres and len(avis) >= AVIS_MAX:
            tus += 1
        elif autres:
            dits = [f"{dire(autre)} ({autre.source or 'sans source'})" for autre in autres]
            raison = f"remplace, ce jour-là, {', '.join(dits[:EXEMPLES])} : {SUITE}"
            avis.append(Anomalie(fichier, lu.ligne, "source", raison))
    if tus:
        raison = (
            f"{tus} autres lignes remplacent ce qu’une autre source disait ce jour-là : {SUITE}"
        )
        avis.append(Anomalie(fichier, None, "source", raison))
    return avis


def has_autre_valeur(une: ReleveLu, autre: ReleveLu) -> bool:
    """Two lines of one day do not say the same."""
    return (une.valeur, une.numerateur, une.denominateur, une.jalon) != (
        autre.valeur,
        autre.numerateur,
        autre.denominateur,
        autre.jalon,
    )
