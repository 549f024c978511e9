"""Fields whose values are terms of the index: customers, categories, numbers, days, states."""

import re
from collections.abc import Callable
from datetime import date

from archiver.search.forms import VALUES, both_forms
from archiver.search.needles import Glob, Needle
from archiver.search.query import Text, Wildcard, Within
from archiver.search.whoosh_library import LAST, Counts, Library, add
from archiver.search.whoosh_postings import unpack
from archiver.search.whoosh_rows import due_term, number_term

Fits = Callable[[str], bool]


def in_field(library: Library, leaf: Text | Wildcard) -> Counts:
    """The documents of customers or categories, or with numbers or tags, that `leaf` means."""
    field = leaf.field or ""
    fits: Fits
    if isinstance(leaf, Wildcard):
        fits = Glob(leaf.pattern).found_in
        part = max(re.split(r"[*?]", leaf.pattern), key=len)
    else:
        fits = {"customer": _customer, "category": _category}.get(field, _value)(leaf.needle)
        part = both_forms(leaf.needle)[-1] if field in VALUES and leaf.needle else leaf.needle
    found: Counts = {}
    for start, term, packed in library.holding(field, part):
        if fits(term):
            add(found, start, packed)
    return found


def within(library: Library, leaf: Within) -> set[int]:
    """The documents with a number between the bounds."""
    low = "" if leaf.low is None else number_term(leaf.low)
    high = LAST if leaf.high is None else number_term(leaf.high)
    return between(library, leaf.field, low, high)


def in_state(library: Library, state: str, today: date) -> set[int]:
    """The documents that are in `state` on the day `today`."""
    now = today.toordinal()
    low, high = {
        "due": (due_term(0), due_term(now)),
        "retained": (due_term(now + 1), due_term(date.max.toordinal())),
    }.get(state, (state, state))
    return between(library, "state", low, high)


def between(library: Library, field: str, low: str = "", high: str = LAST) -> set[int]:
    """The documents that have a term between the two, both included."""
    found: set[int] = set()
    for start, packed in library.lists(field, low, high):
        if len(packed) == 2:  # one document: so are most amounts
            found.add(start + packed[1])
        else:
            found.update([start + one for one in unpack(packed)[0]])
    return found


def _customer(wanted: str) -> Fits:
    """Id TAB name TAB alias …: the id, or any part of one of the names."""

    def fits(term: str) -> bool:
        number, *names = term.split("\t")
        return wanted == number or (bool(wanted) and any(wanted in name for name in names))

    return fits


def _category(wanted: str) -> Fits:
    """Code TAB label TAB label: the whole of one of them."""
    return lambda term: wanted in term.split("\t")


def _value(wanted: str) -> Fits:
    """As written TAB letters and digits alone: anywhere in either, asked in either way."""
    looks = [Needle(form) for form in both_forms(wanted)]
    return lambda term: any(look.found_in(term) for look in looks)
