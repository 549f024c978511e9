"""A search that finds nothing offers one that does, ready to be typed."""

import shlex
from pathlib import Path

import pytest

from archiver.custody import party
from tests.cli.inside import typed
from tests.worlds import CONTRACT, a_vault, drop, ingest

NAME = "青梧市华信样本运输有限公司"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("meant") / "vault"
    with a_vault(folder) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[])
        drop(vault, f"{NAME}/合同.txt", CONTRACT.format(name=NAME))
        ingest(vault)
    return folder


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["花信样本"], ["华信样本"]),
        (["合同 AND 客户:（花信样本）"], ["合同 AND 客户:（华信样本）"]),
        (
            ["合同", "--customer", "花信样本", "--from", "2020"],
            ["合同", "--customer", "华信样本", "--from", "2020"],
        ),
    ],
)
def test_what_is_offered_finds_it(
    root: Path, capsys: pytest.CaptureFixture[str], words: list[str], offered: list[str]
) -> None:
    assert typed(root, "search", *words) == 0
    out, err = capsys.readouterr()
    assert out == ""
    first, line, *_ = err.splitlines()
    assert first == "Nothing found. Did you mean:"
    assert shlex.split(line) == ["archiver", "search", *offered]
    assert typed(root, "search", *offered, "--json") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_where_nothing_is_written_nearly_so_other_advice_is_given(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, told in ((["违约责人"], "Fewer words"), (["-n", "花花"], "no customer 花花")):
        assert typed(root, "search", *words) == 0
        _, err = capsys.readouterr()
        assert told in err
        assert "Did you mean:" not in err


def test_programs_are_offered_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("--json", "--csv", "--paths", "-0"):
        assert typed(root, "search", "花信样本", form) == 0
        out, err = capsys.readouterr()
        assert (out, "Did you mean" in err) == ("", False)
