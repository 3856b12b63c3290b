"""Clips as files on the desktop: shown in the file manager, their paths copied."""

import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData, QProcess, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders in what is dropped; none of a web page's pictures."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def copy_paths(paths: Iterable[Path]) -> None:
    """Put paths on the clipboard: as text, a line each, and as files."""
    QGuiApplication.clipboard().setMimeData(mime_of(paths))


def mime_of(paths: Iterable[Path]) -> QMimeData:
    """Paths for another program: as text, a line each, and as files."""
    paths = list(paths)
    mime = QMimeData()
    mime.setText("\n".join(map(str, paths)))
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def reveal(path: Path) -> None:
    """Show a file in the system's file manager; where none answers, open its folder."""
    program, arguments = _revealer(path)
    process = QProcess(QCoreApplication.instance())  # nobody waits for it

    def look(ended_with: int) -> None:
        process.deleteLater()
        if ended_with and sys.platform != "win32":  # Explorer says 1 of what it has done
            _open_folder(path)

    process.finished.connect(look)
    process.errorOccurred.connect(lambda _error: _open_folder(path))  # there is no such program
    process.start(program, arguments)


def open_file(path: Path) -> None:
    """Open a file in the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _revealer(path: Path) -> tuple[str, list[str]]:
    """The command that shows a file selected in its folder."""
    if sys.platform == "darwin":
        return "open", ["-R", str(path)]
    if sys.platform == "win32":
        return "explorer", [f"/select,{path}"]
    # The freedesktop.org interface, which the common file managers of Linux answer.
    url = QUrl.fromLocalFile(str(path)).toEncoded().toStdString().replace("'", "%27")
    manager = "org.freedesktop.FileManager1"
    where = ["--dest", manager, "--object-path", "/org/freedesktop/FileManager1"]
    what = ["--method", f"{manager}.ShowItems", f"['{url}']", ""]
    return "gdbus", ["call", "--session", *where, *what]
