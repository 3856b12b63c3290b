"""Analysis: save, then tell; one bad clip is an outcome; a cancel leaves nothing."""

import threading
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from threading import Event

import numpy as np
import pytest

from footage_sorter.domain.clip import ContentId, FileStamp, MediaInfo
from footage_sorter.domain.errors import ClipError, JudgesLost, LibraryUnavailable, Why
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.ports import Burst, Damage, FrameBatch, Instruments, Scored, StartOver
from footage_sorter.domain.report import BurstScore, FrameScore, Pass
from footage_sorter.services.analysis import Analysed, Scoring, Switches, analyse, models_of
from footage_sorter.services.library import Library, stale
from footage_sorter.services.scan import Failed
from footage_sorter.services.work import WorkQueue
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare

MEDIA = MediaInfo(4.0, Fraction(25), (64, 36))


def batch(*times_s):
    return FrameBatch(np.zeros((len(times_s), 36, 64, 3), np.uint8), np.array(times_s))


def burst(start_s):
    return Burst(np.zeros((3, 36, 64), np.uint8), start_s + np.array([0.0, 0.04, 0.08]))


class FakeSource:
    """Yields what a test gave it by the clip's name; an error is raised in its turn."""

    def __init__(self, **samples):
        self.samples = samples
        self.reads = []
        self.closed = []

    def read(self, clip, looked, working_long_side_px, cancel):
        self.reads.append((clip.path.stem, looked))
        try:
            for sample in self.samples.get(clip.path.stem, [batch(0.0, 2.0), burst(1.0)]):
                if isinstance(sample, Exception):
                    raise sample
                if isinstance(sample, Event):
                    sample.wait(10)
                    continue
                yield sample
        finally:
            self.closed.append(clip.path.stem)


class FakeScorer:
    blur_model = "fake@1"
    exposure_model = "fake@1"
    working_long_side_px = 64
    stands_in = ""

    def __init__(self, blur=0.25):
        self.blur = blur

    def score(self, frames):
        pictures = np.stack([frames.times_s, np.full(len(frames.times_s), 0.5)], axis=1)
        scores = tuple(FrameScore(float(t), self.blur, 0.0, 0.0) for t in frames.times_s)
        return Scored(scores, pictures.astype(np.float32))


