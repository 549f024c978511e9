"""What tests of restoring begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.repair.backups import World, filled, saved
from tests.worlds import a_vault


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        made = saved(vault, tmp_path / "backups")
        yield World(vault, made, tmp_path / "backups" / made.name, tmp_path / "back")
