"""Records: a person's decision on a clip, field by field, with when and by whom.

Knows how two records of one clip become one. `Decision` is what the program works with; a record
is what is stored and shared, because two people may decide different fields of one clip.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from footage_sorter.domain.clip import MAX_STARS, UNDECIDED, Decision, Mark
from footage_sorter.domain.flag import Flag

Value = str | int | tuple[float | None, float | None] | tuple[str, ...]
"""What a field holds: a mark's word, stars, a note, (in_s, out_s), or names of flags, sorted."""


class Field(StrEnum):
    """The parts of a decision that change on their own."""

    MARK = "mark"
    STARS = "stars"
    NOTE = "note"
    RANGE = "range"  # in and out together: apart, two people's could contradict each other
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Statement:
    """One field as somebody set it.

    Attributes:
        at_ns: When, nanoseconds since 1970 in UTC; > 0.
        by: Who, as the program was told; "" where nobody said.
    """

    value: Value
    at_ns: int
    by: str = ""

    @property
    def rank(self) -> tuple[int, str, str]:
        """Orders statements: the newest wins; among equals a fixed one, whoever merges."""
        return self.at_ns, json.dumps(self.value), self.by


Record = Mapping[Field, Statement]
"""What was ever said of a clip; a field that nobody touched is absent."""

EMPTY: Record = MappingProxyType({})


def merge(one: Record, other: Record) -> Record:
    """The newest statement of each field.

    Commutative, associative and idempotent: copies of a library meet in any order and agree.
    """
    fields = [field for field in Field if field in one or field in other]
    return {
        field: max(
            (record[field] for record in (one, other) if field in record),
            key=lambda statement: statement.rank,
        )
        for field in fields
    }


def decision_of(values: Mapping[Field, Value]) -> Decision:
    """The decision that these values make; absent fields are undecided."""
    if not values:
        return UNDECIDED
    said: Mapping[Field, Any] = values  # each of its field's type: see `checked`
    in_s, out_s = said.get(Field.RANGE, (None, None))
    return Decision(
        mark=Mark(said.get(Field.MARK, Mark.NONE)),
        stars=said.get(Field.STARS, 0),
        note=said.get(Field.NOTE, ""),
        in_s=in_s,
        out_s=out_s,
        overruled=frozenset(
            Flag(name) for name in said.get(Field.OVERRULED, ()) if name in _FLAG_NAMES
        ),
    )


def decided(record: Record) -> Decision:
    """The decision that `record` makes."""
    return decision_of({field: statement.value for field, statement in record.items()})


def values_of(decision: Decision) -> dict[Field, Value]:
    """Every field of `decision`."""
    return {
        Field.MARK: decision.mark.value,
        Field.STARS: decision.stars,
        Field.NOTE: decision.note,
        Field.RANGE: (decision.in_s, decision.out_s),
        Field.OVERRULED: tuple(sorted(flag.value for flag in decision.overruled)),
    }


def restate(record: Record, wanted: Decision, at_ns: int, by: str = "") -> Record:
    """`record` with what `wanted` changes in it, stated at `at_ns`.

    A field that keeps its value keeps its time. A changed one is always newer than before, even
    where the clock was set back, so that it wins over what the person saw when changing it.
    """
    before = values_of(decided(record))
    changed = {
        field: Statement(value, max(at_ns, record[field].at_ns + 1 if field in record else 1), by)
        for field, value in values_of(wanted).items()
        if value != before[field]
    }
    return {**record, **changed}


def taken_in(record: Record, theirs: Decision, at_ns: int, by: str = "") -> Record:
    """`record` with what `theirs`, said at `at_ns` beside the footage, adds to it.

    The newest statement of each field holds, but for what would demote: a mark that was set is
    not cleared nor turned into a reject, stars do not become fewer, a note loses no line. What
    `theirs` leaves open says nothing.
    """
    mine, silent, offered = decided(record), values_of(UNDECIDED), values_of(theirs)
    offered[Field.NOTE] = joined_notes(mine.note, theirs.note)
    offered[Field.OVERRULED] = values_of(Decision(overruled=mine.overruled | theirs.overruled))[
        Field.OVERRULED
    ]
    held = values_of(mine)
    new = {
        field: Statement(value, at_ns, by)
        for field, value in offered.items()
        if value not in (silent[field], held[field])
        and (field not in record or record[field].at_ns < at_ns)
        and not _demotes(field, held[field], value)
    }
    return {**record, **new}


def left_alone(record: Record, theirs: Decision, at_ns: int) -> bool:
    """Whether `theirs`, though newer, has another mark or other stars than `taken_in` let hold."""
    silent, offered = values_of(UNDECIDED), values_of(theirs)
    return any(
        offered[field] not in (silent[field], record[field].value) and record[field].at_ns < at_ns
        for field in (Field.MARK, Field.STARS)
        if field in record
    )


def joined_notes(mine: str, theirs: str) -> str:
    """`mine`, and the lines of `theirs` that it lacks; a second time changes nothing."""
    if not mine or theirs in mine:
        return mine or theirs
    lines = mine.split("\n")
    new = [line for line in theirs.split("\n") if line.strip() and line not in lines]
    return "\n".join([mine, *new])


def checked(field: Field, value: object) -> Value:
    """`value`, of unknown origin, as the value of `field`.

    Raises:
        ValueError: It is none.
    """
    match field, value:
        case Field.MARK, str():
            return Mark(value).value
        case Field.STARS, int() if not isinstance(value, bool) and 0 <= value <= MAX_STARS:
            return value
        case Field.NOTE, str():
            return value
        case Field.RANGE, [in_s, out_s]:
            bounds = (_time(in_s), _time(out_s))
            Decision(in_s=bounds[0], out_s=bounds[1])  # refuses an end before the start
            return bounds
        case Field.OVERRULED, [*names]:
            return tuple(sorted(set(_texts(names))))
    raise ValueError(f"not a value of {field}: {value!r:.80}")


_MARK_RANK = (Mark.NONE.value, Mark.REJECT.value, Mark.KEEP.value)


def _demotes(field: Field, held: Value, offered: Value) -> bool:
    """Whether `offered` is less than what is `held`."""
    match field, held, offered:
        case Field.MARK, str(), str():
            return _MARK_RANK.index(offered) < _MARK_RANK.index(held)
        case Field.STARS, int(), int():
            return offered < held
    return False


_FLAG_NAMES = frozenset(flag.value for flag in Flag)
_LONGEST_S = 1e9


def _time(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"not a time: {value!r:.80}")  # noqa: TRY004  a value from a file
    if not 0 <= value <= _LONGEST_S:  # also refuses NaN
        raise ValueError(f"not a time in a clip: {value!r:.80}")
    return float(value)


def _texts(names: Iterable[object]) -> list[str]:
    texts = [name for name in names if isinstance(name, str)]
    if len(texts) != len(list(names)):
        raise ValueError("a name of a flag is not a text")
    return texts
