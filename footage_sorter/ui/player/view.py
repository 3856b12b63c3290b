"""The picture: one frame, whole and in its shape, with overlays or a sentence over it.

Knows images; plays nothing.
"""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from footage_sorter.ui.look.theme import GRID_PX, theme_of
from footage_sorter.ui.player.fetch import pixels_of
from footage_sorter.ui.player.overlays import Overlay, overlay_image

OVERLAY_MAX_PX = 1280
"""Long side at which overlays are found: finer than a panel shows, quick enough to wait for."""


class PictureView(QWidget):
    """Shows a frame as large as fits.

    Signals:
        clicked: A click on the picture.
        double_clicked: Two of them.
    """

    clicked = Signal()
    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._still = QPixmap()
        self._overlay = QImage()
        self._overlays: frozenset[Overlay] = frozenset()
        self._moving = False
        self._says = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture"))

    @property
    def image(self) -> QImage:
        """The frame shown; null before the first one."""
        return self._image

    @property
    def says(self) -> str:
        """The sentence over the picture; "" where there is none."""
        return self._says

    def clear(self, still: QPixmap | None = None) -> None:
        """Drop the frame; show `still` until the next one comes."""
        self._image, self._overlay = QImage(), QImage()
        self._still = still or QPixmap()
        self.update()

    def show_image(self, image: QImage) -> None:
        """Show a frame."""
        self._image = image
        self._find_overlay()
        self.update()

    def say(self, text: str) -> None:
        """Show a sentence over the picture; "" takes it away."""
        if text != self._says:
            self._says = text
            self.setAccessibleDescription(text)
            self.update()

    def set_moving(self, *, moving: bool) -> None:
        """Whether frames come in a row: overlays wait until one stands still."""
        if moving != self._moving:
            self._moving = moving
            self._find_overlay()
            self.update()

    def set_overlays(self, wanted: Collection[Overlay]) -> None:
        """Choose what is painted over a frame that stands still."""
        self._overlays = frozenset(wanted)
        self._find_overlay()
        self.update()

    def sizeHint(self) -> QSize:
        """Qt override."""
        return QSize(384, 216)

    def minimumSizeHint(self) -> QSize:
        """Qt override."""
        return QSize(160, 90)

    def picture_rect(self) -> QRect:
        """Where the picture lies in this widget."""
        size = self._image.size() if not self._image.isNull() else self._still.size()
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, fitted.width(), fitted.height())
        place.moveCenter(self.rect().center())
        return place

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt override."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        painter.fillRect(self.rect(), theme.surround)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if not self._image.isNull():
            painter.drawImage(self.picture_rect(), self._image)
            if not self._overlay.isNull():
                painter.drawImage(self.picture_rect(), self._overlay)
        elif not self._still.isNull():
            painter.drawPixmap(self.picture_rect(), self._still)
        if self._says:
            self._paint_sentence(painter)

    def _paint_sentence(self, painter: QPainter) -> None:
        theme = theme_of(self.palette())
        area = self.rect().adjusted(2 * GRID_PX, 2 * GRID_PX, -2 * GRID_PX, -2 * GRID_PX)
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        text_rect = painter.boundingRect(area, flags, self._says)
        ground = QColor(theme.raised)
        ground.setAlpha(230)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(text_rect.adjusted(-GRID_PX, -GRID_PX, GRID_PX, GRID_PX), 4, 4)
        painter.setPen(theme.text)
        painter.drawText(area, flags, self._says)

    def _find_overlay(self) -> None:
        if self._moving or not self._overlays or self._image.isNull():
            self._overlay = QImage()
            return
        image = self._image
        if max(image.width(), image.height()) > OVERLAY_MAX_PX:
            image = image.scaled(
                OVERLAY_MAX_PX,
                OVERLAY_MAX_PX,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        self._overlay = overlay_image(pixels_of(image), self._overlays)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt override."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Qt override."""
        if event.type() == QEvent.Type.PaletteChange:
            self.update()
        super().changeEvent(event)
