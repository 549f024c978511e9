"""How many columns a text takes on a terminal, and where its lines may end.

Widths are rich's (Unicode UAX 11 plus zero-width marks), so that our tables and its agree; a
character of ambiguous width counts as one column, as terminals draw it unless told otherwise.
"""

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003fffd"
)
_OPENING = "（【《〈「『“‘"
_CLOSING = "，。；：！？、）】》〉」』”’…—％),.;:!?%"
_PIECE = rf"(\s*)([{_OPENING}]*(?:[^\s“‘{_WIDE}]+|[{_WIDE}])[{re.escape(_CLOSING)}]*|\S)"
"""Blanks and what follows them unbroken: a Latin word or one Han character, with the signs that
open before it and close after it (no line begins with ， or ends with （)."""


def width(text: str) -> int:
    """Columns on a terminal."""
    return cell_len(text)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text as (blanks before, what must not be broken)."""
    return ((match[1], match[2]) for match in re.finditer(_PIECE, text))


def wrap(text: str, room: int) -> list[str]:
    """Lines of at most `room` columns; a word wider than that is cut."""
    return [line for part in text.split("\n") for line in _lines(part, max(room, 2))]


def _lines(text: str, room: int) -> Iterator[str]:
    line = ""
    for blanks, piece in pieces(text):
        if line and cell_len(line) + cell_len(blanks) + cell_len(piece) > room:
            yield line
            line = piece
        else:
            line += blanks + piece
        if cell_len(line) > room:
            *cut, line = chop_cells(line, room)
            yield from cut
    yield line


def aligned(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines in which the columns stand below one another, two blanks between them."""
    widths = [max(width(row[at]) for row in cells) for at in range(len(cells[0]))]
    for row in cells:
        padded = [text + " " * (widths[at] - width(text)) for at, text in enumerate(row)]
        yield "  ".join(padded).rstrip()


def shared(wanted: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths of columns that fit `room` together: the widest gives way first.

    None becomes narrower than `least` says while another can give way; when none can, they are
    too wide together, and the terminal breaks the lines.
    """
    widths = list(wanted)
    while sum(widths) > room:
        spare = [(width, at) for at, width in enumerate(widths) if width > least[at]]
        if not spare:
            break
        widths[max(spare)[1]] -= 1
    return widths
