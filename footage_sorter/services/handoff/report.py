"""The shoot report: one HTML file that needs nothing else, for a browser, a mail or a printer.

No script, no link to anywhere: pictures are inside, and the page forbids itself the network.
"""

import base64
import html
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from string import Template

import numpy as np
from numpy.typing import NDArray

from footage_sorter.domain import words
from footage_sorter.domain.clip import Clip, Mark
from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.report import Pass
from footage_sorter.domain.resources import resource
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tracks import Tracks
from footage_sorter.services.handoff import shoot_totals
from footage_sorter.services.handoff.csv_json import reason_sentences
from footage_sorter.services.handoff.selects import Bin
from footage_sorter.services.handoff.shoot_totals import Totals
from footage_sorter.services.handoff.text import encodable, xml_text

_MAX_CELLS = 120
_LANE_HEIGHT_PX = 10
_GROUPS = (
    ("Camera", shoot_totals.by_camera),
    ("Day", shoot_totals.by_day),
    ("Folder", shoot_totals.by_folder),
)
_MARKS = {Mark.KEEP: "✓ keep", Mark.REJECT: "✕ reject"}


def to_html(
    rows: Sequence[ClipRow],
    picture_of: Callable[[Clip], bytes | None],
    *,
    title: str,
    app: str,
    made_at: datetime,
) -> str:
    """The report of `rows`, in their order.

    Args:
        rows: Each with the limits that it was judged by.
        picture_of: A small JPEG of a clip; None where there is none.
        title: What was shot.
        app: Who writes, "footage-sorter 0.1.0".
        made_at: When.
    """
    totals = shoot_totals.totals_of(rows)
    page = Template(resource("handoff", "report.html").read_text("utf-8"))
    return page.substitute(
        title=_safe(title),
        subtitle=_safe(f"{totals.clips} clips, rated {made_at:%Y-%m-%d %H:%M}"),
        totals=_totals(totals),
        groups="".join(_group(name, shoot_totals.grouped(rows, key)) for name, key in _GROUPS),
        key=_key(),
        cards="\n".join(_card(row, picture_of) for row in rows if not row.error),
        broken=_broken([row for row in rows if row.error]),
        footer=_safe(f"{app}. Usable time is the time that is sharp, well exposed and steady."),
    )


def _safe(text: str) -> str:
    """`text` for HTML, as text or as an attribute."""
    return html.escape(xml_text(encodable(text)))


def _totals(totals: Totals) -> str:
    tiles = (
        (str(totals.clips), "clips"),
        (words.clock(totals.duration_s), "of footage"),
        (f"{totals.usable_s / 60:.1f} min", f"usable, {_share(totals)} % of it"),
        (str(totals.kept), f"kept, {totals.kept_s / 60:.1f} min of selects"),
        (str(totals.bins[Bin.PARTLY]), "partly usable"),
        (str(totals.bins[Bin.REJECT]), "rejected or unusable"),
        (str(totals.failed), "cannot be read"),
    )
    return "\n".join(
        f'<div class="total"><b>{_safe(value)}</b><span class="quiet">{_safe(what)}</span></div>'
        for value, what in tiles
    )


def _share(totals: Totals) -> int:
    return round(100 * totals.usable_s / totals.duration_s) if totals.duration_s else 0


def _group(name: str, groups: Mapping[str, Totals]) -> str:
    """A table of totals; nothing where it would say the totals again."""
    if len(groups) < 2:
        return ""
    lines = "\n".join(_group_line(value, totals) for value, totals in groups.items())
    heads = ("Clips", "Footage", "Usable", "", "Keep", "Partly", "Reject", "Not read")
    head = "".join(f"<th>{one}</th>" for one in (name, *heads))
    return f"<h2>By {name.lower()}</h2>\n<table><tr>{head}</tr>\n{lines}\n</table>\n"


