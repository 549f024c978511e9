"""Which rules count: the version in force, and every one that a record has lived under."""

from functools import lru_cache

from archiver.catalogue import rule_sets
from archiver.catalogue.ledger import Stamp
from archiver.catalogue.store import Connection
from archiver.declarations.retention import RuleSet, rule_set_of
from archiver.vault.vault import Vault


def in_force(vault: Vault, tx: Connection) -> RuleSet:
    """The rules that count today: what was activated last, not what a file says meanwhile."""
    version = rule_sets.in_force(tx)
    return version_of(vault, tx, version) if version else vault.rules


def version_of(vault: Vault, tx: Connection, version: str) -> RuleSet:
    """A version by its content hash.

    A vault from before versions were kept knows the hash alone, and has had one version: the one
    in force, or its files while there is none.
    """
    said = rule_sets.said(tx, version)
    if said is None:
        first = rule_sets.in_force(tx)
        said = rule_sets.said(tx, first) if first else None
    return _read(said) if said else vault.rules


@lru_cache(maxsize=64)
def _read(said: str) -> RuleSet:
    return rule_set_of(said)


def in_force_or_first(vault: Vault, tx: Connection, when: Stamp) -> RuleSet:
    """The rules that count; those in the vault's files from the first paper on."""
    if rule_sets.in_force(tx) is None:
        first = vault.rules
        rule_sets.activate(tx, first.content_hash, first.text(), when.at.isoformat())
    return in_force(vault, tx)
