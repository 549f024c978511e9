"""What a check names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as recorded.

    Attributes:
        kind: altered, missing, extra, unreadable, misplaced, index, ledger or catalogue.
        document: its id, when it is about one.
        path: relative to the vault, when it is about a file; readable whatever bytes it has.
        detail: what was found, in plain figures (digests, sizes); often a `Phrase`.
        file: the path as the disk has it, for who must open it.
    """

    kind: str
    document: str | None
    path: str | None
    detail: str
    file: str | None = None
