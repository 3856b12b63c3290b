"""The columns of the library: each a declared value, not a branch in a model.

Knows rows and words, no widget. The same list drives the table, the sort menu and the sort keys.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from operator import attrgetter
from os.path import dirname
from types import MappingProxyType
from unicodedata import bidirectional

from footage_sorter.domain.clip import MAX_STARS, Mark
from footage_sorter.domain.codec_names import codec_name
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.order import natural_key
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.report import Pass
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import CAMERA_MOVE, Classifier, Tag
from footage_sorter.domain.words import FLAG_WORDS, clock, error, star_text
from footage_sorter.ui.look.translate import decimal, tr_phrase, tr_word

MARK_WORDS: Mapping[str, str] = MappingProxyType(
    {Mark.NONE: "Unmarked", Mark.KEEP: "Kept", Mark.REJECT: "Rejected"}
)
VERDICT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        Verdict.USABLE: "Usable",
        Verdict.PARTLY: "Partly usable",
        Verdict.UNUSABLE: "Unusable",
    }
)

MANY = 65536
"""Clips whose folders are remembered: asked for all of them again and again."""

SortKey = int | float | str | tuple[int | str, ...]

DASH = "–"
"""Shown where there is no value: an unread clip must not look like a bad one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: Name in settings; never shown, never changed.
        title: What the header says (English; the window translates it).
        text: What a cell says; "" where there is nothing to say.
        sort_key: What the column is sorted by; None sorts last, whichever way.
        width_px: Where no width was remembered.
        number: Aligned to the right.
        best_first: High is good, so the first click sorts downwards.
        shown: Visible until a person hides it.
    """

    key: str
    title: str
    text: Callable[[ClipRow], str]
    sort_key: Callable[[ClipRow], SortKey | None]
    width_px: int = 80
    number: bool = False
    best_first: bool = False
    shown: bool = True


def shown_path(text: str) -> str:
    """A path's text with undecodable bytes and control characters made visible."""
    decodable = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if decodable.isprintable():  # as nearly all are, and there are 10,000 to group by folder
        return decodable
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in decodable)


def name_in_label(name: str) -> str:
    """`name` for a label, which would write "day.mp4" as "mp4.day" where it begins in Hebrew."""
    kinds = (bidirectional(one) for one in name)
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return name if first == "L" else "\N{LEFT-TO-RIGHT MARK}" + name


def name_of(row: ClipRow) -> str:
    """The file's name as it can be shown."""
    return shown_path(row.clip.path.name)


def usability_text(row: ClipRow) -> str:
    """The rating as a card shows it: "63", "~63" after a coarse look, a dash without one."""
    if row.rating is None:
        return DASH
    return f"{'~' if row.looked is Pass.COARSE else ''}{row.rating.usability}"


def for_you_text(row: ClipRow) -> str:
    """The rating that was learned from the person's marks; a dash without one."""
    return DASH if row.for_you is None else str(row.for_you)


def noise_text(row: ClipRow) -> str:
    """The noise in percent of full scale, or as a multiple of its group's under such limits."""
    if row.noise_ratio is not None:
        return decimal(f"{row.noise_ratio:.1f} ×")
    return DASH if row.noise is None else decimal(f"{100 * row.noise:.1f} %")


def flag_letters(row: ClipRow) -> str:
    """The letters of the raised flags, in the order of the lanes."""
    if row.rating is None:
        return ""
    return _letters(row.rating.flags)


@cache
def _letters(flags: frozenset[Flag]) -> str:
    return "".join(flag.letter for flag in Flag if flag in flags)


def has_problem(row: ClipRow) -> bool:
    """Whether the clip, or a part of it, cannot be read, or is not where it was."""
    return bool(row.error or row.damage or row.missing)


def problem_text(row: ClipRow) -> str:
    """Why the clip cannot be read, or what of it is damaged; "" for a good one."""
    if row.error is not None:
        return tr_phrase(error(row.error))
    if row.missing:
        return tr_word("The file is not where it was.")
    return tr_word("A part of the clip could not be decoded.") if row.damage else ""


