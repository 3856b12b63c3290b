"""One card: where its parts lie and how they are painted. Knows rows and pictures, no view."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from footage_sorter.domain.clip import ClipId, Mark
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import Tag
from footage_sorter.domain.words import clock, star_text
from footage_sorter.ui.library.badges import (
    GAP_PX,
    QUIET_ON_PLATE,
    lower_edge,
    paint_bar,
    paint_chips,
    paint_mark,
    paint_plate,
    paint_stack_badge,
    plate,
    plate_font,
    small_font,
    tag_plates,
)
from footage_sorter.ui.library.for_you import paint_for_you
from footage_sorter.ui.library.shimmer import paint_light
from footage_sorter.ui.look.icons import paint_icon
from footage_sorter.ui.look.strip import CARD_STRIP_PX, paint_lanes
from footage_sorter.ui.look.theme import CORNER_PX, Theme
from footage_sorter.ui.session.columns import label_words, name_of, problem_text, usability_text
from footage_sorter.ui.session.stacking import Place

TEXT_PX = 22
LEAST_BAR_PX = 28
REJECTED_OPACITY = 0.4
MAX_CACHED = 600


@dataclass(frozen=True, slots=True)
class CardParts:
    """Where the parts of a card lie, in the coordinates of the card's rectangle."""

    picture: QRect
    lanes: QRect
    text: QRect


def card_size(width_px: int) -> QSize:
    """The size of a card whose 16:9 picture is `width_px` wide."""
    return QSize(width_px, round(width_px * 9 / 16) + 5 + CARD_STRIP_PX + 3 + TEXT_PX + 3)


def stack_badge(card: QRect) -> QRect:
    """Where a card says that it lies on a stack; a click there opens it."""
    return QRect(card.left() + 5, card.top() + 6, 46, 20)


def card_parts(card: QRect) -> CardParts:
    """Lay out one card."""
    picture = QRect(card.left(), card.top(), card.width(), round(card.width() * 9 / 16))
    lanes = QRect(card.left() + 6, picture.bottom() + 6, card.width() - 12, CARD_STRIP_PX)
    text = QRect(card.left() + 8, lanes.bottom() + 4, card.width() - 16, TEXT_PX)
    return CardParts(picture, lanes, text)


@dataclass(frozen=True, slots=True)
class Plates:
    """What stands on plates along the lower edge of a card's picture, and where.

    Attributes:
        duration: None where it is not known.
        stars: None where none were given.
        tags: Those that there is room for.
    """

    duration: QRect | None
    stars: QRect | None
    tags: tuple[tuple[Tag, QRect], ...]


def card_plates(metrics: QFontMetrics, picture: QRect, row: ClipRow) -> Plates:
    """Lay out the plates of a card's picture; the tags take what room is left."""
    room, duration, stars = lower_edge(picture), None, None
    if row.clip.media is not None and not row.error:
        duration = plate(metrics, room, clock(row.clip.media.duration_s), right=True)
        room.setRight(duration.left() - GAP_PX)
    if row.decision.stars:
        stars = plate(metrics, room, _stars(row))
        room.setLeft(stars.right() + GAP_PX)
    tags = () if row.error else row.tags
    lie = tag_plates(metrics, room, map(label_words, tags))
    return Plates(duration, stars, tuple(zip(tags, lie, strict=False)))


def tag_at(font: QFont, card: QRect, row: ClipRow, point: QPoint) -> Tag | None:
    """The tag whose plate lies at a point of a card in a view's font."""
    plates = card_plates(QFontMetrics(plate_font(font)), card_parts(card).picture, row)
    return next((tag for tag, lies in plates.tags if lies.contains(point)), None)


def waits(row: ClipRow) -> bool:
    """Whether a rating of the clip may come while one looks."""
    return row.unrated and not row.missing


@dataclass(frozen=True, slots=True)
class Look:
    """How a card looks just now, beyond its row.

    Attributes:
        picture: The thumbnail; None while it is not at hand.
        scrub: The hover strip's frame to show instead, and its place 0-1; None: no hover.
        place: Where the clip stands in its stack; None for one that is on none.
        light: How far the shimmer of what waits is, 0-1; None: nothing shimmers.
    """

    selected: bool = False
    current: bool = False
    focused: bool = False
    picture: QPixmap | None = None
    scrub: tuple[QPixmap, float] | None = None
    place: Place | None = None
    light: float | None = None


