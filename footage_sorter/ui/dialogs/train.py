"""The dialog that trains a classifier: classes in, the honest result out, and only then its use.

Knows what the trainer is asked and what it answers; it runs in a process of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from footage_sorter.domain.errors import FootageError, TrainerMissing
from footage_sorter.domain.row import ClipRow
from footage_sorter.domain.tags import clean_name
from footage_sorter.domain.training import (
    AUTO,
    Advanced,
    Began,
    Made,
    Skipped,
    TrainingJob,
    Tried,
)
from footage_sorter.domain.training_words import skipped, tried
from footage_sorter.domain.words import error
from footage_sorter.services import training
from footage_sorter.services.analysis import Switches
from footage_sorter.ui.dialogs.train_classes import ClassList
from footage_sorter.ui.look.forms import choice, form, lay_out, primary, quiet, sentence
from footage_sorter.ui.look.translate import tr_phrase
from footage_sorter.ui.session.background_job import BackgroundJob, Tell
from footage_sorter.ui.session.columns import shown_path
from footage_sorter.ui.session.desktop import local_paths
from footage_sorter.ui.session.session import Session

_LEARNING_SHARE = 0.3
"""Of a training's time, about what is learning; the rest is looking at clips."""


@dataclass(slots=True)
class _Answer:
    """What the trainer said so far. Filled on a pool thread, read when it has ended."""

    began: Began | None = None
    tried: Tried | None = None
    made: Made | None = None
    skipped: list[Skipped] = field(default_factory=list)


