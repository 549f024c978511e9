"""What a paper is: points for words, more for words in its head, a share of the evidence."""

import re
from functools import lru_cache

from archiver.core.model import Because, Category, Page
from archiver.core.normalise import HAN, compact, fold
from archiver.declarations.categories import OTHER, Categories
from archiver.declarations.categories import Category as Rule

_PAGES = 2
_HEAD_LINES = 12
_HEAD_LENGTH = 40
"""Characters above which a line is a sentence, not a heading."""
_SENTENCE = re.compile(rf"[{HAN}] ?[,;。]")
"""So is a shorter one with a comma or full stop behind a Han character."""
_UNSEEN = 4.0
"""Points granted to the category nobody declared: keeps confidence low on thin evidence."""


def categorise(pages: tuple[Page, ...], rules: Categories) -> Category:
    """The likeliest category with its confidence (0–1) and the words that decided."""
    text = _Text(pages)
    scored = sorted(
        ((_evidence(rule, text), rule.code) for rule in rules.category if rule.code != OTHER),
        key=lambda one: -_points(one[0]),
    )
    best, code = scored[0]
    points = _points(best)
    if points < rules.least:
        return Category(OTHER, 0.0, best)
    second = max(0.0, _points(scored[1][0]))
    confidence = points / (points + second / 2 + _UNSEEN)
    return Category(code, round(confidence, 3), best)


class _Text:
    """The head and the body of a paper, folded once."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        first = pages[:_PAGES]
        self.words = fold("\n".join(page.text for page in first))
        self.body = compact(self.words)
        lines = [fold(line.text) for line in first[0].lines[:_HEAD_LINES]] if first else []
        heads = [one for one in lines if len(one) <= _HEAD_LENGTH and not _SENTENCE.search(one)]
        self.head_words = "\n".join(heads)
        self.head = "\n".join(compact(line) for line in heads)


def _evidence(rule: Rule, text: _Text) -> tuple[Because, ...]:
    """Every word of the rule that the paper has."""
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
    return (*heads, *words)


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
