"""A taste as a file: it comes back as it was, and nothing else is taken for one."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.features import names
from footage_sorter.domain.report import Models
from footage_sorter.services.learning import learn_from
from footage_sorter.services.taste_file import (
    MAX_BYTES,
    from_json,
    read_taste,
    read_taste_for,
    to_json,
    write_taste,
)
from tests.helpers.marked import shoot
from tests.helpers.rows import MODELS

SCHEMA = json.loads(
    (Path(__file__).parents[3] / "resources" / "schema" / "taste-1.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def taste():
    return learn_from(shoot(), MODELS).taste


@pytest.fixture(scope="module")
def document(taste):
    return json.loads(to_json(taste))


def test_it_comes_back_as_it_was(taste, tmp_path):
    write_taste(tmp_path / "taste.json", taste)
    again = read_taste(tmp_path / "taste.json")
    for name in ("means", "scales", "weights"):
        assert np.array_equal(getattr(again.head, name), getattr(taste.head, name))
    assert (again.head.bias, again.models, again.agreement, again.learned_at_ns) == (
        taste.head.bias,
        taste.models,
        taste.agreement,
        taste.learned_at_ns,
    )
    clips = [(row.features, row.clip.media) for row in shoot(seed=3)]
    assert again.for_you(clips) == taste.for_you(clips)


def test_it_is_what_the_published_schema_says(document):
    assert set(SCHEMA["required"]) == document.keys() == SCHEMA["properties"].keys()
    for name in ("agreement", "models"):
        assert set(SCHEMA["properties"][name]["required"]) == document[name].keys()
    row = SCHEMA["properties"]["features"]["items"]
    assert all(set(row["required"]) == one.keys() for one in document["features"])
    assert [one["name"] for one in document["features"]] == list(names(0))


def test_it_names_no_clip(taste):
    assert "fest" not in to_json(taste)
    assert ".mp4" not in to_json(taste)


SPOILT = {
    "no JSON": lambda _: "{",
    "no object": lambda _: "[]",
    "another kind": lambda d: d | {"kind": "team"},
    "a newer release": lambda d: d | {"schema": 2},
    "a schema that is a text": lambda d: d | {"schema": "1"},
    "a true schema": lambda d: d | {"schema": True},
    "a key too many": lambda d: d | {"code": "rm"},
    "features that are no list": lambda d: d | {"features": {"0": 1}},
    "features that are no rows": lambda d: d | {"features": [1, 2]},
    "a feature less": lambda d: d | {"features": d["features"][:-1]},
    "a feature of another name": lambda d: with_feature(d, name="a"),
    "an infinite weight": lambda d: with_feature(d, weight=math.inf),
    "no number": lambda d: with_feature(d, mean=math.nan),
    "a huge weight": lambda d: with_feature(d, weight=1e300),
    "a huge whole number": lambda d: with_feature(d, weight=10**400),
    "a text for a number": lambda d: with_feature(d, weight="1"),
    "true for a number": lambda d: with_feature(d, weight=True),
    "no spread": lambda d: with_feature(d, scale=0.0),
    "a list for a bias": lambda d: d | {"bias": [1]},
    "too many features": lambda d: d | {"features": d["features"] * 200},
    "a model less": lambda d: d | {"models": {"blur": "a"}},
    "a model's name too long": lambda d: d | {"models": d["models"] | {"blur": "a" * 9999}},
    "no agreement": lambda d: d | {"agreement": None},
    "shares over 1": lambda d: d | {"agreement": d["agreement"] | {"after": 7}},
    "no improvement": lambda d: d | {"agreement": d["agreement"] | {"outcome": "too_few"}},
    "an outcome that is a list": lambda d: d | {"agreement": d["agreement"] | {"outcome": []}},
    "before all time": lambda d: d | {"learned_at_ns": -1},
    "deep": lambda _: "[" * 100_000,
}


def with_feature(document, **values):
    first, *rest = document["features"]
    return document | {"features": [first | values, *rest]}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_is_no_taste_is_refused_in_one_sentence(spoil, document, tmp_path):
    spoilt = spoil(dict(document))
    path = tmp_path / "taste.json"
    path.write_text(spoilt if isinstance(spoilt, str) else json.dumps(spoilt))
    with pytest.raises(ExchangeRefused) as refused:
        read_taste(path)
    assert refused.value.detail
    assert "\n" not in refused.value.detail
    assert len(refused.value.detail) < 200


def test_a_file_that_is_too_large_or_not_there_is_refused(tmp_path):
    path = tmp_path / "taste.json"
    path.write_bytes(b" " * (MAX_BYTES + 1))
    with pytest.raises(ExchangeRefused, match="larger than 1 MB"):
        read_taste(path)
    with pytest.raises(ExchangeRefused, match="No such file"):
        read_taste(tmp_path / "none.json")


def test_a_taste_of_other_models_is_refused(taste, tmp_path):
    path, rows = tmp_path / "taste.json", shoot(2)
    write_taste(path, taste)
    others = Models("other@1", "light@2", "steady@3", "sound@4")
    for here, models in ((rows, others), ([], MODELS)):
        assert read_taste_for(path, here, models).models == MODELS
    with pytest.raises(ExchangeRefused, match="learn again from your marks"):
        read_taste_for(path, [replace(row, models=others) for row in rows], others)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(SCHEMA["properties"])), json_values)
def test_any_value_anywhere_is_taken_whole_or_refused(document, key, value):
    try:
        again = from_json(json.dumps(document | {key: value}))
    except ValueError:
        return
    assert json.loads(to_json(again)) == document | {key: value}


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(data):
    with pytest.raises((ValueError, RecursionError)):
        from_json(data)
