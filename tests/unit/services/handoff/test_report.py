import base64
import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import LANES, Flag
from footage_sorter.domain.phrase import ENGLISH, Phrase, Speech
from footage_sorter.domain.tags import CAMERA_MOVE, Tag
from footage_sorter.services.handoff.report import _opacities, _runs, to_html
from footage_sorter.services.handoff.report_preview import lines_of
from footage_sorter.services.handoff.shoot_totals import by_day, by_folder, grouped, totals_of
from footage_sorter.services.handoff.text import encodable, xml_text
from tests.helpers.rows import failed, media, rated, unread
from tests.unit.services.handoff.strategies import HOSTILE_NAMES, rows

JPEG = b"\xff\xd8\xff\xe0 not a picture that anyone opens \xff\xd9"


class Page(HTMLParser):
    """The page's text, tags and addresses; fails on tags that do not match."""

    VOID = frozenset({"meta", "img", "br", "rect"})

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.links, self._open = [], [], [], []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.links += [value for name, value in attributes if name in ("src", "href")]
        assert not any(name.startswith("on") for name, _ in attributes)
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def html(*some, picture_of=lambda _: None, title="Fest", speech=ENGLISH):
    return to_html(
        some, picture_of, title=title, app="footage-sorter 0.1.0",
        made_at=datetime(2026, 3, 15, 12, 30), speech=speech,
    )  # fmt: skip


def test_totals_count_what_can_be_used():
    some = [
        rated("/a.mp4", over={Flag.SHAKY: range(6)}),
        rated("/b.mp4", decision=Decision(Mark.KEEP, in_s=1.0, out_s=4.0)),
        rated("/c.mp4", decision=Decision(Mark.REJECT)),
        unread("/d.mp4"),
        failed(),
    ]
    totals = totals_of(some)
    assert (totals.clips, totals.failed, totals.kept) == (5, 1, 1)
    assert (totals.duration_s, totals.usable_s, totals.kept_s) == (30.0, 24.0, 3.0)
    assert [totals.bins[name] for name in totals.bins] == [1, 1, 1, 0]


def test_groups_are_in_order_with_the_unknown_last():
    some = [rated("/z/a.mp4"), unread("/b/b.mp4"), rated("/a/c.mp4")]
    assert list(grouped(some, by_folder)) == ["/a", "/b", "/z"]
    assert list(grouped(some, by_day)) == ["2026-03-14", "unknown"]


def test_the_page_shows_each_clip_and_lists_the_broken_ones():
    keep = Decision(Mark.KEEP, 3, "take 2")
    row = rated(over={Flag.SHAKY: range(6)}, decision=keep)
    text = html(row, failed(), unread(), picture_of=lambda clip: JPEG if clip.media else None)
    page = Page(text)
    said = " ".join(page.text)
    for part in ("A001.mp4", "take 2", "★★★", "✓ kept", "Too shaky: 60 %", "0:10", "new.mp4",
                 "not rated", "/fest/broken.mp4", "The file has no index"):  # fmt: skip
        assert part in said
    assert base64.b64encode(JPEG).decode() in text
    assert said.count("no picture") == 1
    cards = [attributes for tag, attributes in page.tags if tag == "article"]
    assert [card["class"] for card in cards] == ["card keep", "card none"]


def test_the_strip_shows_the_faults_where_they_are():
    page = Page(html(rated(over={Flag.SHAKY: [4, 5]})))
    cells = [a for t, a in page.tags if t == "rect" and a.get("class") == "over-shaky" and "x" in a]
    assert [(a["x"], a["width"], a["y"]) for a in cells] == [("40%", "20%", "30")]


def test_a_lane_is_told_by_its_letter_and_pattern_without_colour():
    over = {flag: [0] for flag in LANES}
    page = Page(html(rated(over=over)))
    drawn = {a["id"] for t, a in page.tags if t == "pattern"}
    assert drawn == {f"over-{flag.value}" for flag in LANES}
    shown = [a["class"] for t, a in page.tags if t == "rect" and "x" in a and "opacity" not in a]
    assert shown == [f"over-{flag.value}" for flag in LANES]
    assert "".join(flag.letter for flag in LANES) in "".join(page.text)


def test_by_itself_it_is_english_with_dates_that_no_country_reads_otherwise():
    some = (rated("/a.mp4"), unread("/b.mp4"))
    page = Page(html(*some))
    assert dict(page.tags)["html"] == {"lang": "en"}
    said = "".join(page.text)
    assert "2 clips, rated 2026-03-15 12:30" in said
    assert "By day" in said
    assert "Kept or usable" in said, "a clip that nobody marked counts there, too"
    assert "2026-03-14" in said
    assert "unknown" in said
    assert "1 clip, rated" in "".join(Page(html(*some[:1])).text)


