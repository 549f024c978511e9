"""Reads a TOML file; what is wrong with it is said in one way everywhere."""

import tomllib
from pathlib import Path

from archiver.core.errors import N_, DeclarationError

ONE_EACH = "\n  "
"""Between problems: each has a line of its own."""
UNKNOWN, TABLE, LIST = N_("unknown key"), N_("expected a table"), N_("expected a list")
"""What can be wrong with a key, whoever checks it."""


def raw_toml(path: Path) -> dict[str, object]:
    """The file as plain values.

    Raises:
        DeclarationError: it is missing, cannot be read or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DeclarationError(
            N_("{file}: the file is missing"),
            hint=N_("copy it back from a fresh vault made with: archiver init"),
            file=path,
        ) from error
    except OSError as error:
        raise DeclarationError(
            N_("{file}: it cannot be read: {why}"),
            hint=N_("mend the file, then run the command again"),
            file=path,
            why=error.strerror,
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DeclarationError(
            N_("{file}: not readable as TOML: {why}"),
            hint=N_("mend the file, then run the command again"),
            file=path,
            why=error,
        ) from error


def wrong(path: Path, problems: str) -> DeclarationError:
    """What to say of a file whose values cannot be followed."""
    return DeclarationError(
        N_("{file}: {problems}"),
        hint=N_("mend the file, then run the command again"),
        file=path,
        problems=problems,
    )
