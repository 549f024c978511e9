"""One line of the destruction register, as scripts get it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from archiver.cli.output import Row, Value
from archiver.report.register import Destroyed, Withheld

_KEYS = {
    "list": None,
    **dict.fromkeys((*Destroyed.__dataclass_fields__, *Withheld.__dataclass_fields__)),
}
"""Every key of either list, so that one object a line, or one row, does for both."""


def line_row(one: Destroyed | Withheld, labels: Mapping[str, str]) -> Row:
    """The published object for one line of the register; keys of the other list are null."""
    which = "destroyed" if isinstance(one, Destroyed) else "withheld"
    told = {key: _plain(value) for key, value in asdict(one).items()}
    label = labels.get(one.category, one.category)
    return {**_KEYS, "list": which, **told, "category_label": label}


def _plain(value: object) -> Value:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]
