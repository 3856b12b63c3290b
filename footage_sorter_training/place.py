"""Where the trainer computes: on the graphics card while it has room, else on the processor.

Knows devices, no clips.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

import torch

from footage_sorter.inference.torch_backend import pick_device

log = logging.getLogger(__name__)

Found = TypeVar("Found")


class Place:
    """The device that work is done on.

    Attributes:
        device: "cpu", or "cuda" until it turns out to be full.
    """

    def __init__(self, wanted: str) -> None:
        """Choose the device.

        Args:
            wanted: "auto", "cpu" or "cuda".

        Raises:
            InferenceUnavailable: CUDA was named and cannot be had.
        """
        self.device = pick_device(wanted)

    def do(self, work: Callable[[str], Found]) -> Found:
        """Return what `work` gives of the device; it begins anew on the processor if need be.

        Args:
            work: Moves what it needs to the device that it gets, also what it moved before.
        """
        try:
            return work(self.device)
        except torch.cuda.OutOfMemoryError:
            if self.device == "cpu":
                raise
        # Not within the handler: the error holds on to all that lies on the card.
        log.warning("the graphics card is out of memory: going on with the processor")
        torch.cuda.empty_cache()
        self.device = "cpu"
        return work(self.device)
