from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.brought import Brought, joined
from footage_sorter.services.handoff.csv_json import to_csv
from footage_sorter.services.handoff.csv_read import read_csv
from tests.helpers.rows import LIMITS
from tests.unit.services.handoff.strategies import NAMES, decisions, rows

HERE = Path("/fest.csv")


@settings(deadline=None)
@given(st.lists(rows(NAMES), max_size=4))
def test_everything_a_person_decided_comes_back(some):
    data = to_csv(some, LIMITS).encode("utf-8", "surrogateescape")
    assert read_csv(data, HERE) == tuple(Brought(row.clip.path, row.decision) for row in some)


def test_a_table_that_a_spreadsheet_saved_is_read():
    data = b"\xef\xbb\xbfstars,mine,mark,path\n4,x,keep,'=a.mp4\n,,,b.mp4\n"
    assert read_csv(data, HERE) == (
        Brought(Path("=a.mp4"), Decision(Mark.KEEP, 4)),
        Brought(Path("b.mp4"), Decision()),
    )


@pytest.mark.parametrize(
    "lines",
    [
        b"", b"path,mark\n", b"path,mark,stars\na,maybe,1\n", b"path,mark,stars\na,keep,six\n",
        b"path,mark,stars\na,keep,9\n", b"path,mark,stars,in_s\na,keep,1,nan\n",
        b"path,mark,stars,in_s\na,keep,1,1e999\n", b'path,mark,stars\n"a,keep,1\n',
        b"path,mark,stars\na,keep," + b"9" * 5000 + b"\n",
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
