"""Export of what is shown: which file and which format, and then the writing."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from footage_sorter.domain.clip import Clip
from footage_sorter.domain.limits import Limits
from footage_sorter.domain.row import ClipRow
from footage_sorter.services.core import Core
from footage_sorter.services.files_out import write_whole
from footage_sorter.services.handoff.formats import FORMATS, Format, Occasion


def ask_where(parent: QWidget) -> tuple[Path, Format] | None:
    """Ask for a file to write and its format; None where a person changed their mind."""
    by_words = {f"{one.words} (*{one.ending})": one for one in FORMATS.values()}
    title = QCoreApplication.translate("Commands", "Export what is shown")
    name, words = QFileDialog.getSaveFileName(parent, title, "footage.csv", ";;".join(by_words))
    return chosen_format(Path(name), by_words.get(words)) if name else None


def chosen_format(path: Path, asked: Format | None) -> tuple[Path, Format]:
    """The file and the format for a name that a person typed.

    A known ending outranks the format that the dialog stood on; without one the format's own is
    put behind the name.
    """
    ending = path.suffix.lower()
    if asked is not None and asked.ending == ending:
        return path, asked
    for one in FORMATS.values():
        if one.ending == ending:
            return path, one
    found = asked or next(iter(FORMATS.values()))
    return path.with_name(path.name + found.ending), found


def export_rows(
    path: Path, kind: Format, rows: Sequence[ClipRow], limits: Limits, core: Core
) -> None:
    """Write `rows` in their order to `path`.

    Raises:
        FootageError: The file cannot be written, or the format has nothing to say of these rows;
            what was there is untouched.
    """
    now = datetime.now().astimezone()
    occasion = Occasion(core.app, core.models, now, _picture_of(core))
    write_whole(path, kind.write(rows, limits, occasion))


def _picture_of(core: Core) -> Callable[[Clip], bytes | None]:
    """Pictures that are at hand: an export decodes nothing."""

    def picture(clip: Clip) -> bytes | None:
        path = core.thumbnails.cached_picture(clip)
        try:
            return None if path is None else path.read_bytes()
        except OSError:  # a person emptied the cache
            return None

    return picture
