"""What a paper may tell of: known events, and those that a rule of the company counts from."""

from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError
from archiver.declarations.categories import read_categories
from archiver.declarations.codes import EVENTS
from archiver.declarations.raised import refuse_unknown
from archiver.declarations.retention import read_rule_sets
from archiver.declarations.shipped import shipped
from archiver.judge.facts import ENDS, RAISES, STARTS

CATEGORIES = shipped("rules") / "categories.toml"
RULES = shipped("rules") / "retention"
OWN = """
[[rule]]
id = "X1"
title = { zh = "租赁", en = "Leases" }
match = { categories = ["contract"] }
trigger = { event = "lease_ended", scope = "customer", pick = "latest" }
period = "3y"
start = "next_day"
basis = "internal"
"""


def raising(folder: Path, event: str, rules: str = "") -> None:
    """Let work orders raise `event`, beside further rules."""
    text = CATEGORIES.read_text(encoding="utf-8")
    path = folder / "categories.toml"
    path.write_text(text.replace('"service_completed"', f'"{event}"', 1), encoding="utf-8")
    (folder / "retention").mkdir()
    (folder / "retention" / "own.toml").write_text(
        (RULES / "company.toml").read_text(encoding="utf-8") + rules, encoding="utf-8"
    )
    refuse_unknown(path, read_categories(path), read_rule_sets(folder / "retention"))


def test_the_words_for_events_are_those_the_judge_knows() -> None:
    assert EVENTS.keys() == {*STARTS, *RAISES, *ENDS}


def test_what_is_shipped_waits_or_keeps() -> None:
    found = {one.code: one.raises for one in read_categories(CATEGORIES).category if one.raises}
    assert found == {
        "work_order": "service_completed",
        "settlement": "service_completed",
        "complaint": "dispute_opened",
    }
    refuse_unknown(CATEGORIES, read_categories(CATEGORIES), read_rule_sets(RULES))


@pytest.mark.parametrize("event", sorted(EVENTS.keys() - {"licence_replaced"}))
def test_every_known_event_may_be_told(tmp_path: Path, event: str) -> None:
    raising(tmp_path, event)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("service_complete", "expected service_completed"),
        ("lease_ended", "no paper tells of lease_ended"),
        ("doc_date", "no paper tells of doc_date"),
        ("licence_replaced", "no paper tells of licence_replaced"),
        ("Service", "not of the form"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, event: str, said: str) -> None:
    with pytest.raises(DeclarationError) as refusal:
        raising(tmp_path, event)
    assert said in refusal.value.sentence()
    assert "category." in refusal.value.sentence()
    assert ".raises" in refusal.value.sentence()
    assert refusal.value.advice()


def test_an_event_of_the_company_is_one_that_a_rule_counts_from(tmp_path: Path) -> None:
    raising(tmp_path, "lease_ended", OWN)
