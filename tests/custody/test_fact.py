"""What papers tell: recorded once, with its place, and worth nothing by itself until confirmed."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.catalogue import customers, documents, queue
from archiver.core.errors import UsageError
from archiver.custody import party
from archiver.custody.fact import add_event, confirm_events
from archiver.custody.matching import rematch
from archiver.intake.publish import publish
from archiver.judge.evaluate import State
from archiver.review import decide, series
from archiver.vault.vault import Vault
from tests.custody.telling import (
    COMPLAINT,
    INVOICE,
    NAME,
    ORDER,
    OTHER,
    SETTLED,
    TODAY,
    answer,
    dropped,
    known,
    recorded,
    sound,
    told,
)
from tests.nightly import often
from tests.worlds import drop, ingest


def test_a_work_order_tells_of_a_service_and_where_it_says_so(tmp_path: Path) -> None:
    with known(tmp_path) as vault:
        order = dropped(vault, "a.txt", told(ORDER, "2024年5月10日"))
        (event,) = recorded(vault)
        assert (event.type, event.day) == ("service_completed", date(2024, 5, 10))
        assert (event.customer, event.document) == (order.customer, order.id)
        assert (event.source, event.confirmed, event.waits) == ("read", False, True)
        assert event.spot
        assert (event.spot.page, event.spot.raw) == (1, "2024年5月10日")
        sound(vault)
        assert answer(vault, order).state is State.AWAITING_TRIGGER
        (confirmed,) = confirm_events(vault, [event])
        assert confirmed.confirmed
        assert answer(vault, order).retain_through == date(2030, 5, 10)
        assert confirm_events(vault, [event]) == (), "it does not wait any more"
        sound(vault)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (told(INVOICE, "2024-05-10"), "customer"),
        (told(ORDER), "customer"),
        (told(ORDER, "04/05/2024"), "customer"),
        (told(ORDER, "2031-05-10"), "customer"),
        (told(ORDER, "2024-05-10"), "supplier"),
    ],
    ids=["an invoice", "undated", "two meanings", "still to come", "not to suppliers"],
)
def test_what_tells_nothing(tmp_path: Path, text: str, kind: str) -> None:
    with known(tmp_path, kind) as vault:
        document = dropped(vault, "a.txt", text)
        assert not document.open
        assert recorded(vault) == ()


def test_a_paper_in_doubt_tells_nothing_until_a_person_decides(tmp_path: Path) -> None:
    with known(tmp_path) as vault:
        order = dropped(vault, "a.txt", told(ORDER, "2024-05-10", "某某"))
        assert order.open
        assert recorded(vault) == ()
        whose = party.directory(vault).resolve(OTHER)
        assert whose
        decide.assign(vault, order, whose.id, None)
        (event,) = recorded(vault)
        assert (event.customer, event.waits) == (whose.id, True)
        sound(vault)


def test_a_complaint_makes_everything_permanent_at_once(tmp_path: Path) -> None:
    with known(tmp_path) as vault:
        order = dropped(vault, "a.txt", told(ORDER, "2024-05-10"))
        dropped(vault, "b.txt", told(COMPLAINT, "2024-08-02"))
        assert answer(vault, order).permanent
        sound(vault)
        with vault.catalogue.read() as tx:
            assert not queue.length(tx)
        drop(vault, "c.txt", told(COMPLAINT, "2024-08-03"))
        ingest(vault)
        assert sum(one.type == "dispute_opened" for one in recorded(vault)) == 2
        sound(vault)


def test_a_reading_lengthens_beside_what_a_person_said_and_never_shortens(tmp_path: Path) -> None:
    with known(tmp_path) as vault:
        first = dropped(vault, "a.txt", told(ORDER, "2023-05-10"))
        confirm_events(vault, recorded(vault))
        sound(vault)
        dropped(vault, "b.txt", told(SETTLED, "2024-06-01"))
        assert answer(vault, first).retain_through == date(2030, 6, 1)
        sound(vault)
        dropped(vault, "c.txt", told(ORDER, "2022-01-01"))
        assert answer(vault, first).retain_through == date(2030, 6, 1)
        sound(vault)


def test_a_date_put_right_is_confirmed_and_an_earlier_one_waits(
    tmp_path: Path,
) -> None:
    with known(tmp_path) as vault:
        order = dropped(vault, "a.txt", told(ORDER, "2025-05-10"))
        with pytest.raises(UsageError):
            confirm_events(vault, recorded(vault), day=TODAY + timedelta(days=1))
        assert recorded(vault)[0].waits
        confirm_events(vault, recorded(vault), day=date(2023, 5, 10))
        kept = answer(vault, order)
        assert (kept.retain_through, kept.pending_shortening) == (date(2031, 5, 10), True)
        (event,) = recorded(vault)
        assert event.spot
        assert event.spot.raw == "2025-05-10", "what was read is still known"
        sound(vault)


def test_joining_and_parting_tell_nothing_twice(tmp_path: Path) -> None:
    with known(tmp_path) as vault:
        files = [
            dropped(vault, f"IMG_{n}.txt", told(ORDER, f"2024-05-1{n}") + f"\n第{n}张")
            for n in (1, 2)
        ]
        before = {(one.document, one.day) for one in recorded(vault)}
        assert len(before) == 2
        joined = series.join(vault, files)
        assert {(one.document, one.day) for one in recorded(vault) if not one.void} == before
        sound(vault)
        series.part(vault, joined)
        assert {(one.document, one.day) for one in recorded(vault) if not one.void} == before
        sound(vault)
        confirm_events(vault, recorded(vault))
        with pytest.raises(UsageError, match="is about"):
            series.join(vault, files)


def test_an_event_follows_its_paper_until_a_person_stands_for_it(tmp_path: Path) -> None:
    """Photographs of one order: the first has no date of its own, the whole has."""
    with known(tmp_path) as vault:
        first = dropped(vault, "IMG_1.txt", told(ORDER))
        second = dropped(vault, "IMG_2.txt", f"第二页\n客户名称：{NAME}\n日期：2024-05-10")
        assert recorded(vault) == ()
        joined = series.join(vault, [first, second])
        (event,) = recorded(vault)
        assert event.document == first.id
        assert event.spot
        assert event.spot.page == 2
        series.part(vault, joined)
        (gone,) = recorded(vault)
        assert gone.void, "the first page alone says no day"
        sound(vault)
        series.join(vault, [first, second])
        (_, again) = recorded(vault)
        confirm_events(vault, [again])
        with vault.catalogue.read() as tx:
            (head,) = documents.some(tx, [first.id])
        series.part(vault, head)
        assert [one.void for one in recorded(vault)] == [True, False], "a person stands for it"
        sound(vault)


def test_many_papers_of_one_customer_ask_the_index_once_each(tmp_path: Path) -> None:
    """Each of them lengthens all that came before; that must not become quadratic."""
    with known(tmp_path) as vault:
        dropped(vault, "first.txt", told(ORDER, "2020-01-01"))
        confirm_events(vault, recorded(vault))
        publish(vault)
        with vault.catalogue.read() as tx:
            assert not queue.length(tx)
        asked: list[int] = []
        for n in range(6):
            drop(vault, f"{n}.txt", told(ORDER, f"2021-01-0{n + 1}"))
        with pytest.MonkeyPatch.context() as patched:
            told_index = vault.search.update

            def counting(entries: Sequence[object], gone: Sequence[str]) -> None:
                asked.append(len(entries))
                told_index(entries, gone)  # type: ignore[arg-type] # passes through

            patched.setattr(vault.search, "update", counting)
            ingest(vault)
        assert asked == [6, 7], "the new ones, then once the whole customer"
        sound(vault)


_DAYS = st.dates(date(2018, 1, 1), TODAY + timedelta(days=2))
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([ORDER, ORDER, ORDER, SETTLED, SETTLED, COMPLAINT]), _DAYS),
        st.tuples(
            st.sampled_from(["service_completed", "purchase_completed", "contract_ended"]), _DAYS
        ),
        st.tuples(st.just("confirm"), st.one_of(st.none(), _DAYS)),
    ),
    min_size=2,
    max_size=7,
)


@settings(max_examples=often(25))
@given(_STEPS)
def test_whatever_happens_the_index_knows_every_day_and_the_ledger_every_event(
    steps: list[tuple[str, date | None]],
) -> None:
    with tempfile.TemporaryDirectory() as folder, known(Path(folder)) as vault:
        whose = party.directory(vault).resolve(NAME)
        assert whose
        for at, (what, day) in enumerate(steps):
            waits = [one for one in recorded(vault) if one.waits]
            if what == "confirm":
                confirm_events(vault, waits[:1], day=day if day and day <= TODAY else None)
            elif "\n" not in what:
                add_event(vault, what, customer=whose.id, document=None, day=day)
            else:
                drop(vault, f"{at}.txt", told(what, str(day)) + f"\n{at}")
                ingest(vault)
            publish(vault)
        sound(vault)


_PAPERS = {
    "order.txt": told(ORDER, "2024-05-10"),
    "settled.txt": told(SETTLED, "2024-05-12"),
    "complaint.txt": told(COMPLAINT, "2024-08-02"),
    "invoice.txt": told(INVOICE, "2024-05-12"),
    f"{OTHER}/order.txt": told(ORDER, "2023-03-01", OTHER),
    "stranger.txt": told(ORDER, "2022-02-02", "陌生样本有限公司"),
    "陌生样本有限公司/order.txt": told(ORDER, "2022-02-03", "陌生样本有限公司"),
}


def _set_of_events(vault: Vault) -> set[tuple[str, str, str, str]]:
    with vault.catalogue.read() as tx:
        names = {one.id: one.name for one in customers.all_customers(tx)}
        sources = {one.id: one.source for one in documents.all_documents(tx)}
    found = [one for one in recorded(vault) if not one.void and one.document and one.customer]
    said = [
        (one.type, names[one.customer], sources[one.document], str(one.day))
        for one in found
        if one.customer and one.document
    ]
    assert len(said) == len(set(said)), "told twice"
    return set(said)


def _in_order(order: Sequence[str], decided: int) -> set[tuple[str, str, str, str]]:
    """Drop the papers one by one; from `decided` on a person answers what waits."""
    with tempfile.TemporaryDirectory() as folder, known(Path(folder)) as vault:
        for at, name in enumerate([*order, ""]):
            if name:
                drop(vault, name, _PAPERS[name])
                ingest(vault)
            if at < decided and name:
                continue
            while waiting := decide.queue(vault):
                one = waiting[0]
                text = _PAPERS[one.source]
                whose = (
                    one.proposed
                    or party.add(
                        vault, "陌生样本有限公司", kind="customer", aliases=[], codes=[]
                    ).id
                )
                assert "陌生" in text
                decide.assign(vault, one, whose, None)
                rematch(vault)
        sound(vault)
        return _set_of_events(vault)


@cache
def _as_they_stand() -> object:
    """What one order tells; every other must tell the same."""
    return _in_order(sorted(_PAPERS), len(_PAPERS))


@settings(max_examples=often(8))
@given(st.permutations(sorted(_PAPERS)), st.integers(0, len(_PAPERS)))
def test_any_order_of_drops_and_decisions_tells_the_same(order: list[str], decided: int) -> None:
    found = _in_order(order, decided)
    assert found == _as_they_stand()
    assert len(found) == len(_PAPERS) - 1, "all but the invoice"
