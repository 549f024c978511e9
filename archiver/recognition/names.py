"""Company names as they are compared. Only a whole name is strong evidence."""

import re

from archiver.core.normalise import HAN, compact

_BRACKETS = str.maketrans({"【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")"})
_NOISE = re.compile(r"[.,·・'\"“”‘’_-]")
_LEGAL = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团|总公司|公司|\((普通合伙|特殊普通合伙|有限合伙)\)"
    r"|co\.?,? ?ltd\.?|limited|inc\.?|llc|corporation|company|gmbh|b\.?v\.?)+$"
)
_PLACE = re.compile(
    rf"^([{HAN}]{{2,6}}?(省|自治区|(?<![超门夜])市|县|(?<!社)区|州|镇))+(?=.{{2}})|^中国|\([{HAN}]{{2,4}}\)"
)
"""Where a company is; 超市 and 门市 are what it is."""

_FORM = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|合作社|事务所|经营部|服务部|工作室|研究所|研究院"
    "|设计院|俱乐部|维修部|营业部|门市部|农场|学校|医院|中心|集团|银行|支行|[厂店部馆行社所院场站坊吧]"
)
COMPANY = re.compile(rf"[{HAN}A-Za-z0-9()·]{{2,40}}?({_FORM})(?:\([^()]{{2,8}}\))?")
"""Something that reads like the name of a company."""
_WHOLE = re.compile(rf"[{HAN}A-Za-z0-9()·、&.-]{{2,40}}(?:{_FORM})(?:\([^()]{{2,8}}\))?")
"""The same up to its last form: 社 and 院 stand inside names too (旅行社有限公司)."""
_NEXT_LINE = re.compile(rf"[{HAN}]{{2,12}}(分公司|分店|分院|分中心|营业部|经营部|\)){{1}}")
"""What may be the rest of a name that has an ending already."""
_MISREAD = (
    (re.compile(r"有[^限公司]公司"), "有限公司"),
    (
        re.compile(r"(?<=[^股份])有[^限责]责任公司|有限[^责任]任公司|有限责[^任]公司"),
        "有限责任公司",
    ),
    (
        re.compile(r"特殊[^普]通合伙|特殊普[^通]合伙|特[^殊]普通合伙"),
        "特殊普通合伙",
    ),
    (re.compile(r"股[^份]有限公司|[^股]份有限公司"), "股份有限公司"),
)
"""One character wrong in a legal form, where no other form is that near."""
_LONGEST = 60
KIND = re.compile(r"(其他|一人|外商投资|台港澳\w*)?(有限责任|股份有限|有限)公司(\(|$)")
"""What a kind of company is called on its licence: nobody's name."""
_TRAILING = 12
"""Characters behind a name that may be left out: the beginning of something else."""
_JUNK = " :;,。，、"
ENDING = re.compile(rf"({_FORM}|合伙\)|城|学校|户)$")


def key(name: str) -> str:
    """A name as it is compared: width, case, brackets, blanks and dots do not matter."""
    return _NOISE.sub("", compact(name).translate(_BRACKETS))


def company_in(text: str, below: str = "") -> str | None:
    """The name that `text` begins with, its legal form mended; None when it is too short or long.

    Args:
        text: what stands behind a label, to the end of its column.
        below: the column below it, into which a long name may run: the two are joined when only
            the whole has an ending, or the second line alone is a branch.
    """
    value = text.strip(_JUNK)
    rest = below.strip(_JUNK)
    if value and rest and ":" not in rest and len(value + rest) <= _LONGEST:
        unfinished = not ENDING.search(value) and ENDING.search(rest)
        if unfinished or (ENDING.search(value) and _NEXT_LINE.fullmatch(rest)):
            value += rest
    if value[:1].islower():
        return None  # a sentence goes on: certify that the products …
    if not value.isascii():
        value = mended(value)
        found = _WHOLE.match(value.replace(" ", ""))
        if found and len(value) - found.end() <= _TRAILING:
            value = found.group()
    return value if 3 <= len(value) <= _LONGEST and not KIND.match(value) else None


def mended(name: str) -> str:
    """A name whose legal form was misread by one character (有很公司), as it must be."""
    for pattern, form in _MISREAD:
        name = pattern.sub(form, name)
    return name


def core(name: str) -> str:
    """What distinguishes a company: its name without place and legal form. Evidence only."""
    plain = _LEGAL.sub("", key(name))
    return _PLACE.sub("", plain) or plain


def compatible(one: str, other: str) -> bool:
    """Whether two names may mean the same company, one perhaps written short.

    True when they are equal, or when what distinguishes the one (two characters at least) begins
    what distinguishes the other. 华信 is compatible with 华信汽车, with neither 华鑫 nor 东华信安.
    """
    a, b = key(one), key(other)
    if a == b:
        return True
    short, long = sorted((core(one), core(other)), key=len)
    return len(short) >= 2 and long.startswith(short)


def twins(one: str, other: str) -> bool:
    """Whether a single misread character makes the one key the other."""
    if len(one) != len(other):
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1


def is_word(name: str) -> bool:
    """Whether a name is a single Latin word, which sentences may use for something else: Free."""
    return name.isascii() and name.strip().isalpha()
