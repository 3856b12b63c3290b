"""Names: what editors call the codecs that FFmpeg names in its own way."""

from collections.abc import Mapping
from types import MappingProxyType

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "av1": "AV1",
        "cfhd": "CineForm",
        "dnxhd": "DNxHD",
        "dvvideo": "DV",
        "ffv1": "FFV1",
        "h263": "H.263",
        "h264": "H.264",
        "hevc": "H.265",
        "huffyuv": "HuffYUV",
        "mjpeg": "Motion JPEG",
        "mpeg1video": "MPEG-1",
        "mpeg2video": "MPEG-2",
        "mpeg4": "MPEG-4",
        "prores": "ProRes",
        "vp8": "VP8",
        "vp9": "VP9",
    }
)


def codec_name(codec: str) -> str:
    """What a person reads for FFmpeg's name of a codec; that name itself where none is known."""
    return _NAMES.get(codec, codec)
