"""How a document lies in a Whoosh index.

Terms (field `id` … `state`) say where to look; columns say what is there. Nothing is in Whoosh's
stored fields: a merge copies columns as they are.

    text, beside   terms of the text, and of title, customer, category, numbers and tags
    runs           in which slots each Han character stands, of all that is in `parts`
    customer       id TAB name TAB alias …   category  code TAB label TAB label
    code … tag     as written TAB letters and digits alone
    date … amount  the number, so that terms sort as numbers do
    state          permanent, undetermined, or due and the due day
    parts          title NUL text NUL all the rest, searchable: what candidates are verified against
    card, raw      what a hit shows; the text as it was read, for its snippet
    facts          date and day of filing (ordinals, 0 for none), length of the text
    sum            CRC-32 of the other columns
"""

import json
import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from whoosh.columns import FixedBytesColumn, VarBytesColumn
from whoosh.fields import COLUMN, Schema

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
from archiver.search.grams import counted, slots
from archiver.search.ranges import amount
from archiver.search.whoosh_codec import Counted

FACTS = struct.Struct("<iiI")
_SUM = struct.Struct("<I")
_WEIGHTS = {"title": 5, "customer": 3, "category": 1} | dict.fromkeys(VALUES, 4)
"""How often a word counts that stands there, beside one in the text."""
_MIDDLE = 1 << 60
NUMBERS = ("date", "added", "amount")
TERMS = ("id", "text", "beside", "runs", "customer", "category", *VALUES, *NUMBERS, "state")
_SUMMED = ("parts", "card", "raw", "facts")
COLUMNS = (*_SUMMED, "sum")
SCHEMA = Schema(
    **{name: Counted() for name in TERMS},
    **{name: COLUMN(VarBytesColumn()) for name in ("parts", "card", "raw")},
    facts=COLUMN(FixedBytesColumn(FACTS.size)),
    sum=COLUMN(FixedBytesColumn(_SUM.size)),
)


Facts = tuple[int, int, int]
DATE, ADDED, LENGTH = range(3)
"""What orders hits: days as ordinals (0: no date on the paper), characters of the text."""


class Card(NamedTuple):
    """What a hit shows, and the fingerprint that `check` compares."""

    document: str
    customer: str
    customer_name: str
    category: str
    date: str | None
    title: str
    path: str
    fingerprint: str
    files: Sequence[str]


class Row(NamedTuple):
    """What the index is given for a document.

    Attributes:
        terms: field → term → how often.
        columns: one value for each of `COLUMNS`.
    """

    terms: dict[str, dict[str, int]]
    columns: dict[str, bytes]


def number_term(number: int) -> str:
    """The term of a number: as numbers rise, so do these."""
    return f"{number + _MIDDLE:016x}"


def due_term(day: int) -> str:
    """The term of a paper that is due from that day (ordinal) on."""
    return f"due {number_term(day)}"


def row_of(entry: Entry) -> Row:
    """What the index is given for `entry`."""
    title, text = searchable(entry.title), searchable(entry.text)
    beside = list(beside_text(entry))
    parts = "\x00".join([title, text, *(form for _, form in beside)])
    terms = {
        "id": {entry.document: 1},
        "text": counted(text),
        "beside": _weighed([("title", title), *beside]),
        "runs": slots(parts),
        "customer": {"\t".join(customer_forms(entry)): 1},
        "category": {"\t".join(category_forms(entry)): 1},
        "state": {_state(entry): 1},
    }
    for field in VALUES:
        forms = ("\t".join(both_forms(value)) for value in values_of(entry, field))
        terms[field] = {form: 1 for form in forms if form}
    for field, numbers in _numbers(entry).items():
        terms[field] = {number_term(number): 1 for number in numbers}
    date = entry.date.toordinal() if entry.date else 0
    columns = {
        "parts": parts.encode(),
        "card": json.dumps(_card(entry)).encode(),
        "raw": zlib.compress(entry.text.encode("utf-8", "surrogatepass"), 1),
        "facts": FACTS.pack(date, entry.added.toordinal(), len(text)),
    }
    columns["sum"] = sum_of(columns)
    return Row(terms, columns)


def sum_of(columns: Mapping[str, bytes]) -> bytes:
    """What the column `sum` of a document must hold, from its other columns."""
    crc = 0
    for name in _SUMMED:
        crc = zlib.crc32(columns[name], crc)
    return _SUM.pack(crc)


def _weighed(strings: list[tuple[str, str]]) -> dict[str, int]:
    """The terms of all strings, counted as often as their field weighs."""
    total: Counter[str] = Counter()
    for field, string in strings:
        for term, count in counted(string).items():
            total[term] += count * _WEIGHTS[field]
    return total


def _state(entry: Entry) -> str:
    if entry.permanent:
        return "permanent"
    return due_term(entry.due.toordinal()) if entry.due else "undetermined"


def _numbers(entry: Entry) -> dict[str, list[int]]:
    amounts = (amount(searchable(one)) for one in entry.values.get("amount", ()))
    return {
        "date": [entry.date.toordinal()] if entry.date else [],
        "added": [entry.added.toordinal()],
        "amount": [found[0] for found in amounts if found],
    }


def _card(entry: Entry) -> Card:
    return Card(
        entry.document,
        entry.customer,
        entry.customer_name,
        entry.category,
        entry.date.isoformat() if entry.date else None,
        entry.title,
        entry.path,
        entry.fingerprint,
        entry.files,
    )
