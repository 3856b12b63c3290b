"""Marks from a machine with other paths find their clip, or are told; none is guessed."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import ClipId, ContentId, Decision, FileStamp, Mark
from footage_sorter.services.handoff.imported import Imported, Traits
from footage_sorter.services.matching import match
from tests.helpers.rows import media, rated

KEEP = Decision(Mark.KEEP)
A, B = ContentId("a" * 32), ContentId("b" * 32)


def row(number, path, content=None, size_bytes=1000, duration_s=10.0):
    made = rated(path, clip_id=number, content=content, facts=media(duration_s))
    return replace(made, clip=replace(made.clip, stamp=FileStamp(size_bytes, 1)))


def found(brought, *rows):
    """Numbers of the clips that were found, then the paths that are unknown and ambiguous."""
    matches = match(brought, rows)
    assert matches.named == len({one.path for one in brought})
    return (
        list(matches.said),
        [str(path) for path in matches.unknown],
        [str(path) for path in matches.ambiguous],
    )


def said(path, **traits):
    return Imported(Path(path), KEEP, Traits(**traits))


def test_a_content_tells_the_clip_wherever_it_lies_and_whatever_it_is_called():
    rows = (row(1, "/here/new name.mp4", A), row(2, "/there/A001.mp4", B))
    assert found([said("/there/A001.mp4", content=A)], *rows) == ([1], [], [])


def test_a_path_tells_the_clip_unless_another_content_is_meant():
    clip = row(1, "/media/card/A001.mp4", A)
    assert found([said("/media/card/A001.mp4")], clip) == ([1], [], [])
    next_card = said("/media/card/A001.mp4", content=B, size_bytes=1000, duration_s=10.0)
    assert found([next_card], clip) == ([], ["/media/card/A001.mp4"], [])
    not_read_yet = row(1, "/media/card/A001.mp4")
    assert found([next_card], not_read_yet) == ([1], [], [])


def test_of_two_copies_the_one_at_the_path_or_of_the_name_is_meant():
    rows = (row(1, "/a/A001.mp4", A), row(2, "/b/A002.mp4", A))
    assert found([said("/b/A002.mp4", content=A)], *rows) == ([2], [], [])
    assert found([said("/else/A001.mp4", content=A)], *rows) == ([1], [], [])
    assert found([said("/else/x.mp4", content=A)], *rows) == ([], [], ["/else/x.mp4"])


def test_a_name_tells_the_clip_only_with_its_size_or_length():
    clip = row(1, "/here/A001.MP4", size_bytes=5, duration_s=7.0)
    assert found([said("/x/a001.mp4", size_bytes=5)], clip) == ([1], [], [])
    assert found([said("/x/A001.MP4", duration_s=7.04)], clip) == ([1], [], [])
    for traits in ({}, {"size_bytes": 6}, {"duration_s": 7.2}, {"size_bytes": 5, "duration_s": 8}):
        assert found([said("/x/A001.MP4", **traits)], clip) == ([], ["/x/A001.MP4"], [])


def test_a_name_that_several_clips_have_is_told_and_not_guessed():
    rows = (row(1, "/one/A001.mp4"), row(2, "/two/A001.mp4", duration_s=4.0))
    assert found([said("/x/A001.mp4", size_bytes=1000)], *rows) == ([], [], ["/x/A001.mp4"])
    assert found([said("/x/A001.mp4", duration_s=4.0)], *rows) == ([2], [], [])


def test_two_files_that_could_both_be_one_clip_are_told():
    theirs = [said("/card 1/A001.mp4", duration_s=10.0), said("/card 2/A001.mp4", duration_s=10.0)]
    assert found(theirs, row(1, "/A001.mp4")) == ([], [], ["/card 1/A001.mp4", "/card 2/A001.mp4"])


def test_a_clip_that_is_known_by_its_path_is_no_ones_namesake():
    theirs = [said("/here/A001.mp4"), said("/other/A001.mp4", duration_s=10.0)]
    assert found(theirs, row(1, "/here/A001.mp4")) == ([1], ["/other/A001.mp4"], [])


def test_paths_and_names_of_other_systems_are_understood():
    windows = said("D:\\card\\A001.mp4", size_bytes=1000)
    from_url = said("/D:/card/A001.mp4", size_bytes=1000)
    share = said("\\\\server\\card\\A001.mp4", size_bytes=1000)
    for one in (windows, from_url, share):
        assert found([one], row(1, "/here/A001.mp4"))[0] == [1]
    decomposed = said("/mac/Café.mp4".replace("é", "e\u0301"), size_bytes=1000)
    assert found([decomposed], row(1, "/here/Café.mp4"))[0] == [1]
    odd = said("/x/a\\b: c.mp4", size_bytes=1000)  # a name that only Unix allows
    assert found([odd], row(1, "/here/a\\b: c.mp4"))[0] == [1]


def test_a_clip_that_is_named_twice_has_both_said_of_it():
    twice = [Imported(Path("/a"), KEEP), Imported(Path("/a"), Decision(stars=3))]
    assert match(twice, [row(1, "/a")]).said == {ClipId(1): Decision(Mark.KEEP, 3)}


contents = st.sampled_from([None, A, B])
names = st.sampled_from(["x.mp4", "X.MP4", "y.mp4"])
folders = st.sampled_from(["/one", "/two", "C:\\three"])
sizes = st.sampled_from([1, 2])


@settings(deadline=None)
@given(
    st.lists(st.tuples(folders, names, contents, sizes), max_size=5, unique_by=lambda r: r[:2]),
    st.lists(st.tuples(folders, names, contents, sizes | st.none()), max_size=5),
)
def test_nobody_is_lost_and_no_content_ever_meets_another(library, theirs):
    rows = [row(n, f"{f}/{name}", c, size) for n, (f, name, c, size) in enumerate(library)]
    brought = [said(f"{f}/{name}", content=c, size_bytes=size) for f, name, c, size in theirs]
    matches = match(brought, rows)
    told = {*matches.unknown, *matches.ambiguous}
    assert len(matches.said) + len(told) <= matches.named == len({one.path for one in brought})
    last = {one.path: one for one in brought}
    for clip_id in matches.said:
        held = rows[clip_id].clip.content
        claimants = [one for path, one in last.items() if path not in told]
        assert any(
            None in (held, one.traits.content) or one.traits.content == held for one in claimants
        )
