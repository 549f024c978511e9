"""The reference says what the program does now."""

import os
import subprocess
from collections.abc import Sequence

import pytest

from tests.warm import Warm
from tools.reference import listings
from tools.reference.__main__ import PAGE
from tools.reference.page import page


def test_the_committed_reference_is_what_the_program_gives_now(
    warm: Warm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it is not: make reference."""
    started = listings._Asker._run

    def forked(
        ask: listings._Asker, *words: str, program: Sequence[str] = ()
    ) -> subprocess.CompletedProcess[str]:
        if program:
            return started(ask, *words, program=program)
        env = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(ask.folder)}
        return warm.run(["--vault", str(ask.vault), *words], ask.folder, env)

    monkeypatch.setattr(listings._Asker, "_run", forked)
    assert PAGE.read_text(encoding="utf-8") == page()
