"""The composition root: the one place that knows every concrete part."""

import logging
import logging.handlers
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib.resources.abc import Traversable
from pathlib import Path

import platformdirs

from footage_sorter import __version__
from footage_sorter.cli import output, requests
from footage_sorter.cli.arguments import parse
from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.rate import rate
from footage_sorter.domain import words
from footage_sorter.domain.errors import FootageError, LibraryDamaged, WindowUnavailable
from footage_sorter.domain.ports import Burst, ClipTagger, FrameScorer, Instruments
from footage_sorter.domain.report import BurstScore, Models
from footage_sorter.domain.resources import resource
from footage_sorter.domain.tags import Classifier
from footage_sorter.inference import motion, scorers, tasks
from footage_sorter.media import sound
from footage_sorter.media.decoders import Decoders
from footage_sorter.media.thumbnails import Thumbnails
from footage_sorter.services.classifiers import MOST_CLASSIFIERS, Shelf
from footage_sorter.services.core import Core
from footage_sorter.services.judges import Judges, JudgeTasks
from footage_sorter.services.library import uncollected
from footage_sorter.services.tagging import camera_move
from footage_sorter.store.clips import ClipStore
from footage_sorter.store.database import prepare
from footage_sorter.store.salvage import renew
from footage_sorter.store.settings_file import load_settings
from footage_sorter.store.soundness import check_texts

APP = f"footage-sorter {__version__}"

_DIRS = platformdirs.PlatformDirs("footage-sorter", appauthor=False)
_LOG_BYTES = 1_000_000

log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; return its exit status.

    0: done. 1: some clips failed. 2: the command was wrong or the machine failed. 130: stopped by
    Ctrl-C, where the command says so itself; else `__main__` does. Expected trouble is a sentence;
    a bug is a traceback.
    """
    common, command = parse(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names may hold what a terminal cannot show
            stream.reconfigure(errors="backslashreplace")
    _start_log(verbose=common.verbose)
    try:
        status = _run(common, command)
        if status == ExitStatus.AGAIN:  # all is closed: another one may open the library
            subprocess.Popen([sys.executable, *sys.orig_argv[1:]])  # noqa: S603  as it was called
            status = ExitStatus.DONE
        output.finish()
    except FootageError as error:
        _tell(str(words.error(error)))
        return ExitStatus.WRONG
    return status


def _run(common: requests.Common, command: requests.Command) -> int:
    with closing(Decoders()) as decoders:  # starts no process before one is needed
        return _do(partial(_build_core, common, decoders), command)


def _do(build_core: Callable[..., Core], command: requests.Command) -> int:
    status: int
    match command:
        case requests.Rate():
            status = rate(build_core(), command)
        case requests.Export() | requests.Reel():
            from footage_sorter.cli.export import run  # late: every format, and moviepy

            status = run(build_core(), command)
        case requests.Files() | requests.FilesAgain():
            from footage_sorter.cli import files  # late: no other command needs the trash

            status = files.run(build_core(), command)
        case requests.Team() | requests.Read():
            from footage_sorter.cli import exchange  # late: readers of every format

            status = exchange.run(build_core(), command)
        case requests.Classifiers():
            from footage_sorter.cli import classifiers  # late: rarely wanted

            status = classifiers.run(build_core(), command)
        case requests.Train():
            from footage_sorter.cli import train  # late: rarely wanted

            status = train.run(build_core(), command)
        case requests.Learn():
            from footage_sorter.cli import learn  # late: rarely wanted

            status = learn.run(build_core(), command)
        case requests.Demo(folder):
            status = _demo(build_core, folder)
        case requests.Window(paths):
            status = _window(build_core, paths)
    return status


def _window(build_core: Callable[..., Core], paths: Sequence[Path]) -> int:
    with uncollected():
        from footage_sorter.ui.run import check_display, run_gui  # late: no Qt without a window

    check_display()
    wants_another = run_gui(build_core(apart=True), paths)
    return ExitStatus.AGAIN if wants_another else ExitStatus.DONE


def _demo(build_core: Callable[..., Core], folder: Path | None) -> int:
    """Make the demo's clips, then open them; where there is no display, rate them."""
    from footage_sorter.media.demo import make_demo  # late: it encodes

    target = folder or Path(tempfile.gettempdir()) / "footage-sorter-demo"
    clips = make_demo(target)
    _tell(f"Made {len(clips)} clips in {target}")
    try:
        return _window(build_core, (target,))
    except WindowUnavailable as error:
        _tell(str(words.error(error)))
        return rate(build_core(), requests.Rate((target,), None, None, "daylight", anew=False))


