"""Commands that take a role: what may be done at this vault, and by whom."""

from collections.abc import Iterator
from contextlib import contextmanager

from archiver.cli.door import acting
from archiver.core.errors import Refused
from archiver.custody.person import ROLE_REQUIRED, require
from archiver.custody.witness import refused
from archiver.vault.vault import Vault


@contextmanager
def working(act: str | None = None) -> Iterator[Vault]:
    """The vault of a command that acts; who lacks the role is refused, and the ledger notes it.

    Args:
        act: what takes a role, a key of `custody.person.ACTS`; None when custody itself asks.
    """
    with acting() as vault:
        try:
            if act:
                with vault.catalogue.read() as tx:
                    require(vault, tx, act)
            yield vault
        except Refused as error:
            if error.code == ROLE_REQUIRED:
                refused(vault, error.code, str(error.facts["act"]))
            raise
