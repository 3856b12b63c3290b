"""Why: for each flag of a clip its sentence, its graph, and its worst frames; and a way to object.

Shows a row and says what is wanted; writes nothing.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QImage, QPainter, QPaintEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.detail_words import damage
from footage_sorter.domain.flag import PICTURE_FLAGS, Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import Reason, lapses, reasons
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.taste import Taste
from footage_sorter.domain.tracks import Tracks
from footage_sorter.domain.words import ASPECT_WORDS, FLAG_WORDS, clock, error, lapse, reason
from footage_sorter.ui.look.key_button import key_of
from footage_sorter.ui.look.tab_order import set_tab_order
from footage_sorter.ui.look.theme import GRID_PX, theme_of
from footage_sorter.ui.look.translate import tr_phrase, tr_word
from footage_sorter.ui.panels.why_graph import Graph
from footage_sorter.ui.player.fetch import FrameAt, FrameFetcher

WORST_FRAMES = 3

PICTURE_PX = 256
"""Long side of a worst frame as it is decoded."""

SHOWN = QSize(112, 63)


def worst_times(track: NDArray[np.float32], lengths_s: NDArray[np.float32]) -> list[float]:
    """The middles of a track's worst seconds, in order of time, no two of them neighbours."""
    chosen: list[int] = []
    for cell in np.argsort(-np.nan_to_num(track, nan=-1.0), kind="stable").tolist():
        if len(chosen) == WORST_FRAMES or np.isnan(track[cell]):
            break
        if all(abs(cell - other) > 1 for other in chosen):
            chosen.append(cell)
    return [cell + float(lengths_s[cell]) / 2 for cell in sorted(chosen)]


