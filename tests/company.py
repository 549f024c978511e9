"""The company's own practice alone, without what the law asks for beside it."""

from pathlib import Path

from archiver.declarations.retention import RuleSet, read_rule_sets
from archiver.declarations.shipped import shipped

COMPANY = "company.toml"


def practice() -> RuleSet:
    """Three years after the latest service, for ever where something is in dispute; registers."""
    every = read_rule_sets(shipped("rules") / "retention")
    own = tuple(rule for rule in every.rules if every.source(rule.id) == COMPANY)
    return RuleSet(own, files=every.files)


def keep_practice_alone(rules: Path) -> None:
    """Take the other files of retention out of the `rules` of a vault that was not read yet."""
    for file in (rules / "retention").glob("*.toml"):
        if file.name != COMPANY:
            file.unlink()
