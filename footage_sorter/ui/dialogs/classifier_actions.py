"""The window's way to classifiers: the list of those installed, installing, putting aside.

What is slow, checking a classifier, is done in the pool.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import Classifier
from footage_sorter.domain.words import error
from footage_sorter.ui.dialogs.classifiers import ClassifiersDialog
from footage_sorter.ui.dialogs.train import TrainDialog
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.session import Session


class ClassifierActions(QObject):
    """Brings classifiers into the program and takes them out again.

    Signals:
        said: A sentence for the person.
        warned: A sentence about what went wrong.
    """

    said = Signal(str)
    warned = Signal(str)

    def __init__(
        self, session: Session, shown_rows: Callable[[], list[ClipRow]], window: QWidget
    ) -> None:
        """Work on `session` above `window`; `shown_rows` gives what the library shows."""
        super().__init__(window)
        self._shown_rows = shown_rows
        self._session = session
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        return {"classifiers": self.show_list, "train": self.train}

    def show_list(self) -> ClassifiersDialog:
        """List what is installed."""
        dialog = ClassifiersDialog(self._session, self._window)
        dialog.add_wanted.connect(self.choose)
        dialog.remove_wanted.connect(self.remove)
        dialog.train_wanted.connect(self.train)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def train(self) -> TrainDialog:
        """Open the dialog that trains one."""
        dialog = TrainDialog(self._session, self._shown_rows(), self._window)
        dialog.install_wanted.connect(self.install)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def choose(self) -> None:
        """Ask for a classifier's folder, and install it."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Folder of a classifier"))
        if name:
            self.install(Path(name))

    def install(self, folder: Path) -> None:
        """Check, copy and use a classifier."""
        shelf = self._session.core.shelf
        self._session.background.run(
            lambda _cancel: _tried(lambda: shelf.install(folder)), self._on_installed
        )

    def remove(self, name: str) -> None:
        """Put a classifier aside."""
        answer = _tried(lambda: self._session.core.shelf.remove(name))  # one rename
        if isinstance(answer, FootageError):
            self.warned.emit(tr_phrase(error(answer)))
        else:
            self.said.emit(self.tr("{name} was put aside; nothing is deleted.").format(name=name))
        self._session.use_classifiers()

    def _on_installed(self, answer: object) -> None:
        if isinstance(answer, FootageError):
            self.warned.emit(tr_phrase(error(answer)))
            return
        assert isinstance(answer, Classifier)
        self.said.emit(
            self.tr("{title} is installed: every clip gets a tag: {labels}.").format(
                title=answer.title, labels=", ".join(answer.labels)
            )
        )
        self._session.use_classifiers()


def _tried(work: Callable[[], object]) -> object:
    """What `work` returns, or the expected trouble that it met."""
    try:
        return work()
    except FootageError as trouble:
        return trouble
