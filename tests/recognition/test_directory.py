"""Who is meant by a name in a text: only a whole name, certainly read, that nobody else has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.core.model import Customer, CustomerId, Standing
from archiver.recognition.directory import Directory
from archiver.recognition.names import compatible, core, mended, twins

EAST, TWIN = "青梧华信汽车服务有限公司", "青梧华鑫汽车服务有限公司"


def _customer(number: int, *names: str) -> Customer:
    customer = CustomerId(f"C{number:04d}")
    return Customer(customer, names[0], names[0], "customer", Standing.ACTIVE, names, ())


def _names(directory: Directory, line: str, *, sure: bool = True) -> set[str]:
    return {one.name for one in directory.mentioned(line, sure=sure)}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (f"甲方：{EAST}", True),
        (f"兹证明{EAST}", False),  # what stands before it may be part of it
        (f"与{EAST}签订", True),
        (f"{EAST}云泽分公司", False),
        (f"{EAST}集团", False),
        (f"开户行：{EAST}", False),
        (f"开户行及账号:{EAST} 01", False),
        (TWIN, False),
        ("青梧华信有限公司", False),
        ("有限公司", False),
    ],
)
def test_only_a_whole_name_that_stands_alone_is_one(line: str, found: bool) -> None:
    assert _names(Directory([_customer(1, EAST)]), line) == ({EAST} if found else set())


def test_a_short_name_is_not_found_at_the_head_of_a_longer_one() -> None:
    directory = Directory([_customer(1, "青梧华信")])
    assert not _names(directory, "青梧华信物流有限公司")
    assert not _names(directory, "青梧华信租赁(云泽)有限公司")
    assert not _names(directory, "青梧华信厂")
    assert _names(directory, "客户：青梧华信") == {"青梧华信"}
    assert _names(directory, "致青梧华信、云泽样本有限公司") == {"青梧华信"}


def test_a_single_word_must_stand_by_itself() -> None:
    directory = Directory([_customer(1, "Free"), _customer(2, "Leader Act Ltd")])
    assert not _names(directory, "free of charge")
    assert _names(directory, "FREE") == {"Free"}
    assert _names(directory, "between Leader Act Ltd and") == {"Leader Act Ltd"}


def test_twins_count_only_where_every_character_is_certain() -> None:
    directory = Directory([_customer(1, EAST), _customer(2, TWIN), _customer(3, "云泽样本厂")])
    assert _names(directory, EAST, sure=True) == {EAST}
    assert not _names(directory, EAST, sure=False)
    assert _names(directory, "云泽样本厂", sure=False) == {"云泽样本厂"}


def test_names_of_one_customer_are_no_twins() -> None:
    assert _names(Directory([_customer(1, EAST, TWIN)]), TWIN, sure=False) == {EAST}


def test_what_two_names_share_makes_them_one_only_from_its_beginning() -> None:
    assert compatible("华信汽车", "青梧市华信汽车服务有限公司")
    assert not compatible("华信汽车", "青梧市东华信汽车服务有限公司")
    assert compatible("新桥样本超市", "青梧市新桥样本超市")
    assert not compatible("东新桥样本超市", "青梧市新桥样本超市")
    assert not compatible(EAST, TWIN)
    assert not compatible("青梧市样本有限公司", "青梧市别样有限公司")


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4FFF), min_size=3, max_size=12)


@given(HAN, st.sampled_from(["有限公司", "有限责任公司", "股份有限公司"]), st.data())
def test_one_character_of_a_legal_form_is_mended_and_nothing_else(
    name: str, form: str, data: st.DataObject
) -> None:
    assert mended(name + form) == name + form
    at = data.draw(st.integers(1, len(form) - 3))
    wrong = form[:at] + "很" + form[at + 1 :]
    assert mended(name + wrong)[: len(name)] == name
    assert mended(name + wrong).endswith("公司")


@given(HAN, HAN)
def test_place_and_legal_form_distinguish_nobody(name: str, other: str) -> None:
    assert core(f"{name}有限公司") == core(f"{name}股份有限公司")
    assert twins(name, other) == twins(other, name)
