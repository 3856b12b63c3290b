"""In parallel: everything once and in order, side by side, a bounded number ahead, joined."""

import threading
from contextlib import closing
from threading import Barrier, Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.media.parallel import in_parallel

WAIT_S = 20.0


def lanes_alive():
    return [thread for thread in threading.enumerate() if thread.name == "lane"]


def counted(n):
    """A lane that makes as many items of a piece as the piece says."""
    return lambda piece: ((piece, number) for number in range(n[piece]))


@given(
    n=st.lists(st.integers(0, 6), max_size=20),
    lanes=st.integers(1, 4),
)
@settings(max_examples=60, deadline=None)
def test_every_item_comes_once_and_in_order(n, lanes):
    told = list(in_parallel(range(len(n)), [counted(n)] * lanes))
    assert told == [(piece, number) for piece, many in enumerate(n) for number in range(many)]
    assert not lanes_alive()


def test_lanes_work_at_the_same_time():
    both = Barrier(2)

    def lane(piece):
        both.wait(WAIT_S)  # breaks unless the other lane is at work, too
        yield piece

    assert list(in_parallel(range(4), [lane, lane])) == [0, 1, 2, 3]


def test_a_lane_keeps_its_thread():
    threads: dict[str, set[str]] = {"a": set(), "b": set()}

    def lane(name):
        def do(piece):
            threads[name].add(str(threading.get_ident()))
            yield piece

        return do

    list(in_parallel(range(40), [lane("a"), lane("b")]))
    assert all(len(idents) <= 1 for idents in threads.values())


def test_a_single_lane_works_on_the_callers_thread():
    def lane(piece):
        yield threading.current_thread()

    assert set(in_parallel(range(3), [lane])) == {threading.current_thread()}


def test_what_is_made_ahead_is_bounded():
    gate, made = Event(), []

    def lane(piece):
        made.append(piece)
        if piece == 0:
            gate.wait(WAIT_S)
        yield piece

    with closing(in_parallel(range(1000), [lane, lane])) as items:
        release = threading.Timer(0.3, gate.set)
        release.start()
        next(items)
        assert set(made) <= set(range(5))
        release.join()
    assert not lanes_alive()


def test_an_error_comes_when_its_piece_has_its_turn():
    def lane(piece):
        if piece == 2:
            raise LookupError("planted")
        yield piece

    items = in_parallel(range(9), [lane, lane])
    assert [next(items), next(items)] == [0, 1]
    with pytest.raises(LookupError, match="planted"):
        next(items)
    assert not lanes_alive()


def test_leaving_early_closes_what_was_begun_and_begins_nothing_more():
    begun, closed = [], []

    def lane(piece):
        begun.append(piece)
        try:
            for _ in range(100):
                yield piece
        finally:
            closed.append(piece)

    items = in_parallel(range(100), [lane, lane])
    next(items)
    items.close()
    assert sorted(begun) == sorted(closed)
    assert len(begun) <= 2
    assert not lanes_alive()


def test_pieces_are_asked_for_a_few_ahead_of_what_is_told():
    asked = []
    pieces = (asked.append(n) or n for n in range(100))
    with closing(in_parallel(pieces, [lambda piece: (one for one in [piece])] * 2)) as told:
        for done in range(10):
            assert next(told) == done
            assert len(asked) <= done + 5
