"""The shoot report: one HTML file that needs nothing else, for a browser, a mail or a printer.

No script, no link to anywhere: pictures are inside, and the page forbids itself the network.
"""

import base64
import html
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from string import Template

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, Mark
from footage_sorter.domain.detail_words import damage
from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.phrase import ENGLISH, Phrase, Speech
from footage_sorter.domain.report import Pass
from footage_sorter.domain.report_words import ReportWord as W
from footage_sorter.domain.resources import resource
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import CAMERA_MOVE, Tag
from footage_sorter.domain.tracks import Tracks
from footage_sorter.services.handoff import shoot_totals
from footage_sorter.services.handoff.csv_json import reasons_of
from footage_sorter.services.handoff.selects import Bin
from footage_sorter.services.handoff.shoot_totals import Totals
from footage_sorter.services.handoff.text import encodable, xml_text

_MAX_CELLS = 120
_LANE_HEIGHT_PX = 10
_GROUPS = (
    (W.BY_CAMERA, W.CAMERA, shoot_totals.by_camera),
    (W.BY_DAY, W.DAY, shoot_totals.by_day),
    (W.BY_FOLDER, W.FOLDER, shoot_totals.by_folder),
)
_HEADS = (
    W.CLIPS,
    W.FOOTAGE,
    W.USABLE_TIME,
    "",
    W.WANTED_CLIPS,
    W.PARTLY_USABLE_CLIPS,
    W.UNWANTED_CLIPS,
    W.NOT_READ,
)
_SIGNS = {Mark.KEEP: "✓", Mark.REJECT: "✕"}

_PictureOf = Callable[[Clip], bytes | None]


def to_html(
    rows: Sequence[ClipRow],
    picture_of: _PictureOf,
    *,
    title: str,
    app: str,
    made_at: datetime,
    speech: Speech = ENGLISH,
) -> str:
    """The report of `rows`, in their order.

    Args:
        rows: Each with the limits that it was judged by.
        picture_of: A small JPEG of a clip; None where there is none.
        title: What was shot.
        app: Who writes, "footage-sorter 0.1.0".
        made_at: When.
        speech: Its language.
    """
    totals = shoot_totals.totals_of(rows)
    page = Template(resource("handoff", "report.html").read_text("utf-8"))
    head = W.OF_ONE_CLIP if totals.clips == 1 else W.OF_CLIPS
    return page.substitute(
        language=_safe(speech.language),
        title=_safe(title),
        subtitle=_say(speech, head, clips=str(totals.clips), when=speech.moment(made_at)),
        totals_title=_say(speech, W.TOTALS),
        totals=_totals(totals, speech),
        groups="".join(_group(*group, rows, speech) for group in _GROUPS),
        cards_title=_say(speech, W.CLIPS),
        key=_key(speech),
        cards="\n".join(_card(row, picture_of, speech) for row in rows if not row.error),
        broken=_broken([row for row in rows if row.error], speech),
        footer=_say(speech, W.FOOTER, app=app),
    )


def _say(speech: Speech, word: str, **values: str | Phrase) -> str:
    """A word of the report for HTML."""
    return _safe(speech.say(Phrase(word, values)))


def _safe(text: str) -> str:
    """`text` for HTML, as text or as an attribute."""
    return html.escape(xml_text(encodable(text)))


def _totals(totals: Totals, speech: Speech) -> str:
    say = partial(_say, speech)
    tiles = (
        (str(totals.clips), say(W.ONE_CLIP if totals.clips == 1 else W.MANY_CLIPS)),
        (words.clock(totals.duration_s), say(W.OF_FOOTAGE)),
        (_minutes(totals, speech), say(W.USABLE_SHARE, share=str(_share(totals)))),
        (str(totals.kept), say(W.KEPT_SELECTS, minutes=f"{totals.kept_s / 60:.1f}")),
        (str(totals.bins[Bin.PARTLY]), say(W.PARTLY_USABLE)),
        (str(totals.bins[Bin.REJECT]), say(W.UNWANTED)),
        (str(totals.failed), say(W.UNREADABLE)),
    )
    return "\n".join(
        f'<div class="total"><b>{value}</b><span class="quiet">{what}</span></div>'
        for value, what in tiles
    )


