"""The clips that a person last saw, and where they lay, so that the next start begins there.

A layout, like the window's size: what is shown of each clip is read from the library anew.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from types import MappingProxyType

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.groups import Usual
from footage_sorter.domain.row import ClipRow

MOST = 1_000_000
"""More cards or pixels were never seen: a view has no numbers for where they would lie."""


@dataclass(frozen=True, slots=True)
class VisibleCards:
    """Cards one behind the other, and how far the view was scrolled.

    Attributes:
        library: The file of the library that they are in.
        groups: Title and number of cards of each group of the whole library, as
            `ShownModel.groups`.
        first: The place of the first of `clips`, counted from the first card of all.
        y_px: Where its upper edge lay in the view.
        clips: In the order shown, each with what was usual among its kind; none: nothing was seen.
    """

    library: str = ""
    groups: Sequence[tuple[str, int]] = ()
    first: int = 0
    y_px: int = 0
    clips: Mapping[ClipId, Usual] = field(default_factory=lambda: MappingProxyType({}))

    def to_text(self) -> str:
        """Write it as JSON."""
        return json.dumps(
            {
                "library": self.library,
                "groups": self.groups,
                "first": self.first,
                "y_px": self.y_px,
                "clips": [(clip_id, one.dim, one.noise) for clip_id, one in self.clips.items()],
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "VisibleCards":
        """Read what `to_text` wrote; of anything else nothing was seen."""
        try:
            said = json.loads(text)
            visible_cards = cls(
                str(said["library"]),
                [(str(title), int(count)) for title, count in said["groups"]],
                int(said["first"]),
                int(said["y_px"]),
                {
                    ClipId(int(one)): Usual(_share(dim), _share(noise))
                    for one, dim, noise in said["clips"]
                },
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return NOTHING
        counts = [count for _, count in visible_cards.groups]
        fits = min(counts, default=0) > 0 and 0 <= visible_cards.first < sum(counts) < MOST
        return visible_cards if fits and abs(visible_cards.y_px) < MOST else NOTHING


NOTHING = VisibleCards()


@dataclass(frozen=True, slots=True)
class TopOfAll:
    """The first cards of a library of which nothing is remembered, and which is shown by name.

    Attributes:
        library: Its file.
        most: So many cards may be in sight, >= 1.
        y_px: Where the upper edge of the first card lies in the view.
        descending: The last name comes first.
    """

    library: str
    most: int
    y_px: int
    descending: bool = False

    def with_clips(self, clips: Sequence[ClipId], count: int) -> VisibleCards:
        """The cards of `clips`, the first of `count` in all, without groups.

        What is usual among their kind is not known before all clips are.
        """
        usual = Usual()
        return VisibleCards(self.library, [("", count)], 0, self.y_px, dict.fromkeys(clips, usual))


FirstCards = VisibleCards | TopOfAll
"""What is shown before all clips are read."""


def usual_of(row: ClipRow) -> Usual:
    """What is usual among the kind of a clip, as its row knows."""
    dim = None if row.tracks is None or isnan(row.tracks.usual_dim) else row.tracks.usual_dim
    return Usual(dim, row.usual_noise)


def _share(value: object) -> float | None:
    return None if value is None else float(str(value))
