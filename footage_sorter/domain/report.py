"""Reports: facts that were measured on a clip, stored and never edited."""

from dataclasses import dataclass
from enum import IntEnum
from statistics import median

from footage_sorter.domain.clip import ContentId


@dataclass(frozen=True, slots=True)
class FrameScore:
    """What was measured on one frame. High is bad.

    Attributes:
        time_s: Seconds from the clip's start.
        blur: Probability 0-1 that the sharpest textured regions are blurred.
        underexposed: Probability 0-1.
        overexposed: Probability 0-1; with `underexposed` at most 1.
        black: Share 0-1 of the picture that is black, or dark without any detail.
        covered: Share 0-1 of the picture that is dark without any detail and yet not black, as
            under a lens cap or in a pocket; a part of `black`.
        noise: Standard deviation of the noise in flat parts, share 0-1 of full scale, at the
            working size; None where no part is flat and unclipped, and where nobody measured it.
    """

    time_s: float
    blur: float
    underexposed: float
    overexposed: float
    black: float = 0.0
    covered: float = 0.0
    noise: float | None = None

    def __post_init__(self) -> None:
        scores = (self.blur, self.underexposed, self.overexposed, self.black, self.covered)
        for value in (*scores, self.noise or 0.0):
            if not 0.0 <= value <= 1.0:  # also refuses NaN
                raise ValueError(f"scores must be 0 to 1, got {self}")
        if self.underexposed + self.overexposed > 1.0 + 1e-6:
            raise ValueError(f"exposure probabilities must sum to at most 1, got {self}")


@dataclass(frozen=True, slots=True)
class BurstScore:
    """What was measured on a burst of consecutive frames.

    Attributes:
        start_s: Time of its first frame, seconds from the clip's start.
        end_s: Time of its last frame.
        shake: 0-1, high is bad, 0.5 at the default limit; None where it cannot be measured.
        change: Mean absolute luma difference of consecutive frames, 0-1, in the tile of the
            picture that changes most; 0 is a frozen picture.
        pan_x: Horizontal speed of the slow path, share of the frame's width a second.
        pan_y: Vertical speed of the slow path, share of the frame's height a second.
        zoom: Growth of the picture along the slow path, share a second.
    """

    start_s: float
    end_s: float
    shake: float | None
    change: float
    pan_x: float = 0.0
    pan_y: float = 0.0
    zoom: float = 0.0

    def __post_init__(self) -> None:
        if self.end_s < self.start_s:
            raise ValueError(f"a burst cannot end before it starts: {self}")
        if self.shake is not None and not 0.0 <= self.shake <= 1.0:
            raise ValueError(f"shake must be 0 to 1, got {self.shake}")
        if not 0.0 <= self.change <= 1.0:
            raise ValueError(f"change must be 0 to 1, got {self.change}")


@dataclass(frozen=True, slots=True)
class SoundScore:
    """What was measured on about one second of sound.

    Attributes:
        start_s: Seconds from the clip's start.
        end_s: Its end.
        loudness_dbfs: Root mean square of the loudest channel, in dB of full scale, -120 to 0.
        clipped: Share 0-1 of samples in runs at full scale.
    """

    start_s: float
    end_s: float
    loudness_dbfs: float
    clipped: float


class Pass(IntEnum):
    """How closely a clip was looked at. A closer look replaces a coarser one."""

    COARSE = 1
    FULL = 2
    TAGS = 3  # no closer look, but another one: what classifiers see; it makes no report


@dataclass(frozen=True, slots=True)
class Models:
    """Who measured: names with the hash of their weights, "NAME@HASH".

    Together with the content and the pass this is the key of a stored report.
    """

    blur: str
    exposure: str
    shake: str
    sound: str


@dataclass(frozen=True, slots=True)
class ClipReport:
    """All facts measured on one clip's content.

    Attributes:
        duration_s: Seconds of picture.
        exposure_judged: False for log footage, whose picture does not show its exposure.
        frames: Ascending by time, at least one.
        bursts: Ascending by time; empty after a coarse pass.
        sounds: Ascending by time; None without sound, or where sound was not read.
        damage: What could not be read on the way, in the decoder's words; "" for a whole clip.
        picture: What a network sees in the pictures, averaged over the frames: numbers to learn
            from, of no meaning by themselves; () where no network looked.
    """

    content: ContentId
    models: Models
    looked: Pass
    duration_s: float
    frames: tuple[FrameScore, ...]
    bursts: tuple[BurstScore, ...] = ()
    sounds: tuple[SoundScore, ...] | None = None
    exposure_judged: bool = True
    damage: str = ""
    picture: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not self.frames:
            raise ValueError("a clip without frames has no report")
        if not self.duration_s > 0:
            raise ValueError(f"duration_s must be > 0, got {self.duration_s}")

    @property
    def noise(self) -> float | None:
        """The median noise of its frames; None where it was not measured on any."""
        measured = [frame.noise for frame in self.frames if frame.noise is not None]
        return median(measured) if measured else None
