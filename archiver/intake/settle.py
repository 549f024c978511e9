"""When a dropped file is complete: it has looked the same for long enough. Pure."""

from collections.abc import Hashable, Iterable

from archiver.core.model import Shape


class Settler:
    """Remembers how each file looked, and since when.

    Copy tools preserve times and network mounts lie about them, so only our own repeated looks
    count: nothing is concluded from how old a file claims to be.

    Args:
        quiet: seconds during which size, mtime and inode must stay the same.
    """

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._since: dict[Hashable, tuple[Shape, float]] = {}

    def look(self, file: Hashable, shape: Shape, now: float) -> bool:
        """Take note of one look at monotonic time `now`; True when the file has settled."""
        known, since = self._since.get(file, (None, now))
        if known != shape:
            self._since[file] = (shape, now)
            return self._quiet == 0
        return now - since >= self._quiet

    def forget_others(self, present: Iterable[Hashable]) -> None:
        """Forget the files that are gone, so that memory follows the inbox."""
        keep = set(present)
        self._since = {file: seen for file, seen in self._since.items() if file in keep}

    def forget(self, file: Hashable) -> None:
        """Forget one file: it was taken."""
        self._since.pop(file, None)
