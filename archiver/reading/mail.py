"""Mails (RFC 5322, MIME): who wrote what to whom, the text, and the papers that hang on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect
from email.feedparser import BytesFeedParser
from email.message import Message
from email.policy import Compat32
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import cast

from archiver.reading.image import Bounds
from archiver.reading.markup import lines_of
from archiver.reading.page import CHUNK, Part, Told, Trouble
from archiver.reading.plain import page_of
from archiver.reading.sniff import MAIL, extension, is_taken
from archiver.reading.words import decoded, head_text

_FIELDS = ("From", "To", "Cc", "Date", "Subject")
_LEAST_PICTURE = 50_000
"""Bytes of a picture inside the text below which it is a logo of the writer's firm."""
_OF_THE_MAIL = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
    "message/disposition-notification",
    "text/calendar",
    "text/rfc822-headers",
    "text/vcard",
    "text/x-vcard",
}
"""What mail programs attach for one another."""
_TEXTS = {"text/plain", "text/html"}


class _AsItStands(Compat32):
    """Fields with their bytes, which the standard would have us throw away beyond ASCII."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The value as it stands."""
        return value


_AS_IT_STANDS = _AsItStands()


class _Node(Message):
    """A part of a mail. One that is a mail itself stays closed: its bytes are wanted as they are.

    The parser opens whatever calls itself `message/…`, so it is not called so.
    """

    def get_content_type(self) -> str:
        """The type, as the parser is to see it."""
        return self.kind().replace("message/", "application/", 1)

    def kind(self) -> str:
        """The type as it stands there."""
        return super().get_content_type()


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A part without parts, by its number, and whether it belongs to a page of HTML."""

    number: int
    node: _Node
    related: bool


def tell(path: Path, bounds: Bounds) -> Iterator[Told]:
    """The head and the text of a mail as one page; how many papers hang on it.

    Raises:
        Trouble: `too_many_parts`, `too_large`, `damaged`.
    """
    mail = _parsed(path)
    leaves = list(_leaves(mail))
    if len(leaves) > bounds.parts:
        raise Trouble("too_many_parts", parts=len(leaves), most=bounds.parts)
    head = {name: head_text(str(mail.get(name, ""))) for name in _FIELDS}
    facts = {name.lower(): head[name] for name in ("Subject", "From") if head[name]}
    attached = sum(_is_attached(leaf) for leaf in leaves)
    yield Told(0, facts={**facts, "date": _day(head["Date"]), "attachments": str(attached)})
    written = (f"{name}: {value}" for name, value in head.items() if value)
    body = (line for leaf in _body(mail) for line in _lines(leaf))
    yield page_of(1, chain(written, body), bounds)


def _day(date: str) -> str:
    """An instant in ISO form where the field follows RFC 5322, else as it stands there."""
    try:
        return parsedate_to_datetime(date).isoformat()
    except (ValueError, OverflowError):
        return date


@contextmanager
def parts(path: Path, password: str | None = None) -> Iterator[list[Part]]:
    """The papers that hang on a mail, in its order. The text of the mail is none of them.

    A mail has no password.

    Raises:
        Trouble: `damaged`.
    """
    attached = (leaf for leaf in _leaves(_parsed(path)) if _is_attached(leaf))
    yield [Part(_name(leaf), partial(_chunks, leaf.node)) for leaf in attached]


def _parsed(path: Path) -> _Node:
    """The tree of a mail.

    Raises:
        Trouble: `damaged`.
    """
    # Fed with bytes: the parser's own way with files would change the ends of lines.
    parser = BytesFeedParser(_Node, policy=_AS_IT_STANDS)
    with path.open("rb") as stream:
        piece = stream.read(CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
        while piece:
            parser.feed(piece)
            piece = stream.read(CHUNK)
    mail = cast("_Node", parser.close())
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects):
        raise Trouble("damaged", why="the end of the file is missing")
    return mail


def _leaves(mail: _Node) -> Iterator[_Leaf]:
    """The parts without parts, in the order of the mail."""
    stack = [(mail, False)]
    number = 0
    while stack:
        node, related = stack.pop()
        inner = _children(node)
        within = related or node.kind() == "multipart/related"
        stack += [(child, within) for child in reversed(inner)]
        if not inner:
            number += 1
            yield _Leaf(number, node, related)


def _children(node: _Node) -> list[_Node]:
    inner = node.get_payload()
    return [child for child in inner if isinstance(child, _Node)] if node.is_multipart() else []


def _is_attached(leaf: _Leaf) -> bool:
    """Whether a part is a paper of its own."""
    kind, node = leaf.node.kind(), leaf.node
    if kind in _OF_THE_MAIL or kind.startswith("multipart/"):
        return False
    loose = node.get_content_disposition() == "attachment"
    if kind.startswith("text/"):
        return loose or bool(_given_name(node))
    if kind.startswith("image/") and (leaf.related or not loose):
        return len(_content(node)) >= _LEAST_PICTURE
    return True


def _name(leaf: _Leaf) -> str:
    """The name of an attachment; after its type where it has none."""
    kind = leaf.node.kind()
    usual = extension(kind) if is_taken(kind) else ".bin"
    name = _given_name(leaf.node) or f"part-{leaf.number}{usual}"
    letter = kind == MAIL and not name.lower().endswith(usual)
    return (name + usual if letter else name).replace("\\", "/")


def _given_name(node: _Node) -> str:
    """The name a part has (RFC 2183, RFC 2231), or an older program gave it."""
    found = node.get_param("filename", None, "content-disposition") or node.get_param("name")
    if isinstance(found, tuple):  # encoding, language, bytes as if they were Latin-1
        encoding, _, text = found
        return decoded(text.encode("latin-1", "ignore"), encoding)
    return head_text(found or "")


def _chunks(node: _Node) -> Iterator[bytes]:
    content = _content(node)
    for start in range(0, len(content), CHUNK):
        yield content[start : start + CHUNK]


def _content(node: _Node) -> bytes:
    content = node.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _body(node: _Node) -> list[_Node]:
    """The parts that are the text of a mail; of alternatives the plain one, if it says anything."""
    inner = _children(node)
    if not inner:
        return [] if _is_attached(_Leaf(0, node, related=False)) else [node]
    bodies = [_body(child) for child in inner]
    if node.kind() != "multipart/alternative":
        return [leaf for body in bodies for leaf in body]
    said = [body for body in bodies if any(_lines(leaf) for leaf in body)]
    plain = (body for body in said if all(leaf.kind() == "text/plain" for leaf in body))
    return next(plain, said[-1] if said else [])


def _lines(node: _Node) -> list[str]:
    """The text of a part, if it is one."""
    kind = node.kind()
    if kind not in _TEXTS and not kind.startswith("multipart/"):
        return []
    text = decoded(_content(node), node.get_content_charset())
    lines = lines_of(text) if kind == "text/html" else text.splitlines()
    return [line for line in lines if line.strip()]
