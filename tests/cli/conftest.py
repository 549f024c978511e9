"""One process with the program loaded, for all commands that are typed."""

from collections.abc import Iterator

import pytest

from tests.cli import shell
from tests.cli.warm import Warm


@pytest.fixture(scope="session", autouse=True)
def _warm() -> Iterator[None]:
    with Warm() as warm:
        shell.WARM.append(warm)
        yield
        shell.WARM.clear()
