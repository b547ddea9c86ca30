"""What to write in the place of a text that is no known territoire: its code in another form, its name, a slip.

Nothing is proposed out of the kind and the département that the text itself says: a wrong quartier that
enters is worse than a refusal without a hint.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from quartiers.core.dire import flatten
from quartiers.core.territoire import Genre, Territoires
from quartiers.sources.code import get_departement

HOMONYMES_MAX = 5
RESSEMBLANCE = 0.8  # one slip in a code of eight signs, not two
TOTAUX = frozenset({"total", "totaux", "sous total", "ensemble", "somme", "moyenne"})
ORDRE = (
    *(Genre.COMMUNE, Genre.QUARTIER, Genre.QPV, Genre.QRR, Genre.EPCI),
    *(Genre.DEPARTEMENT, Genre.COLLECTIVITE, Genre.REGION, Genre.NATION),
)
_DEP = r"(9[78]\d|\d{2}|2[AB])"
_FORMES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, ...]]], ...] = (
    (re.compile(r"(?:COM)?(\d[\dAB]\d{3}|\d{4})"), lambda m: (f"COM-{m[1].zfill(5)}",)),
    (re.compile(r"(?:EPCI|SIREN)?(\d{9})"), lambda m: (f"EPCI-{m[1]}",)),
    (re.compile(r"(?:DEP)?0?20"), lambda _: ("DEP-2A", "DEP-2B")),
    (re.compile(rf"(?:DEP)?0?{_DEP}"), lambda m: (f"DEP-{m[1]}",)),
    (re.compile(r"(?:DEP)?(\d)"), lambda m: (f"DEP-0{m[1]}",)),
    (re.compile(r"REG(?:ION)?(\d{1,2})"), lambda m: (f"REG-{m[1].zfill(2)}",)),
    (re.compile(r"(Q[NP])(\d[\dAB]\d{2,3}[NMIC]?)"), lambda m: (m[1] + m[2], f"{m[1]}0{m[2]}")),
)
_FORME_QRR = re.compile(rf"(?:QRR_?)?0?{_DEP}_0?(\d{{1,2}})")
_FAMILLE_QC = re.compile(rf"(QC){_DEP}")
_FAMILLES = (
    re.compile(rf"(QN)0?{_DEP}"),
    re.compile(rf"(COM){_DEP}"),
    re.compile(rf"(QRR){_DEP}_"),
    _FAMILLE_QC,
    re.compile(r"(QC)()"),
)
_GENERATION_2015 = re.compile(r"QP\d[\dAB]\d{4}|QP9[78]\d{4}")
_PREFIXES = {Genre.COMMUNE: "COM", Genre.QPV: "QN", Genre.QRR: "QRR", Genre.QUARTIER: "QC"}


@dataclass(slots=True)
class Propositions:
    """The hints drawn from what is known; its indexes are built the first time they are needed.

    Names are flattened initial by initial: that of every commune of France would cost more than the file.
    """

    territoires: Territoires
    _initiales: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _noms: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    _familles: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def say(self, texte: str, genres: Collection[Genre] | None = None) -> str:
        """The end of a refusal; nothing when nothing is sure enough. `genres`: the kinds that would do."""
        codes = self.list_formes(texte, genres)
        if codes:
            return f" ; écrire {' ou '.join(f'« {code} »' for code in codes)}"
        plat = flatten(texte)
        if plat in TOTAUX or plat.startswith(("total ", "sous total ", "ensemble ")):
            return " : ce n’est pas un territoire, retirer la ligne"
        if _GENERATION_2015.fullmatch(_compact(texte)):
            return " ; code de la génération 2015 : écrire le code 2024"
        proche = self.find_proche(texte, genres)
        if proche is not None:
            return f" ; le plus proche est « {proche} »"
        return self.say_homonymes(plat, genres)

    def list_formes(self, texte: str, genres: Collection[Genre] | None = None) -> list[str]:
        """Known codes that the text is another form of: `93008`, `QRR 93_3`, a SIREN, `20` for the two Corsicas."""
        for lus in _list_lus(texte):
            codes = [self.territoires.get_present(code) for code in lus]
            connus = [code for code in codes if code is not None and self._convient(code, genres)]
            if connus:
                return connus
        return []

    def find_proche(self, texte: str, genres: Collection[Genre] | None = None) -> str | None:
        """The code one slip away, of the same kind and in the same département."""
        compact = _compact(texte)
        trouve = next((t for motif in _FAMILLES if (t := motif.match(compact))), None)
        if trouve is None:
            return None
        freres = self._get_familles().get((trouve[1], trouve[2]), [])
        candidats = {_compact(code): code for code in freres if self._convient(code, genres)}
        proches = get_close_matches(compact, list(candidats), n=1, cutoff=RESSEMBLANCE)
        return candidats[proches[0]] if proches else None

    def say_homonymes(self, plat: str, genres: Collection[Genre] | None = None) -> str:
        """The codes that bear a name, in words."""
        nommes = self._get_noms(plat[0]).get(plat, ()) if plat else ()
        codes = [code for code in nommes if self._convient(code, genres)]
        if not codes:
            return ""
        codes.sort(key=lambda code: (ORDRE.index(self.territoires[code].genre), code))
        dits = [self._say(code) for code in codes[:HOMONYMES_MAX]]
        if len(codes) == 1:
            return f" ; écrire son code : {dits[0]}"
        suite = f" et {len(codes) - HOMONYMES_MAX} autres" if len(codes) > HOMONYMES_MAX else ""
        return f" ; plusieurs territoires de ce nom, écrire le code : {', '.join(dits)}{suite}"

    def _convient(self, code: str, genres: Collection[Genre] | None) -> bool:
        return genres is None or self.territoires[code].genre in genres

    def _say(self, code: str) -> str:
        territoire = self.territoires[code]
        if territoire.genre not in _PREFIXES:
            return f"{code} ({territoire.nom})"
        departement = self._get_departement(code)
        return f"{code} ({', '.join(filter(None, (territoire.nom, departement)))})"

    def _get_departement(self, code: str) -> str:
        """The département that a code says; that of a quartier cible may say none."""
        if self.territoires[code].genre is Genre.QUARTIER:
            trouve = _FAMILLE_QC.match(_compact(code))
            return trouve[2] if trouve is not None else ""
        return get_departement(code.removeprefix("COM-"))

    def _get_noms(self, initiale: str) -> Mapping[str, set[str]]:
        """Codes by name as it is compared; the name of a commune that ended leads to the one that holds it."""
        if initiale not in self._noms:
            noms: dict[str, set[str]] = defaultdict(set)
            for nom, code in self._get_initiales().get(initiale, ()):
                present = self.territoires.get_present(code)
                if present is not None:
                    noms[flatten(nom)].add(present)
            self._noms[initiale] = dict(noms)
        return self._noms[initiale]

    def _get_initiales(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Names and codes by the first sign of the name once flattened."""
        if not self._initiales:
            initiales: dict[str, list[tuple[str, str]]] = defaultdict(list)
            plats: dict[str, str] = {}
            for nom, code in self._list_noms():
                signe = nom[:1]
                if signe not in plats:
                    plats[signe] = flatten(signe)[:1]
                initiales[plats[signe] or flatten(nom)[:1]].append((nom, code))
            self._initiales = dict(initiales)
        return self._initiales

    def _list_noms(self) -> Iterator[tuple[str, str]]:
        yield from ((territoire.nom, code) for code, territoire in self.territoires.items())
        yield from ((ancien.nom, code) for code, ancien in self.territoires.anciens.items())

    def _get_familles(self) -> Mapping[tuple[str, str], list[str]]:
        """Codes in force by kind and département."""
        if not self._familles:
            familles: dict[tuple[str, str], list[str]] = defaultdict(list)
            for code, territoire in self.territoires.items():
                prefixe = _PREFIXES.get(territoire.genre)
                if prefixe is not None and territoire.au is None and code.startswith(prefixe):
                    departement = self._get_departement(code)
                    familles[prefixe, departement].append(code)
            self._familles = dict(familles)
        return self._familles


def _list_lus(texte: str) -> Iterator[tuple[str, ...]]:
    """The codes that a text may be another form of, known or not."""
    qrr = _FORME_QRR.fullmatch(re.sub(r"[\s._-]+", "_", texte).upper())
    if qrr is not None:
        yield (f"QRR-{qrr[1]}_{qrr[2]}",)
    compact = _compact(texte)
    for motif, build in _FORMES:
        trouve = motif.fullmatch(compact)
        if trouve is not None:
            yield build(trouve)


def _compact(texte: str) -> str:
    """A text as codes are compared: capitals, without the signs that separate."""
    return re.sub(r"[\s.-]+", "", texte).upper()
