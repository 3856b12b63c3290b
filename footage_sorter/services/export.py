"""Export: what a choice of rows and format would write, as a preview, and the writing.

The window and the command show and write by the same functions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.phrase import ENGLISH, Speech
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.core import Core
from footage_sorter.services.files_out import write_whole
from footage_sorter.services.handoff.formats import Format, Occasion
from footage_sorter.services.handoff.selects import kept
from footage_sorter.services.handoff.sidecars import Folders, planned_sidecar, write_sidecar

PREVIEW_CHARACTERS = 6000
_LOOKED_AT_BYTES = 64_000

_ANY_PICTURE = b"\xff"
"""A preview shows none, so that it need not be read."""

MOST_LISTED = 200

PictureOf = Callable[[Clip], bytes | None]
"""Gives the JPEG of a clip; None where there is none."""

Tell = Callable[[float], None]
"""Takes the share 0-1 that is done."""


@dataclass(frozen=True, slots=True)
class SidecarPlan:
    """What writing sidecars would do.

    Attributes:
        fresh: Sidecars that would be made.
        patched: Sidecars that are there and would be changed.
        trouble: Why some would not be written.
    """

    fresh: tuple[Path, ...]
    patched: tuple[Path, ...]
    trouble: tuple[FootageError, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written.

    Attributes:
        files: How many files.
        trouble: Why some were not.
    """

    files: int
    trouble: tuple[FootageError, ...] = ()


def written_rows(kind: Format, rows: Sequence[ClipRow]) -> list[ClipRow]:
    """Those of `rows` that the file will speak of."""
    return kept(rows) if kind.selects else list(rows)


def preview(
    kind: Format,
    rows: Sequence[ClipRow],
    limits: Limits,
    core: Core,
    *,
    like: Path | None = None,
    speech: Speech = ENGLISH,
) -> str:
    """The beginning of the file that `kind` would write, as a person can read it: see `document`.

    Raises:
        FootageError: The format has nothing to say of these rows.
    """
    data = document(
        kind, rows, limits, core, like=like, picture_of=lambda _clip: _ANY_PICTURE, speech=speech
    )
    text = kind.shown(data[:_LOOKED_AT_BYTES].decode("utf-8", "replace"))
    return text if len(text) <= PREVIEW_CHARACTERS else text[:PREVIEW_CHARACTERS] + "…"


def document(
    kind: Format,
    rows: Sequence[ClipRow],
    limits: Limits,
    core: Core,
    *,
    like: Path | None,
    picture_of: PictureOf,
    speech: Speech = ENGLISH,
) -> bytes:
    """The file that `kind` makes of `rows`, in their order.

    Args:
        kind: What file.
        rows: Each with the limits that it was judged by.
        limits: That hold where a folder has none of its own.
        core: Says who writes and who measured.
        like: See `Occasion`.
        picture_of: For formats that show pictures.
        speech: See `Occasion`.

    Raises:
        FootageError: The format has nothing to say of these rows.
    """
    now = datetime.now().astimezone()
    occasion = Occasion(core.app, core.models, limits, now, picture_of, like, speech)
    return kind.write(rows, occasion)


def export_rows(
    path: Path,
    kind: Format,
    rows: Sequence[ClipRow],
    limits: Limits,
    core: Core,
    *,
    like: Path | None = None,
    speech: Speech = ENGLISH,
) -> Written:
    """Write `rows` in their order to `path`: see `document`.

    Raises:
        FootageError: The file cannot be written, or the format has nothing to say of these rows;
            what was there is untouched.
    """
    pictures = _pictures_at_hand(core)
    data = document(kind, rows, limits, core, like=like, picture_of=pictures, speech=speech)
    write_whole(path, data)
    return Written(1)


def plan_sidecars(rows: Sequence[ClipRow], dialect: RejectDialect, cancel: Event) -> SidecarPlan:
    """Which sidecars would be made and which patched. Writes nothing."""
    fresh: list[Path] = []
    patched: list[Path] = []
    trouble: list[FootageError] = []
    folders = Folders()
    for row in rows:
        if cancel.is_set():
            break
        try:
            planned = planned_sidecar(row, dialect, folders)
        except FootageError as error:
            trouble.append(error)
            continue
        if planned is not None:
            (patched if planned.existing else fresh).append(planned.path)
    return SidecarPlan(tuple(fresh), tuple(patched), tuple(trouble))


def write_sidecars(
    rows: Sequence[ClipRow], dialect: RejectDialect, cancel: Event, tell: Tell
) -> Written:
    """Write or patch the sidecars of `rows`; one that fails does not stop the others."""
    files, trouble, folders = 0, [], Folders()
    for number, row in enumerate(rows, start=1):
        if cancel.is_set():
            break
        try:
            files += write_sidecar(row, dialect, folders) is not None
        except FootageError as error:
            trouble.append(error)
        tell(number / len(rows))
    return Written(files, tuple(trouble))


def _pictures_at_hand(core: Core) -> PictureOf:
    """Those that were made before: the window's export decodes nothing."""

    def picture(clip: Clip) -> bytes | None:
        path = core.thumbnails.cached_picture(clip)
        try:
            return None if path is None else path.read_bytes()
        except OSError:  # a person emptied the cache
            return None

    return picture
