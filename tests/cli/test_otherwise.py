"""A search said in words that queries do not know is offered in words that they do."""

import json
import shlex
from pathlib import Path

import pytest

from archiver.custody import party
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"
PAGES = ["样本 第一页", "样本 第二页", "样本 第三页"]
INVOICE = f"发票\n发票号码：20240305\n购买方：{NAME}\n价税合计：￥35,000.00\n开票日期：2024-03-08"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("otherwise") / "vault"
    with a_vault(folder) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, f"{NAME}/合同.txt", CONTRACT.format(name=NAME))
        drop(vault, f"{NAME}/发票.txt", INVOICE)
        drop(vault, "谁的.txt", "一份没有姓名的样本")
        ingest(vault)
    return folder


def found(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The documents that a search finds."""
    assert typed(root, "search", *words, "--json") == 0
    return [json.loads(line)["document"] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["违约责任 或 发票号码"], ["违约责任 OR 发票号码"]),
        (["违约责任", "or", "发票号码"], ["违约责任 OR 发票号码"]),
        (["样本 非 违约责任"], ["样本 NOT 违约责任"]),
        (["合同编号 和 甲方", "-n", "华信"], ["合同编号 AND 甲方", "--customer", "华信"]),
        (["2024年3月5日"], ["date:2024年3月5日"]),
    ],
)
def test_what_is_offered_is_found(
    root: Path, capsys: pytest.CaptureFixture[str], words: list[str], offered: list[str]
) -> None:
    assert found(root, capsys, *words) == []
    assert typed(root, "search", *words) == 0
    lines = capsys.readouterr().err.splitlines()
    said = [shlex.split(line) for line in lines[lines.index(_heading(lines)) + 1 :]]
    assert ["archiver", "search", *offered] in said
    assert found(root, capsys, *offered)


def _heading(lines: list[str]) -> str:
    return next(line for line in lines if line.endswith("Did you mean:"))


def test_what_finds_nothing_either_is_not_offered(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in ("没有的词 或 也没有", "1999-01-01", "77777", '"甲 或 乙"'):
        assert typed(root, "search", words) == 0
        assert "Did you mean" not in capsys.readouterr().err


def test_the_id_of_a_document_is_shown(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(root, "search", "d000001") == 0
    assert "  archiver show D000001\n" in capsys.readouterr().err


def test_a_category_that_nobody_declared_is_told_however_it_is_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["类别:对账单子"], ["-c", "对账单子"], ["甲方", "AND", "(类别:对账单子)"]):
        assert typed(root, "search", *words) == 0
        assert "no category 对账单子" in capsys.readouterr().err
    assert typed(root, "search", "没有的词 NOT 类别:对账单子") == 0
    assert "no category" not in capsys.readouterr().err


def test_a_search_does_not_offer_to_make_a_customer(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(root, "search", "-n", "花花") == 0
    told = capsys.readouterr().err
    assert "no customer 花花" in told
    assert "customer add" not in told


def test_of_several_categories_or_customers_any_one_will_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract, invoice = (found(root, capsys, "-c", one) for one in ("contract", "invoice"))
    assert contract
    assert invoice
    assert set(found(root, capsys, "-c", "contract", "-c", "invoice")) == {*contract, *invoice}
    nobody = found(root, capsys, "-n", "未分配")
    assert set(found(root, capsys, "-n", "未分配", "-n", "华信")) == {*contract, *invoice, *nobody}
    assert typed(root, "search", "-c", "contract", "-c", "invoice", "--explain") == 0
    assert "any of these:" in capsys.readouterr().out


@pytest.mark.parametrize("word", ["未分配", "not assigned"])
def test_papers_of_nobody_are_found_by_what_is_shown_for_it(
    root: Path, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    (one,) = found(root, capsys, "姓名")
    assert found(root, capsys, f'客户:"{word}"') == [one]
    assert found(root, capsys, "--customer", word) == [one]


def test_an_explanation_is_given_whatever_else_is_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for options in (["--explain", "--near"], ["--near", "--explain"]):
        assert typed(root, "search", "合同", *options) == 0
        assert "“合同” in one piece, anywhere" in capsys.readouterr().out


def test_what_is_only_near_is_marked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(root, "search", "契约") == 0
    assert capsys.readouterr().out.startswith("≈ D0")
    assert typed(root, "search", "合同") == 0
    assert "≈" not in capsys.readouterr().out


def test_every_file_of_a_document_has_its_path(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        for page in ("一", "二", "三"):
            drop(vault, f"{NAME}/{page}.txt", f"样本 第{page}页")
        ingest(vault)
    files = [found(tmp_path / "vault", capsys, page)[0] for page in PAGES]
    assert typed(tmp_path / "vault", "document", "join", *files) == 0
    capsys.readouterr()
    assert typed(tmp_path / "vault", "search", "第二页", "-0") == 0
    paths = capsys.readouterr().out.rstrip("\0").split("\0")
    assert [Path(one).read_text(encoding="utf-8") for one in paths] == PAGES
