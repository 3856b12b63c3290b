"""XMP sidecars: marks, stars, labels, flags and reasons for Bridge, Lightroom and their kin.

Keep is `xmpDM:good` True, reject is `good` False (Lightroom) and Rating -1 (Bridge), by dialect. A
packet that is there already is patched. What the program wrote is recorded in a property of its
own, so that it takes back only that, and tells what another program changed since.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from footage_sorter.domain.clip import MAX_STARS, UNDECIDED, ContentId, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.record import joined_notes
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.domain.words import FLAG_WORDS
from footage_sorter.services.handoff.csv_json import reason_sentences
from footage_sorter.services.handoff.imported import (
    MAX_NOTE,
    decision_text,
    read_decision,
    read_traits,
)
from footage_sorter.services.handoff.selects import Bin, bin_of
from footage_sorter.services.handoff.text import xml_text
from footage_sorter.services.handoff.xmp_markers import (
    DYNAMIC_MEDIA,
    OUR_TRACK,
    TRACKS,
    track,
)
from footage_sorter.services.handoff.xmp_packet import EMPTY, NO_ENTRIES, Name, Packet, Value

_XMP = "http://ns.adobe.com/xap/1.0/"
_OURS = "urn:footage-sorter:xmp:1#"

RATING = Name(_XMP, "Rating", "xmp")
LABEL = Name(_XMP, "Label", "xmp")
GOOD = Name(DYNAMIC_MEDIA, "good", "xmpDM")
PICK = Name(DYNAMIC_MEDIA, "pick", "xmpDM")
COMMENT = Name(DYNAMIC_MEDIA, "logComment", "xmpDM")
COLOUR = Name("http://ns.adobe.com/photoshop/1.0/", "LabelColor", "photoshop")
SUBJECT = Name("http://purl.org/dc/elements/1.1/", "subject", "dc")
DECISION = Name(_OURS, "decision", "footageSorter")
WRITTEN = Name(_OURS, "written", "footageSorter")
CONTENT = Name(_OURS, "content", "footageSorter")

_JUDGED = (RATING, GOOD, PICK)
_LABELS = {Bin.KEEP: "Green", Bin.PARTLY: "Yellow", Bin.REJECT: "Red"}
_GOOD_WORDS = {"true": Mark.KEEP, "false": Mark.REJECT}

Record = Mapping[str, str | list[str]]
"""What the program wrote last, by property."""


def to_xmp(
    row: ClipRow, dialect: RejectDialect, existing: bytes | None, path: Path
) -> bytes | None:
    """The sidecar of `row`; None where there is nothing to say.

    Args:
        row: The clip; the reasons are by the limits that it was judged by.
        dialect: How a reject is written.
        existing: The sidecar that is there, to be patched; None without one.
        path: Of the sidecar, for the error.

    Raises:
        ExchangeRefused: `existing` is no XMP, or hostile. Leave it alone.
    """
    patch = _Patch(Packet(EMPTY if existing is None else existing, path), path)
    for name, value in _judgement(row.decision, dialect).items():
        patch.set_text(name, value)
    patch.set_labels(_LABELS.get(bin_of(row)))
    flags = row.rating.flags if row.rating else frozenset()
    words = [FLAG_WORDS[flag].lower() for flag in Flag if flag in flags]
    patch.set_keywords([*words, *(xml_text(tag.keyword) for tag in row.tags)])
    lines = (row.decision.note, *reason_sentences(row))
    patch.set_comment(xml_text("\n".join(line for line in lines if line)))
    changes = patch.finished(row.decision, row.clip.content)
    entry = track(row)
    same = entry == patch.packet.entry(TRACKS, OUR_TRACK)
    if not changes and same:
        return existing
    return patch.packet.patched(changes, NO_ENTRIES if same else {TRACKS: (OUR_TRACK, entry)})


def read_xmp(data: bytes, path: Path) -> Decision:
    """What a sidecar says: our own decision, changed where another program changed it since.

    Raises:
        ExchangeRefused: It is no XMP, hostile, or its rating is out of bounds.
    """
    packet = Packet(data, path)
    own_text = packet.text(DECISION)
    own = read_decision(own_text, path) if own_text else UNDECIDED
    record = _record(packet, path)
    own = replace(own, note=joined_notes(own.note, _others_words(packet, record)[:MAX_NOTE]))
    changed = {name for name in _JUDGED if packet.text(name) != record.get(name.local)}
    if not changed:
        return own
    rating = _rating(packet.text(RATING), path)
    mark, stars = own.mark, own.stars
    if RATING in changed:
        stars = stars if rating == -1 else rating
        mark = Mark.REJECT if rating == -1 else mark
        if record.get(RATING.local) == "-1":  # no longer rejected, in Bridge's way
            mark = Mark.NONE
    if GOOD in changed:
        mark = _GOOD_WORDS.get((packet.text(GOOD) or "").lower(), Mark.NONE)
    elif PICK in changed and packet.text(PICK) in ("1", "-1"):
        mark = Mark.KEEP if packet.text(PICK) == "1" else Mark.REJECT
    return Decision(mark, stars, own.note, own.in_s, own.out_s, own.overruled)


def _others_words(packet: Packet, record: Record) -> str:
    """Comment, label and keywords that the program did not write, a line each."""
    lines = [_others_comment(packet, record)]
    label = packet.text(LABEL) or ""
    if label.strip() and label != record.get(LABEL.local):
        lines.append(f"Label: {label.strip()}")
    words = [word.strip() for word in _others_keywords(packet, record) if word.strip()]
    if words:
        lines.append(f"Keywords: {', '.join(words)}")
    return "\n".join(line for line in lines if line)


def _others_comment(packet: Packet, record: Record) -> str:
    present, ours = packet.text(COMMENT) or "", record.get(COMMENT.local)
    return present.replace(ours, "").rstrip("\n") if isinstance(ours, str) and ours else present


def _others_keywords(packet: Packet, record: Record) -> list[str]:
    present, ours = packet.get(SUBJECT) or (), record.get(SUBJECT.local, [])
    present = (present,) if isinstance(present, str) else present
    return [word for word in present if word not in ours]


def content_of(data: bytes, path: Path) -> ContentId | None:
    """The content that a sidecar of ours speaks of; None where it carries none.

    Raises:
        ExchangeRefused: It is no XMP, or hostile.
    """
    return read_traits("", Packet(data, path).text(CONTENT)).content


class _Patch:
    """The changes to one packet, and the record of what the program itself put there."""

    def __init__(self, packet: Packet, path: Path) -> None:
        self.packet = packet
        self._before = _record(packet, path)
        self._changes: dict[Name, Value | None] = {}
        self._record: dict[str, str | list[str]] = {}

    def finished(self, decision: Decision, content: ContentId | None) -> dict[Name, Value | None]:
        """The properties to change, with `decision` whole, whose it is, and the record."""
        decided = decision != UNDECIDED
        record = json.dumps(self._record, sort_keys=True) if self._record or decided else None
        self._changes[DECISION] = decision_text(decision) if decided else None
        self._changes[CONTENT] = content if decided else None
        self._changes[WRITTEN] = record
        return {k: value for k, value in self._changes.items() if self.packet.get(k) != value}

    def set_text(self, name: Name, value: str | None) -> None:
        """Set a property, or take back what the program wrote; leave what others wrote."""
        present = self.packet.text(name)
        if name is PICK and present is None:
            return  # only some programs know it: kept right where it is, brought nowhere
        if value is not None:
            self._changes[name] = self._record[name.local] = value
        elif present is not None and present == self._before.get(name.local):
            self._changes[name] = None

    def set_labels(self, label: str | None) -> None:
        """A colour, unless a person or another program gave the clip one."""
        for name, value in ((LABEL, label), (COLOUR, label.lower() if label else None)):
            present = self.packet.text(name)
            if present is None or present == self._before.get(name.local):
                self.set_text(name, value)

    def set_keywords(self, wanted: list[str]) -> None:
        """Keywords beside those of others; ours that no longer hold go."""
        others = _others_keywords(self.packet, self._before)
        added = [word for word in wanted if word not in others]
        self._changes[SUBJECT] = (*others, *added) or None
        if added:
            self._record[SUBJECT.local] = added

    def set_comment(self, comment: str) -> None:
        """The log comment, after what others wrote there."""
        others = _others_comment(self.packet, self._before)
        told = others.split("\n")  # a comment that was read back is in the note by now
        comment = "\n".join(line for line in comment.split("\n") if line not in told)
        self._changes[COMMENT] = "\n".join(part for part in (others, comment) if part) or None
        if comment:
            self._record[COMMENT.local] = comment


def _judgement(decision: Decision, dialect: RejectDialect) -> dict[Name, str | None]:
    """Rating, good and pick of a decision; None where there is none."""
    rating = str(decision.stars) if decision.stars else None
    good = "True" if decision.mark is Mark.KEEP else None
    if decision.mark is Mark.REJECT:
        if dialect is not RejectDialect.LIGHTROOM:
            rating = "-1"
        if dialect is not RejectDialect.BRIDGE:
            good = "False"
    pick = {Mark.KEEP: "1", Mark.REJECT: "-1", Mark.NONE: None}[decision.mark]
    return {RATING: rating, GOOD: good, PICK: pick}


def _record(packet: Packet, path: Path) -> Record:
    """What the program wrote last; empty for a packet that it never wrote."""
    text = packet.text(WRITTEN)
    if not text:
        return {}
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeRefused(path, "our own record in it is damaged") from error
    if not isinstance(record, dict):
        raise ExchangeRefused(path, "our own record in it is damaged")
    return {
        str(name): value
        for name, value in record.items()
        if isinstance(value, str)
        or (isinstance(value, list) and all(isinstance(word, str) for word in value))
    }


def _rating(text: str | None, path: Path) -> int:
    """`xmp:Rating` as whole stars, or -1 for rejected; 0 where there is none."""
    if text is None or not text.strip():
        return 0
    try:
        value = float(text)
    except ValueError as error:
        raise ExchangeRefused(path, f"its rating {text[:20]!r} is no number") from error
    if not -1 <= value <= MAX_STARS:
        raise ExchangeRefused(path, f"its rating {text[:20]!r} is not between -1 and {MAX_STARS}")
    return -1 if value < 0 else round(value)
