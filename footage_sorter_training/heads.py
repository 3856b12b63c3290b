"""Heads over kept features: fitted in seconds, tried on sources that they have not seen.

Knows tensors of features and labels, no clips and no files.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from footage_sorter.domain.training import AUTO
from footage_sorter.inference.clip_sizes import OVER_VOLUMES, ClipSizes
from footage_sorter.inference.torch_clip_networks import head_of

FOLDS = 5
CHOICE_FOLDS = 3
"""To choose among heads within a fold; more would only take longer."""
STEPS = 100
HIDDEN = 64
_RATES = {"average": 1e-2, "tcn": 2e-3, "gru": 5e-3, "lstm": 5e-3}
_VOLUME_RATE = 1e-2
_DECAY = 1e-2
_DROPOUT = 0.3
_SMOOTHING = 0.05
"""What was left over when a clip's label is not wholly sure. Source: Szegedy et al., 2016."""

CANDIDATES = ("average", "gru", "tcn")
"""Heads that "auto" chooses from: what is in the pictures, or what changes from one to the next."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What a backbone saw of clips, and what they are.

    Attributes:
        features: float32, (N, T, channels) of networks over frames, (N, channels) of volumes.
        truth: int64 (N,): numbers of the labels.
        sources: N names.
        labels: How many labels there are.
    """

    features: torch.Tensor
    truth: torch.Tensor
    sources: tuple[str, ...]
    labels: int

    def on(self, device: str) -> "Seen":
        """The same, on a device."""
        return replace(self, features=self.features.to(device), truth=self.truth.to(device))

    def at(self, numbers: NDArray[np.intp]) -> "Seen":
        """Some of the clips."""
        sources = tuple(self.sources[one] for one in numbers.tolist())
        return Seen(self.features[numbers], self.truth[numbers], sources, self.labels)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a cross-validation found.

    Attributes:
        sizes: With the head that was chosen for the whole.
        confusion: (labels, labels): true by given.
    """

    sizes: ClipSizes
    confusion: NDArray[np.int64]


def fit(sizes: ClipSizes, seen: Seen, seed: int) -> nn.Module:
    """Fit a head.

    Args:
        sizes: Whose head.
        seen: To learn from.
        seed: Of the first weights and of what is dropped.
    """
    torch.manual_seed(seed)
    head = new_head(sizes, seen.features.shape[-1], seen.labels).to(seen.features.device).train()
    counts = torch.bincount(seen.truth, minlength=seen.labels).clamp(min=1).float()
    loss_of = nn.CrossEntropyLoss(
        weight=(counts.mean() / counts).sqrt(), label_smoothing=_SMOOTHING
    )
    rate = _RATES.get(sizes.network, _VOLUME_RATE)
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=STEPS)
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss_of(head(seen.features), seen.truth).backward()
        optimiser.step()
        schedule.step()
    return head.eval()


def new_head(sizes: ClipSizes, channels: int, labels: int) -> nn.Module:
    """A head with random weights, as it will stand in the network of `sizes`."""
    if sizes.network in OVER_VOLUMES:
        return nn.Sequential(nn.Dropout(sizes.dropout), nn.Linear(channels, labels))
    return head_of(sizes, channels, labels)


def choices(sizes: ClipSizes, head: str) -> list[ClipSizes]:
    """The sizes to choose among: one where a head is named, or there is no choice."""
    trained = replace(sizes, hidden=HIDDEN, layers=1, dropout=_DROPOUT)
    if sizes.network in OVER_VOLUMES:
        return [trained]
    names = CANDIDATES if head == AUTO else (head,)
    return [replace(trained, network=name, layers=3 if name == "tcn" else 1) for name in names]


def cross_validate(
    among: Sequence[ClipSizes],
    seen: Seen,
    seed: int,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> Trial:
    """Judge every clip by a head that saw none of its source, also not when it was chosen.

    Within each fold the choice among heads is made on the fold's own clips, so that the result is
    that of the whole way of training, choice included.
    """
    parts = folds(seen.truth.tolist(), seen.sources, seed)
    confusion = np.zeros((seen.labels, seen.labels), np.int64)
    for done, part in enumerate(parts):
        tell(done, len(parts) + 1)
        inside, outside = seen.at(_others(seen, part)), seen.at(part)
        chosen = choose(among, inside, seed + done)
        given = _named(fit(chosen, inside, seed + done), outside)
        np.add.at(confusion, (outside.truth.cpu().numpy(), given), 1)
    tell(len(parts), len(parts) + 1)
    return Trial(choose(among, seen, seed), confusion)


def choose(among: Sequence[ClipSizes], seen: Seen, seed: int) -> ClipSizes:
    """The head that is right most often on sources that it did not see; the first of equals."""
    if len(among) == 1:
        return among[0]
    right = np.zeros(len(among))
    for part in folds(seen.truth.tolist(), seen.sources, seed, CHOICE_FOLDS):
        inside, outside = seen.at(_others(seen, part)), seen.at(part)
        if len(set(inside.truth.tolist())) < 2:
            continue
        truth = outside.truth.cpu().numpy()
        for number, sizes in enumerate(among):
            given = _named(fit(sizes, inside, seed), outside)
            right[number] += np.count_nonzero(given == truth)
    return among[int(right.argmax())]


def folds(
    truth: Sequence[int], sources: Sequence[str], seed: int, most: int = FOLDS
) -> list[NDArray[np.intp]]:
    """Part clips into at most `most`, every source whole, every label spread as evenly as it can.

    Returns:
        Numbers of clips, each in one part; no part is empty.
    """
    order = np.random.default_rng(seed).permutation(len(truth)).tolist()
    by_source: dict[str, list[int]] = {}
    for at in order:
        by_source.setdefault(sources[at], []).append(at)
    found = sorted(set(truth))
    rarest = min(len({sources[at] for at in order if truth[at] == one}) for one in found)
    parts = max(2, min(most, rarest, len(by_source)))
    counts = np.zeros((parts, max(found) + 1))
    members: list[list[int]] = [[] for _ in range(parts)]
    # The largest first: they fit worst.
    for group in sorted(by_source.values(), key=len, reverse=True):
        adds = np.bincount([truth[at] for at in group], minlength=counts.shape[1])
        # Where its labels are rarest so far; among equals, where fewest clips are.
        rare, few = counts[:, adds > 0].sum(axis=1), counts.sum(axis=1)
        into = int(np.lexsort((few, rare))[0])
        counts[into] += adds
        members[into] += group
    return [np.sort(np.array(one, np.intp)) for one in members if one]


def _others(seen: Seen, part: NDArray[np.intp]) -> NDArray[np.intp]:
    return np.setdiff1d(np.arange(len(seen.truth)), part)


def _named(head: nn.Module, clips: Seen) -> NDArray[np.intp]:
    """The numbers of the labels that a head gives."""
    with torch.inference_mode():
        given: NDArray[np.intp] = head(clips.features).argmax(dim=1).cpu().numpy()
    return given
