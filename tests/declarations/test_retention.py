"""`rules/retention/*.toml`: read strictly, all or nothing, with a version that follows meaning."""

from datetime import date
from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError, ExitCode
from archiver.core.periods import Period
from archiver.declarations.retention import RuleSet, read_rule_sets, rule_set_of
from archiver.declarations.shipped import shipped
from tests.company import practice

SHIPPED = shipped("rules") / "retention"
ROLLS = 'weekend_policy = "roll_forward"'
RULE = """
[[rule]]
id = "{id}"
title = {{ zh = "税务资料", en = "Tax papers" }}
match = {{ categories = ["tax_certificate", "invoice"] }}
trigger = {{ event = "doc_date" }}
period = "10y"
start = "next_jan_1"
basis = "statutory"
law = "征管法实施细则 art. 29"
"""
TAX = RULE.format(id="T1")
OTHER = RULE.format(id="T2")


def read(folder: Path, known: frozenset[str] | None = None, **files: str) -> RuleSet:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return read_rule_sets(folder, known)


def calendars(vault: Path, *years: int) -> Path:
    """Years with one day off and one Saturday worked in October; gives the folder of the rules."""
    for folder in ("retention", "calendar"):
        (vault / folder).mkdir(exist_ok=True)
    for year in years:
        october = (date(year, 10, day) for day in range(8, 15))
        saturday = next(day for day in october if day.weekday() == 5)
        said = f'year = {year}\nsource = "x"\nholidays = [{year}-10-01]\n'
        text = f"{said}extra_workdays = [{saturday}]\n"
        (vault / "calendar" / f"{year}.toml").write_text(text, encoding="utf-8")
    return vault / "retention"


def refused(folder: Path, known: frozenset[str] | None = None, **files: str) -> str:
    with pytest.raises(DeclarationError) as caught:
        read(folder, known, **files)
    assert caught.value.exit_code is ExitCode.DECLARATIONS
    assert caught.value.advice()
    return caught.value.sentence()


