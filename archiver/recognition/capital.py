"""The capital of a company as licences print it: 500万元, 人民币伍佰万元整, 美元壹拾万元."""

import re
from dataclasses import replace
from decimal import Decimal

from archiver.recognition.found import Value
from archiver.recognition.money import Amount, capitals, currency, figures, plain
from archiver.recognition.numerals import CAPITALS
from archiver.recognition.rows import GAP

_TEN_THOUSANDS = re.compile("[(]?(?:单位:?)?[万萬]")
"""In the label, 注册资本(万元): the figure behind it counts them."""
_NO_UNIT = re.compile(rf"(?<=[{CAPITALS}])\s*(?=人民币|美元|港[币元]|欧元|日元|英镑|[()]|$)")
"""伍佰万人民币: where the 元 of an amount in capitals is left out."""
_NO_AMOUNT = tuple("年月日号%")
"""What follows a figure that counts something else."""
_FEWEST_DIGITS = 4
"""Of a bare figure: no company is founded with less than a thousand."""


def capital(label: str, text: str) -> Value | None:
    """The amount in `text`, in the main unit of its currency; None where it cannot be read.

    Args:
        label: what stands before it, which may say that it is in 万元.
        text: up to the next label.
    """
    column = text.split(GAP)[0].strip()
    found = _figures(column, in_heaps=bool(_TEN_THOUSANDS.search(label)))
    for one in (*found, *capitals(column), *capitals(_NO_UNIT.sub("元", column))):
        if one.value > 0:
            named = currency(label) or currency(column)
            code = named[0] if named else one.currency
            raw = one.raw if one.raw in column else column
            return Value(_whole(one.value), raw, currency=code)
    return None


def _whole(value: Decimal) -> str:
    """The value as a decimal string, without decimals that are zero."""
    return plain(value.quantize(Decimal(1)) if value == value.to_integral_value() else value)


def _figures(text: str, *, in_heaps: bool) -> list[Amount]:
    """Amounts in figures that say so by a sign, a unit, a point, or their length."""
    good = []
    for one in figures(text):
        counted = not text[one.end :].startswith(_NO_AMOUNT)
        if counted and (one.explicit or in_heaps or len(one.raw) >= _FEWEST_DIGITS):
            heaps = in_heaps and one.raw.rstrip("元圆").replace(".", "").replace(",", "").isdigit()
            good.append(replace(one, value=one.value * 10**4) if heaps else one)
    return good
