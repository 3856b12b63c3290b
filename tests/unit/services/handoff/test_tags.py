"""What classifiers call a clip is a keyword, or the nearest thing to one, in every format."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.domain.tags import Tag
from footage_sorter.services.handoff.formats import FORMATS, Occasion
from footage_sorter.services.handoff.xmp import to_xmp
from tests.helpers.rows import LIMITS, MODELS, rated
from tests.unit.services.handoff.fcpxml_schema import violations

OCCASION = Occasion("x", MODELS, LIMITS, datetime(2026, 1, 1, tzinfo=UTC), lambda _: None)
SAID = {"json": b'"label": "indoor"'}
"""Where title and label stand apart."""
HOSTILE = Tag("evil", "]]><x", '=cmd|\' & "quoted"', 0.51)


def row(label="indoor", *more):
    tag = Tag("place", "Place", label, 0.9, ("indoor", "outdoor"))
    return replace(rated(decision=Decision(Mark.KEEP)), tags=(tag, *more))


def xmp(one, existing=None):
    return to_xmp(one, RejectDialect.BOTH, existing, Path("/x.xmp"))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_says_the_tag(kind):
    assert SAID.get(kind, b"Place: indoor") in FORMATS[kind].write([row()], OCCASION)
    assert SAID.get(kind, b"Place: indoor") not in FORMATS[kind].write(
        [replace(row(), tags=())], OCCASION
    )


@pytest.mark.parametrize("kind", FORMATS)
def test_a_hostile_label_breaks_no_format(kind):
    data = FORMATS[kind].write([row("indoor", HOSTILE)], OCCASION)
    assert SAID.get(kind, b"Place: indoor") in data
    if data.startswith(b"<?xml"):
        ET.fromstring(data)
        assert b"]]><x" not in data
    if kind == "report":
        assert b"]]><x" not in data


@pytest.mark.parametrize("kind", ["fcpxml", "fcpxml-timeline"])
def test_final_cut_gets_keywords_where_its_schema_has_them(kind):
    root = ET.fromstring(FORMATS[kind].write([row()], OCCASION))
    assert violations(root) == []
    assert [one.get("value") for one in root.iter("keyword")] == ["Place: indoor"]


def test_json_and_csv_keep_them_apart_from_the_rest():
    (clip,) = json.loads(FORMATS["json"].write([row()], OCCASION))["clips"]
    (tag,) = clip["tags"]
    assert tag == {
        "classifier": "place", "title": "Place", "label": "indoor", "probability": 0.9,
    }  # fmt: skip
    text = FORMATS["csv"].write([row()], OCCASION).decode()
    (line,) = csv.DictReader(io.StringIO(text, newline=""))
    assert line["tags"] == "Place: indoor"


def test_a_sidecar_forgets_a_tag_that_no_longer_holds_and_keeps_others_keywords():
    first = xmp(row())
    assert b"Place: indoor" in first
    theirs = first.replace(
        b"<rdf:li>Place: indoor", b"<rdf:li>wedding</rdf:li><rdf:li>Place: indoor"
    )
    second = xmp(row("outdoor"), theirs)
    assert b"Place: outdoor" in second
    assert b"Place: indoor</rdf:li>" not in second
    assert b"wedding" in second


def test_resolve_knows_every_label_as_its_own_so_that_a_second_run_replaces_it():
    script = FORMATS["resolve"].write([row()], OCCASION).decode()
    ours = re.search(r"^OUR_KEYWORDS = .*$", script, re.MULTILINE)[0]
    assert "Place: indoor" in ours
    assert "Place: outdoor" in ours
