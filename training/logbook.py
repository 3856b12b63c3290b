"""The log of a run: a CSV file, TensorBoard, and the curves as pictures."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from torch.utils.tensorboard import SummaryWriter

Row = dict[str, float]


class Logbook:
    """Writes one row an epoch; each is on disk before the next epoch starts."""

    def __init__(self, folder: Path, *, resume: bool) -> None:
        self._table = folder / "log.csv"
        self._rows: list[Row] = _read(self._table) if resume else []
        self._board = SummaryWriter(str(folder / "tensorboard"))

    def write(self, row: Row) -> None:
        """Add a row; its "epoch" is the step on TensorBoard."""
        self._rows = [old for old in self._rows if old["epoch"] < row["epoch"]] + [row]
        with self._table.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, fieldnames=list(row))
            writer.writeheader()
            writer.writerows({name: f"{old[name]:.6g}" for name in row} for old in self._rows)
        for name, value in row.items():
            if name != "epoch":
                self._board.add_scalar(name, value, int(row["epoch"]))
        self._board.flush()

    @property
    def rows(self) -> Sequence[Mapping[str, float]]:
        """All rows so far."""
        return self._rows

    def close(self) -> None:
        """Close TensorBoard's file."""
        self._board.close()


def _read(table: Path) -> list[Row]:
    """Read the rows of an earlier start; none where there is no table."""
    if not table.is_file():
        return []
    with table.open(encoding="utf-8", newline="") as lines:
        return [
            {name: float(value) for name, value in row.items()} for row in csv.DictReader(lines)
        ]
