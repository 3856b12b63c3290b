"""Readers of clip data sets: which clips there are, of what class, source and side.

Knows four layouts, told apart by what lies in the folder:

- HMDB51: class folders beside a folder of split files (`CLASS_test_splitN.txt`, 1 learn, 2 test,
  0 unused);
- UCF101: class folders beside `ucfTrainTestlist` (`trainlist0N.txt`, `testlist0N.txt`);
- split folders: `train`, `val`, `test` (Kinetics), or `learn` and `held_out`, with class folders;
- any folder of class folders, with an optional `sources.csv` (columns file, source).

A source is what clips were cut from: HMDB51's film, UCF101's group, Kinetics' upload. Clips of one
source never lie on two sides: where an official split has it so, the clips to learn from are left
out, and the log says how many. Opens no clip.
"""

import csv
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from training.errors import DataError

log = logging.getLogger(__name__)

ENDINGS = frozenset(
    ".3gp .avi .flv .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .ogv .ts .webm .wmv".split()
)
LEAST_CLIPS = 2
"""A class of a single clip cannot be both learned and held out."""

_UCF_GROUP = re.compile(r"^v_.+_(g\d+)_c\d+$")
_KINETICS_TIME = re.compile(r"_\d{6}_\d{6}$")


class Side(StrEnum):
    """What a data set's own split keeps a clip for."""

    LEARN = "learn"
    TEST = "test"


SIDES = {
    "train": Side.LEARN,
    "learn": Side.LEARN,
    "val": Side.TEST,
    "valid": Side.TEST,
    "validate": Side.TEST,
    "test": Side.TEST,
    "held_out": Side.TEST,
}
"""Folder names of the sides; where `val` and `test` are both there, `val` is read as the test,
since Kinetics publishes no labels of its test."""


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """One clip of a data set.

    Attributes:
        path: Its file.
        label: Name of its class.
        source: What it was cut from.
        side: What the data set's own split keeps it for; `LEARN` where there is none.
    """

    path: Path
    label: str
    source: str
    side: Side = Side.LEARN


def read_clips(folder: Path, split: int = 1) -> tuple[LabelledClip, ...]:
    """List the clips of a data set, sorted by path.

    Args:
        folder: The data set.
        split: Number of the official split, where there are several.

    Raises:
        DataError: Not a data set, or one that nothing can be learned from: a single class, a class
            of a single clip, class names that clash, a listed clip that is missing.
    """
    if not folder.is_dir():
        raise DataError(folder, "no such folder")
    hmdb = next(folder.glob(f"*/*_test_split{split}.txt"), None)
    ucf = folder / "ucfTrainTestlist"
    if hmdb is not None:
        found = list(_hmdb(folder, hmdb.parent, split))
    elif ucf.is_dir():
        found = list(_ucf(folder, ucf, split))
    elif any(one.is_dir() and one.name.lower() in SIDES for one in folder.iterdir()):
        found = list(_split_folders(folder))
    else:
        found = _with_sources(folder, list(_class_folders(folder)))
    found = _apart(found)
    check(folder, found)
    return tuple(sorted(found, key=lambda one: one.path))


def _apart(clips: list[LabelledClip]) -> list[LabelledClip]:
    """Leave out what is to be learned from and is of a source that is kept for the test."""
    tested = {one.source for one in clips if one.side is Side.TEST}
    kept = [one for one in clips if one.side is Side.TEST or one.source not in tested]
    if left_out := len(clips) - len(kept):
        log.warning("%d clips left out: the test has others of the same source", left_out)
    return kept


def check(folder: Path, clips: list[LabelledClip]) -> None:
    """Refuse what nothing can be learned from; see `read_clips`.

    Raises:
        DataError: Names what is wrong.
    """
    counts = Counter(one.label for one in clips)
    if len(counts) < 2:
        raise DataError(folder, f"two classes are needed, found {sorted(counts) or 'none'}")
    if clash := _clash(counts):
        raise DataError(folder, f"the classes {clash[0]!r} and {clash[1]!r} differ in case alone")
    for label, count in sorted(counts.items()):
        if count < LEAST_CLIPS:
            raise DataError(
                folder, f"the class {label!r} has {count} clip; {LEAST_CLIPS} are needed"
            )


