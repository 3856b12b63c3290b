"""What was in sight is shown before all clips are read, and stays where it is when they are."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import LibraryDamaged
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import STAGE, FaultLimit
from footage_sorter.services.library import Library
from footage_sorter.ui.library import last_seen
from footage_sorter.ui.library.cards import CardPainter
from footage_sorter.ui.library.delegates import LINE_PX, CellDelegate
from footage_sorter.ui.main_window import MainWindow
from footage_sorter.ui.session.clip_filter import EVERYTHING
from footage_sorter.ui.session.columns import COLUMN_AT
from footage_sorter.ui.session.state_file import StateFile
from tests.ui.session.test_loading import known

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)

NAMES = [f"clip {n:03}" for n in range(120)]


@pytest.fixture
def painted(monkeypatch):
    """What the cards that were painted last said, and where, by name."""
    cards = {}
    paint = CardPainter.paint

    def noting(self, painter, card, row, look):
        said = (repr(row.rating), row.decision, look.selected, look.current)  # NaN is not itself
        cards[row.clip.path.stem] = card.getRect(), said
        paint(self, painter, card, row, look)

    monkeypatch.setattr(CardPainter, "paint", noting)
    return cards


@pytest.fixture
def opening(qtbot, core, monkeypatch):
    """Opens windows that read all clips only when they may; what was seen last is read at once."""
    may_read = Event()
    rows = Library.rows

    def all_rows(self, *args):
        assert may_read.wait(10)
        return rows(self, *args)

    monkeypatch.setattr(Library, "rows", all_rows)
    opened = []

    def open_one(a_core=core, *, read=True):
        if read:
            may_read.set()
        else:
            may_read.clear()
        window = MainWindow(a_core)
        qtbot.addWidget(window)
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        window.start()
        if read:
            qtbot.waitUntil(lambda: window.session.is_loaded and is_laid_out(window.panes))
        return window

    yield open_one, may_read
    may_read.set()
    for window in opened:
        window.close()


def is_laid_out(parts):
    """Whether the handles have their room: they come with the parts that an empty library hides."""
    return sum(parts.sizes()) + (parts.count() - 1) * parts.handleWidth() == parts.width()


def scroll(window, place):
    """Bring a card to the top, cut off in its middle."""
    grid = window.pane.grid
    rect = grid.visualRect(window.pane.shown.index(place, 0))
    bar = grid.verticalScrollBar()
    bar.setValue(bar.value() + rect.center().y())


def leave(window, painted):
    """Close the window; return what it showed: each card's place and what it said."""
    painted.clear()
    window.pane.grid.viewport().repaint()
    seen = dict(painted)
    window.close()
    painted.clear()
    return seen


def read_all(qtbot, window, may_read):
    may_read.set()
    qtbot.waitUntil(lambda: window.session.is_loaded)
    window.pane.grid.viewport().repaint()


@pytest.mark.parametrize("grouping", ["none", "folder"])
def test_the_same_cards_lie_in_the_same_places_from_the_first_picture_on(
    qtbot, core, opening, painted, grouping
):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    window.pane.group_by(grouping)
    window.culling.go_to(window.session.model.rows()[62].clip.id)
    scroll(window, 60)
    seen = leave(window, painted)
    assert "clip 060" in seen
    assert len(seen) < 40
    again = open_window(read=False)
    qtbot.waitUntil(lambda: again.pane.grid.shows_first and bool(painted))
    assert not again.session.is_loaded
    assert dict(painted) == seen
    bar = again.pane.grid.verticalScrollBar()
    scrolled = bar.value(), bar.maximum()
    painted.clear()
    read_all(qtbot, again, may_read)
    assert dict(painted) == seen
    assert (bar.value(), bar.maximum()) == scrolled
    assert not again.pane.grid.shows_first
    assert again.pane.current_row().clip.path.stem == "clip 062"
    assert again.pane.shown.rowCount() == len(NAMES)


def test_clips_that_are_all_read_at_once_lie_where_they_were_left(
    qtbot, core, opening, painted, monkeypatch
):
    known(core, NAMES)
    open_window, _ = opening
    window = open_window()
    scroll(window, 60)
    seen = leave(window, painted)
    monkeypatch.setattr(last_seen, "PAGE_MS", 60_000)
    again = open_window()
    assert not again.pane.grid.shows_first
    assert {name: lies for name, (lies, _) in leave(again, painted).items()} == {
        name: lies for name, (lies, _) in seen.items()
    }