def _build_core(common: requests.Common, decoders: Decoders, *, apart: bool = False) -> Core:
    """Put the program together around a library that is ready to use.

    Args:
        common: What the command line says for every command.
        decoders: They read clips.
        apart: Whether what judges gets a process of their own: a window must not wait for them.

    Raises:
        FootageError: The library cannot be used.
    """
    library_path = common.library or _DIRS.user_data_path / "library.sqlite"
    settings_path = _DIRS.user_config_path / "settings.json"
    loaded = load_settings(settings_path)
    notices = _prepare_library(library_path, named=common.library is not None)
    if loaded.damage is not None:
        notices += (loaded.damage,)
    for trouble in notices:
        _tell(str(words.error(trouble)))
    device = common.device or str(loaded.settings.device)
    weights = resource("weights")
    shelved = _DIRS.user_data_path / "classifiers"
    measures = (_measures_apart if apart else _measures_here)(device, weights, shelved)
    shelf = Shelf(shelved, scorers.known_classifier, measures.check)
    instruments = _instruments(decoders, measures, shelf, device)
    blur, exposure = scorers.planned_models(device, weights)
    return Core(
        app=APP,
        library_path=library_path,
        settings_path=settings_path,
        log_path=_log_path(),
        instruments=instruments,
        models=Models(blur, exposure, instruments.shake_model, instruments.sound_model),
        thumbnails=Thumbnails(_DIRS.user_cache_path / "thumbnails", decoders.frames_at),
        frame_at=decoders.frame_at,
        frames_from=decoders.frames_from,
        stop_processes=partial(_close_all, decoders.close, measures.close),
        open_store=partial(ClipStore, library_path),
        shelf=shelf,
        trained=_DIRS.user_data_path / "trained",
        device=device,
        notices=notices,
    )


def _instruments(
    decoders: Decoders, measures: "_Measures", shelf: Shelf, device: str
) -> Instruments:
    move = camera_move(motion.SHAKE_MODEL)
    return Instruments(
        probe=decoders.probe,
        open_scorer=measures.open_scorer,
        source=decoders,
        score_burst=measures.score_burst,
        shake_model=motion.SHAKE_MODEL,
        score_sound=decoders.score_sound,
        sound_model=sound.SOUND_MODEL,
        classifiers=lambda: (move, *(shelf.installed() if device != "none" else ())),
        load_tagger=measures.load_tagger,
    )


def _prepare_library(path: Path, *, named: bool) -> tuple[FootageError, ...]:
    """Create or migrate the library; one that is broken is kept aside and a new one begun."""
    try:
        prepare(path, named=named)
        check_texts(path)
    except LibraryDamaged as damage:
        return (renew(damage),)
    return ()


def _close_all(*closes: Callable[[], None]) -> None:
    for close in closes:
        close()


@dataclass(frozen=True, slots=True)
class _Measures:
    """What judges: see `Instruments` and `Shelf`."""

    open_scorer: Callable[[], FrameScorer]
    score_burst: Callable[[Burst], BurstScore]
    load_tagger: Callable[[Classifier], ClipTagger]
    check: Callable[[Path], Classifier]
    close: Callable[[], None]


def _measures_here(device: str, weights: Traversable, shelved: Path) -> _Measures:
    """The command's: torch is loaded once, by the thread that asks."""
    return _Measures(
        lru_cache(1)(partial(scorers.open_scorer, device, weights)),
        motion.score_burst,
        lru_cache(MOST_CLASSIFIERS)(partial(scorers.load_tagger, device, shelved)),
        scorers.check_classifier,
        lambda: None,
    )


def _measures_apart(device: str, weights: Traversable, shelved: Path) -> _Measures:
    """The window's: torch never comes into its process."""
    folder = Path(str(weights))  # as another process finds it
    judges = Judges(
        JudgeTasks(
            facts=partial(tasks.scorer_facts, device, folder),
            score=partial(tasks.score, device, folder),
            score_burst=tasks.score_burst,
            load=partial(tasks.load, device, shelved),
            judge=partial(tasks.judge, device, shelved),
            check=tasks.check,
        )
    )
    return _Measures(
        judges.open_scorer, judges.score_burst, judges.load_tagger, judges.check, judges.close
    )


def _tell(sentence: str) -> None:
    output.tell(f"footage-sorter: {sentence}\n")


def _log_path() -> Path:
    return _DIRS.user_log_path / "footage-sorter.log"


def _start_log(*, verbose: bool) -> None:
    """Log to a file of bounded size; to standard error where asked."""
    handlers: list[logging.Handler] = []
    try:
        _log_path().parent.mkdir(parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                _log_path(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
            )
        )
    except OSError as error:
        if verbose:
            _tell(f"no log is kept: {error}")
    if verbose:
        handlers.append(logging.StreamHandler())
    logging.basicConfig(
        level=logging.INFO,
        handlers=handlers or [logging.NullHandler()],
        format="%(asctime)s %(threadName)s %(name)s %(levelname)s %(message)s",
        force=True,
    )
    logging.captureWarnings(capture=True)
