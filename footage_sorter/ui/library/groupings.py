"""Groupings: what the cards can be grouped by."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.clip_filter import day_of
from footage_sorter.ui.session.columns import shown_path

GROUPINGS: Mapping[str, Callable[[ClipRow], str] | None] = MappingProxyType(
    {
        "none": None,
        "day": lambda row: day_of(row) or "–",
        "camera": lambda row: (row.clip.media.camera if row.clip.media else None) or "–",
        "folder": lambda row: shown_path(str(row.clip.path.parent)),
    }
)
"""By key: the title of a clip's group; None: no groups."""
