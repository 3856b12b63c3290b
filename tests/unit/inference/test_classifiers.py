import json
import os
import struct

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load, save

from footage_sorter.domain import words
from footage_sorter.domain.errors import ClassifierRefused
from footage_sorter.domain.tags import CLIP_FRAMES, clean_name, is_clean
from footage_sorter.inference import classifiers, torch_clips
from footage_sorter.inference.classifiers import read_manifest, read_weights
from footage_sorter.inference.scorers import check_classifier, load_tagger
from tests.helpers.classifiers import LABELS, classifier, manifest, weights, write

PICTURES = [
    np.random.default_rng(n).integers(0, 255, (90, 160, 3), np.uint8) for n in range(CLIP_FRAMES)
]


def refusal(folder):
    """The one sentence that a person reads of a classifier that cannot be used."""
    with pytest.raises(ClassifierRefused) as caught:
        torch_clips.load(folder, "cpu")
    sentence = str(words.error(caught.value))
    assert "\n" not in sentence
    assert len(sentence) < 500
    return sentence


def test_a_whole_classifier_judges_a_clip(tmp_path):
    folder = classifier(tmp_path / "place")
    known = check_classifier(folder)
    assert (known.name, known.title, known.labels) == ("place", "Place", LABELS)
    assert (known.accuracy, known.majority) == (0.9, 0.5)
    found = load_tagger("cpu", tmp_path, known).judge(PICTURES)
    assert len(found) == 2
    assert sum(found) == pytest.approx(1.0)
    assert found == torch_clips.load(folder, "cpu").judge(PICTURES)
    assert found != torch_clips.load(folder, "cpu").judge(PICTURES[::-1])


def test_a_classifier_for_which_the_card_has_no_room_runs_on_the_processor(tmp_path, monkeypatch):
    moved = torch.nn.Module.to

    def to(net, where, *rest):
        if where == "cuda":
            raise torch.cuda.OutOfMemoryError("full")
        return moved(net, where, *rest)

    folder = classifier(tmp_path / "place")
    expected = torch_clips.load(folder, "cpu").judge(PICTURES)
    monkeypatch.setattr(torch.nn.Module, "to", to)
    assert torch_clips.load(folder, "cuda").judge(PICTURES) == expected


def test_other_weights_and_other_labels_are_another_classifier(tmp_path):
    ids = {
        read_manifest(classifier(tmp_path / str(n), **changes)).classifier.id
        for n, changes in enumerate(
            ({}, {"seed": 2}, {"labels": ["outdoor", "indoor"]}, {"title": "Where"})
        )
    }
    assert len(ids) == 3  # the title alone is the same one


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"schema": 2}, "version 2"),
        ({"name": "../place"}, "small letters"),
        ({"name": "removed"}, "small letters"),
        ({"name": "camera-move"}, "small letters"),
        ({"name": "con"}, "small letters"),
        ({"name": 3}, "small letters"),
        ({"title": ""}, "no name"),
        ({"title": "a\u202eb"}, "no name"),
        ({"labels": ["one"]}, "2 to"),
        ({"labels": ["one", "One"]}, "the same"),
        ({"labels": ["one", "x" * 61]}, "no name"),
        ({"labels": [str(n) for n in range(500)]}, "2 to"),
        ({"labels": "ab"}, "2 to"),
        ({"network": {"name": "os.system"}}, "unknown network"),
        ({"network": {"name": "gru", "backbone": "vit_h_14"}}, "unknown backbone"),
        ({"network": {"name": "gru", "hidden": 10**9}}, "no number"),
        ({"network": {"name": "gru", "layers": True}}, "no number"),
        ({"network": []}, "damaged"),
        ({"input": {"frames": 8, "side_px": 64}}, "8 frames"),
        ({"input": {"frames": 16, "side_px": 100_000}}, "no number"),
        ({"least": float("nan")}, "no share"),
        ({"sha256": "0"}, "SHA-256"),
        ({"sha256": "0" * 64}, "hash is another one"),
        ({"measured": {"accuracy": 7}}, "no share"),
    ],
)
def test_a_manifest_out_of_bounds_is_refused_with_a_sentence(tmp_path, changes, says):
    assert says in refusal(classifier(tmp_path / "place", **changes))


def test_a_network_other_than_that_of_the_weights_is_refused_before_it_is_filled(tmp_path):
    for other in ({"name": "lstm", "hidden": 8}, {"name": "r3d_18"}, {"name": "tcn"}):
        network = {"backbone": "mobilenet_v2", "depth": 4} | other
        folder = classifier(tmp_path / network["name"], network=network)
        assert "not those of" in refusal(folder)


