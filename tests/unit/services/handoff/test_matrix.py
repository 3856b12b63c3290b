"""Every format against every promise of the hand-off; a new format fails here until it keeps them.

| format          | back into an empty library | hostile names | half a frame | hostile input      |
|-----------------|----------------------------|---------------|--------------|--------------------|
| csv             | test_read_back, here       | here          | here, exact  | test_csv_read      |
| json            | test_read_back, here       | here          | here, exact  | test_json_read     |
| fcpxml          | test_read_back, test_fcpxml| here          | here         | test_fcpxml        |
| fcpxml-timeline | written only               | here          | here         | -                  |
| premiere        | written only               | here          | here         | -                  |
| resolve         | written only               | here          | here         | -                  |
| resolve-csv     | written only               | here          | no ranges    | test_resolve       |
| otio            | written only               | here          | here         | -                  |
| edl             | written only               | here          | here         | -                  |
| report          | written only               | test_report   | no ranges    | -                  |
| xmp             | test_sidecars, here        | test_sidecars | here         | test_xmp           |
| team            | test_team                  | test_team     | exact        | test_team          |

The structure of FCPXML is checked by `fcpxml_schema`, OTIO by its own library in test_otio, our
JSON of the team by its published schema in test_team.
"""

import csv
import io
import json
import re
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from footage_sorter.cli import requests
from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.rating import Segment
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.handoff.csv_json import plain_text
from footage_sorter.services.handoff.formats import FORMATS, Occasion
from footage_sorter.services.handoff.text import encodable, path_of, xml_text
from footage_sorter.services.handoff.timebase import timebase_of
from footage_sorter.services.handoff.xmp import to_xmp
from tests.helpers.rows import LIMITS, MODELS, media, rated
from tests.unit.services.handoff.fcpxml_schema import violations
from tests.unit.services.handoff.strategies import HOSTILE_NAMES

OCCASION = Occasion("x", MODELS, LIMITS, datetime(2026, 1, 1, tzinfo=UTC), lambda _: None)
NTSC = Fraction(1000, 1001)
RATES = {
    "23.976": 24 * NTSC,
    "25": Fraction(25),
    "29.97": 30 * NTSC,
    "59.94": 60 * NTSC,
    "variable": Fraction(28347, 953),  # what a telephone's frames come to
}
RANGES = [(0.0, 0.04), (1 / 3, 2 / 3), (1.001, 59.999), (12.3456789, 80.0101), (88.0, 89.99)]
TIMECODES = [None, "01:00:00:00", "10:11:12;14"]


def written(kind, row):
    if kind == "xmp":
        return to_xmp(row, RejectDialect.BOTH, None, Path("/x.xmp"))
    return FORMATS[kind].write([row], OCCASION)


def of_csv(data, row):
    (line,) = csv.DictReader(io.StringIO(data.decode("utf-8", "surrogateescape"), newline=""))
    return plain_text(line["path"]), Segment(float(line["in_s"]), float(line["out_s"]))


def of_json(data, row):
    (clip,) = json.loads(data)["clips"]
    return clip["path"], Segment(clip["in_s"], clip["out_s"])


def of_fcpxml(data, row):
    root = ET.fromstring(data)
    assert violations(root) == []
    clip = root.find(".//asset-clip")
    asset = next(one for one in root.iter("asset") if one.get("id") == clip.get("ref"))
    found = clip.find("rating[@value='favorite']")
    found = clip if found is None else found
    start = seconds(found.get("start")) - seconds(asset.get("start"))
    path = path_of(asset.find("media-rep").get("src"))
    return str(path), Segment(start, start + seconds(found.get("duration")))


def seconds(text):
    return Fraction(text.removesuffix("s"))


def of_premiere(data, row):
    root = ET.fromstring(data)
    spans = []
    for item in (root.find(".//clip"), root.find(".//sequence//clipitem")):
        rate = item.find("rate")
        fps = int(rate.findtext("timebase")) * (NTSC if rate.findtext("ntsc") == "TRUE" else 1)
        spans.append(Segment(int(item.findtext("in")) / fps, int(item.findtext("out")) / fps))
    assert spans[0] == spans[1]
    return str(path_of(root.findtext(".//pathurl"))), spans[0]


def of_resolve(data, row):
    literal = re.search(r"^CLIPS = json\.loads\((.*)\)$", data.decode(), re.MULTILINE)[1]
    ((path, facts),) = json.loads(eval(literal)).items()
    marker = next(one for one in facts["markers"] if one["kind"] == "select")
    rate = timebase_of(row.clip.media.frame_rate).rate
    if abs(rate - row.clip.media.frame_rate) > rate / 5000:
        rate = row.clip.media.frame_rate.limit_denominator(1001)
    return path, Segment(marker["frame"] / rate, (marker["frame"] + marker["length"]) / rate)


