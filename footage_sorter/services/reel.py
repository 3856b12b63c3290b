"""The selects reel: what is worth using of the kept clips, joined into one film.

moviepy composes and writes; the pictures come from `media`, by their own times, so that a clip of
variable rate, a turned one or one in HLG looks as it does everywhere else in the program. Nothing
is held in memory but the clip that is being shown.
"""

import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from threading import Event

from moviepy import AudioClip, VideoClip
from proglog import ProgressBarLogger  # type: ignore[import-untyped]

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.errors import ClipError, NothingKept, OutputFailed
from footage_sorter.domain.order import Order, natural_key
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.row import ClipRow
from footage_sorter.media.playback import pictures
from footage_sorter.services.files_out import FILM_THERE
from footage_sorter.services.handoff.selects import kept, select_range
from footage_sorter.services.handoff.timebase import nearest, timebase_of
from footage_sorter.services.reel_piece import SOUND_HZ, Piece, ReelPicture, ReelSound

MAX_SIDE_PX = 1920
MAX_FPS = 60

_FILM, _SOUND = "reel.mp4", "sound.m4a"
_PARTS = frozenset({_FILM, _SOUND})
_TEMPORARY = re.compile(r"\.footage-sorter-[0-9a-f]{16}")
_ABANDONED_S = 3600.0

# Share of the work: sound is written first, and is far quicker.
_SOUND_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class ReelOptions:
    """How a reel is made.

    Attributes:
        size_px: (width, height), even; None: as most of the clips are, at most `MAX_SIDE_PX`.
        titled: Each clip begins with its file's name.
        order: Clips without a recording time come last, by name.
    """

    size_px: tuple[int, int] | None = None
    titled: bool = False
    order: Order = Order.SHOWN

    def __post_init__(self) -> None:
        if self.size_px and any(side < 16 or side % 2 for side in self.size_px):
            raise ValueError(f"size_px must be even and at least 16, got {self.size_px}")


@dataclass(frozen=True, slots=True)
class Reel:
    """What came of it.

    Attributes:
        clips: How many clips are in it.
        skipped: Clips that could not be read, and why.
        without_sound: Clips that have sound which could not be read.
    """

    path: Path
    clips: int
    duration_s: float
    size_px: tuple[int, int]
    frame_rate: Fraction
    skipped: tuple[ClipError, ...]
    without_sound: tuple[Path, ...]


def planned(rows: Sequence[ClipRow], order: Order) -> list[tuple[ClipRow, Segment]]:
    """What a reel of `rows` would hold: the kept clips in their order, with what is shown of each.

    Reads no file: a clip that turns out to be unreadable is left out when the reel is made.
    """
    chosen = _ordered(kept(rows), order)
    return [(row, segment) for row in chosen if (segment := select_range(row))]


def make_reel(
    rows: Sequence[ClipRow],
    out: Path,
    options: ReelOptions,
    cancel: Event,
    tell: Callable[[float], None] = lambda _: None,
) -> Reel | None:
    """Write the selects of the kept clips of `rows` to `out`; None when `cancel` was set.

    A clip that cannot be read is left out and listed. `out` appears whole or not at all.

    Args:
        rows: In the order shown.
        out: An .mp4 file; replaced if it is there, unless it is one of the clips.
        options: How it is made.
        cancel: Ends the work within a second; nothing is left behind.
        tell: Called from this thread with the share 0-1 that is done.

    Raises:
        NothingKept: No clip is kept, or none of them can be read.
        OutputFailed: `out` cannot be written, or is one of the clips.
    """
    if any(_is_same_file(out, row.clip.path) for row in rows):
        raise OutputFailed(out, FILM_THERE)
    chosen = planned(rows, options.order)
    shown = [row for row, _ in chosen]
    rate = _rate(shown)
    size_px = options.size_px or _size_px(shown)
    pieces, skipped = _pieces(chosen, rate, cancel, titled=options.titled)
    if cancel.is_set():
        return None
    if not pieces:
        raise NothingKept
    sound = ReelSound(pieces, cancel)
    try:
        with _folder_beside(out) as folder:
            with closing(ReelPicture(pieces, size_px, cancel)) as picture, closing(sound):
                film = _film(picture, sound, pieces[-1].end_s, rate)
                _write(film, rate, folder / _FILM, _Progress(cancel, tell))
            (folder / _FILM).replace(out)
    except _Cancelled:
        return None
    except OSError as error:  # moviepy raises the encoder's complaints as this, too
        raise OutputFailed(out, error.strerror or str(error).strip()) from error
    return Reel(
        path=out,
        clips=len(pieces),
        duration_s=pieces[-1].end_s,
        size_px=size_px,
        frame_rate=rate,
        skipped=tuple(skipped),
        without_sound=tuple(sound.failed),
    )


def _is_same_file(one: Path, other: Path) -> bool:
    with suppress(OSError):  # one of them is not there
        return one.samefile(other)
    return False


