"""How long something runs, and when that ends: 有效期三年, a term of five (5) years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archiver.core.model import Field
from archiver.core.periods import Period, add
from archiver.recognition.dates import dates
from archiver.recognition.flow import Flow
from archiver.recognition.found import day_fields
from archiver.recognition.numerals import digits, han_number

_COUNT = r"[0-9〇零一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+"
_HAN = re.compile(
    rf"(?<![0-9第年月])(?:(?P<years>{_COUNT})\s*(?:\({_COUNT}\))?\s*周?年(?:[期整])?)?"
    rf"(?:(?P<half>半年?)|(?P<months>{_COUNT})\s*(?:\({_COUNT}\))?\s*个?月|(?P<days>{_COUNT})\s*[天日])?"
)
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_WORDS = _NUMBERS.split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_LATIN = re.compile(
    rf"\b(?P<count>\d{{1,3}}|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_WORDS[:9])}))?|{'|'.join(_WORDS)})"
    r"\s*(?:\(\s*(?P<figure>\d{1,3})\s*\))?[\s-]*(?:full\s+|calendar\s+|consecutive\s+)?"
    r"(?P<unit>years?|months?)(?![A-Za-z])",
    re.I,
)
_CUE = re.compile(
    r"(?:有效|合同|协议|租赁|服务|合作|履行|承包|委托|授权|聘用|借款|使用|租)期(?:限|间)?"
    r"(?:\([^()]{1,10}\))?(?:规定|约定|共计|共|为|是|:|,|\s)*"
)
_REACH = 60
_MOST_YEARS = 70
"""The longest term of a lease or a right to land (Civil Code art. 359, 705); more is a date."""
_STOP = re.compile(r"[。;\f]")
_NOT_BEFORE = re.compile(
    r"(?:提前|之前|届满前?|内|后|逾期|延长|续[签约期]|每|质保|保修)[^,。;]{0,6}$"
)
_SIGNED = re.compile(r"签[订署定字约]|盖章|订立")
_ISSUED = re.compile(r"颁发|发证|签发|填发|发布|出具")


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in a text, with where it stands."""

    period: Period
    raw: str
    start: int
    end: int


def lengths(text: str) -> Iterator[Length]:
    """Every length of time in Han: 三年, 叁(3)年, 一年零六个月, 24个月, 90日, 两年半."""
    for match in _HAN.finditer(text):
        if not match.group():
            continue
        try:
            years, months, days = (_count(match[name]) for name in ("years", "months", "days"))
            months += 6 if match["half"] else 0
            period = Period(years, months, days)
        except ValueError:
            continue
        if period.years > _MOST_YEARS:
            continue
        yield Length(period, match.group(), match.start(), match.end())


def _count(text: str | None) -> int:
    if not text:
        return 0
    try:
        return han_number(text)
    except ValueError:
        return digits(text)


def latin_lengths(text: str) -> Iterator[Length]:
    """Every length in English: five (5) years, twenty-four months. Words and figure must agree."""
    for match in _LATIN.finditer(text):
        count = _english(match["count"].lower())
        if count and (match["figure"] is None or int(match["figure"]) == count):
            years = match["unit"].lower().startswith("year")
            period = Period(years=count) if years else Period(months=count)
            yield Length(period, match.group(), match.start(), match.end())


def _english(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, _, ones = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + (_WORDS.index(ones) + 1 if ones else 0)
    return _WORDS.index(word) + 1


def terms(text: Flow, known: tuple[Field, ...]) -> Iterator[Field]:
    """Beginning and end of what 有效期, 合同期限 and the like say in running text.

    A length without dates is counted from the day the text names, or from the day of the paper; the
    arithmetic stands in the rule of the field.
    """
    for cue in _CUE.finditer(text.text):
        stop = _STOP.search(text.text, cue.end())
        end = min(cue.end() + _REACH, stop.start() if stop else len(text.text))
        found = dates(text.text[cue.end() : end], labelled=True)
        where = cue.group().strip(" :,为是")
        if len(found) > 1:
            for name, one in zip(("valid_from", "expiry_date"), found, strict=False):
                at = text.at(cue.end() + one.start)
                yield from day_fields(name, one, at, (f"term:{where}", 0.9))
            return
        length = next(lengths(text.text[cue.end() : end]), None)
        if length is None or _NOT_BEFORE.search(text.text[cue.end() : cue.end() + length.start]):
            continue
        base = found[0].value if found else _base(text.text[cue.end() : end], known)
        if base:
            yield counted(text, base, length, cue.end())
            return


def counted(text: Flow, base: date, length: Length, offset: int) -> Field:
    """The end of a length that begins on `base`; the day it begins is not counted."""
    row, line = text.at(offset + length.start)
    rule = f"term:{base.isoformat()}+{length.period}"
    confidence = round(0.8 * line.confidence, 3)
    value = add(base, length.period).isoformat()
    return Field("expiry_date", value, length.raw, confidence, row.page, line.box, rule)


def _base(words: str, known: tuple[Field, ...]) -> date | None:
    """The day that a length is counted from: of signing, of issue, of taking effect."""
    names = ("valid_from", "issue_date", "start_date")
    if _SIGNED.search(words) or _ISSUED.search(words):
        names = ("issue_date", "valid_from", "start_date")
    return first_day(known, *names)


def first_day(known: tuple[Field, ...], *names: str) -> date | None:
    """The value of the first of those dates that is known and has one meaning."""
    for name in names:
        found = [one for one in known if one.name == name]
        best = max(found, key=lambda one: one.confidence, default=None)
        if best and best.confidence > 0.5:
            return date.fromisoformat(best.value)
    return None
