"""Words in the heads of mails and archives, which say their encoding, or do not, or lie."""

import re
from email.errors import HeaderParseError
from email.header import decode_header

_HEAD_WORD = re.compile(r"=\?[^?\s]+\?[BbQq]\?")
_CHINESE = {"gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030", "csgb2312"}


def decoded(raw: bytes, encoding: str | None = None) -> str:
    """Text in that encoding; else in UTF-8 or GB18030, whichever fits.

    Args:
        raw: the bytes.
        encoding: what they are said to be in; GB2312 and GBK are parts of GB18030, and programs
            write more of it than they say.
    """
    said = (encoding or "").strip().lower()
    said = "gb18030" if said in _CHINESE else said
    for candidate in (said, "utf-8", "gb18030"):
        try:
            if candidate and candidate != "us-ascii":
                return raw.decode(candidate)
        except (LookupError, ValueError):
            continue
    return raw.decode("utf-8", "replace")


def head_text(field: str) -> str:
    """The value of a mail's head field: encoded words (RFC 2047) or raw bytes.

    Args:
        field: the value as Python's mail parser gives it, bytes beyond ASCII as surrogates.
    """
    field = " ".join(field.split())
    if not _HEAD_WORD.search(field):
        return decoded(field.encode("ascii", "surrogateescape"))
    try:
        pieces = decode_header(field)
    except (HeaderParseError, ValueError):
        return field
    return " ".join("".join(_piece(*piece) for piece in pieces).split())


def _piece(text: str | bytes, encoding: str | None) -> str:
    if isinstance(text, bytes):
        return decoded(text, encoding)
    return decoded(text.encode("utf-8", "surrogateescape"))