def _minutes(totals: Totals, speech: Speech) -> str:
    return _say(speech, W.MINUTES, minutes=f"{totals.usable_s / 60:.1f}")


def _share(totals: Totals) -> int:
    return round(100 * totals.usable_s / totals.duration_s) if totals.duration_s else 0


def _group(
    title: W, of: W, key: Callable[[ClipRow], str], rows: Sequence[ClipRow], speech: Speech
) -> str:
    """A table of totals; nothing where it would say the totals again."""
    groups = shoot_totals.grouped(rows, key)
    if len(groups) < 2:
        return ""
    lines = "\n".join(
        _group_line(_group_name(of, value, speech), totals, speech)
        for value, totals in groups.items()
    )
    head = "".join(f"<th>{_say(speech, one) if one else ''}</th>" for one in (of, *_HEADS))
    return f"<h2>{_say(speech, title)}</h2>\n<table><tr>{head}</tr>\n{lines}\n</table>\n"


def _group_name(of: W, value: str, speech: Speech) -> str:
    if value == shoot_totals.UNKNOWN:
        return _say(speech, W.UNKNOWN)
    return _safe(speech.day(date.fromisoformat(value)) if of is W.DAY else value)


def _group_line(name: str, totals: Totals, speech: Speech) -> str:
    share = _share(totals)
    cells = (
        str(totals.clips),
        words.clock(totals.duration_s),
        _minutes(totals, speech),
        f'<span class="bar" title="{share} %"><i style="width:{share}%"></i></span>',
        *(str(totals.bins[bin_]) for bin_ in (Bin.KEEP, Bin.PARTLY, Bin.REJECT)),
        str(totals.failed),
    )
    rest = "".join(
        f'<td class="wide">{cell}</td>' if cell.startswith("<") else f"<td>{cell}</td>"
        for cell in cells
    )
    return f"<tr><td><bdi>{name}</bdi></td>{rest}</tr>"


def _key(speech: Speech) -> str:
    """What the lanes are: letter, colour and pattern, so that a grey print says it too."""
    entries = "".join(
        f'<span><b>{flag.letter}</b> <svg width="24" height="{_LANE_HEIGHT_PX - 1}">'
        f'<rect class="over-{flag.value}" width="100%" height="100%"/></svg> '
        f"{_say(speech, words.FLAG_WORDS[flag])}</span>"
        for flag in LANES
    )
    return f'<div class="key">{entries}<span>{_say(speech, W.KEY)}</span></div>'


def _card(row: ClipRow, picture_of: _PictureOf, speech: Speech) -> str:
    decision = row.decision
    path = _safe(str(row.clip.path))
    says = [_safe(speech.say(one)) for one in reasons_of(row)]
    if row.damage:
        says.append(_say(speech, W.DAMAGED, detail=damage(row.damage)))
    if row.missing:
        says.append(_say(speech, W.MISSING))
    if row.tags:
        says.append(f"<bdi>{_safe(', '.join(_tag(tag, speech) for tag in row.tags))}</bdi>")
    lines = "".join(f"<p>{one}</p>" for one in says)
    note = f'<p class="note"><bdi>{_safe(decision.note)}</bdi></p>' if decision.note else ""
    strip = _strip(row.tracks, row.limits) if row.tracks and row.limits else ""
    return (
        f'<article class="card {decision.mark.value}" title="{path}">'
        f"{_picture(row, picture_of, speech)}{strip}"
        f'<div class="body"><p class="name"><bdi>{_safe(row.clip.path.name)}</bdi></p>'
        f'{_rating_line(row, speech)}{note}<div class="why">{lines}</div></div></article>'
    )


def _tag(tag: Tag, speech: Speech) -> str:
    """A tag; one of the program's own classifier in the report's language."""
    if tag.classifier != CAMERA_MOVE:
        return tag.keyword
    return speech.say(Phrase(W.TAG, {"title": Phrase(tag.title), "label": Phrase(tag.label)}))


