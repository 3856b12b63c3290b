"""Chooses the frame scorer for this machine. The only door to torch, opened late."""

import logging
import os
from importlib.resources.abc import Traversable
from pathlib import Path

from footage_sorter.domain.errors import ClassifierRefused, InferenceUnavailable
from footage_sorter.domain.ports import ClipTagger, FrameScorer
from footage_sorter.domain.tags import Classifier
from footage_sorter.inference.classical import ClassicalScorer
from footage_sorter.inference.classifiers import read_manifest
from footage_sorter.inference.weights import read_weights

log = logging.getLogger(__name__)


def open_scorer(device: str, weights: Traversable) -> FrameScorer:
    """Return the best scorer that this machine can run.

    Takes seconds, on the thread that will score. Where the classical scorer stands in for the
    networks, its `stands_in` says why.

    Args:
        device: "auto" (fall back with a warning), "cpu" or "cuda" (fail loudly), or "none" (the
            classical scorer).
        weights: Folder with a folder of weights for each network.

    Raises:
        InferenceUnavailable: `device` was named and the networks cannot run on it.
    """
    if device == "none":
        return ClassicalScorer()
    try:
        return _open_networks(device, weights)
    except InferenceUnavailable as error:
        if device != "auto":
            raise
        log.warning("the networks cannot run, the classical scorer stands in: %s", error.detail)
        return ClassicalScorer(stands_in=error.detail)


def _open_networks(device: str, weights: Traversable) -> FrameScorer:
    """Load the networks.

    Raises:
        InferenceUnavailable: They cannot run here.
    """
    try:
        from footage_sorter.inference import torch_backend  # noqa: PLC0415  it takes seconds
    except (ImportError, OSError) as error:  # OSError: a shared library of torch is missing
        raise InferenceUnavailable(f"torch cannot be loaded: {error}") from error
    where = torch_backend.pick_device(device)
    if device == "auto" and where != "cpu":
        try:
            return torch_backend.load(weights, where, threads=_threads())
        except InferenceUnavailable as error:  # the card is full, or its driver refuses
            log.warning("%s cannot be used: going on with the processor", error.detail)
            where = "cpu"
    return torch_backend.load(weights, where, threads=_threads())


def _threads() -> int:
    """Half of the cores for the networks: the other half decodes.

    With a thread on every core, torch's threads wait for one another, spinning, whenever the
    decoder holds one of the cores: on two cores a frame then takes ten times as long.
    """
    return max(1, (os.cpu_count() or 1) // 2)


def planned_models(device: str, weights: Traversable) -> tuple[str, str]:
    """Tell who will judge blur and exposure, by the manifests alone: torch is not loaded.

    What `open_scorer` returns may still differ, where torch itself cannot be loaded.
    """
    classical = ClassicalScorer()
    names = (classical.blur_model, classical.exposure_model)
    if device == "none":
        return names
    try:
        blur, exposure = (read_weights(weights / task)[0] for task in ("blur", "exposure"))
    except InferenceUnavailable as error:
        log.debug("no networks at hand: %s", error.detail)
        return names
    return blur.label, exposure.label


def load_tagger(device: str, shelf: Path, classifier: Classifier) -> ClipTagger:
    """Load an installed classifier, on the thread that will judge.

    Args:
        device: "auto", "cpu" or "cuda".
        shelf: Folder of the classifiers' folders.
        classifier: Which one.

    Raises:
        ClassifierRefused: It is damaged or hostile, or networks cannot run here.
    """
    try:
        from footage_sorter.inference import torch_backend, torch_clips  # noqa: PLC0415  ditto

        return torch_clips.load(shelf / classifier.name, torch_backend.pick_device(device))
    except (ImportError, OSError) as error:
        detail = f"torch cannot be loaded: {error}"
        raise ClassifierRefused(classifier.name, detail) from error
    except InferenceUnavailable as error:
        raise ClassifierRefused(classifier.name, error.detail) from error


def known_classifier(folder: Path) -> Classifier:
    """Tell what a classifier's manifest says it is, without touching its weights.

    Raises:
        ClassifierRefused: The manifest is damaged or hostile.
    """
    return read_manifest(folder).classifier


def check_classifier(folder: Path) -> Classifier:
    """Load a classifier once, to find out whether it can be used.

    Raises:
        ClassifierRefused: It cannot.
    """
    try:
        from footage_sorter.inference import torch_clips  # noqa: PLC0415  torch takes seconds
    except (ImportError, OSError) as error:
        raise ClassifierRefused(folder.name, f"torch cannot be loaded: {error}") from error
    torch_clips.load(folder, "cpu")
    return known_classifier(folder)
