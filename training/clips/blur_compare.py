"""The question: does a recurrent network over frame features judge blur better than averaging?

    python -m training blur-over-time > resources/weights/blur/over_time.md

Both see the same frames through the same frozen blur network. Averaging takes the mean of its
calibrated probabilities over each second, as the program does. The recurrent network (a GRU, either
way in time, one answer a frame) sees the features that the network's own pooling weighs, learns on
rendered clips with known blurred seconds, and is averaged over each second, too.

Measured on rendered clips of other photographs, and on real clips whose blurred seconds a person
named. A second counts where most of its frames are surely sharp, or surely blurred.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load as read_tensors
from torch import nn
from tqdm import tqdm

from footage_sorter.domain.clip import Clip
from footage_sorter.inference.preprocess import cut_out, fit
from footage_sorter.inference.torch_backend import load_network
from footage_sorter.inference.torch_networks import EvidenceNet, build
from footage_sorter.inference.weights import Manifest, Material, read_weights
from footage_sorter.media.stills import frames_at
from training.clips.blur import LOOKS_HZ, known_clips
from training.clips.facts import clip_of
from training.errors import DataError
from training.metrics import area_under_curve
from training.optics import Picture

Numbers = NDArray[np.float64]

MOST_SECONDS = 20
"""Of a real clip: a long still one would outweigh all others."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A clip as the frozen network sees it.

    Attributes:
        name: Of the clip.
        features: float32 (frames, features).
        averaged: float64 (frames,), calibrated probability of blur.
        blurred: int64 (frames,): 1 blurred, 0 sharp, -1 neither surely.
        moving: Something smears by itself.
    """

    name: str
    features: NDArray[np.float32]
    averaged: Numbers
    blurred: NDArray[np.int64]
    moving: bool


class Eye:
    """The frozen blur network: what it says of a frame, and what it saw."""

    def __init__(self, weights: Traversable) -> None:
        self._manifest, self._net = _evidence_net(weights)
        self._seen = torch.empty(0)
        self._net.head.answer.register_forward_pre_hook(self._keep)

    @property
    def model(self) -> str:
        """Name and hash of the network."""
        return self._manifest.label

    def _keep(self, _module: nn.Module, seen: tuple[torch.Tensor, ...]) -> None:
        self._seen = seen[0]

    def look(self, pictures: Sequence[Picture]) -> tuple[NDArray[np.float32], Numbers]:
        """Return features (frames, width + classes) and probabilities of blur (frames,)."""
        features, logits = [], []
        for picture in pictures:
            fitted = fit(picture, self._manifest.working_long_side_px)
            cut = torch.from_numpy(cut_out(fitted, self._manifest.framing)[np.newaxis])
            with torch.inference_mode():
                answer = self._net(cut).double()
                weights = torch.softmax(self._net.head.evidence(self._seen).flatten(), dim=0)
                positions = self._seen.permute(0, 2, 3, 1).reshape(len(weights), -1)
            pooled = (weights[:, np.newaxis] * positions).sum(dim=0)
            features.append(np.concatenate([pooled.numpy(), answer[0].float().numpy()]))
            logits.append(answer[0].numpy())
        calibration = self._manifest.calibrations[Material.VIDEO]
        return np.stack(features), calibration.probabilities(np.stack(logits))[:, 1]


class OverFrames(nn.Module):
    """A recurrent network, either way in time, with one answer a frame."""

    def __init__(self, features: int, hidden: int = 32) -> None:
        super().__init__()
        self.over_time = nn.GRU(features, hidden, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(0.2)
        self.answer = nn.Linear(2 * hidden, 1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Return logits of blur (N, T) of features (N, T, features)."""
        held, _ = self.over_time(features)
        logits: torch.Tensor = self.answer(self.dropout(held))
        return logits[..., 0]


@dataclass(frozen=True, slots=True, eq=False)
class Recurrent:
    """A fitted recurrent network and the scaling of its features."""

    net: OverFrames
    middle: NDArray[np.float32]
    spread: NDArray[np.float32]

    def probabilities(self, features: NDArray[np.float32]) -> Numbers:
        """Return the probability of blur of each frame, (frames,)."""
        seen = torch.from_numpy((features - self.middle) / self.spread)[np.newaxis]
        with torch.inference_mode():
            likely = self.net(seen)[0].sigmoid().double().numpy()
        return np.asarray(likely)


