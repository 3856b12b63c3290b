"""The scan: every file found before the first is read; trouble is an outcome."""

import os
from contextlib import closing
from threading import Event
from types import SimpleNamespace

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import ClipError, FolderUnreadable, PathMissing, Why
from footage_sorter.domain.report import Models
from footage_sorter.media.probe import probe
from footage_sorter.services.scan import (
    Failed,
    FolderFailed,
    Found,
    Gone,
    Read,
    _first_time,
    scan,
    walk,
)
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.helpers.clips import Shot, film

MODELS = Models("blur@1", "exposure@1", "shake@1", "sound@1")
SMALL = Shot(seconds=0.5, size_px=(64, 36))


def read_media(path, cancel):
    return probe(path)


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "library.sqlite"
    prepare(path)
    with closing(ClipStore(path)) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "clips"
    made.mkdir()
    film(made / "a.mp4", SMALL)
    (made / "b.mp4").write_bytes(b"")
    return made


def found(*paths):
    return [path.name for path in walk(paths)]


def test_a_walk_lists_clips_by_name_and_passes_over_what_is_none(tmp_path):
    for name in ("B.MP4", "a.mov", "._a.mov", "notes.txt", "c.mkv"):
        (tmp_path / name).touch()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "d.mp4").touch()
    (tmp_path / "day 2").mkdir()
    (tmp_path / "day 2" / "e.mts").touch()
    assert found(tmp_path) == ["a.mov", "B.MP4", "c.mkv", "e.mts"]


def test_a_file_that_is_named_is_taken_whatever_its_ending(tmp_path):
    (tmp_path / "notes.txt").touch()
    assert found(tmp_path / "notes.txt") == ["notes.txt"]


def test_no_file_and_no_folder_comes_twice(tmp_path):
    (tmp_path / "day").mkdir()
    (tmp_path / "day" / "a.mp4").touch()
    (tmp_path / "again").symlink_to(tmp_path / "day", target_is_directory=True)
    (tmp_path / "day" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path, tmp_path / "day", tmp_path / "day" / "a.mp4") == ["a.mp4"]


def test_a_folder_that_cannot_be_listed_is_told_and_the_rest_is_found(tmp_path, monkeypatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "open").mkdir()
    (tmp_path / "open" / "a.mp4").touch()
    listing = os.scandir

    def scandir(path):
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr("footage_sorter.services.scan.os.scandir", scandir)
    trouble, clip = walk([tmp_path])
    assert isinstance(trouble, FolderUnreadable)
    assert (trouble.path.name, trouble.detail) == ("closed", "Permission denied")
    assert clip.name == "a.mp4"


def test_every_file_is_found_before_the_first_is_read(store, folder):
    outcomes = list(scan([folder], store, Event(), read_media))
    assert [type(one) for one in outcomes] == [Found, Found, Read, Failed]
    assert outcomes[3].error.why is Why.EMPTY


def test_a_second_scan_reads_nothing_and_still_tells_what_failed(store, folder):
    list(scan([folder], store, Event(), read_media))
    (folder / "a.mp4").chmod(0)
    outcomes = list(scan([folder], store, Event(), read_media))
    assert [type(one) for one in outcomes] == [Found, Found, Failed]
    assert outcomes[0].clip.media is not None


def test_what_failed_is_read_again_where_all_is_wanted_anew(store, folder):
    def no_decoder(path, cancel):
        raise ClipError(path, Why.UNSUPPORTED)

    clip = folder / "a.mp4"
    list(scan([clip], store, Event(), no_decoder))
    assert [type(one) for one in scan([clip], store, Event(), read_media)] == [Found, Failed]
    again = scan([clip], store, Event(), read_media, anew=True)
    assert [type(one) for one in again] == [Found, Read]
    assert store.errors() == {}


def test_a_folder_named_with_dots_is_the_same_folder(store, folder):
    clips = [one.clip for one in scan([folder], store, Event(), read_media) if type(one) is Found]
    dotted = folder / ".." / folder.name
    again = [one.clip for one in scan([dotted], store, Event(), read_media) if type(one) is Found]
    assert [clip.path for clip in again] == [clip.path for clip in clips]
    folder.rename(folder.parent / "away")
    gone = list(scan([dotted], store, Event(), read_media, may_be_gone=True))
    assert [type(one) for one in gone] == [Gone, Gone]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_what_is_no_file_is_passed_over(store, folder):
    before = len(list(walk([folder])))
    os.mkfifo(folder / "pipe.mp4")  # to open one waits for ever
    (folder / "nowhere.mp4").symlink_to(folder / "gone.mp4")
    (folder / "ring.mp4").symlink_to(folder / "ring.mp4")
    assert len(list(walk([folder]))) == before
    assert list(scan([folder / "pipe.mp4"], store, Event(), read_media)) == []