def _picture(row: ClipRow, picture_of: _PictureOf, speech: Speech) -> str:
    jpeg = picture_of(row.clip)
    if jpeg:
        data = base64.b64encode(jpeg).decode("ascii")
        shown = f'<img alt="" loading="lazy" src="data:image/jpeg;base64,{data}">'
    else:
        shown = f'<i class="no-picture">{_say(speech, W.NO_PICTURE)}</i>'
    badges = ""
    if row.clip.media:
        badges += f'<span class="length">{words.clock(row.clip.media.duration_s)}</span>'
    if row.decision.stars:
        badges += f'<span class="stars">{words.star_text(row.decision.stars)}</span>'
    if sign := _SIGNS.get(row.decision.mark):
        said = _say(speech, words.MARK_WORDS[row.decision.mark])
        badges += f'<span class="mark">{sign} {said}</span>'
    return f'<div class="picture">{shown}{badges}</div>'


def _rating_line(row: ClipRow, speech: Speech) -> str:
    """Usability, a tilde before a coarse one, a dash for none; and the letters of the flags."""
    rating = row.rating
    if rating is None:
        said = _say(speech, W.NOT_RATED)
        return f'<div class="rating"><b>–</b><span class="quiet">{said}</span></div>'
    tilde = "~" if row.looked is Pass.COARSE else ""
    flags = [flag for flag in Flag if flag in rating.flags]
    letters = " ".join(flag.letter for flag in flags)
    titles = ", ".join(_say(speech, words.FLAG_WORDS[flag]) for flag in flags)
    return (
        f'<div class="rating"><b>{tilde}{rating.usability}</b>'
        f'<span class="bar {rating.verdict.value}"><i style="width:{rating.usability}%"></i></span>'
        f'<span class="quiet" title="{titles}">{letters}</span></div>'
    )


def _strip(tracks: Tracks, limits: Limits) -> str:
    """The four lanes; a cell over its limit has the lane's pattern, under it is faint.

    Places are in percent and heights in px, so that the patterns are not stretched.
    """
    n = min(_MAX_CELLS, len(tracks.lengths_s))
    parts = []
    for number, flag in enumerate(LANES):
        place = f'y="{number * _LANE_HEIGHT_PX}" height="{_LANE_HEIGHT_PX - 1}"'
        parts.append(f'<rect class="lane" {place} width="100%"/>')
        for start, end, opacity in _runs(_opacities(tracks.of(flag), limits.of(flag).over, n)):
            look = f'class="over-{flag.value}"'
            if opacity < 1:
                look = f'class="{flag.value}" opacity="{opacity:g}"'
            x, width = 100 * start / n, 100 * (end - start) / n
            parts.append(f'<rect {look} {place} x="{x:.4g}%" width="{width:.4g}%"/>')
    letters = "".join(f"<b>{flag.letter}</b>" for flag in LANES)
    height = _LANE_HEIGHT_PX * len(LANES)
    return (
        f'<div class="strip" aria-hidden="true"><div class="letters">{letters}</div>'
        f'<svg width="100%" height="{height}">{"".join(parts)}</svg></div>'
    )


def _opacities(track: NDArray[np.float32], over: float, n: int) -> list[float]:
    """One opacity for each of `n` cells, by the worst second in it; 0 where nothing was measured.

    In steps of a fifth, so that equal neighbours can be drawn as one.
    """
    edges = np.linspace(0, len(track), n + 1).round().astype(int)
    scores = np.nan_to_num(track, nan=0.0)
    worst = [scores[a:b].max() for a, b in pairwise(edges)]
    limit = np.float32(over)  # as the rating compares
    return [1.0 if one > limit else round(float(one) * 5 / 2) / 5 for one in worst]


def _runs(values: Sequence[float]) -> list[tuple[int, int, float]]:
    """Equal neighbours as (first, end, value); zeros are left out."""
    found: list[tuple[int, int, float]] = []
    for at, value in enumerate(values):
        if found and found[-1][1] == at and found[-1][2] == value:
            found[-1] = (found[-1][0], at + 1, value)
        elif value:
            found.append((at, at + 1, value))
    return found


def _broken(rows: Sequence[ClipRow], speech: Speech) -> str:
    """The list of clips that cannot be read, with the reasons."""
    if not rows:
        return ""
    lines = "\n".join(
        f"<li><bdi>{_safe(str(row.clip.path))}</bdi><br>"
        f'<span class="quiet">{_safe(speech.say(words.error(row.error)))}</span></li>'
        for row in rows
        if row.error
    )
    return f'<h2>{_say(speech, W.BROKEN)}</h2>\n<ul class="broken">\n{lines}\n</ul>'
