"""Sidecars: which file beside a clip holds its XMP. Reads and writes them, never the clip.

`CLIP.xmp` is what Adobe's programs look for; where another picture or clip of the same base name
could claim it, or the long name is there already, it is `CLIP.MP4.xmp`.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from footage_sorter.domain.clip import Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.files_in import read_file
from footage_sorter.services.files_out import write_whole
from footage_sorter.services.handoff.xmp import read_xmp, to_xmp

MAX_SIDECAR_BYTES = 16 * 1024 * 1024

# What cameras lay beside a clip: part of it, and no rival for its sidecar.
_COMPANIONS = frozenset({".thm", ".lrv", ".lrf", ".srt", ".xml", ".wav", ".bim", ".cpi", ".json"})


class FolderNames:
    """The names in one folder, so that the sidecar of each of many clips is found at once."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_key: dict[str, str] = {}
        self._of_stem: dict[str, set[str]] = {}
        for name in names:
            self._by_key[name.casefold()] = name
            path = PurePath(name)
            if path.suffix.casefold() not in {".xmp", *_COMPANIONS}:
                self._of_stem.setdefault(path.stem.casefold(), set()).add(name)

    def to_write(self, clip_name: str) -> str:
        """The name of the sidecar to write for a clip."""
        stem = PurePath(clip_name).stem
        short, long = f"{stem}.xmp", f"{clip_name}.xmp"
        if long.casefold() in self._by_key:
            return self._by_key[long.casefold()]
        if self._of_stem.get(stem.casefold(), set()) - {clip_name}:  # it could claim the short one
            return long
        return self._by_key.get(short.casefold(), short)

    def there(self, clip_name: str) -> str | None:
        """The name of the sidecar that is there for a clip, if any."""
        name = self.to_write(clip_name)
        return name if self._by_key.get(name.casefold()) == name else None

    def owned(self, clip_name: str) -> list[str]:
        """The names of the sidecars that are there and can be this clip's only."""
        stem = PurePath(clip_name).stem
        contested = bool(self._of_stem.get(stem.casefold(), set()) - {clip_name})
        keys = [f"{clip_name}.xmp".casefold(), *([] if contested else [f"{stem}.xmp".casefold()])]
        return [self._by_key[key] for key in keys if key in self._by_key]

    def orphans(self) -> list[str]:
        """Sidecars beside none of whose names a clip lies any more."""
        files = {name for names in self._of_stem.values() for name in names}
        owned = {self.there(name) for name in files}
        return sorted(
            name
            for name in self._by_key.values()
            if PurePath(name).suffix.casefold() == ".xmp" and name not in owned
        )


class Folders:
    """The names in folders, each listed once: for many clips at about the same moment."""

    def __init__(self) -> None:
        self._names: dict[Path, FolderNames] = {}

    def names(self, folder: Path) -> FolderNames:
        """The names in `folder` when it was first asked for.

        Raises:
            ExchangeRefused: It cannot be listed.
        """
        if folder not in self._names:
            try:
                self._names[folder] = FolderNames(entry.name for entry in folder.iterdir())
            except OSError as error:
                raise ExchangeRefused(folder, error.strerror or str(error)) from error
        return self._names[folder]

    def listed(self) -> Iterable[tuple[Path, FolderNames]]:
        """The folders that were listed so far."""
        return self._names.items()


def read_sidecar(clip: Path, folders: Folders | None = None) -> Decision | None:
    """What the sidecar beside `clip` says; None without one.

    Args:
        clip: Which clip's.
        folders: Of many clips; None lists the folder anew.

    Raises:
        ExchangeRefused: It cannot be read, is hostile, or no XMP.
    """
    name = (folders or Folders()).names(clip.parent).there(clip.name)
    return None if name is None else read_sidecar_file(clip.with_name(name))


def read_sidecar_file(path: Path) -> Decision:
    """What the sidecar at `path` says.

    Raises:
        ExchangeRefused: It cannot be read, is hostile, or no XMP.
    """
    return read_xmp(read_file(path, MAX_SIDECAR_BYTES), path)


@dataclass(frozen=True, slots=True)
class Planned:
    """A sidecar that would be written.

    Attributes:
        existing: There is one, which is patched.
        data: All of it.
    """

    path: Path
    existing: bool
    data: bytes


def planned_sidecar(
    row: ClipRow, dialect: RejectDialect, folders: Folders | None = None
) -> Planned | None:
    """The sidecar of `row` as it would be; None where none is needed or nothing would change.

    Args:
        row: Which clip's.
        dialect: How a reject is written.
        folders: Of many clips; None lists the folder anew.

    Raises:
        ExchangeRefused: The one that is there is no XMP, or hostile.
    """
    clip = row.clip.path
    path = clip.with_name((folders or Folders()).names(clip.parent).to_write(clip.name))
    # Not by the list: another program may have written it since.
    existing = read_file(path, MAX_SIDECAR_BYTES) if os.path.lexists(path) else None
    data = to_xmp(row, dialect, existing, path)
    return None if data is None or data == existing else Planned(path, existing is not None, data)


def write_sidecar(
    row: ClipRow, dialect: RejectDialect, folders: Folders | None = None
) -> Path | None:
    """Write or patch the sidecar beside the clip of `row`; return its path, None if not needed.

    Arguments as for `planned_sidecar`.

    Raises:
        ExchangeRefused: The one that is there is no XMP, or hostile. It was left alone.
        OutputFailed: It cannot be written.
    """
    planned = planned_sidecar(row, dialect, folders)
    if planned is None:
        return None
    write_whole(planned.path, planned.data)
    return planned.path
