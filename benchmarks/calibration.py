"""Whether the confidence in a category is how often it is right.

`python -m benchmarks.calibration LABELS FILES [--cache FOLDER]`

Nearly every whole paper is told rightly, which says nothing of confidence. So each is read 45 times
over: with all its lines or only some of them, with letters taken for others, with and without its
head. `calibration` of `rules/categories.toml` is fitted on one half of the papers and measured on
the other, and the other way round; what is shipped is the fit on both, measured on both.

Papers whose label nobody has looked at count for nothing.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp
from pathlib import Path
from zlib import crc32

import numpy as np

from archiver.core.model import Line, Page
from archiver.declarations.categories import Categories, read_categories
from archiver.declarations.shipped import shipped
from archiver.recognition.category import weigh
from benchmarks.common import COMMON
from benchmarks.papers import Label, categories_of, labelled, readings

_KEPT = (1.0, 0.6, 0.3, 0.15, 0.08)
"""Share of the lines that are left."""
_GARBLED = (0.0, 0.15, 0.35)
"""Share of the letters that are taken for others."""
_COPIES = 3
_BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.93, 0.96, 0.98, 0.99, 1.0)
Fit = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One look at a paper: in which half it is, by how much a category led, and whether rightly."""

    half: int
    lead: float
    right: bool


def main() -> None:
    """Read, spoil, weigh, fit, print."""
    parser = argparse.ArgumentParser(description="Whether confidence means probability.")
    parser.add_argument("labels", type=Path)
    parser.add_argument("files", type=Path)
    parser.add_argument("--cache", type=Path, help="folder that keeps what OCR saw")
    asked = parser.parse_args()
    rules = read_categories(shipped("rules") / "categories.toml")
    rows = [one for one in labelled(asked.labels) if _counts(one)]
    papers = readings(rows, asked.files, asked.cache)
    cases = [case for label, one in papers for case in _cases(label, one.pages, rules)]
    wrong = sum(not case.right for case in cases)
    print(f"{len(cases)} looks at {len(rows)} papers named a category, {wrong} of them a wrong one")
    halves = [[case for case in cases if case.half == half] for half in (0, 1)]
    for fitted, measured in (halves, halves[::-1]):
        _tell("fitted on the other half", _fit(fitted), measured)
    _tell("fitted on both", _fit(cases), cases)
    _tell(f"as declared (sure from {rules.sure})", rules.calibration, cases)


def _counts(label: Label) -> bool:
    """Whether somebody has looked at the paper, and something can be read on it."""
    seen = label["category"] and label["label_source"] != "none"
    return bool(seen) and not any(word in label["notes"] for word in ("not legible", "blank"))


def _cases(label: Label, pages: tuple[Page, ...], rules: Categories) -> Iterator[Case]:
    """What is thought of a paper the less of it can be read."""
    half = crc32(label["file"].encode()) % 2
    for kept in _KEPT:
        for garbled in _GARBLED:
            for copy in range(_COPIES):
                chance = random.Random(f"{label['file']} {kept} {garbled} {copy}")  # noqa: S311 - the same noise every time
                spoiled = [_spoiled(page, (kept, garbled), chance, copy == 1) for page in pages[:2]]
                found = weigh(tuple(spoiled), rules)
                if found.points >= rules.least:
                    yield Case(half, found.lead, found.code in categories_of(label))


def _spoiled(page: Page, left: tuple[float, float], chance: random.Random, cut: bool) -> Page:
    """The page with some of its lines and letters; `cut`: without its upper third."""
    lines = page.lines[len(page.lines) // 3 :] if cut else page.lines
    kept = [_garbled(line, left[1], chance) for line in lines if chance.random() < left[0]]
    return replace(page, lines=tuple(kept))


def _garbled(line: Line, share: float, chance: random.Random) -> Line:
    letters = (chance.choice(COMMON) if chance.random() < share else c for c in line.text)
    return replace(line, text="".join(letters))


def _fit(cases: Sequence[Case]) -> Fit:
    """The likeliest a and b of 1 / (1 + exp(-(a + b · lead))), by Newton's method."""
    seen = np.array([(1.0, case.lead) for case in cases])
    right = np.array([case.right for case in cases], float)
    fit = np.zeros(2)
    for _ in range(30):
        said = 1 / (1 + np.exp(-seen @ fit))
        steep = (seen * (said * (1 - said))[:, None]).T @ seen
        fit += np.linalg.solve(steep + 1e-9 * np.eye(2), seen.T @ (right - said))
    return float(fit[0]), float(fit[1])


def _tell(name: str, fit: Fit, cases: Sequence[Case]) -> None:
    """The reliability table, the Brier score and the expected calibration error."""
    said = np.array([1 / (1 + exp(-(fit[0] + fit[1] * case.lead))) for case in cases])
    right = np.array([case.right for case in cases], float)
    print(f"\n{name}: a = {fit[0]:.2f}, b = {fit[1]:.3f}")
    off = 0.0
    for low, high in pairwise(_BINS):
        inside = (said >= low) & (said < high)
        if inside.any():
            told, true = said[inside].mean(), right[inside].mean()
            off += abs(told - true) * inside.sum() / len(said)
            print(f"  {low:.2f}-{high:.2f}: {inside.sum():5} looks,"
                  f" said {told:6.1%}, right {true:6.1%}")  # fmt: skip
    brier = float(((said - right) ** 2).mean())
    print(f"  Brier score {brier:.4f}, expected calibration error {off:.4f}")


if __name__ == "__main__":
    main()
