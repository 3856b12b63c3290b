"""Words: every sentence that the window and the command say of facts, flags and errors.

A `Phrase` keeps its template apart from its values, so that the window can translate it.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from footage_sorter.domain import errors
from footage_sorter.domain.agreement import (
    MIN_EACH,
    MIN_MARKS,
    MIN_SHOOTINGS,
    Agreement,
    Outcome,
)
from footage_sorter.domain.clip import Mark
from footage_sorter.domain.errors import FootageError
from footage_sorter.domain.features import Aspect
from footage_sorter.domain.filing import Obstacle
from footage_sorter.domain.flag import Flag
from footage_sorter.domain.move import Move
from footage_sorter.domain.nothing_to_do import NothingToDo
from footage_sorter.domain.phrase import Phrase
from footage_sorter.domain.rating import Reason
from footage_sorter.domain.record import Field, Value
from footage_sorter.domain.team import Conflict
from footage_sorter.domain.training_words import refused
from footage_sorter.domain.why_words import WHY_WORDS

FLAG_WORDS: Mapping[Flag, str] = MappingProxyType(
    {
        Flag.BLURRY: "Too blurred",
        Flag.OVEREXPOSED: "Overexposed",
        Flag.UNDEREXPOSED: "Underexposed",
        Flag.SHAKY: "Too shaky",
        Flag.BLACK: "Black",
        Flag.FROZEN: "Frozen",
        Flag.SILENT: "Silent",
        Flag.CLIPPED_AUDIO: "Sound clipped",
    }
)

COVERED_WORDS: Mapping[bool, str] = MappingProxyType({True: "Lens cap or pocket"})
"""What the sentence of `black` says instead, where the picture looks so."""

ASPECT_WORDS: Mapping[Aspect, str] = MappingProxyType(
    {
        Aspect.BLUR: "sharpness",
        Aspect.BRIGHT: "bright parts",
        Aspect.DIM: "dark parts",
        Aspect.SHAKE: "steadiness",
        Aspect.CLEAN: "clean seconds",
        Aspect.LENGTH: "length",
        Aspect.MOTION: "motion in the picture",
        Aspect.TURN: "how the camera turns",
        Aspect.ZOOM: "zoom",
        Aspect.SOUND: "sound",
        Aspect.FORMAT: "size and frame rate",
        Aspect.PICTURE: "what is in the picture",
    }
)

NOTHING_TO_DO_WORDS: Mapping[NothingToDo, str] = MappingProxyType(
    {
        NothingToDo.NO_CLIP: "No clip is selected.",
        NothingToDo.LAST_CLIP: "This is the last clip.",
        NothingToDo.NOT_PLAYABLE: "This clip cannot be played.",
        NothingToDo.NO_POINTS: "A clip that cannot be played has no in and out.",
        NothingToDo.NO_RANGE: "This clip has no in or out.",
        NothingToDo.CLIP_START: "This is the first frame.",
        NothingToDo.CLIP_END: "This is the last frame.",
        NothingToDo.NO_BEST: "This clip has no best segment: no clean run.",
        NothingToDo.NOT_RATED: "This clip is not rated yet.",
        NothingToDo.NO_SOUND: "This clip is shown by single frames, without sound.",
        NothingToDo.NOTHING_TO_SKIM: "No clip from here on can be played.",
        NothingToDo.NO_FLAG: "This clip has no flag.",
        NothingToDo.NO_STACK: "This clip is on no stack of similar takes.",
        NothingToDo.NOT_STACKED: "Similar takes are not stacked now.",
        NothingToDo.NO_STACKS: "No similar takes were found, so there is no stack.",
        NothingToDo.NO_FILTER: "There is no filter to save: all clips are shown.",
        NothingToDo.ALL_SHOWN: "All clips are shown.",
        NothingToDo.ALL_ANALYSED: "Nothing is left to analyse.",
        NothingToDo.AT_WORK: "What is left is being analysed.",
        NothingToDo.STEP_UNDER_WAY: "The last step is still under way.",
    }
)

FIELD_WORDS: Mapping[Field, str] = MappingProxyType(
    {
        Field.MARK: "mark",
        Field.STARS: "stars",
        Field.NOTE: "note",
        Field.RANGE: "in and out",
        Field.OVERRULED: "what is called wrong",
    }
)

MARK_WORDS: Mapping[Mark, str] = MappingProxyType(
    {Mark.KEEP: "kept", Mark.REJECT: "rejected", Mark.NONE: "unmarked"}
)
"""What a clip is by its mark, within a sentence."""

OBSTACLE_WORDS: Mapping[Obstacle, str] = MappingProxyType(
    {
        Obstacle.MISSING: "The file is not there any more.",
        Obstacle.CHANGED: "The file was changed meanwhile; it was left alone.",
        Obstacle.TAKEN: "Another file has that name; nothing was overwritten.",
        Obstacle.THERE_ALREADY: "It is there already.",
        Obstacle.NOT_REJECTED: "Only clips that you rejected go to the trash.",
        Obstacle.DIFFERS: "The copy was not the same as the clip: the drive may be failing.",
        Obstacle.NO_TRASH: "The trash of its drive cannot be used from here.",
        Obstacle.SYSTEM: "The system refused.",
    }
)


def agreement(found: Agreement) -> Phrase:
    """What came of learning from a person's marks."""
    text = {
        Outcome.IMPROVES: (
            "Agrees with your marks in {after} % of clips it had not seen; usability alone in "
            "{before} %."
        ),
        Outcome.NO_IMPROVEMENT: (
            "No improvement: it would agree with your marks in {after} % of clips it had not seen, "
            "usability alone in {before} %."
        ),
        Outcome.TOO_FEW: "{marks} of {needed} marks: keep or reject {missing} more.",
        Outcome.ONE_SIDED: (
            "{kept} kept and {rejected} rejected: at least {each} of each are needed to tell them "
            "apart."
        ),
        Outcome.TOO_ALIKE: (
            "The marks come from {shootings} of at least {apart} shootings: mark clips of another "
            "hour, camera or folder."
        ),
    }[found.outcome]
    values = {
        "after": _whole_percent(found.after),
        "before": _whole_percent(found.before),
        "marks": str(found.n_marks),
        "needed": str(MIN_MARKS),
        "missing": str(MIN_MARKS - found.n_marks),
        "kept": str(found.n_kept),
        "rejected": str(found.n_rejected),
        "each": str(MIN_EACH),
        "shootings": str(found.n_shootings),
        "apart": str(MIN_SHOOTINGS),
    }
    return Phrase(text, values)


