"""The order in which a person reads the lines of a page."""

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Line
from archiver.reading.order import in_reading_order, together

SHARES = st.floats(0, 1).map(lambda value: round(value, 3))


@st.composite
def some_lines(draw: st.DrawFn) -> list[Line]:
    found = []
    for number in range(draw(st.integers(0, 40))):
        x0, x1 = sorted((draw(SHARES), draw(SHARES)))
        y0, y1 = sorted((draw(SHARES), draw(SHARES)))
        found.append(Line(f"line {number}", (x0, y0, x1, y1), 1.0))
    return found


def at(text: str, x: float, y: float, width: float = 0.1, height: float = 0.02) -> Line:
    return Line(text, (x, y, round(x + width, 6), round(y + height, 6)), 1.0)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


@given(some_lines())
def test_no_line_is_lost_or_doubled(lines: list[Line]) -> None:
    ordered = in_reading_order(lines)
    assert sorted(texts(ordered)) == sorted(line.text for line in lines)


def test_rows_go_from_top_to_bottom_and_left_to_right() -> None:
    lines = [at("乙", 0.6, 0.301), at("名称", 0.1, 0.3), at("标题", 0.4, 0.1), at("末", 0.1, 0.9)]
    assert texts(in_reading_order(lines)) == ["标题", "名称", "乙", "末"]


def test_two_columns_of_prose_are_read_one_by_one() -> None:
    left = [at(f"左{n}", 0.08, 0.2 + n * 0.03, 0.38) for n in range(10)]
    right = [at(f"R{n}", 0.54, 0.2 + n * 0.03, 0.38) for n in range(10)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    title, foot = at("合同", 0.3, 0.1, 0.4), at("第1页", 0.45, 0.95)
    ordered = in_reading_order([foot, *mixed, title])
    assert texts(ordered) == ["合同", *texts(tuple(left)), *texts(tuple(right)), "第1页"]


def test_a_table_of_labels_and_values_is_read_in_rows() -> None:
    rows = [
        (at(f"k{n}", 0.1, 0.2 + n * 0.03), at(f"v{n}", 0.55, 0.2 + n * 0.03, 0.4))
        for n in range(12)
    ]
    cells = [line for row in rows for line in row]
    assert texts(in_reading_order(cells[::2] + cells[1::2])) == texts(tuple(cells))


def test_lines_without_boxes_stay_as_they_are() -> None:
    lines = (Line("b", None, 1.0), Line("a", None, 1.0))
    assert in_reading_order(lines) == lines


def test_what_the_file_knows_itself_is_not_read_twice() -> None:
    known = [at("HT-2024-01", 0.1, 0.1)]
    read = [at("HT-2O24-01", 0.101, 0.1), at("甲方", 0.1, 0.2)]
    assert texts(together(known, read)) == ["HT-2024-01", "甲方"]


def test_first_letters_of_labels_that_were_taken_for_one_line_go_back_to_their_rows() -> None:
    lines = [
        at("名类", 0.1, 0.30, 0.03, 0.08),
        at("称华信样本公司", 0.2, 0.31, 0.4),
        at("型有限责任公司", 0.2, 0.35, 0.4),
        at("住", 0.1, 0.39, 0.03),
        at("所青梧市", 0.2, 0.39, 0.3),
    ]
    ordered = texts(in_reading_order(lines))
    assert ordered == ["名", "称华信样本公司", "类", "型有限责任公司", "住", "所青梧市"]
    alone = [at("名类", 0.1, 0.3, 0.03, 0.08), at("称", 0.2, 0.31), at("别处", 0.2, 0.6)]
    assert "名类" in texts(in_reading_order(alone))


def test_a_skewed_page_is_read_row_by_row() -> None:
    lines = [
        Line(
            text, (x, 0.2 + row * 0.04 + 0.12 * x, x + 0.2, 0.22 + row * 0.04 + 0.12 * (x + 0.2)), 1
        )
        for row, texts in enumerate((("名称", "甲", "注册资本"), ("类型", "乙", "成立日期")))
        for x, text in zip((0.1, 0.4, 0.7), texts, strict=True)
    ]
    assert texts(in_reading_order(lines)) != [line.text for line in lines]
    assert texts(in_reading_order(lines[::-1], (0.12, 0.12))) == [line.text for line in lines]


def test_first_letters_reaching_into_the_next_column_go_back_to_their_rows() -> None:
    stack = Line("名经", (0.226, 0.446, 0.255, 0.518), 1.0)
    rows = [
        Line("称样本经营部", (0.349, 0.449, 0.568, 0.477), 1.0),
        Line("营场所样本大道1号", (0.245, 0.481, 0.678, 0.519), 1.0),
        Line("成立日期", (0.222, 0.556, 0.504, 0.6), 1.0),
    ]
    ordered = in_reading_order([stack, *rows])
    assert texts(ordered) == ["名", "称样本经营部", "经", "营场所样本大道1号", "成立日期"]
