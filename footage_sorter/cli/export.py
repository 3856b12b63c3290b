"""Export: takes the result to other programs; reads the library, decodes no clip."""

from collections.abc import Sequence
from datetime import datetime
from threading import Event

from footage_sorter.cli.meter import Meter
from footage_sorter.cli.output import check_writable, put
from footage_sorter.cli.rows import rows_of, settings_of
from footage_sorter.cli.wishes import SIDECARS, STDOUT, Export, Reel
from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, Mark
from footage_sorter.domain.errors import ClipError, FootageError
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.core import Core
from footage_sorter.services.handoff.formats import FORMATS, Occasion
from footage_sorter.services.handoff.sidecars import write_sidecar
from footage_sorter.services.reel import ReelOptions, make_reel

DONE, SOME_FAILED, INTERRUPTED = 0, 1, 130


def run(core: Core, wanted: Export | Reel) -> int:
    """Export or make the reel; return the exit status."""
    return export(core, wanted) if isinstance(wanted, Export) else reel(core, wanted)


def export(core: Core, wanted: Export) -> int:
    """Write what `wanted` names; return the exit status.

    Raises:
        FootageError: Nothing could be written.
    """
    check_writable(wanted.out)
    settings = settings_of(core, wanted.preset)
    rows = rows_of(core, wanted.paths, settings.limits_for)
    if wanted.kept:
        rows = [row for row in rows if row.decision.mark is Mark.KEEP]
    meter = Meter()
    if wanted.format == SIDECARS or wanted.out is None:
        return _write_sidecars(rows, wanted, meter)
    occasion = Occasion(
        core.app,
        core.models,
        settings.limits,
        datetime.now().astimezone(),
        lambda clip: picture_of(core, clip),
    )
    put(wanted.out, FORMATS[wanted.format].write(rows, occasion))
    if wanted.out != STDOUT:
        meter.say(f"Wrote {wanted.out}")
    return DONE


def reel(core: Core, wanted: Reel) -> int:
    """Make the selects reel; return the exit status.

    Raises:
        FootageError: It cannot be written, or no clip is marked to keep.
    """
    check_writable(str(wanted.out))
    rows = rows_of(core, wanted.paths, settings_of(core, wanted.preset).limits_for)
    meter, cancel = Meter(), Event()
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
        return INTERRUPTED
    for error in made.skipped:
        meter.say(f"Left out {error.path}: {words.error(error)}")
    meter.say(f"Wrote {made.path}: {made.clips} clips, {words.clock(made.duration_s)}")
    return SOME_FAILED if made.skipped else DONE


def picture_of(core: Core, clip: Clip) -> bytes | None:
    """The thumbnail of `clip`; None for one that cannot be read."""
    try:
        return core.thumbnails.picture(clip).read_bytes()
    except (FootageError, OSError):
        return None


def _write_sidecars(rows: Sequence[ClipRow], wanted: Export, meter: Meter) -> int:
    """Write beside each clip; one that fails is told and the rest goes on."""
    written, failed = 0, 0
    for row in rows:
        try:
            path = write_sidecar(row, wanted.dialect)
        except ClipError:
            continue
        except FootageError as error:
            failed += 1
            meter.say(str(words.error(error)))
        else:
            written += path is not None
    meter.say(f"Wrote {written} sidecars")
    return SOME_FAILED if failed else DONE
