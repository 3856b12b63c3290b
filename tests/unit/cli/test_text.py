"""Names on a terminal: one line, no tricks."""

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.cli.text import counted, one_line

names = st.text(st.characters(codec=None), max_size=80)


@given(names)
def test_nothing_steers_the_terminal(name):
    written = one_line(name)
    assert written.isprintable()
    written.encode("utf-8")  # no lone surrogate is left


@given(names, st.integers(1, 60))
def test_a_name_is_elided_in_the_middle(name, most):
    written = one_line(name, most)
    assert len(written) <= most
    if len(one_line(name)) <= most:
        assert written == one_line(name)


def test_an_escape_sequence_is_spelled_out():
    assert one_line("a\x1b[2Jb\n.mp4") == "a\\x1b[2Jb\\n.mp4"
    assert one_line("clip_\udcff.mp4") == "clip_\\udcff.mp4"
    assert one_line("abcdefghij", 5) == "ab…ij"


def test_one_is_not_many():
    assert [counted(n, "clip") for n in range(3)] == ["0 clips", "1 clip", "2 clips"]
