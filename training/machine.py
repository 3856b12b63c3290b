"""The machine that a run is on: one process or several, on CUDA or the processor."""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import torch
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import Sampler

from training.errors import TrainingError

_LONGEST_WAIT = timedelta(hours=2)
"""While the leading process judges, the others wait; the default of NCCL is ten minutes."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where this process runs.

    Attributes:
        device: "cpu", "cuda" or "cuda:N".
        rank: This process, from 0; 0 alone writes and judges.
        processes: How many processes torchrun started; 1 without it.
    """

    device: torch.device
    rank: int
    processes: int

    @property
    def leads(self) -> bool:
        """Whether this process writes and judges."""
        return self.rank == 0

    def spread(self, network: nn.Module) -> nn.Module:
        """Return `network` on this device, its gradients shared between the processes."""
        network = network.to(self.device)
        if not any(weight.ndim == 5 for weight in network.parameters()):
            # Convolutions over volumes have another order, which the processor does not profit of.
            network = network.to(memory_format=torch.channels_last)
        if self.processes == 1:
            return network
        if self._cuda:
            network = nn.SyncBatchNorm.convert_sync_batchnorm(network)  # type: ignore[no-untyped-call]
        devices = [self.device] if self._cuda else None
        return DistributedDataParallel(network, device_ids=devices)

    def half(self, *, wanted: bool) -> torch.autocast:
        """Return the mixed precision of this device: half on CUDA, bfloat16 on a processor."""
        dtype = torch.float16 if self._cuda else torch.bfloat16
        able = self._cuda or bool(torch.backends.mkldnn.is_available())  # type: ignore[no-untyped-call]
        return torch.autocast(self.device.type, dtype=dtype, enabled=wanted and able)

    def agree(self, value: bool) -> bool:  # noqa: FBT001 - the value itself, not a switch
        """Return the leading process's `value` in every process."""
        if self.processes == 1:
            return value
        held = torch.tensor([int(value)], device=self.device)
        distributed.broadcast(held, src=0)
        return bool(held.item())

    def share(self, amount: torch.Tensor) -> torch.Tensor:
        """Return `amount`, one number > 0, over the mean of what all processes have of it."""
        if self.processes == 1:
            return torch.ones_like(amount)
        total = amount.clone()
        distributed.all_reduce(total)
        return amount * self.processes / total

    @property
    def _cuda(self) -> bool:
        return self.device.type == "cuda"


class Turns(Sampler[int]):
    """The order of an epoch. Processes take turns in the one order that a single one would follow.

    So the processes' batches of one step, taken together, are a single process's batch.
    """

    def __init__(self, length: int, machine: Machine, random: torch.Generator) -> None:
        self._length, self._machine, self._random = length, machine, random

    def __len__(self) -> int:
        return self._length // self._machine.processes

    def __iter__(self) -> Iterator[int]:
        order = torch.randperm(self._length, generator=self._random).tolist()
        rank, processes = self._machine.rank, self._machine.processes
        return iter(order[rank : len(self) * processes : processes])


@contextmanager
def joined(device: str, threads: int) -> Iterator[Machine]:
    """Join the other processes of a torchrun, if there are any, and leave them at the end.

    Args:
        device: "auto", "cpu" or "cuda".
        threads: Processor threads of torch; 0 leaves its default.

    Raises:
        TrainingError: CUDA was asked for and is not there.
    """
    if device == "cuda" and not torch.cuda.is_available():
        raise TrainingError("no CUDA device here")
    if threads:
        torch.set_num_threads(threads)
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    rank = int(os.environ.get("RANK", "0"))
    cuda = device != "cpu" and torch.cuda.is_available()
    local = int(os.environ.get("LOCAL_RANK", "0"))
    if cuda:  # before the processes meet: each must come with a card of its own
        torch.cuda.set_device(local)
    if processes > 1:
        distributed.init_process_group("nccl" if cuda else "gloo", timeout=_LONGEST_WAIT)
    try:
        yield Machine(torch.device("cuda", local) if cuda else torch.device("cpu"), rank, processes)
    finally:
        if processes > 1:
            distributed.destroy_process_group()


def seed_everything(seed: int) -> None:
    """Seed every generator that a run draws from, and ask for repeatable algorithms."""
    # Products and recurrent layers on CUDA repeat themselves only with a workspace of fixed size,
    # which is read when they are first used.
    # Source: https://docs.pytorch.org/docs/stable/notes/randomness.html
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - torchvision and others draw from the global one
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
    torch.backends.cudnn.benchmark = False
