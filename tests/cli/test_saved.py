"""Searches with a name, as people type them."""

import json
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest


class Typing:
    """Types searches in one vault."""

    def __init__(self, root: Path, captured: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._captured = captured

    def __call__(self, *words: str, ends: int = ExitCode.FINE) -> tuple[str, str]:
        self._captured.readouterr()
        assert typed(self.root, "search", *words) == ends
        return self._captured.readouterr()

    def hits(self, *words: str) -> list[str]:
        return sorted(json.loads(line)["title"] for line in self(*words, "--json")[0].splitlines())

    def saved(self) -> dict[str, str]:
        rows = (json.loads(line) for line in self("--saved", "--json")[0].splitlines())
        return {row["name"]: row["query"] for row in rows}


@pytest.fixture
def search(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Typing:
    with a_vault(tmp_path / "vault") as vault:
        for name in ("甲", "乙"):
            text = CONTRACT.format(name=f"青梧市{name}样本厂").replace("YB-1", f"YB-{name}")
            drop(vault, f"{name}.txt", text)
        ingest(vault)
    return Typing(tmp_path / "vault", capsys)


def test_a_search_is_kept_asked_narrowed_listed_and_forgotten(search: Typing) -> None:
    query = "青梧市甲 OR 青梧市乙"
    assert "archiver search @合同" in search("--save", "合同", query)[1]
    assert search.saved() == {"合同": query}
    both = search.hits(query)
    assert len(both) == 2
    assert search.hits("@合同") == search.hits("＠合同") == both
    assert (
        search.hits("@合同", "青梧市乙") == search.hits("@合同 青梧市乙") == search.hits("青梧市乙")
    )
    assert search.hits("@合同", "NOT", "青梧市乙") == search.hits("青梧市甲")
    search("--save", "@更窄", "@合同", "青梧市乙")
    assert search.hits("@更窄") == search.hits("青梧市乙")
    assert "Forgotten" in search("--forget", "合同")[1]
    assert list(search.saved()) == ["更窄"]
    assert search.hits("@更窄") == search.hits("青梧市乙")  # it was kept in full


def test_a_query_that_cannot_be_understood_is_not_kept(search: Typing) -> None:
    _, err = search("--save", "坏", "合同 AND (甲", ends=ExitCode.USAGE)
    assert "character 8: ( is never closed" in err
    search("--save", "好", "合同")
    _, err = search("--save", "坏", "@好 date:昨", ends=ExitCode.USAGE)
    assert "character 9:" in err
    _, err = search("--save", "坏", "合同 OR @没有", ends=ExitCode.USAGE)
    assert "character 7: there is no saved search @没有" in err
    assert search.saved() == {"好": "合同"}


def test_a_name_stands_wherever_a_word_may(search: Typing) -> None:
    search("--save", "甲", "青梧市甲")
    search("--save", "两家", "青梧市甲 OR 青梧市乙")
    first, both = search.hits("青梧市甲"), search.hits("青梧市甲 OR 青梧市乙")
    other = search.hits("青梧市乙")
    assert search.hits("青梧市乙 OR @甲") == search.hits("@甲 OR 青梧市乙") == both
    assert search.hits("NOT @甲") == search.hits("@两家 NOT @甲") == other
    assert search.hits("(@两家) @甲") == search.hits("@甲，@两家") == first
    assert search.hits("NOT @两家") == []
    search("--save", "都", "合同 @两家")
    assert search.saved()["都"] == "合同 (青梧市甲 OR 青梧市乙)"
    _, err = search("合同 OR @甲 [", ends=ExitCode.USAGE)
    assert "character 10: [ is never closed" in err
    _, err = search("NOT (合同 @两厂)", ends=ExitCode.USAGE)
    assert "character 9: there is no saved search @两厂" in err
    assert "did you mean @两家?" in err


def test_where_nothing_is_saved_a_person_is_told_how(search: Typing) -> None:
    out, err = search("--saved")
    assert "archiver search --save NAME QUERY" in out + err
    assert search("--saved", "--json") == ("", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--save", "a b", "合同"], "a b cannot be the name"),
        (["--save", "", "合同"], "cannot be the name"),
        (["--save", "x" * 41, "合同"], "cannot be the name"),
        (["--save", "甲"], "there is no query to keep"),
        (["--save", "甲", "合同", "--category", "contract"], "go with no other option"),
        (["--save", "甲", "合同", "--forget", "甲"], "go with no other option"),
        (["--saved", "--limit", "3"], "go with no other option"),
        (["--saved", "合同"], "takes no words"),
        (["--forget", "甲"], "there is no saved search @甲"),
        (["--forget", "甲", "合同"], "a name and nothing else"),
        (["@没有"], "there is no saved search @没有"),
    ],
)
def test_what_is_refused(search: Typing, words: list[str], told: str) -> None:
    assert told in search(*words, ends=ExitCode.USAGE)[1]
    assert not (search.root / "index" / "saved.toml").exists()


def test_a_name_typed_wrongly_is_not_taken_for_a_word(search: Typing) -> None:
    search("--save", "月底对账", "合同")
    assert "did you mean @月底对账?" in search("@月底对帐", ends=ExitCode.USAGE)[1]
    assert search("--save", "月底对账", "发票", ends=ExitCode.USAGE)[1].startswith(
        "error: @月底对账"
    )
    assert search.hits('"@月底对帐"') == []
    assert search.hits("@specimen.invalid") == []


def test_bytes_that_are_no_letters_are_kept_as_such(search: Typing) -> None:
    search("--save", "甲", "合同 \udcff")
    assert search.saved() == {"甲": "合同 \ufffd"}
