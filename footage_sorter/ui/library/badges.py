"""Badges: the small signs on cards and lines; each tells by shape or letter, not by colour alone.

Know values and colours, not where a card or a line lies.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.look.icons import paint_icon
from footage_sorter.ui.look.theme import Theme
from footage_sorter.ui.session.stacking import Place

CHIP_PX = 14
PLATE_PX = 17
GAP_PX = 4

PLATE = QColor(0, 0, 0, 170)
"""Under white words on a picture: on pure white 4.5 : 1 is still exceeded."""

WHITE = QColor("#ffffff")

QUIET_ON_PLATE = QColor("#d0d0d0")
"""For what a person looks at last."""


def lower_edge(picture: QRect) -> QRect:
    """The room for plates along the lower edge of a card's picture."""
    return QRect(picture.left() + GAP_PX, picture.bottom() - 20, picture.width() - 8, PLATE_PX)


def plate(metrics: QFontMetrics, room: QRect, text: str, *, right: bool = False) -> QRect:
    """Where words lie on their plate at one end of `room`."""
    width = _plate_px(metrics, text)
    return QRect(room.right() + 1 - width if right else room.left(), room.top(), width, PLATE_PX)


def fitting_tags(metrics: QFontMetrics, labels: Iterable[str], room_px: int) -> Sequence[str]:
    """The first of `labels` whose plates fit beside one another into `room_px`, whole."""
    fit, left_px = [], room_px
    for label in labels:
        left_px -= _plate_px(metrics, label)
        if left_px < 0:
            break
        fit.append(label)
        left_px -= GAP_PX
    return fit


def tag_plates(metrics: QFontMetrics, room: QRect, labels: Iterable[str]) -> Sequence[QRect]:
    """Where the tags lie, in their order, as far as there is room."""
    lie, left = [], room.left()
    for label in fitting_tags(metrics, labels, room.width()):
        lie.append(QRect(left, room.top(), _plate_px(metrics, label), PLATE_PX))
        left = lie[-1].right() + 1 + GAP_PX
    return lie


def _plate_px(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text) + 8


def paint_plate(painter: QPainter, lies: QRect, text: str, ink: QColor = WHITE) -> None:
    """Words on a dark plate: readable on any picture."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(PLATE)
    painter.drawRoundedRect(lies, 3, 3)
    painter.setPen(ink)
    painter.drawText(lies, Qt.AlignmentFlag.AlignCenter, text)


def paint_stack_badge(painter: QPainter, badge: QRect, place: Place) -> None:
    """How many takes lie on a stack; of an open one which take it is, and the best by a sign."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 190))
    painter.drawRoundedRect(badge, 3, 3)
    icon = QRectF(badge.left() + 4, badge.center().y() - 6, 13, 13)
    paint_icon(painter, icon, "best" if place.best and place.is_open else "stack", "#ffffff")
    painter.setFont(small_font(painter, -1))
    painter.setPen(QColor("#ffffff"))
    text = f"{place.number}/{place.count}" if place.is_open else str(place.count)
    painter.drawText(badge.adjusted(19, 0, -3, 0), Qt.AlignmentFlag.AlignCenter, text)


def paint_mark(painter: QPainter, rect: QRectF, mark: Mark, theme: Theme) -> None:
    """A tick or a cross on a disc: told apart by shape as well as colour."""
    colour = theme.keep if mark is Mark.KEEP else theme.reject
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(rect)
    inset = rect.width() / 5
    ink = "#000000" if theme.dark else "#ffffff"
    paint_icon(painter, rect.adjusted(inset, inset, -inset, -inset), mark.value, ink)


def paint_bar(painter: QPainter, rect: QRect, row: ClipRow, theme: Theme) -> None:
    """Usability as a bar, 0 to 100; an empty hairline without a rating."""
    track = QRectF(rect.left(), rect.center().y() - 1.5, rect.width(), 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.line)
    painter.drawRoundedRect(track, 2, 2)
    if row.rating is not None:
        track.setWidth(track.width() * row.rating.usability / 100)
        painter.setBrush(theme.text)
        painter.drawRoundedRect(track, 2, 2)


def paint_chips(painter: QPainter, left: int, rect: QRect, row: ClipRow, theme: Theme) -> int:
    """The raised flags as letters on their lane's colour; returns where the next thing starts."""
    if row.rating is None:
        return left
    font = small_font(painter, -1)
    font.setBold(True)
    painter.setFont(font)
    for flag in Flag:
        if flag not in row.rating.flags:
            continue
        chip = QRect(left, rect.center().y() - CHIP_PX // 2 + 1, CHIP_PX, CHIP_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.lanes[flag])
        painter.drawRoundedRect(chip, 3, 3)
        painter.setPen(QColor("#000000" if theme.dark else "#ffffff"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, flag.letter)
        left += CHIP_PX + 2
    return left + 4


def small_font(painter: QPainter, larger_px: int) -> QFont:
    """The font of cards, 12 px and `larger_px` more."""
    return _sized(painter.font(), larger_px)


def plate_font(font: QFont) -> QFont:
    """The font of plates on the cards of a view in `font`."""
    return _sized(font, -1)


def _sized(like: QFont, larger_px: int) -> QFont:
    font = QFont(like)
    font.setPixelSize(12 + larger_px)
    font.setBold(False)
    return font
