"""The way of a due record out of the archive: appraised by one person, approved by another.

鉴定 → 审批. A batch is a list of records; each line says what two people agree to. Whatever makes a
record stay takes it out of its batch (`custody.ripple`); the destruction is `custody.destruction`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from archiver.catalogue import batches, keepings, ledger
from archiver.catalogue.batches import Batch, State
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, Refused, UsageError
from archiver.core.model import DocumentId
from archiver.core.periods import Period, add
from archiver.custody.candidate import Candidate, candidates, refusal, refuse
from archiver.custody.person import same
from archiver.custody.ripple import leave, ripple
from archiver.custody.stamp import stamp, today
from archiver.custody.standing import Facts
from archiver.judge.disposal import may_appraise, may_approve, may_delete, may_extend, may_settle
from archiver.judge.evaluate import Block
from archiver.judge.facts import Stage
from archiver.vault.vault import Vault


def appraise(vault: Vault, papers: Iterable[DocumentId], opinion: str | None) -> Batch:
    """Begin the appraisal of due records: all of them in one batch, or nothing.

    Raises:
        Refused: one of them may not go, or is being appraised.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        found = candidates(vault, tx, papers, when.day)
        for one in found:
            refuse(may_appraise(one.answer), one, vault)
        lines = {one.document.id: one.line for one in found}
        batch = batches.begin(
            tx,
            manifest=manifest_of(lines.values()),
            lines=lines,
            by=when.actor,
            on=when.day,
            opinion=opinion,
        )
        for one in found:
            entry = _note(tx, when, "appraisal", one=one, batch=batch)
            stage = {"stage": Stage.IN_REVIEW.value, "stage_entry": entry, "batch": batch}
            keepings.change(tx, one.document.id, **stage)
        return _again(tx, batch)


def approve(vault: Vault, batch: str) -> Batch:
    """Another person agrees that what is in a batch be destroyed, as it is now.

    Raises:
        UsageError: there is no such batch.
        Refused: a record of it may not go, or who approves appraised it.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        found = inside(vault, tx, batch, when.day)
        for one in found:
            refuse(may_approve(one.answer, one.standing, same(vault, tx, when.actor)), one, vault)
        lines = {one.document.id: one.line for one in found}
        manifest = manifest_of(lines.values())
        batches.agree(tx, batch, lines)
        approved = {"approved_by": when.actor, "approved_on": when.day, "manifest": manifest}
        batches.change(tx, batch, state=State.APPROVED.value, **approved)
        for one in found:
            entry = _note(tx, when, "approval", one=one, batch=batch, manifest=manifest)
            stage = {"stage": Stage.APPROVED.value, "stage_entry": entry}
            keepings.change(tx, one.document.id, **stage)
        return _again(tx, batch)


def keep_longer(vault: Vault, paper: DocumentId, years: int, reason: str | None) -> date:
    """Outcome of an appraisal: the record is kept so many years from today; gives the last day.

    Raises:
        Refused: no appraisal is under way.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        until = add(when.day, Period(years=years))
        _settle(vault, tx, paper, when, outcome="extended", reason=reason, extended=until)
        return until


def keep_for_ever(vault: Vault, paper: DocumentId, reason: str | None) -> None:
    """Outcome of an appraisal: the record is kept for ever.

    Raises:
        Refused: no appraisal is under way.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        _settle(vault, tx, paper, when, outcome="permanent", reason=reason, for_ever=True)


def _settle(
    vault: Vault,
    tx: Connection,
    paper: DocumentId,
    when: Stamp,
    *,
    outcome: str,
    reason: str | None,
    **values: object,
) -> None:
    (one,) = candidates(vault, tx, [paper], when.day)
    refuse(may_settle(one.answer), one, vault)
    keepings.change(tx, one.document.id, **values)
    leave(tx, when, one.document.id, outcome)
    batch = one.batch.id if one.batch else None
    _note(tx, when, f"appraisal_{outcome}", one=one, batch=batch, reason=reason)
    ripple(vault, tx, when, [one.document.customer])


def reject(vault: Vault, batch: str, reason: str | None) -> Batch:
    """Nothing of a batch is destroyed: all that is still in it is due as before.

    Raises:
        UsageError: there is no such batch, or it is over.
        Refused: there is no reason.
    """
    if not (reason or "").strip():
        raise Refused(
            "REASON_REQUIRED",
            N_("rejecting a batch needs a reason"),
            hint=N_("say why in a sentence: --reason TEXT"),
        )
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        for item in open_batch(tx, batch).inside:
            leave(tx, when, item.document, "rejected")
        batches.change(tx, batch, state=State.REJECTED.value)
        facts = {"batch": batch, "answer": digest(reason)}
        ledger.append(tx, when, "batch_rejected", facts)
        return _again(tx, batch)


def extend(vault: Vault, paper: DocumentId, until: date) -> None:
    """One person wants a record kept at least through `until`.

    Raises:
        Refused: it is kept longer already, waits, or is an exception.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        (one,) = candidates(vault, tx, [paper], when.day)
        refuse(may_extend(one.answer, until), one, vault)
        keepings.change(tx, one.document.id, extended=until)
        facts = {"document": one.document.id, "until": until.isoformat()}
        ledger.append(tx, when, "extension", facts)
        ripple(vault, tx, when, [one.document.customer])


