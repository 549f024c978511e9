"""The lists of single papers and drops that a report drills down to."""

from collections.abc import Callable, Iterable
from datetime import date

from archiver.core.errors import N_
from archiver.declarations.codes import AUTHORITIES, SCOPES, called
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.report.listing import Cell, Column, Kind, Listing
from archiver.report.values import Paper, Values
from archiver.report.wording import (
    category_name,
    group,
    marks,
    party_name,
    reasons,
    said,
    standing,
    why_permanent,
)

COMING = 365
"""Days ahead that the list of what comes due looks."""

_NUMBER = Column(N_("Archive number"), Kind.CODE)
_TITLE = Column(N_("Title"))
_CUSTOMER = Column(N_("Customer no."), Kind.CODE)
_NAME = Column(N_("Customer"))
_CATEGORY = Column(N_("Category"), Kind.LABEL)
_RULE = Column(N_("Rule"), Kind.CODE)
_KEPT = Column(N_("Kept through (last day)"), Kind.DAY)
_DUE = Column(N_("Due date (day after)"), Kind.DAY)
_STANDS = Column(N_("Stands at, blocked by"), Kind.LABEL)
_WHY = Column(N_("Reason in full"), only_workbook=True)
_AGE = Column(N_("Days"), Kind.COUNT)


