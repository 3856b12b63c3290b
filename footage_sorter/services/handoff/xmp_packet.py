"""XMP packets as bytes to be patched: what is not asked for stays as it is, byte for byte.

Knows RDF as XMP uses it: properties are attributes or children of `rdf:Description`, with text or
a list as value. Knows no property's meaning.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from xml.parsers import expat

from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.text import xml_text
from footage_sorter.services.handoff.xml_io import MAX_DEPTH, forbid_entities, run_parser

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Footage Sorter">\n'
    f' <rdf:RDF xmlns:rdf="{RDF}">\n'
    '  <rdf:Description rdf:about=""/>\n'
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>\n'
).encode()
"""A packet without a property."""

Value = str | tuple[str, ...]

TRACK_NAME = "http://ns.adobe.com/xmp/1.0/DynamicMedia/}trackName"
"""The field that tells the entries of a list of structures apart."""

# Not by `xml.sax.saxutils`: it loads all that the web takes, at each start of the program.
# A bare carriage return would come back as a line feed.
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_QUOTES = _IN_TEXT | str.maketrans({"\n": "&#10;", "\t": "&#9;", '"': "&quot;"})

_ENTRY_LEVELS = 3  # below a description: the property, its list, the entry

# Only run where the parser has found well-formed XML.
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_ENCODINGS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_LISTS = tuple(f"{RDF}}}{kind}" for kind in ("Bag", "Seq", "Alt"))


class Name(NamedTuple):
    """A property: its namespace, its name, the prefix to use where none is bound yet."""

    space: str
    local: str
    prefix: str


NO_ENTRIES: Mapping[Name, tuple[str, bytes | None]] = MappingProxyType({})


class _Attribute(NamedTuple):
    """Where an attribute stands, from the space before it to its closing quote."""

    start: int
    value_start: int
    end: int
    value: str


@dataclass(slots=True, eq=False)
class _Node:
    """An element on the way through the packet; positions are in bytes."""

    tag: str
    start: int
    tag_end: int
    scope: Mapping[str | None, str]
    empty: bool
    end: int = 0
    close: int = 0
    text: str = ""
    items: list[str] | None = None
    list_node: "_Node | None" = None
    entries: "list[_Node]" = field(default_factory=list)
    named: set[str] = field(default_factory=set)

    @property
    def value(self) -> Value:
        return tuple(self.items) if self.items is not None else self.text


@dataclass(slots=True)
class _Holder:
    """One `rdf:Description`, with the properties that it holds."""

    node: _Node
    attributes: dict[str, _Attribute] = field(default_factory=dict)
    children: list[_Node] = field(default_factory=list)


class Packet:
    """A parsed packet.

    Raises:
        ExchangeRefused: `data` is no XMP, or hostile; `path` is where it came from.
    """

    def __init__(self, data: bytes, path: Path) -> None:
        self._path = path
        self._mark, self._encoding = _encoding(data)
        try:
            text = data[len(self._mark) :].decode(self._encoding)
        except UnicodeDecodeError as error:
            raise ExchangeRefused(path, "its text is in no encoding that XMP allows") from error
        self._bytes = text.encode("utf-8")
        self._holders: list[_Holder] = []
        self._stack: list[_Node] = []
        self._scopes: list[dict[str | None, str]] = [{}]
        self._new_spaces: dict[str | None, str] = {}
        self._has_rdf = False
        self._parse()
        if not self._holders:
            raise ExchangeRefused(path, "it is no XMP" if not self._has_rdf else "it is empty")

    def get(self, name: Name) -> Value | None:
        """The value of a property; None where there is none."""
        tag = f"{name.space}}}{name.local}"
        for holder in self._holders:
            if tag in holder.attributes:
                return holder.attributes[tag].value
            for child in holder.children:
                if child.tag == tag:
                    return child.value
        return None

    def text(self, name: Name) -> str | None:
        """The value of a property as text: of a list its first entry."""
        value = self.get(name)
        return next(iter(value), "") if isinstance(value, tuple) else value

    def entry(self, name: Name, called: str) -> bytes | None:
        """The entry of a list of structures that is `called` so; None where there is none.

        Args:
            name: Of the list.
            called: The value of the entry's field `TRACK_NAME`.
        """
        found = self._find_entry(name, called)
        return None if found is None else self._bytes[found[1].start : found[1].end]

    def patched(
        self,
        changes: Mapping[Name, Value | None],
        entries: Mapping[Name, tuple[str, bytes | None]] = NO_ENTRIES,
    ) -> bytes:
        """The packet with each property of `changes` set, or gone where its value is None.

        Args:
            changes: Properties that are text or a list of texts.
            entries: Of lists of structures, one entry each: what it is called, and the whole of
                it, or None where it goes. The other entries stay.
        """
        edits: list[tuple[int, int, bytes]] = []
        new: list[bytes] = []
        for name, (called, entry) in entries.items():
            new += self._put_entry(name, called, entry, edits)
        for name, value in changes.items():
            if not self._replace(name, value, edits) and value is not None:
                new.append(_element(name, value, self._holders[0].node.scope))
        if new:
            edits.append(self._insertion(new))
        result = self._bytes
        for start, end, text in sorted(edits, reverse=True):
            result = result[:start] + text + result[end:]
        return self._mark + result.decode("utf-8").encode(self._encoding)

    def _find_entry(self, name: Name, called: str) -> tuple[_Node, _Node] | None:
        """The property and its entry that is `called` so."""
        for node in self._list_nodes(name):
            for entry in node.entries:
                if called in entry.named:
                    return node, entry
        return None

    def _list_nodes(self, name: Name) -> list[_Node]:
        tag = f"{name.space}}}{name.local}"
        return [child for holder in self._holders for child in holder.children if child.tag == tag]

    def _put_entry(
        self, name: Name, called: str, entry: bytes | None, edits: list[tuple[int, int, bytes]]
    ) -> list[bytes]:
        """Put an entry in place of its former self, or beside others; else the new property."""
        found = self._find_entry(name, called)
        if found is not None:
            whole, old = found
            gone = whole if entry is None and len(whole.entries) == 1 else old
            start = gone.start if entry else self._before_space(gone.start)
            edits.append((start, gone.end, entry or b""))
            return []
        if entry is None:
            return []
        for node in self._list_nodes(name):
            if node.list_node is not None and not node.list_node.empty:
                edits.append((node.list_node.close, node.list_node.close, entry))
                return []
        tag, declared = _qualified(name.space, name.local, name.prefix, self._holders[0].node.scope)
        bag, _ = _qualified(RDF, "Bag", "rdf", self._holders[0].node.scope)
        opening = f"<{tag}{declared}><{bag}>".encode()
        return [opening + entry + f"</{bag}></{tag}>".encode()]

    def _replace(
        self, name: Name, value: Value | None, edits: list[tuple[int, int, bytes]]
    ) -> bool:
        """Put `value` where `name` first stands and take it away elsewhere; False: nowhere."""
        tag = f"{name.space}}}{name.local}"
        done = False
        for holder in self._holders:
            if tag in holder.attributes:
                at = holder.attributes[tag]
                if done or value is None or isinstance(value, tuple):
                    edits.append((at.start, at.end, b""))
                else:
                    edits.append((at.value_start, at.end, quoted(value).encode()))
                    done = True
            for child in holder.children:
                if child.tag != tag:
                    continue
                text = b"" if done or value is None else _element(name, value, holder.node.scope)
                start = child.start if text else self._before_space(child.start)
                edits.append((start, child.end, text))
                done = done or bool(text)
        return done

    def _before_space(self, at: int) -> int:
        return len(self._bytes[:at].rstrip())

    def _insertion(self, new: list[bytes]) -> tuple[int, int, bytes]:
        """The edit that appends `new` elements to the first description."""
        node = self._holders[0].node
        line = self._bytes[: node.start].rpartition(b"\n")[2]
        indent = b"\n" + (line if not line.strip() else b"")
        body = b"".join(indent + b" " + element for element in new)
        if not node.empty:
            at = self._before_space(node.close)
            return at, node.close, body + indent
        tag = self._bytes[node.start : node.tag_end]
        qualified = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
        at = node.start + len(tag[:-2].rstrip())
        return at, node.tag_end, b">" + body + indent + b"</" + qualified + b">"

    def _parse(self) -> None:
        parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.StartNamespaceDeclHandler = self._declare
        parser.StartElementHandler = lambda tag, attributes: self._start(
            parser.CurrentByteIndex, tag, attributes
        )
        parser.EndElementHandler = lambda tag: self._end(parser.CurrentByteIndex)  # noqa: ARG005
        parser.CharacterDataHandler = self._characters
        forbid_entities(parser, self._path)
        run_parser(parser, self._bytes, self._path)

    def _declare(self, prefix: str | None, space: str | None) -> None:
        self._new_spaces[prefix] = space or ""

    def _start(self, at: int, tag: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise ExchangeRefused(self._path, "it is nested too deeply")
        found = _TAG.match(self._bytes, at)
        assert found is not None
        scope = {**self._scopes[-1], **self._new_spaces} if self._new_spaces else self._scopes[-1]
        self._new_spaces = {}
        self._scopes.append(scope)
        node = _Node(tag, at, found.end(), scope, found[0].endswith(b"/>"))
        parents = self._stack
        if tag == f"{RDF}}}RDF":
            self._has_rdf = True
        elif tag == f"{RDF}}}Description" and parents and parents[-1].tag == f"{RDF}}}RDF":
            self._holders.append(_Holder(node, _attributes(found, scope, attributes)))
        elif self._in_holder(1):
            self._holders[-1].children.append(node)
        elif self._in_holder(2) and tag in _LISTS:
            parents[-1].items = []
            parents[-1].list_node = node
        elif self._in_holder(3) and tag == f"{RDF}}}li" and parents[-2].items is not None:
            parents[-2].items.append("")
            parents[-2].entries.append(node)
        parents.append(node)
        if (entry := self._entry_around()) is not None and TRACK_NAME in attributes:
            entry.named.add(attributes[TRACK_NAME])

    def _entry_around(self) -> _Node | None:
        """The entry of a list that the parser is in, at whatever depth."""
        if not self._holders or self._holders[-1].node not in self._stack:
            return None
        at = self._stack.index(self._holders[-1].node) + _ENTRY_LEVELS
        entry = self._stack[at] if at < len(self._stack) else None
        return entry if entry is not None and entry.tag == f"{RDF}}}li" else None

    def _in_holder(self, levels: int) -> bool:
        """Whether the element that starts now is `levels` below the latest description."""
        stack = self._stack
        return (
            bool(self._holders)
            and len(stack) >= levels
            and stack[-levels] is self._holders[-1].node
        )

    def _end(self, at: int) -> None:
        node = self._stack.pop()
        self._scopes.pop()
        node.close = node.tag_end if node.empty else at
        node.end = node.tag_end if node.empty else self._bytes.index(b">", at) + 1
        if node.tag == TRACK_NAME and (entry := self._entry_around()) is not None:
            entry.named.add(node.text)

    def _characters(self, text: str) -> None:
        if self._in_holder(2):
            self._stack[-1].text += text
        elif self._in_holder(4) and self._stack[-3].items:
            items = self._stack[-3].items
            items[-1] += text
        elif self._stack and self._stack[-1].tag == TRACK_NAME:
            self._stack[-1].text += text


def _attributes(
    tag: re.Match[bytes], scope: Mapping[str | None, str], values: Mapping[str, str]
) -> dict[str, _Attribute]:
    """The attributes of a start tag, by property."""
    found = {}
    for one in _ATTRIBUTE.finditer(tag[0]):
        prefix, _, local = one[1].decode("utf-8").rpartition(":")
        name = f"{scope.get(prefix, '')}}}{local}"
        if prefix and name in values:
            at = tag.start()
            found[name] = _Attribute(
                at + one.start(), at + one.start(2), at + one.end(), values[name]
            )
    return found


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the encoding of a packet."""
    for mark, encoding in _ENCODINGS:
        if data.startswith(mark):
            return mark, encoding
    mark = b"\xef\xbb\xbf"
    return (mark, "utf-8") if data.startswith(mark) else (b"", "utf-8")


