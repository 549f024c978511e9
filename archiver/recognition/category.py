"""What a paper is: points for its words, its layout and its name, and how often they are right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from archiver.core.model import Arrival, Because, Category, Page
from archiver.core.normalise import HAN, compact, fold
from archiver.declarations.categories import OTHER, Categories, Structure
from archiver.declarations.categories import Category as Rule
from archiver.recognition.structure import structures

_PAGES = 2
_HEAD_LINES = 12
_HEAD_LENGTH = 40
"""Characters above which a line is a sentence, not a heading."""
_SENTENCE = re.compile(rf"[{HAN}] ?[,;。]")
"""So is a shorter one with a comma or full stop behind a Han character."""
_LAYOUT: dict[Structure, str] = {
    "seal": "has_seal",
    "table": "laid_out_as_table",
    "form": "laid_out_as_form",
}
"""What the layout shows → the code of its sentence."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What speaks for a category.

    Attributes:
        code: of the category with the most points.
        evidence: what it has them for.
        points: their sum.
        lead: their sum less half of what the second category has; kinds of paper share words.
    """

    code: str
    evidence: tuple[Because, ...]
    points: float
    lead: float


def called(arrival: Arrival) -> str:
    """The name of the dropped file and of the folders it lay in, below that of the customer.

    Of a file given by its path only the name counts: its folders are not of the inbox.
    """
    steps = arrival.source.split("/")
    *folders, file = steps[1:] if arrival.folder and len(steps) > 1 else steps[-1:]
    return "/".join((*folders, file.rpartition(".")[0] or file))


def categorise(pages: tuple[Page, ...], rules: Categories, name: str = "") -> Category:
    """The likeliest category with its confidence (0–1) and the evidence that decided.

    Args:
        pages: of the paper.
        rules: the declared categories.
        name: what the paper was called when it was dropped (see `called`).
    """
    found = weigh(pages, rules, name)
    if found.points < rules.least:
        return Category(OTHER, 0.0, found.evidence)
    return Category(found.code, round(rules.confidence(found.lead), 3), found.evidence)


def weigh(pages: tuple[Page, ...], rules: Categories, name: str = "") -> Weighed:
    """The category with the most points, whatever they are worth."""
    text = _Text(pages, name)
    every = ((_evidence(rule, text), rule.code) for rule in rules.category if rule.code != OTHER)
    (best, code), *others = sorted(every, key=lambda one: -_points(one[0]))
    points = _points(best)
    second = max([0.0, *(_points(evidence) for evidence, _ in others[:1])])
    return Weighed(code, best, points, points - second / 2)


class _Text:
    """The head and the body of a paper, folded once; its layout and its name."""

    def __init__(self, pages: tuple[Page, ...], name: str) -> None:
        first = pages[:_PAGES]
        self.words = fold("\n".join(page.text for page in first))
        self.body = compact(self.words)
        lines = [fold(line.text) for line in first[0].lines[:_HEAD_LINES]] if first else []
        heads = [one for one in lines if len(one) <= _HEAD_LENGTH and not _SENTENCE.search(one)]
        self.head_words = "\n".join(heads)
        self.head = "\n".join(compact(line) for line in heads)
        self.structure = structures(first)
        self.name_words = fold(name)
        self.name = compact(name)


def _evidence(rule: Rule, text: _Text) -> tuple[Because, ...]:
    """Everything the rule asks for that the paper has.

    Its name and its layout only support what the paper says: together they count no more than its
    words, so that neither a picture of something else nor an empty sheet becomes what its file is
    called.
    """
    heads = [
        Because.of("word_in_head", word=word, weight=weight)
        for word, weight in rule.title.items()
        if _has(word, text.head, text.head_words)
    ]
    words = [
        Because.of("word", word=word, weight=weight)
        for word, weight in rule.words.items()
        if _has(word, text.body, text.words)
    ]
    layout = [
        Because.of(_LAYOUT[kind], weight=weight)
        for kind, weight in rule.structure.items()
        if kind in text.structure
    ]
    names = [
        Because.of("word_in_name", word=word, weight=weight)
        for word, weight in rule.names.items()
        if _has(word, text.name, text.name_words)
    ]
    said = (*heads, *words)
    return (*said, *_capped((*layout, *names), max(0.0, _points(said))))


def _capped(support: tuple[Because, ...], most: float) -> Iterator[Because]:
    """What supports a category, cut off at `most` points."""
    for one in support:
        facts = dict(one.facts)
        weight = min(float(facts.pop("weight")), most)
        most -= max(0.0, weight)
        if weight:
            yield Because.of(one.code, **facts, weight=f"{weight:g}")


def _points(evidence: tuple[Because, ...]) -> float:
    return sum(float(dict(one.facts)["weight"]) for one in evidence)


def _has(word: str, run: str, words: str) -> bool:
    """Han words as parts of a run without blanks, Latin ones as whole words."""
    look = _look(word)
    return look in run if isinstance(look, str) else bool(look.search(words))


@lru_cache(maxsize=4096)
def _look(word: str) -> str | re.Pattern[str]:
    """What to look for: a Han word itself; a Latin word or phrase not inside a longer one."""
    if any(c > "\u2e7f" for c in word):
        return compact(word)
    phrase = r"\s+".join(re.escape(part) for part in fold(word).split())
    return re.compile(rf"(?<![a-z0-9]){phrase}(?![a-z0-9])")
