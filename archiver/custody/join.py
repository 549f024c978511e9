"""Makes one document of several files, such as photographs of the pages of one contract.

Every file stays as it is, under its own digest and number; the first one speaks for all of them.
The ledger keeps what each was before, so that parting them gives it back.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from archiver.catalogue import decisions, ledger, notices, queue, series
from archiver.catalogue.store import Connection
from archiver.core.model import CustomerId, Document, DocumentId, Verdict
from archiver.custody.move import finish_moves
from archiver.custody.relocate import Decision, carry_out
from archiver.custody.ripple import catch
from archiver.custody.stamp import stamp
from archiver.recognition.title import paper_date, title
from archiver.vault.vault import Vault

_DECIDING = ("assignment", "matching")


@dataclass(frozen=True, slots=True)
class Before:
    """What a file was before it was joined.

    Attributes:
        decided: nothing about it waited for a person.
        accepted_by: the person who had said so, if one had.
        said: what it is stood beyond doubt: a person had said that too.
    """

    customer: CustomerId
    category: str
    archive_no: str
    proposed: CustomerId | None
    decided: bool
    accepted_by: str | None
    said: bool = False


def before(tx: Connection, head: DocumentId, files: Collection[DocumentId]) -> dict[str, Before]:
    """File → what it was when it was joined to `head`.

    The head itself is left out when something was decided about the whole since.
    """
    found: dict[str, Before] = {}
    deciding = False
    for one in ledger.noted(tx, ("joining", *_DECIDING)):
        document = str(one.facts["document"])
        if one.action == "joining" and one.facts["joined_to"] == head and document in files:
            deciding = True
            if "customer" in one.facts:
                found[document] = _before(one.facts)
        elif document == head and one.action in _DECIDING:
            if not deciding:  # the first one after the joining is part of it
                found.pop(head, None)
            deciding = False
    return found


def _before(facts: Mapping[str, ledger.Fact]) -> Before:
    proposed, person = facts["proposed"], facts["accepted_by"]
    return Before(
        customer=CustomerId(str(facts["customer"])),
        category=str(facts["category"]),
        archive_no=str(facts["archive_no"]),
        proposed=CustomerId(str(proposed)) if proposed else None,
        decided=not facts["open"],
        accepted_by=str(person) if person else None,
        said=bool(facts.get("said")),
    )


def join(vault: Vault, files: Sequence[Document], verdict: Verdict) -> Document:
    """Make the later files the further files of the first; gives the document they are now.

    Saying that pages belong together accepts none of them; what was accepted stays so.

    Args:
        vault: the open vault.
        files: at least two, none of them joined yet, in order.
        verdict: what is decided about all of them, from their joint reading.

    Raises:
        UsageError: the customer has one of these files already.
    """
    first, *further = files
    findings = verdict.findings
    whole = replace(first, title=title(findings), doc_date=paper_date(findings))
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        evidence = [decisions.evidence_of(tx, one) for one in files]
        accepted = [one.accepted_by for one in evidence]
        for position, (one, known) in enumerate(zip(files, evidence, strict=True), start=1):
            facts: dict[str, ledger.Fact] = {
                "document": one.id,
                "joined_to": first.id,
                "position": position,
                "customer": one.customer,
                "category": one.category,
                "archive_no": one.archive_no,
                "proposed": one.proposed,
                "open": len(one.open),
                "accepted_by": known.accepted_by,
                "said": known.findings.category.confidence == 1.0,
            }
            ledger.append(tx, when, "joining", facts)
        series.join(tx, first.id, [one.id for one in further])
        series.rewrite(tx, whole, findings)
        decided = carry_out(
            vault, tx, whole, Decision(verdict, "assignment", by_person=False), when=when
        )
        decisions.accept(tx, first.id, next(filter(None, accepted), None))
        notices.notify_about(tx, [one.id for one in files])
    finish_moves(vault)
    return decided


@dataclass(frozen=True, slots=True)
class Alone:
    """A file as it is by itself again.

    Attributes:
        verdict: what is decided about it, and what is open.
        was: what it was before; None where nobody knows it, or for the first file when something
            was decided about the whole since: that one stays where it is.
    """

    file: Document
    verdict: Verdict
    was: Before | None


def part(vault: Vault, files: Sequence[Alone]) -> tuple[Document, ...]:
    """Undo a joining: each file is a document of its own again, as it was before.

    When a person has decided about the whole since, every file of it stays accepted.

    Args:
        vault: the open vault.
        files: all of them, the first one first.

    Raises:
        UsageError: a customer has got the bytes of one of them meanwhile.
    """
    first = files[0].file
    findings = files[0].verdict.findings
    alone = replace(first, title=title(findings), doc_date=paper_date(findings))
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        since = decisions.evidence_of(tx, first).accepted_by if files[0].was is None else None
        series.part(tx, first.id)
        series.rewrite(tx, alone, findings)
        for one in files[1:]:
            ledger.append(tx, when, "parting", {"document": one.file.id, "from": first.id})
        now = []
        for one in (replace(files[0], file=alone), *files[1:]):
            stays = one.was is None and one.file.id == first.id
            now.append(one.file if stays else _put_back(vault, tx, one, when))
            accepted = one.was.accepted_by if one.was else None
            decisions.accept(tx, one.file.id, accepted or since)
            queue.push(tx, one.file.id, one.file.path)
        catch(vault, tx, when, [one.id for one in now])
        notices.notify_about(tx, [one.id for one in now])
    finish_moves(vault)
    return tuple(now)


def _put_back(vault: Vault, tx: Connection, one: Alone, when: ledger.Stamp) -> Document:
    """One file where it was, under the number it had there."""
    file, verdict, was = replace(one.file, joined_to=None, position=1), one.verdict, one.was
    there = was and (verdict.customer, verdict.category) == (was.customer, was.category)
    decision = Decision(
        verdict, "parted", by_person=False, archive_no=was.archive_no if was and there else None
    )
    decided = carry_out(vault, tx, file, decision, when=when)
    return decided
