"""A data set of camera moves: clips rendered from photographs along known camera paths.

    python -m training moves --photographs ../shared/data/photos --out runs/moves

Photographs that `readers.is_held_out` keeps out by name make the clips of `held_out`, all others
those of `learn`: no scene is on two sides. The layout is a folder of class folders on each side, so
that networks over time read it as any other data set.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
from tqdm import tqdm

from footage_sorter.domain.move import Move
from training.clips.paths import draw_path
from training.clips.scenes import STEPS, Take, draw_scene, film
from training.errors import DataError
from training.readers import is_held_out, list_pictures, read_picture

SEED = 7
FIRST_SHORT = 1000
"""Short clips are numbered from here on."""
HELD_OUT_SHARE = 0.25
SIZES_PX = ((384, 216), (480, 270), (288, 216), (216, 384))
RATES = (Fraction(24), Fraction(25), Fraction(30), Fraction(30000, 1001))
SECONDS = (2.0, 7.0)
SHORT_SECONDS = (1.8, 4.0)
COARSE_CRF = (24, 42)
"""A short clip is often one that was sent on: smaller, and coarsely encoded again."""
KEYS_EVERY = (12, 25, 30, 60, 250)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A clip to render: which, from which photographs, on which side, with how much going on."""

    move: Move
    number: int
    side: str
    photographs: tuple[Path, ...]
    crowded: bool = False
    short: bool = False

    def path(self, out: Path) -> Path:
        """Where its clip lies: SIDE/MOVE/SCENE-NUMBER.mp4, the scene being the far photograph."""
        scene = self.photographs[0].stem
        return out / self.side / self.move / f"{scene}-{self.number:04d}.mp4"


def render(
    photographs: Path,
    out: Path,
    learn: int,
    held_out: int,
    *,
    crowded: int = 0,
    short: tuple[int, int] = (0, 0),
) -> None:
    """Render every clip that is not there yet.

    Args:
        photographs: Folder of sharp photographs.
        out: Where the data set goes; made if missing.
        learn: Clips of each move to learn from.
        held_out: Clips of each move of other photographs.
        crowded: Further clips of each move on either side, with large things that move before the
            camera.
        short: Further clips of each move, to learn from and of other photographs, of 1.8 to 4 s:
            coarsely encoded, half of them with something that moves near the camera.

    Raises:
        DataError: There are too few photographs on one of the sides.
    """
    pictures = list_pictures(photographs)
    all_of_them = [*_wanted(pictures, learn, held_out, crowded), *_short(pictures, *short)]
    for wanted in tqdm(all_of_them):
        path = wanted.path(out)
        if path.exists():
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}")
        partial.unlink(missing_ok=True)
        _render_one(wanted, partial, np.random.default_rng((SEED, *_digits(wanted))))
        partial.replace(path)
    _write_sources(out)


def _write_sources(out: Path) -> None:
    """Say which clips show the same far photograph, so that none of it is on two sides."""
    clips = sorted(path.relative_to(out).as_posix() for path in out.glob("*/*/[!.]*-*.mp4"))
    with (out / "sources.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(("file", "source"))
        writer.writerows((clip, Path(clip).stem.rpartition("-")[0]) for clip in clips)


def _wanted(
    photographs: Sequence[Path], learn: int, held_out: int, crowded: int
) -> Iterator[Wanted]:
    """Every clip of the data set, moves in turn, so that one cut short is balanced."""
    for side, count in (("learn", learn), ("held_out", held_out)):
        for number in range(count + crowded):
            for move, chosen in _chosen(photographs, side, number):
                yield Wanted(move, number, side, chosen, crowded=number >= count)


def _short(photographs: Sequence[Path], learn: int, held_out: int) -> Iterator[Wanted]:
    """Every short clip; numbered from a bound on, so that their names clash with no other's."""
    for side, count in (("learn", learn), ("held_out", held_out)):
        for number in range(FIRST_SHORT, FIRST_SHORT + count):
            for move, chosen in _chosen(photographs, side, number):
                yield Wanted(move, number, side, chosen, short=True)


def _chosen(
    photographs: Sequence[Path], side: str, number: int
) -> Iterator[tuple[Move, tuple[Path, ...]]]:
    """For each move, the photographs of its clip with that number.

    Raises:
        DataError: There are too few photographs on that side.
    """
    learns = side == "learn"
    these = [one for one in photographs if is_held_out(one, HELD_OUT_SHARE) is not learns]
    if len(these) < 2:
        raise DataError(these[0] if these else Path(side), "too few photographs to film")
    for order, move in enumerate(Move):
        rng = np.random.default_rng((SEED, number, order, learns))
        yield move, tuple(these[i] for i in rng.permutation(len(these))[:3])


def _render_one(wanted: Wanted, path: Path, rng: np.random.Generator) -> None:
    """Draw how it is filmed, and film it."""
    take = draw_take(rng)
    if wanted.short:
        take = replace(take, crf=int(rng.integers(*COARSE_CRF)))
    seconds = float(rng.uniform(*(SHORT_SECONDS if wanted.short else SECONDS)))
    camera = draw_path(wanted.move, seconds, float(take.frame_rate) * STEPS, rng)
    pictures = [read_picture(one) for one in wanted.photographs]
    nearing = wanted.short and bool(rng.random() < 0.5)
    scene = draw_scene(pictures, len(camera), take, rng, crowded=wanted.crowded, nearing=nearing)
    film(scene, camera, take, path)


def is_short(path: Path) -> bool:
    """Whether a rendered clip is one of the short ones, by its number."""
    return int(path.stem.rpartition("-")[2]) >= FIRST_SHORT


def draw_take(rng: np.random.Generator) -> Take:
    """Draw a camera and a codec."""
    return Take(
        size_px=SIZES_PX[int(rng.choice(len(SIZES_PX), p=[0.5, 0.2, 0.15, 0.15]))],
        frame_rate=RATES[int(rng.integers(len(RATES)))],
        shutter=float(rng.choice([0.1, 0.25, 0.5, 0.9])),
        noise=float(rng.uniform(0.0, 6.0)),
        crf=int(rng.integers(18, 36)),
        key_every=int(rng.choice(KEYS_EVERY)),
        seed=int(rng.integers(2**31)),
    )


def _digits(wanted: Wanted) -> tuple[int, int, int]:
    """What tells this clip's draws from every other's."""
    return wanted.number, list(Move).index(wanted.move), int(wanted.side == "learn")
