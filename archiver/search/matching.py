"""Whether a query means one document: a look at the document alone, without any index.

The same meaning as everywhere (`archiver.search.query`), for whoever must know it in a transaction
that no index has followed yet.
"""

from collections.abc import Iterator
from datetime import date

from archiver.core.normalise import searchable
from archiver.search.base import Entry
from archiver.search.forms import (
    VALUES,
    beside_text,
    both_forms,
    category_forms,
    customer_forms,
    values_of,
)
from archiver.search.needles import Glob, Needle
from archiver.search.query import (
    All,
    AnyOf,
    InState,
    Not,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)
from archiver.search.ranges import amount


def matches(query: Query, entry: Entry, today: date) -> bool:
    """Whether `query` means `entry` on the day `today`."""
    match query:
        case Not(part):
            return not matches(part, entry, today)
        case All(parts):
            return all(matches(part, entry, today) for part in parts)
        case AnyOf(parts):
            return any(matches(part, entry, today) for part in parts)
        case Text():
            return _text(query, entry)
        case Wildcard(pattern, field):
            return any(map(Glob(pattern).found_in, _strings(entry, field)))
        case _:
            return _known(query, entry, today)


def _known(query: Query, entry: Entry, today: date) -> bool:
    """The same for what is asked of other things than words."""
    match query:
        case Within(field, low, high):
            return any(
                (low is None or low <= one) and (high is None or one <= high)
                for one in _numbers(entry, field)
            )
        case InState(state):
            return _state(entry, today) == state
        case Present(field) if field in {"date", "added", "amount"}:
            return bool(_numbers(entry, field))
        case Present(field):
            return field == "state" or any(_strings(entry, field))
        case _:
            return True


def of_the_day(query: Query) -> bool:
    """Whether the answer may be another one tomorrow though nothing about a document changes."""
    match query:
        case Not(part):
            return of_the_day(part)
        case All(parts) | AnyOf(parts):
            return any(map(of_the_day, parts))
        case _:
            return isinstance(query, InState)


def _text(query: Text, entry: Entry) -> bool:
    looked = _strings(entry, query.field)
    if query.field == "customer":
        number, *names = looked
        return bool(query.needle) and (
            query.needle == number or any(query.needle in name for name in names)
        )
    if query.field == "category":
        return query.needle in looked
    forms = both_forms(query.needle) if query.field in VALUES else (query.needle,)
    needles = [Needle(form) for form in forms]
    return any(needle.found_in(text) for text in looked for needle in needles)


def _strings(entry: Entry, field: str | None) -> Iterator[str]:
    """Where a Text or Wildcard of that field looks, searchable."""
    if field in {None, "title"}:
        yield searchable(entry.title)
    if field in {None, "text"}:
        yield searchable(entry.text)
    if field is None:
        yield from (form for _, form in beside_text(entry))
    elif field == "customer":
        yield from customer_forms(entry)
    elif field == "category":
        yield from category_forms(entry)
    elif field in VALUES:
        yield from (form for one in values_of(entry, field) for form in both_forms(one))


def _numbers(entry: Entry, field: str) -> list[int]:
    """Days or hundredths of an amount, as `Within` counts them."""
    if field == "amount":
        read = (amount(searchable(one)) for one in entry.values.get("amount", ()))
        return [found[0] for found in read if found]
    day = entry.date if field == "date" else entry.added
    return [day.toordinal()] if day else []


def _state(entry: Entry, today: date) -> str:
    if entry.permanent:
        return "permanent"
    if entry.due is None:
        return "undetermined"
    return "due" if entry.due <= today else "retained"
