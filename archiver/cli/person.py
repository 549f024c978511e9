"""Who sits at the terminal: what an interactive command needs of a person."""

from collections.abc import Sequence
from typing import Protocol


class Person(Protocol):
    """Who sits at the terminal. A test plays one from a list of keys."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        ...

    def screen(self, lines: Sequence[str]) -> None:
        """Show these lines, and nothing else where the terminal can do that."""
        ...

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines below the others."""
        ...

    def read_key(self) -> str:
        """One key as typed.

        Raises:
            EOFError: nobody types any more.
        """
        ...

    def ask(self, question: str, given: str = "") -> str:
        """One line as typed, without blanks around it; `given` stands there to be edited.

        Raises:
            EOFError: nobody types any more.
        """
        ...
