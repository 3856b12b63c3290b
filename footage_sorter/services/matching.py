"""Matching: which clips of this library a file from another machine speaks of.

A content says who a clip is. A path does, unless the contents differ: cards are named alike. A
file's name does only together with its size or its length, and only where a single clip fits.
What fits several clips is told and never guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from footage_sorter.domain.clip import UNDECIDED, ClipId, ContentId, Decision
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.handoff.imported import Imported, Traits, joined

SAME_LENGTH_S = 0.1
"""Programs round a clip's length to a frame of their own: so far two lengths may lie apart."""

_WINDOWS_PATH = re.compile(r"/?[A-Za-z]:[\\/]|\\\\")


@dataclass(frozen=True, slots=True)
class Matches:
    """Whom a file speaks of.

    Attributes:
        said: What it says of each clip of the library.
        named: How many clips it speaks of.
        unknown: Those of them that are not in the library, as the file names them.
        ambiguous: Those that could be several clips, or share one with another.
    """

    said: dict[ClipId, Decision]
    named: int
    unknown: tuple[Path, ...]
    ambiguous: tuple[Path, ...]


def match(brought: Iterable[Imported], rows: Sequence[ClipRow]) -> Matches:
    """Find the clip of each of `brought` among `rows`."""
    index = _Index(rows)
    found: dict[Path, ClipId] = {}
    ambiguous: dict[Path, None] = {}
    said: dict[Path, Decision] = {}
    traits: dict[Path, Traits] = {}
    for one in brought:  # a table may name a clip twice
        said[one.path] = joined(said.get(one.path, UNDECIDED), one.decision)
        traits[one.path] = one.traits
    for path, those in traits.items():
        rows_found = index.by_identity(path, those)
        if len(rows_found) == 1:
            found[path] = rows_found[0].clip.id
        elif rows_found:
            ambiguous[path] = None
    left = [path for path in said if path not in found and path not in ambiguous]
    by_name = {path: index.by_name(path, traits[path], frozenset(found.values())) for path in left}
    claims = Counter(row.clip.id for rows_found in by_name.values() for row in rows_found)
    for path, rows_found in by_name.items():
        if len(rows_found) == 1 and claims[rows_found[0].clip.id] == 1:
            found[path] = rows_found[0].clip.id
        elif rows_found:
            ambiguous[path] = None
    decisions: dict[ClipId, Decision] = {}
    for path, clip_id in found.items():
        decisions[clip_id] = joined(decisions.get(clip_id, UNDECIDED), said[path])
    unknown = tuple(path for path in said if path not in found and path not in ambiguous)
    return Matches(decisions, len(said), unknown, tuple(ambiguous))


class _Index:
    """The rows of a library by what can tell them apart."""

    def __init__(self, rows: Sequence[ClipRow]) -> None:
        self._by_path = {row.clip.path: row for row in rows}
        self._by_content: dict[ContentId, list[ClipRow]] = {}
        self._by_name: dict[str, list[ClipRow]] = {}
        for row in rows:
            if row.clip.content is not None:
                self._by_content.setdefault(row.clip.content, []).append(row)
            self._by_name.setdefault(_key(row.clip.path.name), []).append(row)

    def by_identity(self, path: Path, traits: Traits) -> list[ClipRow]:
        """The clips of this content, or the one at this path."""
        there = self._by_path.get(path)
        same = self._by_content.get(traits.content, []) if traits.content else []
        if there is not None and (there in same or not _differs(there, traits)):
            return [there]
        if len(same) > 1:  # copies: what was said of one is its own
            key = _key(_name(path, traits))
            same = [row for row in same if _key(row.clip.path.name) == key] or same
        return same

    def by_name(self, path: Path, traits: Traits, taken: frozenset[ClipId]) -> list[ClipRow]:
        """Clips of this name, not `taken`, whose size or length is the same."""
        rows = self._by_name.get(_key(_name(path, traits)), [])
        return [row for row in rows if row.clip.id not in taken and _fits(row, traits)]


def _differs(row: ClipRow, traits: Traits) -> bool:
    """It is known that another content is meant."""
    content = row.clip.content
    return content is not None and traits.content not in (None, content)


def _fits(row: ClipRow, traits: Traits) -> bool:
    """Something besides the name says that `row` is meant, and nothing that it is not."""
    agrees = []
    if traits.size_bytes is not None:
        agrees.append(traits.size_bytes == row.clip.stamp.size_bytes)
    if traits.duration_s is not None and row.clip.media is not None:
        agrees.append(abs(traits.duration_s - row.clip.media.duration_s) <= SAME_LENGTH_S)
    return bool(agrees) and all(agrees) and not _differs(row, traits)


def _name(path: Path, traits: Traits) -> str:
    """The file's name, also where the path is of a system that writes paths otherwise."""
    if traits.name:
        return traits.name
    text = str(path)
    return PureWindowsPath(text).name if _WINDOWS_PATH.match(text) else path.name


def _key(name: str) -> str:
    """A name as it is compared: systems change its case and how its accents are composed."""
    return unicodedata.normalize("NFC", name).casefold()
