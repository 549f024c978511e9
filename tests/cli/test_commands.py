"""The commands as scripts use them: JSON keys, exit codes, errors; each in its own process."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import termios
from pathlib import Path

import click
import pytest

from archiver.cli.app import _COMMANDS
from archiver.cli.door import leave
from archiver.cli.wrap import width
from archiver.core.errors import ExitCode
from tests.cli.shell import NAME, Shell
from tests.worlds import CODE, CONTRACT, LICENCE

INGEST_KEYS = [
    *("source", "receipt", "outcome", "document", "parts", "sha256", "media_type", "pages"),
    *("category", "category_confidence", "customer", "customer_name", "fields", "path"),
    *("reasons", "seconds"),
]
SEARCH_KEYS = [
    *("document", "score", "customer", "customer_name", "category", "date", "title"),
    *("path", "snippet", "near"),
]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A vault with one customer and four drops taken in."""
    shell = Shell(tmp_path_factory.mktemp("cli"))
    assert shell("init", str(shell.vault), "--lang", "zh").returncode == 0
    assert shell("customer", "add", NAME, "--code", CODE, "--alias", "华信").returncode == 0
    shell.drop("执照.txt", LICENCE)
    shell.drop("新店/合同.txt", CONTRACT.format(name="新店"))
    shell.drop("空.pdf", b"")
    shell.drop("假.pdf", b"Rar!\x1a\x07\x01\x00 not a paper")
    done = shell("ingest", "--json")
    assert done.returncode == ExitCode.PERSON_NEEDED, done.stderr
    shell.taken = [json.loads(line) for line in done.stdout.splitlines()]
    return shell


def test_ingest_says_all_its_keys_of_every_file(shell: Shell) -> None:
    taken = {row["source"]: row for row in shell.taken}
    assert all(list(row) == INGEST_KEYS for row in taken.values())
    assert {source: row["outcome"] for source, row in taken.items()} == {
        "执照.txt": "filed",
        "新店/合同.txt": "review",
        "空.pdf": "quarantined",
        "假.pdf": "quarantined",
    }
    filed = taken["执照.txt"]
    assert filed["customer_name"] == NAME
    assert filed["fields"]["credit_code"]["value"] == CODE
    assert set(filed["fields"]["credit_code"]) == {"value", "raw", "confidence", "page", "box"}
    assert [one["code"] for one in taken["假.pdf"]["reasons"]] == ["unsupported_format"]


def test_search_finds_and_narrows(shell: Shell) -> None:
    (hit,) = shell.rows("search", "营业执照")
    assert list(hit) == SEARCH_KEYS
    assert hit["customer_name"] == NAME
    assert len(shell.rows("search", "--category", "合同")) == 1
    assert shell.rows("search", "--customer", "华信", "--from", "2030-01-01") == []
    assert shell("search", "没有的词").returncode == 0
    assert shell("search", "(").returncode == 2


def test_review_accepts_a_proposed_customer(shell: Shell) -> None:
    (waiting,) = shell.rows("review", "list")
    assert waiting["proposed_name"] == "新店"
    assert shell("review", "accept", str(waiting["document"])).returncode == 0
    assert shell.rows("review", "list") == []
    (hit,) = shell.rows("search", "--customer", "新店")
    assert (shell.vault / str(hit["path"])).is_file()
    assert str(hit["path"]).startswith("customers/新店/合同/")
    shown = shell("show", str(waiting["archive_no"]), "--why").stdout
    assert "甲方" in shown
    assert "0002-02-" in shown


def test_retention_follows_events(shell: Shell) -> None:
    assert (
        shell("event", "add", "relationship_ended", "华信", "--date", "2023-05-10").returncode == 0
    )
    plan = {row["customer_name"]: row for row in shell.rows("retain", "plan")}
    assert plan[NAME]["retain_through"] == "2026-05-10"
    told = shell("retain", "explain", "D000001").stdout
    assert "Kept through 2026-05-10: 3 years from the latest end of the relationship (20" in told
    assert "rule L1 of licences.toml" in told
    assert shell("event", "add", "dispute_opened", "华信").returncode == 0
    (row,) = shell.rows("retain", "explain", "D000001")
    assert row["permanent"] is True
    assert len(shell.rows("search", "state:permanent")) == 1


