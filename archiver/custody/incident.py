"""Incidents: damage that was found stays known until two people say how it ended.

An open one blocks the disposal of its document: else to destroy would be the easiest way to hide
damage. Healing a file closes nothing by itself. To close is one kind of act that needs two people
(see `custody.act`).
"""

from collections.abc import Iterable
from datetime import date

from archiver.catalogue import documents, incidents, keepings, ledger
from archiver.catalogue.acts import Act, Content
from archiver.catalogue.incidents import Incident
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, UsageError
from archiver.core.model import DocumentId
from archiver.custody.ripple import void
from archiver.custody.tombstone import already_gone
from archiver.vault.vault import Vault

SUBJECT = "document"
"""What the ledger calls that which an act is done to."""
_KINDS = frozenset({"altered", "missing", "unreadable", "misplaced", "extra"})
"""What a check finds that is about the file of a document."""


def begin(vault: Vault, tx: Connection, when: Stamp, faults: Iterable[tuple[str, str]]) -> None:
    """Open an incident for every kind of damage of every file, if none is open.

    Args:
        vault: the open vault.
        tx: the transaction of the check.
        when: the stamp of the check.
        faults: kind and document; what is about no document opens nothing.
    """
    begun = set()
    for kind, document in faults:
        if kind not in _KINDS or not documents.some(tx, [DocumentId(document)]):
            continue
        number = incidents.begin(tx, DocumentId(document), kind, when.day)
        if number:
            facts: dict[str, ledger.Fact] = {"incident": number, "document": document, "kind": kind}
            ledger.append(tx, when, "incident_opened", facts)
            begun.add(number)
    if begun:
        void(vault, tx, when, keepings.on_the_way(tx))


def about(tx: Connection, subject: str, terms: Content) -> Content:
    """The incidents it ends; one that is found meanwhile would make it another act.

    Raises:
        Refused: the document is gone.
        UsageError: none is open.
    """
    return {"incidents": [[one.id, one.document, one.kind] for one in _open(tx, subject)]}


def last(vault: Vault, tx: Connection, subject: str) -> date:
    """There is no day after which it cannot be closed."""
    return date.max


def refuse(vault: Vault, tx: Connection, subject: str, terms: Content) -> None:
    """Nothing forbids it, as long as one is open.

    Raises:
        Refused: the document is gone.
        UsageError: none is open.
    """
    _open(tx, subject)


def carry_out(vault: Vault, tx: Connection, act: Act, when: Stamp) -> None:
    """Two people stand for it that the damage is repaired or explained: that is a good check."""
    files = _files(tx, act.subject)
    ended = [one.id for one in _open(tx, act.subject)]
    for file in files:
        incidents.close(tx, file, when.day, act.reason)
    documents.checked(tx, files, when.day)
    facts: dict[str, ledger.Fact] = {
        "document": act.subject,
        "incidents": " ".join(ended),
        "content": act.digest,
        "proposed_by": act.by.id,
    }
    ledger.append(tx, when, "incident_closed", facts)


def _open(tx: Connection, subject: str) -> tuple[Incident, ...]:
    found = incidents.of(tx, _files(tx, subject))
    if not found:
        raise UsageError(
            N_("no incident is open for {document}"),
            hint=N_("see them with: archiver incident list"),
            document=subject,
        )
    return found


def _files(tx: Connection, subject: str) -> list[DocumentId]:
    """All files of a document; each of them means the whole.

    Raises:
        Refused: it is gone.
    """
    named = documents.some(tx, [DocumentId(subject)])
    if not named:
        raise already_gone(DocumentId(subject))
    head = named[0].joined_to or named[0].id
    return [head, *(one.id for one in files_of(tx, [head]).get(head, ()))]
