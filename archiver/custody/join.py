"""Makes one document of several files, such as photographs of the pages of one contract.

Every file stays as it is, under its own digest and number; the first one speaks for all of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from archiver.catalogue import ledger, notices, queue, series
from archiver.core.model import Because, Document, Findings, Verdict
from archiver.custody.move import finish_moves
from archiver.custody.relocate import Decision, carry_out
from archiver.custody.stamp import stamp
from archiver.recognition.title import paper_date, title
from archiver.vault.vault import Vault


def join(vault: Vault, files: Sequence[Document], verdict: Verdict) -> Document:
    """Make the later files the further files of the first; gives the document they are now.

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
        series.join(tx, first.id, [one.id for one in further])
        series.rewrite(tx, whole, findings)
        for position, one in enumerate(further, start=2):
            facts: dict[str, ledger.Fact] = {
                "document": one.id,
                "joined_to": first.id,
                "position": position,
            }
            ledger.append(tx, when, "joining", facts)
        decided = carry_out(
            vault, tx, whole, Decision(verdict, "assignment", by_person=True), when=when
        )
        notices.notify_about(tx, [one.id for one in files])
    finish_moves(vault)
    return decided


def part(vault: Vault, document: Document, further: Sequence[Document], findings: Findings) -> None:
    """Undo a joining: each further file is a document again, about which a person must decide.

    Args:
        vault: the open vault.
        document: the first file; what was decided about it stays.
        further: its further files, all of them.
        findings: what the first file says alone.
    """
    again = (Because.of("parted", document=document.id),)
    alone = replace(document, title=title(findings), doc_date=paper_date(findings))
    with vault.catalogue.write() as tx:
        when = stamp(vault, tx)
        series.part(tx, document.id, again)
        series.rewrite(tx, alone, findings)
        for one in further:
            ledger.append(tx, when, "parting", {"document": one.id, "from": document.id})
            queue.push(tx, one.id, one.path)
        queue.push(tx, document.id, document.path)
        notices.notify_about(tx, [document.id, *(one.id for one in further)])
