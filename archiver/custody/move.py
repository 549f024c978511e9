"""Moves a filed paper: to its customer, to another category, or both.

The act crosses file system and catalogue, so it is written down before it is begun:
INTENT and new row in one transaction → the new name → the old name goes → DONE. The row names the
new path from the first commit on; until the new name stands, whoever resumes finds the intent.
"""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from archiver.catalogue import (
    contexts,
    customers,
    decisions,
    documents,
    holds,
    keepings,
    ledger,
    notices,
    places,
    queue,
    tags,
    tombstones,
)
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.series import files_of, rewrite
from archiver.catalogue.store import Connection
from archiver.core.errors import N_, DamageFound, UsageError
from archiver.core.model import Document, Verdict
from archiver.custody.relocate import Decision, carry_out
from archiver.custody.ripple import catch
from archiver.custody.stamp import stamp
from archiver.custody.tombstone import already_gone
from archiver.disk import door
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.disk.place import NO_LINKS, in_folder
from archiver.judge.contexts import redate
from archiver.recognition.title import paper_date, title
from archiver.vault.vault import Vault


class Overtaken(UsageError):
    """Somebody else decided about the paper since it was looked at."""


def decide(vault: Vault, document: Document, decision: Decision) -> Document:
    """File a paper where it belongs, with a number of its customer's series.

    When the customer has the bytes of a waiting one already the two are folded: the waiting row
    goes to that document's history in the ledger and its file is removed; both receipts stay. One
    that is or was filed is never folded, nor one of several files: it is a record with a life of
    its own, and what its keeping counts from would be lost. Such a customer has the bytes twice.

    Earlier dates, customers and categories of a corrected paper stay contexts of its record: it is
    kept no shorter for being corrected.

    Raises:
        Overtaken: it was decided meanwhile.
        Refused: it left the archive a moment ago.
    """
    with vault.catalogue.write() as tx:
        _refuse_overtaken(tx, document)
        verdict = _today(tx, decision.verdict)
        decision = replace(decision, verdict=verdict)
        earlier = set(decisions.moves(tx))
        twin = next(
            (
                known
                for known in documents.with_digest(tx, document.digest)
                if known.customer == verdict.customer and known.id != document.id
            ),
            None,
        )
        when = stamp(vault, tx)
        if twin and _never_kept(tx, document):
            decided = _fold(tx, document, twin, when)
            catch(vault, tx, when, [twin.id])
            if decision.by_person:
                decisions.accept(tx, twin.id, when.actor)
        else:
            if decision.by_person or decision.corrected:
                document = _said(tx, document, decision, when)
            decided = carry_out(vault, tx, document, decision, when=when)
        notices.notify_about(tx, [decided.id])
        begun = [one for one in decisions.moves(tx) if one not in earlier]
    _finish_each(vault, begun)  # what another left broken is no fault of this answer
    return decided


def _today(tx: Connection, verdict: Verdict) -> Verdict:
    """A verdict about whom the customer turned out to be meanwhile."""
    whose = customers.living(tx, verdict.customer)
    return replace(verdict, customer=whose.id) if whose else verdict


def _never_kept(tx: Connection, document: Document) -> bool:
    """Whether it waits, by itself, and nothing has ever counted for it: no record yet."""
    several = files_of(tx, [document.id])
    return bool(document.open) and not several and not contexts.of(tx, document.id)


def _said(tx: Connection, document: Document, decision: Decision, when: Stamp) -> Document:
    """Write what is known of a paper now that a person has spoken: values, title, date."""
    if decision.corrected:
        names = ",".join(sorted(decision.corrected))
        ledger.append(tx, when, "correction", {"document": document.id, "values": names})
    findings = decision.verdict.findings
    now = replace(document, title=title(findings), doc_date=paper_date(findings))
    rewrite(tx, now, findings)
    if now.doc_date:
        for one in (now, *files_of(tx, [now.id]).get(now.id, ())):
            lived = contexts.of(tx, one.id)
            contexts.put(tx, one.id, redate(lived, now.doc_date, when.day))
    return now