def test_proof(shell: Shell) -> None:
    assert shell("check", "--deep").returncode == 0
    (verified,) = shell.rows("ledger", "verify")
    assert shell("ledger", "verify", "--head", str(verified["head"])).returncode == 0
    assert shell("ledger", "verify", "--head", f"1:{'0' * 64}").returncode == ExitCode.DAMAGE
    (account,) = shell.rows("account")
    counts = [account[key] for key in ("filed", "review", "duplicate", "quarantined", "waiting")]
    assert counts == [1, 1, 0, 2, 0]
    assert account["received"] == 4
    assert shell.rows("status")[0]["documents"] == 2
    assert shell("reindex").returncode == 0
    assert len(shell.rows("search", "营业执照")) == 1


def test_quarantine_explains(shell: Shell) -> None:
    listed = shell.rows("quarantine", "list")
    assert shell("quarantine", "list").returncode == ExitCode.PERSON_NEEDED
    for row in listed:
        path = shell.vault / str(row["path"])
        assert path.is_file()
        note = path.with_name(path.name + ".reason.txt").read_text(encoding="utf-8")
        assert str(row["receipt"]) in note
        assert shell("quarantine", "show", str(row["receipt"])).returncode == 0


def test_damage_is_found_and_named(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell("init", str(shell.vault))
    shell("customer", "add", NAME, "--code", CODE)
    shell.drop("a.txt", LICENCE)
    shell("ingest")
    (paper,) = shell.vault.glob("customers/*/营业执照/* 营业执照 *.txt")
    data = paper.read_bytes()
    paper.chmod(0o640)
    paper.write_bytes(data.replace("壹".encode(), "贰".encode()))
    (paper.parent / "陌生.txt").write_text("x", encoding="utf-8")
    done = shell("check", "--deep", "--json")
    assert done.returncode == ExitCode.DAMAGE
    assert sorted(json.loads(line)["kind"] for line in done.stdout.splitlines()) == [
        "altered",
        "extra",
    ]
    paper.rename(paper.parent.parent / paper.name)
    kinds = [row["kind"] for row in shell.rows("check", "--deep")]
    assert kinds == ["extra", "extra", "missing"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["serch", "x"], ExitCode.USAGE),
        (["show", "D999999"], ExitCode.USAGE),
        (["ingest", "nowhere.pdf"], ExitCode.USAGE),
        (["ingest", "--customer", "谁"], ExitCode.USAGE),
        (["review", "assign", "D000001"], ExitCode.USAGE),
        (["search", "颜色:红"], ExitCode.USAGE),
    ],
)
def test_wrong_words_are_told_as_an_object_too(
    shell: Shell, words: list[str], code: ExitCode
) -> None:
    done = shell(*words, "--json")
    assert done.returncode == code
    told = json.loads(done.stderr)
    assert set(told) == {"error", "code", "message", "hint", "exit"}
    assert told["exit"] == code
    assert done.stdout == ""


