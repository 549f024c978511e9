"""The tables of papers, customers, receipts and the ledger."""

from sqlalchemy import (
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
)

from archiver.catalogue.shape import METADATA, key, text

meta = Table("meta", METADATA, key("key"), text("value"))

migrations = Table(
    "migrations",
    METADATA,
    Column("number", Integer, primary_key=True),
    text("name"),
    text("ran_at"),
)

counters = Table(
    "counters", METADATA, key("name"), Column("value", Integer, nullable=False, default=0)
)

people = Table("people", METADATA, key("id"), text("login"), UniqueConstraint("login"))

customers = Table(
    "customers",
    METADATA,
    key("id"),
    Column("no", Integer, nullable=False, unique=True),
    text("name"),
    Column("folder", String, nullable=False, unique=True),
    text("kind"),
    text("standing"),
    text("created_at"),
    text("merged_into", null=True),
)

names = Table(
    "names",
    METADATA,
    key("customer", "customers.id"),
    key("name"),
    text("kind"),
)

codes = Table("codes", METADATA, key("code"), text("customer", "customers.id"))

documents = Table(
    "documents",
    METADATA,
    key("id"),
    Column("archive_no", String, nullable=False, unique=True),
    Column("receipt", String, nullable=False, unique=True),
    text("source"),
    text("folder", null=True),
    text("named", null=True),
    text("digest"),
    Column("size", Integer, nullable=False),
    text("media_type"),
    Column("pages", Integer, nullable=False),
    text("category"),
    text("guess"),
    Column("confidence", Float, nullable=False),
    text("evidence"),
    text("customer", "customers.id"),
    text("proposed", "customers.id", null=True),
    text("title"),
    Column("doc_date", Date, nullable=True),
    Column("path", String, nullable=False, unique=True),
    text("received"),
    Column("received_on", Date, nullable=False),
    text("outcome"),
    text("why"),
    text("open"),
    text("facts"),
    text("accepted_by", null=True),
    Column("checked_on", Date, nullable=False),
    text("joined_to", null=True),
    Column("position", Integer, nullable=True),
    Index("documents_by_digest", "digest", "customer"),
    Index("documents_by_customer", "customer"),
    Index("documents_by_kind", "customer", "category"),
    Index("documents_by_head", "joined_to"),
)

archive_numbers = Table(
    "archive_numbers",
    METADATA,
    key("archive_no"),
    text("document", "documents.id"),
)

pages = Table(
    "pages",
    METADATA,
    key("document", "documents.id"),
    Column("number", Integer, primary_key=True),
    text("source"),
    Column("rotation", Integer, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    text("look", null=True),
)

links = Table(
    "links",
    METADATA,
    key("document", "documents.id"),
    key("other", "documents.id"),
    key("kind"),
    text("evidence"),
    Index("links_by_other", "other"),
)

marks = Table(
    "marks",
    METADATA,
    Column("mark", Integer, primary_key=True, autoincrement=False),
    key("document", "documents.id"),
    Index("marks_by_document", "document"),
    sqlite_with_rowid=False,
)

fields = Table(
    "fields",
    METADATA,
    key("document", "documents.id"),
    Column("seq", Integer, primary_key=True),
    text("name"),
    text("value"),
    text("raw"),
    Column("confidence", Float, nullable=False),
    Column("page", Integer, nullable=True),
    text("box", null=True),
    text("rule"),
)

tags = Table(
    "tags",
    METADATA,
    key("document", "documents.id"),
    key("alike"),
    text("tag"),
    Index("tags_by_word", "alike"),
)

receipts = Table(
    "receipts",
    METADATA,
    key("id"),
    text("source"),
    Column("day", Date, nullable=False, index=True),
    text("settled_at"),
    text("outcome"),
    text("digest", null=True),
    Column("size", Integer, nullable=False),
    text("document", "documents.id", null=True),
    text("path"),
    text("reasons"),
    text("within", null=True),
    text("folder", null=True),
    text("gone", null=True),
    Index("receipts_by_file", "within"),
    Index("receipts_by_folder", "folder", "settled_at"),
    Index("receipts_by_document", "document"),
)

notices = Table(
    "notices",
    METADATA,
    Column("no", Integer, primary_key=True),
    text("folder", null=True),
)

attempts = Table(
    "attempts",
    METADATA,
    key("receipt", "receipts.id"),
    Column("number", Integer, primary_key=True),
    text("at"),
    text("actor"),
    text("reasons", null=True),
)

settlements = Table(
    "settlements",
    METADATA,
    key("receipt", "receipts.id"),
    text("act"),
    text("at"),
    text("actor"),
    text("outcome", null=True),
    text("document", "documents.id", null=True),
    text("path"),
    text("reason", null=True),
    text("leaving", null=True),
    Index("settlements_by_document", "document"),
)

landings = Table(
    "landings", METADATA, Column("no", Integer, primary_key=True), text("receipt", "receipts.id")
)

ledger = Table(
    "ledger",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    text("entry"),
    text("leaf"),
)

index_queue = Table(
    "index_queue",
    METADATA,
    Column("no", Integer, primary_key=True),
    text("document"),
    text("folder"),
    text("customer", null=True),
)

intents = Table(
    "intents",
    METADATA,
    Column("no", Integer, primary_key=True),
    text("act"),
    text("document", "documents.id"),
    text("old_path"),
    text("new_path"),
)
