"""What a process holds of the base, once for all its threads: the data, and the last looks at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock

from quartiers.core.territoire import Territoires
from quartiers.core.vue import Vue
from quartiers.usecases.savoir import Etat, Savoir
from quartiers.usecases.suivre import Marque

PATIENCE_S = 2.0
Dates = tuple[date, date]
"""« vu le » and « connu le »."""


class Memoire:
    """One state of the data, and looks at it, `limite` bytes of them at most; nothing of an earlier state is kept.

    `read`: the whole base; `follow`: from what is held, None when it must be read again. One thread does either; the
    others wait `patience` seconds for it, enough for a few rows, then show what is held until it is over. They wait
    longer only when nothing is held.
    """

    def __init__(
        self,
        read: Callable[[], Savoir],
        follow: Callable[[Savoir], Savoir | None],
        limite: int,
        patience: float = PATIENCE_S,
    ) -> None:
        self._read = read
        self._follow = follow
        self._limite = limite
        self._patience = patience
        self._verrou = Lock()
        self._lecture = Lock()
        self._tenu: Savoir | None = None
        # The last mark at which the frame of what is held was seen to be that of the base.
        self._cadre: tuple[Savoir, Marque] | None = None
        self._vues: dict[Dates, Vue] = {}

    def load(self, etat: Etat) -> Savoir:
        """What is held, `etat` being that of the base."""
        tenu = self._tenu
        if tenu is not None and tenu.etat == etat:
            return tenu
        return self._refresh(self._patience)

    def load_cadre(self, follow_cadre: Callable[[Savoir, Marque], Marque | None]) -> Savoir:
        """What is held, its frame being that of the base; what was declared since is not merged into it.

        Who writes waits as long as it takes: a line is never judged by a frame that has moved.
        """
        tenu, cadre = self._tenu, self._cadre
        if tenu is None:
            return self._refresh(patience=-1)
        depuis = cadre[1] if cadre is not None and cadre[0] is tenu else tenu.marque
        marque = follow_cadre(tenu, depuis)
        if marque is None:
            return self._refresh(patience=-1)
        self._cadre = (tenu, marque)
        return tenu

    def hold(self, savoir: Savoir | None) -> None:
        """Hold this, and the looks at what it grew from, or at it if it was held; None: nothing any more."""
        with self._verrou:
            self._hold(savoir)

    def open_vue(self, savoir: Savoir, dates: Dates) -> Vue:
        """The data seen from two dates; the last looks are kept, as many as there is room for."""
        with self._verrou:
            vue = self._vues.pop(dates, None)
            if vue is None or vue.dossier is not savoir.dossier:
                vue = Vue(savoir.dossier, *dates, savoir.cellules)
            if savoir is self._tenu:
                self._vues[dates] = vue
                self._forget_vues()
            return vue

    def get_tenu(self) -> Savoir:
        """What is held, as it was read last: no question to the base."""
        tenu = self._tenu
        if tenu is None:
            raise LookupError("rien n’est tenu : `load` d’abord")
        return tenu

    def get_actuels(self) -> Territoires:
        """The territoires with all that is known of the quartiers today, whatever the dates looked at (ADR 0012)."""
        return self.get_tenu().actuels

    def forget_vues(self) -> None:
        """Look again at the next call."""
        with self._verrou:
            self._vues = {}

    @property
    def octets(self) -> int:
        """What the looks weigh, about."""
        return sum(vue.octets for vue in self._vues.values())

    def _refresh(self, patience: float) -> Savoir:
        """`patience`: seconds to wait for another thread that does it; -1: as long as it takes."""
        tenu = self._tenu
        if not self._lecture.acquire(timeout=-1 if tenu is None else patience):
            assert tenu is not None  # noqa: S101 -- else it was waited for
            return tenu
        try:
            tenu = self._tenu  # another thread may just have made it
            suite = None if tenu is None else self._follow(tenu)
            if suite is None:
                suite = self._read()
            if suite is not tenu:
                self.hold(suite)
            return suite
        finally:
            self._lecture.release()

    def _hold(self, savoir: Savoir | None) -> None:
        self._cadre = None
        if savoir is self._tenu:
            return
        touches = None if savoir is None else savoir.touches
        if savoir is None or touches is None:
            self._vues = {}
        else:
            self._vues = {
                dates: vue.follow(savoir.dossier, savoir.cellules, touches)
                for dates, vue in self._vues.items()
            }
        self._tenu = savoir

    def _forget_vues(self) -> None:
        """The oldest ones first; the last one stays, whatever it weighs."""
        while len(self._vues) > 1 and self.octets > self._limite:
            del self._vues[next(iter(self._vues))]
