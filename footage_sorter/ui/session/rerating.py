"""Rerating: all clips of the library anew, in the pool, when limits move or an analysis has ended.

10,000 clips take a tenth of a second and more: too long for the window to wait.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.library import grouped, rerate_each, uncollected
from footage_sorter.ui.session.background import Background
from footage_sorter.ui.session.clip_model import ClipModel, Pair


class Rerating(QObject):
    """Brings the ratings in the model up to the limits that hold. Used on the GUI thread.

    Signals:
        rested: Every rating is by the limits that hold.
    """

    rested = Signal()

    def __init__(
        self,
        model: ClipModel,
        background: Background,
        limits_for: Callable[[], Callable[[Path], Limits]],
    ) -> None:
        """Judge the rows of `model`; `limits_for` gives what tells the limits of a path now."""
        super().__init__(background)
        self._model, self._background, self._limits_for = model, background, limits_for
        self._working = False
        self._again = False
        self._group = False

    @property
    def under_way(self) -> bool:
        """Whether ratings may still be by former limits."""
        return self._working

    def start(self, *, group: bool = False) -> None:
        """Judge anew what is judged by other limits than hold now.

        Args:
            group: See anew, too, what light is usual at each clip's hour: see `domain.groups`.
        """
        self._group = self._group or group
        if self._working:
            self._again = True
            return
        self._working, self._again = True, False
        work = partial(_judged, list(self._model.rows()), self._limits_for(), self._group)
        self._group = False
        self._background.run(work, self._on_judged)

    def _on_judged(self, pairs: object) -> None:
        assert isinstance(pairs, list)
        late = self._model.replace(pairs)
        self._working = False
        if self._again or late:  # what was marked meanwhile is another row
            self.start()
        else:
            self.rested.emit()


def _judged(
    rows: Sequence[ClipRow],
    limits_for: Callable[[Path], Limits],
    group: bool,  # noqa: FBT001  of `partial`
    _cancel: Event,
) -> list[Pair]:
    """What of `rows` is another one now. For a thread of the pool."""
    with uncollected():
        lit = grouped(rows) if group else rows
        changed = [
            (was, now)
            for was, now in zip(rows, lit, strict=True)
            if now is not was
            or (now.tracks is not None and now.limits != limits_for(now.clip.path))
        ]
        rated = rerate_each([now for _, now in changed], limits_for)
        return [(was, now) for (was, _), now in zip(changed, rated, strict=True)]
