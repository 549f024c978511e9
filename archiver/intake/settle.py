"""For how long a dropped file has rested. Pure: told how it looks and what time it is."""

from collections.abc import Hashable, Iterable

from archiver.core.model import Shape


class Settler:
    """Remembers how each file looked, and since when.

    Copy tools preserve times and network mounts lie about them, so only our own repeated looks
    count: nothing is concluded from how old a file claims to be.
    """

    def __init__(self) -> None:
        self._since: dict[Hashable, tuple[Shape, float]] = {}
        self._first: dict[Hashable, float] = {}

    def rested(self, file: Hashable, shape: Shape, now: float) -> float:
        """For how many seconds its size, mtime and inode have been as they are at this look.

        Args:
            file: any name of it that stays the same.
            shape: how it looks.
            now: seconds of a monotonic clock.
        """
        self._first.setdefault(file, now)
        known, since = self._since.get(file, (None, now))
        if known != shape:
            self._since[file] = (shape, now)
            return 0.0
        return now - since

    def watched(self, file: Hashable, now: float) -> float:
        """For how many seconds the file has been there; 0 when it was never looked at."""
        return now - self._first.get(file, now)

    def forget_others(self, present: Iterable[Hashable]) -> None:
        """Forget the files that are gone, so that memory follows the inbox."""
        keep = set(present)
        for file in self._since.keys() - keep:
            del self._since[file], self._first[file]
