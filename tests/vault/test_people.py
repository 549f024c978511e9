"""Persons of `vault.toml`: told apart, with roles that exist."""

from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError
from archiver.vault.settings import read_settings, settings_text

PERSON = '[[person]]\nname = "{}"\nlogins = {}\nroles = {}\n'


def read(tmp_path: Path, *people: tuple[str, str, str]) -> str:
    """What is wrong with these persons; nothing."""
    path = tmp_path / "vault.toml"
    path.write_text("".join(PERSON.format(*one) for one in people), encoding="utf-8")
    try:
        read_settings(path)
    except DeclarationError as error:
        return error.sentence()
    return ""


@pytest.mark.parametrize(
    ("people", "wrong"),
    [
        ([("a", '["a", "b"]', '["clerk", "witness"]')], ""),
        ([("a", '["b"]', "[]"), ("c", '["d"]', '["auditor"]')], ""),
        ([("a", "[]", '["clerk"]')], "person.0.logins"),
        ([("a", '["b"]', '["boss"]')], "person.0.roles.0"),
        ([("a", '["b"]', "[]"), ("c", '["b"]', "[]")], "b would be two persons"),
        ([("a", '["b"]', "[]"), ("a", '["c"]', "[]")], "a would be two persons"),
        ([("a", '["b"]', "[]"), ("c", '["a"]', "[]")], "a would be two persons"),
    ],
)
def test_who_may_be_declared(
    tmp_path: Path, people: list[tuple[str, str, str]], wrong: str
) -> None:
    told = read(tmp_path, *people)
    assert (wrong in told) if wrong else not told


def test_the_example_of_a_fresh_vault_can_be_followed(tmp_path: Path) -> None:
    """Without its marks the commented example declares a person."""
    text = settings_text("zh", "Asia/Shanghai")
    before, found, example = text.partition("# [[person]]")
    assert found
    path = tmp_path / "vault.toml"
    lines = [line.removeprefix("# ") for line in f"# [[person]]{example}".splitlines()]
    path.write_text(before + "\n".join(lines), encoding="utf-8")
    (person,) = read_settings(path).person
    assert len(person.logins) == 2
    assert read_settings(path).person_of(person.logins[1]) == person
