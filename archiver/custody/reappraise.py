"""Taking an ended flag off a customer (鉴定): an act of two people (see `custody.act`).

The company keeps for ever what had a dispute, an accident, a doubt or an order of an authority;
that the matter is over takes nothing off by itself. A re-appraisal does: the records stay at least
so many years after the end of the matter, and the longest of that and all rules counts
(档案法实施条例 2024 art. 24: a period that is set anew is marked on the record).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from archiver.catalogue import customers, events, keepings, ledger
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.events import StoredEvent
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import CustomerId
from archiver.core.periods import Period, add
from archiver.custody.ripple import ripple
from archiver.custody.stamp import today
from archiver.custody.standing import Facts
from archiver.declarations.rule import Flag
from archiver.judge.facts import ENDS, RAISES
from archiver.vault.vault import Vault

SUBJECT = "customer"
"""What the ledger calls that which an act is done to."""

_NOT_ENDED = {
    "NOT_RELEASED_BY_AUTHORITY": (
        N_("no release by the authority is recorded for {customer}"),
        N_("when it is there: archiver event add authority_released {customer}"),
    ),
    "NOT_SETTLED": (
        N_("the matter of {customer} has no end yet that a person stands for"),
        N_("when it is over: archiver event add dispute_settled (or doubt_cleared) {customer}"),
    ),
}


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """The events that set the flag, and the end of the matter.

    Raises:
        UsageError: there is no such customer.
    """
    flag, happened = _flag(terms), _happened(tx, subject)
    end = _end(flag, happened)
    return {
        "events": sorted(one.id for one in _raising(flag, happened)),
        "ended": end.isoformat() if end else None,
    }


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be done."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """Look at everything that forbids it.

    Raises:
        Refused: a record of the customer is held, the flag never comes off, or the matter has not
            ended.
        UsageError: there is no such customer.
    """
    flag, happened = _flag(terms), _happened(tx, subject)
    papers = keepings.of_customers(tx, _whole(tx, subject)) or ()
    if any(one.answer.held for one in Facts(vault, tx, today(vault, tx), papers).stream()):
        raise Refused(
            "HOLD_ACTIVE",
            N_("a hold covers a record of {customer}"),
            hint=N_("see it with: archiver hold list"),
            customer=subject,
        )
    if flag in vault.settings.retention.non_reappraisable_flags:
        raise Refused(
            "FLAG_NOT_REAPPRAISABLE",
            N_("the flag {flag} never comes off, by the settings of this vault"),
            hint=N_("what was recorded by mistake is void when two people say so: event void"),
            flag=flag.value,
        )
    end = _end(flag, happened)
    if end is None or end > today(vault, tx):
        authority = flag is Flag.AUTHORITY_INSTRUCTION
        code = "NOT_RELEASED_BY_AUTHORITY" if authority else "NOT_SETTLED"
        message, hint = _NOT_ENDED[code]
        raise Refused(code, message, hint=hint, customer=subject)


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """The flag is off; every record of the customer is kept at least as long as was agreed."""
    flag, happened = _flag(act.terms), _happened(tx, act.subject)
    end, years = _end(flag, happened), int(str(act.terms["years"]))
    if end is None:
        raise LookupError(act.subject)
    until = add(end, Period(years=years)) if years else end
    facts: dict[str, ledger.Fact] = {
        "customer": act.subject,
        "flag": flag.value,
        "until": until.isoformat(),
        "content": act.digest,
        "proposed_by": act.by.id,
    }
    ledger.append(tx, when, "reappraisal", facts)
    for event in _raising(flag, happened):
        events.rewrite(tx, replace(event, lifted=True))
    whom = _whole(tx, act.subject)
    for document in keepings.of_customers(tx, whom) or ():
        known = keepings.of(tx, document).extended
        keepings.change(tx, document, extended=max(until, known or until), notice=when.day)
    ripple(vault, tx, when, whom)


def _flag(terms: Content) -> Flag:
    return Flag(str(terms["flag"]))


def _whole(tx: Connection, subject: str) -> frozenset[CustomerId]:
    one = CustomerId(subject)
    return customers.composition(tx).get(one, frozenset({one}))


def _happened(tx: Connection, subject: str) -> tuple[StoredEvent, ...]:
    if customers.get(tx, CustomerId(subject)) is None:
        raise UsageError(
            N_("no customer {customer}"),
            hint=N_("see them with: archiver customer list"),
            customer=subject,
        )
    found = events.concerning(tx, _whole(tx, subject), (), ())
    return tuple(one for one in found if not one.void)


def _raising(flag: Flag, happened: Iterable[StoredEvent]) -> list[StoredEvent]:
    return [one for one in happened if RAISES.get(one.type) == flag and not one.lifted]


def _end(flag: Flag, happened: tuple[StoredEvent, ...]) -> date | None:
    """The latest end of the matter that a person stands for and that followed its start."""
    begun = max((one.entry for one in _raising(flag, happened)), default=0)
    ends = [
        one.day
        for one in happened
        if ENDS.get(one.type) == flag and one.confirmed and one.entry > begun
    ]
    return max(ends, default=None)
