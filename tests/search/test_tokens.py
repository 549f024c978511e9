"""Where words end: marks, quotes, operators in any width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.search.parse import parse
from archiver.search.query import All, AnyOf, Everything, Not, Query, Text, Within
from archiver.search.tokens import QueryError
from tests.search.oracle import is_han, is_latin
from tests.search.test_exactness import ALIASES, TODAY

ALWAYS = "，、；。！？《》〈〉【】"
SOMETIMES = ",;‘’"
A, B = Text("合同"), Text("华信")


def asked(text: str) -> Query:
    return parse(text, ALIASES, TODAY)


def words_of(text: str) -> list[str]:
    """The words, by a look at each character and both its neighbours."""
    spaced = [
        " "
        if char in ALWAYS
        or char.isspace()
        or (char in SOMETIMES and not (latin(text[at - 1 : at]) and latin(text[at + 1 : at + 2])))
        else char
        for at, char in enumerate(text)
    ]
    return "".join(spaced).split()


def latin(char: str) -> bool:
    return bool(char) and is_latin(char) and not is_han(char)


@given(st.text([*"合同华信ab19éＡ９-.", *ALWAYS, *SOMETIMES, " "], max_size=20))
def test_a_mark_parts_words_unless_letters_or_digits_are_on_both_sides(text: str) -> None:
    found = [Text(word) for word in words_of(text)]
    means = All(tuple(found)) if len(found) > 1 else found[0] if found else Everything()
    assert asked(text) == means
    quoted = f"“{text}”"
    if text.strip():
        assert asked(quoted) == Text(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("合同,华信", All((A, B))),
        ("合同;华信", All((A, B))),
        ("《合同》【华信】", All((A, B))),
        ("客户:《华信》", Text("华信", "customer")),
        ("合同 ‘华信’", All((A, B))),
        ("driver’s", Text("driver’s")),
        ("35,000.00", Text("35,000.00")),
        ("金额:>=35,000.00", Within("amount", 3_500_000, None)),
        ("客户:华信,合同", All((Text("华信", "customer"), A))),
        ("合同 ＡＮＤ 华信", All((A, B))),
        ("合同 ＯＲ 华信", AnyOf((A, B))),
        ("ＮＯＴ 华信", Not(B)),
        ("合同 “ＮＯＴ”", All((A, Text("NOT")))),
        ("合同 and 华信", All((A, Text("and"), B))),
        ("标题:【通知】", Text("通知", "title")),
        ("日期:【2020 至 2023】", asked("日期:[2020 TO 2023]")),
        ("日期:【2020～2023】", asked("日期:[2020 TO 2023]")),
    ],
)
def test_what_people_write(text: str, tree: Query) -> None:
    assert asked(text) == tree


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("日期:", 4, "no value stands behind the field date"),
        ("合同 类别: ", 7, "no value stands behind the field category"),
        ("状态：OR 合同", 4, "no value stands behind the field state"),
        ("(日期:) 合同", 5, "no value stands behind the field date"),
        ("日期:NOT 2024", 4, "no value stands behind the field date"),
        ("日期:[2023 TO 2020]", 4, "2023 TO 2020 ends before it begins"),
        ("金额:[100 TO 50]", 4, "100 TO 50 ends before it begins"),
        ("金额:[5 TO 1万] [", 14, "[ is never closed"),
        ("状态:已销毁", 4, "in no search any more"),
    ],
)
def test_what_is_missing_or_wrong_is_named(text: str, at: int, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        asked(text)
    assert caught.value.at == at
    assert told in caught.value.sentence()
    assert caught.value.advice()


def test_a_mark_between_a_field_and_its_value_changes_nothing() -> None:
    assert asked("合同,客户:,华信") == All((A, Text("华信", "customer")))
