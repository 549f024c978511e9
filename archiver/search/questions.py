"""Whether the words of `index/` keep their word: questions asked about papers that come with them.

No index is made for it: a look at each paper means the same (`search.matching`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from archiver.core.model import Because
from archiver.declarations.questions import Known, Question, Questions
from archiver.declarations.thesaurus import Thesaurus
from archiver.search.base import Entry
from archiver.search.matching import matches
from archiver.search.near import near
from archiver.search.parse import parse
from archiver.search.query import Query
from archiver.search.tokens import QueryError


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What a question is understood with.

    Attributes:
        aliases: every word for a field → the field.
        words: what the second try knows.
        labels: category → its names in every language.
    """

    aliases: Mapping[str, str]
    words: Thesaurus
    labels: Mapping[str, tuple[str, ...]]


def run_questions(questions: Questions, known: Dictionary) -> tuple[Because, ...]:
    """What the questions find wrong; nothing when each finds what it must and nothing else."""
    papers = {one.file: entry_of(one, questions, known) for one in questions.paper}
    faults: list[Because] = []
    for asked in questions.query:
        try:
            query = parse(asked.query, known.aliases, questions.today)
        except QueryError as error:
            faults.append(Because.of("question_not_understood", query=asked.query, at=error.at))
        else:
            faults += _wrong(asked, query, papers, (questions, known.words))
    return tuple(faults)


def _wrong(
    asked: Question,
    query: Query,
    papers: Mapping[str, Entry],
    seen: tuple[Questions, Thesaurus],
) -> Iterator[Because]:
    questions, words = seen
    exact = {name for name, paper in papers.items() if matches(query, paper, questions.today)}
    yield from _difference("question_answered_otherwise", asked.query, asked.finds, exact)
    if asked.near is not None:
        wide = near(query, words)
        found = {name for name, paper in papers.items() if matches(wide, paper, questions.today)}
        yield from _difference("question_near_otherwise", asked.query, asked.near, found - exact)


def _difference(code: str, query: str, wanted: Iterable[str], found: set[str]) -> Iterator[Because]:
    if set(wanted) != found:
        missing, extra = set(wanted) - found, found - set(wanted)
        yield Because.of(
            code,
            query=query,
            missing=", ".join(sorted(missing)) or "–",
            extra=", ".join(sorted(extra)) or "–",
        )


def entry_of(paper: Known, questions: Questions, known: Dictionary) -> Entry:
    """The paper as an index would know it."""
    return Entry(
        document=paper.file,
        archive_no="",
        customer="",
        customer_name=paper.customer,
        aliases=paper.aliases,
        category=paper.category,
        labels=known.labels.get(paper.category, ()),
        date=paper.date,
        added=questions.today,
        title=paper.title,
        path="",
        text=paper.text,
        values=paper.values,
        due=None,
        permanent=False,
        fingerprint="",
    )
