from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.services.handoff import selects
from footage_sorter.services.handoff.otio import to_otio
from footage_sorter.services.handoff.text import path_of
from tests.helpers.rows import failed, media, rated
from tests.unit.services.handoff.strategies import NAMES, rows

otio = pytest.importorskip("opentimelineio")


def read(*some):
    return otio.adapters.read_from_string(to_otio(some), "otio_json")


def test_the_library_reads_the_timeline():
    facts = media(start_timecode="01:00:00:00")
    keep = Decision(Mark.KEEP, 3, in_s=1.0, out_s=3.0)
    mute = media(sound=False, start_timecode="00:00:10:00")
    silent = rated("/fest/b.mp4", facts=mute, over={Flag.SHAKY: range(6)})
    timeline = read(rated(facts=facts, decision=keep), failed(), silent)
    first, second = timeline.video_tracks()[0]
    assert first.media_reference.target_url == "/fest/day 1/A001.mp4"
    assert first.source_range.start_time == otio.opentime.RationalTime(90_025, 25)
    assert first.source_range.duration.to_seconds() == 2.0
    assert first.metadata["footage_sorter"]["stars"] == 3
    assert second.source_range.start_time.to_seconds() == 16.0
    (shaky,) = second.markers
    assert (shaky.name, shaky.marked_range.start_time.to_seconds()) == ("Too shaky", 10.0)
    assert isinstance(timeline.audio_tracks()[0][1], otio.schema.Gap)
    assert timeline.duration().to_seconds() == 6.0


@settings(deadline=None)
@given(st.lists(rows(NAMES), max_size=3))
def test_any_rows_make_a_timeline_that_is_exact_to_half_a_frame(some):
    chosen = [row for row in some if selects.select_range(row)]
    clips = list(read(*some).video_tracks()[0])
    assert len(clips) == len(chosen)
    for clip, row in zip(clips, chosen, strict=True):
        url = clip.media_reference.target_url
        assert (
            path_of(url) if url.startswith("file:") else type(row.clip.path)(url)
        ) == row.clip.path
        used, available = clip.source_range, clip.media_reference.available_range
        assert available.start_time.value <= used.start_time.value
        assert used.end_time_exclusive().value <= available.end_time_exclusive().value
        frame_s = 1 / used.start_time.rate
        start_s = (used.start_time - available.start_time).to_seconds()
        wanted = selects.select_range(row)
        short = used.duration.value == 1
        assert abs(start_s - wanted.start_s) <= frame_s / 2 + 1e-6 or short
        end_s = start_s + used.duration.to_seconds()
        assert abs(end_s - wanted.end_s) <= frame_s / 2 + 1e-6 or short
        assert abs(Fraction(used.start_time.rate) - row.clip.media.frame_rate) < 0.05
