"""The log of a run: a table and TensorBoard say the same, also after it was cut short."""

import csv

import cv2
import numpy as np
import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

from training.logbook import Logbook
from training.metrics import measure
from training.pictures import draw_confusion, draw_curves, draw_reliability

ROWS = [
    {"epoch": 1.0, "learn_loss": 0.75, "choose_balanced_accuracy": 0.5},
    {"epoch": 2.0, "learn_loss": 0.5, "choose_balanced_accuracy": 0.625},
    {"epoch": 3.0, "learn_loss": 0.25, "choose_balanced_accuracy": 0.875},
]


def write(folder, rows, *, resume=False):
    book = Logbook(folder, resume=resume)
    for row in rows:
        book.write(row)
    book.close()
    return book


def table(folder):
    with (folder / "log.csv").open(encoding="utf-8", newline="") as lines:
        return [
            {name: float(value) for name, value in row.items()} for row in csv.DictReader(lines)
        ]


def test_table_and_tensorboard_say_the_same(tmp_path):
    write(tmp_path, ROWS)
    assert table(tmp_path) == ROWS
    board = EventAccumulator(str(tmp_path / "tensorboard"))
    board.Reload()
    for name in ("learn_loss", "choose_balanced_accuracy"):
        told = [(one.step, one.value) for one in board.Scalars(name)]
        assert told == [(int(row["epoch"]), row[name]) for row in ROWS]


def test_a_run_that_goes_on_writes_an_epoch_again_in_its_place(tmp_path):
    write(tmp_path, [*ROWS[:2], ROWS[2] | {"learn_loss": 9.0}])
    book = write(tmp_path, [ROWS[2]], resume=True)
    assert table(tmp_path) == list(book.rows) == ROWS


def test_a_run_that_begins_anew_forgets_the_last_one(tmp_path):
    write(tmp_path, ROWS)
    write(tmp_path, ROWS[:1])
    assert table(tmp_path) == ROWS[:1]


def ink(path):
    """The share of a picture that is not white."""
    return float((cv2.imread(str(path)).min(axis=2) < 250).mean())


def test_curves_grow_with_the_epochs(tmp_path):
    for count in (1, 3):
        draw_curves(ROWS[:count], tmp_path / f"{count}.png")
    assert 0.0 < ink(tmp_path / "1.png") < ink(tmp_path / "3.png")


@pytest.mark.parametrize("right", [True, False])
def test_a_confusion_matrix_is_dark_where_the_calls_are(tmp_path, right):
    truth = np.repeat([0, 1], 20)
    calls = truth if right else 1 - truth
    measured = measure(np.eye(2)[calls], truth, ("good", "bad"))
    draw_confusion(measured, ("good", "bad"), tmp_path / "confusion.png")
    blue = cv2.imread(str(tmp_path / "confusion.png"))[..., 2] < 60  # no red: the darkest blue
    quarters = [np.array_split(half, 2, axis=1) for half in np.array_split(blue, 2)]
    dark = {at for at in np.ndindex(2, 2) if quarters[at[0]][at[1]].mean() > 0.3}
    assert dark == ({(0, 0), (1, 1)} if right else {(0, 1), (1, 0)})


@pytest.mark.parametrize("classes", [51, 400])
def test_of_many_classes_the_confusion_matrix_stays_a_picture(tmp_path, classes):
    truth = np.arange(classes)
    names = tuple(f"class {number}" for number in truth)
    draw_confusion(measure(np.eye(classes), truth, names), names, tmp_path / "many.png")
    picture = cv2.imread(str(tmp_path / "many.png"))
    assert max(picture.shape) < 2600
    assert (picture[..., 2] < 60).any()  # what was called right


def test_a_reliability_diagram_is_drawn(tmp_path):
    likely = np.linspace(0.0, 1.0, 40)
    truth = (np.arange(40) % 3 > 0).astype(np.int64)
    draw_reliability(np.stack([1 - likely, likely], axis=1), truth, tmp_path / "reliability.png")
    assert ink(tmp_path / "reliability.png") > 0.02
