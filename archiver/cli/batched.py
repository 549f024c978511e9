"""How batches of disposal are told: to scripts as objects, to people with the papers in them."""

from collections.abc import Iterable, Iterator, Mapping

from archiver.catalogue import batches, customers, documents, numbers, tombstones
from archiver.catalogue.batches import Batch, Item
from archiver.catalogue.store import Connection
from archiver.cli.output import Row, objects, paragraph, plain, say
from archiver.cli.overlays import rule_names
from archiver.cli.words import category_label
from archiver.core.errors import N_
from archiver.core.model import CustomerId, Document, DocumentId
from archiver.custody import disposal
from archiver.declarations.codes import BATCH_STATES, LEFT_BECAUSE, NOBODY, called
from archiver.declarations.words import ngettext, translate
from archiver.vault.vault import Vault

_PAPER = N_("{document}  {archive_no}  {customer_name}  {category_label}  {title}")
_NOTHING: Row = dict.fromkeys(
    ("archive_no", "customer", "customer_name", "category", "category_label", "title")
)
"""Of a paper about which nothing is remembered."""


def every(vault: Vault) -> list[Row]:
    """The published object for every batch there ever was."""
    with vault.catalogue.read() as tx:
        return _rows(vault, tx, batches.every(tx))


def batch_row(vault: Vault, batch: Batch) -> Row:
    """The published object for one batch."""
    with vault.catalogue.read() as tx:
        (row,) = _rows(vault, tx, [batch])
    return row


def _rows(vault: Vault, tx: Connection, found: Iterable[Batch]) -> list[Row]:
    """People by their logins, papers by what they are; of those that left, what is remembered."""
    listed = list(found)
    wanted = {item.document for one in listed for item in one.items}
    papers = {**_remembered(vault, tx, wanted), **_here(vault, documents.some(tx, wanted))}
    names = numbers.logins(tx)
    cooling = vault.settings.retention.cooling_off_days
    return [_row(one, names, papers, cooling=cooling) for one in listed]


def _here(vault: Vault, found: Iterable[Document]) -> dict[DocumentId, Row]:
    return {
        one.id: {
            "archive_no": one.archive_no,
            "customer": one.customer,
            "customer_name": one.customer_name,
            "category": one.category,
            "category_label": category_label(vault, one.category),
            "title": one.title,
        }
        for one in found
    }


def _remembered(
    vault: Vault, tx: Connection, wanted: Iterable[DocumentId]
) -> dict[DocumentId, Row]:
    """Of papers that left: no title, and the customer by the name it has now."""
    found: dict[DocumentId, Row] = {}
    for document, one in tombstones.of(tx, list(wanted)).items():
        facts = one.told.facts
        whose, category = facts.get("customer"), facts.get("category")
        party = customers.get(tx, CustomerId(str(whose))) if whose else None
        found[document] = {
            "archive_no": one.archive_no,
            "customer": str(whose) if whose else None,
            "customer_name": party.name if party else None,
            "category": str(category) if category else None,
            "category_label": category_label(vault, str(category)) if category else None,
            "title": None,
        }
    return found


def _row(
    one: Batch, names: Mapping[str, str], papers: Mapping[DocumentId, Row], *, cooling: int
) -> Row:
    def who(person: str | None) -> str | None:
        return names.get(person, person) if person else None

    first = disposal.first_day(one, cooling)
    return {
        "batch": one.id,
        "state": one.state.value,
        "records": len(one.inside),
        "manifest": one.manifest,
        "appraised_by": who(one.appraised_by),
        "appraised_on": one.appraised_on.isoformat(),
        "opinion": one.opinion,
        "approved_by": who(one.approved_by),
        "approved_on": one.approved_on.isoformat() if one.approved_on else None,
        "first_day": first.isoformat() if first else None,
        "destroyed_by": who(one.destroyed_by),
        "destroyed_on": one.destroyed_on.isoformat() if one.destroyed_on else None,
        "witnesses": [who(name) for name in (one.witnesses or "").split()],
        "items": [_item(item, papers.get(item.document, _NOTHING)) for item in one.items],
    }


def _item(item: Item, paper: Row) -> Row:
    return {
        "document": item.document,
        **paper,
        "due_date": item.agreed["due"],
        "rules": item.agreed["rules"],
        "sha256": item.agreed["sha256"],
        "left_because": item.left_because,
    }


def sheet(row: Row) -> None:
    """A batch with its papers, and what was agreed of each."""
    count = int(str(row["records"]))
    told = ngettext("{batch}: {count} paper, {state}", "{batch}: {count} papers, {state}", count)
    say(told, batch=row["batch"], count=count, state=called(BATCH_STATES, str(row["state"])))
    say(N_("manifest sha256 {manifest}"), manifest=row["manifest"])
    if row["opinion"]:
        paragraph(translate(N_("Opinion: {opinion}")).format(opinion=row["opinion"]), hang=2)
    for item in objects(row["items"]):
        paragraph(paper_line(item), hang=2)
        for line in _agreed(item):
            paragraph(f"  {line}", hang=4)


def paper_line(item: Row) -> str:
    """What a paper of a batch is, and whose; blank where that is not known any more."""
    shown = {key: plain(value) for key, value in item.items()}
    whose = shown["customer_name"] or shown["customer"]
    shown["customer_name"] = called(NOBODY, whose) if whose in NOBODY else whose
    return translate(_PAPER).format(**shown).rstrip()


def _agreed(item: Row) -> Iterator[str]:
    """Why it may go, and why it stays all the same."""
    facts = {"due": plain(item["due_date"]) or "–", "rules": rule_names(item["rules"]) or "–"}
    yield translate(N_("due from {due}, decided by {rules}")).format(**facts)
    if item["left_because"]:
        why = called(LEFT_BECAUSE, plain(item["left_because"]))
        yield translate(N_("stays: {why}")).format(why=why)
