"""What a clerk types every day, in a terminal and out of one."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from archiver.cli.terminal import Terminal
from archiver.core.errors import ExitCode
from tests.cli.screen import UNSET, Screen, ended
from tests.cli.shell import NAME, Shell
from tests.worlds import CODE, CONTRACT, LICENCE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A vault with a customer, a filed paper and two in review; nobody changes it."""
    shell = Shell(tmp_path_factory.mktemp("everyday"))
    shell("init", str(shell.vault), "--lang", "zh")
    shell("customer", "add", NAME, "--code", CODE, "--alias", "华信")
    for name, text in (
        ("执照.txt", LICENCE),
        ("新店/a.txt", CONTRACT.format(name="新店")),
        ("旧店/b.txt", CONTRACT.format(name="旧店")),
    ):
        shell.drop(name, text)
        shell("ingest")
    return shell


@pytest.fixture
def shell(made: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A copy of that vault."""
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shell = Shell(tmp_path)
    shutil.copytree(made.vault, shell.vault)
    return shell


def test_a_review_in_a_terminal(shell: Shell) -> None:
    with Screen(shell, "review") as screen:
        first = screen.until("q quit")
        assert "\x1b[2J" in first
        assert "\x1b[1mPaper 1 of 2" in first
        screen.press("ss")  # pasted or doubled: no key at all
        assert "That key means nothing" in screen.until("q quit")
        screen.press("\r")
        assert "customers/新店/合同" in screen.until("q quit")
        screen.press("q")
        assert screen.end() == ExitCode.PERSON_NEEDED
        assert "1 answered, 0 filed with them, 1 still waiting." in screen.written
    assert len(shell.rows("search", "--customer", "新店")) == 1


def test_a_line_is_asked_and_a_name_stands_in_it(shell: Shell) -> None:
    with Screen(shell, "review", env={"TERM": "dumb"}) as screen:
        assert "\x1b" not in screen.until("quit")
        screen.press("c")
        screen.until("back: ")
        screen.line("n")
        screen.until("customer: ")
        screen.line("总店")
        screen.until("quit")
        screen.press("\x03")
        assert screen.end() == ExitCode.INTERRUPTED
    names = [row["name"] for row in shell.rows("customer", "find", "总店")]
    assert names == ["新店总店"]  # the folder's name stood there already


def test_the_end_of_input_ends_a_review(shell: Shell) -> None:
    with Screen(shell, "review") as screen:
        screen.until("q quit")
        screen.press("\x04")
        assert screen.end() == ExitCode.PERSON_NEEDED
        assert "Nothing more is typed" in screen.written
        assert "Traceback" not in screen.written


def test_without_a_terminal_the_review_is_a_list(shell: Shell) -> None:
    done, listed = shell("review"), shell("review", "list")
    assert (done.stdout, done.returncode) == (listed.stdout, listed.returncode)
    assert done.returncode == ExitCode.PERSON_NEEDED
    with Screen(shell, "review") as screen:
        screen.until("q quit")
        screen.press("y")
        screen.until("q quit")
        screen.press("y")
        assert screen.end() == ExitCode.FINE
    assert "Nothing waits" in ended(shell, "review")


def test_hits_are_called_by_number(shell: Shell) -> None:
    assert "no last search" in shell("open", "1").stderr
    assert not (shell.vault.parent / "state").exists()
    shell("search", "合同")
    assert shell("show", "1").returncode == ExitCode.USAGE  # a pipe shows no numbers
    hits = re.findall(r"^\x1b\[1m +(\d)  (D\d+)", ended(shell, "search"), re.MULTILINE)
    assert [number for number, _ in hits] == ["1", "2", "3"]
    for number, document in hits:
        assert shell.rows("show", number)[0]["document"] == document
    waiting = next(number for number, document in hits if document == "D000002")
    assert shell("review", "accept", waiting).returncode == 0
    assert "there is no number 4" in shell("show", "4").stderr
    assert not list(shell.vault.rglob("*state*"))


def test_a_place_found_is_told_without_colour_too(shell: Shell) -> None:
    for env, mark in (
        ({}, "\x1b[33m\x1b[1m营业执照\x1b[0m"),
        ({"NO_COLOR": "1"}, "[营业执照]"),
        ({"CLICOLOR": "0"}, "[营业执照]"),
        ({"TERM": "dumb"}, "[营业执照]"),
    ):
        found = ended(shell, "search", "营业执照", env=env)
        assert mark in found, env
        assert ("\x1b[" in found) is (not env)
        assert ("\x1b[" in ended(shell, "customer", "list", env=env)) is (not env)
    assert "\x1b" not in shell("search", "营业执照").stdout


def test_a_paper_is_opened_or_its_place_is_told(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (row,) = shell.rows("search", "营业执照")
    path = shell.vault / str(row["path"])
    done = shell("open", "D000001")
    assert (done.stdout.strip(), done.returncode) == (str(path), 0)
    assert "no desktop" in done.stderr
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened\n')
    viewer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{viewer.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    assert shell("open", "--print", "D000001").stderr == ""
    assert not (tmp_path / "opened").exists()
    assert "Opened with xdg-open" in shell("open", "D000001").stderr
    assert (tmp_path / "opened").read_text(encoding="utf-8") == str(path)
    viewer.write_text("#!/bin/sh\nexit 3\n")
    assert "no desktop" in shell("open", "D000001").stderr
    viewer.write_text("#!/bin/sh\nexec sleep 2\n")
    assert "Opened with xdg-open" in shell("open", "D000001").stderr
    entries = (json.loads(line) for line in _ledger(shell))
    assert [one["facts"]["how"] for one in entries if one["action"] == "access"] == ["open"] * 5
    path.unlink()
    assert shell("open", "D000001").returncode == ExitCode.DAMAGE


def _ledger(shell: Shell) -> list[str]:
    shell("reindex")
    shell("customer", "alias", "华信", "华信运输")  # publishes
    path = shell.vault / "ledger" / "current.jsonl"
    return path.read_text(encoding="utf-8").splitlines()


def test_the_program_alone_says_what_to_do_next(shell: Shell, tmp_path: Path) -> None:
    shell.drop("c.txt", "x")
    shell.drop("d.pdf", b"")
    shell.drop("e.pdf", b"")
    done = shell()
    assert done.returncode == 0
    assert f"{shell.vault}: 3 papers of 1 customers" in done.stdout
    assert re.search(r"3 files lie in the inbox +→ archiver ingest", done.stdout)
    assert re.search(r"2 papers wait for a decision +→ archiver review", done.stdout)
    assert "completion" in done.stdout
    shell("ingest")
    assert re.search(r"2 files could not be taken in +→ archiver quarantine", shell().stdout)
    small = ended(shell)
    assert len(small.splitlines()) < 24
    assert "archiver --help" in small
    assert "One screen: is everything all right?" in ended(shell, size=(60, 80))
    fresh = Shell(tmp_path / "elsewhere")
    (tmp_path / "elsewhere").mkdir()
    assert "Usage: archiver" in fresh().stdout
    fresh("init", str(fresh.vault))
    assert "Nothing waits for anybody." in fresh().stdout


def test_one_customer_at_a_glance(shell: Shell) -> None:
    row = json.loads(shell("customer", "show", "华信", "--json").stdout)
    assert (row["name"], row["open"]) == (NAME, [])
    (shelf,) = row["categories"]
    assert (shelf["category"], shelf["documents"], shelf["newest"]) == ("licence", 1, "D000001")
    told = shell("customer", "show", "青梧市华信").stdout  # part of the name
    assert f"Codes: {CODE}" in told
    assert "Business licence" in told
    done = shell("customer", "show", "新店")
    assert "waits: D000002" in done.stdout
    assert "archiver review" in done.stderr
    found = [row["name"] for row in shell.rows("customer", "find", "店")]
    assert found == ["新店", "旧店"]
    assert [row["name"] for row in shell.rows("customer", "find", CODE[:8].lower())] == [NAME]
    assert "Nobody is called" in shell("customer", "find", "没有").stderr
    assert "similar: 新店, 旧店" in shell("customer", "show", "店").stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["revew"], "Did you mean review?"),
        (["review", "asign"], "Did you mean assign?"),
        (["review", "zzz"], "no command zzz."),
        (["search", "--limt", "3"], "--limit"),
        (["event", "add", "service_complete", "华信"], "Did you mean service_completed?"),
        (["event", "add", "zzz", "华信"], "There are: service_completed,"),
        (["customer", "add", "x", "--kind", "suplier"], "Did you mean supplier?"),
        (["show", "D2"], "did you mean D000002?"),
        (["show", "D000099"], "did you mean D000003?"),
        (["show", "1-1-2026-1"], "did you mean 0001-01-2026-0001?"),
        (["show", "0001-01-2026-0044"], "did you mean 0001-01-2026-0001?"),
        (["show", "0001-01-1999-0001"], "ids look like"),
        (["show", "x"], "ids look like"),
        (["review", "assign", "D000002", "--category", "执照"], "similar: 营业执照"),
        (["review", "assign", "D000002", "--category", "licens"], "similar: licence"),
        (
            ["review", "assign", "D000002", "--category", "xyz"],
            "the categories are: Business licence",
        ),
        (["review", "assign", "D000002", "--customer", "青梧市华信"], f"similar: {NAME}"),
    ],
)
def test_what_was_probably_meant(made: Shell, words: list[str], told: str) -> None:
    done = made(*words)
    assert done.returncode == ExitCode.USAGE
    assert told in done.stderr


def test_event_kinds_are_known_in_capitals_too(shell: Shell) -> None:
    assert shell("event", "add", "Service_Completed", "华信").returncode == 0


def test_a_terminal_without_line_editing_offers_the_name_in_brackets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("archiver.cli.terminal._EDITING", "no_such_library")
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return "  "

    monkeypatch.setattr("builtins.input", answer)
    assert Terminal().ask("Name: ", "甲") == "甲"
    assert Terminal().ask("Name: ") == ""
    assert asked == ["Name: [甲] ", "Name: "]


@pytest.mark.parametrize(
    ("typed", "key"),
    [("y", "y"), ("是", "是"), ("\x1b[C", "\x1b[C"), ("yes", "")],
)
def test_pasted_text_is_no_key(monkeypatch: pytest.MonkeyPatch, typed: str, key: str) -> None:
    monkeypatch.setattr("click.getchar", lambda: typed)
    assert Terminal().read_key() == key
