"""Text for other programs: names that a file system allows and that XML or a line does not.

The name that a person reads may lose what a format cannot hold; the path that a program follows
never does: it travels percent-encoded, byte by byte.
"""

import os
import re
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

# Char of XML 1.0, section 2.2, turned round: controls, surrogates and the two non-characters.
_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
# What ends a line in one program or another.
_LINE_ENDS = re.compile(r"[\x00-\x1F\x7F\x85\u2028\u2029]+")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LOCAL = ("file://localhost/", "file:///")


def xml_text(text: str) -> str:
    """`text` with a replacement sign for each character that XML forbids."""
    return _NOT_XML.sub(_REPLACEMENT, text)


def one_line(text: str) -> str:
    """`text` without what ends a line, for formats of one line a fact."""
    return encodable(_LINE_ENDS.sub(" ", text))


def encodable(text: str) -> str:
    """`text` with a replacement sign for each undecodable byte, so that UTF-8 can hold it."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def file_url(path: Path, prefix: str = "file://") -> str:
    """`path` (absolute) as a URL in ASCII, byte for byte."""
    text = path.as_posix()
    if not text.startswith("/"):
        text = "/" + text  # a Windows drive: file:///C:/clips
    return prefix + quote_from_bytes(os.fsencode(text), safe="/:" if os.name == "nt" else "/")


def path_of(url: str) -> Path | None:
    """The local path behind a file URL; None for a URL of elsewhere."""
    for start in _LOCAL:
        if url.startswith(start):
            text = os.fsdecode(unquote_to_bytes(url[len(start) - 1 :]))
            if os.name == "nt":
                text = text.removeprefix("/")
            return None if "\0" in text else Path(text)
    return None