def fit_recurrent(clips: Sequence[Looked], epochs: int = 60, seed: int = 20) -> Recurrent:
    """Fit the recurrent network on frames that are surely sharp or blurred."""
    torch.manual_seed(seed)
    stacked = np.concatenate([one.features for one in clips])
    middle, spread = stacked.mean(axis=0), stacked.std(axis=0) + np.float32(1e-3)
    net = OverFrames(stacked.shape[1])
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    order = np.random.default_rng(seed)
    for _ in range(epochs):
        net.train()
        for number in order.permutation(len(clips)):
            one = clips[number]
            seen = torch.from_numpy((one.features - middle) / spread)[np.newaxis]
            known = torch.from_numpy(one.blurred >= 0)
            truth = torch.from_numpy(one.blurred).float()[known]
            loss = nn.functional.binary_cross_entropy_with_logits(net(seen)[0][known], truth)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
        schedule.step()
    return Recurrent(net.eval(), middle, spread)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way of judging reaches over seconds.

    Attributes:
        seconds: How many count.
        blurred: How many of them are blurred.
        accuracy: Share 0-1 called right at 0.5.
        found: Share 0-1 of blurred seconds called blurred; None without any.
        false_alarms: Share 0-1 of sharp seconds called blurred.
        moving_alarms: The same, in clips where something smears by itself; None without any.
        area: Area under the curve; None where only sharp or only blurred seconds occur.
    """

    seconds: int
    blurred: int
    accuracy: float
    found: float | None
    false_alarms: float
    moving_alarms: float | None
    area: float | None


def measure(clips: Sequence[Looked], by_frame: Sequence[Numbers]) -> Measured:
    """Measure probabilities (frames,) of each clip over its seconds."""
    found, truth, moving = [], [], []
    for one, probabilities in zip(clips, by_frame, strict=True):
        for start in range(0, len(probabilities) - LOOKS_HZ + 1, LOOKS_HZ):
            labels = one.blurred[start : start + LOOKS_HZ]
            sharp, blurred = int((labels == 0).sum()), int((labels == 1).sum())
            if max(sharp, blurred) * 2 <= LOOKS_HZ:
                continue
            found.append(float(probabilities[start : start + LOOKS_HZ].mean()))
            truth.append(blurred > sharp)
            moving.append(one.moving)
    scores, is_blurred, is_moving = np.array(found), np.array(truth), np.array(moving)
    called = scores > 0.5
    return Measured(
        len(scores),
        int(is_blurred.sum()),
        float((called == is_blurred).mean()),
        _share(called[is_blurred]),
        _share(called[~is_blurred]) or 0.0,
        _share(called[~is_blurred & is_moving]),
        area_under_curve(scores, is_blurred),
    )


def look_at_rendered(photographs: Path, eye: Eye, count: int, *, held_out: bool) -> list[Looked]:
    """Render clips with known blurred seconds and look at them."""
    with TemporaryDirectory() as folder:
        clips = known_clips(photographs, Path(folder), count, held_out=held_out)
        return [
            Looked(one.name, *eye.look(one.pictures), one.blurred, one.moving)
            for one in tqdm(clips, total=count, desc="held out" if held_out else "learn")
        ]


def look_at_real(footage: Path, table: Path, eye: Eye) -> list[Looked]:
    """Look at real clips whose blurred seconds `table` names.

    Args:
        footage: Folder that its files lie in.
        table: Columns file, blurred (spans "3.5-8.5 12-13" in seconds), unsure (the same).
        eye: The frozen network.

    Raises:
        DataError: A listed clip is missing.
    """
    looked = []
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            path = footage / row["file"]
            if not path.is_file():
                raise DataError(path, f"missing, but listed in {table.name}")
            clip = clip_of(path)
            times_s = _times_s(clip)
            labels = np.zeros(len(times_s), np.int64)
            for spans, label in ((row["blurred"], 1), (row["unsure"], -1)):
                for span in spans.split():
                    start_s, end_s = (float(at) for at in span.split("-"))
                    labels[(times_s >= start_s) & (times_s < end_s)] = label
            pictures = frames_at(clip, times_s.tolist(), 640, exact=True)
            looked.append(Looked(path.name, *eye.look(pictures), labels, moving=True))
    return looked


def _times_s(clip: Clip) -> Numbers:
    """Moments to look at: `LOOKS_HZ` a second."""
    assert clip.media is not None
    seconds = min(clip.media.duration_s, MOST_SECONDS)
    return np.asarray((np.arange(int(seconds * LOOKS_HZ)) + 0.5) / LOOKS_HZ)


def _evidence_net(weights: Traversable) -> tuple[Manifest, EvidenceNet]:
    """Build and fill the shipped network."""
    load_network(weights, ("sharp", "blurry"))  # refuses what does not fit
    manifest, content = read_weights(weights)
    net = build(manifest.stem_channels, manifest.stages, manifest.width, 2)
    assert isinstance(net, EvidenceNet)
    net.load_state_dict({name: value.float() for name, value in read_tensors(content).items()})
    return manifest, net.eval()


def _share(called: NDArray[np.bool_]) -> float | None:
    return float(called.mean()) if len(called) else None
