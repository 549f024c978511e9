"""Saved queries within queries, against words that stand in their place."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.search.named import Expanded, expanded
from archiver.search.parse import parse
from archiver.search.query import All, AnyOf, Not, Query, Text, Within
from archiver.search.tokens import QueryError, Token
from tests.search.test_exactness import ALIASES, TODAY

SAVED = {
    "词": "合同",
    "组": "(保单 OR 投诉) NOT 发票",
    "或": "华信 OR 华鑫",
    "字段": "类别:合同 日期:2024",
    "坏": "合同 OR",
    "名": "合同 @词",
    "多": " ".join(["合"] * 40),
}
PIECES = [
    *("@", "＠", "合同", "发票", "AND", "OR", "NOT", " ", " ", " ", "，", '"', "“", "”", "(", ")"),
    *("（", "）", "客户:", "日期:", "2024", "[2020 TO 2023]", ":", "@词", " @词 ", "NOT @词"),
]
queries = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def known(token: Token) -> str:
    name = token.text[1:]
    if name not in SAVED:
        raise QueryError("no {name}", token.at, hint="none", name=name)
    return SAVED[name]


def asked(text: str) -> Query:
    """As the command asks it."""
    query = expanded(text, known)
    try:
        return parse(query.text, ALIASES, TODAY)
    except QueryError as error:
        raise error.moved(query.typed(error.at)) from error


def outcome(ask: Callable[[], Query]) -> Query | tuple[int, str]:
    """The tree, or where which error is."""
    try:
        return ask()
    except QueryError as error:
        return error.at, error.sentence()


def cut(text: str) -> Expanded | QueryError:
    try:
        return expanded(text, known)
    except QueryError as error:
        return error


@given(queries)
def test_a_name_is_what_a_word_of_its_length_would_be(text: str) -> None:
    """The query kept as 词 is 合同, as many characters as @词: tree and place of an error agree."""
    query, plain = cut(text), text
    if isinstance(query, QueryError):
        return  # cut wrongly, or another name: below
    for token, _, _ in query.placed:
        plain = plain[: token.at - 1] + "合同" + plain[token.at + 1 :]
    assert outcome(lambda: asked(text)) == outcome(lambda: parse(plain, ALIASES, TODAY))


@given(queries)
def test_every_place_leads_back_to_where_it_was_typed(text: str) -> None:
    query = cut(text)
    if isinstance(query, QueryError):
        assert 1 <= query.at <= len(text)
        return
    inside = {at for _, begin, end in query.placed for at in range(begin, end)}
    for at in range(1, len(query.text) + 1):
        typed = query.typed(at)
        assert text[typed - 1] in ("@＠" if at in inside else query.text[at - 1])
    end = query.typed(len(query.text) + 1)
    assert end == len(text) + 1 or query.text == SAVED["词"]


A, B, C, D = Text("保单"), Text("投诉"), Text("发票"), Text("合同")
GROUP = All((AnyOf((A, B)), Not(C)))
FIELDS = All((Text("合同", "category"), Within("date", 738_886, 739_251)))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("@组", GROUP),
        (" ＠组 ", GROUP),
        ("合同 OR @组", AnyOf((D, GROUP))),
        ("@组 OR 合同", AnyOf((GROUP, D))),
        ("NOT @组", Not(GROUP)),
        ("(@组 合同)", All((GROUP, D))),
        ("@组，@字段", All((GROUP, FIELDS))),
        ("客户:@或", AnyOf((Text("华信", "customer"), Text("华鑫", "customer")))),
        ("“@组” 合同", All((Text("@组"), D))),
        ("组@组", Text("组@组")),
        ("@组.cn", Text("@组.cn")),
        ("@", Text("@")),
    ],
)
def test_where_names_stand(text: str, tree: Query) -> None:
    assert asked(text) == tree


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("合同 OR @没有", 7, "no 没有"),
        ("合同 @坏 发票", 4, "something to look for is missing"),
        ("合同 @名", 4, "holds the name @词 itself"),
        ("客户:(@字段)", 5, "stands within the field"),
        ("@组 @字段 日期:昨", 11, "昨 is no value"),
        ("@多 @多", 4, "too much at once"),
        ("@组 合同 )", 7, "no bracket to close"),
        ("@组 “", 4, "never closed"),
    ],
)
def test_errors_name_the_place_in_what_was_typed(text: str, at: int, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        asked(text)
    assert caught.value.at == at
    assert f"character {at}:" in caught.value.sentence() or "no 没有" in told
    assert told in caught.value.sentence()


def test_the_length_of_the_whole_query_is_what_counts() -> None:
    with pytest.raises(QueryError, match="longer than"):
        asked("@多 " * 13)
