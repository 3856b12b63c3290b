"""What holds for every test of training."""

import pytest
import torch


@pytest.fixture(autouse=True)
def _one_thread():
    """So small a network is slower on several; and a run sets the threads of its whole process."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
