"""The page that answers the question of `clips.blur_compare`, as Markdown."""

import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from training.clips.blur import BLURRED_RADIUS_PX, BLURRED_SMEAR_PX
from training.clips.blur_compare import (
    Eye,
    Looked,
    Measured,
    fit_recurrent,
    look_at_real,
    look_at_rendered,
    measure,
)

LEARN_CLIPS, HELD_OUT_CLIPS = 40, 30
SEEDS = (20, 21, 22)
"""Of the recurrent network: its numbers are the means over as many fits."""

HEAD = """# Blur over time: averaging or a recurrent network?

The founding text hoped that a recurrent network would cure the blur network's exaggeration: calling
sharp clips blurred because feet or wheels move. Both ways of judging were measured on the same
frames, two a second, through the same frozen network ({model});
`python -m training blur-over-time` prints this page again.

| measured over seconds | on | averaging | recurrent (GRU) |
|---|---|---|---|
"""

FOOT = """
The recurrent network reads the features (64 pooled, 2 logits) either way in time, 32 units, one
answer a frame, averaged over each second like the others. It learned from {learn} rendered clips
of 10 s with known blurred seconds: out of focus by a disk of {radius} px or more at 640 px, or
moved by {smear} px or more while the shutter was open; in most of them pieces swing fast enough to
smear before a sharp background, which is never blur. `held out` are {held_out} such clips of other
photographs; `real` are {real} clips of `../shared/footage` whose blurred seconds a person named
(`tests/data/blurred_seconds.csv`): only {blurred} of their seconds are blurred, so their numbers
are coarse. Its numbers are means over {seeds} fits, least and most in brackets.

{answer}
"""


def report(photographs: Path, footage: Path, table: Path, weights: Path) -> str:
    """Render, look, fit and measure; return the page."""
    eye = Eye(weights)
    learn = look_at_rendered(photographs, eye, LEARN_CLIPS, held_out=False)
    held_out = look_at_rendered(photographs, eye, HELD_OUT_CLIPS, held_out=True)
    return page(learn, held_out, look_at_real(footage, table, eye), eye.model)


def page(
    learn: Sequence[Looked], held_out: Sequence[Looked], real: Sequence[Looked], model: str
) -> str:
    """Fit on `learn`, measure on the others, and say which way is better."""
    fits = [fit_recurrent(learn, seed=seed) for seed in SEEDS]
    lines, areas = [], []
    blurred = 0
    for name, clips in (("held out", held_out), ("real", real)):
        averaged = measure(clips, [one.averaged for one in clips])
        recurrent = [
            measure(clips, [fitted.probabilities(one.features) for one in clips]) for fitted in fits
        ]
        blurred = averaged.blurred
        lines += _rows(f"{name}, {averaged.seconds} s", averaged, recurrent)
        areas.append((averaged.area or 0.0, np.mean([one.area or 0.0 for one in recurrent])))
    better = all(ours >= theirs for ours, theirs in areas)
    foot = FOOT.format(
        learn=len(learn),
        held_out=len(held_out),
        real=len(real),
        blurred=blurred,
        seeds=len(SEEDS),
        radius=BLURRED_RADIUS_PX,
        smear=round(BLURRED_SMEAR_PX),
        answer=textwrap.fill(f"**The answer.** {AVERAGING if better else RECURRENT}", 100),
    )
    return HEAD.format(model=model) + "\n".join(lines) + "\n" + foot


def _rows(where: str, averaged: Measured, recurrent: Sequence[Measured]) -> list[str]:
    """The lines of one set."""
    names: list[tuple[str, Callable[[Measured], float | None]]] = [
        ("called right at 0.5", lambda one: one.accuracy),
        ("area under the curve", lambda one: one.area),
        ("blurred seconds found at 0.5", lambda one: one.found),
        ("sharp seconds called blurred", lambda one: one.false_alarms),
        ("the same where something moves", lambda one: one.moving_alarms),
    ]
    rows = []
    for name, value in names:
        theirs = [value(one) or 0.0 for one in recurrent]
        spread = f"{np.mean(theirs):.3f} ({min(theirs):.3f} to {max(theirs):.3f})"
        rows.append(f"| {name} | {where} | {value(averaged) or 0.0:.3f} | {spread} |")
    return rows


AVERAGING = (
    "The hope does not hold here: judged by the area under the curve, averaging is as good or "
    "better on both sets, with nothing to fit and no way for one second to spoil its neighbours. "
    "The exaggeration is cured where it arises, in the frame, by judging the most textured regions "
    "alone: what moves by itself raises next to no alarm either way. On the real clips neither "
    "finds most of the blurred seconds at 0.5: the frame network is lenient there, and nothing "
    "over time sees what it does not. Averaging ships."
)
RECURRENT = (
    "The recurrent network is better on one of the sets at least; averaging ships until it is "
    "better on both, and on real clips above all."
)
