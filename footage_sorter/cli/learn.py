"""Learn: from one's own keep and reject to a rating "for you". Reads no clip."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.output import check_writable, say
from footage_sorter.cli.requests import Learn
from footage_sorter.cli.rows import settings_of
from footage_sorter.domain import words
from footage_sorter.domain.agreement import Agreement
from footage_sorter.domain.errors import NothingLearned
from footage_sorter.domain.limits import DAYLIGHT
from footage_sorter.domain.taste import Taste
from footage_sorter.services.core import Core
from footage_sorter.services.learning import learn_from
from footage_sorter.services.library import Library, rerate_each
from footage_sorter.services.taste_file import read_taste_for, write_taste


def run(core: Core, wanted: Learn) -> ExitStatus:
    """Learn, take over, hand on or let go; return the exit status.

    Raises:
        FootageError: A file was refused or cannot be written, or the library fails.
    """
    if wanted.export is not None:
        check_writable(str(wanted.export))
    with closing(core.open_library()) as library:
        if wanted.off:
            library.use_taste(None)
            say('No clip has a rating "for you" now. Marks and verdicts are as they were.')
            return ExitStatus.DONE
        if wanted.taken is not None:
            _take(core, library, wanted.taken)
        else:
            _learn(core, library)
        taste = library.taste()
    if wanted.export is not None:
        _hand_on(wanted.export, taste)
    return ExitStatus.DONE if taste is not None else ExitStatus.NOT_ALL


def _learn(core: Core, library: Library) -> None:
    """Learn from the marks; put it to use where it helps."""
    rows = rerate_each(library.rows(DAYLIGHT), settings_of(core, None).limits_for)
    lesson = learn_from(library.with_features(rows), core.models)
    for line in table(lesson.agreement):
        say(line)
    say(words.agreement(lesson.agreement))
    if lesson.taste is not None:
        library.use_taste(lesson.taste)
        say('Every analysed clip has a rating "for you" now; footage-sorter learn --off ends it.')
    elif library.taste() is not None:
        say("What was learned before stays in use; footage-sorter learn --off ends it.")


def _take(core: Core, library: Library, path: Path) -> None:
    """Put what is in a file to use.

    Raises:
        ExchangeRefused: It is no taste, or one of other models; nothing was changed.
    """
    taste = read_taste_for(path, library.rows(DAYLIGHT), core.models)
    library.use_taste(taste)
    say(words.agreement(taste.agreement))


def _hand_on(path: Path, taste: Taste | None) -> None:
    if taste is None:
        raise NothingLearned
    write_taste(path, taste)
    say(f"Wrote {path}")


def table(found: Agreement) -> Iterable[str]:
    """What was learned from, and the two rules side by side."""
    yield (
        f"{found.n_marks} marks ({found.n_kept} kept, {found.n_rejected} rejected) "
        f"from {found.n_shootings} shootings"
    )
    if found.before is not None and found.after is not None:
        yield f"{'':<18}agrees, of clips unseen"
        yield f"{'usability alone':<18}{100 * found.before:22.0f} %"
        yield f"{'for you':<18}{100 * found.after:22.0f} %"
