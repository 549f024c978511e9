"""Whoever drops first: the same papers end under the same customers."""

import tempfile
from functools import lru_cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.catalogue import documents
from archiver.customers.register import add, listed
from archiver.recognition.codes import credit_check
from tests.nightly import often
from tests.worlds import CODE, CONTRACT, LICENCE, a_vault, drop, ingest

HUAXIN, YUNZE, NEW = "青梧市华信样本运输有限公司", "云泽样本食品厂", "新样本贸易有限公司"
FIRST, TWIN = "云泽市新样本物流有限公司", "云泽市欣样本物流有限公司"
"""One character apart; their licences introduce both, told apart by their codes."""


def _licence(name: str, serial: str) -> str:
    code = f"91990001MA{serial}"
    return f"营业执照\n统一社会信用代码 {code}{credit_check(code)}\n名称 {name}\n登记机关"


BOTH = CONTRACT.format(name=HUAXIN).replace("乙方：样本", f"乙方：{NEW}")
DROPS = {
    "licence.txt": LICENCE,
    "contract.txt": CONTRACT.format(name=YUNZE),
    "both.txt": BOTH,
    f"{NEW}/letter.txt": "往来函件\n此致\n敬礼\n特此函告\n贵公司",
    f"{NEW}/contract.txt": CONTRACT.format(name=NEW),
    f"{HUAXIN}/contract.txt": CONTRACT.format(name=HUAXIN) + f"\n{NEW}",
    "stranger.txt": CONTRACT.format(name="别样样本有限公司"),
    "twin.txt": CONTRACT.format(name=HUAXIN.replace("信", "鑫")),
    "first licence.txt": _licence(FIRST, "1XW1001"),
    "twin licence.txt": _licence(TWIN, "1XW1002"),
    "first contract.txt": CONTRACT.format(name=FIRST),
    "twin contract.txt": CONTRACT.format(name=TWIN),
    "two.txt": CONTRACT.format(name=HUAXIN).replace("乙方：样本", f"乙方：{YUNZE}"),
}


@lru_cache
def _filed(order: tuple[str, ...]) -> dict[str, tuple[bool, str, str]]:
    """Each drop, taken in one after the other: whether it waits, its customer, its category."""
    with tempfile.TemporaryDirectory() as folder, a_vault(Path(folder) / "vault") as vault:
        add(vault, HUAXIN, kind="customer", aliases=(), codes=[CODE])
        add(vault, YUNZE, kind="customer", aliases=(), codes=())
        for name in order:
            drop(vault, name, DROPS[name])
            ingest(vault)
        names = {one.id: one.name for one, _ in listed(vault)}
        with vault.catalogue.read() as tx:
            found = list(documents.all_documents(tx))
        return {
            one.source: (bool(one.open), names.get(one.customer, ""), one.category) for one in found
        }


EXPECTED = {
    "licence.txt": HUAXIN,
    "contract.txt": YUNZE,
    "both.txt": HUAXIN,
    "first licence.txt": FIRST,
    "twin licence.txt": TWIN,
    "first contract.txt": FIRST,
    "twin contract.txt": TWIN,
}


@settings(max_examples=often(4))
@given(st.permutations(sorted(DROPS)))
def test_the_order_of_drops_does_not_matter(order: list[str]) -> None:
    found = _filed(tuple(order))
    assert found == _filed(tuple(sorted(DROPS)))
    assert {name: whose for name, (_, whose, _) in found.items() if name in EXPECTED} == EXPECTED
    for name in ("stranger.txt", "twin.txt", "two.txt"):
        assert found[name][:2] == (True, "")
