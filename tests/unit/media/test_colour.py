"""Colour: the curves of HDR against values of their standards; the range that a frame tells."""

import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange

from footage_sorter.domain.clip import Transfer
from footage_sorter.media.colour import SDR_WHITE_NITS, is_full_range, tone_curve


def code_of_pq(nits: float) -> int:
    """8-bit code value of a light, inverse EOTF of SMPTE ST 2084."""
    m1, m2, c1, c2, c3 = 0.1593017578125, 78.84375, 0.8359375, 18.8515625, 18.6875
    power = (nits / 10_000) ** m1
    return round(255 * ((c1 + c2 * power) / (1 + c3 * power)) ** m2)


@pytest.mark.parametrize("transfer", [Transfer.PQ, Transfer.HLG])
def test_more_light_is_never_darker_and_black_stays_black(transfer):
    curve = tone_curve(transfer)
    assert curve.shape == (256,)
    assert curve[0] == 0
    assert curve[255] >= 254
    assert np.all(np.diff(curve.astype(int)) >= 0)


@pytest.mark.parametrize(
    ("transfer", "code"),
    # BT.2408: HDR reference white is 58 % of PQ and 75 % of HLG; grey card 38 % of both.
    [(Transfer.PQ, 0.58), (Transfer.HLG, 0.75)],
)
def test_reference_white_is_bright_and_not_clipped(transfer, code):
    assert 225 <= tone_curve(transfer)[round(255 * code)] <= 250


@pytest.mark.parametrize("transfer", [Transfer.PQ, Transfer.HLG])
def test_a_grey_card_is_middle_grey(transfer):
    # 18 % grey under BT.2408 is 26 cd/m2, sRGB code value 0.40.
    assert tone_curve(transfer)[round(255 * 0.38)] == pytest.approx(255 * 0.40, abs=12)


def test_below_the_knee_light_is_kept():
    curve = tone_curve(Transfer.PQ)
    for share in (0.1, 0.2, 0.5):
        srgb = 1.055 * share ** (1 / 2.4) - 0.055
        assert curve[code_of_pq(share * SDR_WHITE_NITS)] == pytest.approx(255 * srgb, abs=3)


@pytest.mark.parametrize("transfer", [Transfer.SDR, Transfer.LOG])
def test_other_curves_are_left_alone(transfer):
    assert tone_curve(transfer) is None


@pytest.mark.parametrize(
    ("pixel_format", "full"), [("yuv420p", False), ("yuvj420p", True), ("gbrp", True)]
)
def test_the_range_of_a_frame_that_only_its_format_tells(pixel_format, full):
    frame = VideoFrame(16, 16, pixel_format)
    frame.color_range = ColorRange.UNSPECIFIED
    assert is_full_range(frame) is full
