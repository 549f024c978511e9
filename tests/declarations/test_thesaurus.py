"""The words of the second try: read as search compares them, refused with file and key."""

from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError, ExitCode
from archiver.declarations.shipped import shipped
from archiver.declarations.thesaurus import read_thesaurus


def test_the_shipped_words_can_be_followed() -> None:
    words = read_thesaurus(shipped("index"))
    assert words.synonyms["执照"][0] == "营业执照"
    assert words.synonyms["协议"][0] == "合同"
    assert words.lookalikes["0"] == ("o",)
    assert "未" in words.lookalikes["末"]
    assert "的" in words.stopwords


def test_a_vault_from_before_reads_what_was_shipped(tmp_path: Path) -> None:
    assert read_thesaurus(tmp_path) == read_thesaurus(shipped("index"))


def test_what_a_vault_says_itself_counts(tmp_path: Path) -> None:
    (tmp_path / "synonyms.toml").write_text('groups = [["ＶＩＮ", "车 架 号"]]', encoding="utf-8")
    (tmp_path / "stopwords.toml").write_text("", encoding="utf-8")
    words = read_thesaurus(tmp_path)
    assert words.synonyms == {"vin": ("车架号",), "车架号": ("vin",)}
    assert words.stopwords == frozenset()
    assert words.lookalikes == read_thesaurus(shipped("index")).lookalikes


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("synonyms", "group = []", "group: unknown key"),
        ("synonyms", "groups = 3", "groups: expected a list"),
        ("synonyms", 'groups = [["合同", "协议"], "发票"]', "groups.1: expected a list"),
        ("synonyms", 'groups = [["合同", 3]]', "groups.0.1: expected a text"),
        ("synonyms", 'groups = [["合同", "、"]]', "groups.0.1: there is nothing to look for"),
        ("synonyms", 'groups = [["合同", "合 同"]]', "groups.0: expected two or more"),
        ("synonyms", 'groups = [["合同", 协议]]', "line 1"),
        ("lookalikes", "groups = [3]", "groups.0: expected a text"),
        ("lookalikes", 'groups = ["Oo"]', "groups.0: expected two or more"),
        ("lookalikes", 'groups = ["0O", "㎡m"]', "groups.1: expected single characters"),
        ("stopwords", 'words = ["的", ""]', "words.1: there is nothing to look for"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_thesaurus(tmp_path)
    assert str(file) in caught.value.sentence()
    assert said in caught.value.sentence()
    assert caught.value.exit_code is ExitCode.DECLARATIONS
