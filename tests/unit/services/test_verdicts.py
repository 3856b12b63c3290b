"""From a clip to its verdict: each fault where it is, and nowhere else."""

from contextlib import closing
from fractions import Fraction

import numpy as np
import pytest

from footage_sorter.domain import words
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.rating import Verdict, reasons
from footage_sorter.domain.tracks import tracks_of
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.encode import write_clip
from tests.helpers.clips import Encoding, Shot, clipped_tone, film, pictures, silence, tone
from tests.helpers.verdict import judge

SLOW = Encoding(frame_rate=Fraction(15), key_every=15)


@pytest.fixture(scope="module")
def decoders():
    with closing(Decoders()) as made:
        yield made


def sentences(verdict):
    """What is said of each flag."""
    tracks = tracks_of(verdict.report)
    return {
        found.flag: (str(words.reason(found)), [(run.start_s, run.end_s) for run in found.when])
        for found in reasons(tracks, Limits(), verdict.rating)
    }


def test_each_fault_lights_its_own_seconds(decoders, tmp_path):
    path = film(
        tmp_path / "a.mp4",
        Shot(seconds=5, size_px=(640, 360)),
        Shot(seconds=3, size_px=(640, 360), defocus_px=5),
        Shot(seconds=2, size_px=(640, 360), gain=20),
        encoding=SLOW,
    )
    verdict = judge(decoders, path)
    tracks = tracks_of(verdict.report)
    lit = {flag: np.flatnonzero(tracks.of(flag) > Limits().of(flag).over).tolist() for flag in Flag}
    assert lit[Flag.OVEREXPOSED] == [8, 9]
    # What burns out has no detail left: whether that counts as blurred is no matter.
    assert [second for second in lit[Flag.BLURRY] if second < 8] == [5, 6, 7]
    others = set(Flag) - {Flag.OVEREXPOSED, Flag.BLURRY}
    assert not any(lit[flag] for flag in others)
    best = verdict.rating.best_segment
    assert (best.start_s, best.end_s) == (0, 5)
    assert verdict.rating.usability == 50
    # No fault alone is over what its limit tolerates, but half of the clip is lost.
    assert verdict.rating.flags == frozenset()
    assert verdict.rating.verdict is Verdict.PARTLY


def test_flagged_with_a_clean_run_is_partly_usable(decoders, tmp_path):
    path = film(
        tmp_path / "a.mp4",
        Shot(seconds=4, size_px=(640, 360)),
        Shot(seconds=6, size_px=(640, 360), gain=20),
        encoding=SLOW,
    )
    rating = judge(decoders, path).rating
    assert rating.verdict is Verdict.PARTLY
    assert rating.flags == {Flag.OVEREXPOSED}
    assert rating.usability == 40


def covered(seconds, size_px=(640, 360)):
    """Under a lens cap that lets a little light through, at a high sensitivity."""
    noise = np.random.default_rng(3)
    for _ in range(round(seconds * SLOW.frame_rate)):
        grain = noise.normal(28, 6, (size_px[1], size_px[0], 3))
        yield np.clip(grain, 0, 255).astype(np.uint8)


def test_a_lens_cap_has_its_word_its_start_and_its_end(decoders, tmp_path):
    takes = [*pictures(Shot(seconds=2, size_px=(640, 360)), SLOW.frame_rate), *covered(4)]
    write_clip(tmp_path / "a.mp4", takes, SLOW)
    said = sentences(judge(decoders, tmp_path / "a.mp4"))
    sentence, when = said[Flag.BLACK]
    assert sentence.startswith("Lens cap or pocket: 67 %")
    assert when == [(2, 6)]


def test_black_is_called_black(decoders, tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=2), Shot(seconds=4, gain=0), encoding=SLOW)
    sentence, when = sentences(judge(decoders, path))[Flag.BLACK]
    assert sentence.startswith("Black: 67 %")
    assert when == [(2, 6)]


def test_a_frozen_picture_has_its_start_and_its_end(decoders, tmp_path):
    path = film(tmp_path / "a.mp4", Shot(seconds=2), Shot(seconds=4, still=True), encoding=SLOW)
    _, when = sentences(judge(decoders, path))[Flag.FROZEN]
    assert when == [(2, 6)]


@pytest.mark.parametrize(
    ("sound", "flag", "when"),
    [
        (lambda: silence(6), Flag.SILENT, (0, 6)),
        (lambda: np.concatenate([tone(3), clipped_tone(3)], 1), Flag.CLIPPED_AUDIO, (3, 6)),
    ],
)
def test_bad_sound_has_its_start_and_its_end(decoders, tmp_path, sound, flag, when):
    path = film(tmp_path / "a.mp4", Shot(seconds=6, size_px=(64, 36)), encoding=SLOW, sound=sound())
    (found,) = sentences(judge(decoders, path))[flag][1]
    assert found == pytest.approx(when, abs=1)  # sound is heard in blocks of about a second
