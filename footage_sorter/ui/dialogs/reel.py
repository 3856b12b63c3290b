"""The reel dialog: order, titles, file; then it makes the reel and says what was left out."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QProgressBar,
    QWidget,
)

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.order import Order
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import clock, clock_to_hundredths, error
from footage_sorter.services.reel import Reel, ReelOptions, make_reel, planned
from footage_sorter.ui.dialogs.out_folder import OutFolder
from footage_sorter.ui.look.forms import choice, form, lay_out, primary, sentence
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.background_job import BackgroundJob
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.desktop import open_file
from footage_sorter.ui.session.session import Session


class ReelDialog(QDialog):
    """Makes the selects reel of the kept clips among `rows`, in their order or another."""

    def __init__(
        self,
        session: Session,
        rows: Sequence[ClipRow],
        out_folder: OutFolder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._out_folder = out_folder
        self._made: Path | None = None
        self._rows = [row for row in rows if row.decision.mark is Mark.KEEP]
        self._job = BackgroundJob(session.background, self)
        self.setWindowTitle(self.tr("Selects reel"))
        self.resize(520, 400)
        self._lay_out()
        self._job.share.connect(lambda share: self.bar.setValue(round(1000 * share)))
        self._job.done.connect(self._on_made)
        self._job.failed.connect(self._on_failed)
        self.go.setEnabled(bool(self._rows))
        self.order.currentIndexChanged.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List what will be in the reel, in its order."""
        pieces = planned(self._rows, Order(self.order.currentData()))
        self.pieces.clear()
        self.pieces.addItems(
            [
                f"{shown_path(row.clip.path.name)}   "
                f"{clock_to_hundredths(span.start_s)}-{clock_to_hundredths(span.end_s)}"
                for row, span in pieces
            ]
        )
        self.sentence.setText(
            self.tr(
                "%n kept clip(s) in one film of {length}: of each its in and out, or else its best "
                "segment.",
                "",
                len(pieces),
            ).format(length=clock(sum(span.length_s for _, span in pieces)))
            if pieces
            else self.tr("No clip that is shown is kept: mark some first.")
        )

    def ask_and_make(self) -> None:
        """Ask for the file and make the reel."""
        path = self._out_folder.ask(self, self.windowTitle(), "selects.mp4")
        if path is not None:
            self.make(path)

    def make(self, path: Path) -> None:
        """Make the reel at `path`."""
        options = ReelOptions(titled=self.titles.isChecked(), order=Order(self.order.currentData()))
        rows = self._rows
        self._enter(at_work=True)
        self.sentence.setText(self.tr("Making {path}…").format(path=shown_path(str(path))))
        self._job.run(lambda cancel, tell: make_reel(rows, path, options, cancel, tell))

    def reject(self) -> None:
        """Qt override: work under way is stopped first; the next time closes."""
        if self._job.busy:
            self._job.cancel()
            self.sentence.setText(self.tr("Stopping…"))
            return
        super().reject()

    def _on_made(self, reel: Reel | None) -> None:
        self._enter(at_work=False)
        if reel is None:
            self.sentence.setText(self.tr("Stopped. No reel was written."))
            return
        lines = [
            self.tr("Wrote {path}: {length}").format(
                path=shown_path(str(reel.path)), length=clock(reel.duration_s)
            ),
            *(f"{shown_path(one.path.name)}: {tr_phrase(error(one))}" for one in reel.skipped),
            *(
                self.tr("{name}: its sound could not be read.").format(name=shown_path(one.name))
                for one in reel.without_sound
            ),
        ]
        self.sentence.setText("\n".join(lines))
        self._made = reel.path
        self.play.show()

    def _play(self) -> None:
        if self._made is not None:
            open_file(self._made)

    def _on_failed(self, trouble: FootageError) -> None:
        self._enter(at_work=False)
        self.sentence.setText(tr_phrase(error(trouble)))

    def _enter(self, *, at_work: bool) -> None:
        for part in (self.order, self.titles, self.go):
            part.setDisabled(at_work)
        self.bar.setVisible(at_work)
        self.bar.setValue(0)
        self.play.hide()
        self.close_button.setText(self.tr("Stop") if at_work else self.tr("Close"))

    def _lay_out(self) -> None:
        orders = {
            Order.SHOWN: self.tr("As shown"),
            Order.RECORDED: self.tr("By recording time"),
            Order.NAME: self.tr("By name"),
            Order.USABILITY: self.tr("Best first"),
        }
        self.order = choice(orders)
        self.titles = QCheckBox(self.tr("Show each clip's name"))
        self.pieces = QListWidget(self)
        self.pieces.setAccessibleName(self.tr("What will be in the reel"))
        self.sentence = sentence()
        self.bar = QProgressBar(self, maximum=1000, textVisible=False)
        self.bar.hide()
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.close_button = buttons.addButton(self.tr("Close"), role.RejectRole)
        self.play = buttons.addButton(self.tr("Play it"), role.ActionRole)
        self.play.clicked.connect(self._play)
        self.play.hide()
        self.go = primary(buttons.addButton(self.tr("Make the reel…"), role.ActionRole))
        self.go.setDefault(True)
        self.go.clicked.connect(self.ask_and_make)
        buttons.rejected.connect(self.reject)
        choices = form()
        choices.addRow(self.tr("Order"), self.order)
        choices.addRow("", self.titles)
        lay_out(self, choices, self.pieces, self.sentence, self.bar, buttons, tall=self.pieces)
