"""Back-pressure: bounded ahead, joined, closed, errors carried over."""

import threading
from contextlib import closing
from threading import Event

import pytest

from footage_sorter.services.read_ahead import read_ahead


def helpers():
    return [thread for thread in threading.enumerate() if thread.name == "decode-ahead"]


class Source:
    """Counts what was made, and notes that it was closed, on which thread."""

    def __init__(self, n=1000, fail_at=None):
        self.made = 0
        self.closed_on = None
        self._n = n
        self._fail_at = fail_at

    def items(self):
        try:
            for number in range(self._n):
                if number == self._fail_at:
                    raise LookupError("planted")
                self.made += 1
                yield number
        finally:
            self.closed_on = threading.current_thread().name


def test_items_come_in_order_and_whole():
    assert list(read_ahead(Source(50).items(), Event())) == list(range(50))
    assert not helpers()


def test_the_helper_stays_a_bounded_number_ahead():
    source = Source()
    with closing(read_ahead(source.items(), Event(), depth=3)) as items:
        for expected in range(20):
            assert next(items) == expected
            # In the queue 3, in the helper's hand 1, with us 1.
            assert source.made <= expected + 5
    assert source.made <= 25


def test_leaving_early_closes_the_source_on_the_helper_and_joins_it():
    source = Source()
    items = read_ahead(source.items(), Event())
    next(items)
    items.close()
    assert source.closed_on == "decode-ahead"
    assert not helpers()


def test_an_error_is_raised_where_the_items_are_read():
    source = Source(fail_at=2)
    items = read_ahead(source.items(), Event())
    assert [next(items), next(items)] == [0, 1]
    with pytest.raises(LookupError, match="planted"):
        next(items)
    assert not helpers()


def test_a_cancel_is_seen_while_waiting_for_an_item():
    gate, cancel = Event(), Event()

    def stuck():
        yield 0
        gate.wait(10)
        yield 1

    items = read_ahead(stuck(), cancel)
    assert next(items) == 0
    timer = threading.Timer(0.05, cancel.set)
    timer.start()
    release = threading.Timer(0.3, gate.set)
    release.start()
    assert list(items) == []
    timer.join()
    release.join()
    assert not helpers()
