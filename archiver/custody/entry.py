"""What the search index is told of a document."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archiver.catalogue import customers, documents, tags
from archiver.catalogue.series import files_of
from archiver.catalogue.store import Connection
from archiver.core.model import UNASSIGNED, CustomerId, Document, Field
from archiver.core.proof import canonical
from archiver.custody.stamp import today
from archiver.custody.standing import answers
from archiver.declarations.codes import NOBODY, called
from archiver.declarations.words import LANGUAGES, speaking
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


@dataclass(frozen=True, slots=True)
class _Known:
    """What the entry of a document is made of: files, retention, names of its customer, tags."""

    files: tuple[Document, ...]
    answer: Answer | None
    aliases: tuple[str, ...]
    tags: tuple[str, ...]


def entries_of(vault: Vault, tx: Connection, papers: Iterable[Document]) -> list[Entry]:
    """One entry a document, with the text of all its files and its retention as of today."""
    return [_entry(vault, tx, one) for one in _known(vault, tx, papers)]


def words_of(vault: Vault, tx: Connection, papers: Iterable[Document]) -> Iterator[Entry]:
    """The same without retention, one at a time: what follows from the papers alone."""
    names: dict[CustomerId, tuple[str, ...]] = {}
    for document in papers:
        whose = document.customer
        if whose not in names:
            party = customers.get(tx, whose)
            names[whose] = tuple(_others(document, party.names)) if party else ()
        files = (document, *files_of(tx, [document.id]).get(document.id, ()))
        said = tuple(tags.of(tx, [document.id]).get(document.id, {}).values())
        yield _entry(vault, tx, _Known(files, None, names[whose], said))


def fingerprints_of(vault: Vault, tx: Connection, papers: Iterable[Document]) -> dict[str, str]:
    """Document → the fingerprint its entry must have now."""
    return {one.files[0].id: _fingerprint(one) for one in _known(vault, tx, papers)}


def _known(vault: Vault, tx: Connection, papers: Iterable[Document]) -> Iterator[_Known]:
    listed = [one for one in papers if not one.joined_to]
    judged = answers(vault, tx, listed, today(vault, tx))
    further = files_of(tx)
    names = {one.id: one.names for one in customers.all_customers(tx)}
    said = tags.of(tx, [one.id for one in listed])
    for document in listed:
        files = (document, *further.get(document.id, ()))
        others = _others(document, names[document.customer])
        own = tuple(said.get(document.id, {}).values())
        yield _Known(files, judged[document.id], tuple(others), own)


def _others(document: Document, names: Iterable[str]) -> Iterator[str]:
    """The names of its customer beside the one that it bears; what stands there for nobody's."""
    yield from (name for name in names if name != document.customer_name)
    if document.customer == UNASSIGNED:
        for lang in LANGUAGES:
            with speaking(lang):
                yield called(NOBODY, document.customer_name)


def _fingerprint(known: _Known) -> str:
    """Changes whenever the index would have to be told something new."""
    document, answer = known.files[0], known.answer
    facts = [
        document.archive_no,
        document.customer,
        document.customer_name,
        document.category,
        [(one.path, one.digest) for one in known.files],
        answer.permanent if answer else None,
        answer.due_date.isoformat() if answer and answer.due_date else None,
        *known.aliases,
        *([known.tags] if known.tags else ()),  # older entries are right for those without any
    ]
    return hashlib.sha256(canonical(facts).encode()).hexdigest()[:16]


def _entry(vault: Vault, tx: Connection, known: _Known) -> Entry:
    document, answer = known.files[0], known.answer
    pages = [page for one in known.files for page in documents.pages_of(tx, one.id)]
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
        values=_values(documents.fields_of(tx, document.id), known.tags),
        due=answer.due_date if answer else None,
        permanent=bool(answer and answer.permanent),
        fingerprint=_fingerprint(known),
        aliases=known.aliases,
        files=tuple(one.path for one in known.files[1:]),
    )


def _values(found: Iterable[Field], own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    values: dict[str, list[str]] = defaultdict(list, {"tag": list(own)} if own else {})
    for field in found:
        if field.name in _SEARCHED:
            values[_SEARCHED[field.name]].append(field.value)
    return {name: tuple(texts) for name, texts in values.items()}
