"""People who type what they were told to."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Player:
    """Types keys and lines in turn; what begins with `>` answers a question.

    Attributes:
        typed: what is still to be typed; at its end, the end of input.
        screens: everything that was shown, a screen each.
        questions: what was asked, with what stood in the line already.
    """

    typed: list[str]
    size: tuple[int, int] = (80, 24)
    screens: list[list[str]] = field(default_factory=list)
    questions: list[tuple[str, str]] = field(default_factory=list)

    def screen(self, lines: Sequence[str]) -> None:
        self.screens.append(list(lines))

    def show(self, lines: Sequence[str]) -> None:
        if not self.screens:
            self.screens.append([])
        self.screens[-1] += lines

    def read_key(self) -> str:
        key = self._next()
        if key == "^C":
            raise KeyboardInterrupt
        assert not key.startswith(">"), f"a key was wanted, not {key}"
        return key

    def ask(self, question: str, given: str = "") -> str:
        self.questions.append((question, given))
        line = self._next()
        assert line.startswith(">"), f"{question} was asked, not a key"
        return given if line == ">=" else line[1:]

    def _next(self) -> str:
        if not self.typed:
            raise EOFError
        return self.typed.pop(0)

    def seen(self, at: int = -1) -> str:
        """One screen as text."""
        return "\n".join(self.screens[at])
