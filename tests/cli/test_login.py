"""Who acts: the login, or the one behind sudo where the vault's own user acts."""

import os
import pwd
from pathlib import Path

import pytest

from archiver.cli.door import login
from tests.worlds import a_vault

ME = pwd.getpwuid(os.getuid()).pw_name
OTHER = next(one.pw_name for one in pwd.getpwall() if one.pw_name != ME)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with a_vault(tmp_path / "vault"):
        return tmp_path / "vault"


def test_sudo_says_who_stands_behind_the_owner(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert login(root) == ME
    monkeypatch.setenv("SUDO_USER", OTHER)
    assert login(root) == OTHER
    assert login() == ME, "no vault, no owner"


def test_nobody_else_is_believed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUDO_USER", OTHER)
    monkeypatch.setattr(os, "geteuid", lambda: root.stat().st_uid + 1)
    assert login(root) == ME


@pytest.mark.parametrize("name", ["", "no such login here"])
def test_a_name_that_nobody_has_is_not_taken(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("SUDO_USER", name)
    assert login(root) == ME
    assert login(root / "nowhere") == ME
