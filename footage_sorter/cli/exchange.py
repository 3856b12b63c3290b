"""Exchange: marks that come from elsewhere: a team's file, or another program's."""

from contextlib import closing

from footage_sorter.cli.exit_status import ExitStatus
from footage_sorter.cli.output import say
from footage_sorter.cli.requests import Read, Team
from footage_sorter.cli.text import counted, one_line
from footage_sorter.domain import words
from footage_sorter.domain.errors import FolderUnreadable, PathMissing
from footage_sorter.domain.limits import DAYLIGHT
from footage_sorter.services.core import Core
from footage_sorter.services.read_back import read_back, read_back_sidecars
from footage_sorter.services.scan import absolute
from footage_sorter.services.team import exchange
from footage_sorter.store.settings_file import load_settings


def run(core: Core, wanted: Team | Read) -> ExitStatus:
    """Exchange or read; return the exit status."""
    return team(core, wanted) if isinstance(wanted, Team) else read(core, wanted)


def team(core: Core, wanted: Team) -> ExitStatus:
    """Bring the library and the file in each folder to the same state.

    Raises:
        FootageError: A file was refused; the folders before it are done.
    """
    person = wanted.person
    if person is None:
        person = load_settings(core.settings_path).settings.person
    for folder in wanted.folders:
        if not folder.exists():
            raise PathMissing(folder)
        if not folder.is_dir():
            raise FolderUnreadable(folder, "it is no folder")
    with closing(core.open_store()) as store:
        for folder in wanted.folders:
            found = exchange(absolute(folder), store, person)
            say(f"{one_line(str(folder))}: {counted(len(found.decisions), 'clip')} changed")
            for conflict in found.conflicts:
                say(one_line(str(words.conflict(conflict))))
    return ExitStatus.DONE


def read(core: Core, wanted: Read) -> ExitStatus:
    """Join what another program says to what was said here.

    Raises:
        FootageError: The file was refused; nothing was changed.
    """
    path = absolute(wanted.path)
    if not path.exists():
        raise PathMissing(wanted.path)
    of_clips = path.is_dir() and path.suffix.lower() != ".fcpxmld"
    with closing(core.open_library()) as library:
        rows = library.rows(DAYLIGHT, [path] if of_clips else None)
        found = read_back_sidecars(rows) if of_clips else read_back(path, rows)
        library.decide(found.decisions)
    for error in found.refused:
        say(words.error(error))
    for unknown in found.unknown:
        say(f"Not in the library: {one_line(str(unknown))}")
    for path in found.ambiguous:
        say(f"Could be several clips, left out: {one_line(str(path))}")
    say(f"{len(found.decisions)} of {counted(found.named, 'clip')} changed")
    return ExitStatus.NOT_ALL if found.refused or found.ambiguous else ExitStatus.DONE
