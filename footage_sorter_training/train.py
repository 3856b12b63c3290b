"""The way of a training: look at every clip, try heads on what they have not seen, make one.

Knows the order of things; each is done elsewhere.
"""

import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import numpy as np
import torch
from safetensors.torch import save as tensors_as_bytes

from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.domain.tags import (
    CLASSIFIER_CARD,
    CLASSIFIER_MANIFEST,
    CLASSIFIER_WEIGHTS,
)
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
from footage_sorter.inference.classifiers import manifest_values
from footage_sorter.inference.clip_sizes import OVER_VOLUMES, ClipSizes
from footage_sorter.inference.torch_clip_networks import build_sized
from footage_sorter.media.isolated import Decoders
from footage_sorter_training import backbones, clips, heads
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
    _write(job, backbone, trial.sizes, tried, content)
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


def _write(
    job: TrainingJob, backbone: Backbone, sizes: ClipSizes, tried: Tried, content: bytes
) -> None:
    """Write the classifier, whole or not at all; one that is there already is kept beside it."""
    side_px = backbone.side_px
    values = manifest_values(
        job.name, job.title, tried.labels, sizes, side_px=side_px, content=content
    ) | {
        "measured": {
            "how": "cross-validated by source: every clip by a network that saw none of its source",
            "clips": tried.clips,
            "sources": tried.sources,
            "accuracy": round(tried.accuracy, 4),
            "majority": round(tried.majority, 4),
            "between": [round(one, 4) for one in tried.between],
            "confusion": tried.confusion,
        },
        "backbone_from": backbone.origin,
        "seed": job.seed,
    }
    part = job.out.with_name(f".{secrets.token_hex(8)}.part")
    part.mkdir(parents=True)
    (part / CLASSIFIER_WEIGHTS).write_bytes(content)
    (part / CLASSIFIER_MANIFEST).write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    (part / CLASSIFIER_CARD).write_text(card(job, backbone, tried), "utf-8")
    if job.out.exists():
        moment = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
        job.out.rename(job.out.with_name(f"{job.out.name}-{moment}-{secrets.token_hex(3)}"))
    part.rename(job.out)


def card(job: TrainingJob, backbone: Backbone, tried: Tried) -> str:
    """What a person should know of the classifier, as Markdown."""
    low, high = tried.between
    lines = [
        f"# {job.title}",
        "",
        f"Tells apart: {', '.join(tried.labels)}. "
        f"Learned from {tried.clips} clips of {tried.sources} sources, on features of "
        f"{backbone.origin}; over time: {tried.head}.",
        "",
        f"**{tried.accuracy:.0%} right** on clips whose source it had not seen (cross-validated, "
        f"the choice of network included); by the number of sources, {low:.0%} to {high:.0%} is to "
        f"be expected of further ones. Always naming the commonest label: {tried.majority:.0%}.",
        "",
        "| truth \\ given | " + " | ".join(tried.labels) + " |",
        "|---" * (len(tried.labels) + 1) + "|",
    ]
    for label, row in zip(tried.labels, tried.confusion, strict=True):
        lines.append(f"| {label} | " + " | ".join(map(str, row)) + " |")
    return "\n".join(lines) + "\n"
