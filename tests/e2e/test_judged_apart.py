"""With a window, torch stays out of its process: docs/decisions/0013."""

from tests.helpers.command import Program, run_python

CODE = """
import sys
from contextlib import closing
from footage_sorter import app
from footage_sorter.cli.requests import Common
from footage_sorter.media.decoders import Decoders

with closing(Decoders()) as decoders:
    core = app._build_core(Common(None, "cpu", verbose=False), decoders, apart=True)
    print(core.instruments.open_scorer().blur_model, "torch" in sys.modules)
    core.stop_processes()
"""


def test_the_windows_process_has_the_networks_judge_without_torch(tmp_path):
    ended = run_python(CODE, environment=Program(tmp_path).environment)
    model, has_torch = ended.out.split()
    assert model.startswith("blur-")
    assert has_torch == "False"
