"""The export dialog: which format, which clips, what it will look like; then it writes."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.domain.words import error
from footage_sorter.services.export import (
    MOST_LISTED,
    SidecarPlan,
    Written,
    export_rows,
    plan_sidecars,
    preview,
    write_sidecars,
    written_rows,
)
from footage_sorter.services.handoff.formats import FORMATS
from footage_sorter.ui.dialogs.out_folder import OutFolder
from footage_sorter.ui.look.forms import choice, form, lay_out, primary, quiet
from footage_sorter.ui.look.translate import tr_phrase, tr_word, window_speech
from footage_sorter.ui.session.background_job import BackgroundJob
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.session import Session

SIDECARS = "xmp"
RESOLVE_CSV = "resolve-csv"

FORMAT_WORDS: Mapping[str, str] = {
    "csv": "CSV table",
    "json": "JSON document",
    "fcpxml": "Final Cut Pro library (FCPXML)",
    "fcpxml-timeline": "Final Cut Pro timeline of the selects (FCPXML)",
    "premiere": "Premiere project (Final Cut 7 XML)",
    "resolve": "DaVinci Resolve script",
    "resolve-csv": "DaVinci Resolve metadata (CSV)",
    "otio": "OpenTimelineIO timeline of the selects",
    "edl": "EDL of the selects (CMX 3600)",
    "report": "Shoot report (HTML)",
    SIDECARS: "XMP sidecars beside the clips",
}
"""What the formats are called, by name: `formats.FORMATS` and the sidecars."""


class Scope(StrEnum):
    """Which clips."""

    SHOWN = "shown"
    SELECTED = "selected"
    KEPT = "kept"


class ExportDialog(QDialog):
    """Writes what a person chooses, after showing it.

    Signals:
        said: A sentence about what was written.
    """

    said = Signal(str)

    def __init__(
        self,
        session: Session,
        shown: Sequence[ClipRow],
        selected: Sequence[ClipRow],
        out_folder: OutFolder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._out_folder = out_folder
        self._rows: dict[Scope, Sequence[ClipRow]] = {
            Scope.SHOWN: shown,
            Scope.SELECTED: selected,
            Scope.KEPT: [row for row in shown if row.decision.mark is Mark.KEEP],
        }
        self.setWindowTitle(self.tr("Export"))
        self.resize(760, 560)
        self._look, self._write = (BackgroundJob(session.background, self) for _ in range(2))
        self._where = ""
        self._like: Path | None = None
        self._make_choices()
        self._lay_out()
        self._look.done.connect(self._show)
        self._look.failed.connect(self._show_trouble)
        self._write.done.connect(self._on_written)
        self._write.failed.connect(self._on_not_written)
        self.refresh()

    # What is chosen

    @property
    def rows(self) -> Sequence[ClipRow]:
        """The chosen clips, in the order shown."""
        return self._rows[Scope(self.scope.currentData())]

    def choose(self, kind: str, scope: Scope = Scope.SHOWN) -> None:
        """Choose a format by its name, and which clips."""
        self.format.setCurrentIndex(self.format.findData(kind))
        self.scope.setCurrentIndex(self.scope.findData(scope.value))

    def refresh(self) -> None:
        """Make the preview anew, in the pool."""
        kind, rows = self.format.currentData(), self.rows
        limits, core = self._session.settings.limits, self._session.core
        self._form.setRowVisible(self.dialect, kind == SIDECARS)
        self._form.setRowVisible(self.columns, kind == RESOLVE_CSV)
        self.ok.setEnabled(False)
        self.preview.setEnabled(False)  # it may be of another format still
        self.sentence.setText(self.tr("Looking…"))
        if kind == SIDECARS:
            dialect = RejectDialect(self.dialect.currentData())
            self._look.run(lambda cancel, _: plan_sidecars(rows, dialect, cancel))
        else:
            like, speech = self._like if kind == RESOLVE_CSV else None, window_speech()
            self._look.run(
                lambda _cancel, _tell: preview(
                    FORMATS[kind], rows, limits, core, like=like, speech=speech
                )
            )

    def ask_for_columns(self) -> None:
        """Ask for metadata that Resolve exported, whose columns are to be filled in."""
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Metadata that Resolve exported"), "", "*.csv"
        )
        if name:
            self.take_columns(Path(name))

    def take_columns(self, like: Path) -> None:
        """Fill in the columns of `like`."""
        self._like = like
        self.columns.setText(shown_path(like.name))
        self.refresh()

    # Writing

    def ask_and_write(self) -> None:
        """Ask for the file, where there is one, and write."""
        kind = self.format.currentData()
        if kind == SIDECARS:
            self.write(None)
            return
        name = f"footage{FORMATS[kind].ending}"
        path = self._out_folder.ask(self, self.windowTitle(), name)
        if path is not None:
            self.write(path)

    def write(self, path: Path | None) -> None:
        """Write to `path`; None for sidecars, which lie beside the clips."""
        kind, rows = self.format.currentData(), self.rows
        limits, core = self._session.settings.limits, self._session.core
        self._out_folder.keep_format(kind)
        self.ok.setEnabled(False)
        self._where = "" if path is None else shown_path(str(path))
        if path is None:
            dialect = RejectDialect(self.dialect.currentData())
            self._write.run(lambda cancel, tell: write_sidecars(rows, dialect, cancel, tell))
        else:
            like, speech = self._like if kind == RESOLVE_CSV else None, window_speech()
            self._write.run(
                lambda _cancel, _tell: export_rows(
                    path, FORMATS[kind], rows, limits, core, like=like, speech=speech
                )
            )

    def reject(self) -> None:
        """Qt override: what is being written ends first."""
        self._look.cancel()
        self._write.cancel()
        super().reject()

    def _on_written(self, written: Written) -> None:
        if written.trouble:
            self._show_trouble(written.trouble[0], len(written.trouble) - 1)
            return
        if self._where:
            self.said.emit(self.tr("Wrote {path}").format(path=self._where))
        else:
            self.said.emit(self.tr("Wrote %n sidecar(s)", "", written.files))
        self.accept()

    def _on_not_written(self, trouble: FootageError) -> None:
        self._show_trouble(trouble)
        self.ok.setEnabled(True)

    # What is seen

    def _show(self, found: str | SidecarPlan) -> None:
        self.preview.setEnabled(True)
        if isinstance(found, SidecarPlan):
            self._show_sidecars(found)
            return
        self.preview.setPlainText(found)
        spoken_of = written_rows(FORMATS[self.format.currentData()], self.rows)
        self.sentence.setText(self.tr("%n clip(s) will be in it", "", len(spoken_of)))
        self.ok.setEnabled(bool(self.rows))

    def _show_sidecars(self, plan: SidecarPlan) -> None:
        lines = [
            *(self.tr("new: {path}").format(path=shown_path(str(one))) for one in plan.fresh),
            *(self.tr("patch: {path}").format(path=shown_path(str(one))) for one in plan.patched),
            *(tr_phrase(error(one)) for one in plan.trouble),
        ]
        more = ["…"] if len(lines) > MOST_LISTED else []
        self.preview.setPlainText("\n".join([*lines[:MOST_LISTED], *more]))
        self.sentence.setText(
            self.tr(
                "{fresh} new sidecars, {patched} patched; the clips are never written to"
            ).format(fresh=len(plan.fresh), patched=len(plan.patched))
        )
        self.ok.setEnabled(bool(plan.fresh or plan.patched))

    def _show_trouble(self, trouble: FootageError, more: int = 0) -> None:
        text = tr_phrase(error(trouble))
        if more:
            text += " " + self.tr("And %n more.", "", more)
        self.preview.setEnabled(True)
        self.preview.setPlainText("")
        self.sentence.setText(text)

    def _make_choices(self) -> None:
        words = {name: tr_word(text) for name, text in FORMAT_WORDS.items()}
        self.format = choice(words, self._out_folder.last_format())
        scopes = {
            Scope.SHOWN: self.tr("What is shown ({n})"),
            Scope.SELECTED: self.tr("The selection ({n})"),
            Scope.KEPT: self.tr("What is shown and kept ({n})"),
        }
        counted = {key: text.format(n=len(self._rows[key])) for key, text in scopes.items()}
        self.scope = choice(counted, Scope.KEPT if self._rows[Scope.KEPT] else Scope.SHOWN)
        dialects = {
            RejectDialect.BOTH: self.tr("For all programs"),
            RejectDialect.LIGHTROOM: self.tr("For Lightroom and Premiere"),
            RejectDialect.BRIDGE: self.tr("For Bridge"),
        }
        self.dialect = choice(dialects, self._session.settings.reject_dialect)
        self.columns = QPushButton(self.tr("As Resolve exported them…"), self)
        self.columns.setAutoDefault(False)
        self.columns.clicked.connect(self.ask_for_columns)
        for box in (self.format, self.scope, self.dialect):
            box.currentIndexChanged.connect(self.refresh)

    def _lay_out(self) -> None:
        self.preview = QPlainTextEdit(self, readOnly=True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.preview.setAccessibleName(self.tr("What will be written"))
        self.sentence = quiet()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(self.tr("Cancel"))
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.ok = primary(buttons.addButton(self.tr("Export…"), action))
        self.ok.setDefault(True)
        self.ok.clicked.connect(self.ask_and_write)
        buttons.rejected.connect(self.reject)
        self._form = form()
        self._form.addRow(self.tr("Format"), self.format)
        self._form.addRow(self.tr("Clips"), self.scope)
        self._form.addRow(self.tr("Rejects in XMP files"), self.dialect)
        self._form.addRow(self.tr("Columns"), self.columns)
        lay_out(self, self._form, self.preview, self.sentence, buttons, tall=self.preview)
        self.format.setFocus()