def _clash(names: Counter[str]) -> tuple[str, str] | None:
    """Two names that a file system may take for one."""
    seen: dict[str, str] = {}
    for name in sorted(names):
        other = seen.setdefault(name.casefold().strip(), name)
        if other != name:
            return other, name
    return None


def _class_folders(folder: Path, side: Side = Side.LEARN) -> Iterator[LabelledClip]:
    """Every clip in a folder of class folders; its source is itself."""
    for inside in sorted(one for one in folder.iterdir() if one.is_dir()):
        clips = [one for one in sorted(inside.iterdir()) if one.suffix.lower() in ENDINGS]
        for path in clips:
            stem = _KINETICS_TIME.sub("", path.stem)
            source = stem if stem != path.stem else path.relative_to(folder).as_posix()
            yield LabelledClip(path, inside.name, source, side)
        if not clips and not any(inside.iterdir()):
            raise DataError(inside, "holds no clip; remove it, or fill it")


def _split_folders(folder: Path) -> Iterator[LabelledClip]:
    """Kinetics: a folder for each side."""
    sides = {one.name.lower(): one for one in folder.iterdir() if one.is_dir()}
    if "val" in sides:
        sides.pop("test", None)
    for name, inside in sorted(sides.items()):
        if name in SIDES:
            # Without a name of its own, a file's source is its place below the whole data set.
            found = _with_sources(folder, list(_class_folders(inside, SIDES[name])))
            for one in found:
                own = one.path.relative_to(inside).as_posix() == one.source
                yield replace(one, source=f"{name}/{one.source}") if own else one


def _with_sources(folder: Path, clips: list[LabelledClip]) -> list[LabelledClip]:
    """The same clips, their sources as `sources.csv` says, where there is one."""
    table = folder / "sources.csv"
    if not table.is_file():
        return clips
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if rows and not {"file", "source"} <= rows[0].keys():
        raise DataError(table, "needs the columns file and source")
    sources = {row["file"]: row["source"] for row in rows}
    return [
        replace(one, source=sources.get(one.path.relative_to(folder).as_posix(), one.source))
        for one in clips
    ]


def _hmdb(folder: Path, splits: Path, number: int) -> Iterator[LabelledClip]:
    """HMDB51: a split file for each class."""
    for table in sorted(splits.glob(f"*_test_split{number}.txt")):
        label = table.name.removesuffix(f"_test_split{number}.txt")
        for line in table.read_text("utf-8").splitlines():
            name, _, kept = line.strip().rpartition(" ")
            if not name or kept not in {"0", "1", "2"}:
                if line.strip():
                    raise DataError(table, f"expected NAME and 0, 1 or 2 in the line {line!r}")
                continue
            if kept == "0":
                continue
            path = _there(folder / label / name.strip(), table)
            source = path.stem.split(f"_{label}_")[0]
            yield LabelledClip(
                path, label, f"{label}/{source}", Side.LEARN if kept == "1" else Side.TEST
            )


def _ucf(folder: Path, splits: Path, number: int) -> Iterator[LabelledClip]:
    """UCF101: one list for each side."""
    for name, side in (("trainlist", Side.LEARN), ("testlist", Side.TEST)):
        table = splits / f"{name}{number:02d}.txt"
        if not table.is_file():
            raise DataError(table, "no such split")
        for line in table.read_text("utf-8").splitlines():
            if not line.strip():
                continue
            path = _there(folder / re.sub(r" \d+$", "", line.strip()), table)
            group = _UCF_GROUP.match(path.stem)
            label = path.parent.name
            source = f"{label}/{group[1] if group else path.stem}"
            yield LabelledClip(path, label, source, side)


def _there(path: Path, table: Path) -> Path:
    """Return `path`, which `table` lists.

    Raises:
        DataError: It is missing: training on what happened to be there is a silent change.
    """
    if not path.is_file():
        raise DataError(path, f"missing, but listed in {table.name}")
    return path
