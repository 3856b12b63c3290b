import csv
import io
import runpy
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.services.handoff import resolve, selects
from footage_sorter.services.handoff.text import encodable
from footage_sorter.services.handoff.timebase import exact_rate
from tests.helpers.rows import ROUNDING_S, failed, media, rated
from tests.unit.services.handoff.strategies import HOSTILE_NAMES, NAMES, rows

SHAKY = {Flag.SHAKY: range(6)}


class Item:
    """A clip of the media pool, as far as the script uses one; refuses what Resolve refuses."""

    def __init__(self, path, keywords="", comments="", colour="", markers=()):
        self.path, self.colour, self.flags = path, colour, []
        self.metadata = {"Keyword": keywords, "Comments": comments}
        self.third = {}
        self.markers = dict(markers)

    def GetClipProperty(self, name):
        assert name == "File Path"
        return self.path

    def GetMetadata(self):
        return dict(self.metadata)

    def SetMetadata(self, name, value):
        assert name in ("Keywords", "Comments")
        self.metadata["Keyword" if name == "Keywords" else name] = value
        return True

    def GetThirdPartyMetadata(self, name):
        return self.third.get(name, "")

    def SetThirdPartyMetadata(self, name, value):
        self.third[name] = value
        return True

    def GetClipColor(self):
        return self.colour

    def SetClipColor(self, colour):
        assert colour in resolve.CLIP_COLOURS
        self.colour = colour

    def ClearClipColor(self):
        self.colour = ""

    def GetFlagList(self):
        return list(self.flags)

    def AddFlag(self, colour):
        self.flags.append(colour)

    def ClearFlags(self, colour):
        self.flags = [flag for flag in self.flags if flag != colour]

    def GetMarkers(self):
        return dict(self.markers)

    def DeleteMarkerAtFrame(self, frame):
        del self.markers[frame]
        return True

    def AddMarker(self, frame, colour, name, note, duration, custom):
        assert frame not in self.markers
        assert duration >= 1
        self.markers[frame] = {"color": colour, "name": name, "note": note, "duration": duration,
                               "customData": custom}  # fmt: skip
        return True


class Folder:
    def __init__(self, items=(), folders=()):
        self.items, self.folders = list(items), list(folders)

    def GetClipList(self):
        return self.items

    def GetSubFolderList(self):
        return self.folders


class Resolve:
    """Resolve itself, with one project; each step down is the same object."""

    def __init__(self, root):
        self.root = root

    def GetProjectManager(self):
        return self

    def GetCurrentProject(self):
        return self if self.root else None

    def GetMediaPool(self):
        return self

    def GetRootFolder(self):
        return self.root


def run(tmp_path, items, *some, root=...):
    path = tmp_path / "footage_sorter_resolve.py"
    path.write_text(resolve.to_script(some), "utf-8")
    script = runpy.run_path(str(path))
    return script["main"](Resolve(Folder((), [Folder(items)]) if root is ... else root))


def test_a_clip_is_marked_by_its_path(tmp_path, capsys):
    item, other = Item("/fest/day 1/A001.mp4"), Item("/elsewhere/A001.mp4")
    row = rated(over=SHAKY, decision=Decision(Mark.KEEP, 3, "take 2"))
    assert run(tmp_path, [item, other], row, failed(), rated("/not/there.mp4")) == (1, 1)
    assert item.metadata["Keyword"] == "too shaky, keep, 3 stars"
    lines = item.metadata["Comments"].split("\n")
    assert lines[0] == "Footage Sorter: take 2"
    assert lines[1].startswith("Footage Sorter: Too shaky: 60 % of seconds")
    assert (item.colour, item.flags) == ("Green", [])
    assert {f: (m["color"], m["name"], m["duration"]) for f, m in item.markers.items()} == {
        150: ("Green", "Best segment", 100),
        0: ("Cyan", "Too shaky", 150),
    }
    assert other.metadata == {"Keyword": "", "Comments": ""}
    assert "1 clip marked, 1 not in the media pool" in capsys.readouterr().out


