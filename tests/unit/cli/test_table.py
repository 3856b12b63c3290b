"""What `rate` prints for a person."""

import pytest

from footage_sorter.cli.table import lines, summary
from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from tests.helpers.rows import failed, rated


@pytest.mark.parametrize(
    ("encoding", "bar"), [("utf-8", "██████░░░░  60"), ("ascii", "######....  60")]
)
def test_a_line_says_usability_verdict_flags_length_name_and_mark(encoding, bar):
    row = rated(over={Flag.SHAKY: range(4, 8)}, decision=Decision(mark=Mark.KEEP, stars=2))
    row_of_five = rated(over={Flag.SHAKY: range(5, 10)})
    _head, line, other, _sum = lines([row, row_of_five], colour=False, encoding=encoding)
    assert line.split() == [*bar.split(), "usable", "0:10", "A001.mp4", "keep", "**"]
    assert other.split()[2:4] == ["partly", "S"]


def test_a_clip_that_failed_says_why_and_is_counted():
    rows = [rated(), failed()]
    (_head, _line, line, total) = lines(rows, colour=False, encoding="utf-8")
    assert "broken.mp4: The file has no index" in line
    assert total == summary(rows) == "2 clips: 1 usable, 0 partly, 0 unusable, 1 failed"
    assert summary(rows[:1]) == "1 clip: 1 usable, 0 partly, 0 unusable"