def other_models() -> Phrase:
    """Say that a taste belongs to other models than those that measure now."""
    return Phrase(
        "It was learned from what other models measured: learn again from your marks, once your "
        "clips are analysed."
    )


MOVE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "": "Camera move",
        Move.STATIC: "static",
        Move.PAN: "pan",
        Move.TILT: "tilt",
        Move.ZOOM: "zoom",
        Move.HANDHELD: "handheld",
    }
)
"""The labels of the program's own classifier, and, as "", its title."""


def conflict(found: Conflict) -> Phrase:
    """The sentence of a conflict in a team: what holds and what it overrules."""
    return Phrase(
        "{name}: {field}: {holds} (by {by}), not {overruled} (by {other}).",
        {
            "name": found.name,
            "field": Phrase(FIELD_WORDS[found.field]),
            "holds": _said(found.field, found.holds.value),
            "by": found.holds.by,
            "overruled": _said(found.field, found.overruled.value),
            "other": found.overruled.by,
        },
    )


def star_text(count: int) -> str:
    """A number of stars as they are shown."""
    return "★" * count


def clock(seconds: float) -> str:
    """Write a time in a clip as a person reads it: 0:14, 1:02:03."""
    whole = int(seconds)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def clock_to_hundredths(seconds: float) -> str:
    """Write a time in a clip to the hundredth of a second below it: 0:14.07."""
    hundredths = int(seconds * 100 + 1e-6)  # 0.29 * 100 is a little less than 29
    return f"{clock(hundredths // 100)}.{hundredths % 100:02}"