def test_all_that_it_says_goes_through_the_speech():
    """In a language of which every sentence begins with a cross, no other sentence is left."""
    move = Tag(CAMERA_MOVE, "Camera move", "pan", 0.9)
    own = Tag("dogs", "Dogs", "two", 0.9)
    some = (
        replace(
            rated(over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP, 3, "my note")),
            damage="the sound cannot be decoded", missing=True, tags=(move, own),
        ),
        replace(rated("/beach/b.mp4"), decision=Decision(Mark.REJECT)),
        unread("/castle/new.mp4"),
        failed(),
    )  # fmt: skip

    def crossed(phrase):
        values = {
            name: crossed(value) if isinstance(value, Phrase) else value
            for name, value in phrase.values.items()
        }
        return "×" + phrase.text.format_map(values)

    speech = Speech("x-cross", crossed, lambda at: f"×day {at.day}", lambda at: f"×at {at.hour}")
    page = Page(html(*some, title="×", speech=speech))
    assert dict(page.tags)["html"] == {"lang": "x-cross"}
    said = [one.strip() for one in page.text if "{" not in one]  # the style sheet has its own
    plain = {one for one in said if "×" not in one and re.search(r"[a-z]{2}", one)}
    files = {one.clip.path.name for one in some[:3]} | {str(some[3].clip.path)}
    folders = {str(one.clip.path.parent) for one in some}
    assert plain == {*files, *folders, some[0].clip.media.camera, "my note"}
    for part in ("×Too shaky", "×pan, Dogs: two", "×kept", "×rejected", "×day 14", "×unknown"):
        assert part in "".join(said)


def test_the_preview_is_what_it_says_and_nothing_of_how_it_is_drawn():
    row = rated(over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP, 3, "a <b> & c"))
    shown = lines_of(html(row, failed(), picture_of=lambda _: JPEG)).split("\n")
    assert shown[:4] == ["Fest", "2 clips, rated 2026-03-15 12:30", "2  clips", "0:10  of footage"]
    assert "0:10  ★★★  ✓ kept" in shown
    assert "a <b> & c" in shown
    assert any(line.startswith("Too shaky: 60 %") for line in shown)
    assert not any(drawn in "\n".join(shown) for drawn in ("{", "no picture", "B  O  U  S"))
    assert shown[-2].startswith("/fest/broken.mp4  The file has no index")


@settings(deadline=None)
@given(st.lists(rows(), max_size=3), st.integers(0, 20_000))
def test_any_beginning_of_a_report_can_be_shown(some, end):
    assert "--window" not in lines_of(html(*some)[:end])  # that is style


def test_a_long_clip_has_a_short_strip():
    row = rated(facts=media(7200.0), over={Flag.BLURRY: [3600]})
    text = html(row)
    assert re.search(r'class="over-blurry" y="0" height="9" x="(49.17|50)%" width="0.8333%"', text)
    assert text.count("<rect") < 120 * 4


def test_the_page_reaches_for_nothing_outside():
    page = Page(html(rated(), failed(), picture_of=lambda _: JPEG))
    assert all(link.startswith("data:image/jpeg;base64,") for link in page.links)
    assert not {tag for tag, _ in page.tags} & {"script", "link", "iframe", "object", "base"}


@settings(deadline=None)
@given(st.lists(rows(), max_size=4))
def test_any_rows_make_a_whole_page(some):
    Page(html(*some))


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_are_only_text(name):
    path = Path("/fest") / name
    text = html(rated(path, decision=Decision(note=name)), failed(str(path)), title=name)
    text.encode("utf-8")
    page = Page(text)
    assert not {tag for tag, _ in page.tags} & {"script"}
    shown = xml_text(encodable(name)).replace("\r", "\n")
    assert shown in "".join(page.text).replace("\r", "\n")


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=300), st.floats(0, 1))
def test_a_second_over_the_limit_is_never_lost_in_the_strip(scores, over):
    n = min(120, len(scores))
    opacities = _opacities(np.array(scores, np.float32), over, n)
    assert len(opacities) == n
    assert (1.0 in opacities) == any(np.float32(score) > np.float32(over) for score in scores)
    cells = [0.0] * n
    for start, end, value in _runs(opacities):
        cells[start:end] = [value] * (end - start)
    assert cells == opacities
