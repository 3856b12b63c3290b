"""Pictures of a run: learning curves, confusion matrix, reliability diagram. Knows matplotlib."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from training.metrics import BINS, Labels, Measured, Scores, reliability

mpl.use("Agg")  # no display is needed

MOST_COUNTED = 20
"""Classes of which a confusion matrix shows counts; of more it shows shares alone, by colour."""
MOST_NAMED = 110
"""Classes that find room for their names: UCF101 has 101."""


def draw_curves(rows: Sequence[Mapping[str, float]], path: Path) -> None:
    """Draw loss and balanced accuracy over the epochs."""
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    losses, scores = figure.subplots(1, 2)
    epochs = [row["epoch"] for row in rows]
    for axis, names in (
        (losses, ("learn_loss", "choose_loss")),
        (scores, ("learn_accuracy", "choose_balanced_accuracy", "made_balanced_accuracy")),
    ):
        for name in names:
            if rows and name in rows[0]:
                axis.plot(epochs, [row[name] for row in rows], label=name.replace("_", " "))
        axis.set_xlabel("epoch")
        axis.grid(visible=True, alpha=0.3)
        axis.legend()
    figure.savefig(path, dpi=110)


def draw_confusion(measured: Measured, classes: tuple[str, ...], path: Path) -> None:
    """Draw the confusion matrix: with its counts, while they can be read."""
    side_inches = 1.5 + min(len(classes), MOST_COUNTED)
    figure = Figure(figsize=(side_inches, side_inches), layout="constrained")
    axis = figure.subplots()
    counts = np.array(measured.confusion, dtype=float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    axis.imshow(shares, cmap="Blues", vmin=0.0, vmax=1.0)
    if len(classes) <= MOST_COUNTED:
        for (row, column), share in np.ndenumerate(shares):
            colour = "white" if share > 0.5 else "black"
            count = f"{int(counts[row, column])}"
            axis.text(column, row, count, ha="center", va="center", color=colour)
    if len(classes) <= MOST_NAMED:
        aslant = 90 if len(classes) > MOST_COUNTED else 0
        axis.set_xticks(range(len(classes)), classes, rotation=aslant)
        axis.set_yticks(range(len(classes)), classes)
    axis.set_xlabel("called")
    axis.set_ylabel("truth")
    figure.savefig(path, dpi=110)


def draw_reliability(probabilities: Scores, truth: Labels, path: Path) -> None:
    """Draw the reliability diagram: how often the network is right at each confidence."""
    confidence, right, counts = reliability(probabilities, truth)
    there = counts > 0
    figure = Figure(figsize=(4, 4), layout="constrained")
    axis = figure.subplots()
    axis.plot([0, 1], [0, 1], color="grey", linestyle="--")
    axis.bar(confidence[there], right[there], width=0.8 / BINS, alpha=0.6)
    for x, y, count in zip(confidence[there], right[there], counts[there], strict=True):
        axis.text(x, y, f"{count}", ha="center", va="bottom", fontsize=8)
    axis.set_xlabel("confidence")
    axis.set_ylabel("share right")
    axis.set_xlim(0, 1.05)
    axis.set_ylim(0, 1.1)
    figure.savefig(path, dpi=100)
