"""Imported: decisions that come back from another program, and how they join a person's own.

What is here already is never demoted: a mark stays, stars stay, a range stays. Only what was left
open is filled in.
"""

import json
import math
from dataclasses import dataclass, field
from pathlib import Path

from footage_sorter.domain.clip import ContentId, Decision, Mark, content_named
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.record import joined_notes
from footage_sorter.services.handoff.text import xml_text

MAX_NOTE = 100_000
MAX_TIME_S = 10_000_000
"""Four months: no clip is longer, and every sum of such times is exact enough."""

_MAX_SIZE_BYTES = 1 << 62


@dataclass(frozen=True, slots=True)
class Traits:
    """What else tells which clip is meant, where its path is another machine's.

    Attributes:
        name: The file's; "" where only the path says it.
        content: None where the file does not carry it; the same for the other two.
    """

    name: str = ""
    content: ContentId | None = None
    size_bytes: int | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What another program says of one clip.

    Attributes:
        path: Of the clip, as the other program has it.
        traits: Help to find the clip; no part of what is said.
    """

    path: Path
    decision: Decision
    traits: Traits = field(default=Traits(), compare=False)


def read_traits(
    name: str = "", content: object = None, size_bytes: object = None, duration_s: object = None
) -> Traits:
    """Traits from a file of unknown origin, as text or numbers; what is none is passed over."""
    size = _number(size_bytes)
    length_s = _number(duration_s)
    return Traits(
        name,
        content_named(content),
        None if size is None or not 0 <= size < _MAX_SIZE_BYTES else int(size),
        None if length_s is None or not 0 < length_s <= MAX_TIME_S else length_s,
    )


def _number(value: object) -> float | None:
    """A finite number from text or a number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def joined(mine: Decision, theirs: Decision) -> Decision:
    """`mine`, with what it leaves open taken from `theirs`; a second time changes nothing."""
    has_range = mine.in_s is not None or mine.out_s is not None
    return Decision(
        mark=theirs.mark if mine.mark is Mark.NONE else mine.mark,
        stars=mine.stars or theirs.stars,
        note=_joined_notes(mine.note, theirs.note),
        in_s=mine.in_s if has_range else theirs.in_s,
        out_s=mine.out_s if has_range else theirs.out_s,
        overruled=mine.overruled | theirs.overruled,
    )


def decision_values(decision: Decision) -> dict[str, object]:
    """`decision` by the names that `checked_decision` reads."""
    return {
        "mark": decision.mark.value,
        "stars": decision.stars,
        "note": decision.note,
        "in_s": decision.in_s,
        "out_s": decision.out_s,
        "overruled": [flag.value for flag in Flag if flag in decision.overruled],
    }


def decision_text(decision: Decision) -> str:
    """`decision` as one line of JSON that any XML can carry."""
    # Plain ASCII, so that a control character that XML forbids travels as an escape.
    return json.dumps(decision_values(decision), ensure_ascii=True, allow_nan=False)


def read_decision(text: str, path: Path) -> Decision:
    """What `decision_text` wrote.

    Raises:
        ExchangeRefused: It is something else, or out of bounds; `path` is the file it stood in.
    """
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeRefused(path, f"its decision cannot be understood ({error})") from error
    return checked_decision(values, path)


def checked_decision(values: object, path: Path) -> Decision:
    """The decision that `values`, of unknown origin, make by the names of `decision_values`.

    Raises:
        ExchangeRefused: They make none; `path` is the file they stood in.
    """
    try:
        return _decision(values)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        detail = f"{error}"[:200]
        raise ExchangeRefused(path, f"its decision cannot be understood ({detail})") from error


def _decision(values: object) -> Decision:
    if not isinstance(values, dict):
        raise TypeError("it is no object")
    note, stars = values.get("note", ""), values.get("stars", 0)
    if not isinstance(note, str) or len(note) > MAX_NOTE:
        raise TypeError("a note must be text of ordinary length")
    if type(stars) is not int:
        raise TypeError("stars must be a whole number")
    return Decision(
        mark=Mark(values.get("mark", "none")),
        stars=stars,
        note=note,
        in_s=_time(values.get("in_s")),
        out_s=_time(values.get("out_s")),
        overruled=frozenset(Flag(flag) for flag in values.get("overruled", ())),
    )


def _time(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a time must be a number")
    time_s = float(value)
    if not math.isfinite(time_s) or not 0 <= time_s <= MAX_TIME_S:
        raise ValueError("a time is out of bounds")
    return time_s


def _joined_notes(mine: str, theirs: str) -> str:
    # Another program gives back our own note without the characters that XML cannot hold.
    return mine if theirs in xml_text(mine) else joined_notes(mine, theirs)
