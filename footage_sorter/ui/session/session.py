"""The session: one library at work. Brings scans, analyses and decisions into the model.

Knows the services and the model, no widget. Lives on the GUI thread, with a library of its own.
"""

import logging
from collections import deque
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from footage_sorter.domain.clip import UNDECIDED, Clip, ClipId, Decision
from footage_sorter.domain.errors import ClipError, FolderUnreadable, FootageError
from footage_sorter.domain.filing import Deed, State, Step
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.report import Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.domain.taste import Taste
from footage_sorter.services import analysis, scan
from footage_sorter.services.companion_files import CompanionFiles, CompanionOutcome, TakenIn
from footage_sorter.services.core import Core
from footage_sorter.services.learning import judge
from footage_sorter.services.library import stale, uncollected
from footage_sorter.services.tagging import Untaggable
from footage_sorter.services.work import WorkQueue
from footage_sorter.store.settings_file import load_settings, save_settings
from footage_sorter.ui.session import edits
from footage_sorter.ui.session.analysis_thread import AnalysisThread
from footage_sorter.ui.session.background import Background
from footage_sorter.ui.session.clip_model import ClipModel
from footage_sorter.ui.session.columns import folder_of
from footage_sorter.ui.session.edit_writer import EditWriter
from footage_sorter.ui.session.incoming import FromBeside, OfClip, measured, scanned
from footage_sorter.ui.session.loading import Loaded, read_library
from footage_sorter.ui.session.pictures import Pictures
from footage_sorter.ui.session.rerating import Rerating
from footage_sorter.ui.session.visible_cards import NOTHING, FirstCards

log = logging.getLogger(__name__)

TELL_MS = 100
"""Outcomes of the analysis reach the model together, at most this often."""

MAX_TROUBLES = 1000
"""Lines kept for the log of what failed."""


