import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import ContentId, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.csv_json import to_document, to_json
from footage_sorter.services.handoff.imported import Imported, Traits
from footage_sorter.services.handoff.json_read import read_json
from tests.helpers.rows import LIMITS, MODELS, failed, rated, unread
from tests.unit.services.handoff.strategies import NAMES, rows

HERE = Path("/fest.json")


def written(*some):
    return to_json(to_document(some, LIMITS, "footage-sorter", MODELS)).encode()


@settings(deadline=None)
@given(st.lists(rows(NAMES), max_size=4))
def test_everything_a_person_decided_comes_back(some):
    waiting = replace(unread(), decision=Decision(Mark.KEEP, stars=3, note="the kiss", in_s=1.5))
    assert read_json(written(waiting, *some, failed()), HERE) == (
        *(Imported(row.clip.path, row.decision) for row in some),
        Imported(failed().clip.path, Decision()),
        Imported(waiting.clip.path, waiting.decision),
    )


def test_what_tells_which_clip_it_is_comes_along():
    (one,) = read_json(written(rated(content=ContentId("c" * 32))), HERE)
    assert one.traits == Traits("", ContentId("c" * 32), 1000, 10.0)


def test_a_script_may_leave_out_what_it_does_not_change():
    data = b'{"schema": 1, "mine": [], "clips": [{"path": "/a.mp4", "mark": "keep", "new": {}}]}'
    assert read_json(data, HERE) == (Imported(Path("/a.mp4"), Decision(Mark.KEEP)),)


def clip(**values):
    return json.dumps({"schema": 1, "clips": [{"path": "/a.mp4", **values}]}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe\x00", b"null", b"[]", b"{}", b"[" * 100_000, b'{"clips": []}',
        b'{"schema": 1, "clips": {}}', b'{"schema": 1, "clips": [], "unrated": {}}',
        b'{"schema": 1, "clips": [1]}',
        b'{"schema": 1, "clips": [{}]}', b'{"schema": 2, "clips": []}',
        b'{"schema": true, "clips": []}', b'{"schema": ' + b"9" * 4000 + b', "clips": []}',
        b'{"schema": 1, "clips": ' + b'[{"a":' * 50_000,
        clip(path=""), clip(path=3), clip(path="a\0b"), clip(mark="maybe"), clip(mark=["keep"]),
        clip(stars=6), clip(stars=True), clip(stars=1.5), clip(stars=10**400), clip(in_s=-1),
        clip(in_s=1e999), clip(in_s=5, out_s=1), clip(in_s=10**400), clip(note=None),
        clip(note="x" * 200_000), clip(overruled=["ugly"]), clip(overruled=3), clip(mark=None),
        b'{"schema": 1, "clips": [{"path": "/a.mp4", "in_s": NaN}]}',
    ],
)  # fmt: skip
def test_what_is_hostile_or_broken_is_one_sentence(data):
    with pytest.raises(ExchangeRefused) as caught:
        read_json(data, HERE)
    assert caught.value.path == HERE
    assert len(caught.value.detail) < 300


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with suppress(ExchangeRefused):
        read_json(data, HERE)
    with suppress(ExchangeRefused):
        read_json(b'{"schema": 1, "clips": [{"path": "/a", ' + data + b"}]}", HERE)
