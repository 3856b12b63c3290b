import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import Why
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import FaultLimit, Limits
from footage_sorter.domain.rating import Verdict
from footage_sorter.services.handoff import csv_json
from tests.helpers.rows import LIMITS, MODELS, failed, media, rated, unread
from tests.helpers.schema import check, published
from tests.unit.services.handoff.strategies import NAMES, rows

SCHEMA = published("ratings-1")
PATH_BYTES = st.binary(min_size=1, max_size=255).filter(lambda b: b"\0" not in b and b"/" not in b)


def document(*some):
    return json.loads(
        csv_json.to_json(csv_json.to_document(some, LIMITS, "footage-sorter 0.1.0", MODELS))
    )


@settings(deadline=None)
@given(st.lists(rows(NAMES), max_size=3))
def test_the_document_is_as_the_published_schema_says(some):
    check(document(*some, failed(), unread(), rated(over={Flag.SHAKY: range(8)})), SCHEMA)


def test_every_word_of_the_program_is_in_the_schema():
    named = SCHEMA["$defs"]
    clip = named["clip"]["properties"]
    assert named["flags"]["items"]["enum"] == list(Flag)
    assert clip["error"]["properties"]["kind"]["enum"] == list(Why)
    assert named["mark"]["enum"] == list(Mark)
    assert clip["verdict"]["enum"] == [*Verdict, None]
    assert clip.keys() == document(failed())["clips"][0].keys()


def lines(*some):
    return list(csv.DictReader(io.StringIO(csv_json.to_csv(some), newline="")))


RATED = {
    "path": "/fest/day 1/A001.mp4",
    "status": "rated",
    "error": None,
    "duration_s": 10.04,
    "frame_rate": "30000/1001",
    "width": 1280,
    "height": 720,
    "rotation": 90,
    "codec": "h264",
    "camera": "GoPro HERO9",
    "recorded_at": "2026-03-14T09:26:00+00:00",
    "start_timecode": None,
    "usability": 10,
    "verdict": "unusable",
    "flags": ["blurry"],
    "percent": {
        "sharp": 9.0,
        "blurry": 91.0,
        "well_exposed": 80.0,
        "underexposed": 10.0,
        "overexposed": 10.0,
        "steady": 100.0,
        "shaky": 0.0,
    },
    "best_segment": {"start_s": 0.0, "end_s": 1.0},
    "mark": "keep",
    "stars": 4,
    "note": "",
    "in_s": None,
    "out_s": None,
    "overruled": [],
    "pass": "full",
    "damage": None,
    "missing": False,
    "limits": None,
    "content": None,
    "size_bytes": 1000,
    "tags": [],
    "noise": None,
    "usual_noise": None,
    "for_you": None,
}
"""What the document says of the clip below, but for its seconds and the reasons."""


def test_a_rated_clip_has_every_key_of_the_document():
    facts = media(10.04, Fraction(30000, 1001), rotation_deg=90)
    row = rated(facts=facts, over={Flag.BLURRY: range(1, 10)}, decision=Decision(Mark.KEEP, 4))
    whole = document(row)
    assert {k: whole[k] for k in ("schema", "app")} == {"schema": 1, "app": "footage-sorter 0.1.0"}
    assert whole["models"]["blur"] == "sharp@1"
    assert whole["limits"]["blurry"] == {"over": 0.6, "tolerated": 0.75}
    (clip,) = whole["clips"]
    seconds, reasons = clip.pop("seconds"), clip.pop("reasons")
    assert clip == RATED
    assert len(seconds) == 10
    assert seconds[1] == {
        "start_s": 1.0,
        "blur": 1.0,
        "underexposed": 0.1,
        "overexposed": 0.1,
        "shake": 0.1,
    }
    assert len(reasons) == 1
    assert reasons[0].startswith("Too blurred: 90 % of seconds over 0.60 (limit 75 %), at 0:01")


def test_noise_is_in_percent_and_in_the_csv_too():
    row = replace(rated(), noise=0.01234, usual_noise=0.02)
    (clip,) = document(row)["clips"]
    assert (clip["noise"], clip["usual_noise"]) == (1.234, 2.0)
    (line,) = csv.DictReader(io.StringIO(csv_json.to_csv([row]), newline=""))
    assert (line["noise"], line["usual_noise"]) == ("1.234", "2.0")