class Session(QObject):
    """The library that the window shows, and the work on it.

    Signals:
        seen: VisibleCards and the list of ClipRow of those that are shown first; all others are
            still being read.
        loaded: What the library holds is in the model, or `troubled` said why not.
        troubled: FootageError or bug that a person must hear of once.
        looked_at: list of ClipRow that were just looked at as closely as wanted.
        decided: tuple of ClipId whose decision is another one now.
        went: tuple of ClipId that are not in the library any more.
        came_back: tuple of ClipId that are in the library again.
        limits_changed: Other limits hold now; the rows are about to be rated anew.
        scan_changed: Whether a scan is under way.
        taken_in: tuple of TakenIn, NotTakenIn and Disagreed: what a scan read beside the clips;
            it is kept and shown.
        classifiers_changed: Others are installed now; all rows were tagged anew.
        taste_changed: Another taste is in use, or none, and all rows were judged by it; whether a
            person just chose so (False: it is what the library had).
        scoring: Models that measure now, and why they stand in for the networks, or "".
    """

    seen = Signal(object, object)
    loaded = Signal()
    troubled = Signal(object)
    looked_at = Signal(object)
    decided = Signal(object)
    went = Signal(object)
    came_back = Signal(object)
    limits_changed = Signal()
    scan_changed = Signal(bool)
    taken_in = Signal(object)
    classifiers_changed = Signal()
    taste_changed = Signal(bool)
    scoring = Signal(object, str)

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.core = core
        self.classifiers = tuple(core.instruments.classifiers())
        self.model = ClipModel(self.classifiers, self)
        self.settings: Settings = load_settings(core.settings_path).settings
        self.troubles: deque[FolderUnreadable | ClipError] = deque(maxlen=MAX_TROUBLES)
        self.background = Background(self)
        self.pictures = Pictures(
            core.thumbnails.picture, core.thumbnails.strip, self.background.pool, self
        )
        self.analysis = AnalysisThread(self._analyse, self)
        self._library = core.open_library()
        self.edit_writer = EditWriter(
            self._library, core, self.background, lambda: self.settings.person
        )
        self.rerating = Rerating(self.model, self.background, lambda: self.settings.limits_for)
        self.edit_writer.refused.connect(self.troubled)
        self.taste: Taste | None = None
        self.is_loaded = False
        self._to_add: list[Path] = []  # asked for before the library was loaded
        self._closed = False
        self._limits_in: dict[str, Limits] = {}  # by folder: asked for each of 10,000 rows
        self._told: list[OfClip] = []  # by the analysis, since `_take_in`
        self._tell = QTimer(self, singleShot=True, interval=TELL_MS)
        self._tell.timeout.connect(self._take_in)
        self.background.scanned.connect(self._on_scanned)
        self.background.failed.connect(self.troubled)
        self.background.idle.connect(lambda: self.scan_changed.emit(False))  # noqa: FBT003
        self.analysis.outcome.connect(self._on_outcome)
        self.analysis.ended.connect(self._regroup)
        self.analysis.aborted.connect(self.troubled)

    # The library

    def load(self, first: FirstCards = NOTHING) -> None:
        """Read the library in the pool; `seen` tells the cards of `first`, `loaded` all clips."""
        read = partial(read_library, self.core, self.settings, self.classifiers, first)
        self.background.run(lambda _cancel: read(self.seen.emit), self._on_loaded)

    def _on_loaded(self, found: object) -> None:
        assert isinstance(found, Loaded)
        if self._closed:
            return
        if not found.is_made_by(self.settings, self.classifiers):  # a person was quicker
            self.load()
            return
        if found.trouble is not None:
            self.troubled.emit(found.trouble)
        self.taste = found.taste
        with uncollected():
            self.model.put_all(found.rows)
        self.is_loaded = True
        self.taste_changed.emit(False)  # noqa: FBT003
        self.loaded.emit()
        self._ask_for(found.stale)
        self._ask_for_tags(found.untagged)
        waiting, self._to_add = self._to_add, []
        self.add(waiting)

    def add(self, paths: Sequence[Path]) -> None:
        """Bring what lies below `paths` into the library; rows appear as files are found.

        What is known of a file must be in the model before: until then they wait.
        """
        if not self.is_loaded:
            self._to_add += paths
        elif paths:
            settings = self.settings
            beside = CompanionFiles(settings.read_sidecars, settings.team_file, settings.person)
            core = self.core
            self.background.scan(paths, core.open_store, core.instruments.probe, beside)
            self.scan_changed.emit(True)  # noqa: FBT003

    def prioritise(self, ids: Sequence[ClipId]) -> None:
        """Look at these clips first: the selected and visible ones."""
        self.analysis.work.prioritise(ids)

    def analyse_rest(self) -> bool:
        """Take up what a cancel or an error left; False where nothing is."""
        left = stale(self.model.rows(), self.core.models)
        untagged = self._library.untagged(self.model.rows())
        self._ask_for(left)
        self._ask_for_tags(untagged)
        return bool(left or untagged)

    def use_classifiers(self) -> None:
        """Take up the shelf as it is now: columns, tags on record, and what is left to judge."""
        self.classifiers = tuple(self.core.instruments.classifiers())
        rows = self._library.tagged(self.model.rows(), self.classifiers)
        self.model.set_classifiers(self.classifiers)
        self.model.put_all(rows)
        self.classifiers_changed.emit()
        self._ask_for_tags(self._library.untagged(self.model.rows()))

    def remove(self, ids: Iterable[ClipId]) -> bool:
        """Take clips out of the library; their files and decisions stay. False if not kept."""
        gone = tuple(ids)
        return self.edit_writer.write(edits.remove(gone, partial(self._show_gone, gone)))

    def _show_gone(self, gone: Sequence[ClipId]) -> None:
        self.analysis.work.drop(gone)
        self.model.remove(gone)
        self.went.emit(gone)

    def put_back(self, rows: Sequence[ClipRow]) -> bool:
        """Bring clips that were taken out back, as `rows` have them; False if not kept."""
        return self.edit_writer.write(
            edits.put_back(rows, self.model, self._library.over, self._show_back)
        )

    def _show_back(self, back: edits.Restored) -> None:
        self.model.put_all(back.rows)
        if any(row.tracks is not None and row.limits != self.limits_of(row) for row in back.rows):
            self.rerating.start()  # limits have moved since they were taken out
        self._ask_for(stale(back.rows, self.core.models))
        self._ask_for_tags(back.untagged)
        self.came_back.emit(tuple(back.there))

    def follow(self, steps: Iterable[Step]) -> None:
        """Show where clips are after their files changed places; the journal knows it already."""
        if self._closed:
            return
        rows = []
        for step in steps:
            row = None if step.clip_id is None else self.model.row(step.clip_id)
            if row is None or step.deed not in (Deed.MOVE, Deed.TRASH):
                continue
            clip = self._library.store.clip(row.clip.id)
            if clip is not None:
                gone = step.deed is Deed.TRASH and step.state is State.DONE
                rows.append(replace(row, clip=clip, missing=gone))
        self.analysis.work.drop([row.clip.id for row in rows])  # they were asked for at old places
        self.model.put_all(rows)
        self._ask_for(stale(rows, self.core.models))

    def shutdown(self) -> bool:
        """End all threads and close the library; False if a thread did not end in time."""
        if self._closed:
            return True
        self._closed = True
        # What was told and not heard yet is on disk; heard now, it would begin new work.
        self.background.scanned.disconnect(self._on_scanned)
        self.analysis.outcome.disconnect(self._on_outcome)
        self.analysis.ended.disconnect(self._regroup)
        self._tell.stop()
        self.pictures.shutdown()
        self.analysis.cancel()
        self.core.stop_processes()  # threads may be waiting for one that hangs, or loads for long
        ended = self.analysis.shutdown()
        ended = self.background.shutdown() and ended
        self.edit_writer.flush()
        self._library.close()
        return ended

    # Opinions

    def write(self, decisions: Mapping[ClipId, Decision]) -> bool:
        """Keep decisions, then show them; False, and `troubled`, where that cannot be.

        Many are kept in the pool: see `EditWriter`.
        """
        told = partial(self.decided.emit, tuple(decisions))
        return self.edit_writer.write(
            edits.decide(decisions, self.model, lambda: self.settings.limits_for, told)
        )

    def show_decisions(self, decisions: Mapping[ClipId, Decision]) -> None:
        """Show decisions that are kept already."""
        edits.show(decisions, self.model, self.settings.limits_for)
        self.decided.emit(tuple(decisions))

    def decision(self, clip_id: ClipId) -> Decision:
        """What a person said of a clip so far."""
        row = self.model.row(clip_id)
        shown = UNDECIDED if row is None else row.decision
        return self.edit_writer.waiting(clip_id) or shown

    def decisions(self, ids: Sequence[ClipId]) -> dict[ClipId, Decision]:
        """The same of many clips."""
        if self.edit_writer.under_way:
            return {one: self.decision(one) for one in ids}
        shown = {row.clip.id: row.decision for row in self.model.rows_of(ids)}
        return {one: shown.get(one, UNDECIDED) for one in ids}

    def set_limits(self, limits: Limits | None, folder: Path | None = None) -> None:
        """Let other limits hold in the library, or in a folder; `rerating` follows, in the pool.

        Args:
            limits: None: the folder has none of its own any more.
            folder: None: the library's limits.
        """
        settings = self.settings.with_limits(limits, folder)
        if settings == self.settings:
            return
        self.save(settings)
        self.limits_changed.emit()
        self.rerating.start()

    def use_taste(self, taste: Taste | None) -> bool:
        """Rate every clip by a taste too, or by none; False, and `troubled`, if not kept."""
        try:
            self._library.use_taste(taste)
        except FootageError as error:
            self.troubled.emit(error)
            return False
        self.taste = taste
        self.model.put_all(judge(self.model.rows(), taste))
        self.taste_changed.emit(True)  # noqa: FBT003
        return True

    def take_features(self, rows: Iterable[ClipRow]) -> None:
        """Take what can be learned of clips that an older release analysed."""
        known = [(self.model.row(row.clip.id), row) for row in rows if row.features is not None]
        self.model.put_all(
            judge(
                [
                    replace(now, features=made.features)
                    for now, made in known
                    if now is not None and now.features is None and now.models == made.models
                ],
                self.taste,
            )
        )

    def save(self, settings: Settings) -> None:
        """Keep settings; they hold for this session even where they cannot be written."""
        if settings == self.settings:
            return
        self.settings = settings
        self._limits_in.clear()
        try:
            save_settings(self.core.settings_path, settings)
        except FootageError as error:
            self.troubled.emit(error)

    # What comes in

    def _analyse(
        self, work: WorkQueue, switches: analysis.Switches
    ) -> Generator[analysis.Outcome, None, None]:
        """Runs on the analysis thread."""
        return analysis.analyse(work, switches, self.core.open_store, self.core.instruments)

    def _on_scanned(self, outcomes: Sequence[CompanionOutcome]) -> None:
        news = scanned(outcomes, self.model.row)
        for trouble in news.troubles:
            self.troubles.append(trouble)
            if isinstance(trouble, FolderUnreadable):
                self.troubled.emit(trouble)
        self.model.remove(news.replaced)
        self.model.put_all(news.rows)
        self._ask_for(news.readable)
        self._take_along(news.beside)

    def _take_along(self, news: Sequence[FromBeside]) -> None:
        """Show what was read beside the clips; it is in the library already."""
        if news:
            self.show_decisions(
                {one.clip_id: one.after for one in news if isinstance(one, TakenIn)}
            )
            self.taken_in.emit(tuple(news))

    def _on_outcome(self, outcome: analysis.Outcome) -> None:
        match outcome:
            case analysis.Scoring():
                self.scoring.emit(outcome.models, outcome.stands_in)
                return
            case Untaggable():
                self.troubled.emit(outcome.error)
                return
            case _:
                self._told.append(outcome)
        if not self._tell.isActive():
            self._tell.start()

    def _take_in(self) -> None:
        """Show what was analysed since the last time."""
        told, self._told = self._told, []
        self.troubles.extend(one.error for one in told if isinstance(one, scan.Failed))
        rows = judge(measured(told, self.model.row, self.limits_of, self.classifiers), self.taste)
        self.model.put_all(rows)
        looked = {one.clip.id for one in told if isinstance(one, analysis.Analysed)}
        self.looked_at.emit(
            [row for row in rows if row.clip.id in looked and row.looked is Pass.FULL]
        )

    def _regroup(self) -> None:
        """Judge dimness by the clips that came in: see `domain.groups`."""
        self._take_in()
        self.rerating.start(group=True)

    def _ask_for(self, clips: Sequence[Clip]) -> None:
        if clips:
            self.analysis.work.add(clips)
            if self.classifiers:
                self.analysis.work.add_tags(clips)
            self.analysis.start()

    def _ask_for_tags(self, clips: Sequence[Clip]) -> None:
        """Let the installed classifiers judge what they did not judge yet."""
        if clips:
            self.analysis.work.add_tags(clips)
            self.analysis.start()

    def limits_of(self, row: ClipRow) -> Limits:
        """The limits that hold for a clip."""
        folder = folder_of(row)
        limits = self._limits_in.get(folder)
        if limits is None:
            limits = self._limits_in[folder] = self.settings.limits_for(row.clip.path)
        return limits
