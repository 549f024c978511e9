"""Simplified and traditional characters find one another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.search.scripts import MOST, _table, rewritten

SIMPLE = sorted(_table().traditional)


@pytest.mark.parametrize(
    ("simple", "traditional"),
    [
        ("营业执照", "營業執照"),
        ("合同", "合同"),
        ("发票", "發票"),
        ("理发", "理髮"),
        ("维修厂", "維修廠"),
        ("后勤", "後勤"),
        ("皇后", "皇后"),
        ("里程", "里程"),
        ("复印件", "複印件"),
        ("华信", "華信"),
        ("台账", "臺賬"),
        ("ht-2024发", "ht-2024發"),
    ],
)
def test_each_finds_the_other(simple: str, traditional: str) -> None:
    assert traditional in (simple, *rewritten(simple))
    assert simple in (traditional, *rewritten(traditional))


@given(st.text(st.sampled_from([*SIMPLE, *"合同aA1 -"]), max_size=30))
def test_forms_are_few_and_others(text: str) -> None:
    forms = rewritten(text)
    assert len(forms) <= MOST
    assert text not in forms
    assert len(set(forms)) == len(forms)
    assert {len(one) for one in forms} <= {len(text)}


def test_every_character_finds_its_other_forms() -> None:
    for sign in SIMPLE:
        others = set(_table().traditional[sign]) - {sign}
        assert others <= set(rewritten(sign))
        assert all(rewritten(other) for other in others)


def test_what_is_written_alike_has_no_other_form() -> None:
    assert rewritten("合同 a-1") == ()
