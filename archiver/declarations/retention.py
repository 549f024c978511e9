"""`rules/retention/*.toml`: the rules of a vault, read as one set, all or nothing."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from archiver.core.errors import N_, DeclarationError
from archiver.core.periods import Period, Workdays
from archiver.core.proof import canonical
from archiver.declarations.calendar import FOLDER, Calendar, read_calendar
from archiver.declarations.near import misspelt
from archiver.declarations.rule import ANY, Code, Length, Rule
from archiver.declarations.strict import Strict, read_toml
from archiver.declarations.toml import ONE_EACH
from archiver.declarations.words import translate

__all__ = ["Calendar", "RuleFile", "RuleSet", "read_rule_sets", "rule_set_of", "too_short_for"]
INVALID = "INVALID_RULE_FILE"
BELOW_FLOOR = "BELOW_STATUTORY_FLOOR"
"""Codes of a refused set: what cannot be followed, and what the law does not allow."""


class RuleFile(Strict):
    """One file of rules.

    Attributes:
        locked: what these rules give can never be shortened by other rules.
        floors: category → least period; a shorter rule for it is refused.
        weekend_policy: `roll_forward` moves a last day that is not worked, by the calendar of its
            year, to the next one that is; `none` leaves it where it falls. Of the whole set.
    """

    locked: bool = False
    floors: dict[Code, Length] = Field(default_factory=dict)
    weekend_policy: Literal["none", "roll_forward"] = "none"
    rule: tuple[Rule, ...] = ()


class _Said(Strict):
    """All that a version says: what it is hashed over and kept as."""

    locked: bool
    floors: dict[Code, Length]
    calendar: Calendar | None
    rule: tuple[Rule, ...]


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules of a vault as one version, equal to every set that says the same.

    Attributes:
        rules: sorted by id.
        calendar: the days that a last day rolls over; None where it stays where it falls, so that
            a calendar nobody uses is no part of the version.
        files: rule id → the file it stands in; no part of the version.
    """

    rules: tuple[Rule, ...]
    locked: bool = False
    floors: Mapping[str, Period] = field(default_factory=dict)
    calendar: Calendar | None = None
    files: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def workdays(self) -> Workdays | None:
        """For rolling a last day forward; None leaves it where it falls."""
        if self.calendar is None:
            return None
        days = self.calendar
        return Workdays(days.holidays, days.extra_workdays, days.years)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over what the rules say in canonical form; files and proofs do not matter."""
        return hashlib.sha256(canonical(self._said()).encode()).hexdigest()

    def source(self, rule: str) -> str:
        """The file a rule stands in; the beginning of the version where that is not known."""
        return self.files.get(rule, self.content_hash[:12])

    def text(self) -> str:
        """The whole version as JSON, for keeping as long as a record has lived under it."""
        return canonical({"files": dict(self.files), "said": self._said()})

    def _said(self) -> object:
        rules = tuple(sorted(self.rules, key=lambda rule: rule.id))
        whole = _Said(
            locked=self.locked, floors=dict(self.floors), calendar=self.calendar, rule=rules
        )
        return whole.model_dump(mode="json", exclude={"rule": {"__all__": {"proof"}}})

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, RuleSet) and self.content_hash == other.content_hash
        )

    def __hash__(self) -> int:
        return hash(self.content_hash)


@lru_cache(maxsize=64)
def rule_set_of(text: str) -> RuleSet:
    """The version that `RuleSet.text` wrote, without its proofs."""
    kept = json.loads(text)
    said = _Said.model_validate(kept["said"])
    return RuleSet(said.rule, said.locked, said.floors, said.calendar, kept["files"])


def read_rule_sets(folder: Path, known: Collection[str] | None = None) -> RuleSet:
    """Read every file of `folder` as one set, all or nothing.

    Args:
        folder: holds `*.toml`, each with rules; the calendars, if the rules use them, lie in the
            folder `calendar` beside it.
        known: the category codes that are declared; any is taken when None.

    Raises:
        DeclarationError: there is no rule, a file cannot be followed, or the files do not fit
            together; named with file and key path. Its code is BELOW_STATUTORY_FLOOR when nothing
            is wrong but periods below their floor, else INVALID_RULE_FILE.
    """
    files = {path.name: _read(path) for path in sorted(folder.glob("*.toml"))}
    if not any(file.rule for file in files.values()):
        raise DeclarationError(
            N_("{file}: there is no retention rule"),
            code=INVALID,
            hint=N_("copy company.toml back from a fresh vault made with: archiver init"),
            file=folder,
        )
    faults = [*_faults(files, known)]
    below = [*_below(files)]
    if faults or below:
        raise DeclarationError(
            N_("{file}: {problems}"),
            code=INVALID if faults else BELOW_FLOOR,
            hint=N_("mend the file, then run the command again"),
            file=folder,
            problems=ONE_EACH.join((*faults, *below)),
        )
    where = {rule.id: name for name, file in files.items() for rule in file.rule}
    rolls = any(file.weekend_policy == "roll_forward" for file in files.values())
    calendar = read_calendar(folder.parent / FOLDER) if rolls else None
    return replace(_joined(files.values()), calendar=calendar, files=where)


def _read(path: Path) -> RuleFile:
    try:
        return read_toml(path, RuleFile)
    except DeclarationError as error:
        error.code = INVALID
        raise


def too_short_for(rule: Rule, floors: Mapping[str, Period]) -> tuple[str, ...]:
    """Categories a rule names although its period is below their floor."""
    period = rule.period
    if period is None:
        return ()
    named = sorted(floors.keys() & rule.match.categories)
    return tuple(category for category in named if not period.reaches(floors[category]))


def _joined(files: Iterable[RuleFile]) -> RuleSet:
    parts = list(files)
    return RuleSet(
        rules=tuple(sorted((rule for one in parts for rule in one.rule), key=lambda r: r.id)),
        locked=any(one.locked for one in parts),
        floors={category: floor for one in parts for category, floor in one.floors.items()},
    )


def _faults(files: Mapping[str, RuleFile], known: Collection[str] | None) -> Iterator[str]:
    """What keeps files that are sound by themselves from being one set, but for floors."""
    seen: dict[str, str] = {}
    rules = [rule for file in files.values() for rule in file.rule]
    for name, file in files.items():
        for at, rule in enumerate(file.rule):
            where = f"{name}: {rule.id}: rule.{at}"
            if rule.id in seen:
                twice = translate(N_("{id} is given twice (first in {first})"))
                yield f"{where}.id: {twice.format(id=rule.id, first=seen[rule.id])}"
            seen.setdefault(rule.id, name)
            for category in _unknown(rule.match.categories, known):
                yield f"{where}.match.categories: {_undeclared(category)}"
            yield from (f"{where}.trigger: {told}" for told in misspelt(rule, rules))
        for category in _unknown(file.floors, known):
            yield f"{name}: floors: {_undeclared(category)}"
    yield from _once(files)


def _below(files: Mapping[str, RuleFile]) -> Iterator[str]:
    """Periods that are shorter than the floor of a category they are for."""
    floors = _joined(files.values()).floors
    for name, file in files.items():
        for at, rule in enumerate(file.rule):
            for category in too_short_for(rule, floors):
                below = translate(N_("below the floor of {category}, {floor}"))
                told = below.format(category=category, floor=floors[category])
                yield f"{name}: {rule.id}: rule.{at}.period: {told}"


def _undeclared(category: str) -> str:
    return translate(N_("no category {category} is declared")).format(category=category)


def _unknown(named: Iterable[str], known: Collection[str] | None) -> list[str]:
    return [] if known is None else sorted({*named} - {ANY, *known})


def _once(files: Mapping[str, RuleFile]) -> Iterator[str]:
    """What one file alone may say: the policy, and the floor of a category."""
    first: dict[str, str] = {}
    for name, file in files.items():
        said = {f"floors.{category}": "floors" for category in file.floors}
        if "weekend_policy" in file.model_fields_set:
            said["weekend_policy"] = "weekend_policy"
        doubled = {key: first[what] for what, key in said.items() if what in first}
        for key, holder in doubled.items():
            twice = translate(N_("given twice (first in {first})")).format(first=holder)
            yield f"{name}: {key}: {twice}"
        first = {**dict.fromkeys(said, name), **first}
