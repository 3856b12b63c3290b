"""Sidecars: which file beside a clip holds its XMP. Reads and writes them, never the clip.

`CLIP.xmp` is what Adobe's programs look for; where another picture or clip of the same base name
could claim it, or the long name is there already, it is `CLIP.MP4.xmp`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from footage_sorter.domain.clip import Decision
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.files_out import write_whole
from footage_sorter.services.handoff.xml_io import read_file
from footage_sorter.services.handoff.xmp import read_xmp, to_xmp

MAX_SIDECAR_BYTES = 16 * 1024 * 1024

# What cameras lay beside a clip: part of it, and no rival for its sidecar.
_COMPANIONS = frozenset({".thm", ".lrv", ".lrf", ".srt", ".xml", ".wav", ".bim", ".cpi", ".json"})


def sidecar_name(clip_name: str, names: Iterable[str]) -> str:
    """The name of the sidecar to write for a clip in a folder that holds `names`."""
    short, long = _short(clip_name), f"{clip_name}.xmp"
    by_key = {name.casefold(): name for name in names}
    if long.casefold() in by_key:
        return by_key[long.casefold()]
    if _rivals(clip_name, by_key.values()):
        return long
    return by_key.get(short.casefold(), short)


def find_sidecar(clip_name: str, names: Iterable[str]) -> str | None:
    """The name of the sidecar that is there for a clip, if any."""
    names = tuple(names)
    name = sidecar_name(clip_name, names)
    return name if name in names else None


def read_sidecar(clip: Path) -> Decision | None:
    """What the sidecar beside `clip` says; None without one.

    Raises:
        ExchangeRefused: It cannot be read, is hostile, or no XMP.
    """
    name = find_sidecar(clip.name, _names_in(clip.parent))
    if name is None:
        return None
    path = clip.with_name(name)
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


def planned_sidecar(row: ClipRow, limits: Limits, dialect: RejectDialect) -> Planned | None:
    """The sidecar of `row` as it would be; None where none is needed or nothing would change.

    Raises:
        ExchangeRefused: The one that is there is no XMP, or hostile.
    """
    clip = row.clip.path
    names = _names_in(clip.parent)
    path = clip.with_name(sidecar_name(clip.name, names))
    existing = read_file(path, MAX_SIDECAR_BYTES) if path.name in names else None
    data = to_xmp(row, limits, dialect, existing, path)
    return None if data is None or data == existing else Planned(path, existing is not None, data)


def write_sidecar(row: ClipRow, limits: Limits, dialect: RejectDialect) -> Path | None:
    """Write or patch the sidecar beside the clip of `row`; return its path, None if not needed.

    Raises:
        ExchangeRefused: The one that is there is no XMP, or hostile. It was left alone.
        OutputFailed: It cannot be written.
    """
    planned = planned_sidecar(row, limits, dialect)
    if planned is None:
        return None
    write_whole(planned.path, planned.data)
    return planned.path


def _short(clip_name: str) -> str:
    return f"{PurePath(clip_name).stem}.xmp"


def _rivals(clip_name: str, names: Iterable[str]) -> bool:
    """Whether another file of the folder could claim the short name."""
    stem = PurePath(clip_name).stem.casefold()
    others = (PurePath(name) for name in names if name != clip_name)
    return any(
        other.stem.casefold() == stem and other.suffix.casefold() not in {".xmp", *_COMPANIONS}
        for other in others
    )


def _names_in(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError as error:
        raise ExchangeRefused(folder, error.strerror or str(error)) from error
