"""A disposal that was played once: the archive after it, its register, the report of its month."""

from pathlib import Path

import pytest

from archiver.report.register import Register
from archiver.report.remembered import register
from archiver.report.values import Values
from tests.report.disposed import again, disposed, returned
from tests.report.firm import gathered


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `disposed`, closed."""
    root = tmp_path_factory.mktemp("register") / "vault"
    with disposed(root):
        pass
    return root


@pytest.fixture(scope="module")
def told(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Register:
    with again(played, tmp_path_factory.mktemp("told") / "vault") as vault:
        return register(vault, None)


@pytest.fixture(scope="module")
def monthly(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Values:
    with again(played, tmp_path_factory.mktemp("monthly") / "vault") as vault:
        return gathered(vault, "2026-07")


@pytest.fixture(scope="module")
def came_back(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of `returned`, closed."""
    root = tmp_path_factory.mktemp("returned") / "vault"
    with returned(root):
        pass
    return root
