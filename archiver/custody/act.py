"""Acts of two people: one proposes, another confirms, and everything is checked again then.

What is proposed changes nothing. A confirmation is one transaction with what it confirms, so no
crash leaves half of it; what must follow on the disk is written down there, and the start-up
completes it.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol

from archiver.catalogue import acts, ledger, tombstones
from archiver.catalogue.acts import Act, Content, State
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import DocumentId
from archiver.core.proof import canonical
from archiver.custody import (
    clock_confirm,
    clock_reset,
    incident,
    reappraise,
    shorten,
    split,
    void,
    withdraw,
)
from archiver.custody.move import finish_moves
from archiver.custody.person import require, same
from archiver.custody.stamp import stamp, today
from archiver.custody.tombstone import finish_leaving
from archiver.judge.second import Proposal, last_day, may_confirm
from archiver.vault.vault import Vault


class Kind(Protocol):
    """What one kind of act must be able to do; a module."""

    SUBJECT: str
    """What the ledger calls that which an act is done to."""

    def about(self, tx: Connection, subject: str, terms: Content) -> Content:
        """What the act is bound to, as it is now; the terms it was proposed on are part of it.

        Raises:
            Refused: there is nothing any more that it could be done to.
        """

    def last(self, vault: Vault, tx: Connection, subject: str) -> date:
        """The last trusted day on which it can be done, whoever agrees."""

    def refuse(self, vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
        """Look at everything that forbids it.

        Raises:
            Refused: something does.
        """

    def carry_out(self, vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
        """Do it, in the transaction of its confirmation."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "withdraw": withdraw,
        "void_event": void,
        "approve_shortening": shorten,
        "reappraise": reappraise,
        "confirm_clock": clock_confirm,
        "clock_reset": clock_reset,
        "close_incident": incident,
        "split_customer": split,
    }
)
"""Every kind of act that needs a second person."""

NO_TERMS: Content = MappingProxyType({})
_REFUSALS = {
    "SAME_PERSON": (
        N_("{act} was proposed by you: another person must confirm it"),
        N_("whoever that is types, under a login of their own: archiver act confirm {act}"),
    ),
    "ACT_EXPIRED": (
        N_("{act} could be confirmed until {last}"),
        N_("propose it anew, if it is still wanted"),
    ),
    "ACT_CHANGED": (
        N_("what {act} is about is no longer what was proposed"),
        N_("reject it with: archiver act reject {act} --reason TEXT; then propose it anew"),
    ),
}


def propose(
    vault: Vault, kind: str, subject: str, reason: str | None, *, terms: Content = NO_TERMS
) -> Act:
    """Write down what one person wants done; another one must confirm it.

    Args:
        vault: the open vault.
        kind: one of `KINDS`.
        subject: the id of what it is to be done to.
        reason: why, in a sentence.
        terms: what else must be said for it: how many years, which day, what name.

    Raises:
        Refused: a rule forbids it now, there is no reason, or who proposes has no role for it.
        UsageError: the same is proposed already.
    """
    with vault.catalogue.write() as tx:
        require(vault, tx, kind)
        when = stamp(vault, tx)
        about = KINDS[kind].about(tx, subject, terms)
        said = _reason(reason)
        KINDS[kind].refuse(vault, tx, subject, terms)
        _refuse_again(kind, terms, waiting(vault, tx, subject))
        until = min(last_day(when.day), KINDS[kind].last(vault, tx, subject))
        act = acts.propose(
            tx, when, kind, subject=subject, about=about, terms=terms, reason=said, until=until
        )
        ledger.append(tx, when, "act_proposed", _facts(act))
    return act


