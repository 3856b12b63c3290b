from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import UNDECIDED, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.tags import Tag
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.fcpxml import library_file, rational, timeline_file
from footage_sorter.services.handoff.fcpxml_read import read_fcpxml, read_fcpxml_file
from footage_sorter.services.handoff.imported import Imported
from footage_sorter.services.handoff.text import path_of
from tests.helpers.rows import ROUNDING_S, failed, media, rated, unread
from tests.unit.services.handoff.fcpxml_schema import violations
from tests.unit.services.handoff.strategies import HOSTILE_NAMES, NAMES, rows

HERE = Path("/x.fcpxml")


def seconds(text):
    return Fraction(text.removesuffix("s"))


def library(*some):
    root = ET.fromstring(library_file(some))
    assert violations(root) == []
    return root


def read(*some):
    return read_fcpxml(library_file(some), HERE)


def test_a_kept_clip_is_a_favourite_over_its_best_segment():
    row = rated(over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP, 4, "take 2"))
    clip = library(row).find("event/asset-clip")
    assert [(r.get("value"), r.get("name"), r.get("start"), r.get("duration")) for r in
            clip.findall("rating")] == [
        ("favorite", "footage-sorter: keep", "6s", "4s"),
        ("reject", "footage-sorter: fault", "0s", "6s"),
    ]  # fmt: skip
    assert clip.findtext("note").split("\n")[0] == "take 2"
    assert "Too shaky: 60 % of seconds" in clip.findtext("note")
    analysis = clip.find("analysis-marker")
    assert (analysis.get("start"), analysis.get("duration")) == ("0s", "6s")
    assert clip.find("keyword").get("value") == "too shaky"
    stars = {md.get("key"): md.get("value") for md in clip.findall("metadata/md")}
    assert stars["com.footagesorter.stars"] == "4"


def test_a_persons_range_outranks_the_faults_in_it():
    decision = Decision(Mark.KEEP, in_s=4.0, out_s=6.0)
    root = library(rated(over={Flag.SHAKY: range(2, 10)}, decision=decision))
    assert [(r.get("value"), r.get("start"), r.get("duration")) for r in root.iter("rating")] == [
        ("favorite", "4s", "2s"),
        ("reject", "2s", "2s"),
        ("reject", "6s", "4s"),
    ]


def test_a_rejected_clip_is_rejected_whole_and_nowhere_a_favourite():
    (rating,) = library(rated(decision=Decision(Mark.REJECT))).iter("rating")
    assert (rating.get("value"), rating.get("duration")) == ("reject", "10s")


def test_times_count_from_the_embedded_timecode():
    facts = media(10.0, Fraction(30000, 1001), start_timecode="01:00:00:00")
    root = library(rated(facts=facts, decision=Decision(Mark.KEEP, in_s=1.0, out_s=2.0)))
    asset, clip = root.find("resources/asset"), root.find("event/asset-clip")
    assert seconds(asset.get("start")) == seconds(clip.get("start")) == Fraction(18018, 5)
    favourite = clip.find("rating")
    assert seconds(favourite.get("start")) == Fraction(18018, 5) + 30 * Fraction(1001, 30000)


def test_drop_frame_timecode_is_counted_as_the_clock_goes():
    facts = media(10.0, Fraction(30000, 1001), start_timecode="01:00:00;00")
    root = library(rated(facts=facts))
    assert seconds(root.find("resources/asset").get("start")) == 107892 * Fraction(1001, 30000)
    assert root.find("event/asset-clip").get("tcFormat") == "DF"


def test_no_select_runs_beyond_its_clip_on_a_timeline_of_another_rate():
    """10.025 s are nearly 251 frames of the timeline, but the clip has room for 250 only."""
    keep = Decision(Mark.KEEP)
    odd = rated("/c.mp4", facts=media(10.025, Fraction(30)), decision=keep)
    root = ET.fromstring(timeline_file([rated("/a.mp4"), rated("/b.mp4"), odd]))
    *_, clip = root.iter("asset-clip")
    assert (clip.get("name"), clip.get("duration")) == ("c.mp4", "10s")


def test_unreadable_clips_are_not_in_it_and_unread_ones_neither():
    assert [c.get("name") for c in library(failed(), unread(), rated()).iter("asset-clip")] == [
        "A001.mp4"
    ]


def test_clips_of_one_kind_share_a_format():
    root = library(rated("/a.mp4"), rated("/b.mp4"), rated("/c.mp4", facts=media(rotation_deg=90)))
    sizes = [(f.get("width"), f.get("height")) for f in root.iter("format")]
    assert sizes == [("1280", "720"), ("720", "1280")]


