"""`rules/retention/*.toml`: how long papers are kept, counted from what, and why."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from archiver.core.errors import N_, DeclarationError
from archiver.core.periods import Period, Start
from archiver.core.proof import canonical
from archiver.declarations.strict import Strict, read_toml


def _period(text: str) -> str:
    Period.parse(text)
    return text


class Title(Strict):
    """A rule's name in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Match(Strict):
    """Which records a rule is for.

    Attributes:
        categories: category codes; `*` is all.
        flags: only while the customer carries one of these.
        kinds: kinds of party; empty for all.
    """

    categories: tuple[str, ...] = Field(min_length=1)
    flags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


class Trigger(Strict):
    """What starts the period; every field is asked for, nothing is assumed.

    Attributes:
        events: any of these; `doc_date` (the paper's own date) stands alone.
        scope: whose events count.
        pick: which of those that happened.
        allow_future: a date ahead is a planned end, not a mistake.
    """

    events: tuple[str, ...] = Field(min_length=1)
    scope: Literal["customer", "case", "document"]
    pick: Literal["latest", "earliest"]
    allow_future: bool = False

    @model_validator(mode="after")
    def _date_of_the_paper_alone(self) -> Self:
        if "doc_date" in self.events and len(self.events) > 1:
            raise ValueError("doc_date cannot stand beside events")
        return self


class Proof(Strict):
    """An example the rule must get right: given dates, the day kept through."""

    given: dict[str, str | date]
    expect: dict[str, bool | date]


class Rule(Strict):
    """One rule."""

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")
    title: Title
    match: Match
    outcome: Literal["period", "permanent"] = "period"
    trigger: Trigger | None = None
    period: Annotated[str, AfterValidator(_period)] | None = None
    start: Start | None = None
    basis: Literal["statutory", "regulatory", "contract", "internal"]
    law: str = ""
    proof: tuple[Proof, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        given = (self.trigger, self.period, self.start)
        if self.outcome == "period" and None in given:
            raise ValueError("a period needs trigger, period and start")
        if self.outcome == "permanent" and any(part is not None for part in given):
            raise ValueError("a permanent rule has no trigger, period or start")
        return self


class RuleFile(Strict):
    """One file of rules."""

    rule: tuple[Rule, ...] = Field(min_length=1)


@dataclass(frozen=True)
class RuleSet:
    """All rules of a vault, as one version."""

    rules: tuple[Rule, ...]

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over the rules in canonical form; neither file names nor order matter."""
        found = sorted((rule.model_dump(mode="json") for rule in self.rules), key=lambda r: r["id"])
        return hashlib.sha256(canonical(found).encode()).hexdigest()


def read_rule_sets(folder: Path) -> RuleSet:
    """Read every file of `folder` as one set, all or nothing.

    Raises:
        DeclarationError: a file cannot be followed, there is none, or an id is given twice.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise DeclarationError(
            N_("{file}: there is no retention rule"),
            hint=N_("copy company.toml back from a fresh vault made with: archiver init"),
            file=folder,
        )
    rules = tuple(rule for file in files for rule in read_toml(file, RuleFile).rule)
    ids = [rule.id for rule in rules]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise DeclarationError(
            N_("{file}: rule {ids} is given twice"),
            hint=N_("give every rule its own id"),
            file=folder,
            ids=", ".join(twice),
        )
    return RuleSet(rules)
