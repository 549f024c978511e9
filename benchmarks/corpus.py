"""Documents made of real reviews, and queries whose words are cut out of them. Nothing is kept.

The texts come from `../shared/data/text`; without that folder nothing can be measured.
"""

import csv
import io
import random
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from archiver.core.normalise import searchable
from archiver.declarations.shipped import shipped
from archiver.search.base import Entry

TEXTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "text"
ALIASES = shipped("index") / "fields.toml"
TODAY = date(2026, 6, 30)
QUERIES = 200
CATEGORIES = {
    "licence": ("营业执照", "Business licence"),
    "contract": ("采购合同", "Purchase contract"),
    "invoice": ("发票", "Invoice"),
    "work_order": ("维修工单", "Work order"),
    "complaint": ("投诉", "Complaint"),
}


def reviews(folder: Path) -> tuple[str, ...]:
    """All the reviews in `folder`."""
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: nothing to measure with")
    found: list[str] = []
    with zipfile.ZipFile(folder / "shopping_reviews.zip") as archive:
        for name in archive.namelist():
            with archive.open(name) as stream:
                rows = csv.DictReader(io.TextIOWrapper(stream, "utf-8-sig"))
                found += [row["review"] for row in rows]
    with (folder / "hotel_reviews.csv").open(encoding="utf-8-sig") as stream:
        found += [row["review"] for row in csv.DictReader(stream)]
    return tuple(one for one in found if one)


def entries(texts: Sequence[str], number: int, characters: int = 650) -> Iterator[Entry]:
    """Documents of about so many characters, with customer, category, dates and a number.

    The same ones every time.
    """
    chance = random.Random(7)  # noqa: S311 - repeatable on purpose
    for one in range(number):
        lines: list[str] = []
        while sum(map(len, lines)) < characters:
            lines.append(chance.choice(texts))
        customer = chance.randrange(1, 400)
        category = chance.choice(list(CATEGORIES))
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(2700))
        yield Entry(
            document=f"D{one:06d}",
            archive_no=f"{customer:04d}-02-{day.year}-{one:06d}",
            customer=f"C{customer:04d}",
            customer_name=f"样本{customer}号汽车服务有限公司",
            category=category,
            labels=CATEGORIES[category],
            date=day,
            added=day + timedelta(days=3),
            title=f"{CATEGORIES[category][0]} HT-{day.year}-{one:05d}",
            path=f"customers/样本{customer}号/{one}.pdf",
            text="\n".join(lines),
            values={
                "no": (f"HT-{day.year}-{one:05d}",),
                "amount": (f"{chance.randrange(10**6)}.5",),
            },
            due=day + timedelta(days=1096),
            permanent=chance.random() < 0.05,
            fingerprint=f"{one:016x}",
        )


def questions(texts: Sequence[str]) -> list[str]:
    """Mixed queries of every kind, the same every time; their words are cut out of the texts."""
    chance = random.Random(11)  # noqa: S311 - repeatable on purpose

    def cut(length: int) -> str:
        while True:
            text = searchable(chance.choice(texts))
            start = chance.randrange(len(text))
            word = "".join(c for c in text[start : start + 3 * length] if "\u4e00" <= c <= "\u9fff")
            if len(word) >= length:
                return word[:length]

    kinds: tuple[Callable[[], str], ...] = (
        lambda: cut(1),
        lambda: cut(2),
        lambda: cut(2),
        lambda: cut(4),
        lambda: f'"{cut(3)}"',
        lambda: f"{cut(2)} {cut(2)}",
        lambda: f"{cut(2)} OR {cut(3)}",
        lambda: f"{cut(2)} NOT {cut(1)}",
        lambda: f"({cut(2)} OR {cut(2)}) AND NOT ({cut(1)} {cut(2)})",
        lambda: f"类别:投诉 {cut(2)}",
        lambda: f"客户:样本{chance.randrange(1, 400)}号 {cut(1)}",
        lambda: f"日期:[{chance.randrange(2019, 2022)} TO {chance.randrange(2022, 2026)}] {cut(2)}",
        lambda: f"金额:>={chance.randrange(10**6)} {cut(2)}",
        lambda: f"状态:到期 {cut(3)}",
        lambda: f"标题:HT-{chance.randrange(2019, 2026)}-0{chance.randrange(10)}*",
        lambda: f"编号:HT-2024-{chance.randrange(10**4):05d}",
        lambda: f"{cut(1)}*{cut(1)}",
    )
    return [chance.choice(kinds)() for _ in range(QUERIES)]