def confirm(vault: Vault, number: str) -> Act:
    """Do what another person proposed; repeating it completes what a crash prevented.

    Raises:
        Refused: a rule forbids it now, who confirms may not, or what it is about has changed.
        UsageError: there is no such act, or it is settled.
        OSError: the disk refused; it is done all the same, and the next start completes it.
    """
    finish_leaving(vault)
    with vault.catalogue.write() as tx:
        act = _pending(tx, number)
        require(vault, tx, act.kind, agreeing=True)
        when = stamp(vault, tx)
        kind = KINDS[act.kind]
        now = acts.content_of(
            act.id,
            act.kind,
            kind.about(tx, act.subject, act.terms),
            terms=act.terms,
            reason=act.reason,
            by=act.by.id,
        )
        proposed = ledger.last(tx, "act_proposed", act=act.id)
        digest = proposed.facts["content"] if proposed else ""
        bound = acts.digest_of(now) == act.digest == digest
        proposal = Proposal(same(vault, tx, act.by.id), act.on, bound)
        code = may_confirm(proposal, when.actor, when.day)
        if code:
            message, hint = _REFUSALS[code]
            raise Refused(code, message, hint=hint, act=act.id, last=last_day(act.on))
        kind.refuse(vault, tx, act.subject, act.terms)
        done = acts.settle(tx, act, when, State.CONFIRMED)
        ledger.append(tx, when, "act_confirmed", _facts(act))
        kind.carry_out(vault, tx, act, when)
    finish_leaving(vault)
    finish_moves(vault)
    return done


def reject(vault: Vault, number: str, reason: str | None) -> Act:
    """Say no to what was proposed; whoever proposed it may do so too.

    Raises:
        Refused: there is no reason, or who says no has no role for it.
        UsageError: there is no such act, or it is settled.
    """
    with vault.catalogue.write() as tx:
        act = _pending(tx, number)
        require(vault, tx, act.kind)
        said = _reason(reason)
        when = stamp(vault, tx)
        ledger.append(tx, when, "act_rejected", {**_facts(act), "answer": acts.digest_of(said)})
        return acts.settle(tx, act, when, State.REJECTED, answer=said)


def waiting(vault: Vault, tx: Connection, subject: str | None = None) -> tuple[Act, ...]:
    """The acts that can still be confirmed today, oldest first: about something, or all.

    Not those that waited too long, nor those about what is gone already.
    """
    found = acts.about(tx, subject) if subject else acts.pending(tx)
    day = today(vault, tx)
    gone = tombstones.of(tx, [DocumentId(one.subject) for one in found])
    return tuple(one for one in found if day <= one.until and one.subject not in gone)


def _reason(said: str | None) -> str:
    """What was given as a reason, in one line.

    Raises:
        Refused: nothing was.
    """
    reason = " ".join((said or "").split())
    if not reason:
        raise Refused(
            "REASON_REQUIRED",
            N_("an act of two people needs a reason"),
            hint=N_("say why in a sentence: --reason TEXT"),
        )
    return reason


def _refuse_again(kind: str, terms: Content, waiting: Iterable[Act]) -> None:
    for one in waiting:
        if one.kind == kind and canonical(dict(one.terms)) == canonical(dict(terms)):
            raise UsageError(
                N_("that is proposed already, as {act}"),
                hint=N_("a second person types: archiver act confirm {act}"),
                act=one.id,
            )


def _pending(tx: Connection, number: str) -> Act:
    act = acts.get(tx, number.strip().upper())
    if act is None:
        raise UsageError(
            N_("no act {act}"), hint=N_("see them with: archiver act list"), act=number
        )
    if act.settled:
        message = {
            State.CONFIRMED: N_("{act} was confirmed by {who} on {day}"),
            State.REJECTED: N_("{act} was rejected by {who} on {day}"),
        }
        raise UsageError(
            message[act.state],
            hint=N_("see them with: archiver act list"),
            act=act.id,
            who=act.settled.by.login,
            day=act.settled.on,
        )
    return act


def _facts(act: Act) -> dict[str, ledger.Fact]:
    return {
        "act": act.id,
        "kind": act.kind,
        KINDS[act.kind].SUBJECT: act.subject,
        "content": act.digest,
    }
