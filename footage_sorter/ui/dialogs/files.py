"""The files dialog: shows what would happen to which file; then does it, and can take it back."""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from enum import Enum, auto
from pathlib import Path
from threading import Event

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.filing import Deed, FilePlan, Grouping, Operation, State, Step
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import OBSTACLE_WORDS, error
from footage_sorter.services.core import Core
from footage_sorter.services.file_plan import FileRequest, concerned, plan_files
from footage_sorter.services.files import carry_out, resume, take_back
from footage_sorter.services.scan import absolute
from footage_sorter.store.journal import Journal
from footage_sorter.ui.look.forms import choice, form, lay_out, primary, sentence
from footage_sorter.ui.look.translate import tr_phrase, tr_word
from footage_sorter.ui.session.background_job import BackgroundJob, Tell
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.file_steps import Worked
from footage_sorter.ui.session.session import Session

Begin = Callable[[Journal, Event], Generator[Step, None, None]]
"""Begins the work on a journal, with its cancel."""

Again = Callable[[Operation, Journal, Event], Generator[Step, None, None]]
"""Finishes an operation, or takes it back."""


class Stage(Enum):
    """What the dialog is about at the moment."""

    PLAN = auto()
    WORK = auto()
    RESULT = auto()


class FilesDialog(QDialog):
    """Copies, moves, links or trashes clips.

    Signals:
        began: Files are about to change places: whoever has one open lets it go.
        ended: Worked, once files were done, failed or taken back.
    """

    began = Signal()
    ended = Signal(object)

    def __init__(
        self, session: Session, rows: Sequence[ClipRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._core = session.core
        self._plan: FilePlan | None = None
        self._operation: Operation | None = None
        self._done: list[Step] = []
        self._look, self._work = (BackgroundJob(session.background, self) for _ in range(2))
        self.resize(860, 560)
        self._make_choices()
        self._lay_out()
        self._look.done.connect(self._show_plan)
        self._look.failed.connect(self._show_trouble)
        self._work.share.connect(lambda share: self.bar.setValue(round(1000 * share)))
        self._work.done.connect(self._on_ended)
        self._work.failed.connect(self._on_stopped)
        self._enter(Stage.PLAN)
        self.refresh()

    # The dry run

    def choose(self, deed: Deed, root: Path | None = None, by: Grouping = Grouping.NONE) -> None:
        """Choose what to do, where to, and by what."""
        self.deed.setCurrentIndex(self.deed.findData(deed.value))
        self.by.setCurrentIndex(self.by.findData(by.value))
        self.root.setText("" if root is None else str(root))
        self.refresh()

    def refresh(self) -> None:
        """Plan anew, in the pool; nothing is touched."""
        deed, text = Deed(self.deed.currentData()), self.root.text().strip()
        to_trash = deed is Deed.TRASH
        self.setWindowTitle(
            self.tr("Put the rejected clips into the trash")
            if to_trash
            else self.tr("Copy, move or link files")
        )
        for row in (self._where, self.by):  # the trash has its own place and order
            self._lines.setRowVisible(row, not to_trash)
        self._plan = None
        self.go.setEnabled(False)
        self.table.clear()
        if not (text or to_trash):
            self.sentence.setText(self.tr("Choose a folder to see what would happen."))
            return
        root = None if to_trash else absolute(Path(text).expanduser())
        request = FileRequest(deed, root, Grouping(self.by.currentData()))
        rows = concerned(self._rows, deed)
        self.sentence.setText(self.tr("Looking…"))
        self._look.run(lambda _cancel, _tell: plan_files(rows, request))

    def _show_plan(self, plan: FilePlan) -> None:
        self._plan = plan
        items = [_item(step.source, self._aim(step)) for step in plan.steps]
        items += [_item(one.path, tr_word(OBSTACLE_WORDS[one.obstacle])) for one in plan.left_out]
        self.table.addTopLevelItems(items)
        self.sentence.setText(self._plan_sentence(plan))
        self.go.setEnabled(bool(plan.steps) and plan.has_room)

    def _plan_sentence(self, plan: FilePlan) -> str:
        if not (plan.steps or plan.left_out):
            return (
                self.tr("No clip that is shown is rejected: mark some first.")
                if self.deed.currentData() == Deed.TRASH
                else self.tr("No clip that is shown is kept: mark some first.")
            )
        words = [self.tr("%n file(s), nothing is touched yet.", "", len(plan.steps))]
        if plan.left_out:
            words.append(self.tr("%n clip(s) stay as they are.", "", len(plan.left_out)))
        if plan.needed_bytes:
            text = self.tr("{needed} are needed, {free} are free.")
            needed, free = (
                self.locale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
                for size in (plan.needed_bytes, plan.free_bytes)
            )
            words.append(text.format(needed=needed, free=free))
        if not plan.has_room:
            words.append(self.tr("There is not enough room."))
        return " ".join(words)

    def _aim(self, step: Step) -> str:
        return shown_path(str(step.target)) if step.target else self.tr("the trash")

    # The work

    def carry_out(self) -> None:
        """Do what is shown."""
        if self._plan is not None:
            plan = self._plan
            self._start(len(plan.steps), lambda journal, cancel: carry_out(plan, journal, cancel))

    def take_back(self) -> None:
        """Undo this operation."""
        self._again(take_back)

    def finish(self) -> None:
        """Go on with this operation after it was cut off."""
        self._again(resume)

    def offer(self, operation: Operation) -> None:
        """Ask about an operation that was cut off, in place of planning another one."""
        self._operation = operation
        self._show_steps(operation.steps)
        self._enter(Stage.RESULT)
        left = sum(step.state in (State.PLANNED, State.BEGUN) for step in operation.steps)
        says = {
            Deed.COPY: self.tr("Copying was cut off; %n file(s) are left to do.", "", left),
            Deed.MOVE: self.tr("Moving was cut off; %n file(s) are left to do.", "", left),
            Deed.LINK: self.tr("Linking was cut off; %n file(s) are left to do.", "", left),
            Deed.TRASH: self.tr(
                "Putting into the trash was cut off; %n file(s) are left to do.", "", left
            ),
        }
        whole = self.tr("Every file is in one place, whole.")
        self.sentence.setText(f"{says[operation.steps[0].deed]} {whole}")
        self.undo.show()  # also where nothing was done yet: then it is only forgotten
        self.resume.show()

    def reject(self) -> None:
        """Qt override: work under way is stopped first; the next time closes."""
        if self._work.busy:
            self._work.cancel()
            self.sentence.setText(self.tr("Stopping…"))
            return
        self._look.cancel()
        super().reject()

    def _again(self, work: Again) -> None:
        operation, self._operation = self._operation, None
        if operation is not None:
            self._start(
                len(operation.steps),
                lambda journal, cancel: work(operation, journal, cancel),
                operation.id,
            )

    def _start(self, total: int, begin: Begin, number: int | None = None) -> None:
        """Work on the operation `number`, or on the new one that `begin` puts into the journal."""
        self.began.emit()
        self._enter(Stage.WORK)
        self.sentence.setText(self.tr("At work…"))
        path = self._core.library_path
        self._done = done = []

        def work(cancel: Event, tell: Tell) -> Operation | None:
            with closing(Journal(path)) as journal:
                for step in begin(journal, cancel):
                    done.append(step)
                    tell(len(done) / max(1, total))
                found = journal.operations()
            return next((one for one in found if number in (None, one.id)), None)

        self._work.run(work)

    def _on_ended(self, operation: Operation | None) -> None:
        more = operation is not None and (operation.undoable or operation.unfinished)
        self._operation = operation if more else None
        self.ended.emit(Worked(tuple(self._done), operation))
        self._show_steps(self._done)
        self._enter(Stage.RESULT)
        failed = sum(step.obstacle is not None for step in self._done)
        words = [self.tr("%n file(s) done.", "", len(self._done) - failed)]
        if failed:
            words.append(self.tr("%n file(s) could not be.", "", failed))
        if operation is not None and operation.unfinished:
            words.append(self.tr("It was stopped before the end."))
        self.sentence.setText(" ".join(words))

    def _on_stopped(self, trouble: FootageError) -> None:
        """The library failed, or there is no room; the next start offers what was cut off."""
        self.ended.emit(Worked(tuple(self._done), None))
        self._show_steps(self._done)
        self._enter(Stage.RESULT)
        self._show_trouble(trouble)

    def _show_trouble(self, trouble: FootageError) -> None:
        self.sentence.setText(tr_phrase(error(trouble)))

    # What is seen

    def _show_steps(self, steps: Iterable[Step]) -> None:
        words = {
            State.PLANNED: self.tr("to do"),
            State.BEGUN: self.tr("cut off"),
            State.DONE: self.tr("done"),
            State.FAILED: self.tr("not done"),
            State.RETURNING: self.tr("cut off"),
            State.UNDONE: self.tr("taken back"),
        }
        self.table.clear()
        for step in steps:
            why = (
                f" {tr_word(OBSTACLE_WORDS[step.obstacle])} {step.detail}" if step.obstacle else ""
            )
            text = f"{self._aim(step)}: {words[step.state]}.{why}"
            self.table.addTopLevelItem(_item(step.source, text.rstrip()))

    def _enter(self, stage: Stage) -> None:
        self._choices.setVisible(stage is Stage.PLAN)
        self.go.setVisible(stage is Stage.PLAN)
        self.bar.setVisible(stage is Stage.WORK)
        known = self._operation if stage is Stage.RESULT else None
        self.undo.setVisible(known is not None and known.undoable)
        self.resume.setVisible(known is not None and known.unfinished)
        self.close_button.setText(self.tr("Stop") if stage is Stage.WORK else self.tr("Close"))
        self.bar.setValue(0)

    def _ask_for_root(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Where the files go"))
        if name:
            self.root.setText(name)
            self.refresh()

    def _make_choices(self) -> None:
        deeds = {
            Deed.COPY: self.tr("Copy the kept clips"),
            Deed.MOVE: self.tr("Move the kept clips"),
            Deed.LINK: self.tr("Link the kept clips"),
            Deed.TRASH: self.tr("Put the rejected clips into the trash"),
        }
        groupings = {
            Grouping.NONE: self.tr("No folders"),
            Grouping.VERDICT: self.tr("A folder for each verdict"),
            Grouping.DAY: self.tr("A folder for each day"),
            Grouping.CAMERA: self.tr("A folder for each camera"),
        }
        self.deed, self.by = choice(deeds), choice(groupings)
        self.root = QLineEdit(self)
        self.root.setAccessibleName(self.tr("Into"))
        self.root.editingFinished.connect(self._on_typed)
        for box in (self.deed, self.by):
            box.currentIndexChanged.connect(self.refresh)

    def _on_typed(self) -> None:
        if self.root.isModified():
            self.root.setModified(False)
            self.refresh()

    def _lay_out(self) -> None:
        self._choices = QWidget(self)
        lines = self._lines = form()
        lines.setContentsMargins(0, 0, 0, 0)
        self._choices.setLayout(lines)
        lines.addRow(self.tr("What"), self.deed)
        where = self._where = QHBoxLayout()
        where.addWidget(self.root, 1)
        browse = QPushButton(self.tr("Choose…"))
        browse.clicked.connect(self._ask_for_root)
        where.addWidget(browse)
        lines.addRow(self.tr("Into"), where)
        lines.addRow(self.tr("Folders"), self.by)
        self.table = QTreeWidget(self)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setHeaderLabels([self.tr("From"), self.tr("To")])
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(self.tr("What happens to which file"))
        self.sentence = sentence()
        self.bar = QProgressBar(self, maximum=1000, textVisible=False)
        lay_out(
            self,
            self._choices,
            self.table,
            self.sentence,
            self.bar,
            self._make_buttons(),
            tall=self.table,
        )

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.close_button = buttons.addButton(self.tr("Close"), role.RejectRole)
        self.undo = buttons.addButton(self.tr("Undo this"), role.ActionRole)
        self.resume = buttons.addButton(self.tr("Finish"), role.ActionRole)
        self.go = primary(buttons.addButton(self.tr("Do it"), role.ActionRole))
        self.go.setDefault(True)
        self.go.clicked.connect(self.carry_out)
        self.undo.clicked.connect(self.take_back)
        self.resume.clicked.connect(self.finish)
        buttons.rejected.connect(self.reject)
        return buttons


def cut_off(core: Core) -> Operation | None:
    """The latest operation that was cut off. Reads the journal: not for the GUI thread."""
    with closing(Journal(core.library_path)) as journal:
        return next((one for one in journal.operations() if one.unfinished), None)


def _item(source: Path, text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([shown_path(str(source)), text])
    item.setToolTip(0, item.text(0))
    item.setToolTip(1, text)
    return item
