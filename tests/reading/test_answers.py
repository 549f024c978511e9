"""What workers say is checked before it is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Because, Line, Page, TextSource
from archiver.declarations.sentences import SENTENCES, sentence
from archiver.reading.answers import (
    End,
    Facts,
    Nonsense,
    Picture,
    Recognised,
    recognised,
    told,
)
from archiver.reading.frames import Header
from archiver.reading.page import TROUBLES, Told, Trouble

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
KEYS = st.sampled_from(
    [
        "page",
        "source",
        "lines",
        "size",
        "facts",
        "last",
        "trouble",
        "rotation",
        "look",
        "slope",
        "seals",
        "symbols",
    ]
)


def as_sent(header: Header) -> Header:
    """JSON knows no tuples."""

    def plain(value: object) -> object:
        if isinstance(value, tuple | list):
            return [plain(one) for one in value]
        return value

    return {key: plain(value) for key, value in header.items()}


def test_a_page_with_text() -> None:
    box = (0.1, 0.2, 0.3, 0.4)
    page = Told(2, "layer", (("合同", box), ("甲方", None)))
    lines = (Line("合同", box, 1.0), Line("甲方", None, 1.0))
    assert told(as_sent(page.header()), b"") == Page(2, lines, TextSource.LAYER)


def test_a_page_of_pixels() -> None:
    header = as_sent(Told(1, "ocr", size=(2, 3)).header())
    assert told(header, bytes(18)) == Picture(Page(1, (), TextSource.OCR), 2, 3, bytes(18))
    with pytest.raises(Nonsense):
        told(header, bytes(17))


def test_facts_keep_nothing_that_a_store_refuses() -> None:
    heard = told(as_sent(Told(0, facts={"title": "a\0b\ud800c" + "d" * 500}).header()), b"")
    assert isinstance(heard, Facts)
    assert heard.facts["title"].startswith("a\ufffdb\ufffdc")
    assert len(heard.facts["title"]) == 200


@pytest.mark.parametrize("code", sorted(TROUBLES))
def test_every_trouble_is_heard_and_has_its_words(code: str) -> None:
    facts = dict.fromkeys(TROUBLES[code], "7")
    heard = told(Trouble(code, **facts).header(), b"")
    assert heard == End(Because.of(code, **facts))
    assert code in SENTENCES
    assert "{" not in sentence(Because.of(code, **facts))


@pytest.mark.parametrize(
    "header",
    [
        {"last": True, "trouble": "no_such_code", "facts": {}},
        {"last": True, "trouble": "damaged", "facts": {}},
        {"last": True, "trouble": ["damaged"], "facts": {"why": "x"}},
        {"page": -1, "source": "layer", "lines": []},
        {"page": 1.5, "source": "layer", "lines": []},
        {"page": 1, "source": "magic", "lines": []},
        {"page": 1, "source": "layer", "lines": [["a", [0, 0, 1, 2]]]},
        {"page": 1, "source": "layer", "lines": [["a", [0, 0, 1]]]},
        {"page": 1, "source": "layer", "lines": [["a", None, 1]]},
        {"page": 1, "source": "layer", "lines": "abc"},
        {"page": 1, "source": "ocr", "lines": [], "size": [1], "facts": {}},
        {"page": 1, "source": "ocr", "lines": [], "size": [0, 0], "facts": {}},
    ],
)
def test_what_no_parser_says_is_nonsense(header: Header) -> None:
    with pytest.raises(Nonsense):
        told(header, b"")


@given(st.dictionaries(KEYS, JSON), st.binary(max_size=12))
def test_nothing_else_ever_comes_out(header: Header, raw: bytes) -> None:
    for understand in (told, recognised):
        try:
            heard = understand(header, raw)
        except Nonsense:
            continue
        assert isinstance(heard, Facts | Page | Picture | End | Recognised)


def test_what_ocr_says() -> None:
    lines = [["合同", [0, 0, 1, 0.1], 0.98]]
    assert recognised({"rotation": 90, "lines": lines}, b"") == Recognised(
        (Line("合同", (0, 0, 1, 0.1), 0.98),), 90
    )
    skewed = recognised({"rotation": 0, "slope": [0.1, -0.2], "lines": lines}, b"")
    assert skewed.slope == (0.1, -0.2)
    marked = {"rotation": 0, "lines": lines, "seals": [[0, 0, 0.2, 0.2]], "symbols": lines}
    assert recognised(marked, b"").seals == ((0, 0, 0.2, 0.2),)
    assert recognised(marked, b"").symbols == (Line("合同", (0, 0, 1, 0.1), 0.98),)
    for wrong in (
        {"rotation": 45, "lines": lines},
        {"rotation": 0, "lines": [["a", None, 1.2]]},
        {"rotation": 0, "slope": [0.1], "lines": lines},
        {"rotation": 0, "slope": [0.0, 2.0], "lines": lines},
        {"rotation": 0, "slope": "steep", "lines": lines},
        {"rotation": 0, "lines": lines, "seals": [[0, 0, 2, 0.2]]},
        {"rotation": 0, "lines": lines, "seals": [[0, 0, 1, 1]] * 101},
        {"rotation": 0, "lines": lines, "symbols": lines * 101},
        {"rotation": 0, "lines": lines, "symbols": [["x" * 2001, None, 1.0]]},
    ):
        with pytest.raises(Nonsense):
            recognised(wrong, b"")
