"""What every command shares: the vault, the form of its output, and the one door for errors."""

import errno
import functools
import io
import json
import logging
import os
import pwd
import re
import sys
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from archiver.cli.output import Form, talk
from archiver.core.errors import N_, ArchiverError, ExitCode, VaultError
from archiver.core.names import readable
from archiver.declarations.words import language, translate
from archiver.vault.layout import Layout, find_root
from archiver.vault.vault import Vault, open_vault

_ORDER = (ExitCode.DAMAGE, ExitCode.STORE, ExitCode.REFUSED, ExitCode.PERSON_NEEDED)
_MISTAKEN = {errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP}
_STORE = {
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.EIO, errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOLCK, errno.EBUSY, errno.ENOTCONN),
}
"""What a disk, a mount or the machine says when it cannot; other errors are bugs of ours."""


def login(vault: Path | None = None) -> str:
    """The operating-system user who acts.

    In a vault of its own user, `sudo -u archive` would make one person of everybody, so there the
    one whom sudo names counts. Nobody gains by lying about it who could not change the vault
    itself: it is believed of the vault's owner only.
    """
    behind = os.environ.get("SUDO_USER", "")
    try:
        if vault and behind and Layout(vault).state.stat().st_uid == os.geteuid():
            return pwd.getpwnam(behind).pw_name
    except (KeyError, OSError):
        pass  # nobody of that name, or no vault there
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"uid-{os.getuid()}"


def root() -> Path:
    """The vault of this call: `--vault`, else the nearest one at or above the current folder."""
    named = click.get_current_context().find_root().params.get("vault")
    return located(named) if named else find_root(Path.cwd())


def located(typed: str | Path) -> Path:
    """Where a path that somebody typed leads; links that go in a circle lead nowhere."""
    return Path(os.path.realpath(typed))


@contextmanager
def opened() -> Iterator[Vault]:
    """The vault of this call, closed at the end."""
    folder = root()
    with open_vault(folder, login(folder)) as vault:
        yield vault


@contextmanager
def acting() -> Iterator[Vault]:
    """The same for a command that acts: it reads every declaration before it changes anything.

    Rule files are a proposal until they are activated, so broken ones stop nothing.
    """
    with opened() as vault:
        vault.declared()
        if vault.proposed_rules is None:
            talk(
                N_(
                    "The rule files cannot be followed; the rules in force stay: "
                    "archiver rules check"
                )
            )
        yield vault


def with_form(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--json` and `--csv`; it receives `form`."""

    @click.option("--csv", "as_csv", is_flag=True, help=N_("comma-separated values"))
    @click.option("--json", "as_json", is_flag=True, help=N_("one JSON object a line"))
    @functools.wraps(function)
    def wrapped(*args: Any, as_json: bool, as_csv: bool, **options: Any) -> Any:  # noqa: ANN401 - passes through
        form = Form.JSON if as_json else Form.CSV if as_csv else Form.TABLE
        return function(*args, form=form, **options)

    return wrapped


def leave(codes: Iterable[ExitCode]) -> None:
    """End with the first of 5, 9, 8, 4 among `codes`; fine when there is none of them."""
    found = set(codes)
    for code in _ORDER:
        if code in found:
            raise click.exceptions.Exit(code)


def guarded(run: Callable[[], object]) -> int:
    """Run the program; every way it may end as an exit code."""
    try:
        ended = run()  # click gives the code of a `leave` back, its commands give nothing
    except (KeyboardInterrupt, click.Abort):
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        return _misused(error)
    except ArchiverError as error:
        return _told(error)
    except OSError as error:
        return _system(error)
    return ended if isinstance(ended, int) else ExitCode.FINE


def _misused(error: click.ClickException) -> int:
    """What click says of the words; a family named without its command gets its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return ExitCode.USAGE
    told = error.format_message()
    if language() == "zh":
        told = re.sub(r"\.$", "。", told)
    context = getattr(error, "ctx", None)
    hint = translate(N_("see: {command} --help")) if context else ""
    hint = hint.format(command=context.command_path) if context else ""
    return _complain("UsageError", None, told, hint, exit_code=ExitCode.USAGE)


def _system(error: OSError) -> int:
    """A store that refuses is told; the rest is a bug."""
    if error.errno in _STORE:
        return _told(
            _refused(error, N_("make room or repair the disk, then run the command again"))
        )
    if error.errno in _MISTAKEN:
        return _told(_refused(error, N_("name another path, or put right what lies there")))
    traceback.print_exc()
    return ExitCode.BUG


def _refused(error: OSError, hint: str) -> VaultError:
    return VaultError(
        N_("{path}: {why}") if error.filename else N_("writing failed: {why}"),
        hint=hint,
        path=readable(str(error.filename or "")),
        why=error.strerror,
    )


def _told(error: ArchiverError) -> int:
    code = getattr(error, "code", None)
    sentence, advice = error.sentence(translate), error.advice(translate)
    return _complain(type(error).__name__, code, sentence, advice, exit_code=error.exit_code)


def _complain(family: str, code: str | None, message: str, hint: str, *, exit_code: int) -> int:
    """Say what is wrong, to a person or to a script."""
    if "--json" in sys.argv:
        told = {"error": family, "code": code, "message": message, "hint": hint, "exit": exit_code}
        click.echo(json.dumps(told, ensure_ascii=False), err=True)
    else:
        line = N_("error: {message} [{code}]") if code else N_("error: {message}")
        click.echo(translate(line).format(message=message, code=code), err=True)
        if hint:
            click.echo(f"  → {hint}", err=True)
    return exit_code


def quiet_libraries() -> None:
    """Libraries keep their warnings to themselves, and no character ends the program."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a path may be no UTF-8, a terminal know no Han
        sys.stdout.reconfigure(errors="backslashreplace")
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("archiver").setLevel(logging.WARNING)
    logging.getLogger("watchdog").setLevel(logging.CRITICAL)  # a lost event is no loss: see eyes
    warnings.filterwarnings("ignore", message="Callback with id", category=RuntimeWarning)
