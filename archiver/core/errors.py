"""What may go wrong, and what each family means for the one who typed the command.

Sentences are templates: `message` and `hint` are looked up in the reader's language first and
filled with `facts` afterwards, so an error raised on the lowest floor can speak Chinese.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import ClassVar

from archiver.core.model import Because


class ExitCode(IntEnum):
    """What the process says to scripts when it ends."""

    FINE = 0
    BUG = 1
    USAGE = 2
    DECLARATIONS = 3
    PERSON_NEEDED = 4
    DAMAGE = 5
    BUSY = 6
    ENGINE = 7
    REFUSED = 8
    STORE = 9
    INTERRUPTED = 130


def N_(text: str) -> str:
    """Mark `text` for translation without translating it yet."""
    return text


class Phrase(str):
    """English text that remembers how to be said in another language.

    Scripts get the text itself; who shows it to a person asks for `said`.
    """

    template: str
    facts: Mapping[str, object]

    @classmethod
    def of(cls, template: str, **facts: object) -> "Phrase":
        """Fill a template marked with `N_`."""
        made = cls(template.format(**facts))
        made.template, made.facts = template, facts
        return made

    def said(self, translate: Callable[[str], str]) -> str:
        """The same in the reader's language."""
        return translate(self.template).format(**self.facts)


class ArchiverError(Exception):
    """Base of every expected failure. `hint` says what the operator can do next.

    Args:
        message: a template marked with `N_`, filled from `facts` with `str.format`.
        hint: a template too; empty when nobody can do anything.
        facts: the values of the placeholders in both templates.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, message: str, *, hint: str = "", **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.facts = facts

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The message in the reader's language."""
        return translate(self.message).format(**self._said(translate))

    def advice(self, translate: Callable[[str], str] = str) -> str:
        """The hint in the reader's language; empty when there is none."""
        return translate(self.hint).format(**self._said(translate)) if self.hint else ""

    def _said(self, translate: Callable[[str], str]) -> dict[str, object]:
        """The facts; those that are words themselves in the reader's language."""
        return {key: _say(key, fact, translate) for key, fact in self.facts.items()}

    def __str__(self) -> str:
        return self.sentence()


def _say(key: str, fact: object, translate: Callable[[str], str]) -> object:
    if isinstance(fact, Phrase):
        return fact.said(translate)
    return translate(fact) if key == "why" and isinstance(fact, str) else fact


class UsageError(ArchiverError):
    """The words of the command do not fit: unknown vault, customer, document, category."""

    exit_code = ExitCode.USAGE


class DeclarationError(ArchiverError):
    """A rule, index or settings file says something that cannot be followed.

    `code` is the published refusal code for rules of retention; None for other declarations.
    """

    exit_code = ExitCode.DECLARATIONS

    def __init__(
        self, message: str, *, code: str | None = None, hint: str = "", **facts: object
    ) -> None:
        super().__init__(message, hint=hint, **facts)
        self.code = code


class DamageFound(ArchiverError):
    """Stored bytes or entries are not what was recorded."""

    exit_code = ExitCode.DAMAGE


class Busy(ArchiverError):
    """Another process holds what we need; nothing was done."""

    exit_code = ExitCode.BUSY


class EngineError(ArchiverError):
    """An engine named in the settings is unknown, not installed or out of reach."""

    exit_code = ExitCode.ENGINE


class Refused(ArchiverError):
    """A rule forbids the act. `code` is one of the published refusal codes."""

    exit_code = ExitCode.REFUSED

    def __init__(self, code: str, message: str, *, hint: str = "", **facts: object) -> None:
        super().__init__(message, hint=hint, **facts)
        self.code = code


class VaultError(ArchiverError):
    """The store refused: full, read-only, gone. The run stops; everything stays where it is."""

    exit_code = ExitCode.STORE


class NotYet(ArchiverError):
    """The file is still being written; it settles on inside its claim."""

    exit_code = ExitCode.FINE


class DocumentError(ArchiverError):
    """This one file cannot be taken in: it goes to quarantine, the run goes on.

    `because` is a reason code with its arguments; its sentence is written where a person reads it.
    """

    exit_code = ExitCode.PERSON_NEEDED

    def __init__(self, because: Because) -> None:
        super().__init__("{code}", code=because.code)
        self.because = because
