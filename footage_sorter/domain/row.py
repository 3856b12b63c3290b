"""Rows: the only thing that the window and the exports see of a clip."""

from dataclasses import dataclass, field

from footage_sorter.domain.clip import UNDECIDED, Clip, Decision
from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.features import Features
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import Rating
from footage_sorter.domain.report import Models, Pass
from footage_sorter.domain.tags import Tag
from footage_sorter.domain.tracks import Tracks


@dataclass(frozen=True, slots=True)
class ClipRow:
    """One clip as it stands.

    Attributes:
        rating: None until the clip was analysed, and for one that cannot be read.
        looked: How closely `rating` looked; None where there is none.
        models: Who measured; None where there is no rating.
        limits: What `rating` was made by; None where there is none.
        tracks: What `rating` was made of (compared by identity).
        damage: What of the clip could not be decoded, in the decoder's words; "" for a whole one.
        error: Why the clip cannot be read; None for one that can.
        missing: The file was not there at the last scan; its rating and mark are kept.
        tags: What the installed classifiers call it, in their order.
        features: What a taste judges it by (compared by identity); None before a close look.
        noise: Standard deviation of the clip's noise, share 0-1 of full scale; None where that
            was not measured.
        usual_noise: The median noise of the clips of its camera and hour; None where they are few.
        for_you: 0-100, how likely the person is to keep it, by the taste in use; None where it
            cannot say. An opinion beside `rating`, never in its place.
    """

    clip: Clip
    decision: Decision = UNDECIDED
    rating: Rating | None = None
    limits: Limits | None = field(default=None, repr=False, compare=False)
    looked: Pass | None = None
    models: Models | None = None
    tracks: Tracks | None = field(default=None, repr=False)
    damage: str = ""
    error: ClipError | None = None
    missing: bool = False
    tags: tuple[Tag, ...] = ()
    features: Features | None = field(default=None, repr=False)
    for_you: int | None = None
    noise: float | None = None
    usual_noise: float | None = None

    @property
    def unrated(self) -> bool:
        """Whether it has no rating, but may still get one."""
        return self.rating is None and self.error is None

    @property
    def noise_ratio(self) -> float | None:
        """Noise as a multiple of what is usual, where the limits judge relative to the group."""
        if self.noise is None or self.usual_noise is None:
            return None
        if self.limits is None or not self.limits.relative_to_group:
            return None
        return self.noise / self.usual_noise