def reason(found: Reason) -> Phrase:
    """The sentence behind a flag: fault, measured value, limit, worst moment."""
    if found.usual is not None:
        return Phrase(
            "{fault}: {share} % of seconds over {over} (limit {limit} %), at {when}; worst at "
            "{worst}. Judged against its camera and hour, where {usual} is usual.",
            _values(found) | {"usual": f"{found.usual:.2f}"},
        )
    return Phrase(
        "{fault}: {share} % of seconds over {over} (limit {limit} %), at {when}; worst at {worst}.",
        _values(found),
    )


def lapse(found: Reason) -> Phrase:
    """The sentence behind faulty seconds that raise no flag."""
    return Phrase(
        "No flag, but less usable. {fault}: {share} % of seconds over {over} (up to {limit} % are"
        " tolerated), at {when}; worst at {worst}.",
        _values(found),
    )


def _values(found: Reason) -> dict[str, str | Phrase]:
    when = ", ".join(f"{clock(run.start_s)}-{clock(run.end_s)}" for run in found.when[:3])
    if len(found.when) > 3:
        when += ", ..."
    return {
        "fault": Phrase(COVERED_WORDS.get(found.covered, FLAG_WORDS[found.flag])),
        "share": _percent_of(found.share),
        "over": f"{found.over:.2f}" if found.over >= 0.01 else f"{found.over:g}",
        "limit": _percent_of(found.tolerated),
        "when": when,
        "worst": clock(found.worst_s),
    }


def stands_in(why: str) -> Phrase:
    """Say that the classical scorer rates in place of the networks."""
    return Phrase("The classical scorer rates in place of the networks: {why}.", {"why": why})


def error(trouble: FootageError) -> Phrase:
    """One clear sentence for any expected trouble."""
    match trouble:
        case errors.ClipError():
            return Phrase(WHY_WORDS[trouble.why])
        case errors.NothingToTrain():
            return refused(trouble.refusal, trouble.about)
        case errors.LibraryUnavailable(disk_full=True):
            text = "The disk is full: the library {path} cannot be written. Nothing was lost."
        case errors.LibraryDamaged(kept_as=Path(), clips=clips):
            text = _RENEWED_WORDS[min(clips, 2)]
        case errors.SettingsDamaged(kept_as=Path()):
            text = (
                "The settings {path} are damaged ({detail}); the defaults are used. They were kept "
                "as {kept_as}."
            )
        case errors.WindowUnavailable() if trouble.package:
            text = (
                "The window needs a system library that is missing ({detail}): install "
                "{package}, or rate without a window: footage-sorter rate FOLDER"
            )
        case _ if type(trouble) in _SENTENCES:
            text = _SENTENCES[type(trouble)]
        case _:  # a bug, told by its own words
            return Phrase("{detail}", {"detail": str(trouble)})
    return Phrase(text, {name: str(value) for name, value in vars(trouble).items()})