def _group_line(name: str, totals: Totals) -> str:
    share = _share(totals)
    cells = (
        str(totals.clips),
        words.clock(totals.duration_s),
        f"{totals.usable_s / 60:.1f} min",
        f'<span class="bar" title="{share} %"><i style="width:{share}%"></i></span>',
        *(str(totals.bins[bin_]) for bin_ in (Bin.KEEP, Bin.PARTLY, Bin.REJECT)),
        str(totals.failed),
    )
    rest = "".join(
        f'<td class="wide">{cell}</td>' if cell.startswith("<") else f"<td>{cell}</td>"
        for cell in cells
    )
    return f"<tr><td><bdi>{_safe(name)}</bdi></td>{rest}</tr>"


def _key() -> str:
    """What the lanes are: letter, colour and pattern, so that a grey print says it too."""
    entries = "".join(
        f'<span><b>{flag.letter}</b> <svg width="24" height="{_LANE_HEIGHT_PX - 1}">'
        f'<rect class="over-{flag.value}" width="100%" height="100%"/></svg> '
        f"{_safe(words.FLAG_WORDS[flag].lower())}</span>"
        for flag in LANES
    )
    return f'<div class="key">{entries}<span>Pattern: over the limit. Faint: under it.</span></div>'


def _card(row: ClipRow, picture_of: Callable[[Clip], bytes | None]) -> str:
    decision = row.decision
    path = _safe(str(row.clip.path))
    lines = "".join(f"<p>{_safe(one)}</p>" for one in reason_sentences(row))
    if row.damage:
        lines += f"<p>{_safe('Damaged: ' + row.damage)}</p>"
    if row.missing:
        lines += "<p>The file was not there at the last scan.</p>"
    if row.tags:
        lines += f"<p><bdi>{_safe(', '.join(tag.keyword for tag in row.tags))}</bdi></p>"
    note = f'<p class="note"><bdi>{_safe(decision.note)}</bdi></p>' if decision.note else ""
    strip = _strip(row.tracks, row.limits) if row.tracks and row.limits else ""
    return (
        f'<article class="card {decision.mark.value}" title="{path}">'
        f"{_picture(row, picture_of)}{strip}"
        f'<div class="body"><p class="name"><bdi>{_safe(row.clip.path.name)}</bdi></p>'
        f'{_rating_line(row)}{note}<div class="why">{lines}</div></div></article>'
    )


def _picture(row: ClipRow, picture_of: Callable[[Clip], bytes | None]) -> str:
    jpeg = picture_of(row.clip)
    shown = '<i class="no-picture">no picture</i>'
    if jpeg:
        data = base64.b64encode(jpeg).decode("ascii")
        shown = f'<img alt="" loading="lazy" src="data:image/jpeg;base64,{data}">'
    badges = ""
    if row.clip.media:
        badges += f'<span class="length">{words.clock(row.clip.media.duration_s)}</span>'
    if row.decision.stars:
        badges += f'<span class="stars">{words.star_text(row.decision.stars)}</span>'
    if mark := _MARKS.get(row.decision.mark):
        badges += f'<span class="mark">{mark}</span>'
    return f'<div class="picture">{shown}{badges}</div>'


def _rating_line(row: ClipRow) -> str:
    """Usability, a tilde before a coarse one, a dash for none; and the letters of the flags."""
    rating = row.rating
    if rating is None:
        return '<div class="rating"><b>–</b><span class="quiet">not rated</span></div>'
    tilde = "~" if row.looked is Pass.COARSE else ""
    letters = " ".join(flag.letter for flag in Flag if flag in rating.flags)
    titles = ", ".join(words.FLAG_WORDS[flag] for flag in Flag if flag in rating.flags)
    return (
        f'<div class="rating"><b>{tilde}{rating.usability}</b>'
        f'<span class="bar {rating.verdict.value}"><i style="width:{rating.usability}%"></i></span>'
        f'<span class="quiet" title="{_safe(titles)}">{letters}</span></div>'
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


def _broken(rows: Sequence[ClipRow]) -> str:
    """The list of clips that cannot be read, with the reasons."""
    if not rows:
        return ""
    lines = "\n".join(
        f"<li><bdi>{_safe(str(row.clip.path))}</bdi><br>"
        f'<span class="quiet">{_safe(str(words.error(row.error)))}</span></li>'
        for row in rows
        if row.error
    )
    return f'<h2>Clips that cannot be read</h2>\n<ul class="broken">\n{lines}\n</ul>'
