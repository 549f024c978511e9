"""Acts that need a second person: what was proposed, by whom, and how it was settled.

A row is bound to the digest of its content; the ledger keeps the digest, this table the words.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, insert, select, true, update

from archiver.catalogue.ledger import Stamp
from archiver.catalogue.numbers import take
from archiver.catalogue.retention_tables import acts
from archiver.catalogue.tables import people
from archiver.core.proof import canonical

Content = Mapping[str, object]


class State(StrEnum):
    """How an act stands; that a pending one has expired is worked out, never written."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: the id that stands in the ledger, and the login it stands for."""

    id: str
    login: str


@dataclass(frozen=True, slots=True)
class Settled:
    """How an act ended, by whom and on which trusted day; the answer of whoever rejected it."""

    by: Person
    on: date
    answer: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act of two people.

    Attributes:
        subject: the id of what it is about.
        content: all that was agreed to, as canonical JSON.
        digest: SHA-256 of the content, in hex.
        at: the instant of the proposal; `on` its trusted day.
        until: the last trusted day on which it can be confirmed.
        settled: None while it is pending.
    """

    id: str
    kind: str
    subject: str
    content: str
    digest: str
    by: Person
    at: str
    on: date
    until: date
    state: State
    settled: Settled | None

    @property
    def about(self) -> Content:
        """What it was bound to."""
        found: Content = json.loads(self.content)["about"]
        return found

    @property
    def terms(self) -> Content:
        """What else was said for it."""
        found: Content = json.loads(self.content).get("terms", {})
        return found

    @property
    def reason(self) -> str:
        """Why, in the words of who proposed it."""
        return str(json.loads(self.content)["reason"])


def digest_of(content: str) -> str:
    """What a content is bound by."""
    return hashlib.sha256(content.encode()).hexdigest()


def propose(
    connection: Connection,
    when: Stamp,
    kind: str,
    *,
    subject: str,
    about: Content,
    terms: Content,
    reason: str,
    until: date,
) -> Act:
    """Write down an act that waits for a second person.

    Args:
        connection: the transaction.
        when: when and by whom.
        kind: what is to be done.
        subject: the id of what it is to be done to.
        about: what that is now; an act about something else would be another act.
        terms: what else was said for it.
        reason: in the words of who proposes it.
        until: the last trusted day on which it can be confirmed.
    """
    number = f"A{take(connection, 'act'):06d}"
    content = content_of(number, kind, about, terms=terms, reason=reason, by=when.actor)
    row = {
        "id": number,
        "kind": kind,
        "subject": subject,
        "content": content,
        "digest": digest_of(content),
        "proposed_by": when.actor,
        "proposed_at": when.at.isoformat(),
        "proposed_on": when.day,
        "until": until,
        "state": State.PENDING.value,
    }
    connection.execute(insert(acts), row)
    (found,) = _several(connection, acts.c.id == number)
    return found


def content_of(
    number: str, kind: str, about: Content, *, terms: Content, reason: str, by: str
) -> str:
    """All that two people agree to, as canonical JSON."""
    facts = {"act": number, "kind": kind, "about": about, "reason": reason, "by": by}
    return canonical({**facts, "terms": dict(terms)} if terms else facts)


def settle(
    connection: Connection, act: Act, when: Stamp, state: State, *, answer: str | None = None
) -> Act:
    """Write down how an act ended."""
    ended = {"state": state.value, "settled_by": when.actor, "settled_on": when.day}
    connection.execute(update(acts).where(acts.c.id == act.id).values(answer=answer, **ended))
    (found,) = _several(connection, acts.c.id == act.id)
    return found


def get(connection: Connection, number: str) -> Act | None:
    """The act of that id."""
    return next(iter(_several(connection, acts.c.id == number)), None)


def about(connection: Connection, subject: str) -> tuple[Act, ...]:
    """The pending acts about something, oldest first, expired ones too."""
    return _several(connection, (acts.c.subject == subject) & PENDING)


def pending(connection: Connection) -> tuple[Act, ...]:
    """The acts that nobody has confirmed or rejected, oldest first, expired ones too."""
    return _several(connection, PENDING)


def every(connection: Connection) -> tuple[Act, ...]:
    """All acts, oldest first."""
    return _several(connection, true())


PENDING = acts.c.state == State.PENDING.value
"""What nobody has confirmed or rejected."""
_SECOND = people.alias("second")


def _several(connection: Connection, where: ColumnElement[bool]) -> tuple[Act, ...]:
    query = (
        select(acts, people.c.login.label("login"), _SECOND.c.login.label("second"))
        .join(people, people.c.id == acts.c.proposed_by)
        .outerjoin(_SECOND, _SECOND.c.id == acts.c.settled_by)
    )
    return tuple(_act(row) for row in connection.execute(query.where(where).order_by(acts.c.id)))


def _act(row: Row[tuple[object, ...]]) -> Act:
    settled = (
        Settled(Person(row.settled_by, row.second), row.settled_on, row.answer)
        if row.settled_by
        else None
    )
    return Act(
        id=row.id,
        kind=row.kind,
        subject=row.subject,
        content=row.content,
        digest=row.digest,
        by=Person(row.proposed_by, row.login),
        at=row.proposed_at,
        on=row.proposed_on,
        until=row.until,
        state=State(row.state),
        settled=settled,
    )
