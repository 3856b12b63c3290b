"""Settings come back as they were saved; a wrong value costs its own default and nothing else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import OutputFailed
from footage_sorter.domain.limits import STAGE, FaultLimit
from footage_sorter.domain.rating import Verdict
from footage_sorter.domain.settings import (
    DEFAULTS,
    OWN_LIMITS,
    Device,
    RejectDialect,
    Settings,
    Theme,
)
from footage_sorter.store import settings_file
from footage_sorter.store.settings_file import VERSION, load_settings, save_settings
from tests.unit.domain.strategies import limits

paths = st.text(
    st.characters(codec="utf-8", exclude_characters="\0") | st.just("\udcff"), min_size=1
).map(lambda name: Path("/") / name)
any_settings = st.builds(
    Settings,
    device=st.sampled_from(Device),
    preset=st.sampled_from(["stage", OWN_LIMITS]),
    limits=limits,
    own_presets=st.dictionaries(st.text(), limits, max_size=2),
    folder_limits=st.dictionaries(paths, limits, max_size=2),
    theme=st.sampled_from(Theme),
    thumbnail_px=st.integers(96, 480),
    auto_advance=st.booleans(),
    automatic_marks=st.dictionaries(st.sampled_from(Verdict), st.sampled_from(Mark)),
    reject_dialect=st.sampled_from(RejectDialect),
    read_sidecars=st.booleans(),
    watched_folders=st.lists(paths, max_size=3).map(tuple),
    shortcuts=st.dictionaries(st.text(), st.text(), max_size=3),
    volume_percent=st.integers(0, 100),
    muted=st.booleans(),
    speed=st.floats(0.25, 4),
    person=st.text(),
    language=st.text(),
    saved_filters=st.dictionaries(st.text(), st.text(), max_size=3),
    less_motion=st.booleans(),
    loop=st.booleans(),
    team_file=st.booleans(),
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "config" / "settings.json"


def write(path, **values):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"version": VERSION} | values))


@given(any_settings)
def test_settings_come_back_as_they_were_saved(tmp_path_factory, settings):
    path = tmp_path_factory.mktemp("config") / "settings.json"
    save_settings(path, settings)
    assert load_settings(path).settings == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold(path):
    assert load_settings(path).settings == DEFAULTS
    assert not path.parent.exists()


def test_no_verdict_sets_a_mark_by_itself_unless_the_person_says_so():
    assert DEFAULTS.automatic_marks == {}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("device", "tpu"),
        ("theme", 1),
        ("thumbnail_px", 9999),
        ("thumbnail_px", True),
        ("thumbnail_px", "240"),
        ("auto_advance", 1),
        ("speed", 0),
        ("speed", None),
        ("limits", {"blurry": {"over": 2, "tolerated": 0}}),
        ("limits", {"blurry": {"over": 0.5}}),
        ("limits", []),
        ("folder_limits", {"/a": 1}),
        ("watched_folders", "/a"),
        ("watched_folders", [1]),
        ("automatic_marks", {"usable": "perhaps"}),
        ("shortcuts", {"keep": ["K"]}),
        ("volume_percent", 10**400),
    ],
)
def test_a_wrong_value_costs_its_own_default_only(path, name, wrong):
    write(path, person="Anna", **{name: wrong})
    loaded = load_settings(path)
    assert loaded.settings == replace(DEFAULTS, person="Anna")
    assert loaded.damage is None


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b"[" * 100_000])
def test_a_damaged_file_is_kept_aside(path, data):
    path.parent.mkdir()
    path.write_bytes(data)
    loaded = load_settings(path)
    assert loaded.settings == DEFAULTS
    assert loaded.damage.kept_as.read_bytes() == data
    assert not path.exists()


def test_saving_over_a_damaged_file_keeps_it_aside(path):
    path.parent.mkdir()
    path.write_bytes(b"{")
    save_settings(path, DEFAULTS)
    kept = [file.read_bytes() for file in path.parent.iterdir() if file != path]
    assert kept == [b"{"]


def test_what_a_newer_release_wrote_stays_in_the_file(path):
    write(path, version=VERSION + 1, hologram=True, person="Anna")
    save_settings(path, replace(load_settings(path).settings, loop=True))
    document = json.loads(path.read_text())
    assert (document["version"], document["hologram"]) == (VERSION + 1, True)
    assert (document["person"], document["loop"]) == ("Anna", True)


def test_an_older_document_is_upgraded(path, monkeypatch):
    def rename(document):
        return {("person" if key == "name" else key): value for key, value in document.items()}

    monkeypatch.setattr(settings_file, "UPGRADES", (rename,))
    monkeypatch.setattr(settings_file, "VERSION", 2)
    write(path, version=1, name="Anna")
    assert load_settings(path).settings.person == "Anna"
    write(path, version=2, name="Ben", person="Cleo")
    assert load_settings(path).settings.person == "Cleo"


def test_a_fault_that_an_older_release_did_not_know_has_its_default(path):
    write(path, limits={"blurry": {"over": 0.1, "tolerated": 0}})
    assert load_settings(path).settings.limits == replace(
        DEFAULTS.limits, blurry=FaultLimit(0.1, 0)
    )


def test_a_file_that_cannot_be_written_is_as_it_was(path):
    write(path.parent, person="Anna")  # a file where the folder should be
    with pytest.raises(OutputFailed):
        save_settings(path, DEFAULTS)
    assert "Anna" in path.parent.read_text()


def test_the_innermost_folders_limits_hold():
    day, stage = replace(STAGE, blurry=FaultLimit(0.1, 0.1)), STAGE
    settings = Settings(folder_limits={Path("/fest"): day, Path("/fest/stage"): stage})
    assert settings.limits_for(Path("/fest/stage/a.mp4")) is stage
    assert settings.limits_for(Path("/fest/a.mp4")) is day
    assert settings.limits_for(Path("/a.mp4")) is settings.limits
