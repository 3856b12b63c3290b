"""The sidebar: what it counts is what is there."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.ui.library.sidebar import counts_of
from footage_sorter.ui.session.clip_filter import EVERYTHING
from tests.helpers.rows import failed, rated, unread

FOLDERS = ("/", "/fest", "/fest/day 2", "/fest/ä \udcff")
SAMPLES = (
    rated("/a.mp4", clip_id=1),
    rated("/a.mp4", clip_id=1, over={Flag.BLURRY: range(8)}),
    rated("/a.mp4", clip_id=1, over={Flag.BLURRY: range(8), Flag.SHAKY: range(8)}),
    replace(rated("/a.mp4", clip_id=1), damage="torn"),
    replace(rated("/a.mp4", clip_id=1), missing=True),
    failed("/a.mp4", clip_id=1),
    unread("/a.mp4", clip_id=1),
)


@st.composite
def libraries(draw):
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(SAMPLES), st.sampled_from(FOLDERS), st.sampled_from(Mark))
        )
    )
    return [
        replace(
            row,
            clip=replace(row.clip, id=at, path=row.clip.path.parent / folder / f"{at}.mp4"),
            decision=Decision(mark=mark),
        )
        for at, (row, folder, mark) in enumerate(rows)
    ]


@given(libraries())
def test_a_count_is_how_many_clips_its_click_shows(rows):
    counts = counts_of(rows)
    assert counts.pop(("", "")) == len(rows)
    for (field, value), clips in counts.items():
        if field == "folders":  # a click shows what lies deeper, too
            assert clips == sum(str(row.clip.path.parent) == value for row in rows)
            continue
        now = EVERYTHING.toggling(field, value)
        assert clips == sum(map(now.accepts, rows)), (field, value)


@given(libraries())
def test_every_clip_is_counted_once_by_its_folder_and_once_by_its_mark(rows):
    counts = counts_of(rows)
    for counted in ("folders", "marks"):
        assert sum(clips for (field, _), clips in counts.items() if field == counted) == len(rows)
