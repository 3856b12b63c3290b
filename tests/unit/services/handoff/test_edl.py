import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.edl import to_edl
from footage_sorter.services.handoff.text import path_of
from footage_sorter.services.handoff.timebase import timebase_of
from tests.helpers.rows import ROUNDING_S, failed, media, rated
from tests.unit.services.handoff.strategies import HOSTILE_NAMES, NAMES, rows

EVENT = re.compile(r"(\d{3,})  AX       [BV]     C        (\S+) (\S+) (\S+) (\S+)")


def kept(path="/fest/A.mp4", in_s=1.0, out_s=3.0, **facts):
    return rated(path, facts=media(**facts), decision=Decision(Mark.KEEP, in_s=in_s, out_s=out_s))


def test_selects_follow_each_other_from_hour_one():
    text = to_edl([kept(), failed(), kept("/fest/B.mp4", start_timecode="10:00:00:00")], "Fest")
    assert text == "\r\n".join([
        "TITLE: Fest",
        "FCM: NON-DROP FRAME",
        "",
        "001  AX       B     C        00:00:01:00 00:00:03:00 01:00:00:00 01:00:02:00",
        "* FROM CLIP NAME: A.mp4",
        "* SOURCE FILE: file:///fest/A.mp4",
        "",
        "002  AX       B     C        10:00:01:00 10:00:03:00 01:00:02:00 01:00:04:00",
        "* FROM CLIP NAME: B.mp4",
        "* SOURCE FILE: file:///fest/B.mp4",
        "",
    ])  # fmt: skip


def test_a_drop_frame_clip_makes_a_drop_frame_list():
    ntsc = {"frame_rate": Fraction(30000, 1001), "start_timecode": "00:00:59;00", "sound": False}
    text = to_edl([kept(**ntsc)])
    assert "FCM: DROP FRAME" in text
    assert "001  AX       V     C        00:01:00;02 00:01:02;02 01:00:00;00" in text


def test_a_clip_of_another_rate_keeps_the_moment_of_its_timecode():
    fast = kept("/c.mp4", frame_rate=Fraction(50), start_timecode="10:00:00:30")
    text = to_edl([kept(), kept("/b.mp4"), fast])
    assert "003  AX       B     C        10:00:01:15 10:00:03:15" in text


@settings(deadline=None)
@given(rows(decided=st.builds(Decision, st.just(Mark.KEEP))) | rows())
def test_no_range_moves_by_more_than_half_a_frame(row):
    found = EVENT.search(to_edl([row]))
    wanted = selects.select_range(row)
    assert (found is None) == (wanted is None)
    if wanted is None:
        return
    facts = row.clip.media
    base = timebase_of(facts.frame_rate, facts.start_timecode, at_most=60)
    first_s = base.seconds(base.frame_of(EVENT.search(to_edl([whole(row)]))[2]))
    start, end = (base.seconds(base.frame_of(found[n])) - first_s for n in (2, 3))
    half = 1 / base.rate / 2
    # Beyond half a frame only where the range is shorter than the one frame that it needs.
    short = end - start == 1 / base.rate
    assert abs(start - Fraction(wanted.start_s)) <= half + ROUNDING_S or short
    assert abs(end - Fraction(wanted.end_s)) <= half + ROUNDING_S or short
    record = [base.frame_of(found[n]) for n in (4, 5)]
    assert base.seconds(record[1] - record[0]) == end - start


def whole(row):
    """The same clip, kept from its first frame on."""
    return type(row)(row.clip, Decision(Mark.KEEP, in_s=0.0))


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_any_name_keeps_its_line_and_its_path(names):
    paths = [Path("/fest") / name for name in names]
    text = to_edl([kept(path) for path in paths])
    text.encode("utf-8")
    lines = text.split("\r\n")
    assert len(lines) == 3 + 4 * len(paths)
    urls = [line.removeprefix("* SOURCE FILE: ") for line in lines if line.startswith("* SOURCE")]
    assert [path_of(url) for url in urls] == paths


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_the_name_of_a_hostile_file_stays_on_its_line(name):
    text = to_edl([kept(Path("/fest") / name)], title=name)
    assert len(text.splitlines()) == len(text.rstrip("\r\n").split("\r\n")) == 6
    assert path_of(text.splitlines()[5].removeprefix("* SOURCE FILE: ")).name == name


def test_no_selects_are_an_empty_list():
    assert to_edl([failed()]) == "TITLE: Selects\r\nFCM: NON-DROP FRAME\r\n"


def test_an_event_says_what_a_person_noted_on_a_line_of_its_own():
    row = rated("/fest/A.mp4", decision=Decision(Mark.KEEP, note="take 2\nthe best"))
    assert "* COMMENT: take 2 the best" in to_edl([row]).split("\r\n")
