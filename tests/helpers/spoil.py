"""Spoils good clips, the way drives, cables and pulled-out cards do: reproducibly, by a seed."""

from enum import StrEnum

import numpy as np

INDEX_MARKS = (
    # MP4 and MOV: tables of times, sizes, places and key frames, edits, headers of tracks.
    *(b"moov", b"mvhd", b"tkhd", b"mdhd", b"elst", b"stsd", b"stts", b"ctts", b"stss", b"stsz"),
    *(b"stsc", b"stco", b"co64", b"avcC", b"hvcC", b"esds", b"moof", b"trun", b"tfhd"),
    # AVI: headers of the file and its streams, index.
    *(b"avih", b"strh", b"strf", b"idx1", b"indx"),
    # Matroska: segment, information, tracks, clusters, cues, seek head.
    *(b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66", b"\x16\x54\xae\x6b", b"\x1f\x43\xb6\x75"),
    *(b"\x1c\x53\xbb\x6b", b"\x11\x4d\x9b\x74"),
    # MPEG: the sync byte of the first packets, start codes of packs and sequences.
    *(b"\x47\x40", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3"),
)
_INDEX_REACH = 64


class Spoil(StrEnum):
    """A way in which a file goes bad."""

    FLIP = "flip"  # single bits, anywhere
    CUT = "cut"  # the end is missing, from any byte on
    INDEX = "index"  # bytes of headers and tables, where a reader trusts most
    ZERO = "zero"  # a block that was never written
    SHIFT = "shift"  # bytes are missing in the middle: all that follows lies elsewhere


def spoil(data: bytes, how: Spoil, seed: int) -> bytes:
    """`data`, at least 200 bytes, spoilt."""
    rng = np.random.default_rng(seed)
    bad = bytearray(data)
    match how:
        case Spoil.FLIP:
            for at in rng.integers(0, len(bad), 1 + int(rng.exponential(12))):
                bad[at] ^= 1 << int(rng.integers(8))
        case Spoil.CUT:
            del bad[int(rng.integers(1, len(bad))) :]
        case Spoil.INDEX:
            _spoil_index(bad, rng)
        case Spoil.ZERO:
            start, length = int(rng.integers(len(bad))), int(rng.exponential(len(bad) / 8)) + 1
            bad[start : start + length] = bytes(len(bad[start : start + length]))
        case Spoil.SHIFT:
            start = int(rng.integers(len(bad)))
            del bad[start : start + 1 + int(rng.exponential(40))]
    return bytes(bad)


def _spoil_index(bad: bytearray, rng: np.random.Generator) -> None:
    """Put telling values into a header or a table: 0, the greatest, the sign bit, chance."""
    places = [at for mark in INDEX_MARKS for at in _found(bad, mark)]
    place = int(rng.choice(places)) if places else 0
    for _ in range(1 + int(rng.integers(4))):
        # From four bytes before, where MP4 has the size.
        at = max(0, place - 4 + int(rng.integers(_INDEX_REACH)))
        width = int(rng.choice([1, 2, 4, 8]))
        value = [b"\x00", b"\xff", b"\x7f", b"\x80", rng.bytes(1)][int(rng.integers(5))] * width
        end = min(at + width, len(bad))
        bad[at:end] = value[: max(0, end - at)]


def _found(data: bytearray, mark: bytes, most: int = 8) -> list[int]:
    places: list[int] = []
    at = data.find(mark)
    while at >= 0 and len(places) < most:
        places.append(at)
        at = data.find(mark, at + 1)
    return places
