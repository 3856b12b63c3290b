"""The small signs of a card: what fits is painted in its place, and what is seen is also said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.tags import Tag
from footage_sorter.ui.library.badges import GAP_PX, fitting_tags, lower_edge
from footage_sorter.ui.library.cards import CardPainter, Look, card_parts, card_size, tag_at
from footage_sorter.ui.look.theme import DARK, LIGHT
from footage_sorter.ui.session.clip_model import ClipModel
from footage_sorter.ui.session.columns import COLUMN_AT, spoken
from tests.helpers.rows import failed, rated, unread

PAN = Tag("camera-move", "Camera move", "pan", 0.9)
INDOOR = Tag("place", "Place", "indoor", 0.8)


@pytest.fixture
def metrics(qapp):
    font = QFont()
    font.setPixelSize(11)
    return QFontMetrics(font)


@given(
    labels=st.lists(st.text("abcdefgh ", min_size=1, max_size=12), max_size=6),
    room=st.integers(0, 400),
)
def test_tags_fit_whole_and_in_order(qapp, labels, room):
    metrics = QFontMetrics(QFont())
    fit = fitting_tags(metrics, labels, room)
    assert list(fit) == labels[: len(fit)]
    width = sum(metrics.horizontalAdvance(one) + 8 + GAP_PX for one in fit) - GAP_PX
    assert not fit or width <= room
    if len(fit) < len(labels):
        more = metrics.horizontalAdvance(labels[len(fit)]) + 8
        assert max(0, width + GAP_PX) + more > room


def painted(row, width_px=214, theme=DARK):
    """A card, uint8, shape (height, width, 4)."""
    size = card_size(width_px)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    CardPainter(theme, lambda _row: Limits()).paint(
        painter, QRect(0, 0, *size.toTuple()), row, Look()
    )
    painter.end()
    return np.frombuffer(image.constBits(), np.uint8).reshape(size.height(), size.width(), 4).copy()


def test_a_white_card_has_a_rim_and_a_dark_one_needs_none(qapp):
    light, dark = (painted(rated(), theme=theme) for theme in (LIGHT, DARK))
    for card, theme, rim in ((light, LIGHT, LIGHT.line), (dark, DARK, DARK.raised)):
        at = card_parts(QRect(0, 0, card.shape[1], card.shape[0])).text.center().y()
        assert card[at, 0, 0] == rim.red(), theme.dark
        assert card[at, 1, 0] == theme.raised.red()


def changed(before, after):
    """The rectangle that holds every pixel that differs; None where none does."""
    ys, xs = np.nonzero((before != after).any(axis=2))
    return None if not len(xs) else QRect(xs.min(), ys.min(), np.ptp(xs) + 1, np.ptp(ys) + 1)


def edge(width_px):
    return lower_edge(card_parts(QRect(0, 0, *card_size(width_px).toTuple())).picture)


def test_a_tag_is_a_plate_on_the_lower_edge_of_the_picture(qapp):
    row = rated()
    where = changed(painted(row), painted(replace(row, tags=(PAN,))))
    assert where is not None
    assert edge(214).contains(where)
    assert where.left() == edge(214).left()
    assert where.width() < 60


def test_a_tag_makes_room_for_the_stars(qapp):
    row = rated(decision=Decision(stars=5))
    stars = changed(painted(rated()), painted(row))
    tag = changed(painted(row), painted(replace(row, tags=(PAN,))))
    assert tag.left() > stars.right()


def test_a_small_card_shows_no_part_of_a_tag(qapp):
    row = rated(decision=Decision(stars=5))
    tags = (replace(PAN, label="a label that is too long"), INDOOR)
    assert changed(painted(row, 120), painted(replace(row, tags=tags), 120)) is None


def test_a_tag_is_found_where_it_is_painted_and_nowhere_else(qapp):
    row = rated(decision=Decision(stars=2))
    bare, one = painted(row), painted(replace(row, tags=(PAN,)))
    row = replace(row, tags=(PAN, INDOOR))
    seen = {PAN: changed(bare, one), INDOOR: changed(one, painted(row))}
    card = QRect(0, 0, *card_size(214).toTuple())
    for tag, where in seen.items():
        assert tag_at(QFont(), card, row, where.center()) is tag
        assert tag_at(QFont(), card, row, where.topLeft() - QPoint(3, 0)) is not tag
    assert tag_at(QFont(), card, row, card.center()) is None
    assert tag_at(QFont(), card, replace(failed(), tags=(PAN,)), seen[PAN].center()) is None


def test_a_card_is_said_as_it_is_seen(qapp):
    row = rated(
        "/f/jump.mp4",
        over={Flag.BLURRY: range(9), Flag.SHAKY: range(9)},
        decision=Decision(Mark.REJECT, stars=2),
    )
    says = spoken(replace(row, tags=(PAN,), for_you=31))
    for part in ("jump.mp4", "Usability: ", "Unusable", "blur", "shaky", "Rejected", "★★", "pan"):
        assert part.lower() in says.lower(), part
    assert "For you: 31" in says
    assert "Camera move: pan" in says
    assert "index" in spoken(failed())
    assert "–" not in spoken(unread())


def test_the_views_hand_it_to_screen_readers(qapp):
    model = ClipModel()
    model.put(rated("/f/a.mp4"))
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, COLUMN_AT["name"]).data(role) == spoken(model.rows()[0])
    assert model.index(0, COLUMN_AT["codec"]).data(role) == "Codec: H.264"
    assert model.index(0, COLUMN_AT["mark"]).data(role) == ""
