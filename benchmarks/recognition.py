"""How well papers are read: categories, fields, whose they are, what a person is asked.

`python -m benchmarks.recognition LABELS FILES [--only KIND] [--limit N] [--cache FOLDER]
[--turn DEGREES]`

LABELS is a table (CSV) with the columns `file`, `category`, `also_acceptable`, `customer`,
`company_name`, `counterparty` and those of the fields; FILES the folder of the papers. The
customers it names are added first, with their codes; then every paper is ingested into a vault in a
temporary folder. Empty cells are not measured, papers whose notes say that nothing can be read
on them in nothing but the wrong filings.
"""

import argparse
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from archiver.core.errors import UsageError
from archiver.core.model import Document, Findings, Outcome
from archiver.customers.register import add, listed
from archiver.declarations.categories import OTHER
from archiver.declarations.sentences import sentence
from archiver.intake.ingest import ingest_given
from archiver.intake.taken import Taken
from archiver.reading.limits import ReadingLimits
from archiver.recognition.names import key
from archiver.vault.create import create
from archiver.vault.vault import Vault
from benchmarks.common import machine
from benchmarks.papers import Label, categories_of, labelled
from benchmarks.readings import Remembering

_UNREADABLE = ("not legible", "blank")
_CODES = ("credit_code", "registration_no")
_PARTIES = ("company_name", "counterparty")
_DATES = ("issue_date", "start_date", "valid_from", "expiry_date")
_MEASURED = (*_CODES, *_PARTIES, "doc_no", *_DATES, "amount", "currency")
_TWO = {"contract", "supplement"}
_LONG_TERM = {"perpetual": "long-term"}
_NUMBERED = "发票号码"


@dataclass(slots=True)
class Tally:
    """What was counted for the papers of one kind."""

    papers: int = 0
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    known: int = 0
    known_in_review: int = 0
    strangers: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    unlabelled: list[str] = field(default_factory=list)

    def count(self, what: str, *, right: bool, miss: str) -> None:
        """One more value looked at; a wrong one is listed."""
        self.asked[what] += 1
        self.right[what] += right
        if not right:
            self.misses.append(f"{what}: {miss}")


def main() -> None:
    """Ingest, compare, print."""
    parser = argparse.ArgumentParser(description="How well papers are read.")
    parser.add_argument("labels", type=Path)
    parser.add_argument("files", type=Path)
    parser.add_argument("--only", help="papers of this category alone")
    parser.add_argument("--limit", type=int, help="the first so many papers")
    parser.add_argument("--cache", type=Path, help="folder that keeps what OCR saw")
    parser.add_argument("--turn", type=int, choices=(90, 180, 270), default=0,
                        help="read every page turned so far, degrees clockwise")  # fmt: skip
    asked = parser.parse_args()
    every = labelled(asked.labels)
    chosen = [row for row in every if not asked.only or row["category"] == asked.only]
    with tempfile.TemporaryDirectory() as folder:
        machine(Path(folder))
        vault, _ = create(Path(folder) / "vault", "en", "benchmark")
        layout = vault.layout
        folders = (layout.inbox, layout.scratch, layout.quarantine)
        reading = Remembering(ReadingLimits(), folders, asked.cache, turn=asked.turn)
        with vault, reading as reader:
            vault.__dict__["reader"] = reader
            _introduce(vault, every)
            _measure(vault, chosen[: asked.limit], asked.files)
            print(f"\n{reader.pages} pages by OCR, {reader.each():.2f} s a page on all processes")


def _introduce(vault: Vault, labels: Iterable[Label]) -> None:
    """Add the customers by the usual act; one that is named twice is added once."""
    for row in labels:
        name = row["customer"] or row["company_name"]
        if name:
            codes = [row[code] for code in _CODES if row[code]]
            with suppress(UsageError):
                add(vault, name, kind="customer", aliases=(), codes=codes)