def _refuse_overtaken(tx: Connection, document: Document) -> None:
    """Refuse to act on a paper that is no longer where, or no longer open as, it was looked at.

    Raises:
        Overtaken: somebody decided about it meanwhile.
    """
    if tombstones.find(tx, document.id):
        raise already_gone(document.id)
    for now in documents.some(tx, [document.id]):
        same = (now.customer, now.path, bool(now.open))
        if same == (document.customer, document.path, bool(document.open)):
            return
    raise Overtaken(
        N_("{document} was decided meanwhile"),
        hint=N_("see what became of it: archiver show {document}"),
        document=document.id,
    )


def _fold(tx: Connection, document: Document, twin: Document, when: Stamp) -> Document:
    """The waiting row becomes part of its twin: same bytes, same customer."""
    decisions.intend_move(tx, twin.id, document.path, twin.path)
    keepings.unite(tx, document.id, twin.id)
    holds.pass_on(tx, document.id, twin.joined_to or twin.id)
    tags.pass_on(tx, document.id, twin.id)
    documents.fold_into(tx, document.id, twin.id)
    facts: Mapping[str, ledger.Fact] = {
        "document": document.id,
        "into": twin.id,
        "archive_no": document.archive_no,
        "sha256": document.digest,
    }
    ledger.append(tx, when, "folding", facts)
    queue.push(tx, document.id, document.path)
    queue.push(tx, twin.joined_to or twin.id, twin.path)  # it may have got tags
    return twin


def moving(vault: Vault) -> bool:
    """Whether a move was begun and is not over."""
    with vault.catalogue.read() as tx:
        return bool(decisions.moves(tx))


def finish_moves(vault: Vault) -> None:
    """Complete every move that was begun: at start-up after a crash, and when one stands still.

    Raises:
        DamageFound: of one of them neither the old nor the new name holds the file; the others
            are complete.
    """
    with vault.catalogue.read() as tx:
        begun = decisions.moves(tx)
    _finish_each(vault, begun)


def _finish_each(vault: Vault, begun: Iterable[decisions.Move]) -> None:
    failed: DamageFound | None = None
    for move in begun:
        try:
            _finish(vault, move)
        except DamageFound as error:  # the others are finished all the same
            failed = failed or error
    if failed:
        raise failed


def _finish(vault: Vault, move: decisions.Move) -> None:
    old, new = (vault.layout.root / path for path in (move.old_path, move.new_path))
    with suppress(FileNotFoundError):  # somebody else finishes it at this very moment
        if shape_of(old):
            in_folder(new.parent, lambda: give_name(old, new))
            door.sync_folder(new.parent)
    if not shape_of(new):
        with vault.catalogue.read() as tx:
            if move not in decisions.moves(tx):
                return  # it left the archive while we looked
        raise DamageFound(
            N_("{path} is missing: its move cannot be completed"),
            hint=N_("heal it: archiver repair --from BACKUP"),
            path=move.old_path,
        )
    with vault.catalogue.write() as tx:
        if not places.named(tx, move.old_path):  # the same bytes may have come there meanwhile
            with suppress(FileNotFoundError):
                door.unlink(old)
                door.sync_folder(old.parent)
        decisions.done(tx, move.no)


def give_name(old: Path, new: Path) -> None:
    """Give the file the name `new` too; where that stands already they must agree.

    Raises:
        DamageFound: other bytes lie there.
    """
    try:
        door.link(old, new)
    except FileExistsError:
        _refuse_other(old, new)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if os.path.lexists(new):
            _refuse_other(old, new)
        else:
            door.rename(old, new)


def _refuse_other(old: Path, new: Path) -> None:
    if digest_of(new)[0] != digest_of(old)[0]:
        raise DamageFound(
            N_("{file} already holds other bytes"),
            hint=N_("run: archiver check --deep"),
            file=new,
        )


def still_waiting(vault: Vault, document: Document, verdict: Verdict) -> None:
    """Write what is known now about a paper on which a person must still decide."""
    if (verdict.proposed, verdict.open) == (document.proposed, document.open):
        return
    with vault.catalogue.write() as tx:
        decisions.reopen(
            tx,
            document.id,
            proposed=verdict.proposed,
            why=verdict.why,
            still_open=verdict.open,
        )
        facts: Mapping[str, ledger.Fact] = {"document": document.id, "proposed": verdict.proposed}
        ledger.append(tx, stamp(vault, tx), "rematched", facts)
        notices.notify_about(tx, [document.id])
