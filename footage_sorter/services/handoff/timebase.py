"""Timebases: how editing programs count frames. Exact arithmetic on fractions; knows no clip.

Editing programs count whole frames at a nominal rate (30) that may really run at 1000/1001 of it
(29.97). Every range goes through `Timebase.frame_at`, so none moves by more than half a frame.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import floor

NTSC = Fraction(1000, 1001)

_TIMECODE = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})([:;.])(\d{2,3})")
_SAME_RATE = Fraction(1, 5000)
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Timebase:
    """A rate at which frames are counted.

    Attributes:
        nominal: Whole frames that the timecode counts a second: 24, 25, 30, 60.
        ntsc: The frames run at 1000/1001 of `nominal`.
        drop: Timecode skips numbers so as to follow the clock; only for multiples of 29.97.
    """

    nominal: int
    ntsc: bool = False
    drop: bool = False

    def __post_init__(self) -> None:
        if self.nominal < 1:
            raise ValueError(f"nominal must be >= 1, got {self.nominal}")
        if self.drop and not (self.ntsc and self.nominal % 30 == 0):
            raise ValueError(f"no drop-frame timecode at {self}")

    @property
    def rate(self) -> Fraction:
        """Frames per second, exact."""
        return self.nominal * NTSC if self.ntsc else Fraction(self.nominal)

    def frame_at(self, time_s: float | Fraction) -> int:
        """The frame boundary nearest to `time_s` (>= 0), at most half a frame away."""
        return nearest(time_s, self.rate)

    def seconds(self, frame: int) -> Fraction:
        """When `frame` begins, exact."""
        return frame / self.rate

    def timecode(self, frame: int) -> str:
        """`frame` as HH:MM:SS:FF, with a semicolon where it drops; begins anew after 24 hours."""
        if self.drop:
            # Two numbers (at 29.97) are left out each minute, but for each tenth minute.
            skipped = self.nominal // 15
            ten_minutes, minute = self.nominal * 600 - 9 * skipped, self.nominal * 60 - skipped
            tens, rest = divmod(frame, ten_minutes)
            frame += 9 * skipped * tens
            if rest >= skipped:
                frame += skipped * ((rest - skipped) // minute)
        seconds, frames = divmod(frame, self.nominal)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        mark = ";" if self.drop else ":"
        return f"{hours % _HOURS_A_DAY:02}:{minutes:02}:{seconds:02}{mark}{frames:02}"

    def frame_of(self, timecode: str) -> int | None:
        """The frame that `timecode` names; None for what is no timecode at this rate."""
        found = _TIMECODE.fullmatch(timecode.strip())
        if not found:
            return None
        hours, minutes, seconds, frames = (int(found[n]) for n in (1, 2, 3, 5))
        if hours >= _HOURS_A_DAY or minutes >= 60 or seconds >= 60 or frames >= self.nominal:
            return None
        minutes += 60 * hours
        frame = (60 * minutes + seconds) * self.nominal + frames
        if self.drop:
            frame -= self.nominal // 15 * (minutes - minutes // 10)
        return frame


def nearest(time_s: float | Fraction, rate: Fraction) -> int:
    """The whole number of frames nearest to `time_s`; halves go up."""
    return floor(Fraction(time_s) * rate + Fraction(1, 2))


def timebase_of(rate: Fraction, timecode: str | None = None, *, at_most: int = 1000) -> Timebase:
    """The timebase nearest to `rate`, counting drop-frame where `timecode` does.

    Args:
        rate: Frames per second; of a clip of variable rate the one that it was meant to have.
        timecode: The clip's first, if any.
        at_most: Rates over it are halved until they fit: an EDL has two digits for frames.
    """
    while rate > at_most:
        rate /= 2
    nominal = max(1, floor(rate + Fraction(1, 2)))
    ntsc = nominal % 6 == 0 and abs(rate - nominal * NTSC) < abs(rate - nominal)
    drop = bool(timecode and ";" in timecode and ntsc and nominal % 30 == 0)
    return Timebase(nominal, ntsc, drop)


def exact_rate(rate: Fraction) -> Fraction:
    """`rate` as a fraction that fits the 32 bits of an editing program's time.

    A measured rate within 0.02 % of one that cameras have is taken for it: 29.9697 is 29.97.
    """
    base = timebase_of(rate).rate
    if abs(rate - base) <= base * _SAME_RATE:
        return base
    return rate.limit_denominator(1001)


def first_frame(rate: Fraction, timecode: str | None) -> int:
    """`start_frame` on the grid of `exact_rate`; 0 where no timecode counts at that rate."""
    base = timebase_of(rate, timecode)
    return start_frame(timecode, base) if base.rate == exact_rate(rate) else 0


def start_frame(timecode: str | None, base: Timebase) -> int:
    """The number of a clip's first frame: its embedded timecode, or 0."""
    return (base.frame_of(timecode) if timecode else None) or 0
