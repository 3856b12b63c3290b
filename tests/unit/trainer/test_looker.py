"""What a backbone sees is kept by clip and backbone, and looked at anew where that is damaged."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import torch

from footage_sorter.domain.clip import Clip, ClipId, ContentId, FileStamp, MediaInfo
from footage_sorter.domain.training import LeftOut, Skipped
from footage_sorter.inference.clip_sizes import ClipSizes
from footage_sorter.inference.torch_clip_networks import build_sized
from footage_sorter_training import features
from footage_sorter_training.backbones import Backbone
from footage_sorter_training.clips import Lesson
from footage_sorter_training.features import Looker
from footage_sorter_training.place import Place


@pytest.fixture(scope="module")
def backbone():
    torch.manual_seed(3)
    sizes = ClipSizes("average", backbone="mobilenet_v2", depth=2)
    return Backbone(build_sized(sizes, 2).eval(), sizes, 32, "a test")


@pytest.fixture
def filmed(monkeypatch):
    """The frames that any clip shows; each look at one takes a number out of the returned list."""
    looks = [16] * 9
    rng = np.random.default_rng(1)

    def pictures(_source, _clip, _long_side_px, _cancel):
        return list(rng.integers(0, 256, (looks.pop(), 36, 64, 3), dtype=np.uint8))

    monkeypatch.setattr(features, "clip_pictures", pictures)
    return looks


def lesson(content):
    media = MediaInfo(1.0, Fraction(25), (64, 36))
    clip = Clip(ClipId(0), Path(f"/{content}.mp4"), FileStamp(1, 1), ContentId(content), media)
    return Lesson(clip, ContentId(content), media, "a", content)


def looker(backbone, cache):
    return Looker(backbone, None, cache, Place("cpu"))


def test_a_clip_is_looked_at_once(backbone, filmed, tmp_path):
    first = looker(backbone, tmp_path).look(lesson("one"), Event())
    assert first.shape == (16, 16)
    again = looker(backbone, tmp_path).look(lesson("one"), Event())
    assert len(filmed) == 8
    np.testing.assert_allclose(again, first, rtol=2e-3, atol=1e-3)  # kept in half precision


def test_another_clip_or_backbone_is_another_look(backbone, filmed, tmp_path):
    for seen_by, content in (
        (backbone, "one"),
        (backbone, "two"),
        (replace(backbone, origin="another"), "one"),
        (replace(backbone, side_px=48), "one"),
    ):
        looker(seen_by, tmp_path).look(lesson(content), Event())
    assert len(filmed) == 5
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("damage", [b"", b"no numbers", np.full((16, 16), np.nan, np.float16)])
def test_what_is_damaged_is_looked_at_anew(backbone, filmed, tmp_path, damage):
    looker(backbone, tmp_path).look(lesson("one"), Event())
    (kept,) = tmp_path.iterdir()
    if isinstance(damage, bytes):
        kept.write_bytes(damage)
    else:
        np.save(kept, damage)
    again = looker(backbone, tmp_path).look(lesson("one"), Event())
    assert len(filmed) == 7
    assert np.isfinite(again).all()
    assert np.load(kept).shape == (16, 16)


def test_a_clip_with_gaps_is_left_out_and_not_kept(backbone, filmed, tmp_path):
    filmed.append(15)
    found = looker(backbone, tmp_path).look(lesson("gaps"), Event())
    assert found == Skipped(str(Path("/gaps.mp4")), LeftOut.GAPS, "15")
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_kept_it_is_seen_all_the_same(backbone, filmed, tmp_path):
    (tmp_path / "file").touch()
    found = looker(backbone, tmp_path / "file").look(lesson("one"), Event())
    assert found.shape == (16, 16)
