"""Where the command begins."""

import subprocess
import sys
import tomllib
from pathlib import Path

from footage_sorter import __main__ as begins
from footage_sorter import app

ROOT = Path(__file__).resolve().parents[2]


def interrupted(_argv=None):
    raise KeyboardInterrupt


def test_an_interruption_that_nobody_else_hears_is_a_status_and_no_traceback(monkeypatch):
    monkeypatch.setattr(app, "main", interrupted)
    monkeypatch.setattr(sys, "argv", ["footage-sorter"])
    assert begins.main() == 130


def test_what_takes_long_to_load_is_loaded_where_an_interruption_is_heard():
    code = (
        "import sys, footage_sorter.__main__;"
        "assert not {'numpy', 'footage_sorter.app', 'footage_sorter.media'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_installed_commands_begin_there():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    commands = project["scripts"] | project["gui-scripts"]
    assert set(commands.values()) == {f"{begins.main.__module__}:{begins.main.__name__}"}
