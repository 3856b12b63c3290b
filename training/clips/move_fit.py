"""Which camera move is it: a rule, a linear layer and a recurrent network over the stored bursts.

    python -m training fit-moves --clips runs/moves --out resources/moves

All learn from the clips of `learn` and are measured on those of `held_out`, whose photographs no
clip of `learn` shows. The linear layer is what ships; the manifest holds its numbers and what was
measured.
"""

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from tqdm import tqdm

from footage_sorter.domain.move import FEATURES, Move, MoveHead, features_of
from footage_sorter.domain.report import BurstScore
from footage_sorter.inference.motion import SHAKY_SHARE
from training.clips.facts import bursts_of
from training.clips.moves import is_short
from training.errors import DataError

MOVES = list(Move)
DECAY = 1e-3
"""Pull on the linear layer's weights: 3e-4 to 3e-3 did equally well in cross-validation."""

EXCERPTS = 2
"""Excerpts of each clip to learn from, as if somebody had kept some seconds of it."""

EXCERPT_BURSTS = (2, 5)
"""Fewest and most bursts of one: 1.5 to 4 s."""

DISTURBED = 4
"""Disturbed copies of each clip and excerpt to learn from, beside what they are copies of."""

Bursts = Sequence[BurstScore]
Judge = Callable[[Bursts], int]


@dataclass(frozen=True, slots=True)
class Filmed:
    """A rendered clip: what it is, and what the program measured of it."""

    path: Path
    move: int
    bursts: tuple[BurstScore, ...]


def read_side(folder: Path, side: str) -> list[Filmed]:
    """Measure every rendered clip of one side, as the program does.

    Raises:
        DataError: A move has no clip.
    """
    found = []
    for number, move in enumerate(MOVES):
        paths = sorted((folder / side / move).glob("[!.]*-*.mp4"))
        if not paths:
            raise DataError(folder / side / move, "no clips; run `python -m training moves` first")
        found += [
            Filmed(path, number, bursts_of(path)) for path in tqdm(paths, desc=f"{side} {move}")
        ]
    return found


def fit_and_measure(clips: Path, out: Path) -> dict[str, Any]:
    """Fit every candidate, write the manifest of the linear layer, return what was measured."""
    learn, held_out = read_side(clips, "learn"), read_side(clips, "held_out")
    lessons = varied(learn)
    head = fit_head(lessons)
    candidates: dict[str, Judge] = {
        "rule": fit_rule(learn),
        "linear": lambda bursts: judged_by(head, bursts),
        "recurrent": fit_recurrent(lessons),
    }
    sets = {
        "learn": learn,
        "held_out": held_out,
        "held_out_short": [one for one in held_out if is_short(one.path)],
    }
    measured = {
        name: {which: shares(judge, these) for which, these in sets.items() if these}
        for name, judge in candidates.items()
    }
    out.mkdir(parents=True, exist_ok=True)
    values = manifest_values(head, len(learn), measured)
    (out / "manifest.json").write_text(json.dumps(values, indent=1) + "\n", "utf-8")
    return measured


def judged_by(head: MoveHead, bursts: Bursts) -> int:
    """The likeliest move, -1 where nothing can be told."""
    features = features_of(bursts)
    return -1 if features is None else int(head.probabilities(features).argmax())


def shares(judge: Judge, clips: Sequence[Filmed]) -> dict[str, Any]:
    """Share called right, by move and of all; not told counts as wrong."""
    called = np.array([judge(one.bursts) for one in clips])
    truth = np.array([one.move for one in clips])
    return {
        "clips": len(clips),
        "accuracy": round(float((called == truth).mean()), 4),
        "not_told": int((called < 0).sum()),
        "recalls": {
            move.value: round(float((called[truth == n] == n).mean()), 4)
            for n, move in enumerate(MOVES)
        },
    }