class Mortal(FakeScorer):
    """Lost over every batch that begins at -1 s."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def score(self, frames):
        self.asked.append(frames.times_s[0])
        if frames.times_s[0] == -1:
            raise JudgesLost("SIGKILL", hung=False)
        return super().score(frames)


class Bench:
    """A library in a folder, with clips, and the instruments of a test."""

    def __init__(self, folder):
        self.path = folder / "library.sqlite"
        prepare(self.path)
        self.folder = folder
        self.store = self.open()
        self.source = FakeSource()
        self.scorer = FakeScorer()
        self.score_sound = lambda clip, cancel: None
        self.opened_on = []
        self.switches = Switches()

    def open(self):
        return ClipStore(self.path)

    def clip(self, name, media=MEDIA, content=None):
        found = self.store.put_found(self.folder / f"{name}.mp4", FileStamp(10, 10))
        return self.store.put_read(found, ContentId(content or name), media)

    def instruments(self):
        def open_scorer():
            self.opened_on.append(threading.current_thread().name)
            return self.scorer

        return Instruments(
            probe=lambda path, cancel: MEDIA,
            open_scorer=open_scorer,
            source=self.source,
            score_burst=lambda b: BurstScore(float(b.times_s[0]), float(b.times_s[-1]), 0.1, 0.5),
            shake_model="shake@1",
            score_sound=self.score_sound,
            sound_model="sound@1",
        )

    def run(self, *clips, passes=(Pass.FULL,), **options):
        work = WorkQueue(passes)
        work.add(clips)
        outcomes = analyse(work, self.switches, self.open, self.instruments(), **options)
        if clips:
            assert isinstance(next(outcomes), Scoring)
        return outcomes

    def report(self, clip):
        return self.store.report(clip.content, models_of(self.scorer, self.instruments()))

    def rows(self):
        return Library(self.store, models_of(self.scorer, self.instruments())).rows(Limits())


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def test_a_report_is_in_order_however_it_was_decoded(bench):
    clip = bench.clip("a")
    bench.source.samples["a"] = [batch(2.0), burst(3.0), batch(0.0, 1.0), burst(1.0)]
    list(bench.run(clip))
    report = bench.report(clip)
    assert [frame.time_s for frame in report.frames] == [0.0, 1.0, 2.0]
    assert [burst.start_s for burst in report.bursts] == [1.0, 3.0]


def test_what_came_before_a_clip_was_read_afresh_does_not_count(bench):
    clip = bench.clip("a")
    before = [batch(0.0, 1.0), burst(0.5), Damage("a picture is damaged"), StartOver()]
    bench.source.samples["a"] = [*before, batch(0.0), Damage("cut off")]
    list(bench.run(clip))
    report = bench.report(clip)
    assert [frame.time_s for frame in report.frames] == [0.0]
    assert report.bursts == ()
    assert report.damage == "cut off"
    assert report.picture == (0.0, 0.5)


def test_what_is_told_is_on_disk(bench):
    clip = bench.clip("a")
    with closing(bench.run(clip)) as outcomes:
        told = next(outcomes)
        assert isinstance(told, Analysed)
        with closing(bench.open()) as other:
            stored = other.report(clip.content, told.report.models)
    assert stored == told.report
    assert [frame.time_s for frame in stored.frames] == [0.0, 2.0]
    assert len(stored.bursts) == 1


def test_one_bad_clip_is_an_outcome_and_the_rest_goes_on(bench):
    good, bad, last = bench.clip("good"), bench.clip("bad"), bench.clip("last")
    bench.source.samples["bad"] = [batch(0.0), ClipError(bad.path, Why.DAMAGED, "planted")]
    outcomes = list(bench.run(good, bad, last))
    assert [type(one) for one in outcomes] == [Analysed, Failed, Analysed]
    assert bench.report(bad) is None
    # Nothing of the bad clip leaked into the next one.
    assert len(bench.report(last).frames) == 2
    row = next(row for row in bench.rows() if row.clip.id == bad.id)
    assert row.error.why is Why.DAMAGED
    assert row.rating is None


def test_a_drive_pulled_out_is_told_but_not_kept_with_the_clip(bench):
    clip = bench.clip("a")
    bench.source.samples["a"] = [ClipError(clip.path, Why.MISSING)]
    (outcome,) = bench.run(clip)
    assert outcome.error.why is Why.MISSING
    assert bench.rows()[0].error is None


def test_a_clip_that_yields_no_frame_failed(bench):
    clip = bench.clip("a")
    bench.source.samples["a"] = [Damage("no picture"), Damage("no picture")]
    (outcome,) = bench.run(clip)
    assert isinstance(outcome, Failed)
    assert outcome.error.why is Why.DAMAGED


def test_a_clip_that_failed_counts_as_failed_and_done(bench):
    bad, good = bench.clip("bad"), bench.clip("good")
    bench.source.samples["bad"] = [ClipError(bad.path, Why.DAMAGED)]
    work = WorkQueue((Pass.FULL,))
    work.add([bad, good])
    list(analyse(work, bench.switches, bench.open, bench.instruments()))
    progress = work.progress()
    assert (progress.failed, progress.done, progress.total) == (1, 2, 2)
    assert progress.footage_s == MEDIA.duration_s, "no footage was looked at of the one that failed"


def test_no_clip_is_in_work_while_the_run_is_paused(bench):
    work = WorkQueue((Pass.FULL,))
    work.add([bench.clip("a")])
    bench.switches.running.clear()
    outcomes = analyse(work, bench.switches, bench.open, bench.instruments())
    run = threading.Thread(target=list, args=(outcomes,))
    run.start()
    wait_until(lambda: bench.source.reads)
    wait_until(lambda: work.progress().current is None)
    assert not work.progress().all_done
    bench.switches.running.set()
    run.join(10)
    assert work.progress().all_done


def wait_until(is_so):
    for _ in range(500):
        if is_so():
            return
        Event().wait(0.01)
    pytest.fail("it did not come")


def test_a_clip_over_which_what_judges_is_lost_fails_alone(bench):
    clips = [bench.clip(name) for name in ("bad", "good", "worse", "last")]
    bench.scorer = Mortal()
    bench.source.samples["bad"] = [batch(0.0), batch(-1.0), batch(1.0), burst(2.0)]
    bench.source.samples["worse"] = [batch(-1.0)]
    outcomes = list(bench.run(*clips))
    assert [type(one) for one in outcomes] == [Failed, Analysed, Failed, Analysed]
    assert [one.error.why for one in outcomes[::2]] == [Why.UNJUDGED] * 2
    assert outcomes[0].error.detail == "SIGKILL"
    assert bench.scorer.asked == [0, -1, 0, -1, 0]  # no more of a clip that failed
    assert [bench.report(clip) is None for clip in clips] == [True, False, True, False]
    assert not bench.store.errors()  # tomorrow there is more memory


def test_what_judges_lost_over_two_clips_in_a_row_ends_the_run(bench):
    clips = [bench.clip(name) for name in ("good", "bad", "worse", "last")]
    bench.scorer = Mortal()
    bench.source.samples |= {"bad": [batch(-1.0)], "worse": [batch(-1.0)]}
    outcomes = bench.run(*clips)
    assert [type(next(outcomes)) for _ in range(3)] == [Analysed, Failed, Failed]
    with pytest.raises(JudgesLost):
        next(outcomes)
    assert bench.report(clips[-1]) is None


def test_what_is_in_the_pictures_is_averaged_over_the_frames_of_one_clip(bench):
    first, second = bench.clip("first"), bench.clip("second")
    bench.source.samples["first"] = [batch(0.0, 1.0), batch(5.0)]
    bench.source.samples["second"] = [batch(3.0)]
    assert [one.report.picture for one in bench.run(first, second)] == [(2.0, 0.5), (3.0, 0.5)]
    rows = {row.clip.id: row.features.picture.tolist() for row in bench.rows()}
    assert rows == {first.id: [2.0, 0.5], second.id: [3.0, 0.5]}


def test_damage_is_kept_with_the_report(bench):
    clip = bench.clip("a")
    bench.source.samples["a"] = [batch(0.0), Damage("cut off"), Damage("cut off")]
    (outcome,) = bench.run(clip)
    assert outcome.report.damage == "cut off"


def test_a_cancel_leaves_nothing_of_the_clip_in_work(bench):
    first, second = bench.clip("first"), bench.clip("second")
    gate = Event()
    bench.source.samples["second"] = [batch(0.0), gate, batch(2.0)]
    with closing(bench.run(first, second)) as outcomes:
        assert next(outcomes).clip == first
        bench.switches.cancel.set()
        gate.set()
        assert list(outcomes) == []
    assert bench.report(first) is not None
    assert bench.report(second) is None
    assert bench.source.closed == ["first", "second"]


def test_a_source_cut_short_by_a_cancel_is_not_taken_for_a_whole_one(bench):
    clip = bench.clip("a")

    def ends_early(clip, looked, working_long_side_px, cancel):
        yield batch(0.0)
        bench.switches.cancel.set()

    bench.source.read = ends_early
    assert list(bench.run(clip)) == []
    assert bench.report(clip) is None


def test_sound_cut_short_by_a_cancel_is_not_taken_for_all_of_it(bench):
    clip = bench.clip("a")

    def ends_early(clip, cancel):
        cancel.wait(0.05)  # by then the run waits for what is heard
        cancel.set()
        return ()

    bench.score_sound = ends_early
    assert list(bench.run(clip)) == []
    assert bench.report(clip) is None


def test_a_second_run_reads_nothing(bench):
    clip = bench.clip("a")
    list(bench.run(clip))
    assert stale(bench.rows(), models_of(bench.scorer, bench.instruments())) == []
    (again,) = bench.run(clip)
    assert isinstance(again, Analysed)
    assert bench.source.reads == [("a", Pass.FULL)]


def test_anew_reads_again(bench):
    clip = bench.clip("a")
    list(bench.run(clip))
    bench.scorer.blur = 0.75
    list(bench.run(clip, anew=True))
    assert bench.report(clip).frames[0].blur == 0.75
    assert len(bench.source.reads) == 2


def test_a_copy_of_a_clip_costs_no_second_look(bench):
    one, copy = bench.clip("one", content="same"), bench.clip("copy", content="same")
    filler = [bench.clip(f"filler{n}") for n in range(6)]
    outcomes = list(bench.run(one, *filler, copy))
    assert len(outcomes) == 8
    assert "copy" not in [name for name, _ in bench.source.reads]


def test_another_model_reads_again(bench):
    clip = bench.clip("a")
    list(bench.run(clip))
    other = replace(models_of(bench.scorer, bench.instruments()), blur="better@2")
    assert stale(bench.rows(), other) == [clip]


def test_a_coarse_look_comes_first_and_a_close_one_replaces_it(bench):
    clips = [bench.clip("a"), bench.clip("b")]
    looks = [one.report.looked for one in bench.run(*clips, passes=(Pass.COARSE, Pass.FULL))]
    assert looks == [Pass.COARSE, Pass.COARSE, Pass.FULL, Pass.FULL]
    assert bench.report(clips[0]).looked is Pass.FULL


def test_a_run_says_first_who_scores(bench):
    bench.scorer.stands_in = "weights are missing"
    work = WorkQueue((Pass.FULL,))
    work.add([bench.clip("a")])
    with closing(analyse(work, bench.switches, bench.open, bench.instruments())) as outcomes:
        told = next(outcomes)
    assert told == Scoring(models_of(bench.scorer, bench.instruments()), "weights are missing")


def test_the_scorer_is_not_opened_without_work(bench):
    assert list(bench.run()) == []
    assert bench.opened_on == []


def test_a_pause_stops_between_batches_and_a_resume_goes_on(bench):
    clip = bench.clip("a")
    bench.source.samples["a"] = [batch(0.0), batch(1.0), batch(2.0)]
    bench.switches.running.clear()
    resume = threading.Timer(0.3, bench.switches.running.set)
    resume.start()
    (outcome,) = bench.run(clip)
    resume.join()
    assert len(outcome.report.frames) == 3


def test_a_failing_library_ends_the_run(bench, monkeypatch):
    clip = bench.clip("a")

    def full(self, report):
        raise LibraryUnavailable(bench.path, "disk full", disk_full=True)

    monkeypatch.setattr(ClipStore, "save_report", full)
    with pytest.raises(LibraryUnavailable):
        list(bench.run(clip))
    assert not [t for t in threading.enumerate() if t.name == "decode-ahead"]
