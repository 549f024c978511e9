"""Reads papers: a parser opens each file, pages without text go to OCR, all in other processes."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from types import TracebackType

from archiver.core.errors import N_, DocumentError, EngineError
from archiver.core.model import Because, Box, Line, Page, Reading, Scan, TextSource
from archiver.reading.crew import Crew, Worker
from archiver.reading.frames import Header
from archiver.reading.limits import ReadingLimits

_ENGINES = ("auto", "onnxruntime", "openvino")


class Reader:
    """The reading room. Safe to call from several threads; nothing starts before it is needed.

    Raises:
        EngineError: the OCR engine of that name is unknown or not installed.
    """

    def __init__(self, limits: ReadingLimits) -> None:
        _require(limits.engine)
        self._limits = limits
        self._parsers = Crew(
            "parse",
            {
                "bytes": limits.parser_bytes,
                "max_pages": limits.max_pages,
                "max_pixels": limits.max_pixels,
                "ocr_pixels": limits.ocr_pixels,
            },
            size=limits.parsers,
            timeout=limits.parse_seconds,
        )
        self._recognisers = Crew(
            "recognise",
            {
                "bytes": 0 if limits.engine == "openvino" else limits.recogniser_bytes,
                "engine": limits.engine,
            },
            size=limits.recognisers,
            timeout=limits.recognise_seconds,
        )
        self._pages = ThreadPoolExecutor(limits.recognisers, thread_name_prefix="ocr")

    def warm(self) -> None:
        """Start the parsers without waiting for them."""
        self._parsers.warm()

    def read(self, scan: Scan) -> Reading:
        """Everything the paper says.

        Raises:
            DocumentError: `encrypted`, `damaged`, `too_large`, `too_many_pages`, `timed_out` or
                `crashed`. The next paper is not affected.
        """
        with self._parsers.one() as parser:
            return self._ask(parser, scan)

    def _ask(self, parser: Worker, scan: Scan) -> Reading:
        """Collect the pages as the parser tells them; OCR goes on beside it."""
        facts: dict[str, str] = {}
        pages: list[Page | Future[Page]] = []
        trouble: DocumentError | None = None
        request: Header = {"path": str(scan.arrival.path), "media_type": scan.media_type}
        for told, pixels in parser.ask(request):
            if told.get("last"):
                trouble = _trouble(told)
            elif told.get("page") == 0:
                facts.update(_facts(told))
            elif told.get("source") == TextSource.OCR:
                self._hold_back(pages)
                pages.append(self._pages.submit(self._recognise, told, pixels))
            else:
                pages.append(_page(told))
        read = tuple(page.result() if isinstance(page, Future) else page for page in pages)
        if trouble:
            raise trouble
        return Reading(scan, read, tuple(sorted(facts.items())))

    def _hold_back(self, pages: Sequence[Page | Future[Page]]) -> None:
        """Wait while twice as many pages of pixels are under way as can be read at once."""
        under_way = [page for page in pages if isinstance(page, Future) and not page.done()]
        if len(under_way) >= 2 * self._limits.recognisers:
            under_way[0].exception()

    def _recognise(self, told: Header, pixels: bytes) -> Page:
        """Read one page of pixels."""
        width, height = _numbers(told.get("size"), 2)
        with self._recognisers.one() as worker:
            for answer, _ in worker.ask({"width": int(width), "height": int(height)}, pixels):
                lines = tuple(_line(line) for line in _list(answer.get("lines")))
                source = TextSource.OCR if lines else TextSource.NONE
                (rotation,) = _numbers([answer.get("rotation")], 1)
                return Page(_number(told), lines, source, int(rotation))
        raise _nonsense()

    def close(self) -> None:
        """End every worker process."""
        self._pages.shutdown(cancel_futures=True)
        self._parsers.close()
        self._recognisers.close()

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _require(engine: str) -> None:
    """Refuse an engine that nobody knows, or that is not installed."""
    if engine not in _ENGINES:
        raise EngineError(
            N_("unknown OCR engine {engine}"),
            hint=N_("vault.toml, key reading.engine: one of {known}"),
            engine=engine,
            known=", ".join(_ENGINES),
        )
    if engine != "auto" and find_spec(engine) is None:
        raise EngineError(
            N_("the OCR engine {engine} is not installed"),
            hint=N_("install it with: pip install {engine}"),
            engine=engine,
        )


# What a worker says is checked before it is believed: it has parsed foreign bytes.


def _nonsense() -> DocumentError:
    return DocumentError(Because.of("crashed"))


def _trouble(told: Header) -> DocumentError | None:
    code = told.get("trouble")
    return DocumentError(Because.of(str(code), why=str(told.get("why", "")))) if code else None


def _facts(told: Header) -> dict[str, str]:
    facts = told.get("facts")
    if not isinstance(facts, dict):
        raise _nonsense()
    return {str(key): str(value) for key, value in facts.items()}


def _page(told: Header) -> Page:
    lines = tuple(_line([*_list(line), 1.0]) for line in _list(told.get("lines")))
    try:
        source = TextSource(str(told.get("source")))
    except ValueError as error:
        raise _nonsense() from error
    return Page(_number(told), lines, source)


def _number(told: Header) -> int:
    (number,) = _numbers([told.get("page")], 1)
    return int(number)


def _line(found: object) -> Line:
    """Text, box or null, confidence."""
    parts = _list(found)
    if len(parts) != 3 or not isinstance(parts[0], str):
        raise _nonsense()
    (confidence,) = _numbers([parts[2]], 1)
    return Line(parts[0], _box(parts[1]), confidence)


def _box(found: object) -> Box | None:
    if found is None:
        return None
    x0, y0, x1, y1 = _numbers(found, 4)
    return x0, y0, x1, y1


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise _nonsense()
    return found


def _numbers(found: object, count: int) -> list[float]:
    numbers = [part for part in _list(found) if isinstance(part, int | float)]
    if len(numbers) != count:
        raise _nonsense()
    return [float(number) for number in numbers]
