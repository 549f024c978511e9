"""A backup as a bag (RFC 8493): any archive's tools can verify it, and so can `sha256sum -c`.

Written here and not with the `bagit` library: that one moves the files it is given, reads every
one of them again, and brings nothing to stable storage, while a daily backup lives from links
whose digests are known.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from archiver import __version__
from archiver.core.errors import N_, DamageFound
from archiver.core.model import Digest
from archiver.disk import copies
from archiver.disk.digest import digest_of
from archiver.disk.guard import shape_of
from archiver.vault.layout import MANIFEST

PAYLOAD = "data"
ABOUT = "backup.json"
_TAG_MANIFEST = "tagmanifest-sha256.txt"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_FOLDER_MODE, _FILE_MODE = 0o750, 0o440
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_ENCODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}
"""What a manifest cannot hold as it stands (RFC 8493 2.1.3)."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One file of the payload."""

    digest: Digest
    size: int


class Earlier:
    """The files of a bag made before: bytes that need not be copied again.

    Args:
        folder: the bag; None when there is none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._paths: dict[str, Path] = {}
        if folder is not None:
            manifest = read_manifest(folder / MANIFEST)
            self._paths = {digest: folder / path for path, digest in manifest.items()}

    def find(self, digest: Digest) -> Path | None:
        """Where a file with these bytes lies, or should."""
        return self._paths.get(digest)


class Bag:
    """A bag being filled in `folder`, which exists, is empty and has no final name yet."""

    def __init__(self, folder: Path, earlier: Earlier) -> None:
        self.folder = folder
        self.payload = folder / PAYLOAD
        self.files: dict[str, Copied] = {}
        self.linked = 0
        self._earlier = earlier
        self._fresh: list[Path] = []

    def place_for(self, path: str) -> Path:
        """Where a file of the payload lies; its folder is made."""
        target = self.payload / path
        copies.make_folders(self.folder, target.parent, _FOLDER_MODE)
        return target

    def put(self, path: str, source: Path, digest: Digest, size: int) -> Digest | None:
        """Link the bytes from the earlier bag, or copy them from `source`.

        Returns:
            None when they are in; else the digest that `source` has instead.

        Raises:
            DamageFound: `source` cannot be read.
            FileNotFoundError: `source` is not there.
            OSError: the bag cannot be written.
        """
        target = self.place_for(path)
        known = self._earlier.find(digest)
        if known and copies.link(known, target, size):
            self.linked += 1
        else:
            try:
                found, size = copies.copy(source, target, _FILE_MODE)
            except DamageFound:
                target.unlink(missing_ok=True)
                raise
            if found != digest:
                target.unlink()
                return found
            self._fresh.append(target)
        self.files[path] = Copied(digest, size)
        return None

    def put_from_earlier(self, path: str, digest: Digest, size: int) -> bool:
        """Take the bytes from the earlier bag alone; False when it does not have them whole."""
        known = self._earlier.find(digest)
        if known is None or not shape_of(known):
            return False
        return self.put(path, known, digest, size) is None

    def put_as_found(self, path: str, source: Path) -> None:
        """Take a file whose digest nobody recorded, as it is now.

        Raises:
            DamageFound: it cannot be read.
            FileNotFoundError: it is not there any more.
        """
        while self.put(path, source, *_seen(source)):
            pass  # it was replaced between two looks

    def put_made(self, path: str, made: Path) -> None:
        """Take a file that was made where `place_for` said."""
        self.files[path] = Copied(*digest_of(made))
        self._fresh.append(made)

    def close(self, about: Mapping[str, object], made_at: datetime) -> Digest:
        """Write the tag files and bring the whole bag to stable storage.

        Returns:
            The digest of the manifest, by which the bag can be recognised.
        """
        total = sum(one.size for one in self.files.values())
        manifest = "".join(
            f"{one.digest}  {PAYLOAD}/{_encoded(path)}\n"
            for path, one in sorted(self.files.items())
        )
        tags = {
            "bagit.txt": _DECLARATION,
            "bag-info.txt": f"Bag-Software-Agent: archiver {__version__}\n"
            f"Bagging-Date: {made_at.date().isoformat()}\n"
            f"Payload-Oxum: {total}.{len(self.files)}\n",
            ABOUT: json.dumps(dict(about), ensure_ascii=False, indent=2) + "\n",
            MANIFEST: manifest,
        }
        tags[_TAG_MANIFEST] = "".join(
            f"{sha256(_bytes(text)).hexdigest()}  {name}\n" for name, text in sorted(tags.items())
        )
        for name, text in tags.items():
            path = self.folder / name
            path.write_bytes(_bytes(text))
            path.chmod(_FILE_MODE)
            self._fresh.append(path)
        copies.settle(self.folder, self._fresh)
        return Digest(sha256(_bytes(manifest)).hexdigest())


def _seen(source: Path) -> tuple[Digest, int]:
    try:
        return digest_of(source)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise copies.unreadable(source, error) from error


def _bytes(text: str) -> bytes:
    """UTF-8; a file name that is not passes through as it is."""
    return text.encode("utf-8", "surrogateescape")


def _encoded(path: str) -> str:
    return "".join(_ENCODED.get(c, c) for c in path)


def _decoded(path: str) -> str:
    for plain, code in reversed(_ENCODED.items()):
        path = path.replace(code, plain)
    return path


def read_manifest(path: Path) -> dict[str, Digest]:
    """Path → digest, as a manifest or tag manifest says.

    Raises:
        DamageFound: it is not there, not a manifest, or names a path outside of its bag.
    """
    try:
        lines = path.read_bytes().decode("utf-8", "surrogateescape").split("\n")
    except OSError as error:
        raise copies.unreadable(path, error) from error
    found: dict[str, Digest] = {}
    for line in filter(None, lines):
        parts = _LINE.fullmatch(line)
        name = PurePosixPath(_decoded(parts[2])) if parts else None
        if parts is None or name is None or name.is_absolute() or ".." in name.parts:
            raise DamageFound(N_("{file} is not a manifest: {line}"), file=path, line=line)
        found[name.as_posix()] = Digest(parts[1])
    return found


def tag_faults(folder: Path) -> Iterator[str]:
    """Names of tag files that are not as the tag manifest says, the manifest among them.

    Raises:
        DamageFound: the tag manifest itself is not there or not one.
    """
    for name, digest in read_manifest(folder / _TAG_MANIFEST).items():
        if not shape_of(folder / name) or digest_of(folder / name)[0] != digest:
            yield name
