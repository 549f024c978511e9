"""How much one paper may cost: every figure bounds what a hostile file can take."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """Limits and sizes of the reading room.

    Attributes:
        engine: OCR engine: `auto`, `onnxruntime` or `openvino`.
        parsers: processes that open files.
        recognisers: processes that read pixels, one thread each.
        parser_bytes: address space of a parser.
        recogniser_bytes: memory of an OCR process: its address space, or what it really takes where
            its engine cannot be held to one.
        parse_seconds: for opening one document; time spent on its OCR does not count.
        recognise_seconds: for the OCR of one page.
        start_seconds: until a new process is ready.
        max_pages: of one document.
        max_lines: of text in one document.
        max_text: characters of it; 1,000 dense pages have 3 million.
        max_parts: files inside an archive or a mail. A month of scans is fewer; what has more is
            a backup of a computer, and nobody can look through what becomes of it.
        max_unpacked: bytes of all of them together: as many as a parser's address space, and more
            than any mail system lets through.
        max_member: bytes of one of them: 1,000 scanned pages have 300 MB.
        max_pixels: of one picture as stored; A1 at 300 dpi has 70 million.
        ocr_pixels: a page is reduced to this before OCR; A4 at 250 dpi has 6 million.
    """

    engine: str = "auto"
    parsers: int = 2
    recognisers: int = 2
    parser_bytes: int = 1024 * MIB
    recogniser_bytes: int = 2048 * MIB
    parse_seconds: float = 120.0
    recognise_seconds: float = 120.0
    start_seconds: float = 60.0
    max_pages: int = 1000
    max_lines: int = 300_000
    max_text: int = 32 * MIB
    max_parts: int = 500
    max_unpacked: int = 1024 * MIB
    max_member: int = 512 * MIB
    max_pixels: int = 100_000_000
    ocr_pixels: int = 9_000_000
