"""Delegates: from an index to a painted card or cell. No work here beyond painting."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from footage_sorter.domain.clip import ClipId, Mark
from footage_sorter.domain.row import ClipRow
from footage_sorter.media.thumbnails import STRIP_FRAMES
from footage_sorter.ui.library.badges import (
    paint_bar,
    paint_chips,
    paint_mark,
    paint_stack_badge,
)
from footage_sorter.ui.library.cards import (
    REJECTED_OPACITY,
    CardPainter,
    Look,
    card_size,
    tag_at,
)
from footage_sorter.ui.look.icons import paint_icon
from footage_sorter.ui.look.strip import CARD_STRIP_PX
from footage_sorter.ui.session.clip_model import Index, Role, column_of, row_of
from footage_sorter.ui.session.columns import DASH, NAME, Column, tag_words, usability_text
from footage_sorter.ui.session.pictures import Kind, Pictures
from footage_sorter.ui.session.stacking import Place

LINE_PX = 44
"""Height of a line of the table."""

THUMB = QSize(64, 36)

PAD_PX = 8

CURRENT_PX = 3
"""Width of the bar before the line that the keys are about."""

INDENT_PX = 16
"""How far the takes of an open stack stand in, below its best one."""

PLAIN = Look()

_STATE = QStyle.StateFlag


class CardDelegate(QStyledItemDelegate):
    """Paints the cards of the grid.

    Attributes:
        light: How far the shimmer of what waits is, 0-1; None: nothing shimmers.
    """

    def __init__(
        self, painter: CardPainter, pictures: Pictures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._cards = painter
        self._pictures = pictures
        self._hover: tuple[ClipId, float] | None = None
        self.light: float | None = None

    def hover(self, clip_id: ClipId | None, across: float) -> None:
        """Scrub the card of one clip to `across`, 0-1; None: no card."""
        self._hover = None if clip_id is None else (clip_id, across)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt override."""
        row = row_of(index)
        look = replace(
            self._look(option),
            picture=self._pictures.get(row.clip),
            scrub=self._scrub(row),
            place=index.data(Role.PLACE),
        )
        self._cards.paint(painter, option.rect, row, look)

    def paint_waiting(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint what of a card the light moves over."""
        self._cards.paint_waiting(painter, option.rect, row_of(index), self._look(option))

    def _look(self, option: QStyleOptionViewItem) -> Look:
        state = option.state
        return Look(
            selected=bool(state & _STATE.State_Selected),
            current=bool(state & _STATE.State_HasFocus),
            focused=bool(state & _STATE.State_Active),
            light=self.light,
        )

    def paint_row(self, painter: QPainter, card: QRect, row: ClipRow, look: Look = PLAIN) -> None:
        """Paint a row that the model does not have, or not yet."""
        picture = self._pictures.get(row.clip)
        self._cards.paint(painter, card, row, replace(look, picture=picture))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Qt override: a tag's plate has room for its label only; here its title is said."""
        if index.isValid() and event.type() is QHelpEvent.Type.ToolTip:
            tag = tag_at(option.font, option.rect, row_of(index), event.pos())
            if tag is not None:
                QToolTip.showText(event.globalPos(), tag_words(tag), view)
                return True
        return super().helpEvent(event, view, option, index)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Qt override."""
        return card_size(216)

    def _scrub(self, row: ClipRow) -> tuple[QPixmap, float] | None:
        if self._hover is None or self._hover[0] != row.clip.id:
            return None
        strip, across = self._pictures.get(row.clip, Kind.STRIP), self._hover[1]
        return None if strip is None else (strip_frame(strip, across), across)


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of the table: each kind of column has its own hand."""

    def __init__(
        self, painter: CardPainter, pictures: Pictures, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._cards = painter
        self._pictures = pictures
        self._hands: dict[str, Callable[[QPainter, QRect, ClipRow], None]] = {
            "usability": self._paint_usability,
            "quality": self._paint_quality,
            "flags": self._paint_flags,
            "mark": self._paint_mark,
        }

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt override."""
        look = Look(
            selected=bool(option.state & _STATE.State_Selected),
            current=_begins_current_line(option.widget, index),
            place=index.data(Role.PLACE),
        )
        self.paint_cell(painter, option.rect, row_of(index), column_of(index), look)

    def paint_cell(
        self, painter: QPainter, rect: QRect, row: ClipRow, column: Column, look: Look
    ) -> None:
        """Paint a cell, also of a row that the model does not have yet.

        `look.current`: the cell begins the current line.
        """
        theme = self._cards.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if look.selected:
            ground = QColor(theme.accent_fill)
            ground.setAlphaF(0.32)
            painter.fillRect(rect, ground)
        painter.setPen(theme.line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if look.current:
            painter.fillRect(QRect(rect.topLeft(), QSize(CURRENT_PX, rect.height())), theme.accent)
        inner = rect.adjusted(PAD_PX, 0, -PAD_PX, 0)
        ink = theme.quiet if row.decision.mark is Mark.REJECT else theme.text
        painter.setPen(ink)
        hand = self._hands.get(column.key)
        if column.key == "name":
            self._paint_name(painter, inner, row, look.place)
        elif hand is not None:
            hand(painter, inner, row)
        else:
            text = column.text(row)
            painter.setPen(theme.quiet if text == DASH or column.key == "problem" else ink)
            side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
            painter.drawText(
                inner, side | Qt.AlignmentFlag.AlignVCenter, _elided(painter, text, inner.width())
            )
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Qt override."""
        return QSize(column_of(index).width_px, LINE_PX)

    def _paint_name(
        self, painter: QPainter, rect: QRect, row: ClipRow, place: Place | None
    ) -> None:
        theme = self._cards.theme
        rect = rect.adjusted(_indent(place), 0, 0, 0)
        frame = QRect(rect.left() - 2, rect.center().y() - THUMB.height() // 2, *THUMB.toTuple())
        painter.fillRect(frame, theme.base)
        picture = self._pictures.get(row.clip)
        if picture is not None:
            painter.setOpacity(REJECTED_OPACITY if row.decision.mark is Mark.REJECT else 1.0)
            self._cards.paint_fitted(painter, frame, picture)
            painter.setOpacity(1.0)
        elif row.error is not None:
            sign = QRectF(frame.center().x() - 8, frame.center().y() - 8, 17, 17)
            paint_icon(painter, sign, "warning", theme.warn.name())
        rest = rect.adjusted(THUMB.width() + 8, 0, 0, 0)
        if place is not None:
            badge = _badge(rect)
            painter.save()
            paint_stack_badge(painter, badge, place)
            painter.restore()
            rest.setLeft(badge.right() + 8)
        name = NAME.text(row)
        elided = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_usability(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        theme = self._cards.theme
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(theme.text if row.rating else theme.quiet)
        number = QRect(rect.left(), rect.top(), 34, rect.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, right, usability_text(row))
        paint_bar(painter, rect.adjusted(42, 0, 0, 0), row, theme)

    def _paint_quality(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        size = QSize(rect.width(), CARD_STRIP_PX)
        lanes = self._cards.lanes(row, size, painter)
        painter.drawPixmap(rect.left(), rect.center().y() - CARD_STRIP_PX // 2, lanes)

    def _paint_flags(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        paint_chips(painter, rect.left(), rect, row, self._cards.theme)

    def _paint_mark(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        if row.decision.mark is not Mark.NONE:
            disc = QRectF(rect.left(), rect.center().y() - 8, 17, 17)
            paint_mark(painter, disc, row.decision.mark, self._cards.theme)


def line_badge(cell: QRect, place: Place) -> QRect:
    """Where the name's cell says that the clip lies on a stack; a click there opens it."""
    return _badge(cell.adjusted(PAD_PX + _indent(place), 0, -PAD_PX, 0))


def _badge(rect: QRect) -> QRect:
    return QRect(rect.left() + THUMB.width() + 6, rect.center().y() - 9, 46, 20)


def _indent(place: Place | None) -> int:
    return INDENT_PX if place is not None and place.number > 1 else 0


def strip_frame(strip: QPixmap, across: float) -> QPixmap:
    """The frame of a hover strip at `across`, 0-1."""
    width = strip.width() // STRIP_FRAMES
    at = min(STRIP_FRAMES - 1, int(across * STRIP_FRAMES))
    return strip.copy(at * width, 0, width, strip.height())


def _begins_current_line(view: QWidget | None, index: Index) -> bool:
    """Whether a cell is the first in sight of the line that the keys are about."""
    if not isinstance(view, QTableView) or view.currentIndex().row() != index.row():
        return False
    return view.horizontalHeader().visualIndex(index.column()) == 0


def _elided(painter: QPainter, text: str, width: int) -> str:
    metrics: QFontMetrics = painter.fontMetrics()
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
