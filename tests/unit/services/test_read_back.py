"""What was decided on one machine arrives on another: other paths, an empty library."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from footage_sorter.domain.clip import UNDECIDED, ContentId, Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.handoff.formats import FORMATS, Occasion
from footage_sorter.services.handoff.sidecars import write_sidecar
from footage_sorter.services.read_back import read_back, read_back_sidecars
from tests.helpers.rows import LIMITS, MODELS, rated
from tests.unit.services.handoff.strategies import HOSTILE_NAMES

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
OCCASION = Occasion("footage-sorter", MODELS, LIMITS, MADE_AT, lambda _: None)
NOTES = ("&<>]]>", 'two\nlines, "quoted"', "=1+1", "🎬 \u202eעברית", "")
READABLE = ("csv", "json", "fcpxml")


def decision(number):
    return Decision(
        mark=list(Mark)[number % 3],
        stars=number % 6,
        note=NOTES[number % len(NOTES)],
        in_s=number / 7 if number % 2 else None,
        out_s=9.5 if number % 3 else None,
        overruled=frozenset([Flag.SHAKY] if number % 4 == 0 else []),
    )


def shoot(folder, contents):
    """A clip of each hostile name, decided on."""
    return [
        rated(
            Path(folder) / f"{number}" / name,
            decision=decision(number),
            clip_id=number + 1,
            content=ContentId(f"{number:032x}") if contents else None,
        )
        for number, name in enumerate(HOSTILE_NAMES)
    ]


@pytest.mark.parametrize("kind", READABLE)
@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize("contents", [False, True])
def test_nothing_is_lost_on_the_way_into_an_empty_library(tmp_path, kind, elsewhere, contents):
    said = shoot("/Volumes/card", contents)
    path = tmp_path / f"out{FORMATS[kind].ending}"
    path.write_bytes(FORMATS[kind].write(said, OCCASION))
    theirs = shoot("/home/me/fest" if elsewhere else "/Volumes/card", contents)
    empty = [replace(row, decision=UNDECIDED) for row in theirs]
    found = read_back(path, empty)
    assert (found.unknown, found.ambiguous, found.refused) == ((), (), ())
    assert found.named == len(said)
    wanted = {row.clip.id: row.decision for row in said if row.decision != UNDECIDED}
    assert found.decisions == wanted
    again = [replace(row, decision=found.decisions.get(row.clip.id, UNDECIDED)) for row in empty]
    assert read_back(path, again).decisions == {}


@pytest.mark.parametrize("kind", READABLE)
def test_clips_of_one_name_and_length_are_told_apart_by_content_or_not_at_all(tmp_path, kind):
    path = tmp_path / f"out{FORMATS[kind].ending}"
    for contents in (True, False):
        ids = [ContentId("a" * 32), ContentId("b" * 32)] if contents else [None, None]
        keep = Decision(Mark.KEEP)
        there = [
            rated(f"/old/{n}/C0001.MP4", decision=keep, clip_id=n, content=content)
            for n, content in enumerate(ids)
        ]
        here = [
            rated(f"/new/{n}/C0001.MP4", clip_id=n, content=content)
            for n, content in enumerate(ids)
        ]
        path.write_bytes(FORMATS[kind].write(there[:1], OCCASION))
        found = read_back(path, here)
        assert found.decisions == ({0: keep} if contents else {})
        assert found.ambiguous == (() if contents else (there[0].clip.path,))


def test_a_persons_word_here_is_never_demoted(tmp_path):
    path = tmp_path / "out.json"
    path.write_bytes(FORMATS["json"].write([rated(decision=Decision(Mark.REJECT, 2))], OCCASION))
    assert read_back(path, [rated(decision=Decision(Mark.KEEP, 5))]).decisions == {}
    assert read_back(path, [rated(decision=Decision(stars=5))]).decisions == {
        1: Decision(Mark.REJECT, 5)
    }


def test_one_broken_sidecar_does_not_hide_the_others(tmp_path):
    rows = []
    for number, name in enumerate(("a.mp4", "b.mp4")):
        (tmp_path / name).touch()
        rows.append(rated(tmp_path / name, decision=Decision(Mark.KEEP), clip_id=number))
        write_sidecar(rows[-1], RejectDialect.BOTH)
    (tmp_path / "a.xmp").write_bytes(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")
    found = read_back_sidecars([replace(row, decision=UNDECIDED) for row in rows])
    assert found.decisions == {1: Decision(Mark.KEEP)}
    assert [error.path.name for error in found.refused] == ["a.xmp"]


@pytest.mark.parametrize("ending", [".csv", ".json", ".fcpxml", ".fcpxmld", ".mov"])
@pytest.mark.parametrize("data", [b"", b"\0\xff", b"<a/>", b"{}", b"[[" * 9000])
def test_whatever_is_no_such_file_is_refused(tmp_path, ending, data):
    path = tmp_path / f"x{ending}"
    path.write_bytes(data)
    with pytest.raises(ExchangeRefused):
        read_back(path, [rated()])
