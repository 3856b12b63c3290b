"""Export, files, reel, marks read back and the team, from the window, on real clips."""

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtTest import QTest

from footage_sorter.cli import export
from footage_sorter.cli.requests import Export
from footage_sorter.cli.rows import rows_of, settings_of
from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.filing import Deed, Grouping, State
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import STAGE, FaultLimit, Limits
from footage_sorter.domain.report import Pass
from footage_sorter.media.probe import probe
from footage_sorter.services.file_plan import FileRequest, plan_files
from footage_sorter.services.files import carry_out
from footage_sorter.services.handoff.formats import FORMATS
from footage_sorter.services.team import TEAM_FILE
from footage_sorter.store.journal import Journal
from footage_sorter.ui.dialogs import out_folder
from footage_sorter.ui.dialogs import reel as reel_dialog
from footage_sorter.ui.dialogs.export import FORMAT_WORDS, SIDECARS, Scope
from footage_sorter.ui.dialogs.files import FilesDialog
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)

KEPT, REJECTED = Decision(Mark.KEEP, 4, in_s=0.5, out_s=1.5), Decision(Mark.REJECT)


@pytest.fixture
def card(tmp_path):
    folder = tmp_path / "card"
    folder.mkdir()
    film(folder / "sharp.mp4", Shot(seconds=2, size_px=(320, 180)))
    film(folder / "soft.mp4", Shot(seconds=2, size_px=(320, 180), defocus_px=6))
    return folder


def named(window):
    return {row.clip.path.name: row for row in window.session.model.rows()}


@pytest.fixture
def window(qtbot, open_window, card):
    """A window on two clips, one kept and one rejected."""
    opened = open_window(card)
    qtbot.waitUntil(
        lambda: len(named(opened)) == 2 and all(row.looked for row in named(opened).values()),
        timeout=30_000,
    )
    rows = named(opened)
    opened.session.write({rows["sharp.mp4"].clip.id: KEPT, rows["soft.mp4"].clip.id: REJECTED})
    return opened


