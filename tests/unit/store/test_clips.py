"""Clips in the library: values in, values out."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given

from footage_sorter.domain.clip import (
    UNDECIDED,
    ClipId,
    ContentId,
    Decision,
    FileStamp,
    Mark,
    MediaInfo,
)
from footage_sorter.domain.errors import ClipError, Why
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.report import ClipReport, FrameScore, Models, Pass
from footage_sorter.domain.tracks import tracks_of
from footage_sorter.store import identity, reports
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import Database
from tests.unit.domain.strategies import reports as any_reports

STAMP = FileStamp(1000, 1)
MODELS = Models("blur@1", "exposure@1", "shake@1", "sound@1")
NEWER = Models("blur@2", "exposure@1", "shake@1", "sound@1")
MEDIA = MediaInfo(10.0, Fraction(30000, 1001), (1920, 1080), codec="h264")


@pytest.fixture
def store(tmp_path):
    with closing(ClipStore(tmp_path / "library.sqlite")) as store:
        yield store


def put(store, name, content=None, stamp=STAMP):
    clip = store.put_found(Path(name), stamp)
    return store.put_read(clip, ContentId(content or name), MEDIA)


def look(content, models=MODELS, looked=Pass.FULL, blur=0.5):
    return ClipReport(ContentId(content), models, looked, 10.0, (FrameScore(1.0, blur, 0.0, 0.0),))


def test_a_found_clip_is_not_read(store):
    clip = store.put_found(Path("/a.mp4"), STAMP)
    assert (clip.content, clip.media) == (None, None)
    assert store.put_found(Path("/a.mp4"), STAMP) == clip


def test_a_read_clip_comes_back_as_it_was(store, tmp_path):
    clip = put(store, "/a.mp4")
    assert (clip.content, clip.media) == ("/a.mp4", MEDIA)
    with closing(ClipStore(tmp_path / "library.sqlite")) as other:
        assert other.put_found(Path("/a.mp4"), STAMP) == clip
        assert other.clip(clip.id) == clip


def test_a_changed_file_has_to_be_read_again_and_keeps_its_decision(store):
    clip = put(store, "/a.mp4")
    store.decide({clip.id: Decision(mark=Mark.KEEP)})
    changed = store.put_found(Path("/a.mp4"), FileStamp(1001, 2))
    assert changed == type(clip)(clip.id, Path("/a.mp4"), FileStamp(1001, 2))
    again = put(store, "/a.mp4", "other", FileStamp(1001, 2))
    assert again.id == clip.id
    assert store.decision(clip.id).mark is Mark.KEEP


def test_news_of_a_former_state_of_a_file_change_nothing(store):
    old = store.put_found(Path("/a.mp4"), STAMP)
    new = put(store, "/a.mp4", "new", FileStamp(5, 5))
    assert store.put_read(old, ContentId("old"), MEDIA) == new
    store.put_error(old, ClipError(old.path, Why.DAMAGED))
    assert store.errors() == {}


def test_a_renamed_file_is_the_same_clip(store):
    clip = put(store, "/a.mp4", "content")
    store.decide({clip.id: Decision(mark=Mark.REJECT)})
    store.set_missing([clip.id], missing=True)
    found = store.put_found(Path("/b.mp4"), STAMP)
    moved = store.put_read(found, ContentId("content"), MEDIA)
    assert (moved.id, moved.path) == (clip.id, Path("/b.mp4"))
    assert [one.clip.id for one in store.load(MODELS)] == [clip.id]
    assert not store.load(MODELS)[0].missing


def test_what_was_said_of_a_file_before_it_was_recognised_counts(store):
    clip = put(store, "/a.mp4", "content")
    store.decide({clip.id: Decision(mark=Mark.REJECT, stars=2)})
    store.set_missing([clip.id], missing=True)
    found = store.put_found(Path("/b.mp4"), STAMP)
    store.decide({found.id: Decision(mark=Mark.KEEP)})
    store.put_read(found, ContentId("content"), MEDIA)
    assert store.decision(clip.id) == Decision(mark=Mark.KEEP, stars=2)
    store.decide({found.id: Decision(note="the window still had the old number")})
    assert store.decision(clip.id).note == "the window still had the old number"


def test_two_files_that_swapped_their_names_keep_their_decisions(store):
    one, two = put(store, "/1.mp4", "one"), put(store, "/2.mp4", "two")
    store.decide({one.id: Decision(stars=1), two.id: Decision(stars=2)})
    first = store.put_found(Path("/1.mp4"), FileStamp(7, 7))
    second = store.put_found(Path("/2.mp4"), FileStamp(8, 8))
    first = store.put_read(first, ContentId("two"), MEDIA)
    second = store.put_read(second, ContentId("one"), MEDIA)
    assert (first.id, first.path) == (two.id, Path("/1.mp4"))
    assert (second.id, second.path) == (one.id, Path("/2.mp4"))
    assert (store.decision(first.id).stars, store.decision(second.id).stars) == (2, 1)


def test_copies_are_two_clips_with_one_report(store):
    one, two = put(store, "/1.mp4", "same"), put(store, "/2.mp4", "same")
    store.save_report(look("same"))
    assert one.id != two.id
    assert store.same_content(ContentId("same")) == [one, two]
    assert [one.look.looked for one in store.load(MODELS)] == [Pass.FULL, Pass.FULL]
    store.decide({one.id: Decision(mark=Mark.KEEP)})
    assert store.decision(two.id) == UNDECIDED


def test_a_copy_that_moves_keeps_its_own_decision(store):
    one, twin = put(store, "/a.mp4", "x"), put(store, "/b.mp4", "x")
    store.decide({one.id: Decision(Mark.KEEP)}, at_ns=1)
    store.decide({twin.id: Decision(Mark.REJECT)}, at_ns=2)
    store.set_missing([one.id], missing=True)
    assert put(store, "/elsewhere/a.mp4", "x").id == one.id
    assert store.decision(one.id).mark is Mark.KEEP


def test_a_new_copy_of_a_decided_clip_begins_with_its_decision(store):
    one = put(store, "/1.mp4", "same")
    store.decide({one.id: Decision(mark=Mark.KEEP)})
    assert store.decision(put(store, "/2.mp4", "same").id).mark is Mark.KEEP


def test_a_removed_clip_comes_back_with_what_was_said(store):
    clip = put(store, "/a.mp4", "content")
    store.decide({clip.id: Decision(note="the crowd")})
    store.remove([clip.id])
    assert store.load(MODELS) == []
    assert store.clip(clip.id) is None
    back = put(store, "/elsewhere.mp4", "content")
    assert store.decision(back.id).note == "the crowd"


def test_clips_that_were_taken_out_are_put_back(store):
    first, second = put(store, "/a.mp4"), put(store, "/b.mp4")
    store.decide({first.id: Decision(note="the crowd")})
    store.remove([first.id, second.id])
    assert store.put_back([first.id, second.id]) == {first.id, second.id}
    assert [(one.clip, one.missing) for one in store.load(MODELS)] == [
        (first, False),
        (second, False),
    ]
    assert store.decision(first.id).note == "the crowd"
    assert store.put_back([first.id]) == {first.id}


def test_a_place_that_was_taken_meanwhile_is_not_given_back(store):
    clip = put(store, "/a.mp4", "content")
    store.remove([clip.id])
    other = put(store, "/a.mp4", "another", stamp=FileStamp(2000, 2))
    assert store.put_back([clip.id]) == set()
    assert [one.clip for one in store.load(MODELS)] == [other]


def test_a_clip_that_was_recognised_as_another_is_not_put_back(store):
    """Removed and found again elsewhere: the newcomer's row gives way to the old one."""
    old = put(store, "/a.mp4", "content")
    store.remove([old.id])
    found = store.put_found(Path("/b.mp4"), STAMP)
    read = store.put_read(found, ContentId("content"), MEDIA)
    assert read.id == old.id
    assert store.put_back([found.id]) == set()
    assert store.put_back([old.id]) == {old.id}
    assert [one.clip.path for one in store.load(MODELS)] == [Path("/b.mp4")]
    store.remove([found.id])  # a window may hold the newcomer's number still
    assert store.load(MODELS) == []


