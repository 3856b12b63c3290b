"""`footage-sorter rate` that is stopped in its middle: what is done is kept."""

import signal

import pytest

from footage_sorter.domain.clip import Decision, Mark
from footage_sorter.store.clips import ClipStore
from tests.e2e.conftest import (
    CLASSICAL,
    overwrite_but_keep_the_stamp,
    rated_so_far,
    wait_for_reports,
)
from tests.helpers.command import interrupt


def test_ctrl_c_ends_cleanly_and_keeps_what_is_done(program, long_shoot):
    process = program.start("rate", long_shoot, *CLASSICAL)
    wait_for_reports(program, process, 3)
    interrupt(process)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "Stopped" in err
    done = rated_so_far(program.library)
    assert 3 <= done < 24
    for clip in sorted(long_shoot.iterdir())[:3]:
        overwrite_but_keep_the_stamp(clip)
    assert program.run("rate", long_shoot, *CLASSICAL).status == 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_kill_in_mid_analysis_loses_no_finished_clip_and_no_mark(program, long_shoot):
    first = sorted(long_shoot.iterdir())[0]
    program.run("rate", first, *CLASSICAL)
    store = ClipStore(program.library)
    (clip,) = store.clips_below([first])
    store.decide({clip.id: Decision(Mark.KEEP, stars=5)})
    store.close()
    process = program.start("rate", long_shoot, *CLASSICAL)
    wait_for_reports(program, process, 4)
    process.kill()
    process.communicate(timeout=30)
    for done in sorted(long_shoot.iterdir())[:4]:
        overwrite_but_keep_the_stamp(done)  # a second look at these would fail
    ended = program.run("rate", long_shoot, "--json", "-", *CLASSICAL)
    assert ended.status == 0, ended.err
    assert len(ended.document["clips"]) == 24
    assert ended.clip(first.name)["mark"] == "keep"
    assert ended.clip(first.name)["stars"] == 5
