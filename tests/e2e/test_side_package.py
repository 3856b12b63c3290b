"""What the side package trains is installed by the program, and tags what it rates."""

from threading import Event

import pytest

from footage_sorter.inference.torch_clips import load as load_classifier
from footage_sorter.media.frames import ClipFrames
from footage_sorter.services.tagging import clip_pictures, filled
from tests.helpers.clip_sets import tiny_clip
from tests.helpers.command import ROOT
from training import __main__ as training
from training.clips.facts import clip_of

COLOURS = ("amber", "teal", "violet")
LONG_ENOUGH = {
    "epochs = 1": "epochs = 24\nwarmup_epochs = 0.0\nbackbone_lr_ratio = 1.0\npatience = 0",
    "batch_size = 16": "batch_size = 4",
    "peak_lr = 1e-3": "peak_lr = 2e-3",
}
"""What turns the smoke recipe into one that learns three colours."""


@pytest.mark.timeout(600)
def test_a_network_of_the_side_package_becomes_a_tag(program, tmp_path):
    data, out = tmp_path / "data", tmp_path / "colours"
    for label, name in enumerate(COLOURS):
        for number in range(10):
            tiny_clip(data / "clips" / name / f"{number}.avi", label, seed=number)
    side = ["--data", str(data)]
    words = ["prepare", str(data / "clips"), str(data / "prepared"), "--as-program"]
    assert training.main([*words, "--short-side", "32"]) == 0
    recipe, run = tmp_path / "recipe.toml", str(tmp_path / "run")
    smoke = (ROOT / "training/recipes/clips/smoke.toml").read_text("utf-8")
    for old, new in LONG_ENOUGH.items():
        assert old in smoke
        smoke = smoke.replace(old, new)
    recipe.write_text(smoke, "utf-8")
    assert training.main(["train", str(recipe), *side, "--out", run, "--device", "cpu"]) == 0
    words = ["classifier", f"{run}/best.pt", *side, "--out", str(out), "--title", "Colour"]
    assert training.main(words) == 0

    added = program.run("classifier", "add", out)
    assert added.status == 0, added.err
    clip = tiny_clip(tmp_path / "shoot" / "new.avi", label=1, seed=9)
    rated = program.run("rate", "--json", "-", "--device", "cpu", clip.parent)
    assert rated.status == 0, rated.err
    (tag,) = [one for one in rated.clip("new.avi")["tags"] if one["title"] == "Colour"]
    pictures = filled(clip_pictures(ClipFrames(), clip_of(clip), 48, Event()))
    expected = dict(zip(COLOURS, load_classifier(out, "cpu").judge(pictures), strict=True))
    assert tag["label"] == max(expected, key=expected.__getitem__) == "teal"
    assert tag["probability"] == pytest.approx(expected["teal"], abs=0.01)
