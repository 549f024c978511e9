"""Taking a wrong drop back: one kind of act that needs two people (see `custody.act`)."""

from collections.abc import Iterable
from datetime import date

from archiver.catalogue import customers, decisions, documents, events, ledger
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.custody.stamp import today, trust
from archiver.custody.standing import answers
from archiver.custody.tombstone import already_gone, let_go
from archiver.judge.facts import RAISES
from archiver.judge.withdrawal import Drop, last_day, may_withdraw
from archiver.vault.vault import Vault

SUBJECT = "document"
"""What the ledger calls that which an act is done to."""
WITHDRAWAL = "withdrawal"
"""The ledger's word for it."""

_REFUSALS = {
    "HELD": (
        N_("a hold covers {document}"),
        N_("see it with: archiver hold list; who placed it can release it"),
    ),
    "PERMANENT": (
        N_("{document} belongs or belonged to a customer with a dispute, an accident or the like"),
        N_("whatever belongs to such a customer is kept for ever"),
    ),
    "ALREADY_ACCEPTED": (
        N_("a person has accepted {document} as a paper of the archive"),
        N_("it is kept as long as the rules say: archiver retain explain {document}"),
    ),
    "TOO_LATE": (
        N_("{document} was received on {received}, more than {days} days ago"),
        N_("it is kept as long as the rules say: archiver retain explain {document}"),
    ),
    "CLOCK_ANOMALY": (
        N_("the clock of this machine does not fit the last day known here ({today})"),
        N_("what to do about it: archiver clock show"),
    ),
}


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """The files it consists of; other bytes, or more of them, would be another withdrawal.

    Raises:
        Refused: it is gone.
    """
    return {"files": [[one.id, one.digest] for one in _files(tx, subject)]}


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """The last day on which it can be done."""
    days = vault.settings.retention.withdraw_days
    return last_day(min(one.received_on for one in _files(tx, subject)), days)


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """Look at everything that forbids it, as it is in this transaction.

    Raises:
        Refused: it is gone, belongs to a flagged customer, was accepted, came too long ago, or
            the clock is wrong.
    """
    files = _files(tx, subject)
    received = min(one.received_on for one in files)
    drop = Drop(
        received=received,
        held=answers(vault, tx, files[:1], today(vault, tx))[files[0].id].held,
        flagged=any(
            one.type in RAISES and not one.void and not one.lifted for one in _events(tx, files)
        ),
        accepted=any(decisions.evidence_of(tx, one).accepted_by for one in files),
    )
    day = today(vault, tx)
    days = vault.settings.retention.withdraw_days
    code = may_withdraw(drop, day, days=days, clock_anomaly=trust(vault, tx).anomaly)
    if code:
        message, hint = _REFUSALS[code]
        raise Refused(
            code, message, hint=hint, document=subject, received=received, days=days, today=day
        )


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """Take it out of the catalogue; its files follow."""
    (head, *_) = _files(tx, act.subject)
    facts: dict[str, ledger.Fact] = {"content": act.digest, "proposed_by": act.by.id}
    let_go(tx, head, WITHDRAWAL, when=when, facts=facts, act=act.id)


def _files(tx: Connection, subject: str) -> tuple[Document, ...]:
    """All files of a document, the first one first; each of them means the whole.

    Raises:
        Refused: it is gone.
    """
    named = documents.some(tx, [DocumentId(subject)])
    if not named:
        raise already_gone(DocumentId(subject))
    first = documents.some(tx, [named[0].joined_to or named[0].id])
    return (*first, *files_of(tx, [first[0].id]).get(first[0].id, ()))


def _events(tx: Connection, files: Iterable[Document]) -> tuple[events.StoredEvent, ...]:
    """What happened to every customer that one of the files belongs, belonged or may belong to.

    The ledger knows where a file has ever been; a paper that is proposed to a customer in dispute
    may be evidence, so that one counts too.
    """
    whom: set[CustomerId] = set()
    for one in files:
        whom |= {one.customer, *([one.proposed] if one.proposed else [])}
        for noted in ledger.about(tx, one.id):
            if "event" in noted.facts:
                continue  # what happened to somebody, and names the paper, makes it nobody's
            told = (noted.facts.get(key) for key in ("customer", "from_customer", "proposed"))
            whom |= {CustomerId(str(name)) for name in told if name}
    whom = {each for one in whom for each in customers.under(tx, one)}
    return events.concerning(tx, whom, (), ())
