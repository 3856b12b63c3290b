"""Overrule: the key that says that a flag is wrong for the current clip, or takes that back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from footage_sorter.domain.clip import ClipId
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import FLAG_WORDS
from footage_sorter.ui.look.translate import tr_nothing_to_do, tr_word
from footage_sorter.ui.session.culling import Culling


class OverruleAction(QObject):
    """Overrules the one flag of the current clip; asks which, where there are several.

    Signals:
        hinted: A short sentence: what came of the key, or why it had nothing to do.
    """

    hinted = Signal(str)

    def __init__(
        self, current_row: Callable[[], ClipRow | None], culling: Culling, beside: QWidget
    ) -> None:
        """Take the clip from `current_row`; a choice is offered on `beside`."""
        super().__init__(beside)
        self._current_row, self._culling, self._beside = current_row, culling, beside

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its name."""
        return {"overrule": self.object}

    def object(self) -> None:
        """Do so for the current clip."""
        row = self._current_row()
        if row is None:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.NO_CLIP))
            return
        raised = frozenset() if row.rating is None else row.rating.flags
        overruled = row.decision.overruled
        flags = [flag for flag in Flag if flag in raised or flag in overruled]
        if not flags:
            waits = row.rating is None and row.error is None
            self.hinted.emit(
                tr_nothing_to_do(NothingToDo.NOT_RATED if waits else NothingToDo.NO_FLAG)
            )
        elif len(flags) == 1:
            self._overrule(row.clip.id, flags[0], wrong=flags[0] not in overruled)
        else:
            self._ask(row, flags)

    def _ask(self, row: ClipRow, flags: list[Flag]) -> None:
        menu = QMenu(self.tr("Which flag is wrong?"), self._beside)
        menu.setAccessibleName(menu.title())
        menu.addAction(menu.title()).setEnabled(False)  # a section's words are not painted
        for flag in flags:
            wrong = flag not in row.decision.overruled
            words = tr_word(FLAG_WORDS[flag])
            if not wrong:
                words = self.tr("Take back: {fault}").format(fault=words)
            # The flag's letter chooses it, as it stands on the card.
            act = partial(self._overrule, row.clip.id, flag, wrong=wrong)
            menu.addAction(f"&{flag.letter}  {words}", act)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.setActiveAction(menu.actions()[1])
        menu.popup(self._beside.mapToGlobal(QPoint(0, 0)))

    def _overrule(self, clip_id: ClipId, flag: Flag, *, wrong: bool) -> None:
        self._culling.overrule(clip_id, flag, wrong=wrong)
        called = self.tr("You called this wrong: {fault}.")
        says = called if wrong else self.tr("Taken back: {fault} counts again.")
        self.hinted.emit(says.format(fault=tr_word(FLAG_WORDS[flag])))