def varied(clips: Sequence[Filmed]) -> list[Filmed]:
    """Clips and excerpts of them, and disturbed copies of both."""
    rng = np.random.default_rng(5)
    cut = [*clips, *(part for one in clips for part in excerpts(one, rng))]
    return cut + [
        disturb(one, np.random.default_rng((20, number, again)))
        for number, one in enumerate(cut)
        for again in range(DISTURBED)
    ]


def excerpts(one: Filmed, rng: np.random.Generator) -> Iterator[Filmed]:
    """Cut pieces of a few bursts out of a clip; none out of one that is not longer than they."""
    for _ in range(EXCERPTS):
        length = int(rng.integers(EXCERPT_BURSTS[0], EXCERPT_BURSTS[1] + 1))
        if length < len(one.bursts):
            first = int(rng.integers(len(one.bursts) - length + 1))
            yield replace(one, bursts=one.bursts[first : first + length])


def disturb(one: Filmed, rng: np.random.Generator) -> Filmed:
    """Spoil some of a clip's bursts as real footage does; what the camera did stays the same.

    A subject that fills the picture passes for the camera in some bursts, others cannot be
    measured, and a coarse codec or hands before the lens make a still picture tremble.
    """
    caught = rng.uniform(0.0, 0.4) * (rng.random() < 0.6)
    noise = rng.uniform(0.0, 0.012) * (rng.random() < 0.6)
    tremble = rng.uniform(0.0, 0.0006) * (rng.random() < 0.6)
    gone = rng.uniform(0.0, 0.3) * (rng.random() < 0.4)
    bursts = []
    for burst in one.bursts:
        if burst.shake is None or rng.random() < gone:
            bursts.append(replace(burst, shake=None, pan_x=0.0, pan_y=0.0, zoom=0.0))
            continue
        velocity = np.array([burst.pan_x, burst.pan_y, burst.zoom]) + rng.normal(0.0, noise, 3)
        share = burst.shake / (1.0 - min(burst.shake, 0.999)) * SHAKY_SHARE
        share += tremble * rng.uniform(0.3, 1.5)
        if rng.random() < caught:
            velocity += rng.normal(0.0, (0.1, 0.1, 0.25)) * rng.choice([0.3, 1.0, 1.5])
            share += rng.uniform(0.0, 0.002)
        x, y, zoom = velocity.tolist()
        shake = share / (share + SHAKY_SHARE)
        bursts.append(replace(burst, shake=shake, pan_x=x, pan_y=y, zoom=zoom))
    return replace(one, bursts=tuple(bursts))


