"""One name of a party, Han or Latin: a company, an office, a person behind a label."""

import re
from collections.abc import Iterator

from archiver.core.normalise import HAN

_FORM = (
    "公司|合作社|联合社|事务所|经营部|服务部|工作室|研究所|研究院|设计院|俱乐部|维修部|营业部|门市部"
    "|农场|农庄|学校|大学|学院|医院|中心|集团|银行|支行|分行|委员会|管委会|居委会|村委会|政府|协会|商会"
    "|学会|基金会|信用社|联社|商行|车队|超市|商场|酒店|宾馆|工厂|矿业"
)
_SHORT_FORM = "[厂店部馆行社所院场站坊局]"
"""Endings that are words of sentences too."""
HAN_COMPANY = re.compile(
    rf"(?:[{HAN}A-Za-z0-9()·&]{{1,40}}(?:{_FORM})|[{HAN}A-Za-z0-9()·&]{{3,40}}{_SHORT_FORM})"
    r"(?:\([^()]{2,8}\))?"
)
_ONLY_FORM = re.compile(rf"(?:{_FORM}|有限公司)")
"""What a blank form prints behind the blank."""
HAN_LEGAL = re.compile(rf"(?:{_FORM})(?:\([^()]{{2,8}}\))?$")
_PROSE = re.compile(r"[的经系为并是将应于]|必须|按时|不得")
"""What a sentence has and a name has not."""
_PERSON = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{2,6}}·[{HAN}]{{2,6}}")
_OTHER_NAME = re.compile(rf"[{HAN}A-Za-z0-9()·]{{5,24}}")
_SENTENCE = re.compile(rf"[,。][{HAN}]")
_NO_PERSON = re.compile(
    r"签[字名章订]|盖章|公章|日期|地址|电话|代表|条款|名称|姓名|单位|合同|协议|以下|[甲乙丙买卖供需]方"
    r"|身份|经办|填写|双方|联系|正文"
)
_ENDS = re.compile(
    r"[\t\u2500-\u257f|;。,、:/]|\((?:以下|下称|简称|盖章|公章|签[字章名]|[甲乙丙丁]方)| {2,}"
    r"|以下简称"
)
_LEAD = re.compile(
    r"^(?:[\s•·\-*:]|\((?:盖章|公章|签[字章名]|全称|[^()]{1,4}方)\)"
    r"|(?:公司|单位|企业)?(?:名称|全称)\s*(?:\(章\))?\s*:)+"
)
_BLANK = re.compile(r"[_×xX*\s\[\]—…\-.\u3000]*(?:填写|\(个人).*|[_×xX*\s\[\]—…\-.]*")
LONGEST = 80

_LEGAL = (
    r"(?:Inc(?:orporated)?|Ltd|Limited|L\.?L\.?C|L\.?L\.?P|L\.?P|Corp(?:oration)?|Company|Co|GmbH|AG"
    r"|KG|B\.?V|N\.?V|S\.?A\.?S|S\.?A\.?R\.?L|S\.?p\.?A|S\.?r\.?l|S\.?A|S\.?L|Pty|Pte|P\.?L\.?C|plc"
    r"|Oy|AB|A/S|Bhd|Sdn|K\.?K|N\.A|Trust|Bank|Partnership|University|Association|Foundation"
    r"|LIMITED|COMPANY|CORPORATION|INC|LTD|CORP|CO|BANK|TRUST)(?![A-Za-z0-9])\.?"
)
_WORD = r"(?:[A-ZÀ-Þ0-9][\w.&'’/+\-]*|[a-z]{1,3}[A-Z0-9][\w\-]*|&|\([A-Z][A-Za-z.]+\))"
_GO = r"(?:[ ]|\n(?=[A-ZÀ-Þ]))"
_NOT_FIRST = r"(?:And|AND|Between|BETWEEN)\b"
_LINK = r"(?:(?:of|the|de|for|van|der|di|du)[ ])?"
LATIN_COMPANY = re.compile(
    rf"(?P<name>(?!{_LEGAL}|{_NOT_FIRST}){_WORD}(?:{_GO}{_LINK}(?!{_LEGAL}){_WORD}){{0,9}}?)"
    rf"(?P<form>,?[ \n]{_LEGAL}(?:,?[ \n]?{_LEGAL})*)"
)
CAPITALISED = re.compile(rf"(?P<name>{_WORD}(?:[ ](?:(?:of|the|de|van)[ ])?{_WORD}){{0,7}})")
_TO_FORM = re.compile(rf"[A-ZÀ-Þ0-9][^\t\n:;()]{{2,70}}?,?[ ]{_LEGAL}(?:,?[ ]?{_LEGAL})*")
"""Behind a label words without capitals may be part of a name."""


def party(text: str, below: str = "") -> tuple[str, str] | None:
    """The name at the beginning of `text`, which may run on into the line `below`."""
    start = _LEAD.match(text)
    rest = text[start.end() :] if start else text
    if _BLANK.fullmatch(_ENDS.split(rest, maxsplit=1)[0]):
        return None
    if any(char >= "\u2e80" for char in rest[:12]):
        return _han(rest, below)
    return _latin(rest)


def is_company(value: str) -> bool:
    """Whether a name has a legal form, or another ending of companies and offices."""
    latin = LATIN_COMPANY.fullmatch(value) or _TO_FORM.fullmatch(value)
    return bool(HAN_COMPANY.fullmatch(value.replace(" ", "")) or latin)


def speaks_for_itself(value: str) -> bool:
    """Whether a name is one even behind a label that has lost its colon."""
    han = bool(HAN_LEGAL.search(value)) and not _PROSE.search(value)
    return han or bool(LATIN_COMPANY.fullmatch(value))


def _han(text: str, below: str) -> tuple[str, str] | None:
    value = _ENDS.split(text.strip(), maxsplit=1)[0].strip()
    bare = value.replace(" ", "")
    if _ONLY_FORM.fullmatch(bare):
        return None
    company = HAN_COMPANY.match(bare)
    if (company is None or company.end() < len(bare)) and below and value == text.strip():
        tail = _ENDS.split(below.strip(), maxsplit=1)[0].strip()
        longer = HAN_COMPANY.match((bare + tail).replace(" ", ""))
        if (
            longer
            and longer.end() == len(bare + tail) <= LONGEST
            and ":" not in below[: len(tail) + 1]
        ):
            return longer.group(), longer.group()
    if company and len(bare) - company.end() <= 2:
        return company.group(), value
    named = _PERSON.fullmatch(bare) or _OTHER_NAME.fullmatch(bare)
    if (
        named
        and not _SENTENCE.match(text.strip()[len(value) :])
        and not _NO_PERSON.search(bare)
        and not _PROSE.search(bare)
    ):
        return bare, value
    return None


def _latin(text: str) -> tuple[str, str] | None:
    text = text.lstrip(" :,;\"“”'")
    match = (
        LATIN_COMPANY.match(text) or _TO_FORM.match(text) or CAPITALISED.match(text.split("\t")[0])
    )
    if match is None or not any(char.isupper() for char in match.group()):
        return None
    value = " ".join(match.group().split()).rstrip(",;:")
    label = text[match.end() :].lstrip(" ").startswith(":")
    if label or not 3 <= len(value) <= LONGEST or value.isdigit():
        return None
    return value, match.group()


def legal_names(text: str) -> Iterator[tuple[str, int]]:
    """Names with a legal form in a line in a European language, with their offsets."""
    for match in LATIN_COMPANY.finditer(text):
        yield one_line(match.group()), match.start()


def one_line(text: str) -> str:
    """A name that was broken over two lines, on one."""
    return " ".join(text.split())