@settings(deadline=None)
@given(rows(NAMES))
def test_it_is_valid_and_names_the_file_exactly(row):
    root = library(row)
    assert path_of(root.find("resources/asset/media-rep").get("src")) == row.clip.path


@settings(deadline=None)
@given(rows())
def test_no_range_moves_by_more_than_half_a_frame(row):
    root = library(row)
    clip = root.find("event/asset-clip")
    origin, frame_s = (
        seconds(clip.get("start")),
        seconds(root.find(".//format").get("frameDuration")),
    )
    for rating in clip.findall("rating"):
        for value in (rating.get("start"), rating.get("duration")):
            assert (seconds(value) / frame_s).denominator == 1, "off the clip's frame grid"
    wanted = selects.select_range(row)
    favourite = clip.find("rating[@value='favorite']")
    if row.decision.mark is Mark.REJECT or wanted is None:
        assert favourite is None
        return
    start = seconds(favourite.get("start")) - origin
    end = start + seconds(favourite.get("duration"))
    half_s = frame_s / 2 + ROUNDING_S
    assert abs(start - Fraction(wanted.start_s)) <= half_s or end - start == frame_s
    assert abs(end - Fraction(wanted.end_s)) <= half_s or end - start == frame_s


@settings(deadline=None)
@given(rows())
def test_favourites_and_rejects_never_overlap(row):
    spans = sorted(
        (seconds(r.get("start")), seconds(r.get("start")) + seconds(r.get("duration")))
        for r in library(row).iter("rating")
    )
    for before, after in pairwise(spans):
        assert before[1] <= after[0]


@settings(deadline=None)
@given(st.lists(rows(NAMES), max_size=4, unique_by=lambda row: row.clip.path))
def test_everything_a_person_decided_comes_back(some):
    assert read(*some) == tuple(Imported(row.clip.path, row.decision) for row in some)


@settings(deadline=None)
@given(st.lists(rows(), max_size=5))
def test_the_timeline_is_valid_and_on_its_own_grid(some):
    root = ET.fromstring(timeline_file(some))
    assert violations(root) == []
    clips = root.findall(".//spine/asset-clip")
    chosen = [row for row in some if selects.select_range(row)]
    assert len(clips) == len(chosen)
    if not chosen:
        return
    sequence = root.find(".//sequence")
    formats = {f.get("id"): seconds(f.get("frameDuration")) for f in root.iter("format")}
    frame_s, at = formats[sequence.get("format")], Fraction(0)
    assets = {a.get("id"): a for a in root.iter("asset")}
    for clip, row in zip(clips, chosen, strict=True):
        asset, wanted = assets[clip.get("ref")], selects.select_range(row)
        assert seconds(clip.get("offset")) == at
        duration = seconds(clip.get("duration"))
        assert (duration / frame_s).denominator == 1
        at += duration
        source_frame_s = formats[asset.get("format")]
        start = seconds(clip.get("start")) - seconds(asset.get("start"))
        assert abs(start - Fraction(wanted.start_s)) <= source_frame_s / 2 or (
            start == seconds(asset.get("duration")) - source_frame_s
        )
        # The source may end earlier, by its own rounding, and with it the last frame that fits.
        slack = max(frame_s / 2 + source_frame_s, frame_s + source_frame_s / 2)
        assert abs(duration - Fraction(wanted.length_s)) <= slack
    assert seconds(sequence.get("duration")) == at


@pytest.mark.parametrize(
    ("rejected", "mark"),
    [("10s", Mark.REJECT), ("991/100s", Mark.REJECT), ("98/10s", Mark.NONE), ("5s", Mark.NONE)],
)
def test_only_a_reject_of_nearly_all_of_a_clip_rejects_it(rejected, mark):
    data = f"""<fcpxml version="1.9"><resources>
      <asset id="r1" duration="10s"><media-rep src="file:///a.mov"/></asset></resources>
      <event><asset-clip ref="r1" duration="10s">
        <rating value="reject" start="0s" duration="{rejected}"/></asset-clip></event></fcpxml>"""
    (found,) = read_fcpxml(data.encode(), HERE)
    assert found.decision.mark is mark


def test_keywords_of_a_person_come_into_the_note_and_ours_do_not():
    tag = Tag("place@1", "Place", "indoor, \x07 hall,", 0.9)
    row = replace(rated(over={Flag.SHAKY: range(8)}, decision=Decision(note="mine")), tags=(tag,))
    assert read(row) == (Imported(row.clip.path, row.decision),)
    root = ET.fromstring(library_file([row]))
    first = root.find(".//asset-clip/keyword")
    first.set("value", f"B-Roll, kiss,{first.get('value')} , kiss")
    (found,) = read_fcpxml(ET.tostring(root), HERE)
    assert found.decision.note == "mine\nKeywords: B-Roll, kiss"


