"""Where a person goes on, and that every step can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.ui.session.culling import next_clip


def test_the_next_one():
    assert next_clip([1, 2, 3, 4], {2}) == 3


def test_at_the_end_the_one_before():
    assert next_clip([1, 2, 3], {3}) == 2


def test_after_the_last_of_a_batch():
    assert next_clip([1, 2, 3, 4, 5], {1, 3}) == 4


def test_at_the_end_of_a_batch_the_nearest_not_in_it():
    assert next_clip([1, 2, 3, 4], {3, 4}) == 2


def test_nowhere_to_go():
    assert next_clip([1], {1}) is None
    assert next_clip([], {1}) is None


@given(st.lists(st.integers(0, 30), unique=True), st.sets(st.integers(0, 30)))
def test_never_one_of_the_chosen(order, chosen):
    after = next_clip(order, chosen)
    assert after is None or (after in order and after not in chosen)
    if after is None:
        assert set(order) <= chosen
