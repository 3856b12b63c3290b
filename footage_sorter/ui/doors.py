"""Doors: the menu's ways out of the library and back in: export, files, reel, marks, team.

Opens the dialogs and shows in the library what they changed; the work is theirs.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.filing import Deed, Operation, Step
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.team import Conflict
from footage_sorter.domain.words import conflict, error
from footage_sorter.services.core import Core
from footage_sorter.services.read_back import ReadBack, read_back, read_back_sidecars
from footage_sorter.services.team import Exchanged, exchange, shared_folders
from footage_sorter.ui.culling import Culling
from footage_sorter.ui.errand import Errand
from footage_sorter.ui.export_dialog import ExportDialog
from footage_sorter.ui.files_dialog import FilesDialog, cut_off
from footage_sorter.ui.session import Session
from footage_sorter.ui.translate import tr_phrase


class Doors(QObject):
    """Everything that leaves the library, and what comes back.

    Signals:
        said: A sentence for the person.
    """

    said = Signal(str)

    def __init__(
        self,
        session: Session,
        culling: Culling,
        shown_rows: Callable[[], list[ClipRow]],
        let_go: Callable[[], object],
        window: QWidget,
    ) -> None:
        """Open the ways out.

        Args:
            session: The library.
            culling: Takes in what comes back, as steps.
            shown_rows: What the library shows, in its order.
            let_go: Closes the file that the window plays, so that it can be moved.
            window: Above it the dialogs open.
        """
        super().__init__(window)
        self._session, self._culling, self._window = session, culling, window
        self._shown_rows, self._release = shown_rows, let_go
        self._was_paused = False
        self._back, self._team, self._cut_off = (Errand(session.background, self) for _ in range(3))
        self._back.done.connect(self._on_read_back)
        self._team.done.connect(self._on_exchanged)
        self._cut_off.done.connect(self._on_cut_off)
        for errand in (self._back, self._team, self._cut_off):
            errand.failed.connect(session.troubled)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        return {
            "export": self.export,
            "file_kept": partial(self.files, Deed.COPY),
            "trash_rejected": partial(self.files, Deed.TRASH),
            "reel": self.reel,
            "read_back": self.ask_and_read,
            "read_sidecars": self.read_sidecars,
            "team": self.share,
        }

    # Out

    def export(self) -> ExportDialog:
        """Open the export dialog."""
        chosen = map(self._session.model.row, self._culling.chosen())
        selected = [row for row in chosen if row is not None]
        dialog = ExportDialog(self._session, self._shown_rows(), selected, self._window)
        dialog.said.connect(self.said)
        self._open(dialog)
        return dialog

    def files(self, deed: Deed) -> FilesDialog:
        """Open the dialog of files with a deed to begin with."""
        dialog = self._files_dialog()
        dialog.choose(deed)
        return dialog

    def look_for_cut_off(self) -> None:
        """Offer to finish or undo an operation that was cut off the last time."""
        core = self._session.core
        self._cut_off.run(lambda _cancel, _tell: cut_off(core))

    def reel(self) -> QDialog:
        """Open the dialog of the selects reel."""
        # Late: moviepy takes a moment that the window's start must not.
        from footage_sorter.ui.reel_dialog import ReelDialog  # noqa: PLC0415

        dialog = ReelDialog(self._session, self._shown_rows(), self._window)
        self._open(dialog)
        return dialog

    def _files_dialog(self) -> FilesDialog:
        dialog = FilesDialog(self._session, self._shown_rows(), self._window)
        dialog.began.connect(self._let_go)
        dialog.ended.connect(self._on_files_ended)
        self._open(dialog)
        return dialog

    def _let_go(self) -> None:
        """Let nothing here hold a file that is about to change its place."""
        self._release()
        self._was_paused = self._session.analysis.paused
        self._session.analysis.pause()

    def _on_files_ended(self, steps: Sequence[Step]) -> None:
        self._session.follow(steps)
        if not self._was_paused:
            self._session.analysis.resume()

    def _on_cut_off(self, operation: Operation | None) -> None:
        if operation is not None and self._window.isVisible():
            self._files_dialog().offer(operation)

    # Back in

    def ask_and_read(self) -> None:
        """Ask for a file of another program and read the marks in it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Read marks back"),
            "",
            self.tr("Final Cut Pro, Resolve, table") + " (*.fcpxml *.fcpxmld *.csv)",
        )
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Join what a file says to what was said here, as one step that can be undone."""
        rows = list(self._session.model.rows())
        self._back.run(lambda _cancel, _tell: read_back(path, rows))

    def read_sidecars(self) -> None:
        """The same with the XMP sidecars beside the clips."""
        rows = list(self._session.model.rows())
        self._back.run(lambda _cancel, _tell: read_back_sidecars(rows))

    def share(self) -> None:
        """Bring the library and the team's files beside the footage to the same state."""
        session = self._session
        if not session.settings.team_file:
            self.said.emit(self.tr("Sharing is off: turn it on in the settings, under Hand-off."))
            return
        folders = shared_folders(row.clip.path.parent for row in session.model.rows())
        core, person = session.core, session.settings.person
        self._team.run(lambda cancel, _tell: _exchange_all(core, folders, person, cancel))

    def _on_read_back(self, found: ReadBack) -> None:
        self._culling.bring_in(found.decisions)
        words = [self.tr("%n clip(s) changed.", "", len(found.decisions))]
        if found.unknown:
            words.append(self.tr("%n clip(s) are not in the library.", "", len(found.unknown)))
        if found.refused:
            words.append(tr_phrase(error(found.refused[0])))
        self.said.emit(" ".join(words))

    def _on_exchanged(self, found: Exchanged) -> None:
        self._session.show_decisions(found.decisions)
        self.said.emit(self.tr("%n clip(s) changed.", "", len(found.decisions)))
        if found.conflicts:
            self._show_conflicts(found.conflicts)

    def _show_conflicts(self, found: Sequence[Conflict]) -> None:
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Where the team disagrees"))
        box.setText(self.tr("The newest statement holds. %n was overruled.", "", len(found)))
        box.setInformativeText("\n".join(tr_phrase(conflict(one)) for one in found[:10]))
        if len(found) > 10:
            box.setDetailedText("\n".join(tr_phrase(conflict(one)) for one in found))
        self._open(box)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _exchange_all(core: Core, folders: Sequence[Path], person: str, cancel: Event) -> Exchanged:
    """Exchange with the file of each folder."""
    decisions: dict[ClipId, Decision] = {}
    conflicts: list[Conflict] = []
    with closing(core.open_store()) as store:
        for folder in folders:
            if cancel.is_set() or not folder.is_dir():
                continue
            found = exchange(folder, store, person)
            decisions.update(found.decisions)
            conflicts.extend(found.conflicts)
    return Exchanged(decisions, tuple(conflicts))