def tree(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_every_format_has_the_same_name_in_both_doors():
    assert {name: one.words for name, one in FORMATS.items()} == {
        name: words for name, words in FORMAT_WORDS.items() if name != SIDECARS
    }


def test_the_preview_is_what_is_written(qtbot, window, tmp_path):
    dialog = window.handoff.export()
    dialog.choose("edl", Scope.KEPT)
    assert not dialog.preview.isEnabled(), "what is seen is of the last choice"
    qtbot.waitUntil(lambda: "sharp" in dialog.preview.toPlainText())
    assert dialog.preview.isEnabled()
    assert "soft" not in dialog.preview.toPlainText()
    shown = dialog.preview.toPlainText()
    with qtbot.waitSignal(dialog.accepted):
        dialog.write(tmp_path / "out.edl")
    assert (tmp_path / "out.edl").read_text().split() == shown.split()
    assert "out.edl" in window.notice.text


def test_the_command_gives_the_windows_flags_also_where_a_folder_has_its_own_limits(
    qtbot, core, window, card, tmp_path
):
    strict = Limits().with_limit(Flag.BLURRY, FaultLimit(0.0, 0.0))
    window.session.save(
        replace(window.session.settings, limits=STAGE, folder_limits={card: strict})
    )
    rows = named(window)
    qtbot.waitUntil(lambda: all(named(window)[one].looked is Pass.FULL for one in rows))
    with qtbot.waitSignal(window.session.loaded):
        window.session.load()
    shown = {name: row.rating for name, row in named(window).items()}
    assert all(Flag.BLURRY in rating.flags for rating in shown.values())
    dialog = window.handoff.export()
    dialog.choose("json")
    qtbot.waitUntil(dialog.ok.isEnabled)
    with qtbot.waitSignal(dialog.accepted):
        dialog.write(tmp_path / "window.json")
    export.export(
        core,
        Export("json", str(tmp_path / "command.json"), (card,), None, kept=False, dialect=None),
    )
    assert (tmp_path / "command.json").read_text() == (tmp_path / "window.json").read_text()
    by_preset = rows_of(core, [card], settings_of(core, "daylight").limits_for)
    assert {row.clip.path.name: row.rating for row in by_preset} != shown


def test_resolves_own_columns_are_filled_in(qtbot, window, card, tmp_path):
    like = tmp_path / "pool.csv"
    like.write_text(f"Keywords,File Name,Clip Directory\nold,sharp.mp4,{card}\n", "utf-16")
    dialog = window.handoff.export()
    dialog.choose("csv")
    assert dialog.columns.isHidden()
    dialog.choose("resolve-csv")
    qtbot.waitUntil(dialog.ok.isEnabled)
    assert not dialog.columns.isHidden()
    dialog.take_columns(like)
    qtbot.waitUntil(dialog.ok.isEnabled)
    with qtbot.waitSignal(dialog.accepted):
        dialog.write(tmp_path / "out.csv")
    lines = (tmp_path / "out.csv").read_text("utf-16").splitlines()
    assert lines[0] == "Keywords,File Name,Clip Directory"
    assert lines[1].startswith('"old, ')


def test_nothing_kept_is_a_sentence_in_place_of_a_preview(qtbot, window):
    window.session.write({row.clip.id: Decision() for row in named(window).values()})
    dialog = window.handoff.export()
    dialog.choose("edl")
    qtbot.waitUntil(lambda: "marked to be kept" in dialog.sentence.text())
    assert not dialog.ok.isEnabled()
    dialog.reject()


def test_a_folder_that_is_gone_is_a_sentence_and_the_dialog_stays(qtbot, window, tmp_path):
    dialog = window.handoff.export()
    qtbot.waitUntil(dialog.ok.isEnabled)
    dialog.write(tmp_path / "nowhere" / "out.csv")
    qtbot.waitUntil(lambda: "cannot be written" in dialog.sentence.text())
    assert dialog.isVisible()
    dialog.reject()


def test_sidecars_are_listed_then_written_then_read_back(qtbot, window, card):
    clips = tree(card)
    dialog = window.handoff.export()
    dialog.choose(SIDECARS)
    qtbot.waitUntil(lambda: "sharp.xmp" in dialog.preview.toPlainText())
    assert tree(card) == clips, "a preview writes nothing"
    with qtbot.waitSignal(dialog.accepted):
        dialog.ask_and_write()
    assert tree(card).keys() - clips.keys() == {"sharp.xmp", "soft.xmp"}
    before = {name: row.decision for name, row in named(window).items()}
    window.session.write({row.clip.id: Decision() for row in named(window).values()})
    window.handoff.imports.read_sidecars()
    qtbot.waitUntil(lambda: {n: row.decision for n, row in named(window).items()} == before)
    window.culling.undo()
    assert {row.decision for row in named(window).values()} == {Decision()}


def test_a_dry_run_touches_nothing_and_a_move_is_followed_and_undone(qtbot, window, card, tmp_path):
    before, out = tree(card), tmp_path / "out"
    dialog = window.handoff.files(Deed.MOVE)
    dialog.choose(Deed.MOVE, out, Grouping.VERDICT)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.table.topLevelItemCount() == 1
    assert "sharp.mp4" in dialog.table.topLevelItem(0).text(1)
    assert tree(card) == before
    assert not out.exists()

    with qtbot.waitSignal(dialog.ended, timeout=10_000):
        dialog.go.click()
    (moved,) = out.rglob("sharp.mp4")
    assert named(window)["sharp.mp4"].clip.path == moved
    assert not named(window)["sharp.mp4"].missing
    assert named(window)["sharp.mp4"].decision == KEPT

    with qtbot.waitSignal(dialog.ended, timeout=10_000):
        dialog.undo.click()
    assert tree(card) == before
    assert named(window)["sharp.mp4"].clip.path == card / "sharp.mp4"
    assert not dialog.undo.isVisible()
    dialog.reject()


def test_undo_is_offered_of_this_operation_only(qtbot, core, window, card, tmp_path):
    request = FileRequest(Deed.COPY, tmp_path / "earlier")
    with closing(Journal(core.library_path)) as journal:
        list(carry_out(plan_files(list(named(window).values()), request), journal, Event()))
    earlier = tree(tmp_path / "earlier")
    dialog = window.handoff.files(Deed.COPY)
    dialog.choose(Deed.COPY, tmp_path / "out")
    qtbot.waitUntil(dialog.go.isEnabled)
    for act in (dialog.go, dialog.undo):
        with qtbot.waitSignal(dialog.ended, timeout=10_000):
            act.click()
    assert not dialog.undo.isVisible()
    dialog.take_back()
    assert not dialog.bar.isVisible(), "there is nothing of this operation left to take back"
    assert tree(tmp_path / "earlier") == earlier
    dialog.reject()


@pytest.mark.parametrize(("deed", "what"), [(Deed.COPY, "kept"), (Deed.TRASH, "rejected")])
def test_where_nothing_is_marked_the_files_dialog_says_what_is_missing(
    qtbot, window, tmp_path, deed, what
):
    window.session.write({row.clip.id: Decision() for row in named(window).values()})
    dialog = window.handoff.files(deed)
    dialog.choose(deed, tmp_path / "out")
    qtbot.waitUntil(lambda: f"No clip that is shown is {what}" in dialog.sentence.text())
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_without_room_nothing_can_be_begun(qtbot, window, tmp_path, monkeypatch):
    from footage_sorter.services import file_plan

    usage = file_plan.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(file_plan.shutil, "disk_usage", lambda _: usage._replace(free=10))
    dialog = window.handoff.files(Deed.COPY)
    dialog.choose(Deed.COPY, tmp_path / "out")
    qtbot.waitUntil(lambda: "not enough room" in dialog.sentence.text())
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_an_operation_that_was_cut_off_is_offered_at_the_start(
    qtbot, core, window, open_window, card, tmp_path
):
    request = FileRequest(Deed.COPY, tmp_path / "out")
    with closing(Journal(core.library_path)) as journal:
        steps = carry_out(plan_files(list(named(window).values()), request), journal, Event())
        assert next(steps).state is State.DONE
        steps.close()
    window.close()
    again = open_window()
    qtbot.waitUntil(lambda: again.findChildren(FilesDialog) != [], timeout=5000)
    (dialog,) = again.findChildren(FilesDialog)
    assert dialog.resume.isVisible()
    assert dialog.undo.isVisible()
    assert dialog.sentence.text().startswith("Copying was cut off; 1 file")
    with qtbot.waitSignal(dialog.ended, timeout=10_000):
        dialog.resume.click()
    assert tree(tmp_path / "out") == tree(card)
    dialog.reject()


def test_the_kept_clips_in_the_last_format_are_offered_first(qtbot, window, tmp_path):
    dialog = window.handoff.export()
    assert (dialog.format.currentData(), dialog.scope.currentData()) == ("csv", Scope.KEPT)
    dialog.choose("edl", Scope.SHOWN)
    qtbot.waitUntil(dialog.ok.isEnabled)
    with qtbot.waitSignal(dialog.accepted):
        dialog.write(tmp_path / "out.edl")
    kept = named(window)["sharp.mp4"].clip.id
    window.session.write({kept: Decision()})
    dialog = window.handoff.export()
    assert (dialog.format.currentData(), dialog.scope.currentData()) == ("edl", Scope.SHOWN)
    dialog.reject()


def test_the_reel_is_made_and_says_so(qtbot, window, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(reel_dialog, "open_file", opened.append)
    dialog = window.handoff.reel()
    assert [dialog.pieces.item(at).text() for at in range(dialog.pieces.count())] == [
        "sharp.mp4   0:00.50-0:01.50"
    ]
    assert "film of 0:01" in dialog.sentence.text()
    dialog.make(tmp_path / "reel.mp4")
    qtbot.waitUntil(lambda: "Wrote" in dialog.sentence.text(), timeout=60_000)
    assert probe(tmp_path / "reel.mp4").duration_s == pytest.approx(1.0, abs=0.1)
    assert dialog.play.isVisible()
    dialog.play.click()
    assert opened == [tmp_path / "reel.mp4"]
    dialog.reject()


def test_the_next_file_is_offered_beside_the_last_one(window, tmp_path, monkeypatch):
    there, asked = tmp_path / "edit", []
    there.mkdir()

    def answer(_window, _title, begins, _pattern):
        asked.append(begins)
        return str(there / "mine"), ""

    monkeypatch.setattr(out_folder.QFileDialog, "getSaveFileName", answer)
    dialog = window.handoff.export()
    dialog.choose("edl", Scope.KEPT)
    written = []
    monkeypatch.setattr(dialog, "write", written.append)
    dialog.ask_and_write()
    dialog.ask_and_write()
    assert Path(asked[0]).is_absolute()
    assert Path(asked[0]).parent != Path.cwd()
    assert asked[1] == str(there / "footage.edl")
    assert written == [there / "mine.edl"] * 2
    dialog.reject()
    there.rmdir()
    again = out_folder.OutFolder(window.session.core.settings_path.with_name("window.ini"))
    assert again.folder() == Path(asked[0]).parent


def test_a_reel_that_is_stopped_leaves_nothing(qtbot, window, tmp_path):
    dialog = window.handoff.reel()
    dialog.make(tmp_path / "reel.mp4")
    dialog.reject()
    assert dialog.isVisible(), "it is stopped first"
    qtbot.waitUntil(lambda: "No reel" in dialog.sentence.text(), timeout=30_000)
    assert not list(tmp_path.glob("*reel*"))
    assert not list(tmp_path.glob(".footage-sorter-*"))
    dialog.reject()


def test_the_window_may_be_closed_while_a_reel_is_made(qtbot, window, tmp_path):
    window.handoff.reel().make(tmp_path / "reel.mp4")
    window.close()
    QTest.qWait(200)  # what was told to the closed window would be heard now
    assert not window.session.background.pool.activeThreadCount()
    for film_made in tmp_path.glob("*reel*"):  # it may have been done in time, but never half
        assert probe(film_made).duration_s == pytest.approx(1.0, abs=0.1)
    assert not list(tmp_path.glob(".footage-sorter-*"))


def test_the_window_may_be_closed_while_files_are_copied(qtbot, window, open_window, tmp_path):
    out = tmp_path / "out"
    dialog = window.handoff.files(Deed.COPY)
    dialog.choose(Deed.COPY, out)
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.go.click()
    window.close()
    assert not window.session.background.pool.activeThreadCount()
    again = open_window()
    qtbot.waitUntil(lambda: len(named(again)) == 2)
    with closing(Journal(again.session.core.library_path)) as journal:
        (operation,) = journal.operations()
    done = [step for step in operation.steps if step.state is State.DONE]
    whole = {step.source.name: step.source.read_bytes() for step in done}
    assert tree(out) == whole, "each file is there whole or not at all"
    for box in again.findChildren(FilesDialog):
        box.reject()


def test_what_another_program_says_never_demotes(qtbot, window, tmp_path):
    export = window.handoff.export()
    with qtbot.waitSignal(export.accepted):
        export.write(tmp_path / "out.csv")
    rows = named(window)
    window.session.write(
        {rows["sharp.mp4"].clip.id: Decision(), rows["soft.mp4"].clip.id: Decision(Mark.KEEP)}
    )
    window.handoff.imports.read(tmp_path / "out.csv")
    qtbot.waitUntil(lambda: named(window)["sharp.mp4"].decision == KEPT)
    assert named(window)["soft.mp4"].decision.mark is Mark.KEEP


def test_a_foreign_file_is_refused_in_one_sentence(qtbot, window, tmp_path):
    path = tmp_path / "a.fcpxml"
    path.write_text("<!DOCTYPE a [<!ENTITY b 'b'>]><fcpxml>&b;</fcpxml>")
    window.handoff.imports.read(path)
    qtbot.waitUntil(lambda: "Nothing was changed" in window.notice.text)


def test_a_team_agrees_and_hears_of_conflicts(qtbot, window, card):
    window.handoff.imports.share()
    assert "Sharing is off" in window.notice.text
    assert not (card / TEAM_FILE).exists()
    window.session.save(replace(window.session.settings, team_file=True, person="Ada"))
    window.handoff.imports.share()
    qtbot.waitUntil((card / TEAM_FILE).exists)
    notes = json.loads((card / TEAM_FILE).read_text())
    content = named(window)["soft.mp4"].clip.content
    mark = notes["clips"][content]["said"]["mark"]
    mark.update(value="keep", by="Ben", at_ns=mark["at_ns"] + 1)
    (card / TEAM_FILE).write_text(json.dumps(notes))
    window.handoff.imports.share()
    qtbot.waitUntil(lambda: named(window)["soft.mp4"].decision.mark is Mark.KEEP)
    qtbot.waitUntil(lambda: any("Ben" in box.informativeText() for box in boxes(window)))
    for box in boxes(window):
        box.accept()


def boxes(window):
    from PySide6.QtWidgets import QMessageBox

    return window.findChildren(QMessageBox)