def test_a_vault_that_is_none_and_a_setting_that_is_none(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    assert shell("status").returncode == ExitCode.USAGE
    shell("init", str(shell.vault))
    assert shell("init", str(shell.vault)).returncode == ExitCode.USAGE
    settings = shell.vault / ".archiver" / "vault.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "\n[colour]\nred = 1\n", encoding="utf-8")
    done = shell("status")
    assert done.returncode == ExitCode.DECLARATIONS
    assert "colour" in done.stderr
    settings.write_text(text.replace("whoosh:", "elastic:"), encoding="utf-8")
    assert shell("search", "x").returncode == ExitCode.ENGINE


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help_that_ends_with_its_exit_codes(name: str) -> None:
    command = [sys.executable, "-m", "archiver.cli.app", name, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Exit: 0" in done.stdout or "Commands:" in done.stdout


def test_the_first_of_5_9_8_4_is_the_exit_code() -> None:
    for codes, expected in (
        ([ExitCode.PERSON_NEEDED, ExitCode.STORE], ExitCode.STORE),
        ([ExitCode.REFUSED, ExitCode.DAMAGE, ExitCode.STORE], ExitCode.DAMAGE),
    ):
        with pytest.raises(click.exceptions.Exit) as ended:
            leave(codes)
        assert ended.value.exit_code == expected
    leave([])


def test_what_people_read(shell: Shell) -> None:
    """The listings as text and CSV: what scripts get is tested above."""
    status = shell("status").stdout
    assert "2 papers archived" in status
    assert "2 files in quarantine" in status
    assert "4 received = 1 filed + 1 in review" in shell("account").stdout
    (row, *_) = shell.rows("quarantine", "list")
    assert "SHA-256" in shell("quarantine", "show", str(row["receipt"])).stdout
    assert shell("quarantine", "show", "R0").returncode == ExitCode.USAGE
    listed = shell("customer", "list", "--csv").stdout.splitlines()
    assert listed[0].startswith("customer,name,kind,standing,folder,documents,codes,aliases")
    assert NAME in listed[1]
    found = shell("search", "营业执照").stdout
    assert NAME in found
    assert "customers/" in found
    assert shell("customer", "alias", "华信", "华信样本").returncode == 0
    assert shell.rows("customer", "alias", "华信样本", "--code", CODE)[0]["customer"] == "C0001"
    done = shell("customer", "add", "华兴")
    assert done.stdout.startswith("C0003")
    assert "similar" in shell("event", "add", "service_completed", "青梧市华信样本运输公司").stderr
    told = shell("review", "assign", "D000002", "--customer", "华兴")
    assert told.returncode == ExitCode.USAGE
    assert "nothing about D000002 waits" in told.stderr
    assert "营业执照" in shell("search", "营业执照", lang="zh").stdout


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["permanent", "Everything is there and as recorded.", "92990001MA1HX1001G"]),
        ("zh", ["永久", "文件齐全，与记录一致。", "92990001MA1HX1001G"]),
    ],
)
def test_a_terminal_gets_drawn_tables_and_a_bar(shell: Shell, lang: str, told: list[str]) -> None:
    """In a pseudo-terminal of 80 columns nothing is wider than the screen, no word is torn."""
    reader, writer = os.openpty()
    termios.tcsetwinsize(writer, (25, 80))
    words = ("--vault", str(shell.vault), "--lang", lang)
    for command in ((*words, "check"), (*words, "retain", "plan"), (*words, "customer", "list")):
        subprocess.run(
            [sys.executable, "-m", "archiver.cli.app", *command],
            stdout=writer,
            stderr=writer,
            env={**os.environ, "TERM": "xterm"},
            check=False,
        )
    os.close(writer)
    shown = bytearray()
    with contextlib.suppress(OSError):
        while piece := os.read(reader, 65536):
            shown += piece
    os.close(reader)
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode())
    lines = re.split(r"[\r\n]+", plain)
    assert max(map(width, lines)) <= 80
    assert not [line for line in lines if re.match(r"\s*[，。；：！？、）”]", line)]
    for one in told:
        assert any(one in line for line in lines), one


def test_the_service_ends_cleanly_when_told(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell("init", str(shell.vault))
    command = [sys.executable, "-m", "archiver.cli.app", "--vault", str(shell.vault)]
    with subprocess.Popen(
        [*command, "watch", "--poll", "0.5"], stdout=subprocess.PIPE, text=True
    ) as service:
        assert service.stdout
        assert "inbox" in service.stdout.readline()
        shell.drop("a.txt", LICENCE)
        assert "a.txt" in service.stdout.readline()
        service.send_signal(signal.SIGTERM)
        assert service.wait(30) == 0
    assert shell.rows("account")[0]["review"] == 1


def test_the_demonstration_tells_its_story(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    command = [sys.executable, "-m", "archiver.cli.app", "--lang", "zh", "demo", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "└─" in done.stdout
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert "D0000" in told
    for state in ("已到期", "保管中", "永久", "待触发", "例外"):
        assert state in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("合同", "--category", "驾照"), "no category 驾照"),
        (("合同", "--customer", "花信花"), "no customer 花信花"),
        (("没有这样的词",), "Nothing found"),
    ],
)
def test_a_search_that_finds_nothing_says_why(
    shell: Shell, words: tuple[str, ...], told: str
) -> None:
    done = shell("search", *words, "--lang", "en")
    assert done.returncode == ExitCode.FINE
    assert told in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--from", "明天"), "--from: 明天 is no day"),
        (("--from", "2025-06", "--to", "2025-01"), "--from is after --to"),
        (("客户名:华信",), "character 1"),
    ],
)
def test_a_search_that_cannot_be_understood_names_what_is_wrong(
    shell: Shell, words: tuple[str, ...], told: str
) -> None:
    done = shell("search", *words, "--lang", "en")
    assert done.returncode == ExitCode.USAGE
    assert told in done.stderr
