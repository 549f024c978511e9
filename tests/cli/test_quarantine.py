"""How a clerk empties the quarantine, in either language, by the front door."""

import io
import json
import re
import sqlite3
from pathlib import Path

import pytest
from pypdf import PdfWriter

from archiver.core.errors import ExitCode
from tests.cli.screen import Screen
from tests.cli.shell import NAME, Shell
from tests.cli.test_languages import english_in
from tests.reading.papers import Sheet, han, pdf_of
from tests.worlds import CODE, LICENCE

KEY = "zhima-kaimen-9"


def locked_pdf(name: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(pdf_of([Sheet(han(name))])))
    writer.encrypt(KEY, algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A vault with three files put aside: two locked ones, and one that nothing reads."""
    shell = Shell(tmp_path)
    assert shell("init", str(shell.vault), "--lang", "zh").returncode == 0
    assert shell("customer", "add", NAME, "--code", CODE, "--alias", "华信").returncode == 0
    shell.drop("一.pdf", locked_pdf("第一份采购合同"))
    shell.drop("二.pdf", locked_pdf("第二份采购合同"))
    shell.drop("猫.rar", b"Rar!\x1a\x07\x01\x00 not a paper")
    assert shell("ingest").returncode == ExitCode.PERSON_NEEDED
    return shell


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A vault with nothing in it."""
    shell = Shell(tmp_path_factory.mktemp("half"))
    assert shell("init", str(shell.vault)).returncode == 0
    return shell


def receipts(shell: Shell) -> dict[str, str]:
    return {str(one["source"]): str(one["receipt"]) for one in shell.rows("quarantine", "list")}


def test_the_quarantine_is_emptied(shell: Shell) -> None:
    aside = receipts(shell)
    first, second, cat = aside["一.pdf"], aside["二.pdf"], aside["猫.rar"]

    wrong = shell.typing("wrong\n", "quarantine", "retry", first, "--password-stdin", "--json")
    assert wrong.returncode == ExitCode.PERSON_NEEDED
    assert json.loads(wrong.stdout)["reasons"][0]["code"] == "wrong_password"
    (listed, *_) = shell.rows("quarantine", "list")
    assert (listed["tries"], listed["next_try"], listed["settled"]) == (1, None, None)

    right = shell.typing(f"{KEY}\n", "quarantine", "retry", first, "--password-stdin", "--json")
    taken = json.loads(right.stdout)
    assert taken["receipt"] == first
    assert taken["document"]
    (shown,) = shell.rows("show", str(taken["document"]))
    assert shown["password_protected"] is True
    assert "opens with a password only" in shell("show", str(taken["document"])).stdout
    assert len(shell.rows("search", "第一份")) == 1

    screen = Screen(shell, "quarantine", "retry", second, "--password")
    screen.until("Password")
    screen.secret(KEY)
    assert screen.end() == ExitCode.PERSON_NEEDED, "it is to be decided whose it is"
    assert KEY not in screen.written

    back = shell("quarantine", "release", cat, "--back", "--reason", "a cat")
    assert (back.returncode, "Handed back: exports/" in back.stdout) == (0, True)
    assert shell("quarantine", "list").returncode == 0
    acts = [one["settled"] for one in shell.rows("quarantine", "list", "--all")]
    assert [one["act"] for one in acts if isinstance(one, dict)] == ["retried"] * 2 + ["returned"]

    (row,) = shell.rows("account")
    assert (row["received"], row["quarantined"], row["differs"]) == (3, 3, [])
    for path in shell.vault.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


def test_unread_papers_are_kept_and_told_in_both_languages(shell: Shell) -> None:
    cat = receipts(shell)["猫.rar"]
    words = ("--customer", "华信", "--category", "合同", "--reason", "RAR 里是图纸")
    done = shell("quarantine", "release", cat, *words, "--json")
    told = json.loads(done.stdout)["settled"]
    assert (told["act"], told["outcome"], told["reason"]) == ("released", "filed", "RAR 里是图纸")
    assert told["path"].endswith(".rar")
    assert "Filed unread by" in shell("quarantine", "show", cat).stdout
    chinese = shell("quarantine", "show", cat, lang="zh").stdout
    assert english_in(chinese) == []
    assert "未经读取" in chinese
    assert english_in(shell("quarantine", "list", "--all", lang="zh").stdout) == []
    again = shell("quarantine", "release", cat, *words)
    assert again.returncode == ExitCode.USAGE
    assert f"archiver quarantine show {cat}" in again.stderr
    assert shell("quarantine", "retry", cat).returncode == ExitCode.USAGE


def test_all_of_them_at_once(shell: Shell) -> None:
    done = shell("quarantine", "retry", "--all", f"--password={KEY}")
    assert done.returncode == ExitCode.PERSON_NEEDED
    assert list(receipts(shell)) == ["猫.rar"]
    cat = receipts(shell)["猫.rar"]
    assert shell("quarantine", "release", cat, "--back", "--reason", "x").returncode == 0
    assert "Nothing is in quarantine" in shell("quarantine", "retry", "--all").stderr


@pytest.mark.parametrize(
    "words",
    [
        ("retry",),
        ("retry", "R0"),
        ("retry", "R0", "--all"),
        ("retry", "--all", "--password"),
        ("retry", "--all", "--password="),
        ("retry", "--all", "--password", "x", "--password-stdin"),
        ("release", "R0", "--customer", "华信"),
        ("release", "R0", "--back"),
        ("release", "R0", "--back", "--customer", "华信", "--reason", "x"),
        ("release", "R0"),
        ("show", "R0"),
    ],
    ids=" ".join,
)
def test_half_commands_are_refused_with_a_hint(empty: Shell, words: tuple[str, ...]) -> None:
    for lang in ("en", "zh"):
        done = empty("quarantine", *words, lang=lang)
        assert done.returncode == ExitCode.USAGE
        assert "→" in done.stderr
    assert english_in(done.stderr) == []


def test_the_account_of_days_and_the_files_behind_it(shell: Shell) -> None:
    day = str(shell.rows("quarantine", "list")[0]["day"])
    shell.drop("等.txt", LICENCE)
    listed = shell.rows("account", "--list", "quarantined")
    assert list(listed[0]) == [
        *("receipt", "source", "day", "outcome", "document", "path", "reasons")
    ]
    assert {str(one["source"]) for one in listed} == {"一.pdf", "二.pdf", "猫.rar"}
    (lying,) = shell.rows("account", "--list", "waiting")
    assert (lying["source"], lying["receipt"], lying["path"]) == ("等.txt", None, "inbox/等.txt")
    assert len(shell.rows("account", "--list", "all", "--day", day)) == 4
    assert shell("account", "--list", "all", "--csv").stdout.count("\n") == 5
    assert "等.txt" in shell("account", "--list", "all", lang="zh").stdout
    (row,) = shell.rows("account", "--from", day)
    assert (row["day"], row["from"], row["to"], row["received"]) == (None, day, None, 4)
    assert f"from {day} to …" in shell("account", "--from", day).stdout
    (row,) = shell.rows("account", "--to", "2020-01-01")
    assert (row["received"], row["waiting"]) == (0, 0)
    for words in (("--day", day, "--to", day), ("--from", day, "--to", "2020-01-01")):
        assert shell("account", *words).returncode == ExitCode.USAGE
    assert "0 2 3 5 7 9" in shell("account", "--help").stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_receipt_that_vanished_is_named_and_is_damage(shell: Shell, lang: str) -> None:
    (gone, *_) = receipts(shell).values()
    catalogue = shell.vault / ".archiver" / "catalogue.db"
    with sqlite3.connect(catalogue) as connection:
        connection.execute("DELETE FROM receipts WHERE id = ?", [gone])
    connection.close()
    done = shell("account", lang=lang)
    assert done.returncode == ExitCode.DAMAGE
    assert re.search(rf"^  {gone}$", done.stderr, re.MULTILINE)
    (row,) = shell.rows("account")
    assert row["differs"] == [gone]
    parts = ("filed", "review", "duplicate", "quarantined", "waiting")
    assert row["received"] != sum(int(str(row[one])) for one in parts)
    assert shell("account", "--list", "all").returncode == ExitCode.DAMAGE
