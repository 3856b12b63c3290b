"""Sidecars and the team's file beside the clips, taken in on a scan."""

import os
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Clip, ContentId, Decision, FileStamp, Mark
from footage_sorter.domain.record import EMPTY, Field, decided, restate, taken_in
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.domain.team import ClipNotes
from footage_sorter.services.companion_files import (
    CompanionFiles,
    Disagreed,
    NotTakenIn,
    Source,
    TakenIn,
    take_along,
)
from footage_sorter.services.handoff.sidecars import write_sidecar
from footage_sorter.services.scan import Found, Read
from footage_sorter.services.team import TEAM_FILE, to_json
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.helpers.rows import rated
from tests.unit.domain.strategies import decisions, records

LONG_AGO_NS, LATER_NS = 1_000_000_000 * 10**9, 1_100_000_000 * 10**9
KEEP, REJECT = Decision(Mark.KEEP, 3), Decision(Mark.REJECT)
ALL = CompanionFiles()


@dataclass
class Card:
    """A folder with clips, and a library that has scanned nothing yet."""

    folder: Path
    store: ClipStore

    def clip(self, name, content="a" * 32) -> Clip:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        found = self.store.put_found(path, FileStamp(0, 1))
        return self.store.put_read(found, ContentId(content), None)

    def say(self, clip, decision, at_ns=LONG_AGO_NS, dialect=RejectDialect.BOTH):
        """Another program writes a sidecar beside the clip."""
        path = write_sidecar(rated(clip.path, decision=decision), dialect)
        os.utime(path, ns=(at_ns, at_ns))
        return path

    def scan(self, *clips, wanted=ALL, cancel=None):
        outcomes = (one for clip in clips for one in (Found(clip), Read(clip)))
        found = take_along(outcomes, [self.folder], self.store, cancel or Event(), wanted)
        return [one for one in found if not isinstance(one, Found | Read)]


@pytest.fixture
def card(tmp_path):
    library = tmp_path / "library.sqlite"
    prepare(library)
    (tmp_path / "card").mkdir()
    with closing(ClipStore(library)) as store:
        yield Card(tmp_path / "card", store)


def test_a_sidecar_is_read_with_its_clip_and_stored_before_it_is_told(card):
    clip = card.clip("A001.mp4")
    card.say(clip, KEEP)
    (taken,) = card.scan(clip)
    assert taken == TakenIn(clip.id, Source.SIDECAR, Decision(), KEEP)
    assert card.store.decision(clip.id) == KEEP
    (said, *_) = card.store.records([clip.id])[clip.id].values()
    assert said.at_ns == LONG_AGO_NS


@pytest.mark.parametrize("dialect", RejectDialect)
def test_a_reject_is_understood_in_either_dialect(card, dialect):
    clip = card.clip("A001.mp4")
    card.say(clip, REJECT, dialect=dialect)
    card.scan(clip)
    assert card.store.decision(clip.id) == REJECT


def test_one_that_did_not_change_is_not_read_again_so_what_is_taken_back_stays(card):
    clip = card.clip("A001.mp4")
    sidecar = card.say(clip, KEEP)
    card.scan(clip)
    card.store.decide({clip.id: Decision()})
    sidecar.write_bytes(b"x" * sidecar.stat().st_size)  # would be refused
    os.utime(sidecar, ns=(LONG_AGO_NS, LONG_AGO_NS))
    assert card.scan(clip) == []
    assert card.store.decision(clip.id) == Decision()


def test_one_that_changed_is_read_and_the_newest_statement_holds(card):
    clip = card.clip("A001.mp4")
    card.say(clip, Decision(stars=2), LONG_AGO_NS)
    card.scan(clip)
    card.say(clip, Decision(Mark.KEEP, 4), LATER_NS)
    card.scan(clip)
    assert card.store.decision(clip.id) == Decision(Mark.KEEP, 4)
    card.store.decide({clip.id: Decision()}, at_ns=LATER_NS + 5)
    card.say(clip, Decision(Mark.KEEP, 4, "new"), LATER_NS + 1)
    card.scan(clip)
    assert card.store.decision(clip.id) == Decision(note="new"), "cleared after the sidecar said it"


def test_a_persons_mark_is_never_demoted_and_the_difference_is_told(card):
    clip = card.clip("A001.mp4")
    card.store.decide({clip.id: Decision(Mark.KEEP, 5)}, at_ns=LONG_AGO_NS)
    card.say(clip, Decision(Mark.REJECT, 5), LATER_NS)
    (taken,) = card.scan(clip)
    assert taken == TakenIn(clip.id, Source.SIDECAR, *[Decision(Mark.KEEP, 5)] * 2, differs=True)
    assert card.store.decision(clip.id) == Decision(Mark.KEEP, 5)


def test_a_clip_that_was_renamed_has_its_sidecar_found_by_content(card):
    for name, content in (("A001.mp4", "a" * 32), ("B001.mp4", "b" * 32)):
        clip = card.folder / name
        clip.touch()
        path = write_sidecar(
            rated(clip, decision=KEEP, content=ContentId(content)), RejectDialect.BOTH
        )
        os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
        clip.rename(card.folder / f"fest {name}")
    renamed = card.clip("fest A001.mp4", "a" * 32)
    other = card.clip("C001.mp4", "c" * 32)
    assert card.scan(renamed, other) == [TakenIn(renamed.id, Source.SIDECAR, Decision(), KEEP)]
    assert card.scan(renamed, other) == [], "it was read once"
    assert card.store.decision(other.id) == Decision()


