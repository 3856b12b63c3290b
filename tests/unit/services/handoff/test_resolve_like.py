"""Resolve's own export comes back with our cells filled in, in its columns and its encoding."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.services.handoff.resolve import metadata
from footage_sorter.services.handoff.resolve_like import filled_in
from tests.helpers.rows import rated

HERE = Path("/resolve.csv")
KEPT = rated("/fest/A001.mp4", over={Flag.SHAKY: range(6)}, decision=Decision(Mark.KEEP, 3, "mine"))
COLUMNS = "Comments,Tag,File Name,Clip Directory,Shot Frame Rate,Keywords,Start TC"
THEIRS = ('"old, words",0,A001.mp4,/fest,25.000,"wedding,keep",01:00:00:00',)


def exported(*lines, columns=COLUMNS, encoding="utf-16"):
    return ("\r\n".join([columns, *lines]) + "\r\n").encode(encoding)


def filled(data, *rows):
    made = filled_in(data, HERE, rows, metadata)
    encoding = "utf-16" if made[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return list(csv.DictReader(io.StringIO(made.decode(encoding), newline="")))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig"])
def test_its_columns_stay_as_they_are_and_ours_are_filled_in(encoding):
    (line,) = filled(exported(*THEIRS, encoding=encoding), KEPT)
    assert list(line) == COLUMNS.split(",")
    assert line["Shot Frame Rate"] == "25.000"
    assert line["Start TC"] == "01:00:00:00"
    assert line["Keywords"] == "wedding, keep, too shaky, 3 stars"
    assert line["Comments"].split("\n")[:2] == ["old, words", "mine"]
    assert line["Tag"] == "1", "a good take"


def test_doing_it_twice_changes_nothing():
    once = filled_in(exported(*THEIRS), HERE, [KEPT], metadata)
    assert filled_in(once, HERE, [KEPT], metadata) == once


def test_a_clip_is_found_by_its_folder_or_by_a_name_that_is_there_once():
    lines = [",0,A001.mp4,/fest,,,", ",0,A001.mp4,/other,,,", ",0,B.mp4,D:\\x,,,"]
    found = filled(exported(*lines), KEPT, rated("/z/A001.mp4"), rated("/fest/B.mp4"))
    assert [(line["File Name"], line["Clip Directory"]) for line in found] == [
        ("A001.mp4", "/fest"),
        ("B.mp4", "D:\\x"),
    ]


def test_nobodys_good_take_is_touched_without_a_mark():
    (line,) = filled(exported(",1,A001.mp4,/fest,,,"), rated("/fest/A001.mp4"))
    assert line["Tag"] == "1"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfea", b"\xff\xfe", b"a,b\n", exported(columns="Dateiname,Schlagwort"),
        exported(columns="File Name,Clip Directory,Stichworte"), b'File Name,Clip Directory\n"',
    ],
)  # fmt: skip
def test_what_is_no_such_export_is_one_sentence(data):
    with pytest.raises(ExchangeRefused) as caught:
        filled_in(data, HERE, [KEPT], metadata)
    assert caught.value.path == HERE


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ExchangeRefused):
        filled_in(b"File Name,Clip Directory,Keywords\n" + data, HERE, [KEPT], metadata)
