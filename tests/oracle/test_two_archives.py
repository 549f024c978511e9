"""Two archives live through the same random acts: the real one, and books kept by other means.

After every act they must say the same of every record, refuse the same with the same code, and the
properties of retention must hold (P1-P16). CI plays some thousand steps; `make nightly` 100,000.
"""

from datetime import timedelta
from typing import cast

from hypothesis import strategies as st

from tests.judge.steps import Step
from tests.judge.test_properties import BEGIN, SETS

SHOWN = (
    *("state", "retain_through", "due_date", "permanent", "exception", "governing_rules"),
    *("eligible", "block_reason", "held", "pending_shortening", "incident", "restricted"),
    *("legal_review", "clock_anomaly", "inspection_overdue", "late_event"),
)
"""What an answer says; the sentences may differ."""

DOCS = ("D1", "D2", "D3", "D4")
docs = st.sampled_from(DOCS)
customers = st.sampled_from(["K1", "K2", "K3"])
people = st.sampled_from(["u1", "u2", "u3"])
pairs = st.lists(people, min_size=1, max_size=2)
days = st.integers(-1500, 60).map(lambda n: (BEGIN + timedelta(n)).isoformat())
cases = st.sampled_from([None, "W1", "W2"])
reasons = st.sampled_from(["because", "because", "because", ""])
kinds = st.sampled_from(
    [
        *("service_completed", "service_completed", "purchase_completed", "licence_replaced"),
        *("dispute_opened", "dispute_settled", "authority_instruction", "authority_released"),
        *("accident_reported", "marked_doubtful", "doubt_cleared"),
    ]
)
numbers = st.sampled_from(["E1", "E2", "E3", "E4"])
results = st.sampled_from(["OK", "OK", "ALTERED", "MISSING"])
flags = st.sampled_from(["dispute", "accident", "doubtful", "authority_instruction"])
Keys = st.SearchStrategy[object]


def an(act: str, **keys: Keys) -> st.SearchStrategy[Step]:
    return st.fixed_dictionaries({"type": st.just(act), **keys}).map(lambda one: cast(Step, one))


FACTS = (
    an("event", event=kinds, customer=customers, date=days, source=st.just("person")),
    an("event", event=kinds, customer=customers, date=days, source=st.just("read")),
    an("event", event=kinds, customer=customers, date=days, case=cases, doc=docs),
    an("event", event=kinds, customer=customers),
    an("confirm_event", event_id=numbers),
    an("correct_event", event_id=numbers, date=days),
    an("void_event", event_id=numbers, by=pairs),
)
PAPERS = (
    an("accept", doc=docs),
    an("assign", doc=docs, customer=customers),
    an("move_doc", doc=docs, to=customers),
    an("set_doc_type", doc=docs, value=st.sampled_from(["order", "tax", "minutes", "photo"])),
    an("set_case", doc=docs, value=cases),
    an("set_doc_date", doc=docs, value=days),
    an("withdraw", doc=docs, by=pairs, reason=reasons),
    an("fixity", doc=docs, result=results),
    an("incident_close", doc=docs, by=pairs, resolution=st.just("mended")),
)
PERIODS = (
    an("rule_set", rule_set=st.sampled_from(sorted(SETS))),
    an("approve_shortening", docs=docs.map(lambda one: [one]), by=pairs),
    an(
        "reappraise",
        customer=customers,
        flag=flags,
        keep_years_after_end=st.integers(0, 4),
        by=pairs,
    ),
    an("extend", doc=docs, until=days),
    an(
        "hold_place",
        hold=st.sampled_from(["H1", "H2"]),
        reason=reasons,
        scope=st.one_of(
            st.builds(dict, doc=docs),
            st.builds(dict, customer=customers),
            st.builds(dict, query=st.builds(dict, doc_type=st.sampled_from(["order", "tax"]))),
        ),
    ),
    an("hold_release", hold=st.sampled_from(["H1", "H2"]), reason=reasons),
    an("merge_customers", **{"from": customers, "into": customers}),
    an(
        "split_customer",
        customer=customers,
        new=st.just("K4"),
        docs=docs.map(lambda one: [one]),
        by=pairs,
    ),
    an("erasure_request", customer=customers),
)
DISPOSAL = (
    an("review_start", doc=docs),
    an("review_start", doc=docs),
    an("approve", doc=docs),
    an("approve", doc=docs),
    an("review_extend", doc=docs, years=st.integers(1, 3)),
    an("review_permanent", doc=docs),
    an("destroy", doc=docs, witnesses=st.lists(people, max_size=2)),
    an("destroy", doc=docs, witnesses=st.just(["u1", "u2"])),
    an("user_delete", doc=docs),
)
acts = st.one_of(*FACTS, *PAPERS, *PERIODS, *DISPOSAL, *DISPOSAL)
waits = st.one_of(st.integers(0, 20), st.integers(0, 20), st.integers(0, 400))
stories = st.lists(st.tuples(waits, acts, people), min_size=8, max_size=24)
