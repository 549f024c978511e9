"""The second try on the command line: asked for, or by itself where nothing is found."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.vault.create import create
from archiver.vault.vault import Vault
from tests.cli.inside import typed
from tests.search.test_exactness import an_entry

PAPERS = {
    "D000001": "采购合同 华信",
    "D000002": "供货协议 编号 HT-2O24-001",
    "D000003": "发票 合同 编号 X",
}


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made, _ = create(tmp_path / "vault", "zh", "clerk", lambda: datetime(2026, 5, 20, tzinfo=UTC))
    with made:
        entries = (replace(an_entry(0, text), document=one) for one, text in PAPERS.items())
        made.search.update(entries, [])
        yield made


class Said:
    """Types `search` and reads both streams."""

    def __init__(self, vault: Vault, capfd: pytest.CaptureFixture[str]) -> None:
        self._vault, self._capfd = vault, capfd

    def __call__(self, *words: str) -> tuple[str, str]:
        assert typed(self._vault.layout.root, "search", *words) == ExitCode.FINE
        read = self._capfd.readouterr()
        return read.out, read.err

    def hits(self, *words: str) -> list[tuple[str, bool]]:
        out, _ = self(*words, "--json")
        found = [json.loads(line) for line in out.splitlines()]
        return [(one["document"], one["near"]) for one in found]


@pytest.fixture
def search(vault: Vault, capfd: pytest.CaptureFixture[str]) -> Said:
    return Said(vault, capfd)


def test_the_answer_is_exact_unless_more_is_asked_for(search: Said) -> None:
    assert search.hits("协议") == [("D000002", False)]
    assert search.hits("契约") == []
    out, told = search("契约", "--csv")
    assert out == ""
    assert told == "Nothing found. With --near synonyms and the like are looked for too.\n"
    found = search.hits("协议", "--near")
    assert found[0] == ("D000002", False)
    assert set(found[1:]) == {("D000001", True), ("D000003", True)}


def test_more_is_told_in_one_line(search: Said) -> None:
    _, told = search("协议", "--near")
    assert told == "Below them what is only near: 合同\n3 of 3 papers\n"
    out, told = search("契约")
    assert told == "Nothing has exactly 契约; near it: 合同, 协议\n3 of 3 papers\n"
    assert out.count("D00000") == 3


def test_on_a_later_page_exact_hits_are_remembered(search: Said) -> None:
    _, told = search("协议", "--near", "--offset", "1", "--facets")
    assert told.startswith("Below them what is only near: 合同\n")
    counts, _ = search("协议", "--near", "--facets", "--json")
    found = [json.loads(line) for line in counts.splitlines()]
    assert sum(one["count"] for one in found if one["facet"] == "state") == 3


def test_words_that_stand_elsewhere_only_are_not_named(search: Said) -> None:
    _, told = search("契约", "华信")
    assert told.startswith("Nothing has exactly 契约 华信; near it: 合同\n")


def test_what_was_misread_is_found(search: Said) -> None:
    _, told = search("HT-2024-001")
    assert told == "Nothing has exactly HT-2024-001; near it: ht-2o24-001\n1 of 1 paper\n"


def test_words_that_say_little_are_left_out(search: Said) -> None:
    _, told = search("发票", "的", "资料")
    assert told == "Nothing has exactly 发票 的 资料; near it: without 的, 资料\n1 of 1 paper\n"


def test_what_an_option_says_is_widened_too(search: Said) -> None:
    _, told = search("--category", "其化", "--to", "2030")
    assert "near it" not in told
    _, told = search("--customer", "CO001")
    assert told == "Nothing has exactly CO001; near it: c0001\n3 of 3 papers\n"


def test_nothing_near_is_nothing_found(search: Said) -> None:
    out, told = search("没有的词")
    assert (out, "Nothing found" in told) == ("", True)
    _, told = search("没有的词", "--near", "--json")
    assert "near" not in told


def test_words_that_cannot_be_followed_stop_the_second_try_alone(
    vault: Vault, search: Said
) -> None:
    (vault.layout.index / "synonyms.toml").write_text("groups = 3", encoding="utf-8")
    assert search.hits("协议") == [("D000002", False)]
    assert typed(vault.layout.root, "search", "--near", "协议") == ExitCode.DECLARATIONS
