"""File steps: operations on files in the window's undo, by the journal.

Undo takes an operation back, redo does it again as a new one, both in the pool. Until that has
ended, nothing else is undone: the files are under way.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from footage_sorter.domain.filing import Deed, Operation, State, Step
from footage_sorter.domain.words import OBSTACLE_WORDS
from footage_sorter.services.file_plan import planned_again
from footage_sorter.services.files import carry_out, take_back
from footage_sorter.store.journal import Journal
from footage_sorter.ui.look.translate import tr_word
from footage_sorter.ui.session.background_job import BackgroundJob
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.steps import counted


@dataclass(frozen=True, slots=True)
class Worked:
    """What came of work on files.

    Attributes:
        steps: What was done, taken back or failed.
        operation: As the journal has it now; None where it has none.
    """

    steps: tuple[Step, ...]
    operation: Operation | None


class FileCommand(QUndoCommand):
    """One operation. Begins as done; what it does comes to an end after `undo` and `redo` return.

    Attributes:
        number: Of the operation in the journal; another one each time it is done again.
        settled: The files are already as the stack is about to say: nothing is to be done.
    """

    def __init__(
        self,
        number: int,
        text: str,
        take_back: Callable[["FileCommand"], None],
        again: Callable[["FileCommand"], None],
    ) -> None:
        super().__init__(text)
        self.number = number
        self.settled = True  # pushing calls `redo`
        self._take_back, self._again = take_back, again

    def redo(self) -> None:
        """Qt override."""
        self._unless_settled(self._again)

    def undo(self) -> None:
        """Qt override."""
        self._unless_settled(self._take_back)

    def _unless_settled(self, work: Callable[["FileCommand"], None]) -> None:
        if self.settled:
            self.settled = False
        else:
            work(self)


class FileSteps(QObject):
    """Keeps what was done to files on the stack of `culling`.

    Signals:
        began: Files are about to change places: whoever has one open lets it go.
        ended: tuple of Step that were done, failed or taken back.
        said: A sentence for the person.
        warned: A sentence about what went wrong.
    """

    began = Signal()
    ended = Signal(object)
    said = Signal(str)
    warned = Signal(str)

    def __init__(self, session: Session, culling: Culling, parent: QObject) -> None:
        super().__init__(parent)
        self._path = session.core.library_path
        self._culling = culling
        self._command: FileCommand | None = None
        self._job = BackgroundJob(session.background, self)
        self._job.done.connect(self._on_done)
        self._job.failed.connect(self._on_stopped)
        self._job.failed.connect(session.troubled)

    @property
    def busy(self) -> bool:
        """Whether files are under way."""
        return self._job.busy

    def follow(self, worked: Worked) -> None:
        """Bring the stack to what a dialog did: a new step, or its last one taken back."""
        operation = worked.operation
        if operation is None:
            return
        top = self._on_top()
        if top is not None and top.number == operation.id:
            if not operation.undoable:
                top.settled = True
                self._culling.stack.undo()
        elif operation.undoable:
            name = self._name(operation)
            self._culling.stack.push(FileCommand(operation.id, name, self._take_back, self._again))

    def _on_top(self) -> FileCommand | None:
        """The step that undo would take back, if it is about files."""
        stack = self._culling.stack
        command = stack.command(stack.index() - 1) if stack.index() else None
        return command if isinstance(command, FileCommand) else None

    def _name(self, operation: Operation) -> str:
        done = sum(step.state is State.DONE for step in operation.steps)
        texts = {
            Deed.COPY: lambda n: self.tr("Copy %n file(s)", "", n),
            Deed.MOVE: lambda n: self.tr("Move %n file(s)", "", n),
            Deed.LINK: lambda n: self.tr("Link %n file(s)", "", n),
            Deed.TRASH: lambda n: self.tr("Put %n file(s) into the trash", "", n),
        }
        return counted(texts[operation.steps[0].deed], done)

    def _take_back(self, command: FileCommand) -> None:
        self._start(command, take_back)

    def _again(self, command: FileCommand) -> None:
        self._start(
            command,
            lambda operation, journal, cancel: carry_out(planned_again(operation), journal, cancel),
        )

    def _start(self, command: FileCommand, work: "_Work") -> None:
        path, number = self._path, command.number
        self._command = command
        self._culling.hold(held=True)
        self.began.emit()
        self._job.run(lambda cancel, _tell: _worked(path, number, work, cancel))

    def _on_done(self, worked: Worked) -> None:
        command, self._command = self._command, None
        self._culling.hold(held=False)
        if command is not None and worked.operation is not None:
            command.number = worked.operation.id
        self.ended.emit(worked.steps)
        if sentence := self._sentence(worked.steps):
            failed = any(step.obstacle is not None for step in worked.steps)
            (self.warned if failed else self.said).emit(sentence)

    def _on_stopped(self) -> None:
        """The library failed or there is no room; the next start offers what was cut off."""
        self._command = None
        self._culling.hold(held=False)
        self.ended.emit(())

    def _sentence(self, steps: Sequence[Step]) -> str:
        failed = [step for step in steps if step.obstacle is not None]
        back = sum(step.state is State.UNDONE and step.obstacle is None for step in steps)
        again = sum(step.state is State.DONE and step.obstacle is None for step in steps)
        words = []
        if back:
            words.append(self.tr("%n file(s) taken back.", "", back))
        if again:
            words.append(self.tr("%n file(s) done again.", "", again))
        if failed:
            assert failed[0].obstacle is not None
            why = tr_word(OBSTACLE_WORDS[failed[0].obstacle])
            words.append(self.tr("%n file(s) could not be: {why}", "", len(failed)).format(why=why))
        return " ".join(words)


_Work = Callable[[Operation, Journal, Event], Generator[Step, None, None]]


def _worked(path: Path, number: int, work: _Work, cancel: Event) -> Worked:
    """Do `work` on an operation of the journal, to its end or to a cancel."""
    with closing(Journal(path)) as journal:
        before = journal.operations()
        operation = next((one for one in before if one.id == number), None)
        if operation is None:
            return Worked((), None)
        steps = tuple(work(operation, journal, cancel))
        after = journal.operations()
        latest = after[0] if len(after) > len(before) else None
        found = latest or next((one for one in after if one.id == number), None)
    return Worked(steps, found)
