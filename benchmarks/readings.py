"""A reader that keeps what OCR saw, so that everything behind it can be tried again in seconds."""

import json
import time
from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from PIL import Image

import archiver.reading.ocr
from archiver.core.model import Box, Line
from archiver.reading.answers import Picture, Recognised
from archiver.reading.limits import ReadingLimits
from archiver.reading.reader import Reader


class Remembering(Reader):
    """Reads with OCR once; the same pixels are read from the cache afterwards.

    Args:
        limits: as for the reader.
        folders: as for the reader.
        cache: where answers are kept, by the digest of the pixels and of the code that read them;
            None for nowhere.
        turn: how far every picture is turned before it is read, degrees clockwise.
    """

    def __init__(
        self,
        limits: ReadingLimits,
        folders: tuple[Path, ...],
        cache: Path | None,
        *,
        turn: int = 0,
    ) -> None:
        super().__init__(limits, folders)
        code = Path(archiver.reading.ocr.__file__).read_bytes()
        self._cache = cache / sha256(code).hexdigest()[:12] if cache else None
        self._processes = limits.recognisers
        self._turn = turn
        self.seconds = 0.0
        """What OCR took, or had taken when it was done, of one process."""
        self.pages = 0

    def look(self, picture: Picture) -> Recognised:
        """As OCR saw it now, or the first time."""
        picture = _turned(picture, self._turn)
        shape = f"{picture.width}x{picture.height} ".encode()
        name = sha256(shape + picture.pixels).hexdigest()[:32]
        kept = self._cache / f"{name}.json" if self._cache else None
        if kept and kept.exists():
            told = json.loads(kept.read_text(encoding="utf-8"))
            seen = Recognised(
                _lines(told["lines"]),
                told["rotation"],
                tuple(told["slope"]),
                seals=tuple(map(tuple, told["seals"])),
                symbols=_lines(told["symbols"]),
            )
            return self._counted(seen, told["seconds"])
        begun = time.perf_counter()
        seen = super().look(picture)
        taken = time.perf_counter() - begun
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            told = {
                "rotation": seen.rotation,
                "slope": seen.slope,
                "seconds": taken,
                "lines": _told(seen.lines),
                "seals": seen.seals,
                "symbols": _told(seen.symbols),
            }
            kept.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        return self._counted(seen, taken)

    def each(self) -> float:
        """Seconds a page, when every process has something to read."""
        return self.seconds / self._processes / max(1, self.pages)

    def _counted(self, seen: Recognised, seconds: float) -> Recognised:
        self.seconds += seconds
        self.pages += 1
        return seen


def _turned(picture: Picture, turn: int) -> Picture:
    """The picture as a scanner gives it that was fed the page another way round."""
    if not turn:
        return picture
    size = (picture.width, picture.height)
    page = Image.frombytes("RGB", size, picture.pixels).rotate(-turn, expand=True)
    return replace(picture, width=page.width, height=page.height, pixels=page.tobytes())


def _lines(told: list[tuple[str, list[float] | None, float]]) -> tuple[Line, ...]:
    """Lines as they were kept."""
    return tuple(Line(text, tuple(box) if box else None, score) for text, box, score in told)


def _told(lines: Iterable[Line]) -> list[tuple[str, Box | None, float]]:
    """Lines as they are kept."""
    return [(line.text, line.box, line.confidence) for line in lines]
