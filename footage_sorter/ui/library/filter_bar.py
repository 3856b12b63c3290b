"""The pills above the library: one for each condition, its values in a menu.

They keep to one line: what does not fit is in the menu of a last pill, unless it is at work.
Knows filters and rows; what is shown is decided elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QWidget,
)

from footage_sorter.domain.clip import MAX_STARS
from footage_sorter.domain.codec_names import codec_name
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import FLAG_WORDS, star_text
from footage_sorter.ui.library.pill_menus import RangeMenu, TickMenu, counted
from footage_sorter.ui.look.flow_layout import FlowLayout, fitting
from footage_sorter.ui.look.forms import menu_text
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.clip_filter import (
    EVERYTHING,
    FLAG_VALUES,
    MARK_VALUES,
    NO_FLAG,
    VERDICT_VALUES,
    ClipFilter,
    day_of,
)
from footage_sorter.ui.session.columns import (
    MARK_WORDS,
    VERDICT_WORDS,
    camera_of,
    codec_of,
    folder_of,
    shown_path,
    tag_words,
)

Values = Callable[[], Iterable[tuple[str, str]]]
"""The values of a menu at the moment that it opens, each with its words."""

LONGEST_S = 24 * 3600.0


def words_of(field: str, value: str) -> str:
    """What a person reads for a value of a condition."""
    if field == "marks":
        return tr_word(MARK_WORDS[value])
    if field == "verdicts":
        return tr_word(VERDICT_WORDS[value])
    if field == "flags":
        return tr_word("No flag") if value == NO_FLAG else tr_word(FLAG_WORDS[Flag(value)])
    if field == "folders":
        return shown_path(value)
    if field == "codecs":
        value = codec_name(value)
    return value or tr_word("Unknown")


class FilterBar(QWidget):
    """All pills.

    Signals:
        changed: ClipFilter that a person made.
    """

    changed = Signal(object)

    def __init__(
        self, rows: Callable[[], Sequence[ClipRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._filter = EVERYTHING
        self._pills: dict[str, QPushButton] = {}
        self._ranges: dict[str, tuple[float, str]] = {}  # the highest number, and its unit
        self._rest: list[QPushButton] = []  # those that found no room
        self._more_open = False
        self._in_vain = {"tags", "for_you"}  # no pill for what no clip can have
        self._line = FlowLayout(self)
        self._line.setContentsMargins(8, 6, 8, 6)
        self._add_values("marks", self.tr("Mark"), lambda: _named("marks", MARK_VALUES))
        self._add_values("flags", self.tr("Flags"), lambda: _named("flags", FLAG_VALUES))
        self._add_values("verdicts", self.tr("Verdict"), lambda: _named("verdicts", VERDICT_VALUES))
        self._add_range("usability", self.tr("Usability"), 100, " %")
        self._add_range("for_you", self.tr("For you"), 100, "")
        self._add_stars()
        self._add_values("tags", self.tr("Tags"), self._found_tags)
        self._add_range("duration_s", self.tr("Duration"), LONGEST_S, " s")
        self._add_values("days", self.tr("Day"), lambda: self._found(day_of))
        self._add_values("cameras", self.tr("Camera"), lambda: self._found(camera_of))
        self._add_values(
            "folders", self.tr("Folder"), lambda: self._found(folder_of, field="folders")
        )
        self._add_values("codecs", self.tr("Codec"), lambda: self._found(codec_of, field="codecs"))
        self._more = self._more_pill()
        self._clear = self._pill(self.tr("Show all"))
        self._clear.setCheckable(False)
        self._clear.clicked.connect(lambda: self._set(EVERYTHING))
        self.show_filter(EVERYTHING)

    def show_tags(self, *, shown: bool) -> None:
        """Offer to filter by tags, where a classifier is installed."""
        self._offer("tags", shown=shown)

    def show_for_you(self, *, shown: bool) -> None:
        """Offer to filter by what was learned from the person's marks, where that is in use."""
        self._offer("for_you", shown=shown)

    def _offer(self, field: str, *, shown: bool) -> None:
        self._in_vain = self._in_vain - {field} if shown else self._in_vain | {field}
        self.show_filter(self._filter)

    def offered(self) -> list[str]:
        """What clips can be filtered by, in the pills' order: in the line or behind the last."""
        return [
            field
            for field, pill in self._pills.items()
            if pill.isChecked() or field not in self._in_vain
        ]

    def show_filter(self, clip_filter: ClipFilter) -> None:
        """Show which conditions are at work."""
        self._filter = clip_filter
        for field, pill in self._pills.items():
            value, usual = getattr(clip_filter, field), getattr(EVERYTHING, field)
            title = str(pill.property("title"))
            pill.setChecked(value != usual)
            pill.setText(title if value == usual else f"{title}: {self._summary(field, value)}")
        self._clear.setVisible(clip_filter != EVERYTHING)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt override."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Show the pills that fit into one line, and those at work in any case."""
        if self._more_open:  # its menus are those of hidden pills
            return
        offered = [self._pills[field] for field in self.offered()]
        margins, gap_px = self._line.contentsMargins(), self._line.spacing()
        room_px = self.width() - margins.left() - margins.right()
        if not self._clear.isHidden():
            room_px -= _width_px(self._clear) + gap_px
        shown = fitting(
            [_width_px(pill) for pill in offered],
            [pill.isChecked() for pill in offered],
            room_px,
            _width_px(self._more),
            gap_px,
        )
        in_sight = {pill for pill, fits in zip(offered, shown, strict=True) if fits}
        for pill in self._pills.values():
            pill.setVisible(pill in in_sight)
        self._rest = [pill for pill in offered if pill not in in_sight]
        self._more.setVisible(bool(self._rest))
        self.updateGeometry()

    def _set(self, clip_filter: ClipFilter) -> None:
        self.show_filter(clip_filter)
        self.changed.emit(clip_filter)

    def _summary(self, field: str, value: object) -> str:
        match value:
            case frozenset():
                first, *more = sorted(words_of(field, str(one)) for one in value)
                short = first if len(first) <= 24 else f"…{first[-22:]}"
                return f"{short} +{len(more)}" if more else short
            case (float() | int() as lowest, float() | int() as highest):
                most, unit = self._ranges[field]
                if highest >= most:
                    return f"≥ {lowest:g}{unit}"
                return f"{lowest:g}–{highest:g}{unit}" if lowest else f"≤ {highest:g}{unit}"
        return f"{star_text(value)}+" if isinstance(value, int) else str(value)

    def _pill(self, title: str) -> QPushButton:
        pill = QPushButton(title, self)
        pill.setProperty("pill", True)  # noqa: FBT003  Qt's own signature
        pill.setProperty("title", title)
        pill.setCheckable(True)
        pill.setAutoDefault(False)
        pill.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the library
        pill.setAccessibleName(self.tr("Filter by {what}").format(what=title))
        self._line.addWidget(pill)
        return pill

    def _more_pill(self) -> QPushButton:
        """The last pill: the menus of those that found no room."""
        pill = self._pill(self.tr("More"))
        pill.setCheckable(False)
        pill.setAccessibleName(self.tr("More conditions to filter by"))
        menu = QMenu(pill)
        pill.setMenu(menu)

        def fill() -> None:
            self._more_open = True
            menu.clear()
            for one in self._rest:
                menu.addMenu(one.menu())

        def leave() -> None:
            self._more_open = False
            self._arrange()

        menu.aboutToShow.connect(fill)
        menu.aboutToHide.connect(leave)
        return pill

    def _attach(self, field: str, pill: QPushButton, menu: QMenu) -> None:
        self._pills[field] = pill
        pill.setMenu(menu)
        # Opening the menu must not look like a condition.
        menu.aboutToHide.connect(lambda: self.show_filter(self._filter))

    def _add_values(self, field: str, title: str, values: Values) -> None:
        pill = self._pill(title)
        menu = TickMenu(title, pill)
        self._attach(field, pill, menu)

        def fill() -> None:
            menu.clear()
            chosen = getattr(self._filter, field)
            for value, words in values():
                action = menu.addAction(menu_text(words))
                action.setCheckable(True)
                action.setChecked(value in chosen)
                action.triggered.connect(
                    lambda _on=False, value=value: self._set(self._filter.toggling(field, value))
                )

        menu.aboutToShow.connect(fill)

    def _add_stars(self) -> None:
        pill = self._pill(self.tr("Stars"))
        menu = QMenu(self.tr("Stars"), pill)
        self._attach("min_stars", pill, menu)
        for stars in range(MAX_STARS + 1):
            words = self.tr("Any") if not stars else star_text(stars) + ("+" if stars < 5 else "")
            action = menu.addAction(words)
            action.triggered.connect(
                lambda _on=False, stars=stars: self._set(self._filter.having("min_stars", stars))
            )

    def _add_range(self, field: str, title: str, highest: float, unit: str) -> None:
        pill = self._pill(title)
        menu = RangeMenu(title, highest, unit, pill, endless=highest == LONGEST_S)
        self._ranges[field] = (highest, unit)
        self._attach(field, pill, menu)
        menu.aboutToShow.connect(
            lambda: menu.show_range(*(getattr(self._filter, field) or (0, highest)))
        )
        menu.chosen.connect(lambda low, high: self._take_range(field, low, high))

    def _take_range(self, field: str, lowest: float, highest: float) -> None:
        whole = (lowest, highest) == (0, self._ranges[field][0])
        value = getattr(EVERYTHING, field) if whole else (lowest, highest)
        self._set(self._filter.having(field, value))

    def _found_tags(self) -> list[tuple[str, str]]:
        """The tags that the library's clips have, each with how many."""
        counts = Counter((tag_words(tag), tag.keyword) for row in self._rows() for tag in row.tags)
        return counted([(value, words, counts[words, value]) for words, value in sorted(counts)])

    def _found(self, value_of: Callable[[ClipRow], str], field: str = "") -> list[tuple[str, str]]:
        """The values that the library's clips have, each with how many."""
        counts = Counter(map(value_of, self._rows()))
        return counted([(value, words_of(field, value), counts[value]) for value in sorted(counts)])


def _named(field: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, words_of(field, value)) for value in values]


def _width_px(pill: QPushButton) -> int:
    pill.ensurePolished()
    return pill.sizeHint().width()
