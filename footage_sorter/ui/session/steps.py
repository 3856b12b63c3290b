"""Steps: what a person did, as commands that can be undone. Each begins as it is pushed.

Knows the session; chooses nothing.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtGui import QUndoCommand

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.session import Session

Name = Callable[[int], str]
"""Names an act on a number of clips, for the menu: "Reject 14 clips"."""


class DecideCommand(QUndoCommand):
    """Decisions before and after one act."""

    def __init__(
        self,
        session: Session,
        before: Mapping[ClipId, Decision],
        after: Mapping[ClipId, Decision],
        text: str,
    ) -> None:
        super().__init__(text)
        self._session = session
        self.before = before
        self.after = after

    def is_about(self, what: object) -> bool:
        """Whether it had `what` kept: see `EditWriter.lost`."""
        return what is self.before or what is self.after

    def redo(self) -> None:
        """Qt override."""
        if not self._session.write(self.after):
            self.setObsolete(True)  # nothing was kept, so there is nothing to undo

    def undo(self) -> None:
        """Qt override."""
        if not self._session.write(self.before):
            self.setObsolete(True)


class DoneCommand(DecideCommand):
    """Decisions that came in and were kept before the step was made; it begins as done.

    Those of one origin, which come a few at a time, are one step.
    """

    _ID = 1  # Qt asks commands of the same number whether they are one

    def __init__(
        self,
        session: Session,
        before: Mapping[ClipId, Decision],
        after: Mapping[ClipId, Decision],
        name: Name,
        origin: object,
    ) -> None:
        super().__init__(session, before, after, counted(name, len(after)))
        self._name = name
        self.origin = origin
        self._is_done = True

    def redo(self) -> None:
        """Qt override: called once when the step is pushed, where there is nothing left to do."""
        if self._is_done:
            self._is_done = False
        else:
            super().redo()

    def id(self) -> int:
        """Qt override."""
        return self._ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Qt override."""
        if not isinstance(other, DoneCommand) or other.origin != self.origin:
            return False
        self.before = {**other.before, **self.before}
        self.after = {**self.after, **other.after}
        self.setText(counted(self._name, len(self.after)))
        return True


class RemoveCommand(QUndoCommand):
    """Clips that leave the library, and come back with all that is known of them."""

    def __init__(self, session: Session, ids: tuple[ClipId, ...], text: str) -> None:
        super().__init__(text)
        self._session = session
        self._ids = ids
        self._rows: list[ClipRow] = []

    def is_about(self, what: object) -> bool:
        """Whether it had `what` kept: see `EditWriter.lost`."""
        return what is self._ids or what is self._rows

    def redo(self) -> None:
        """Qt override."""
        self._rows = self._session.model.rows_of(self._ids)
        if not self._session.remove(self._ids):
            self.setObsolete(True)

    def undo(self) -> None:
        """Qt override."""
        if not self._session.put_back(self._rows):
            self.setObsolete(True)


class LimitsCommand(QUndoCommand):
    """Limits of the library, or of a folder, before and after one act."""

    def __init__(
        self, session: Session, after: Limits | None, folder: Path | None, text: str
    ) -> None:
        super().__init__(text)
        self._session = session
        settings = session.settings
        self._before = settings.folder_limits.get(folder) if folder else settings.limits
        self._after = after
        self._folder = folder

    def redo(self) -> None:
        """Qt override."""
        self._session.set_limits(self._after, self._folder)

    def undo(self) -> None:
        """Qt override."""
        self._session.set_limits(self._before, self._folder)


class SaveCommand(QUndoCommand):
    """What a person saved under a name, before and after one act.

    All such acts are steps of one stack, so each is undone from what it left.
    """

    def __init__(self, before: Callable[[], None], after: Callable[[], None], text: str) -> None:
        """Keep by `after`, and again as it was by `before`."""
        super().__init__(text)
        self._before = before
        self._after = after

    def redo(self) -> None:
        """Qt override."""
        self._after()

    def undo(self) -> None:
        """Qt override."""
        self._before()


def counted(name: Name, clips: int) -> str:
    """The name of an act on so many clips or files.

    English is the program's own language and has no file of plural forms.
    """
    text = name(clips)
    for word in ("clip", "file"):
        text = text.replace(f"{word}(s)", word if clips == 1 else f"{word}s")
    return text.replace("(s)", "s")
