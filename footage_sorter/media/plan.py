"""Planning: which frames of a clip to decode. Pure: knows times, not files.

Decoding is most of the work. A key frame decodes alone; any other frame costs all those between
it and the key frame before. So frames for the models are key frames, and a burst for shake is
the frames right after one; only where key frames are too far apart is the clip decoded through.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from footage_sorter.domain.report import Pass
from footage_sorter.domain.tags import CLIP_FRAMES

BURST_S = 0.55
"""From first to last frame of a burst: what the shake measure needs (docs/limits.md)."""

BURST_MIN_FRAMES = 8
"""A clip of a low rate gets longer bursts, up to `BURST_MAX_S`."""

BURST_MAX_S = 1.0
BURST_MAX_RATE = 35
"""Above this rate, frames a second, a burst is thinned."""

COARSE_LOOKS = 6
"""Frames of a coarse pass."""

LOOKS_MAX = 240
BURSTS_MAX = 90
"""A long clip is seen in even shares, more thinly than a short one."""

_GAP_STEPS = 2.0
"""In all but a short clip, key frames up to this many steps apart are near enough."""

_ROUNDING = 1.05
"""A key frame every 2 s is one every 2.002 s in a clip of 30000/1001."""

_HD_PX = 1920 * 1080


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive frames to decode, from one key frame on.

    Attributes:
        key: Number of the key frame in the clip's index, from 0.
        until_s: Frames before this time are decoded; that of the key frame: it alone.
        looks_s: Ascending; for each, the first frame not before it goes to the models.
        bursts_s: Ascending, disjoint (start, end): frames within go to the shake measure.
    """

    key: int
    until_s: float
    looks_s: tuple[float, ...] = ()
    bursts_s: tuple[tuple[float, float], ...] = ()


