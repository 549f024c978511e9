"""The tables of retention: what happened, what holds, who agreed to what, and what is gone."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table

from archiver.catalogue.shape import METADATA, key, text

contexts = Table(
    "contexts",
    METADATA,
    key("document", "documents.id"),
    Column("seq", Integer, primary_key=True),
    text("rules"),
    text("customer"),
    text("merged", null=True),
    text("kind", null=True),
    text("category"),
    text("case_no", null=True),
    Column("doc_date", Date, nullable=True),
    Index("contexts_by_customer", "customer"),
)

keepings = Table(
    "keepings",
    METADATA,
    key("document", "documents.id"),
    Column("since", Integer, nullable=False, default=0),
    text("case_no", null=True),
    Column("extended", Date, nullable=True),
    Column("for_ever", Boolean, nullable=False, default=False),
    Column("notice", Date, nullable=True),
    Column("restricted", Date, nullable=True),
    text("stage", null=True),
    Column("stage_entry", Integer, nullable=True),
    text("batch", null=True),
    Index("keepings_by_stage", "stage", "document"),
)

rule_sets = Table(
    "rule_sets",
    METADATA,
    key("hash"),
    text("seen_at"),
    text("said", null=True),
)

events = Table(
    "events",
    METADATA,
    key("id"),
    text("type"),
    text("customer", "customers.id", null=True),
    text("document", "documents.id", null=True),
    text("case_no", null=True),
    Column("date", Date, nullable=False),
    Column("recorded_on", Date, nullable=False),
    text("recorded_at"),
    text("source"),
    Column("confirmed", Boolean, nullable=False),
    Column("void", Boolean, nullable=False, default=False),
    Column("page", Integer, nullable=True),
    text("box", null=True),
    text("raw", null=True),
    Column("entry", Integer, nullable=True),
    Column("vouched", Integer, nullable=True),
    Column("lifted", Boolean, nullable=True),
    # Covers the question for the latest of a kind, asked for every paper that tells of one.
    Index("events_by_kind", "customer", "type", "void", "confirmed", "date"),
    Index("events_by_document", "document"),
)

corrections = Table(
    "corrections",
    METADATA,
    key("event", "events.id"),
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("was", Date, nullable=False),
    Column("date", Date, nullable=False),
    Column("recorded_on", Date, nullable=False),
)

concerned = Table(
    "concerned",
    METADATA,
    key("event", "events.id"),
    key("customer", "customers.id"),
    Index("concerned_by_customer", "customer"),
)

holds = Table(
    "holds",
    METADATA,
    key("id"),
    text("scope"),
    text("target"),
    text("reason"),
    text("authority"),
    text("reference", null=True),
    text("contact", null=True),
    Column("review_on", Date, nullable=True),
    text("placed_by"),
    Column("placed_on", Date, nullable=False),
    text("released_by", null=True),
    Column("released_on", Date, nullable=True),
    text("released_why", null=True),
)

caught = Table(
    "caught",
    METADATA,
    key("hold", "holds.id"),
    key("document"),
    Index("caught_by_document", "document"),
)

incidents = Table(
    "incidents",
    METADATA,
    key("id"),
    text("document"),
    text("kind"),
    Column("opened_on", Date, nullable=False),
    Column("closed_on", Date, nullable=True),
    text("resolution", null=True),
    Index("incidents_by_document", "document", "closed_on"),
)

batches = Table(
    "batches",
    METADATA,
    key("id"),
    text("state"),
    text("manifest"),
    text("appraised_by", "people.id"),
    Column("appraised_on", Date, nullable=False),
    text("opinion", null=True),
    text("approved_by", "people.id", null=True),
    Column("approved_on", Date, nullable=True),
    text("destroyed_by", "people.id", null=True),
    Column("destroyed_on", Date, nullable=True),
    text("witnesses", null=True),
)

batch_items = Table(
    "batch_items",
    METADATA,
    key("batch", "batches.id"),
    key("document"),
    text("line"),
    text("left_because", null=True),
    Index("batch_items_by_document", "document"),
)

acts = Table(
    "acts",
    METADATA,
    key("id"),
    text("kind"),
    text("subject"),
    text("content"),
    text("digest"),
    text("proposed_by", "people.id"),
    text("proposed_at"),
    Column("proposed_on", Date, nullable=False),
    Column("until", Date, nullable=False),
    text("state"),
    text("settled_by", "people.id", null=True),
    Column("settled_on", Date, nullable=True),
    text("answer", null=True),
    Index("acts_by_subject", "subject"),
)

tombstones = Table(
    "tombstones",
    METADATA,
    key("document"),
    text("numbers"),
    text("act", null=True),
    Column("entry", Integer, nullable=False),
)

leavings = Table(
    "leavings",
    METADATA,
    Column("no", Integer, primary_key=True),
    text("document"),
    text("path"),
)
