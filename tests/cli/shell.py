"""Types commands, each in its own process."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from tests.warm import Warm

WARM: list[Warm] = []
"""The one process from which commands are forked, once it runs."""
NAME = "青梧市华信样本运输有限公司"


class Shell:
    """Types commands in a folder and keeps what was printed."""

    def __init__(self, folder: Path) -> None:
        self.vault = folder / "vault"
        self.taken: list[dict[str, Any]] = []
        self._folder = folder

    def __call__(self, *words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
        return self.typing("", "--lang", lang, *words)

    def typing(self, text: str, *words: str) -> subprocess.CompletedProcess[str]:
        """A command that is given something on standard input."""
        known = {k: v for k, v in os.environ.items() if not k.startswith("LC_")}
        (warm,) = WARM
        return warm.run(words, self._folder, {**known, "ARCHIVER_VAULT": str(self.vault)}, text)

    def rows(self, *words: str) -> list[dict[str, object]]:
        done = self(*words, "--json")
        assert "Traceback" not in done.stderr, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def drop(self, name: str, data: bytes | str) -> None:
        path = self.vault / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
