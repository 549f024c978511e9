"""A declaration that cannot be followed is refused as a whole, with file and key path."""

import re
from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError, ExitCode
from archiver.declarations.categories import read_categories
from archiver.declarations.fields import read_fields
from archiver.declarations.findable import read_aliases
from archiver.declarations.retention import read_rule_sets
from archiver.declarations.shipped import shipped
from archiver.declarations.strict import Strict
from archiver.declarations.words import speaking
from archiver.vault.glance import KEYS, LANG, glance
from archiver.vault.settings import BatchSettings, Settings, read_settings, settings_text
from tests.company import practice

CATEGORIES = (shipped("rules") / "categories.toml").read_text(encoding="utf-8")
COMPANY = (shipped("rules") / "retention" / "company.toml").read_text(encoding="utf-8")
CODES = [
    *("licence", "contract", "supplement", "certificate", "tax_certificate", "tax_payment"),
    *("invoice", "work_order", "inspection_sheet", "settlement", "vehicle_licence", "insurance"),
    *("identity", "complaint", "correspondence", "accounting", "register"),
    *("financial_report", "bank_statement", "tax_return", "other"),
]


def test_the_shipped_declarations_can_be_followed() -> None:
    rules = shipped("rules")
    categories = read_categories(rules / "categories.toml")
    assert [one.code for one in categories.category] == CODES
    assert categories.resolve("营业执照") == categories.resolve("Business licence") == "licence"
    assert read_fields(rules / "fields.toml").field
    assert read_aliases(shipped("index") / "fields.toml")["客户"] == "customer"
    assert len(read_rule_sets(rules / "retention").content_hash) == 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("least = 5.0", "leest = 5.0", "leest"),
        ('no = "02"', 'no = "01"', "no given twice"),
        ('code = "other"', 'code = "misc"', "'other' is missing"),
        ('zh = "合同"', 'zh = "合/同"', "folder"),
        ('"甲方" = 3', '"甲方" = 0', "weight 0"),
        ("sure = 0.93", "sure = ", "not readable as TOML"),
    ],
)
def test_categories_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "categories.toml"
    file.write_text(CATEGORIES.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_categories(file)
    assert str(file) in caught.value.sentence()
    assert said in caught.value.sentence()
    assert caught.value.exit_code is ExitCode.DECLARATIONS


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('period  = "3y"', 'period  = "0y"', "not a period"),
        ('start   = "next_day"', 'begin   = "next_day"', "rule.0.begin"),
        (', pick = "latest" }', " }", "pick"),
        ('events = ["service_completed", ', 'events = ["doc_date", ', "doc_date"),
        ('id      = "R2"', 'id      = "R1"', "given twice"),
        ('outcome = "permanent"', 'outcome = "forever"', "outcome"),
    ],
)
def test_retention_rules_are_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "company.toml").write_text(COMPANY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_rule_sets(tmp_path)
    assert said in caught.value.sentence()


def test_the_version_of_the_rules_follows_their_meaning_alone(tmp_path: Path) -> None:
    shipped_hash = practice().content_hash
    (tmp_path / "renamed.toml").write_text(f"# a comment\n{COMPANY}", encoding="utf-8")
    assert read_rule_sets(tmp_path).content_hash == shipped_hash
    longer = COMPANY.replace('"3y"', '"5y"')
    (tmp_path / "renamed.toml").write_text(longer, encoding="utf-8")
    assert read_rule_sets(tmp_path).content_hash != shipped_hash


def test_settings_say_every_mistake_at_once(tmp_path: Path) -> None:
    file = tmp_path / "vault.toml"
    file.write_text('lang = "fr"\ntimezone = "Mars/Base"\n[settle]\nquit = 2\n', encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_settings(file)
    for part in ("lang", "timezone", "settle.quit"):
        assert part in caught.value.sentence()
    file.write_text(settings_text("zh", "Asia/Shanghai"), encoding="utf-8")
    assert read_settings(file).settle.quiet == 2.0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('folder = "../x"\nsplit = ["blank"]', "batch.0.folder"),
        ('folder = "/x"\nsplit = ["blank"]', "batch.0.folder"),
        ('folder = ""\nsplit = ["blank"]', "batch.0.folder"),
        ('folder = "x"\nsplit = []', "batch.0.split"),
        ('folder = "x"\nsplit = ["colour"]', "batch.0.split"),
        ('folder = "x"\nsplit = ["separator"]\nseparator = ""', "batch.0.separator"),
        ('folder = "x"', "batch.0.split"),
    ],
)
def test_batches_are_checked(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "vault.toml"
    file.write_text(f"[[batch]]\n{text}\n", encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_settings(file)
    assert told in caught.value.sentence()


def test_what_a_fresh_vault_says_about_batches_can_be_followed(tmp_path: Path) -> None:
    text = settings_text("zh", "Asia/Shanghai")
    example = text[text.index("# [[batch]]") :].partition("\n\n")[0]
    shown = "\n".join(line.removeprefix("# ") for line in example.splitlines())
    file = tmp_path / "vault.toml"
    file.write_text(shown, encoding="utf-8")
    (found,) = read_settings(file).batch
    assert found.split == ("blank", "separator")
    assert found.separator == BatchSettings(folder="x", split=("separator",)).separator
    assert glance(file)


def test_a_glance_knows_every_key_that_the_checked_settings_know() -> None:
    known = {
        name: frozenset(field.annotation.model_fields)
        if isinstance(field.annotation, type) and issubclass(field.annotation, Strict)
        else None
        for name, field in Settings.model_fields.items()
    }
    assert known == KEYS
    assert Settings().lang == LANG


@pytest.mark.parametrize(
    "text", ["colour = 1", "lang = 'fr'", "timezone = 'Mars/Base'", "search = 7", "settle = 2", "="]
)
def test_a_glance_leaves_what_is_wrong_to_the_checked_settings(tmp_path: Path, text: str) -> None:
    file = tmp_path / "vault.toml"
    file.write_text(text, encoding="utf-8")
    assert glance(file) is None
    with pytest.raises(DeclarationError):
        read_settings(file)
    file.write_text(settings_text("en", "Europe/London"), encoding="utf-8")
    seen = glance(file)
    assert seen
    assert (seen.lang, seen.zone.key, seen.search) == ("en", "Europe/London", "whoosh:index")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("other = 1", "other"),
        ("aliases = 1", "aliases"),
        ("[aliases]\ndate = '日期'", "aliases.date"),
        ("[aliases]\ncolour = ['颜色']", "aliases.colour"),
        ("[aliases]\ndate = ['一样']\nadded = ['一样']", "一样"),
    ],
)
def test_the_words_for_fields_are_checked(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "fields.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError, match=told):
        read_aliases(file)
    file.unlink()
    with pytest.raises(DeclarationError, match="missing"):
        read_aliases(file)


def test_what_is_wrong_is_said_in_chinese_too(tmp_path: Path) -> None:
    """No sentence of pydantic or of ours stays English for an archivist who reads Chinese."""
    mistakes = {
        CATEGORIES: [
            ("least = 5.0", "leest = 5.0"),
            ("least = 5.0", "least = 'x'"),
            ("least = 5.0", "least = -1"),
            ("sure = 0.93", "sure = 2"),
            ('no = "02"', 'no = "01"'),
            ('no = "02"', 'no = "x"'),
            ('no = "02"', "no = 2"),
            ('code = "contract"', 'cod = "contract"'),
            ('code = "other"', 'code = "misc"'),
            ('zh = "合同"', 'zh = "合/同"'),
            ('zh = "合同"', 'zh = "发票"'),
            ('"甲方" = 3', '"甲方" = 0'),
        ],
        COMPANY: [
            ('"3y"', '"0y"'),
            (', pick = "latest" }', " }"),
            ('outcome = "permanent"', 'outcome = "forever"'),
            ('events = ["service_completed", ', 'events = ["doc_date", '),
            ('id      = "R2"', 'id      = "R1"'),
            ('categories = ["*"]', 'categories = "*"'),
            ('categories = ["*"]', 'categories = ["poem"]'),
            ("2023-05-10", "'soon'"),
        ],
    }
    for text, found in mistakes.items():
        for old, new in found:
            assert old in text, old
            file = tmp_path / "rules.toml"
            file.write_text(text.replace(old, new, 1), encoding="utf-8")
            with speaking("zh"), pytest.raises(DeclarationError) as caught:
                read_categories(file) if text is CATEGORIES else read_rule_sets(tmp_path, CODES)
            told = caught.value.sentence(lambda template: template)
            assert re.search(r"[\u4e00-\u9fff]", told), told
            assert not re.search(r"[a-z]+ [a-z]+ [a-z]+", told.split(": ", 1)[1]), told
