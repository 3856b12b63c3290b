"""The rating for the person on a card: small, in a corner, apart from usability."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from footage_sorter.ui.look.icons import paint_icon

NARROWEST_PX = 130
"""On a narrower picture there is no room beside the mark."""

_HEIGHT_PX, _ICON_PX = 17, 11
_MARK_PX = 30


def paint_for_you(painter: QPainter, picture: QRect, rating: int) -> None:
    """Paint a figure and the rating 0-100 at the top of a card's picture, beside the mark."""
    if picture.width() < NARROWEST_PX:
        return
    font = painter.font()
    font.setPixelSize(11)
    font.setBold(False)
    painter.setFont(font)
    text = str(rating)
    width = painter.fontMetrics().horizontalAdvance(text)
    plate = QRect(0, picture.top() + 7, _ICON_PX + width + 11, _HEIGHT_PX)
    plate.moveRight(picture.right() - _MARK_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 170))
    painter.drawRoundedRect(plate, 3, 3)
    icon = QRectF(plate.left() + 4, plate.top() + 3, _ICON_PX, _ICON_PX)
    paint_icon(painter, icon, "for-you", "#ffffff")
    painter.setPen(QColor("#ffffff"))
    words = plate.adjusted(_ICON_PX + 6, 0, 0, 0)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
