"""Company names as they are compared. Only a whole name is strong evidence."""

import re

from archiver.core.normalise import HAN, compact

_BRACKETS = str.maketrans({"【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")"})
_NOISE = re.compile(r"[.,·・'\"“”‘’_-]")
_LEGAL = re.compile(
    r"(股份有限公司|有限责任公司|有限公司|集团|总公司|公司|\((普通合伙|特殊普通合伙|有限合伙)\)"
    r"|co\.?,? ?ltd\.?|limited|inc\.?|llc|corporation|company|gmbh|b\.?v\.?)+$"
)
_PLACE = re.compile(rf"^([{HAN}]{{2,6}}?(省|自治区|市|县|区|州|镇))+|^中国|\([{HAN}]{{2,4}}\)")

_FORM = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|合作社|事务所|经营部|服务部|工作室|研究所|研究院"
    "|设计院|俱乐部|维修部|营业部|门市部|农场|学校|医院|中心|集团|银行|支行|[厂店部馆行社所院场站坊吧]"
)
COMPANY = re.compile(rf"[{HAN}A-Za-z0-9()·]{{2,40}}?({_FORM})(?:\([^()]{{2,8}}\))?")
"""Something that reads like the name of a company."""
ENDING = re.compile(rf"({_FORM}|合伙\)|城|学校|户)$")


def key(name: str) -> str:
    """A name as it is compared: width, case, brackets, blanks and dots do not matter."""
    return _NOISE.sub("", compact(name).translate(_BRACKETS))


def core(name: str) -> str:
    """What distinguishes a company: its name without place and legal form. Evidence only."""
    plain = _LEGAL.sub("", key(name))
    return _PLACE.sub("", plain) or plain


def compatible(one: str, other: str) -> bool:
    """Whether two names may mean the same company, one perhaps written short.

    True when they are equal, or when what distinguishes the one (two characters at least) stands
    whole in the other. 华信 and 华鑫 are not compatible.
    """
    a, b = key(one), key(other)
    if a == b:
        return True
    short, long = sorted((core(one), core(other)), key=len)
    return len(short) >= 2 and short in long
