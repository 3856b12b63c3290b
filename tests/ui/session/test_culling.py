"""Where a person goes on, and that every step can be taken back."""

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.ui.session.culling import clip_before, next_clip


def test_the_next_one():
    assert next_clip([1, 2, 3, 4], {2}) == 3


def test_at_the_end_nowhere_so_that_the_next_key_falls_on_no_other_clip():
    assert next_clip([1, 2, 3], {3}) is None
    assert next_clip([1, 2, 3, 4], {3, 4}) is None


def test_after_the_last_of_a_batch():
    assert next_clip([1, 2, 3, 4, 5], {1, 3}) == 4


def test_where_the_last_ones_vanish_the_nearest_before_them():
    assert clip_before([1, 2, 3, 4], {3, 4}) == 2
    assert clip_before([1, 2, 3, 4], {2, 4}) == 3


def test_nowhere_to_go():
    assert next_clip([1], {1}) is None
    assert next_clip([], {1}) is None
    assert clip_before([1], {1}) is None


@given(st.lists(st.integers(0, 30), unique=True), st.sets(st.integers(0, 30)))
def test_never_one_of_the_chosen(order, chosen):
    after, before = next_clip(order, chosen), clip_before(order, chosen)
    for one in (after, before):
        assert one is None or (one in order and one not in chosen)
    if before is None:
        assert set(order) <= chosen
    if after is not None and set(order) & chosen:
        assert order.index(after) == 1 + max(order.index(one) for one in chosen & set(order))
