"""The training loop: one for every task, on one process or several."""

import logging
import math
import time
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from tqdm import tqdm

from training import checkpoint as checkpoints
from training.batches import Batches, Examples
from training.checkpoint import Checkpoint
from training.clips.recipe import AnyRecipe
from training.errors import TrainingError
from training.lessons import FreshExamples, Lesson, lesson_of
from training.logbook import Logbook
from training.machine import Machine, Turns, joined, seed_everything
from training.metrics import Labels, Measured, Scores, measure, softmax
from training.networks import AUX_WEIGHT, backbone_weights, head_weights
from training.pictures import draw_confusion, draw_curves
from training.recipe import LearningKnobs, Optimiser, Recipe
from training.schedules import rate_factor

log = logging.getLogger(__name__)

JUDGED_AT_ONCE = 16
"""Examples in a batch that nothing is learned from."""


def train(
    recipe: AnyRecipe, data: Path, out: Path, device: str = "auto", *, resume: bool = False
) -> Path:
    """Train the recipe's network; return the checkpoint of its best epoch.

    Args:
        recipe: All that decides the run.
        data: Folder that the recipe's paths lie in.
        out: Folder of the run; made if missing.
        device: "auto", "cpu" or "cuda".
        resume: Go on from `last.pt` in `out`, with the recipe that it carries.

    Raises:
        DataError: The pictures or clips cannot be used; raised before any training, but for one
            that cannot be read, which is met on the way.
        StoredError: There is nothing to resume, or weights to start from cannot be used.
        TrainingError: The recipe asks for what does not exist, CUDA is wanted and not there, or
            the loss is no number any more.
    """
    # OpenCV's pool of threads does not survive the fork of a preparing process: it hangs there.
    cv2.setNumThreads(0)
    with joined(device, recipe.learning.threads) as machine:
        seed_everything(recipe.seed)
        run = _Run(recipe, lesson_of(recipe, data), out, machine)
        if resume:
            run.restore(checkpoints.load(out / "last.pt"))
        run.to_the_end()
    return out / "best.pt"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Probabilities over a set and what they are worth."""

    probabilities: Scores
    logits: Scores
    truth: Labels
    measured: Measured


class _Run:
    """A run between two epochs: network, optimiser, what was best so far."""

    def __init__(self, recipe: AnyRecipe, lesson: Lesson, out: Path, machine: Machine) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self._recipe, self._out, self._machine = recipe, out, machine
        self._lesson, self._network = lesson, lesson.network
        self._spread = machine.spread(self._network)
        self._optimiser = _optimiser(recipe.learning, self._network)
        self._scaler = torch.amp.GradScaler(
            enabled=recipe.learning.mixed_precision and machine.device.type == "cuda"
        )
        decay = recipe.learning.average_decay
        self._average = (
            AveragedModel(
                self._network,
                multi_avg_fn=get_ema_multi_avg_fn(decay),  # type: ignore[no-untyped-call]
                use_buffers=True,
            )
            if decay
            else None
        )
        self._class_weights = _class_weights(recipe.learning, lesson).to(machine.device)
        self._loss = nn.CrossEntropyLoss(
            weight=self._class_weights, label_smoothing=recipe.learning.label_smoothing
        )
        self._epoch, self._best, self._best_epoch = 0, -1.0, 0

    @property
    def _kept(self) -> nn.Module:
        """The weights to judge by."""
        return self._network if self._average is None else self._average.module

    @property
    def _seed(self) -> int:
        """The seed of this epoch."""
        return self._recipe.seed * 1000 + self._epoch

    def restore(self, state: Checkpoint) -> None:
        """Go back to where an earlier start of this run was.

        Raises:
            TrainingError: It followed another recipe.
        """
        if _on_any_machine(state.recipe) != _on_any_machine(self._recipe):
            raise TrainingError("the checkpoint was written by another recipe; resume with its own")
        self._network.load_state_dict(state.network)
        self._kept.load_state_dict(state.kept)
        self._optimiser.load_state_dict(state.optimiser)
        if state.scaler:
            self._scaler.load_state_dict(state.scaler)
        if self._average is not None:
            # An average of nothing begins anew at its first step: this one is of something.
            self._average.n_averaged.fill_(1)
        self._epoch, self._best, self._best_epoch = state.epoch, state.best, state.best_epoch
        log.info("going on after epoch %d", self._epoch)

    def to_the_end(self) -> None:
        """Learn and judge, epoch by epoch, until the recipe or its patience ends.

        Raises:
            DataError: A picture or clip cannot be read.
            TrainingError: The loss is infinite, or no number any more.
        """
        learning = self._recipe.learning
        logbook = Logbook(self._out, resume=self._epoch > 0) if self._machine.leads else None
        while self._epoch < learning.epochs:
            self._epoch += 1
            started = time.perf_counter()
            loss, accuracy = self._learn_epoch()
            if not math.isfinite(loss):
                raise TrainingError(
                    f"epoch {self._epoch}: the loss is {loss}; learning.peak_lr may be too high"
                )
            worse_for = 0
            if logbook is not None:
                row = {"epoch": float(self._epoch), "learn_loss": loss, "learn_accuracy": accuracy}
                row |= self._judge_epoch()
                logbook.write(row | {"seconds": time.perf_counter() - started})
                draw_curves(logbook.rows, self._out / "curves.png")
                worse_for = self._epoch - self._best_epoch
            if self._machine.agree(bool(learning.patience) and worse_for >= learning.patience):
                log.info("no better for %d epochs: stopping", learning.patience)
                break
        if logbook is not None:
            logbook.close()

    def _learn_epoch(self) -> tuple[float, float]:
        """Learn for one epoch; return the mean loss and the share called right."""
        self._spread.train()
        if self._recipe.network.frozen:
            rest_norms(self._network)
        # What dropout draws depends on seed and epoch only, too: a run that is cut short goes on to
        # the same end.
        torch.manual_seed(self._seed)
        self._lesson.learn.epoch = self._epoch
        batches = self._batches(self._lesson.learn)
        losses, right, seen = 0.0, 0, 0
        bar = tqdm(batches, desc=f"epoch {self._epoch}", disable=not self._machine.leads)
        for step, (pictures, labels) in enumerate(bar):
            self._set_rates((self._epoch - 1) * len(batches) + step, len(batches))
            truth = labels.to(self._machine.device)
            loss, logits = self._step(pictures.to(self._machine.device), truth)
            theirs = int((truth >= 0).sum())
            losses += loss * theirs
            right += int((logits.argmax(1) == truth).sum())
            seen += theirs
            bar.set_postfix(loss=f"{losses / seen:.3f}", right=f"{right / seen:.3f}")
        return losses / seen, right / seen

    def _step(self, pictures: torch.Tensor, truth: torch.Tensor) -> tuple[float, torch.Tensor]:
        """Move the weights by one batch; return its loss and logits."""
        with self._machine.half(wanted=self._recipe.learning.mixed_precision):
            out = self._spread(pictures)
        main, *auxiliary = out if isinstance(out, tuple) else (out,)
        loss = self._loss(main.float(), truth)
        for logits in auxiliary:
            loss = loss + AUX_WEIGHT * self._loss(logits.float(), truth)
        self._optimiser.zero_grad(set_to_none=True)
        # Processes average their gradients: each counts by what its classes weigh, so that the
        # step is that of one process with all of their pictures.
        share = self._machine.share(self._class_weights[truth[truth >= 0]].sum())
        self._scaler.scale(loss * share).backward()
        self._scaler.unscale_(self._optimiser)
        nn.utils.clip_grad_norm_(self._network.parameters(), 5.0)
        self._scaler.step(self._optimiser)
        self._scaler.update()
        if self._average is not None:
            self._average.update_parameters(self._network)
        return float(loss.detach()), main.detach()

    def _judge_epoch(self) -> dict[str, float]:
        """Judge what was learned, keep it where it is the best so far, and save the state."""
        choose = self._judged(self._lesson.choose)
        row = {
            "choose_loss": choose.measured.log_loss,
            "choose_balanced_accuracy": choose.measured.balanced_accuracy,
            "choose_area_under_curve": choose.measured.area_under_curve or 0.0,
        }
        score = choose.measured.balanced_accuracy
        if len(self._lesson.made):
            made = self._judged(self._lesson.made).measured
            row["made_balanced_accuracy"] = made.balanced_accuracy
            score = (score + made.balanced_accuracy) / 2
        better = score > self._best
        if better:
            self._best, self._best_epoch = score, self._epoch
        state = Checkpoint(
            self._recipe,
            self._epoch,
            self._best,
            self._best_epoch,
            self._network.state_dict(),
            self._kept.state_dict(),
            self._optimiser.state_dict(),
            self._scaler.state_dict(),
        )
        checkpoints.save(state, self._out / "last.pt")
        if better:
            checkpoints.save(state, self._out / "best.pt")
            draw_confusion(choose.measured, self._lesson.classes, self._out / "confusion.png")
        return row

    def _judged(self, examples: Examples) -> Judgement:
        """Judge `examples` by the weights that are kept."""
        classes = self._lesson.classes
        return judge(self._kept, examples, self._recipe, self._machine, classes)

    def _set_rates(self, step: int, steps_per_epoch: int) -> None:
        """Set the learning rate of this step."""
        factor = rate_factor(self._recipe.learning, step, steps_per_epoch)
        for group in self._optimiser.param_groups:
            group["lr"] = self._recipe.learning.peak_lr * group["ratio"] * factor

    def _batches(self, examples: FreshExamples) -> Batches:
        """Return the batches of one epoch, in an order that depends on seed and epoch only."""
        learning, machine = self._recipe.learning, self._machine
        random = torch.Generator().manual_seed(self._seed)
        return Batches(
            examples,
            learning.batch_size,
            learning.workers,
            order=Turns(len(examples), machine, random),
            drop_last=len(examples) // machine.processes > learning.batch_size,
            random=random,
        )


def rest_norms(network: nn.Module) -> None:
    """Let the norms of a frozen backbone keep their statistics, too."""
    for module in network.modules():
        # The last stands for the others where several cards share a run.
        if isinstance(module, nn.BatchNorm2d | nn.BatchNorm3d | nn.SyncBatchNorm):
            module.eval()


def judge(
    network: nn.Module,
    examples: Examples,
    recipe: AnyRecipe,
    machine: Machine,
    classes: tuple[str, ...] = (),
) -> Judgement:
    """Score every picture or clip of a set as the program would.

    Args:
        network: Gives logits of a batch.
        examples: What to judge.
        recipe: Says how many processes prepare them.
        machine: Where to.
        classes: Their names; a recipe of pictures knows its own.
    """
    names = recipe.classes if isinstance(recipe, Recipe) else classes
    network.eval()
    logits, truth = [], []
    with torch.inference_mode():
        for seen, labels in Batches(examples, JUDGED_AT_ONCE, recipe.learning.workers):
            scores = network(seen.to(machine.device)).float().cpu()
            theirs = labels >= 0
            # Of networks side by side, each picture has the one that may judge it.
            logits.append((scores.transpose(1, 2)[theirs] if labels.ndim == 2 else scores).numpy())
            truth.append(labels[theirs].numpy())
    found = np.concatenate(logits).astype(np.float64)
    known = np.concatenate(truth).astype(np.int64)
    probabilities = softmax(found)
    return Judgement(probabilities, found, known, measure(probabilities, known, names))


def _on_any_machine(recipe: AnyRecipe) -> AnyRecipe:
    """Return `recipe` without the knobs that change how fast it runs and nothing else."""
    return replace(recipe, learning=replace(recipe.learning, threads=0, workers=0))


def _optimiser(knobs: LearningKnobs, network: nn.Module) -> torch.optim.Optimizer:
    """Return the optimiser: two rates, and no decay on biases and norms."""
    groups = []
    for weights, ratio in (
        (head_weights(network), 1.0),
        (backbone_weights(network), knobs.backbone_lr_ratio),
    ):
        for matrices in (True, False):
            these = [w for w in weights if w.requires_grad and (w.ndim > 1) == matrices]
            decay = knobs.weight_decay if matrices else 0.0
            if these:
                groups.append({"params": these, "ratio": ratio, "weight_decay": decay})
    if knobs.optimiser is Optimiser.SGD:
        return torch.optim.SGD(groups, lr=knobs.peak_lr, momentum=knobs.momentum)
    return torch.optim.AdamW(groups, lr=knobs.peak_lr)


def _class_weights(knobs: LearningKnobs, lesson: Lesson) -> torch.Tensor:
    """Weigh each class by its inverse frequency among the labelled examples, mean 1."""
    counts = lesson.counts
    weights = counts.sum() / (len(counts) * counts)
    if not knobs.balance_classes:
        weights = np.ones_like(weights)
    return torch.tensor(weights, dtype=torch.float32)
