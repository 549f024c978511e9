"""Lines and columns on a terminal, where a Han character takes two columns."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from archiver.cli.speech import Page
from archiver.cli.wrap import aligned, pieces, shared, width, wrap

CLOSING, OPENING = "，。；：！？、）】》”’", "（【《“‘"
texts = st.text(st.sampled_from("档案归档保管期限，。；：！？、（）《》“” abcd-1 "), max_size=120)


@given(texts, st.integers(8, 40))
def test_wrapping_loses_nothing_and_fits(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line) <= room for line in lines)


@given(texts, st.integers(8, 40))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(
    text: str, room: int
) -> None:
    if max((width(piece) for _, piece in pieces(text)), default=0) > room:
        return  # a piece wider than the room has to be cut somewhere
    lines = wrap(text, room)
    for before, after in pairwise(lines):
        # a sign that stands alone between blanks belongs to nobody
        if after[:1] in CLOSING:
            assert f" {after[:1]}" in text
        if before[-1:] in OPENING:
            assert f"{before[-1:]} " in text


def test_words_stay_whole() -> None:
    assert wrap("把扫描件放入 inbox，再运行 archiver ingest。", 16) == [
        "把扫描件放入",
        "inbox，再运行",
        "archiver",
        "ingest。",
    ]
    assert wrap("一二三四五。", 10) == ["一二三四", "五。"]
    assert wrap("（一）二三四五", 8) == ["（一）二", "三四五"]
    assert wrap("a" * 10, 4) == ["aaaa", "aaaa", "aa"]
    assert wrap("一行\n\n两行", 80) == ["一行", "", "两行"]
    assert wrap("", 80) == [""]


def test_columns_stand_below_one_another_in_chinese() -> None:
    lines = list(aligned([["名称", "x"], ["a", "y"]]))
    assert [width(line) for line in lines] == [7, 7]
    assert lines == ["名称  x", "a     y"]


@given(
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=8),
    st.integers(10, 120),
)
def test_columns_share_the_room(columns: list[tuple[int, int]], room: int) -> None:
    wanted = [max(pair) for pair in columns]
    least = [min(pair) for pair in columns]
    given_ = shared(wanted, least, room)
    assert all(low <= got <= high for low, got, high in zip(least, given_, wanted, strict=True))
    assert sum(given_) <= room or given_ == least
    if sum(wanted) <= room:
        assert given_ == wanted
    elif sum(least) <= room:
        assert sum(given_) == room


def test_help_is_laid_out_by_columns_not_by_characters() -> None:
    page = Page(width=40)
    page.write_usage("archiver ingest", "[OPTIONS] [PATHS]...")
    with page.section("选项"):
        page.write_dl(
            [
                ("--客户 名称", "属于哪个客户（名称、别名或编号），没有时留空。"),
                ("--sort [score|date|added|customer]", "排序"),
                ("-h", ""),
            ]
        )
        page.write_text("每份文件只有一个结果：已归档、待复核、重复、已隔离或等待中。")
    assert page.getvalue().splitlines() == [
        "Usage: archiver ingest [OPTIONS]",
        "                       [PATHS]...",
        "",
        "选项:",
        "  --客户 名称                     属于哪",
        "                                  个客户",
        "                                  （名",
        "                                  称、别",
        "                                  名或编",
        "                                  号），",
        "                                  没有时",
        "                                  留空。",
        "  --sort [score|date|added|customer]",
        "                                  排序",
        "  -h",
        "  每份文件只有一个结果：已归档、待复核、",
        "  重复、已隔离或等待中。",
    ]
