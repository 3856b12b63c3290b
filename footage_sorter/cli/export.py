"""Export: takes the result to other programs; reads the library, and clips only for pictures."""

import os
from collections.abc import Sequence
from functools import partial
from threading import Event

from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.meter import Meter
from footage_sorter.cli.output import check_writable, put, say
from footage_sorter.cli.requests import SIDECARS, STDOUT, Export, Reel
from footage_sorter.cli.rows import rows_of, settings_of
from footage_sorter.cli.text import counted, one_line
from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, Mark
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.core import Core
from footage_sorter.services.export import (
    document,
    plan_sidecars,
    preview,
    write_sidecars,
    written_rows,
)
from footage_sorter.services.handoff.formats import FORMATS, Format
from footage_sorter.services.reel import ReelOptions, make_reel, planned


def run(core: Core, wanted: Export | Reel) -> ExitStatus:
    """Export or make the reel; return the exit status."""
    return export(core, wanted) if isinstance(wanted, Export) else reel(core, wanted)


def export(core: Core, wanted: Export) -> ExitStatus:
    """Write what `wanted` names, or only show it; return the exit status.

    Raises:
        FootageError: Nothing could be written.
    """
    check_writable(wanted.out)
    settings = settings_of(core, wanted.preset)
    rows = rows_of(core, wanted.paths, settings.limits_for)
    if wanted.kept:
        rows = [row for row in rows if row.decision.mark is Mark.KEEP]
    if wanted.format == SIDECARS or wanted.out is None:
        dialect = wanted.dialect or settings.reject_dialect
        work = _show_sidecars if wanted.dry_run else _write_sidecars
        return work(rows, dialect)
    kind = FORMATS[wanted.format]
    if wanted.dry_run:
        return _show(
            kind, rows, preview(kind, rows, settings.limits, core, like=wanted.like), wanted.out
        )
    pictures = partial(picture_of, core)
    data = document(kind, rows, settings.limits, core, like=wanted.like, picture_of=pictures)
    put(wanted.out, data)
    if wanted.out != STDOUT:
        Meter().say(f"Wrote {wanted.out}")
    return ExitStatus.DONE


def _show(kind: Format, rows: Sequence[ClipRow], text: str, out: str) -> ExitStatus:
    """Print how the file would begin, and say what it would be and where."""
    put(STDOUT, text.encode("utf-8", "replace") + b"\n" * (not text.endswith("\n")))
    there = out != STDOUT and os.path.lexists(out)
    meter = Meter()
    meter.say(f"{kind.words}: {counted(len(written_rows(kind, rows)), 'clip')}")
    meter.say("Nothing was written." + f" {out} is there and would be replaced." * there)
    return ExitStatus.DONE


def reel(core: Core, wanted: Reel) -> ExitStatus:
    """Make the selects reel; return the exit status.

    Raises:
        FootageError: It cannot be written, or no clip is marked to keep.
    """
    check_writable(str(wanted.out))
    rows = rows_of(core, wanted.paths, settings_of(core, wanted.preset).limits_for)
    meter, cancel = Meter(), Event()
    if wanted.dry_run:
        for row, span in planned(rows, wanted.order):
            times = f"{words.clock(span.start_s)}-{words.clock(span.end_s)}"
            say(f"{times}  {one_line(str(row.clip.path))}")
        meter.say("Nothing was written.")
        return ExitStatus.DONE
    try:
        made = make_reel(
            rows,
            wanted.out,
            ReelOptions(titled=wanted.titled, order=wanted.order),
            cancel,
            meter.share,
        )
    except KeyboardInterrupt:
        cancel.set()
        made = None
    meter.clear()
    if made is None:
        meter.say("Stopped. No reel was written.")
        return ExitStatus.INTERRUPTED
    for error in made.skipped:
        meter.say(f"Left out {error.path}: {words.error(error)}")
    meter.say(f"Wrote {made.path}: {counted(made.clips, 'clip')}, {words.clock(made.duration_s)}")
    return ExitStatus.NOT_ALL if made.skipped else ExitStatus.DONE


def picture_of(core: Core, clip: Clip) -> bytes | None:
    """The thumbnail of `clip`; None for one that cannot be read."""
    try:
        return core.thumbnails.picture(clip).read_bytes()
    except (FootageError, OSError):
        return None


def _show_sidecars(rows: Sequence[ClipRow], dialect: RejectDialect) -> ExitStatus:
    """List which sidecars would be made and which patched."""
    plan = plan_sidecars(rows, dialect, Event())
    for word, paths in (("new", plan.fresh), ("patch", plan.patched)):
        for path in paths:
            say(f"{word}: {one_line(str(path))}")
    meter = Meter()
    for error in plan.trouble:
        meter.say(str(words.error(error)))
    meter.say(f"Nothing was written. {len(plan.fresh)} would be made, {len(plan.patched)} patched.")
    return ExitStatus.NOT_ALL if plan.trouble else ExitStatus.DONE


def _write_sidecars(rows: Sequence[ClipRow], dialect: RejectDialect) -> ExitStatus:
    """Write beside each clip; one that fails is told and the rest goes on."""
    meter = Meter()
    written = write_sidecars(rows, dialect, Event(), meter.share)
    meter.clear()
    for error in written.trouble:
        meter.say(str(words.error(error)))
    meter.say(f"Wrote {counted(written.files, 'sidecar')}")
    return ExitStatus.NOT_ALL if written.trouble else ExitStatus.DONE
