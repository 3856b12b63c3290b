"""Classifiers judge each content once, after its rating; what fails costs one classifier."""

from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from footage_sorter.domain.clip import ContentId, FileStamp, MediaInfo
from footage_sorter.domain.errors import ClassifierRefused, ClipError, Why
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.ports import FrameBatch, Instruments, Scored
from footage_sorter.domain.report import BurstScore, ClipReport, FrameScore, Pass
from footage_sorter.domain.tags import CLIP_FRAMES, Classifier, ClassifierId
from footage_sorter.services.analysis import Analysed, Switches, analyse, models_of
from footage_sorter.services.library import Library
from footage_sorter.services.tagging import Tagged, Untaggable, camera_move, filled
from footage_sorter.services.work import WorkQueue
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare

MEDIA = MediaInfo(4.0, Fraction(25), (64, 36))
PLACE = Classifier(ClassifierId("place@1"), "place", "Place", ("indoor", "outdoor"), 64)
SIZE = Classifier(ClassifierId("size@1"), "size", "Size", ("close", "wide"), 32)


class Source:
    """Frames as bright as their number, fewer of a short clip; one clip cannot be read twice."""

    def __init__(self):
        self.reads = []

    def read(self, clip, looked, working_long_side_px, cancel):
        self.reads.append((clip.path.stem, looked, working_long_side_px))
        if looked is Pass.TAGS and clip.path.stem == "gone":
            raise ClipError(clip.path, Why.MISSING)
        count = 5 if clip.path.stem == "short" else CLIP_FRAMES
        for at in range(count):
            yield FrameBatch(np.full((1, 36, 64, 3), at, np.uint8), np.array([float(at)]))


class Scorer:
    blur_model = exposure_model = "fake@1"
    working_long_side_px = 64
    stands_in = ""

    def score(self, frames):
        return Scored(tuple(FrameScore(float(t), 0.1, 0.0, 0.0) for t in frames.times_s))


class Tagger:
    """Says how bright the last picture is."""

    def __init__(self, seen):
        self.seen = seen

    def judge(self, pictures):
        self.seen.append([int(one[0, 0, 0]) for one in pictures])
        share = int(pictures[-1][0, 0, 0]) / CLIP_FRAMES
        return (1 - share, share)


class Bench:
    def __init__(self, folder):
        self.folder, self.path = folder, folder / "library.sqlite"
        prepare(self.path)
        self.store = ClipStore(self.path)
        self.source, self.seen, self.loaded = Source(), [], []
        self.installed = [PLACE]
        self.refused = set()

    def load(self, classifier):
        self.loaded.append(classifier.name)
        if classifier.name in self.refused:
            raise ClassifierRefused(classifier.name, "its weights are damaged")
        return Tagger(self.seen)

    def instruments(self):
        return Instruments(
            probe=lambda path, cancel: MEDIA,
            open_scorer=Scorer,
            source=self.source,
            score_burst=None,
            shake_model="shake@1",
            score_sound=lambda clip, cancel: None,
            sound_model="sound@1",
            classifiers=lambda: self.installed,
            load_tagger=self.load,
        )

    def clip(self, name, content=None):
        found = self.store.put_found(self.folder / f"{name}.mp4", FileStamp(10, 10))
        return self.store.put_read(found, ContentId(content or name), MEDIA)

    def library(self):
        return Library(self.store, models_of(Scorer(), self.instruments()), self.installed)

    def run(self, *clips, looks=True, **options):
        work = WorkQueue((Pass.FULL,))
        if looks:
            work.add(clips)
        work.add_tags(clips)
        told = analyse(
            work, Switches(), lambda: ClipStore(self.path), self.instruments(), **options
        )
        with closing(told) as outcomes:
            found = list(outcomes)[1:]
        assert work.progress().all_done
        return found


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    made.store.close()


def labels(bench):
    return {
        row.clip.path.stem: [tag.label for tag in row.tags]
        for row in bench.library().rows(Limits())
    }


def test_every_clip_is_rated_before_any_is_tagged(bench):
    told = bench.run(bench.clip("a"), bench.clip("b"))
    assert [type(one) for one in told] == [Analysed, Analysed, Tagged, Tagged]
    assert bench.seen == [list(range(CLIP_FRAMES))] * 2
    assert bench.loaded == ["place"]
    assert labels(bench) == {"a": ["outdoor"], "b": ["outdoor"]}


def test_what_is_told_is_on_disk(bench):
    clip = bench.clip("a")
    (_, told) = bench.run(clip)
    assert bench.store.tags([PLACE.id]) == {clip.content: told.probabilities}


