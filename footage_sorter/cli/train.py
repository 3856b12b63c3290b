"""Train: folders of clips in, a classifier out, its honest result first."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.meter import Meter
from footage_sorter.cli.output import say
from footage_sorter.cli.requests import Train
from footage_sorter.cli.text import one_line
from footage_sorter.domain import training_words
from footage_sorter.domain.errors import NothingToTrain, OutputFailed
from footage_sorter.domain.tags import clean_name
from footage_sorter.domain.training import (
    Advanced,
    Began,
    Made,
    Refusal,
    Skipped,
    TrainingJob,
    Tried,
)
from footage_sorter.services import training
from footage_sorter.services.analysis import Switches
from footage_sorter.services.classifiers import is_classifier
from footage_sorter.services.core import Core
from footage_sorter.services.scan import absolute


def run(core: Core, wanted: Train) -> ExitStatus:
    """Train what `wanted` says; return the exit status.

    Raises:
        FootageError: It cannot be trained, or not be written.
    """
    job = _job(core, wanted)
    meter, switches = Meter(), Switches()
    tried: Tried | None = None
    try:
        with closing(training.run(job, switches)) as events:
            for event in events:
                match event:
                    case Began():
                        meter.say(f"Frames are seen by {event.backbone}, on {event.device}.")
                    case Advanced():
                        meter.share(event.done / max(1, event.total))
                    case Skipped():
                        why = training_words.skipped(event)
                        meter.say(f"Left out: {one_line(event.path)}: {why}")
                    case Tried():
                        tried = event
                    case Made() | _:
                        pass
    except KeyboardInterrupt:
        meter.say("Stopped. What was looked at is kept: the same command goes on from there.")
        return ExitStatus.INTERRUPTED
    finally:
        meter.clear()
    if tried is None:
        return ExitStatus.NOT_ALL
    for line in described(tried):
        say(line)
    return _use(core, wanted, job, tried)


def _job(core: Core, wanted: Train) -> TrainingJob:
    """What the trainer is asked.

    Raises:
        NothingToTrain: There is no classifier to be made of it.
        OutputFailed: Where it is to be written lies something that is no classifier.
    """
    name = clean_name(wanted.title)
    if not name:
        raise NothingToTrain(Refusal.NO_LETTER, wanted.title)
    out = absolute(wanted.out or core.trained / name)
    if _holds_another_thing(out):  # the footage, perhaps: it would be put aside
        raise OutputFailed(out, "there is something that is no classifier")
    return TrainingJob(
        name=name,
        title=training.label_of(wanted.title),
        examples=tuple(training.examples_of(wanted.folders)),
        out=out,
        cache=core.trained / ".seen",
        backbone=wanted.backbone,
        head=wanted.head,
        device="auto" if core.device == "none" else core.device,
    )


def _holds_another_thing(out: Path) -> bool:
    if out.is_dir():
        return any(out.iterdir()) and not is_classifier(out)
    return out.exists()


def _use(core: Core, wanted: Train, job: TrainingJob, tried: Tried) -> ExitStatus:
    where = one_line(str(job.out))
    if not tried.is_better:
        say(f"It is not installed, since it may be guessing. It lies in {where}")
        return ExitStatus.NOT_ALL
    if wanted.install:
        core.shelf.install(job.out)
        say(f"It is installed as {job.name}: footage-sorter rate tags every clip with it.")
    else:
        say(f"It lies in {where}\nTo use it: footage-sorter classifier add {where}")
    return ExitStatus.DONE


def described(tried: Tried) -> Sequence[str]:
    """The result in plain words, then as a table."""
    wide = max(len(label) for label in tried.labels)
    head = " ".join(f"{label:>{max(6, len(label))}}" for label in tried.labels)
    return [
        *map(str, training_words.tried(tried)),
        f"{'truth':<{wide}}  called {head}",
        *(
            f"{label:<{wide}}         "
            + " ".join(
                f"{count:>{max(6, len(other))}}"
                for count, other in zip(row, tried.labels, strict=True)
            )
            for label, row in zip(tried.labels, tried.confusion, strict=True)
        ),
    ]