def _percent(flag: Flag) -> tuple[Callable[[ClipRow], str], Callable[[ClipRow], float | None]]:
    """Text and sort key of a fault's share of the clip, in percent."""
    share_of = attrgetter(flag.value)

    def key(row: ClipRow) -> float | None:
        share: float | None = None if row.rating is None else share_of(row.rating.percent)
        return share

    def text(row: ClipRow) -> str:
        value = key(row)
        return DASH if value is None else f"{value:.0f} %"

    return text, key


def _fault(flag: Flag, title: str) -> Column:
    text, key = _percent(flag)
    return Column(flag.value, title, text, key, 84, number=True)


def _noise_key(row: ClipRow) -> float | None:
    """Relative under limits that are: there a clip without a group comes last."""
    if row.limits is not None and row.limits.relative_to_group:
        return row.noise_ratio
    return row.noise


def _usability(row: ClipRow) -> int | None:
    return None if row.rating is None else row.rating.usability


_VERDICTS = {Verdict.USABLE: 2, Verdict.PARTLY: 1, Verdict.UNUSABLE: 0}
_MARKS = {Mark.KEEP: 2, Mark.NONE: 1, Mark.REJECT: 0}


def _verdict_key(row: ClipRow) -> int | None:
    return None if row.rating is None else _VERDICTS[row.rating.verdict]


def _flags_key(row: ClipRow) -> tuple[int | str, ...] | None:
    return None if row.rating is None else (len(row.rating.flags), flag_letters(row))


def _best_text(row: ClipRow) -> str:
    best = row.rating.best_segment if row.rating else None
    return f"{clock(best.start_s)}–{clock(best.end_s)}" if best else ""


def _best_key(row: ClipRow) -> float | None:
    best = row.rating.best_segment if row.rating else None
    return best.length_s if best else None


def _duration_text(row: ClipRow) -> str:
    return clock(row.clip.media.duration_s) if row.clip.media else ""


def _duration_key(row: ClipRow) -> float | None:
    return row.clip.media.duration_s if row.clip.media else None


def _size_text(row: ClipRow) -> str:
    if row.clip.media is None:
        return ""
    width, height = row.clip.media.size_px
    return f"{width} × {height}"


def _size_key(row: ClipRow) -> tuple[int | str, ...] | None:
    if row.clip.media is None:
        return None
    width, height = row.clip.media.size_px
    return (width * height, width)


def _rate_text(row: ClipRow) -> str:
    return f"{float(row.clip.media.frame_rate):.5g}" if row.clip.media else ""


def _rate_key(row: ClipRow) -> float | None:
    return float(row.clip.media.frame_rate) if row.clip.media else None


def recorded_text(at: datetime) -> str:
    """When a clip was recorded, in the camera's own time, so that no country reads it otherwise."""
    return f"{at:%Y-%m-%d %H:%M}"


def _recorded_text(row: ClipRow) -> str:
    media = row.clip.media
    return recorded_text(media.recorded_at) if media and media.recorded_at else ""


def _recorded_key(row: ClipRow) -> float | None:
    media = row.clip.media
    return media.recorded_at.timestamp() if media and media.recorded_at else None


def _text_key(text: Callable[[ClipRow], str]) -> Callable[[ClipRow], str | None]:
    """Sort by what is shown; nothing shown comes last."""
    return lambda row: text(row).casefold() or None


def codec_of(row: ClipRow) -> str:
    """FFmpeg's name of the codec; "" where nothing was read."""
    return row.clip.media.codec if row.clip.media else ""


def codec_text(row: ClipRow) -> str:
    """What a person reads for it."""
    return codec_name(codec_of(row))


def camera_of(row: ClipRow) -> str:
    """Maker and model; "" where the file does not say."""
    return (row.clip.media.camera or "") if row.clip.media else ""


def folder_of(row: ClipRow) -> str:
    """The folder that a clip lies in."""
    return _folder(str(row.clip.path))


def folder_text(row: ClipRow) -> str:
    """The folder as it can be shown."""
    return _shown_folder(str(row.clip.path))


@lru_cache(maxsize=MANY)
def _folder(path: str) -> str:
    return dirname(path)  # noqa: PTH120  a tenth of what a Path takes


@lru_cache(maxsize=MANY)
def _shown_folder(path: str) -> str:
    return shown_path(_folder(path))


NAME = Column("name", "Name", name_of, lambda row: natural_key(row.clip.path.name), 220)