def test_a_content_is_read_once_for_each_classifier(bench):
    clips = [bench.clip("a"), bench.clip("copy", content="a")]
    told = bench.run(*clips)
    tags = [one for one in bench.source.reads if one[1] is Pass.TAGS]
    assert tags == [("a", Pass.TAGS, PLACE.working_long_side_px)]
    assert sum(isinstance(one, Tagged) for one in told) == 2  # the copy is told as well
    assert bench.library().untagged(bench.library().rows(Limits())) == []
    bench.installed = [PLACE, SIZE]
    assert len(bench.library().untagged(bench.library().rows(Limits()))) == 2
    bench.source.reads.clear()
    bench.run(*clips, looks=False)
    assert bench.source.reads == [("a", Pass.TAGS, SIZE.working_long_side_px)]
    assert labels(bench)["copy"] == ["outdoor", "wide"]


def test_anew_means_tags_too(bench):
    clip = bench.clip("a")
    bench.run(clip)
    bench.run(clip, anew=True)
    assert [looked for _, looked, _ in bench.source.reads] == [Pass.FULL, Pass.TAGS] * 2


def test_a_classifier_that_cannot_be_used_is_told_once_and_the_others_serve(bench):
    bench.installed, bench.refused = [PLACE, SIZE], {"place"}
    told = bench.run(bench.clip("a"), bench.clip("b"))
    refusals = [one for one in told if isinstance(one, Untaggable)]
    assert [one.error.where for one in refusals] == ["place"]
    assert bench.loaded.count("place") == 1
    assert labels(bench) == {"a": ["wide"], "b": ["wide"]}
    bench.refused.clear()  # mended: what it missed is made up for
    bench.run(*(row.clip for row in bench.library().rows(Limits())), looks=False)
    assert labels(bench)["a"] == ["outdoor", "wide"]


def test_a_clip_that_cannot_be_read_for_tags_keeps_its_rating_and_is_not_tried_again(bench):
    clip = bench.clip("gone")
    bench.run(clip)
    (row,) = bench.library().rows(Limits())
    assert row.rating is not None
    assert row.error is None
    assert row.tags == ()
    assert bench.library().untagged([row]) == []


def test_a_clip_that_is_not_there_is_not_asked_for_its_tags(bench):
    bench.run(bench.clip("a"))
    (row,) = bench.library().rows(Limits())
    assert bench.library().untagged([row], anew=True) == [row.clip]
    assert bench.library().untagged([replace(row, missing=True)], anew=True) == []


def test_a_short_clip_is_judged_by_the_frames_that_it_has(bench):
    bench.run(bench.clip("short"))
    (seen,) = bench.seen
    assert len(seen) == CLIP_FRAMES
    assert sorted(set(seen)) == [0, 1, 2, 3, 4]
    assert seen == sorted(seen)


def test_filling_keeps_order_and_every_picture():
    for count in range(1, CLIP_FRAMES + 1):
        pictures = [np.full((1, 1, 3), at, np.uint8) for at in range(count)]
        values = [int(one[0, 0, 0]) for one in filled(pictures)]
        assert len(values) == CLIP_FRAMES
        assert sorted(set(values)) == list(range(count))
        assert values == sorted(values)


def test_the_camera_s_move_is_told_from_the_stored_report_alone(bench):
    """A steady pan in every burst; no frame is read for it."""
    move = camera_move("shake@1")
    bench.installed = [move]
    clip = bench.clip("a")
    bursts = tuple(BurstScore(at, at + 0.5, 0.02, 0.1, pan_x=0.2) for at in (0.0, 1.0, 2.0, 3.0))
    models = models_of(Scorer(), bench.instruments())
    frames = (FrameScore(0.0, 0.1, 0.0, 0.0),)
    bench.store.save_report(ClipReport(clip.content, models, Pass.COARSE, 4.0, frames, bursts))
    bench.run(clip, looks=False)
    assert bench.store.tags([move.id]) == {}  # a coarse look tells nothing yet
    bench.store.save_report(ClipReport(clip.content, models, Pass.FULL, 4.0, frames, bursts))
    bench.run(clip, looks=False)
    assert labels(bench) == {"a": ["pan"]}
    assert bench.source.reads == []
    assert camera_move("shake@2").id != move.id


def test_without_classifiers_nothing_is_read_for_tags(bench):
    bench.installed = []
    bench.run(bench.clip("a"))
    assert [looked for _, looked, _ in bench.source.reads] == [Pass.FULL]


def test_fewer_pictures_stand_for_even_shares_of_the_clip():
    assert filled([0, 1, 2, 3]) == [0] * 4 + [1] * 4 + [2] * 4 + [3] * 4
    assert filled(list(range(CLIP_FRAMES))) == list(range(CLIP_FRAMES))