def test_a_sidecar_that_was_overtaken_here_is_not_worth_a_word(card):
    clip = card.clip("A001.mp4")
    card.say(clip, Decision(Mark.KEEP), LONG_AGO_NS)
    card.store.decide({clip.id: REJECT}, at_ns=LATER_NS)
    (taken,) = card.scan(clip)
    assert (taken.before, taken.after, taken.differs) == (taken.after, taken.before, False)
    assert card.store.decision(clip.id).mark is Mark.REJECT


def test_a_broken_sidecar_is_told_once_and_the_others_are_read(card):
    clips = [card.clip(f"{letter}.mp4", letter * 32) for letter in "abc"]
    for clip in clips:
        card.say(clip, KEEP)
    bomb = b"<!DOCTYPE a [<!ENTITY b 'c'>]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&b;</x:xmpmeta>"
    (card.folder / "b.xmp").write_bytes(bomb)
    told = card.scan(*clips)
    assert [one.error.path.name for one in told if isinstance(one, NotTakenIn)] == ["b.xmp"]
    assert [card.store.decision(clip.id) for clip in clips] == [KEEP, Decision(), KEEP]
    assert card.scan(*clips) == []


def test_many_sidecars_are_all_taken_in(card):
    clips = [card.clip(f"{number}.mp4", f"{number:032x}") for number in range(150)]
    for clip in clips:
        card.say(clip, KEEP)
    assert len(card.scan(*clips)) == 150
    assert {card.store.decision(clip.id) for clip in clips} == {KEEP}


def test_it_can_be_switched_off_and_cancelled(card):
    clip = card.clip("A001.mp4")
    card.say(clip, KEEP)
    assert card.scan(clip, wanted=CompanionFiles(sidecars=False)) == []
    stopped = Event()
    stopped.set()
    known = take_along(iter_of(Found(clip)), [card.folder], card.store, stopped, CompanionFiles())
    assert [*known] == [Found(clip)]
    assert card.store.decision(clip.id) == Decision()


def iter_of(*outcomes):
    yield from outcomes


def test_a_clip_that_the_library_knew_has_its_new_sidecar_read(card):
    clip = card.clip("A001.mp4")
    card.say(clip, KEEP)
    told = list(
        take_along(iter_of(Found(clip)), [card.folder], card.store, Event(), CompanionFiles())
    )
    assert [type(one) for one in told] == [Found, TakenIn]


def notes(content, mark, at_ns, by="Ben"):
    record = restate(EMPTY, Decision(mark), at_ns, by)
    return to_json({ContentId(content): ClipNotes("A001.mp4", record)})


@pytest.mark.parametrize("where", [".", "day 1", "day 1/cam A"])
def test_the_teams_file_is_read_and_never_written(card, where):
    clip = card.clip("day 1/cam A/A001.mp4")
    path = card.folder / where / TEAM_FILE
    path.write_text(notes("a" * 32, Mark.KEEP, LATER_NS))
    before = path.read_bytes()
    assert card.scan(clip) == [], "it is off"
    told = card.scan(clip, wanted=CompanionFiles(team=True, person="Ada"))
    assert told == [TakenIn(clip.id, Source.TEAM, Decision(), Decision(Mark.KEEP))]
    assert path.read_bytes() == before
    assert card.scan(clip, wanted=CompanionFiles(team=True, person="Ada")) == []


def test_what_the_team_disagrees_on_is_told(card):
    clip = card.clip("A001.mp4")
    card.store.decide({clip.id: REJECT}, at_ns=LONG_AGO_NS)
    (card.folder / TEAM_FILE).write_text(notes("a" * 32, Mark.KEEP, LATER_NS))
    told = card.scan(clip, wanted=CompanionFiles(team=True, person="Ada"))
    assert [type(one) for one in told] == [TakenIn, Disagreed]
    assert told[0].after.mark is Mark.KEEP
    (card.folder / TEAM_FILE).write_text("{}")
    (refused,) = card.scan(clip, wanted=CompanionFiles(team=True, person="Ada"))
    assert refused.error.path == card.folder / TEAM_FILE


@given(records, decisions, st.integers(1, 6))
def test_taking_in_is_idempotent_and_demotes_nothing(record, theirs, at_ns):
    after = taken_in(record, theirs, at_ns)
    assert taken_in(after, theirs, at_ns) == after
    was, now = decided(record), decided(after)
    assert was.mark in (Mark.NONE, now.mark, Mark.REJECT)
    assert not (was.mark is Mark.REJECT and now.mark is Mark.NONE)
    assert now.stars >= was.stars
    assert set(was.note.split("\n")) <= set(now.note.split("\n")) or not was.note
    assert was.overruled <= now.overruled
    for field in Field:
        if field in record and record[field].at_ns >= at_ns:
            assert after[field] == record[field]
        if field not in record and field is not Field.OVERRULED and field in after:
            assert after[field].at_ns == at_ns
