"""Pages: the rows of a SQLite file page by page, where no tree leads to them any more.

Knows the file format (sqlite.org/fileformat2.html); refuses to know what is kept in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

PAGE_BYTES = 4096
"""Of every library: SQLite's own choice. A file with other pages gives nothing."""

Value = int | str | bytes | None


class Tree(Enum):
    """What a page is part of."""

    TABLE = auto()
    INDEX = auto()  # also a table without row numbers


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it lies on a page.

    Attributes:
        number: Of the row; 0 where it has none.
        values: Column by column; None for a column that is the number.
    """

    number: int
    values: tuple[Value, ...]


def rows(data: bytes, tree: Tree, columns: int) -> Iterator[Row]:
    """The rows of `columns` columns that lie on any page of such a tree, in the file's order.

    Rows that cannot be read are left out. So are pages that are not in use, which hold what was
    true once, as long as the file still tells which these are.
    """
    unused = _unused(data)
    for page in range(2, len(data) // PAGE_BYTES + 1):  # the first is about tables, not of one
        start = _start(page)
        of, cells_at, cell_skips = _TYPES.get(data[start], _NO_TYPE)
        if of is not tree or page in unused:
            continue
        count = min(_number(data, start + 3, 2), (PAGE_BYTES - cells_at) // 2)
        for pointer in range(start + cells_at, start + cells_at + 2 * count, 2):
            cell = start + _number(data, pointer, 2) + cell_skips
            try:
                row = _row(data, cell, tree, columns)
            except (IndexError, ValueError):
                continue
            if row is None:
                break  # the page is another table's
            yield row


_TYPES = {0x0D: (Tree.TABLE, 8, 0), 0x0A: (Tree.INDEX, 8, 0), 0x02: (Tree.INDEX, 12, 4)}
"""By a page's first byte: its tree, where the list of its cells is, what comes first in a cell."""
_NO_TYPE = (None, 0, 0)

_INT_BYTES = (0, 1, 2, 3, 4, 6, 8)
"""By a value's type."""


def _start(page: int) -> int:
    return (page - 1) * PAGE_BYTES


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")


def _unused(data: bytes) -> set[int]:
    """The pages on the file's list of those not in use, as far as it can be followed."""
    unused: set[int] = set()
    trunk = _number(data, 32, 4)
    while 1 < trunk <= len(data) // PAGE_BYTES and trunk not in unused:
        at = _start(trunk)
        count = min(_number(data, at + 4, 4), PAGE_BYTES // 4 - 2)
        unused.add(trunk)
        unused.update(_number(data, at + 8 + 4 * leaf, 4) for leaf in range(count))
        trunk = _number(data, at, 4)
    return unused


def _row(data: bytes, cell: int, tree: Tree, columns: int) -> Row | None:
    """The row in a cell; None where it has another number of columns.

    Raises:
        IndexError, ValueError: There is no row.
    """
    size, at = _varint(data, cell)
    number, at = _varint(data, at) if tree is Tree.TABLE else (0, at)
    types, values_at = _types(data, at)
    if len(types) != columns:
        return None
    payload = _payload(data, at, size, tree)
    values = []
    at = values_at - at
    for kind in types:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != size:
        raise ValueError("its columns are not as long as it is")
    return Row(number, tuple(values))


def _types(data: bytes, at: int) -> tuple[list[int], int]:
    """The types of a row's columns, and where its values begin."""
    size, now = _varint(data, at)
    end = at + min(size, PAGE_BYTES)
    types = []
    while now < end:
        kind, now = _varint(data, now)
        types.append(kind)
    if now != at + size:
        raise ValueError("its types are not as long as they say")
    return types, end


def _payload(data: bytes, at: int, size: int, tree: Tree) -> bytes:
    """All bytes of a row: those in its cell, then those on pages of their own."""
    most = PAGE_BYTES - 35 if tree is Tree.TABLE else (PAGE_BYTES - 12) * 64 // 255 - 23
    least = (PAGE_BYTES - 12) * 32 // 255 - 23
    if size <= most:
        return data[at : at + size]
    here = least + (size - least) % (PAGE_BYTES - 4)
    here = here if here <= most else least
    parts = [data[at : at + here]]
    page, missing = _number(data, at + here, 4), size - here
    while missing > 0:
        if not 1 < page <= len(data) // PAGE_BYTES:
            raise ValueError("its next page is not there")
        start = _start(page)
        parts.append(data[start + 4 : start + 4 + min(missing, PAGE_BYTES - 4)])
        page, missing = _number(data, start, 4), missing - (PAGE_BYTES - 4)
    return b"".join(parts)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """One value, and where the next one begins."""
    match kind:
        case 0:
            return None, at
        case 8 | 9:
            return kind - 8, at
        case 1 | 2 | 3 | 4 | 5 | 6:
            end = at + _INT_BYTES[kind]
            return int.from_bytes(payload[at:end], "big", signed=True), end
        case _ if kind >= 12:
            end = at + (kind - 12) // 2
            held = payload[at:end]
            return held.decode() if kind % 2 else held, end
    raise ValueError("a value of a type that no table of ours has")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 1 to 9 bytes, and where what follows it begins."""
    value = 0
    for now in range(at, at + 8):
        byte = data[now]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, now + 1
    return value << 8 | data[at + 8], at + 9