def test_a_persons_own_ratings_of_another_program_are_read():
    data = b"""<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.9"><resources>
      <asset id="r1" duration="10s"><media-rep src="file:///v/a%20b.mov"/></asset>
      <asset id="r2" duration="10s"><media-rep src="file:///v/c.mov"/></asset>
      <asset id="r3" duration="10s" src="file://localhost/v/d.mov"/>
      <asset id="r4" duration="10s"><media-rep src="https://elsewhere/e.mov"/></asset></resources>
      <library><event>
      <asset-clip ref="r1" start="3600s" duration="10s"><note>lovely</note>
        <rating value="favorite" start="3602s" duration="3s"/>
        <keyword start="3600s" duration="10s" value="B-Roll"/></asset-clip>
      <asset-clip ref="r2" duration="10s"><rating value="reject" start="0s" duration="10s"/>
      </asset-clip>
      <clip duration="10s"><video ref="r3"/><rating value="reject" start="0s" duration="2s"/></clip>
      <asset-clip ref="r4"><rating value="favorite"/></asset-clip>
      <project><sequence format="r1"><spine><asset-clip ref="r2"><rating value="favorite"/>
      </asset-clip></spine></sequence></project>
      </event></library></fcpxml>"""
    note = "lovely\nKeywords: B-Roll"
    assert read_fcpxml(data, HERE) == (
        Imported(Path("/v/a b.mov"), Decision(Mark.KEEP, note=note, in_s=2.0, out_s=5.0)),
        Imported(Path("/v/c.mov"), Decision(Mark.REJECT)),
        Imported(Path("/v/d.mov"), UNDECIDED),
    )


def test_our_own_best_segment_is_nobodys_mark():
    assert read(rated()) == (Imported(rated().clip.path, UNDECIDED),)


def test_a_bundle_is_read_by_the_file_inside(tmp_path):
    bundle = tmp_path / "fest.fcpxmld"
    bundle.mkdir()
    (bundle / "Info.fcpxml").write_bytes(library_file([rated(decision=Decision(stars=3))]))
    assert read_fcpxml_file(bundle)[0].decision == Decision(stars=3)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE fcpxml [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>
<fcpxml version="1.10"><event name="&b;"/></fcpxml>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE fcpxml [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<fcpxml version="1.10"><event>&a;</event></fcpxml>"""


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\0", b"<fcpxml", b"not xml", b"<xmeml/>", BOMB, OUTSIDE,
        b"<a>" * 1_000_000,
        b"<fcpxml>" + b"<a>" * 200 + b"</a>" * 200 + b"</fcpxml>",
        b'<?xml version="1.0" encoding="nonsense"?><fcpxml/>',
        b'<fcpxml><resources><asset id="r"><media-rep src="file:///a"/></asset></resources><event>'
        b'<asset-clip ref="r"><metadata><md key="com.footagesorter.decision"'
        b' value="{&quot;stars&quot;: 1e999}"/></metadata></asset-clip></event></fcpxml>',
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_is_one_error(data):
    with pytest.raises(ExchangeRefused) as caught:
        read_fcpxml(data, HERE)
    assert caught.value.path == HERE


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ExchangeRefused):
        read_fcpxml(data, HERE)


def test_absurd_times_and_files_are_passed_over():
    data = f"""<fcpxml><resources><asset id="r" duration="{"9" * 5000}s"><media-rep
      src="file:///a"/></asset></resources><event><asset-clip ref="r" start="1/0s">
      <rating value="favorite" start="{"9" * 5000}/1s" duration="-1s"/></asset-clip>
      </event></fcpxml>""".encode()
    assert read_fcpxml(data, HERE) == (Imported(Path("/a"), Decision(Mark.KEEP)),)


def test_a_missing_or_unreadable_file_is_one_error(tmp_path):
    for path in (tmp_path / "no.fcpxml", tmp_path):
        with pytest.raises(ExchangeRefused):
            read_fcpxml_file(path)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_survive_the_round_trip(name):
    row = rated(Path("/fest") / name, decision=Decision(Mark.KEEP, note=name))
    assert read(row) == (Imported(row.clip.path, row.decision),)


def test_rational_times_are_exact():
    assert rational(Fraction(1001, 30000)) == "1001/30000s"
    assert rational(Fraction(5)) == "5s"