def inside(vault: Vault, tx: Connection, batch: str, today: date) -> tuple[Candidate, ...]:
    """What is still in a batch, as it is now.

    Raises:
        UsageError: there is no such batch, or it is over.
    """
    found = open_batch(tx, batch)
    return candidates(vault, tx, [one.document for one in found.inside], today)


def open_batch(tx: Connection, batch: str) -> Batch:
    """A batch that is on its way.

    Raises:
        UsageError: there is no such batch, or it is over.
    """
    found = batches.get(tx, batch)
    if found is None:
        raise no_batch(batch)
    if found.state is State.EMPTIED:
        raise UsageError(
            N_("nothing is left in batch {batch}: all of it must be kept"),
            hint=N_("see why with: archiver retain batches {batch}"),
            batch=batch,
        )
    if found.state not in {State.APPRAISED, State.APPROVED}:
        raise UsageError(
            N_("batch {batch} is over"),
            hint=N_("see them with: archiver retain batches"),
            batch=batch,
        )
    return found


def manifest_of(lines: Iterable[str]) -> str:
    """SHA-256 over the lines of a batch, each ended by a line feed, in hex."""
    return hashlib.sha256("".join(f"{one}\n" for one in lines).encode()).hexdigest()


def digest(text: str | None) -> str | None:
    """What the ledger keeps of words: their SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest() if text else None


def named(vault: Vault, batch: str) -> Batch:
    """A batch by its number.

    Raises:
        UsageError: there is none.
    """
    with vault.catalogue.read() as tx:
        found = batches.get(tx, batch)
    if found is None:
        raise no_batch(batch)
    return found


def no_batch(batch: str) -> UsageError:
    """What is answered to whoever names a batch that is not there."""
    return UsageError(
        N_("no batch {batch}"), hint=N_("see them with: archiver retain batches"), batch=batch
    )


def batch_of(vault: Vault, paper: DocumentId, otherwise: str) -> str:
    """The batch that a record is in.

    Args:
        vault: the open vault.
        paper: the record.
        otherwise: the code of the refusal when it is in none, and nothing forbids its disposal.

    Raises:
        Refused: it is gone, or in none.
    """
    with vault.catalogue.read() as tx:
        (one,) = candidates(vault, tx, [paper], today(vault, tx))
    if one.batch:
        return one.batch.id
    blocked = one.answer.block_reason if otherwise == "NOT_APPROVED" else None
    raise refusal(str(blocked or otherwise), one, vault)


def delete(vault: Vault, paper: DocumentId) -> None:
    """A plain delete: always refused, and the ledger remembers that somebody tried.

    Raises:
        Refused: with the reason.
    """
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        (one,) = candidates(vault, tx, [paper], when.day)
        code = may_delete(one.answer)
        ledger.append(tx, when, "deletion_refused", {"document": one.document.id, "code": code})
    raise refusal(code, one, vault)


def first_day(batch: Batch, cooling_off: int) -> date | None:
    """The first trusted day on which a batch can be destroyed; None while nobody approved it."""
    return batch.approved_on + timedelta(days=cooling_off) if batch.approved_on else None


def _note(
    tx: Connection,
    when: Stamp,
    action: str,
    *,
    one: Candidate,
    batch: str | None,
    **said: str | None,
) -> int:
    facts: dict[str, ledger.Fact] = {"document": one.document.id, "batch": batch}
    told = {key: digest(value) if key == "reason" else value for key, value in said.items()}
    return ledger.append(tx, when, action, {**facts, **told})


def _again(tx: Connection, batch: str) -> Batch:
    found = batches.get(tx, batch)
    if found is None:
        raise LookupError(batch)
    return found


def due(vault: Vault, tx: Connection, today: date) -> Iterator[DocumentId]:
    """Every record whose appraisal may begin today, in the order of ids.

    Raises:
        Refused: the clock cannot be trusted, so that none may.
    """
    facts = Facts(vault, tx, today)
    if facts.given.clock_anomaly:
        raise refusal(Block.CLOCK_ANOMALY.value, None, vault)
    for planned in facts.stream():
        if may_appraise(planned.answer) is None:
            yield planned.record.id
