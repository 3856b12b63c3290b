"""Classifiers from the command: add, list, remove."""

from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.output import say
from footage_sorter.cli.requests import Classifiers
from footage_sorter.cli.text import one_line
from footage_sorter.domain import words
from footage_sorter.domain.tags import Classifier
from footage_sorter.services.core import Core


def run(core: Core, wanted: Classifiers) -> ExitStatus:
    """Do what `wanted` says to the installed classifiers; return the exit status.

    Raises:
        FootageError: It cannot be done; nothing was changed.
    """
    shelf = core.shelf
    if wanted.add is not None:
        classifier = shelf.install(wanted.add)
        say(f"Installed {describe(classifier)}")
        return ExitStatus.DONE
    if wanted.remove is not None:
        say(f"Removed {wanted.remove}; it is kept in {one_line(str(shelf.remove(wanted.remove)))}")
        return ExitStatus.DONE
    for classifier in shelf.installed():
        say(describe(classifier))
    refused = shelf.refused()
    for error in refused:
        say(words.error(error))
    if not refused and not shelf.installed():
        say(f"No classifier is installed in {one_line(str(shelf.folder))}")
    return ExitStatus.NOT_ALL if refused else ExitStatus.DONE


def describe(classifier: Classifier) -> str:
    """One line that says what a classifier is and how good it was."""
    labels = ", ".join(classifier.labels)
    measured = ""
    if classifier.accuracy is not None:
        measured = f"; {classifier.accuracy:.0%} right"
        if classifier.majority is not None:
            measured += f", {classifier.majority:.0%} by always naming the commonest"
    return f"{classifier.name} ({classifier.title}): {labels}{measured}"
