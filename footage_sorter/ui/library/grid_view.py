"""The grid of cards: a view over rows of equal cards, in sections where they are grouped.

Every place is arithmetic, so 10,000 cards scroll as fast as ten; only visible ones are painted.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import DEFAULTS, THUMBNAIL_PX
from footage_sorter.ui.library.cards import card_parts, stack_badge, waits
from footage_sorter.ui.library.delegates import CardDelegate
from footage_sorter.ui.library.edges import select_only_current
from footage_sorter.ui.library.fading import Fading
from footage_sorter.ui.library.first_page import FirstPage, visible_cards_of
from footage_sorter.ui.library.grid_layout import GAP_PX, HEADER_PX, GridLayout
from footage_sorter.ui.library.rubber_band import RubberBand
from footage_sorter.ui.library.scroll_anchor import ScrollAnchor
from footage_sorter.ui.library.shimmer import Shimmer
from footage_sorter.ui.look.theme import theme_of
from footage_sorter.ui.session.clip_model import Index, Role
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.visible_cards import VisibleCards

SETTLE_MS = 40
"""After scrolling for this long nothing changed, the visible clips are told."""


class GridView(QAbstractItemView):
    """Cards of a `ShownModel`; its delegate paints them.

    Signals:
        settled: The set of visible cards has come to rest.
        hovered: Place under the mouse (-1: none) and where across it, 0-1.
        zoomed: Card width in pixels that a person asked for with Ctrl and the wheel.
        stack_clicked: ClipId of a card whose stack's badge was clicked.
    """

    settled = Signal()
    hovered = Signal(int, float)
    zoomed = Signal(int)
    stack_clicked = Signal(object)

    def __init__(self, shown: ShownModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = shown
        self._card_px = DEFAULTS.thumbnail_px
        self._layout = GridLayout.of((), 100, self._card_px)
        self._first: FirstPage | None = None
        self._under_mouse = -1
        self._band = RubberBand(self, lambda: self._layout)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.settled)
        self.setModel(shown)
        self.fading = Fading(self.viewport())
        self.shimmer = Shimmer(self.viewport(), self._waiting_lanes)
        self.verticalScrollBar().valueChanged.connect(self._settle.start)
        self.verticalScrollBar().valueChanged.connect(self.shimmer.rest)
        self.settled.connect(self.shimmer.wake)
        self._in_sight: list[tuple[QRect, ClipRow]] = []  # before the order changes
        shown.layoutAboutToBeChanged.connect(self._remember)
        shown.layoutChanged.connect(self.updateGeometries)  # before anybody asks where a card is
        shown.layoutChanged.connect(self._let_go)
        shown.shown_changed.connect(self.updateGeometries)  # the groups alone
        self._anchor = ScrollAnchor(self, shown)  # after the layout

    # Sizes

    @property
    def card_px(self) -> int:
        """The width of a card that a person asked for; the cards may be somewhat wider."""
        return self._card_px

    def set_card_px(self, width_px: int) -> None:
        """Make the cards about this wide; the current one stays in sight."""
        width_px = max(THUMBNAIL_PX[0], min(THUMBNAIL_PX[1], width_px))
        if width_px == self._card_px:
            return
        self._card_px = width_px
        self.updateGeometries()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def set_still(self, *, still: bool) -> None:
        """Let nothing move, or only where the system wants no motion."""
        self.fading.still = self.shimmer.still = still
        self.shimmer.rest()  # `settled` wakes it
        self._settle.start()

    def visible_places(self) -> range:
        """The cards that are in sight, at least in part."""
        top = self.verticalOffset()
        return self._layout.places_between(top, top + self.viewport().height())

    def visible_cards(self, library: str) -> VisibleCards:
        """What is in sight, for the next session with that library."""
        return visible_cards_of(library, self._shown, self.visible_places(), self._rect)

    @property
    def shows_first(self) -> bool:
        """Whether the cards are those of `show_first`, for want of others."""
        return self._first is not None

    def show_first(self, page: FirstPage | None) -> None:
        """Show the cards of the last session where they lay, until the model has rows."""
        self._first = page
        self.updateGeometries()
        if page is not None:
            self.bring(page.visible_cards.first, page.visible_cards.y_px)

    def top_of(self, visible_cards: VisibleCards) -> int:
        """Where the upper edge of the first card seen lies now, however a person scrolled since."""
        return self._rect(visible_cards.first).top()

    def bring(self, place: int, y_px: int) -> None:
        """Scroll so far that the upper edge of a card lies at `y_px` in the view."""
        self.verticalScrollBar().setValue(self._layout.rect(place).top() - y_px)

    def updateGeometries(self) -> None:
        """Qt override: lay out anew."""
        if self._shown.rowCount():
            self._first = None
        groups = self._shown.groups() if self._first is None else self._first.visible_cards.groups
        self._layout = GridLayout.of(groups, self.viewport().width(), self._card_px)
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setPageStep(page)
        bar.setSingleStep(max(8, (self._layout.card.height() + GAP_PX) // 3))
        bar.setRange(0, max(0, self._layout.height_px + GAP_PX - page))
        bar.setEnabled(bar.maximum() > 0)  # its handle goes, its place stays: no card moves
        super().updateGeometries()
        self.viewport().update()
        self._settle.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt override."""
        super().resizeEvent(event)
        self.updateGeometries()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt override: what is in sight is told anew."""
        super().showEvent(event)
        self._settle.start()

    # What Qt asks of a view

    def visualRect(self, index: Index) -> QRect:
        """Qt override."""
        if not index.isValid() or index.row() >= self._shown.rowCount():
            return QRect()
        return self._rect(index.row())

    def _rect(self, place: int) -> QRect:
        """Where a card lies in the viewport."""
        return self._layout.rect(place).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Qt override."""
        place = self._layout.place_at(point + QPoint(0, self.verticalOffset()))
        return QModelIndex() if place is None else self._shown.index(place, 0)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Qt override."""
        rect = self.visualRect(index)
        if rect.isNull():
            return
        rect.setTop(rect.top() - self._layout.header_above_px(index.row()))
        bar, page = self.verticalScrollBar(), self.viewport().height()
        if hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - page // 2)
        elif rect.top() < GAP_PX:
            bar.setValue(bar.value() + rect.top() - GAP_PX)
        elif rect.bottom() > page - GAP_PX:
            bar.setValue(bar.value() + rect.bottom() - page + GAP_PX)

    def horizontalOffset(self) -> int:
        """Qt override."""
        return 0

    def verticalOffset(self) -> int:
        """Qt override."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """Qt override."""
        return False

    def moveCursor(
        self,
        action: QAbstractItemView.CursorAction,
        _modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        """Qt override."""
        count = self._shown.rowCount()
        if not count:
            return QModelIndex()
        current = self.currentIndex()
        if not current.isValid():
            return self._shown.index(0, 0)
        act, place, layout = QAbstractItemView.CursorAction, current.row(), self._layout
        page = max(1, self.viewport().height() // (layout.card.height() + GAP_PX))
        moves = {
            act.MoveLeft: place - 1,
            act.MovePrevious: place - 1,
            act.MoveRight: place + 1,
            act.MoveNext: place + 1,
            act.MoveHome: 0,
            act.MoveEnd: count - 1,
        }
        lines = {act.MoveUp: -1, act.MoveDown: 1, act.MovePageUp: -page, act.MovePageDown: page}
        place = layout.above_or_below(place, lines[action]) if action in lines else moves[action]
        return self._shown.index(max(0, min(count - 1, place)), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt override: all cards from corner to corner; for a band see `RubberBand`."""
        down, selection = QPoint(0, self.verticalOffset()), QItemSelection()
        ends = [self._layout.place_at(one + down) for one in (rect.topLeft(), rect.bottomRight())]
        places = sorted(place for place in ends if place is not None)
        if places:
            first, last_column = self._shown.index(places[0], 0), self._shown.columnCount() - 1
            selection.select(first, self._shown.index(places[-1], last_column))
        self.selectionModel().select(selection, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Qt override."""
        region = QRegion()
        for place in self.visible_places():
            if selection.contains(self._shown.index(place, 0)):
                region += QRegion(self._rect(place))
        return region

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Qt override: repaint only the cards that changed and are in sight."""
        del roles
        for place in self.visible_places():
            if top_left.row() <= place <= bottom_right.row():
                self.viewport().update(self.visualRect(self._shown.index(place, 0)))
        if not self._settle.isActive():  # a clip that was just read may now have a picture
            self._settle.start()

    # Painting and the mouse

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self.viewport())
        theme = theme_of(self.palette())
        painter.fillRect(event.rect(), theme.base)
        top = self.verticalOffset()
        for section in self._layout.sections:
            header = QRect(GAP_PX + 2, section.top_px - top, self.viewport().width(), HEADER_PX)
            if section.title and header.intersects(event.rect()):
                painter.setPen(theme.quiet)
                painter.drawText(
                    header, Qt.AlignmentFlag.AlignVCenter, f"{section.title}   {section.count}"
                )
        self._paint_cards(painter, event.region())
        delegate = self.itemDelegate()
        if isinstance(delegate, CardDelegate):
            if self._first is not None:
                self._first.paint_cards(painter, event.region(), self._rect, delegate)
            self.fading.paint(painter, QPoint(0, -top), delegate.paint_row)
        self._band.paint(painter, theme.accent)
        painter.end()

    def _paint_cards(self, painter: QPainter, region: QRegion) -> None:
        delegate, paint, top = self.itemDelegate(), self.itemDelegate().paint, self.verticalOffset()
        if isinstance(delegate, CardDelegate):
            delegate.light = self.shimmer.at
            paint = delegate.paint_waiting if self.shimmer.lit(region) else paint
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        chosen, current = self.selectionModel(), self.currentIndex().row()
        plain = option.state & ~QStyle.StateFlag.State_HasFocus
        dirty = region.boundingRect().translated(0, top)
        for place in self._layout.places_between(dirty.top(), dirty.bottom()):
            if place >= self._shown.rowCount():
                return  # cards of the last session: they are no rows yet
            option.rect = self._rect(place)
            if not region.intersects(option.rect):
                continue
            index = self._shown.index(place, 0)
            option.state = plain
            if chosen.isRowSelected(place, QModelIndex()):
                option.state |= QStyle.StateFlag.State_Selected
            if place == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            paint(painter, option, index)

    def _waiting_lanes(self) -> list[QRect]:
        """Where the cards in sight that wait for their rating have their lanes."""
        return [
            card_parts(self._rect(place)).lanes
            for place in self.visible_places()
            if place < self._shown.rowCount() and waits(self._shown.row_at(place))
        ]

    def _remember(self) -> None:
        if self.isVisible():
            self._in_sight = [
                (self._layout.rect(place), self._shown.row_at(place))
                for place in self.visible_places()
                if place < self._shown.rowCount()  # fewer, where the layout is not made anew yet
            ]

    def _let_go(self) -> None:
        """Fade the cards that were in sight and are shown no more."""
        before, self._in_sight = self._in_sight, []
        self.fading.start(
            [seen for seen in before if not self._shown.index_of(seen[1].clip.id).isValid()]
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override: a click on the badge of a stack opens it, and selects nothing."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        on_stack = index.isValid() and index.data(Role.PLACE) is not None
        if on_stack and stack_badge(self.visualRect(index)).contains(point):
            self.stack_clicked.emit(self._shown.row_at(index.row()).clip.id)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        rect = self.visualRect(index)
        across = (event.position().x() - rect.left()) / rect.width() if index.isValid() else 0.0
        self._hover(index.row(), min(1.0, max(0.0, across)))

    def leaveEvent(self, event: QEvent) -> None:
        """Qt override."""
        super().leaveEvent(event)
        self._hover(-1, 0.0)

    def _hover(self, place: int, across: float) -> None:
        if place < 0 and self._under_mouse < 0:
            return
        before, self._under_mouse = self._under_mouse, place
        self.hovered.emit(place, across)
        for one in {before, place} - {-1}:
            self.viewport().update(self.visualRect(self._shown.index(one, 0)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt override: with Ctrl the cards grow."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(self._card_px + (16 if event.angleDelta().y() > 0 else -16))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt override."""
        super().keyPressEvent(event)
        select_only_current(self, event)

    def keyboardSearch(self, _text: str) -> None:
        """Qt override: letters are commands here; names are searched in the search field."""
