"""Rate: folders in, ratings out. Stored as they come, so that a second run reads nothing."""

from collections.abc import Sequence
from contextlib import closing
from threading import Event

from footage_sorter.cli import output, table
from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.meter import Meter
from footage_sorter.cli.output import check_writable, put, say, tell
from footage_sorter.cli.requests import STDOUT, Rate
from footage_sorter.cli.rows import settings_of
from footage_sorter.cli.scanning import Scanned, scan_all
from footage_sorter.domain import words
from footage_sorter.domain.errors import ClipError, NothingFound
from footage_sorter.domain.limits import DAYLIGHT
from footage_sorter.domain.report import Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.services.analysis import Scoring, Switches, analyse
from footage_sorter.services.companion_files import CompanionFiles
from footage_sorter.services.core import Core
from footage_sorter.services.handoff import csv_json
from footage_sorter.services.library import Library, rerate_each, stale
from footage_sorter.services.scan import Failed
from footage_sorter.services.tagging import Untaggable
from footage_sorter.services.work import WorkQueue


def rate(core: Core, wanted: Rate) -> ExitStatus:
    """Rate what `wanted` names; return the exit status.

    Raises:
        FootageError: The command was wrong or the machine failed; what is done is kept.
    """
    for path in (wanted.json, wanted.csv):
        check_writable(path)
    settings = settings_of(core, wanted.preset)
    meter = Meter()
    switches = Switches()
    with closing(core.open_library()) as library:
        try:
            scanned = _scan(core, wanted, settings, library, cancel=switches.cancel, meter=meter)
            _analyse(core, wanted, library, scanned, switches=switches, meter=meter)
        except KeyboardInterrupt:
            switches.cancel.set()
            meter.say("Stopped. The clips that were done are kept and will not be read again.")
            return ExitStatus.INTERRUPTED
        finally:
            meter.clear()
        rows = _rows(library, settings, scanned)
    _write(core, wanted, settings, rows)
    failed = scanned.folders_failed or any(row.rating is None for row in rows)
    return ExitStatus.NOT_ALL if failed else ExitStatus.DONE


def _scan(
    core: Core,
    wanted: Rate,
    settings: Settings,
    library: Library,
    *,
    cancel: Event,
    meter: Meter,
) -> Scanned:
    """What lies below the paths, in the library now.

    Raises:
        NothingFound: No clip does.
    """
    beside = CompanionFiles(
        sidecars=wanted.sidecars and settings.read_sidecars,
        team=wanted.sidecars and settings.team_file,
        person=settings.person,
    )
    scanned = scan_all(
        core, wanted.paths, beside, library, cancel=cancel, meter=meter, anew=wanted.anew
    )
    if not scanned.found and not scanned.folders_failed:
        raise NothingFound(wanted.paths)
    return scanned


def _analyse(
    core: Core,
    wanted: Rate,
    library: Library,
    scanned: Scanned,
    *,
    switches: Switches,
    meter: Meter,
) -> None:
    """Look at what was found and not looked at yet; note in `scanned` what fails."""
    rows = [row for row in library.rows(DAYLIGHT) if row.clip.id in scanned.found]
    if wanted.anew:
        for row in rows:
            if row.error is not None and row.clip.media is not None:
                library.store.forget_error(row.clip)
    work = WorkQueue((Pass.FULL,))
    work.add(
        [row.clip for row in rows if row.clip.media is not None]
        if wanted.anew
        else stale(rows, core.models)
    )
    work.add_tags(library.untagged(rows, anew=wanted.anew))
    outcomes = analyse(work, switches, core.open_store, core.instruments, anew=wanted.anew)
    with closing(outcomes):
        for outcome in outcomes:
            if isinstance(outcome, Failed):
                scanned.errors[outcome.clip.id] = outcome.error
            elif isinstance(outcome, Scoring) and outcome.stands_in:
                meter.say(str(words.stands_in(outcome.stands_in)))
            elif isinstance(outcome, Untaggable):
                meter.say(str(words.error(outcome.error)))
            meter.show(work.progress())


def _rows(library: Library, settings: Settings, scanned: Scanned) -> list[ClipRow]:
    """The clips found, in the order found, each under the limits that hold for it."""
    rows = rerate_each(library.rows(DAYLIGHT), settings.limits_for)
    rated = {row.clip.id: row for row in rows if row.clip.id in scanned.found}
    return [_with_error(rated[one], scanned.errors.get(one)) for one in scanned.found]


def _with_error(row: ClipRow, error: ClipError | None) -> ClipRow:
    """A trouble of the moment is told with the row, though it is not stored."""
    return row if error is None else ClipRow(row.clip, row.decision, error=error)


def _write(core: Core, wanted: Rate, settings: Settings, rows: Sequence[ClipRow]) -> None:
    if wanted.json is not None:
        models = next((row.models for row in rows if row.models is not None), core.models)
        document = csv_json.to_document(rows, settings.limits, core.app, models)
        put(wanted.json, csv_json.to_json(document).encode("ascii"))
    if wanted.csv is not None:
        put(wanted.csv, csv_json.to_csv(rows).encode("utf-8", "surrogateescape"))
    if STDOUT in (wanted.json, wanted.csv):
        tell(f"{table.summary(rows)}\n")
        return
    for line in table.lines(rows, colour=output.colourful(), encoding=output.encoding()):
        say(line)
