"""What cannot be used is told in one sentence that names it, by the command that a person typed."""

from pathlib import Path

import pytest
import torch

from tests.helpers.brackets import RECIPE, brackets
from training import __main__ as command
from training import checkpoint as checkpoints
from training.batches import Batches
from training.checkpoint import Checkpoint
from training.errors import DataError, StoredError
from training.networks import build_network
from training.recipe import load_recipe

LENET = 'backbone = "lenet5"\nhead = "linear"\npretrained = "none"'
LIGHT = 'backbone = ""\nhead = "light"'


@pytest.fixture
def data(tmp_path):
    brackets(tmp_path / "data", of_each=4, photographs=4)
    return tmp_path / "data"


@pytest.fixture
def recipe(tmp_path):
    """A function that writes a recipe of one epoch over `data`."""

    def write(network=LENET, **changed):
        text = RECIPE.format(
            name="one", network=network, every_fold="false", epochs=1, batch_size=8, peak_lr=1e-3
        ).replace("folds = 3", "folds = 2")
        for old, new in changed.items():
            assert f"{old} = " in text
            lines = [
                f"{old} = {new}" if one.startswith(f"{old} =") else one for one in text.splitlines()
            ]
            text = "\n".join(lines)
        path = tmp_path / "recipe.toml"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def told(tmp_path, data, capsys):
    """A function that trains, and returns the one sentence that came instead of a network."""

    def train(recipe, *words):
        out = tmp_path / "run"
        words = ["train", str(recipe), "--data", str(data), "--out", str(out), *words]
        assert command.main([*words, "--device", "cpu"]) == 2
        return sentence(capsys)

    return train


def sentence(capsys):
    (line,) = [one for one in capsys.readouterr().err.splitlines() if one.startswith("training: ")]
    return line


def test_pretrained_weights_that_are_missing(told, recipe, tmp_path):
    gone = tmp_path / "gone.pth"
    network = LENET.replace('"none"', f'"{gone.as_posix()}"')
    assert told(recipe(network)) == f"training: {gone}: No such file or directory"


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (b"no weights", "damaged, or no file of torch's"),
        ([1, 2], "holds no weights by name"),
        (
            {"features.0.weight": torch.zeros(1)},
            "holds the weights of another network: Missing key",
        ),
    ],
)
def test_pretrained_weights_that_cannot_be_used(told, recipe, tmp_path, stored, says):
    path = tmp_path / "weights.pth"
    if isinstance(stored, bytes):
        path.write_bytes(stored)
    else:
        torch.save(stored, path)
    line = told(recipe(LENET.replace('"none"', f'"{path.as_posix()}"')))
    assert line.startswith(f"training: {path}: {says}")


def test_a_start_that_is_another_network(told, recipe, tmp_path):
    other = load_recipe(recipe(LIGHT))
    state = build_network(other).state_dict()
    path = tmp_path / "other.pt"
    checkpoints.save(Checkpoint(other, 1, 0.5, 1, state, state, {}), path)
    line = told(recipe(f'{LENET}\nstart = "{path.as_posix()}"'))
    assert line.startswith(f"training: {path}: holds the weights of another network: ")


def test_a_checkpoint_of_another_version(told, recipe, tmp_path):
    path = tmp_path / "old.pt"
    old = load_recipe(recipe())
    checkpoints.save(Checkpoint(old, 1, 0.5, 1, {}, {}, {}), path)
    stored = torch.load(path, weights_only=True)
    for changed in ({"format": 99}, {"recipe": stored["recipe"] | {"knob": 1}}, {"state": {}}):
        torch.save(stored | changed, path)
        line = told(recipe(f'{LENET}\nstart = "{path.as_posix()}"'))
        assert line.startswith(f"training: {path}: a checkpoint of another version of training")


class Hostile:
    """Makes a file where it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_nothing_in_a_stored_file_is_executed(tmp_path):
    made = tmp_path / "made"
    torch.save({"format": 1, "recipe": Hostile(made)}, tmp_path / "hostile.pt")
    with pytest.raises(StoredError, match="damaged, or no file of torch's"):
        checkpoints.load(tmp_path / "hostile.pt")
    assert not made.exists()


def test_nothing_to_resume(told, recipe, tmp_path):
    line = told(recipe(), "--resume")
    assert line == f"training: {tmp_path / 'run' / 'last.pt'}: No such file or directory"


def test_a_run_where_a_file_lies(told, recipe, tmp_path):
    (tmp_path / "run").write_text("mine")
    assert str(tmp_path / "run") in told(recipe())
    assert (tmp_path / "run").read_text() == "mine"


@pytest.mark.parametrize("workers", [0, 1])
def test_a_photograph_that_cannot_be_read_is_named(told, recipe, data, workers):
    for path in (data / "photos").iterdir():
        path.write_bytes(b"no picture")
    line = told(recipe(workers=workers))
    assert line.startswith(f"training: {data / 'photos'}/p")
    assert line.endswith(": not a picture that can be read")


class Broken:
    """Ten examples, one of which cannot be read."""

    def __len__(self):
        return 10

    def __getitem__(self, index):
        if index == 7:
            raise DataError(Path("seven.png"), "is not there")
        return torch.tensor(index), index


@pytest.mark.parametrize("workers", [0, 2])
def test_what_lies_before_an_unreadable_example_is_given(workers):
    batches = iter(Batches(Broken(), 3, workers))
    for expected in ([0, 1, 2], [3, 4, 5]):
        seen, labels = next(batches)
        assert seen.tolist() == labels.tolist() == expected
    with pytest.raises(DataError, match=r"^seven\.png: is not there$") as caught:
        next(batches)
    assert caught.value.path == Path("seven.png")


def test_ctrl_c_ends_a_run_without_a_traceback(recipe, data, tmp_path, monkeypatch, capsys):
    from training import train as loop

    def interrupted(*_words):
        raise KeyboardInterrupt

    monkeypatch.setattr(loop, "judge", interrupted)
    words = ["train", str(recipe()), "--data", str(data), "--out", str(tmp_path / "run")]
    assert command.main([*words, "--device", "cpu"]) == 130
    assert "Traceback" not in capsys.readouterr().err