def of_resolve_csv(data, row):
    (line,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    return f"{line['Clip Directory']}/{line['File Name']}", None


def of_otio(data, row):
    clip = json.loads(data)["tracks"]["children"][0]["children"][0]
    media_ = clip["media_references"]["DEFAULT_MEDIA"]
    times = clip["source_range"]
    rate = Fraction(times["start_time"]["rate"])
    first = times["start_time"]["value"] - media_["available_range"]["start_time"]["value"]
    url = media_["target_url"]
    path = str(path_of(url)) if url.startswith("file:") else url
    return path, Segment(first / rate, (first + times["duration"]["value"]) / rate)


def of_edl(data, row):
    text = data.decode("utf-8", "surrogateescape")
    found = re.search(r"C        (\S+) (\S+) (\S+) (\S+)", text)
    media_ = row.clip.media
    base = timebase_of(media_.frame_rate, media_.start_timecode)
    first = base.frame_of(media_.start_timecode or "") or 0
    start, end = (base.seconds(base.frame_of(found[n]) - first) for n in (1, 2))
    url = re.search(r"\* SOURCE FILE: (\S+)", text)[1]
    return str(path_of(url)), Segment(start, end)


def of_xmp(data, row):
    dm = "{http://ns.adobe.com/xmp/1.0/DynamicMedia/}"
    root = ET.fromstring(data.decode().lstrip("\ufeff"))
    (track,) = (one for one in root.iter() if one.get(f"{dm}frameRate"))
    rate = Fraction(track.get(f"{dm}frameRate").removeprefix("f"))
    chosen = next(one for one in root.iter() if one.get(f"{dm}name") == "In and out")
    start, length = (int(chosen.get(f"{dm}{name}")) / rate for name in ("startTime", "duration"))
    return str(row.clip.path), Segment(start, start + length)


READERS = {
    "csv": of_csv,
    "json": of_json,
    "fcpxml": of_fcpxml,
    "fcpxml-timeline": of_fcpxml,
    "premiere": of_premiere,
    "resolve": of_resolve,
    "resolve-csv": of_resolve_csv,
    "otio": of_otio,
    "edl": of_edl,
    "xmp": of_xmp,
}
WITHOUT_RANGES = {"resolve-csv"}
LOSSY_PATHS = {"resolve-csv"}  # what no UTF-8 can hold is replaced


def test_every_format_is_in_the_matrix():
    assert READERS.keys() == FORMATS.keys() - {"report"} | {"xmp"}
    assert set(requests.FORMATS) == FORMATS.keys()
    assert all(f"| {kind} " in __doc__ for kind in (*FORMATS, "xmp", "team"))


@pytest.mark.parametrize("timecode", TIMECODES)
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("kind", sorted(READERS.keys() - WITHOUT_RANGES))
def test_no_range_moves_by_more_than_half_a_frame(kind, rate, timecode):
    fps = RATES[rate]
    facts = media(90.0, fps, start_timecode=timecode, variable_rate=rate == "variable")
    # An EDL and Premiere count at the nearest rate that they have: half of its frame, then.
    coarse = kind in ("edl", "premiere")
    frame_s = 1 / (timebase_of(fps, timecode).rate if coarse else fps)
    for in_s, out_s in RANGES:
        row = rated(facts=facts, decision=Decision(Mark.KEEP, in_s=in_s, out_s=out_s))
        _, found = READERS[kind](written(kind, row), row)
        slack = Fraction(1, 10**6) + (frame_s / 2000 if rate == "variable" else 0)
        assert abs(Fraction(found.start_s) - Fraction(in_s)) <= frame_s / 2 + slack
        short = found.length_s <= frame_s * Fraction(1001, 1000)  # it needs its one frame
        assert abs(Fraction(found.end_s) - Fraction(out_s)) <= frame_s / 2 + slack or short


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("kind", READERS)
def test_a_hostile_name_leads_back_to_its_file(kind, name):
    keep = Decision(Mark.KEEP, 3, name, in_s=1.0, out_s=2.0)
    row = rated(Path("/fest/day 1") / name, decision=keep)
    path, _ = READERS[kind](written(kind, row), row)
    wanted = str(row.clip.path)
    assert path == (encodable(wanted) if kind in LOSSY_PATHS else wanted)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_note_or_title_breaks_no_format(name):
    row = rated("/fest/a.mp4", decision=Decision(Mark.KEEP, 3, name, in_s=1.0, out_s=2.0))
    for kind in READERS:
        assert READERS[kind](written(kind, row), row)[0] == "/fest/a.mp4"
    note = ET.fromstring(written("fcpxml", row)).findtext(".//note")
    assert note.replace("\r", "\n") == xml_text(name).replace("\r", "\n")


def test_the_formats_that_hold_selects_hold_nothing_else():
    keep, other = rated("/keep.mp4", decision=Decision(Mark.KEEP)), rated("/other.mp4")
    for kind, one in FORMATS.items():
        data = one.write([keep, other], OCCASION)
        assert b"keep.mp4" in data
        assert (b"other.mp4" in data) is not one.selects, kind
