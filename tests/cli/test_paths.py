"""Whatever is named where a path is due: a clear sentence, what to do, and never a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from archiver.core.errors import ExitCode
from tests.cli.inside import typed
from tests.worlds import LICENCE, a_vault, drop, ingest, tree


def _file(path: Path) -> Path:
    path.write_bytes(b"not what was meant: " + os.fsencode(path))
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    _file(path / "something")
    return path


def _broken_link(path: Path) -> Path:
    path.symlink_to(path.parent / "nowhere" / "at all")
    return path


def _loop(path: Path) -> Path:
    path.symlink_to(path)
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


THINGS: dict[str, Callable[[Path], Path]] = {
    "a file": _file,
    "a folder": _folder,
    "nothing": lambda path: path,
    "below a file": lambda path: _file(path) / "deeper" / "still",
    "a broken link": _broken_link,
    "a link to itself": _loop,
    "a pipe": _pipe,
    "a device": lambda _: Path("/dev/null"),
    "too long": lambda path: path.parent / ("长" * 100),
    "too long below": lambda path: path.parent / ("长" * 100) / "x",
    "no UTF-8": lambda path: _file(path.parent / os.fsdecode(b"\xcf\xe4.txt")),
}
COMMANDS: dict[str, tuple[str, ...]] = {
    "ingest": ("ingest", "_IT_"),
    "ingest --move": ("ingest", "--move", "_IT_"),
    "backup": ("backup", "_IT_"),
    "restore": ("restore", "_IT_", "_NEW_"),
    "restore into": ("restore", "_BACKUP_", "_IT_"),
    "restore --ledger": ("restore", "_BACKUP_", "_NEW_", "--ledger", "_IT_"),
    "report --output": ("report", "--output", "_IT_"),
    "init": ("init", "_IT_"),
    "--vault": ("--vault", "_IT_", "status"),
    "show": ("show", "_IT_"),
    "open": ("open", "_IT_"),
}
FINE = {
    ("backup", "nothing"),
    ("backup", "a folder"),
    ("restore into", "nothing"),
    ("report --output", "nothing"),
    ("report --output", "a folder"),
    ("init", "nothing"),
    *((command, "a broken link") for command in ("backup", "restore into", "init")),
    *(
        (f"ingest{option}", thing)
        for option in ("", " --move")
        for thing in ("a broken link", "a link to itself", "a pipe", "a device")
    ),
}
"""What is no mistake, or is told of the one file: it waits, and nothing is lost."""
ASIDE = {
    (f"ingest{option}", thing)
    for option in ("", " --move")
    for thing in ("a file", "no UTF-8", "a folder")
}
"""What a person must decide about."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A vault with one paper, and a backup of it."""
    folder = tmp_path_factory.mktemp("paths")
    with a_vault(folder / "vault") as vault:
        drop(vault, "执照.txt", LICENCE)
        ingest(vault)
    assert typed(folder / "vault", "backup", str(folder / "backups")) == ExitCode.FINE
    (backup,) = (one for one in (folder / "backups").iterdir() if one.is_dir())
    return folder / "vault", backup


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("thing", THINGS)
def test_a_path_of_the_wrong_kind_is_told(
    world: tuple[Path, Path],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    *,
    command: str,
    thing: str,
) -> None:
    vault, backup = world
    it = THINGS[thing](tmp_path / "it")
    before = {path: data for path, data in tree(tmp_path).items() if path != "it"}
    stands = {"_IT_": str(it), "_NEW_": str(tmp_path / "new"), "_BACKUP_": str(backup)}
    code = typed(vault, *(stands.get(word, word) for word in COMMANDS[command]))
    told = capfd.readouterr().err
    if (command, thing) in ASIDE:
        assert code == ExitCode.PERSON_NEEDED
    elif (command, thing) in FINE:
        assert code == ExitCode.FINE, told
    else:
        strange = command == "restore --ledger" and thing in {"a file", "no UTF-8"}
        assert code in ({ExitCode.DAMAGE} if strange else {ExitCode.USAGE, ExitCode.STORE}), told
        assert told.startswith("error: ")
        assert "→" in told
        after = tree(tmp_path)
        assert {path: after.get(path) for path in before} == before  # nothing else was touched


def test_a_demonstration_leaves_a_vault_alone(world: tuple[Path, Path]) -> None:
    vault, _ = world
    before = tree(vault)
    assert typed(None, "demo", str(vault)) == ExitCode.USAGE
    assert tree(vault) == before


def test_a_vault_may_lie_where_no_utf8_leads(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"\xcf\xe4")
    command = [sys.executable, "-m", "archiver.cli.app", "--lang", "en"]
    where = str(folder)
    for words in (["init", where], ["--vault", where, "status"], ["--vault", where]):
        done = subprocess.run([*command, *words], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (ExitCode.FINE, ""), words
        assert "\\udccf" in done.stdout
