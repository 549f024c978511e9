"""Lowering the trusted day: one kind of act that needs two people (see `custody.act`).

A clock far ahead was believed, and has been put right since. Its subject is the day that shall be
the trusted one.
"""

from dataclasses import replace
from datetime import date

from archiver.catalogue import days, keepings, ledger, queue
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused
from archiver.custody.ripple import leave, ripple
from archiver.custody.stamp import trust, trust_from_now, trusted_day
from archiver.judge.evaluate import Block
from archiver.judge.second import last_day
from archiver.vault.vault import Vault

SUBJECT = "to"
"""What the ledger calls that which an act is done to."""


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """The trusted day that is left, and the one that is wanted."""
    return {"trusted": trusted_day(tx).isoformat(), "to": subject}


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be said."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """It only lowers.

    Raises:
        Refused: the day is after the trusted one.
    """
    day = trusted_day(tx)
    if date.fromisoformat(subject) > day:
        raise Refused(
            "NOT_LOWER",
            N_("{to} is after the last day known here ({day})"),
            hint=N_("a clock that is ahead and right is believed by: archiver clock confirm"),
            to=subject,
            day=day,
        )


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """The trusted day is lowered, then the clock is read again.

    Reviews and approvals were begun on days that never were: they are void.
    """
    trust_from_now(tx, date.fromisoformat(act.subject))
    day = trust(vault, tx).day
    trust_from_now(tx, day)
    then = replace(when, day=day)
    facts: dict[str, ledger.Fact] = {
        "from": when.day.isoformat(),
        "to": day.isoformat(),
        "content": act.digest,
        "proposed_by": act.by.id,
    }
    ledger.append(tx, then, "clock_reset", facts)
    for document in keepings.on_the_way(tx):
        leave(tx, then, document, Block.CLOCK_ANOMALY.value)
    for one in days.papers(tx, days.lower(tx, day, last_day(day))):
        queue.push(tx, one.id, one.path)
    ripple(vault, tx, then)
