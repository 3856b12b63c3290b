"""What the judges' process is asked: tasks for a worker, each yields one answer.

Each loads what it needs the first time, and keeps it as long as the process lives.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Event

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain.ports import Burst, FrameBatch, Scored, ScorerFacts
from footage_sorter.domain.report import BurstScore
from footage_sorter.domain.tags import Classifier
from footage_sorter.inference import motion, scorers

_scorer = lru_cache(maxsize=1)(scorers.open_scorer)
_tagger = lru_cache(maxsize=None)(scorers.load_tagger)


def scorer_facts(device: str, weights: Path, _cancel: Event) -> Iterator[ScorerFacts]:
    """Load the scorer: see `scorers.open_scorer`."""
    scorer = _scorer(device, weights)
    yield ScorerFacts(
        scorer.blur_model, scorer.exposure_model, scorer.working_long_side_px, scorer.stands_in
    )


def score(device: str, weights: Path, batch: FrameBatch, _cancel: Event) -> Iterator[Scored]:
    """Judge each frame of `batch`, in order."""
    yield _scorer(device, weights).score(batch)


def score_burst(burst: Burst, _cancel: Event) -> Iterator[BurstScore]:
    """Measure shake and change: see `motion.score_burst`."""
    yield motion.score_burst(burst)


def load(device: str, shelf: Path, classifier: Classifier, _cancel: Event) -> Iterator[None]:
    """Load an installed classifier: see `scorers.load_tagger`."""
    _tagger(device, shelf, classifier)
    yield None


def judge(
    device: str,
    shelf: Path,
    classifier: Classifier,
    pictures: Sequence[NDArray[np.uint8]],
    _cancel: Event,
) -> Iterator[tuple[float, ...]]:
    """What an installed classifier says of a clip: see `ClipTagger.judge`."""
    yield _tagger(device, shelf, classifier).judge(pictures)


def check(folder: Path, _cancel: Event) -> Iterator[Classifier]:
    """Load a classifier once: see `scorers.check_classifier`."""
    yield scorers.check_classifier(folder)
