"""The days of a contract as its sentences say them: made, in force from, in force until."""

import re
from collections.abc import Iterator

from archiver.core.model import Field
from archiver.recognition.dates import LONG_TERM, dates
from archiver.recognition.flow import Flow
from archiver.recognition.found import day_fields
from archiver.recognition.terms import counted, first_day, latin_lengths

_HEAD = 20_000
_BODY = 400_000
"""Characters that are looked through: a long contract has less."""
_MADE = re.compile(
    r"(?:entered\s+into|made|executed|concluded|signed|dated?|签[订署]于|订立于|签[订署定]日期)\b[^.;。]{0,60}$",
    re.I,
)
_DATED = re.compile(r"\bdated?\s*[:.]?\s*$", re.I)
_FULL = re.compile(r"\d{4}(?!\d)|年")
"""A year that needs no "dated" before it."""
_OF_ANOTHER = re.compile(
    r"that\s+certain|pursuant\s+to|in\s+accordance\s+with|as\s+amended|previous|prior", re.I
)
_EFFECTIVE = re.compile(
    r"(?:effective\s+(?:as\s+of|from|on)|(?:effective|commencement|start(?:ing)?)\s+date[\"”'’)]*"
    r"\s*(?:shall\s+(?:be|mean)|means?|is|:)?|commenc\w+\s+(?:on|from|as\s+of)|beginn?\w*\s+on"
    r"|(?:生效日期?|起租日|自)[为是:]?)[^.;。]{0,30}$",
    re.I,
)
_IS_EFFECTIVE = re.compile(
    r"\s*,?\s*\(\s*(?:the\s+)?[\"“'”]*\s*(?:effective|commencement|start)\s+date|起(?:开始)?生效",
    re.I,
)
_AS_SIGNED = re.compile(
    r"(?:effective|commenc\w+|in\s+force|into\s+(?:force|effect))\b[^.;]{0,40}\b(?:date\s+(?:hereof|first|of\s+"
    r"(?:this|signing|signature|execution))|upon\s+(?:\w+\s+){0,3}(?:signing|signature|execution|signed|executed))"
    r"|自?(?:双方)?(?:签[字订署]|盖章)[^。;]{0,20}(?:之日|后|时)?起?(?:立即)?生效",
    re.I,
)
_UNTIL = re.compile(
    r"(?:until|through|thru|expires?\b(?:\s+on)?|terminates?\s+on|end(?:s|ing)?\s+on|expiration\s+date)"
    r"[^.;,]{0,24}$",
    re.I,
)
_ABOUT = re.compile(r"\b(?:agreement|contract|term|lease|licen[cs]e)\b", re.I)
_TERM = re.compile(
    r"\binitial\s+term|\bterm\s+of\s+(?:this|the)|\b(?:have|for|has)\s+a\s+term\b|\bterm\s*:|^\s*(?:\d+\.?\d*\s*)?term\b"
    r"|\b(?:agreement|contract|lease)\b.{0,160}\b(?:commence|begin|continue|remain|be\s+(?:valid|effective|for)|in\s+force"
    r"|in\s+effect|expire|effective)",
    re.I | re.S,
)
_NO_TERM = re.compile(
    r"renew|exten[ds]|additional|successive|notice|following|after|prior|surviv|confidential|warrant"
    r"|not\s+less\s+than|at\s+least|terminat\w+\s+of|interest|thereafter",
    re.I,
)
_AFTER_NO_TERM = re.compile(
    r"\s*(?:prior|written|after|following|notice|of\s+(?:receipt|age)|ago|old)\b", re.I
)
_ENDLESS = re.compile(
    r"\b(?:agreement|contract)\b[^.;]{0,120}\b(?:shall|will)\s+(?:continue|remain|be)[^.;]{0,100}"
    r"(?:until\s+(?:\w+\s+){0,2}terminat|so\s+long\s+as|indefinite|in\s+perpetuity|perpetual)",
    re.I,
)
_SENTENCE_END = re.compile(r"[.;。]\s+(?=[A-Z(\d\"“])|。|\f")
_BACK = 260
_TOP = 15
"""Rows of a contract in which a date alone is that of its title."""
_SIGNING = re.compile(r"签[字章名订]|盖章|公章|代表人?|代理人|signature|signed|^by\b|\bby:", re.I)
_ALONE = re.compile(r"签[订署约定]|日期|时间|date|[\s:.,()_\-年月日\t]", re.I)


