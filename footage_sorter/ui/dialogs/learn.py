"""Learn from my marks: how many there are, whether they foretell, and a switch that can be undone.

Learning runs in the pool; nothing is in use before a person says so.
"""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from footage_sorter.domain.agreement import MIN_MARKS, Agreement
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.taste import Lesson, Taste
from footage_sorter.domain.words import agreement, error, other_models
from footage_sorter.services.core import Core
from footage_sorter.services.learning import learn_from
from footage_sorter.services.taste_file import read_taste_for, write_taste
from footage_sorter.ui.look.forms import form, lay_out, primary, quiet, sentence
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.background_job import BackgroundJob
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.session import Session

WORDS_PX = 184
"""Room beside each bar, the same for all: their ends stand below one another."""


class TasteCommand(QUndoCommand):
    """Which taste was in use before one act, and which after it."""

    def __init__(self, session: Session, after: Taste | None, text: str) -> None:
        super().__init__(text)
        self._session = session
        self._before = session.taste
        self._after = after

    def redo(self) -> None:
        """Qt override."""
        if not self._session.use_taste(self._after):
            self.setObsolete(True)  # nothing was kept, so there is nothing to undo

    def undo(self) -> None:
        """Qt override."""
        if not self._session.use_taste(self._before):
            self.setObsolete(True)


class Meter(QWidget):
    """A bar and, beside it, what it says."""

    def __init__(self, name: str, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = QProgressBar(maximum=highest, textVisible=False)
        self._bar.setAccessibleName(name)
        self._words = QLabel()
        self._words.setMinimumWidth(WORDS_PX)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._bar, 1)
        line.addWidget(self._words)

    def show_value(self, value: int, words: str) -> None:
        """Fill the bar up to `value`, or wholly where that is beyond its end."""
        self._bar.setValue(min(value, self._bar.maximum()))
        self._bar.setAccessibleDescription(words)
        self._words.setText(words)

    def value(self) -> int:
        """How far the bar is filled."""
        return self._bar.value()

    def text(self) -> str:
        """What it says."""
        return self._words.text()


