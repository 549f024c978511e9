"""The demonstration's tree equals its truth: real reading, real OCR, real filing."""

import json
import re
import shlex
import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.catalogue.events import all_events
from archiver.catalogue.links import links_of
from archiver.core.model import DocumentId, Outcome
from archiver.custody import party
from archiver.declarations.findable import read_aliases
from archiver.declarations.questions import Question, read_questions
from archiver.declarations.sample import SampleSearch, Truth, read_firm, read_truth
from archiver.declarations.shipped import shipped
from archiver.declarations.thesaurus import read_thesaurus
from archiver.intake.ingest import ingest_inbox
from archiver.intake.taken import Taken
from archiver.recognition.codes import is_credit_code, is_registration_no
from archiver.repair.check import check
from archiver.report.account import account
from archiver.search.base import Asked
from archiver.search.near import near
from archiver.search.parse import parse
from archiver.search.query import Everything
from archiver.search.second import joined
from archiver.vault.create import create
from archiver.vault.vault import Vault
from tests.cli.inside import typed

SAMPLE = shipped("sample_vault")
TRUTH = {one.file: one for one in read_truth(SAMPLE)}
QUESTIONS = read_questions(shipped("index") / "queries.toml")
World = tuple[Vault, dict[str, Taken]]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    root = tmp_path_factory.mktemp("demo") / "vault"
    firm = read_firm(SAMPLE)
    vault, _ = create(root, "zh", "clerk", lambda: datetime(2026, 5, 20, tzinfo=UTC))
    with vault:
        for one in firm.customer:
            party.add(vault, one.name, kind=one.kind, aliases=one.aliases, codes=one.codes)
        party.add(vault, firm.own.name, kind="own", aliases=[], codes=firm.own.codes)
        shutil.copytree(SAMPLE / "inbox", vault.layout.inbox, dirs_exist_ok=True)
        taken = {one.source: one for one in ingest_inbox(vault, None, time.sleep)}
        vault.reader.close()
        del vault.__dict__["reader"]
        yield vault, taken


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> None:
    """The module's vault outlives its tests on purpose."""


def test_truth_is_about_exactly_the_files_in_the_inbox() -> None:
    inbox = SAMPLE / "inbox"
    files = {p.relative_to(inbox).as_posix() for p in inbox.rglob("*") if p.is_file()}
    assert set(TRUTH) == files
    assert len(files) >= 50
    assert sum(p.stat().st_size for p in SAMPLE.rglob("*") if p.is_file()) < 20_000_000


def test_the_firm_has_customers_enough_and_every_kind_of_party() -> None:
    firm = read_firm(SAMPLE)
    known = [one.name for one in firm.customer if one.kind == "customer"]
    assert len(known) >= 10
    assert {one.kind for one in firm.customer} == {"customer", "supplier", "staff"}
    filed = {one.customer for one in TRUTH.values() if one.customer}
    introduced = {"青梧市华兴样本运输有限公司"}  # by its licence, one character from 华信
    assert filed == {one.name for one in firm.customer} | introduced


def test_invented_codes_are_right_and_belong_to_nobody() -> None:
    text = (SAMPLE / "firm.toml").read_text(encoding="utf-8") + json.dumps(
        [one.fields for one in TRUTH.values()]
    )
    codes = set(re.findall(r'"([0-9A-Z]{18}|\d{15})"', text))
    assert len(codes) >= 12
    for code in codes:
        assert is_credit_code(code) or is_registration_no(code)
        assert "990001" in code


_PACKETS = sorted(name for name, one in TRUTH.items() if not one.folder)
"""Files that say nothing themselves: they are what is in them."""
_HOLDING = sorted(name for name, one in TRUTH.items() if one.parts)


@pytest.mark.parametrize("file", sorted(set(TRUTH) - set(_PACKETS)))
def test_every_paper_ends_where_it_must(world: World, file: str) -> None:
    vault, taken = world
    _ends_as(vault, TRUTH[file], taken[file])


@pytest.mark.parametrize("file", _PACKETS)
def test_a_packet_ends_like_the_worst_of_what_is_in_it(world: World, file: str) -> None:
    assert world[1][file].outcome.value == TRUTH[file].outcome


@pytest.mark.parametrize("file", _HOLDING)
def test_every_paper_inside_another_ends_where_it_must(world: World, file: str) -> None:
    vault, taken = world
    parts = taken[file].parts
    assert len(parts) == len(TRUTH[file].parts)
    for truth, found in zip(TRUTH[file].parts, parts, strict=True):
        assert found.source.endswith(truth.file)
        _ends_as(vault, truth, found)


def _ends_as(vault: Vault, truth: Truth, found: Taken) -> None:
    assert found.outcome.value == truth.outcome, found.reasons
    assert found.path
    assert Path(found.path).parent.as_posix() == truth.folder
    assert (vault.layout.root / found.path).is_file()
    if truth.reason:
        assert truth.reason in {one.code for one in found.reasons}
    if found.outcome in {Outcome.FILED, Outcome.REVIEW} and found.document:
        assert found.document.category == truth.category
        if truth.customer:
            assert found.document.customer_name == truth.customer


@pytest.mark.parametrize("file", sorted(name for name, one in TRUTH.items() if one.fields))
def test_every_value_is_read_exactly(world: World, file: str) -> None:
    findings = world[1][file].findings
    assert findings
    read = {name: field.value for name in TRUTH[file].fields if (field := findings.first(name))}
    assert read == TRUTH[file].fields