class TrainDialog(QDialog):
    """Classes, progress, result.

    Signals:
        install_wanted: Path of a classifier's folder that a person wants to use.
    """

    install_wanted = Signal(object)

    def __init__(
        self, session: Session, shown: Sequence[ClipRow], parent: QWidget | None = None
    ) -> None:
        """Train on folders, on what the library shows, or on marks.

        Args:
            session: The library.
            shown: The rows that the library shows now, a class if a person wants.
            parent: The window.
        """
        super().__init__(parent)
        self._session = session
        self._job = BackgroundJob(session.background, self)
        self._running = Event()
        self._answer = _Answer()
        self.setWindowTitle(self.tr("Train a classifier"))
        self.setAcceptDrops(True)
        self.resize(640, 560)
        self.title = QLineEdit(self)
        self.title.setPlaceholderText(self.tr("What its column is called: Place, Shot size…"))
        self.title.setMaxLength(60)
        self.backbone = choice(
            {
                AUTO: self.tr("the best at hand"),
                "resnet18": self.tr("ResNet-18 (downloaded, 45 MB)"),
                "r3d_18": self.tr("R3D-18, for movement (downloaded, 127 MB)"),
            }
        )
        self.classes = ClassList(session, shown, self)
        self.sentence = sentence()
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the training"))
        self._lay_out()
        self._connect()
        if training.trainer_missing():
            self.sentence.setText(tr_phrase(error(TrainerMissing())))
        self._refresh()

    # Training

    def train(self) -> None:
        """Start the trainer."""
        title = training.label_of(self.title.text())
        name = clean_name(title)
        examples = self.classes.examples()
        try:
            training.check(examples)
        except FootageError as trouble:
            self.sentence.setText(tr_phrase(error(trouble)))
            return
        if not name:
            self.sentence.setText(self.tr("Give it a title first, with a letter in it."))
            self.title.setFocus()
            return
        core = self._session.core
        job = TrainingJob(
            name=name,
            title=title,
            examples=tuple(examples),
            out=core.trained / name,
            cache=core.trained / ".seen",
            backbone=str(self.backbone.currentData()),
            device=AUTO if core.device == "none" else core.device,
        )
        self._answer = answer = _Answer()
        self._running.set()
        self.bar.setValue(0)
        running = self._running
        self._job.run(lambda cancel, tell: _work(job, Switches(cancel, running), answer, tell))
        self._say_stage()
        self._refresh()

    def reject(self) -> None:
        """Qt override: work under way is stopped first; the next time closes."""
        if self._job.busy:
            self._job.cancel()
            self.pause.setChecked(False)
            self._say_stage()
            return
        super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Qt override."""
        if any(path.is_dir() for path in local_paths(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Qt override: each folder is a class."""
        self.classes.add_folders([path for path in local_paths(event.mimeData()) if path.is_dir()])
        event.acceptProposedAction()

    # Inside

    def _on_ended(self, _answer: object) -> None:
        answer = self._answer
        lines = []
        if answer.began is not None:
            lines.append(
                self.tr("Frames were seen by {backbone}, on {device}.").format(
                    backbone=answer.began.backbone,
                    device=self.tr("the processor")
                    if answer.began.device == "cpu"
                    else self.tr("the graphics card"),
                )
            )
        if answer.tried is None:
            lines = [self.tr("Stopped. Started again, it goes on where it was.")]
        else:
            lines = [*map(tr_phrase, tried(answer.tried)), self._confused(answer.tried), *lines]
        lines += self._left_out(answer.skipped)
        self.sentence.setText("\n".join(line for line in lines if line))
        self._refresh()

    def _on_failed(self, trouble: FootageError) -> None:
        lines = [tr_phrase(error(trouble)), *self._left_out(self._answer.skipped)]
        self.sentence.setText("\n".join(lines))
        self._refresh()

    def _confused(self, found: Tried) -> str:
        """What was taken for what, the commonest first; "" where nothing was."""
        mistakes = sorted(
            (
                (count, truth, given)
                for truth, row in zip(found.labels, found.confusion, strict=True)
                for given, count in zip(found.labels, row, strict=True)
                if count and given != truth
            ),
            reverse=True,
        )
        said = ", ".join(f"{truth} → {given} {count} ×" for count, truth, given in mistakes[:5])
        return self.tr("Mistaken: {what}.").format(what=said) if said else ""

    def _left_out(self, clips: Sequence[Skipped]) -> list[str]:
        if not clips:
            return []
        named = [
            f"{shown_path(Path(one.path).name)}: {tr_phrase(skipped(one))}" for one in clips[:5]
        ]
        more = ["…"] if len(clips) > len(named) else []
        count = self.tr("Left out: {n}.").format(n=len(clips))
        return ["\n".join([count, *named, *more])]

    def _refresh(self) -> None:
        """Offer what can be done now."""
        busy = self._job.busy
        for part in (self.title, self.backbone, self.classes):
            part.setEnabled(not busy)
        self.bar.setVisible(busy)
        self.pause.setVisible(busy)
        self.close_button.setText(self.tr("Stop") if busy else self.tr("Close"))
        self.go.setVisible(not busy)
        self.go.setEnabled(self.classes.count > 1 and not training.trainer_missing())
        self.install.setVisible(not busy and self._answer.made is not None)
        better = self._answer.tried is not None and self._answer.tried.is_better
        self.install.setText(self.tr("Install") if better else self.tr("Install all the same"))

    def _on_pause(self, paused: bool) -> None:  # noqa: FBT001  a signal's slot
        if paused:
            self._running.clear()
        else:
            self._running.set()
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self._say_stage()

    def _on_share(self, share: float) -> None:
        self.bar.setValue(round(1000 * share))
        self._say_stage()

    def _say_stage(self) -> None:
        """Say what the trainer is at, or that it waits."""
        if self._job.stopping:
            self.sentence.setText(self.tr("Stopping…"))
        elif self.pause.isChecked():
            self.sentence.setText(self.tr("Paused. Nothing is lost while it waits."))
        elif self.bar.value() < 1000 * (1 - _LEARNING_SHARE):
            self.sentence.setText(self.tr("Looking at the clips…"))
        else:
            self.sentence.setText(self.tr("Learning, and trying it on what it has not seen…"))

    def _on_install(self) -> None:
        if self._answer.made is not None:
            self.install_wanted.emit(Path(self._answer.made.folder))
            self.accept()

    # Parts

    def _lay_out(self) -> None:
        lines = form()
        lines.addRow(self.tr("Title"), self.title)
        lines.addRow(self.tr("Seen by"), self.backbone)
        says = quiet(
            self.tr(
                "Drop a folder for each class here. It is tried on clips whose source it has not "
                "seen, and you see the result before it is used."
            )
        )
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.pause = buttons.addButton(self.tr("Pause"), role)
        self.pause.setCheckable(True)
        self.go = primary(buttons.addButton(self.tr("Train"), role))
        self.install = primary(buttons.addButton(self.tr("Install"), role))
        self.close_button = buttons.button(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        lay_out(
            self,
            says,
            lines,
            self.classes,
            self.bar,
            self.sentence,
            buttons,
            tall=self.classes,
        )

    def _connect(self) -> None:
        self.classes.changed.connect(self._refresh)
        self.classes.said.connect(self.sentence.setText)
        self.pause.toggled.connect(self._on_pause)
        self.go.clicked.connect(self.train)
        self.install.clicked.connect(self._on_install)
        self._job.share.connect(self._on_share)
        self._job.done.connect(self._on_ended)
        self._job.failed.connect(self._on_failed)


def _work(job: TrainingJob, switches: Switches, answer: _Answer, tell: Tell) -> None:
    """Run the trainer to its end, on a pool thread."""
    for event in training.run(job, switches):
        match event:
            case Began():
                answer.began = event
            case Advanced():
                tell(_share(event))
            case Skipped():
                answer.skipped.append(event)
            case Tried():
                answer.tried = event
            case Made():
                answer.made = event


def _share(at: Advanced) -> float:
    done = at.done / max(1, at.total)
    if at.stage == "looking":
        return (1 - _LEARNING_SHARE) * done
    return 1 - _LEARNING_SHARE * (1 - done)
