"""Which OCR engine is used, and what happens when it is not there."""

from pathlib import Path

import pytest

from archiver.core.errors import EngineError
from archiver.reading import engines
from archiver.reading.engines import chosen, has_bf16
from archiver.reading.limits import ReadingLimits
from archiver.reading.reader import Reader


def test_an_unknown_engine_is_refused_before_anything_starts() -> None:
    with pytest.raises(EngineError) as refusal:
        Reader(ReadingLimits(engine="crystal ball"), ())
    assert "onnxruntime" in refusal.value.advice()


def test_an_engine_that_is_not_installed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    with pytest.raises(EngineError) as refusal:
        chosen("openvino")
    assert "pip install openvino" in refusal.value.advice()


@pytest.mark.parametrize(
    ("installed", "fast", "name"),
    [
        (True, True, "openvino"),
        (True, False, "onnxruntime"),
        (False, True, "onnxruntime"),
    ],
)
def test_auto_takes_openvino_where_it_pays(
    monkeypatch: pytest.MonkeyPatch, installed: bool, fast: bool, name: str
) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda module: module != "openvino" or installed)
    monkeypatch.setattr(engines, "has_bf16", lambda: fast)
    assert chosen("auto").name == name


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("fpu avx512_bf16 sse", True), ("fpu amx_bf16", True), ("fpu avx2", False), ("", False)],
)
def test_the_processor_is_asked(tmp_path: Path, flags: str, expected: bool) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text(f"processor : 0\nflags\t: {flags}\n", encoding="ascii")
    assert has_bf16(cpuinfo) is expected
    assert not has_bf16(tmp_path / "none")
