"""Loading torch gently: the collector is as it was afterwards, and what is missing does no harm."""

import gc
import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from footage_sorter.inference import gentle

IN_A_PROCESS = """
import gc
from footage_sorter.inference.gentle import gently
with gently():
    maps = open("/proc/self/maps").read()
    assert "libtorch_cpu" in maps, "linked before the import"
    assert not gc.isenabled()
    import torch
assert gc.isenabled()
assert gc.get_freeze_count() > 10_000
assert torch.ones(2).sum() == 2
maps = open("/proc/self/maps").read()
paths = {line.split()[-1] for line in maps.splitlines() if "libtorch_cpu" in line}
assert len(paths) == 1, "and not a second time"
"""


def test_the_collector_waits_and_then_works_again():
    assert gc.isenabled()
    with pytest.raises(ImportError, match="no torch"):
        _import_nothing()
    assert gc.isenabled()
    gc.unfreeze()


def _import_nothing():
    with gentle.gently():
        assert not gc.isenabled()
        raise ImportError("no torch here")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_libraries_are_read_whole_before_their_code_runs(tmp_path):
    size_bytes = 3 * 2**20 + 17
    for name in ("c10", "torch_cpu", "torch_python"):  # one is missing: it does no harm
        (tmp_path / f"lib{name}.so").write_bytes(bytes(size_bytes))
    before_bytes = bytes_read()
    gentle.fetch_torch(tmp_path)
    assert bytes_read() - before_bytes >= 3 * size_bytes


def bytes_read():
    (line,) = [
        line for line in Path("/proc/self/io").read_text().splitlines() if line.startswith("rchar")
    ]
    return int(line.split()[1])


@pytest.mark.parametrize("folder", [None, Path("/nowhere")])
def test_what_cannot_be_linked_is_left_to_the_import(folder):
    gentle.fetch_torch(folder)
    gentle.link_torch(folder)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_torch_comes_whole_and_its_library_once():
    ran = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_one_thread_at_a_time_imports():
    inside, waited = [], Event()

    def second():
        with gentle.gently():
            inside.append("second")
        waited.set()

    with gentle.gently():
        other = Thread(target=second)
        other.start()
        assert not waited.wait(0.3)
        inside.append("first")
    other.join(30)
    assert inside == ["first", "second"]
    assert gc.isenabled()
    gc.unfreeze()
