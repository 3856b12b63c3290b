"""How the learning rate moves: a factor of the peak rate for every step. Pure arithmetic."""

import math

from training.recipe import LearningKnobs, Schedule


def rate_factor(knobs: LearningKnobs, step: int, steps_per_epoch: int) -> float:
    """Return the factor 0-1 of the peak learning rate at `step`, counted from 0.

    One-cycle rises over 30 % of the run and falls to almost nothing (Smith and Topin, 2018); it
    brings its own warm-up. The others follow `warmup_epochs` of linear warm-up.
    """
    total = max(1, knobs.epochs * steps_per_epoch)
    if knobs.schedule is Schedule.ONE_CYCLE:
        peak = 0.3 * total
        if step < peak:
            return _cosine(0.04, 1.0, step / peak)
        return _cosine(1.0, 1e-4, (step - peak) / (total - peak))
    return _after_warmup(knobs, step, steps_per_epoch)


def _after_warmup(knobs: LearningKnobs, step: int, steps_per_epoch: int) -> float:
    """Return the factor of the schedules that follow a linear warm-up."""
    total = max(1, knobs.epochs * steps_per_epoch)
    warmup = knobs.warmup_epochs * steps_per_epoch
    if step < warmup:
        return (step + 1) / (warmup + 1)
    epoch = step // steps_per_epoch
    if knobs.schedule is Schedule.STEP:
        return float(knobs.decay ** (epoch // knobs.step_epochs))
    if knobs.schedule is Schedule.MULTIPLICATIVE:
        return float(knobs.decay**epoch)
    if knobs.schedule is Schedule.COSINE:
        return _cosine(1.0, 0.01, (step - warmup) / max(1.0, total - warmup))
    return 1.0


def _cosine(start: float, end: float, share: float) -> float:
    """Go from `start` to `end` along half a cosine as `share` goes from 0 to 1."""
    return end + (start - end) * (1 + math.cos(math.pi * min(share, 1.0))) / 2
