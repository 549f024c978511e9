"""Options that narrow a search: category, customer, days of the paper."""

import functools
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import click

from archiver.cli.complete import categories, customers
from archiver.core.errors import N_, UsageError
from archiver.core.normalise import searchable
from archiver.search.query import AnyOf, Query, Text, Within
from archiver.search.ranges import days


class Filters(NamedTuple):
    """What was typed. Of several categories any one will do, and so of several customers."""

    category: tuple[str, ...]
    customer: tuple[str, ...]
    from_day: str | None
    to_day: str | None

    def typed(self) -> Iterator[tuple[str, str]]:
        """Each option that was given, with its value."""
        yield from (("--category", one) for one in self.category)
        yield from (("--customer", one) for one in self.customer)
        for option, value in (("--from", self.from_day), ("--to", self.to_day)):
            if value:
                yield option, value

    def queries(self, today: date) -> list[Query]:
        """The same as queries, all of which a paper must answer.

        Raises:
            UsageError: a day that is none, or days the wrong way round.
        """
        found = [*_either("category", self.category), *_either("customer", self.customer)]
        first, last = _days("--from", self.from_day, today), _days("--to", self.to_day, today)
        if first and last and last[1] < first[0]:
            raise UsageError(N_("--from is after --to"), hint=N_("the earlier day comes first"))
        if first or last:
            found.append(Within("date", first and first[0], last and last[1]))
        return found


def with_filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options; it receives `filters`."""

    @click.option(
        "--category",
        "-c",
        multiple=True,
        shell_complete=categories,
        help=N_("only this category (code or label); given twice: either"),
    )
    @click.option(
        "--customer",
        "-n",
        multiple=True,
        shell_complete=customers,
        help=N_("only this customer (id or part of the name); given twice: either"),
    )
    @click.option("--from", "from_day", metavar="D", help=N_("papers dated on or after D"))
    @click.option("--to", "to_day", metavar="D", help=N_("papers dated on or before D"))
    @functools.wraps(function)
    def wrapped(
        *,
        category: tuple[str, ...],
        customer: tuple[str, ...],
        from_day: str | None,
        to_day: str | None,
        **options: Any,  # noqa: ANN401 - passes through
    ) -> Any:  # noqa: ANN401 - passes through
        category, customer = (tuple(filter(None, values)) for values in (category, customer))
        return function(filters=Filters(category, customer, from_day, to_day), **options)

    return wrapped


def _either(field: str, values: tuple[str, ...]) -> list[Query]:
    """No query, one, or several of which any will do."""
    found = tuple(Text(one, field) for one in values)
    return [AnyOf(found)] if len(found) > 1 else [*found]


def _days(option: str, text: str | None, today: date) -> tuple[int, int] | None:
    """The first and the last day of what an option names."""
    if text is None:
        return None
    found = days(searchable(text), today)
    if found is None:
        raise UsageError(
            N_("{option}: {text} is no day, month or year"),
            hint=N_("write it as 2024-05-01, 2024-05, 2024 or last-month"),
            option=option,
            text=text,
        )
    return found
