"""The hits of a search as a person reads them: three lines each."""

import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from archiver.cli.colour import coloured
from archiver.cli.lines import cut
from archiver.cli.recall import remember
from archiver.cli.wrap import width
from archiver.declarations.codes import NOBODY, called
from archiver.search.base import MARK, Hit

_EDGES = re.compile("|".join(MARK))
_INDENT = "  "


def show_cards(root: Path, hits: Sequence[Hit], *, passed: int, exact: int) -> None:
    """The hits; on a terminal each with the number by which it can be called afterwards.

    Args:
        root: the vault.
        hits: those of the page.
        passed: how many were passed over before it.
        exact: how many of them are; the others, which are near, are marked.
    """
    numbered = sys.stdout.isatty()
    if numbered:
        remember(root, [hit.document for hit in hits], passed)
    for at, hit in enumerate(hits):
        number = f"{passed + at + 1:>2}  " if numbered else ""
        _card(hit, number if at < exact else f"{number}≈ ")


def unmarked(snippet: str) -> str:
    """A snippet for programs, which need no marks."""
    return _EDGES.sub("", snippet)


def _card(hit: Hit, number: str) -> None:
    """What and whose, the place in the text, where it lies."""
    day = hit.date.isoformat() if hit.date else "–"
    folders = hit.path.split("/")
    label = folders[2] if len(folders) > 3 else hit.category
    head = f"{number}{hit.document}  {label}  {day}"
    whose = f"  {called(NOBODY, hit.customer_name)}"
    fits = width(head + whose + hit.title) + 2 <= shutil.get_terminal_size().columns
    gap = "  " if fits or not sys.stdout.isatty() else f"\n{_INDENT}"
    click.echo(f"{click.style(head, bold=True)}{whose}{gap if hit.title else ''}{hit.title}")
    click.echo(_INDENT + (_place(hit.snippet) if sys.stdout.isatty() else unmarked(hit.snippet)))
    click.echo(click.style(f"{_INDENT}{hit.path}", dim=True))


def _place(snippet: str) -> str:
    """A snippet for a terminal: on one line, hits in colour, or in brackets without colours."""
    signs = ("", "") if coloured() else ("[", "]")
    room = shutil.get_terminal_size().columns - len(_INDENT) - 1
    return "".join(
        click.style(f"{signs[0]}{piece}{signs[1]}", fg="yellow", bold=True) if hit else piece
        for piece, hit in _fitting(_EDGES.split(snippet), room, width("".join(signs)))
    )


def _fitting(pieces: Sequence[str], room: int, signs: int) -> Iterator[tuple[str, bool]]:
    """As much as there is room for, and whether it is a hit: every other piece is one.

    Args:
        pieces: of a snippet.
        room: columns.
        signs: columns of what stands around a hit.
    """
    if len(pieces) > 1 and width("".join(pieces[:2])) + signs > room:
        pieces = ["…", *pieces[1:]]  # what stands before the first hit gives way to it
    for at, piece in enumerate(pieces):
        hit = bool(at % 2)
        around = signs if hit else 0
        if width(piece) + around > room:
            fits = room - around > 1
            yield (cut(piece, room - around), hit) if fits else ("…"[:room], False)
            break
        yield piece, hit
        room -= width(piece) + around
