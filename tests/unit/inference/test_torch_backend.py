"""The two networks as the program runs them."""

import copy
import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.domain.ports import FrameBatch
from footage_sorter.inference import torch_backend
from footage_sorter.inference.preprocess import cut_out
from footage_sorter.inference.torch_backend import Network, NetworkScorer, load_network
from footage_sorter.inference.torch_networks import (
    IMAGENET_MEAN,
    IMAGENET_STD,
    EvidenceNet,
    Normalise,
)
from footage_sorter.inference.weights import FirstLook

WEIGHTS = Path(__file__).parents[3] / "resources" / "weights"


@pytest.fixture(scope="module")
def scorer():
    return torch_backend.load(WEIGHTS, "cpu")


@pytest.fixture(scope="module")
def textured():
    """A sharp scene of overlapping plain shapes, 360 x 640."""
    rng = np.random.default_rng(3)
    frame = np.full((360, 640, 3), 120, np.uint8)
    for _ in range(400):
        centre = (int(rng.integers(640)), int(rng.integers(360)))
        colour = tuple(int(value) for value in rng.integers(20, 235, 3))
        cv2.circle(frame, centre, int(rng.integers(3, 28)), colour, -1)
    return frame


def batch(*frames):
    return FrameBatch(np.stack(frames), np.arange(len(frames), dtype=float))


def test_a_defocused_scene_is_blurrier_than_a_sharp_one(scorer, textured):
    soft = cv2.GaussianBlur(textured, (0, 0), 7)
    sharp_score, soft_score = scorer.score(batch(textured, soft)).frames
    assert sharp_score.blur < 0.3
    assert soft_score.blur > 0.7


def test_a_sharp_subject_before_a_soft_background_is_sharp(scorer, textured):
    frame = cv2.GaussianBlur(textured, (0, 0), 7)
    frame[80:280, 200:420] = textured[80:280, 200:420]
    assert scorer.score(batch(frame)).frames[0].blur < 0.5


@pytest.mark.parametrize("level", [0, 128, 255])
def test_nothing_to_judge_is_no_alarm(scorer, level):
    assert scorer.score(batch(np.full((360, 640, 3), level, np.uint8))).frames[0].blur < 0.3


def test_light_is_told_apart(scorer, textured):
    good, dark, burnt = scorer.score(
        batch(
            textured,
            (textured * 0.06).astype(np.uint8),
            np.clip(textured.astype(int) * 2 + 150, 0, 255).astype(np.uint8),
        )
    ).frames
    assert good.underexposed < 0.5
    assert good.overexposed < 0.5
    assert dark.underexposed > 0.5
    assert burnt.overexposed > 0.5


def test_frames_are_judged_alone_whatever_the_batch(scorer, textured):
    frames = [textured, textured[::-1].copy(), cv2.GaussianBlur(textured, (0, 0), 3)]
    together = scorer.score(batch(*frames)).frames
    for frame, score in zip(frames, together, strict=True):
        alone = scorer.score(batch(frame)).frames[0]
        assert alone.blur == pytest.approx(score.blur, abs=1e-4)
        assert alone.underexposed == pytest.approx(score.underexposed, abs=1e-4)


def test_what_is_in_a_picture_comes_with_its_score_and_belongs_to_it(scorer, textured):
    soft = cv2.GaussianBlur(textured, (0, 0), 3)
    together = scorer.score(batch(textured, soft, textured)).pictures
    assert together.shape == (3, 64)
    assert together.dtype == np.float32
    np.testing.assert_allclose(together[0], together[2], atol=1e-4)
    assert np.abs(together[0] - together[1]).max() > 0.05
    alone = scorer.score(batch(soft)).pictures[0]
    np.testing.assert_allclose(together[1], alone, atol=1e-4)


@pytest.fixture
def looks(monkeypatch):
    """Shapes (frames, cut-outs) of every look that a network takes, in order."""
    taken = []
    see = EvidenceNet.see

    def noted(net, seen):
        taken.append(tuple(seen.shape[:2]))
        return see(net, seen)

    monkeypatch.setattr(EvidenceNet, "see", noted)
    return taken


def cut_outs(network, *frames):
    return np.stack([cut_out(frame, network.manifest.framing) for frame in frames])


def test_a_clearly_sharp_frame_is_settled_by_its_leading_regions(scorer, textured, looks):
    soft = cv2.GaussianBlur(textured, (0, 0), 7)
    scorer.score(batch(textured, soft))
    assert looks == [(2, 4), (1, 6)]