def test_nothing_else_lies_in_the_store(world: World) -> None:
    vault, taken = world
    assert not check(vault, deep=True, progress=lambda done, of: None)
    found = account(vault, None)
    assert found.received == len(TRUTH)
    assert found.waiting == 0
    documents = {one.document.id for one in _with_parts(taken.values()) if one.document}
    asked = Asked(Everything(), datetime(2026, 5, 20, tzinfo=UTC).date(), limit=100)
    assert {hit.document for hit in vault.search.search(asked).hits} == documents


def _with_parts(taken: Iterable[Taken]) -> Iterator[Taken]:
    for one in taken:
        yield one
        yield from _with_parts(one.parts)


@pytest.mark.parametrize("search", read_firm(SAMPLE).search, ids=lambda one: one.title.en)
def test_the_searches_of_the_demonstration_find_what_they_say(
    world: World, search: SampleSearch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(world[0].layout.root, "search", "--json", *search.arguments) == 0
    assert len(capsys.readouterr().out.splitlines()) == search.hits


@pytest.mark.parametrize("asked", QUESTIONS.query, ids=lambda one: one.query)
def test_questions_find_the_papers_that_were_read_as_they_find_their_own(
    world: World, asked: Question
) -> None:
    """Real reading and the real index; of papers that the questions do not know nothing is said."""
    vault, taken = world
    ours = {one.file for one in QUESTIONS.paper}
    names = {one.document.id: file for file, one in taken.items() if one.document and file in ours}
    assert set(names.values()) == ours
    aliases, words = read_aliases(vault.layout.index / "fields.toml"), shipped("index")
    query = parse(asked.query, aliases, QUESTIONS.today)
    page = Asked(query, QUESTIONS.today, limit=1000)
    first = vault.search.search(page)
    found = joined(vault.search, page, first, near(query, read_thesaurus(words)))
    exact = first.total
    files = [names.get(DocumentId(hit.document)) for hit in found.hits]
    assert {one for one in files[:exact] if one} == set(asked.finds)
    if asked.near is not None:
        assert {one for one in files[exact:] if one} == set(asked.near)


_MANUAL = Path(__file__).parents[1] / "docs" / "query.md"
_EVERYDAY = re.findall(
    r"^\| .+ \| `archiver search (.+)` \| (\d+) 份(.*) \|$", _MANUAL.read_text(), re.M
)


def test_the_manual_lists_twenty_everyday_searches() -> None:
    assert len(_EVERYDAY) == len({asked for asked, _, _ in _EVERYDAY}) == 20


@pytest.mark.parametrize(("asked", "hits", "named"), _EVERYDAY, ids=lambda one: one)
def test_everyday_searches_find_what_the_manual_says(
    world: World, asked: str, hits: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a shell understands them; what the manual names is among what is found."""
    words = shlex.split(asked)
    assert typed(world[0].layout.root, "search", "--json", "--limit", "100", *words) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(found) == int(hits)
    for name in re.findall("`(.+?)`", named):
        assert any(name in hit["path"] for hit in found), name


def test_of_all_papers_only_those_of_one_licence_are_linked(world: World) -> None:
    """Contracts, orders and licences of one form stand beside one another here."""
    vault, taken = world
    names = {one.document.id: source for source, one in taken.items() if one.document}
    with vault.catalogue.read() as tx:
        found = links_of(tx, list(names))
    told = {(one.kind, frozenset({names[one.document], names[one.other]})) for one in found}
    first, again, newer = (
        "远程物流/营业执照.pdf",
        "远程物流/营业执照 重扫.pdf",
        "IMG_4101.jpg",
    )
    assert told == {
        ("rescan", frozenset({first, again})),
        ("supersedes", frozenset({newer, first})),
        ("supersedes", frozenset({newer, again})),
    }


def test_papers_tell_what_happened_to_the_firms_customers(world: World) -> None:
    """The answer to a complaint bears no date, and tells nothing."""
    vault, taken = world
    names = {one.document.id: source for source, one in taken.items() if one.document}
    with vault.catalogue.read() as tx:
        told = {names[one.document]: one for one in all_events(tx) if one.document}
    assert all(one.waits and one.spot and one.spot.page == 1 for one in told.values())
    assert {source: (one.type, one.day.isoformat()) for source, one in told.items()} == {
        "Work order 0611.jpg": ("service_completed", "2024-06-11"),
        "云泽样本贸易有限公司/投诉.txt": ("dispute_opened", "2024-08-02"),
        "云泽样本贸易有限公司/结算单.pdf": ("service_completed", "2024-09-12"),
        "华信运输/工单0510.pdf": ("service_completed", "2024-05-10"),
        "华信运输/工单0622.webp": ("service_completed", "2024-06-22"),
        "工单 1105.pdf": ("service_completed", "2024-11-05"),
        "结算清单 0628.pdf": ("service_completed", "2025-06-28"),
        "远程物流/对账单 2025年1季度.xlsx": ("service_completed", "2025-03-31"),
        "青梧市华鑫样本运输有限公司/工单.pdf": ("service_completed", "2023-01-18"),
        "青梧样本出租汽车有限公司/工单 0628.jpg": ("service_completed", "2025-06-28"),
        "青梧样本出租汽车有限公司/投诉登记表.pdf": ("dispute_opened", "2025-07-03"),
    }
