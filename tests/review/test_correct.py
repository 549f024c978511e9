"""A person says what a paper really is: it moves, nothing is kept shorter, nothing is lost."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.catalogue import contexts, decisions, documents, ledger
from archiver.core.errors import UsageError
from archiver.core.model import Document
from archiver.custody import party
from archiver.custody.matching import rematch
from archiver.custody.move import Overtaken
from archiver.intake.publish import publish
from archiver.recognition.said import BY_PERSON, meant
from archiver.repair.check import check
from archiver.review.correct import Correction, correct
from archiver.review.decide import assign, queue
from archiver.review.series import join
from archiver.vault.vault import Vault
from tests.recognition.papers import FIELDS
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest, papers

NAME, OTHER = "青梧市华信样本运输有限公司", "云泽样本贸易有限公司"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with a_vault(tmp_path / "vault") as made:
        yield made
        publish(made)
        assert not check(made, deep=True, progress=lambda done, of: None)


def filed(vault: Vault, text: str = CONTRACT) -> Document:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", text.format(name=NAME))
    (taken,) = ingest(vault).values()
    assert taken.document
    assert not taken.document.open
    return taken.document


def values(vault: Vault, document: Document) -> dict[str, tuple[str, str]]:
    with vault.catalogue.read() as tx:
        return {one.name: (one.value, one.rule) for one in documents.fields_of(tx, document.id)}


def test_a_corrected_date_renames_the_file_and_keeps_the_earlier_context(vault: Vault) -> None:
    before = filed(vault)
    now = correct(vault, before, Correction({"issue_date": "2023年12月31日", "amount": ""}))
    assert now.path.split("/")[-1].startswith("2023-12-31")
    assert list(papers(vault)) == [now.path.removeprefix("customers/")]
    assert values(vault, now)["issue_date"] == ("2023-12-31", BY_PERSON)
    assert "amount" not in values(vault, now)
    with vault.catalogue.read() as tx:
        days = [str(one.doc_date) for one in contexts.of(tx, now.id)]
        (entry,) = ledger.noted(tx, ("correction",))
    assert days == ["2024-03-05", "2023-12-31"]
    assert entry.facts == {"document": now.id, "values": "amount,issue_date"}


def test_a_value_is_found_where_it_stands(vault: Vault) -> None:
    now = correct(vault, filed(vault), Correction({"doc_no": "YB-1", "issue_date": "2024-03-05"}))
    with vault.catalogue.read() as tx:
        found = {one.name: one for one in documents.fields_of(tx, now.id)}
    assert (found["doc_no"].page, found["doc_no"].raw) == (1, "YB-1")
    assert (found["issue_date"].page, found["issue_date"].raw) == (1, "2024-03-05")


def test_another_category_is_asked_for_its_own_values(vault: Vault) -> None:
    drop(vault, "a.txt", "客户名称：样本乙店\n日期：2024-03-05")
    ingest(vault)
    (waiting,) = queue(vault)
    assert "company_name" not in values(vault, waiting)
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    now = assign(vault, waiting, whose.id, "work_order")
    assert values(vault, now)["company_name"] == ("样本乙店", "label:客户名称")
    assert str(now.doc_date) == "2024-03-05"


def test_a_waiting_paper_is_matched_again_with_what_was_said(vault: Vault) -> None:
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name="青梧市华倍样本运输有限公司"))
    ingest(vault)
    (waiting,) = queue(vault)
    still = correct(vault, waiting, Correction({"amount": "120.5"}))
    assert still.open
    assert still.path == waiting.path
    with vault.catalogue.read() as tx:
        assert decisions.evidence_of(tx, still).accepted_by is None
    now = correct(vault, still, Correction({"company_name": NAME}))
    assert (now.customer, now.open) == (whose.id, ())
    assert values(vault, now)["amount"] == ("120.50", BY_PERSON)


def test_what_it_is_still_waits_when_only_the_customer_was_said(vault: Vault) -> None:
    whose = party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", "随便写的几个字")
    ingest(vault)
    (waiting,) = queue(vault)
    now = correct(vault, waiting, Correction({}, customer=whose.id))
    assert now.customer == whose.id
    assert [one.code for one in now.open] == ["weak_category"]


def test_the_other_name_on_a_licence_is_never_asked_twice(vault: Vault) -> None:
    whose = party.add(vault, "云泽样本食品厂", kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", LICENCE)
    ingest(vault)
    (waiting,) = queue(vault)
    correct(vault, waiting, Correction({}, customer=whose.id))
    drop(vault, "b.txt", CONTRACT.format(name=NAME))
    drop(vault, "c.txt", LICENCE.replace(NAME, "另一个样本有限公司"))
    found = ingest(vault)
    assert found["b.txt"].document
    assert found["b.txt"].document.customer == whose.id
    known = party.directory(vault).get(whose.id)
    assert known
    assert known.codes == (CODE,)


def test_one_misread_character_is_no_other_name(vault: Vault) -> None:
    whose = party.add(vault, NAME.replace("信", "倍"), kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", LICENCE)
    ingest(vault)
    (waiting,) = queue(vault)
    correct(vault, waiting, Correction({}, customer=whose.id))
    assert party.directory(vault).resolve(NAME) is None


def test_a_filed_paper_goes_to_whom_it_belongs_who_may_have_its_bytes(vault: Vault) -> None:
    before = filed(vault)
    other = party.add(vault, OTHER, kind="customer", aliases=[], codes=[])
    now = correct(vault, before, Correction({}, customer=other.id, category="supplement"))
    assert now.path.startswith(f"customers/{OTHER}/补充合同/")
    assert now.archive_no == "0002-03-2026-0001"
    drop(vault, f"{NAME}/a.txt", CONTRACT.format(name=NAME))
    again = ingest(vault)[f"{NAME}/a.txt"].document
    assert again
    assert again.id != now.id
    twin = correct(vault, again, Correction({}, customer=other.id, category="supplement"))
    assert twin.path == now.path.replace(now.digest[:8], f"{now.digest[:8]} 2")
    with vault.catalogue.read() as tx:
        assert len(contexts.of(tx, twin.id)) == 2


def test_a_further_file_is_corrected_with_its_whole(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    for number in range(2):
        drop(vault, f"{NAME}/{number}.txt", f"第{number}页\n签订日期：2024-03-0{number + 1}")
    ingest(vault)
    whole = join(vault, queue(vault))
    now = correct(vault, whole, Correction({"issue_date": "2024-03-02"}, category="contract"))
    with vault.catalogue.read() as tx:
        (further,) = (one for one in documents.all_documents(tx) if one.joined_to)
        found = documents.fields_of(tx, now.id)
    assert further.path.split("/")[:3] == now.path.split("/")[:3]
    assert [one.page for one in found if one.name == "issue_date"] == [2]
    with pytest.raises(UsageError, match="is a file of"):
        correct(vault, further, Correction({"amount": "1"}))


def test_nothing_said_is_refused(vault: Vault) -> None:
    with pytest.raises(UsageError, match="nothing is said"):
        correct(vault, filed(vault), Correction({}))
    assert rematch(vault) == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("colour", "red"),
        ("issue_date", "2024-02-30"),
        ("issue_date", "01/05/2024"),
        ("issue_date", "长期"),
        ("issue_date", "2024-01-05 2024-01-06"),
        ("credit_code", CODE[:-1] + "H"),
        ("registration_no", "12345"),
        ("amount", "viel"),
        ("company_name", "x" * 201),
    ],
)
def test_what_cannot_be_a_value_is_refused(name: str, text: str) -> None:
    with pytest.raises(UsageError):
        meant(name, text, FIELDS)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("expiry_date", "长期", "long-term"),
        ("expiry_date", "long-term", "long-term"),
        ("credit_code", f" {CODE.lower()} ", CODE),
        ("amount", "￥1,234.50元", "1234.50"),
        ("amount", "人民币叁仟元整", "3000.00"),
        ("company_name", "ＡＢＣ样本店", "ABC样本店"),
        ("doc_no", "  ", ""),
    ],
)
def test_values_are_read_as_papers_print_them(name: str, text: str, value: str) -> None:
    assert meant(name, text, FIELDS) == value


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_understood_as_it_is_written(day: date) -> None:
    for text in (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y.%m.%d}"):
        assert meant("issue_date", text, FIELDS) == day.isoformat()


def test_a_date_that_was_missing_is_given_to_every_context(vault: Vault) -> None:
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, "a.txt", CONTRACT.format(name=NAME).replace("签订日期：2024-03-05", ""))
    (taken,) = ingest(vault).values()
    assert taken.document
    now = correct(vault, taken.document, Correction({"issue_date": "2024-03-06"}))
    with vault.catalogue.read() as tx:
        days = [str(one.doc_date) for one in contexts.of(tx, now.id)]
    assert days == ["2024-03-06"]


def test_a_value_of_ones_own_rule_is_corrected_too(vault: Vault) -> None:
    paper = filed(vault)
    path = vault.layout.rules / "fields.toml"
    own = '[[field]]\nname = "mileage"\nkind = "amount"\nlabels = ["交车里程"]\n'
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{own}", encoding="utf-8")
    vault.__dict__.pop("fields", None)
    now = correct(vault, paper, Correction({"mileage": "41,207"}))
    assert values(vault, now)["mileage"] == ("41207", BY_PERSON)


def test_an_answer_that_is_refused_teaches_nothing(vault: Vault) -> None:
    whose = party.add(vault, "云泽样本食品厂", kind="customer", aliases=[], codes=[])
    party.add(vault, NAME, kind="customer", aliases=[], codes=[])
    drop(vault, f"{NAME}/a.txt", LICENCE)
    drop(vault, "云泽样本食品厂/a.txt", LICENCE)
    found = ingest(vault)
    paper, copy = (found[f"{name}/a.txt"].document for name in (NAME, "云泽样本食品厂"))
    assert paper
    assert copy
    assign(vault, copy, whose.id, None)
    before = party.directory(vault).get(whose.id)
    correct(vault, paper, Correction({}, category="other"))
    with pytest.raises(Overtaken):
        correct(vault, paper, Correction({"company_name": "新样本名有限公司"}, customer=whose.id))
    assert party.directory(vault).get(whose.id) == before
