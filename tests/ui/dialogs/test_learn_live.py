"""A taste in use rates a clip that is analysed in the window, as it comes in."""

from contextlib import closing

import pytest

from footage_sorter.domain.report import Pass
from footage_sorter.services.learning import learn_from
from footage_sorter.store.clips import ClipStore
from tests.helpers.clips import Shot, film
from tests.helpers.marked import fill, takes

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints",  # the offscreen platform has no window manager
    "No RHI backend",  # nor a graphics card
    "pa_context_connect",  # the machine may have no sound server
)


def test_a_clip_that_comes_in_later_is_rated_too(qtbot, core, open_window, tmp_path):
    with closing(ClipStore(core.library_path)) as store:
        fill(store, takes(models=core.models))
    window = open_window()
    taste = learn_from(window.session.model.rows(), core.models).taste
    assert window.session.use_taste(taste)
    film(tmp_path / "new.mp4", Shot(seconds=2, size_px=(320, 180)))
    window.session.add([tmp_path / "new.mp4"])

    def new():
        rows = window.session.model.rows()
        return next((row for row in rows if row.clip.path.name == "new.mp4"), None)

    qtbot.waitUntil(lambda: new() is not None and new().looked is Pass.FULL, timeout=30_000)
    assert 0 <= new().for_you <= 100
