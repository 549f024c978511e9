"""Destroys what was appraised and approved: one act, in two phases.

Every file is read once more: damage cannot be destroyed, nor what is gone already certified.
INTENT: everything is checked again in one transaction, which takes the records out of the catalogue
and leaves tombstones. Then the files go, the index forgets the text, absence is verified: DONE.
After a crash the next run of any command that publishes completes it.

"Destroyed" means deleted from this store and verified absent (logical deletion); media are cleared
or destroyed when they are retired (NIST SP 800-88r2).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial

from archiver.catalogue import batches, contexts, documents, ledger, queue, tombstones
from archiver.catalogue.batches import Batch, State
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.custody import fixity, witness
from archiver.custody.candidate import Candidate, candidates, refuse
from archiver.custody.disposal import digest, first_day, inside, manifest_of, open_batch
from archiver.custody.person import same
from archiver.custody.ripple import leave
from archiver.custody.rules import in_force
from archiver.custody.stamp import stamp, today
from archiver.custody.standing import terms_of
from archiver.custody.tombstone import DESTRUCTION, finish_leaving, let_go
from archiver.declarations.rule import DOC_DATE
from archiver.judge.disposal import may_destroy
from archiver.judge.evaluate import Answer, Block
from archiver.search.base import IndexDamaged
from archiver.vault.vault import Vault

VERIFIED = "destruction_verified"
"""The same for: nothing is left of a batch."""
METHOD = "logical_deletion"
_ALL = 2**31
_OF_ALL = {"CLOCK_ANOMALY", "COOLING_OFF", "APPROVAL_EXPIRED", "WITNESS_REQUIRED"}
"""Refusals that are about the act, not about one record."""


def destroy(vault: Vault, batch: str, witnesses: Iterable[str]) -> None:
    """Carry out what another person approved. It cannot be undone.

    A record of the batch that must stay after all stays and is named with its reason; when that is
    so of every one, the first reason is the answer.

    Args:
        vault: the open vault.
        batch: its id.
        witnesses: ids of persons; at least one must be another than who acts.

    Raises:
        UsageError: there is no such batch, or it is over.
        Refused: none of it may be destroyed now.
        OSError: the disk refused; the records are gone all the same, and the next start goes on.
    """
    seen = sorted(set(witnesses))
    _inspect(vault, batch)
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        going, staying = _parted(vault, tx, batch, when=when, witnesses=seen)
        for one, code in staying:
            leave(tx, when, one.document.id, code)
        approved = open_batch(tx, batch)
        lines = [one.line for one in going]
        begun: dict[str, ledger.Fact] = {
            "batch": batch,
            "records": len(going),
            "manifest": manifest_of(lines),
        }
        ledger.append(tx, when, "destruction_begun", begun)
        done = {"destroyed_by": when.actor, "destroyed_on": when.day, "witnesses": " ".join(seen)}
        batches.change(tx, batch, state=State.DESTROYING.value, **done)
        for one in going:
            facts = _facts(vault, tx, one, approved, when=when, witnesses=seen)
            let_go(tx, one.document, DESTRUCTION, when=when, facts=facts)
    finish_leaving(vault)


def _inspect(vault: Vault, batch: str) -> None:
    """Read every file of an approved batch; a damaged one opens an incident, and leaves it.

    Raises:
        Refused: not one is sound.
    """
    with vault.catalogue.read() as tx:
        found = batches.get(tx, batch)
    if found is None or found.state is not State.APPROVED:
        return
    papers = [one.document for one in found.inside]
    faults = fixity.damaged(vault, papers)
    if not faults:
        return
    witness.damaged(vault, faults)
    with vault.catalogue.read() as tx:
        one, *others = candidates(vault, tx, papers, today(vault, tx))
        if all(each.answer.incident for each in (one, *others)):
            refuse(Block.INTEGRITY_INCIDENT.value, one, vault)


def look_ahead(vault: Vault, batch: str, witnesses: Iterable[str]) -> None:
    """Refuse what `destroy` would refuse, before a person is asked to be sure; no file is read.

    Raises:
        UsageError: there is no such batch, or it is over.
        Refused: none of it may be destroyed now.
    """
    with vault.catalogue.write() as tx:
        _parted(vault, tx, batch, when=stamp(vault, tx), witnesses=witnesses)


def _parted(
    vault: Vault, tx: Connection, batch: str, *, when: Stamp, witnesses: Iterable[str]
) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """What may be destroyed now, and what must leave the batch with the code of why.

    Raises:
        Refused: none may.
    """
    ask = partial(
        may_destroy,
        today=when.day,
        terms=terms_of(vault),
        executor=same(vault, tx, when.actor),
        witnesses={same(vault, tx, one) for one in witnesses},
    )
    going: list[Candidate] = []
    staying: list[tuple[Candidate, str]] = []
    cooling = vault.settings.retention.cooling_off_days
    first = first_day(open_batch(tx, batch), cooling)
    for one in inside(vault, tx, batch, when.day):
        code = ask(one.answer, one.standing) or _changed(tx, one)
        if code in _OF_ALL:
            refuse(code, one, vault, first=first)
        if code:
            staying.append((one, code))
        else:
            going.append(one)
    if not going:
        one, code = staying[0]
        refuse(code, one, vault, first=first)
    return going, staying


def _changed(tx: Connection, one: Candidate) -> str | None:
    """An approval is of what was approved: other bytes or another due day need a new one."""
    items = one.batch.inside if one.batch else ()
    agreed = next((item.line for item in items if item.document == one.document.id), None)
    return None if agreed == one.line else "NOT_APPROVED"


def _facts(
    vault: Vault,
    tx: Connection,
    one: Candidate,
    batch: Batch,
    *,
    when: Stamp,
    witnesses: list[str],
) -> dict[str, ledger.Fact]:
    """What stays known for ever: why it was due, who agreed, how it went. No names."""
    answer, kept = one.answer, vault.settings.retention.backups_kept_days
    return {
        "customers": " ".join(_whose(tx, one)),
        "certificate": batch.id,
        **counted(answer),
        "rules": " ".join(answer.governing_rules),
        "rules_version": _version(vault, tx, one),
        "retain_through": _iso(answer.retain_through),
        "due_date": _iso(answer.due_date),
        "doc_date": _iso(one.document.doc_date),
        "pages": sum(file.pages for file in one.files),
        "appraised_by": batch.appraised_by,
        "appraised_on": _iso(batch.appraised_on),
        "opinion": digest(batch.opinion),
        "approved_by": batch.approved_by,
        "approved_on": _iso(batch.approved_on),
        "destroyed_by": when.actor,
        "witnesses": " ".join(witnesses),
        "method": METHOD,
        "backups_until": _iso(when.day + timedelta(days=kept)) if kept else None,
        "held_as": _held_as(tx, one),
    }


def _version(vault: Vault, tx: Connection, one: Candidate) -> str:
    """The version of the rules that decided; the one in force where people alone did."""
    said = {dict(reason.facts).get("version") for reason in one.answer.because}
    lived = contexts.of(tx, one.document.id)
    decided = [context.rules for context in lived if context.rules[:12] in said]
    return decided[-1] if decided else in_force(vault, tx).content_hash


def counted(answer: Answer) -> dict[str, ledger.Fact]:
    """From what its last day was counted, and how long; nothing where people alone set it."""
    reasons = [(one.code, dict(one.facts)) for one in answer.because]
    code, first = next((one for one in reasons if "date" in one[1]), ("", {}))
    return {
        "trigger": DOC_DATE if code == "counted_from_paper" else first.get("trigger"),
        "trigger_event": first.get("event"),
        "trigger_date": first.get("date"),
        "period": first.get("period"),
    }


def _whose(tx: Connection, one: Candidate) -> list[str]:
    """Every customer it belonged to: a flag raised later for one of them comes too late."""
    lived = contexts.of(tx, one.document.id)
    return sorted({one.document.customer, *(name for context in lived for name in context.merged)})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _held_as(tx: Connection, one: Candidate) -> str | None:
    """Another record that holds the same bytes and stays."""
    same = (other.id for other in documents.with_digest(tx, one.document.digest))
    return next((other for other in same if other != one.document.id), None)


def verify(vault: Vault) -> None:
    """Write DONE for every batch of which nothing is left: no row, no file, no text in the index.

    Harmless to repeat; a batch of which something is left waits for whoever removes that.
    """
    with vault.catalogue.read() as tx:
        if not batches.unfinished(tx):
            return
    try:
        known = vault.search.documents()
    except IndexDamaged:
        return  # it is made anew, and then asked again
    with vault.catalogue.write() as tx:
        leaving = {one.document for one in tombstones.leaving(tx)}
        asked = set(queue.peek(tx, _ALL).documents)
        for batch in batches.unfinished(tx):
            gone = tombstones.of(tx, [one.document for one in batch.items])
            left = documents.some(tx, gone)
            if left or asked & gone.keys() or leaving & gone.keys() or known.keys() & gone.keys():
                continue
            batches.change(tx, batch.id, state=State.DESTROYED.value)
            facts: dict[str, ledger.Fact] = {"batch": batch.id, "records": len(gone)}
            ledger.append(tx, stamp(vault, tx), VERIFIED, facts)
    vault.catalogue.forget()
