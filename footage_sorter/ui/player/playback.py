"""Playback: the small interface behind which a clip is played, whoever decodes it.

Two stand behind it: Qt's multimedia (`media`), and single frames from the program's own
decoder (`frames`) where Qt cannot play the clip or has no backend on this machine.
"""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A frame on its way to the screen, and the time that it covers.

    Attributes:
        start_s: Its timestamp, seconds from the clip's start.
        end_s: When the next one begins; greater than `start_s`.
    """

    image: QImage
    start_s: float
    end_s: float


class Way(IntEnum):
    """Where a clip goes."""

    BACK = -1
    STILL = 0
    ON = 1


class Playback(QObject):
    """Plays one clip at a time. All calls return at once. GUI thread only.

    Signals:
        shown: A Shown: after `load` the first frame, after `seek` the frame there, and while
            playing each frame in turn.
        ended: The clip played to its end.
        failed: Why the clip cannot be played here, in the backend's words.
    """

    shown = Signal(object)
    ended = Signal()
    failed = Signal(str)

    def load(self, clip: Clip, at_s: float) -> None:
        """Open `clip` and show its frame at `at_s`, paused."""
        raise NotImplementedError

    def play(self, rate: float) -> None:
        """Play from where it stands, at `rate` times normal speed, > 0."""
        raise NotImplementedError

    def pause(self) -> None:
        """Stand still."""
        raise NotImplementedError

    def seek(self, time_s: float) -> None:
        """Go to a time; playing goes on from there."""
        raise NotImplementedError

    def set_volume(self, volume: float) -> None:
        """Set the loudness, 0 (silent) to 1, as a person perceives it."""
        raise NotImplementedError

    def unload(self) -> None:
        """Let go of the file, so that it can be moved."""
        raise NotImplementedError

    def shutdown(self) -> bool:
        """Unload and join; False if a thread did not end in time."""
        raise NotImplementedError
