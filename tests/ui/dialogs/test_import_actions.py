"""What lies beside the clips comes in on a scan, is said in a line, and can be undone."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.handoff.formats import FORMATS
from footage_sorter.services.handoff.sidecars import write_sidecar
from footage_sorter.services.team import TEAM_FILE
from tests.helpers.clips import Shot, film
from tests.helpers.rows import rated

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)

KEEP, REJECT = Decision(Mark.KEEP, 4, "take 2"), Decision(Mark.REJECT)
LONG_AGO_NS = 1_000_000_000 * 10**9


@pytest.fixture
def card(tmp_path):
    """Two clips; another program has said something of each."""
    folder = tmp_path / "card"
    folder.mkdir()
    for name, decision in (("a.mp4", KEEP), ("b.mp4", REJECT)):
        film(folder / name, Shot(seconds=1, size_px=(320, 180), seed=ord(name[0])))
        say(folder / name, decision)
    return folder


def say(clip: Path, decision, at_ns=LONG_AGO_NS):
    path = write_sidecar(rated(clip, decision=decision), RejectDialect.BOTH)
    os.utime(path, ns=(at_ns, at_ns))


def marks(window):
    return {row.clip.path.name: row.decision for row in window.session.model.rows()}


def heard(window):
    """What the window says of it from now on."""
    sentences = []
    window.handoff.said.connect(sentences.append)
    return sentences


def scanned(qtbot, window, *paths):
    with qtbot.waitSignal(window.session.background.idle, timeout=30_000):
        window.session.add(paths)
    qtbot.wait(50)


BOTH_SAID = {"a.mp4": KEEP, "b.mp4": REJECT}
NOTHING = {"a.mp4": Decision(), "b.mp4": Decision()}


def test_sidecars_are_taken_over_said_and_undone_for_good(qtbot, open_window, card):
    window = open_window()
    sentences = heard(window)  # before the first clip is read
    window.session.add([card])
    qtbot.waitUntil(lambda: sentences == ["2 mark(s) read from sidecars."], timeout=30_000)
    assert marks(window) == BOTH_SAID
    assert window.culling.stack.undoText() == "Read sidecars of 2 clips"
    assert window.culling.stack.count() == 1
    window.culling.undo()
    assert marks(window) == NOTHING
    scanned(qtbot, window, card)
    assert marks(window) == NOTHING, "what was undone does not come again by itself"
    window.culling.redo()
    assert marks(window) == BOTH_SAID


def test_a_newer_sidecar_that_says_less_changes_nothing_and_is_told(qtbot, open_window, card):
    window = open_window()
    sentences = heard(window)  # before the first clip is read
    window.session.add([card])
    qtbot.waitUntil(lambda: len(sentences) == 1, timeout=30_000)
    (card / "a.xmp").unlink()
    say(card / "a.mp4", Decision(Mark.REJECT, 1), LONG_AGO_NS + 10**9)
    scanned(qtbot, window, card)
    assert marks(window) == BOTH_SAID
    assert sentences[1:] == ["1 sidecar(s) differ: what was said here holds."]
    assert window.culling.stack.count() == 1


def test_it_can_be_switched_off(qtbot, open_window, card):
    window = open_window()
    window.session.save(replace(window.session.settings, read_sidecars=False))
    scanned(qtbot, window, card)
    assert marks(window) == NOTHING
    assert window.notice.text == ""


def test_a_hostile_sidecar_is_one_sentence(qtbot, open_window, card):
    (card / "a.xmp").write_bytes(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")
    window = open_window()
    sentences = heard(window)  # before the first clip is read
    window.session.add([card])
    qtbot.waitUntil(lambda: len(sentences) == 1, timeout=30_000)
    assert sentences[0].startswith("1 mark(s) read from sidecars. ")
    assert "a.xmp cannot be read back: it declares entities" in sentences[0]
    assert marks(window) == NOTHING | {"b.mp4": REJECT}


def test_an_exchange_with_the_team_is_a_step(qtbot, open_window, core, card):
    window = open_window()
    settings = replace(window.session.settings, read_sidecars=False, team_file=True, person="Ada")
    window.session.save(settings)
    scanned(qtbot, window, card)
    window.handoff.imports.share()
    ids = {row.clip.path.name: row.clip.id for row in window.session.model.rows()}
    window.session.write({ids["a.mp4"]: KEEP})
    window.handoff.imports.share()
    qtbot.waitUntil((card / TEAM_FILE).exists)
    text = (card / TEAM_FILE).read_text()
    window.session.write({ids["a.mp4"]: Decision()})
    (card / TEAM_FILE).write_text(later(text))
    sentences = heard(window)
    scanned(qtbot, window, card)
    assert marks(window)["a.mp4"] == KEEP, "the team's file is read on a scan"
    assert sentences[-1] == "1 mark(s) read from the team's file."
    window.culling.undo()
    assert marks(window)["a.mp4"] == Decision()
    (card / TEAM_FILE).write_text(later(text, by_ns=10**12))
    window.handoff.imports.share()
    qtbot.waitUntil(lambda: marks(window)["a.mp4"] == KEEP)
    assert window.culling.stack.undoText() == "Take over 1 clip from the team"
    window.culling.undo()
    assert marks(window)["a.mp4"] == Decision()


def later(text, by_ns=10**11):
    """The same statements, made later."""
    import json

    notes = json.loads(text)
    for clip in notes["clips"].values():
        for statement in clip["said"].values():
            statement["at_ns"] += by_ns
    return json.dumps(notes)


def test_clips_that_cannot_be_told_apart_are_listed(qtbot, open_window, core, card, tmp_path):
    from PySide6.QtWidgets import QMessageBox

    window = open_window()
    window.session.save(replace(window.session.settings, read_sidecars=False))
    for day in ("one", "two"):
        (card / day).mkdir()
        film(card / day / "a.mp4", Shot(seconds=1, size_px=(320, 180), seed=len(day)))
    scanned(qtbot, window, card)
    elsewhere = rated("/Volumes/card/a.mp4", decision=KEEP, facts=row_of(window, "b.mp4").media)
    data = FORMATS["fcpxml"].write([elsewhere], None)
    (tmp_path / "x.fcpxml").write_bytes(data.replace(b"size_bytes", b"other"))
    window.handoff.imports.read(tmp_path / "x.fcpxml")
    qtbot.waitUntil(lambda: window.findChildren(QMessageBox) != [])
    (box,) = window.findChildren(QMessageBox)
    assert box.informativeText() == "/Volumes/card/a.mp4"
    assert {row.decision for row in window.session.model.rows()} == {Decision()}
    box.accept()


def row_of(window, name):
    return next(row.clip for row in window.session.model.rows() if row.clip.path.name == name)
