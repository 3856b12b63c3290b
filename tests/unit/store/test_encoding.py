"""What is written into the library's columns comes back as it was."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Colour, ContentId, MediaInfo, Sound, Transfer
from footage_sorter.domain.report import ClipReport, FrameScore, Models, Pass
from footage_sorter.store.encoding import (
    pack_media,
    pack_path,
    pack_report,
    unpack_about,
    unpack_media,
    unpack_path,
)

FRAME = FrameScore(1.0, 0.5, 0.0, 0.0)
REPORT = ClipReport(ContentId("a"), Models("", "", "", ""), Pass.FULL, 10.0, (FRAME,))


@given(st.text() | st.just("\udcff"), st.none() | st.floats(0, 1))
def test_damage_and_noise_come_back(damage, noise):
    report = replace(REPORT, damage=damage, frames=(replace(FRAME, noise=noise),))
    assert unpack_about(pack_report(report).about) == (damage, noise)


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name))
def test_any_path_comes_back(name):
    path = Path(os.fsdecode(b"/" + name))
    assert unpack_path(pack_path(path)) == path


@given(
    st.builds(
        MediaInfo,
        duration_s=st.floats(0.001, 1e6),
        frame_rate=st.fractions(Fraction(1, 100), 1000),
        coded_size_px=st.tuples(st.integers(1, 9999), st.integers(1, 9999)),
        rotation_deg=st.sampled_from([0, 90, 180, 270]),
        codec=st.text(),
        pixel_aspect=st.fractions(Fraction(1, 9), 9),
        colour=st.builds(Colour, full_range=st.booleans(), transfer=st.sampled_from(Transfer)),
        sound=st.none() | st.builds(Sound),
        start_timecode=st.none() | st.text(),
        recorded_at=st.none()
        | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))]))
        | st.just(datetime(2026, 3, 14)),
        camera=st.none() | st.text(),
    )
)
def test_media_come_back_exactly(media):
    assert unpack_media(pack_media(media)) == media
