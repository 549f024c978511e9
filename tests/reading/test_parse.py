"""What a parser answers, asked in this process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.normalise import close_up
from archiver.reading.answers import End, Facts, told
from archiver.reading.limits import ReadingLimits
from archiver.reading.page import Trouble
from archiver.reading.parse import serve
from archiver.reading.sniff import MAX_TEXT, TEXT, encoding_of

LIMITS = ReadingLimits(max_pages=3)
OPTIONS: dict[str, int | float | str] = {
    "max_pages": LIMITS.max_pages,
    "max_pixels": LIMITS.max_pixels,
    "ocr_pixels": LIMITS.ocr_pixels,
    "max_lines": LIMITS.max_lines,
    "max_parts": LIMITS.max_parts,
    "max_member": LIMITS.max_member,
    "max_unpacked": LIMITS.max_unpacked,
}


def answers(path: Path, media_type: str = TEXT) -> list[object]:
    asked = serve(OPTIONS)({"path": str(path), "media_type": media_type}, b"")
    # as they arrive: tuples have become lists
    return [told(json.loads(json.dumps(header)), raw) for header, raw in asked]


def trouble(path: Path, media_type: str = TEXT) -> str:
    end = answers(path, media_type)[-1]
    assert isinstance(end, End)
    assert end.trouble
    return end.trouble.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("采购合同\n甲方：样本\f第二页，金额￥50".encode(encoding))
    facts, first, second, end = answers(path)
    assert isinstance(facts, Facts)
    assert [line.text for line in getattr(first, "lines", ())] == ["采购合同", "甲方：样本"]
    assert "第二页" in getattr(second, "text", "")
    assert end == End(None)


def test_what_a_text_may_not_be(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfd\x00\x81" * 9 + b"\xff")
    assert trouble(path) == "damaged"
    path.write_text("一\f二\f三\f四", encoding="utf-8")
    assert trouble(path) == "too_many_pages"
    path.write_bytes(b"")
    os.truncate(path, MAX_TEXT + 1)
    assert trouble(path) == "too_large"
    assert trouble(tmp_path / "gone.txt") == "unreadable"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert trouble(path, "image/png") == "damaged"


def test_every_trouble_of_a_library_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for error, code in (
        (MemoryError(), "out_of_memory"),
        (RecursionError(), "damaged"),
        (OSError("image file is truncated (7 bytes not processed)"), "damaged"),
        (Trouble("encrypted"), "encrypted"),
    ):

        def fail(*_: object, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr("archiver.reading.image.tell", fail)
        assert trouble(tmp_path / "x.png", "image/png") == code


def test_a_parser_loads_only_what_its_papers_need() -> None:
    heavy = "{'lxml', 'pillow_heif', 'email', 'docx', 'openpyxl', 'pptx'}"
    code = f"import archiver.reading.parse, sys; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


@given(st.text(alphabet=st.characters(codec="gb18030"), min_size=1, max_size=200))
def test_an_encoding_is_found_for_whatever_a_chinese_windows_wrote(text: str) -> None:
    data = close_up(text).encode("gb18030")
    encoding = encoding_of(data)
    assert encoding is None or data.decode(encoding)
