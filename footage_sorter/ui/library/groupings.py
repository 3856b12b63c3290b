"""Groupings: what the cards can be grouped by."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.clip_filter import day_of
from footage_sorter.ui.session.columns import camera_of, folder_text

GROUPINGS: Mapping[str, Callable[[ClipRow], str] | None] = MappingProxyType(
    {
        "none": None,
        "day": lambda row: day_of(row) or "–",
        "camera": lambda row: camera_of(row) or "–",
        "folder": folder_text,
    }
)
"""By key: the title of a clip's group; None: no groups."""
