"""Where each card of the grid lies: arithmetic over a width, no widget."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize

from footage_sorter.domain.settings import THUMBNAIL_PX
from footage_sorter.ui.library.cards import card_size

GAP_PX = 8
HEADER_PX = 32


@dataclass(frozen=True, slots=True)
class Section:
    """A run of cards under one header.

    Attributes:
        first: Place of its first card.
        count: How many cards.
        title: "" for no header.
        top_px: Where it starts, from the top of all.
    """

    first: int
    count: int
    title: str
    top_px: int


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Where each card lies. Pure arithmetic over a width.

    Attributes:
        columns: Cards in a row, >= 1.
        card: Size of a card.
        height_px: Of everything.
    """

    columns: int
    card: QSize
    sections: tuple[Section, ...]
    height_px: int

    @classmethod
    def of(
        cls, groups: Sequence[tuple[str, int]], width_px: int, wanted_card_px: int
    ) -> "GridLayout":
        """Lay out groups of (title, number of cards) so that the cards fill `width_px`.

        They may be a tenth narrower than wanted: else two would become one of double the width
        where a few pixels are lacking.
        """
        least_px = max(THUMBNAIL_PX[0], wanted_card_px * 9 // 10)
        columns = max(1, (width_px - GAP_PX) // (least_px + GAP_PX))
        card = card_size(max(1, (width_px - GAP_PX) // columns - GAP_PX))
        sections = []
        first, top_px = 0, 0
        for title, count in groups:
            sections.append(Section(first, count, title, top_px))
            lines = -(-count // columns)
            top_px += (HEADER_PX if title else GAP_PX) + lines * (card.height() + GAP_PX)
            first += count
        return cls(columns, card, tuple(sections), top_px)

    def section_of(self, place: int) -> Section:
        """The section of a card."""
        return self.sections[bisect_right([one.first for one in self.sections], place) - 1]

    def rect(self, place: int) -> QRect:
        """The rectangle of a card, from the top left of everything."""
        section = self.section_of(place)
        line, column = divmod(place - section.first, self.columns)
        top = section.top_px + (HEADER_PX if section.title else GAP_PX)
        return QRect(
            GAP_PX + column * (self.card.width() + GAP_PX),
            top + line * (self.card.height() + GAP_PX),
            self.card.width(),
            self.card.height(),
        )

    def header_above_px(self, place: int) -> int:
        """The height of the header right above a card; 0 where another card or nothing is."""
        section = self.section_of(place)
        return HEADER_PX if section.title and place < section.first + self.columns else 0

    def place_at(self, point: QPoint) -> int | None:
        """The card under a point; None between cards."""
        if not self.sections:
            return None
        tops = [one.top_px for one in self.sections]
        section = self.sections[max(0, bisect_right(tops, point.y()) - 1)]
        line = self._line_at(section, point.y())
        column = (point.x() - GAP_PX) // (self.card.width() + GAP_PX)
        at = line * self.columns + column
        if line < 0 or not 0 <= column < self.columns or not 0 <= at < section.count:
            return None
        place = section.first + at
        return place if self.rect(place).contains(point) else None

    def places_between(self, top_px: int, bottom_px: int) -> range:
        """The cards whose lines touch a band."""
        touched = [
            place
            for section in self.sections
            for place in self._touched(section, top_px, bottom_px)
        ]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def touched(self, band: QRect) -> list[tuple[int, int]]:
        """First and last place of each run of cards that a band touches."""
        runs: list[tuple[int, int]] = []
        columns = _met(band.left() - GAP_PX, band.right() - GAP_PX, self.card.width(), self.columns)
        for section in self.sections if columns else ():
            top = section.top_px + (HEADER_PX if section.title else GAP_PX)
            lines = self._lines(section)
            for line in _met(band.top() - top, band.bottom() - top, self.card.height(), lines):
                start = section.first + line * self.columns
                first = start + columns[0]
                last = min(start + columns[-1], section.first + section.count - 1)
                if runs and runs[-1][1] == first - 1:
                    runs[-1] = (runs[-1][0], last)
                elif first <= last:
                    runs.append((first, last))
        return runs

    def above_or_below(self, place: int, lines: int) -> int:
        """The card `lines` further down (up: negative) in about the same column."""
        section = self.section_of(place)
        at = self.sections.index(section)
        line, column = divmod(place - section.first, self.columns)
        line += lines
        while line < 0 and at > 0:
            at -= 1
            line += self._lines(self.sections[at])
        while line >= self._lines(self.sections[at]) and at + 1 < len(self.sections):
            line -= self._lines(self.sections[at])
            at += 1
        section = self.sections[at]
        if line < 0:
            return place if lines == -1 else column
        wanted = min(line, self._lines(section) - 1) * self.columns + column
        return section.first + min(wanted, section.count - 1)

    def _lines(self, section: Section) -> int:
        return -(-section.count // self.columns)

    def _line_at(self, section: Section, y: int) -> int:
        top = section.top_px + (HEADER_PX if section.title else GAP_PX)
        return (y - top) // (self.card.height() + GAP_PX)

    def _touched(self, section: Section, top_px: int, bottom_px: int) -> tuple[int, ...]:
        """First and last card of a section that touch a band; nothing where none does."""
        first = max(0, self._line_at(section, top_px)) * self.columns
        last = (self._line_at(section, bottom_px) + 1) * self.columns - 1
        if last < 0 or first >= section.count:
            return ()
        return section.first + first, section.first + min(last, section.count - 1)


def _met(low_px: int, high_px: int, card_px: int, count: int) -> range:
    """Which of `count` cards in a row, or lines of them, from 0 on lie between two places."""
    pitch_px = card_px + GAP_PX
    first = (low_px + GAP_PX) // pitch_px
    return range(max(0, first), min(count, high_px // pitch_px + 1))
