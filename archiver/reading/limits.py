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
        recogniser_bytes: address space of an OCR process on onnxruntime (1.3 GiB were measured
            at most; openvino maps far more than it uses and is not limited this way).
        parse_seconds: between two pages of a parser.
        recognise_seconds: for one page of an OCR process.
        max_pages: of one file.
        max_pixels: of one picture as stored; about A1 at 300 dpi.
        ocr_pixels: a picture is reduced to this before OCR; A4 at 250 dpi has 6 million.
    """

    engine: str = "auto"
    parsers: int = 2
    recognisers: int = 2
    parser_bytes: int = 1024 * MIB
    recogniser_bytes: int = 2048 * MIB
    parse_seconds: float = 30.0
    recognise_seconds: float = 90.0
    max_pages: int = 1000
    max_pixels: int = 100_000_000
    ocr_pixels: int = 9_000_000