def test_files_are_one_set(tmp_path: Path) -> None:
    rules = read(tmp_path, b=TAX, a=OTHER)
    assert [rule.id for rule in rules.rules] == ["T1", "T2"]
    assert (rules.source("T1"), rules.source("T2")) == ("b.toml", "a.toml")
    assert rules.rules[0].period == Period(years=10)
    assert rules.rules[0].trigger is not None
    assert rules.rules[0].trigger.on_paper


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"10y"', '"-10y"', "rule.0.period: '-10y' is not a period"),
        ('"10y"', '"0y"', "rule.0.period"),
        ('period = "10y"', "period = 10", "rule.0.period: '10' is not a period"),
        ('period = "10y"\n', "", "needs trigger, period and start"),
        ('start = "next_jan_1"\n', "", "needs trigger, period and start"),
        ('start = "next_jan_1"', 'start = "next_feb_1"', "rule.0.start"),
        ('trigger = { event = "doc_date" }\n', "", "needs trigger, period and start"),
        ('basis = "statutory"\n', "", "rule.0.basis: it is missing"),
        ('basis = "statutory"', 'basis = "habit"', "rule.0.basis"),
        ('start = "next_jan_1"', 'start = "next_jan_1"\noutcome = "permanent"', "has no trigger"),
        ('basis = "statutory"', 'basis = "statutory"\nbases = 1', "rule.0.bases: unknown key"),
        ('en = "Tax papers"', 'fr = "Impôts"', "rule.0.title.en: it is missing"),
        ('"invoice"] }', '"Invoice"] }', "rule.0.match.categories"),
        ('"invoice"] }', '"invoice"], flags = ["angry"] }', "rule.0.match.flags"),
        ('["tax_certificate", "invoice"]', "[]", "rule.0.match.categories"),
        ('id = "T1"', 'id = "1 T"', "rule.0.id"),
        ('"10y"', '"P10Y"', "rule.0.period: 'P10Y' is not a period"),
        ('"10y"', '"10y-1d"', "rule.0.period"),
        ('title = { zh = "税务资料", ', "title = { ", "rule.0.title.zh: it is missing"),
        ('match = { categories = ["tax_certificate", "invoice"] }\n', "", "rule.0.match: it is"),
        ("[[rule]]", 'locked = "perhaps"\n[[rule]]', "locked: expected true or false"),
        ("[[rule]]", "lock = true\n[[rule]]", "lock: unknown key"),
        ("[[rule]]", 'floors = { invoice = "0y" }\n[[rule]]', "floors.invoice"),
        ("[[rule]]", 'floors = { Invoice = "1y" }\n[[rule]]', "floors.Invoice"),
        ("[[rule]]", "[[rule]", "not readable as TOML"),
    ],
)
def test_a_mistake_refuses_the_whole_set(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TAX
    sentence = refused(tmp_path, tax=TAX.replace(old, new), other=OTHER)
    assert "tax.toml" in sentence
    assert said in sentence


@pytest.mark.parametrize(
    ("trigger", "said"),
    [
        ('{ events = [], scope = "case", pick = "latest" }', ".events: Frozenset should have"),
        ('{ scope = "case", pick = "latest" }', ".events: it is missing"),
        ('{ event = "a", events = ["b"], scope = "case", pick = "latest" }', "not both"),
        ('{ events = ["doc_date", "b"], scope = "document", pick = "latest" }', "stands alone"),
        ('{ event = "doc_date", scope = "customer" }', "stands alone"),
        ('{ event = "a", scope = "customer" }', ".pick: it is missing"),
        ('{ event = "a", pick = "latest" }', ".scope: it is missing"),
        ('{ event = "a", scope = "folder", pick = "latest" }', ".scope: expected "),
        ('{ event = "a b", scope = "case", pick = "latest" }', ".events.0"),
        ('"doc_date"', ": expected a table"),
        ('{ event = "doc_date", customer_events = ["a"] }', "customer_events stand beside"),
        (
            '{ event = "a", scope = "customer", pick = "latest", customer_events = ["b"] }',
            "customer_events stand beside",
        ),
        (
            '{ event = "a", scope = "case", pick = "latest", customer_events = ["doc_date"] }',
            "customer_events stand beside",
        ),
        (
            '{ event = "a", scope = "document", pick = "latest", customer_events = ["a"] }',
            "a stands in events and in customer_events",
        ),
    ],
)
def test_a_trigger_is_whole_or_refused(tmp_path: Path, trigger: str, said: str) -> None:
    sentence = refused(tmp_path, tax=TAX.replace('{ event = "doc_date" }', trigger))
    assert "rule.0.trigger" in sentence
    assert said in sentence


@pytest.mark.parametrize(
    ("proof", "said"),
    [
        ("given = { category = 'invoice' }\nexpect = { }", "rule.0.proof.0.expect"),
        ("given = { doc_date = 2020-01-01 }\nexpect = { permanent = true }", "given.category"),
        ("given = { category = 'invoice', year = 3 }\nexpect = { permanent = true }", "given.year"),
        ("given = 1\nexpect = { permanent = true }", "rule.0.proof.0.given"),
        ("given = { category = 'invoice' }\nexpect = { state = 'GONE' }", "expect.state"),
    ],
)
def test_a_proof_that_proves_nothing_is_refused(tmp_path: Path, proof: str, said: str) -> None:
    assert said in refused(tmp_path, tax=f"{TAX}\n[[rule.proof]]\n{proof}\n")


def test_an_id_is_given_once(tmp_path: Path) -> None:
    assert "b.toml: T1: rule.1.id: T1 is given twice (first in a.toml)" in refused(
        tmp_path, a=TAX, b=OTHER + TAX
    )


def test_a_category_nobody_declares_is_refused(tmp_path: Path) -> None:
    known = frozenset({"tax_certificate"})
    said = refused(tmp_path, known, tax=f'floors = {{ vat = "1y" }}\n{TAX}')
    assert "tax.toml: T1: rule.0.match.categories: no category invoice is declared" in said
    assert "tax.toml: floors: no category vat is declared" in said
    everything = TAX.replace('["tax_certificate", "invoice"]', '["*"]')
    assert read(tmp_path, known, tax=everything).rules


def test_a_floor_holds_for_every_file(tmp_path: Path) -> None:
    law = 'floors = { invoice = "10y", tax_certificate = "121m" }\n'
    said = refused(tmp_path, law=law, tax=TAX)
    assert "tax.toml: T1: rule.0.period: below the floor of tax_certificate, 121m" in said
    assert "invoice" not in said
    assert read(tmp_path, law=law, tax=TAX.replace('"10y"', '"11y"')).floors["invoice"]
    assert "law.toml: floors: given twice (first in again.toml)" in refused(tmp_path, again=law)


def test_no_rules_at_all_are_refused(tmp_path: Path) -> None:
    assert "no retention rule" in refused(tmp_path)
    assert "no retention rule" in refused(tmp_path, empty="locked = true\n")


def test_the_version_follows_the_meaning(tmp_path: Path) -> None:
    one = tmp_path / "one"
    two = tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    calendars(tmp_path, 2026)
    proof = '[[rule.proof]]\ngiven = { category = "invoice" }\nexpect = { permanent = false }\n'
    swapped = TAX.replace('["tax_certificate", "invoice"]', '["invoice", "tax_certificate"]')
    first, second = read(one, a=TAX, b=OTHER), read(two, z=f"{OTHER}{swapped}{proof}")
    assert first == second
    assert hash(first) == hash(second)
    assert first.content_hash == second.content_hash
    for old, new in (
        ('"10y"', '"11y"'),
        ("next_jan_1", "next_day"),
        ("statutory", "internal"),
        ("税务资料", "税务材料"),
        ('"invoice"', '"other"'),
    ):
        assert read(one, a=TAX.replace(old, new)) != first
    for more in ("locked = true", 'floors = { other = "1y" }', ROLLS):
        assert read(one, a=f"{more}\n{TAX}") != first
    assert first != "rules"


def test_a_calendar_counts_only_where_it_is_used(tmp_path: Path) -> None:
    folder = calendars(tmp_path, 2026)
    unused, used = read(folder, a=TAX), read(folder, a=f"{ROLLS}\n{TAX}")
    assert read(folder, a=f'weekend_policy = "none"\n{TAX}') == unused
    calendars(tmp_path, 2026, 2027)
    assert read(folder, a=TAX) == unused
    assert read(folder, a=f"{ROLLS}\n{TAX}") != used


def test_last_days_that_roll_need_a_calendar(tmp_path: Path) -> None:
    folder = calendars(tmp_path)
    said = refused(folder, a=f"{ROLLS}\n{TAX}")
    assert "needs a calendar, and there is none" in said
    assert str(tmp_path / "calendar") in said
    calendars(tmp_path, 2026)
    assert read(folder, a=f"{ROLLS}\n{TAX}").workdays
    (tmp_path / "calendar" / "2027.toml").write_text("year = 2027", encoding="utf-8")
    assert "2027.toml: " in refused(folder, a=f"{ROLLS}\n{TAX}")
    assert "b.toml: weekend_policy: given twice (first in a.toml)" in refused(
        calendars(tmp_path, 2026, 2027), a=f"{ROLLS}\n{TAX}", b=ROLLS
    )
    for wrong in ('weekend_policy = "friday"', "[calendar]\nholidays = [2026-10-01]"):
        assert "a.toml: " in refused(folder, a=f"{wrong}\n{TAX}", b="")


def test_a_version_outlives_its_files(tmp_path: Path) -> None:
    folder = calendars(tmp_path, 2026)
    head = f'locked = true\nfloors = {{ other = "6m" }}\n{ROLLS}\n'
    rules = read(folder, a=f"{head}{TAX}")
    again = rule_set_of(rules.text())
    assert again == rules
    assert again.source("T1") == "a.toml"
    assert again.locked
    assert again.workdays is not None
    assert again.workdays.roll_forward(date(2026, 10, 1)) == date(2026, 10, 2)
    assert again.workdays.roll_forward(date(2026, 10, 10)) == date(2026, 10, 10)
    assert again.workdays.missing(date(2027, 10, 2)) == 2027
    assert read_rule_sets(SHIPPED).workdays is None


def test_the_company_s_practice_is_shipped() -> None:
    rules = practice()
    dated = [rule for rule in rules.rules if rule.counting]
    assert [(rule.id, str(rule.period)) for rule in dated] == [("R1", "3y")]
    flags = sorted(flag for rule in rules.rules for flag in rule.match.flags)
    assert flags == ["accident", "authority_instruction", "dispute", "doubtful"]


def test_what_the_law_asks_for_is_shipped() -> None:
    """The figures of the laws, and that no rule for such papers may be shorter."""
    rules = read_rule_sets(SHIPPED)
    least = {
        **dict.fromkeys(("tax_certificate", "tax_payment", "invoice"), ("10y", "next_jan_1")),
        **dict.fromkeys(("bank_statement", "tax_return"), ("10y", "next_jan_1")),
        "accounting": ("30y", "next_jan_1"),
        **dict.fromkeys(("work_order", "settlement", "inspection_sheet"), ("6y", "next_day")),
    }
    assert {category: str(floor) for category, floor in rules.floors.items()} == {
        category: period for category, (period, _) in least.items()
    }
    for category, said in least.items():
        named = [one for one in rules.rules if category in one.match.categories]
        assert {(str(one.period), one.start) for one in named} == {said}
        assert {one.basis for one in named} <= {"statutory", "regulatory"}
        assert all(one.law for one in named)
    for category in ("financial_report", "register"):
        (rule,) = (one for one in rules.rules if category in one.match.categories)
        assert rule.outcome == "permanent"
