"""Scanning: what a command finds below its paths and beside the clips, told as it comes."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from footage_sorter.cli.meter import Meter
from footage_sorter.cli.text import counted, one_line
from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, ClipId
from footage_sorter.domain.errors import ClipError
from footage_sorter.services.companion_files import (
    CompanionFiles,
    CompanionOutcome,
    Disagreed,
    NotTakenIn,
    TakenIn,
    take_along,
)
from footage_sorter.services.core import Core
from footage_sorter.services.library import Library
from footage_sorter.services.scan import Failed, FolderFailed, Found, Gone, Read, scan


@dataclass(slots=True)
class Scanned:
    """What a scan found.

    Attributes:
        found: Clips, in the order found.
        errors: Why some of them cannot be used.
        folders_failed: A folder could not be listed.
        marked: Clips of which something was read beside them.
    """

    found: dict[ClipId, Clip] = field(default_factory=dict)
    errors: dict[ClipId, ClipError] = field(default_factory=dict)
    folders_failed: bool = False
    marked: int = 0

    def take(self, outcome: CompanionOutcome, meter: Meter) -> None:
        """Note an outcome; tell the troubles that belong to no clip."""
        match outcome:
            case Found(clip):
                self.found[clip.id] = clip
            case Read(clip, replaced):
                if replaced is not None:  # it moved here: its old row lives on
                    self.found.pop(replaced, None)
                self.found[clip.id] = clip
            case Failed(clip, error):
                self.errors[clip.id] = error
            case FolderFailed(error):
                self.folders_failed = True
                meter.say(str(words.error(error)))
            case TakenIn(before=before, after=after):
                self.marked += before != after
            case NotTakenIn(error):
                meter.say(str(words.error(error)))
            case Disagreed(conflicts):
                for one in conflicts:
                    meter.say(one_line(str(words.conflict(one))))
            case Gone():
                pass


def scan_all(
    core: Core,
    paths: Sequence[Path],
    beside: CompanionFiles,
    library: Library,
    *,
    cancel: Event,
    meter: Meter,
    anew: bool = False,
) -> Scanned:
    """Bring what lies below `paths`, and beside its clips, into the library; see `scan`."""
    scanned = Scanned()
    outcomes = scan(paths, library.store, cancel, core.instruments.probe, anew=anew)
    with closing(take_along(outcomes, paths, library.store, cancel, beside)) as told:
        for outcome in told:
            scanned.take(outcome, meter)
    if scanned.marked:
        clips = counted(scanned.marked, "clip")
        meter.say(f"Marks of {clips} were read beside the footage.")
    return scanned
