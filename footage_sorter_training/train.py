"""The way of a training: look at every clip, try heads on what they have not seen, make one.

Knows the order of things; each is done elsewhere.
"""

from collections.abc import Callable
from threading import Event

import numpy as np
import torch
from safetensors.torch import save as tensors_as_bytes

from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.domain.training import (
    AUTO,
    Advanced,
    Began,
    Made,
    Refusal,
    Refused,
    Skipped,
    Told,
    TrainingJob,
    Tried,
)
from footage_sorter.inference.clip_sizes import OVER_VOLUMES
from footage_sorter.inference.torch_clip_networks import build_sized
from footage_sorter.media.decoders import Decoders
from footage_sorter_training import backbones, classifier, clips, heads
from footage_sorter_training.backbones import Backbone, NoBackbone
from footage_sorter_training.clips import Lesson, NothingToLearn
from footage_sorter_training.features import Looker
from footage_sorter_training.heads import Seen
from footage_sorter_training.place import Place

Tell = Callable[[Told], None]


class Talk:
    """How the trainer talks with the program that started it.

    Attributes:
        tell: Takes each event.
        running: Cleared while it is to wait.
    """

    def __init__(self, tell: Tell, running: Event) -> None:
        self.tell = tell
        self.running = running

    def advance(self, stage: str, done: int, total: int) -> None:
        """Say how far it is; wait here while it is to wait."""
        self.tell(Advanced(stage, done, total))
        self.running.wait()


def train(job: TrainingJob, talk: Talk) -> None:
    """Train what `job` says, or say why not. What was looked at is kept for the next time."""
    try:
        _train(job, talk)
    except NothingToLearn as error:
        talk.tell(Refused(error.refusal, error.about))


def _train(job: TrainingJob, talk: Talk) -> None:
    """Train what `job` says.

    Raises:
        NothingToLearn: It cannot be done, for what the job names or for what its clips are.
    """
    labels = clips.wanted_labels(job.examples)
    place, backbone = _at_hand(job)
    talk.tell(Began(backbone.origin, place.device))
    lessons, features = _look(job, labels, backbone, place, talk)
    clips.check(lessons, labels)
    seen = Seen(
        torch.from_numpy(features),
        torch.tensor([labels.index(one.label) for one in lessons]),
        tuple(one.source for one in lessons),
        len(labels),
    )
    head = AUTO if backbone.sizes.network in OVER_VOLUMES else job.head
    among = heads.choices(backbone.sizes, head)

    def advance(done: int, total: int) -> None:
        talk.advance("learning", done, total)

    trial = place.do(lambda device: heads.cross_validate(among, seen.on(device), job.seed, advance))
    confusion = tuple(tuple(map(int, row)) for row in trial.confusion.tolist())
    tried = Tried(labels, confusion, len(set(seen.sources)), trial.sizes.network)
    fitted = place.do(lambda device: heads.fit(trial.sizes, seen.on(device), job.seed))
    talk.tell(tried)
    backbone.net.head = fitted
    net = backbone.net.cpu()
    wanted = build_sized(trial.sizes, len(labels))
    wanted.load_state_dict(net.state_dict())  # what the program will build takes it
    content = tensors_as_bytes({k: v.contiguous() for k, v in wanted.state_dict().items()})
    classifier.write(job, backbone, trial.sizes, tried, content)
    talk.tell(Made(str(job.out)))


def _at_hand(job: TrainingJob) -> tuple[Place, Backbone]:
    """Choose where to compute and what looks at the frames.

    Raises:
        NothingToLearn: One that was named cannot be had.
    """
    try:
        return Place(job.device), backbones.find(job.backbone)
    except InferenceUnavailable as error:
        raise NothingToLearn(Refusal.NO_DEVICE, error.detail) from error
    except NoBackbone as error:
        raise NothingToLearn(error.refusal, error.about) from error


def _look(
    job: TrainingJob, labels: tuple[str, ...], backbone: Backbone, place: Place, talk: Talk
) -> tuple[list[Lesson], np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Look at every clip that can be learned from.

    Raises:
        NothingToLearn: Too few are left of a class; told before a frame of them is looked at.
    """
    total = len(job.examples)
    never = Event()
    with_decoders = Decoders()
    try:
        found: list[Lesson] = []
        for done, example in enumerate(job.examples):
            talk.advance("looking", done // 2, total)  # opening is quick beside what follows
            lesson = clips.look_at(example, with_decoders, never)
            _keep_or_tell(lesson, found, talk)
        found, doubles = clips.without_doubles(found)
        for one in doubles:
            talk.tell(one)
        found = clips.with_sources(found)
        clips.check(found, labels)
        looker = Looker(backbone, with_decoders, job.cache, place)
        lessons, features = [], []
        for done, lesson in enumerate(found):
            talk.advance("looking", total // 2 + done * total // (2 * len(found)), total)
            seen = looker.look(lesson, never)
            if isinstance(seen, Skipped):
                talk.tell(seen)
            else:
                lessons.append(lesson)
                features.append(seen)
    finally:
        with_decoders.close()
    if not features:
        raise NothingToLearn(Refusal.NO_CLIP)
    return lessons, np.stack(features)


def _keep_or_tell(lesson: Lesson | Skipped, into: list[Lesson], talk: Talk) -> None:
    if isinstance(lesson, Skipped):
        talk.tell(lesson)
    else:
        into.append(lesson)
