"""The questions of `index/queries.toml`: asked of their papers, by a look and by the engine."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from archiver.core.errors import DeclarationError
from archiver.declarations.categories import read_categories
from archiver.declarations.questions import Question, Questions, read_questions
from archiver.declarations.shipped import shipped
from archiver.declarations.thesaurus import Thesaurus, read_thesaurus
from archiver.search.base import Asked
from archiver.search.near import near
from archiver.search.open import open_engine
from archiver.search.parse import parse
from archiver.search.questions import Dictionary, entry_of, run_questions
from archiver.search.second import joined
from tests.search.test_exactness import ALIASES

SHIPPED = read_questions(shipped("index") / "queries.toml")
LABELS = {
    one.code: (one.label.zh, one.label.en)
    for one in read_categories(shipped("rules") / "categories.toml").category
}
KNOWN = Dictionary(ALIASES, read_thesaurus(shipped("index")), LABELS)


def test_the_shipped_questions_are_answered() -> None:
    assert run_questions(SHIPPED, KNOWN) == ()
    assert len(SHIPPED.query) >= 20
    assert sum(one.near is not None for one in SHIPPED.query) >= 5


def test_the_engine_answers_as_a_look_does(tmp_path: Path) -> None:
    engine = open_engine("whoosh:index", tmp_path)
    engine.reset()
    engine.update([entry_of(one, SHIPPED, KNOWN) for one in SHIPPED.paper], [])
    for asked in SHIPPED.query:
        query = parse(asked.query, ALIASES, SHIPPED.today)
        page = Asked(query, SHIPPED.today, limit=100)
        first = engine.search(page)
        found, exact = joined(engine, page, first, near(query, KNOWN.words)), first.total
        names = [hit.document for hit in found.hits]
        assert set(names[:exact]) == set(asked.finds), asked.query
        if asked.near is not None:
            assert set(names[exact:]) == set(asked.near), asked.query
    engine.close()


def changed(**change: object) -> Questions:
    first = SHIPPED.query[0]
    return SHIPPED.model_copy(update={"query": (first.model_copy(update=change),)})


@pytest.mark.parametrize(
    ("change", "code", "missing", "extra"),
    [
        ({"finds": ()}, "question_answered_otherwise", "–", "扫描0001.pdf"),
        (
            {"finds": ("扫描0001.pdf", "合同扫描.tif")},
            "question_answered_otherwise",
            "合同扫描.tif",
            "–",
        ),
        ({"near": ("合同扫描.tif",)}, "question_near_otherwise", "合同扫描.tif", "–"),
    ],
)
def test_another_answer_is_a_fault(
    change: dict[str, object], code: str, missing: str, extra: str
) -> None:
    (fault,) = run_questions(changed(**change), KNOWN)
    assert fault.code == code
    assert (dict(fault.facts)["missing"], dict(fault.facts)["extra"]) == (missing, extra)


def test_a_question_that_is_no_query_is_a_fault() -> None:
    (fault,) = run_questions(changed(query="合同 (", finds=()), KNOWN)
    assert (fault.code, dict(fault.facts)["at"]) == ("question_not_understood", "5")


def test_words_that_are_gone_are_missed() -> None:
    nothing = replace(KNOWN, words=Thesaurus({}, {}, frozenset()))
    missed = {dict(fault.facts)["query"] for fault in run_questions(SHIPPED, nothing)}
    assert {"契约 华信", "华信 的 协议", "YB-HT-2O24-018"} <= missed


def test_a_vault_from_before_has_no_questions(tmp_path: Path) -> None:
    assert read_questions(tmp_path / "queries.toml") == Questions()


PAPER = '[[paper]]\nfile = "a"\ntitle = ""\ncustomer = ""\ncategory = ""\ntext = ""\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[query]]\nquery = "合同"\nfinds = ["x"]', "query 合同: there is no paper x"),
        ('[[query]]\nquery = "合同"\nfinds = []\nnear = ["y"]', "there is no paper y"),
        ('[[query]]\nquery = "合同"', "query.0.finds: it is missing"),
        (PAPER * 2, "file given twice: a"),
        (f"{PAPER}dat = 2024", "paper.0.dat: unknown key"),
        ("today = 3\n[[query]] x", "line 2"),
    ],
)
def test_a_wrong_file_is_refused_with_its_key(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "queries.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        read_questions(file)
    assert str(file) in caught.value.sentence()
    assert said in caught.value.sentence()


def test_a_question_is_kept_as_typed() -> None:
    assert Question(query=" 合同 ", finds=()).query == " 合同 "


def test_the_manual_lists_them_all() -> None:
    manual = Path(__file__).resolve().parents[2] / "docs" / "query.md"
    listed = re.findall(
        r"^\| `(.*?)` \|.*\|.*\|$", manual.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [one for one in listed if one in {asked.query for asked in SHIPPED.query}] == [
        asked.query for asked in SHIPPED.query
    ]
