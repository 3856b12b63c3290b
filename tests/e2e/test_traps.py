"""The classic traps, from a file to its verdict: what looks like a fault and is none.

Each has its opposite beside it, so that no scorer passes by calling everything good.
"""

from contextlib import closing
from fractions import Fraction

import numpy as np
import pytest

from footage_sorter.domain.clip import Transfer
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.resources import resource
from footage_sorter.inference import scorers
from footage_sorter.media.colour import tone_curve
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.encode import Encoding, write_clip
from tests.helpers.clips import Shot, pictures
from tests.helpers.verdict import judge

RATE = Fraction(15)
SIZE_PX = (640, 360)
PLAIN = {"preset": "veryfast", "crf": "18"}


@pytest.fixture(scope="module")
def decoders():
    with closing(Decoders()) as made:
        yield made


@pytest.fixture(scope="module", params=["none", "cpu"], ids=["simple", "networks"])
def scorer(request):
    return scorers.open_scorer(request.param, resource("weights"))


def shot(**look):
    return pictures(Shot(seconds=4, size_px=SIZE_PX, **look), RATE)


def lit_on_a_stage(gain=1.3):
    """A singer in a spot of light, all around him nearly black."""
    y, x = np.mgrid[: SIZE_PX[1], : SIZE_PX[0]]
    spot = (((x - 300) / 75) ** 2 + ((y - 190) / 130) ** 2 < 1)[..., np.newaxis]
    for lit, dark in zip(shot(gain=gain), shot(gain=0.004), strict=True):
        yield np.where(spot, lit, dark)


def snow():
    """A bright field with its shadows, and a few dark trees."""
    for picture in shot():
        field = 190 + 0.22 * picture
        field[150:, 420:470] = picture[150:, 420:470]
        field[120:, 100:140] = 0.5 * picture[120:, 100:140]
        yield field.astype(np.uint8)


def before_a_soft_background():
    """A sharp subject on an eighth of the picture."""
    for sharp, soft in zip(shot(), shot(defocus_px=6), strict=True):
        soft[90:270, 250:410] = sharp[90:270, 250:410]
        yield soft


def flat(picture):
    """What a log curve makes of `picture`."""
    return (95 + 0.35 * picture).astype(np.uint8)


def in_hdr(picture, transfer):
    """The code values by which an HDR curve says `picture`."""
    curve = tone_curve(transfer)
    assert curve is not None
    return np.searchsorted(curve, np.arange(256)).clip(0, 255).astype(np.uint8)[picture]


def verdict_of(frames, decoders, scorer, tmp_path, options=None, **metadata):
    tmp_path.mkdir(exist_ok=True)
    path = tmp_path / "a.mp4"
    encoding = Encoding(
        frame_rate=RATE, key_every=15, options=PLAIN | (options or {}), metadata=metadata
    )
    write_clip(path, frames, encoding)
    return judge(decoders, path, scorer=scorer)


def test_a_lit_singer_on_a_dark_stage_is_well_exposed(decoders, scorer, tmp_path):
    found = verdict_of(lit_on_a_stage(), decoders, scorer, tmp_path).rating
    assert not found.flags & {Flag.UNDEREXPOSED, Flag.BLACK, Flag.BLURRY}
    assert found.verdict is Verdict.USABLE


def test_a_stage_that_nobody_lit_is_underexposed(decoders, scorer, tmp_path):
    found = verdict_of(shot(gain=0.03), decoders, scorer, tmp_path).rating
    assert Flag.UNDEREXPOSED in found.flags


def test_snow_is_not_overexposed(decoders, scorer, tmp_path):
    found = verdict_of(snow(), decoders, scorer, tmp_path).rating
    assert found.flags == frozenset()


def test_what_burns_out_is_overexposed(decoders, scorer, tmp_path):
    found = verdict_of(shot(gain=20), decoders, scorer, tmp_path).rating
    assert Flag.OVEREXPOSED in found.flags


def test_a_sharp_subject_before_a_soft_background_is_sharp(decoders, scorer, tmp_path):
    found = verdict_of(before_a_soft_background(), decoders, scorer, tmp_path).rating
    assert Flag.BLURRY not in found.flags
    assert found.verdict is Verdict.USABLE


def test_what_is_soft_everywhere_is_blurry(decoders, scorer, tmp_path):
    found = verdict_of(shot(defocus_px=6), decoders, scorer, tmp_path).rating
    assert Flag.BLURRY in found.flags


@pytest.mark.parametrize("gain", [0.03, 1, 20])
def test_the_exposure_of_log_footage_is_not_judged(decoders, scorer, tmp_path, gain):
    frames = (flat(picture) for picture in shot(gain=gain))
    found = verdict_of(frames, decoders, scorer, tmp_path, gamma="S-Log3").rating
    assert not found.flags & {Flag.UNDEREXPOSED, Flag.OVEREXPOSED}
    assert found.percent.well_exposed is None


@pytest.mark.parametrize(
    ("transfer", "name"), [(Transfer.HLG, "arib-std-b67"), (Transfer.PQ, "smpte2084")]
)
@pytest.mark.parametrize("gain", [0.4, 1])
def test_hdr_is_judged_as_the_same_light_without_it(
    decoders, scorer, tmp_path, transfer, name, gain
):
    options = {"x264-params": f"transfer={name}:colorprim=bt2020"}
    frames = (in_hdr(picture, transfer) for picture in shot(gain=gain))
    found = verdict_of(frames, decoders, scorer, tmp_path, options)
    assert not found.rating.flags & {Flag.UNDEREXPOSED, Flag.OVEREXPOSED}
    plain = verdict_of(shot(gain=gain), decoders, scorer, tmp_path / "plain")
    assert exposures(found) == pytest.approx(exposures(plain), abs=0.03)


def exposures(found):
    """How under- and overexposed the frames are on average."""
    frames = found.report.frames
    return [
        sum(frame.underexposed for frame in frames) / len(frames),
        sum(frame.overexposed for frame in frames) / len(frames),
    ]
