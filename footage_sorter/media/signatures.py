"""Signatures: a clip's picture shrunk to a few pixels, to find similar takes by; kept in a file.

A record is a content, its signature and a check sum, all of one size: a file that was cut in the
middle of one loses that one. Beside the pictures in the cache: what is lost is made again.
"""

import io
import logging
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import av
import numpy as np
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

from footage_sorter.domain.clip import ContentId
from footage_sorter.domain.errors import ClipError, OutputFailed, Why
from footage_sorter.domain.likeness import SIGNATURE_PX, SIGNATURE_VERSION

FILE = f"signatures-{SIGNATURE_VERSION}"

_WIDTH, _HEIGHT = SIGNATURE_PX
_RECORD = np.dtype(
    [("content", "V16"), ("signature", np.uint8, (_HEIGHT, _WIDTH, 3)), ("sum", "<u4")]
)

log = logging.getLogger(__name__)

Signature = NDArray[np.uint8]
"""uint8, shape (9, 16, 3), sRGB."""


def signature_of(picture: Path) -> Signature:
    """Shrink a picture file, by the mean of what each pixel covers.

    Raises:
        ClipError: It is no picture that can be read.
    """
    try:
        with av.open(io.BytesIO(picture.read_bytes()), "r", format="mjpeg") as container:
            frame = next(container.decode(video=0))
            small = frame.reformat(
                width=_WIDTH, height=_HEIGHT, format="rgb24", interpolation=Interpolation.AREA
            )
            return np.ascontiguousarray(small.to_ndarray())
    except (av.FFmpegError, OSError, StopIteration) as error:
        raise ClipError(picture, Why.DAMAGED, str(error)) from error


def load_signatures(folder: Path) -> dict[ContentId, Signature]:
    """All signatures kept in `folder`; none where there is no file, damaged ones left out."""
    try:
        data = (folder / FILE).read_bytes()
    except OSError:
        return {}
    records = np.frombuffer(data[: len(data) // _RECORD.itemsize * _RECORD.itemsize], _RECORD)
    found: dict[ContentId, Signature] = {}
    for record in records:
        raw = record.tobytes()
        if crc32(raw[:-4]) == int(record["sum"]):
            found[ContentId(raw[:16].hex())] = record["signature"]
    if len(found) < len(records):
        log.info("%d of %d signatures are of use", len(found), len(records))
    return found


def keep_signatures(folder: Path, signatures: Mapping[ContentId, Signature]) -> None:
    """Add signatures to those kept in `folder`.

    Raises:
        OutputFailed: They cannot be written.
    """
    records = []
    for content, signature in signatures.items():
        body = bytes.fromhex(content) + signature.tobytes()
        records.append(body + crc32(body).to_bytes(4, "little"))
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            # A record that a power cut left half would shift all after it.
            file.truncate(file.tell() // _RECORD.itemsize * _RECORD.itemsize)
            file.write(b"".join(records))
    except OSError as error:
        raise OutputFailed(path, error.strerror or str(error)) from error