def _measure(vault: Vault, labels: list[Label], files: Path) -> None:
    """Take the papers in and print what became of them."""
    names = {one.id: one.name for one, _ in listed(vault)}
    by_name = {row["file"]: row for row in labels}
    tallies: dict[str, Tally] = defaultdict(Tally)
    wrong: list[str] = []
    begun = time.perf_counter()
    for one in ingest_given(vault, [files / name for name in by_name], None, move=False):
        label = by_name[Path(one.source).name]
        wrong += _wrong(one.document, label, names)
        _compare(one, label, tallies[label["category"]])
    for kind, tally in sorted(tallies.items()):
        if tally.papers:
            _tell(kind, tally)
    known = sum(tally.known for tally in tallies.values())
    share = sum(tally.known_in_review for tally in tallies.values()) / max(1, known)
    print(f"\nreview rate of readable papers of known customers: {share:.1%} of {known}")
    strangers = sum((tally.strangers for tally in tallies.values()), Counter[str]())
    print("papers of unknown customers:", dict(strangers))
    print(f"WRONG automatic filings: {len(wrong)}", *wrong, sep="\n  ")
    print(f"all together {time.perf_counter() - begun:.0f} s")


def _wrong(document: Document | None, label: Label, names: dict[str, str]) -> Iterator[str]:
    """Why a paper that was filed without a question is in a wrong place."""
    if document is None or document.outcome is not Outcome.FILED:
        return
    whose = names.get(document.customer, "")
    right = {key(label[column]) for column in (*_PARTIES, "customer") if label[column]}
    if key(whose) not in right:
        yield f"{label['file']}: filed under {whose}, is of {' / '.join(sorted(right)) or 'nobody'}"
    if document.category not in categories_of(label):
        yield f"{label['file']}: filed as {document.category}, is {label['category']}"


def _compare(one: Taken, label: Label, tally: Tally) -> None:
    """Count what is right on one paper."""
    if not label["category"] or any(word in label["notes"] for word in _UNREADABLE):
        return
    tally.papers += 1
    in_review = one.outcome is Outcome.REVIEW
    if label["customer"] or label["company_name"]:
        tally.known += 1
        tally.known_in_review += in_review
        if in_review:
            said = "; ".join(sentence(because) for because in one.reasons)
            tally.misses.append(f"review: {label['file']}: {said}")
    else:
        tally.strangers[one.outcome.value] += 1
    got = one.document.category if one.document else one.outcome.value
    asked = label["category"] == OTHER and in_review
    miss = f"{label['file']}: expected {label['category']}, got {got} ({_guess(one.findings)})"
    tally.count("category", right=asked or got in categories_of(label), miss=miss)
    if one.findings:
        _compare_fields(one.findings, label, tally)


def _guess(findings: Findings | None) -> str:
    return f"{findings.category.code} {findings.category.confidence}" if findings else "not read"


def _compare_fields(findings: Findings, label: Label, tally: Tally) -> None:
    """Every value the label names; those it does not name are told for licences."""
    for name in _MEASURED:
        got = _got(findings, name)
        if label[name]:
            right = any(_same(name, label[name], value) for value in got)
            shown = " / ".join(dict.fromkeys(got)) or "nothing"
            miss = f"{label['file']}: expected {label[name]}, got {shown}"
            tally.count(name, right=right, miss=miss)
        elif got and label["category"] == "licence":
            tally.unlabelled.append(f"{name}: {label['file']}: {got[0]}")


def _got(findings: Findings, name: str) -> list[str]:
    """The best value of the name; a party counts whichever of the two places it was put in.

    The labels of an invoice have its VAT number as the registration number; ours is a tax number.
    """
    names = _PARTIES if name in _PARTIES and findings.category.code in _TWO else (name,)
    if name == "registration_no" and findings.category.code == "invoice":
        names = (name, "tax_no")
    found = [findings.first(one) for one in names]
    return [one.value for one in found if one]


def _same(name: str, wanted: str, got: str) -> bool:
    """Whether two values mean the same; only names and numbers may be written differently."""
    if name == "amount":
        with suppress(InvalidOperation):
            return Decimal(wanted) == Decimal(got)
    if name == "doc_no":
        return wanted.rpartition(_NUMBERED)[2].strip(" #") == got.strip("#")
    return key(_LONG_TERM.get(wanted, wanted)) == key(got)


def _tell(kind: str, tally: Tally) -> None:
    """The figures of one kind, and what was wrong."""
    print(f"\n{kind}: {tally.papers} papers")
    for name, asked in tally.asked.items():
        print(f"  {name:16} {tally.right[name]:4}/{asked:<4} {tally.right[name] / asked:7.1%}")
    if tally.known:
        print(f"  {'in review':16} {tally.known_in_review:4}/{tally.known:<4}"
              f" {tally.known_in_review / tally.known:7.1%}")  # fmt: skip
    for miss in sorted(tally.misses):
        print("    -", miss)
    for value in sorted(tally.unlabelled):
        print("    ? not labelled:", value)


if __name__ == "__main__":
    main()
