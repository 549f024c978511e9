"""Commands that are typed come from the one process that has loaded the program."""

from collections.abc import Iterator

import pytest

from tests.cli import shell
from tests.warm import Warm


@pytest.fixture(scope="session", autouse=True)
def _typed_into(warm: Warm) -> Iterator[None]:
    shell.WARM.append(warm)
    yield
    shell.WARM.clear()
