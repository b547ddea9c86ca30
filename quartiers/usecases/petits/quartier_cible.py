"""quartiers.csv: quartiers cibles, what they hold, and when a plan is expected of them."""

from __future__ import annotations

import re

from quartiers.core.genres.quartier_cible import QuartierDeclare
from quartiers.core.territoire import Genre, Niveau, QuartierCible
from quartiers.sources.code import get_departement
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits.porte import PorteDePetitGenre, Valeurs

_CODE = re.compile(r"QC-[A-Z0-9][A-Z0-9-]{0,35}", re.ASCII)
RATTACHABLES = (Genre.QPV, Genre.QRR)


def build_quartier(contenu: QuartierDeclare, ligne: int, provenance: Provenance) -> QuartierCible:
    """One version of a quartier cible."""
    del ligne
    return QuartierCible(
        code=contenu.code,
        nom=contenu.nom,
        departement=contenu.departement,
        rattaches=contenu.rattaches,
        attendu_du=contenu.attendu_du,
        attendu_au=contenu.attendu_au,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
    )


def _read_code(formulaire: Formulaire, _: Contexte, __: Valeurs) -> str:
    code = formulaire.read_code("code", requis=True)
    if code and not _CODE.fullmatch(code):
        raison = f"« {code} » : un quartier cible se code QC-…, en majuscules, chiffres et tirets"
        formulaire.refuse("code", raison)
    return code


def _read_departement(formulaire: Formulaire, contexte: Contexte, _: Valeurs) -> str | None:
    """`DEP-93` or `93`."""
    texte = formulaire.read_code("departement", requis=True).upper()
    if not texte:
        return None
    code = texte if texte.startswith("DEP-") else f"DEP-{texte}"
    if contexte.get_niveau(code) is not Niveau.DEPARTEMENT:
        formulaire.refuse("departement", f"département inconnu : « {texte} »")
        return None
    return code


def _read_rattaches(
    formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs
) -> tuple[str, ...]:
    """QPV and QRR of the same département, each once, in the order of the cell."""
    departement = valeurs.get("departement")
    codes = []
    for ecrit in re.findall(r"[^\s,;]+", formulaire.read_texte("rattaches")):
        code = contexte.find_territoire(formulaire, "rattaches", ecrit, RATTACHABLES)
        if code is None:
            continue
        codes.append(code)
        if departement is not None and f"DEP-{get_departement(code)}" != departement:
            formulaire.refuse("rattaches", f"{code} n'est pas dans {departement}")
    return tuple(dict.fromkeys(codes))


def _judge(formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs) -> None:
    """A quartier cible that begins after the end of what it holds is refused; one that outlives it is told."""
    du, au = valeurs.get("attendu_du"), valeurs.get("attendu_au")
    if du is not None and au is not None and au < du:
        formulaire.refuse("attendu_au", "avant « attendu_du »")
    if formulaire.has_fautes():
        return
    dernier = min(au or contexte.connu_le, contexte.connu_le)
    for code in valeurs["rattaches"]:
        contexte.check_en_vigueur(formulaire, code, du or dernier, "rattaches")
        fin = contexte.territoires[code].au
        if fin is not None and fin < dernier and not formulaire.has_fautes():
            formulaire.notice("rattaches", contexte.say_fini(code) + contexte.say_suite(code))


PORTE = PorteDePetitGenre(
    genre=QuartierDeclare,
    lire={
        "code": _read_code,
        "nom": lambda formulaire, *_: formulaire.read_nom("nom"),
        "departement": _read_departement,
        "rattaches": _read_rattaches,
    },
    judge=_judge,
)
