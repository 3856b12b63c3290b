"""What a person saves under a name: presets of limits, and filters.

Each act is a step that can be undone, so none of them asks. Knows the settings, no widget.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from footage_sorter.domain.limits import Limits
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.steps import SaveCommand

T = TypeVar("T")


class Saved(QObject):
    """Saves, replaces and removes by name.

    Signals:
        presets_changed, filters_changed: Those in the settings are others now.
        hinted: A short sentence: what came of a step that is not before a person's eyes.
    """

    presets_changed = Signal()
    filters_changed = Signal()
    hinted = Signal(str)

    def __init__(self, session: Session, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stack = stack

    def save_preset(self, name: str, limits: Limits) -> None:
        """Keep limits under a name, in place of those that had it."""
        own, keep = self._session.settings.own_presets, self._keep_presets
        after = {**own, name: limits}
        if name not in own:
            self._push(keep, own, after, name, step=self.tr("Save the preset “{name}”"))
        elif after != own:
            says = self.tr("The preset “{name}” was replaced. Undo brings it back.")
            self._push(
                keep, own, after, name, step=self.tr("Replace the preset “{name}”"), says=says
            )

    def remove_preset(self, name: str) -> None:
        """Forget a preset; limits made with it stay as they are."""
        own, keep = self._session.settings.own_presets, self._keep_presets
        after = _without(own, name)
        says = self.tr("The preset “{name}” was removed. Undo brings it back.")
        self._push(keep, own, after, name, step=self.tr("Remove the preset “{name}”"), says=says)

    def save_filter(self, name: str, text: str) -> None:
        """Keep a filter, a text of `ClipFilter`, under a name, in place of the one that had it."""
        own, keep = self._session.settings.saved_filters, self._keep_filters
        after = {**own, name: text}
        if name not in own:
            self._push(keep, own, after, name, step=self.tr("Save the filter “{name}”"))
        elif after != own:
            says = self.tr("The filter “{name}” was replaced. Undo brings it back.")
            self._push(
                keep, own, after, name, step=self.tr("Replace the filter “{name}”"), says=says
            )

    def remove_filter(self, name: str) -> None:
        """Forget a saved filter; what is shown stays as it is."""
        own, keep = self._session.settings.saved_filters, self._keep_filters
        after = _without(own, name)
        says = self.tr("The filter “{name}” was removed. Undo brings it back.")
        self._push(keep, own, after, name, step=self.tr("Remove the filter “{name}”"), says=says)

    def _push(
        self,
        keep: Callable[[Mapping[str, T]], None],
        before: Mapping[str, T],
        after: Mapping[str, T],
        name: str,
        *,
        step: str,
        says: str = "",
    ) -> None:
        command = SaveCommand(partial(keep, before), partial(keep, after), step.format(name=name))
        self._stack.push(command)
        if says:
            self.hinted.emit(says.format(name=name))

    def _keep_presets(self, presets: Mapping[str, Limits]) -> None:
        self._session.save(replace(self._session.settings, own_presets=presets))
        self.presets_changed.emit()

    def _keep_filters(self, filters: Mapping[str, str]) -> None:
        self._session.save(replace(self._session.settings, saved_filters=filters))
        self.filters_changed.emit()


def _without(saved: Mapping[str, T], name: str) -> Mapping[str, T]:
    return {one: value for one, value in saved.items() if one != name}
