"""Several processes under torchrun learn what one process learns."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from tests.helpers.brackets import RECIPE, brackets
from training import checkpoint as checkpoints
from training.recipe import load_recipe
from training.train import train

ROOT = Path(__file__).parents[2]
LIGHT = {"network": 'backbone = ""\nhead = "light"\nwidth = 8\ndropout = 0.0', "every_fold": "true"}
LENET = {"network": 'backbone = "lenet5"\nhead = "linear"\ndropout = 0.0', "every_fold": "false"}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    brackets(folder)
    return folder


@pytest.mark.parametrize("network", [LIGHT, LENET], ids=["light", "lenet5"])
def test_two_processes_learn_what_one_learns_of_the_same_pictures(tmp_path, data, network):
    written = {}
    for processes, batch in ((1, 8), (2, 4)):
        written[processes] = tmp_path / f"{processes}.toml"
        text = RECIPE.format(name="two", **network, epochs=2, batch_size=batch, peak_lr=1e-2)
        written[processes].write_text(text)
    words = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2"]
    words += ["-m", "training", "train", str(written[2]), "--data", str(data)]
    words += ["--out", str(tmp_path / "two"), "--device", "cpu"]
    told = subprocess.run(
        words,
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert told.returncode == 0, told.stderr[-2000:]
    train(load_recipe(written[1]), data, tmp_path / "one", "cpu")
    one, two = (checkpoints.load(tmp_path / name / "last.pt") for name in ("one", "two"))
    assert two.recipe == dataclasses.replace(
        one.recipe, learning=dataclasses.replace(one.recipe.learning, batch_size=4)
    )
    assert (one.epoch, two.epoch) == (2, 2)
    assert one.network.keys() == two.network.keys()
    for kept in ("network", "kept"):
        for name, weights in getattr(one, kept).items():
            torch.testing.assert_close(
                getattr(two, kept)[name], weights, atol=2e-5, rtol=1e-3, msg=f"{kept}: {name}"
            )