def _element(name: Name, value: Value, scope: Mapping[str | None, str]) -> bytes:
    """A property as an element, with the prefixes that are bound where it will stand."""
    tag, declared = _qualified(name.space, name.local, name.prefix, scope)
    if isinstance(value, str):
        return f"<{tag}{declared}>{_escaped(value)}</{tag}>".encode()
    bag, _ = _qualified(RDF, "Bag", "rdf", scope)
    item, _ = _qualified(RDF, "li", "rdf", scope)
    items = "".join(f"<{item}>{_escaped(text)}</{item}>" for text in value)
    return f"<{tag}{declared}><{bag}>{items}</{bag}></{tag}>".encode()


def _qualified(
    space: str, local: str, prefix: str, scope: Mapping[str | None, str]
) -> tuple[str, str]:
    """The name to write in `scope`, and the declaration that it needs, if any."""
    for bound, uri in scope.items():
        if uri == space:
            return (f"{bound}:{local}" if bound else local), ""
    return f"{prefix}:{local}", f' xmlns:{prefix}="{space}"'


def _escaped(text: str) -> str:
    return xml_text(text).translate(_IN_TEXT)


def quoted(text: str) -> str:
    """An attribute's value as it is written, with its quotes."""
    return f'"{xml_text(text).translate(_IN_QUOTES)}"'
