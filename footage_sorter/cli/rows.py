"""Rows: the library's clips that a command is about."""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from footage_sorter.domain.errors import NothingFound, PathMissing
from footage_sorter.domain.limits import DAYLIGHT, PRESETS, Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import Settings
from footage_sorter.services.core import Core
from footage_sorter.services.library import rerate_each
from footage_sorter.services.scan import absolute
from footage_sorter.store.settings_file import load_settings


def settings_of(core: Core, preset: str | None) -> Settings:
    """The settings that a command obeys: the person's own, or a preset for every folder."""
    if preset is not None:
        return Settings(preset=preset, limits=PRESETS[preset])
    return load_settings(core.settings_path).settings


def rows_of(
    core: Core, paths: Sequence[Path], limits_for: Callable[[Path], Limits]
) -> list[ClipRow]:
    """The library's rows below `paths`, each under the limits that hold for it; all without one.

    Raises:
        PathMissing: One of `paths` is neither on the disk nor in the library.
        NothingFound: No clip of the library is meant.
    """
    folders = [absolute(path) for path in paths]
    with closing(core.open_library()) as library:
        rows = rerate_each(library.rows(DAYLIGHT, folders or None), limits_for)
    for folder in folders:
        if not folder.exists() and not any(row.clip.path.is_relative_to(folder) for row in rows):
            raise PathMissing(folder)
    if not rows:
        raise NothingFound(tuple(paths) or (core.library_path,))
    return rows
