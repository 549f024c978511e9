"""The real person's terminal: keys without Enter, lines that can be edited, whole screens."""

import importlib
import re
import shutil
from collections.abc import Sequence
from types import ModuleType

import click

from archiver.cli.colour import is_dumb

_KEY = re.compile(r"\x1b[\[O][0-9;]*[A-Za-z~]|.", re.DOTALL)
"""One key as a terminal sends it: a character, or a sequence that begins with escape."""
_EDITING = "readline"
"""Part of Python where the system has it; without it a line is typed anew."""


class Terminal:
    """Speaks to the person at stdin and stdout."""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows; 80 and 24 where nobody knows."""
        columns, rows = shutil.get_terminal_size()
        return columns, rows

    def screen(self, lines: Sequence[str]) -> None:
        """Show these lines on an empty screen; below a rule where it cannot be emptied."""
        if is_dumb():
            click.echo("-" * min(self.size[0] - 1, 79))
        else:
            click.clear()
        self.show(lines)

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines below the others."""
        for line in lines:
            click.echo(line)

    def read_key(self) -> str:
        """One key; empty for several at once: pasted text must not answer anything."""
        typed = click.getchar()
        return typed if _KEY.fullmatch(typed) else ""

    def ask(self, question: str, given: str = "") -> str:
        """One line; `given` stands in it where lines can be edited, else an empty line means it."""
        editing = _editing()
        if editing is None or not given:
            shown = f"{question}[{given}] " if given else question
            return input(shown).strip() or given
        editing.set_startup_hook(lambda: editing.insert_text(given))
        try:
            return input(question).strip()
        finally:
            editing.set_startup_hook(None)


def _editing() -> ModuleType | None:
    """The library that edits lines, if there is one."""
    try:
        return importlib.import_module(_EDITING)
    except ImportError:
        return None
