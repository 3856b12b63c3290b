"""Training a classifier: what is asked of the trainer's process, and what it answers.

Knows both sides of the talk, as values and as lines of JSON. The trainer is another program: what
it writes is read like any file.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

LEAST_SOURCES = 2
"""Sources that a class needs: one is learned from while the other is kept to be tried on."""
AUTO = "auto"
HEADS = ("average", "gru", "lstm", "tcn")
"""What may look over time at what a backbone saw of each frame; see `inference.clip_sizes`."""

PAUSE, RESUME = "pause", "resume"
"""Lines that the trainer understands; it ends when nobody talks to it any more."""


class Refusal(StrEnum):
    """Why nothing can be trained; what it is about goes along."""

    NO_CLASS = "no_class"
    ONE_CLASS = "one_class"
    NAMELESS_CLASS = "nameless_class"
    SAME_NAME = "same_name"
    SAME_BUT_CAPITALS = "same_but_capitals"
    CLASS_EMPTY = "class_empty"
    CLASS_OF_ONE_CLIP = "class_of_one_clip"
    CLASS_OF_ONE_SCENE = "class_of_one_scene"
    NO_CLIP = "no_clip"
    NO_LETTER = "no_letter"
    BACKBONE_UNKNOWN = "backbone_unknown"
    BACKBONE_NOT_TO_BE_HAD = "backbone_not_to_be_had"
    BACKBONE_DAMAGED = "backbone_damaged"
    NO_DEVICE = "no_device"


class LeftOut(StrEnum):
    """Why a clip that can be read is not learned from; else it is an `errors.Why`."""

    TOO_SHORT = "too_short"
    GAPS = "gaps"
    IN_SEVERAL = "in_several"
    COPY = "copy"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Example:
    """One clip of a class.

    Attributes:
        path: The file, absolute.
        label: Of its class.
        source: What it was taken from, where that is known: clips of one source resemble each
            other and are never on both sides of a trial. "" leaves it to the trainer.
    """

    path: str
    label: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """All that decides a training.

    Attributes:
        name: Of the classifier, clean (see `tags.clean_name`).
        title: Of its column.
        out: Folder that the classifier is written to; it appears whole or not at all.
        cache: Folder for what was seen of each clip, so that no clip is read twice.
        backbone: "auto", or a name of `clip_sizes.BACKBONES` or `OVER_VOLUMES`.
        head: "auto", or a name of `clip_sizes.OVER_FRAMES`.
        device: "auto", "cpu" or "cuda".
        seed: Of all that is random.
    """

    name: str
    title: str
    examples: tuple[Example, ...]
    out: Path
    cache: Path
    backbone: str = AUTO
    head: str = AUTO
    device: str = AUTO
    seed: int = 1

    def to_text(self) -> str:
        """The job as JSON; undecodable bytes of names survive, as escapes."""
        values = asdict(self) | {"out": str(self.out), "cache": str(self.cache)}
        return json.dumps(values, ensure_ascii=True)

    @classmethod
    def from_text(cls, text: str) -> "TrainingJob":
        """Read what `to_text` wrote."""
        values = json.loads(text)
        values["examples"] = tuple(Example(**one) for one in values["examples"])
        values["out"], values["cache"] = Path(values["out"]), Path(values["cache"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Advanced:
    """How far it is.

    Attributes:
        stage: "looking" at clips or "learning".
        done: Of `total`.
    """

    stage: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """A clip that cannot be learned from; `training_words.skipped` is the sentence.

    Attributes:
        why: An `errors.Why` or a `LeftOut`.
        about: The classes that it is in, or what the system says; "" where there is nothing to add.
    """

    path: str
    why: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Began:
    """What it works with.

    Attributes:
        backbone: What looks at the frames, and where it comes from.
        device: "cpu" or "cuda".
    """

    backbone: str
    device: str


@dataclass(frozen=True, slots=True)
class Tried:
    """The cross-validated result: every clip was judged by a network that saw none of its source.

    Attributes:
        labels: In the order of `confusion`.
        confusion: Clips by true label (rows) and by the label they got (columns).
        sources: Independent ones; what the result rests on.
        head: What was chosen to look over time.
    """

    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    sources: int
    head: str

    @property
    def clips(self) -> int:
        """How many were tried."""
        return sum(map(sum, self.confusion))

    @property
    def accuracy(self) -> float:
        """Share 0-1 that got their label."""
        return sum(row[at] for at, row in enumerate(self.confusion)) / self.clips

    @property
    def majority(self) -> float:
        """Share 0-1 that always naming the commonest label gets right."""
        return max(map(sum, self.confusion)) / self.clips

    @property
    def between(self) -> tuple[float, float]:
        """Where the accuracy on further clips lies in 95 of 100 such trials, at best.

        Counts sources, since clips of one source stand or fall together.

        Source: Wilson, 1927, with z = 1.96.
        """
        n, p, z = min(self.sources, self.clips), self.accuracy, 1.96
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
        # At both ends of the scale the formula meets the accuracy but for a rounding.
        return max(0.0, min(p, middle - reach)), min(1.0, max(p, middle + reach))

    @property
    def is_better(self) -> bool:
        """Whether it is better than always naming the commonest, beyond chance."""
        return self.between[0] > self.majority


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing can be trained; `training_words.refused` is the sentence.

    Attributes:
        refusal: A `Refusal`.
        about: Name of the class or the backbone, or what the machine says; "" where there is none.
    """

    refusal: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """The classifier lies in this folder."""

    folder: str


Told = Began | Advanced | Skipped | Tried | Refused | Made
"""What the trainer tells, one line of JSON each."""

_KINDS: Mapping[str, type[Told]] = {
    kind.__name__: kind for kind in (Began, Advanced, Skipped, Tried, Refused, Made)
}


def event_line(told: Told) -> str:
    """One line of JSON for what is told."""
    return json.dumps({"event": type(told).__name__, **asdict(told)}, ensure_ascii=True)


def event_of(line: str) -> Told | None:
    """What a line tells; None for a line that is none, such as a library's warning."""
    try:
        values = json.loads(line)
        kind = _KINDS[values.pop("event")]
        return kind(**{name: _frozen(value) for name, value in values.items()})
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _frozen(value: Any) -> Any:  # noqa: ANN401  whatever JSON holds
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def labels_of(examples: Sequence[Example]) -> tuple[str, ...]:
    """The labels of `examples`, in alphabetical order: the order of the answers."""
    return tuple(sorted({one.label for one in examples}))
