"""Puts drawn papers into the inbox of the sample vault and notes the truth about each."""

from pathlib import Path
from typing import Any

from PIL import Image
from pillow_heif import from_pillow
from pypdf import PdfReader, PdfWriter

from archiver.declarations.categories import Categories
from tools.specimens import scans
from tools.specimens.paper import Paper
from tools.specimens.parties import Party

Told = dict[str, object]
"""The truth about one file, as it stands in `truth.json`."""


class Studio:
    """Draws papers into the inbox of the sample vault and notes the truth about each.

    Args:
        inbox: where the papers go.
        scratch: a folder for what is drawn on the way.
        categories: for the names of folders.
        font: a TrueType font with Chinese characters.
    """

    def __init__(self, inbox: Path, scratch: Path, categories: Categories, font: Path) -> None:
        self._inbox = inbox
        self._scratch = scratch
        self._categories = categories
        self.font = font
        self.truth: list[Told] = []

    def pdf(self, file: str, paper: Paper) -> Path:
        """A paper as it was born."""
        target = self.place(file)
        paper.output(target)
        return target

    def pages(self, paper: Paper) -> list[Image.Image]:
        """A paper as a scanner sees it."""
        drawn = self._scratch / "paper.pdf"
        paper.output(drawn)
        return scans.pages(drawn)

    def page(self, paper: Paper) -> Image.Image:
        """A paper of one page as a scanner sees it."""
        (page,) = self.pages(paper)
        return page

    def picture(self, file: str, *pages: Image.Image, quality: int = 62) -> Path:
        """Pages as one picture file, or one PDF of pictures."""
        target = self.place(file)
        first, *more = pages
        if target.suffix == ".heic":
            from_pillow(first).save(target, quality=quality)
            return target
        options: dict[str, Any] = {"quality": quality, "dpi": (200, 200)}
        if target.suffix == ".pdf":
            options = {"resolution": 200.0, "quality": quality}
        if target.suffix == ".tif":
            options = {"compression": "group4", "dpi": (200, 200)}
        if more:
            options |= {"save_all": True, "append_images": more}
        first.save(target, **options)
        return target

    def text(self, file: str, text: str, encoding: str) -> None:
        """A plain text file."""
        self.place(file).write_bytes(text.encode(encoding))

    def copy(self, source: Path, file: str, size: int | None = None) -> None:
        """The same bytes again, or only the first `size` of them."""
        self.place(file).write_bytes(source.read_bytes()[:size])

    def locked(self, source: Path, file: str) -> None:
        """The same paper behind a password."""
        writer = PdfWriter(clone_from=PdfReader(source))
        writer.encrypt("样本", algorithm="RC4-128")
        writer.write(self.place(file))

    def with_annex(self, file: str, paper: Paper, name: str, annex: Paper) -> None:
        """A paper with another one hanging in the same PDF."""
        born = self._scratch / "paper.pdf"
        paper.output(born)
        writer = PdfWriter(clone_from=PdfReader(born))
        writer.add_attachment(name, bytes(annex.output()))
        writer.write(self.place(file))

    def place(self, file: str) -> Path:
        """Where a file of the inbox goes."""
        target = self._inbox / file
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def apart(self, name: str) -> Path:
        """Where a file goes that will be put into another one."""
        target = self._scratch / "apart" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def filed(self, file: str, party: Party | str, category: str, **fields: str) -> None:
        """The truth about a paper that files itself, under a company or a person."""
        name = party if isinstance(party, str) else party.name
        self._note(file, "filed", name, category, self._folder(name, category), "", fields)

    def asked(self, file: str, category: str, reason: str) -> None:
        """The truth about a paper on which a person must decide whose it is."""
        folder = self._folder("_unassigned", category)
        self._note(file, "review", None, category, folder, reason, {})

    def put_aside(self, file: str, reason: str) -> None:
        """The truth about a file that cannot be taken in."""
        self._note(file, "quarantined", None, None, "quarantine", reason, {})

    def twice(self, file: str, party: Party, category: str) -> None:
        """The truth about bytes that are there already."""
        self.filed(file, party, category)
        self.truth[-1]["outcome"] = "duplicate"

    def packet(self, file: str, outcome: str) -> None:
        """The truth about a file that says nothing itself: it is what is in it."""
        self._note(file, outcome, None, None, "", "", {})

    def inside(self, count: int) -> None:
        """The last `count` truths are about what is inside the file before them."""
        parts = self.truth[-count:]
        del self.truth[-count:]
        self.truth[-1]["parts"] = parts

    def _folder(self, name: str, category: str) -> str:
        return f"customers/{name.rstrip('.')}/{self._categories.label(category, 'zh')}"

    def _note(self, *values: object) -> None:
        keys = ("file", "outcome", "customer", "category", "folder", "reason", "fields")
        self.truth.append(dict(zip(keys, values, strict=True)))
