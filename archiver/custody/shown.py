"""What a person is shown of a filed paper: the strip of a page where a value was read."""

from archiver.catalogue import documents
from archiver.catalogue.series import files_of
from archiver.core.model import Box, Document
from archiver.reading.crop import crop
from archiver.vault.vault import Vault


def strip(
    vault: Vault, document: Document, page: int, box: Box, *, whole: bool = False
) -> bytes | None:
    """The place on a page with a red box around it, as PNG; None where there is no picture of it.

    Args:
        vault: the open vault.
        document: of one or of several files.
        page: counted through all of its files, from 1.
        box: fractions of the page as it was read.
        whole: the whole page instead of a strip.

    Raises:
        DocumentError: the file cannot be opened.
        EngineError: the processes that open files do not start.
    """
    with vault.catalogue.read() as tx:
        files = (document, *files_of(tx, [document.id]).get(document.id, ()))
        found = _leaf(files, page)
        if found is None:
            return None
        file, number = found
        read = {one.number: one for one in documents.pages_of(tx, file.id)}
    picture = vault.reader.picture(vault.layout.root / file.path, file.media_type, number)
    if picture is None:
        return None
    turned = read[number].rotation if number in read else 0
    return crop(picture, box, rotation=turned, whole=whole)


def _leaf(files: tuple[Document, ...], page: int) -> tuple[Document, int] | None:
    """The file that a page of a document is in, and its number there."""
    for file in files:
        if page <= file.pages:
            return file, page
        page -= file.pages
    return None
