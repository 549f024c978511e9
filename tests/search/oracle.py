"""The meaning of a query, written down a second time and without any index: one look at each entry.

Nothing of `archiver.search` but the query tree and the entries is used here.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from archiver.search.base import Entry
from archiver.search.query import (
    All,
    AnyOf,
    Everything,
    InState,
    Not,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)

VALUES = ("code", "no", "plate", "phone", "tag")


def is_han(char: str) -> bool:
    return bool(char) and (
        unicodedata.name(char, "").startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH"))
        or char in "〇々"
    )


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Width, case and blanks made equal; none beside a Han character."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = " ".join(folded.split())
    kept = [
        char
        for at, char in enumerate(words)
        if char != " " or not (is_han(words[at - 1]) or is_han(words[at + 1]))
    ]
    return "".join(kept)


def is_latin(char: str) -> bool:
    return char.isalnum() and not is_han(char)


def whole_at(text: str, at: int) -> bool:
    return not (0 < at < len(text) and is_latin(text[at - 1]) and is_latin(text[at]))


def holds(text: str, needle: str) -> bool:
    """Whether `needle` stands in `text` without parting a word: every place is tried."""
    if not needle or needle not in text:
        return False
    places = (at for at in range(len(text)) if text.startswith(needle, at))
    return any(whole_at(text, at) and whole_at(text, at + len(needle)) for at in places)


def fits(text: str, pattern: str) -> bool:
    """The same for a wildcard, by a regular expression that takes every way there is."""
    pieces = [{"*": r"[^\W_]{0,64}", "?": r"[^\W_]"}.get(c, re.escape(c)) for c in pattern]
    expression = re.compile("".join(pieces))
    return any(
        expression.fullmatch(text, start, end)
        for start in range(len(text))
        if expression.match(text, start)  # else no end can make it fit
        if pattern.startswith("*") or whole_at(text, start)
        for end in range(start + 1, len(text) + 1)
        if pattern.endswith("*") or whole_at(text, end)
    )


def alone(text: str) -> str:
    """Letters and digits only."""
    return "".join(char for char in text if char.isalnum())


def strings(entry: Entry, field: str | None) -> list[str]:
    """Where a Text of that field looks."""
    numbers = {name: list(entry.values.get(name, ())) for name in VALUES}
    numbers["no"].append(entry.archive_no)
    by_field = {
        "text": [plain(entry.text)],
        "title": [plain(entry.title)],
        "customer": [plain(one) for one in (entry.customer, entry.customer_name, *entry.aliases)],
        "category": [plain(one) for one in (entry.category, *entry.labels)],
        **{
            name: [form for one in found for form in (plain(one), alone(plain(one)))]
            for name, found in numbers.items()
        },
    }
    return by_field[field] if field else [one for found in by_field.values() for one in found]


def text_means(entry: Entry, query: Text) -> bool:
    needle, looked = plain(query.needle), strings(entry, query.field)
    if query.field == "customer":
        return bool(needle) and (needle == looked[0] or any(needle in name for name in looked[1:]))
    if query.field == "category":
        return needle in looked
    forms = {needle, alone(needle)} if query.field in VALUES else {needle}
    return any(holds(text, form) for text in looked for form in forms)


def numbers(entry: Entry, field: str) -> list[int]:
    if field == "amount":
        return [int(Decimal(one) * 100) for one in entry.values.get("amount", ())]
    day = entry.date if field == "date" else entry.added
    return [day.toordinal()] if day else []


def state(entry: Entry, today: date) -> str:
    if entry.permanent:
        return "permanent"
    if entry.due is None:
        return "undetermined"
    return "due" if entry.due <= today else "retained"


def has(entry: Entry, field: str) -> bool:
    """Whether the field has a value."""
    if field in {"date", "added", "amount"}:
        return bool(numbers(entry, field))
    return field == "state" or any(strings(entry, field))


def within(entry: Entry, query: Within) -> bool:
    low = -1 if query.low is None else query.low
    high = 1 << 62 if query.high is None else query.high
    return any(low <= one <= high for one in numbers(entry, query.field))


def leaf_means(query: Query, entry: Entry, today: date) -> bool:
    """A query without others in it."""
    match query:
        case Text():
            return text_means(entry, query)
        case Wildcard(pattern, field):
            return any(fits(text, plain(pattern)) for text in strings(entry, field))
        case Present(field):
            return has(entry, field)
        case Within():
            return within(entry, query)
        case InState(wanted):
            return state(entry, today) == wanted
    return isinstance(query, Everything)


def means(query: Query, entry: Entry, today: date) -> bool:
    """Whether `query` means `entry`."""
    match query:
        case Not(part):
            return not means(part, entry, today)
        case All(parts):
            return all(means(part, entry, today) for part in parts)
        case AnyOf(parts):
            return any(means(part, entry, today) for part in parts)
    return leaf_means(query, entry, today)
