"""SHA-256 of files (FIPS 180-4), read in bounded pieces."""

import hashlib
import os
from pathlib import Path

from archiver.core.model import Digest

PIECE = 1 << 20


def digest_of(path: Path) -> tuple[Digest, int]:
    """Digest and size in bytes of a regular file.

    Raises:
        OSError: it cannot be read, is a symbolic link, or is gone.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as stream:
        found = hashlib.file_digest(stream, "sha256")
        return Digest(found.hexdigest()), stream.tell()
