"""Fading: cards that leave the library's view are seen to go. Knows rows and rectangles, no model.

A card that a filter takes away at a key press would otherwise be gone as if it had never been.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, QVariantAnimation
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QWidget

from footage_sorter.domain.row import ClipRow

FADE_MS = 120

PaintCard = Callable[[QPainter, QRect, ClipRow], None]


def may_move(widget: QWidget) -> bool:
    """Whether the system wants motion: a style's animations have no length where it does not."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return widget.style().styleHint(hint, None, widget) > 0


class Fading(QObject):
    """The cards that are going, over those that stay.

    Attributes:
        still: The person wants no motion, whatever the system says.
    """

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.still = False
        self._viewport = viewport
        self._going: Sequence[tuple[QRect, ClipRow]] = ()
        self._run = QVariantAnimation(self, duration=FADE_MS, startValue=1.0, endValue=0.0)
        self._run.valueChanged.connect(self._viewport.update)
        self._run.finished.connect(self._end)

    @property
    def going(self) -> Sequence[tuple[QRect, ClipRow]]:
        """What is still to be seen: where it lay, from the top of everything, and what it was."""
        return self._going

    def start(self, going: Sequence[tuple[QRect, ClipRow]]) -> None:
        """Let cards go; those that were going are gone."""
        if going and not self.still and may_move(self._viewport):
            self._going = going
            self._run.start()

    def paint(self, painter: QPainter, down: QPoint, paint_card: PaintCard) -> None:
        """Paint what is left of them, moved by `down`."""
        if not self._going:
            return
        painter.save()
        painter.setOpacity(float(self._run.currentValue()))
        for rect, row in self._going:
            paint_card(painter, rect.translated(down), row)
        painter.restore()

    def _end(self) -> None:
        self._going = ()
        self._viewport.update()
