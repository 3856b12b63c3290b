import pytest
import torch

from footage_sorter.inference.clip_sizes import BACKBONES, NETWORKS, OVER_FRAMES, ClipSizes
from footage_sorter.inference.torch_clip_networks import build, feature_channels, head_of
from footage_sorter.inference.torch_clips import arranged


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_answers_in_its_order_of_axes(name):
    with torch.device("meta"):
        net = build(name, 5, backbone="mobilenet_v2", depth=4).eval()
        seen = arranged(torch.empty(2, 16, 64, 64, 3), volumes=name not in OVER_FRAMES)
        assert net(seen).shape == (2, 5)


@pytest.mark.parametrize("backbone", BACKBONES)
def test_every_backbone_gives_features(backbone):
    with torch.device("meta"):
        net = build("average", 2, backbone=backbone).eval()
        channels = net.features(torch.empty(1, 2, 3, 64, 64)).shape[-1]
    assert channels == feature_channels(ClipSizes("average", backbone))


@pytest.mark.parametrize("name", ["gru", "lstm", "tcn"])
def test_the_heads_over_time_mind_the_order_and_the_average_does_not(name):
    torch.manual_seed(1)
    features = torch.randn(1, 16, 8)
    turned = features.flip(1)
    average = head_of(ClipSizes("average"), 8, 3)
    torch.testing.assert_close(average(features), average(turned))
    head = head_of(ClipSizes(name, hidden=16, layers=2), 8, 3).eval()
    assert not torch.allclose(head(features), head(turned), atol=1e-4)


def test_the_average_is_of_probabilities():
    head = head_of(ClipSizes("average"), 8, 3)
    found = head(torch.randn(4, 16, 8)).exp()
    torch.testing.assert_close(found.sum(dim=1), torch.ones(4))


@pytest.mark.parametrize(
    "sizes",
    [
        {"network": "transformer"},
        {"backbone": "vit"},
        {"hidden": 0},
        {"hidden": 5000},
        {"layers": 99},
        {"depth": 5},  # a ResNet is not cut
        {"backbone": "mobilenet_v2", "depth": 20},
        {"dropout": float("nan")},
    ],
)
def test_sizes_out_of_bounds_are_refused(sizes):
    with pytest.raises(ValueError, match=r"unknown|must be"):
        ClipSizes(**{"network": "gru"} | sizes)
