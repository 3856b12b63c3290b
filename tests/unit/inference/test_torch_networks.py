"""The networks' own layers: pooling over regions, and measures of light."""

import numpy as np
import pytest
import torch

from footage_sorter.inference.torch_networks import (
    BURNT_OUT_CODE,
    KEPT_CODES,
    OTHER_STOPS,
    EvidenceHead,
    LightNet,
    light_kept,
    light_spread,
)


def test_without_evidence_the_blank_decides():
    head = EvidenceHead(8, 4, 2).eval()
    with torch.no_grad():
        head.evidence.weight.zero_()
        head.evidence.bias.fill_(-40.0)
        head.blank_answer.copy_(torch.tensor([3.0, -3.0]))
        logits = head(torch.randn(2 * 5, 8, 4, 4), 2)
    torch.testing.assert_close(logits, torch.tensor([[3.0, -3.0]] * 2))


def test_light_is_judged_wherever_it_lies():
    seen = np.random.default_rng(5).integers(0, 256, (1, 1, 160, 160, 3), dtype=np.uint8)
    blocks = seen.reshape(10, 16, 10, 16, 3)
    elsewhere = blocks[::-1, :, ::-1].reshape(seen.shape)
    here, there = (light_spread(torch.from_numpy(one.copy())) for one in (seen, elsewhere))
    torch.testing.assert_close(here, there)


def plain(*levels, side=32):
    rows = [np.full((1, side, side, 3), level, dtype=np.uint8) for level in levels]
    return torch.from_numpy(np.stack(rows))


def test_what_another_exposure_would_keep_of_a_plain_picture_is_known():
    best, now, brighter, darker = light_kept(plain(5, 128, 245, 255)).T.tolist()
    assert best[0] > 0.75  # two stops or more would bring it back
    assert best[1] == pytest.approx(0.5, abs=0.1)
    assert best[2] < 0.45
    assert now == [0, 1, 0, 0]
    assert brighter == [1, 0, 0, 0]
    assert darker == [0, 0, 1, 0]  # burnt out is burnt out


def test_a_darker_exposure_of_a_good_picture_is_seen_in_stops():
    rng = np.random.default_rng(3)
    good = rng.uniform(60, 200, (1, 1, 64, 64, 3)) / 255.0
    by_stop = [
        float(light_kept(torch.from_numpy(np.rint(255 * coded).astype(np.uint8)))[0, 0])
        for coded in (to_codes(to_light(good) * 2.0**-stops) for stops in (2.0, 3.0, 4.0))
    ]
    steps = np.diff(by_stop) * 8.0
    assert steps == pytest.approx([1.0, 1.0], abs=0.2)


def to_light(codes):
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def to_codes(light):
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def test_every_code_is_kept_by_the_exposures_that_the_curve_of_srgb_says():
    codes = np.arange(256)
    for level, numbers in zip(codes, light_kept(plain(*codes, side=1)).tolist(), strict=True):
        again = 255 * to_codes(np.minimum(to_light(level / 255) * 2.0 ** np.array(OTHER_STOPS), 1))
        kept = (again >= KEPT_CODES[0]) & (again <= KEPT_CODES[1])
        if level >= BURNT_OUT_CODE:  # no darker exposure brings it back
            kept &= np.array(OTHER_STOPS) >= 0
        weights = np.exp(25.0 * kept)
        best = weights @ OTHER_STOPS / weights.sum()
        assert numbers[:2] == pytest.approx(
            [best / 8 + 0.5, float(kept[OTHER_STOPS.index(0.0)])], abs=1e-5
        )


def test_kept_light_is_judged_wherever_it_lies():
    seen = np.random.default_rng(5).integers(0, 256, (1, 1, 64, 64, 3), dtype=np.uint8)
    torch.testing.assert_close(
        light_kept(torch.from_numpy(seen)),
        light_kept(torch.from_numpy(np.ascontiguousarray(seen[:, :, ::-1, ::-1]))),
    )


@pytest.mark.parametrize("level", [0, 3, 100, 255])
def test_the_light_of_a_plain_picture_is_known(level):
    spread = light_spread(torch.full((2, 1, 32, 32, 3), level, dtype=torch.uint8))
    assert spread.shape == (2, 42)
    below = spread[0, :20]
    assert below.tolist() == sorted(below.tolist())  # the share below can only grow
    assert below[0] == (level < 4)
    assert spread[0, 38] == pytest.approx(level / 255)
    assert spread[0, -1] == (level >= 245)
    assert torch.isfinite(
        LightNet(8, 3)(torch.full((1, 1, 32, 32, 3), level, dtype=torch.uint8))
    ).all()
