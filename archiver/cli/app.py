"""The front door: which commands there are, and in which language they speak."""

import importlib
import itertools
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from archiver import __version__
from archiver.cli.colour import coloured
from archiver.cli.complete import answering, offered
from archiver.cli.door import guarded, quiet_libraries
from archiver.cli.near import refuse_unknown
from archiver.cli.speech import Translated, speak
from archiver.core.errors import N_, ExitCode
from archiver.declarations.words import LANGUAGES, translate
from archiver.vault.glance import glance

_VAULT = "ARCHIVER_VAULT"
_COMMANDS = {
    "init": N_("Make a vault and try its file system"),
    "ingest": N_("Take in what lies in the inbox, or the given files"),
    "watch": N_("Take in whatever is dropped, until told to stop"),
    "search": N_("Find papers"),
    "show": N_("One document: facts, evidence, retention"),
    "tag": N_("Words of your own on papers, to find them by"),
    "document": N_("Join several files into one document"),
    "open": N_("Look at a paper itself"),
    "review": N_("Papers a person must decide"),
    "act": N_("Acts that need a second person"),
    "quarantine": N_("Files that could not be taken in"),
    "customer": N_("The customers whose papers are kept"),
    "event": N_("Dated facts that retention counts from"),
    "hold": N_("Stops on disposal"),
    "retain": N_("How long papers are kept, and why"),
    "rules": N_("The declarations: do they hold, what may be added?"),
    "check": N_("Is everything there, unaltered?"),
    "incident": N_("Damage that two people have not settled"),
    "repair": N_("Heal what is not as recorded"),
    "reindex": N_("Make the search index anew"),
    "backup": N_("Copy the whole archive, while intake goes on"),
    "restore": N_("Make a vault from a backup"),
    "ledger": N_("The log of everything that was done"),
    "account": N_("Every dropped file accounted for"),
    "report": N_("The periodic report for audit"),
    "clock": N_("The last day known here, and a clock that does not fit"),
    "status": N_("One screen: is everything all right?"),
    "demo": N_("The whole story on the sample vault"),
    "completion": N_("Let the Tab key complete what you type"),
}
"""Command → what it is for; its module is loaded only when it is run."""
_START = "archiver.cli.start"
"""What is shown without a command."""


class Front(Translated, click.Group):
    """Chooses the language, and loads a command's module when it is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Choose the language first: `--help` and what is wrong with the words speak it too."""
        speak(_wanted(args))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """A reader that went away (`| head`) is fine; click itself would end with 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(ExitCode.FINE) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of a paper's life."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"archiver.cli.{cmd_name}")
        found: click.Command = module.command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which command was probably meant."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            refuse_unknown(args[0], _COMMANDS)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands without loading any; the options of the program."""
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return offered([(name, translate(text)) for name, text in _COMMANDS.items()], incomplete)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options and the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands without loading any."""
        with formatter.section(translate(N_("Commands"))):
            formatter.write_dl([(name, translate(text)) for name, text in _COMMANDS.items()])


@click.group(
    cls=Front,
    invoke_without_command=True,
    help=N_("archiver: the papers a company keeps about its customers"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option("--vault", metavar="DIR", envvar=_VAULT, help=N_("vault folder"))
@click.option("--lang", type=click.Choice(LANGUAGES), help=N_("language of this call"))
@click.version_option(__version__, prog_name="archiver", message="%(prog)s %(version)s")
def front(vault: str | None, lang: str | None) -> None:
    """Choose the colours; the language is chosen before this runs."""
    context = click.get_current_context()
    context.color = None if coloured() else False
    if context.invoked_subcommand is None:
        importlib.import_module(_START).start(context)


def _wanted(args: Sequence[str]) -> str:
    """The language of this call: named in it, else the vault's, else the environment's."""
    named = _said(args, "--lang")
    if named in LANGUAGES:
        return named
    return _configured(_said(args, "--vault") or os.environ.get(_VAULT)) or _locale()


def _said(args: Sequence[str], option: str) -> str | None:
    """The first value of `option`, wherever it stands; looked at before click understands it."""
    before = itertools.takewhile(lambda word: word != "--", args)
    for word, following in itertools.pairwise([*before, ""]):
        if word == option:
            return following
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
    return None


def _configured(vault: str | None) -> str | None:
    """The language of the vault, read without its other engines."""
    folders = [Path(vault)] if vault else [Path.cwd(), *Path.cwd().parents]
    for folder in folders:
        settings = folder / ".archiver" / "vault.toml"
        if settings.is_file():
            seen = glance(settings)
            return seen.lang if seen else None
    return None


def _locale() -> str:
    """The language of the environment; English where it says nothing."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh" if named.lower().startswith("zh") else "en"


def main() -> None:
    """Run the command line and end with its exit code."""
    quiet_libraries()
    answering()
    sys.exit(guarded(lambda: front(prog_name="archiver", standalone_mode=False)))


if __name__ == "__main__":
    main()
