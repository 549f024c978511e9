"""How a query was understood: the object says all of it, the lines say it in both languages."""

import contextlib
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from archiver.cli.output import Form
from archiver.cli.understood import explain, plainly
from archiver.core.errors import ExitCode
from archiver.declarations.shipped import shipped
from archiver.declarations.thesaurus import read_thesaurus
from archiver.declarations.words import speaking
from archiver.search.matching import matches
from archiver.search.parse import parse
from archiver.search.query import (
    All,
    AnyOf,
    Everything,
    InState,
    Not,
    Present,
    Query,
    Text,
    Wildcard,
    Within,
)
from archiver.vault.create import create
from tests.cli.inside import typed
from tests.search.test_exactness import ALIASES, TODAY, corpora, queries

WORDS = read_thesaurus(shipped("index"))


def printed(form: Form, query: Query, lang: str = "en") -> str:
    shown = io.StringIO()
    with speaking(lang), contextlib.redirect_stdout(shown):
        explain(form, "typed", query, (ALIASES, WORDS))
    return shown.getvalue()


def step(field: str, text: str | None) -> int | None:
    if text is None:
        return None
    return int(Decimal(text) * 100) if field == "amount" else date.fromisoformat(text).toordinal()


def rebuilt(node: dict[str, Any]) -> Query:
    """The query that an object tells of."""
    parts = tuple(map(rebuilt, node["parts"]))
    field, value = node["field"], node["value"]
    made: dict[str, Query] = {
        "all": All(parts),
        "any": AnyOf(parts),
        "not": Not(parts[0] if parts else Everything()),
        "everything": Everything(),
    }
    if node["kind"] in made:
        return made[node["kind"]]
    if node["kind"] == "range":
        return Within(field, step(field, node["low"]), step(field, node["high"]))
    if node["kind"] == "state":
        return InState(value)
    if node["kind"] == "present":
        return Present(field)
    return Text(value, field) if node["kind"] == "text" else Wildcard(value, field)


@given(queries)
def test_the_object_says_the_whole_query(query: Query) -> None:
    told = json.loads(printed(Form.JSON, query))
    assert told["query"] == "typed"
    assert rebuilt(told["tree"]) == plainly(query)


@given(corpora(), queries)
def test_what_is_left_out_of_the_lines_changes_nothing(papers: list[Any], query: Query) -> None:
    for paper in papers:
        assert matches(plainly(query), paper, TODAY) == matches(query, paper, TODAY)


@given(queries)
def test_whatever_is_asked_is_told_in_both_languages(query: Query) -> None:
    for lang in ("zh", "en"):
        lines = printed(Form.TABLE, query, lang).splitlines()
        assert len(lines) == json.dumps(json.loads(printed(Form.JSON, query))).count('"kind"')
        assert not any("{" in line for line in lines)


@pytest.mark.parametrize(
    ("asked", "english", "chinese"),
    [
        ("", ["every paper"], ["全部文件"]),
        (
            "协议 的 NOT 日期:2024-02",
            [
                "all of these:",
                "  “协议” in one piece, anywhere; near it: 協議, 合同, 协议书, 契约, 合约",
                "  “的” in one piece, anywhere (the second try leaves it out)",
                "  but not:",
                "    date: from 2024-02-01 to 2024-02-29",
            ],
            [
                "同时满足：",
                "  任意处有连写的“协议”；相近的有：協議、合同、协议书、契约、合约",
                "  任意处有连写的“的”（第二次查找时不计）",
                "  但排除：",
                "    日期：2024-02-01 至 2024-02-29",
            ],
        ),
        (
            "金额:>=50 OR 入库:2024-01-01 OR 编号:*",
            ["any of these:", "  amount ≥ 50.00", "  added: 2024-01-01", "  no: any value"],
            ["满足其一：", "  金额 ≥ 50.00", "  入库：2024-01-01", "  编号：有值即可"],
        ),
        ("状态:未定", ["state: undetermined"], ["状态：未定"]),
    ],
)
def test_a_query_in_words(asked: str, english: list[str], chinese: list[str]) -> None:
    query = parse(asked, ALIASES)
    assert printed(Form.TABLE, query, "en").splitlines() == english
    assert printed(Form.TABLE, query, "zh").splitlines() == chinese


def test_no_index_is_asked(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    made, _ = create(tmp_path / "vault", "zh", "clerk", lambda: datetime(2026, 5, 20, tzinfo=UTC))
    with made:
        root = made.layout.root
    words = ("search", "--explain", "合同", "--customer", "华信", "--to", "2024")
    assert typed(root, *words) == ExitCode.FINE
    told = capfd.readouterr()
    assert told.err == ""
    assert told.out.splitlines()[0] == "all of these:"
    assert told.out.splitlines()[-1] == "  date ≤ 2024-12-31"
