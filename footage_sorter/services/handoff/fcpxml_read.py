"""FCPXML read back: what a person rated in Final Cut (or Resolve) comes into the library.

Reads `.fcpxml` files and `.fcpxmld` bundles, ours or another program's. Favourites and rejects that
bear our own sign are not a person's word; everything else is, and never less than it was.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from footage_sorter.domain.clip import UNDECIDED, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.record import joined_notes
from footage_sorter.services.files_in import read_file
from footage_sorter.services.handoff.fcpxml import (
    CONTENT_KEY,
    DECISION_KEY,
    KEYWORDS_JOINT,
    KEYWORDS_KEY,
    NOTE_SIGN,
    OURS,
    SIZE_KEY,
    keyword,
)
from footage_sorter.services.handoff.imported import (
    MAX_NOTE,
    MAX_TIME_S,
    Imported,
    Traits,
    joined,
    read_decision,
    read_traits,
)
from footage_sorter.services.handoff.text import path_of, xml_text
from footage_sorter.services.handoff.xml_io import Element, read_xml

_BUNDLE_FILE = "Info.fcpxml"
_CLIP_TAGS = ("asset-clip", "clip", "sync-clip")
_MAX_DIGITS = 20
_WHOLE = Fraction(99, 100)
_FLAG_WORDS = frozenset(keyword(flag) for flag in Flag)


def read_fcpxml_file(path: Path) -> tuple[Imported, ...]:
    """Read a `.fcpxml` file, or the `.fcpxmld` folder that Resolve and newer Final Cuts write.

    Raises:
        ExchangeRefused: It cannot be read, is hostile, or is no FCPXML.
    """
    file = path / _BUNDLE_FILE if path.is_dir() else path
    return read_fcpxml(read_file(file), path)


def read_fcpxml(data: bytes, path: Path) -> tuple[Imported, ...]:
    """What `data` says of each file that it names, one entry a file, in the order met.

    Args:
        data: A whole FCPXML document.
        path: Where it came from, for the error.

    Raises:
        ExchangeRefused: It is hostile, or no FCPXML.
    """
    root = read_xml(data, path)
    if root.tag != "fcpxml":
        raise ExchangeRefused(path, "it is no FCPXML")
    files = dict(_files(root))
    found: dict[Path, Imported] = {}
    for clip in _clips(root):
        asset = _asset_of(clip)
        if asset in files:
            file, length_s = files[asset]
            before = found[file].decision if file in found else UNDECIDED
            decision = joined(before, _decision(clip, length_s, path))
            found[file] = Imported(file, decision, _traits(clip, length_s))
    return tuple(found.values())


def _traits(clip: Element, length_s: Fraction | None) -> Traits:
    """Our own metadata; of another program's clip its length."""
    metadata = _metadata(clip)
    length = None if length_s is None else float(length_s)
    return read_traits("", metadata.get(CONTENT_KEY), metadata.get(SIZE_KEY), length)


def _files(root: Element) -> Iterator[tuple[str, tuple[Path, Fraction | None]]]:
    """By asset id: the file and its length in seconds."""
    for asset in root.iter("asset"):
        representation = asset.find("media-rep")
        url = asset.get("src") or (representation.get("src") if representation is not None else "")
        if file := path_of(url or ""):
            yield asset.get("id", ""), (file, _seconds(asset.get("duration")))


def _clips(root: Element) -> Iterator[Element]:
    """Clips of events. One in a timeline says nothing of its file: it may be cut and reused."""
    for parent in (root, *root.iter("event"), *root.iter("library")):
        for child in parent:
            if child.tag in _CLIP_TAGS:
                yield child


def _asset_of(clip: Element) -> str:
    """The asset that a clip shows: its own `ref`, or that of the first video inside."""
    if clip.tag == "asset-clip":
        return clip.get("ref", "")
    inner = next((one for tag in ("asset-clip", "video") for one in clip.iter(tag)), None)
    return inner.get("ref", "") if inner is not None else ""


def _decision(clip: Element, length_s: Fraction | None, path: Path) -> Decision:
    """Our own decision as it was written, and what a person added in the other program."""
    own_text = _metadata(clip).get(DECISION_KEY)
    own = UNDECIDED if own_text is None else read_decision(own_text, path)
    in_s, out_s = _range(clip)
    note = joined_notes(_note(clip, own.note), _keywords(clip))
    return joined(own, Decision(_mark(clip, length_s), note=note, in_s=in_s, out_s=out_s))


def _metadata(clip: Element) -> dict[str | None, str]:
    """What the clip's metadata say, by key."""
    return {entry.get("key"): entry.get("value", "") for entry in clip.findall("metadata/md")}


def _foreign_ratings(clip: Element, value: str) -> list[Element]:
    return [
        rating
        for rating in clip.findall("rating")
        if rating.get("value") == value and not (rating.get("name") or "").startswith(OURS)
    ]


def _mark(clip: Element, length_s: Fraction | None) -> Mark:
    """Any favourite keeps the clip; only a reject of nearly the whole clip rejects it."""
    if _foreign_ratings(clip, "favorite"):
        return Mark.KEEP
    length_s = _seconds(clip.get("duration")) or length_s
    for rating in _foreign_ratings(clip, "reject"):
        rejected_s = _seconds(rating.get("duration"))
        if rejected_s is None or (length_s and rejected_s >= length_s * _WHOLE):
            return Mark.REJECT
    return Mark.NONE


def _range(clip: Element) -> tuple[float | None, float | None]:
    """In and out of a single favourite; of several none is the clip's one range."""
    favourites = _foreign_ratings(clip, "favorite")
    if len(favourites) != 1:
        return None, None
    origin_s = _seconds(clip.get("start")) or Fraction(0)
    start_s = _seconds(favourites[0].get("start"))
    length_s = _seconds(favourites[0].get("duration"))
    if start_s is None or not length_s or start_s < origin_s:
        return None, None
    return float(start_s - origin_s), float(start_s - origin_s + length_s)


def _note(clip: Element, own: str) -> str:
    """The person's lines of the note; `own` where it is the same but for what XML cannot hold."""
    theirs = _persons_lines((clip.findtext("note") or "")[:MAX_NOTE])
    return own if theirs == _persons_lines(xml_text(own)) else theirs


def _keywords(clip: Element) -> str:
    """The keywords that the program did not write, as a line of a note; "" without any."""
    tags = _metadata(clip).get(KEYWORDS_KEY, "").split(KEYWORDS_JOINT)
    ours = _FLAG_WORDS.union(tag.strip() for tag in tags)
    present = (
        word.strip()
        for element in clip.findall("keyword")
        for word in (element.get("value") or "").split(",")
    )
    words = dict.fromkeys(word for word in present if word and word not in ours)
    return f"Keywords: {', '.join(words)}"[:MAX_NOTE] if words else ""


def _persons_lines(note: str) -> str:
    return "\n".join(line for line in note.split("\n") if not line.startswith(NOTE_SIGN))


def _seconds(text: str | None) -> Fraction | None:
    """A time of FCPXML, "1001/30000s" or "5s"; None for anything else."""
    over, _, under = (text or "").removesuffix("s").partition("/")
    if not over.isdecimal() or not (under.isdecimal() or under == ""):
        return None
    if max(len(over), len(under)) > _MAX_DIGITS or (under and not int(under)):
        return None
    time_s = Fraction(int(over), int(under or 1))
    return time_s if time_s <= MAX_TIME_S else None
