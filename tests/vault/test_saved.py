"""Saved searches: none is lost, whoever writes beside whom, and whatever their names hold."""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.errors import DeclarationError, UsageError
from archiver.core.normalise import compact
from archiver.disk.place import DRAFT
from archiver.vault.layout import Layout
from archiver.vault.saved import find_saved, forget_search, save_search, saved_searches
from tests.repair.backups import faults_of, filled, is_whole, put_back, saved
from tests.worlds import a_vault

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


def a_layout(root: Path) -> Layout:
    layout = Layout(root)
    layout.index.mkdir()
    layout.state.mkdir()
    return layout


@given(st.lists(st.tuples(texts, texts), max_size=5, unique_by=lambda one: compact(one[0])))
def test_what_is_saved_is_read_again(searches: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        layout = a_layout(Path(folder))
        for name, query in searches:
            save_search(layout, name, query)
        assert list(saved_searches(layout).items()) == searches
        for number, (name, _) in enumerate(searches, start=1):
            assert forget_search(layout, name.upper())
            assert list(saved_searches(layout).items()) == searches[number:]
            assert not forget_search(layout, name)


def test_of_many_saved_at_once_none_is_lost(tmp_path: Path) -> None:
    layout = a_layout(tmp_path)
    names = [f"检索{number}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: save_search(layout, name, f"合同 {name}"), names))
    assert saved_searches(layout) == {name: f"合同 {name}" for name in names}
    assert [path.name for path in layout.index.iterdir()] == ["saved.toml"]


def test_a_name_means_one_search(tmp_path: Path) -> None:
    layout = a_layout(tmp_path)
    save_search(layout, "月底A", "合同")
    save_search(layout, "月底ａ", "合同")
    with pytest.raises(UsageError, match="another search: 合同"):
        save_search(layout, "月底a", "发票")
    assert saved_searches(layout) == {"月底A": "合同"}
    assert find_saved(saved_searches(layout), "月底ａ") == "月底A"


def test_what_a_dead_process_began_is_swept_and_counts_for_nothing(tmp_path: Path) -> None:
    layout = a_layout(tmp_path)
    save_search(layout, "甲", "合同")
    draft = layout.index / f"{DRAFT}text-999999"
    draft.write_text("[searches]\n半")
    save_search(layout, "乙", "发票")
    assert list(saved_searches(layout)) == ["甲", "乙"]
    assert not draft.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[searches\n", "not readable as TOML"),
        ("[other]\n", "other: unknown key"),
        ("searches = 1\n", "searches: expected a table"),
        ("[searches]\n甲 = 1\n", "not readable as TOML"),
        ('[searches]\n"甲" = 1\n', "searches.甲: a query in quotes is expected"),
    ],
)
def test_a_file_that_cannot_be_followed_is_named_and_left_alone(
    tmp_path: Path, text: str, told: str
) -> None:
    layout = a_layout(tmp_path)
    layout.saved.write_text(text, encoding="utf-8")
    for act in (
        lambda: saved_searches(layout),
        lambda: save_search(layout, "乙", "发票"),
        lambda: forget_search(layout, "甲"),
    ):
        with pytest.raises(DeclarationError) as caught:
            act()
        assert told in caught.value.sentence()
        assert str(layout.saved) in caught.value.sentence()
    assert layout.saved.read_text(encoding="utf-8") == text


def test_they_are_there_again_after_a_restore_and_a_check_finds_nothing_strange(
    tmp_path: Path,
) -> None:
    with a_vault(tmp_path / "vault") as vault:
        filled(vault)
        save_search(vault.layout, "月底对账", "类别:对账单 日期:2024-06")
        made = saved(vault, tmp_path / "backups")
    assert is_whole(tmp_path / "backups" / made.name)
    put_back(tmp_path / "backups" / made.name, tmp_path / "back")
    for root in (tmp_path / "vault", tmp_path / "back"):
        assert saved_searches(Layout(root)) == {"月底对账": "类别:对账单 日期:2024-06"}
        assert not faults_of(root)