def test_only_the_clips_that_are_named_go(store):
    here, there = put(store, "/a.mp4", "one"), put(store, "/b.mp4", "other")
    store.remove([here.id])
    assert [one.clip for one in store.load(MODELS)] == [there]


def test_a_moved_clip_keeps_all(store, tmp_path):
    clip, there = put(store, "/a.mp4", "content"), put(store, "/b.mp4", "gone")
    store.decide({clip.id: Decision(stars=3), there.id: Decision(stars=1)})
    database = Database(tmp_path / "library.sqlite")
    with closing(database), database.writing() as db:
        identity.move(db, clip.id, Path("/b.mp4"))
    assert [(one.clip.id, one.clip.path) for one in store.load(MODELS)] == [
        (clip.id, Path("/b.mp4"))
    ]
    assert store.put_found(Path("/b.mp4"), STAMP).content == "content"
    assert store.decision(put(store, "/c.mp4", "gone").id).stars == 1


def test_an_error_lasts_until_the_file_changes(store):
    clip = store.put_found(Path("/a.mp4"), STAMP)
    store.put_error(clip, ClipError(clip.path, Why.NO_INDEX, "moov \udcff atom"))
    (kept,) = store.errors().values()
    assert (kept.path, kept.why, kept.detail) == (clip.path, Why.NO_INDEX, "moov \udcff atom")
    assert store.load(MODELS)[0].error.why is Why.NO_INDEX
    store.put_found(Path("/a.mp4"), STAMP)
    assert store.errors()
    store.put_found(Path("/a.mp4"), FileStamp(2, 2))
    assert not store.errors()
    assert store.load(MODELS)[0].error is None


