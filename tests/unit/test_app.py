"""The composition root: what it does once all is closed."""

import sys

import pytest

from footage_sorter import app
from footage_sorter.cli.exit_status import ExitStatus


@pytest.mark.parametrize("status", ExitStatus)
def test_it_starts_again_as_it_was_called_and_only_where_it_was_wanted(monkeypatch, status):
    started = []
    monkeypatch.setattr(app, "_run", lambda _common, _command: status)
    monkeypatch.setattr(app, "_start_log", lambda **_: None)
    monkeypatch.setattr(app.subprocess, "Popen", started.append)
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-m", "footage_sorter", "a folder"])
    came_of_it = app.main([])
    if status is ExitStatus.AGAIN:
        assert started == [[sys.executable, "-m", "footage_sorter", "a folder"]]
        assert came_of_it == ExitStatus.DONE
    else:
        assert not started
        assert came_of_it == status
