"""How a paper is laid out: as a table, as a form, with a seal on it."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from archiver.core.model import Box, Page
from archiver.declarations.categories import Structure
from archiver.recognition.rows import Row, rows

_CELLS = 3
"""Cells from which a row is one of a table, and rows from which they are one."""
_GRID = 0.02
"""Share of the width of a page by which the edges of the cells of a column may differ."""
_LABEL = re.compile(r"[^:\d\t]{1,12}(?::|\t)\s*[^\s_]")
"""A short label, then its value: behind a colon, or in the next column."""
_FORM_ROWS, _FORM_SHARE = 4, 0.4
"""Rows of a label and its value that make a form, and their least share of all rows."""


def structures(pages: Iterable[Page]) -> frozenset[Structure]:
    """What the layout of these pages shows."""
    return frozenset(one for page in pages for one in _of(page))


def _of(page: Page) -> Iterator[Structure]:
    laid = tuple(rows([page]))
    if page.seals:
        yield "seal"
    if _is_table(page, laid):
        yield "table"
    labelled = sum(bool(_LABEL.match(row.text)) for row in laid)
    if labelled >= max(_FORM_ROWS, _FORM_SHARE * len(laid)):
        yield "form"


def _is_table(page: Page, laid: tuple[Row, ...]) -> bool:
    """Whether three rows have three cells in the same columns; office files part them by tabs."""
    if sum(line.text.count("\t") >= _CELLS - 1 for line in page.lines) >= _CELLS:
        return True
    cells = [[line.box for line in row.lines if line.box] for row in laid]
    wide = [row for row in cells if len(row) >= _CELLS]
    run = 1
    for above, below in pairwise(wide):
        run = run + 1 if sum(_has_column(above, box) for box in below) >= _CELLS else 1
        if run == _CELLS:
            return True
    return False


def _has_column(row: list[Box], cell: Box) -> bool:
    """Whether a cell stands below one of the row: flush left, flush right, or centred."""
    return any(
        abs(box[0] - cell[0]) < _GRID
        or abs(box[2] - cell[2]) < _GRID
        or abs(box[0] + box[2] - cell[0] - cell[2]) < 2 * _GRID
        for box in row
    )