def test_a_missing_clip_keeps_all_and_comes_back(store):
    clip = put(store, "/a.mp4")
    store.set_missing([clip.id], missing=True)
    assert store.load(MODELS)[0].missing
    assert store.put_found(Path("/a.mp4"), STAMP) == clip
    assert not store.load(MODELS)[0].missing


def test_clips_below_folders(store):
    names = [
        "/fest/a.mp4",
        "/fest/b/c.mp4",
        "/fest2/d.mp4",
        "/fest0",
        "/fest",
        "/f.mp4",
        "/fest/\udcff.mp4",
    ]
    for name in names:
        store.put_found(Path(name), STAMP)

    def below(*folders):
        return [str(clip.path) for clip in store.clips_below([Path(each) for each in folders])]

    assert below("/fest") == ["/fest", "/fest/a.mp4", "/fest/b/c.mp4", "/fest/\udcff.mp4"]
    assert below("/fest/b", "/fest") == below("/fest")
    assert below("/f.mp4") == ["/f.mp4"]
    assert len(below("/")) == len(names)
    assert below("/fe") == []
    assert [str(one.clip.path) for one in store.load(MODELS, [Path("/fest/b")])] == [
        "/fest/b/c.mp4"
    ]


def test_some_clips_are_loaded_as_all_are(store):
    ids = [put(store, f"/{name}.mp4", f"content {name}").id for name in "abcde"]
    for name in "abc":
        store.save_report(look(f"content {name}", blur=0.1 * ord(name) - 9.6))
    store.save_report(look("content b", NEWER, Pass.COARSE))
    store.decide({ids[1]: Decision(Mark.KEEP, 3)})
    store.put_error(store.clip(ids[3]), ClipError(Path("/d.mp4"), Why.NO_INDEX))
    store.set_missing([ids[2]], missing=True)
    store.remove([ids[4]])

    def said(one):
        tracks = None if one.look is None else one.look.tracks.values.tolist()
        rest = None if one.look is None else (one.look.models, one.look.looked, one.look.damage)
        learned = one.look and one.look.features and one.look.features.measured.tolist()
        return str((one.clip, one.decision, tracks, rest, learned, one.missing)), repr(one.error)

    for models in (MODELS, NEWER):
        every = {one.clip.id: said(one) for one in store.load(models)}
        wanted = [ids[2], ClipId(99), ids[0], ids[4], ids[3], ids[1]]
        some = [(one.clip.id, said(one)) for one in store.load_some(models, wanted)]
        assert some == [(one, every[one]) for one in (ids[2], ids[0], ids[3], ids[1])]
    assert store.load_some(MODELS, []) == []


def test_the_best_look_is_shown(store):
    put(store, "/a.mp4", "content")
    best = lambda models: store.load(models)[0].look  # noqa: E731
    assert best(MODELS) is None
    store.save_report(look("content", MODELS, Pass.COARSE))
    assert (best(MODELS).models, best(MODELS).looked) == (MODELS, Pass.COARSE)
    assert best(NEWER).models == MODELS, "stale facts are better than none"
    store.save_report(look("content", NEWER, Pass.FULL))
    assert best(MODELS).models == MODELS
    assert best(NEWER).looked is Pass.FULL


def test_a_coarse_look_never_replaces_a_full_one(store):
    store.save_report(look("content", looked=Pass.COARSE, blur=0.1))
    assert store.report(ContentId("content"), MODELS).frames[0].blur == 0.1
    store.save_report(look("content", looked=Pass.FULL, blur=0.2))
    store.save_report(look("content", looked=Pass.COARSE, blur=0.3))
    assert store.report(ContentId("content"), MODELS).frames[0].blur == 0.2
    store.save_report(look("content", looked=Pass.FULL, blur=0.4))
    assert store.report(ContentId("content"), MODELS).frames[0].blur == 0.4
    assert store.report(ContentId("content"), NEWER) is None
    assert store.looks(MODELS) == {"content": Pass.FULL}
    assert store.looks(NEWER) == {}


