"""The tables of the catalogue: one set for every engine.

Instants are ISO 8601 with offset, civil days ISO dates, both as text: they sort, and any tool
reads them. Lists and evidence are canonical JSON.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

METADATA = MetaData()


def _key(name: str, target: str | None = None) -> Column[str]:
    """A text column that is (part of) the primary key, perhaps pointing elsewhere."""
    reference = (ForeignKey(target),) if target else ()
    return Column(name, String, *reference, primary_key=True)


def _text(name: str, target: str | None = None, *, null: bool = False) -> Column[str]:
    """A text column, perhaps pointing elsewhere."""
    reference = (ForeignKey(target),) if target else ()
    return Column(name, String, *reference, nullable=null)


meta = Table("meta", METADATA, _key("key"), _text("value"))

migrations = Table(
    "migrations",
    METADATA,
    Column("number", Integer, primary_key=True),
    _text("name"),
    _text("ran_at"),
)

counters = Table(
    "counters", METADATA, _key("name"), Column("value", Integer, nullable=False, default=0)
)

people = Table("people", METADATA, _key("id"), _text("login"), UniqueConstraint("login"))

customers = Table(
    "customers",
    METADATA,
    _key("id"),
    Column("no", Integer, nullable=False, unique=True),
    _text("name"),
    Column("folder", String, nullable=False, unique=True),
    _text("kind"),
    _text("standing"),
    _text("created_at"),
)

names = Table(
    "names",
    METADATA,
    _key("customer", "customers.id"),
    _key("name"),
    _text("kind"),
)

codes = Table("codes", METADATA, _key("code"), _text("customer", "customers.id"))

documents = Table(
    "documents",
    METADATA,
    _key("id"),
    Column("archive_no", String, nullable=False, unique=True),
    Column("receipt", String, nullable=False, unique=True),
    _text("source"),
    _text("folder", null=True),
    _text("named", null=True),
    _text("digest"),
    Column("size", Integer, nullable=False),
    _text("media_type"),
    Column("pages", Integer, nullable=False),
    _text("category"),
    _text("guess"),
    Column("confidence", Float, nullable=False),
    _text("evidence"),
    _text("customer", "customers.id"),
    _text("proposed", "customers.id", null=True),
    _text("title"),
    Column("doc_date", Date, nullable=True),
    Column("path", String, nullable=False, unique=True),
    _text("received"),
    Column("received_on", Date, nullable=False),
    _text("outcome"),
    _text("why"),
    _text("open"),
    _text("facts"),
    _text("accepted_by", null=True),
    Column("checked_on", Date, nullable=False),
    _text("joined_to", null=True),
    Column("position", Integer, nullable=True),
    UniqueConstraint("digest", "customer"),
    Index("documents_by_customer", "customer"),
    Index("documents_by_kind", "customer", "category"),
    Index("documents_by_head", "joined_to"),
)

archive_numbers = Table(
    "archive_numbers",
    METADATA,
    _key("archive_no"),
    _text("document", "documents.id"),
)

pages = Table(
    "pages",
    METADATA,
    _key("document", "documents.id"),
    Column("number", Integer, primary_key=True),
    _text("source"),
    Column("rotation", Integer, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    _text("look", null=True),
)

links = Table(
    "links",
    METADATA,
    _key("document", "documents.id"),
    _key("other", "documents.id"),
    _key("kind"),
    _text("evidence"),
    Index("links_by_other", "other"),
)

marks = Table(
    "marks",
    METADATA,
    Column("mark", Integer, primary_key=True, autoincrement=False),
    _key("document", "documents.id"),
    Index("marks_by_document", "document"),
    sqlite_with_rowid=False,
)

fields = Table(
    "fields",
    METADATA,
    _key("document", "documents.id"),
    Column("seq", Integer, primary_key=True),
    _text("name"),
    _text("value"),
    _text("raw"),
    Column("confidence", Float, nullable=False),
    Column("page", Integer, nullable=True),
    _text("box", null=True),
    _text("rule"),
)

contexts = Table(
    "contexts",
    METADATA,
    _key("document", "documents.id"),
    Column("seq", Integer, primary_key=True),
    _text("rules"),
    _text("customer"),
    _text("category"),
    _text("case_no", null=True),
    Column("doc_date", Date, nullable=True),
)

rule_sets = Table("rule_sets", METADATA, _key("hash"), _text("seen_at"))

events = Table(
    "events",
    METADATA,
    _key("id"),
    _text("type"),
    _text("customer", "customers.id", null=True),
    _text("document", "documents.id", null=True),
    _text("case_no", null=True),
    Column("date", Date, nullable=False),
    Column("recorded_on", Date, nullable=False),
    _text("recorded_at"),
    _text("source"),
    Column("confirmed", Boolean, nullable=False),
    Column("void", Boolean, nullable=False, default=False),
    Column("page", Integer, nullable=True),
    _text("box", null=True),
    _text("raw", null=True),
    # Covers the question for the latest of a kind, asked for every paper that tells of one.
    Index("events_by_kind", "customer", "type", "void", "confirmed", "date"),
    Index("events_by_document", "document"),
)

receipts = Table(
    "receipts",
    METADATA,
    _key("id"),
    _text("source"),
    Column("day", Date, nullable=False, index=True),
    _text("settled_at"),
    _text("outcome"),
    _text("digest", null=True),
    Column("size", Integer, nullable=False),
    _text("document", "documents.id", null=True),
    _text("path"),
    _text("reasons"),
    _text("within", null=True),
    _text("folder", null=True),
    _text("gone", null=True),
    Index("receipts_by_file", "within"),
    Index("receipts_by_folder", "folder", "settled_at"),
    Index("receipts_by_document", "document"),
)

notices = Table(
    "notices",
    METADATA,
    Column("no", Integer, primary_key=True),
    _text("folder", null=True),
)

attempts = Table(
    "attempts",
    METADATA,
    _key("receipt", "receipts.id"),
    Column("number", Integer, primary_key=True),
    _text("at"),
    _text("actor"),
    _text("reasons", null=True),
)

settlements = Table(
    "settlements",
    METADATA,
    _key("receipt", "receipts.id"),
    _text("act"),
    _text("at"),
    _text("actor"),
    _text("outcome", null=True),
    _text("document", "documents.id", null=True),
    _text("path"),
    _text("reason", null=True),
    _text("leaving", null=True),
    Index("settlements_by_document", "document"),
)

landings = Table(
    "landings", METADATA, Column("no", Integer, primary_key=True), _text("receipt", "receipts.id")
)

ledger = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("entry"),
    _text("leaf"),
)

index_queue = Table(
    "index_queue",
    METADATA,
    Column("no", Integer, primary_key=True),
    _text("document"),
    _text("folder"),
    _text("customer", null=True),
)

intents = Table(
    "intents",
    METADATA,
    Column("no", Integer, primary_key=True),
    _text("act"),
    _text("document", "documents.id"),
    _text("old_path"),
    _text("new_path"),
)

acts = Table(
    "acts",
    METADATA,
    _key("id"),
    _text("kind"),
    _text("subject"),
    _text("content"),
    _text("digest"),
    _text("proposed_by", "people.id"),
    _text("proposed_at"),
    Column("proposed_on", Date, nullable=False),
    Column("until", Date, nullable=False),
    _text("state"),
    _text("settled_by", "people.id", null=True),
    Column("settled_on", Date, nullable=True),
    _text("answer", null=True),
    Index("acts_by_subject", "subject"),
)

tombstones = Table(
    "tombstones",
    METADATA,
    _key("document"),
    _text("numbers"),
    _text("act", null=True),
    Column("entry", Integer, nullable=False),
)

leavings = Table(
    "leavings",
    METADATA,
    Column("no", Integer, primary_key=True),
    _text("document"),
    _text("path"),
)
