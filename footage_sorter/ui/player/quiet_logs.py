"""Chatter: what Qt and its FFmpeg would write to the terminal of every clip, kept quiet.

Of the program's own errors nothing passes here: they go to the log. A person who looks for a fault
in Qt gets all of it back by `QT_LOGGING_RULES="*=true"`.
"""

import ctypes
import logging
from pathlib import Path

import PySide6
from PySide6.QtCore import QLoggingCategory

log = logging.getLogger(__name__)

_MULTIMEDIA = "qt.multimedia.*=false"
_WARNINGS = "default.warning=false"  # "No audio device detected", once for every clip

_AV_LOG_QUIET = -8  # libavutil/log.h
_LIBRARIES = (
    "Qt/lib/libavutil.so.[0-9][0-9]",
    "Qt/lib/libavutil.[0-9][0-9].dylib",
    "avutil-[0-9][0-9].dll",
)


def quiet_multimedia() -> None:
    """Let Qt's multimedia describe no files."""
    QLoggingCategory.setFilterRules(_MULTIMEDIA)


def quiet_terminal() -> None:
    """Let Qt write no warnings either: for the program, not for its tests."""
    QLoggingCategory.setFilterRules(f"{_MULTIMEDIA}\n{_WARNINGS}")


def quiet_ffmpeg() -> None:
    """Let the FFmpeg that comes with Qt write nothing: it writes past Qt's logging.

    It is another one than PyAV's, whose messages tell what is wrong with a clip.
    """
    folder = Path(PySide6.__file__).parent
    for pattern in _LIBRARIES:
        for library in folder.glob(pattern):
            try:
                ctypes.CDLL(str(library)).av_log_set_level(_AV_LOG_QUIET)
            except (OSError, AttributeError) as error:  # a system's own PySide6 has none beside it
                log.debug("%s: %s", library, error)
