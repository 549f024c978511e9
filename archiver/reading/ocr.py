"""Inside an OCR process: pixels in, lines out. It never sees a foreign file."""

import importlib
import importlib.util
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from archiver.reading.frames import Header
from archiver.reading.worker import Answer

_HAN = "[\u2e80-\u9fff\uff00-\uffef]"
_HAN_SPACE = re.compile(f"(?<={_HAN}) +(?={_HAN})")
_DETECTOR_SIDE = 1280
"""Long side the detector sees: 1.4 s a page against 2.2–2.5 at the engine's own sizes."""


class _Result(Protocol):
    """What the engine gives: boxes (n × 4 corners × 2 pixels), texts and scores, or None."""

    boxes: NDArray[np.float32] | None
    txts: tuple[str, ...] | None
    scores: tuple[float, ...] | None


Pixels = NDArray[np.uint8]
"""Height × width × 3, blue first as the engine wants it."""
Engine = Callable[[Pixels], _Result]
Line = tuple[str, list[float], float]
"""Text, box (x0, y0, x1, y1 as fractions), confidence."""


def has_bf16() -> bool:
    """Whether this processor multiplies bfloat16: only there openvino is the faster engine."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return "amx_bf16" in flags or "avx512_bf16" in flags


def choose(engine: str) -> str:
    """The engine that `auto` means here: openvino where it is installed and faster."""
    if engine != "auto":
        return engine
    openvino = importlib.util.find_spec("openvino") is not None and has_bf16()
    return "openvino" if openvino else "onnxruntime"


def serve(options: dict[str, int | str]) -> Answer:
    """The answering function of an OCR process; loads the models first."""
    logging.disable(logging.CRITICAL)
    engine = _load(choose(str(options["engine"])))

    def answer(request: Header, raw: bytes) -> Iterator[tuple[Header, bytes]]:
        width, height = (int(str(request[side])) for side in ("width", "height"))
        pixels = np.frombuffer(raw, np.uint8).reshape(height, width, 3)[:, :, ::-1]
        rotation, lines = _upright(engine, np.ascontiguousarray(pixels))
        yield {"last": True, "rotation": rotation, "lines": lines}, b""

    return answer


def _load(name: str) -> Engine:
    """The recogniser on the engine `name`, with the models of its own wheel."""
    rapidocr = importlib.import_module("rapidocr")
    kind = rapidocr.EngineType(name)
    settings = {
        **{f"{part}.engine_type": kind for part in ("Det", "Cls", "Rec")},
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "EngineConfig.openvino.inference_num_threads": 1,
        "EngineConfig.openvino.enable_cpu_pinning": False,
        "Global.max_side_len": 4000,
        "Global.log_level": "critical",
        "Rec.rec_batch_num": 1,
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTOR_SIDE,
    }
    engine: Engine = rapidocr.RapidOCR(params=settings)
    return engine


def _upright(engine: Engine, pixels: Pixels) -> tuple[int, list[Line]]:
    """Read the page; one that lies on its side is turned and read again. Clockwise degrees."""
    lines = _read(engine, pixels)
    tall = sum(_is_tall(line, pixels.shape) for line in lines)
    if tall * 2 <= len(lines):
        return 0, lines
    turned = [
        (90 * (4 - quarter), _read(engine, np.ascontiguousarray(np.rot90(pixels, quarter))))
        for quarter in (1, 3)
    ]
    return max(turned, key=lambda one: sum(len(line[0]) * line[2] for line in one[1]))


def _is_tall(line: Line, shape: tuple[int, ...]) -> bool:
    """Whether a line of several characters is higher than wide."""
    x0, y0, x1, y1 = line[1]
    return len(line[0]) > 2 and (y1 - y0) * shape[0] > 1.5 * (x1 - x0) * shape[1]


def _read(engine: Engine, pixels: Pixels) -> list[Line]:
    """The lines of the page as it lies, in reading order."""
    found = engine(pixels)
    if found.boxes is None or found.txts is None or found.scores is None:
        return []
    height, width = pixels.shape[:2]
    lines = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        x, y = corners[:, 0] / width, corners[:, 1] / height
        box = [float(np.clip(v, 0, 1)) for v in (x.min(), y.min(), x.max(), y.max())]
        lines.append((_HAN_SPACE.sub("", text).strip(), box, round(float(score), 4)))
    return in_reading_order([line for line in lines if line[0]])


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Rows from top to bottom, in a row from left to right.

    A line belongs to a row when its middle lies within half a line height of the row's first.
    """
    rows: list[list[Line]] = []
    for line in sorted(lines, key=_middle):
        height = line[1][3] - line[1][1]
        if rows and _middle(line) - _middle(rows[-1][0]) < height / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line[1][0])]


def _middle(line: Line) -> float:
    return (line[1][1] + line[1][3]) / 2
