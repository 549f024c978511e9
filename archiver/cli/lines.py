"""Single lines fitted to a terminal, labels with their text beside them, and rows of keys."""

from collections.abc import Iterable, Mapping

from rich.cells import set_cell_size

from archiver.cli.wrap import width, wrap


def cut(text: str, room: int) -> str:
    """`text` on one line of at most `room` columns; an ellipsis stands for what is left out."""
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    return plain if width(plain) <= room else set_cell_size(plain, room - 1).rstrip() + "…"


def labelled(label: str, text: str, room: int, indent: int) -> list[str]:
    """A label, and beside it the text, its further lines below one another."""
    head = label + " " * max(1, indent - width(label))
    first, *rest = wrap(text, max(8, room - indent))
    return [head + first, *(" " * indent + line for line in rest)]


def key_lines(keys: Mapping[str, str], room: int) -> list[str]:
    """What each key does, as many a line as fit."""
    return beside((f"{key} {text}" for key, text in keys.items()), room)


def beside(items: Iterable[str], room: int) -> list[str]:
    """Items side by side, as many a line as fit; none is torn."""
    lines = [""]
    for item in items:
        joined = f"{lines[-1]}  {item}" if lines[-1] else item
        lines = [*lines[:-1], joined] if width(joined) <= room else [*lines, item]
    return lines
