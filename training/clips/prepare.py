"""Preparation: equally spaced frames of every clip, stored as JPEG, once for all runs.

The prepared folder holds `CLASS/FILE/00.jpg ...` and `clips.csv` (columns folder, label, source,
side). A clip's folder appears whole or not at all, so a preparation that was cut short goes on
where it stopped. A clip that cannot be read, or is too short, is left out and named with its reason
in `skipped.csv`.
"""

import csv
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import cv2
import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError
from footage_sorter.domain.tags import CLIP_FRAMES
from footage_sorter.media.frames import ClipFrames
from footage_sorter.media.stills import frames_at
from footage_sorter.services.tagging import clip_pictures, filled
from training.clips.facts import clip_of
from training.clips.readers import LabelledClip, Side, check, read_clips
from training.errors import DataError, TrainingError
from training.optics import Picture
from training.readers import read_picture

QUALITY = 92
"""Of the stored JPEG, 0-100."""


class TooShort(Exception):
    """A clip has fewer frames than are wanted of it."""

    def __init__(self, found: int, wanted: int) -> None:
        super().__init__(f"too short: {found} frames, {wanted} are needed")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared clip.

    Attributes:
        folder: Holds its frames, in order of name.
        label: Name of its class.
        source: What it was cut from; clips of one source never lie on two sides.
        side: What it is kept for.
    """

    folder: Path
    label: str
    source: str
    side: Side


@dataclass(frozen=True, slots=True)
class Skipped:
    """A clip that was left out, and why."""

    path: Path
    reason: str


def prepare(
    data: Path,
    out: Path,
    *,
    frames: int = CLIP_FRAMES,
    short_side_px: int = 128,
    split: int = 1,
    as_program: bool = False,
) -> tuple[list[Prepared], list[Skipped]]:
    """Store the frames of every clip of `data` that is not stored yet.

    Args:
        data: A data set in one of the layouts of `clips.readers`.
        out: The prepared folder; made if missing.
        frames: Equally spaced frames of each clip.
        short_side_px: Of the stored frames.
        split: Number of the official split, where there are several.
        as_program: Take the key frames that the program gives to classifiers, rather than exactly
            equally spaced frames: faster, and what an exported network will see.

    Raises:
        TrainingError: The program gives another number of frames.
        DataError: Nothing can be learned from the data set, or from what could be read of it.
    """
    if as_program and frames != CLIP_FRAMES:
        raise TrainingError(f"the program gives {CLIP_FRAMES} frames of a clip, not {frames}")
    sample = near_keys if as_program else equally_spaced
    clips = read_clips(data, split)
    _refuse_twins(clips)
    prepared: list[Prepared] = []
    skipped: list[Skipped] = []
    for one in tqdm(clips, desc="preparing", unit="clip"):
        folder = out / one.label / one.path.name
        try:
            if len(list(folder.glob("*.jpg"))) != frames:
                _store(sample(clip_of(one.path), frames, short_side_px), folder)
        except (ClipError, TooShort) as error:
            skipped.append(Skipped(one.path, _reason(error)))
            continue
        prepared.append(Prepared(folder, one.label, one.source, one.side))
    _write(out / "skipped.csv", ("file", "reason"), ((s.path, s.reason) for s in skipped))
    _refuse_if_too_little_is_left(data, clips, skipped)
    rows = ((p.folder.relative_to(out).as_posix(), p.label, p.source, p.side) for p in prepared)
    _write(out / "clips.csv", ("folder", "label", "source", "side"), rows)
    return prepared, skipped


def read_prepared(out: Path) -> tuple[Prepared, ...]:
    """Read what a preparation left.

    Raises:
        DataError: It did not finish, or a clip's frames are missing.
    """
    table = out / "clips.csv"
    if not table.is_file():
        raise DataError(out, "holds no clips.csv; run `python -m training prepare` first")
    with table.open(encoding="utf-8", newline="") as lines:
        found = tuple(
            Prepared(out / row["folder"], row["label"], row["source"], Side(row["side"]))
            for row in csv.DictReader(lines)
        )
    for one in found:
        if not one.folder.is_dir():
            raise DataError(one.folder, "its frames are missing")
    return found


def read_frames(folder: Path, frames: int) -> NDArray[np.uint8]:
    """Read the frames of a prepared clip, uint8 (frames, H, W, 3), sRGB.

    Where more are stored, equally spaced ones of them.

    Raises:
        DataError: Fewer are stored, or one cannot be read.
    """
    stored = sorted(folder.glob("*.jpg"))
    if len(stored) < frames:
        raise DataError(folder, f"holds {len(stored)} frames, {frames} are wanted")
    at = (np.arange(frames) + 0.5) * len(stored) / frames
    return np.stack([read_picture(stored[int(number)]) for number in at])


def equally_spaced(clip: Clip, frames: int, short_side_px: int) -> list[Picture]:
    """Decode equally spaced frames of `clip`, scaled.

    Raises:
        ClipError: Nothing of it decodes.
        TooShort: It has fewer frames than that.
    """
    long_side_px = _long_side_px(clip, frames, short_side_px)
    assert clip.media is not None
    times_s = (np.arange(frames) + 0.5) * clip.media.duration_s / frames
    return frames_at(clip, times_s.tolist(), long_side_px, exact=True)


def near_keys(clip: Clip, frames: int, short_side_px: int) -> list[Picture]:
    """Decode the frames that the program gives to classifiers, scaled.

    Raises:
        ClipError: Nothing of it decodes.
        TooShort: It has fewer frames than that.
    """
    long_side_px = _long_side_px(clip, frames, short_side_px)
    return filled(clip_pictures(ClipFrames(), clip, long_side_px, Event()))


def _long_side_px(clip: Clip, frames: int, short_side_px: int) -> int:
    """The long side that goes with the short one; refuses a clip of too few frames."""
    assert clip.media is not None
    has = round(clip.media.duration_s * clip.media.frame_rate)
    if has < frames:
        raise TooShort(has, frames)
    width, height = clip.media.size_px
    return round(short_side_px * max(width, height) / min(width, height))


def _store(pictures: Sequence[Picture], folder: Path) -> None:
    """Write the frames of one clip, whole or not at all."""
    partial = folder.with_name(f".part-{folder.name}")
    for old in (partial, folder):
        if old.exists():
            shutil.rmtree(old)
    partial.mkdir(parents=True)
    for number, picture in enumerate(pictures):
        _, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        (partial / f"{number:02d}.jpg").write_bytes(coded.tobytes())
    partial.rename(folder)


def _refuse_twins(clips: Sequence[LabelledClip]) -> None:
    """Refuse two clips whose frames would lie in one folder.

    Raises:
        DataError: Names them.
    """
    seen: dict[tuple[str, str], Path] = {}
    for one in clips:
        # Some file systems take names that differ in case alone for one.
        twin = seen.setdefault((one.label, one.path.name.casefold()), one.path)
        if twin != one.path:
            raise DataError(one.path, f"has the class and the name of {twin}")


def _refuse_if_too_little_is_left(
    data: Path, clips: Sequence[LabelledClip], skipped: Sequence[Skipped]
) -> None:
    """Refuse before any training what the skipped clips made too small to learn from.

    Raises:
        DataError: Says what is too little, and why the first clip was skipped.
    """
    gone = {one.path for one in skipped}
    left = [one for one in clips if one.path not in gone]
    told = (
        f" ({len(gone)} skipped: {skipped[0].path.name}: {skipped[0].reason}; ...)" if gone else ""
    )
    for label in sorted({one.label for one in clips} - {one.label for one in left}):
        raise DataError(data, f"no clip of the class {label!r} can be used{told}")
    try:
        check(data, left)
    except DataError as error:
        raise DataError(data, error.detail + told) from error


def _reason(error: ClipError | TooShort) -> str:
    """One line for the list."""
    if isinstance(error, TooShort):
        return str(error)
    return f"{error.why}: {error.detail}" if error.detail else str(error.why)


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with partial.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows(rows)
    partial.replace(path)
