"""What the library shows: a filter is a value that accepts rows or not. Knows no widget."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeGuard

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.row import ClipRow
from footage_sorter.ui.session.columns import camera_of, codec_of, folder_of, has_problem

NO_FLAG = "none"
"""In `ClipFilter.flags`: clips that were rated and carry no flag."""

Condition = Callable[[ClipRow], bool]


@dataclass(frozen=True, slots=True)
class ClipFilter:
    """Conditions that must all hold; within one, any of its values is enough, none means all.

    Attributes:
        text: Words that must all occur in the name, the folder's name or the note; case does not
            count.
        marks: Values of `Mark`.
        flags: Values of `Flag`, or `NO_FLAG`.
        verdicts: Values of `Verdict`.
        usability: Lowest and highest usability, 0-100; unrated clips pass only the whole range.
        for_you: The same of the rating that was learned from the person's marks.
        min_stars: 0 to 5.
        duration_s: Shortest and longest, in seconds; None: any.
        days: "2026-11-21".
        cameras: As the files say.
        codecs: FFmpeg's names.
        folders: Clips anywhere below one of these.
        tags: Keywords of tags, "Place: indoor".
        unrated: Only clips without a rating that may still get one.
        failed: Only clips that cannot be read, or only in part, or are not there.
    """

    text: str = ""
    marks: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    verdicts: frozenset[str] = frozenset()
    usability: tuple[int, int] = (0, 100)
    for_you: tuple[int, int] = (0, 100)
    min_stars: int = 0
    duration_s: tuple[float, float] | None = None
    days: frozenset[str] = frozenset()
    cameras: frozenset[str] = frozenset()
    codecs: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    unrated: bool = False
    failed: bool = False

    @property
    def active(self) -> int:
        """How many conditions narrow what is shown."""
        return sum(getattr(self, one.name) != one.default for one in fields(self))

    def having(self, field: str, value: object) -> "ClipFilter":
        """This filter with another value of one condition."""
        values: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        return ClipFilter(**values | {field: value})

    def toggling(self, field: str, value: str) -> "ClipFilter":
        """This filter with one value of a condition put in, or taken out."""
        chosen = getattr(self, field)
        if isinstance(chosen, bool):
            return self.having(field, not chosen)
        return self.having(field, chosen ^ {value})

    def choosing(self, field: str, value: str) -> "ClipFilter":
        """This filter with one value alone in a condition; without it where it was alone."""
        if getattr(self, field) == {value}:
            return self.having(field, frozenset())
        alone = self if isinstance(getattr(self, field), bool) else self.having(field, frozenset())
        return alone.toggling(field, value)

    def accepts(self, row: ClipRow) -> bool:
        """Whether `row` is shown."""
        text = searched(row)
        return all(word in text for word in self.words) and all(
            holds(row) for holds in self.conditions()
        )

    @property
    def words(self) -> Sequence[str]:
        """What must all occur in the text that is `searched`."""
        return self.text.casefold().split()

    def conditions(self) -> list[Condition]:
        """What must hold of a row beside its text; only what is asked for costs time."""
        asked = [
            (self.marks, self._has_mark),
            (self.min_stars, self._has_stars),
            (self.tags, self._has_tag),
            (self.unrated, lambda row: row.unrated),
            (self.failed, has_problem),
            (self.flags, self._has_flag),
            (self.verdicts, self._has_verdict),
            (self.usability != EVERYTHING.usability, self._is_usable),
            (self.for_you != EVERYTHING.for_you, self._is_for_you),
            (self.duration_s, self._lasts),
            (self.days or self.cameras or self.codecs, lambda row: row.clip.media is not None),
            (self.days, lambda row: day_of(row) in self.days),
            (self.cameras, lambda row: camera_of(row) in self.cameras),
            (self.codecs, lambda row: codec_of(row) in self.codecs),
            (self.folders, self._below()),
        ]
        return [condition for wanted, condition in asked if wanted]

    def _has_mark(self, row: ClipRow) -> bool:
        return row.decision.mark in self.marks

    def _has_stars(self, row: ClipRow) -> bool:
        return row.decision.stars >= self.min_stars

    def _has_tag(self, row: ClipRow) -> bool:
        return any(tag.keyword in self.tags for tag in row.tags)

    def _has_flag(self, row: ClipRow) -> bool:
        return row.rating is not None and not self.flags.isdisjoint(row.rating.flags or (NO_FLAG,))

    def _has_verdict(self, row: ClipRow) -> bool:
        return row.rating is not None and row.rating.verdict in self.verdicts

    def _is_usable(self, row: ClipRow) -> bool:
        lowest, highest = self.usability
        return row.rating is not None and lowest <= row.rating.usability <= highest

    def _is_for_you(self, row: ClipRow) -> bool:
        lowest, highest = self.for_you
        return row.for_you is not None and lowest <= row.for_you <= highest

    def _lasts(self, row: ClipRow) -> bool:
        media = row.clip.media
        if media is None or self.duration_s is None:
            return False
        shortest_s, longest_s = self.duration_s
        return shortest_s <= media.duration_s <= longest_s

    def _below(self) -> Condition:
        """Whether a clip lies below one of the folders: found once for each folder of clips."""
        known: dict[str, bool] = {}

        def lies_below(row: ClipRow) -> bool:
            folder = folder_of(row)
            if folder not in known:
                path = row.clip.path
                known[folder] = any(path.is_relative_to(Path(one)) for one in self.folders)
            return known[folder]

        return lies_below

    def to_text(self) -> str:
        """The conditions that narrow, as JSON: a saved filter."""
        saved: dict[str, object] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if value != one.default:
                saved[one.name] = sorted(value) if isinstance(value, frozenset) else value
        return json.dumps(saved, sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> "ClipFilter":
        """Read a saved filter; what this release does not know is left out."""
        try:
            saved = json.loads(text)
        except (ValueError, RecursionError):
            saved = None
        if not isinstance(saved, dict):
            return cls()
        values: dict[str, Any] = {}
        for one in fields(cls):
            value = saved.get(one.name)
            if isinstance(one.default, frozenset) and isinstance(value, list):
                values[one.name] = frozenset(map(str, value))
            elif one.name in ("usability", "for_you", "duration_s"):
                if _is_range(value):
                    values[one.name] = tuple(value)
            elif type(value) is type(one.default):
                values[one.name] = value
        return cls(**values)


EVERYTHING = ClipFilter()


def searched(row: ClipRow) -> str:
    """What a search looks through: the folder's name, the file's name and the note, case folded."""
    where = str(row.clip.path).rsplit(os.sep, 2)[-2:]
    return "\n".join((*where, row.decision.note)).casefold()


def day_of(row: ClipRow) -> str:
    """The day of recording, "2026-11-21"; "" where the file does not say."""
    media = row.clip.media
    return f"{media.recorded_at:%Y-%m-%d}" if media and media.recorded_at else ""


FLAG_VALUES: tuple[str, ...] = (*(flag.value for flag in Flag), NO_FLAG)
MARK_VALUES: tuple[str, ...] = tuple(mark.value for mark in Mark)
VERDICT_VALUES: tuple[str, ...] = tuple(verdict.value for verdict in Verdict)


def _is_range(value: object) -> TypeGuard[list[float]]:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(one, int | float) for one in value)
        and value[0] <= value[1]
    )
