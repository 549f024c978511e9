import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archiver.recognition.codes import (
    ALPHABET,
    credit_check,
    credit_codes,
    is_credit_code,
    is_registration_no,
    registration_check,
    registration_numbers,
)
from archiver.recognition.names import compatible

bodies = st.tuples(
    st.sampled_from(["91", "92", "93"]),
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.text(ALPHABET, min_size=9, max_size=9),
).map("".join)


@given(bodies)
def test_a_credit_code_is_known_by_its_check_digit(body: str) -> None:
    code = body + credit_check(body)
    assert is_credit_code(code)
    assert [one.value for one in credit_codes(f"代码 {code}。")] == [code]
    for other in ALPHABET:
        assert is_credit_code(body + other) == (other == code[17])


@given(bodies, st.integers(8, 16), st.sampled_from(ALPHABET))
def test_one_misread_character_is_never_a_right_code(body: str, at: int, other: str) -> None:
    code = body + credit_check(body)
    if code[at] != other:
        assert not is_credit_code(code[:at] + other + code[at + 1 :])


@given(st.from_regex(r"[0-9]{14}", fullmatch=True))
def test_a_registration_number_is_known_by_its_check_digit(body: str) -> None:
    number = body + registration_check(body)
    assert is_registration_no(number)
    found = list(registration_numbers(f"注册号{number}"))
    assert [one.value for one in found] == [number]
    assert sum(is_registration_no(body + str(digit)) for digit in range(10)) == 1


def test_a_code_inside_a_longer_run_is_none() -> None:
    assert not list(credit_codes("991990001MA1HX1001K0"))
    assert not list(registration_numbers("1234567890123456"))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("青梧市华信样本运输有限公司", "华信样本运输", True),
        ("青梧市华信样本运输有限公司", "青梧市华鑫样本运输有限公司", False),
        ("华信（青梧）有限公司", "华信(青梧)有限公司", True),
        ("某有限公司", "另有限公司", False),
    ],
)
def test_names_that_may_mean_the_same(one: str, other: str, *, expected: bool) -> None:
    assert compatible(one, other) is expected


@given(bodies, st.data())
def test_look_alikes_are_repaired_only_when_one_repair_fits(body: str, data: st.DataObject) -> None:
    """O and I stand in no code: what is found instead is right, or nothing is found."""
    code = body + credit_check(body)
    places = [at for at, char in enumerate(code) if char in "01" and at > 2]
    assume(places)
    at = data.draw(st.sampled_from(places))
    misread = code[:at] + {"0": "O", "1": "I"}[code[at]] + code[at + 1 :]
    found = [(one.value, one.raw, one.confidence) for one in credit_codes(misread)]
    assert found in ([], [(code, misread, 0.9)])
    if not set(code) & set("QLB8D"):  # nothing else that may be another
        assert found


def test_a_code_with_a_wrong_check_digit_is_weak_evidence() -> None:
    wrong = "91990001MA1HX1001J"
    (found,) = credit_codes(f"代码{wrong}")
    assert (found.value, found.confidence) == (wrong, 0.4)
