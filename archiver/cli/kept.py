"""How the keeping of a paper is told: to scripts as an object."""

from archiver.cli.output import Row
from archiver.cli.overlays import overlays
from archiver.core.model import Document
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.declarations.sentences import sentence
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault


def kept_row(document: Document, answer: Answer) -> Row:
    """The published object for one paper and what retention says of it."""
    return {
        "document": document.id,
        "archive_no": document.archive_no,
        "customer": document.customer,
        "customer_name": document.customer_name,
        "category": document.category,
        "title": document.title,
        "state": answer.state.value,
        "retain_through": answer.retain_through.isoformat() if answer.retain_through else None,
        "due_date": answer.due_date.isoformat() if answer.due_date else None,
        "permanent": answer.permanent,
        "exception": answer.exception,
        "governing_rules": list(answer.governing_rules),
        "eligible": answer.eligible,
        "block_reason": answer.block_reason,
        **overlays(answer),
        "clock_anomaly": answer.clock_anomaly,
        "inspection_overdue": answer.inspection_overdue,
        "because": [{"code": one.code, "text": sentence(one)} for one in answer.because],
    }


def answer_of(vault: Vault, document: Document) -> Answer:
    """What retention says of one paper today."""
    with vault.catalogue.read() as tx:
        return answers(vault, tx, [document], today(vault, tx))[document.id]
