"""Back in: marks that come from elsewhere, each time as one step that can be undone.

From another program's file, from sidecars and from a team, when a person asks for it; from what
lies beside the clips, on a scan.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from footage_sorter.domain.clip import ClipId, Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.team import Conflict
from footage_sorter.domain.words import conflict, error
from footage_sorter.services.companion_files import Disagreed, NotTakenIn, Source, TakenIn
from footage_sorter.services.core import Core
from footage_sorter.services.read_back import ReadBack, read_back, read_back_sidecars
from footage_sorter.services.team import Exchanged, exchange, shared_folders
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.background_job import BackgroundJob
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.culling import Culling
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.steps import Name

MOST_LISTED = 10
"""Lines in a box; the rest is behind its button."""


class ImportActions(QObject):
    """Brings marks into the library, and says what came.

    Signals:
        said: A sentence for the person.
        warned: A sentence about what went wrong.
    """

    said = Signal(str)
    warned = Signal(str)

    def __init__(self, session: Session, culling: Culling, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._culling, self._window = session, culling, window
        self._scan = 0
        self._news: list[TakenIn] = []
        self._refused: list[ExchangeRefused] = []
        self._back, self._team = (BackgroundJob(session.background, self) for _ in range(2))
        self._back.done.connect(self._on_read_back)
        self._team.done.connect(self._on_exchanged)
        for job in (self._back, self._team):
            job.failed.connect(session.troubled)
        session.taken_in.connect(self._on_taken_in)
        session.scan_changed.connect(self._on_scan_changed)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        return {
            "read_back": self.ask_and_read,
            "read_sidecars": self.read_sidecars,
            "team": self.share,
        }

    # When a person asks

    def ask_and_read(self) -> None:
        """Ask for a file of another program and read the marks in it."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Read marks back"),
            "",
            self.tr("Final Cut Pro, Resolve, table") + " (*.fcpxml *.fcpxmld *.csv *.json)",
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
        (self.warned if found.refused else self.said).emit(" ".join(words))
        if found.ambiguous:
            self._list(
                self.tr("Which clip is meant?"),
                self.tr("%n clip(s) could be several; nothing was taken over of them.", "",
                        len(found.ambiguous)),
                [shown_path(str(path)) for path in found.ambiguous],
            )  # fmt: skip

    def _on_exchanged(self, found: Exchanged) -> None:
        before = {one: self._session.decision(one) for one in found.decisions}
        self._session.show_decisions(found.decisions)
        self._keep_step(Source.TEAM, before, found.decisions, object())
        self.said.emit(self.tr("%n clip(s) changed.", "", len(found.decisions)))
        self._show_conflicts(found.conflicts)

    # On a scan

    def _on_scan_changed(self, scanning: bool) -> None:  # noqa: FBT001  a signal's argument
        if scanning:
            self._scan += 1
            return
        words = self._sentences()
        self._news.clear()
        self._refused.clear()
        if words:
            self.said.emit(" ".join(words))

    def _on_taken_in(self, outcomes: Sequence[TakenIn | NotTakenIn | Disagreed]) -> None:
        """Decisions that are kept and shown already; the step takes them back."""
        self._news += [one for one in outcomes if isinstance(one, TakenIn)]
        self._refused += [one.error for one in outcomes if isinstance(one, NotTakenIn)]
        for source in Source:
            changed = [
                one
                for one in outcomes
                if isinstance(one, TakenIn) and one.source is source and one.before != one.after
            ]
            before = {one.clip_id: one.before for one in changed}
            after = {one.clip_id: one.after for one in changed}
            self._keep_step(source, before, after, (source, self._scan))
        for one in outcomes:
            if isinstance(one, Disagreed):
                self._show_conflicts(one.conflicts)

    def _sentences(self) -> list[str]:
        """What the last scan brought; nothing where it brought nothing."""
        changed = [one.source for one in self._news if one.before != one.after]
        differing = sum(one.differs for one in self._news)
        words = []
        if n := changed.count(Source.SIDECAR):
            words.append(self.tr("%n mark(s) read from sidecars.", "", n))
        if n := changed.count(Source.TEAM):
            words.append(self.tr("%n mark(s) read from the team's file.", "", n))
        if differing:
            words.append(self.tr("%n sidecar(s) differ: what was said here holds.", "", differing))
        if self._refused:
            words.append(tr_phrase(error(self._refused[0])))
        return words

    def _keep_step(
        self,
        source: Source,
        before: Mapping[ClipId, Decision],
        after: Mapping[ClipId, Decision],
        origin: object,
    ) -> None:
        """Make a step of it; what has the same origin is one step."""
        names: dict[Source, Name] = {
            Source.SIDECAR: lambda n: self.tr("Read sidecars of %n clip(s)", "", n),
            Source.TEAM: lambda n: self.tr("Take over %n clip(s) from the team", "", n),
        }
        self._culling.was_done(before, after, names[source], origin)

    # What is shown

    def _show_conflicts(self, found: Sequence[Conflict]) -> None:
        if found:
            self._list(
                self.tr("Where the team disagrees"),
                self.tr("The newest statement holds. %n was overruled.", "", len(found)),
                [tr_phrase(conflict(one)) for one in found],
            )

    def _list(self, title: str, text: str, lines: Sequence[str]) -> None:
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(title)
        box.setText(text)
        box.setInformativeText("\n".join(lines[:MOST_LISTED]))
        if len(lines) > MOST_LISTED:
            box.setDetailedText("\n".join(lines))
        box.open()


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
