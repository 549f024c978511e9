"""Replays retention cases in a scratch vault, through the acts that the commands call.

    python -m tests.retention_oracle FILE [--only ID]

One line a failed case, one a case that needs an act nobody has built yet, then the sum. Exit 0 only
when none failed.
"""

import argparse
import json
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from archiver.core.errors import ArchiverError
from archiver.core.periods import Period
from archiver.declarations.retention import Calendar, RuleSet, too_short_for
from archiver.declarations.rule import Rule
from archiver.judge.evaluate import Answer
from archiver.judge.given import Terms
from tests.judge.books import Settings
from tests.judge.steps import Refusal, Step
from tests.judge.timeline import Timeline
from tests.oracle.archive import ACTS, Archive
from tests.oracle.scratch import scratch_vault

Json = Mapping[str, Any]
CHECKED = frozenset(
    {
        "state",
        "retain_through",
        "due_date",
        "permanent",
        "exception",
        "governing_rules",
        "eligible",
        "block_reason",
        "held",
        "pending_shortening",
        "incident",
        "restricted",
        "legal_review",
        "clock_anomaly",
        "inspection_overdue",
        "late_event",
        "tombstone",
        "blob_present",
    }
)
"""What a check may ask of the judge and of the books."""


class Player(Protocol):
    """An archive that grows step by step."""

    def look(self, at: str) -> None:
        """Read the clock."""

    def act(self, step: Step) -> None:
        """Take one step; raises `Refusal` with the published code."""

    def answer(self, doc: str) -> Answer:
        """What retention says of a record today."""

    def gone(self, doc: str) -> bool:
        """Whether a record is no more."""

    def there(self, doc: str) -> bool:
        """Whether its bytes are still held, by itself or by another one."""


@dataclass(frozen=True)
class Case:
    """One worked timeline, with the settings it is played under."""

    id: str
    rule_set: str
    settings: Json
    timeline: tuple[Step, ...]
    rule_sets: Mapping[str, Json]

    @property
    def unbuilt(self) -> list[str]:
        """Acts and fields that nothing answers yet."""
        acts = {step["type"] for step in self.timeline} - {*ACTS, "check"}
        asked = {
            name
            for step in self.timeline
            if step["type"] == "check"
            for name in expected_fields(step)
        }
        return sorted(acts | asked - CHECKED)

    def load(self, name: str) -> RuleSet:
        """One of the rule sets of the case file, all of it or a refusal."""
        written = self.rule_sets[name]
        floors = {
            category: Period.parse(period_of(length))
            for category, length in self.settings["statutory_floors"].items()
        }
        rules = []
        for one in written["rules"]:
            try:
                rule = Rule.model_validate(declared(one))
            except ValidationError as error:
                raise Refusal("INVALID_RULE_FILE") from error
            if too_short_for(rule, floors):
                raise Refusal("BELOW_STATUTORY_FLOOR")
            rules.append(rule)
        return RuleSet(
            rules=tuple(sorted(rules, key=lambda rule: rule.id)),
            locked=bool(written.get("locked")),
            floors=floors,
            calendar=self._calendar(),
        )

    def _calendar(self) -> Calendar | None:
        if self.settings["weekend_policy"] == "none":
            return None
        return Calendar(
            holidays=frozenset(map(date.fromisoformat, self.settings["holidays"])),
            extra_workdays=frozenset(map(date.fromisoformat, self.settings["extra_workdays"])),
        )

    def play(self) -> str | None:
        """What goes wrong first in a real vault; None when all is as the case says."""
        with scratch_vault(self.load(self.rule_set), settings_of(self.settings)) as vault:
            return self.play_in(Archive(vault, self.load))

    def imagine(self) -> str | None:
        """The same in the books of an archive that is not there."""
        books = Timeline(self.load(self.rule_set), self.load, settings_of(self.settings))
        return self.play_in(books)

    def play_in(self, timeline: Player) -> str | None:
        """The same in any archive that can be played."""
        for number, step in enumerate(self.timeline, start=1):
            wrong = checked(timeline, step) if step["type"] == "check" else acted(timeline, step)
            if wrong:
                return f"step {number}, {step['at']} {step['type']}: {wrong}"
        return None