class WhyPanel(QScrollArea):
    """Explains the verdict on one clip.

    Signals:
        seek_wanted: Seconds from the clip's start.
        overrule_wanted: ClipId, Flag, and whether the flag is wrong (False takes that back).
    """

    seek_wanted = Signal(float)
    overrule_wanted = Signal(object, object, bool)

    def __init__(
        self,
        frame_at: FrameAt,
        taste_in_use: Callable[[], Taste | None] = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._taste_in_use = taste_in_use
        self._fetcher = FrameFetcher(frame_at, self)
        self._fetcher.arrived.connect(self._on_picture)
        self._row: ClipRow | None = None
        self._limits = Limits()
        self._overrule_action: QAction | None = None
        self._stale = False  # it was hidden when the row changed
        self._sections: list[Section] = []
        self._pictures: dict[Hashable, QImage] = {}
        self._position_s = 0.0
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._build_stale)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Why"))
        self._build()

    def follow(self, overrule: QAction) -> None:
        """Name on the buttons "This is wrong" the key of the action that does the same."""
        self._overrule_action = overrule

    def show_row(self, row: ClipRow | None, limits: Limits) -> None:
        """Explain a row; the work is put off while the panel is hidden."""
        if row is None or self._row is None or row.clip != self._row.clip:
            self._pictures.clear()
        same = limits == self._limits and _is_explained_alike(row, self._row)
        self._row, self._limits = row, limits
        if same:
            return
        if self.isVisible():
            self._build()
        else:
            self._stale = True

    def set_position(self, position_s: float) -> None:
        """Move the playheads of the graphs."""
        self._position_s = position_s
        for section in self._sections:
            section.graph.set_position(position_s)

    def shutdown(self) -> bool:
        """Join the decoder's thread; False if it did not end in time."""
        return self._fetcher.shutdown()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt override."""
        super().showEvent(event)
        self._build_stale()

    def changeEvent(self, event: QEvent) -> None:
        """Qt override: letters and empty pictures take their colours when they are made."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._stale = True  # not here: Qt is going through all widgets, and some would end
            self._soon.start()

    def _build_stale(self) -> None:
        if self._stale and self.isVisible():
            self._build()

    def _build(self) -> None:
        """Make everything anew: a clip has at most eight flags."""
        self._stale = False
        self._fetcher.forget()
        self._sections = []
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus()  # what has the keyboard is about to go
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        lapsed = self._lapses()
        for text in self._sentences(any_lapse=bool(lapsed)):
            layout.addWidget(_sentence(text))
        if self._row is not None and self._row.tracks is not None and self._row.rating is not None:
            judged = self._row.tracks.without(self._row.decision.overruled)
            for found in reasons(judged, self._limits, self._row.rating):
                layout.addWidget(self._section(self._row.clip, judged, found, flagged=True))
            for found in lapsed:
                layout.addWidget(self._section(self._row.clip, judged, found, flagged=False))
            for flag in Flag:
                if flag in self._row.decision.overruled:
                    layout.addWidget(self._overruled(flag))
        layout.addStretch(1)
        self.setWidget(page)
        set_tab_order(self)

    def _sentences(self, *, any_lapse: bool) -> list[str]:
        row = self._row
        if row is None:
            return [self.tr("No clip is selected.")]
        if row.error is not None:
            return [tr_phrase(error(row.error))]
        if row.rating is None:
            return [self.tr("This clip was not analysed yet.")]
        said = []
        if not (row.rating.flags or any_lapse):  # each of those says that it is no flag
            said.append(self.tr("No flag was raised."))
        if row.damage:
            text = self.tr("Part of the clip cannot be decoded: {detail}.")
            said.append(text.format(detail=tr_phrase(damage(row.damage))))
        return said + self._for_you(row)

    def _lapses(self) -> tuple[Reason, ...]:
        """What makes the clip less usable without a flag."""
        row = self._row
        if row is None or row.tracks is None or row.rating is None:
            return ()
        return lapses(row.tracks.without(row.decision.overruled), self._limits, row.rating)

    def _for_you(self, row: ClipRow) -> list[str]:
        """The rating that was learned from the person's marks, and what it goes by."""
        taste, media = self._taste_in_use(), row.clip.media
        if row.for_you is None or taste is None or row.features is None or media is None:
            return []
        said = [self.tr("For you: {rating} of 100.").format(rating=row.for_you)]
        found = taste.reasons(row.features, media)
        for template, aspects in (
            (self.tr("It goes by your marks. For it: {aspects}."), found.speak_for),
            (self.tr("Against it: {aspects}."), found.speak_against),
        ):
            if aspects:
                names = ", ".join(tr_word(ASPECT_WORDS[one]) for one in aspects)
                said.append(template.format(aspects=names))
        return [" ".join(said)]

    def _section(self, clip: Clip, tracks: Tracks, found: Reason, *, flagged: bool) -> "Section":
        key = "" if self._overrule_action is None else key_of(self._overrule_action)
        section = Section(found, flagged=flagged, key=key)
        section.graph.set_track(tracks.of(found.flag), tracks.lengths_s, found.over)
        section.graph.set_position(self._position_s)
        section.seek_wanted.connect(self.seek_wanted)
        section.wrong.connect(lambda flag: self._overrule(flag, wrong=True))
        self._sections.append(section)
        if found.flag in PICTURE_FLAGS:
            times_s = worst_times(tracks.of(found.flag), tracks.lengths_s)
            section.set_times(times_s)
            for time_s in times_s:
                known = self._pictures.get((clip.id, time_s))
                if known is None:
                    self._fetcher.fetch((clip.id, time_s), clip, time_s, PICTURE_PX)
                else:
                    section.set_picture(time_s, known)
        return section

    def _overruled(self, flag: Flag) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        text = self.tr("You called this wrong: {fault}.")
        layout.addWidget(_sentence(text.format(fault=tr_word(FLAG_WORDS[flag]))), 1)
        back = QPushButton(self.tr("Take back"))
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        back.clicked.connect(lambda: self._overrule(flag, wrong=False))
        layout.addWidget(back)
        return line

    def _overrule(self, flag: Flag, *, wrong: bool) -> None:
        if self._row is not None:
            self.overrule_wanted.emit(self._row.clip.id, flag, wrong)

    def _on_picture(self, key: Hashable, image: QImage) -> None:
        assert isinstance(key, tuple)
        clip_id, time_s = key
        if self._row is None or clip_id != self._row.clip.id or image.isNull():
            return
        self._pictures[key] = image
        for section in self._sections:
            section.set_picture(time_s, image)


