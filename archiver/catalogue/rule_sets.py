"""Every version of the retention rules that a record has lived under, and the one in force."""

from sqlalchemy import Connection, insert, select, update

from archiver.catalogue import ledger, numbers
from archiver.catalogue.ledger import Fact, Stamp
from archiver.catalogue.retention_tables import rule_sets

_IN_FORCE = "rules_in_force"


def in_force(connection: Connection) -> str | None:
    """The content hash of the version in force; None in a vault that has none yet."""
    return numbers.recall(connection, _IN_FORCE)


def said(connection: Connection, version: str) -> str | None:
    """The whole version as it was kept; None when it is not known."""
    query = select(rule_sets.c.said).where(rule_sets.c.hash == version)
    return connection.execute(query).scalar_one_or_none()


def activate(connection: Connection, when: Stamp, version: str, text: str, **counted: Fact) -> None:
    """Put a version in force, and keep what it says for as long as the catalogue lives.

    The ledger is told both versions, and what was `counted` of the records they differ about.
    """
    facts: dict[str, Fact] = {"before": in_force(connection), "rules": version, **counted}
    ledger.append(connection, when, "rules_activated", facts)
    where = rule_sets.c.hash == version
    if connection.execute(select(rule_sets.c.hash).where(where)).first():
        connection.execute(update(rule_sets).where(where).values(said=text))
    else:
        connection.execute(
            insert(rule_sets), {"hash": version, "seen_at": when.at.isoformat(), "said": text}
        )
    numbers.remember(connection, _IN_FORCE, version)


def adopt(connection: Connection, text: str) -> None:
    """Say for once and all what versions said of which nobody kept more than the hash."""
    connection.execute(update(rule_sets).where(rule_sets.c.said.is_(None)).values(said=text))
