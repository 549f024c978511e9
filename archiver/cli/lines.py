"""Text broken into lines by what a terminal shows: a Han character takes two columns."""

import re

from archiver.cli.output import width

_CLOSING = "，。、；：！？）】》”’"
_PIECE = re.compile(rf"\s+|[^\s\u2e80-\uffff]+|\S[{_CLOSING}]*")
"""A blank, a word of narrow characters, or one wide character with what must not begin a line."""


def folded(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` columns, broken between words or Han characters."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if width(line + piece) <= room:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while width(line) > room:
            head = _head(line, room)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def cut(text: str, room: int) -> str:
    """`text` on one line of at most `room` columns; an ellipsis stands for what is left out."""
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    return plain if width(plain) <= room else _head(plain, room - 1) + "…"


def _head(text: str, room: int) -> str:
    """The longest beginning that is at most `room` columns wide; one character at least."""
    used = 0
    for at, letter in enumerate(text):
        used += width(letter)
        if used > room:
            return text[: max(at, 1)]
    return text


def labelled(label: str, text: str, room: int, indent: int) -> list[str]:
    """A label, and beside it the text, its further lines below one another."""
    head = label + " " * max(1, indent - width(label))
    first, *rest = folded(text, max(8, room - indent))
    return [head + first, *(" " * indent + line for line in rest)]
