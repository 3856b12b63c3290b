"""Where the command begins."""

import gc
import sys
import tomllib

from footage_sorter import __main__ as begins
from footage_sorter import app
from tests.helpers.command import ROOT, run_python


def interrupted(_argv=None):
    raise KeyboardInterrupt


def test_an_interruption_that_nobody_else_hears_is_a_status_and_no_traceback(monkeypatch):
    monkeypatch.setattr(app, "main", interrupted)
    monkeypatch.setattr(sys, "argv", ["footage-sorter"])
    assert begins.main() == 130


def test_garbage_is_collected_again_once_the_program_is_loaded(monkeypatch):
    seen = []
    monkeypatch.setattr(app, "main", lambda: seen.append(gc.isenabled()) or 0)
    monkeypatch.setattr(sys, "argv", ["footage-sorter"])
    assert begins.main() == 0
    assert seen == [True]


def test_what_takes_long_to_load_is_loaded_where_an_interruption_is_heard():
    code = (
        "import sys, footage_sorter.__main__;"
        "assert not {'numpy', 'footage_sorter.app', 'footage_sorter.media'} & set(sys.modules)"
    )
    assert run_python(code).status == 0


def test_the_installed_commands_begin_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    commands = project["scripts"] | project["gui-scripts"]
    assert set(commands.values()) == {f"{begins.main.__module__}:{begins.main.__name__}"}
