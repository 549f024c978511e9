"""Commands typed inside the process of the test: many of them, quickly."""

import contextvars
from pathlib import Path

import pytest

from archiver.cli.app import front
from archiver.cli.door import guarded


def typed(vault: Path | None, *words: str, lang: str = "en") -> int:
    """Run one command; gives its exit code.

    Args:
        vault: the vault of the call; None to name it among the words, or not at all.
        words: as typed.
        lang: of the call.
    """
    before = ["--lang", lang, *(("--vault", str(vault)) if vault else ())]

    def run() -> int:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LANGUAGE", "en")
            return guarded(
                lambda: front([*before, *words], prog_name="archiver", standalone_mode=False)
            )

    return contextvars.copy_context().run(run)
