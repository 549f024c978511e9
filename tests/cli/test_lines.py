"""Lines that fit, words that were meant, colours that are wanted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.cli.colour import coloured
from archiver.cli.lines import cut, labelled
from archiver.cli.near import nearest
from archiver.cli.wrap import width, wrap

TEXT = st.text(alphabet="ab 华，。信\t\n（）x-/", max_size=80)


@given(TEXT, st.integers(4, 30))
def test_folded_lines_fit_and_lose_nothing(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert lines
    assert max(map(width, lines)) <= room
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXT, st.integers(3, 30))
def test_a_cut_line_fits_and_begins_as_the_text(text: str, room: int) -> None:
    short = cut(text, room)
    plain = "".join(" " if letter.isspace() else letter for letter in text)
    assert width(short) <= room
    assert short == plain or plain.startswith(short.removesuffix("…"))


def test_a_closing_mark_does_not_begin_a_line() -> None:
    assert wrap("一二三，四", 6) == ["一二", "三，四"]
    assert wrap("one two-three four", 9) == ["one", "two-three", "four"]
    assert labelled("名", "一二三四五六", 12, 4) == ["名  一二三四", "    五六"]


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("执照", ["营业执照"]),
        ("licens", ["licence"]),
        ("营业执找", ["营业执照"]),
        ("ＬＩＣＥＮＣＥ", ["licence"]),
        ("zzz", []),
        ("", []),
    ],
)
def test_what_was_probably_meant(text: str, near: list[str]) -> None:
    assert nearest(text, ["licence", "营业执照", "contract", "合同"]) == near


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("NO_COLOR", "1", False),
        ("NO_COLOR", "false", False),
        ("NO_COLOR", "", True),
        ("CLICOLOR", "0", False),
        ("CLICOLOR", "1", True),
        ("TERM", "dumb", False),
        ("TERM", "xterm", True),
    ],
)
def test_who_wants_colours(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, *, wanted: bool
) -> None:
    for other in ("NO_COLOR", "CLICOLOR", "TERM"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, value)
    assert coloured() is wanted
