"""The balance of papers, counted from the ledger and held against the catalogue.

Two records of the same thing, written in the same transactions but kept apart: the entries say
what came and went, the rows say what is there. Their difference must be 0.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from archiver.catalogue.ledger import Noted
from archiver.core.model import Document

CAME = "ingestion"
FOLDED = "folding"
WENT = (FOLDED, "withdrawal", "destruction", "tombstone_replayed")
"""Acts by which a paper ceases to be one of its own, or leaves the archive."""
COUNTED = (CAME, *WENT)
_DESTROYED, _REMOVED = "destruction", "removed"


@dataclass(frozen=True, slots=True)
class Amount:
    """So many papers of so many bytes together."""

    papers: int = 0
    bytes: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.papers + other.papers, self.bytes + other.bytes)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.papers - other.papers, self.bytes - other.bytes)


@dataclass(frozen=True, slots=True)
class Balance:
    """Opening + ingested − folded − destroyed − removed = closing; + since in − since out = held.

    Attributes:
        opening: before the first day of the period.
        folded: papers that turned out to be copies of another one of the same customer.
        destroyed: papers that were appraised, approved and destroyed.
        removed: wrong drops that two people took back, and whatever else left.
        closing: at the end of its last day.
        since_in: ingested after the period, up to the as-of point.
        since_out: folded, destroyed or removed after it.
        held: what the catalogue holds at the as-of point.
    """

    opening: Amount
    ingested: Amount
    folded: Amount
    destroyed: Amount
    removed: Amount
    closing: Amount
    since_in: Amount
    since_out: Amount
    held: Amount

    @property
    def difference(self) -> Amount:
        """What ledger and catalogue disagree by: must be nothing."""
        return self.closing + self.since_in - self.since_out - self.held


def balance(
    entries: Iterable[Noted], papers: Collection[Document], first: date, last: date
) -> Balance:
    """Count the period from its `first` to its `last` day.

    Args:
        entries: those of the kinds `COUNTED`, all days, oldest first.
        papers: every archived file at the as-of point, further files of a document too.
        first: first day of the period.
        last: its last day, itself included.
    """
    sizes: dict[str, int] = {}
    found: Counter[tuple[str, str]] = Counter()
    weight: Counter[tuple[str, str]] = Counter()
    for one in entries:
        document = str(one.facts.get("document"))
        if one.action == CAME:
            sizes[document] = int(one.facts.get("size") or 0)
        when = "before" if one.day < first else "within" if one.day <= last else "after"
        key = (when, _kind(one))
        found[key] += 1
        weight[key] += sizes.get(document, 0)

    def amount(when: str, what: str) -> Amount:
        return Amount(found[when, what], weight[when, what])

    def went(when: str) -> Amount:
        return amount(when, FOLDED) + amount(when, _DESTROYED) + amount(when, _REMOVED)

    def left(when: str) -> Amount:
        return amount(when, CAME) - went(when)

    opening = left("before")
    return Balance(
        opening=opening,
        ingested=amount("within", CAME),
        folded=amount("within", FOLDED),
        destroyed=amount("within", _DESTROYED),
        removed=amount("within", _REMOVED),
        closing=opening + left("within"),
        since_in=amount("after", CAME),
        since_out=went("after"),
        held=Amount(len(papers), sum(one.size for one in papers)),
    )


def _kind(entry: Noted) -> str:
    """What an entry counts as; removed again after a restoration is what it was at first."""
    word = str(entry.facts.get("was") or entry.action)
    return word if word in {CAME, FOLDED, _DESTROYED} else _REMOVED
