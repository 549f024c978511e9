"""The plan: every record with its answer, and the counts that an archivist asks for."""

from collections import Counter
from dataclasses import dataclass

from archiver.catalogue import documents
from archiver.core.model import Document
from archiver.custody.stamp import today
from archiver.custody.standing import Facts
from archiver.judge.evaluate import Answer
from archiver.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Planned:
    """A record and what retention says of it today."""

    document: Document
    answer: Answer


def plan(vault: Vault) -> list[Planned]:
    """Every record, worked out anew: the earliest due first, undated ones after, permanent last."""
    with vault.catalogue.read() as tx:
        day = today(vault, tx)
        facts = Facts(vault, tx, day)
        found = [Planned(one, facts.answer(one)) for one in documents.own_documents(tx)]
    return sorted(found, key=_order)


def _order(one: Planned) -> tuple[bool, bool, int, str]:
    due = one.answer.due_date
    return one.answer.permanent, due is None, due.toordinal() if due else 0, one.document.id


def counts(found: list[Planned]) -> Counter[str]:
    """How many records are in which state."""
    return Counter(one.answer.state.value for one in found)
