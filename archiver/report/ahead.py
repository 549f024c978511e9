"""Gathers what two people agreed to destroy and nobody has carried out: the list signed before."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from archiver.catalogue import batches, documents, numbers
from archiver.catalogue.batches import Batch, State
from archiver.catalogue.ledger import Fact
from archiver.catalogue.store import Connection
from archiver.core.model import Document
from archiver.custody.candidate import Candidate, candidates
from archiver.custody.destruction import counted
from archiver.custody.disposal import first_day
from archiver.report.register import Approved, Going
from archiver.vault.vault import Vault


def approved(vault: Vault, tx: Connection, day: date) -> Iterator[Approved]:
    """The batches that are approved and not carried out, oldest first, as they are on `day`."""
    logins = numbers.logins(tx)
    for batch in batches.every(tx):
        if batch.state is State.APPROVED and batch.approved_on:
            there = [one.id for one in documents.some(tx, [x.document for x in batch.inside])]
            yield _approved(vault, batch, candidates(vault, tx, there, day), logins)


def _approved(
    vault: Vault, batch: Batch, found: tuple[Candidate, ...], logins: Mapping[str, str]
) -> Approved:
    terms = vault.settings.retention
    agreed = batch.approved_on or batch.appraised_on
    by = batch.approved_by
    return Approved(
        id=batch.id,
        files=tuple(_going(one, file) for one in found for file in one.files),
        manifest=batch.manifest,
        opinion=batch.opinion,
        appraised_by=logins.get(batch.appraised_by, batch.appraised_by),
        appraised_on=batch.appraised_on,
        approved_by=logins.get(by, by) if by else None,
        approved_on=agreed,
        first=first_day(batch, terms.cooling_off_days) or agreed,
        until=agreed + timedelta(days=terms.approval_valid_days),
    )


def _going(one: Candidate, file: Document) -> Going:
    answer, why = one.answer, counted(one.answer)
    return Going(
        document=file.id,
        archive_no=file.archive_no,
        further_of=file.joined_to,
        category=file.category,
        customer=file.customer,
        doc_date=one.document.doc_date,
        received=file.received_on,
        sha256=file.digest,
        size=file.size,
        trigger=_text(why["trigger"]),
        event=_text(why["trigger_event"]),
        trigger_date=date.fromisoformat(str(why["trigger_date"])) if why["trigger_date"] else None,
        period=_text(why["period"]),
        rules=answer.governing_rules,
        retain_through=answer.retain_through,
        due_date=answer.due_date,
    )


def _text(fact: Fact) -> str | None:
    return str(fact) if fact else None