COLUMNS: tuple[Column, ...] = (
    NAME,
    Column("usability", "Usability", usability_text, _usability, 96, number=True, best_first=True),
    Column(
        "for_you",
        "For you",
        for_you_text,
        lambda row: row.for_you,
        72,
        number=True,
        best_first=True,
        shown=False,  # until there is something to show
    ),
    Column("quality", "Quality", flag_letters, _usability, 140, best_first=True),
    Column(
        "verdict",
        "Verdict",
        lambda row: tr_word(VERDICT_WORDS[row.rating.verdict]) if row.rating else "",
        _verdict_key,
        120,
        best_first=True,
    ),
    Column("flags", "Flags", flag_letters, _flags_key, 72),
    Column(
        "mark",
        "Mark",
        lambda row: (
            "" if row.decision.mark is Mark.NONE else tr_word(MARK_WORDS[row.decision.mark])
        ),
        lambda row: _MARKS[row.decision.mark],
        64,
        best_first=True,
    ),
    Column(
        "stars",
        "Stars",
        lambda row: star_text(row.decision.stars),
        lambda row: row.decision.stars or None,
        MAX_STARS * 15 + 8,
        best_first=True,
    ),
    _fault(Flag.BLURRY, "Blurry"),
    _fault(Flag.OVEREXPOSED, "Bright"),
    _fault(Flag.UNDEREXPOSED, "Dim"),
    _fault(Flag.SHAKY, "Shaky"),
    Column("noise", "Noise", noise_text, _noise_key, 72, number=True, shown=False),
    Column("best", "Best segment", _best_text, _best_key, 96, number=True, best_first=True),
    Column("duration", "Duration", _duration_text, _duration_key, 72, number=True),
    Column("size", "Size", _size_text, _size_key, 96, number=True, best_first=True),
    Column("rate", "Frames/s", _rate_text, _rate_key, 72, number=True),
    Column("codec", "Codec", codec_text, _text_key(codec_text), 72),
    Column("recorded", "Recorded", _recorded_text, _recorded_key, 128),
    Column("camera", "Camera", camera_of, _text_key(camera_of), 120, shown=False),
    Column("folder", "Folder", folder_text, _text_key(folder_text), 200, shown=False),
    Column(
        "note",
        "Note",
        lambda row: row.decision.note,
        _text_key(lambda row: row.decision.note),
        140,
        shown=False,
    ),
    Column("problem", "Problem", problem_text, _text_key(problem_text), 200),
)


def label_words(tag: Tag) -> str:
    """A tag's label; that of the program's own classifier in the person's language."""
    return tr_word(tag.label) if tag.classifier == CAMERA_MOVE else tag.label


def tag_words(tag: Tag) -> str:
    """A tag with its title."""
    title = tr_word(tag.title) if tag.classifier == CAMERA_MOVE else tag.title
    return f"{title}: {label_words(tag)}"


def said(column: Column, row: ClipRow) -> str:
    """A cell as a screen reader says it; "" where nothing is in it."""
    text = column.text(row)
    return f"{tr_word(column.title)}: {text}" if text not in ("", DASH) else ""


def spoken(row: ClipRow) -> str:
    """A whole card as a screen reader says it."""
    flags = () if row.rating is None else [one for one in Flag if one in row.rating.flags]
    parts = [
        name_of(row),
        problem_text(row),
        *(said(column, row) for column in COLUMNS if column.key in _ON_A_CARD),
        ", ".join(tr_word(FLAG_WORDS[flag]) for flag in flags),
        *map(tag_words, row.tags),
    ]
    return "; ".join(filter(None, parts))


def tag_column(classifier: Classifier) -> Column:
    """The column of an installed classifier: what it calls each clip."""

    def text(row: ClipRow) -> str:
        found = (tag for tag in row.tags if tag.classifier == classifier.name)
        return next((label_words(tag) for tag in found), "")

    return Column(f"tag:{classifier.name}", classifier.title, text, _text_key(text), 110)


_ON_A_CARD = {"usability", "for_you", "verdict", "mark", "stars", "duration"}

COLUMN_AT = {column.key: at for at, column in enumerate(COLUMNS)}
"""Where each column lies, by its key; those of classifiers follow."""
