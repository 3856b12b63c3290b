"""Facts and opinions of one clip: what the file says, and what the person says of it.

Shows a row and says what is wanted; writes nothing.
"""

from collections.abc import Mapping

from PySide6.QtCore import (
    QEvent,
    QLocale,
    QPointF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.clip import MAX_STARS, UNDECIDED, Clip, ClipId, Mark, MediaInfo
from footage_sorter.domain.codec_names import codec_name
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import Tag
from footage_sorter.domain.words import clock, clock_to_hundredths
from footage_sorter.ui.look.icons import icon
from footage_sorter.ui.look.key_button import KeyButton, key_of
from footage_sorter.ui.look.theme import GRID_PX, theme_of
from footage_sorter.ui.session.columns import name_in_label, recorded_text, shown_path, tag_words

NOTE_PAUSE_MS = 900
"""A note is handed over when nothing was typed for so long, or when the editor is left."""

NOTE_LINES = 2

# A five-pointed star in a square of side 1; the inner radius is the golden ratio's.
_STAR = (
    (0.500, 0.020), (0.618, 0.355), (0.976, 0.363), (0.690, 0.578), (0.794, 0.921),
    (0.500, 0.716), (0.206, 0.921), (0.310, 0.578), (0.024, 0.363), (0.382, 0.355),
)  # fmt: skip

STAR_PX = 16

MOST_TAGS = 6
"""So many stand under the picture; more would push the note out of the window."""


class Stars(QWidget):
    """Five stars to click on.

    Signals:
        wanted: 1 to 5; 0 when the last one given is clicked again.
    """

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stars = 0
        self._actions: list[QAction] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Stars"))
        self.set_stars(0)

    def set_stars(self, stars: int) -> None:
        """Show 0 to 5 stars."""
        self._stars = stars
        text = self.tr("{count} of {most} stars")
        self.setAccessibleName(text.format(count=stars, most=MAX_STARS))
        self.update()

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Name the keys that give stars, whichever they become."""
        self._actions = [actions[f"stars_{count}"] for count in range(MAX_STARS + 1)]
        for action in self._actions:
            action.changed.connect(self._show_keys)
        self._show_keys()

    @Slot()
    def _show_keys(self) -> None:
        none, *some = map(key_of, self._actions)
        keys = ", ".join(filter(None, some))
        if keys and none:
            keys = self.tr("{keys}; none by {none}").format(keys=keys, none=none)
        says = self.tr("Stars")
        self.setToolTip(f"{says} ({keys})" if keys else says)

    def sizeHint(self) -> QSize:
        """Qt override."""
        return QSize(MAX_STARS * (STAR_PX + 4), STAR_PX + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        plain = theme.quiet if self.isEnabled() else self.palette().windowText().color()
        for at in range(MAX_STARS):
            given = at < self._stars
            painter.setPen(theme.text if given else plain)
            painter.setBrush(theme.text if given else Qt.BrushStyle.NoBrush)
            left = 2 + at * (STAR_PX + 4)
            points = [QPointF(left + STAR_PX * x, 2 + STAR_PX * y) for x, y in _STAR]
            painter.drawPolygon(QPolygonF(points))
        if self.hasFocus():
            painter.setPen(theme.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if event.button() is Qt.MouseButton.LeftButton:
            stars = min(MAX_STARS, int(event.position().x()) // (STAR_PX + 4) + 1)
            self.wanted.emit(0 if stars == self._stars else stars)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        change = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if change is None:
            super().keyPressEvent(event)
        else:
            self.wanted.emit(min(MAX_STARS, max(0, self._stars + change)))


class NoteEdit(QPlainTextEdit):
    """A short text that hands itself over when it is left, or when typing pauses.

    Signals:
        written: ClipId and the text, when a person changed it.
    """

    written = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clip_id: ClipId | None = None
        self._known = ""
        self.setPlaceholderText(self.tr("Note"))
        self.setAccessibleName(self.tr("Note"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(NOTE_LINES * self.fontMetrics().lineSpacing() + 2 * GRID_PX + 4)
        self._pause = QTimer(self, singleShot=True, interval=NOTE_PAUSE_MS)
        self._pause.timeout.connect(self.hand_over)
        self.textChanged.connect(self._pause.start)

    def show_note(self, clip_id: ClipId | None, note: str) -> None:
        """Show a clip's note; what was typed for the last clip is handed over first."""
        if clip_id == self._clip_id and note == self._known:
            return  # a row that changed otherwise must not disturb who is typing
        if clip_id != self._clip_id:
            self.hand_over()
        self._clip_id, self._known = clip_id, note
        if note != self.toPlainText():
            self.setPlainText(note)
        self._pause.stop()
        self.setEnabled(clip_id is not None)

    def hand_over(self) -> None:
        """Say what was typed, if anything was."""
        self._pause.stop()
        text = self.toPlainText()
        if self._clip_id is not None and text != self._known:
            self._known = text
            self.written.emit(self._clip_id, text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt override."""
        super().focusOutEvent(event)
        self.hand_over()


class Facts(QWidget):
    """Name, facts, tags, range, mark, stars and note of one clip.

    Signals:
        mark_wanted: ClipId, Mark.
        stars_wanted: ClipId, 0-5.
        note_wanted: ClipId, text.
    """

    mark_wanted = Signal(object, object)
    stars_wanted = Signal(object, int)
    note_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ClipRow | None = None
        self._name = QLabel()
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._says = QLabel()
        self._says.setProperty("rank", "quiet")
        self._says.setWordWrap(True)
        self._tags = QLabel()
        self._tags.setWordWrap(True)
        self._range = QLabel()
        self._range.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self._name, self._says, self._tags, self._range):
            label.setTextFormat(Qt.TextFormat.PlainText)  # a file may be named "<b>"
            label.setMinimumWidth(1)
        # A line is kept for tags: when one arrives, the note must not move away.
        self._tags.setMinimumHeight(self._tags.fontMetrics().lineSpacing())
        self._keep = self._mark_button("keep", self.tr("Keep"), Mark.KEEP)
        self._reject = self._mark_button("reject", self.tr("Reject"), Mark.REJECT)
        self._stars = Stars()
        self._stars.wanted.connect(self._on_stars)
        self.note = NoteEdit()
        self.note.written.connect(self.note_wanted)
        self._lay_out()
        self.show_row(None)

    def show_row(self, row: ClipRow | None) -> None:
        """Show a row; None: nothing is selected."""
        self._row = row
        decision = UNDECIDED if row is None else row.decision
        for button, mark in ((self._keep, Mark.KEEP), (self._reject, Mark.REJECT)):
            button.setChecked(decision.mark is mark)
            button.setEnabled(row is not None)
        self._stars.set_stars(decision.stars)
        self._stars.setEnabled(row is not None)
        self.note.show_note(None if row is None else row.clip.id, decision.note)
        self._say()

    def follow(self, actions: Mapping[str, QAction]) -> None:
        """Name the keys that do the same, whichever they become."""
        self._keep.follow(actions["keep"])
        self._reject.follow(actions["reject"])
        self._stars.follow(actions)

    def _say(self) -> None:
        clip = None if self._row is None else self._row.clip
        name = "" if clip is None else shown_path(clip.path.name)
        room = max(1, self.width() - 2)
        middle = Qt.TextElideMode.ElideMiddle
        elided = self._name.fontMetrics().elidedText(name, middle, room)
        self._name.setText(name_in_label(elided))
        self._name.setToolTip("" if clip is None else shown_path(str(clip.path)))
        self._says.setText("" if clip is None else self._facts(clip))
        tags = () if self._row is None else self._row.tags
        said = [_tag_text(tag) for tag in tags]
        more = [f"+{len(said) - MOST_TAGS}"] if len(said) > MOST_TAGS else []
        self._tags.setText(" · ".join(said[:MOST_TAGS] + more))
        self._tags.setToolTip("\n".join(said) if more else "")
        self._range.setText(self._range_text())
        self._range.setToolTip(self._range.text())

    def _range_text(self) -> str:
        """In and out, and how long lies between, short enough to stand beside the stars.

        "" where neither is set.
        """
        decision = UNDECIDED if self._row is None else self._row.decision
        if self._row is None or (decision.in_s is None and decision.out_s is None):
            return ""
        in_s, out_s = decision.in_s, decision.out_s
        media, start_s, end_s = self._row.clip.media, in_s or 0.0, out_s
        if end_s is None and media is not None:
            end_s = media.duration_s
        begins, ends = (None if at is None else clock_to_hundredths(at) for at in (in_s, out_s))
        if begins and ends:
            text = f"{begins} – {ends}"
        elif begins:
            text = self.tr("in {at}").format(at=begins)
        else:
            text = self.tr("out {at}").format(at=ends)
        if end_s is None:
            return text
        return f"{text} · {QLocale().toString(end_s - start_s, 'f', 2)} s"

    def _facts(self, clip: Clip) -> str:
        """The facts, most asked for first."""
        size = QLocale().formattedDataSize(
            clip.stamp.size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat
        )
        if clip.media is None:
            return size
        parts = [*self._picture_facts(clip.media), size]
        media = clip.media
        if media.camera:
            parts.append(media.camera)
        if media.recorded_at is not None:
            parts.append(recorded_text(media.recorded_at))
        # A line may break between two facts, never inside one.
        return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)

    def _picture_facts(self, media: MediaInfo) -> list[str]:
        width, height = media.size_px
        rate = QLocale().toString(round(float(media.frame_rate), 2), "g", 5)
        parts = [
            clock(media.duration_s),
            f"{width} × {height}",
            self.tr("{rate} fps").format(rate=rate),
            codec_name(media.codec),
        ]
        if media.variable_rate:
            parts.append(self.tr("variable rate"))
        if media.interlaced:
            parts.append(self.tr("interlaced"))
        if media.colour.transfer.value != "sdr":
            parts.append(media.colour.transfer.value.upper())
        if media.sound is None:
            parts.append(self.tr("no sound"))
        return parts

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._keep)
        row.addWidget(self._reject)
        row.addSpacing(GRID_PX)
        row.addWidget(self._stars)
        row.addWidget(self._range, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID_PX // 2)
        layout.addWidget(self._name)
        layout.addWidget(self._says)
        layout.addWidget(self._tags)
        layout.addLayout(row)
        layout.addWidget(self.note)

    def _mark_button(self, drawing: str, says: str, mark: Mark) -> KeyButton:
        button = KeyButton(says, self)
        button.setAutoRaise(True)
        button.setCheckable(True)
        button.setIcon(icon(drawing))
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda checked: self._on_mark(mark if checked else Mark.NONE))
        return button

    def _on_mark(self, mark: Mark) -> None:
        if self._row is not None:
            self.mark_wanted.emit(self._row.clip.id, mark)

    def _on_stars(self, stars: int) -> None:
        if self._row is not None:
            self.stars_wanted.emit(self._row.clip.id, stars)

    def event(self, event: QEvent) -> bool:
        """Qt override: the name is elided anew for each width."""
        if event.type() == QEvent.Type.Resize:
            self._say()
        return super().event(event)


def _tag_text(tag: Tag) -> str:
    """A tag with how sure its classifier is; a line never breaks inside it."""
    return f"{tag_words(tag)} {100 * tag.probability:.0f} %".replace(" ", "\N{NO-BREAK SPACE}")
