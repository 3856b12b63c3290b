"""Text for a terminal: one line, no control characters, no longer than it should be."""


def one_line(text: str, most: int | None = None) -> str:
    r"""Write `text`, a file's name perhaps, so that it cannot break the line or steer a terminal.

    Control characters, lone surrogates and the like become escapes ("\\n", "\\udcff"); what is
    longer than `most` characters is elided in the middle.
    """
    safe = "".join(
        character if character.isprintable() else _escaped(character) for character in text
    )
    if most is None or len(safe) <= most:
        return safe
    head = (most - 1) // 2
    return f"{safe[:head]}…{safe[len(safe) - (most - 1 - head) :]}"


def counted(number: int, thing: str) -> str:
    """So many things: "1 clip", "2 clips"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
