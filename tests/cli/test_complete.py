"""What the Tab key offers, asked as the scripts of the shells ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.cli.app import _COMMANDS
from archiver.cli.complete import VARIABLE, Bash
from archiver.cli.completion import _SHELLS
from tests.cli.shell import NAME, WARM, Shell
from tests.worlds import CODE, CONTRACT


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A vault with two customers, one paper in review, one file in quarantine."""
    shell = Shell(tmp_path_factory.mktemp("complete"))
    shell("init", str(shell.vault), "--lang", "zh")
    shell("customer", "add", NAME, "--code", CODE, "--alias", "华信")
    shell("customer", "add", "Parts (Qingwu) Co., Ltd.")
    shell.drop("a.txt", CONTRACT.format(name="某某"))
    shell.drop("b.pdf", b"")
    shell("ingest")
    return shell


def ask(
    typed: str, *, vault: Path | None, of: str = "bash", cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """One press of Tab at the end of `typed`."""
    words = typed.split(" ")
    known = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "ARCHIVER", "COVERAGE_"))
    }
    asked = {VARIABLE: f"{of}_complete", "COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1)}
    if of == "fish":
        asked["COMP_CWORD"] = words[-1]
    named = {"ARCHIVER_VAULT": str(vault)} if vault else {}
    (warm,) = WARM
    return warm.run([], cwd or Path.cwd(), {**known, **asked, **named})


def offers(typed: str, vault: Path | None) -> list[str]:
    done = ask(typed, vault=vault)
    assert (done.stderr, done.returncode) == ("", 0)
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("archiver rei", ["reindex"]),
        ("archiver review as", ["assign"]),
        ("archiver review accept ", ["D000001"]),
        ("archiver show D0", ["D000001"]),
        ("archiver open X", []),
        ("archiver search --customer 华", ["华信"]),
        ("archiver search --customer 样本", [NAME]),
        ("archiver event add dispute_opened 青", [NAME]),
        ("archiver event add dispute_", ["dispute_opened", "dispute_settled"]),
        ("archiver search --category 营", ["营业执照"]),
        ("archiver search --category lic", ["licence"]),
        ("archiver ingest --customer Parts", [r"Parts\\ \\(Qingwu\\)\\ Co.,\\ Ltd."]),
        ("archiver review assign D000001 --category Bus", [r"Business\\ licence"]),
        ("archiver search --sort d", ["date"]),
        ("archiver --la", ["--lang"]),
    ],
)
def test_offers(shell: Shell, typed: str, offered: list[str]) -> None:
    assert offers(typed, shell.vault) == offered


def test_receipts_in_quarantine_come_with_their_reason(shell: Shell) -> None:
    (receipt,) = offers("archiver quarantine show R", shell.vault)
    done = ask("archiver quarantine show ", vault=shell.vault, of="zsh")
    assert done.stdout.splitlines()[:2] == ["plain", receipt]
    assert "b.pdf 文件是空的" in done.stdout


@pytest.mark.parametrize("typed", ["archiver review accept ", "archiver search --customer 华"])
def test_without_a_vault_there_is_silence(tmp_path: Path, typed: str) -> None:
    done = ask(typed, vault=None, cwd=tmp_path)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)
    (tmp_path / ".archiver").mkdir()
    (tmp_path / ".archiver" / "vault.toml").write_text("spoilt = 1", encoding="utf-8")
    done = ask(typed, vault=tmp_path)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)


def test_names_of_commands_load_no_command() -> None:
    script = (
        "import sys\n"
        "from archiver.cli.app import front\n"
        "from archiver.cli.complete import Bash\n"
        "found = Bash(front, {}, 'archiver', '_X').get_completions([], '')\n"
        "print(len(found))\n"
        "heavy = {'sqlalchemy', 'whoosh', 'rich.console', 'pydantic', 'rapidfuzz'}\n"
        "heavy.add('archiver.cli.search')\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == [str(len(_COMMANDS)), "[]"]


@pytest.mark.parametrize("name", _SHELLS)
def test_the_script_of_a_shell(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "archiver.cli.app", "completion", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"{VARIABLE}={name}_complete" in done.stdout
    assert "archiver" in done.stdout
    if name == "bash":
        path = tmp_path / "script"
        path.write_text(done.stdout, encoding="utf-8")
        assert subprocess.run(["bash", "-n", str(path)], check=False).returncode == 0


def test_bash_takes_a_name_with_blanks_as_one_word(shell: Shell, tmp_path: Path) -> None:
    """The script in a real bash, with this program under its name."""
    program = tmp_path / "archiver"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m archiver.cli.app "$@"\n')
    program.chmod(0o755)
    made = subprocess.run(
        [program, "completion", "bash"], capture_output=True, text=True, check=True
    )
    asked = (
        "COMP_WORDS=(archiver ingest --customer Parts); COMP_CWORD=3; "
        "_archiver_completion archiver; "
        'printf "%s|" "${COMPREPLY[@]}"; eval "set -- ${COMPREPLY[0]}"; echo "$#"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", made.stdout + asked],
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "ARCHIVER_VAULT": str(shell.vault),
        },
    )
    assert done.stdout.strip() == r"Parts\ \(Qingwu\)\ Co.,\ Ltd.|1", done.stderr
    assert Bash.name == "bash"
