"""A document's words as they are compared: the one place that says what stands where."""

import re
from collections.abc import Iterator

from archiver.core.normalise import searchable
from archiver.search.base import Entry

VALUES = ("code", "no", "plate", "phone", "tag")
"""Fields of numbers and tags."""
_PUNCTUATION = re.compile(r"[\W_]+")


def squeezed(text: str) -> str:
    """The letters and digits of searchable `text` alone: `ht2024001` for `ht-2024-001`."""
    return _PUNCTUATION.sub("", text)


def both_forms(value: str) -> tuple[str, ...]:
    """A number or tag as written and by its letters and digits alone, searchable, each once."""
    written = searchable(value)
    return tuple(form for form in dict.fromkeys((written, squeezed(written))) if form)


def customer_forms(entry: Entry) -> tuple[str, ...]:
    """The customer's id, name and aliases, searchable."""
    return tuple(map(searchable, (entry.customer, entry.customer_name, *entry.aliases)))


def category_forms(entry: Entry) -> tuple[str, ...]:
    """The category's code and labels, searchable."""
    return tuple(searchable(one) for one in (entry.category, *entry.labels))


def values_of(entry: Entry, field: str) -> tuple[str, ...]:
    """The numbers or tags of `field`, as given; the archive number is a number too."""
    own = (entry.archive_no,) if field == "no" else ()
    return (*own, *entry.values.get(field, ()))


def beside_text(entry: Entry) -> Iterator[tuple[str, str]]:
    """Field and searchable string of whatever is looked through beside title and text."""
    yield from (("customer", form) for form in customer_forms(entry))
    yield from (("category", form) for form in category_forms(entry))
    for field in VALUES:
        for value in values_of(entry, field):
            yield from ((field, form) for form in both_forms(value))
