"""Words: why a clip cannot be read."""

from collections.abc import Mapping
from types import MappingProxyType

from footage_sorter.domain.errors import Why

WHY_WORDS: Mapping[Why, str] = MappingProxyType(
    {
        Why.MISSING: "The file is not there any more.",
        Why.FORBIDDEN: "The file may not be read: its permissions forbid it.",
        Why.EMPTY: "The file is empty: it has zero bytes.",
        Why.NOT_VIDEO: "This is not a video file.",
        Why.NO_INDEX: "The file has no index: the recording was probably cut off before it ended.",
        Why.NO_PICTURE: "The file has sound but no picture.",
        Why.DAMAGED: "The file is damaged: no picture in it can be decoded.",
        Why.UNSUPPORTED: "No decoder for this kind of video is at hand.",
        Why.UNREADABLE: "The file could not be read.",
        Why.CRASHED: "The file crashes the decoder; the other clips are not affected.",
        Why.STALLED: "Decoding the file came to a halt and was given up.",
        Why.UNJUDGED: (
            "What rates the clips broke down twice over this one; the other clips are not affected."
        ),
    }
)