def test_what_was_not_measured_is_null_and_not_zero():
    flags = frozenset({Flag.SHAKY, Flag.OVEREXPOSED, Flag.UNDEREXPOSED})
    (clip,) = document(rated(decision=Decision(overruled=flags)))["clips"]
    assert clip["seconds"][0] == {
        "start_s": 0.0,
        "blur": 0.1,
        "underexposed": None,
        "overexposed": None,
        "shake": None,
    }
    percent = clip["percent"]
    assert (percent["steady"], percent["well_exposed"], percent["sharp"]) == (None, None, 90.0)
    assert clip["overruled"] == ["overexposed", "underexposed", "shaky"]


def test_a_failed_clip_says_why_and_has_no_rating():
    (clip,) = document(failed())["clips"]
    assert clip["status"] == "failed"
    assert clip["error"]["kind"] == "no_index"
    assert "no index" in clip["error"]["message"]
    rest = {k: v for k, v in clip.items() if k not in ("path", "status", "error")}
    said = {k: rest.pop(k) for k in ("mark", "stars", "note", "overruled", "missing")}
    assert said == {"mark": "none", "stars": 0, "note": "", "overruled": [], "missing": False}
    assert rest.pop("size_bytes") == 3
    assert rest.pop("tags") == []
    assert set(rest.values()) == {None}


def test_an_unread_clip_stands_apart_with_what_was_said_and_has_no_rating_in_the_table():
    said = Decision(Mark.KEEP, stars=3, note="the kiss", in_s=1.5)
    found = document(replace(unread(), decision=said))
    assert found["clips"] == []
    (clip,) = found["unrated"]
    assert clip["path"] == str(unread().clip.path)
    assert (clip["mark"], clip["stars"], clip["note"], clip["in_s"]) == ("keep", 3, "the kiss", 1.5)
    assert "usability" not in clip
    (line,) = lines(unread())
    assert (line["status"], line["usability"], line["verdict"]) == ("unrated", "", "")


def test_the_table_has_one_line_a_clip_in_the_order_given():
    found = lines(failed(), rated(over={Flag.SHAKY: range(8)}, decision=Decision(stars=2)))
    assert [line["status"] for line in found] == ["failed", "rated"]
    assert found[0]["error"].startswith("The file has no index")
    assert found[1]["flags"] == "shaky"
    assert (found[1]["best_start_s"], found[1]["best_end_s"]) == ("8.0", "10.0")
    assert (found[1]["usability"], found[1]["stars"], found[1]["steady"]) == ("20", "2", "20.0")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'", "\t", "\r"])
def test_a_name_is_never_a_formula(start):
    name = start + "SUM(A1)"
    (line,) = lines(rated(Path("/fest") / name))
    assert line["file"] == "'" + name
    assert csv_json.plain_text(line["file"]) == name


@given(PATH_BYTES)
def test_any_name_that_a_file_may_have_survives_both(name):
    path = Path("/fest") / name.decode("utf-8", "surrogateescape")
    row = rated(path)
    assert document(row)["clips"][0]["path"] == str(path)
    stored = csv_json.to_csv([row]).encode("utf-8", "surrogateescape")
    (line,) = csv.DictReader(io.StringIO(stored.decode("utf-8", "surrogateescape"), newline=""))
    assert csv_json.plain_text(line["path"]) == str(path)
    assert csv_json.plain_text(line["file"]) == path.name


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_any_note_survives_both(note):
    row = rated(decision=Decision(note=note))
    assert document(row)["clips"][0]["note"] == note
    (line,) = lines(row)
    assert csv_json.plain_text(line["note"]) == note


def test_a_clip_that_other_limits_judged_says_by_which():
    stage = Limits().with_limit(Flag.BLURRY, FaultLimit(0.7, 0.75))
    row = replace(rated(over={Flag.BLURRY: range(9)}), limits=stage)
    (clip,) = document(row)["clips"]
    assert clip["limits"]["blurry"] == {"over": 0.7, "tolerated": 0.75}
    assert "over 0.70" in clip["reasons"][0]
