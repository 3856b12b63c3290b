"""The folder that a file is written to: where the last one went, in this session or before."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from footage_sorter.ui.session.state_file import StateFile


class OutFolder:
    """Asks where a file goes, and remembers the folder.

    Without it Qt would begin in the folder that the program was started in.
    """

    def __init__(self, state: Path) -> None:
        """Remember it in the window's state file `state`."""
        self._state = state

    def ask(self, window: QWidget, title: str, name: str) -> Path | None:
        """Ask for the path of a file that is called `name` or otherwise, with its ending."""
        ending = Path(name).suffix
        said, _ = QFileDialog.getSaveFileName(
            window, title, str(self.folder() / name), f"*{ending}"
        )
        if not said:
            return None
        path = Path(said)
        StateFile(self._state).put({"out_folder": str(path.parent)})
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def last_format(self) -> str:
        """In which format an export was written last; "" before the first one."""
        return StateFile(self._state).text("export_format")

    def keep_format(self, kind: str) -> None:
        """Remember a format by its name."""
        StateFile(self._state).put({"export_format": kind})

    def folder(self) -> Path:
        """Where it begins: the last folder while it is there, or else the person's films."""
        last = StateFile(self._state).text("out_folder")
        if last and Path(last).is_dir():
            return Path(last)
        films = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MoviesLocation)
        return Path(films) if films and Path(films).is_dir() else Path.home()
