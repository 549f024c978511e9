"""The reference of the manual: `python -m tools.reference` writes `docs/reference.md` anew.

Taken from the program itself, so that it cannot say what the program does not do; a test compares
the page with what is generated now. English, whatever the environment speaks.
"""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from archiver.cli.app import _COMMANDS
from archiver.cli.speech import Spoken, speak
from archiver.core.errors import ArchiverError, ExitCode
from archiver.declarations.categories import read_categories
from archiver.declarations.codes import EVENTS, FIELDS
from archiver.declarations.sentences import SENTENCES
from archiver.declarations.shipped import shipped
from archiver.vault.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference.md"

_EXITS = {
    ExitCode.FINE: "fine; also no hits, and a service that was told to stop",
    ExitCode.BUG: "a bug of the program",
    ExitCode.USAGE: "the words of the command do not fit",
    ExitCode.DECLARATIONS: "a declaration or setting that cannot be followed",
    ExitCode.PERSON_NEEDED: "done, and a person is needed: review or quarantine",
    ExitCode.DAMAGE: "damage found",
    ExitCode.BUSY: "another process holds what is needed",
    ExitCode.ENGINE: "an engine is missing, unknown or out of reach",
    ExitCode.REFUSED: "refused by a rule; the code of the refusal is printed",
    ExitCode.STORE: "the store refused: full, read-only, gone",
    ExitCode.INTERRUPTED: "interrupted",
}


def page() -> str:
    """The whole page."""
    speak("en")
    parts = (_commands(), _exits(), _errors(), _settings(), _categories(), _fields(), _events())
    text = [_HEAD, *("\n".join(part) for part in parts), "\n".join(_reasons())]
    return "\n\n".join(text) + "\n"


_HEAD = """# Reference

Made from the program by `make reference`; do not edit. Every command takes `--vault DIR` and
`--lang zh|en` before or after its name. Listings take `--json` (one object a line, every key always
there, unknown is `null`) and `--csv`."""


def _commands() -> Iterator[str]:
    yield "## Commands"
    for name in _COMMANDS:
        command = importlib.import_module(f"archiver.cli.{name}").command
        yield from _command(f"archiver {name}", command)


def _command(path: str, command: click.Command) -> Iterator[str]:
    yield f"\n### `{path}`\n"
    yield from (f"{line}\n" for line in (command.help or "").split("\n"))
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    if isinstance(command, Spoken):
        usage = " ".join([path, "[OPTIONS]", *(_argument(one) for one in arguments)])
        yield f"    {usage}\n"
        yield from _options(command)
        yield f"Exit: {command.exits}"
    if isinstance(command, click.Group):
        for name, member in command.commands.items():
            yield from _command(f"{path} {name}", member)


def _argument(argument: click.Argument) -> str:
    context = click.Context(click.Command("archiver"))
    return argument.make_metavar(context)


def _options(command: click.Command) -> Iterator[str]:
    context = click.Context(command)
    shown = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    if not shown:
        return
    yield "| option | meaning |\n|---|---|"
    for option in shown:
        term, meaning = option.get_help_record(context) or ("", "")
        yield f"| `{_cell(term)}` | {_cell(meaning)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")


def _exits() -> Iterator[str]:
    yield "## Exit codes\n"
    yield "| code | meaning |\n|---|---|"
    for code in ExitCode:
        yield f"| {code.value} | {_EXITS[code]} |"
    yield "\nSeveral at once: the first of 5, 9, 8, 4."


def _errors() -> Iterator[str]:
    yield "## Errors with `--json`\n"
    yield "One object on stderr: `error`, `code`, `message`, `hint`, `exit`. `error` is one of:\n"
    found: list[type[ArchiverError]] = [ArchiverError]
    for family in found:
        found.extend(family.__subclasses__())
    ours = [family for family in found[1:] if family.__module__.startswith("archiver.")]
    for family in sorted(ours, key=lambda one: (one.exit_code, one.__name__)):
        said = (family.__doc__ or "").split("\n")[0]
        yield f"- `{family.__name__}` (exit {family.exit_code.value}): {said}"


def _settings() -> Iterator[str]:
    yield "## Settings: `.archiver/vault.toml`\n"
    yield "| key | default | meaning |\n|---|---|---|"
    for key, field in Settings.model_fields.items():
        inner = getattr(field.annotation, "model_fields", None)
        if inner is None:
            yield f"| `{key}` | `{field.default}` | {_meaning(Settings, key)} |"
            continue
        for name, one in inner.items():
            yield f"| `{key}.{name}` | `{one.default}` | {_meaning(field.annotation, name)} |"


def _meaning(model: Any, key: str) -> str:  # noqa: ANN401 - a pydantic model's class
    """What the docstring of the settings says of a key."""
    told = re.search(rf"^ +{key}: (.+?)(?=\n +\w+: |\Z)", model.__doc__ or "", re.M | re.S)
    return _cell(told[1].rstrip('" \n')) if told else ""


def _categories() -> Iterator[str]:
    yield "## Categories as shipped\n"
    yield "| code | no. | Chinese | English |\n|---|---|---|---|"
    for one in read_categories(shipped("rules") / "categories.toml").category:
        yield f"| `{one.code}` | {one.no} | {one.label.zh} | {one.label.en} |"


def _fields() -> Iterator[str]:
    yield "## Values read on papers\n"
    yield "| name | meaning |\n|---|---|"
    for name, meaning in FIELDS.items():
        yield f"| `{name}` | {meaning} |"


def _events() -> Iterator[str]:
    yield "## Events\n"
    yield "| kind | meaning |\n|---|---|"
    for kind, meaning in EVENTS.items():
        yield f"| `{kind}` | {meaning} |"


def _reasons() -> Iterator[str]:
    yield "## Reason codes\n"
    yield "Codes are never translated; the sentences are. `{…}` stands for a fact of the case.\n"
    yield "| code | sentence |\n|---|---|"
    for code, sentence in sorted(SENTENCES.items()):
        yield f"| `{code}` | {_cell(sentence)} |"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
