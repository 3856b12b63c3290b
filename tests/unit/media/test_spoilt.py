"""Spoilt clips: rated, rated in part, or failed with a reason; never a crash, a halt, a bug.

`python -m tests.benchmarks.fuzz N` looks longer.
"""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.media.decoders import Decoders
from tests.benchmarks.fuzz import SUBJECTS, is_harm, rated, subjects
from tests.helpers.spoil import Spoil, spoil
from tests.helpers.verdict import judge


@pytest.fixture(scope="module")
def decoders():
    with closing(Decoders(patience_s=60)) as made:
        yield made


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return subjects(tmp_path_factory.mktemp("good"))


@pytest.mark.parametrize("how", Spoil)
@given(name=st.sampled_from(sorted(SUBJECTS)), seed=st.integers(0, 2**32))
@settings(max_examples=15, deadline=None, derandomize=True)
def test_a_spoilt_clip_does_no_harm(how, name, seed, good, decoders, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"spoilt{SUBJECTS[name].ending}"
    path.write_bytes(spoil(good[name], how, seed))
    end = rated(decoders, path)
    assert not is_harm(end), end


@pytest.mark.parametrize("name", ["h264", "h264_faststart", "h264_mkv", "h264_ts", "mjpeg"])
def test_a_clip_cut_at_any_byte_is_rated_so_far_or_fails(name, good, decoders, tmp_path):
    data, path = good[name], tmp_path / f"cut{SUBJECTS[name].ending}"
    ends = set()
    for share in range(20):
        path.write_bytes(data[: 1 + share * len(data) // 20])
        ends.add(rated(decoders, path))
    assert not any(map(is_harm, ends)), ends
    # MP4 that ends with its index needs all of itself; the others give what is there.
    assert ("rated in part" in ends or "rated" in ends) == (name != "h264")


def test_the_good_clips_are_good(good, decoders, tmp_path):
    for name, data in good.items():
        path = tmp_path / f"good{SUBJECTS[name].ending}"
        path.write_bytes(data)
        assert judge(decoders, path).report.damage == "", name


def test_a_seed_always_spoils_alike(good):
    for how in Spoil:
        assert spoil(good["h264"], how, 5) == spoil(good["h264"], how, 5) != good["h264"]


def test_what_harm_is_found_is_told(decoders, tmp_path, monkeypatch):
    """The net has no hole: a planted bug, crash and halt are each called harm."""
    assert is_harm("bug LookupError: planted")
    assert is_harm("crashed")
    assert is_harm("stalled")

    def planted(*_):
        raise LookupError("planted")

    monkeypatch.setattr("tests.benchmarks.fuzz.judge", planted)
    assert is_harm(rated(decoders, tmp_path / "a.mp4"))
    assert not is_harm("rated in part")


def test_a_stream_that_nobody_announced_costs_nothing(decoders, good, tmp_path):
    """One flipped bit makes MPEG bring a stream in mid file, which PyAV does not expect."""
    path = tmp_path / "a.ts"
    path.write_bytes(spoil(good["h264_ts"], Spoil.FLIP, 1307))
    assert rated(decoders, path) == "rated in part"
