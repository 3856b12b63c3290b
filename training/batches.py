"""Batches of examples, prepared by processes of their own.

Knows torch's DataLoader. An example that cannot be read is told as it would be without processes:
DataLoader would make an error without a type of it, and a traceback where a person needs a name.
"""

from collections.abc import Iterator
from typing import Protocol

import cv2
import torch
from torch.utils.data import DataLoader, Dataset, Sampler, default_collate

from training.errors import DataError

Example = tuple[torch.Tensor, int | torch.Tensor]
"""What is seen and its label; where networks learn side by side, a label for each of them."""
Batch = tuple[torch.Tensor, torch.Tensor]
"""The same of several: one dimension more in front."""


class Examples(Protocol):
    """A data set: each example is made when it is asked for, and the same one every time."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, index: int) -> Example:
        """Make the one of a number.

        Raises:
            DataError: What it is made of cannot be read.
        """


class Batches:
    """The batches of one pass over some examples.

    Raises, while it is iterated:
        DataError: An example cannot be read.
    """

    def __init__(
        self,
        examples: Examples,
        size: int,
        workers: int,
        *,
        order: Sampler[int] | None = None,
        drop_last: bool = False,
        random: torch.Generator | None = None,
    ) -> None:
        """Prepare nothing yet.

        Args:
            examples: Of what.
            size: Examples in a batch.
            workers: Processes that prepare them; 0 prepares them in this one.
            order: In which; one after the other without.
            drop_last: Leave out what fills no batch.
            random: Seeds the processes; torch's own generator without.
        """
        self._loader: DataLoader[Example | DataError] = DataLoader(
            _Told(examples),
            size,
            sampler=order,
            num_workers=workers,
            collate_fn=_together,
            generator=random,
            drop_last=drop_last,
            worker_init_fn=one_thread_each,
        )

    def __len__(self) -> int:
        return len(self._loader)

    def __iter__(self) -> Iterator[Batch]:
        for batch in self._loader:
            if isinstance(batch, DataError):
                raise batch
            seen, labels = batch
            yield seen, labels


class _Told(Dataset[Example | DataError]):
    """Examples, each or what is wrong with it."""

    def __init__(self, examples: Examples) -> None:
        self._examples = examples

    def __len__(self) -> int:
        return len(self._examples)

    def __getitem__(self, index: int) -> Example | DataError:
        try:
            return self._examples[index]
        except DataError as error:
            return error


def _together(items: list[Example | DataError]) -> Batch | DataError:
    """Put examples together to a batch; where one of them cannot be read, that is the batch."""
    good = []
    for one in items:
        if isinstance(one, DataError):
            return one
        good.append(one)
    seen, labels = default_collate(good)
    return seen, labels


def one_thread_each(_worker: int) -> None:
    """Keep a preparing process to one thread: there are as many of them as are wanted."""
    cv2.setNumThreads(0)
    torch.set_num_threads(1)
