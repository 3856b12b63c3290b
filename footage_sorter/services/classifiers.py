"""The shelf of installed classifiers: a folder of folders, each known by its name.

Knows files; what is in them is read by what it is handed. Nothing is ever deleted: a classifier
that is removed or replaced is kept aside.
"""

import logging
import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from footage_sorter.domain.errors import ClassifierRefused, OutputFailed
from footage_sorter.domain.tags import (
    CLASSIFIER_CARD,
    CLASSIFIER_MANIFEST,
    CLASSIFIER_WEIGHTS,
    REMOVED,
    Classifier,
)

log = logging.getLogger(__name__)

MOST_CLASSIFIERS = 16
"""Each is a column, and a network to run on every clip."""

_MOST_CARD_BYTES = 256 * 1024

Read = Callable[[Path], Classifier]
"""Reads what lies in a classifier's folder; raises ClassifierRefused."""


def is_classifier(path: Path) -> bool:
    """Whether `path` looks like a classifier's folder; whether it can be used is another matter."""
    return (path / CLASSIFIER_MANIFEST).is_file() and (path / CLASSIFIER_WEIGHTS).is_file()


class Shelf:
    """Where the installed classifiers lie. Holds no state: the folder is the truth."""

    def __init__(self, folder: Path, read: Read, check: Read) -> None:
        """Use `folder`, which need not exist yet.

        Args:
            folder: Of the folders.
            read: Reads a manifest; fast.
            check: Reads all of a classifier, weights and network; takes seconds.
        """
        self.folder = folder
        self._read = read
        self._check = check

    def installed(self) -> tuple[Classifier, ...]:
        """The classifiers that may be used, by title."""
        return self._all()[0]

    def refused(self) -> tuple[ClassifierRefused, ...]:
        """Why folders on the shelf cannot be used."""
        return self._all()[1]

    def install(self, folder: Path) -> Classifier:
        """Check and copy a classifier; another one of its name is kept aside.

        What is checked is the copy: the original may change meanwhile.

        Raises:
            ClassifierRefused: It cannot be used; the shelf is as before.
            OutputFailed: It cannot be copied; the shelf is as before.
        """
        name = self._read(folder).name
        others = [one for one in self.installed() if one.name != name]
        if len(others) >= MOST_CLASSIFIERS:
            raise ClassifierRefused(name, f"{MOST_CLASSIFIERS} are installed, remove one first")
        incoming = self.folder / f".{secrets.token_hex(8)}"
        try:
            incoming.mkdir(parents=True)
            for file in (CLASSIFIER_MANIFEST, CLASSIFIER_WEIGHTS):
                shutil.copyfile(folder / file, incoming / file)
            card = folder / CLASSIFIER_CARD
            if card.is_file() and card.stat().st_size <= _MOST_CARD_BYTES:
                shutil.copyfile(card, incoming / CLASSIFIER_CARD)
            classifier = self._checked(incoming, name)
            if (self.folder / name).exists():
                self._put_aside(name)
            incoming.rename(self.folder / name)
        except ClassifierRefused as error:
            raise ClassifierRefused(name, error.detail) from error
        except OSError as error:
            raise OutputFailed(self.folder / name, error.strerror or str(error)) from error
        finally:
            with suppress(OSError):  # a copy of ours that was not put in place
                shutil.rmtree(incoming)
        log.info("installed the classifier %s", classifier.id)
        return classifier

    def remove(self, name: str) -> Path:
        """Put a classifier aside; what it measured stays stored.

        Returns:
            Where it is kept.

        Raises:
            ClassifierRefused: None of that name is installed.
            OutputFailed: It cannot be moved.
        """
        known = {path.name for path in self._folders()}
        if name not in known:  # also refuses a path: only names of our folders are known
            raise ClassifierRefused(name, "none of that name is installed")
        try:
            return self._put_aside(name)
        except OSError as error:
            raise OutputFailed(self.folder / name, error.strerror or str(error)) from error

    def _put_aside(self, name: str) -> Path:
        moment = datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")
        aside = self.folder / REMOVED / f"{name}-{moment}-{secrets.token_hex(3)}"
        aside.parent.mkdir(parents=True, exist_ok=True)
        return (self.folder / name).rename(aside)

    def _all(self) -> tuple[tuple[Classifier, ...], tuple[ClassifierRefused, ...]]:
        found: list[Classifier] = []
        refused: list[ClassifierRefused] = []
        for path in self._folders():
            try:
                found.append(self._named(path))
            except ClassifierRefused as error:
                refused.append(error)
        found.sort(key=lambda one: (one.title.casefold(), one.name))
        return tuple(found[:MOST_CLASSIFIERS]), tuple(refused)

    def _checked(self, folder: Path, name: str) -> Classifier:
        classifier = self._check(folder)
        if classifier.name != name:
            raise ClassifierRefused(name, "it changed while it was read")
        return classifier

    def _named(self, folder: Path) -> Classifier:
        classifier = self._read(folder)
        if classifier.name != folder.name:  # copied by hand: two could claim one name
            raise ClassifierRefused(folder.name, f"its folder must be called {classifier.name}")
        return classifier

    def _folders(self) -> list[Path]:
        try:
            paths = sorted(self.folder.iterdir())
        except OSError:
            return []
        return [
            path
            for path in paths
            if path.is_dir() and path.name != REMOVED and not path.name.startswith(".")
        ]
