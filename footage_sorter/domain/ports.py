"""Ports: the seams between the pipeline and what decodes and measures. Tests replace them."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, MediaInfo
from footage_sorter.domain.errors import ClassifierRefused
from footage_sorter.domain.report import BurstScore, FrameScore, Pass, SoundScore
from footage_sorter.domain.tags import Classifier


@dataclass(frozen=True, slots=True, eq=False)
class FrameBatch:
    """Decoded frames of one clip, upright.

    Attributes:
        rgb: uint8, shape (N, H, W, 3), sRGB, full range 0-255.
        times_s: float64, shape (N,), seconds from the clip's start, ascending.
    """

    rgb: NDArray[np.uint8]
    times_s: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.rgb.ndim != 4 or self.rgb.shape[-1] != 3:
            raise ValueError(f"rgb must be (N, H, W, 3), got {self.rgb.shape}")
        if self.times_s.shape != self.rgb.shape[:1]:
            raise ValueError(f"{self.times_s.shape=} does not match {self.rgb.shape=}")


@dataclass(frozen=True, slots=True, eq=False)
class Burst:
    """Consecutive frames of one clip, small and grey.

    Attributes:
        luma: uint8, shape (N, H, W), full range 0-255, W at most `BURST_WIDTH_PX`.
        times_s: float64, shape (N,), seconds from the clip's start, ascending.
    """

    luma: NDArray[np.uint8]
    times_s: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.luma.ndim != 3:
            raise ValueError(f"luma must be (N, H, W), got {self.luma.shape}")
        if self.times_s.shape != self.luma.shape[:1]:
            raise ValueError(f"{self.times_s.shape=} does not match {self.luma.shape=}")


@dataclass(frozen=True, slots=True)
class Damage:
    """Something in the clip could not be decoded; what follows may still be whole."""

    detail: str


@dataclass(frozen=True, slots=True)
class StartOver:
    """The clip is read again from its start: what was yielded of it so far does not count."""


Sampled = FrameBatch | Burst | Damage | StartOver


def settled(samples: Iterable[Sampled]) -> list[FrameBatch | Burst | Damage]:
    """What counts of all samples of a clip: those after the last `StartOver`."""
    kept: list[FrameBatch | Burst | Damage] = []
    for sample in samples:
        if isinstance(sample, StartOver):
            kept.clear()
        else:
            kept.append(sample)
    return kept


BURST_WIDTH_PX = 480
"""Shake is measured at most this wide."""


class FrameSource(Protocol):
    """Decodes the frames that a look at a clip needs."""

    def read(
        self, clip: Clip, looked: Pass, working_long_side_px: int, cancel: Event
    ) -> Generator[Sampled, None, None]:
        """Yield batches and bursts of `clip`, a few at a time, in the order decoded.

        The same clip always gives the same, but for what comes before a `StartOver`.

        Frames come scaled so that their long side is at most `working_long_side_px`; they are
        never enlarged. A generator: closing it closes the file. Ends early when `cancel` is set.

        Raises:
            ClipError: The clip yields no frame at all.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What a scorer says of a batch.

    Attributes:
        frames: One a frame, in order.
        pictures: float32, shape (N, d): what a network sees in each frame, numbers to learn from
            and of no meaning by themselves; None where no network looked.
    """

    frames: tuple[FrameScore, ...]
    pictures: NDArray[np.float32] | None = None


class FrameScorer(Protocol):
    """Judges single frames: blur and exposure."""

    @property
    def blur_model(self) -> str:
        """What judges blur, as "NAME@HASH"."""
        ...

    @property
    def exposure_model(self) -> str:
        """What judges exposure, as "NAME@HASH"."""
        ...

    @property
    def working_long_side_px(self) -> int:
        """Frames must arrive scaled to this long side, or smaller where the clip is smaller."""
        ...

    @property
    def stands_in(self) -> str:
        """Why a simpler scorer rates in place of the networks; "" where none does."""
        ...

    def score(self, batch: FrameBatch) -> Scored:
        """Judge each frame of `batch`, in order."""
        ...


@dataclass(frozen=True, slots=True)
class ScorerFacts:
    """What a `FrameScorer` says of itself, as a value."""

    blur_model: str
    exposure_model: str
    working_long_side_px: int
    stands_in: str


class ClipTagger(Protocol):
    """Judges whole clips: an installed classifier, loaded."""

    def judge(self, pictures: Sequence[NDArray[np.uint8]]) -> tuple[float, ...]:
        """Return the probabilities of the classifier's labels, in their order, summing to 1.

        Args:
            pictures: `tags.CLIP_FRAMES` of a clip, ascending, uint8 (H, W, 3), sRGB, of any sizes.
        """
        ...


def no_tagger(classifier: Classifier) -> ClipTagger:
    """Refuse every classifier: where no network runs, none can.

    Raises:
        ClassifierRefused: Always.
    """
    raise ClassifierRefused(classifier.name, "no network runs here")


@dataclass(frozen=True, slots=True)
class Instruments:
    """Everything that measures, as values: services know no concrete part.

    Attributes:
        probe: Reads what a file is, until a cancel; raises ClipError.
        open_scorer: Loads the frame scorer, once; called on the analysis thread, takes seconds.
        source: Decodes.
        score_burst: Measures shake and change.
        shake_model: "NAME@VERSION" of `score_burst`.
        score_sound: Measures the sound of a clip; None where it has none or it cannot be read.
        sound_model: "NAME@VERSION" of `score_sound`.
        classifiers: Those installed now, known without loading them.
        load_tagger: Loads one of them; called on the analysis thread, takes a moment; raises
            ClassifierRefused.
    """

    probe: Callable[[Path, Event], MediaInfo]
    open_scorer: Callable[[], FrameScorer]
    source: FrameSource
    score_burst: Callable[[Burst], BurstScore]
    shake_model: str
    score_sound: Callable[[Clip, Event], tuple[SoundScore, ...] | None]
    sound_model: str
    classifiers: Callable[[], Sequence[Classifier]] = tuple
    load_tagger: Callable[[Classifier], ClipTagger] = no_tagger