def test_a_reject_is_brown_and_has_a_red_flag(tmp_path):
    item = Item("/fest/day 1/A001.mp4")
    run(tmp_path, [item], rated(decision=Decision(Mark.REJECT)))
    assert (item.colour, item.flags, item.markers) == ("Brown", ["Red"], {})


def test_a_second_run_replaces_only_what_the_first_set(tmp_path):
    mine = {7: {"color": "Pink", "name": "mine", "note": "", "duration": 1, "customData": ""}}
    item = Item("/fest/day 1/A001.mp4", "wedding, band", "my words", markers=mine)
    item.flags = ["Blue"]
    run(tmp_path, [item], rated(over=SHAKY, decision=Decision(Mark.REJECT, 2)))
    run(tmp_path, [item], rated(decision=Decision(Mark.KEEP)))
    assert item.metadata == {"Keyword": "wedding, band, keep", "Comments": "my words"}
    assert (item.colour, item.flags) == ("Green", ["Blue"])
    assert [(f, m["name"]) for f, m in sorted(item.markers.items())] == [
        (0, "Best segment"),
        (7, "mine"),
    ]


def test_the_same_run_twice_changes_nothing(tmp_path):
    item = Item("/fest/day 1/A001.mp4")
    row = rated(over={Flag.SHAKY: range(4), Flag.BLURRY: range(9)}, decision=Decision(Mark.KEEP))
    run(tmp_path, [item], row)
    first = dict(vars(item))
    run(tmp_path, [item], row)
    assert vars(item) == first


def test_a_persons_colour_stays(tmp_path):
    item = Item("/fest/day 1/A001.mp4", colour="Pink")
    run(tmp_path, [item], rated())
    assert item.colour == "Pink"


def test_two_markers_of_one_frame_lie_side_by_side(tmp_path):
    item = Item("/fest/day 1/A001.mp4")
    run(tmp_path, [item], rated(over={Flag.SHAKY: range(9), Flag.BLURRY: range(9)}))
    assert sorted(item.markers) == [0, 1, 225]


def test_without_a_project_nothing_happens(tmp_path, capsys):
    assert run(tmp_path, [], rated(), root=None) == (0, 1)
    assert "open a project first" in capsys.readouterr().out


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_and_notes_survive_in_the_script(tmp_path, name):
    item = Item("/fest/" + name)
    note = name.replace("\n", " ")
    assert run(tmp_path, [item], rated("/fest/" + name, decision=Decision(note=note)))[0] == 1
    assert item.metadata["Comments"] == "Footage Sorter: " + note


def test_only_colours_that_resolve_has_are_used():
    assert len(resolve.CLIP_COLOURS) == 16
    assert "Red" not in resolve.CLIP_COLOURS
    assert set(resolve.COLOURS.values()) <= set(resolve.CLIP_COLOURS)


@settings(deadline=None)
@given(rows())
def test_no_marker_moves_by_more_than_half_a_frame(row):
    rate = exact_rate(row.clip.media.frame_rate)
    markers = {m["kind"]: m for m in resolve._markers(row)}
    wanted = selects.select_range(row)
    if wanted is None or row.decision.mark is Mark.REJECT:
        assert "select" not in markers
        return
    start, length = markers["select"]["frame"], markers["select"]["length"]
    half = 1 / rate / 2
    assert abs(start / rate - Fraction(wanted.start_s)) <= half + ROUNDING_S or length == 1
    assert abs((start + length) / rate - Fraction(wanted.end_s)) <= half + ROUNDING_S or length == 1


@given(st.lists(NAMES, max_size=4))
def test_the_csv_has_one_line_a_clip(names):
    some = [rated("/fest/" + name, facts=media(start_timecode="01:00:00:00")) for name in names]
    text = resolve.to_metadata_csv([*some, failed()])
    found = list(csv.DictReader(io.StringIO(text.encode("utf-8").decode(), newline="")))
    assert [line["File Name"] for line in found] == [encodable(r.clip.path.name) for r in some]
    assert {(line["Start TC"], line["End TC"]) for line in found} <= {
        ("01:00:00:00", "01:00:10:00")
    }
