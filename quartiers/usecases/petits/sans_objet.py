"""sans_objet.csv: what does not apply, validated for twelve months; only where the sentence of the annex allows it."""

from __future__ import annotations

import re

from quartiers.core import fait
from quartiers.core.dire import fold
from quartiers.core.genres.sans_objet import MOTIFS, SansObjetDeclare
from quartiers.core.referentiel import Mode
from quartiers.usecases.contexte import Contexte
from quartiers.usecases.formulaire import Formulaire
from quartiers.usecases.garder_lignes import Provenance
from quartiers.usecases.petits.porte import PorteDePetitGenre, Valeurs
from quartiers.usecases.prouver import prove_contenu

_JAMAIS = frozenset({Mode.OBLIGATION_CHAQUE_QUARTIER, Mode.PRIORITE})


def build_sans_objet(
    contenu: SansObjetDeclare, ligne: int, provenance: Provenance
) -> fait.SansObjet:
    """A validated « sans objet »."""
    return fait.SansObjet(
        indicateur=contenu.indicateur,
        territoire=contenu.territoire,
        motif=contenu.motif,
        valide_le=contenu.valide_le,
        connu_le=provenance.connu_le,
        ordre=provenance.ordre,
        preuve=prove_contenu(contenu, contenu.LIBELLE, ligne, provenance, "valide_par"),
    )


def is_prefet(texte: str) -> bool:
    """Whether a text names a préfet or a préfète: neither a sous-préfet nor a délégué du préfet is one."""
    mots = re.sub(r"sous\W*prefete?|deleguee?\W+(du|de la)\W+prefete?", " ", fold(texte))
    return re.search(r"\bprefete?\b", mots) is not None


def _judge(formulaire: Formulaire, contexte: Contexte, valeurs: Valeurs) -> None:
    if "territoire" not in valeurs:
        return
    contexte.check_en_vigueur(formulaire, valeurs["territoire"], valeurs.get("valide_le"))
    code = valeurs["indicateur"]
    mode = contexte.get_mode(code)
    if mode in _JAMAIS:
        formulaire.refuse("indicateur", f"{code} ne peut pas être sans objet (« {mode.value} »)")
    elif mode is Mode.A_MINIMA and "valide_par" in valeurs and not is_prefet(valeurs["valide_par"]):
        formulaire.refuse(
            "valide_par", "une action « a minima » n'est sans objet que sur validation du préfet"
        )


def _parse_motif(texte: str) -> str:
    motif = re.sub(r"[^a-z]+", "_", fold(texte)).strip("_")
    if motif not in MOTIFS:
        raise ValueError(f"motif « {texte} » hors de la liste ({', '.join(MOTIFS)})")
    return motif


PORTE = PorteDePetitGenre(
    genre=SansObjetDeclare,
    lire={
        "motif": lambda formulaire, *_: formulaire.read("motif", _parse_motif, requis=True),
        "valide_le": lambda formulaire, contexte, _: formulaire.read_jour_connu(
            "valide_le", contexte.connu_le
        ),
    },
    judge=_judge,
)
