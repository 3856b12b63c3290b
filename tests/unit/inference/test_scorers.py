import logging
import sys
from pathlib import Path

import pytest

from footage_sorter import inference
from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.inference.scorers import open_scorer
from tests.helpers.command import run_python

WEIGHTS = Path(__file__).parents[3] / "resources" / "weights"


@pytest.fixture
def without_torch(monkeypatch):
    # Both places where Python finds a module that another test has opened.
    monkeypatch.delitem(sys.modules, "footage_sorter.inference.torch_backend", raising=False)
    monkeypatch.delattr(inference, "torch_backend", raising=False)
    monkeypatch.setitem(sys.modules, "torch", None)


def test_none_opens_the_classical_scorer_and_never_torch(tmp_path, without_torch, caplog):
    scorer = open_scorer("none", tmp_path)

    assert scorer == ClassicalScorer()
    assert not caplog.records


def test_auto_falls_back_with_one_warning_and_keeps_the_reason(tmp_path, without_torch, caplog):
    with caplog.at_level(logging.WARNING):
        scorer = open_scorer("auto", tmp_path)

    assert isinstance(scorer, ClassicalScorer)
    assert "torch" in scorer.stands_in
    (record,) = caplog.records
    assert scorer.stands_in in record.getMessage()


@pytest.mark.parametrize("device", ["cpu", "cuda"])
def test_a_named_device_fails_loudly(tmp_path, without_torch, device):
    with pytest.raises(InferenceUnavailable, match="torch"):
        open_scorer(device, tmp_path)


@pytest.fixture
def full_card(monkeypatch):
    """CUDA is there, and its memory is full when the networks are to be loaded."""
    torch = pytest.importorskip("torch")
    from footage_sorter.inference import torch_backend

    def to(network, device):
        if device == "cuda":
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch_backend, "try_card", lambda: None)
    monkeypatch.setattr(torch_backend.Network, "to", to)


def test_on_a_full_card_auto_takes_the_processor_with_one_warning(full_card, caplog):
    with caplog.at_level(logging.WARNING):
        scorer = open_scorer("auto", WEIGHTS)

    assert scorer.device == "cpu"
    assert scorer.stands_in == ""
    (record,) = caplog.records
    assert "out of memory" in record.getMessage()


def test_a_full_card_that_was_named_fails_loudly(full_card):
    with pytest.raises(InferenceUnavailable, match="out of memory"):
        open_scorer("cuda", WEIGHTS)


def test_importing_scorers_loads_neither_torch_nor_qt():
    code = (
        "import sys; import footage_sorter.inference.scorers; "
        "sys.exit(bool({'torch', 'PySide6'} & sys.modules.keys()))"
    )

    assert run_python(code).status == 0
