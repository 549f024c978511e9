"""Rules that would have given the answers people gave: proposed, never adopted by themselves.

The rules of today are asked again about every paper a person has decided; where they disagree with
the person, words and labels of that paper are tried as rules, against all decided papers. A rule
that was adopted is not proposed again, because the rules then agree.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archiver.catalogue import decisions
from archiver.catalogue.accepted import accepted
from archiver.core.model import Document, DocumentId, Field, Findings, Page
from archiver.core.normalise import HAN, compact, fold
from archiver.custody import party
from archiver.declarations.categories import OTHER, Categories
from archiver.declarations.fields import FieldRule, FieldRules
from archiver.recognition.category import called, categorise
from archiver.recognition.directory import Directory
from archiver.recognition.fields import find
from archiver.recognition.match import STRONG
from archiver.recognition.names import ENDING, key, twins
from archiver.recognition.rows import Row, rows
from archiver.recognition.said import BY_PERSON
from archiver.vault.vault import Vault

_NEWEST = 2_000
"""Decided papers that are looked at."""
_HEAD_LINES, _TITLE = 12, (3, 16)
"""Lines among which a heading stands, and the characters it has."""
_WEIGHT = 10.0
_TRIED = 12
"""Headings of one category that are tried, those of most papers first."""
_LABEL = re.compile(rf"([{HAN}]{{2,12}}|[A-Za-z][A-Za-z .]{{1,30}}[A-Za-z])\s*[:：]?\s*$")
_PARTIES = ("company_name", "counterparty")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One rule that may be added.

    Attributes:
        kind: `title` (a heading of a category), `label` (of a value), `alias` (of a customer).
        where: the category, the value, the customer.
        text: the heading, label or name.
        category: of the papers that a label is for; else empty.
        papers: decided papers that it would have answered rightly.
    """

    kind: str
    where: str
    text: str
    category: str
    papers: tuple[DocumentId, ...]


@dataclass(frozen=True, slots=True)
class _Decided:
    """A paper a person decided, and what is known of it."""

    document: Document
    findings: Findings
    rows: tuple[Row, ...]


def suggest(vault: Vault) -> tuple[Suggestion, ...]:
    """Every rule that would have answered a decided paper and contradicts none."""
    with vault.catalogue.read() as tx:
        evidence = [(one, decisions.evidence_of(tx, one).findings) for one in accepted(tx, _NEWEST)]
    papers = [_Decided(one, found, tuple(rows(found.reading.pages))) for one, found in evidence]
    return (
        *_aliases(papers, party.directory(vault)),
        *_titles(papers, vault.categories),
        *_labels(papers, vault.fields),
    )


def _aliases(papers: Iterable[_Decided], everybody: Directory) -> Iterator[Suggestion]:
    """Names that nobody has, and that stand on decided papers of one customer only."""
    found: dict[tuple[str, str], list[DocumentId]] = defaultdict(list)
    for paper in papers:
        whose = everybody.get(paper.document.customer)
        names = [
            field.value
            for field in paper.findings.fields
            if field.name in _PARTIES and field.confidence >= STRONG and ENDING.search(field.value)
        ]
        strange = {name for name in names if not everybody.named(name)}
        if whose is None or len(strange) != 1 or any(whose in everybody.named(n) for n in names):
            continue  # of two strangers nobody can say which one it is
        (name,) = strange
        if not any(twins(key(name), key(one)) for one in whose.names):
            found[whose.id, name].append(paper.document.id)
    named = [name for _, name in found]
    for (customer, name), known in found.items():
        if named.count(name) == 1:
            yield Suggestion("alias", customer, name, "", tuple(known))


def _titles(papers: Sequence[_Decided], rules: Categories) -> Iterator[Suggestion]:
    """Headings that papers of a category have, and by which no other paper would be misread."""
    before = {paper.document.id: _answer(paper, rules) for paper in papers}
    missed: dict[str, dict[DocumentId, _Decided]] = defaultdict(dict)
    for paper in papers:
        document = paper.document
        if before[document.id] is not True and document.category != OTHER:
            missed[document.category][document.id] = paper
    for category, left in missed.items():
        for heading in _headings([one.findings.reading.pages for one in left.values()]):
            more = _with_title(rules, category, heading)
            after = {paper.document.id: _answer(paper, more) for paper in papers}
            gained = tuple(sorted(one for one in left if after[one]))
            if gained and all(after[one] in {before[one], True} for one in before):
                yield Suggestion("title", category, heading, "", gained)
                left = {one: paper for one, paper in left.items() if one not in gained}


