"""The command that is told of what was put aside."""

import json
import logging
import sys
from pathlib import Path

import pytest

from archiver.intake import alarm
from archiver.vault.vault import Vault, open_vault
from tests.worlds import a_vault, a_zip, drop, ingest, prepared

NOTE = """
import os, sys
open('told', 'a').write(sys.stdin.read())
open('env', 'w').write(repr(dict(os.environ)))
"""


def with_command(root: Path, *command: str) -> Vault:
    """A vault whose `vault.toml` names a command."""
    with a_vault(root) as made:
        path = made.layout.settings
        text = path.read_text(encoding="utf-8")
        chosen = text.replace("command = []", f"command = {json.dumps(command)}")
        path.write_text(chosen, encoding="utf-8")
    return prepared(open_vault(root, "clerk"))


def test_it_is_told_once_a_batch_of_every_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    with with_command(tmp_path / "vault", sys.executable, "-c", NOTE) as vault:
        drop(vault, "店/锁.txt", "LOCKED")
        drop(vault, "a.zip", a_zip({"one.txt": b"LOCKED 1", "two.txt": "好".encode()}))
        ingest(vault)
        told = (vault.layout.root / "told").read_text(encoding="utf-8")
        rows = [json.loads(line) for line in told.splitlines()]
        assert sorted(row["source"] for row in rows) == ["a.zip/one.txt", "店/锁.txt"]
        assert all(Path(row["path"]).is_file() for row in rows)
        assert rows[0]["reasons"][0]["text"].startswith("文件有密码。")
        assert "SECRET" not in (vault.layout.root / "env").read_text(encoding="utf-8")
        drop(vault, "b.txt", "fine")
        ingest(vault)
        assert (vault.layout.root / "told").read_text(encoding="utf-8") == told


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((sys.executable, "-c", "raise SystemExit('no mail today')"), "no mail today"),
        (("/nowhere/at/all",), "/nowhere/at/all"),
        ((sys.executable, "-c", "import time; time.sleep(60)"), "more than 2 s"),
    ],
)
def test_its_failure_is_logged_and_stops_nothing(
    tmp_path: Path,
    command: tuple[str, ...],
    said: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(alarm, "_SECONDS", 2.0)
    with with_command(tmp_path / "vault", *command) as vault, caplog.at_level(logging.ERROR):
        drop(vault, "a.txt", "LOCKED")
        drop(vault, "b.txt", "fine")
        assert len(ingest(vault)) == 2
    assert said in caplog.text
