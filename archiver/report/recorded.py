"""What the ledger says of a period besides disposal: rules activated, erasures asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from archiver.catalogue.ledger import Noted
from archiver.core.model import CustomerId
from archiver.report.span import Span

ACTIVATED, ASKED = "rules_activated", "erasure_requested"
RECORDED = (ACTIVATED, ASKED)


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A version of the rules that came into force.

    Attributes:
        before: content hash of the version before; None for the first.
        lengthened: papers kept longer at once; the others as in `judge.preview.Effect`.
    """

    day: date
    entry: int
    before: str | None
    rules: str
    lengthened: int
    waiting: int
    locked: int
    due: int
    unscheduled: int
    permanent: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request for the erasure of personal data.

    Attributes:
        papers: how many it was about: `due` may be appraised, `statutory` the law keeps, about
            `legal_review` the legal department had to decide.
        undecided: of the customer's papers, those it must still decide about now.
    """

    day: date
    entry: int
    customer: str
    papers: int
    due: int
    statutory: int
    legal_review: int
    undecided: int


def changes(entries: Iterable[Noted], span: Span) -> Iterator[RuleChange]:
    """The versions that came into force in a period."""
    for one in entries:
        if one.action == ACTIVATED and span.first <= one.day <= span.last:
            before = one.facts.get("before")
            yield RuleChange(
                day=one.day,
                entry=one.seq,
                before=str(before) if before else None,
                rules=str(one.facts.get("rules")),
                lengthened=_count(one, "lengthened"),
                waiting=_count(one, "waiting"),
                locked=_count(one, "locked"),
                due=_count(one, "due"),
                unscheduled=_count(one, "unscheduled"),
                permanent=_count(one, "permanent"),
            )


def requests(
    entries: Iterable[Noted],
    undecided: Counter[str],
    whole: Mapping[CustomerId, Iterable[str]],
    span: Span,
) -> Iterator[Request]:
    """The requests of a period, and earlier ones that are open.

    Args:
        entries: those of the kinds `RECORDED`, all days, oldest first.
        undecided: customer → papers about which the legal department must still decide.
        whole: customer → every customer that is the same by now.
        span: the period.
    """
    for one in entries:
        if one.action != ASKED or one.day > span.last:
            continue
        customer = CustomerId(str(one.facts.get("customer")))
        legal = _count(one, "legal_review")
        left = sum(undecided[x] for x in {customer, *whole.get(customer, ())}) if legal else 0
        if one.day >= span.first or left:
            yield Request(
                day=one.day,
                entry=one.seq,
                customer=customer,
                papers=_count(one, "documents"),
                due=_count(one, "due"),
                statutory=_count(one, "statutory"),
                legal_review=legal,
                undecided=left,
            )


def _count(entry: Noted, fact: str) -> int:
    return int(entry.facts.get(fact) or 0)
