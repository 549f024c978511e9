"""The catalogue of words: `python -m tools.words` extracts, updates and compiles it.

Sentences are collected from `archiver/` (marked with `N_` or `translate`, in Jinja templates with
`_`) and from click, whose own words a clerk meets too. The `.po` holds no places, dates or names,
so that it changes only when a sentence does; the `.mo` beside it is committed as well, because a
checkout must speak Chinese at once.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "archiver" / "locale" / "zh_CN" / "LC_MESSAGES"
PO, MO = FOLDER / "archiver.po", FOLDER / "archiver.mo"

_METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.j2", "jinja2")]
_OPTIONS = {"**.html": {"silent": "false"}, "**.j2": {"silent": "false"}}
"""A template that cannot be parsed is an error, not a file without sentences."""
_KEYWORDS = {"N_": None, "translate": None, "_": None, "gettext": None, "ngettext": (1, 2)}


class _Plain(Catalog):
    """A catalogue whose header says only what gettext needs."""

    mime_headers = (
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Language", "zh_CN"),
        ("Plural-Forms", "nplurals=1; plural=0;"),
    )


def extracted() -> Iterator[tuple[str, ...]]:
    """Every sentence of the program and of click: singular, and plural where there is one."""
    for folder in (ROOT / "archiver", Path(click.__file__).parent):
        for found in extract_from_dir(folder, _METHODS, _OPTIONS, _KEYWORDS):
            yield found[2] if isinstance(found[2], tuple) else (found[2],)


def read(po: bytes) -> Catalog:
    """A catalogue from its text."""
    found = _Plain(locale="zh_CN")
    for message in read_po(io.BytesIO(po), locale="zh_CN"):
        if message.id:
            found.add(message.id, message.string, flags=message.flags)
    return found


def updated(old: Catalog) -> Catalog:
    """Every sentence there is now, with the translations that `old` knows."""
    fresh = _Plain(locale="zh_CN")
    for sentence in extracted():
        known: Message | None = old.get(sentence[0])
        singular: str | tuple[str, ...] = sentence[0] if len(sentence) == 1 else sentence
        fresh.add(singular, known.string if known else None)
    return fresh


def as_po(catalogue: Catalog) -> bytes:
    """The catalogue as text: sorted, without places, dates and names."""
    stream = io.BytesIO()
    catalogue.header_comment, catalogue.fuzzy = "", False
    write_po(stream, catalogue, no_location=True, sort_output=True, width=100)
    return stream.getvalue().lstrip()


def as_mo(catalogue: Catalog) -> bytes:
    """The catalogue as gettext loads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> int:
    """Bring both files up to date; 1 when something is not translated yet."""
    fresh = updated(read(PO.read_bytes()))
    PO.write_bytes(as_po(fresh))
    MO.write_bytes(as_mo(fresh))
    missing = [message.id for message in fresh if message.id and not any(message.string or "")]
    for sentence in missing:
        sys.stdout.write(f"not translated: {sentence!r}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
