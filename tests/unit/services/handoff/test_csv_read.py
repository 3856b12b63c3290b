from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import ContentId, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.csv_json import to_csv
from footage_sorter.services.handoff.csv_read import read_csv
from footage_sorter.services.handoff.imported import Imported, Traits, joined
from tests.helpers.rows import rated
from tests.unit.services.handoff.strategies import NAMES, decisions, rows

HERE = Path("/fest.csv")


@settings(deadline=None)
@given(st.lists(rows(NAMES), max_size=4))
def test_everything_a_person_decided_comes_back(some):
    data = to_csv(some).encode("utf-8", "surrogateescape")
    assert read_csv(data, HERE) == tuple(Imported(row.clip.path, row.decision) for row in some)


def test_a_table_that_a_spreadsheet_saved_is_read():
    data = b"\xef\xbb\xbfstars,mine,mark,path\n4,x,keep,'=a.mp4\n,,,b.mp4\n"
    assert read_csv(data, HERE) == (
        Imported(Path("=a.mp4"), Decision(Mark.KEEP, 4)),
        Imported(Path("b.mp4"), Decision()),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_the_dialects_of_spreadsheets_are_read(encoding, delimiter):
    lines = "path#mark#stars#in_s#duration_s#size_bytes\r\nä.mp4#keep#2#1,5#10,04#900\r\n"
    (one,) = read_csv(lines.replace("#", delimiter).encode(encoding), HERE)
    assert one == Imported(Path("ä.mp4"), Decision(Mark.KEEP, 2, in_s=1.5))
    assert (one.traits.duration_s, one.traits.size_bytes) == (10.04, 900)


def test_what_tells_which_clip_it_is_comes_along_and_nonsense_in_it_does_not():
    row = rated("/fest/=A.mp4", content=ContentId("c" * 32))
    (one,) = read_csv(to_csv([row]).encode(), HERE)
    assert one.traits == Traits("=A.mp4", row.clip.content, 1000, 10.0)
    odd = b"path,mark,stars,content,size_bytes,duration_s\na,,,../x,1e999,nan\n"
    assert read_csv(odd, HERE)[0].traits == Traits()


@pytest.mark.parametrize(
    "lines",
    [
        b"", b"path,mark\n", b"path,mark,stars\na,maybe,1\n", b"path,mark,stars\na,keep,six\n",
        b"path,mark,stars\na,keep,9\n", b"path,mark,stars,in_s\na,keep,1,nan\n",
        b"path,mark,stars,in_s\na,keep,1,1e999\n", b'path,mark,stars,in_s\na,keep,1,"1,5"\n',
        b'path,mark,stars\n"a,keep,1\n',
        b"path,mark,stars\na,keep," + b"9" * 5000 + b"\n",
        b"path,mark,stars\n,keep,1\n", b"path,mark,stars\na\0b,keep,1\n", b"\xff\xfea",
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_one_error(lines):
    with pytest.raises(ExchangeRefused) as caught:
        read_csv(lines, HERE)
    assert caught.value.path == HERE


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ExchangeRefused):
        read_csv(b"path,mark,stars\n" + data, HERE)


@given(decisions(), decisions())
def test_a_persons_own_decision_is_never_demoted(mine, theirs):
    both = joined(mine, theirs)
    assert joined(both, theirs) == both
    assert mine.mark in (Mark.NONE, both.mark)
    assert mine.stars in (0, both.stars)
    assert mine.note in both.note
    assert mine.overruled <= both.overruled
    if mine.in_s is not None:
        assert (both.in_s, both.out_s) == (mine.in_s, mine.out_s)
