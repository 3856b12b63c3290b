"""Marks beside the footage: shared, merged, never lost and never changed by a hostile file."""

import json
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain import words
from footage_sorter.domain.clip import ContentId, Decision, FileStamp, Mark
from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.domain.record import Field, Statement
from footage_sorter.domain.team import ClipNotes, conflicts, merge_notes
from footage_sorter.services.team import TEAM_FILE, exchange, read_notes, to_json
from footage_sorter.store.clips import ClipStore
from tests.helpers.schema import check, published
from tests.unit.domain.strategies import records

SCHEMA = published("team-1")
CONTENTS = [ContentId(letter * 32) for letter in "abc"]

names = st.text() | st.just("clip \udcff \u202e\"'&<>]]>\n😀.mp4")
team_notes = st.dictionaries(
    st.sampled_from(CONTENTS), st.builds(ClipNotes, name=names, record=records)
)


@given(team_notes, team_notes, team_notes)
def test_copies_of_the_notes_meet_in_any_order_and_agree(one, two, three):
    assert merge_notes(one, two) == merge_notes(two, one)
    assert merge_notes(merge_notes(one, two), three) == merge_notes(one, merge_notes(two, three))
    assert merge_notes(one, one) == one
    assert merge_notes(merge_notes(one, two), two) == merge_notes(one, two)


@given(team_notes, team_notes)
def test_nobody_is_overruled_silently(one, two):
    told = conflicts(one, two)
    assert told == conflicts(two, one)
    merged = merge_notes(one, two)
    listed = {(each.content, each.field) for each in told}
    for notes in (one, two):
        for content, clip in notes.items():
            for field, said in clip.record.items():
                holds = merged[content].record[field]
                if holds.value != said.value and holds.by != said.by:
                    assert (content, field) in listed
    for each in told:
        assert merged[each.content].record[each.field] == each.holds


@given(team_notes)
def test_the_file_comes_back_and_is_as_published(tmp_path_factory, notes):
    path = tmp_path_factory.mktemp("team") / TEAM_FILE
    text = to_json(notes)
    path.write_text(text, "ascii")
    assert read_notes(path) == notes
    assert to_json(read_notes(path)) == text
    check(json.loads(text), SCHEMA)


class Desk:
    """One person's library of a folder that others have too."""

    def __init__(self, library, folder, person):
        self.store = ClipStore(library)
        self.folder = folder
        self.person = person
        self.clips = []
        for number, content in enumerate(CONTENTS):
            found = self.store.put_found(folder / f"{number}.mp4", FileStamp(1, 1))
            self.clips.append(self.store.put_read(found, content, None))

    def close(self):
        self.store.close()

    def say(self, number, decision, at_ns):
        self.store.decide({self.clips[number].id: decision}, at_ns=at_ns)

    def sees(self, number):
        return self.store.decision(self.clips[number].id)

    def exchange(self):
        return exchange(self.folder, self.store, self.person)