def test_ratings_are_those_of_the_limits_that_hold_now(qtbot, core, opening, painted):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    strict = window.session.settings.limits.with_limit(Flag.BLURRY, FaultLimit(0.1, 0.0))
    before = leave(window, painted)
    window.session.save(replace(window.session.settings, limits=strict))
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    first = dict(painted)
    assert all(repr(Flag.BLURRY) not in said[0] for _, said in before.values())
    assert all(repr(Flag.BLURRY) in said[0] for _, said in first.values())
    painted.clear()
    read_all(qtbot, again, may_read)
    assert dict(painted) == first


def test_what_was_said_meanwhile_is_said_and_what_left_leaves_its_place(
    qtbot, core, opening, painted
):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    ids = {row.clip.path.stem: row.clip.id for row in window.session.model.rows()}
    seen = leave(window, painted)
    store = core.open_store()
    store.decide({ids["clip 001"]: Decision(Mark.REJECT)})
    store.remove([ids["clip 002"]])
    store.close()
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    assert painted["clip 001"][1][1] == Decision(Mark.REJECT)
    assert set(painted) == set(seen) - {"clip 002"}
    assert painted["clip 003"][0] == seen["clip 003"][0]
    read_all(qtbot, again, may_read)
    assert again.pane.shown.rowCount() == len(NAMES) - 1


def test_a_first_page_is_a_sight_and_takes_no_orders(qtbot, core, opening, painted):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    window.culling.go_to(window.session.model.rows()[5].clip.id)
    leave(window, painted)
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    grid = again.pane.grid
    where = painted["clip 003"][0]
    QTest.mouseClick(
        grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where[0] + 40, where[1] + 40)
    )
    for name in ("select_all", "reject", "stars_3", "remove"):
        again.actions_by_name[name].trigger()
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert "Opening" in again.status._words.text(), "that is why nothing happens"
    assert not again.culling.stack.canUndo()
    read_all(qtbot, again, may_read)
    rows = again.session.model.rows()
    assert len(rows) == len(NAMES)
    assert not any(row.decision.mark is Mark.REJECT for row in rows)
    assert again.pane.current_row().clip.path.stem == "clip 005"


def test_a_window_closed_while_it_opens_is_remembered_as_it_was(qtbot, core, opening, painted):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    scroll(window, 60)
    seen = leave(window, painted)
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    may_read.set()
    again.close()
    painted.clear()
    open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    assert {name: lies for name, (lies, _) in painted.items()} == {
        name: lies for name, (lies, _) in seen.items()
    }


def test_where_other_clips_lie_by_now_the_current_one_is_in_sight(qtbot, core, opening, painted):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    window.culling.go_to(window.session.model.rows()[62].clip.id)
    leave(window, painted)
    known(core, [f"a new one {n:03}" for n in range(60)])
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    read_all(qtbot, again, may_read)
    grid = again.pane.grid
    rect = grid.visualRect(again.pane.selection.currentIndex())
    assert again.pane.current_row().clip.path.stem == "clip 062"
    assert grid.viewport().rect().contains(rect)


@pytest.fixture
def lines(monkeypatch):
    """What the cells of the table that were painted last said, and where, by name and column."""
    cells = {}
    paint = CellDelegate.paint_cell

    def noting(self, painter, rect, row, column, look):
        said = (column.text(row), look.selected, look.current)
        cells[row.clip.path.stem, column.key] = rect.getRect(), said
        paint(self, painter, rect, row, column, look)

    monkeypatch.setattr(CellDelegate, "paint_cell", noting)
    return cells


