"""The tables of sums in a report, from its values and in the chosen language."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

from archiver.core.errors import N_
from archiver.core.model import UNASSIGNED
from archiver.declarations.sentences import sentence
from archiver.declarations.words import translate
from archiver.report.listing import Cell, Column, Kind, Listing, summed
from archiver.report.values import Paper, Party, Values
from archiver.report.wording import (
    GROUPS,
    category_name,
    group,
    party_name,
    rule_length,
    rule_papers,
    rule_title,
    rule_trigger,
    said,
)

_PAPERS = Column(N_("Number of papers"), Kind.COUNT)
_BYTES = Column(N_("Bytes"), Kind.BYTES)
_GROUPS = tuple(Column(heading, Kind.COUNT) for heading in GROUPS.values())


def by_category(values: Values) -> Listing:
    """What is held, by category; categories without papers are left out."""
    columns = (Column(N_("Category"), Kind.LABEL), _PAPERS, _BYTES, *_GROUPS)
    parts = _parts(values.papers, lambda one: one.category)
    names = {one.code: category_name(one, values.cover.lang) for one in values.categories}
    order = [code for code in names if code in parts]
    order += sorted(parts.keys() - names.keys())
    rows = tuple((names.get(code, code), *_sums(parts[code])) for code in order)
    return _with_total("by_category", N_("Papers by category"), columns, rows)


def by_customer(values: Values) -> Listing:
    """What is held, by customer, whoever has most first; customers without papers are named too."""
    columns = (
        Column(N_("Customer no."), Kind.CODE),
        Column(N_("Customer")),
        Column(N_("Kind"), Kind.LABEL),
        *(_PAPERS, _BYTES, *_GROUPS),
    )
    parts = _parts(values.papers, lambda one: one.customer)
    order = sorted(values.parties, key=lambda one: (-len(parts.get(one.id, ())), one.id))
    rows = tuple(
        (one.id, party_name(one.id, one.name), _kind(one), *_sums(parts.get(one.id, ())))
        for one in order
        if one.kind != "unassigned" or one.id in parts
    )
    return _with_total("by_customer", N_("Papers by customer"), columns, rows)


def _kind(party: Party) -> str:
    return "" if party.id == UNASSIGNED else said(party.kind)


def by_year(values: Values) -> Listing:
    """What is held, by the year it must be kept through; what has no year comes last."""
    columns = (Column(N_("Kept through the year"), Kind.LABEL), _PAPERS, _BYTES, *_GROUPS)
    parts = _parts(values.papers, _year)
    order = sorted(parts, key=lambda key: (key in GROUPS, key))
    rows = tuple(
        (translate(GROUPS[key]) if key in GROUPS else key, *_sums(parts[key])) for key in order
    )
    found = _with_total("by_year", N_("Papers by the year they are kept through"), columns, rows)
    return replace(found, short=translate(N_("Papers by year kept through")))


def _year(one: Paper) -> str:
    return f"{one.retain_through.year:04d}" if one.retain_through else group(one)


def _parts(papers: Iterable[Paper], key: Callable[[Paper], str]) -> dict[str, list[Paper]]:
    parts: dict[str, list[Paper]] = defaultdict(list)
    for one in papers:
        parts[key(one)].append(one)
    return parts


def _sums(papers: Iterable[Paper]) -> tuple[Cell, ...]:
    """Papers, bytes, and the papers of each group."""
    listed = list(papers)
    groups = Counter(map(group, listed))
    return len(listed), sum(one.size for one in listed), *(groups[key] for key in GROUPS)


def _with_total(
    key: str, title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]
) -> Listing:
    total = summed(columns, rows, translate(N_("Total"))) if rows else None
    return Listing(key, translate(title), columns, rows, total)


def account_days(values: Values) -> Listing:
    """The drops of the period, day by day."""
    columns = (
        Column(N_("Day"), Kind.DAY),
        Column(N_("Files received"), Kind.COUNT),
        Column(N_("Filed"), Kind.COUNT),
        Column(N_("In review"), Kind.COUNT),
        Column(N_("Duplicate"), Kind.COUNT),
        Column(N_("Quarantined"), Kind.COUNT),
    )
    rows = tuple(
        (
            day.day,
            day.filed + day.review + day.duplicate + day.quarantined,
            *(day.filed, day.review, day.duplicate, day.quarantined),
        )
        for day in values.account.days
    )
    return _with_total("receipts", N_("Receipts by day"), columns, rows)


def balance_sheet(values: Values) -> Listing:
    """The balance of papers, line by line, ending in a difference that must be 0."""
    columns = (Column(N_("Balance of papers"), Kind.LABEL), _PAPERS, _BYTES)
    one = values.balance
    lines = [
        (N_("Opening balance, before {first}"), one.opening),
        (N_("+ ingested"), one.ingested),
        (N_("− folded into another copy of the same paper"), one.folded),
        (N_("− destroyed"), one.destroyed),
        (N_("− taken back by two people"), one.removed),
        (N_("= closing balance, end of {last}"), one.closing),
    ]
    if values.cover.whole:
        lines += [
            (N_("+ ingested since then"), one.since_in),
            (N_("− folded, destroyed or taken back since then"), one.since_out),
        ]
    lines += [
        (N_("Held according to the catalogue, {as_of}"), one.held),
        (N_("Difference (must be 0)"), one.difference),
    ]
    days = {"first": values.cover.first, "last": values.cover.last, "as_of": values.cover.as_of}
    rows = tuple(
        (
            translate(text).format(**days),
            amount.papers,
            amount.bytes,
        )
        for text, amount in lines
    )
    return Listing("balance", translate(N_("Balance of papers")), columns, rows)


def account_sheet(values: Values) -> Listing:
    """The account of the drops of the period, line by line."""
    columns = (Column(N_("Account of drops"), Kind.LABEL), Column(N_("Files"), Kind.COUNT))
    one = values.account
    lines = (
        (N_("Files received"), one.received),
        (N_("= filed"), one.total("filed")),
        (N_("+ in review"), one.total("review")),
        (N_("+ duplicate"), one.total("duplicate")),
        (N_("+ quarantined"), one.total("quarantined")),
        (N_("+ waiting in the inbox"), one.waiting),
        (N_("Difference (must be 0)"), one.difference),
    )
    rows = tuple((translate(text), count) for text, count in lines)
    return Listing("account", translate(N_("Account of drops")), columns, rows)


def faults(values: Values) -> Listing:
    """What is not as recorded."""
    columns = (
        Column(N_("Kind"), Kind.LABEL),
        Column(N_("Document"), Kind.CODE),
        Column(N_("Path")),
        Column(N_("Found")),
    )
    rows = tuple(
        (said(one.kind), one.document, one.path, one.detail) for one in values.inspection.faults
    )
    return Listing("faults", translate(N_("Damage found")), columns, rows)


def rules(values: Values) -> Listing:
    """The retention rules in force, with how many papers each decides about."""
    columns = (
        Column(N_("Rule"), Kind.CODE),
        Column(N_("Title")),
        Column(N_("Papers it is for"), Kind.LABEL),
        Column(N_("Counted from"), Kind.LABEL),
        Column(N_("Period"), Kind.LABEL),
        Column(N_("Start"), Kind.LABEL),
        Column(N_("Basis"), Kind.LABEL),
        Column(N_("Papers it decides about"), Kind.COUNT),
        Column(N_("Law or document"), only_workbook=True),
        Column(N_("File"), Kind.CODE, only_workbook=True),
    )
    lang = values.cover.lang
    labels = {one.code: category_name(one, lang) for one in values.categories}
    governed = Counter(rule for one in values.papers for rule in one.rules)
    rows = tuple(
        (
            one.id,
            rule_title(one, lang),
            rule_papers(one, labels),
            rule_trigger(one),
            rule_length(one),
            translate(_STARTS[one.start]) if one.start else "",
            said(one.basis),
            governed[one.id],
            *(one.law, one.file),
        )
        for one in values.rules
    )
    return Listing("rules", translate(N_("Rules in force")), columns, rows)


_STARTS = {
    "next_day": N_("the next day"),
    "next_month_1": N_("first day of the next month"),
    "next_jan_1": N_("1 January of the next year"),
}


def found(values: Values) -> Listing:
    """What a person must do; the last columns are left free for the answer."""
    columns = (
        Column(N_("No."), Kind.CODE),
        Column(N_("When"), Kind.LABEL),
        Column(N_("Finding, and what to do")),
        Column(N_("Whose"), Kind.LABEL),
        Column(N_("Settled on, by"), Kind.BLANK),
    )
    rows = tuple(
        (f"{at}", said(one.level), sentence(one.because), said(one.owner), None)
        for at, one in enumerate(values.findings, start=1)
    )
    return Listing("findings", translate(N_("Findings")), columns, rows)
