"""Where a command's words and results go; what needs a process is in tests/e2e/test_streams."""

import os
import sys
from pathlib import Path

import pytest

from footage_sorter.cli.output import check_writable, colourful
from footage_sorter.domain.errors import OutputFailed


def test_a_folder_that_forbids_the_result_is_told_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda folder, wish: folder != tmp_path or wish != os.W_OK)
    with pytest.raises(OutputFailed):
        check_writable(str(tmp_path / "out.json"))
    (tmp_path / "deep").mkdir()
    check_writable(str(tmp_path / "deep" / "out.json"))


def test_a_film_that_was_named_in_place_of_the_result_is_told_before_the_work(tmp_path):
    (tmp_path / "A001.mov").write_bytes(b"an original")
    with pytest.raises(OutputFailed):
        check_writable(str(tmp_path / "A001.mov"))
    check_writable(str(tmp_path / "new.mov"))


class Stream:
    def __init__(self, terminal):
        self.isatty = lambda: terminal


def test_colours_are_for_a_terminal_and_for_who_wants_them(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for stream, wanted in ((Stream(True), True), (Stream(False), False), (None, False)):
        monkeypatch.setattr(sys, "stdout", stream)
        assert colourful() is wanted
    monkeypatch.setattr(sys, "stdout", Stream(True))
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colourful()


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="no devices as files on this system")
def test_what_is_written_to_as_it_is_needs_no_right_to_its_folder(monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    check_writable("/dev/null")
    check_writable("-")
