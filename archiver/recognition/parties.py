"""Who makes a contract: names behind a label, before "(the Company)", between "between" and "and"."""

import re
from collections.abc import Iterator
from collections.abc import Set as Collection
from dataclasses import dataclass

from archiver.core.normalise import HAN
from archiver.recognition.flow import Flow

_FORM = (
    "有限责任公司|股份有限公司|有限公司|分公司|子公司|总公司|公司|合作社|联合社|事务所|经营部|服务部|工作室"
    "|研究所|研究院|设计院|俱乐部|维修部|营业部|门市部|农场|学校|大学|学院|医院|中心|集团|银行|支行|分行"
    "|委员会|管委会|居委会|村委会|政府|协会|商会|学会|基金会|信用社|联社|商行|车队|超市|商场|酒店|宾馆|工厂|矿业|农庄"
)
_SHORT_FORM = "[厂店部馆行社所院场站坊局]"
"""Endings that are words of sentences too."""
_COMPANY = re.compile(
    rf"(?:[{HAN}A-Za-z0-9()·&]{{1,40}}(?:{_FORM})|[{HAN}A-Za-z0-9()·&]{{3,40}}{_SHORT_FORM})"
    r"(?:\([^()]{2,8}\))?"
)
_LEGAL_HAN = re.compile(rf"(?:{_FORM})(?:\([^()]{{2,8}}\))?$")
_PROSE = re.compile(r"[的经系为并是将应于]|必须|按时|不得")
"""What a sentence has and a name has not."""
_PERSON = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{2,6}}·[{HAN}]{{2,6}}")
_OTHER_NAME = re.compile(rf"[{HAN}A-Za-z0-9()·]{{5,24}}")
_NO_PERSON = re.compile(
    r"签[字名章订]|盖章|公章|日期|地址|电话|代表|条款|名称|姓名|单位|合同|协议|以下|[甲乙丙买卖供需]方|身份|经办|填写|双方|联系|正文"
)
_ENDS = re.compile(
    r"[\t\u2500-\u257f|;。,、:/]|\((?:以下|下称|简称|盖章|公章|签[字章名]|[甲乙丙丁]方)| {2,}|以下简称"
)
_LEAD = re.compile(
    r"^(?:[\s•·\-*:]|\((?:盖章|公章|签[字章名]|全称|[^()]{1,4}方)\)|(?:公司|单位|企业)?(?:名称|全称)\s*(?:\(章\))?\s*:)+"
)
_BLANK = re.compile(r"[_×xX*\s\[\]—…\-.\u3000]*(?:填写|\(个人).*|[_×xX*\s\[\]—…\-.]*")
_LONGEST = 80

