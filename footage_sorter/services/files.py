"""Files: carry a file plan out, resume it after a kill, take it back. Deletes nothing.

Each step is noted in the journal before it is begun and after it is done, on the disk both times;
see `transfer` for what a step leaves behind wherever it is cut off. A copy that is taken back goes
to the trash; a move to another drive ends by removing the first file, once the copy was read back
and is the same.
"""

from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Event

from footage_sorter.domain.errors import OutputFailed
from footage_sorter.domain.filing import Deed, FilePlan, Obstacle, Operation, State, Step
from footage_sorter.services import transfer, trash
from footage_sorter.services.transfer import TransferCancelled, TransferStopped, is_same, stamp_of
from footage_sorter.store.journal import Journal


def carry_out(plan: FilePlan, journal: Journal, cancel: Event) -> Generator[Step, None, None]:
    """Do what was planned; yield each step once it is done, or failed, and noted.

    Cancelling leaves the operation unfinished: it can be resumed or taken back.

    Raises:
        OutputFailed: There is not enough room; nothing was begun.
        FootageError: The library fails; `resume` goes on from there.
    """
    if not plan.has_room:
        assert plan.root is not None
        raise OutputFailed(
            plan.root,
            f"{plan.needed_bytes / 1e9:.1f} GB are needed and {plan.free_bytes / 1e9:.1f} GB are"
            " free",
        )
    yield from resume(journal.begin(plan), journal, cancel)


def resume(operation: Operation, journal: Journal, cancel: Event) -> Generator[Step, None, None]:
    """Do what is left of an operation; yield each step as `carry_out` does."""
    yield from _run(operation, journal, cancel, operation.steps, _do)


def take_back(operation: Operation, journal: Journal, cancel: Event) -> Generator[Step, None, None]:
    """Undo an operation, finished or not, last step first; yield each step once it is noted.

    A step that cannot be undone (somebody changed the copy) stays done and tells why.
    """
    yield from _run(operation, journal, cancel, reversed(operation.steps), _undo)
    if operation.root is not None:
        for step in operation.steps:
            _remove_empty(step.target, operation.root)


_Work = Callable[[Operation, Step, Journal, Event], Step | None]


def _run(
    operation: Operation, journal: Journal, cancel: Event, steps: Iterable[Step], work: _Work
) -> Generator[Step, None, None]:
    for step in steps:
        if cancel.is_set():
            return
        try:
            after = work(operation, step, journal, cancel)
        except TransferCancelled:
            return
        if after is not None:
            journal.note(operation.id, after)
            yield after


def _do(operation: Operation, step: Step, journal: Journal, cancel: Event) -> Step | None:
    """Do one step; return it as it is afterwards, None where there was nothing to do."""
    if step.state not in (State.PLANNED, State.BEGUN):
        return None
    again = step.state is State.BEGUN
    journal.note(operation.id, replace(step, state=State.BEGUN))
    part = _part(step.target, operation, step)
    try:
        target = _apply(step, part, cancel, again=again)
    except TransferStopped as stopped:
        return _failed(step, State.FAILED, stopped.obstacle, stopped.detail)
    except OSError as error:
        return _failed(step, State.FAILED, Obstacle.SYSTEM, error.strerror or str(error))
    return replace(step, state=State.DONE, target=target, obstacle=None, detail="")


def _apply(step: Step, part: Path, cancel: Event, *, again: bool) -> Path | None:
    """Touch the file; return where it, or what was made of it, is now."""
    if step.deed is Deed.TRASH:
        return _discard(step.source, step, again=again)
    assert step.target is not None
    match step.deed:
        case Deed.COPY:
            transfer.copy(step.source, step.target, step.stamp, part, cancel, again=again)
        case Deed.MOVE:
            transfer.move(step.source, step.target, step.stamp, part, cancel, again=again)
        case Deed.LINK:
            transfer.link(step.source, step.target, step.stamp)
    return step.target


def _discard(path: Path, step: Step, *, again: bool) -> Path | None:
    """Send the step's file, or its copy, at `path` to the trash."""
    found = stamp_of(path)
    if found is None and again and (lies := trash.find(path, step.stamp)) is not None:
        return lies
    if found is None:
        raise TransferStopped(Obstacle.MISSING)
    if not is_same(found, step.stamp):
        raise TransferStopped(Obstacle.CHANGED)
    return trash.send(path, step.stamp)


def _undo(operation: Operation, step: Step, journal: Journal, cancel: Event) -> Step | None:
    """Undo one step; return it as it is afterwards, None where there was nothing to do."""
    if step.state is State.PLANNED:
        return replace(step, state=State.UNDONE)
    if step.state is State.BEGUN:
        step = _settle(operation, step, journal, cancel)
        journal.note(operation.id, step)
        if step.state is State.UNDONE:
            return step
    if step.state not in (State.DONE, State.RETURNING):
        return None
    again = step.state is State.RETURNING
    journal.note(operation.id, replace(step, state=State.RETURNING))
    try:
        _revert(operation, step, cancel, again=again)
    except TransferStopped as stopped:
        return _failed(step, State.DONE, stopped.obstacle, stopped.detail)
    except OSError as error:
        return _failed(step, State.DONE, Obstacle.SYSTEM, error.strerror or str(error))
    return replace(step, state=State.UNDONE, obstacle=None, detail="")


def _settle(operation: Operation, step: Step, journal: Journal, cancel: Event) -> Step:
    """A step that was cut off, as done or as undone: it cannot be taken back from in between."""
    if _never_left(operation, step):
        return replace(step, state=State.UNDONE)
    ended = _do(operation, step, journal, cancel)
    assert ended is not None
    return ended if ended.state is State.DONE else replace(ended, state=State.UNDONE)


def _never_left(operation: Operation, step: Step) -> bool:
    """Clean up after a copy or move that was cut off before anything was at its target."""
    if step.target is None or step.deed not in (Deed.COPY, Deed.MOVE):
        return False
    if stamp_of(step.source) is None:
        return False
    return not transfer.clear(step.target, _part(step.target, operation, step))


def _revert(operation: Operation, step: Step, cancel: Event, *, again: bool) -> None:
    if step.target is None:  # in a trash that cannot be searched
        raise TransferStopped(Obstacle.NO_TRASH)
    part = _part(step.source, operation, step)
    match step.deed:
        case Deed.COPY:
            _discard(step.target, step, again=again)
        case Deed.LINK:
            if transfer.is_link_to(step.target, step.source):
                step.target.unlink()
            elif stamp_of(step.target) is not None:
                raise TransferStopped(Obstacle.CHANGED)
        case Deed.MOVE:
            transfer.move(step.target, step.source, step.stamp, part, cancel, again=again)
        case Deed.TRASH:
            transfer.move(step.target, step.source, step.stamp, part, cancel, again=again)
            trash.forget(step.target)


def _part(beside: Path | None, operation: Operation, step: Step) -> Path:
    """The name of a copy in the making: known from the journal alone, so that it can be found."""
    name = f".footage-sorter-{operation.id}-{step.number}.part"
    return (beside or step.source).with_name(name)


def _failed(step: Step, state: State, obstacle: Obstacle, detail: str) -> Step:
    return replace(step, state=state, obstacle=obstacle, detail=detail)


def _remove_empty(target: Path | None, root: Path) -> None:
    """Remove the folders that an operation made below its root, where nothing is in them."""
    if target is None:
        return
    for folder in target.parents:
        if root not in folder.parents:
            return
        with suppress(OSError):  # not empty, or gone already
            folder.rmdir()