@contextmanager
def _folder_beside(out: Path) -> Iterator[Path]:
    """A folder for a film in the making, on the drive of `out`; it goes with what is left in it."""
    folder = out.parent / f".footage-sorter-{secrets.token_hex(8)}"
    try:
        folder.mkdir()
        _sweep(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(mine: Path) -> None:
    """Remove the folders beside `mine` that reels left behind when the program was killed.

    Only a folder of such a name, with nothing in it but a reel's own parts, none of which was
    written to within the hour: a reel in the making, perhaps on another machine, writes all the
    time. The drive's own clock tells.
    """
    with suppress(OSError):
        now_s = mine.stat().st_mtime
        for folder in mine.parent.iterdir():
            if folder != mine and _TEMPORARY.fullmatch(folder.name) and not folder.is_symlink():
                parts = list(folder.iterdir())
                last_s = max(one.stat().st_mtime for one in (folder, *parts))
                if {one.name for one in parts} <= _PARTS and now_s - last_s > _ABANDONED_S:
                    for part in parts:
                        part.unlink()
                    folder.rmdir()


class _Cancelled(Exception):
    """Leaves moviepy's loop."""


class _Progress(ProgressBarLogger):  # type: ignore[misc]  # proglog has no types
    """What moviepy reports to; also the only way to stop it."""

    def __init__(self, cancel: Event, tell: Callable[[float], None]) -> None:
        super().__init__()
        self._cancel = cancel
        self._tell = tell

    def bars_callback(
        self, bar: str, attr: str, value: float, old_value: float | None = None
    ) -> None:
        """Called by moviepy for each chunk of sound and each frame."""
        del old_value
        if self._cancel.is_set():
            raise _Cancelled
        total = self.bars[bar]["total"]
        if attr != "index" or not total:
            return
        share = min(1.0, value / total)
        start, span = (0.0, _SOUND_SHARE) if bar == "chunk" else (_SOUND_SHARE, 1 - _SOUND_SHARE)
        self._tell(start + span * share)


def _film(picture: ReelPicture, sound: ReelSound, duration_s: float, rate: Fraction) -> VideoClip:
    # moviepy cuts off what is not a whole frame: half a frame more, and no rounding loses one.
    film = VideoClip(frame_function=picture.frame_at, duration=duration_s + 0.5 / float(rate))
    return film.with_audio(AudioClip(sound.samples_at, duration=duration_s, fps=SOUND_HZ))


def _write(film: VideoClip, rate: Fraction, part: Path, progress: _Progress) -> None:
    """Encode into `part`: H.264 and AAC, what every player and editing program opens."""
    film.write_videofile(
        str(part),
        fps=float(rate),
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        audio_fps=SOUND_HZ,
        temp_audiofile=str(part.with_name(_SOUND)),
        ffmpeg_params=["-crf", "20", "-movflags", "+faststart"],
        logger=progress,
    )


def _ordered(rows: list[ClipRow], order: Order) -> list[ClipRow]:
    if order is Order.SHOWN:
        return rows
    if order is Order.USABILITY:
        return sorted(rows, key=lambda row: -(row.rating.usability if row.rating else -1))
    by_name = sorted(rows, key=lambda row: (natural_key(row.clip.path.name), row.clip.path))
    return by_name if order is Order.NAME else sorted(by_name, key=_recorded)


def _recorded(row: ClipRow) -> tuple[bool, float]:
    """Sorts by recording time; a time without a zone is taken for this machine's."""
    at = row.clip.media.recorded_at if row.clip.media else None
    return (at is None, at.timestamp() if at else 0.0)


def _rate(rows: Sequence[ClipRow]) -> Fraction:
    """The rate that most clips have, the first among equals; at most `MAX_FPS`."""
    rates = [
        timebase_of(row.clip.media.frame_rate, at_most=MAX_FPS).rate
        for row in rows
        if row.clip.media
    ]
    return max(rates, key=rates.count) if rates else Fraction(25)


def _size_px(rows: Sequence[ClipRow]) -> tuple[int, int]:
    """The displayed size that most clips have, shrunk to `MAX_SIDE_PX`, even."""
    sizes = [row.clip.media.size_px for row in rows if row.clip.media]
    if not sizes:
        return (1280, 720)
    width, height = max(sizes, key=sizes.count)
    scale = min(1.0, MAX_SIDE_PX / max(width, height))
    return (max(16, round(width * scale / 2) * 2), max(16, round(height * scale / 2) * 2))


def _pieces(
    chosen: Sequence[tuple[ClipRow, Segment]], rate: Fraction, cancel: Event, *, titled: bool
) -> tuple[list[Piece], list[ClipError]]:
    """The stretches to join, on the reel's frame grid; each is known to have a first picture."""
    pieces: list[Piece] = []
    skipped: list[ClipError] = []
    at = 0
    for row, segment in chosen:
        if cancel.is_set():
            break
        try:
            _look(row.clip, segment.start_s, segment.end_s)
        except ClipError as error:
            skipped.append(error)
            continue
        length = max(1, nearest(segment.length_s, rate))
        title = row.clip.path.name if titled else ""
        pieces.append(
            Piece(row.clip, segment, float(at / rate), float((at + length) / rate), title)
        )
        at += length
    return pieces, skipped


def _look(clip: Clip, start_s: float, end_s: float) -> None:
    """Decode one small picture.

    Raises:
        ClipError: There is none.
    """
    with closing(pictures(clip, start_s, end_s, 64, Event())) as shown:
        next(shown)
