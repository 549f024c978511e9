"""The hits of a person's last search, so that the third can be called 3.

They are kept in the person's own state folder (XDG base directories), never in the vault: what
one clerk looked for is no business of another. Only ids are written down.
"""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from archiver.core.errors import N_, UsageError
from archiver.core.normalise import compact

_LONGEST = 5
"""Digits of a number; what is longer is the beginning of a SHA-256."""


def as_number(text: str) -> int | None:
    """The number of a hit that a person typed, full-width digits too; None for anything else."""
    plain = compact(text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST else None


def remember(root: Path, documents: Sequence[str], passed: int = 0) -> None:
    """Keep the hits of a search in the vault at `root`. A folder that refuses is no error.

    Args:
        root: the vault.
        documents: the hits of the page.
        passed: how many came before it; they keep their numbers, of which nothing is known.
    """
    with contextlib.suppress(OSError, RuntimeError):
        known = {"documents": list(documents), "passed": passed}
        keep(own_file(root, ".json"), json.dumps(known).encode())


def recall(root: Path, number: int) -> str:
    """The id of hit `number` (from 1) of the last search in the vault at `root`.

    Raises:
        UsageError: there was no search, or it had fewer hits.
    """
    passed, hits = _last(root)
    if passed < number <= passed + len(hits):
        return hits[number - passed - 1]
    if not hits:
        raise UsageError(
            N_("there is no last search to take number {number} from"),
            hint=N_("search first: archiver search WORDS; then: archiver open 1"),
            number=number,
        )
    raise UsageError(
        N_("the last search showed papers {first} to {last}; there is no number {number}"),
        hint=N_("search again: archiver search WORDS"),
        first=passed + 1,
        last=passed + len(hits),
        number=number,
    )


def _last(root: Path) -> tuple[int, list[str]]:
    """How many hits were passed over, and those remembered; none where nothing readable is."""
    try:
        kept = json.loads(own_file(root, ".json").read_text(encoding="utf-8"))
        passed, found = int(kept["passed"]), list(kept["documents"])
    except (OSError, RuntimeError, ValueError, TypeError, KeyError):
        return 0, []
    return passed, [one for one in found if isinstance(one, str)]


def keep(path: Path, content: bytes) -> None:
    """Put a file into the person's own folder, where nobody else reads it.

    Raises:
        OSError: the folder refuses.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(number, "wb") as stream:
        stream.write(content)
    Path(draft).replace(path)


def own_file(root: Path, ending: str) -> Path:
    """A person's own file for one vault; its folder is absolute (XDG base directories 0.8)."""
    named = os.environ.get("XDG_STATE_HOME", "")
    home = Path(named) if Path(named).is_absolute() else Path.home() / ".local" / "state"
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    return home / "archiver" / f"{name}{ending}"
