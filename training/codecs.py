"""What storing does to a picture: JPEG and H.264, written and read back.

Knows the encoders (OpenCV, PyAV).
"""

import io

import av
import cv2
import numpy as np

from training.optics import Picture


def through_jpeg(picture: Picture, quality: int) -> Picture:
    """Return `picture` after JPEG of `quality` 0-100."""
    _, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    decoded = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), dtype=np.uint8)
    return np.ascontiguousarray(decoded[..., ::-1])


def through_h264(picture: Picture, crf: int) -> Picture:
    """Return `picture` after H.264 of constant quality `crf` (18 fine to 40 coarse).

    Cropped to even sides, as 4:2:0 needs them.
    """
    height, width = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    held = io.BytesIO()
    with av.open(held, "w", format="mp4") as out:
        stream = out.add_stream(
            "libx264", rate=25, options={"crf": str(crf), "preset": "ultrafast"}
        )
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.thread_count = 1
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture[:height, :width]), "rgb24")
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    held.seek(0)
    with av.open(held, "r") as back:
        return np.asarray(next(back.decode(video=0)).to_ndarray(format="rgb24"), dtype=np.uint8)
