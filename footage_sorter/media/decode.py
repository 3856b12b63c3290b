"""Decoding: the frames of a run, by their time. Knows packets and threads.

A run starts at a key frame: go there, send its packets, drain the decoder, flush it. Frame
threads then still work inside a burst (on two cores, one slice a frame, 1.5 times the speed of
slice threads), and no state of one run reaches the next. The price: FFmpeg's H.264 may show a
picture before the thread beside it has found that picture damaged, so of a spoilt clip now one
picture less is left out, now one more. With one thread it never does: see `frames`.
"""

import os
from collections.abc import Iterator
from threading import Event

import av
from av.codec.context import ThreadType
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from footage_sorter.media.container import packets_of, text_of
from footage_sorter.media.index import KeyIndex, tick_of
from footage_sorter.media.plan import Run

TimedFrame = tuple[float, VideoFrame]
"""Seconds from the clip's start, and the picture."""

THREADS = min(4, os.cpu_count() or 1)
"""Each thread holds pictures of its own, 25 MB of 4K in 10 bits, and a burst feeds no more."""

_MISSING_S = 0.5
"""A file that ends this much before its stated length was cut."""


class RunDecoder:
    """Decodes runs of one open clip, in ascending order."""

    def __init__(
        self,
        container: InputContainer,
        stream: VideoStream,
        index: KeyIndex,
        cancel: Event,
        *,
        threads: int = THREADS,
        keep_damaged: bool = False,
    ) -> None:
        """Take over `container`.

        Args:
            container: Open, to be read by nobody else.
            stream: Its picture stream.
            index: Where its key frames are.
            cancel: Ends the reading early.
            threads: Threads to decode with, at least 1.
            keep_damaged: Also give pictures that are known to be damaged: better than none for
                a person, and worse than none for a measure.
        """
        stream.thread_type = ThreadType.AUTO
        stream.codec_context.thread_count = threads
        self._damage: list[str] = []
        self._container = container
        self._stream = stream
        self._index = index
        self._cancel = cancel
        self._keep_damaged = keep_damaged
        self._base = float(stream.time_base or 0)
        self._start_ticks = stream.start_time or 0
        self._packets: Iterator[Packet[VideoStream]] | None = None
        self._held: Packet[VideoStream] | None = None

    def take_damage(self) -> list[str]:
        """What went wrong since the last call, mostly in FFmpeg's words."""
        taken, self._damage = self._damage, []
        return taken

    def frames(self, run: Run) -> Iterator[TimedFrame]:
        """The frames of `run`, ascending; fewer, and damage, where they do not decode."""
        last_s, found = float("-inf"), False
        alone = run.until_s <= self._index.times_s[run.key]
        for frame in self._decoded(run, alone=alone):
            time_s = self._seconds(frame.pts)
            if frame.is_corrupt and not self._keep_damaged:
                self._damage.append("a picture is damaged")
            elif time_s is not None and time_s > last_s and (alone or time_s < run.until_s):
                last_s, found = time_s, True
                yield time_s, frame
        if not found and not self._cancel.is_set():
            self._damage.append(f"no picture at {self._index.times_s[run.key]:.1f} s")

    def _decoded(self, run: Run, *, alone: bool) -> Iterator[VideoFrame]:
        context = self._stream.codec_context
        try:
            for packet in self._wanted(run, alone=alone):
                try:
                    yield from context.decode(packet)
                except av.FFmpegError as error:
                    self._damage.append(text_of(error))
            yield from context.decode(None)
        except av.FFmpegError as error:
            self._damage.append(text_of(error))
        finally:
            context.flush_buffers()

    def _wanted(self, run: Run, *, alone: bool) -> "Iterator[Packet[VideoStream]]":
        """The packets of `run` to send, from its key frame on."""
        key_pts: int | None = None
        last_s = self._index.times_s[run.key]
        for packet in self._from(run):
            if self._cancel.is_set():
                return
            if key_pts is None:
                key_pts = packet.pts if packet.pts is not None else packet.dts
                yield packet
                if alone:
                    return
                continue
            decoded_s, shown_s = self._seconds(packet.dts), self._seconds(packet.pts)
            past = decoded_s is not None and decoded_s >= run.until_s
            # A key frame is decoded before its time: it is the next run's, not ours.
            past |= packet.is_keyframe and shown_s is not None and shown_s >= run.until_s
            if past:
                self._held = packet
                return
            if packet.pts is not None and key_pts is not None and packet.pts < key_pts:
                continue  # open GOP: shown before its key frame, and needs the run before
            if shown_s is not None and shown_s >= run.until_s and packet.is_disposable:
                continue  # nothing that we want refers to it
            last_s = max(last_s, last_s if decoded_s is None else decoded_s)
            yield packet
        if last_s < run.until_s - _MISSING_S and not alone:
            self._damage.append(f"the file ends at {last_s:.1f} s")

    def _from(self, run: Run) -> "Iterator[Packet[VideoStream]]":
        """Packets from the key frame of `run` on."""
        tick = self._index.ticks[run.key]
        if self._index.jumps:
            self._jump(self._index.shown_ticks[run.key])
            at = tick_of(self._held) if self._held is not None else None
            if at is not None and at > tick:
                self._jump(tick)
        elif self._packets is None:
            self._jump(self._index.ticks[0])  # then straight on: elsewhere jumps are not exact
        started = False
        while (packet := self._next()) is not None:
            at = tick_of(packet)
            if not started and (not packet.is_keyframe or at is None or at < tick):
                continue
            started = True
            yield packet

    def _jump(self, tick: int) -> None:
        """Go to the last key frame not after `tick`, and hold its packet.

        FFmpeg compares with the time of showing in HEVC, of decoding elsewhere; the former is
        later, and rarely by a whole group of pictures.
        """
        self._container.seek(tick, stream=self._stream)
        self._packets, self._held = packets_of(self._container, self._stream), None
        self._held = self._next()

    def _next(self) -> "Packet[VideoStream] | None":
        """The next packet of the file that holds anything; None at its end."""
        if self._held is not None:
            packet, self._held = self._held, None
            return packet
        assert self._packets is not None
        return next((packet for packet in self._packets if packet.size), None)

    def _seconds(self, ticks: int | None) -> float | None:
        return None if ticks is None else (ticks - self._start_ticks) * self._base