_SENTENCES: Mapping[type[FootageError], str] = MappingProxyType(
    {
        errors.PathMissing: "There is no file or folder {path}.",
        errors.NothingFound: "No video clip was found in {where}.",
        errors.FolderUnreadable: "The folder {path} cannot be read: {detail}.",
        errors.LibraryTooNew: (
            "The library {path} was written by a newer release of Footage Sorter (version "
            "{found}, this one knows up to {supported}): please update the program."
        ),
        errors.LibraryDamaged: (
            "The library {path} is damaged ({detail}). Start the program again: it takes over what "
            "can be read of your marks into a new one."
        ),
        errors.SettingsDamaged: (
            "The settings {path} are damaged ({detail}); the defaults are used."
        ),
        errors.NotALibrary: "{path} is no library of Footage Sorter. It was left as it is.",
        errors.LibraryBusy: (
            "Another Footage Sorter is using the library {path}: close it, or wait until it is "
            "done."
        ),
        errors.LibraryUnavailable: "The library {path} cannot be opened or written: {detail}.",
        errors.OutputFailed: "{path} cannot be written: {detail}.",
        errors.NothingKept: (
            "There is nothing to put together: no clip that can be read is marked to be kept."
        ),
        errors.ExchangeRefused: "{path} cannot be read back: {detail}. Nothing was changed.",
        errors.DecoderUnavailable: "No clip can be read: the decoder cannot be started ({detail}).",
        errors.TrainerMissing: (
            "This installation came without the trainer. To get it: pip install --force-reinstall"
            " footage-sorter"
        ),
        errors.TrainerStopped: (
            "The training stopped early ({detail}). Start it again: it goes on where it was."
        ),
        errors.ClassifierRefused: "The classifier {where} cannot be used: {detail}.",
        errors.NothingLearned: (
            "There is nothing to write: nothing learned from your marks is in use."
        ),
        errors.InferenceUnavailable: "The networks cannot be used: {detail}.",
        errors.JudgesLost: (
            "What rates the clips breaks down again and again ({detail}), so the analysis stopped."
            " What is rated is kept. To go on: Analysis, “Analyse what is left”."
        ),
        errors.WindowUnavailable: (
            "The window cannot open: {detail}. Rate without a window: footage-sorter rate FOLDER"
        ),
    }
)


_RENEWED_WORDS = (
    "The library {path} is damaged ({detail}). It was kept as {kept_as}, and a new one was begun: "
    "no marks could be read from it.",
    "The library {path} is damaged ({detail}). It was kept as {kept_as}, and a new one was begun: "
    "marks, stars and notes of one clip were taken over, ratings are made again.",
    "The library {path} is damaged ({detail}). It was kept as {kept_as}, and a new one was begun: "
    "marks, stars and notes of {clips} clips were taken over, ratings are made again.",
)
"""By whether people's words on no clip, on one or on several were taken over."""


def _whole_percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f}"


def _percent_of(share: float) -> str:
    """A share 0-1 in percent, whole where that says enough."""
    percent = 100 * share
    return f"{percent:.0f}" if percent >= 1 or percent == 0 else f"{percent:.1f}"


RANGE_WORDS = {
    (True, True): "{start} – {end}",
    (True, False): "from {start}",
    (False, True): "up to {end}",
    (False, False): "nothing at all",
}
"""By whether it starts, and whether it ends."""


def _said(what: Field, value: Value) -> str | Phrase:
    """One field of a decision as a person reads it."""
    match what, value:
        case Field.MARK, str():
            return Phrase(MARK_WORDS[Mark(value)])
        case Field.OVERRULED, tuple():
            names = [flag for flag in Flag if flag in value]
            return _listed([Phrase(FLAG_WORDS[flag]) for flag in names])
        case Field.RANGE, (in_s, out_s):
            return _range(in_s, out_s)
    return str(value) or _listed([])


def _range(in_s: float | str | None, out_s: float | str | None) -> Phrase:
    """In and out points as a person reads them; either may be open."""
    start, end = ("" if at is None else clock_to_hundredths(float(at)) for at in (in_s, out_s))
    return Phrase(RANGE_WORDS[start != "", end != ""], {"start": start, "end": end})


def _listed(phrases: Sequence[Phrase]) -> Phrase:
    """Some words behind one another."""
    values = {f"word{at}": phrase for at, phrase in enumerate(phrases)}
    return Phrase(", ".join(f"{{{name}}}" for name in values) or RANGE_WORDS[False, False], values)
