"""Tagging: what the installed classifiers call a clip, read once and stored.

Knows the source of frames and the ports of classifiers; training reads clips through it, too.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.clip import Clip, ContentId
from footage_sorter.domain.errors import ClassifierRefused, ClipError
from footage_sorter.domain.move import LEAST_SURE, Move, likely_moves, shipped_head
from footage_sorter.domain.ports import ClipTagger, FrameBatch, FrameSource, settled
from footage_sorter.domain.report import ClipReport, Pass
from footage_sorter.domain.tags import CAMERA_MOVE, CLIP_FRAMES, Classifier, ClassifierId

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A clip was judged by classifiers, and that is on disk.

    Attributes:
        probabilities: By label, by classifier; empty where the clip could not be judged.
    """

    clip: Clip
    probabilities: Mapping[ClassifierId, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Untaggable:
    """A classifier turned out to be unusable; the others, and the run, go on."""

    error: ClassifierRefused


class Taggers:
    """The classifiers at hand, each loaded when it is first needed. For one thread."""

    def __init__(self, load: Callable[[Classifier], ClipTagger]) -> None:
        self._load = load
        self._loaded: dict[ClassifierId, ClipTagger] = {}
        self._refused: set[ClassifierId] = set()

    def judge(
        self, pictures: Sequence[Picture], wanted: Iterable[Classifier]
    ) -> tuple[dict[ClassifierId, Mapping[str, float]], list[ClassifierRefused]]:
        """What classifiers say of a clip: probabilities by label.

        Args:
            pictures: `CLIP_FRAMES` of them; none where the clip could not be read, and then
                nothing is said of it.
            wanted: Those to ask.

        Returns:
            Their answers, and what is wrong with those that turned out to be unusable: told once,
            they are not asked again.
        """
        refused: list[ClassifierRefused] = []
        found: dict[ClassifierId, Mapping[str, float]] = {}
        for one in wanted:
            if one.id in self._refused:
                continue
            try:
                found[one.id] = self._ask(one, pictures) if pictures else {}
            except ClassifierRefused as error:
                self._refused.add(one.id)
                refused.append(error)
        return found, refused

    def _ask(self, wanted: Classifier, pictures: Sequence[Picture]) -> Mapping[str, float]:
        if wanted.id not in self._loaded:
            self._loaded[wanted.id] = self._load(wanted)
        return dict(zip(wanted.labels, self._loaded[wanted.id].judge(pictures), strict=True))


def camera_move(shake_model: str) -> Classifier:
    """The program's own classifier: what the camera did, by the bursts of the stored report.

    Args:
        shake_model: Who measured the bursts; other bursts make another classifier.
    """
    head = shipped_head()
    what = f"{head.name} {head.weights.tobytes().hex()} {head.bias.tobytes().hex()} {shake_model}"
    return Classifier(
        id=ClassifierId(f"{CAMERA_MOVE}@{hashlib.sha256(what.encode()).hexdigest()[:12]}"),
        name=CAMERA_MOVE,
        title="Camera move",
        labels=tuple(move.value for move in Move),
        side_px=0,
        least=LEAST_SURE,
        accuracy=head.accuracy,
        built_in=True,
    )


def of_report(report: ClipReport) -> Mapping[str, float]:
    """What the built-in classifier says of a closely looked at clip; empty where it cannot tell."""
    likely = likely_moves(report.bursts, shipped_head())
    return {move.value: min(1.0, share) for move, share in likely.items()}


def long_side_px(classifiers: Iterable[Classifier]) -> int:
    """The long side of frames that serve all of `classifiers`."""
    return max(one.working_long_side_px for one in classifiers)


def missing(
    content: ContentId,
    classifiers: Iterable[Classifier],
    known: Mapping[ContentId, Collection[ClassifierId]],
) -> list[Classifier]:
    """The classifiers that did not judge `content` yet."""
    return [one for one in classifiers if one.id not in known.get(content, ())]


def clip_pictures(
    source: FrameSource, clip: Clip, working_long_side_px: int, cancel: Event
) -> list[Picture]:
    """The pictures of a clip that classifiers see, evenly spaced, ascending.

    Returns:
        At most `CLIP_FRAMES` of uint8 (H, W, 3), fewer for a shorter or a damaged clip: see
        `filled`. None after a cancel.

    Raises:
        ClipError: Not one frame of the clip decodes.
    """
    with closing(source.read(clip, Pass.TAGS, working_long_side_px, cancel)) as samples:
        batches = [one for one in settled(samples) if isinstance(one, FrameBatch)]
    pictures = [picture for batch in batches for picture in batch.rgb]
    return [] if cancel.is_set() else pictures[:CLIP_FRAMES]


def filled(pictures: Sequence[Picture]) -> list[Picture]:
    """`CLIP_FRAMES` pictures from at least one: some stand twice where there are fewer."""
    return [pictures[at * len(pictures) // CLIP_FRAMES] for at in range(CLIP_FRAMES)]


def read_or_none(
    source: FrameSource, clip: Clip, working_long_side_px: int, cancel: Event
) -> list[Picture]:
    """`clip_pictures`, filled; none for a clip that cannot be read: its rating says why."""
    try:
        pictures = clip_pictures(source, clip, working_long_side_px, cancel)
    except ClipError:
        return []
    return filled(pictures) if pictures else []
