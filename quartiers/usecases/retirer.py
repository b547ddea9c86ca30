"""Taking back what was declared, once the half hour of its author is over: a correction that says nothing more."""

from __future__ import annotations

from quartiers.core.genres import GENRES
from quartiers.usecases.declarer import declare_enregistrement, declare_releve
from quartiers.usecases.ecrire import Envoi
from quartiers.usecases.lire_enregistrements import EnregistrementLu
from quartiers.usecases.preparer import Recu
from quartiers.usecases.releve_lu import OUI, ReleveLu

RAISON_MAX = 280
"""Signs of a reason: a sentence."""


def withdraw(
    *, envoi: Envoi, lu: ReleveLu | EnregistrementLu, rangee: int, raison: str = ""
) -> Recu:
    """It says nothing any more, at once; like any correction it waits for a second person, and what it takes back stays provable.

    `rangee`: that of `lu`. `raison`: why, in words, kept with a value. Raises Conflit when another row says it since,
    DonneesRefusees; then nothing changes.
    """
    if isinstance(lu, ReleveLu):
        return declare_releve(envoi=envoi, textes=_write_releve(lu, raison), vu=rangee)
    textes = {"objet": lu.objet, "le": lu.le.isoformat(), "retrait": OUI}
    return declare_enregistrement(genre=GENRES[lu.genre], envoi=envoi, textes=textes, vu=rangee)


def _write_releve(lu: ReleveLu, raison: str) -> dict[str, str]:
    return {
        "indicateur": lu.indicateur,
        "territoire": lu.territoire,
        "date": lu.date.isoformat(),
        "valeur": "",
        "source": lu.source,
        "cle": lu.cle,
        "commentaire": raison,
        "retrait": OUI,
    }
