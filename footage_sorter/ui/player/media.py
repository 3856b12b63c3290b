"""Playback by Qt's multimedia: sound, smooth motion, the machine's own decoders.

The only module that imports QtMultimedia, which a machine may lack (it needs the sound server's
client library): `open_media` says so by None.
"""

import logging
from threading import Lock

from PySide6.QtCore import (
    Q_ARG,
    QGenericArgumentHolder,
    QMetaObject,
    QObject,
    Qt,
    QThreadPool,
    QUrl,
    Signal,
)
from PySide6.QtGui import QImage

from footage_sorter.domain.clip import Clip
from footage_sorter.ui.player.playback import Playback, Shown
from footage_sorter.ui.player.quiet_logs import quiet_ffmpeg, quiet_multimedia

# Before the import: it lists the libraries that a machine without a graphics card lacks.
quiet_multimedia()

try:
    from PySide6.QtMultimedia import QAudio, QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink
except ImportError as missing:
    MISSING = str(missing)
else:
    MISSING = ""

log = logging.getLogger(__name__)


def open_media(parent: QObject | None = None) -> Playback | None:
    """Playback by Qt; None where this machine has no backend for it."""
    if MISSING:
        log.warning("clips are shown by single frames, without sound: %s", MISSING)
        return None
    playback = MediaPlayback(parent)
    quiet_ffmpeg()  # after: Qt lets it talk as it starts
    if playback.available:
        return playback
    log.warning("clips are shown by single frames, without sound: Qt has no multimedia backend")
    playback.deleteLater()
    return None


def _unlocked(player: "QMediaPlayer", slot: str, *arguments: QGenericArgumentHolder) -> None:
    """Call a slot of `player` as Qt would, without Python's lock.

    The player waits for threads of its own when it stops, seeks or changes its clip, and those
    need the lock to let go of what Python knows of: called directly, both wait for ever.
    """
    QMetaObject.invokeMethod(player, slot, Qt.ConnectionType.DirectConnection, *arguments)


class MediaPlayback(Playback):
    """QMediaPlayer behind the playback's methods.

    Types of QtMultimedia are quoted: where it is missing, this class must still be defined.
    """

    _converted = Signal(int, object)  # generation, Shown

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._sink = QVideoSink(self)
        self._sound = QAudioOutput(self)
        self._player.setVideoSink(self._sink)
        self._player.setAudioOutput(self._sound)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._lock = Lock()
        self._newest: tuple[int, QVideoFrame] | None = None  # shared with the pool's thread
        self._converting = False  # shared
        self._generation = 0  # tells a frame of this clip from a late one of the last
        self._start_s = 0.0
        self._last_s = 0.0
        self._frame_s = 0.04
        self._is_taken_up = False  # a clip that had ended: Qt shows its first frame on the way
        self._sink.videoFrameChanged.connect(self._on_frame)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)
        self._converted.connect(self._on_converted)

    @property
    def available(self) -> bool:
        """Whether Qt found a backend that can play anything."""
        return self._player.isAvailable()

    def load(self, clip: Clip, at_s: float) -> None:
        """Playback."""
        self.unload()
        if clip.media is None:
            self.failed.emit("")
            return
        self._frame_s = float(1 / clip.media.frame_rate)
        self._last_s = max(0.0, clip.media.duration_s - self._frame_s / 2)
        self._start_s = at_s
        # A name of undecodable bytes has no URL: Qt finds no such file, and the next playback may.
        self._set_source(QUrl.fromLocalFile(str(clip.path)))
        self.pause()  # only a paused player shows its first frame

    def play(self, rate: float) -> None:
        """Playback."""
        if self._player.playbackRate() != rate:
            _unlocked(self._player, "setPlaybackRate", Q_ARG(float, rate))
        _unlocked(self._player, "play")

    def pause(self) -> None:
        """Playback."""
        if not self._has_ended():  # it stands at its last frame; paused, it would show the first
            _unlocked(self._player, "pause")

    def seek(self, time_s: float) -> None:
        """Playback."""
        if self._player.mediaStatus() is QMediaPlayer.MediaStatus.LoadingMedia:
            self._start_s = time_s
            return
        if self._has_ended():
            self._is_taken_up = True
            _unlocked(self._player, "pause")
        self._is_taken_up = self._is_taken_up and time_s >= 2 * self._frame_s
        # Past the last frame Qt shows nothing at all.
        position_ms = round(1000 * min(max(0.0, time_s), self._last_s))
        _unlocked(self._player, "setPosition", Q_ARG("qint64", position_ms))

    def set_volume(self, volume: float) -> None:
        """Playback."""
        scale = QAudio.VolumeScale
        self._sound.setVolume(
            QAudio.convertVolume(volume, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        )

    def unload(self) -> None:
        """Playback."""
        self._generation += 1
        self._is_taken_up = False
        if not self._player.source().isEmpty():
            _unlocked(self._player, "stop")
            self._set_source(QUrl())

    def shutdown(self) -> bool:
        """Playback."""
        self.unload()
        return self._pool.waitForDone(5000)

    def _has_ended(self) -> bool:
        """Whether it played to its end: Qt has stopped by itself, and shows what came last."""
        stopped = self._player.playbackState() is QMediaPlayer.PlaybackState.StoppedState
        return stopped and self._player.mediaStatus() is QMediaPlayer.MediaStatus.EndOfMedia

    def _set_source(self, source: QUrl) -> None:
        _unlocked(self._player, "setSource", Q_ARG(QUrl, source))

    def _on_frame(self, frame: "QVideoFrame") -> None:
        """Turn the newest frame into an image, off the GUI thread: in 4K it takes its time."""
        if not frame.isValid():  # comes at the end, when the source changes and on errors
            return
        with self._lock:
            self._newest = (self._generation, frame)
            if self._converting:
                return
            self._converting = True
        self._pool.start(self._convert)

    def _convert(self) -> None:
        """Runs on the pool's thread until no newer frame waits."""
        while True:
            with self._lock:
                if self._newest is None:
                    self._converting = False
                    return
                (generation, frame), self._newest = self._newest, None
            try:
                shown = self._shown(frame)
                if not shown.image.isNull():
                    self._converted.emit(generation, shown)
            except RuntimeError:  # the window was closed meanwhile, and this object with it
                return

    def _shown(self, frame: "QVideoFrame") -> Shown:
        image: QImage = frame.toImage()
        start_s = max(0.0, frame.startTime() / 1e6)
        end_s = frame.endTime() / 1e6
        return Shown(image, start_s, end_s if end_s > start_s else start_s + self._frame_s)

    def _on_converted(self, generation: int, shown: Shown) -> None:
        if generation != self._generation or (self._is_taken_up and shown.start_s < self._frame_s):
            return
        self._is_taken_up = False
        self.shown.emit(shown)

    def _on_status(self, status: "QMediaPlayer.MediaStatus") -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia:
            self.ended.emit()
        elif status is QMediaPlayer.MediaStatus.InvalidMedia:
            self.failed.emit(self._player.errorString())
        elif status is QMediaPlayer.MediaStatus.LoadedMedia:
            if not self._player.hasVideo():
                self.failed.emit("")
            elif self._start_s > 0:
                start_s, self._start_s = self._start_s, 0.0
                self.seek(start_s)

    def _on_error(self, _error: "QMediaPlayer.Error", text: str) -> None:
        self.failed.emit(text)
