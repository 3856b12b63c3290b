"""The trainer's parts: folds by source, what is left out, heads, a backbone without its norms."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from footage_sorter.domain.clip import Clip, ClipId, ContentId, FileStamp, MediaInfo
from footage_sorter.domain.training import Example, LeftOut, Refusal, Refused, TrainingJob
from footage_sorter.inference.clip_sizes import ClipSizes
from footage_sorter_training import backbones, clips, heads, place
from footage_sorter_training.clips import Lesson, NothingToLearn
from footage_sorter_training.heads import Seen
from footage_sorter_training.place import Place
from footage_sorter_training.train import Talk, train

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def lesson(name, label="a", *, source="", at_s=None, camera="GoPro", duration_s=10.0):
    recorded_at = None if at_s is None else NOON + timedelta(seconds=at_s)
    media = MediaInfo(duration_s, Fraction(25), (64, 36), recorded_at=recorded_at, camera=camera)
    path = Path(f"/{name}.mp4")
    clip = Clip(ClipId(0), path, FileStamp(1, 1), ContentId(name), media)
    return Lesson(clip, ContentId(name), media, label, source)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=4, max_size=60),
    st.integers(0, 99),
)
def test_no_source_is_on_both_sides_and_every_clip_is_tried_once(pairs, seed):
    truth = [label for label, _ in pairs]
    sources = [f"{label}-{source}" if source > 4 else str(source) for label, source in pairs]
    if len(set(sources)) < 2:
        return
    parts = heads.folds(truth, sources, seed)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(pairs)))
    assert 2 <= len(parts) <= heads.FOLDS
    where = [{sources[at] for at in part.tolist()} for part in parts]
    assert sum(map(len, where)) == len(set(sources))


def test_labels_are_spread_evenly_over_the_folds():
    truth = [0] * 20 + [1] * 10
    parts = heads.folds(truth, [str(at) for at in range(30)], seed=3)
    assert [sum(truth[at] for at in part) for part in parts] == [2] * 5
    assert [len(part) for part in parts] == [6] * 5


def test_takes_of_one_scene_are_one_source():
    lessons = clips.with_sources(
        [
            lesson("a", at_s=0),
            lesson("b", at_s=30),  # begins 20 s after the end of the one before
            lesson("c", at_s=85),
            lesson("d", at_s=500),
            lesson("e", at_s=31, camera="Canon"),
            lesson("f"),
            lesson("g", source="monday", at_s=1),
        ]
    )
    a, b, c, d, e, f, g = (one.source for one in lessons)
    assert a == b == c
    assert len({a, d, e, f, g}) == 5
    assert g == "monday"


def test_a_copy_is_left_out_and_what_is_in_two_classes_is_in_none():
    kept, skipped = clips.without_doubles(
        [lesson("a"), lesson("a"), lesson("b"), lesson("b", "b"), lesson("c", "b")]
    )
    assert [str(one.content) for one in kept] == ["a", "c"]
    assert [(one.why, one.about) for one in skipped] == [
        (LeftOut.COPY, ""),
        (LeftOut.IN_SEVERAL, "a, b"),
        (LeftOut.IN_SEVERAL, "a, b"),
    ]


@pytest.mark.parametrize(
    ("lessons", "says"),
    [
        ([lesson("a", source="1"), lesson("b", source="2")], "class_empty: b"),
        ([lesson("a", source="1"), lesson("c", "b", source="3")], "class_of_one_clip: a"),
        (
            [*(lesson(n, source="1") for n in "xy"), *(lesson(n, "b", source=n) for n in "pq")],
            "class_of_one_scene: a",
        ),
    ],
)
def test_classes_that_no_trial_could_judge_are_refused(lessons, says):
    with pytest.raises(NothingToLearn, match=says):
        clips.check(lessons, ("a", "b"))


def test_one_class_is_refused():
    with pytest.raises(NothingToLearn, match="one_class"):
        clips.wanted_labels([Example("/a", "a"), Example("/b", "a")])


@pytest.fixture
def _quick(monkeypatch):
    """Tiny tensors, easy to learn from: few steps, and no threads that wait for one another."""
    monkeypatch.setattr(heads, "STEPS", 40)
    monkeypatch.setattr(heads, "FOLDS", 3)
    monkeypatch.setattr(heads, "CHOICE_FOLDS", 2)
    monkeypatch.setattr(heads, "CANDIDATES", ("average", "gru"))
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def seen(of, n=24, seed=0):
    """Clips whose label shows in `of` their features: "what", "order" or "nothing"."""
    draw = np.random.default_rng(seed)
    truth = np.arange(n) % 2
    features = draw.normal(0, 0.5, (n, 16, 6))
    if of == "what":
        features[:, :, 0] += 2.0 * truth[:, None]
    if of == "order":  # rising or falling: the same values, in another order
        slope = np.linspace(-2, 2, 16)
        features[:, :, 1] += np.where(truth[:, None] == 1, slope, -slope)
    return Seen(
        torch.tensor(features, dtype=torch.float32),
        torch.tensor(truth),
        tuple(map(str, range(n))),
        2,
    )


def right(trial):
    return np.trace(trial.confusion) / trial.confusion.sum()


@pytest.fixture
def among(_quick):
    return heads.choices(ClipSizes("average", "mobilenet_v2"), "auto")


def test_what_shows_in_the_pictures_is_learned(among):
    trial = heads.cross_validate(among, seen("what"), seed=1)
    assert trial.confusion.sum() == 24
    assert right(trial) >= 0.95


def test_what_shows_only_in_the_order_is_learned_over_time(among):
    trial = heads.cross_validate(among, seen("order"), seed=1)
    assert right(trial) >= 0.95
    assert trial.sizes.network != "average"
    only_average = heads.choices(ClipSizes("average", "mobilenet_v2"), "average")
    assert right(heads.cross_validate(only_average, seen("order"), seed=1)) < 0.8


def test_where_there_is_nothing_the_choice_among_heads_does_not_flatter(among):
    shares = [right(heads.cross_validate(among, seen("nothing", 24, n), seed=n)) for n in range(2)]
    assert 0.2 < np.mean(shares) < 0.8


@pytest.mark.usefixtures("_quick")
def test_a_source_seen_in_training_does_not_help():
    """Labels follow the source alone: tried on other sources, it must be guessing."""
    draw = np.random.default_rng(5)
    sources = [f"s{at // 4}" for at in range(48)]
    marks = draw.normal(0, 1, (12, 64))
    features = np.stack([np.tile(marks[at // 4], (16, 1)) for at in range(48)])
    truth = draw.integers(0, 2, 12).repeat(4)
    features += draw.normal(0, 0.1, features.shape)
    what = Seen(torch.tensor(features, dtype=torch.float32), torch.tensor(truth), tuple(sources), 2)
    average = heads.choices(ClipSizes("average", "mobilenet_v2"), "average")
    honest = right(heads.cross_validate(average, what, seed=1))
    by_clip = Seen(what.features, what.truth, tuple(map(str, range(48))), 2)
    assert right(heads.cross_validate(average, by_clip, seed=1)) > 0.95  # what a naive trial says
    assert honest < 0.85


def test_the_shipped_blocks_see_the_same_without_their_norms_as_with():
    torch.manual_seed(1)
    found = backbones._shipped()
    blocks = found.net.backbone[0]
    pixels = torch.randn(1, 3, 64, 64)
    manifest, content = backbones.read_weights(backbones.resource("weights", found_task(found)))
    shipped = backbones.build(
        manifest.stem_channels, manifest.stages, manifest.width, len(manifest.classes)
    )
    shipped.load_state_dict(
        {name: tensor.float() for name, tensor in backbones.read_tensors(content).items()}
    )
    with torch.inference_mode():
        torch.testing.assert_close(blocks(pixels), shipped.trunk(pixels), rtol=1e-3, atol=1e-4)


def found_task(found):
    return found.origin.partition("-")[0]


@pytest.fixture
def _card(monkeypatch):
    """A machine whose card `pick_device` takes; nothing is computed on it here."""
    monkeypatch.setattr(place, "pick_device", lambda _wanted: "cuda")


@pytest.mark.usefixtures("_card")
def test_on_a_full_card_work_begins_anew_on_the_processor_and_stays_there(caplog):
    asked = []

    def work(device):
        asked.append(device)
        if device == "cuda":
            raise torch.cuda.OutOfMemoryError("full")
        return len(asked)

    here = Place("auto")
    assert here.do(work) == 2
    assert here.do(work) == 3
    assert asked == ["cuda", "cpu", "cpu"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_a_processor_without_memory_is_told():
    def work(_device):
        raise torch.cuda.OutOfMemoryError("full")

    with pytest.raises(torch.cuda.OutOfMemoryError):
        Place("cpu").do(work)


def test_a_card_that_was_named_and_is_not_there_is_refused_with_a_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    told, running = [], Event()
    running.set()
    examples = (Example("/a.mp4", "a"), Example("/b.mp4", "b"))
    job = TrainingJob("x", "X", examples, tmp_path / "x", tmp_path / "seen", device="cuda")
    train(job, Talk(told.append, running))
    assert told == [Refused(Refusal.NO_DEVICE, "no CUDA device here")]


def test_an_unknown_backbone_is_refused():
    with pytest.raises(backbones.NoBackbone):
        backbones.find("os.system")