_LEGAL = (
    r"(?:Inc(?:orporated)?|Ltd|Limited|LLC|L\.L\.C|LLP|L\.L\.P|LP|L\.P|Corp(?:oration)?|Company|Co|GmbH|AG|KG"
    r"|B\.?V|N\.?V|S\.?A\.?S|S\.?A\.?R\.?L|SARL|S\.?p\.?A|S\.?r\.?l|S\.?A|S\.?L|Pty|Pte|P\.?L\.?C|plc|Oy|AB|A/S"
    r"|Bhd|Sdn|K\.?K|N\.A|Trust|Bank|Partnership|University|Association|Foundation|LIMITED|COMPANY|CORPORATION"
    r"|INC|LTD|CORP|CO|BANK|TRUST)(?![A-Za-z0-9])\.?"
)
_WORD = r"(?:[A-ZÀ-Þ0-9][\w.&'’/+\-]*|[a-z]{1,3}[A-Z0-9][\w\-]*|&|\([A-Z][A-Za-z.]+\))"
_GO = r"(?:[ ]|\n(?=[A-ZÀ-Þ]))"
_NAME = re.compile(
    rf"(?P<name>(?!{_LEGAL}|(?:And|AND|Between|BETWEEN)\b){_WORD}(?:{_GO}(?:(?:of|the|de|for|van|der|di|du)[ ])?(?!{_LEGAL}){_WORD}){{0,9}}?)"
    rf"(?P<form>,?[ \n]{_LEGAL}(?:,?[ \n]?{_LEGAL})*)"
)
_BARE = re.compile(rf"(?P<name>{_WORD}(?:[ ](?:(?:of|the|de|van)[ ])?{_WORD}){{0,7}})")
_TO_FORM = re.compile(rf"[A-ZÀ-Þ0-9][^\t\n:;()]{{2,70}}?,?[ ]{_LEGAL}(?:,?[ ]?{_LEGAL})*")
"""Behind a label words without capitals may be part of a name."""
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+)?(?:between|among)(?:\s+the\s+(?:following|undersigned)[^:\n]{0,80})?\s*:?\s+"
    r"|(?<=[\n\r])Parties\s*:?\s*[\n\r]",
    re.I,
)
_STOP = re.compile(
    r"WHEREAS|RECITALS|BACKGROUND|Background[\n\r]|WITNESSETH|NOW,? THEREFORE|[Pp]arties\s+(?:hereby\s+)?agree"
    r"|Source:|[\n\r]\s*1\.\s|hereinafter referred to individually|Each of "
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


def party(text: str, below: str = "") -> tuple[str, str] | None:
    """The name at the beginning of `text`, which may run on into the line `below`."""
    start = _LEAD.match(text)
    rest = text[start.end() :] if start else text
    if _BLANK.fullmatch(_ENDS.split(rest, maxsplit=1)[0]):
        return None
    if any("\u2e80" <= char for char in rest[:12]):
        return _han(rest, below)
    return _latin(rest)


def is_company(value: str) -> bool:
    """Whether a name has a legal form, or another ending of companies and offices."""
    return bool(_COMPANY.fullmatch(value.replace(" ", "")) or _NAME.fullmatch(value))


def speaks_for_itself(value: str) -> bool:
    """Whether a name is one even behind a label that has lost its colon."""
    han = bool(_LEGAL_HAN.search(value)) and not _PROSE.search(value)
    return han or bool(_NAME.fullmatch(value))


def _han(text: str, below: str) -> tuple[str, str] | None:
    value = _ENDS.split(text.strip(), maxsplit=1)[0].strip()
    bare = value.replace(" ", "")
    company = _COMPANY.match(bare)
    if (company is None or company.end() < len(bare)) and below and value == text.strip():
        tail = _ENDS.split(below.strip(), maxsplit=1)[0].strip()
        longer = _COMPANY.match((bare + tail).replace(" ", ""))
        if (
            longer
            and longer.end() == len(bare + tail) <= _LONGEST
            and ":" not in below[: len(tail) + 1]
        ):
            return longer.group(), longer.group()
    if company and len(bare) - company.end() <= 2:
        return company.group(), value
    named = _PERSON.fullmatch(bare) or _OTHER_NAME.fullmatch(bare)
    if named and not _NO_PERSON.search(bare) and not _PROSE.search(bare):
        return bare, value
    return None


def _latin(text: str) -> tuple[str, str] | None:
    text = text.lstrip(" :,;\"“”'")
    match = _NAME.match(text) or _TO_FORM.match(text) or _BARE.match(text.split("\t")[0])
    if match is None or not any(char.isupper() for char in match.group()):
        return None
    value = " ".join(match.group().split()).rstrip(",;:")
    label = text[match.end() :].lstrip(" ").startswith(":")
    if label or not 3 <= len(value) <= _LONGEST or value.isdigit():
        return None
    return value, match.group()


def parties(text: Flow, known: Collection[str]) -> Iterator[tuple[str, Party]]:
    """Both parties, each with its field; those `known` from labels are not looked for again."""
    found = dict(defined(text))
    if not known & {"company_name", "counterparty"} and not found:
        found = dict(zip(("company_name", "counterparty"), between(text), strict=False))
    yield from ((name, one) for name, one in found.items() if name not in known)


def defined(text: Flow) -> Iterator[tuple[str, Party]]:
    """Names before （以下简称甲方）, each with the field it is."""
    for match in _SHORT.finditer(text.text):
        before = text.text[max(0, match.start() - _LONGEST) : match.start()].rstrip()
        name = re.split(r"[\s,。;:、]|(?<=[由与和及])", before)[-1]
        if _COMPANY.fullmatch(name):
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
        match = _NAME.search(text, at, end)
        bare = next(_bare(text, at, match.start() if match else end, start), None)
        if bare:
            yield Party(
                _one_line(bare["name"]), bare["name"], bare.start(), confidence - 0.2, "between"
            )
            at = bare.end()
            continue
        if match is None:
            return
        at = match.end()
        if _stands_alone(text, start, match.start()) and not _OF_LAW.match(match.group()):
            yield Party(
                _one_line(match.group()), match.group(), match.start(), confidence, "between"
            )


def _han_names(text: str, start: int, end: int, confidence: float) -> Iterator[Party]:
    """Companies named in Han in a sentence in English."""
    for match in _COMPANY.finditer(text, start, end):
        if _LEGAL_HAN.search(match.group()) and _BEFORE_PARTY.search(text[start : match.start()]):
            yield Party(match.group(), match.group(), match.start(), confidence, "between")


def _bare(text: str, at: int, end: int, start: int) -> Iterator[re.Match[str]]:
    """Capitalised words without legal form where only a party can stand."""
    for cue in re.finditer(r"(?<![\w])(?:and|\(\d\)|\(i+\))[\s\t]+|^", text[start:end]):
        if start + cue.end() < at:
            continue
        match = _BARE.match(text, start + cue.end(), end)
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
    for match in _NAME.finditer(text, known.start + len(known.raw)):
        if _stands_alone(text, 0, match.start()) and _same(match.group()) != _same(known.value):
            yield Party(_one_line(match.group()), match.group(), match.start(), 0.6, "at_head")


def _with_alias(text: str) -> Iterator[Party]:
    """Names with a legal form that are given a short one in brackets: X, Inc. (“X”)."""
    for match in _NAME.finditer(text[:_REACH]):
        if _DEFINED.match(text[match.end() : match.end() + 320]):
            yield Party(_one_line(match.group()), match.group(), match.start(), 0.7, "alias")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _same(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def legal_names(text: str) -> Iterator[tuple[str, int]]:
    """Names with a legal form in a line in a European language, with their offsets."""
    for match in _NAME.finditer(text):
        yield _one_line(match.group()), match.start()
