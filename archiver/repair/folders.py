"""Folders that somebody renamed or moved among the customers: found by the papers in them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path, PurePosixPath

from archiver.catalogue.originals import Original
from archiver.repair.fault import Fault
from archiver.vault.layout import CUSTOMERS


@dataclass(frozen=True, slots=True)
class Renamed:
    """A folder at `found` that is recorded as `home`, both absolute, and the papers in it."""

    found: Path
    home: Path
    inside: tuple[Original, ...]


def renamed(
    root: Path, faults: Collection[Fault], recorded: Mapping[str, Original]
) -> list[Renamed]:
    """The folders that may go back as they are: nothing is at home, nothing else lives there.

    Args:
        root: of the vault.
        faults: what a check found.
        recorded: document → what was recorded, of everything.
    """
    living = {parent for one in recorded.values() for parent in PurePosixPath(one.path).parents}
    inside: dict[tuple[PurePosixPath, PurePosixPath], list[Original]] = {}
    for fault in faults:
        if fault.kind != "misplaced" or not fault.file:
            continue
        original = recorded[fault.document or ""]
        for found, home in _pairs(PurePosixPath(fault.file), PurePosixPath(original.path)):
            if found not in living and (root / found).is_dir() and not lexists(root / home):
                inside.setdefault((found, home), []).append(original)
                break
    return list(_once(root, inside))


def _pairs(
    found: PurePosixPath, home: PurePosixPath
) -> Iterator[tuple[PurePosixPath, PurePosixPath]]:
    """Folders that hold the file by the same path below them, the uppermost first."""
    alike = 0
    for one, other in zip(reversed(found.parts), reversed(home.parts), strict=False):
        if one != other:
            break
        alike += 1
    for depth in range(alike, 0, -1):
        pair = PurePosixPath(*found.parts[:-depth]), PurePosixPath(*home.parts[:-depth])
        if all(len(one.parts) > 1 and one.parts[0] == CUSTOMERS for one in pair):
            yield pair


def _once(
    root: Path, inside: Mapping[tuple[PurePosixPath, PurePosixPath], list[Original]]
) -> Iterator[Renamed]:
    """One home a folder, and no folder into itself; what was put into another comes out first."""
    taken: set[PurePosixPath] = set()
    for (found, home), papers in sorted(inside.items(), key=lambda one: -len(one[0][0].parts)):
        nested = found.is_relative_to(home) or home.is_relative_to(found)
        if not nested and not taken & {found, home}:
            taken |= {found, home}
            yield Renamed(root / found, root / home, tuple(papers))
