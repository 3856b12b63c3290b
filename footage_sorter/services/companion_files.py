"""Companion files: marks in XMP sidecars and in the team's file come into the library on a scan.

Everything is stored before it is told. What was said here is never demoted, and a sidecar that did
not change since it was read last says nothing new: what a person takes back stays taken back.
"""

import logging
import time
from collections.abc import Collection, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip, ClipId, Decision, FileStamp
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.team import Conflict
from footage_sorter.services.files_in import read_file
from footage_sorter.services.handoff.sidecars import (
    MAX_SIDECAR_BYTES,
    Folders,
    read_sidecar_file,
)
from footage_sorter.services.handoff.xmp import content_of
from footage_sorter.services.scan import Found, Read, ScanOutcome, absolute
from footage_sorter.services.team import TEAM_FILE, bring_notes
from footage_sorter.services.transfer import stamp_of
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.sidecars import SidecarSaid, SidecarSeen

log = logging.getLogger(__name__)

TOGETHER = 64
"""Sidecars that are stored in one step: each step waits for the disk."""

SIDECAR = "XMP"
"""Who said what comes from a sidecar: it names nobody."""


class Source(StrEnum):
    """Where marks were read."""

    SIDECAR = "sidecar"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What lies beside a clip was read; it is in the library already.

    Attributes:
        before: The decision on the clip until then.
        after: The decision that holds now; the same where nothing new was said.
        differs: The sidecar, though newer, has another mark or other stars: left alone.
    """

    clip_id: ClipId
    source: Source
    before: Decision
    after: Decision
    differs: bool = False


@dataclass(frozen=True, slots=True)
class NotTakenIn:
    """A sidecar or a team's file cannot be read; the scan goes on."""

    error: ExchangeRefused


@dataclass(frozen=True, slots=True)
class Disagreed:
    """Where statements in the team's file and here overrule one another."""

    conflicts: tuple[Conflict, ...]


CompanionOutcome = ScanOutcome | TakenIn | NotTakenIn | Disagreed


@dataclass(frozen=True, slots=True)
class CompanionFiles:
    """What is read on a scan, beside the clips.

    Attributes:
        sidecars: XMP sidecars are read.
        team: The team's files are read.
        person: Signs what was decided in this library.
    """

    sidecars: bool = True
    team: bool = False
    person: str = ""


def take_along(
    outcomes: Generator[ScanOutcome, None, None],
    paths: Sequence[Path],
    store: ClipStore,
    cancel: Event,
    wanted: CompanionFiles,
) -> Generator[CompanionOutcome, None, None]:
    """Yield the outcomes of a scan of `paths`, and what lies beside its clips, once it is stored.

    A clip that is read has its sidecar read with it; those that the library knew follow at the
    end, so that every row is on the screen before the first sidecar is opened.
    """
    sidecars = _Sidecars(store)
    known: dict[ClipId, Clip] = {}
    with closing(outcomes):
        for outcome in outcomes:
            yield outcome
            if isinstance(outcome, Found):
                known[outcome.clip.id] = outcome.clip
            elif isinstance(outcome, Read):
                known.pop(outcome.replaced or outcome.clip.id, None)
                known[outcome.clip.id] = outcome.clip
                if wanted.sidecars:
                    yield from sidecars.look(outcome.clip)
    for clip in known.values():
        if not wanted.sidecars or cancel.is_set():
            break
        yield from sidecars.look(clip)  # those that were looked at are not opened again
    if wanted.sidecars and not cancel.is_set():
        yield from sidecars.look_for_renamed()
    yield from sidecars.finish()
    if wanted.team and not cancel.is_set():
        folders = {clip.path.parent for clip in known.values()}
        yield from take_in_notes(_with_parents(folders, paths), store, wanted.person)


def take_in_notes(
    folders: Sequence[Path], store: ClipStore, person: str
) -> Iterator[TakenIn | NotTakenIn | Disagreed]:
    """Take in the team's file of each of `folders` that has one. Writes none."""
    for folder in folders:
        if not (folder / TEAM_FILE).exists():
            continue
        before = {clip.id: store.decision(clip.id) for clip in store.clips_below([folder])}
        try:
            found = bring_notes(folder, store, person)
        except ExchangeRefused as error:
            yield NotTakenIn(error)
            continue
        for clip_id, after in found.decisions.items():
            yield TakenIn(clip_id, Source.TEAM, before[clip_id], after)
        if found.conflicts:
            yield Disagreed(found.conflicts)


class _Sidecars:
    """Reads the sidecars that are new or changed, and stores what they say some at a time."""

    def __init__(self, store: ClipStore) -> None:
        self._store = store
        self._seen = store.sidecars()
        self._folders = Folders()
        self._pending: dict[ClipId, SidecarSaid] = {}

    def look(self, clip: Clip) -> Iterator[TakenIn | NotTakenIn]:
        """Read the sidecar of `clip`, if there is one that was not read yet."""
        try:
            found = self._find(clip)
        except (ExchangeRefused, OSError) as error:  # the drive went: the scan tells of it
            log.info("no sidecar is looked for beside %s: %s", clip.path, error)
            return
        if found is not None:
            yield from self._read(clip, found, clip.path.with_name(found.name))

    def _read(self, clip: Clip, found: SidecarSeen, path: Path) -> Iterator[TakenIn | NotTakenIn]:
        """Read a sidecar, unless it was read as it is."""
        if self._seen.get(clip.id) == found:
            return
        self._seen[clip.id] = found
        decision: Decision | None = None
        try:
            decision = read_sidecar_file(path)
        except ExchangeRefused as error:
            yield NotTakenIn(error)
        at_ns = max(1, min(found.stamp.mtime_ns, time.time_ns()))
        self._pending[clip.id] = SidecarSaid(found, decision, at_ns, SIDECAR)
        if len(self._pending) >= TOGETHER:
            yield from self.finish()

    def look_for_renamed(self) -> Iterator[TakenIn | NotTakenIn]:
        """Read the sidecars whose clip has another name by now, where they tell its content."""
        for folder, names in self._folders.listed():
            for name in names.orphans():
                path = folder / name
                try:
                    content = content_of(read_file(path, MAX_SIDECAR_BYTES), path)
                except ExchangeRefused as error:
                    log.info("a sidecar without a clip is passed over: %s", error)
                    continue
                clips = self._store.same_content(content) if content is not None else []
                stamp = stamp_of(path)
                if len(clips) == 1 and stamp is not None and self._find(clips[0]) is None:
                    yield from self._read(clips[0], SidecarSeen(name, stamp), path)

    def finish(self) -> Iterator[TakenIn]:
        """Store what is not stored yet, and tell it."""
        pending, self._pending = self._pending, {}
        if not pending:
            return
        for clip_id, taken in self._store.take_in(pending).items():
            if pending[clip_id].decision is not None:
                yield TakenIn(clip_id, Source.SIDECAR, taken.before, taken.after, taken.differs)

    def _find(self, clip: Clip) -> SidecarSeen | None:
        name = self._folders.names(clip.path.parent).there(clip.path.name)
        stamp: FileStamp | None = None if name is None else stamp_of(clip.path.with_name(name))
        return None if name is None or stamp is None else SidecarSeen(name, stamp)


def _with_parents(folders: Collection[Path], paths: Sequence[Path]) -> list[Path]:
    """`folders` and those between them and the scanned `paths`, each once, outermost first."""
    tops = set(map(absolute, paths))
    between = {
        one
        for folder in folders
        for one in folder.parents
        if tops.intersection((one, *one.parents))
    }
    return sorted(between.union(folders))
