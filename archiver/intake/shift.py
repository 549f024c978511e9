"""One process at work as an intake: what it claims is its own, and so is what the dead left.

Several may be at work at once and none waits for another. One that is alone sets right everything
a crash can leave; beside others it takes over no more than the claims of processes that died.
"""

from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType

from archiver.core.model import Arrival, CustomerId
from archiver.disk.guard import Presence
from archiver.disk.owner import come_alive, stand_in
from archiver.intake import arrivals
from archiver.intake.recover import recover
from archiver.vault.vault import Vault


class Shift:
    """The work of one process, from its coming to its going.

    Args:
        vault: the open vault.
        what: what the process does, for whoever reads its lock file.
    """

    def __init__(self, vault: Vault, what: str) -> None:
        self._vault = vault
        self._what = what
        self._fresh = True
        with ExitStack() as coming:
            self._presence = coming.enter_context(closing(Presence(vault.layout.presence)))
            self._me = coming.enter_context(closing(come_alive(vault.layout.owners, what)))
            self._going = coming.pop_all()
        self._tokens = {self._me.token}

    def take(self, relative: str, named: CustomerId | None = None) -> Arrival | None:
        """Claim one settled file of the inbox: see `arrivals.take`."""
        return arrivals.take(self._vault, relative, self._me.token, named)

    def take_copy(self, given: Path, named: CustomerId | None) -> Arrival:
        """Claim a copy of a given file: see `arrivals.take_copy`."""
        return arrivals.take_copy(self._vault, given, self._me.token, named)

    def left(self) -> list[Arrival]:
        """Every claim without outcome that is ours, or that nobody alive owns.

        To be called between papers only: a claim of ours then waits, or has its outcome already.
        """
        alone = self._presence.alone()
        try:
            found = list(arrivals.left_behind(self._vault, self._is_ours))
            if alone and (found or self._fresh):
                recover(self._vault, found)
        finally:
            self._presence.share()  # or nobody else comes in while a full disk is waited for
        self._fresh = False
        return found

    def _is_ours(self, token: str) -> bool:
        """Whether we own a token, or can from now on because its process is dead."""
        if token not in self._tokens:
            owner = stand_in(self._vault.layout.owners, token, self._what)
            if owner is None:
                return False
            self._going.enter_context(closing(owner))
            self._tokens.add(token)
        return True

    def close(self) -> None:
        """Go: what is still claimed is anybody's."""
        self._going.close()

    def __enter__(self) -> "Shift":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
