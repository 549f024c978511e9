"""`tag` at the front door: what a clerk types, what a script gets, in both languages."""

import json
import unicodedata
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.custody.tombstone import bury
from archiver.intake.publish import publish
from archiver.review.decide import queue
from tests.cli.inside import typed
from tests.cli.shell import Shell
from tests.cli.test_complete import offers
from tests.worlds import CONTRACT, a_vault, drop, ingest, reopened


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three papers that wait."""
    with a_vault(tmp_path / "vault") as vault:
        for number in (1, 2, 3):
            drop(vault, f"{number}.txt", f"{CONTRACT.format(name='谁也不是')}\n{number}")
        ingest(vault)
        publish(vault)
    return tmp_path / "vault"


def out(root: Path, capsys: pytest.CaptureFixture[str], *words: str, lang: str = "en") -> str:
    assert typed(root, *words, lang=lang) == 0
    return capsys.readouterr().out


def test_a_clerk_tags_and_finds(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("tag", "D000001", "D000003", "--add", "重要", "-a", "ＶＩＰ")
    assert out(root, capsys, *words) == "D000001: VIP, 重要\nD000003: VIP, 重要\n"
    assert out(root, capsys, *words, lang="zh") == "D000001：VIP、重要\nD000003：VIP、重要\n"
    assert out(root, capsys, "tag", "D000003", "-r", "vip", "-a", "急") == "D000003: 急, 重要\n"
    assert out(root, capsys, "tag", "D000002") == "D000002 has no tags\n"
    assert out(root, capsys, "tag", "D000002", lang="zh") == "D000002 没有标签\n"
    assert out(root, capsys, "tag", "--list").split() == [
        *("Tag", "Papers", "VIP", "1"),
        *("急", "1", "重要", "2"),
    ]
    assert out(root, capsys, "tag", "--list", "--csv").splitlines()[1:] == [
        *("VIP,1", "急,1", "重要,2"),
    ]
    assert "\nTags: 急, 重要\n" in out(root, capsys, "show", "D000003")
    assert "\n标签：急、重要\n" in out(root, capsys, "show", "D000003", lang="zh")
    assert json.loads(out(root, capsys, "show", "D000002", "--json"))["tags"] == []
    found = out(root, capsys, "search", "标签:重要", "--json").splitlines()
    assert {json.loads(one)["document"] for one in found} == {"D000001", "D000003"}


def test_paths_of_a_search_name_papers(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = out(root, capsys, "search", "合同", "--paths").splitlines()
    told = out(root, capsys, "tag", "--add", "重要", "--json", *paths, paths[0])
    rows = [json.loads(line) for line in told.splitlines()]
    assert sorted(row["document"] for row in rows) == ["D000001", "D000002", "D000003"]
    assert all(row["tags"] == ["重要"] for row in rows)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ((), "--list"),
        (("--add", "重要"), "--list"),
        (("D000001", "--list"), "--list"),
        (("--list", "--remove", "重要"), "--list"),
        (("D000001", "重要"), "archiver tag D000001 --add 重要"),
        (("重要", "D000001"), "archiver search"),
        (("D000001", "--add", "a\u202eb"), "64"),
        (("D000001", "--add", "重要", "--add", ""), "64"),
        (("D000001", "--add", "a", "--remove", "Ａ"), ""),
    ],
)
def test_what_cannot_be_meant_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], hint: str, lang: str
) -> None:
    assert typed(root, "tag", *words, lang=lang) == ExitCode.USAGE
    message, advice = capsys.readouterr().err.splitlines()
    assert hint in advice
    wide = sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in message)
    assert wide <= 80
    assert "\u202e" not in message
    assert out(root, capsys, "tag", "--list") == ""


def test_a_paper_that_is_gone_has_no_tags(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out(root, capsys, "tag", "D000001", "D000002", "--add", "重要")
    with reopened(root) as vault:
        bury(vault, queue(vault)[0], "withdrawal")
        publish(vault)
    for words in (("D000001", "--add", "重要"), ("D000001",), ("D000002", "D000001", "-r", "重要")):
        assert typed(root, "tag", *words) == ExitCode.REFUSED
        assert "archiver show D000001" in capsys.readouterr().err
    assert out(root, capsys, "tag", "--list", "--json") == '{"tag": "重要", "documents": 1}\n'
    assert json.loads(out(root, capsys, "show", "D000001", "--json"))["tags"] == []
    assert out(root, capsys, "tag", "D000002") == "D000002: 重要\n"


def test_the_tab_key_knows_tags(root: Path) -> None:
    shell = Shell(root.parent)
    assert shell("tag", "D000002", "--add", "待续签", "--add", "Fleet renewal").returncode == 0
    assert offers("archiver tag D000001 --add 待", root) == ["待续签"]
    assert offers("archiver tag D000001 --remove f", root) == [r"Fleet\\ renewal"]
    assert offers("archiver tag D00", root) == ["D000001", "D000002", "D000003"]


def test_who_has_no_role_tags_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (root / ".archiver" / "vault.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[person]]\nname = "甲"\nlogins = ["nobody-here"]\nroles = ["clerk"]\n')
    assert typed(root, "tag", "D000001", "--add", "重要") == ExitCode.REFUSED
    assert "ROLE_REQUIRED" in capsys.readouterr().err
    assert out(root, capsys, "tag", "D000001") == "D000001 has no tags\n"
