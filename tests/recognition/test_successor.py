"""Which licence replaces which, whatever the order they came in."""

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import DocumentId
from archiver.recognition.successor import Edition, Succession, edition, successions

CODES = ("91990001MA1HX1001K", "91990001MA1HX1002H")


def paper(name: str, *, sure: float = 0.9, **values: str) -> Edition:
    return edition(DocumentId(name), [(key, value, sure) for key, value in values.items()])


DATED = st.lists(
    st.tuples(st.sampled_from(CODES), st.dates(date(2010, 1, 1), date(2012, 1, 1))), max_size=7
)


@given(DATED, st.randoms(use_true_random=False))
def test_each_paper_has_the_next_later_one_of_its_company(
    dated: list[tuple[str, date]], random: Random
) -> None:
    papers = [
        paper(f"D{number}", credit_code=code, issue_date=day.isoformat())
        for number, (code, day) in enumerate(dated)
    ]
    found = successions(papers)
    random.shuffle(papers)
    assert successions(papers) == found, "the order of drops does not matter"
    for number, (code, day) in enumerate(dated):
        later = [other for known, other in dated if known == code and other > day]
        named = {one.day for one in found if one.older == f"D{number}"}
        assert named == ({min(later).isoformat()} if later else set())


def test_a_company_that_was_renamed_stays_itself() -> None:
    old = paper("D1", company_name="旧名", credit_code=CODES[0], issue_date="2019-01-01")
    new = paper("D2", company_name="新名", credit_code=CODES[0], issue_date="2023-05-06")
    other = paper("D3", company_name="旧名", credit_code=CODES[1], issue_date="2024-01-01")
    expected = {Succession(DocumentId("D2"), DocumentId("D1"), "2023-05-06")}
    assert successions([new, other, old]) == expected


def test_days_of_different_kinds_and_unsure_ones_say_nothing() -> None:
    old = paper("D1", company_name="甲", issue_date="2019-01-01")
    founded = paper("D2", company_name="甲", valid_from="2023-05-06")
    unsure = paper("D3", sure=0.5, company_name="甲", issue_date="2023-05-06")
    unnamed = paper("D4", issue_date="2023-05-06")
    assert successions([old, founded, unsure, unnamed]) == set()
    later = paper("D5", company_name="甲", valid_from="2024-05-06")
    assert [one.older for one in successions([founded, later, old])] == ["D2"]


def test_policies_are_told_apart_by_the_vehicle() -> None:
    one = paper("D1", plate="青A12345", company_name="甲", issue_date="2023-01-01")
    other = paper("D2", plate="青A54321", company_name="甲", issue_date="2024-01-01")
    unread = paper("D3", company_name="甲", issue_date="2025-01-01")
    assert successions([one, other, unread]) == set()
