"""What the Tab key offers: quick, and silent when there is nothing to offer."""

import importlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import ClassVar

import click
from click.shell_completion import BashComplete, CompletionItem, add_completion_class

from archiver.cli.door import opened
from archiver.core.errors import ArchiverError
from archiver.vault.vault import Vault

VARIABLE = "_ARCHIVER_COMPLETE"
"""Set by the script in the shell when it asks; click's own name for it."""
_KNOWN = "archiver.cli.known"
"""Asks the catalogue, for whose library no other command may wait."""
_MOST = 200
_SPECIAL = re.compile(r"([^\w\u2e80-\uffff.,:/@%+=-])")

Offer = tuple[str, str]
"""What Tab writes, and the words beside it."""
Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


class Bash(BashComplete):
    """Bash writes what it is offered as it stands: blanks and brackets need a backslash.

    Two of them: the script reads the answer with `read`, which takes one away.
    """

    name: ClassVar[str] = "bash"

    def format_completion(self, item: CompletionItem) -> str:
        """One line of the answer."""
        value = _SPECIAL.sub(r"\\\\\1", item.value) if item.type == "plain" else item.value
        return f"{item.type},{value}"


def answering() -> bool:
    """Whether a shell asks. Then nothing but offers may be written, no error either."""
    if VARIABLE not in os.environ:
        return False
    add_completion_class(Bash)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    return True


def offered(found: Sequence[Offer], begun: str) -> list[CompletionItem]:
    """Offers that begin as what was typed; where none does, those that hold it anywhere."""
    wanted = begun.casefold()
    begins = [one for one in found if one[0].casefold().startswith(wanted)]
    fitting = begins or [one for one in found if wanted in one[0].casefold()]
    return [CompletionItem(value, help=text) for value, text in fitting[:_MOST]]


def _completer(kind: str) -> Completer:
    """Offers what `archiver.cli.known` knows of that kind."""

    def complete(
        ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        try:
            with ctx.scope(cleanup=False), opened() as vault:
                ask: Callable[[Vault], list[Offer]] = getattr(importlib.import_module(_KNOWN), kind)
                return offered(ask(vault), incomplete)
        except (ArchiverError, OSError):
            return []  # no vault here, or none that can be read: nothing to offer

    return complete


customers = _completer("customers")
"""Names of customers."""
categories = _completer("categories")
"""Codes and labels of categories."""
waiting = _completer("waiting")
"""Documents that wait for a decision."""
unconfirmed = _completer("unconfirmed")
"""Events that were only read."""
kinds = _completer("kinds")
"""What can happen to a customer or a paper."""
proposed = _completer("proposed")
"""Acts that wait for a second person."""
quarantined = _completer("quarantined")
"""Receipts of files in quarantine."""
tags = _completer("tags")
"""Words that people put on papers."""
rules = _completer("rules")
"""Rules of retention."""
damaged = _completer("damaged")
"""Documents with an open incident."""
placed = _completer("placed")
"""Holds that are not released."""
