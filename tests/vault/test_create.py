"""A vault is made in an empty folder, and nowhere else."""

from pathlib import Path

import pytest

from archiver.core.errors import UsageError
from archiver.disk.probe import probe
from archiver.vault.create import create
from archiver.vault.layout import find_root
from archiver.vault.vault import open_vault


def test_a_vault_is_made_once(tmp_path: Path) -> None:
    root = tmp_path / "vault"
    (root / "inbox").mkdir(parents=True)
    (root / "inbox" / "early.pdf").write_bytes(b"x")
    vault, found = create(root, "en", "clerk")
    with vault:
        assert vault.settings.lang == "en"
        assert (root / "inbox" / "early.pdf").exists()
        assert found.sync_ms > 0
        assert find_root(vault.layout.customers) == root
        assert (vault.layout.rules / "categories.toml").is_file()
        assert (vault.layout.inbox.stat().st_mode & 0o7777) == 0o2770
    with pytest.raises(UsageError):
        create(root, "en", "clerk")


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.doc").write_bytes(b"x")
    with pytest.raises(UsageError):
        create(tmp_path, "zh", "clerk")
    with pytest.raises(UsageError):
        create(tmp_path / "letters.doc", "zh", "clerk")
    with pytest.raises(UsageError):
        open_vault(tmp_path, "clerk")
    with pytest.raises(UsageError):
        find_root(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letters.doc"]


def test_the_probe_leaves_nothing(tmp_path: Path) -> None:
    probe(tmp_path)
    assert list(tmp_path.iterdir()) == []