def checked(timeline: Player, step: Step) -> str | None:
    """Compare the named fields of an answer."""
    timeline.look(step["at"])
    answer = timeline.answer(step["doc"])
    kept = {
        "tombstone": timeline.gone(step["doc"]),
        "blob_present": timeline.there(step["doc"]),
    }
    wrong = [
        f"{name} is {found!r}, expected {wanted!r}"
        for name, wanted in expected_fields(step).items()
        if (found := plain(kept[name] if name in kept else getattr(answer, name))) != wanted
    ]
    return "; ".join(wrong) or None


def acted(timeline: Player, step: Step) -> str | None:
    """Take a step and compare what comes back."""
    try:
        timeline.act(step)
        found = "ACCEPTED"
    except Refusal as refusal:
        found = f"REJECTED:{refusal.code}"
    wanted = step.get("expect", "ACCEPTED")
    return None if found == wanted else f"{found}, expected {wanted}"


def expected_fields(step: Step) -> Json:
    """What a check compares."""
    expect = step["expect"]
    assert isinstance(expect, dict)
    return expect


def plain(value: object) -> object:
    """A value as the case file would write it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, str) else value


def period_of(length: Json) -> str:
    """A length as our rule files write it; `{years: -3}` stays as wrong as it was."""
    return "".join(
        f"{length[unit]}{unit[0]}" for unit in ("years", "months", "days") if unit in length
    )


def declared(rule: Json) -> Json:
    """A rule of the case file in the words of our rule files."""
    match = {"categories": rule["match"]["doc_types"], "flags": rule["match"].get("flags_any", [])}
    title = {"zh": rule["title"], "en": rule["title"]}
    found = {**rule, "title": title, "match": match}
    if "period" in rule:
        found["period"] = period_of(rule["period"])
    if "trigger" in rule:
        on_paper = rule["trigger"].get("event") == "doc_date"
        usual = {} if on_paper else {"scope": "customer", "pick": "latest"}
        found["trigger"] = {**usual, **rule["trigger"]}
    return found


def settings_of(written: Json) -> Settings:
    """The settings of a case."""
    return Settings(
        zone=ZoneInfo(written["timezone"]),
        most_unattended=written["max_unattended_days"],
        never_reappraised=frozenset(written["non_reappraisable_flags"]),
        terms=Terms(
            ingest_grace=written["ingest_grace_days"],
            release_grace=written["post_release_grace_days"],
            shortening_notice=written["shortening_notice_days"],
            inspection_interval=written["inspection_interval_days"],
            cooling_off=written["cooling_off_days"],
            approval_valid=written["approval_valid_days"],
        ),
        withdraw_days=written["withdraw_days"],
    )


def cases(path: Path) -> Iterator[Case]:
    """Every case of a file."""
    written = json.loads(path.read_text(encoding="utf-8"))
    for one in written["cases"]:
        yield Case(
            id=one["id"],
            rule_set=one["rule_set"],
            settings={**written["defaults"], **one.get("settings", {})},
            timeline=tuple(one["timeline"]),
            rule_sets=written["rule_sets"],
        )


@dataclass
class Sum:
    """How a replay went."""

    passed: int = 0
    failed: int = 0
    unplayed: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.unplayed} not playable yet"


_BUGS = (
    *(ArchiverError, OSError, ArithmeticError, AssertionError, AttributeError),
    *(LookupError, RuntimeError, TypeError, ValueError),
)


def _played(case: Case) -> str | None:
    """What goes wrong, a bug of the archive included: the other cases are played all the same."""
    try:
        return case.play()
    except _BUGS:
        return traceback.format_exc().strip().replace("\n", "\n    ")


def replay(path: Path, only: str | None = None) -> Sum:
    """Play the cases of a file and say on stdout what went wrong."""
    total = Sum()
    for case in cases(path):
        if only not in (None, case.id):
            continue
        if case.unbuilt:
            total.unplayed += 1
            print(f"{case.id} not playable yet: {', '.join(case.unbuilt)}")
        elif wrong := _played(case):
            total.failed += 1
            print(f"{case.id} failed: {wrong}")
        else:
            total.passed += 1
    print(total)
    return total


def main() -> int:
    """Replay the file named on the command line."""
    words = argparse.ArgumentParser(prog="python -m tests.retention_oracle")
    words.add_argument("file", type=Path)
    words.add_argument("--only", metavar="ID")
    given = words.parse_args()
    total = replay(given.file, given.only)
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
