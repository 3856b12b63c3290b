"""What a person reads of a shoot report, as plain lines: how it looks is up to the browser."""

from collections.abc import Sequence
from html.parser import HTMLParser

_LINES = frozenset({"article", "div", "footer", "h1", "h2", "header", "li", "p", "section", "tr"})
_VOID = frozenset({"br", "img", "meta"})


def lines_of(page: str) -> str:
    """The words of a report, or of its beginning, without what is drawn."""
    reader = _Reader()
    reader.feed(page)
    return "\n".join("  ".join(words) for words in reader.lines if words)


class _Reader(HTMLParser):
    """Collects words; a part that screen readers pass over has none."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[str]] = [[]]
        self._mute = 0  # so many elements are open, from the one on that says nothing

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Python's override."""
        if tag in _VOID:
            return
        if self._mute or tag in ("head", "svg") or ("aria-hidden", "true") in attrs:
            self._mute += 1
        elif tag in _LINES:
            self.lines.append([])

    def handle_endtag(self, tag: str) -> None:
        """Python's override."""
        if self._mute and tag not in _VOID:
            self._mute -= 1

    def handle_data(self, data: str) -> None:
        """Python's override."""
        if not self._mute and data.strip():
            self.lines[-1].append(data.strip())