@pytest.fixture
def desks(tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    with (
        closing(Desk(tmp_path / "anna.sqlite", shared, "Anna")) as anna,
        closing(Desk(tmp_path / "ben.sqlite", shared, "Ben")) as ben,
    ):
        yield anna, ben


def test_two_people_share_their_marks(desks):
    anna, ben = desks
    anna.say(0, Decision(mark=Mark.KEEP, note="the crowd"), 10)
    ben.say(1, Decision(stars=4, in_s=1.5, out_s=3.0), 11)
    ben.say(0, Decision(stars=2), 12)
    assert anna.exchange().decisions == {}
    came = ben.exchange()
    assert came.conflicts == ()
    assert came.decisions[ben.clips[0].id] == Decision(mark=Mark.KEEP, note="the crowd", stars=2)
    anna.exchange()
    for number in range(3):
        assert anna.sees(number) == ben.sees(number)
    text = (anna.folder / TEAM_FILE).read_bytes()
    assert ben.exchange() == anna.exchange() == type(came)({}, ())
    assert (anna.folder / TEAM_FILE).read_bytes() == text


def test_the_newer_mark_holds_and_the_other_is_told(desks):
    anna, ben = desks
    anna.say(0, Decision(mark=Mark.KEEP), 20)
    ben.say(0, Decision(mark=Mark.REJECT), 10)
    anna.exchange()
    (conflict,) = ben.exchange().conflicts
    assert ben.sees(0).mark is Mark.KEEP
    assert (conflict.field, conflict.name) == (Field.MARK, "0.mp4")
    assert conflict.holds == Statement("keep", 20, "Anna")
    assert conflict.overruled == Statement("reject", 10, "Ben")


def test_changing_ones_own_mind_is_no_conflict(desks):
    anna, ben = desks
    anna.say(0, Decision(mark=Mark.KEEP), 10)
    anna.exchange()
    anna.say(0, Decision(mark=Mark.REJECT), 20)
    assert anna.exchange().conflicts == ()
    assert ben.exchange().conflicts == ()
    assert ben.sees(0).mark is Mark.REJECT


def test_clearing_a_mark_is_shared_too(desks):
    anna, ben = desks
    anna.say(0, Decision(mark=Mark.KEEP), 10)
    anna.exchange()
    ben.exchange()
    ben.say(0, Decision(), 20)
    ben.exchange()
    anna.exchange()
    assert anna.sees(0) == Decision()


def test_what_is_said_of_clips_that_are_not_here_stays_in_the_file(desks):
    anna, _ = desks
    elsewhere = {ContentId("d" * 32): ClipNotes("d", {Field.STARS: Statement(3, 5, "Cleo")})}
    (anna.folder / TEAM_FILE).write_text(to_json(elsewhere))
    anna.say(0, Decision(mark=Mark.KEEP), 10)
    anna.exchange()
    assert read_notes(anna.folder / TEAM_FILE).keys() == {*elsewhere, CONTENTS[0]}


def good():
    return {
        "schema": 1,
        "clips": {"a" * 32: {"name": "a", "said": {"mark": statement("keep")}}},
    }


def statement(value, **other):
    return {"value": value, "at_ns": 1, "by": "Anna"} | other


def said(**fields):
    return json.dumps({"schema": 1, "clips": {"a" * 32: {"name": "a", "said": fields}}}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"schema": 1, "clips": ' + b'{"a":' * 50_000,
        b'{"schema": 2, "clips": {}}',
        b'{"schema": true, "clips": {}}',
        b'{"schema": 1.0, "clips": {}}',
        b'{"schema": 1}',
        b'{"schema": 1, "clips": []}',
        b'{"schema": 1, "clips": {}, "more": 1}',
        b'{"schema": 1, "clips": {"../../etc": {"name": "", "said": {}}}}',
        b'{"schema": 1, "clips": {"' + b"a" * 32 + b'": null}}',
        b'{"schema": 1, "clips": {"' + b"a" * 32 + b'": {"name": 1, "said": {}}}}',
        said(mark=statement("perhaps")),
        said(mark=statement(["keep"])),
        said(stars=statement(6)),
        said(stars=statement(10**400)),
        said(stars=statement(1e400)),
        said(range=statement([5, 1])),
        said(range=statement([0, 10**400])),
        said(range=statement({"in": 1})),
        said(note=statement(None)),
        said(overruled=statement([None])),
        said(colour=statement("red")),
        said(mark=statement("keep", at_ns=0)),
        said(mark=statement("keep", at_ns=1 << 63)),
        said(mark=statement("keep", at_ns="1")),
        said(mark=statement("keep", at_ns=True)),
        said(mark=statement("keep", by=None)),
        said(mark=statement("keep", more=1)),
        said(mark="keep"),
        said(stars=statement(1)).replace(b'"value": 1', b'"value": ' + b"9" * 5000),
    ],
)
def test_a_hostile_file_changes_nothing(desks, data):
    anna, _ = desks
    path = anna.folder / TEAM_FILE
    path.write_bytes(data)
    anna.say(0, Decision(mark=Mark.KEEP), 10)
    with pytest.raises(ExchangeRefused) as refused:
        anna.exchange()
    assert refused.value.path == path
    assert len(refused.value.detail) < 300
    assert path.read_bytes() == data
    assert anna.sees(0) == Decision(mark=Mark.KEEP)


@pytest.mark.parametrize("data", [said(mark=statement("keep")), json.dumps(good()).encode()])
def test_a_good_file_is_read(desks, data):
    anna, _ = desks
    (anna.folder / TEAM_FILE).write_bytes(data)
    anna.exchange()
    assert anna.sees(0).mark is Mark.KEEP


def test_a_folder_in_place_of_the_file_is_a_sentence(desks):
    anna, _ = desks
    (anna.folder / TEAM_FILE).mkdir()
    with pytest.raises(ExchangeRefused):
        anna.exchange()


def test_a_conflict_is_a_sentence(desks):
    anna, ben = desks
    anna.say(0, Decision(in_s=1.0), 20)
    ben.say(0, Decision(in_s=2.0, out_s=3.0), 10)
    anna.exchange()
    (conflict,) = ben.exchange().conflicts
    assert str(words.conflict(conflict)) == (
        "0.mp4: in and out: from 0:01.00 (by Anna), not 0:02.00 – 0:03.00 (by Ben)."
    )
