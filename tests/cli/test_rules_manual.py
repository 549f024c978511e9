"""docs/rules.md teaches by examples: each is written, run and compared with what is printed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.vault.create import create
from tests.cli.inside import typed

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
"""The examples speak of calendars of these years."""
_BLOCK = re.compile(r"^```(toml|console)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_CALL = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_FILE = re.compile(r"# (rules/\S+)\n")


def blocks() -> list[tuple[str, str]]:
    """Kind and text of each block of the section on retention."""
    section = MANUAL.read_text(encoding="utf-8").partition("\n## Retention")[2]
    return _BLOCK.findall(section)


def calls(text: str) -> Iterator[tuple[list[str], str]]:
    """Words of each command line, and what it prints."""
    for line, printed in _CALL.findall(text):
        yield line.split(), printed


def fits(shown: str, printed: str) -> bool:
    """Whether it is printed as shown: `…` stands for anything, lines may break elsewhere."""
    parts = [re.escape(" ".join(part.split())) for part in shown.split("…")]
    return bool(re.fullmatch(r"\s*.*?\s*".join(parts), " ".join(printed.split())))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("archiver.vault.vault.system_clock", lambda zone: lambda: NOW)
    vault, _ = create(tmp_path / "vault", "en", "clerk", lambda: NOW)
    vault.close()
    return tmp_path / "vault"


def test_every_example_of_the_manual_prints_what_is_shown(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = 0
    for kind, text in blocks():
        if kind == "toml":
            named = _FILE.match(text)
            assert named, f"no file is named above: {text}"
            (root / named[1]).write_text(text, encoding="utf-8")
            continue
        for (program, *words), shown in calls(text):
            if program == "rm":
                (root / words[0]).unlink()
                continue
            assert program == "archiver"
            typed(root, *words)
            out, err = capsys.readouterr()
            assert fits(shown, f"{out}\n{err}"), f"{words}:\n{out}{err}"
            compared += 1
    assert compared >= 9


def test_the_comparison_bites() -> None:
    assert fits("kept … to the\nend.", "kept long to the end.\n")
    assert not fits("kept … to the end.", "kept long to the day.")
    assert not fits("kept to the end.", "It is kept to the end.")


def test_every_rule_of_the_manual_is_tried() -> None:
    section = MANUAL.read_text(encoding="utf-8")
    tried = "".join(text for kind, text in blocks() if kind == "toml")
    assert section.count("[[rule]]") == tried.count("[[rule]]")