class CardPainter:
    """Paints cards under one theme; keeps what is dear to paint.

    Attributes:
        theme: The colours.
        changes: Flags that would come and go, by clip, while a limit moves.
    """

    def __init__(self, theme: Theme, limits_of: Callable[[ClipRow], Limits]) -> None:
        """Paint strips against what `limits_of` gives for each clip."""
        self.theme = theme
        self.changes: Mapping[ClipId, str] = {}
        self._limits_of = limits_of
        self._cache: OrderedDict[object, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, card: QRect, row: ClipRow, look: Look) -> None:
        """Paint one card; `painter` is left as it was."""
        parts = card_parts(card)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, card, look)
        self._paint_picture(painter, parts.picture, row, look)
        if look.place is not None:
            self._paint_stack(painter, card, look.place)
        self._paint_lanes(painter, parts.lanes, row, look)
        self._paint_text(painter, parts.text, row)
        self._paint_ring(painter, card, look)
        if self.changes and row.clip.id in self.changes:
            self._paint_change(painter, card, self.changes[row.clip.id])
        painter.restore()

    def paint_waiting(self, painter: QPainter, card: QRect, row: ClipRow, look: Look) -> None:
        """Paint no more of a card than its light moves over: its lanes and what is behind them."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(card_parts(card).lanes)
        self._paint_ground(painter, card, look)
        self._paint_lanes(painter, card_parts(card).lanes, row, look)
        painter.restore()

    def _paint_ground(self, painter: QPainter, card: QRect, look: Look) -> None:
        ground = QColor(self.theme.accent_fill) if look.selected else self.theme.raised
        if look.selected:
            ground.setAlphaF(0.28)
            painter.setBrush(self.theme.raised)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(card, CORNER_PX, CORNER_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(card, CORNER_PX, CORNER_PX)

    def _paint_ring(self, painter: QPainter, card: QRect, look: Look) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if not (look.selected or look.current):
            if not self.theme.dark:  # white on white: a card needs a rim to be one
                painter.setPen(QPen(self.theme.line, 1.0))
                rim = QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5)
                painter.drawRoundedRect(rim, CORNER_PX, CORNER_PX)
            return
        strong = look.current and look.focused
        painter.setPen(QPen(self.theme.accent, 2.0 if strong or look.selected else 1.0))
        painter.drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)

    def _paint_change(self, painter: QPainter, card: QRect, change: str) -> None:
        """A broken rim, and the flags that would come and go: nothing is decided yet."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.warn, 2.0, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(card).adjusted(1, 1, -1, -1), CORNER_PX, CORNER_PX)
        font = small_font(painter, 4)
        font.setBold(True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(change) + 16
        picture = card_parts(card).picture
        plate = QRect(picture.center().x() - width // 2, picture.center().y() - 12, width, 24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 190))
        painter.drawRoundedRect(plate, CORNER_PX, CORNER_PX)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, change)

    def _paint_picture(self, painter: QPainter, rect: QRect, row: ClipRow, look: Look) -> None:
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(rect).adjusted(0, 0, 0, CORNER_PX), CORNER_PX, CORNER_PX)
        painter.setClipRect(rect)
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        painter.fillRect(rect, self.theme.base)
        if row.decision.mark is Mark.REJECT:
            painter.setOpacity(REJECTED_OPACITY)
        if look.scrub is not None:
            self._paint_scrub(painter, rect, *look.scrub)
        elif look.picture is not None:
            self.paint_fitted(painter, rect, look.picture)
        elif row.error is None:
            quiet = self.theme.line.name()
            paint_icon(painter, _middle(rect, 28), "clip", quiet)
        painter.setOpacity(1.0)
        if row.error is not None or row.missing:
            self._paint_problem(painter, rect, row)
        self._paint_corners(painter, rect, row)
        painter.restore()

    def _paint_scrub(self, painter: QPainter, rect: QRect, frame: QPixmap, at: float) -> None:
        ratio = painter.device().devicePixelRatioF()
        _centre(painter, rect, _fit(frame, rect.size(), ratio))
        x = rect.left() + at * (rect.width() - 1)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 3))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        painter.setPen(QPen(QColor("#ffffff"), 1))
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))

    def _paint_problem(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        painter.fillRect(rect, _alpha(self.theme.base, 0.7))
        sign = QRectF(_middle(rect, 24)).translated(0, -rect.height() / 6)
        paint_icon(painter, sign, "warning", self.theme.warn.name())
        painter.setPen(self.theme.text)
        painter.setFont(small_font(painter, -1))
        words = rect.adjusted(10, round(sign.bottom() - rect.top()) + 2, -10, -2)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, flags | Qt.TextFlag.TextWordWrap, problem_text(row))

    def _paint_corners(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        painter.setFont(plate_font(painter.font()))
        plates = card_plates(painter.fontMetrics(), rect, row)
        if plates.duration is not None and row.clip.media is not None:
            paint_plate(painter, plates.duration, clock(row.clip.media.duration_s))
        if plates.stars is not None:
            paint_plate(painter, plates.stars, _stars(row))
        for tag, lies in plates.tags:
            paint_plate(painter, lies, label_words(tag), QUIET_ON_PLATE)
        if row.decision.mark is not Mark.NONE:
            paint_mark(painter, _corner(rect, 20), row.decision.mark, self.theme)
        if row.for_you is not None and not row.error:
            paint_for_you(painter, rect, row.for_you)

    def _paint_stack(self, painter: QPainter, card: QRect, place: Place) -> None:
        """Edges of the cards below a closed stack, a rim along an open one, and the badge."""
        painter.setPen(Qt.PenStyle.NoPen)
        if place.is_open:
            painter.setBrush(self.theme.quiet)
            painter.drawRect(QRect(card.left(), card.top(), card.width(), 3))
        else:
            for depth, colour in ((0, self.theme.base), (1, self.theme.line), (3, self.theme.base)):
                painter.setBrush(colour)
                height = 2 if colour is self.theme.line else 1
                painter.drawRect(QRect(card.left(), card.top() + depth, card.width(), height))
        paint_stack_badge(painter, stack_badge(card), place)

    def _paint_lanes(self, painter: QPainter, rect: QRect, row: ClipRow, look: Look) -> None:
        painter.drawPixmap(rect.topLeft(), self.lanes(row, rect.size(), painter))
        if look.light is not None and waits(row):
            paint_light(painter, rect, look.light, self.theme.quiet)

    def lanes(self, row: ClipRow, size: QSize, painter: QPainter) -> QPixmap:
        """The quality strip as a picture, painted once for each state."""
        ratio = painter.device().devicePixelRatioF()
        limits = self._limits_of(row)
        key = (row.clip.id, row.tracks, limits, self.theme.dark, size.toTuple(), ratio)
        found = self._recall(key)
        if found is None:
            found = QPixmap(size * ratio)
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            canvas = QPainter(found)
            paint_lanes(canvas, QRect(0, 0, *size.toTuple()), row.tracks, limits, self.theme)
            canvas.end()
            self._keep(key, found)
        return found

    def _paint_text(self, painter: QPainter, rect: QRect, row: ClipRow) -> None:
        left = rect.left()
        font = small_font(painter, 1)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self.theme.text if row.rating else self.theme.quiet)
        text = usability_text(row)
        width = max(24, QFontMetrics(font).horizontalAdvance(text))
        painter.drawText(
            QRect(left, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, text
        )
        left += width + 6
        if rect.width() >= 190:
            bar_px = max(LEAST_BAR_PX, rect.width() // 8)
            paint_bar(painter, QRect(left, rect.top(), bar_px, rect.height()), row, self.theme)
            left += bar_px + 8
        left = paint_chips(painter, left, rect, row, self.theme)
        painter.setFont(small_font(painter, 0))
        painter.setPen(self.theme.quiet)
        rest = QRect(left, rect.top(), rect.right() - left + 1, rect.height())
        name = painter.fontMetrics().elidedText(
            name_of(row), Qt.TextElideMode.ElideMiddle, rest.width()
        )
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, name)

    def _fitted(self, picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
        key = (picture.cacheKey(), size.toTuple(), ratio)
        found = self._recall(key)
        if found is None:
            found = _fit(picture, size, ratio)
            self._keep(key, found)
        return found

    def paint_fitted(self, painter: QPainter, rect: QRect, picture: QPixmap) -> None:
        """Paint `picture` as large as fits into `rect`."""
        ratio = painter.device().devicePixelRatioF()
        _centre(painter, rect, self._fitted(picture, rect.size(), ratio))

    def _recall(self, key: object) -> QPixmap | None:
        found = self._cache.get(key)
        if found is not None:
            self._cache.move_to_end(key)
        return found

    def _keep(self, key: object, picture: QPixmap) -> None:
        self._cache[key] = picture
        while len(self._cache) > MAX_CACHED:
            self._cache.popitem(last=False)


def _stars(row: ClipRow) -> str:
    return star_text(row.decision.stars)


def _fit(picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """Scale into `size` keeping the shape; sharp on a dense screen."""
    fitted = picture.scaled(
        size * ratio,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    fitted.setDevicePixelRatio(ratio)
    return fitted


def _centre(painter: QPainter, rect: QRect, picture: QPixmap) -> None:
    size = picture.deviceIndependentSize()
    painter.drawPixmap(
        QPointF(
            rect.left() + (rect.width() - size.width()) / 2,
            rect.top() + (rect.height() - size.height()) / 2,
        ),
        picture,
    )


def _alpha(colour: QColor, opacity: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(opacity)
    return faint


def _middle(rect: QRect, side: float) -> QRectF:
    centre = QRectF(rect).center()
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)


def _corner(rect: QRect, side: float) -> QRectF:
    return QRectF(rect.right() - side - 5, rect.top() + 6, side, side)
