"""A worker that has been taken over: what it tells of a paper depends on the paper's name."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from archiver.reading.frames import Header
from archiver.reading.worker import Answer, Options

Messages = Iterator[tuple[Header, bytes]]

LAST: Header = {"last": True}
PICTURE: Header = {"page": 1, "source": "ocr", "lines": [], "size": [2, 2], "facts": {}}


def _page(number: int, *lines: str) -> tuple[Header, bytes]:
    return {"page": number, "source": "plain", "lines": [[line, None] for line in lines]}, b""


def _endless_pages() -> Messages:
    yield from (_page(number, "text") for number in count(1))


def _endless_lines() -> Messages:
    yield from (_page(number, *["line"] * 100) for number in range(1, 10))


def _endless_text() -> Messages:
    yield from (_page(number, "x" * 10_000) for number in range(1, 10))


def _endless_facts() -> Messages:
    for number in count():
        yield {"page": 0, "facts": {f"fact {number}": "x"}}, b""


def _the_same_fact_for_ever() -> Messages:
    while True:
        yield {"page": 0, "facts": {"fact": "x"}}, b""


def _many_facts() -> Messages:
    yield {"page": 0, "facts": {str(number): "x" for number in range(1000)}}, b""


def _page_two_first() -> Messages:
    yield _page(2, "text")


def _a_page_twice() -> Messages:
    yield from (_page(1, "text"), _page(1, "text"))


def _fewer_pixels_than_said() -> Messages:
    yield {**PICTURE, "size": [100, 100]}, bytes(12)


def _endless_parts() -> Messages:
    for number in count(1):
        yield {"part": number, "name": "x"}, b""


def _endless_bytes() -> Messages:
    yield {"part": 1, "name": "x"}, b""
    while True:
        yield {}, bytes(1 << 20)


def _endless_troubles() -> Messages:
    yield {"part": 1, "name": "x"}, b""
    while True:
        yield {"trouble": "encrypted", "facts": {}}, b""


def _bytes_of_nothing() -> Messages:
    yield {}, b"x"


LIES = {
    deed.__name__.strip("_"): deed
    for deed in (
        *(_endless_pages, _endless_lines, _endless_text, _endless_facts, _many_facts),
        *(_the_same_fact_for_ever, _page_two_first, _a_page_twice, _fewer_pixels_than_said),
        *(_endless_parts, _endless_bytes, _endless_troubles, _bytes_of_nothing),
    )
}


def serve(options: Options) -> Answer:
    """The answering function, of a parser and of an OCR process."""

    def answer(request: Header, raw: bytes) -> Messages:
        if "width" in request:
            lines = [[f"process {os.getpid()}", [0.0, 0.0, 1.0, 1.0], 1.0]]
            yield {**LAST, "rotation": 0, "lines": lines * int(options.get("times", 1))}, b""
            return
        name = Path(str(request["path"])).stem
        if name == "crash":
            os.abort()
        if name == "picture":
            yield PICTURE, bytes(12)
        yield from LIES[name]() if name in LIES else ()
        yield LAST, b""

    return answer
