"""Clips as files on the desktop: shown in the file manager, their paths copied."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders in what is dropped; none of a web page's pictures."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def copy_paths(paths: Iterable[Path]) -> None:
    """Put paths on the clipboard: as text, a line each, and as files."""
    paths = list(paths)
    mime = QMimeData()
    mime.setText("\n".join(map(str, paths)))
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QGuiApplication.clipboard().setMimeData(mime)


def reveal(path: Path) -> bool:
    """Show a file in the system's file manager; False where none answers."""
    for program, arguments in _revealers(path):
        if QProcess.startDetached(program, arguments)[0]:
            return True
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _revealers(path: Path) -> Sequence[tuple[str, list[str]]]:
    """Commands that show a file selected in its folder."""
    if sys.platform == "darwin":
        return (("open", ["-R", str(path)]),)
    if sys.platform == "win32":
        return (("explorer", [f"/select,{path}"]),)
    # The freedesktop.org interface, which the common file managers of Linux answer.
    url = QUrl.fromLocalFile(str(path)).toEncoded().toStdString().replace("'", "%27")
    manager = "org.freedesktop.FileManager1"
    where = ["--dest", manager, "--object-path", "/org/freedesktop/FileManager1"]
    what = ["--method", f"{manager}.ShowItems", f"['{url}']", ""]
    return (("gdbus", ["call", "--session", *where, *what]),)
