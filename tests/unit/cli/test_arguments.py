"""What may be typed."""

from pathlib import Path

import pytest

from footage_sorter.cli.arguments import parse
from footage_sorter.cli.requests import Demo, Rate, Window
from footage_sorter.domain.filing import Grouping
from footage_sorter.domain.order import Order
from footage_sorter.domain.settings import RejectDialect


def test_no_words_open_the_window():
    assert parse([])[1] == Window(())


def test_folders_open_the_window_with_them():
    assert parse(["a", "./rate"])[1] == Window((Path("a"), Path("./rate")))


def test_rate():
    common, command = parse(
        ["rate", "a", "b", "--json", "-", "--csv", "x.csv", "--device", "cpu", "--preset", "stage"]
    )
    assert command == Rate((Path("a"), Path("b")), "-", "x.csv", "stage", anew=False)
    assert common.device == "cpu"


def test_demo():
    assert parse(["demo"])[1] == Demo(None)
    assert parse(["demo", "x"])[1] == Demo(Path("x"))


@pytest.mark.parametrize(
    "words",
    [
        ["rate"],
        ["rate", "a", "--preset", "none"],
        ["rate", "a", "--device", "tpu"],
        ["export", "csv"],
        ["export", "csv", "out.csv", "--like", "pool.csv"],
        ["export", "csv", "out.csv", ""],
        ["rate", ""],
        ["rate", "a", "--json", "-", "--csv", "-"],
        ["reel", "out.mkv"],
        ["learn", "--off", "--export", "taste.json"],
        ["files", "copy", "--to", ""],
    ],
)
def test_a_wrong_command_ends_with_status_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2
    assert "footage-sorter" in capsys.readouterr().err


def test_an_export_may_only_be_shown_and_obeys_the_windows_settings():
    wanted = parse(["export", "resolve-csv", "o.csv", "a", "--dry-run", "--like", "pool.csv"])[1]
    assert (wanted.preset, wanted.dialect) == (None, None)
    assert (wanted.dry_run, wanted.like, wanted.paths) == (True, Path("pool.csv"), (Path("a"),))
    assert parse(["rate", "a", "--no-sidecars"])[1].sidecars is False
    assert parse(["reel", "o.mp4", "--dry-run"])[1].dry_run


@pytest.mark.parametrize(
    ("words", "choices"),
    [
        (["files", "copy", "--to", "x", "--by", "?"], Grouping),
        (["reel", "x.mp4", "--order", "?"], Order),
        (["export", "xmp", "--dialect", "?"], RejectDialect),
    ],
)
def test_who_mistypes_a_choice_reads_what_to_type(capsys, words, choices):
    with pytest.raises(SystemExit):
        parse(words)
    said = capsys.readouterr().err.splitlines()[-1]
    assert all(choice.value in said for choice in choices)
    assert "<" not in said


def test_a_reel_may_shout():
    assert parse(["reel", "OUT.MP4"])[1].out == Path("OUT.MP4")
