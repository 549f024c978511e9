"""`rules/retention/*.toml`: the rules of a vault, read as one set, all or nothing."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainSerializer

from archiver.core.errors import N_, DeclarationError
from archiver.core.periods import Period, Workdays
from archiver.core.proof import canonical
from archiver.declarations.rule import ANY, Code, Length, Rule
from archiver.declarations.strict import Strict, read_toml
from archiver.declarations.words import translate

INVALID = "INVALID_RULE_FILE"
BELOW_FLOOR = "BELOW_STATUTORY_FLOOR"

Days = Annotated[frozenset[date], PlainSerializer(lambda days: sorted(map(str, days)))]


class Calendar(Strict):
    """Where it stands, a last day on a day off moves to the next working day."""

    holidays: Days = frozenset()
    extra_workdays: Days = frozenset()


class RuleFile(Strict):
    """One file of rules.

    Attributes:
        locked: what these rules give can never be shortened by other rules.
        floors: category → least period; a shorter rule for it is refused.
    """

    locked: bool = False
    floors: dict[Code, Length] = Field(default_factory=dict)
    calendar: Calendar | None = None
    rule: tuple[Rule, ...] = ()


@dataclass(frozen=True, eq=False)
class RuleSet:
    """All rules of a vault as one version, equal to every set that says the same.

    Attributes:
        rules: sorted by id.
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
        return Workdays(self.calendar.holidays, self.calendar.extra_workdays)

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
        whole = RuleFile(
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
    return _joined([RuleFile.model_validate(kept["said"])], kept["files"])


def read_rule_sets(folder: Path, known: Collection[str] | None = None) -> RuleSet:
    """Read every file of `folder` as one set, all or nothing.

    Args:
        folder: holds `*.toml`, each with rules.
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
            problems="; ".join((*faults, *below)),
        )
    return _joined(
        files.values(), {rule.id: name for name, file in files.items() for rule in file.rule}
    )


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


def _joined(files: Iterable[RuleFile], where: Mapping[str, str]) -> RuleSet:
    parts = list(files)
    return RuleSet(
        rules=tuple(sorted((rule for one in parts for rule in one.rule), key=lambda r: r.id)),
        locked=any(one.locked for one in parts),
        floors={category: floor for one in parts for category, floor in one.floors.items()},
        calendar=next((one.calendar for one in parts if one.calendar), None),
        files=where,
    )


def _faults(files: Mapping[str, RuleFile], known: Collection[str] | None) -> Iterator[str]:
    """What keeps files that are sound by themselves from being one set, but for floors."""
    seen: dict[str, str] = {}
    for name, file in files.items():
        for at, rule in enumerate(file.rule):
            where = f"{name}: rule.{at}"
            if rule.id in seen:
                twice = translate(N_("{id} is given twice (first in {first})"))
                yield f"{where}.id: {twice.format(id=rule.id, first=seen[rule.id])}"
            seen.setdefault(rule.id, name)
            for category in _unknown(rule.match.categories, known):
                yield f"{where}.match.categories: {_undeclared(category)}"
        for category in _unknown(file.floors, known):
            yield f"{name}: floors: {_undeclared(category)}"
    yield from _once(files)


def _below(files: Mapping[str, RuleFile]) -> Iterator[str]:
    """Periods that are shorter than the floor of a category they are for."""
    floors = _joined(files.values(), {}).floors
    for name, file in files.items():
        for at, rule in enumerate(file.rule):
            for category in too_short_for(rule, floors):
                below = translate(N_("below the floor of {category}, {floor}"))
                told = below.format(category=category, floor=floors[category])
                yield f"{name}: rule.{at}.period: {told}"


def _undeclared(category: str) -> str:
    return translate(N_("no category {category} is declared")).format(category=category)


def _unknown(named: Iterable[str], known: Collection[str] | None) -> list[str]:
    return [] if known is None else sorted({*named} - {ANY, *known})


def _once(files: Mapping[str, RuleFile]) -> Iterator[str]:
    """What may stand in one file only."""
    for key in ("calendar", "floors"):
        holders = [name for name, file in files.items() if getattr(file, key)]
        if len(holders) > 1:
            twice = translate(N_("given twice (first in {first})")).format(first=holders[0])
            yield f"{holders[1]}: {key}: {twice}"