def test_a_frame_that_is_not_settled_is_judged_by_all_its_regions(scorer, textured, looks):
    network = scorer._blur
    seen = cut_outs(network, textured, *(cv2.GaussianBlur(textured, (0, 0), s) for s in (1, 2, 7)))
    at_all = Network(replace(network.manifest, first_look=None), network._net)
    every = at_all.probabilities(seen, "cpu")[:, 1]
    assert looks == [(4, 10)]
    found = network.probabilities(seen, "cpu")[:, 1]
    open_still = found >= network.manifest.first_look.enough
    assert open_still[-1]
    assert not open_still[0]
    np.testing.assert_allclose(found[open_still], every[open_still], atol=1e-5)
    assert every[~open_still].max() < 0.1


def test_the_quick_convolution_answers_as_the_other(textured):
    quick = load_network(WEIGHTS / "blur", ("sharp", "blurry"))
    plain = copy.deepcopy(quick)
    quick.to("cpu")
    assert {m.dilation for m in kernels(quick) if m.kernel_size == (1, 1)} == {(2, 2)}
    assert {m.dilation for m in kernels(plain)} == {(1, 1)}
    seen = cut_outs(quick, textured, cv2.GaussianBlur(textured, (0, 0), 3))
    np.testing.assert_allclose(
        quick.probabilities(seen, "cpu"), plain.probabilities(seen, "cpu"), atol=1e-5
    )


def kernels(network):
    return [m for m in network._net.modules() if isinstance(m, torch.nn.Conv2d)]


def test_another_first_look_is_another_model(scorer):
    manifest = scorer._blur.manifest
    assert replace(manifest, first_look=None).label != manifest.label
    with pytest.raises(ValueError, match="11 of 10"):
        replace(manifest, first_look=FirstLook(11, 0.01))
    with pytest.raises(ValueError, match="first look"):
        FirstLook(4, float("nan"))


def test_pixels_are_brought_to_the_range_of_the_backbones():
    codes = np.random.default_rng(2).integers(0, 256, (2, 3, 4, 5), dtype=np.uint8)
    mean, deviation = (np.reshape(v, (3, 1, 1)) for v in (IMAGENET_MEAN, IMAGENET_STD))
    wanted = (codes / 255.0 - mean) / deviation
    np.testing.assert_allclose(Normalise()(torch.from_numpy(codes)).numpy(), wanted, atol=1e-5)


def test_times_stay_with_their_frames(scorer, textured):
    times = np.array([0.5, 7.25, 9.0])
    scores = scorer.score(FrameBatch(np.stack([textured] * 3), times)).frames
    assert [score.time_s for score in scores] == times.tolist()


def test_models_are_named_with_a_hash(scorer):
    for label in (scorer.blur_model, scorer.exposure_model):
        name, _, digest = label.partition("@")
        assert name
        assert len(digest) == 12


def test_each_network_is_small_enough():
    for task in ("blur", "exposure"):
        assert (WEIGHTS / task / "weights.safetensors").stat().st_size <= 6_000_000


def copied(tmp_path):
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def test_missing_weights_are_told(tmp_path):
    with pytest.raises(InferenceUnavailable, match="blur: weights are missing"):
        torch_backend.load(tmp_path, "cpu")


def test_damaged_weights_are_told(tmp_path):
    folder = copied(tmp_path)
    held = bytearray((folder / "exposure/weights.safetensors").read_bytes())
    held[-7] ^= 1
    (folder / "exposure/weights.safetensors").write_bytes(held)
    with pytest.raises(InferenceUnavailable, match="exposure: damaged weights"):
        torch_backend.load(folder, "cpu")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 2}, "version 2"),
        ({"classes": ["good", "bad"]}, "damaged manifest|tells"),
        ({"trunk": {"stem_channels": 32}}, "damaged manifest"),
        ({"calibrations": {}}, "damaged manifest"),
        ({"head": {"kind": "light", "width": 64, "measures": "guessed"}}, "damaged manifest"),
        ({"first_look": {"count": 11, "enough": 0.01}}, "damaged manifest"),
    ],
)
def test_another_manifest_is_told(tmp_path, change, told):
    folder = copied(tmp_path)
    path = folder / "blur/manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(InferenceUnavailable, match=told):
        torch_backend.load(folder, "cpu")


def test_weights_of_another_shape_are_told(tmp_path):
    folder = copied(tmp_path)
    path = folder / "blur/manifest.json"
    values = json.loads(path.read_text())
    values["head"]["width"] = 32
    path.write_text(json.dumps(values))
    with pytest.raises(InferenceUnavailable, match="do not fit"):
        torch_backend.load(folder, "cpu")


def test_an_unknown_device_is_told():
    with pytest.raises(InferenceUnavailable):
        torch_backend.pick_device("abacus")


