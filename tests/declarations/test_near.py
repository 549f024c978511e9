"""A misspelt event in a rule is named with the one that was meant."""

from pathlib import Path

import pytest
from rapidfuzz.distance import OSA

from archiver.core.errors import DeclarationError
from archiver.declarations.codes import EVENTS
from archiver.declarations.retention import read_rule_sets

RULE = """
[[rule]]
id = "{id}"
title = {{ zh = "三年", en = "Three years" }}
match = {{ categories = ["*"] }}
trigger = {{ event = "{event}", scope = "customer", pick = "latest" }}
period = "3y"
start = "next_day"
basis = "internal"
"""


def read(folder: Path, *rules: tuple[str, str]) -> None:
    text = "".join(RULE.format(id=name, event=event) for name, event in rules)
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    read_rule_sets(folder)


@pytest.mark.parametrize("slip", ["servise_completed", "service_complete", "serviec_completed"])
def test_a_slip_of_the_pen_is_named_with_rule_and_file(tmp_path: Path, slip: str) -> None:
    with pytest.raises(DeclarationError) as told:
        read(tmp_path, ("S3", slip), ("S4", "vehicle_sold"))
    said = str(told.value)
    assert f"mine.toml: S3: rule.0.trigger: there is no event {slip}" in said
    assert "did you mean service_completed?" in said
    assert "S4" not in said


def test_an_event_of_the_companys_own_stays_one(tmp_path: Path) -> None:
    read(tmp_path, ("S3", "vehicle_sold"))
    read(tmp_path, ("S3", "dispute_reopened"))
    read(tmp_path, ("S3", "service_completes"), ("S4", "service_completes"))


def test_every_fault_has_a_line_and_names_its_rule(tmp_path: Path) -> None:
    text = RULE.format(id="S3", event="vehicle_sold") + RULE.format(id="S4", event="vehicle_sold")
    wrong = text.replace('"3y"', '"soon"').replace('"internal"', '"habit"')
    (tmp_path / "mine.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(DeclarationError) as told:
        read_rule_sets(tmp_path)
    first, *lines = str(told.value).splitlines()
    assert "mine.toml: S3: rule.0.period: " in first
    keys = [line.split(": ")[:2] for line in lines]
    assert keys == [["  S3", "rule.0.basis"], ["  S4", "rule.1.period"], ["  S4", "rule.1.basis"]]


def test_no_two_of_ours_are_near() -> None:
    """Else a right one would be taken for a slip of another."""
    assert all(OSA.distance(one, other) > 4 for one in EVENTS for other in EVENTS if one < other)
