"""The customers, arranged so that a paper can be matched against thousands of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from archiver.core.model import Customer, CustomerId
from archiver.core.normalise import HAN
from archiver.recognition.names import ENDING, core, is_word, key, twins

_PREFIX = 4
_ALIKE = 80
_BRANCH = re.compile(r"^.{0,12}?(分公司|分店|分行|支行|办事处|分部)")
_GOES_ON = re.compile(r"^(有限|股份|集团|公司|[厂店行部馆院所社站])")
"""Behind any name: it is longer than what was found of it."""
_LONGER = re.compile(
    rf"^[{HAN}0-9a-z()]{{1,24}}?(公司|集团|合作社|事务所|经营部|服务部|工作室|中心|银行|学校|医院|厂|店)"
)
"""The same behind a name that has no legal form itself."""
_CLAUSE = re.compile(r"[与和及、,;。:的]")
"""Where a name ends for certain."""
_LETTER = re.compile(rf"[{HAN}a-z0-9]")
_BEFORE = re.compile(
    r"(甲方|乙方|丙方|买方|卖方|供方|需方|名称|单位|客户|公司|方|致|与|和|及|由|为|是|向|对|让|给|between|and|for|to)$"
)
"""What may stand right before a name without being part of it."""
_ITS_BANK = re.compile(r"开户(银?行|机构)(名称|及账?帐?号)?:?$|bank(name)?:?$")
"""Before the name of a bank that keeps somebody's account: the paper is not the bank's."""
_NOBODY = {"own", "unassigned"}


class Directory:
    """Everybody the archive knows, by id, code and name.

    The id of one who turned out to be another means that other.
    """

    def __init__(self, customers: Iterable[Customer]) -> None:
        self._by_id: dict[str, Customer] = {}
        self._by_code: dict[str, Customer] = {}
        self._by_name: dict[str, list[Customer]] = defaultdict(list)
        self._words: set[str] = set()
        self._by_length: dict[int, set[str]] = defaultdict(set)
        self._by_prefix: dict[str, set[str]] = defaultdict(set)
        everybody = {customer.id: customer for customer in customers}
        for customer in everybody.values():
            self._by_id[customer.id] = _last(customer, everybody)
            self._by_code.update(dict.fromkeys(customer.codes, customer))
            self._words |= {key(name) for name in customer.names if is_word(name)}
            for name in dict.fromkeys(key(name) for name in customer.names):
                self._by_name[name].append(customer)
                self._by_length[len(name)].add(name)
                if len(name) >= _PREFIX:
                    self._by_prefix[name[:_PREFIX]].add(name)

    def get(self, customer: CustomerId) -> Customer | None:
        """The customer of that id."""
        return self._by_id.get(customer)

    def of_code(self, code: str) -> Customer | None:
        """Whose credit code or registration number that is."""
        return self._by_code.get(code)

    def named(self, name: str) -> tuple[Customer, ...]:
        """Everybody who has that name or alias."""
        return tuple(self._by_name.get(key(name), ()))

    def resolve(self, name: str) -> Customer | None:
        """The one customer of that id, name or alias; None too when several have it."""
        found = self.named(name)
        if len(found) == 1:
            return found[0]
        return self._by_id.get(name.strip().upper())

    def near(self, name: str) -> tuple[Customer, ...]:
        """Customers with a similar name, likeliest first: a suggestion, never a verdict."""
        names = {n: core(n) for n, whose in self._by_name.items() if whose[0].kind not in _NOBODY}
        found = process.extract(core(name), names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3)
        return tuple(dict.fromkeys(self._by_name[match[2]][0] for match in found))

    def like(self, text: str) -> tuple[Customer, ...]:
        """Whom a person may mean by a part of a name, an id or a code; similar names come last."""
        wanted = key(text)
        if not wanted:
            return ()
        exact = self._by_name.get(wanted, [])
        begins = [n for n in self._by_name if n.startswith(wanted)]
        inside = [n for n in self._by_name if wanted in n]
        named = [one for name in (*begins, *inside) for one in self._by_name[name]]
        ids = [one for known, one in self._by_id.items() if known.casefold() == wanted]
        coded = [one for code, one in self._by_code.items() if wanted in key(code)]
        found = dict.fromkeys((*exact, *ids, *named, *coded, *self.near(text)))
        return tuple(one for one in found if one.kind != "unassigned")

    def mentioned(self, text: str, *, sure: bool = True) -> tuple[Customer, ...]:
        """Customers whose whole name stands in a line, by itself and not inside a longer one.

        Args:
            text: one line.
            sure: whether it was certainly read as it stands; if not, names that differ from
                another customer's by one character say nothing.
        """
        found: dict[CustomerId, Customer] = {}
        plain = key(text)
        for at in range(len(plain) - _PREFIX + 1):
            for name in self._by_prefix.get(plain[at : at + _PREFIX], ()):
                if not plain.startswith(name, at) or not _alone(plain, at, at + len(name)):
                    continue
                if (plain == name or name not in self._words) and (
                    sure or not self._has_twin(name)
                ):
                    found.update({one.id: one for one in self._by_name[name]})
        return tuple(found.values())

    def _has_twin(self, name: str) -> bool:
        """Whether somebody else's name is one character away."""
        alike = self._by_length[len(name)]
        whose = {one.id for one in self._by_name[name]}
        return any(
            twins(name, other) and not whose.issuperset(one.id for one in self._by_name[other])
            for other in alike
        )


def _last(customer: Customer, everybody: Mapping[CustomerId, Customer]) -> Customer:
    """Whom a customer turned out to be in the end; mostly itself."""
    while customer.merged_into:
        customer = everybody[customer.merged_into]
    return customer


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a name is not the tail or the head of a longer name."""
    before, after = text[max(0, start - 8) : start], text[end:]
    if _BRANCH.match(after) or _GOES_ON.match(after) or _ITS_BANK.search(before):
        return False
    if not ENDING.search(text[start:end]) and _LONGER.match(_CLAUSE.split(after, maxsplit=1)[0]):
        return False
    return not before or not _LETTER.match(before[-1]) or bool(_BEFORE.search(before))
