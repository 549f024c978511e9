"""Disks and limits that are really full, read-only or torn, under the real commands."""

import gc
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from archiver.custody import party
from tests.faults.invariants import put_aside, sound
from tests.faults.kills import NAME
from tests.worlds import CODE, CONTRACT, a_vault, drop, ingest, papers, reopened

COUNT = 40
INSIDE = [f"{CONTRACT.format(name=NAME)}\n第 {one} 份\n{'样本 ' * 400}" for one in range(COUNT)]


def filled(root: Path) -> None:
    with a_vault(root) as vault:
        party.add(vault, NAME, kind="customer", aliases=[], codes=[CODE])
        for number, text in enumerate(INSIDE):
            drop(vault, f"{number}.txt", text)
        told = vault.layout.settings.read_text("utf-8")
        vault.layout.settings.write_text(told.replace("quiet = 2.0", "quiet = 0.0"), "utf-8")


def command(
    root: Path, *words: str, limited: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archiver.cli.app", "--vault", str(root), *words],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,  # noqa: PLW1509 - no thread of ours forks
    )


def at_peace(root: Path) -> None:
    with reopened(root) as vault:
        ingest(vault)
        texts = [text.encode() for text in INSIDE]
        sound(vault, received=COUNT, archived=texts, aside=())


@pytest.mark.parametrize("most", [200_000, 400_000])
def test_a_file_that_may_not_grow_stops_the_intake_and_loses_nothing(
    tmp_path: Path, most: int
) -> None:
    """The catalogue meets the limit in the middle: SQLite's own error, from its own writes."""
    filled(tmp_path / "vault")
    done = command(
        tmp_path / "vault",
        "--lang",
        "en",
        "ingest",
        limited=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert done.returncode == ExitCode.STORE, done.stderr
    assert "→" in done.stderr
    assert "Traceback" not in done.stderr
    with reopened(tmp_path / "vault") as vault:
        assert not put_aside(vault)
    at_peace(tmp_path / "vault")


@pytest.mark.parametrize("most", [12, 20, 28])
def test_a_process_short_of_files_puts_no_paper_aside(tmp_path: Path, most: int) -> None:
    filled(tmp_path / "vault")
    done = command(
        tmp_path / "vault",
        "ingest",
        limited=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most)),
    )
    assert done.returncode in {ExitCode.FINE, ExitCode.STORE}, done.stderr
    assert "Traceback" not in done.stderr
    with reopened(tmp_path / "vault") as vault:
        assert not put_aside(vault)
    at_peace(tmp_path / "vault")


def torn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4096] = os.urandom(3996)
    path.write_bytes(data)


def no_catalogue(path: Path) -> None:
    path.write_bytes(b"no catalogue at all" * 100)


@pytest.mark.parametrize("harm", [torn, no_catalogue])
def test_a_damaged_catalogue_is_damage_and_no_bug(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
    harm(tmp_path / "vault" / ".archiver" / "catalogue.db")
    done = command(tmp_path / "vault", "status", "--json")
    assert done.returncode == ExitCode.DAMAGE, done.stderr
    assert json.loads(done.stderr)["error"] == "DamageFound"


# Whoosh leaves a table of contents open that it cannot read.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_torn_index_is_made_anew_and_stops_nobody(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    with a_vault(root) as vault:
        drop(vault, "a.txt", INSIDE[0])
        ingest(vault)
        for path in (root / ".archiver" / "index").glob("*.toc"):
            path.write_bytes(b"")
        drop(vault, "b.txt", INSIDE[1])
        ingest(vault)
        texts = [text.encode() for text in INSIDE[:2]]
        sound(vault, received=2, archived=texts, aside=())
        assert len(papers(vault)) == 2
    gc.collect()
