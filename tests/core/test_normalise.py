import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.normalise import align, close_up, compact, fold, searchable

mixed = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "合同甲方车 \n\t　Aａ９9e\u0301ｶﾞ㈱½ßİﬁ，：。\u200b\u00ad\x00\x1b각ᄀ\udc80"
        ),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("合 同\n编 号", "合同编号"),
        ("合同 Ａ４ 纸", "合同a4纸"),
        ("Purchase\r\n  Contract ", "purchase contract"),
        ("ＨＴ－２０２４", "ht-2024"),
        ("ISO\u00ad9001 认证", "iso9001认证"),
        ("金额：１，０００．００", "金额:1,000.00"),
        ("a\x00b\fc", "a b c"),
        ("\udc80", "\ufffd"),
        (" \n", ""),
    ],
)
def test_what_search_compares(raw: str, found: str) -> None:
    assert searchable(raw) == found


@given(mixed)
def test_every_searchable_character_knows_where_it_came_from(raw: str) -> None:
    aligned = align(raw)
    assert aligned.text == searchable(raw)
    assert len(aligned.origin) == len(aligned.text)
    assert list(aligned.origin) == sorted(aligned.origin)
    assert all(0 <= at < len(raw) for at in aligned.origin)


@given(mixed, st.data())
def test_a_piece_of_plain_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    raw = "".join(
        char for char in text if char.isalnum() and unicodedata.is_normalized("NFKC", char)
    )
    plain = "".join(char for char in raw if len(char.casefold()) == 1 and char not in "ᄀ")
    aligned = align(plain)
    if not plain or len(aligned.text) != len(plain):
        return
    start = data.draw(st.integers(0, len(plain) - 1))
    end = data.draw(st.integers(start + 1, len(plain)))
    first, last = aligned.span(start, end)
    assert searchable(plain[first:last]) == aligned.text[start:end]


def test_a_span_covers_whole_raw_characters() -> None:
    aligned = align("总 价 e\u0301 ＡＢ")
    assert aligned.text == "总价é ab"
    assert aligned.span(0, 2) == (0, 3)
    assert aligned.span(2, 3) == (4, 6)
    assert aligned.span(4, 6) == (7, 9)


@given(mixed)
def test_searchable_text_is_one_tidy_line(raw: str) -> None:
    text = searchable(raw)
    assert text == text.strip()
    assert "  " not in text
    assert all(char == " " or not char.isspace() for char in text)
    text.encode("utf-8")


def test_folding_keeps_lines_and_closing_up_keeps_latin_blanks() -> None:
    assert fold("Ａ  Ｂ\nC") == "a b\nc"
    assert compact("Ａ  Ｂ\nC") == "abc"
    assert close_up("合 同 Car Service") == "合同 Car Service"
