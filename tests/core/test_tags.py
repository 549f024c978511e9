"""What can be a tag, and when two are one."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archiver.core.errors import UsageError
from archiver.core.tags import LONGEST, alike, tag_of
from archiver.search.parse import parse
from archiver.search.query import Text

NAMES = {"tag": "tag"}


def _kept(text: str) -> str | None:
    try:
        return tag_of(text)
    except UsageError:
        return None


@given(text=st.text(max_size=80))
@example(text="ＶＩＰ\u3000客户")
@example(text="e\u0301")
@example(text=" \u0301a")
@example(text="(a OR b) AND NOT tag:x*")
def test_what_can_be_a_tag_can_be_asked_for(text: str) -> None:
    tag = _kept(text)
    if tag is None:
        return
    assert tag_of(f"  {tag}\n") == tag
    assert 1 <= len(tag) <= LONGEST
    assert tag.isprintable()
    assert parse(f'tag:"{tag}"', NAMES) == Text(alike(tag), "tag")
    assert alike(tag), "found by something"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("重要", "重要"),
        ("  待 续签 ", "待 续签"),
        ("ＶＩＰ　客户", "VIP 客户"),
        ("x" * LONGEST, "x" * LONGEST),
        ("\t重要\r\n", "重要"),
    ],
)
def test_tags_are_kept_in_one_form(text: str, tag: str) -> None:
    assert tag_of(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        *("", " \u3000", "x" * (LONGEST + 1), "㍿" * 17),
        *("a\tb", "a\nb", "a\x00b", "a\x1b[1mb", "\u200b", "a\u202eb", "\ue000", "a\ud800"),
        *('"a', "“a”", "「a」", "『", "＂"),
    ],
)
def test_what_no_tag_can_be(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be a tag") as told:
        tag_of(text)
    assert "64" in told.value.advice()
    assert not set(str(told.value)) & set("\n\t\x00\x1b\u200b\u202e\ud800")


def test_tags_that_search_cannot_tell_apart_are_one() -> None:
    assert alike("VIP") == alike("vip") == alike(tag_of("Ｖip"))
    assert alike("待 续签") == alike("待续签")
    assert alike("待-续签") != alike("待续签")
