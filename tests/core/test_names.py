import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.names import MAX_NAME_BYTES, ending, join_name, safe_name

anything = st.text(max_size=400)


@given(anything)
def test_a_safe_name_is_one_short_visible_component(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= MAX_NAME_BYTES
    assert "/" not in name
    assert "\\" not in name
    assert name not in {".", ".."}
    assert not name.startswith(".")
    assert not name.endswith((" ", "."))
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs"} for c in name)


@given(anything)
def test_making_a_name_safe_twice_changes_nothing(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@given(anything, st.from_regex(r" [0-9a-f]{8}\.pdf", fullmatch=True))
def test_the_tail_survives_whole(stem: str, tail: str) -> None:
    name = join_name(stem, tail)
    assert name.endswith(tail)
    assert len(name.encode()) <= MAX_NAME_BYTES


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("华信汽车服务有限公司", "华信汽车服务有限公司"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\x00b\nc", "ab c"),
        ("CON.txt", "_CON.txt"),
        ("invoice\u202etxt.exe", "invoicetxt.exe"),
        ("...", "_"),
        ("", "_"),
        ("合同：一/二", "合同：一_二"),
    ],
)
def test_examples(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_the_longest_name_can_really_be_written(tmp_path: Path) -> None:
    path = tmp_path / safe_name("档" * 300)
    path.touch()
    assert os.listdir(tmp_path) == ["档" * 85]  # noqa: PTH208 - the bytes as the system has them


def test_an_ending_is_short_and_safe() -> None:
    assert ending("a.PDF") == ".PDF"
    assert ending("a") == ending(".pdf") == ""
    assert ending("a." + "长" * 80) == "." + "长" * 6
