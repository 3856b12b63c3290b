"""Culling: keep, reject, stars. Each act of a person is one step that can be undone.

Knows the session and the order shown; paints nothing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from footage_sorter.domain.clip import UNDECIDED, ClipId, Decision, Mark
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.words import star_text
from footage_sorter.services.handoff.imported import joined
from footage_sorter.ui.look.translate import tr_nothing_to_do
from footage_sorter.ui.session.choosing import select
from footage_sorter.ui.session.clip_model import places_in, row_of
from footage_sorter.ui.session.columns import name_of, shown_path
from footage_sorter.ui.session.session import Session
from footage_sorter.ui.session.shown_model import ShownModel
from footage_sorter.ui.session.steps import (
    DecideCommand,
    DoneCommand,
    LimitsCommand,
    Name,
    RemoveCommand,
    counted,
)

Change = Callable[[Decision], Decision]


def next_clip(order: Sequence[ClipId], chosen: Collection[ClipId]) -> ClipId | None:
    """Where a person goes on after deciding on `chosen`.

    The first clip after the last chosen one in the visible order. None at the end: one step back
    would put the next key on a clip that was decided already.
    """
    places = [place for place, clip_id in enumerate(order) if clip_id in chosen]
    at = places[-1] + 1 if places else 0
    return order[at] if at < len(order) else None


def clip_before(order: Sequence[ClipId], chosen: Collection[ClipId]) -> ClipId | None:
    """Where a person goes on who was at the end, and `chosen` have vanished: the nearest before."""
    before = (clip_id for clip_id in reversed(order) if clip_id not in chosen)
    return next(before, None)


class Culling(QObject):
    """What a person does to the selected clips.

    Signals:
        hinted: A short sentence: what came of a step that is not before a person's eyes.
    """

    hinted = Signal(str)

    def __init__(
        self,
        session: Session,
        shown: ShownModel,
        selection: QItemSelectionModel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown = shown
        self._selection = selection
        self.stack = QUndoStack(self)
        self._held = False
        self._waiting: list[Callable[[], None]] = []
        session.edit_writer.rested.connect(self._on_rested)
        session.edit_writer.lost.connect(self._on_lost)

    # What is chosen

    def chosen(self) -> tuple[ClipId, ...]:
        """The selected clips in the order shown; the current one where none is selected."""
        places = places_in(self._selection.selection())
        if places:
            return tuple(row.clip.id for row in self._shown.rows_at(places))
        current = self._selection.currentIndex()
        return (row_of(current).clip.id,) if current.isValid() else ()

    def chosen_rows(self) -> list[ClipRow]:
        """The rows of the chosen clips, in the order shown."""
        found = map(self._session.model.row, self.chosen())
        return [row for row in found if row is not None]

    def go_to(self, clip_id: ClipId) -> None:
        """Make a clip current and the only one selected, where it is shown."""
        index = self._shown.index_of(clip_id)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self._selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def select(self, ids: Collection[ClipId]) -> None:
        """Select clips, those that are shown; the first becomes current."""
        select(self._shown, self._selection, ids)

    # What is said of it

    def mark(self, mark: Mark) -> None:
        """Keep, reject or clear the chosen clips, then go on."""
        self._decide_chosen(lambda one: replace(one, mark=mark), self._mark_name(mark))

    def mark_one(self, clip_id: ClipId, mark: Mark) -> None:
        """Mark one clip and stay on it."""
        self.decide((clip_id,), lambda one: replace(one, mark=mark), self._mark_name(mark))

    def stars(self, stars: int) -> None:
        """Give the chosen clips 0 to 5 stars, then go on."""
        self._decide_chosen(lambda one: replace(one, stars=stars), self._stars_name(stars))

    def stars_one(self, clip_id: ClipId, stars: int) -> None:
        """Give one clip stars and stay on it."""
        self.decide((clip_id,), lambda one: replace(one, stars=stars), self._stars_name(stars))

    def note(self, clip_id: ClipId, text: str) -> None:
        """Write a note on one clip."""
        self.decide(
            (clip_id,),
            lambda one: replace(one, note=text),
            lambda n: self.tr("Note on %n clip(s)", "", n),
        )

    def range(self, clip_id: ClipId, in_s: float | None, out_s: float | None) -> None:
        """Choose a range of one clip; an end that lies before its start is let go."""
        if in_s is not None and out_s is not None and out_s <= in_s:
            before = self._session.decision(clip_id)
            in_s, out_s = (None, out_s) if out_s != before.out_s else (in_s, None)
        self.decide(
            (clip_id,),
            lambda one: replace(one, in_s=in_s, out_s=out_s),
            lambda n: self.tr("In and out of %n clip(s)", "", n),
        )

    def overrule(self, clip_id: ClipId, flag: Flag, *, wrong: bool) -> None:
        """Say that a flag is wrong for one clip, or take that back."""
        self.decide(
            (clip_id,),
            lambda one: replace(
                one, overruled=one.overruled | {flag} if wrong else one.overruled - {flag}
            ),
            lambda n: self.tr("Overrule a flag of %n clip(s)", "", n),
        )

    def mark_by_verdict(self, rows: Iterable[ClipRow]) -> None:
        """Set the marks that a person lets the verdicts set; never in place of a person's own."""
        marks = self._session.settings.automatic_marks
        wanted = {
            row.clip.id: marks[row.rating.verdict]
            for row in rows
            if row.rating is not None and row.rating.verdict in marks and row.decision == UNDECIDED
        }
        before = dict.fromkeys(wanted, UNDECIDED)
        after = {one: replace(UNDECIDED, mark=mark) for one, mark in wanted.items()}
        if after:
            self._push(before, after, lambda n: self.tr("Mark %n clip(s) by verdict", "", n))

    def bring_in(self, decisions: Mapping[ClipId, Decision]) -> None:
        """Take over what came from elsewhere, as one step; what was said here is not demoted."""
        before = self._session.decisions(tuple(decisions))
        after = {one: joined(was, decisions[one]) for one, was in before.items()}
        if after:
            self._push(before, after, lambda n: self.tr("Read back %n clip(s)", "", n))

    def was_done(
        self,
        before: Mapping[ClipId, Decision],
        after: Mapping[ClipId, Decision],
        name: Name,
        origin: object,
    ) -> None:
        """Make a step of decisions that came in and are kept already; one step an `origin`."""
        if after:
            self.stack.push(DoneCommand(self._session, before, after, name, origin))

    def keep_this(self, kept: ClipId, others: Collection[ClipId]) -> None:
        """Keep one of several takes and reject the others, in one step, and go to it."""
        self._keep_one(kept, others, goes_on=False)

    def keep_best(self) -> bool:
        """Keep the suggested take of the current stack, reject the others, go on; False: none."""
        chosen = self.chosen()
        takes = self._shown.takes_of(chosen[0]) if chosen else ()
        if not takes:
            return False
        best, *others = takes
        self._keep_one(best, others, goes_on=True)
        return True

    def _keep_one(self, kept: ClipId, others: Collection[ClipId], *, goes_on: bool) -> None:
        takes = (kept, *others)
        before = {one: self._session.decision(one) for one in takes}
        after = {
            one: replace(was, mark=Mark.KEEP if one == kept else Mark.REJECT)
            for one, was in before.items()
        }
        go_on = self._way_on(takes, is_wanted=goes_on)
        self._selection.clear()  # a closed stack shows the take that a hand is on, also a rejected

        def show() -> None:
            self.go_to(kept)
            go_on()

        def keep() -> None:
            self._push(before, after, lambda n: self.tr("Keep one of %n clip(s)", "", n))

        self._then(keep, show)

    def remove(self) -> None:
        """Take the chosen clips out of the library, in one step."""
        chosen = self.chosen()
        text = counted(lambda n: self.tr("Remove %n clip(s) from the library", "", n), len(chosen))
        self._selection.clearSelection()  # Qt would follow each of them until it is gone

        def show() -> None:
            if any(self._session.model.row(one) is not None for one in chosen):  # it was refused
                self.select(chosen)
                return
            said = self.tr("Removed from the library: %n clip(s). The files stay.", "", len(chosen))
            self.hinted.emit(counted(lambda _n: said, len(chosen)))

        self._then(lambda: self.stack.push(RemoveCommand(self._session, chosen, text)), show)

    def set_limits(self, limits: Limits | None, folder: Path | None = None) -> None:
        """Move the limits of the library, or of a folder, as a step; see `Session.set_limits`."""
        settings = self._session.settings
        if settings.with_limits(limits, folder) == settings:
            return
        text = self.tr("Change limits")
        if folder is not None:
            text = self.tr("Change limits of {folder}").format(folder=shown_path(folder.name))
        self.stack.push(LimitsCommand(self._session, limits, folder, text))

    def decide(self, ids: Sequence[ClipId], change: Change, name: Name) -> None:
        """Change what was said of some clips, as one step; nothing where nothing changes."""
        before = self._session.decisions(ids)
        # Of thousands of clips only a few different things were said: each is changed once. What
        # is the same object, as after every such act, need not be compared either.
        equal: dict[Decision, Decision] = {}
        known: dict[int, Decision] = {}
        changed: dict[ClipId, Decision] = {}
        for one, was in before.items():
            now = known.get(id(was))
            if now is None:
                now = equal[was] if was in equal else equal.setdefault(was, change(was))
                now = known[id(was)] = was if now == was else now
            if now is not was:
                changed[one] = now
        if changed:
            self._push({one: before[one] for one in changed}, changed, name)

    def _mark_name(self, mark: Mark) -> Name:
        names: dict[Mark, Name] = {
            Mark.KEEP: lambda n: self.tr("Keep %n clip(s)", "", n),
            Mark.REJECT: lambda n: self.tr("Reject %n clip(s)", "", n),
            Mark.NONE: lambda n: self.tr("Clear the mark of %n clip(s)", "", n),
        }
        return names[mark]

    def _stars_name(self, stars: int) -> Name:
        if not stars:
            return lambda n: self.tr("Take the stars from %n clip(s)", "", n)
        given = star_text(stars)
        return lambda n: self.tr("Give %n clip(s) {stars}", "", n).format(stars=given)

    # Undo, and where to go on

    def undo(self) -> None:
        """Take the last step back and show what it was about."""
        command = self.stack.command(self.stack.index() - 1)
        said = self.tr("Undone: {step}.").format(step=self.stack.undoText())
        self._step(self.stack.undo, command, said)

    def redo(self) -> None:
        """Do the step again."""
        command = self.stack.command(self.stack.index())
        said = self.tr("Done again: {step}.").format(step=self.stack.redoText())
        self._step(self.stack.redo, command, said)

    def hold(self, *, held: bool) -> None:
        """Let undo and redo do nothing while the last step is still under way."""
        self._held = held

    def _step(self, step: Callable[[], None], command: QUndoCommand, said: str) -> None:
        if self._held:
            self.hinted.emit(tr_nothing_to_do(NothingToDo.STEP_UNDER_WAY))
            return
        changed: list[ClipId] = []
        gone: list[ClipId] = []
        signals = (self._session.decided, self._session.came_back, self._session.went)
        lists = (changed, changed, gone)
        connections = [
            signal.connect(ids.extend) for signal, ids in zip(signals, lists, strict=True)
        ]
        keeps = isinstance(command, DecideCommand | RemoveCommand)  # then Qt may have dropped it

        def show() -> None:
            for signal, connection in zip(signals, connections, strict=True):
                signal.disconnect(connection)
            self._unfold(changed)
            self.select(changed)
            happened = changed or gone or not keeps
            if not self._held and happened:  # else it was refused, or goes on
                self.hinted.emit(" ".join(filter(None, (said, self._hidden_text(changed)))))

        self._then(step, show)

    def _unfold(self, ids: Sequence[ClipId]) -> None:
        """Open the stacks that some clips lie in, where none of them is to be seen."""
        if not any(self._shown.index_of(one).isValid() for one in ids):
            folded = [one for one in ids if self._shown.place_of(one) is not None]
            if folded:
                self._shown.set_open(folded, is_open=True)

    def _hidden_text(self, ids: Sequence[ClipId]) -> str:
        """Which of some clips the filter hides."""
        if not self._shown.n_hidden:
            return ""
        rows = [row for row in map(self._session.model.row, ids) if row is not None]
        hidden = [row for row in rows if not self._shown.is_shown(row.clip.id)]
        if not hidden:
            return ""
        if len(ids) == 1:
            return self.tr("The filter hides {name}.").format(name=name_of(hidden[0]))
        return self.tr("The filter hides {n} of them.").format(n=len(hidden))

    def _decide_chosen(self, change: Change, name: Name) -> None:
        chosen = self.chosen()
        wants_next = len(chosen) == 1 and self._session.settings.auto_advance
        go_on = self._way_on(chosen, is_wanted=wants_next)
        self._then(lambda: self.decide(chosen, change, name), go_on)

    def _way_on(self, chosen: Sequence[ClipId], *, is_wanted: bool) -> Callable[[], None]:
        """What leads on from `chosen`, found before the filter may hide them.

        It goes to the next clip where that is wanted or none of them is shown any more.
        """
        order, those = self._shown.visible_ids(), frozenset(chosen)
        after, before = next_clip(order, those), clip_before(order, those)

        def go_on() -> None:
            vanished = not any(self._shown.index_of(one).isValid() for one in chosen)
            goal = (after or before) if vanished else (after if is_wanted else None)
            if goal is not None:
                self.go_to(goal)
            elif is_wanted:
                self.hinted.emit(tr_nothing_to_do(NothingToDo.LAST_CLIP))

        return go_on

    def _then(self, act: Callable[[], None], go_on: Callable[[], None]) -> None:
        """Do `act`, and `go_on` when what it decided is kept and shown."""
        act()
        if self._session.edit_writer.under_way:
            self._waiting.append(go_on)
        else:
            go_on()

    def _on_rested(self) -> None:
        waiting, self._waiting = self._waiting, []
        for go_on in waiting:
            go_on()

    def _on_lost(self, what: object) -> None:
        """Drop a step that was not kept after all: Qt drops an obsolete one that it comes by."""
        for at in range(self.stack.count()):
            command = self.stack.command(at)
            if isinstance(command, DecideCommand | RemoveCommand) and command.is_about(what):
                command.setObsolete(True)
                if at == self.stack.index() - 1:
                    self.stack.undo()
                elif at == self.stack.index():
                    self.stack.redo()
                return

    def _push(
        self, before: Mapping[ClipId, Decision], after: Mapping[ClipId, Decision], name: Name
    ) -> None:
        self.stack.push(DecideCommand(self._session, before, after, counted(name, len(after))))
