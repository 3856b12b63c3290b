"""Table: what `rate` prints for a person."""

from collections.abc import Iterable, Sequence

from footage_sorter.cli.text import counted, one_line
from footage_sorter.domain import words
from footage_sorter.domain.clip import Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.row import ClipRow

_COLOURS = {Verdict.USABLE: "32", Verdict.PARTLY: "33", Verdict.UNUSABLE: "31"}
_FAILED_COLOUR = "35"
_MARKS = {Mark.NONE: "", Mark.KEEP: "keep", Mark.REJECT: "reject"}
_NAME_WIDTH = 44


def lines(rows: Sequence[ClipRow], *, colour: bool, encoding: str) -> Iterable[str]:
    """One line a clip, a reason below each flag's clip, a sum at the end.

    Args:
        rows: In the order to print.
        colour: Use ANSI colours.
        encoding: What the stream can show; the bar falls back to ASCII.
    """
    full, empty = ("█", "░") if _can_show("█░", encoding) else ("#", ".")
    yield f"{'usability':>14}  {'verdict':<8}  {'flags':<8}  {'length':>7}  clip"
    for row in rows:
        name = one_line(row.clip.path.name, _NAME_WIDTH)
        if row.rating is None:
            why = str(words.error(row.error)) if row.error else "not rated"
            yield _painted(f"{'-':>14}  {'failed':<8}", _FAILED_COLOUR, colour) + (
                f"  {'':<8}  {'':>7}  {name}: {why}"
            )
            continue
        cells = round(row.rating.usability / 10)
        bar = full * cells + empty * (10 - cells)
        letters = "".join(flag.letter for flag in Flag if flag in row.rating.flags)
        length = words.clock(row.clip.media.duration_s) if row.clip.media else ""
        verdict = _painted(f"{row.rating.verdict:<8}", _COLOURS[row.rating.verdict], colour)
        said = " ".join(filter(None, [_MARKS[row.decision.mark], "*" * row.decision.stars]))
        yield (
            f"{bar} {row.rating.usability:>3}  {verdict}  {letters:<8}  {length:>7}  {name}"
            f"{'  ' if said else ''}{said}"
        )
    yield summary(rows)


def summary(rows: Sequence[ClipRow]) -> str:
    """How many clips of each verdict, and how many failed."""
    verdicts = [row.rating.verdict for row in rows if row.rating is not None]
    parts = [f"{verdicts.count(verdict)} {verdict}" for verdict in Verdict]
    failed = len(rows) - len(verdicts)
    if failed:
        parts.append(f"{failed} failed")
    return f"{counted(len(rows), 'clip')}: {', '.join(parts)}"


def _painted(text: str, code: str, colour: bool) -> str:  # noqa: FBT001  private, read at once
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
