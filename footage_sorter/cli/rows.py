"""Rows: the library's clips that a command is about."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from footage_sorter.domain.errors import NothingFound, PathMissing
from footage_sorter.domain.limits import PRESETS
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.core import Core


def rows_of(core: Core, paths: Sequence[Path], preset: str) -> list[ClipRow]:
    """The library's rows below `paths`; all where none is named.

    Raises:
        PathMissing: One of `paths` is neither on the disk nor in the library.
        NothingFound: There is no clip to export.
    """
    folders = [path.absolute() for path in paths]
    with closing(core.open_library()) as library:
        rows = library.rows(PRESETS[preset], folders or None)
    for folder in folders:
        if not folder.exists() and not any(row.clip.path.is_relative_to(folder) for row in rows):
            raise PathMissing(folder)
    if not rows:
        raise NothingFound(tuple(paths) or (core.library_path,))
    return rows
