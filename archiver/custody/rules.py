"""Which rules count: the version in force, and every one that a record has lived under."""

from enum import StrEnum

from archiver.catalogue import rule_sets
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.declarations.retention import RuleSet, rule_set_of
from archiver.vault.vault import Vault


def in_force(vault: Vault, tx: Connection) -> RuleSet:
    """The rules that count today: what was activated last, not what a file says meanwhile."""
    return vault.rules_in_force(tx)


class Files(StrEnum):
    """How the rules in the vault's files stand to those in force."""

    IN_FORCE = "in_force"
    PROPOSED = "proposed"
    BROKEN = "broken"


def files(vault: Vault, tx: Connection) -> Files:
    """Whether the files say what is in force, propose something else, or cannot be followed."""
    proposed = vault.proposed_rules
    if proposed is None:
        return Files.BROKEN
    return Files.IN_FORCE if in_force(vault, tx) == proposed else Files.PROPOSED


def version_of(vault: Vault, tx: Connection, version: str) -> RuleSet:
    """A version by its content hash.

    A vault from before versions were kept knows the hash alone, and has had one version: the one
    in force, or its files while there is none.
    """
    said = rule_sets.said(tx, version)
    if said is None:
        first = rule_sets.in_force(tx)
        said = rule_sets.said(tx, first) if first else None
    return rule_set_of(said) if said else vault.rules


def in_force_or_first(vault: Vault, tx: Connection, when: Stamp) -> RuleSet:
    """The rules that count; a vault from before versions were kept adopts its files once."""
    if rule_sets.in_force(tx) is None:
        first = vault.rules
        rule_sets.activate(tx, when, first.content_hash, first.text())
        rule_sets.adopt(tx, first.text())
    return in_force(vault, tx)