def fit_head(clips: Sequence[Filmed]) -> MoveHead:
    """Fit the linear layer: multinomial logistic regression with a pull on its weights."""
    told = [
        (features, one.move) for one in clips if (features := features_of(one.bursts)) is not None
    ]
    matrix = np.array([features for features, _ in told])
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-6
    seen = torch.from_numpy((matrix - middle) / spread)
    truth = torch.tensor([move for _, move in told])
    layer = nn.Linear(len(FEATURES), len(MOVES)).double()
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    optimiser = torch.optim.LBFGS(layer.parameters(), max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value: torch.Tensor = nn.functional.cross_entropy(layer(seen), truth)
        value = value + DECAY * (layer.weight**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    weights, bias = (one.detach().numpy() for one in (layer.weight, layer.bias))
    return MoveHead("move-2", middle, spread, weights, bias)


def fit_rule(clips: Sequence[Filmed]) -> Judge:
    """Fit the plain rule: still, or steady along the fastest direction, or a hand.

    Three thresholds, each on one number of `features_of`; the best on `clips`.
    """
    told = [(features_of(one.bursts), one.move) for one in clips]
    bounds = itertools.product(
        np.log(np.geomspace(0.004, 0.06, 12)),  # still below this speed
        np.log(np.geomspace(2e-4, 2e-3, 8)),  # and below this shake
        np.linspace(-0.2, 0.8, 11),  # steady above this likeness of neighbouring bursts
    )
    best = max(
        bounds, key=lambda three: sum(_by_rule(features, three) == move for features, move in told)
    )
    return lambda bursts: _by_rule(features_of(bursts), best)


def _by_rule(features: NDArray[np.float64] | None, bounds: tuple[float, float, float]) -> int:
    """What the rule says of a clip's features; -1 where there are none."""
    if features is None:
        return -1
    of = dict(zip(FEATURES, features, strict=True))
    still, calm, alike = bounds
    speeds = [of["speed_x"], of["speed_y"], of["speed_zoom"]]
    if max(speeds) < still and of["shake"] < calm:
        return MOVES.index(Move.STATIC)
    fastest = int(np.argmax(speeds))
    steady = (of["steady_x"], of["steady_y"], of["steady_zoom"])[fastest]
    if steady < alike:
        return MOVES.index(Move.HANDHELD)
    return MOVES.index((Move.PAN, Move.TILT, Move.ZOOM)[fastest])


class OverBursts(nn.Module):
    """A recurrent network over the bursts of a clip, one after the other."""

    def __init__(self, hidden: int = 24) -> None:
        super().__init__()
        self.over_time = nn.GRU(5, hidden, batch_first=True, bidirectional=True)
        self.answer = nn.Linear(2 * hidden, len(MOVES))

    def forward(self, bursts: torch.Tensor) -> torch.Tensor:
        """Return logits (N, moves) of bursts (N, T, 5)."""
        held, _ = self.over_time(bursts)
        logits: torch.Tensor = self.answer(held.mean(dim=1))
        return logits


def fit_recurrent(clips: Sequence[Filmed], epochs: int = 14) -> Judge:
    """Fit a recurrent network, mirrored and turned-round clips beside the clips themselves."""
    torch.manual_seed(20)
    network, rng = OverBursts(), np.random.default_rng(20)
    optimiser = torch.optim.AdamW(network.parameters(), lr=4e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    for _ in range(epochs):
        for these in _batches_of_one_length(clips, rng):
            seen = torch.stack([
                _sequence(one.bursts) * torch.tensor([1.0, *rng.choice([-1.0, 1.0], 3), 1.0])
                for one in these
            ])  # fmt: skip
            truth = torch.tensor([one.move for one in these])
            loss = nn.functional.cross_entropy(network(seen.float()), truth)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        schedule.step()

    def judge(bursts: Bursts) -> int:
        with torch.inference_mode():
            return int(network(_sequence(bursts).float()[np.newaxis]).argmax())

    return judge


def _batches_of_one_length(
    clips: Sequence[Filmed], rng: np.random.Generator, at_most: int = 64
) -> Iterator[list[Filmed]]:
    """All clips, in batches of as many bursts each: nothing is padded."""
    lengths = np.array([len(one.bursts) for one in clips])
    batches = []
    for length in np.unique(lengths):
        numbers = rng.permutation(np.flatnonzero(lengths == length))
        batches += np.split(numbers, range(at_most, len(numbers), at_most))
    for at in rng.permutation(len(batches)):
        yield [clips[number] for number in batches[at]]


def _sequence(bursts: Bursts) -> torch.Tensor:
    """Shake, velocities and whether it was measured, of each burst: (T, 5)."""
    rows = [
        (
            one.shake or 0.0,
            *(np.arcsinh(50 * v) for v in (one.pan_x, one.pan_y, one.zoom)),
            float(one.shake is None),
        )
        for one in bursts
    ]
    return torch.tensor(rows or [(0.0, 0.0, 0.0, 0.0, 1.0)], dtype=torch.float64)


def manifest_values(head: MoveHead, learned: int, measured: dict[str, Any]) -> dict[str, Any]:
    """Return what `domain.move.read_head` reads, and where it came from."""
    return {
        "format": 1,
        "name": head.name,
        "moves": [move.value for move in MOVES],
        "features": list(FEATURES),
        **{
            name: np.round(getattr(head, name), 6).tolist()
            for name in ("middle", "spread", "weights", "bias")
        },
        "fitted_on": f"{learned} rendered clips (training.clips.moves)",
        "measured": measured,
    }
