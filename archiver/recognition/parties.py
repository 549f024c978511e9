"""Who makes a contract: names before （以下简称甲方）, and between "between" and "and"."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from archiver.recognition.flow import Flow
from archiver.recognition.party import (
    CAPITALISED,
    HAN_COMPANY,
    HAN_LEGAL,
    LATIN_COMPANY,
    LONGEST,
    one_line,
    party,
)

_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among)(?:\s+the\s+(?:following|undersigned)[^:\n]{0,80})?\s*:?\s+"
    r"|(?<=[\n\r])Parties\s*:?\s*[\n\r]",
    re.I,
)
_STOP = re.compile(
    r"WHEREAS|RECITALS|BACKGROUND|Background[\n\r]|WITNESSETH|NOW,? THEREFORE"
    r"|[Pp]arties\s+(?:hereby\s+)?agree|Source:|[\n\r]\s*1\.\s"
    r"|hereinafter referred to individually|Each of "
)
_REACH = 1600
_HEAD = 20_000
"""Characters of a contract that may name its parties."""
_LINE = re.compile(r"([^\n]*)\n")
_SHORT_LINE = 45
_BEFORE_PARTY = re.compile(
    r"(?:^|\band|&|,|\)|\]|:|;|[\n\r])[\s\t]*(?:\(?(?:\d|i{1,3}|[a-c])\)[\s\t]*)?$", re.I
)
_AFTER_BARE = re.compile(r"\s*(?:,|\(|[\n\r]|having\b|with\b|whose\b|an?\s|and\b)")
_OF_LAW = re.compile(r"^(?:State|Republic|Kingdom|Province|Commonwealth|City|County|Company Act)\b")
_DEFINED = re.compile(r"^[^()\n\r]{0,40}[^()]{0,260}\(\s*[^()]{0,60}[\"“”']")
_ROLE = r"(?:甲方|乙方|[买卖供需]方|委托方|受托方|出租方|承租方|发包方|承包方|采购方|供应方)"
_SHORT = re.compile(
    rf"\((?:以下|下|在此)?(?:简称|称)?(?:为|作)?[\"“”'‘]?(?P<role>{_ROLE})[\"“”'’]?\)"
)
_FIRST_ROLES = re.compile(r"甲方|[买需]方|委托方|出租方|发包方|采购方")


@dataclass(frozen=True, slots=True)
class Party:
    """A name in a text: as it is meant, as it stands there, where, and how sure."""

    value: str
    raw: str
    start: int
    confidence: float
    rule: str


def parties(text: Flow, known: Set[str]) -> Iterator[tuple[str, Party]]:
    """Both parties, each with its field; those `known` from labels are not looked for again."""
    found = dict(defined(text))
    if not known & {"company_name", "counterparty"} and not found:
        found = dict(zip(("company_name", "counterparty"), between(text), strict=False))
    yield from ((name, one) for name, one in found.items() if name not in known)


def defined(text: Flow) -> Iterator[tuple[str, Party]]:
    """Names before （以下简称甲方）, each with the field it is."""
    for match in _SHORT.finditer(text.text):
        before = text.text[max(0, match.start() - LONGEST) : match.start()].rstrip()
        name = re.split(r"[\s,。;:、]|(?<=[由与和及])", before)[-1]
        if party(name) and HAN_COMPANY.fullmatch(name):
            field = "company_name" if _FIRST_ROLES.fullmatch(match["role"]) else "counterparty"
            start = match.start() - len(name)
            yield field, Party(name, name, start, 0.95, f"before:{match['role']}")


def between(text: Flow) -> list[Party]:
    """The first two parties of a contract in a European language, in order of appearance."""
    head = _LINE.sub(_cut_short, text.text[: _head(text)])
    for cue in _BETWEEN.finditer(head):
        found = _in(head, cue.end(), 0.95)
        if len(found) > 1:
            return found[:2]
        if found:
            return [*found, *_others(head, found[0])][:2]
    return list(_with_alias(head))[:2]


def _head(text: Flow) -> int:
    """Where the third page begins: nobody names the parties for the first time later."""
    pages = [start for row, start in zip(text.rows, text.starts, strict=True) if row.page > 3]
    return min(_HEAD, *pages[:1], len(text.text))


def _cut_short(line: re.Match[str]) -> str:
    """A line whose end is one for a name too: a short one has not run into the next."""
    return line[1] + ("\r" if len(line[1]) < _SHORT_LINE else "\n")


def _in(text: str, start: int, confidence: float) -> list[Party]:
    """The parties named from `start` on, until something else begins."""
    stop = _STOP.search(text, start)
    end = min(start + _REACH, stop.start() if stop else len(text))
    found: list[Party] = []
    named = (*_names(text, start, end, confidence), *_han_names(text, start, end, confidence))
    for one in sorted(named, key=lambda one: one.start):
        if all(_same(one.value) != _same(other.value) for other in found):
            found.append(one)
    return found


def _names(text: str, start: int, end: int, confidence: float) -> Iterator[Party]:
    """Names with a legal form; without one only right behind "between", "and" or a number."""
    at = start
    while at < end:
        match = LATIN_COMPANY.search(text, at, end)
        bare = next(_bare(text, at, match.start() if match else end, start), None)
        if bare:
            yield Party(
                one_line(bare["name"]), bare["name"], bare.start(), confidence - 0.2, "between"
            )
            at = bare.end()
            continue
        if match is None:
            return
        at = match.end()
        if _stands_alone(text, start, match.start()) and not _OF_LAW.match(match.group()):
            yield Party(
                one_line(match.group()), match.group(), match.start(), confidence, "between"
            )


def _han_names(text: str, start: int, end: int, confidence: float) -> Iterator[Party]:
    """Companies named in Han in a sentence in English."""
    for match in HAN_COMPANY.finditer(text, start, end):
        if HAN_LEGAL.search(match.group()) and _BEFORE_PARTY.search(text[start : match.start()]):
            yield Party(match.group(), match.group(), match.start(), confidence, "between")


def _bare(text: str, at: int, end: int, start: int) -> Iterator[re.Match[str]]:
    """Capitalised words without legal form where only a party can stand."""
    for cue in re.finditer(r"(?<![\w])(?:and|\(\d\)|\(i+\))[\s\t]+|^", text[start:end]):
        if start + cue.end() < at:
            continue
        match = CAPITALISED.match(text, start + cue.end(), end)
        if (
            match
            and _AFTER_BARE.match(text, match.end())
            and _DEFINED.match(text[match.end() : match.end() + 400])
        ):
            yield match


def _stands_alone(text: str, start: int, at: int) -> bool:
    """Whether a name is not "a division of X", "under the laws of X", "a Nevada Corporation"."""
    return bool(_BEFORE_PARTY.search(text[start:at]))


def _others(text: str, known: Party) -> Iterator[Party]:
    """Other names with a legal form at the head: weaker evidence."""
    for match in LATIN_COMPANY.finditer(text, known.start + len(known.raw)):
        if _stands_alone(text, 0, match.start()) and _same(match.group()) != _same(known.value):
            yield Party(one_line(match.group()), match.group(), match.start(), 0.6, "at_head")


def _with_alias(text: str) -> Iterator[Party]:
    """Names with a legal form that are given a short one in brackets: X, Inc. (“X”)."""
    for match in LATIN_COMPANY.finditer(text[:_REACH]):
        if _DEFINED.match(text[match.end() : match.end() + 320]):
            yield Party(one_line(match.group()), match.group(), match.start(), 0.7, "alias")


def _same(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