class LearnDialog(QDialog):
    """Shows what came of learning; switches it on and off, writes and reads it."""

    def __init__(self, session: Session, stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stack = stack
        self._taste: Taste | None = None
        self._learning, self._file = (BackgroundJob(session.background, self) for _ in range(2))
        self.setWindowTitle(self.tr("Learn from my marks"))
        self.resize(600, 320)
        self._lay_out()
        self._learning.done.connect(self._on_learned)
        self._file.done.connect(self._on_file)
        for job in (self._learning, self._file):
            job.failed.connect(lambda trouble: self.sentence.setText(tr_phrase(error(trouble))))
        session.taste_changed.connect(self._show_state)
        self._show_state()
        self.learn()

    def learn(self) -> None:
        """Learn from the marks as they are now, in the pool."""
        core, rows = self._session.core, list(self._session.model.rows())
        self.sentence.setText(self.tr("Comparing with your marks…"))
        self.use.setEnabled(False)
        self._learning.run(lambda _cancel, _tell: _learn(core, rows))

    def use_learned(self) -> None:
        """Rate every clip by what was learned, as one step."""
        if self._taste is not None:
            self._put(self._taste, self.tr("Rating for you"))

    def revert(self) -> None:
        """Go back to the verdict alone, as one step."""
        if self._session.taste is not None:
            self._put(None, self.tr("End of the rating for you"))

    def write(self, path: Path) -> None:
        """Write what is in use, or else what was just learned, into a file."""
        taste = self._session.taste or self._taste
        if taste is not None:
            self._file.run(lambda _cancel, _tell: _write(path, taste))

    def read(self, path: Path) -> None:
        """Take over what a file holds; a file that is refused changes nothing."""
        models, rows = self._session.core.models, list(self._session.model.rows())
        self._file.run(lambda _cancel, _tell: read_taste_for(path, rows, models))

    # What came of it

    def _on_learned(self, found: tuple[Sequence[ClipRow], Lesson]) -> None:
        rows, lesson = found
        self._session.take_features(rows)
        self._taste = lesson.taste
        self._show_agreement(lesson.agreement)
        self._show_state()

    def _on_file(self, found: Taste | Path) -> None:
        if isinstance(found, Path):
            self.sentence.setText(self.tr("Wrote {path}").format(path=shown_path(str(found))))
            return
        self._show_agreement(found.agreement)
        self._put(found, self.tr("Rating for you from a file"))

    def _put(self, taste: Taste | None, text: str) -> None:
        self._stack.push(TasteCommand(self._session, taste, text))

    def _show_agreement(self, found: Agreement) -> None:
        enough = found.n_marks >= MIN_MARKS
        words = (
            self.tr("{kept} kept, {rejected} rejected")
            if enough
            else self.tr("{marks} of {needed}")
        )
        self.marks.show_value(
            found.n_marks,
            words.format(
                kept=found.n_kept,
                rejected=found.n_rejected,
                marks=found.n_marks,
                needed=MIN_MARKS,
            ),
        )
        self.sentence.setText(tr_phrase(agreement(found)))
        compared = found.before is not None and found.after is not None
        for bar, share in ((self.before, found.before), (self.after, found.after)):
            percent = round(100 * (share or 0.0))
            bar.show_value(percent, f"{percent} %")
            self._rows.setRowVisible(bar, compared)
        self._rows.setRowVisible(self._compared, compared)

    def _show_state(self) -> None:
        taste = self._session.taste
        self.use.setEnabled(self._taste is not None and self._taste is not taste)
        self.revert_button.setEnabled(taste is not None)
        self.export.setEnabled((taste or self._taste) is not None)
        if taste is None:
            self.state.setText(self.tr("Not in use: clips have the verdict alone."))
        elif taste.models != self._session.core.models:
            self.state.setText(tr_phrase(other_models()))
        else:
            learned = datetime.fromtimestamp(taste.learned_at_ns / 1e9).astimezone()
            self.state.setText(
                self.tr("In use, learned {when} from {marks} marks.").format(
                    when=f"{learned:%Y-%m-%d %H:%M}", marks=taste.agreement.n_marks
                )
            )

    # Files

    def _ask_and_write(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export what was learned"), "for-you.json", "*.json"
        )
        if name:
            self.write(Path(name))

    def _ask_and_read(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import what was learned"), "", "*.json"
        )
        if name:
            self.read(Path(name))

    # Its parts

    def _lay_out(self) -> None:
        says = quiet(
            self.tr(
                "What you keep and reject says what you look for. Learned from it, every clip gets "
                "a second rating, “For you”, beside the verdict and never in its place. No clip is "
                "read again, and nothing leaves this machine."
            )
        )
        self.marks = Meter(self.tr("Your marks"), MIN_MARKS)
        self.before = Meter(self.tr("Usability alone"), 100)
        self.after = Meter(self.tr("For you"), 100)
        self._rows: QFormLayout = form()
        self._rows.addRow(self.tr("Your marks"), self.marks)
        self._compared = quiet(self.tr("Agrees with your marks, on clips it had not seen:"))
        self._rows.addRow(self._compared)
        self._rows.addRow(self.tr("Usability alone"), self.before)
        self._rows.addRow(self.tr("For you"), self.after)
        self.sentence, self.state = sentence(), quiet()
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        lay_out(
            self, says, self._rows, self.sentence, self.state, self._buttons(), tall=self.sentence
        )

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(self.tr("Close"))
        role = QDialogButtonBox.ButtonRole.ActionRole

        def button(words: str) -> QPushButton:
            return buttons.addButton(words, role)

        self.use = primary(button(self.tr("Rate for me")))
        self.revert_button = button(self.tr("Verdict alone"))
        self.export, import_ = button(self.tr("Export…")), button(self.tr("Import…"))
        self.use.clicked.connect(self.use_learned)
        self.revert_button.clicked.connect(self.revert)
        self.export.clicked.connect(self._ask_and_write)
        import_.clicked.connect(self._ask_and_read)
        buttons.rejected.connect(self.reject)
        return buttons


def _learn(core: Core, rows: Sequence[ClipRow]) -> tuple[Sequence[ClipRow], Lesson]:
    """Learn from `rows`; the rows with what an older release did not store of them."""
    with closing(core.open_library()) as library:
        known = library.with_features(rows)
    return known, learn_from(known, core.models)


def _write(path: Path, taste: Taste) -> Path | FootageError:
    write_taste(path, taste)
    return path
