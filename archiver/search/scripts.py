"""Simplified and traditional characters: how a word is written in the other script.

The table (`tools/traditional.py`) holds single characters: where one simplified character stands
for several traditional ones, each is tried.
"""

from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

MOST = 8
"""Other ways to write one word."""


class _Table(NamedTuple):
    """The two ways.

    Attributes:
        traditional: simplified → its traditional forms, the likeliest first.
        simplified: traditional → its simplified form.
    """

    traditional: dict[str, str]
    simplified: dict[str, str]


def rewritten(text: str) -> tuple[str, ...]:
    """`text` in simplified and in traditional characters, without itself; at most `MOST` forms."""
    table = _table()
    simple = "".join(table.simplified.get(sign, sign) for sign in text)
    found = dict.fromkeys(chain((simple,), _in_traditional(simple, table)))
    return tuple(islice((form for form in found if form != text), MOST))


def _in_traditional(simple: str, table: _Table) -> Iterator[str]:
    """The likeliest form, then those that differ from it in one character."""
    forms = [table.traditional.get(sign, sign) for sign in simple]
    usual = "".join(options[0] for options in forms)
    yield usual
    for at, options in enumerate(forms):
        for other in options[1:]:
            yield usual[:at] + other + usual[at + 1 :]


@cache
def _table() -> _Table:
    """The table, read once and only when it is needed."""
    table = _Table({}, {})
    entries = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").split()
    for entry in entries:
        simple, others = entry[0], entry[1:]
        table.traditional[simple] = others
        for other in others:
            if other != simple:
                table.simplified.setdefault(other, simple)
    return table
