"""click commands whose help is translated when it is shown, not when it is imported."""

import gettext
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import click

from archiver.cli.near import refuse_unknown
from archiver.cli.wrap import width, wrap
from archiver.core.errors import N_
from archiver.declarations import words
from archiver.declarations.words import translate

_ANY = frozenset({0, 2, 3, 7, 9})
"""How any command on a vault may end: its words, its declarations, its engines, its disk."""
_TERMS = 30
"""The widest a first column of help may be, in columns of the terminal."""


def speak(lang: str) -> None:
    """Speak `lang` from here on, click included.

    click asks the process-wide domain of gettext, whose language is named by LANGUAGE; its own
    sentences are part of our catalogue.
    """
    words.choose(lang)
    os.environ["LANGUAGE"] = words.LOCALES[lang]
    gettext.bindtextdomain(words.DOMAIN, words.LOCALE)
    gettext.textdomain(words.DOMAIN)


class Page(click.HelpFormatter):
    """Help laid out by terminal columns: click counts characters, and Han ones take two."""

    def write_heading(self, heading: str) -> None:
        """A heading with the colon of its language."""
        colon = translate(N_("{heading}:")).format(heading=heading)
        self.write(f"{'':{self.current_indent}}{colon}\n")

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How the command is typed."""
        usage = prefix or translate(N_("Usage:"))
        blank = "" if usage.endswith("：") else " "
        lead = f"{usage}{blank}{prog} "
        self._hang(lead, args, width(lead))

    def write_text(self, text: str) -> None:
        """A paragraph."""
        indent = " " * self.current_indent
        for line in wrap(text, self.width - self.current_indent):
            self.write(f"{indent}{line}".rstrip() + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = _TERMS, col_spacing: int = 2
    ) -> None:
        """Terms and what they mean, in two columns."""
        found = list(rows)
        first = min(max((width(term) for term, _ in found), default=0), col_max) + col_spacing
        for term, meaning in found:
            lead = f"{'':{self.current_indent}}{term}"
            self._hang(lead, meaning, first + self.current_indent)

    def _hang(self, lead: str, text: str, indent: int) -> None:
        """`text` beside `lead`, or below it where there is no room, all lines at `indent`."""
        lines = wrap(text, self.width - indent)
        if width(lead) > indent:
            lines.insert(0, "")
        beside = lead + " " * (indent - width(lead)) + lines[0]
        for line in (beside, *(" " * indent + line for line in lines[1:])):
            self.write(line.rstrip() + "\n")


class _Context(click.Context):
    """Makes help with `Page`."""

    formatter_class = Page


class Translated(click.Command):
    """A command whose help and options' help are templates marked with `N_`."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Click's own, whose text it would keep in the language of its first use."""
        found = super().get_help_option(ctx)
        if found:
            found.help = N_("Show this message and exit.")
        return found

    def _told(self) -> str:
        text = self.help or ""
        return translate(text)

    def get_short_help_str(self, limit: int = 60) -> str:
        """The first sentence, translated."""
        return self._told().split("\n")[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole text, translated."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in self._told().split("\n"):
                formatter.write_text(paragraph)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each translated."""
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        with formatter.section(translate(N_("Options"))):
            formatter.write_dl([_record(one, ctx) for one in options if not one.hidden])


class Spoken(Translated):
    """One command.

    Args:
        exits: the exit statuses of this command, for the last line of its help.

    Attributes:
        further: a heading and what gives words with their meanings, for the end of its help.
    """

    def __init__(self, *args: Any, exits: str, **options: Any) -> None:  # noqa: ANN401 - click's own signature
        super().__init__(*args, **options)
        self.exits = exits
        self.further: tuple[str, Callable[[], Sequence[tuple[str, str]]]] | None = None
        if all(param.name != "lang" for param in self.params):
            self.params.append(_late_lang())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole text, translated, and the exit statuses."""
        super().format_help_text(ctx, formatter)
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(translate(N_("Exit: {codes}")).format(codes=self.exits))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The words that it takes, where there are more than its usage tells."""
        if self.further:
            heading, words = self.further
            with formatter.section(translate(heading)):
                formatter.write_dl(words())


def _without_subcommand(alone: Callable[[], None]) -> Callable[[], None]:
    """Click calls it before a subcommand too: then there is nothing to do."""

    def called() -> None:
        if click.get_current_context().invoked_subcommand is None:
            alone()

    return called


class Family(Translated, click.Group):
    """Commands that belong together (`customer add`, `customer list`).

    Args:
        text: what the family is about.
        members: its commands.
        alone: what is done when none of them is named; None shows the help.
    """

    def __init__(
        self, text: str, members: Sequence[Spoken], *, alone: Callable[[], None] | None = None
    ) -> None:
        commands: dict[str, click.Command] = {str(one.name): one for one in members}
        super().__init__(
            help=text,
            commands=commands,
            invoke_without_command=alone is not None,
            callback=_without_subcommand(alone) if alone else None,
        )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which command was probably meant."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            refuse_unknown(args[0], self.commands)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    """How an option is typed, and what it does; click's own additions are translated already."""
    term, meaning = option.get_help_record(ctx) or ("", "")
    own = option.help or ""
    return term, translate(own) + meaning.removeprefix(own)


def _late_lang() -> click.Option:
    """`--lang` after the command's name; the front door has looked at it before."""
    kind = click.Choice(words.LANGUAGES)
    return click.Option(["--lang"], type=kind, expose_value=False, hidden=True)


Decorated = Callable[[Callable[..., Any]], Spoken]


def command(text: str, *, exits: str = "", any_vault: bool = True) -> Decorated:
    """A command whose help is `text`.

    Args:
        text: a template marked with `N_`.
        exits: how it may end, besides the ways in which any command on a vault may.
        any_vault: False for a command that opens none: then `exits` says everything.
    """
    every = sorted({*map(int, exits.split()), *(_ANY if any_vault else ())})
    told = " ".join(map(str, every))

    def decorate(function: Callable[..., Any]) -> Spoken:
        made: Spoken = click.command(cls=Spoken, help=text, exits=told)(function)
        return made

    return decorate