def test_a_drive_that_went_leaves_its_clips_missing_until_it_comes_back(store, folder, tmp_path):
    list(scan([folder], store, Event(), read_media))
    away = folder.rename(tmp_path / "away")
    gone = list(scan([folder], store, Event(), read_media, may_be_gone=True))
    assert {outcome.clip.path.name for outcome in gone if isinstance(outcome, Gone)} == {
        "a.mp4",
        "b.mp4",
    }
    assert all(stored.missing for stored in store.load(MODELS))
    away.rename(folder)
    list(scan([folder], store, Event(), read_media, may_be_gone=True))
    assert not any(stored.missing for stored in store.load(MODELS))
    with pytest.raises(PathMissing):
        list(scan([tmp_path / "never seen"], store, Event(), read_media, may_be_gone=True))


def test_a_missing_path_is_told_before_anything_is_stored(store, folder):
    with pytest.raises(PathMissing):
        list(scan([folder, folder / "nowhere"], store, Event(), read_media))
    assert store.clips_below([folder]) == []


def test_a_file_that_is_gone_is_told_and_keeps_its_mark_where_it_turns_up(store, folder):
    (clip, _) = [
        one.clip for one in scan([folder], store, Event(), read_media) if isinstance(one, Found)
    ]
    store.decide({clip.id: Decision(Mark.KEEP)})
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder / "a.mp4").rename(elsewhere / "z.mp4")
    assert [type(one) for one in scan([folder], store, Event(), read_media)] == [
        Found,
        Failed,
        Gone,
    ]
    outcomes = list(scan([elsewhere], store, Event(), read_media))
    (read,) = [one for one in outcomes if isinstance(one, Read)]
    assert read.clip.id == clip.id
    assert read.replaced == outcomes[0].clip.id
    assert store.decision(clip.id).mark is Mark.KEEP


def test_a_file_that_moved_keeps_its_mark_though_its_old_folder_is_not_scanned(store, folder):
    (clip, _) = [
        one.clip for one in scan([folder], store, Event(), read_media) if isinstance(one, Found)
    ]
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (folder / "a.mp4").rename(elsewhere / "a.mp4")
    (_, read) = scan([elsewhere], store, Event(), read_media)
    assert read.clip.id == clip.id


def test_what_failed_of_a_cancel_is_not_told(store, folder):
    cancel = Event()

    def cut_off(path, _cancel):
        cancel.set()
        raise ClipError(path, Why.UNREADABLE)

    outcomes = scan([folder / "a.mp4"], store, cancel, cut_off)
    assert [type(one) for one in outcomes] == [Found]


def test_a_drive_pulled_out_between_finding_and_reading_is_not_kept_with_the_clip(store, folder):
    outcomes = scan([folder / "a.mp4"], store, Event(), read_media)
    next(outcomes)
    (folder / "a.mp4").rename(folder / "away")
    *_, failed = outcomes
    assert failed.error.why is Why.MISSING
    assert store.errors() == {}
    (folder / "away").rename(folder / "a.mp4")
    assert [type(one) for one in scan([folder / "a.mp4"], store, Event(), read_media)] == [
        Found,
        Read,
    ]


def test_a_folder_that_fails_is_an_outcome(store, folder, monkeypatch):
    def closed(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("footage_sorter.services.scan.os.scandir", closed)
    assert [type(one) for one in scan([folder], store, Event(), read_media)] == [FolderFailed]


def test_a_cancel_ends_the_scan(store, folder):
    cancel = Event()
    outcomes = scan([folder], store, cancel, read_media)
    next(outcomes)
    cancel.set()
    assert list(outcomes) == []


def test_a_drive_that_gives_every_file_the_same_number_hides_none():
    drive = SimpleNamespace(stat=lambda: SimpleNamespace(st_dev=1, st_ino=0))
    seen = set()
    assert _first_time(drive, seen)
    assert _first_time(drive, seen)
