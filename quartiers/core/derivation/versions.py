"""What is held to be said of a thing, from all the rows known of it: corrections, rejections, drafts, withdrawals."""

from __future__ import annotations

from collections.abc import Iterable

from quartiers.core.contenu import Sorte
from quartiers.core.enregistrement import Enregistrement, Validation
from quartiers.core.genres import GENRES


def list_dires(lignes: Iterable[Enregistrement]) -> list[Enregistrement]:
    """The statements that hold, by their day: one a day for a state, a single one for an event.

    `lignes`: the rows of one object known on a day, in any order.
    """
    par_jour: dict[object, list[Enregistrement]] = {}
    for ligne in sorted(lignes, key=lambda e: (e.connu_le, e.ordre)):
        is_acte = GENRES[ligne.genre].SORTE is Sorte.EVENEMENT
        tenues = par_jour.setdefault(None if is_acte else ligne.le, [])
        if ligne.validation is Validation.REJETE:
            tenues[:] = [tenue for tenue in tenues if not is_vise(tenue, ligne)]
        elif ligne.validation is not Validation.BROUILLON:
            tenues.append(ligne)
    dernieres = [tenues[-1] for tenues in par_jour.values() if tenues]
    return sorted((d for d in dernieres if not d.is_retrait), key=lambda e: e.le)


def is_vise(tenue: Enregistrement, rejet: Enregistrement) -> bool:
    """A decision sends back its own row; a rejected line of a file, all that says the same (L-60)."""
    if rejet.is_examen:
        return tenue.numero == rejet.numero
    return is_redite(tenue, rejet)


def is_redite(une: Enregistrement, autre: Enregistrement) -> bool:
    """Two rows say the same of the same day, their validation apart (L-60)."""
    return une.le == autre.le and has_meme_dit(une, autre)


def has_meme_dit(une: Enregistrement, autre: Enregistrement) -> bool:
    """Two rows say the same, whatever the day."""
    return une.contenu == autre.contenu and frozenset(une.liens) == frozenset(autre.liens)
