"""Reads papers: a parser opens each file, pages without text go to OCR, all in other processes."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Semaphore
from types import TracebackType
from typing import TypeVar

from archiver.core.errors import DocumentError
from archiver.core.model import Because, Page, Reading, Scan, TextSource
from archiver.reading.answers import (
    MOST_FACTS,
    End,
    Facts,
    Picture,
    Recognised,
    recognised,
    told,
    unpacked,
)
from archiver.reading.crew import Crew, closed
from archiver.reading.divide import Cut
from archiver.reading.duties import parsing, recognising, showing
from archiver.reading.frames import Header
from archiver.reading.limits import ReadingLimits
from archiver.reading.members import Member, Unpacking
from archiver.reading.order import in_reading_order, together

T = TypeVar("T")


@dataclass(slots=True)
class _Paper:
    """What is known of a file while it is being told."""

    facts: dict[str, str] = field(default_factory=dict)
    pages: list[Page | Future[Page]] = field(default_factory=list)
    lines: int = 0
    letters: int = 0

    def read_so_far(self) -> Iterator[Future[Page]]:
        """The pages whose OCR is done."""
        return (page for page in self.pages if isinstance(page, Future) and page.done())


class Reader:
    """The reading room. Safe to call from several threads; nothing starts before it is needed.

    Args:
        limits: what one paper may cost.
        folders: where papers lie that are read: where the kernel can see to it, a process that
            opens files reads nothing else.
        shelves: where papers lie of which a person sees pictures; other processes open those.

    Raises:
        EngineError: the OCR engine of that name is unknown or not installed.
    """

    def __init__(
        self, limits: ReadingLimits, folders: tuple[Path, ...], shelves: tuple[Path, ...] = ()
    ) -> None:
        self._limits = limits
        self._parsers = Crew(parsing(limits, folders))
        self._showers = Crew(showing(limits, shelves))
        self._recognisers = Crew(recognising(limits))
        self._pages = ThreadPoolExecutor(limits.recognisers, thread_name_prefix="ocr")
        # A page of pixels takes up to 27 MB: no more of them than keep every process busy.
        self._room = Semaphore(2 * limits.recognisers)

    def warm(self, *, pictures: bool) -> None:
        """Start the parsers, and for pictures the OCR, without waiting for them."""
        self._parsers.warm()
        if pictures:
            self._recognisers.warm()

    def read(self, scan: Scan) -> Reading:
        """Everything the paper says.

        Raises:
            DocumentError: `encrypted`, `wrong_password`, `damaged`, `too_large`, `too_many_pages`,
                `timed_out`, `out_of_memory`, `unreadable`, `parser_crashed` or `ocr_crashed`. The
                next paper is not affected.
            EngineError: the processes that read do not start.
            NotYet: the reader was closed meanwhile.
        """
        return self._again(scan, lambda: self._read_once(scan))

    def _read_once(self, scan: Scan) -> Reading:
        paper = _Paper()
        try:
            self._open(scan, paper)
            pages = tuple(self._read(page, paper) for page in paper.pages)
        finally:
            for page in paper.pages:
                if isinstance(page, Future):
                    page.cancel()
        return Reading(scan, pages, tuple(sorted(paper.facts.items())))

    def unpack(self, scan: Scan, folder: Path) -> tuple[Member, ...]:
        """What is inside an archive, a mail or a PDF: its files, in the order they have there.

        The first lies in `folder/0001` and so on; doing it again gives the same. Files inside
        those files are not looked for.

        Args:
            scan: the file; of any other kind, nothing is inside.
            folder: an existing folder with nothing else in it.

        Raises:
            DocumentError: as for `read`; `too_many_parts` or `too_large` when more is inside than
                may be, `nothing_inside` for an archive without files. Then `folder` is empty.
            EngineError: the processes that read do not start.
            NotYet: the reader was closed meanwhile.
            OSError: the disk refused.
        """
        request: Header = {**_request(scan), "unpack": True}
        return self._again(scan, lambda: self._put(folder, request))

    def _again(self, scan: Scan, attempt: Callable[[], T]) -> T:
        """The result of an attempt, or of a second one by a new process.

        Where a disk was mounted anew, an old process may not read what we may.
        """
        try:
            return attempt()
        except DocumentError as error:
            if error.because.code != "unreadable" or not os.access(scan.arrival.path, os.R_OK):
                raise
        self._parsers.renew()
        return attempt()

    def divide(self, scan: Scan, folder: Path, cut: Cut) -> tuple[Member, ...]:
        """The papers of a batch scan, each a file of its own, named by its pages: `3` or `4-7`.

        Nothing is encoded anew, and doing it again gives the same bytes.

        Args:
            scan: a PDF or a TIFF; of any other kind, nothing is divided.
            folder: an existing folder with nothing else in it.
            cut: what divides.

        Returns:
            Nothing for what is to stay whole: not at least two papers, a signed PDF, a form.

        Raises:
            DocumentError, EngineError, NotYet, OSError: as for `unpack`.
        """
        request: Header = {**_request(scan), "cut": [cut.blank, cut.separator]}
        return self._again(scan, lambda: self._put(folder, request))

    def picture(self, path: Path, media_type: str, page: int) -> Picture | None:
        """A page of a filed paper as pixels, upright; None where there is no picture of it.

        Args:
            path: of the file, on one of the shelves.
            media_type: what its bytes are.
            page: from 1.

        Raises:
            DocumentError: as for `read`.
            EngineError: the processes that read do not start.
            NotYet: the reader was closed meanwhile.
        """
        request: Header = {"path": str(path), "media_type": media_type, "picture": page}
        shown: Picture | None = None
        with self._showers.one() as shower:
            for message in shower.ask(request, b"", told):
                if isinstance(message, End) and message.trouble:
                    raise DocumentError(message.trouble)
                if isinstance(message, Picture):
                    shown = message
        return shown

    def _put(self, folder: Path, request: Header) -> tuple[Member, ...]:
        """Write the files that a parser tells into a folder, under numbers."""
        unpacking = Unpacking(folder, self._limits)
        with unpacking, self._parsers.one() as parser:
            for message in parser.ask(request, b"", unpacked):
                unpacking.take(message)
        return tuple(unpacking.members)

    def _open(self, scan: Scan, paper: _Paper) -> None:
        """Collect the pages as a parser tells them; OCR goes on beside it."""
        ending: Because | None = None
        with self._parsers.one() as parser:
            for message in parser.ask(_request(scan), b"", told):
                match message:
                    case End(trouble):
                        ending = trouble
                    case Facts(facts):
                        paper.facts.update(facts)
                        if len(paper.facts) > MOST_FACTS:
                            raise DocumentError(Because.of("parser_crashed"))
                    case _:
                        self._take(message, paper)
        if ending:
            raise DocumentError(ending)

    def _take(self, message: Page | Picture, paper: _Paper) -> None:
        """One more page, read or to be read.

        Raises:
            DocumentError: the paper grows past its limits, or the OCR of an earlier page failed.
        """
        page = message.page if isinstance(message, Picture) else message
        if page.number != len(paper.pages) + 1 or page.number > self._limits.max_pages:
            raise DocumentError(Because.of("parser_crashed"))
        self._count(page, paper)
        for done in paper.read_so_far():
            done.result()
        if isinstance(message, Picture):
            paper.pages.append(self._submit(message))
        else:
            paper.pages.append(replace(page, lines=in_reading_order(page.lines)))

    def _read(self, page: Page | Future[Page], paper: _Paper) -> Page:
        """The page, when its OCR is done."""
        if not isinstance(page, Future):
            return page
        read = page.result()
        self._count(read, paper)
        return read

    def _count(self, page: Page, paper: _Paper) -> None:
        """Add what a page says.

        Raises:
            DocumentError: `too_large`.
        """
        paper.lines += len(page.lines)
        paper.letters += sum(len(line.text) for line in page.lines)
        if paper.lines > self._limits.max_lines:
            raise DocumentError(Because.of("too_large", why=f"> {self._limits.max_lines} lines"))
        if paper.letters > self._limits.max_text:
            why = f"> {self._limits.max_text} characters"
            raise DocumentError(Because.of("too_large", why=why))

    def _submit(self, picture: Picture) -> Future[Page]:
        """Give a page to OCR; waits while there are enough of them.

        Raises:
            NotYet: the reader was closed meanwhile.
        """
        self._room.acquire()
        try:
            page = self._pages.submit(self._recognise, picture)
        except RuntimeError as error:  # what a pool says when it is shut down
            self._room.release()
            raise closed() from error
        page.add_done_callback(lambda _: self._room.release())
        return page

    def _recognise(self, picture: Picture) -> Page:
        """Read one page of pixels."""
        answer = self.look(picture)
        lines = together(picture.page.lines, answer.lines, answer.slope)
        source = TextSource.OCR if lines else TextSource.NONE
        return Page(
            picture.page.number,
            lines,
            source,
            answer.rotation,
            look=answer.look,
            slope=answer.slope,
            seals=answer.seals,
            symbols=answer.symbols,
        )

    def look(self, picture: Picture) -> Recognised:
        """What an OCR process sees in the pixels, in no order yet.

        Raises:
            DocumentError: `timed_out`, `out_of_memory` or `ocr_crashed`.
        """
        request: Header = {"width": picture.width, "height": picture.height}
        with self._recognisers.one() as worker:
            (answer,) = worker.ask(request, picture.pixels, recognised)
        return answer

    def close(self) -> None:
        """End every worker process; papers still being read are left for the next run."""
        self._parsers.close()
        self._showers.close()
        self._recognisers.close()
        self._pages.shutdown()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _request(scan: Scan) -> Header:
    """What a parser must know of a file; a password goes to it by this way alone."""
    arrival = scan.arrival
    password = arrival.again.password if arrival.again else None
    return {"path": str(arrival.path), "media_type": scan.media_type, "password": password}
