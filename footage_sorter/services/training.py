"""Training: from folders of clips to a classifier, in a process of its own.

Knows folders and processes. The trainer is another package, which the program never imports: it
is started, and what it says is read.
"""

import contextlib
import importlib.util
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import footage_sorter
from footage_sorter.domain.errors import NothingToTrain, PathMissing, TrainerMissing, TrainerStopped
from footage_sorter.domain.training import (
    PAUSE,
    RESUME,
    Example,
    Refusal,
    Refused,
    Told,
    TrainingJob,
    event_of,
)
from footage_sorter.services.analysis import Switches
from footage_sorter.services.scan import VIDEO_SUFFIXES

TRAINER = "footage_sorter_training"
POLL_S = 0.1
_END_S = 5.0
_MOST_LETTERS = 200
"""Of its last words, in a sentence; the log has them all."""

log = logging.getLogger(__name__)


def examples_of(folders: Sequence[Path]) -> list[Example]:
    """The clips of classes: each folder is one; a single folder holds one folder for each.

    A class folder's own folders are its sources: what was shot together, say. Clips that lie
    directly in it leave that to the trainer.

    Raises:
        PathMissing: A folder is not there.
        NothingToTrain: Two classes have the same name, or there are no classes.
    """
    classes = (classes_in(folders[0]) or folders) if len(folders) == 1 else folders
    found = [class_of(folder) for folder in classes]
    labels = [label_of(folder.resolve().name) for folder in classes]
    for at, label in enumerate(labels):
        if label.casefold() in (other.casefold() for other in labels[:at]):
            raise NothingToTrain(Refusal.SAME_NAME, label)
    examples = [one for examples in found for one in examples]
    check(examples)
    return examples


def classes_in(folder: Path) -> list[Path]:
    """The folders in a folder of classes, by name.

    Raises:
        PathMissing: It is not there.
    """
    if not folder.is_dir():
        raise PathMissing(folder)
    return sorted(one for one in folder.iterdir() if one.is_dir() and one.name[:1] != ".")


def class_of(folder: Path) -> list[Example]:
    """The clips below a folder that is a class, by path; none where there are none.

    Raises:
        PathMissing: It is not there.
    """
    if not folder.is_dir():
        raise PathMissing(folder)
    root = folder.resolve()
    label = label_of(root.name)
    return [
        Example(
            str(path),
            label,
            "" if path.parent == root else f"{label}/{path.relative_to(root).parts[0]}",
        )
        for path in sorted(_clips_below(root))
    ]


def label_of(name: str) -> str:
    """A label made of a folder's name: one line that can be shown."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:60]


def check(examples: Iterable[Example]) -> None:
    """Refuse what cannot be trained on, before any clip is read.

    Raises:
        NothingToTrain: There are fewer than two classes, or their names do not tell them apart.
    """
    labels = {one.label for one in examples}
    if "" in labels:
        raise NothingToTrain(Refusal.NAMELESS_CLASS)
    if len({label.casefold() for label in labels}) < len(labels):
        raise NothingToTrain(Refusal.SAME_BUT_CAPITALS)
    if len(labels) < 2:
        raise NothingToTrain(Refusal.ONE_CLASS if labels else Refusal.NO_CLASS)


def trainer_missing() -> bool:
    """Whether the trainer was left out of this installation."""
    # A frozen program is no interpreter that could run it.
    return getattr(sys, "frozen", False) or importlib.util.find_spec(TRAINER) is None


def run(job: TrainingJob, switches: Switches) -> Generator[Told, None, None]:
    """Train; yield what the trainer says. Closing it, or a cancel, ends the trainer.

    Raises:
        TrainerMissing: It was left out of this installation.
        NothingToTrain: It refuses, and says why.
        TrainerStopped: It ended early; the next run goes on where this one stopped.
    """
    if trainer_missing():
        raise TrainerMissing
    with tempfile.TemporaryDirectory(prefix="footage-sorter-") as folder:
        order = Path(folder) / "job.json"
        order.write_text(job.to_text(), "utf-8")
        said = Path(folder) / "errors.txt"
        process = _start(order, said)
        try:
            yield from _listen(process, switches)
            if not switches.cancel.is_set() and process.wait(_END_S):
                words = said.read_text("utf-8", "replace").strip()
                log.warning("the trainer stopped: %s", words)
                last = words.splitlines()[-1:] or [str(process.returncode)]
                raise TrainerStopped(last[0][:_MOST_LETTERS])
        finally:
            _end(process)


def _start(order: Path, said: Path) -> "subprocess.Popen[str]":
    """Start the trainer, which writes its troubles to `said`."""
    root = str(Path(footage_sorter.__file__).resolve().parents[1])  # a checkout need not be a path
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    with said.open("wb") as errors:
        return subprocess.Popen(  # noqa: S603  our own interpreter
            [sys.executable, "-m", TRAINER, str(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )


def _listen(process: "subprocess.Popen[str]", switches: Switches) -> Generator[Told, None, None]:
    lines: Queue[str | None] = Queue()  # bounded by what a trainer says: some lines a clip
    reader = Thread(target=_read, args=(process, lines), name="trainer", daemon=True)
    reader.start()
    paused = False
    while not switches.cancel.is_set():
        if paused is switches.running.is_set():
            paused = not paused
            _say(process, PAUSE if paused else RESUME)
        try:
            line = lines.get(timeout=POLL_S)
        except Empty:
            continue
        if line is None:
            return
        event = event_of(line)
        if isinstance(event, Refused):
            raise NothingToTrain(Refusal(event.refusal), event.about)
        if event is not None:
            yield event


def _read(process: "subprocess.Popen[str]", lines: "Queue[str | None]") -> None:
    assert process.stdout is not None
    with contextlib.suppress(ValueError):  # closed while we read: it was ended
        for line in process.stdout:
            lines.put(line)
    lines.put(None)


def _say(process: "subprocess.Popen[str]", word: str) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError, ValueError):  # it ended meanwhile: the reader tells
        process.stdin.write(f"{word}\n")
        process.stdin.flush()


def _end(process: "subprocess.Popen[str]") -> None:
    """End the trainer: first by saying nothing more, then for certain."""
    with contextlib.suppress(OSError, ValueError):
        assert process.stdin is not None
        process.stdin.close()
    try:
        process.wait(_END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _clips_below(folder: Path) -> Iterable[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in files:
            if Path(name).suffix.lower() in VIDEO_SUFFIXES and not name.startswith("."):
                yield Path(root) / name