def test_the_same_lines_lie_in_the_same_places_from_the_first_picture_on(
    qtbot, core, opening, lines
):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    window.actions_by_name["table"].trigger()
    window.culling.go_to(window.session.model.rows()[62].clip.id)
    table = window.pane.table
    table.setColumnHidden(COLUMN_AT["verdict"], True)
    table.horizontalHeader().moveSection(COLUMN_AT["flags"], 0)
    table.verticalScrollBar().setValue(60 * LINE_PX - 5)
    qtbot.wait(50)
    lines.clear()
    table.viewport().repaint()
    seen = dict(lines)
    window.close()
    lines.clear()
    assert ("clip 060", "name") in seen
    assert ("clip 060", "verdict") not in seen
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(lines))
    assert not again.session.is_loaded
    lines.clear()
    again.pane.table.viewport().repaint()
    first = {cell: lines[cell] for cell in seen if cell in lines}
    assert first == seen
    lines.clear()
    may_read.set()
    qtbot.waitUntil(lambda: again.session.is_loaded)
    again.pane.table.viewport().repaint()
    assert {cell: lines[cell] for cell in seen if cell in lines} == first
    assert again.pane.current_row().clip.path.stem == "clip 062"


def close_for_good(window, core):
    """Close the window; the next one, with another library between, knows no clip of this one."""
    window.close()
    StateFile(core.settings_path.with_name("window.ini")).put({"library": "/other", "in_sight": ""})


@pytest.mark.parametrize("view", ["grid", "table"])
@pytest.mark.parametrize("descending", [False, True])
def test_where_nothing_is_remembered_the_top_by_name_is_shown_first(
    qtbot, core, opening, painted, lines, view, descending
):
    known(core, reversed(NAMES))
    known(core, NAMES[50:70], Path("/copies"))  # the same names again
    open_window, may_read = opening
    window = open_window()
    window.actions_by_name[view].trigger()
    window.pane.sort_by(COLUMN_AT["name"], descending=descending)
    window.culling.go_to(window.session.model.rows()[62].clip.id)
    close_for_good(window, core)
    seen = painted if view == "grid" else lines
    again = open_window(read=False)
    qtbot.waitUntil(lambda: again.pane.view.shows_first and is_laid_out(again.panes))
    seen.clear()
    again.pane.view.viewport().repaint()
    first = dict(seen)
    assert len(first) > 8
    assert not again.session.is_loaded
    seen.clear()
    may_read.set()
    qtbot.waitUntil(lambda: again.session.is_loaded)
    again.pane.view.viewport().repaint()
    assert {one: first.get(one) for one in seen} == seen
    assert len(seen) > 8
    assert again.pane.current_row() == again.pane.shown.row_at(0)
    assert again.pane.view.verticalScrollBar().value() == 0


def test_in_a_library_without_clips_nothing_is_shown_first(qtbot, core, opening):
    open_window, may_read = opening
    window = open_window(read=False)
    read_all(qtbot, window, may_read)
    assert not window.pane.view.shows_first
    assert window.pane.empty_page.isVisible()


@pytest.mark.parametrize("how", ["stacks", "usability", "folder", "stars", "relative limits"])
def test_nothing_is_shown_first_that_would_not_stay(qtbot, core, opening, painted, how):
    known(core, NAMES)
    open_window, may_read = opening
    window = open_window()
    match how:
        case "stacks":
            window.actions_by_name["stacks"].trigger()
        case "usability":
            window.pane.sort_by(COLUMN_AT["usability"])
        case "folder":
            window.pane.group_by("folder")
        case "stars":
            window.pane.set_filter(EVERYTHING.having("min_stars", 1))
        case "relative limits":
            window.session.set_limits(STAGE)
    if how == "stacks":
        window.close()
    else:
        close_for_good(window, core)
    painted.clear()
    again = open_window(read=False)
    qtbot.wait(100)
    assert not painted
    assert not again.pane.grid.shows_first
    read_all(qtbot, again, may_read)


def test_a_library_that_cannot_be_read_shows_no_cards(qtbot, core, opening, painted, monkeypatch):
    known(core, NAMES)
    open_window, may_read = opening
    leave(open_window(), painted)

    def damaged(_self, *_args):
        assert may_read.wait(10)
        raise LibraryDamaged(core.library_path, None, "a torn page")

    monkeypatch.setattr(Library, "rows", damaged)
    again = open_window(read=False)
    qtbot.waitUntil(lambda: bool(painted))
    read_all(qtbot, again, may_read)
    assert not again.pane.grid.shows_first
    assert again.pane.empty_page.isVisible()
