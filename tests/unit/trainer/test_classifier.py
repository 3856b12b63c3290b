"""A classifier's folder: whole, read by the program, never in place of another one."""

import pytest
import torch
from safetensors.torch import save

from footage_sorter.domain.training import Example, TrainingJob, Tried
from footage_sorter.inference.classifiers import read_manifest, read_weights
from footage_sorter.inference.clip_sizes import ClipSizes
from footage_sorter_training.backbones import Backbone
from footage_sorter_training.classifier import write

SIZES = ClipSizes("gru", backbone="mobilenet_v2", depth=4, hidden=64)
TRIED = Tried(("day", "night"), ((9, 1), (2, 8)), 12, "gru")
CONTENT = save({"weight": torch.ones(2, 3)})


@pytest.fixture
def written(tmp_path):
    """A function that writes a classifier."""

    def make(content=CONTENT):
        examples = (Example("/a.mp4", "day"), Example("/b.mp4", "night"))
        job = TrainingJob("light", "Light", examples, tmp_path / "light", tmp_path / "seen")
        write(job, Backbone(torch.nn.Identity(), SIZES, 224, "ImageNet x"), SIZES, TRIED, content)
        return tmp_path / "light"

    return make


def test_the_program_reads_what_is_written(written):
    files = read_manifest(written())
    told = files.classifier
    assert (told.name, told.title, told.labels) == ("light", "Light", ("day", "night"))
    assert (files.sizes, told.side_px, told.least) == (SIZES, 224, 0.5)
    assert (told.accuracy, told.majority) == (0.85, 0.5)
    assert read_weights(files) == CONTENT


def test_its_card_says_how_good_it_is_and_beside_what(written):
    card = (written() / "card.md").read_text("utf-8")
    assert "**85% right**" in card
    assert "Always naming the commonest label: 50%" in card
    assert "| day | 9 | 1 |\n| night | 2 | 8 |" in card


def test_one_that_is_there_already_is_kept_beside_it(written):
    first = written()
    written(save({"weight": torch.zeros(2, 3)}))
    kept, now = sorted(first.parent.glob("light*"), key=lambda one: len(one.name), reverse=True)
    assert now == first
    assert read_weights(read_manifest(kept)) == CONTENT
    assert read_weights(read_manifest(now)) != CONTENT
    assert not list(first.parent.glob(".*"))  # nothing half is left