@dataclass(slots=True)
class _Draft:
    """A run in the making."""

    key: int
    until_s: float
    looks_s: list[float] = field(default_factory=list)
    bursts_s: list[tuple[float, float]] = field(default_factory=list)

    def add_look(self, spot: "_Spot", half_frame_s: float) -> None:
        """Also look at `spot`."""
        self.looks_s.append(spot.time_s)
        if spot.key != self.key or not spot.on_key:
            self.until_s = max(self.until_s, spot.time_s + half_frame_s)

    def add_burst(self, start_s: float, end_s: float, half_frame_s: float) -> None:
        """Also take the frames from `start_s` to `end_s`, unless a burst has them already."""
        if not self.bursts_s or start_s > self.bursts_s[-1][1]:
            self.bursts_s.append((start_s, end_s))
            self.until_s = max(self.until_s, end_s + half_frame_s)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A moment to look at, and the key frame that decoding starts from."""

    time_s: float
    key: int
    on_key: bool


def plan(
    keys_s: Sequence[float],
    duration_s: float,
    frame_rate: Fraction,
    looked: Pass,
    frame_px: int = _HD_PX,
) -> tuple[Run, ...]:
    """Choose what to decode of a clip.

    For tags: `CLIP_FRAMES` even shares of the clip, each seen by its key frame nearest the middle,
    or, where it has none, by the frame at its middle. A short clip is decoded through, a long one
    hardly: decoding to an exact moment of a long clip costs half a group of pictures a frame.

    Args:
        keys_s: Times of its key frames, strictly ascending, at least one.
        duration_s: Its length, > 0.
        frame_rate: Frames a second, > 0.
        looked: Coarse: a handful of key frames. Full: frames and bursts, every second of a short
            clip and an even share of a long one. Tags: one frame in each even share.
        frame_px: Width times height, > 0: small frames decode fast and are seen more densely.

    Returns:
        Runs ascending and disjoint: no frame is decoded twice.
    """
    if looked is Pass.COARSE:
        spots = _spots(keys_s, duration_s, duration_s / COARSE_LOOKS)
        return tuple(Run(s.key, s.time_s, (s.time_s,)) for s in spots if s.on_key)
    length_s, half_frame_s = burst_length_s(frame_rate), float(1 / frame_rate) / 2
    if looked is Pass.TAGS:
        even = _even(keys_s, duration_s)
        return _merged(even, (), keys_s, duration_s, length_s, half_frame_s=half_frame_s)
    look_step_s, burst_step_s = _steps_s(duration_s, frame_px)
    gap_steps = 1.0 if burst_step_s <= 1.0 else _GAP_STEPS
    looks = _spots(keys_s, duration_s, look_step_s, gap_steps)
    if burst_step_s:
        bursts = _spots(keys_s, duration_s, burst_step_s, gap_steps, room_s=length_s)
    else:
        bursts = _end_to_end(keys_s, duration_s, length_s, 2 * half_frame_s)
    return _merged(looks, bursts, keys_s, duration_s, length_s, half_frame_s=half_frame_s)


def _merged(
    looks: Sequence[_Spot],
    bursts: Sequence[_Spot],
    keys_s: Sequence[float],
    duration_s: float,
    length_s: float,
    *,
    half_frame_s: float,
) -> tuple[Run, ...]:
    """Runs that reach every spot and decode no frame twice."""
    drafts: list[_Draft] = []
    for spot, is_burst in _in_order(looks, bursts):
        start_s = keys_s[spot.key]
        if not drafts or (start_s >= drafts[-1].until_s and spot.key != drafts[-1].key):
            drafts.append(_Draft(spot.key, start_s))
        if is_burst:
            end_s = min(spot.time_s + length_s, duration_s)
            drafts[-1].add_burst(spot.time_s, end_s, half_frame_s)
        else:
            drafts[-1].add_look(spot, half_frame_s)
    return tuple(
        Run(draft.key, draft.until_s, tuple(draft.looks_s), tuple(draft.bursts_s))
        for draft in drafts
    )


def burst_length_s(frame_rate: Fraction) -> float:
    """Seconds from first to last frame of a burst; longer where frames come slowly."""
    return min(BURST_MAX_S, max(BURST_S, float((BURST_MIN_FRAMES - 1) / frame_rate)))


def _steps_s(duration_s: float, frame_px: int) -> tuple[float, float]:
    """Seconds from look to look and from burst to burst.

    1 in a short clip, more in a longer one, an even share of a long one; 0, bursts end to end, in
    a very short one, where a single second decides. What counts as short grows as frames shrink:
    what is shared out is the time to decode.
    """
    look_s = max(1.0, min(2.5, duration_s / 30), duration_s / LOOKS_MAX)
    ease = _HD_PX / frame_px
    for step_s, at_full_hd_s, at_most_s in ((0.0, 2.5, 6.0), (1.0, 8.0, 24.0), (2.0, 16.0, 60.0)):
        if duration_s <= min(at_full_hd_s * ease, at_most_s):
            return look_s, step_s
    return look_s, max(4.0, duration_s / BURSTS_MAX)


def _spots(
    keys_s: Sequence[float],
    duration_s: float,
    step_s: float,
    gap_steps: float = _GAP_STEPS,
    room_s: float = 0.0,
) -> list[_Spot]:
    """One key frame in each step, that nearest the middle; others where key frames are far apart.

    Where two are more than `gap_steps` apart, every step between them gets a spot: to reach the
    last one all frames are decoded anyway. What is looked at lasts `room_s`: its middle is to lie
    in the middle of the step, and its end within the clip.

    Returns:
        Ascending by time, at least one, at most one in each step.
    """
    last_s = max(duration_s - room_s, keys_s[0])
    n = max(1, round(duration_s / step_s))
    width_s = duration_s / n
    on_key = _nearest_keys(keys_s[: bisect_right(keys_s, last_s)], n, width_s, room_s)
    spots: list[_Spot] = []
    for cell, spot in enumerate(on_key):
        if spot is not None:
            spots.append(spot)
            continue
        before = next((one for one in on_key[cell::-1] if one is not None), None)
        after = next((one for one in on_key[cell:] if one is not None), None)
        if before is None:
            continue  # nothing before the first key frame can be decoded
        unseen_s = after.time_s - before.time_s if after else duration_s - before.time_s
        if unseen_s > gap_steps * width_s * _ROUNDING:
            # Behind what is looked at before, and clear of what comes next.
            free_s = spots[-1].time_s + room_s * _ROUNDING
            time_s = min(max((cell + 0.5) * width_s - room_s / 2, free_s), last_s)
            end_s = after.time_s - room_s if after else duration_s
            if spots[-1].time_s + room_s < time_s < end_s:
                key = bisect_right(keys_s, time_s) - 1
                spots.append(_Spot(time_s, key, on_key=False))
    return spots


def _nearest_keys(
    keys_s: Sequence[float], n: int, width_s: float, room_s: float
) -> list[_Spot | None]:
    """In each of `n` steps of `width_s`, the key frame to look at; None where it has none.

    The one from which on `room_s` lie nearest the step's middle.
    """
    nearest: list[_Spot | None] = [None] * n
    for key, time_s in enumerate(keys_s):
        cell = min(n - 1, max(0, int(time_s / width_s)))
        wanted_s = (cell + 0.5) * width_s - room_s / 2
        best = nearest[cell]
        if best is None or abs(time_s - wanted_s) < abs(best.time_s - wanted_s):
            nearest[cell] = _Spot(time_s, key, on_key=True)
    return nearest


def _even(keys_s: Sequence[float], duration_s: float) -> list[_Spot]:
    """One spot in each of `CLIP_FRAMES` even shares; none before the first key frame."""
    width_s = duration_s / CLIP_FRAMES
    spots: list[_Spot] = []
    for share in range(CLIP_FRAMES):
        middle_s = (share + 0.5) * width_s
        first = bisect_left(keys_s, share * width_s)
        after = bisect_left(keys_s, (share + 1) * width_s)
        if first < after:
            key = min(range(first, after), key=lambda one: abs(keys_s[one] - middle_s))
            spots.append(_Spot(keys_s[key], key, on_key=True))
        elif after:
            spots.append(_Spot(middle_s, after - 1, on_key=False))
    return spots


def _end_to_end(
    keys_s: Sequence[float], duration_s: float, length_s: float, frame_s: float
) -> list[_Spot]:
    """As many bursts of `length_s` as fit, evenly from the first key frame to the clip's end."""
    room_s = max(0.0, duration_s - length_s - keys_s[0])
    n = 1 + int(room_s / (length_s + frame_s))
    times_s = [keys_s[0] + room_s * number / max(1, n - 1) for number in range(n)]
    return [_Spot(at, bisect_right(keys_s, at) - 1, on_key=False) for at in times_s]


def _in_order(looks: Sequence[_Spot], bursts: Sequence[_Spot]) -> list[tuple[_Spot, bool]]:
    """Looks and bursts by time, each with whether it is a burst."""
    both = [(spot, False) for spot in looks] + [(spot, True) for spot in bursts]
    return sorted(both, key=lambda one: (one[0].time_s, one[1]))
