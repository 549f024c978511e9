"""The company's own practice alone, without what the law asks for beside it."""

from archiver.catalogue import rule_sets
from archiver.custody.stamp import stamp
from archiver.declarations.retention import RuleSet, read_rule_sets
from archiver.declarations.shipped import shipped
from archiver.vault.vault import Vault

COMPANY = "company.toml"


def practice() -> RuleSet:
    """Three years after the latest service, for ever where something is in dispute; registers."""
    every = read_rule_sets(shipped("rules") / "retention")
    own = tuple(rule for rule in every.rules if every.source(rule.id) == COMPANY)
    return RuleSet(own, files={rule.id: COMPANY for rule in own})


def keep_practice_alone(vault: Vault) -> None:
    """Take the other files of retention out of a vault, and out of what is in force."""
    for file in (vault.layout.rules / "retention").glob("*.toml"):
        if file.name != COMPANY:
            file.unlink()
    for name in ("rules", "proposed_rules"):
        vault.__dict__.pop(name, None)
    own = practice()
    with vault.catalogue.write() as tx:
        tx.exec_driver_sql("DELETE FROM rule_sets")
        rule_sets.activate(tx, stamp(vault, tx), own.content_hash, own.text())