def contract_days(text: Flow, known: tuple[Field, ...]) -> Iterator[Field]:
    """Days of making, beginning and end; those `known` from labels are the base of arithmetic."""
    found = [*_begun(text)]
    if not any(one.name == "issue_date" for one in (*known, *found)):
        found.extend(_otherwise(text, found))
    if not any(one.name == "valid_from" for one in (*known, *found)):
        found.extend(_as_signed(text, (*known, *found)))
    yield from found
    if not any(one.name == "expiry_date" for one in known):
        yield from _ended(text, (*known, *found))


def _begun(text: Flow) -> Iterator[Field]:
    """The first day of each kind that the head of the contract, or a definition, names."""
    seen: set[str] = set()
    for found in dates(text.text[:_BODY], labelled=True):
        before = _sentence(text.text, found.start)[-100:]
        after = text.text[found.end : found.end + 40]
        kinds = []
        if not _FULL.search(found.raw) and not _DATED.search(before):
            continue
        if found.start < _HEAD and _MADE.search(before) and not _OF_ANOTHER.search(before):
            kinds.append("issue_date")
        if _IS_EFFECTIVE.match(after) or _EFFECTIVE.search(before):
            kinds.append("valid_from")
        for name in kinds:
            if name not in seen:
                seen.add(name)
                yield from day_fields(name, found, text.at(found.start), ("prose", 0.96))


def _otherwise(text: Flow, found: list[Field]) -> Iterator[Field]:
    """The day of making where no sentence says it: alone at the head, or among the signatures."""
    alone = [*_alone(text, head=True)] or [*_alone(text, head=False)]
    if alone:
        yield from alone
        return
    for one in found:
        if one.name == "valid_from":
            yield Field("issue_date", one.value, one.raw, 0.6, one.page, one.box, "as_effective")
            return


def _alone(text: Flow, *, head: bool) -> Iterator[Field]:
    """A date alone in its row, in the first rows or, behind the first signature, the latest."""
    rows = list(zip(text.rows, text.starts, strict=True))
    signed = _signatures(text)
    picked = rows[: min(_TOP, signed)] if head else rows[max(0, signed - 3) :]
    days = [
        (found, start)
        for row, start in picked
        for found in dates(row.text, labelled=not head)
        if not _ALONE.sub("", _without_dates(row.text))
    ]
    if not days:
        return
    found, start = days[0] if head else max(days, key=lambda one: one[0].value)
    yield from day_fields(
        "issue_date", found, text.at(start), ("at_head" if head else "at_foot", 0.8)
    )


def _signatures(text: Flow) -> int:
    """The number of the row in the second half with which the signatures begin."""
    half = len(text.rows) // 2
    numbers = range(half, len(text.rows))
    return next((at for at in numbers if _SIGNING.search(text.rows[at].text)), len(text.rows))


def _without_dates(text: str) -> str:
    for found in dates(text, labelled=True):
        text = text.replace(found.raw, "")
    return text


def _as_signed(text: Flow, known: tuple[Field, ...]) -> Iterator[Field]:
    """A contract that says it takes effect when it is signed."""
    day, match = first_day(known, "issue_date"), _AS_SIGNED.search(text.text[:_BODY])
    if day and match:
        row, line = text.at(match.start())
        raw = " ".join(match.group().split())
        yield Field("valid_from", day.isoformat(), raw, 0.8, row.page, line.box, "as_signed")


def _ended(text: Flow, known: tuple[Field, ...]) -> Iterator[Field]:
    """The day until which a sentence lets the contract run, else a term counted, else no end."""
    body = text.text[:_BODY]
    for found in dates(body):
        sentence = _sentence(body, found.start)
        if _UNTIL.search(sentence) and _ABOUT.search(sentence):
            yield from day_fields("expiry_date", found, text.at(found.start), ("prose", 0.9))
            return
    for length in latin_lengths(body):
        sentence = _sentence(body, length.start)
        if not _TERM.search(sentence) or _NO_TERM.search(sentence[-100:]):
            continue
        if _AFTER_NO_TERM.match(body, length.end):
            continue
        base = first_day(known, *_base(body[length.end : length.end + 80] + sentence))
        if base:
            yield counted(text, base, length, 0)
            return
    endless = _ENDLESS.search(body)
    if endless:
        row, line = text.at(endless.start())
        raw = " ".join(endless.group().split())[:120]
        yield Field("expiry_date", LONG_TERM, raw, 0.7, row.page, line.box, "prose")


def _base(words: str) -> tuple[str, str]:
    """Which day a term is counted from."""
    if re.search(r"effective\s+date|commencement", words, re.I):
        return "valid_from", "issue_date"
    return "issue_date", "valid_from"


def _sentence(text: str, end: int) -> str:
    """What a sentence says before `end`."""
    start = max(0, end - _BACK)
    for stop in _SENTENCE_END.finditer(text, start, end):
        start = stop.end()
    return text[start:end]