@pytest.mark.parametrize(("layout", "kept"), [(2, Pass.FULL), (99, Pass.COARSE)])
def test_a_closer_look_gives_way_only_where_it_cannot_be_read(store, tmp_path, layout, kept):
    store.save_report(look("content"))
    with closing(sqlite3.connect(tmp_path / "library.sqlite")) as db, db:
        db.execute("UPDATE reports SET layout = ?", (layout,))
    store.save_report(look("content", looked=Pass.COARSE))
    assert store.looks(MODELS) == {"content": kept}


def test_decisions_are_kept_all_or_none(store):
    clip = put(store, "/a.mp4")
    with pytest.raises(KeyError):
        store.decide({clip.id: Decision(stars=5), 999: Decision(stars=5)})
    assert store.decision(clip.id) == UNDECIDED


@pytest.mark.parametrize("in_s", [float("nan"), -1.0, float("inf")])
def test_a_time_that_is_none_is_not_kept(store, in_s):
    clip = put(store, "/a.mp4")
    with pytest.raises(ValueError, match=r"not a time"):
        store.decide({clip.id: Decision(in_s=in_s)})
    assert store.load(MODELS)[0].decision == UNDECIDED


def test_only_what_changes_is_stated_anew(store):
    clip = put(store, "/a.mp4")
    store.decide({clip.id: Decision(mark=Mark.KEEP)}, at_ns=100, by="Anna")
    store.decide({clip.id: Decision(mark=Mark.KEEP, stars=2)}, at_ns=200, by="Ben")
    said = {field: (one.at_ns, one.by) for field, one in store.records([clip.id])[clip.id].items()}
    assert said == {"mark": (100, "Anna"), "stars": (200, "Ben")}


def test_tracks_of_another_release_are_made_again(store, monkeypatch):
    put(store, "/a.mp4", "content")
    report = look("content", blur=0.7)
    monkeypatch.setattr(reports, "TRACKS_VERSION", 0)
    monkeypatch.setattr(reports, "tracks_of", lambda _: tracks_of(look("x", blur=0.1)))
    store.save_report(report)
    monkeypatch.undo()
    shown = store.load(MODELS)[0].look.tracks
    assert (shown.of(Flag.BLURRY) == tracks_of(report).of(Flag.BLURRY)).all()


def test_a_report_from_before_noise_was_measured_is_read_and_has_none(store, tmp_path):
    clip = put(store, "/a.mp4")
    store.save_report(look(clip.content, blur=0.25))
    with closing(sqlite3.connect(tmp_path / "library.sqlite")) as db, db:
        (frames, about) = db.execute("SELECT frames, about FROM reports").fetchone()
        said = json.loads(about)
        del said["noise"]
        db.execute(
            "UPDATE reports SET layout = 2, frames = ?, about = ?", (frames[:48], json.dumps(said))
        )
    report = store.report(clip.content, MODELS)
    assert report == look(clip.content, blur=0.25)
    assert report.noise is None
    (loaded,) = store.load(MODELS)
    assert loaded.look.noise is None
    assert store.looks(MODELS) == {clip.content: Pass.FULL}


def test_a_clips_noise_is_the_median_of_its_frames(store):
    clip = put(store, "/a.mp4")
    (frame,) = look(clip.content).frames
    noises = (0.5, None, 0.01, 0.02)
    frames = tuple(replace(frame, time_s=float(n), noise=noise) for n, noise in enumerate(noises))
    store.save_report(replace(look(clip.content), frames=frames))
    (loaded,) = store.load(MODELS)
    assert loaded.look.noise == pytest.approx(0.02)


def test_the_places_are_those_of_the_clips_that_have_one(store):
    kept = [put(store, "/f/b.mp4", "b"), put(store, "/f/a \udcff.mp4", "a")]
    store.remove([put(store, "/f/c.mp4").id])
    assert store.places() == [(one.id, str(one.path)) for one in reversed(kept)]


@given(any_reports())
def test_a_report_comes_back_exactly(tmp_path_factory, report):
    with closing(ClipStore(tmp_path_factory.mktemp("any") / "library.sqlite")) as store:
        store.put_read(store.put_found(Path("/a"), STAMP), report.content, MEDIA)
        store.save_report(report)
        assert store.report(report.content, report.models) == report
        tracks, made = store.load(report.models)[0].look.tracks, tracks_of(report)
    assert tracks.values.tobytes() == made.values.tobytes()
    assert tracks.lengths_s.tobytes() == made.lengths_s.tobytes()
