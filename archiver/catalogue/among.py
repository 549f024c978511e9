"""Rows of a list, however long: an engine bounds how many values one question may hold."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, func, select

from archiver.core.proof import canonical

_FEW = 50
"""Values up to which each travels by itself, which is prepared in a third of the time."""


def among(column: Column[Any], wanted: Iterable[str]) -> ColumnElement[bool]:
    """Whether `column` is one of `wanted`.

    A long list travels as one value. SQLite holds 32,766 in one question, and a customer may have
    more papers. An engine without `json_each` (https://sqlite.org/json1.html#jeach) has its own
    function for it, to be chosen here.
    """
    few = sorted(wanted)
    if len(few) <= _FEW:
        return column.in_(few)
    listed = func.json_each(canonical(few)).table_valued("value")
    return column.in_(select(listed.c.value))
