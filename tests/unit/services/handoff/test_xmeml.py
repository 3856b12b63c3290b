from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.text import path_of, xml_text
from footage_sorter.services.handoff.xmeml import to_xmeml
from tests.helpers.rows import ROUNDING_S, failed, media, rated
from tests.unit.services.handoff.strategies import HOSTILE_NAMES, NAMES, rows


def project(*some):
    return ET.fromstring(to_xmeml(some)).find("project")


def rate_of(element):
    rate = element.find("rate")
    nominal = Fraction(rate.findtext("timebase"))
    return nominal * Fraction(1000, 1001) if rate.findtext("ntsc") == "TRUE" else nominal


def test_bins_follow_the_mark_and_then_the_verdict():
    shaky = {Flag.SHAKY: range(10)}
    root = project(
        rated("/a.mp4"),
        rated("/b.mp4", over=shaky, decision=Decision(Mark.KEEP)),
        rated("/c.mp4", over={Flag.SHAKY: range(6)}),
        rated("/d.mp4", over=shaky),
        rated("/e.mp4", decision=Decision(Mark.REJECT)),
        failed(),
    )
    bins = {b.findtext("name"): [c.findtext("name") for c in b.iter("clip")] for b in
            root.iter("bin")}  # fmt: skip
    assert bins == {"Keep": ["a.mp4", "b.mp4"], "Partly": ["c.mp4"], "Reject": ["d.mp4", "e.mp4"]}


def test_a_clip_carries_what_premiere_shows_in_its_columns():
    row = rated(over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP, 3, "take 2"))
    clip = project(row).find(".//clip")
    logging = clip.find("logginginfo")
    assert logging.findtext("good") == "TRUE"
    assert logging.findtext("lognote").startswith("take 2\nToo shaky: 60 % of seconds")
    assert logging.findtext("description") == "★★★, usability 40, partly"
    assert clip.findtext("labels/label2") == "Forest"
    assert (clip.findtext("in"), clip.findtext("out")) == ("150", "250")
    markers = [(m.findtext("name"), m.findtext("in"), m.findtext("out")) for m in
               clip.findall("marker")]  # fmt: skip
    assert markers == [("Best segment", "150", "250"), ("Too shaky", "0", "150")]


def test_the_sequence_joins_the_kept_clips():
    ntsc = media(10.0, Fraction(30000, 1001), start_timecode="01:00:00;00")
    keep = Decision(Mark.KEEP, in_s=1.0, out_s=2.0)
    root = project(
        rated("/a.mp4", facts=ntsc, decision=keep),
        rated("/b.mp4"),
        rated("/c.mp4", facts=ntsc, decision=keep),
    )
    sequence = root.find(".//sequence")
    assert rate_of(sequence) == Fraction(30000, 1001)
    items = sequence.findall("media/video/track/clipitem")
    times = [[i.findtext(k) for k in ("start", "end", "in", "out")] for i in items]
    assert times == [["0", "30", "30", "60"], ["30", "60", "30", "60"]]
    files = {f.get("id"): f for f in root.iter("file") if f.find("pathurl") is not None}
    assert [files[i.find("file").get("id")].findtext("name") for i in items] == ["a.mp4", "c.mp4"]
    assert files["file-1"].findtext("timecode/string") == "01:00:00;00"
    assert files["file-1"].findtext("timecode/frame") == "107892"


def test_a_clip_of_another_rate_is_as_long_in_the_sequence_as_it_was():
    keep = Decision(Mark.KEEP, in_s=1.0, out_s=3.0)
    fast = rated("/c.mp4", facts=media(10.0, Fraction(50)), decision=keep)
    root = project(rated("/a.mp4", decision=keep), rated("/b.mp4", decision=keep), fast)
    *_, last = root.findall(".//sequence/media/video/track/clipitem")
    times = [last.findtext(name) for name in ("start", "end", "in", "out")]
    assert times == ["100", "150", "50", "150"]


def test_a_silent_clip_has_no_sound_track():
    clip = project(rated(facts=media(sound=False))).find(".//clip")
    assert clip.find("media/audio") is None
    assert clip.find("media/video//file/media/audio") is None


@settings(deadline=None)
@given(rows(NAMES))
def test_no_range_moves_by_more_than_half_a_frame_and_the_path_is_exact(row):
    clip = project(row).find(".//clip")
    assert path_of(clip.findtext(".//pathurl")) == row.clip.path
    assert clip.findtext("name") == xml_text(row.clip.path.name)
    rate, wanted = rate_of(clip), selects.select_range(row)
    start, end = int(clip.findtext("in")), int(clip.findtext("out"))
    if wanted is None:
        assert (start, end) == (-1, -1)
        return
    assert 0 <= start < end <= int(clip.findtext("duration"))
    short = end - start == 1
    assert abs(start / rate - Fraction(wanted.start_s)) <= 1 / rate / 2 + ROUNDING_S or short
    assert abs(end / rate - Fraction(wanted.end_s)) <= 1 / rate / 2 + ROUNDING_S or short


@settings(deadline=None)
@given(st.lists(rows(NAMES, decided=st.just(Decision(Mark.KEEP))), max_size=4))
def test_every_id_is_unique_and_every_reference_is_answered(some):
    root = project(*some)
    described = [f.get("id") for f in root.iter("file") if len(f)]
    assert len(described) == len(set(described)) == len(some)
    assert {f.get("id") for f in root.iter("file")} == set(described)
    items = [i.get("id") for i in root.iter("clipitem")]
    assert len(items) == len(set(items))
    assert {link.findtext("linkclipref") for link in root.iter("link")} <= set(items)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_survive(name):
    clip = project(rated(Path("/fest") / name)).find(".//clip")
    assert path_of(clip.findtext(".//pathurl")) == Path("/fest") / name
