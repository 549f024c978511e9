"""Every command: how it is typed, what it does, arguments, options, exit codes."""

from collections.abc import Iterator

import click

from archiver.cli.app import Front, front
from archiver.cli.speech import Family, Spoken
from archiver.declarations.words import translate
from tools.reference.markdown import table

_BEFORE = """\
`--vault DIR` stands before the command, `--lang zh|en` before or after it. Where no vault is named,
`ARCHIVER_VAULT` names it, else it is the nearest folder above that holds `.archiver/`. Data goes to
standard output, everything else to standard error. Every command takes `--help`. Besides the exit
codes named below, whatever opens a vault may end with 3, 7, 9 or 130.
"""


def walk() -> Iterator[tuple[tuple[str, ...], click.Command, click.Context]]:
    """The words of each command, the command, and the context its help is made in."""
    top = click.Context(front, info_name="archiver")
    yield (), front, top
    for name in front.list_commands(top):
        found = front.get_command(top, name)
        if found is None:
            raise LookupError(name)
        context = click.Context(found, info_name=name, parent=top)
        yield (name,), found, context
        for inner in found.commands.values() if isinstance(found, Family) else ():
            named = str(inner.name)
            yield (name, named), inner, click.Context(inner, info_name=named, parent=context)


def takes_json(command: click.Command) -> bool:
    """Whether it writes objects when asked."""
    return any("--json" in one.opts for one in command.params)


def told() -> str:
    """The part of the page."""
    return "\n".join((_BEFORE, *(_one(*found) for found in walk())))


def _one(words: tuple[str, ...], command: click.Command, context: click.Context) -> str:
    level = "###" if len(words) < 2 else "####"
    name = " ".join(("archiver", *words))
    usage = " ".join((name, *command.collect_usage_pieces(context)))
    parts = [f"{level} `{name}`", f"    {usage}", *_help(command)]
    options = [_option(one, context) for one in command.params if isinstance(one, click.Option)]
    shown = [one for one in options if one]
    if shown:
        parts.append(table(("option", "meaning"), shown).rstrip())
    if isinstance(command, Spoken):
        parts.append(f"Exit: {command.exits}")
    return "\n\n".join(parts) + "\n"


def _help(command: click.Command) -> Iterator[str]:
    text = translate(command.help or "")
    yield from (_escaped(line) for line in text.split("\n") if line)
    if isinstance(command, Front):
        yield "Without a command: how things stand, and what to do next."


def _escaped(line: str) -> str:
    """Words in capitals and angle brackets are no markup."""
    return line.replace("<", "\\<").replace("*", "\\*").replace("|", "\\|")


def _option(option: click.Option, context: click.Context) -> tuple[str, str] | None:
    if option.hidden:
        return None
    term, meaning = option.get_help_record(context) or ("", "")
    own = option.help or ""
    several = " (may be given several times)" if option.multiple else ""
    bounds = option.type if isinstance(option.type, click.IntRange | click.FloatRange) else None
    default = "" if _no_default(option) else f" (default: {option.default})"
    limits = f" ({bounds.min} to {bounds.max})" if bounds else ""
    told = translate(own) or meaning
    return f"`{term.replace(' RANGE', '')}`", f"{told}{limits}{default}{several}"


def _no_default(option: click.Option) -> bool:
    return option.is_flag or option.multiple or not isinstance(option.default, int | str)
