import logging
import subprocess
import sys

import pytest

from footage_sorter import inference
from footage_sorter.domain.errors import InferenceUnavailable
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.inference.scorers import open_scorer


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


def test_importing_scorers_loads_neither_torch_nor_qt():
    code = (
        "import sys; import footage_sorter.inference.scorers; "
        "sys.exit(bool({'torch', 'PySide6'} & sys.modules.keys()))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
