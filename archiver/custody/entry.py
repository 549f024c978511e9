"""What the search index is told of a document."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from archiver.catalogue import documents
from archiver.catalogue.store import Connection
from archiver.core.model import Document, Field
from archiver.core.proof import canonical
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.judge.evaluate import Answer
from archiver.search.base import Entry
from archiver.vault.vault import Vault

_SEARCHED = {
    "credit_code": "code",
    "registration_no": "code",
    "tax_no": "code",
    "doc_no": "no",
    "plate": "plate",
    "phone": "phone",
    "amount": "amount",
}
"""Field on the paper → field of the query language."""


def entries_of(vault: Vault, tx: Connection, papers: Iterable[Document]) -> list[Entry]:
    """One entry a document, with its text and its retention as of today."""
    listed = list(papers)
    judged = answers(vault, tx, listed, today(vault, tx))
    return [_entry(vault, tx, document, judged[document.id]) for document in listed]


def fingerprints_of(vault: Vault, tx: Connection, papers: Iterable[Document]) -> dict[str, str]:
    """Document → the fingerprint its entry must have now."""
    listed = list(papers)
    judged = answers(vault, tx, listed, today(vault, tx))
    return {one.id: _fingerprint(one, judged[one.id]) for one in listed}


def _fingerprint(document: Document, answer: Answer) -> str:
    """Changes whenever the index would have to be told something new."""
    facts = [
        document.archive_no,
        document.customer,
        document.customer_name,
        document.category,
        document.path,
        document.digest,
        answer.permanent,
        answer.due_date.isoformat() if answer.due_date else None,
    ]
    return hashlib.sha256(canonical(facts).encode()).hexdigest()[:16]


def _entry(vault: Vault, tx: Connection, document: Document, answer: Answer) -> Entry:
    pages = documents.pages_of(tx, document.id)
    labels = [vault.categories.label(document.category, lang) for lang in ("zh", "en")]
    return Entry(
        document=document.id,
        archive_no=document.archive_no,
        customer=document.customer,
        customer_name=document.customer_name,
        category=document.category,
        labels=tuple(labels),
        date=document.doc_date,
        added=document.received_on,
        title=document.title,
        path=document.path,
        text="\f".join(page.text for page in pages),
        values=_values(documents.fields_of(tx, document.id)),
        due=answer.due_date,
        permanent=answer.permanent,
        fingerprint=_fingerprint(document, answer),
    )


def _values(found: Iterable[Field]) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = defaultdict(list)
    for field in found:
        if field.name in _SEARCHED:
            values[_SEARCHED[field.name]].append(field.value)
    return {name: tuple(texts) for name, texts in values.items()}
