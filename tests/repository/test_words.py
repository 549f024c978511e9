"""The catalogue of words: complete, exact, and nothing a person sees is missing from it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archiver.declarations import codes
from archiver.declarations.categories import read_categories
from archiver.declarations.shipped import shipped
from archiver.declarations.spoken import cause
from archiver.declarations.words import choose, language, speaking, translate
from tools import words

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "archiver").rglob("*.py"))
CATALOGUE = words.read(words.PO.read_bytes())
OWN = {found[0] for found in words.extracted()}

PLACEHOLDER = re.compile(r"\{[^}]*\}|%\(\w+\)s")
HAN = re.compile(r"[\u3400-\u9fff]")
HALF = re.compile(r"[\u4e00-\u9fff][,;?!]|[\u4e00-\u9fff]:(?!\S)")
"""Punctuation of Latin width behind a Han character."""


def test_the_mo_is_what_the_po_compiles_to() -> None:
    assert words.MO.read_bytes() == words.as_mo(CATALOGUE), "run: make words"


def test_the_po_is_up_to_date_and_says_nothing_of_places_and_days() -> None:
    text = words.PO.read_bytes()
    assert text == words.as_po(words.updated(CATALOGUE)), "run: make words"
    assert not re.search(rb"^#: |^#~|Date:|Translator|\w@\w", text, re.MULTILINE)


@pytest.mark.parametrize("sentence", sorted(OWN))
def test_every_sentence_has_its_chinese(sentence: str) -> None:
    message = CATALOGUE.get(sentence)
    assert message is not None
    assert not message.fuzzy
    said = str(message.string[0] if isinstance(message.string, tuple) else message.string)
    assert said.strip()
    wanted = PLACEHOLDER.findall(str(message.id[-1] if message.pluralizable else message.id))
    assert sorted(PLACEHOLDER.findall(said)) == sorted(wanted)
    assert said.count("\n") == sentence.count("\n")
    assert not HALF.search(said), said


def test_english_sentences_are_english() -> None:
    examples = re.compile("合同 AND 华信")
    assert [one for one in OWN if HAN.search(examples.sub("", one))] == []


# What a person sees, and where in the call it stands (a keyword, or the number of the argument).
SHOWN: dict[str, tuple[int | str, ...]] = {
    **dict.fromkeys(("say", "talk", "paragraph", "progress", "Family"), (0,)),
    **dict.fromkeys(("UsageError", "DeclarationError", "DamageFound", "Busy"), (0, "hint")),
    **dict.fromkeys(("EngineError", "VaultError", "NotYet", "QueryError"), (0, "hint")),
    "Refused": (1, "hint"),
    "Column": (1,),
    "Phrase.of": (0,),
    "option": ("help",),
    "argument": ("help",),
    "group": ("help",),
    "command": (0, "help"),
    "echo": (0,),
    "secho": (0,),
    "confirm": (0,),
    "prompt": (0,),
}
TYPED = {"echo", "secho"}
"""Calls that also print what is no sentence: figures, command lines, names."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            callee = node.func
            if isinstance(callee, ast.Name):
                yield callee.id, node
            elif isinstance(callee, ast.Attribute):
                owner = callee.value
                is_phrase = isinstance(owner, ast.Name) and owner.id == "Phrase"
                yield "Phrase.of" if is_phrase else callee.attr, node


def unmarked(node: ast.expr, constants: dict[str, str]) -> str | None:
    """The literal words in an argument that no translator would ever see."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.BinOp):
        sides = (unmarked(side, constants) for side in (node.left, node.right))
        return "".join(filter(None, sides)) or None
    if isinstance(node, ast.IfExp):
        sides = (unmarked(side, constants) for side in (node.body, node.orelse))
        return "".join(filter(None, sides)) or None
    return None


def shown(tree: ast.Module) -> Iterator[tuple[int, str]]:
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }
    aliases = {
        one.asname: one.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for one in node.names
        if one.asname
    }
    for name, call in calls(tree):
        places = SHOWN.get(aliases.get(name, name), ())
        named = {one.arg: one.value for one in call.keywords}
        for place in places:
            if isinstance(place, str):
                found = named.get(place)
            else:
                found = call.args[place] if place < len(call.args) else None
            literal = unmarked(found, constants) if found else None
            if literal and re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", literal)):
                if name in TYPED and re.match(r"(\$| ) archiver ", literal):
                    continue
                yield call.lineno, literal


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_everything_shown_is_marked(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert list(shown(tree)) == []
    if path.parts[-2] in {"declarations", "vault"}:
        # what pydantic passes on to the one who wrote the declaration
        assert [
            call.lineno
            for name, call in calls(tree)
            if name == "ValueError" and unmarked(call.args[0], {})
        ] == []
    # Babel does not look inside f-strings
    hidden = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for name, call in calls(node)
        if name in {"N_", "translate"} and call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_the_search_for_unmarked_sentences_finds_them() -> None:
    bad = (
        'from a import command as spoken\n@spoken("What it does.")\ndef g(): ...\n'
        'X = "Bare words"\nsay("Not marked")\ntalk(X)\nraise Busy(N_("fine"), hint="not fine")\n'
        'paragraph(f"{a} or so")\n@click.option("--x", help="some help")\ndef f(): ...\n'
        'raise Refused("code", "forbidden")\nPhrase.of("so many {n}")\nsay("a" if b else "words")\n'
    )
    assert len(list(shown(ast.parse(bad)))) == 9
    good = 'say(N_("Marked"))\nX = N_("Marked")\ntalk(X)\nparagraph(f"{a}  {b}")\nclick.echo(a)\n'
    assert list(shown(ast.parse(good))) == []


def test_why_a_file_cannot_be_read_is_said_in_chinese() -> None:
    """Workers send plain English; every one of their causes must be known to `cause`."""
    found = {
        "".join(
            str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.value.values
        )
        if isinstance(node.value, ast.JoinedStr)
        else str(node.value.value)
        for path in MODULES
        if "reading" in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.keyword)
        and node.arg == "why"
        and isinstance(node.value, ast.JoinedStr | ast.Constant)
    }
    assert len(found) > 5
    with speaking("zh"):
        plain = {one for one in found if not HAN.search(cause(one))}
    assert plain <= {"> 7 MiB"}  # nothing to translate in it
    assert cause("something new") == "something new"


def test_codes_of_categories_are_called_as_in_the_rules() -> None:
    labels = read_categories(shipped("rules") / "categories.toml").by_code
    for code, english in codes.CATEGORIES.items():
        with speaking("zh"):
            assert codes.called(codes.CATEGORIES, code) == labels[code].label.zh
        assert english == labels[code].label.en
    assert set(codes.CATEGORIES) == set(labels)


def test_speaking_lasts_for_its_block_only() -> None:
    choose("en")
    with speaking("zh"):
        assert language() == "zh"
        assert translate("Papers") == "文件数"
    assert language() == "en"
    assert translate("Papers") == "Papers"
    assert translate("") == ""
