"""click commands whose help is translated when it is shown, not when it is imported."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from archiver.cli.near import refuse_unknown
from archiver.declarations.words import translate

EXITS = "Exit: {codes}"


class Spoken(click.Command):
    """A command; `help` and its options' help are templates marked with `N_`.

    Args:
        exits: the exit statuses of this command, for the last line of its help.
    """

    def __init__(self, *args: Any, exits: str = "0 2 9", **options: Any) -> None:  # noqa: ANN401 - click's own signature
        super().__init__(*args, **options)
        self.exits = exits

    def get_short_help_str(self, limit: int = 60) -> str:
        """The first sentence, translated."""
        return translate((self.help or "").split("\n")[0])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The whole text, translated, and the exit statuses."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in translate(self.help or "").split("\n"):
                formatter.write_text(paragraph)
            formatter.write_paragraph()
            formatter.write_text(translate(EXITS).format(codes=self.exits))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, each translated."""
        records = [record for param in self.get_params(ctx) if (record := _record(param, ctx))]
        if records:
            with formatter.section(translate("Options")):
                formatter.write_dl(records)


def _record(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    found = param.get_help_record(ctx)
    return (found[0], translate(found[1])) if found else None


Decorated = Callable[[Callable[..., Any]], Spoken]


def command(text: str, *, exits: str = "0 2 9") -> Decorated:
    """A command whose help is `text`."""

    def decorate(function: Callable[..., Any]) -> Spoken:
        made: Spoken = click.command(cls=Spoken, help=text, exits=exits)(function)
        return made

    return decorate


def _without_subcommand(alone: Callable[[], None]) -> Callable[[], None]:
    """Click calls it before a subcommand too: then there is nothing to do."""

    def called() -> None:
        if click.get_current_context().invoked_subcommand is None:
            alone()

    return called


class Family(click.Group):
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

    def get_short_help_str(self, limit: int = 60) -> str:
        """What the family is about, translated."""
        return translate(self.help or "")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The same, in full."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(translate(self.help or ""))
