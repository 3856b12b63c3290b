import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.errors import ExchangeRefused, OutputFailed
from footage_sorter.domain.settings import RejectDialect
from footage_sorter.services.handoff.sidecars import (
    FolderNames,
    read_sidecar,
    write_sidecar,
)
from tests.helpers.rows import rated, unread
from tests.unit.services.handoff.strategies import HOSTILE_NAMES

BOTH = RejectDialect.BOTH


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["A1.MP4"], "A1.xmp"),
        (["A1.MP4", "a1.XMP"], "a1.XMP"),
        (["A1.MP4", "A1.MOV"], "A1.MP4.xmp"),
        (["A1.MP4", "a1.jpg"], "A1.MP4.xmp"),
        (["A1.MP4", "A1.MP4.xmp", "A1.xmp"], "A1.MP4.xmp"),
        (["A1.MP4", "A1.THM", "A1.LRV", "A1M01.XML"], "A1.xmp"),
    ],
)
def test_the_sidecar_is_named_so_that_no_other_file_can_claim_it(names, expected):
    assert FolderNames(names).to_write("A1.MP4") == expected


def test_a_sidecar_that_may_belong_to_another_file_is_not_read():
    assert FolderNames(["A1.MP4", "A1.ARW", "A1.xmp"]).there("A1.MP4") is None
    assert FolderNames(["A1.MP4", "A1.xmp"]).there("A1.MP4") == "A1.xmp"
    assert FolderNames(["A1.MP4"]).there("A1.MP4") is None


@pytest.mark.parametrize(
    "name", [n for n in HOSTILE_NAMES if len(n.encode(errors="replace")) < 250]
)
def test_a_decision_comes_back_from_beside_the_clip(tmp_path, name):
    clip = tmp_path / name
    clip.write_bytes(b"film")
    decision = Decision(Mark.KEEP, 3, "take 2")
    path = write_sidecar(rated(clip, decision=decision), BOTH)
    assert path.suffix == ".xmp"
    assert read_sidecar(clip) == decision
    assert clip.read_bytes() == b"film"
    assert write_sidecar(rated(clip, decision=decision), BOTH) is None


def test_a_name_of_255_bytes_has_its_sidecar_where_one_can_be_named(tmp_path):
    decision = Decision(Mark.KEEP)
    fits, rival = "é" * 125 + "x.mp4", "é" * 125 + "x.mov"
    (tmp_path / fits).touch()
    assert write_sidecar(rated(tmp_path / fits, decision=decision), BOTH).name.endswith("x.xmp")
    assert read_sidecar(tmp_path / fits) == decision
    (tmp_path / rival).touch()  # now it would have to be called by the whole name
    with pytest.raises(OutputFailed) as failed:
        write_sidecar(rated(tmp_path / fits, decision=Decision(Mark.REJECT)), BOTH)
    assert "too long" in failed.value.detail


def test_two_clips_of_one_base_name_have_a_sidecar_each(tmp_path):
    for name in ("A.MP4", "A.MOV"):
        (tmp_path / name).touch()
    for name, mark in (("A.MP4", Mark.KEEP), ("A.MOV", Mark.REJECT)):
        write_sidecar(rated(tmp_path / name, decision=Decision(mark)), BOTH)
    assert read_sidecar(tmp_path / "A.MP4") == Decision(Mark.KEEP)
    assert read_sidecar(tmp_path / "A.MOV") == Decision(Mark.REJECT)


def test_a_broken_sidecar_is_left_alone(tmp_path):
    (tmp_path / "A.MP4").touch()
    (tmp_path / "A.xmp").write_bytes(b"<broken")
    with pytest.raises(ExchangeRefused):
        write_sidecar(rated(tmp_path / "A.MP4", decision=Decision(Mark.KEEP)), BOTH)
    assert (tmp_path / "A.xmp").read_bytes() == b"<broken"


def test_a_clip_that_nobody_judged_gets_no_sidecar(tmp_path):
    assert write_sidecar(unread(str(tmp_path / "A.MP4")), BOTH) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_one_error(tmp_path):
    with pytest.raises((ExchangeRefused, OutputFailed)):
        write_sidecar(rated(tmp_path / "no" / "A.MP4"), BOTH)
