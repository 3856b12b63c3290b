"""Files: copies, moves, links or trashes clips; always tells first what would happen."""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from threading import Event

from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.meter import Meter
from footage_sorter.cli.output import say
from footage_sorter.cli.requests import Again, Files, FilesAgain
from footage_sorter.cli.rows import rows_of, settings_of
from footage_sorter.cli.text import counted, one_line
from footage_sorter.domain.filing import Deed, FilePlan, State, Step
from footage_sorter.domain.words import OBSTACLE_WORDS
from footage_sorter.services.core import Core
from footage_sorter.services.file_plan import FileRequest, concerned, plan_files
from footage_sorter.services.files import carry_out, resume, take_back
from footage_sorter.services.scan import absolute
from footage_sorter.store.journal import Journal


def run(core: Core, wanted: Files | FilesAgain) -> ExitStatus:
    """Tell what would happen, and do it where `wanted` says so; return the exit status.

    Raises:
        FootageError: Nothing was begun, or the library fails; the journal knows how far it got.
    """
    with closing(Journal(core.library_path)) as journal:
        if isinstance(wanted, Files):
            return _begin(core, wanted, journal)
        return _again(wanted, journal)


def _begin(core: Core, wanted: Files, journal: Journal) -> ExitStatus:
    limits_for = settings_of(core, wanted.preset).limits_for
    rows = concerned(rows_of(core, wanted.paths, limits_for), wanted.deed)
    root = None if wanted.to is None else absolute(wanted.to)
    plan = plan_files(rows, FileRequest(wanted.deed, root, wanted.by))
    _tell_plan(plan)
    if not plan.steps:
        return ExitStatus.DONE
    if not wanted.yes:
        say("Nothing was touched. Add --yes to do it.")
        return ExitStatus.DONE
    return _do(carry_out(plan, journal, Event()), len(plan.steps))


def _again(wanted: FilesAgain, journal: Journal) -> ExitStatus:
    """Undo or finish the latest operation that can be."""
    undo = wanted.how is Again.UNDO
    operation = next(
        (one for one in journal.operations() if one.unfinished or (undo and one.undoable)), None
    )
    if operation is None:
        say(f"There is nothing to {'undo' if undo else 'finish'}.")
        return ExitStatus.DONE
    left = (State.BEGUN, State.DONE, State.RETURNING) if undo else (State.PLANNED, State.BEGUN)
    steps = [step for step in operation.steps if step.state in left]
    for step in steps:
        say(_turned(step) if undo else _line(step))
    if not wanted.yes:
        say("Nothing was touched. Add --yes to do it.")
        return ExitStatus.DONE
    work = take_back if undo else resume
    return _do(work(operation, journal, Event()), len(steps))


def _turned(step: Step) -> str:
    """What undoing a step does, for the dry run."""
    where = one_line(str(step.target)) if step.target else "the trash"
    match step.deed:
        case Deed.COPY:
            return f"trash the copy {where}"
        case Deed.LINK:
            return f"remove the link {where}"
        case _:
            return f"{where} -> {one_line(str(step.source))}"


def _line(step: Step) -> str:
    """What a step does, for the dry run."""
    target = one_line(str(step.target)) if step.target else "the trash"
    return f"{step.deed} {one_line(str(step.source))} -> {target}"


def _tell_plan(plan: FilePlan) -> None:
    for step in plan.steps:
        say(_line(step))
    for left_out in plan.left_out:
        say(f"leave {_named(left_out.path)}: {OBSTACLE_WORDS[left_out.obstacle]}")
    if not plan.steps:
        say("There is nothing to do.")
    if plan.needed_bytes:
        say(f"{plan.needed_bytes / 1e9:.2f} GB are needed, {plan.free_bytes / 1e9:.2f} GB free.")


def _named(path: Path) -> str:
    return one_line(str(path))


def _do(steps: Generator[Step, None, None], total: int) -> ExitStatus:
    """Run to the end, telling how far it is; the journal knows what is cut off here."""
    meter, done, failed = Meter(), 0, 0
    try:
        for step in steps:
            done += 1
            meter.share(done / max(1, total))
            if step.obstacle is not None:
                failed += 1
                meter.say(
                    f"{_named(step.source)}: {OBSTACLE_WORDS[step.obstacle]} {step.detail}".rstrip()
                )
    except KeyboardInterrupt:
        meter.say("Stopped. To go on: footage-sorter files resume; to take it back: files undo.")
        return ExitStatus.INTERRUPTED
    meter.say(f"{done - failed} of {counted(total, 'file')} done.")
    return ExitStatus.NOT_ALL if failed else ExitStatus.DONE
