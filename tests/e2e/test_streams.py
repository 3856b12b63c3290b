"""What a command says, and nobody who listens: `| head`, a closed stream, a full disk."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from footage_sorter.domain.clip import Decision, Mark
from tests.e2e.conftest import CLASSICAL
from tests.e2e.test_files import decide, tree
from tests.helpers.command import Program

FULL = Path("/dev/full")
COMMANDS = [
    ("rate", "card"),
    ("rate", "card", "--json", "-"),
    ("export", "csv", "-"),
    ("files", "copy", "--to", "elsewhere"),
    ("learn",),
    ("classifier", "list"),
]

needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")


@contextmanager
def nobody():
    """The writing end of a pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        yield writing
    finally:
        os.close(writing)


def run(program, *words, **streams):
    """Run it in the folder of its home; status and what was said to standard error."""
    command = [sys.executable, "-W", "error", "-m", "footage_sorter", *words, *CLASSICAL]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    ended = subprocess.run(
        command, **streams, text=True, env=program.environment, cwd=program.home, check=False
    )
    return ended.returncode, ended.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory, shoot):
    """A program with one kept clip in the folder "card" of its home."""
    program = Program(tmp_path_factory.mktemp("home"))
    card = program.home / "card"
    card.mkdir()
    (card / "sharp.mp4").write_bytes((shoot / "sharp.mp4").read_bytes())
    assert run(program, "rate", "card")[0] == 0
    decide(program, card, {"sharp.mp4": Decision(Mark.KEEP)})
    return program


@pytest.fixture(scope="module")
def usual(home):
    """How each command ends when somebody listens."""
    return {words: run(home, *words)[0] for words in COMMANDS}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_reader_that_left_changes_nothing(home, usual, words):
    with nobody() as writing:
        status, said = run(home, *words, stdout=writing)
    assert status == usual[words]
    assert "Traceback" not in said
    assert "Broken" not in said


@needs_full
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_result_that_goes_to_a_full_disk_is_a_sentence(home, words):
    with FULL.open("w") as full:
        status, said = run(home, *words, stdout=full)
    assert status == 2
    assert said.splitlines()[-1] == (
        "footage-sorter: standard output cannot be written: No space left on device."
    )
    assert "Traceback" not in said


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_without_a_standard_output_only_a_result_that_was_meant_for_it_fails(home, usual, words):
    shell = ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-m", "footage_sorter"]
    ended = subprocess.run(
        [*shell, *words, *CLASSICAL],
        stderr=subprocess.PIPE,
        text=True,
        env=home.environment,
        cwd=home.home,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert ended.returncode == (2 if "-" in words else usual[words])


def test_files_are_copied_though_nobody_reads_what_is_told(home):
    with nobody() as writing:
        status, _ = run(home, "files", "copy", "--to", "there", "--yes", stdout=writing)
    assert status == 0
    assert tree(home.home / "there") == tree(home.home / "card")


def test_clips_are_rated_though_nobody_reads_how_far_it_is(home):
    with nobody() as writing:
        status, _ = run(home, "rate", "card", "--no-cache", "--json", "out.json", stderr=writing)
    assert status == 0
    assert (home.home / "out.json").exists()


@needs_full
def test_clips_are_rated_though_the_log_of_it_has_no_room(home):
    with FULL.open("w") as full:
        status, _ = run(home, "rate", "card", "--verbose", "--json", "out.json", stderr=full)
    assert status == 0
