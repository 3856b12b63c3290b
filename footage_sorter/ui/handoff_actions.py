"""Hand-off: the menu's ways out of the library: export, files, reel; the ways back: `imports`.

Opens the dialogs and shows in the library what they changed; the work is theirs.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from footage_sorter.domain.filing import Deed, Operation, Step
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.dialogs.export import ExportDialog
from footage_sorter.ui.dialogs.files import FilesDialog, cut_off
from footage_sorter.ui.dialogs.import_actions import ImportActions
from footage_sorter.ui.dialogs.out_folder import OutFolder
from footage_sorter.ui.session.background_job import BackgroundJob
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.file_steps import FileSteps, Worked
from footage_sorter.ui.session.session import Session


class HandoffActions(QObject):
    """Everything that leaves the library.

    Signals:
        said: A sentence for the person.
        warned: A sentence about what went wrong.
    """

    said = Signal(str)
    warned = Signal(str)

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
        self._out_folder = OutFolder(session.core.settings_path.with_name("window.ini"))
        self._was_paused = False
        self.imports = ImportActions(session, culling, window)
        self.imports.said.connect(self.said)
        self.imports.warned.connect(self.warned)
        self.file_steps = FileSteps(session, culling, self)
        self.file_steps.began.connect(self._let_go)
        self.file_steps.ended.connect(self._on_files_moved)
        self.file_steps.said.connect(self.said)
        self.file_steps.warned.connect(self.warned)
        self._cut_off = BackgroundJob(session.background, self)
        self._cut_off.done.connect(self._on_cut_off)
        self._cut_off.failed.connect(session.troubled)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        ways_out: dict[str, Callable[[], object]] = {
            "export": self.export,
            "file_kept": partial(self.files, Deed.COPY),
            "trash_rejected": partial(self.files, Deed.TRASH),
            "reel": self.reel,
        }
        return ways_out | self.imports.handlers()

    # Out

    def export(self) -> ExportDialog:
        """Open the export dialog."""
        shown, selected = self._shown_rows(), self._culling.chosen_rows()
        dialog = ExportDialog(self._session, shown, selected, self._out_folder, self._window)
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
        from footage_sorter.ui.dialogs.reel import ReelDialog  # noqa: PLC0415

        dialog = ReelDialog(self._session, self._shown_rows(), self._out_folder, self._window)
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

    def _on_files_ended(self, worked: Worked) -> None:
        self._on_files_moved(worked.steps)
        self.file_steps.follow(worked)

    def _on_files_moved(self, steps: Sequence[Step]) -> None:
        self._session.follow(steps)
        if not self._was_paused:
            self._session.analysis.resume()

    def _on_cut_off(self, operation: Operation | None) -> None:
        if operation is not None and self._window.isVisible():
            self._files_dialog().offer(operation)

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