def _answer(paper: _Decided, rules: Categories) -> bool | None:
    """Whether the rules would file it as the person did; None where they would ask."""
    reading = paper.findings.reading
    found = categorise(reading.pages, rules, called(reading.scan.arrival))
    if found.code == OTHER or found.confidence < rules.sure:
        return None
    return found.code == paper.document.category


def _headings(papers: Sequence[tuple[Page, ...]]) -> list[str]:
    """Short lines at the head, and ends of them that several papers share; commonest first."""
    seen: dict[str, int] = defaultdict(int)
    for pages in papers:
        lines = {
            compact(fold(line.text)) for page in pages[:1] for line in page.lines[:_HEAD_LINES]
        }
        short = {one for one in lines if _TITLE[0] <= len(one) <= _TITLE[1] and _is_words(one)}
        ends = {one[-size:] for one in short for size in range(_TITLE[0], min(9, len(one)))}
        for heading in short | ends:
            seen[heading] += 1
    whole = {one for one in seen if seen[one] > 1 or len(papers) == 1}
    best = sorted(whole, key=lambda one: (-seen[one], -len(one), one))
    return best[:_TRIED]


def _is_words(text: str) -> bool:
    return all(c.isalpha() for c in text)


def _with_title(rules: Categories, category: str, heading: str) -> Categories:
    """The rules with one more heading."""
    more = tuple(
        one.model_copy(update={"title": {**one.title, heading: _WEIGHT}})
        if one.code == category
        else one
        for one in rules.category
    )
    declared = {name: getattr(rules, name) for name in Categories.model_fields}
    return Categories(**{**declared, "category": more})


def _labels(papers: Sequence[_Decided], rules: FieldRules) -> Iterator[Suggestion]:
    """Labels before values that persons gave."""
    found: dict[tuple[str, str, str], list[DocumentId]] = defaultdict(list)
    for paper in papers:
        for given in paper.findings.fields:
            label = _label(paper.rows, given) if given.rule == BY_PERSON else ""
            if not label:
                continue
            kind = next((one.kind for one in rules.field if one.name == given.name), None)
            if kind is None:
                continue
            category = paper.document.category
            rule = FieldRule(name=given.name, kind=kind, labels=(label,), categories=(category,))
            more = FieldRules(ends=rules.ends, field=(*rules.field, rule))
            if _best(paper, category, rules, given.name) != given.value and (
                _best(paper, category, more, given.name) == given.value
                and not _misled(papers, category, (rules, more), given.name)
            ):
                found[given.name, label, category].append(paper.document.id)
    for (name, label, category), known in found.items():
        yield Suggestion("label", name, label, category, tuple(known))


def _misled(
    papers: Iterable[_Decided], category: str, rules: tuple[FieldRules, FieldRules], name: str
) -> bool:
    """Whether the new rules would give a decided paper of that category a wrong value.

    Wrong is what differs from what is known of it, and from what the rules gave before.
    """
    for paper in papers:
        if paper.document.category == category:
            known = paper.findings.first(name)
            before, after = (_best(paper, category, one, name) for one in rules)
            if after not in {before, known.value if known else ""}:
                return True
    return False


def _best(paper: _Decided, category: str, rules: FieldRules, name: str) -> str:
    fields = [one for one in find(paper.rows, category, rules) if one.name == name]
    return max(fields, key=lambda one: one.confidence).value if fields else ""


def _label(lines: Iterable[Row], given: Field) -> str:
    """What stands right before the value in its row; empty where nothing does."""
    for row in lines:
        before, there, _ = row.text.partition(given.raw)
        match = _LABEL.search(before) if there and row.page == given.page else None
        if match:
            return match[1]
    return ""
