"""Names in the order in which a person counts."""

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.order import natural_key


def test_clip_9_comes_before_clip_10_whatever_its_capitals():
    names = ["clip10.mp4", "CLIP9.mp4", "clip9b.mp4", "A2", "a10", "7.mp4", ""]
    assert sorted(names, key=natural_key) == [
        *("", "7.mp4", "A2", "a10", "CLIP9.mp4", "clip9b.mp4", "clip10.mp4"),
    ]


@given(st.lists(st.text()))
def test_any_names_can_be_compared(names):
    assert len(sorted(names, key=natural_key)) == len(names)
