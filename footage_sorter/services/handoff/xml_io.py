"""XML in and out. Reading refuses what an exchange file never needs and an attack does.

Entity declarations, external entities, great depth and great size end in one error. Writing gives
what every reader reads back: characters that XML forbids are replaced, carriage returns escaped.
"""

from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat

from footage_sorter.domain.errors import ExchangeRefused
from footage_sorter.services.handoff.text import xml_text

MAX_DEPTH = 128

Element = ET.Element


def add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Append a child to `parent`, its text and attributes cleaned for XML."""
    child = ET.SubElement(parent, tag, {name: xml_text(v) for name, v in attributes.items()})
    if text is not None:
        child.text = xml_text(text)
    return child


def write_xml(root: Element, doctype: str) -> bytes:
    """The document of `root`, indented, in UTF-8."""
    ET.indent(root)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n'
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    # A reader would turn a bare carriage return, which a name may have, into a line feed.
    return head.encode() + body.replace(b"\r", b"&#13;") + b"\n"


def read_xml(data: bytes, path: Path, *, separator: str = "}") -> Element:
    """Parse `data`.

    Args:
        data: The whole file.
        path: Where it came from, for the error.
        separator: Stands between the namespace and the name in tags and attributes.

    Raises:
        ExchangeRefused: It is no XML, or declares entities, or is nested too deeply.
    """
    builder = ET.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator=separator)
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise ExchangeRefused(path, "it is nested too deeply")
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    forbid_entities(parser, path)
    run_parser(parser, data, path)
    return builder.close()


def forbid_entities(parser: expat.XMLParserType, path: Path) -> None:
    """Let `parser` refuse every declaration of an entity and every file outside."""

    def refuse(*_: object) -> NoReturn:
        raise ExchangeRefused(path, "it declares entities")

    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse


def run_parser(parser: expat.XMLParserType, data: bytes, path: Path) -> None:
    """Parse `data` whole.

    Raises:
        ExchangeRefused: It is not well-formed.
    """
    try:
        parser.Parse(data, True)  # noqa: FBT003  expat takes no keywords
    except expat.ExpatError as error:
        detail = expat.ErrorString(error.code)
        raise ExchangeRefused(path, f"line {error.lineno}: {detail}") from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise ExchangeRefused(path, str(error)) from error
