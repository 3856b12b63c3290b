"""Analysis with a decoder that is killed: that clip fails, the next is rated."""

import os
import signal
from contextlib import closing
from functools import partial
from threading import Event

import pytest

from footage_sorter.domain.errors import Why
from footage_sorter.domain.ports import Instruments
from footage_sorter.domain.report import Pass
from footage_sorter.inference import motion
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.media import sound
from footage_sorter.media.decoders import Decoders
from footage_sorter.services.analysis import Analysed, Switches, analyse
from footage_sorter.services.scan import Failed, Read, scan
from footage_sorter.services.work import WorkQueue
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from tests.helpers.clips import Shot, film

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX'")


class Saboteur:
    """Reads like `decoders`, but sends the decoder a signal in the middle of the clip "bad"."""

    def __init__(self, decoders, number):
        self.decoders = decoders
        self.number = number

    def read(self, clip, looked, working_long_side_px, cancel):
        with closing(self.decoders.read(clip, looked, working_long_side_px, cancel)) as samples:
            yield next(samples)
            if clip.path.stem == "bad":
                os.kill(self.decoders.pids[0], self.number)
            yield from samples


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("clips")
    for name in ("bad", "good", "late"):
        film(made / f"{name}.mp4", Shot(seconds=5, size_px=(640, 360)))
    return made


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (signal.SIGSEGV, Why.CRASHED),
        (signal.SIGKILL, Why.CRASHED),
        (signal.SIGSTOP, Why.STALLED),
    ],
)
def test_a_decoder_that_falls_in_mid_clip_costs_that_clip(folder, tmp_path, number, why):
    library = tmp_path / "library.sqlite"
    prepare(library)
    open_store = partial(ClipStore, library)
    with closing(Decoders(patience_s=3.0)) as decoders, closing(open_store()) as store:
        instruments = Instruments(
            probe=decoders.probe,
            open_scorer=ClassicalScorer,
            source=Saboteur(decoders, number),
            score_burst=motion.score_burst,
            shake_model=motion.SHAKE_MODEL,
            score_sound=decoders.score_sound,
            sound_model=sound.SOUND_MODEL,
        )
        found = scan([folder], store, Event(), decoders.probe)
        clips = [outcome.clip for outcome in found if isinstance(outcome, Read)]
        assert len(clips) == 3
        work = WorkQueue((Pass.FULL,))
        work.add(clips)
        _, *outcomes = analyse(work, Switches(), open_store, instruments)
        kept = store.errors()
    assert [type(outcome) for outcome in outcomes] == [Failed, Analysed, Analysed]
    assert outcomes[0].error.why is why
    assert all(outcome.report.bursts for outcome in outcomes[1:])
    # A file that crashes decoders does so tomorrow; a drive that slept is awake by then.
    assert [error.why for error in kept.values()] == ([why] if why is Why.CRASHED else [])
