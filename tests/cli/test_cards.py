"""Hits as people read them fit a terminal of any width, with every mark in its place."""

import shutil
import sys
from datetime import date
from os import terminal_size
from pathlib import Path

import click
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.cli.cards import _fitting, show_cards, unmarked
from archiver.cli.recall import recall
from archiver.cli.wrap import width
from archiver.search.base import MARK, Hit

HIT = Hit(
    document="D000018",
    score=1.0,
    customer="C0005",
    customer_name="Specimen Auto Parts (Qingwu) Co., Ltd.",
    category="contract",
    date=date(2025, 3, 17),
    title="SPC-2025-0117",
    path="customers/Specimen/合同/2025-03-17 合同.pdf",
    snippet=f"…甲方 {MARK[0]}合同{MARK[1]} 编号 {MARK[0]}合同{MARK[1]}…",
)


@example(["a", "合", "合a合a", "合合合"], 12)
@given(st.lists(st.text("合a， ", max_size=50), min_size=1, max_size=7), st.integers(12, 90))
def test_a_place_fits_the_line_and_begins_with_its_first_hit(pieces: list[str], room: int) -> None:
    shown = list(_fitting(pieces, room, 2))
    assert sum(width(piece) + 2 * hit for piece, hit in shown) <= room
    assert all(hit == bool(at % 2) for at, (piece, hit) in enumerate(shown) if piece.strip("…"))
    if sum(map(width, pieces)) + 2 * (len(pieces) // 2) <= room:
        assert [piece for piece, _ in shown] == pieces
    elif len(pieces) > 1:
        assert shown[1][1]


@pytest.mark.parametrize(
    ("env", "place"),
    [
        ({"NO_COLOR": "1"}, "  …甲方 [合同] 编号 [合同]…"),
        ({}, "  …甲方 \x1b[33m\x1b[1m合同\x1b[0m 编号 \x1b[33m\x1b[1m合同\x1b[0m…"),
    ],
)
def test_every_hit_of_a_line_is_marked_on_a_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    env: dict[str, str],
    place: str,
) -> None:
    for name in ("NO_COLOR", "CLICOLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {**env, "XDG_STATE_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda *_: bool(env))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda: terminal_size((80, 24)))
    show_cards(tmp_path, [HIT], passed=0, exact=1)
    head, title, shown, path = capsys.readouterr().out.splitlines()
    assert shown == place
    assert title.strip() == HIT.title  # no room beside so long a name
    assert HIT.document in head
    assert HIT.path in path


def test_programs_get_no_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show_cards(tmp_path, [HIT], passed=0, exact=1)
    head, place, _ = capsys.readouterr().out.splitlines()
    assert place.strip() == unmarked(HIT.snippet) == "…甲方 合同 编号 合同…"
    assert head.endswith(HIT.title)


def test_hits_of_a_later_page_are_numbered_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    show_cards(tmp_path, [HIT, HIT], passed=20, exact=1)
    heads = [line for line in capsys.readouterr().out.splitlines() if HIT.document in line]
    assert [click.unstyle(line).split()[0] for line in heads] == ["21", "22"]
    assert [" ≈ " in line for line in heads] == [False, True]
    assert recall(tmp_path, 22) == HIT.document
