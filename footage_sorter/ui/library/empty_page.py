"""The page of an empty library: one invitation, to drop a folder or to choose one.

Knows no clip; what is dropped is taken by the window, anywhere.
"""

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from footage_sorter.ui.look.forms import primary
from footage_sorter.ui.look.icons import paint_icon
from footage_sorter.ui.look.theme import GRID_PX, theme_of

FIELD_PX = (640, 360)
"""At most so wide and high is the field that invites a drop."""

SIGN_PX = 48
WORDS_PX = 440
"""Lines are no wider than what is read at one glance."""


class EmptyPage(QWidget):
    """A field to drop on, a sentence about what happens then, and a button.

    Signals:
        add_wanted: A person asked for a folder to add.
    """

    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._awaits_drop = False
        title = QLabel(self.tr("Drop a folder of clips here"))
        title.setProperty("rank", "title")
        says = QLabel(
            self.tr(
                "Every clip becomes a card and is rated: blur, exposure, shake. "
                "Your files are only read, never changed, and nothing leaves this machine."
            )
        )
        says.setProperty("rank", "quiet")
        says.setWordWrap(True)
        # In a centred cell a label is not asked how high its lines are.
        says.setFixedSize(WORDS_PX, says.heightForWidth(WORDS_PX))
        for label in (title, says):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = primary(QPushButton(self.tr("Add a folder…"), self))
        self.button.clicked.connect(self.add_wanted)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addSpacing(SIGN_PX + 2 * GRID_PX)  # the sign is painted there
        column.addWidget(title)
        column.addSpacing(GRID_PX)
        column.addWidget(says, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(2 * GRID_PX)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._title = title

    @property
    def awaits_drop(self) -> bool:
        """Whether something that can be added is held over the window."""
        return self._awaits_drop

    def await_drop(self, *, held: bool) -> None:
        """Show that what is held over the window would be taken."""
        self._awaits_drop = held
        self.update()

    @property
    def field(self) -> QRect:
        """Where the field lies: in the middle, with room around it."""
        room = self.rect().adjusted(4 * GRID_PX, 4 * GRID_PX, -4 * GRID_PX, -4 * GRID_PX)
        width, height = min(FIELD_PX[0], room.width()), min(FIELD_PX[1], room.height())
        middle = self.rect().center()
        return QRect(middle.x() - width // 2, middle.y() - height // 2, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override: the field's rim, and a sign above the words."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rim = theme.accent if self._awaits_drop else theme.line
        pen = QPen(rim, 2.0)
        if not self._awaits_drop:
            pen.setDashPattern([4.0, 4.0])
        painter.setPen(pen)
        painter.setBrush(theme.raised if self._awaits_drop else self.palette().color(_GROUND))
        painter.drawRoundedRect(QRectF(self.field), GRID_PX, GRID_PX)
        top = self._title.geometry().top() - SIGN_PX - 2 * GRID_PX
        sign = QRectF(self.rect().center().x() - SIGN_PX / 2, top, SIGN_PX, SIGN_PX)
        colour = theme.accent if self._awaits_drop else theme.quiet
        paint_icon(painter, sign, "clip", colour.name())


_GROUND = QPalette.ColorRole.Base