def test_on_a_full_card_the_processor_judges_from_then_on(tmp_path):
    folder = classifier(tmp_path / "place")
    tagger = torch_clips.load(folder, "cpu")
    expected, net = tagger.judge(PICTURES), tagger._net
    tried = []

    class Full:
        """A network on a card without room."""

        def __call__(self, _clip):
            tried.append(1)
            raise torch.cuda.OutOfMemoryError

        def cpu(self):
            return net

    tagger._net, tagger._device = Full(), "meta"  # no card is needed to have no room on it
    assert [tagger.judge(PICTURES) for _ in range(2)] == [expected] * 2
    assert len(tried) == 1


def test_weights_that_are_no_numbers_are_refused(tmp_path):
    tensors = load(weights())
    tensors["head.answer.bias"][0] = float("nan")
    content = save(tensors)
    assert "no number" in refusal(write(tmp_path / "place", manifest(content), content))


def test_an_answer_that_is_no_number_is_refused(tmp_path):
    tensors = load(weights())
    tensors["head.answer.weight"].fill_(3e38)
    content = save(tensors)
    folder = write(tmp_path / "place", manifest(content), content)
    tagger = torch_clips.load(folder, "cpu")
    with pytest.raises(ClassifierRefused, match="no number"):
        tagger.judge(PICTURES)


def test_a_pickle_is_never_opened(tmp_path):
    trap = tmp_path / "opened"

    class Trap:
        def __reduce__(self):
            return os.mkdir, (str(trap),)

    torch.save({"a": Trap()}, tmp_path / "evil.pt")
    content = (tmp_path / "evil.pt").read_bytes()
    assert "no safetensors" in refusal(write(tmp_path / "place", manifest(content), content))
    assert not trap.exists()


def test_a_file_too_large_is_refused_without_being_read(tmp_path, monkeypatch):
    folder = classifier(tmp_path / "place")
    with (folder / "weights.safetensors").open("r+b") as file:
        file.truncate(classifiers.MOST_WEIGHTS_BYTES + 1)
    assert "larger than" in refusal(folder)


def test_a_missing_file_and_a_folder_in_its_place_are_refused(tmp_path):
    folder = classifier(tmp_path / "place")
    (folder / "weights.safetensors").unlink()
    assert "has no weights" in refusal(folder)
    (folder / "weights.safetensors").mkdir()
    assert "has no weights" in refusal(folder)
    assert "has no manifest" in refusal(tmp_path / "nowhere")


def test_a_pipe_is_not_waited_for(tmp_path):
    folder = classifier(tmp_path / "place")
    (folder / "manifest.json").unlink()
    os.mkfifo(folder / "manifest.json")
    assert "has no manifest" in refusal(folder)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
PLACES = st.sampled_from(
    ["schema", "name", "title", "labels", "network", "input", "sha256", "least", "measured"]
)


@settings(max_examples=120, deadline=None)
@given(place=PLACES, value=ANYTHING, inside=st.none() | st.sampled_from(
    ["name", "backbone", "depth", "hidden", "layers", "frames", "side_px", "accuracy"]
))  # fmt: skip
def test_whatever_a_manifest_says_it_is_read_or_refused(tmp_path_factory, place, value, inside):
    """No other error leaves, and what is read is within bounds."""
    values = manifest()
    if inside is not None and isinstance(values[place], dict):
        values[place][inside] = value
    else:
        values[place] = value
    folder = tmp_path_factory.getbasetemp() / "any"
    sentences = []
    try:
        write(folder, values, b"")
    except (ValueError, UnicodeEncodeError):
        return
    try:
        found = read_manifest(folder).classifier
    except ClassifierRefused as error:
        sentences.append(str(words.error(error)))
        found = None
    assert not any("\n" in one for one in sentences)
    if found is None:
        return
    assert is_clean(found.name)
    assert 2 <= len(found.labels) <= classifiers.MOST_LABELS
    assert all(label.isprintable() and len(label) <= 60 for label in found.labels)
    assert 0.0 <= found.least <= 1.0


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200) | st.builds(
    lambda head, length: struct.pack("<Q", length) + head,
    st.binary(max_size=100) | ANYTHING.map(lambda v: json.dumps(v).encode()),
    st.integers(0, 2**64 - 1) | st.integers(0, 120),
))  # fmt: skip
def test_whatever_the_weights_hold_they_are_read_or_refused(tmp_path_factory, content):
    folder = write(tmp_path_factory.getbasetemp() / "bytes", manifest(content), content)
    try:
        read_weights(read_manifest(folder))
    except ClassifierRefused:
        return


def test_a_deeply_nested_manifest_is_refused(tmp_path):
    folder = classifier(tmp_path / "place")
    (folder / "manifest.json").write_text("[" * 100_000, "utf-8")
    assert "cannot be used" in refusal(folder)


@given(text=st.text(max_size=100))
def test_a_clean_name_is_clean_or_nothing(text):
    name = clean_name(text)
    assert not name or is_clean(name)
