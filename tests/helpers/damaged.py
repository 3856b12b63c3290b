"""A library with words on many pages, and damage to it."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from footage_sorter.domain.clip import (
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    Mark,
    MediaInfo,
    Sound,
)
from footage_sorter.domain.errors import (
    LibraryDamaged,
)
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.report import Models
from footage_sorter.store import decisions, identity
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import Database, prepare
from footage_sorter.store.salvage import renew

CLIPS = 200
PAGE = 4096
MEDIA = MediaInfo(30.0, Fraction(30000, 1001), (1920, 1080), codec="h264", sound=Sound("aac", 1, 2))
NO_MODELS = Models("", "", "", "")


def decision(number):
    """What was said of a clip: each its own; of every fifth nothing."""
    if number % 5 == 0:
        return Decision()
    return Decision(
        mark=(Mark.KEEP, Mark.REJECT, Mark.NONE)[number % 3],
        stars=number % 5,
        note=f"take {number}: the crowd " * (1 + number % 7),
        in_s=number / 8,
        out_s=number / 8 + 3,
        overruled=frozenset([list(Flag)[number % len(Flag)]]),
    )


def content(number):
    return ContentId(f"{number:032x}")


def fill(path):
    """Two cameras' clips, some without what they hold, one out of the library, one that moved."""
    prepare(path)
    with closing(Database(path)) as database, database.writing() as db:
        for number in range(1, CLIPS + 1):
            stamp = FileStamp(number, number)
            clip = identity.found(db, Path(f"/fest/day {number % 2}/clip {number:04}.mp4"), stamp)
            if number % 11:
                identity.read(db, clip, content(number), MEDIA)
            decisions.decide(db, clip.id, decision(number), 10**18 + number, f"person {number % 3}")
        identity.remove(db, [clip.id])
        over = identity.found(db, Path("/fest/renamed.mp4"), FileStamp(9, 9))
        db.execute("UPDATE clips SET missing = 1 WHERE id IN (1, 7)")
        decisions.decide(db, ClipId(10), Decision(stars=3), 10**18, "")  # and thought better of it
        decisions.decide(db, ClipId(10), Decision(), 10**18 + 1, "")
        identity.read(db, over, content(1), MEDIA)


class Bytes(bytes):
    """Bytes that a failing test does not write out."""

    def __repr__(self):
        return f"{len(self)} bytes"


@dataclass(frozen=True, repr=False)
class Truth:
    """What the whole library holds, by the clip's number."""

    said: Mapping
    places: Mapping


def said_in(path):
    """All that a library holds of people's words, by the clip's number."""
    with closing(ClipStore(path)) as store, store._database.reading() as db:
        numbers = [number for (number,) in db.execute("SELECT id FROM clips")]
        return {number: decisions.record_of(db, number) for number in numbers}


def places(path):
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT id, path, content, placeless FROM clips").fetchall()


def overwritten(data, pages, noise):
    """The library with other bytes on some pages; the first page is 1."""
    damaged = bytearray(data)
    for page in pages:
        damaged[(page - 1) * PAGE : page * PAGE] = noise.randbytes(PAGE)
    return bytes(damaged)


def renewed(path, data):
    """Meet a damaged library at `path` as the program does; None where nobody noticed."""
    path.write_bytes(data)
    try:
        prepare(path)
    except LibraryDamaged as damage:
        told = renew(damage)
        assert told.kept_as.read_bytes() == data
        prepare(path)  # checks every page
        return told
    return None


def check_truth(path, truth):
    """Nothing that is in the library was said of another clip, at another time or never."""
    for number, record in said_in(path).items():
        assert record.items() <= truth.said[number].items()
    for number, place, known, placeless in places(path):
        assert place == truth.places[number][0] or (placeless and place == b"")
        assert known in (truth.places[number][1], None)


def tables(data, path):
    """The page that each table and index begins with."""
    path.write_bytes(data)
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT name, rootpage FROM sqlite_schema"))


def pages_of(data, kind):
    """The pages of one type; a table's leaves have 13."""
    return [at // PAGE + 1 for at in range(PAGE, len(data), PAGE) if data[at] == kind]