def test_without_cuda_auto_takes_the_processor(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert torch_backend.pick_device("auto") == "cpu"
    with pytest.raises(InferenceUnavailable, match="CUDA"):
        torch_backend.pick_device("cuda")


def test_a_card_that_fails_at_once_is_as_good_as_none(monkeypatch, caplog):
    def fails():
        raise RuntimeError("CUDA error: no kernel image is available\nCompile with ...")

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch_backend, "try_card", fails)
    with caplog.at_level(logging.WARNING):
        assert torch_backend.pick_device("auto") == "cpu"
    assert "no kernel image is available)" in caplog.records[0].getMessage()
    with pytest.raises(InferenceUnavailable, match="no kernel image"):
        torch_backend.pick_device("cuda")
    monkeypatch.setattr(torch_backend, "try_card", lambda: None)
    assert torch_backend.pick_device("auto") == "cuda"


class FullCard(Network):
    """A network whose device has room for `room` frames at once, and none once `room` is 0."""

    def __init__(self, network, room):
        super().__init__(network.manifest, network._net)
        self.room, self.asked = room, []

    def to(self, device):
        super().to("cpu")

    def look(self, seen, device, *rest):
        self.asked.append((len(seen), device))
        if device == "cuda" and len(seen) > self.room:
            raise torch.cuda.OutOfMemoryError("full")
        return super().look(seen, "cpu", *rest)


def full_scorer(room):
    blur = FullCard(load_network(WEIGHTS / "blur", ("sharp", "blurry")), room)
    exposure = FullCard(
        load_network(WEIGHTS / "exposure", ("good", "underexposed", "overexposed")), room
    )
    return NetworkScorer(blur, exposure, "cuda"), blur


def test_a_full_card_gets_fewer_frames_at_once(textured):
    scorer, blur = full_scorer(4)
    assert len(scorer.score(batch(*[textured] * 9)).frames) == 9
    assert scorer.device == "cuda"
    assert [count for count, _ in blur.asked][-3:] == [4, 4, 1]


def test_a_card_too_small_for_one_frame_hands_over_with_one_warning(textured, caplog):
    scorer, _ = full_scorer(0)
    with caplog.at_level(logging.WARNING):
        assert len(scorer.score(batch(*[textured] * 3)).frames) == 3
        scorer.score(batch(textured))
    assert scorer.device == "cpu"
    assert len(caplog.records) == 1


class CardNet(torch.nn.Module):
    """Stands where a network on a card would: notes what it is moved to and what it gets."""

    def __init__(self):
        super().__init__()
        self.moved, self.got = [], []

    def to(self, *where, **how):
        self.moved.append((where, how))
        return self

    def forward(self, pixels):
        self.got.append(pixels)
        return torch.zeros(len(pixels), 3)


def test_a_card_gets_half_precision_and_pixels_from_pinned_memory(scorer, monkeypatch):
    steps = []

    def pin(pixels):
        steps.append("pinned")
        return pixels

    def to(pixels, device, **how):
        steps.append((device, how))
        return pixels

    net = CardNet()
    network = Network(scorer._exposure.manifest, net)
    network.to("cuda")
    assert ("cuda", torch.float16) in [where for where, _ in net.moved]
    framing = network.manifest.framing
    shape = (4, framing.count, framing.side_px, framing.side_px, 3)
    monkeypatch.setattr(torch.Tensor, "pin_memory", pin)
    monkeypatch.setattr(torch.Tensor, "to", to)
    found = network.probabilities(np.zeros(shape, np.uint8), "cuda")
    assert steps == ["pinned", ("cuda", {"non_blocking": True})]
    assert net.got[0].dtype is torch.uint8  # a quarter of what floats would take on the bus
    assert found.shape == (4, 3)
    network.probabilities(np.zeros(shape, np.uint8), "cpu")
    assert len(steps) == 2


def test_on_a_card_more_frames_go_at_once(textured):
    scorer, blur = full_scorer(100)
    scorer.score(batch(*[textured] * 20))
    assert [count for count, _ in blur.asked] == [16, 4]


@pytest.mark.needs_cuda
def test_the_card_answers_as_the_processor_does(scorer, textured):
    if not torch.cuda.is_available():
        pytest.skip("no CUDA device")
    frames = batch(textured, cv2.GaussianBlur(textured, (0, 0), 3))
    on_card = torch_backend.load(WEIGHTS, "cuda").score(frames)
    for here, there in zip(scorer.score(frames).frames, on_card.frames, strict=True):
        assert here.blur == pytest.approx(there.blur, abs=0.03)  # half precision