class Section(QWidget):
    """One flag, or faulty seconds that raised none.

    Signals:
        seek_wanted: Seconds from the clip's start.
        wrong: The Flag that a person objects to.
    """

    seek_wanted = Signal(float)
    wrong = Signal(object)

    def __init__(
        self,
        found: Reason,
        *,
        flagged: bool = True,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Explain `found`; `key` is the one that objects to it."""
        super().__init__(parent)
        self.flag = found.flag
        self.graph = Graph(found.flag)
        self.graph.seek_wanted.connect(self.seek_wanted)
        self._frames: dict[float, QToolButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID_PX // 2)
        head = QHBoxLayout()
        head.setSpacing(GRID_PX)
        head.addWidget(FlagLetter(found.flag), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(_sentence(tr_phrase(reason(found) if flagged else lapse(found))), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID_PX // 2)
        layout.addLayout(head)
        layout.addWidget(self.graph)
        layout.addLayout(self._row)
        if flagged:  # to overrule what was not raised would mean nothing
            layout.addLayout(self._objection(key))

    def _objection(self, key: str) -> QHBoxLayout:
        wrong = QPushButton(self.tr("This is wrong"))
        words = self.tr("The flag is taken off this clip, and remembered as a label")
        wrong.setToolTip(f"{words} ({key})" if key else words)
        wrong.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the library
        wrong.clicked.connect(lambda: self.wrong.emit(self.flag))
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(wrong)
        return line

    def set_times(self, times_s: Sequence[float]) -> None:
        """Make room for the worst frames."""
        for time_s in times_s:
            button = QToolButton()
            button.setAutoRaise(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(SHOWN)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.setText(clock(time_s))
            button.setAccessibleName(self.tr("Go to {time}").format(time=clock(time_s)))
            button.setToolTip(button.accessibleName())
            empty = QPixmap(SHOWN)
            empty.fill(theme_of(self.palette()).base)
            button.setIcon(empty)
            button.clicked.connect(lambda _on=False, at=time_s: self.seek_wanted.emit(at))
            self._frames[time_s] = button
            self._row.addWidget(button)
        self._row.addStretch(1)

    def set_picture(self, time_s: float, image: QImage) -> None:
        """Show a worst frame that has been decoded."""
        button = self._frames.get(time_s)
        if button is not None:
            button.setIcon(QPixmap.fromImage(image))


class FlagLetter(QLabel):
    """A flag's letter in its colour, as on a card."""

    def __init__(self, flag: Flag, parent: QWidget | None = None) -> None:
        super().__init__(flag.letter, parent)
        font = self.font()
        font.setBold(True)
        self.setFont(font)
        self.setAccessibleName(tr_word(FLAG_WORDS[flag]))
        self._flag = flag

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override: in the theme at work, whenever it was made."""
        painter = QPainter(self)
        painter.setPen(theme_of(self.palette()).lanes[self._flag])
        painter.drawText(self.contentsRect(), self.alignment(), self.text())


def _is_explained_alike(row: ClipRow | None, before: ClipRow | None) -> bool:
    """Whether no more than a mark, stars, a note or a range is another: none of it is shown."""
    if row is None or before is None:
        return row is before
    was, now = before.decision, row.decision
    return was.overruled == now.overruled and replace(before, decision=now) == row


def _sentence(text: str) -> QLabel:
    label = QLabel(text.replace(" %", "\N{NO-BREAK SPACE}%"))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label