class Lists:
    """Every list of a report, from its values and in the chosen language."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self._today = values.cover.as_of
        lang = values.cover.lang
        self._labels = {one.code: category_name(one, lang) for one in values.categories}
        self._names = {one.id: party_name(one.id, one.name) for one in values.parties}

    def due(self) -> Listing:
        """What may be appraised, or is on its way out, the longest due first."""
        columns = (
            *(_NUMBER, _TITLE, _CUSTOMER, _NAME, _RULE, _KEPT, _DUE),
            Column(N_("Days overdue"), Kind.COUNT),
            _STANDS,
            _WHY,
        )
        found = [one for one in self._values.papers if group(one) == "due"]
        rows = (
            (*self._dated(one), _days(one.due_date, self._today), marks(one), reasons(one))
            for one in sorted(found, key=_by_due)
        )
        return Listing("due", translate(N_("Due list")), columns, tuple(rows))

    def coming(self) -> Listing:
        """What becomes due within a year, the first first."""
        columns = (
            *(_NUMBER, _TITLE, _CUSTOMER, _NAME, _RULE, _KEPT, _DUE),
            Column(N_("Days until due"), Kind.COUNT),
            _STANDS,
            _WHY,
        )
        rows = (
            (*self._dated(one), -_days(one.due_date, self._today), marks(one), reasons(one))
            for one in sorted(coming(self._values), key=_by_due)
        )
        return Listing("coming", translate(N_("Coming due")), columns, tuple(rows))

    def permanent(self) -> Listing:
        """What is kept for ever, and why."""
        columns = (
            *(_NUMBER, _TITLE, _CUSTOMER, _NAME),
            Column(N_("Permanent because of"), Kind.LABEL),
            Column(N_("Event"), Kind.CODE),
            Column(N_("Recorded on"), Kind.DAY),
            _RULE,
            _WHY,
        )
        found = [one for one in self._values.papers if one.state == "PERMANENT"]
        rows = (
            (*self._whose(one), why_permanent(one), *_flagged(one), _rules(one), reasons(one))
            for one in found
        )
        return Listing("permanent", translate(N_("Permanent archives")), columns, tuple(rows))

    def holds(self) -> Listing:
        """What stops disposal until somebody releases it, the oldest first."""
        columns = (
            Column(N_("Hold"), Kind.CODE),
            Column(N_("Scope"), Kind.LABEL),
            Column(N_("Target")),
            Column(N_("Papers"), Kind.COUNT),
            Column(N_("Ordered by"), Kind.LABEL),
            Column(N_("Reason")),
            Column(N_("Reference")),
            Column(N_("Placed on"), Kind.DAY),
            _AGE,
            Column(N_("Review on"), Kind.DAY),
        )
        rows = (
            (
                *(one.id, called(SCOPES, one.scope), one.target, one.papers),
                *(called(AUTHORITIES, one.authority), one.reason, one.reference, one.placed_on),
                *(_days(one.placed_on, self._today), one.review_on),
            )
            for one in self._values.holds
        )
        return Listing("holds", translate(N_("Holds")), columns, tuple(rows))

    def exceptions(self) -> Listing:
        """What has no date to be kept to."""
        columns = (
            *(_NUMBER, _TITLE, _CUSTOMER, _NAME, _CATEGORY),
            Column(N_("What is open"), Kind.LABEL),
            _RULE,
            Column(N_("Received on"), Kind.DAY),
            _AGE,
            _WHY,
        )
        rows = (
            (
                *self._whose(one),
                self._label(one.category),
                standing(one),
                _rules(one),
                one.day,
                _days(one.day, self._today),
                reasons(one),
            )
            for one in sorted(exceptions(self._values), key=lambda one: (standing(one), one.id))
        )
        return Listing("exceptions", translate(N_("Without a last day")), columns, tuple(rows))

    def review(self) -> Listing:
        """What a person must decide, the oldest first."""
        columns = (
            *(_NUMBER, _TITLE, _CATEGORY),
            Column(N_("What to decide")),
            Column(N_("Received on"), Kind.DAY),
            _AGE,
        )
        rows = (
            (
                one.archive_no,
                one.title,
                self._label(one.category),
                " ".join(map(sentence, one.open)),
                one.day,
                _days(one.day, self._today),
            )
            for one in sorted(waiting(self._values), key=lambda one: (one.day, one.id))
        )
        return Listing("review", translate(N_("Waiting for review")), columns, tuple(rows))

    def quarantine(self) -> Listing:
        """What could not be taken in, the oldest first."""
        columns = (
            Column(N_("Receipt"), Kind.CODE, only_workbook=True),
            Column(N_("File as dropped")),
            Column(N_("Reason, and what to do")),
            Column(N_("Bytes"), Kind.BYTES),
            Column(N_("Put aside on"), Kind.DAY),
            _AGE,
            Column(N_("Still there"), Kind.LABEL),
            Column(N_("SHA-256"), Kind.CODE, only_workbook=True),
        )
        rows = (
            (
                one.receipt,
                one.source,
                " ".join(map(sentence, one.reasons)),
                one.size,
                one.day,
                _days(one.day, self._today),
                said("yes" if one.there else "no"),
                one.sha256,
            )
            for one in self._values.quarantine
        )
        return Listing("quarantine", translate(N_("Quarantine")), columns, tuple(rows))

    def papers(self) -> Listing:
        """Everything that is held, once each."""
        columns = (
            *(_NUMBER, Column(N_("Document"), Kind.CODE), _TITLE, _CUSTOMER, _NAME, _CATEGORY),
            Column(N_("Date of the paper"), Kind.DAY),
            Column(N_("Received on"), Kind.DAY),
            Column(N_("Bytes"), Kind.BYTES),
            Column(N_("State"), Kind.LABEL),
            *(_RULE, _KEPT, _DUE, _STANDS, _WHY),
        )
        return Listing(
            "papers",
            translate(N_("All papers")),
            columns,
            tuple(self._whole(one) for one in self._values.papers),
        )

    def _whole(self, one: Paper) -> tuple[Cell, ...]:
        number, title, *whose = self._whose(one)
        return (
            *(number, one.id, title, *whose, self._label(one.category)),
            *(one.doc_date, one.day, one.size, standing(one), _rules(one)),
            *(one.retain_through, one.due_date, marks(one), reasons(one)),
        )

    def _whose(self, one: Paper) -> tuple[Cell, ...]:
        return one.archive_no, one.title, one.customer, self._names.get(one.customer, "")

    def _dated(self, one: Paper) -> tuple[Cell, ...]:
        return *self._whose(one), _rules(one), one.retain_through, one.due_date

    def _label(self, code: str) -> str:
        return self._labels.get(code, code)


def coming(values: Values) -> list[Paper]:
    """What becomes due within a year."""
    return _chosen(
        values.papers,
        lambda one: one.state == "RETAINED" and -_days(one.due_date, values.cover.as_of) <= COMING,
    )


def exceptions(values: Values) -> list[Paper]:
    """What has no date to be kept to: missing or impossible dates, no event yet, no rule."""
    states = {"EXCEPTION", "AWAITING_TRIGGER", "UNSCHEDULED"}
    return _chosen(values.papers, lambda one: one.state in states)


def waiting(values: Values) -> list[Paper]:
    """What a person must decide."""
    return _chosen(values.papers, lambda one: bool(one.open))


def _chosen(papers: Iterable[Paper], wanted: Callable[[Paper], bool]) -> list[Paper]:
    return [one for one in papers if wanted(one)]


def _by_due(one: Paper) -> tuple[date, str]:
    return one.due_date or date.max, one.id


def _days(day: date | None, today: date) -> int:
    return (today - day).days if day else 0


def _rules(one: Paper) -> str:
    return ", ".join(one.rules)


def _flagged(one: Paper) -> tuple[str, date | None]:
    """The events that set the flags, and the first day one was recorded."""
    facts = [dict(because.facts) for because in one.because if because.code == "permanent_by_flag"]
    days = [date.fromisoformat(one["recorded"]) for one in facts]
    return ", ".join(one["event"] for one in facts), min(days, default=None)
